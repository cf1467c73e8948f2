//! Stage two: does the policy let this principal in? `checkPolicy` of
//! `ext/authx/Civi/Authx/Authenticator.php`, with `IgnoreImprovisedFirewall` before it.

use super::attempt::{Attempt, Given};
use super::session::Active;
use super::site::{Site, UserMode, Words};
use super::target::{ASSIGNED, Target};
use super::trace::{Refusal, Trace};
use super::{code, guard};
use crate::verify::Release;

/// Runs the checks in upstream's order.
pub(super) fn check(
    site: Site<'_>,
    attempt: &Attempt,
    active: &Active,
    target: &mut Target,
    trace: &mut Trace,
) -> Result<(), Refusal> {
    let allowed = site.allowed_types(&attempt.flow);
    ignore_firewall(site, attempt, &allowed, trace)?;
    if !target.has_principal() {
        return Err(reject(code::INVALID_CREDENTIAL, "Invalid credential"));
    }
    contact_exists(site, target, trace)?;
    type_allowed(attempt, &allowed, target, trace)?;
    user_mode(site, attempt, target, trace)?;
    guard::check(site, attempt, active, target, trace)
}

fn reject(code: crate::verify::Code, message: impl Into<String>) -> Refusal {
    Refusal::Reject(code, message.into())
}

/// Since 6.14 Basic and Digest in `Authorization` are noise from a firewall when passwords are off there.
fn ignore_firewall(
    site: Site<'_>,
    attempt: &Attempt,
    allowed: &Words<'_>,
    trace: &mut Trace,
) -> Result<(), Refusal> {
    let Given::Cred(cred) = &attempt.given else { return Ok(()) };
    let password = cred.starts_with(b"Basic ") || cred.starts_with(b"Digest ");
    if attempt.flow != "header" || !password || !site.since(Release::V6_14) {
        return Ok(());
    }
    if allowed.list()?.iter().any(|word| word == "pass") {
        return Ok(());
    }
    let observed =
        "Basic or Digest in Authorization counts as absent: passwords are not allowed there";
    trace.skip(code::HEADER_IGNORED, "Authorization", observed, "`pass` in authx_header_cred");
    Err(Refusal::Ignore)
}

fn contact_exists(site: Site<'_>, target: &Target, trace: &mut Trace) -> Result<(), Refusal> {
    let Some(contact) = &target.contact else { return Ok(()) };
    let row = contact.row_id().and_then(|id| site.contact(id));
    let observed = match row {
        Some(row) if row.deleted => {
            format!("contact {} is in the trash, which AuthX does not mind", row.id)
        }
        Some(row) => format!("contact {} exists", row.id),
        None => format!("contact {} does not exist", contact.text()),
    };
    trace.check(row.is_some(), code::CONTACT, "contact", observed, "an existing contact");
    if row.is_some() {
        return Ok(());
    }
    Err(reject(code::CONTACT_INVALID, format!("Contact ID {} is invalid", contact.id())))
}

fn type_allowed(
    attempt: &Attempt,
    allowed: &Words<'_>,
    target: &Target,
    trace: &mut Trace,
) -> Result<(), Refusal> {
    let kind = target.kind.unwrap_or_default();
    if kind == ASSIGNED {
        return Ok(());
    }
    let flow = &attempt.flow;
    let passed = allowed.list()?.iter().any(|word| word == kind);
    let observed = format!("authx_{flow}_cred = {}", allowed.shown());
    trace.check(
        passed,
        code::TYPE,
        "type allowed",
        observed,
        format!("`{kind}` in authx_{flow}_cred"),
    );
    if passed {
        return Ok(());
    }
    let message = format!(
        "Authentication type \"{kind}\" with flow \"{flow}\" is not allowed for this principal."
    );
    Err(reject(code::TYPE_NOT_ALLOWED, message))
}

fn user_mode(
    site: Site<'_>,
    attempt: &Attempt,
    target: &mut Target,
    trace: &mut Trace,
) -> Result<(), Refusal> {
    let setting = format!("authx_{}_user", attempt.flow);
    match site.user_mode(&attempt.flow) {
        UserMode::Ignore => {
            let observed = format!("{setting} = ignore, so no user is loaded");
            trace.note(code::USER_MODE, "user mode", observed);
            target.user_id = None;
        }
        UserMode::Optional => {}
        UserMode::Require => {
            let observed = match target.user_id {
                Some(user) => format!("{setting} = require; {} is there", site.user_name(user)),
                None => format!("{setting} = require; {} has no user", target.name(site)),
            };
            let required = "a user linked to the contact";
            trace.check(target.user_id.is_some(), code::USER_MODE, "user mode", observed, required);
            if target.user_id.is_none() {
                let message = "Cannot login. No matching user is available.";
                return Err(reject(code::USER_REQUIRED, message));
            }
        }
    }
    Ok(())
}

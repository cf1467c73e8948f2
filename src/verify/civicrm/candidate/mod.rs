//! Which changes could help against a refusal. Whether they do is tried in `remedy`.
//!
//! What concerns the credential itself is `credential`'s.

mod credential;

use super::answer::Finding;
use super::credential::Scheme;
use super::edit::{Edit, USER, cred_of};
use super::guard::{Holder, permission_of};
use super::remedy::Step;
use super::session::Active;
use super::setting::{FLOWS, GUARDS, TYPES};
use super::site::{Site, Words};
use super::{code, password, rewrite};
use crate::credential::Secret;
use crate::verify::{Change, Grantee, Kind, Request, SettingValue};

/// Lists candidates for what a finding says.
pub(super) fn list(site: Site<'_>, request: &Request, finding: &Finding) -> Vec<Step> {
    let mut out = Vec::new();
    let credentials = match &request.kind {
        Kind::Http(http) => rewrite::carried(http).len(),
        Kind::Call(_) => 0,
    };
    match finding.reason {
        code::INVALID_CREDENTIAL => credential::invalid(site, finding, &mut out),
        code::TOKEN_EXPIRED | code::TOKEN_SUBJECT => credential::token(site, finding, &mut out),
        code::CONTACT_INVALID => contact(site, finding, &mut out),
        code::PRINCIPAL_INVALID => {
            edits(&mut out, [Edit::Principal]);
            credential::token(site, finding, &mut out);
        }
        code::CRED_XOR_PRINCIPAL
        | code::PIPE_UNTRUSTED
        | code::PIPE_NOTHING
        | code::PARAMETER_REQUIRED => credential::of_call(site, request, &mut out),
        code::TYPE_NOT_ALLOWED | code::PASSWORD_IN_HEADER => {
            type_not_allowed(site, finding, &mut out);
        }
        code::USER_REQUIRED => user_required(finding, &mut out),
        code::GUARD_UNSATISFIED => guard(site, request, finding, &mut out),
        code::SESSION_MISMATCH => session(request, &mut out),
        code::USER_BLOCKED => unblock(site, finding, &mut out),
        code::CONTACT_UNDETERMINED => {
            link(site, finding.target.user_id.or_else(|| named_user(site, finding)), &mut out);
            edits(&mut out, [Edit::Principal]);
        }
        code::UPSTREAM_FAULT => fault(site, request, finding, &mut out),
        code::HEADER_OFF => {
            edits(&mut out, [Edit::Header("xheader")]);
            out.push(types("header", &["jwt", "api_key"]));
        }
        code::HEADER_IGNORED => {
            edits(&mut out, [Edit::Header("xheader")]);
            out.push(more_types(site, "header", "pass"));
        }
        code::NO_CREDENTIAL if credentials > 0 => edits(&mut out, [Edit::Header("xheader")]),
        _ => {}
    }
    if credentials > 1 {
        other_credential(finding, &mut out);
    }
    out
}

fn edits(out: &mut Vec<Step>, edits: impl IntoIterator<Item = Edit>) {
    out.extend(edits.into_iter().map(Step::Edit));
}

fn types(flow: &str, types: &[&str]) -> Step {
    let types = types.iter().map(|word| (*word).to_owned()).collect();
    Step::Change(Change::Types { flow: flow.to_owned(), types })
}

/// The flow's types and one more.
fn more_types(site: Site<'_>, flow: &str, kind: &str) -> Step {
    let mut words = known_words(&site.allowed_types(flow), TYPES);
    if !words.iter().any(|word| word == kind) {
        words.push(kind.to_owned());
    }
    Step::Change(Change::Types { flow: flow.to_owned(), types: words })
}

/// The known ones of the words: others have no effect, and `authctl guard set` and `flow set` refuse
/// them. A text that is no list gives what it names.
fn known_words(words: &Words<'_>, known: &[&str]) -> Vec<String> {
    match words {
        Words::List(words) => {
            words.iter().filter(|word| known.contains(&word.as_str())).cloned().collect()
        }
        Words::Text(text) => known
            .iter()
            .filter(|word| text.contains(*word))
            .map(|word| (*word).to_owned())
            .collect(),
    }
}

/// A better credential in a place that comes later can only be read without the earlier one.
fn other_credential(finding: &Finding, out: &mut Vec<Step>) {
    match finding.attempt.as_ref().map(|attempt| attempt.flow.as_str()) {
        Some("xheader") => edits(out, [Edit::Drop("X-Civi-Auth")]),
        Some("header") => edits(out, [Edit::Drop("Authorization")]),
        _ => {}
    }
}

fn add_contact(site: Site<'_>, id: i64, out: &mut Vec<Step>) {
    if id > 0 && site.contact(id).is_none() {
        out.push(Step::Change(Change::AddContact(id)));
    }
}

fn contact(site: Site<'_>, finding: &Finding, out: &mut Vec<Step>) {
    if let Some(contact) = &finding.target.contact {
        add_contact(site, contact.id(), out);
    }
    credential::token(site, finding, out);
    if finding.target.kind != Some("jwt") {
        link(site, finding.target.user_id, out);
        edits(out, [Edit::Principal]);
    }
}

/// The account of a password, also where the user mode is not to load it.
fn named_user(site: Site<'_>, finding: &Finding) -> Option<i64> {
    match Scheme::split(cred_of(finding.attempt.as_ref()?)?) {
        Scheme::Basic(value) => password::account(site, value).map(|(user, _)| user.id),
        Scheme::Bearer(_) | Scheme::Other(_) => None,
    }
}

/// The user needs a contact; which one is the administrator's to say.
fn link(site: Site<'_>, user: Option<i64>, out: &mut Vec<Step>) {
    if let Some(user) = user.and_then(|id| site.user(id)) {
        let user = user.name.clone();
        out.push(Step::Change(Change::LinkUser { user }));
    }
}

fn type_not_allowed(site: Site<'_>, finding: &Finding, out: &mut Vec<Step>) {
    let (Some(attempt), Some(kind)) = (&finding.attempt, finding.target.kind) else { return };
    let takes = |flow: &str| {
        site.allowed_types(flow).list().is_ok_and(|words| words.iter().any(|word| word == kind))
    };
    let other = ["xheader", "header"].into_iter().find(|flow| attempt.flow != *flow && takes(flow));
    edits(out, other.map(Edit::Header));
    if FLOWS.contains(&attempt.flow.as_str()) {
        out.push(more_types(site, &attempt.flow, kind));
    } else {
        edits(out, [Edit::Script]);
    }
}

fn user_required(finding: &Finding, out: &mut Vec<Step>) {
    let Some(attempt) = &finding.attempt else { return };
    if attempt.flow != "xheader" {
        edits(out, [Edit::Header("xheader")]);
    }
    if let Some(contact) = &finding.target.contact {
        out.push(Step::Change(Change::AddUser { user: USER.to_owned(), contact_id: contact.id() }));
    }
    let flow = attempt.flow.clone();
    out.push(Step::Change(Change::UserMode { flow, mode: "optional".to_owned() }));
}

fn guard(site: Site<'_>, request: &Request, finding: &Finding, out: &mut Vec<Step>) {
    let (Some(attempt), Some(kind)) = (&finding.attempt, finding.target.kind) else { return };
    let guards = site.guards();
    let Ok(words) = guards.list() else { return };
    let has = |guard: &str| words.iter().any(|word| word == guard);
    if has("site_key") {
        if site.policy.civicrm.site_key.is_none() {
            out.push(Step::Change(Change::SiteKey(Some(Secret::from("a site key to be made")))));
        }
        let empty = site.policy.civicrm.site_key.as_ref().is_some_and(Secret::is_empty);
        edits(out, [Edit::SiteKey { flow: attempt.flow.clone(), empty }]);
    }
    if has("perm") {
        let active = Active::cookie(request.session);
        let holder = Holder::find(site, &active, &finding.target);
        if let Some(permission) = permission_of(kind) {
            grants(site, holder, permission, finding, out);
        }
    } else {
        let mut words = known_words(&guards, GUARDS);
        words.push("perm".to_owned());
        out.push(Step::Change(Change::Guards(words)));
    }
}

fn grants(
    site: Site<'_>,
    holder: Holder,
    permission: &str,
    finding: &Finding,
    out: &mut Vec<Step>,
) {
    let permission = || permission.to_owned();
    if let Holder::Own(user) | Holder::Current(user) = holder
        && let Some(user) = site.user(user)
    {
        let to = Grantee::User(user.name.clone());
        out.push(Step::Change(Change::Grant { to, permission: permission() }));
        return;
    }
    // The added user needs the permission as well, which the next round finds.
    match (&finding.target.contact, finding.target.user_id) {
        (Some(contact), None) => {
            let contact_id = contact.id();
            out.push(Step::Change(Change::AddUser { user: USER.to_owned(), contact_id }));
        }
        (None, user) => link(site, user, out),
        (Some(_), Some(_)) => {}
    }
    let to = Grantee::Role("anonymous".to_owned());
    out.push(Step::Change(Change::Grant { to, permission: permission() }));
}

fn session(request: &Request, out: &mut Vec<Step>) {
    if request.session.is_some() {
        edits(out, [Edit::NoSession]);
    }
    edits(out, [Edit::DropLegacy, Edit::Drop("X-Civi-Auth"), Edit::Drop("Authorization")]);
}

fn unblock(site: Site<'_>, finding: &Finding, out: &mut Vec<Step>) {
    if let Some(user) = finding.target.user_id.and_then(|id| site.user(id)) {
        out.push(Step::Change(Change::Unblock { user: user.name.clone() }));
    }
}

/// Settings that hold a text where upstream wants a list, the ignored header with a parameter, and
/// credentials on which upstream dies.
fn fault(site: Site<'_>, request: &Request, finding: &Finding, out: &mut Vec<Step>) {
    let Some(attempt) = &finding.attempt else {
        edits(out, [Edit::Drop("Authorization")]);
        return;
    };
    credential::fault(site, request, attempt, out);
    if let guards @ Words::Text(_) = site.guards() {
        let words = known_words(&guards, GUARDS);
        let default = || GUARDS.iter().map(|word| (*word).to_owned()).collect();
        let words = if words.is_empty() { default() } else { words };
        out.push(Step::Change(Change::Guards(words)));
    }
    let stored = site.policy.civicrm.settings.get(&format!("authx_{}_cred", attempt.flow));
    if matches!(stored, Some(SettingValue::Text(_))) {
        let kind = finding.target.kind.unwrap_or("api_key");
        out.push(more_types(site, &attempt.flow, kind));
    }
}

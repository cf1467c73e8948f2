//! The PHP entry points: `authx_login()` of `ext/authx/authx.php`, `login` of `Civi/Pipe/PublicMethods.php`,
//! and `AuthxCredential.validate` of APIv4.

use super::answer::{self, Finding};
use super::attempt::{self, Attempt, Given};
use super::session::{Active, Login};
use super::site::Site;
use super::target::Target;
use super::trace::{Refusal, Trace};
use super::{code, credential, edit};
use crate::verify::{CallFunction, CallPrincipal, Code, PhpCall, Presented, Request};

/// Lists what a call needs.
pub(super) fn present(call: &PhpCall, presented: &mut Presented) {
    if let Some(cred) = &call.cred {
        credential::present(cred.expose(), presented);
        if let Some(mended) = edit::mended(cred.expose()) {
            credential::present(&mended, presented);
        }
    }
    if let Some(principal) = &call.principal {
        presented.contacts.extend(principal.contact_id);
        presented.users.extend(principal.user_id);
        presented.user_names.extend(principal.user.clone());
    }
}

/// Judges a call.
pub(super) fn judge(site: Site<'_>, request: &Request, call: &PhpCall) -> Finding {
    let mut trace = Trace::default();
    let mut target = Target::default();
    let mut active = Active::cookie(request.session);
    let attempt = match attempt_of(call) {
        Ok(attempt) => attempt,
        Err(refusal) => {
            let required = "what the entry point asks for";
            trace.check(false, refusal_code(&refusal), "call", shown(call), required);
            return answer::thrown(site, None, &target, refusal, &mut trace).with(trace);
        }
    };
    credential::show(&attempt, &mut trace);
    let finding = match attempt::run(site, &mut active, &attempt, &mut target, &mut trace) {
        Ok(login) => {
            let already = login == Some(Login::Already);
            let session = if already { active.is_real() } else { attempt.use_session };
            answer::accepted(site, &attempt.flow, &target, already, session)
        }
        Err(refusal) => answer::thrown(site, Some(&attempt.flow), &target, refusal, &mut trace),
    };
    finding.about(&attempt).with(trace)
}

/// What the entry point makes of its arguments.
fn attempt_of(call: &PhpCall) -> Result<Attempt, Refusal> {
    let cred = || call.cred.as_ref().map(|cred| Given::Cred(cred.expose().to_vec()));
    let principal = || call.principal.clone().map(Given::Principal);
    let named = call.principal.as_ref().is_some_and(|given| *given != CallPrincipal::default());
    let script = call.flow.as_deref().unwrap_or("script");
    match call.function {
        CallFunction::AuthxLogin => {
            let ((Some(given), None) | (None, Some(given))) = (cred(), principal()) else {
                return Err(reject(code::CRED_XOR_PRINCIPAL, XOR));
            };
            let site_key = call.site_key.as_ref().map(|key| key.expose().to_vec());
            Ok(Attempt { site_key, use_session: call.use_session, ..attempt(script, given) })
        }
        CallFunction::PipeLogin if named => match principal() {
            Some(given) if call.trusted => Ok(attempt("script", given)),
            _ => Err(reject(code::PIPE_UNTRUSTED, "Session is not trusted.")),
        },
        CallFunction::PipeLogin => {
            let missing = || reject(code::PIPE_NOTHING, NOTHING);
            cred().map(|given| attempt("pipe", given)).ok_or_else(missing)
        }
        CallFunction::Validate => {
            // APIv4 takes an empty text for a missing one, yet not the text `0`.
            let given = call.cred.as_ref().filter(|cred| !cred.is_empty()).and_then(|_| cred());
            let given = given.ok_or(Refusal::MissingParameter("cred"))?;
            Ok(Attempt { validate_only: true, ..attempt(script, given) })
        }
    }
}

const XOR: &str = "Authentication logic error: Must specify \"cred\" xor \"principal\".";
const NOTHING: &str = "Cannot authenticate. Must specify principal/credentials.";

fn reject(code: Code, message: &str) -> Refusal {
    Refusal::Reject(code, message.to_owned())
}

fn refusal_code(refusal: &Refusal) -> Code {
    match refusal {
        Refusal::Reject(code, _) | Refusal::Throw(code, _) => *code,
        Refusal::MissingParameter(_) => code::PARAMETER_REQUIRED,
        Refusal::Ignore | Refusal::Crash(..) => code::UPSTREAM_FAULT,
    }
}

fn shown(call: &PhpCall) -> String {
    let given = match (&call.cred, &call.principal) {
        (Some(_), Some(_)) => "both a credential and a principal",
        (Some(_), None) => "a credential",
        (None, Some(_)) => "a principal",
        (None, None) => "neither a credential nor a principal",
    };
    let trust = if call.trusted { "" } else { ", on a session that is not trusted" };
    format!("{given}{trust}")
}

fn attempt(flow: &str, given: Given) -> Attempt {
    Attempt {
        flow: flow.to_owned(),
        given,
        site_key: None,
        use_session: false,
        validate_only: false,
    }
}

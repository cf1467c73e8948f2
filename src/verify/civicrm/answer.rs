//! What the client sees: `reject` of `Authenticator.php` and `LegacyRestAuthenticator.php`, and what
//! becomes of exceptions.

use super::attempt::Attempt;
use super::code;
use super::session::Active;
use super::site::Site;
use super::target::Target;
use super::trace::{Refusal, Trace};
use crate::verify::{
    Code, Credential, Decision, HttpResponse, Principal, Redirect, Request, Response, Step,
};

/// The class of AuthX's own exceptions.
const AUTHX_EXCEPTION: &str = "Civi\\Authx\\AuthxException";

/// Its subclass for a header that counts as absent, which only a PHP caller gets to see.
const IGNORE_EXCEPTION: &str = "Civi\\Authx\\IgnoreCredentialException";

/// A judged request, before warnings and remedies.
pub(super) struct Finding {
    pub(super) decision: Decision,
    pub(super) reason: Code,
    pub(super) flow: Option<String>,
    pub(super) credential: Option<Credential>,
    pub(super) principal: Option<Principal>,
    pub(super) session: bool,
    pub(super) response: Option<Response>,
    pub(super) redirect: Option<Redirect>,
    pub(super) steps: Vec<Step>,
    pub(super) refusal: Option<Refusal>,
    /// The last attempt, and whom it was about.
    pub(super) attempt: Option<Attempt>,
    pub(super) target: Target,
}

impl Finding {
    fn new(decision: Decision, reason: Code) -> Self {
        Self {
            decision,
            reason,
            flow: None,
            credential: None,
            principal: None,
            session: false,
            response: None,
            redirect: None,
            steps: Vec::new(),
            refusal: None,
            attempt: None,
            target: Target::default(),
        }
    }

    /// A request that cannot be judged.
    pub(super) fn unknown(reason: Code, trace: Trace) -> Self {
        Self::new(Decision::Indeterminate, reason).with(trace)
    }

    /// Remembers what was judged.
    pub(super) fn about(mut self, attempt: &Attempt) -> Self {
        self.attempt = Some(attempt.clone());
        self
    }

    /// Takes the steps over.
    pub(super) fn with(mut self, trace: Trace) -> Self {
        self.steps = trace.steps;
        self
    }
}

/// AuthX did nothing: the cookie session stays, or nobody is logged in.
pub(super) fn untouched(
    site: Site<'_>,
    reason: Code,
    active: &Active,
    request: &Request,
    mut trace: Trace,
) -> Finding {
    if reason == code::NO_CREDENTIAL {
        let places = "X-Civi-Auth, Authorization, _authx, or api_key on civicrm/ajax/rest";
        trace.skip(code::NO_CREDENTIAL, "credential", "none is where AuthX looks", places);
    }
    let Some(session) = request.session.filter(|_| active.is_somebody()) else {
        return Finding::new(Decision::Anonymous, reason).with(trace);
    };
    trace.pass(code::SESSION_KEPT, "session", "the cookie session stays as it is");
    let user = session.user_id.and_then(|id| site.user(id)).map(|user| user.name.clone());
    let principal = Principal { user, user_id: session.user_id, contact_id: session.contact_id };
    Finding {
        principal: Some(principal),
        session: true,
        ..Finding::new(Decision::Allow, code::SESSION_KEPT).with(trace)
    }
}

/// A successful attempt.
pub(super) fn accepted(
    site: Site<'_>,
    flow: &str,
    target: &Target,
    already: bool,
    session: bool,
) -> Finding {
    let word = "already-logged-in";
    let mut credential = target.credential();
    if let Some(credential) = credential.as_mut().filter(|_| already) {
        word.clone_into(&mut credential.kind);
    }
    let reason = if already { code::SESSION_MATCHED } else { code::ACCEPTED };
    Finding {
        flow: Some(if already { word } else { flow }.to_owned()),
        credential,
        principal: target.principal(site),
        session,
        target: target.clone(),
        ..Finding::new(Decision::Allow, reason)
    }
}

/// A refused attempt over HTTP.
pub(super) fn refused(
    site: Site<'_>,
    flow: Option<&str>,
    target: &Target,
    refusal: Refusal,
    trace: &mut Trace,
) -> Finding {
    let (reason, response) = match &refusal {
        Refusal::Reject(code, message) => (*code, rejection(flow, message)),
        Refusal::Throw(_, message) => {
            trace.fault(AUTHX_EXCEPTION, message);
            (code::UPSTREAM_FAULT, crash())
        }
        Refusal::Crash(class, message) => {
            trace.fault(class, message);
            (code::UPSTREAM_FAULT, crash())
        }
        // Neither ends an HTTP request: the one goes on, the other is APIv4's.
        Refusal::Ignore => (code::HEADER_IGNORED, crash()),
        Refusal::MissingParameter(_) => (code::PARAMETER_REQUIRED, crash()),
    };
    deny(site, reason, flow, target, refusal, Response::Http(response))
}

/// A refused call of a PHP entry point.
pub(super) fn thrown(
    site: Site<'_>,
    flow: Option<&str>,
    target: &Target,
    refusal: Refusal,
    trace: &mut Trace,
) -> Finding {
    let (reason, class, message) = match &refusal {
        Refusal::Reject(code, message) | Refusal::Throw(code, message) => {
            (*code, AUTHX_EXCEPTION, message.clone())
        }
        Refusal::Ignore => {
            (code::PASSWORD_IN_HEADER, IGNORE_EXCEPTION, PASSWORD_IN_HEADER.to_owned())
        }
        Refusal::MissingParameter(name) => {
            let message = format!("Parameter \"{name}\" is required.");
            (code::PARAMETER_REQUIRED, "CRM_Core_Exception", message)
        }
        Refusal::Crash(class, message) => {
            trace.fault(class, message);
            (code::UPSTREAM_FAULT, *class, message.clone())
        }
    };
    let response = Response::Exception { class: class.to_owned(), message };
    deny(site, reason, flow, target, refusal, response)
}

const PASSWORD_IN_HEADER: &str = "Received password via HTTP Authorization, but passwords are not \
                                  enabled for HTTP Authorization.";

fn deny(
    site: Site<'_>,
    reason: Code,
    flow: Option<&str>,
    target: &Target,
    refusal: Refusal,
    response: Response,
) -> Finding {
    Finding {
        flow: flow.map(str::to_owned),
        credential: target.credential(),
        principal: target.principal(site),
        response: Some(response),
        refusal: Some(refusal),
        target: target.clone(),
        ..Finding::new(Decision::Deny, reason)
    }
}

fn rejection(flow: Option<&str>, message: &str) -> HttpResponse {
    if flow == Some("legacyrest") {
        let fatal = json_text(&format!("FATAL: {message}"));
        return HttpResponse {
            status: 200,
            content_type: Some("text/javascript".to_owned()),
            body: Some(format!("{{\"error_message\":{fatal},\"is_error\":1}}")),
            drupal: None,
        };
    }
    HttpResponse {
        status: 401,
        content_type: Some("text/plain".to_owned()),
        body: Some(format!("HTTP 401 {message}")),
        drupal: None,
    }
}

fn crash() -> HttpResponse {
    HttpResponse { status: 500, ..HttpResponse::default() }
}

/// A text as PHP's `json_encode` writes it: slashes and everything outside ASCII escaped.
fn json_text(text: &str) -> String {
    let mut out = String::from("\"");
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '/' => out.push_str("\\/"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            ' '..='\u{7f}' => out.push(character),
            _ => {
                for unit in character.encode_utf16(&mut [0; 2]) {
                    out.push_str("\\u");
                    out.extend([12, 8, 4, 0].map(|shift| hex_digit(*unit >> shift)));
                }
            }
        }
    }
    out.push('"');
    out
}

fn hex_digit(bits: u16) -> char {
    char::from_digit(u32::from(bits & 15), 16).unwrap_or('0')
}

#[cfg(test)]
mod tests {
    use super::json_text;

    #[test]
    fn texts_are_escaped_as_php_escapes_them() {
        let text = "a\"b\\c/d\u{1}\u{7f}é\u{1f600}\n";
        assert_eq!(json_text(text), "\"a\\\"b\\\\c\\/d\\u0001\u{7f}\\u00e9\\ud83d\\ude00\\n\"");
    }
}

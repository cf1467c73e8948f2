//! `POST /user/login?_format=json`: `UserAuthenticationController::login()` of core, which the module
//! lets through. Flood control is left aside: the site's log of failures decides it.

use serde_json::Value;

use super::code;
use super::end::{End, Exception, Served};
use super::negotiate::Matched;
use super::site::Site;
use super::trail::Trail;
use super::wire::Wire;
use crate::credential::{PhpJson, php_json};
use crate::verify::Credential;

/// The members of the body that the controller reads.
#[derive(Debug)]
pub(super) struct Sent {
    /// `name`.
    pub(super) name: Option<String>,
    /// `pass`.
    pub(super) pass: Option<String>,
}

/// Reads the body; `None` when it is no JSON.
pub(super) fn sent(wire: &Wire<'_>) -> Option<Sent> {
    let document = php_json(&wire.http.body, PhpJson::Arrays).ok()?;
    let text = |name: &str| match document.get(name)? {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    };
    Some(Sent { name: text("name"), pass: text("pass") })
}

/// Judges the log-in itself.
pub(super) fn judge(site: &Site<'_>, wire: &Wire<'_>, matched: &Matched, trail: &mut Trail) -> End {
    let Some(sent) = sent(wire) else {
        trail.fail(
            code::UPSTREAM_FAULT,
            "body",
            "the body is not JSON",
            "`name` and `pass` in JSON",
        );
        return End::Fault(Some(matched.format.clone()));
    };
    let refuse = |message: &str| {
        End::Core(Exception {
            reason: code::PASSWORD_WRONG,
            status: 400,
            message: message.to_owned(),
            headers: Vec::new(),
            format: matched.format.clone(),
        })
    };
    let (name, pass) = match (sent.name, sent.pass) {
        (Some(name), Some(pass)) => (name, pass),
        (None, None) => return refuse("Missing credentials."),
        (None, _) => return refuse("Missing credentials.name."),
        (_, None) => return refuse("Missing credentials.pass."),
    };
    trail.credential = Some(Credential { kind: "pass".to_owned(), key_id: None, hint: None });
    let user = site.facts.user_named(&name).filter(|_| !name.is_empty());
    if let Some(user) = user {
        trail.stands_for(user);
    }
    if user.is_some_and(|user| user.blocked) {
        trail.fail(code::PASSWORD, "log-in", format!("{name} is blocked"), "an active account");
        return refuse("The user has not been activated or is blocked.");
    }
    let fact = site.facts.password_for(&name, pass.as_bytes());
    if user.is_none() || pass.is_empty() || !fact.is_some_and(|fact| fact.matches) {
        trail.fail(
            code::PASSWORD,
            "log-in",
            "no such account, or another password",
            "an account's name and password",
        );
        return refuse("Sorry, unrecognized username or password.");
    }
    trail.pass(code::PASSWORD, "log-in", format!("the password of {name}; a session starts"));
    trail.session = true;
    End::Served(Served { status: 200, content_type: None, headers: Vec::new() })
}

//! Bearer, second try: a JSON Web Token. `bearerJwt` of `ext/authx/Civi/Authx/CheckCredential.php`.
//!
//! Signature and times are judged in `credential::jwt`; this is what AuthX makes of the claims. A token
//! that is not for AuthX is no rejection: other checkers could know it.

use serde_json::{Map, Value};

use super::code;
use super::setting::token_rules;
use super::site::Site;
use super::target::{ContactRef, Target};
use super::trace::{Refusal, Trace};
use crate::credential::jwt::{self, Rejection, SignKeys};
use crate::verify::{Presented, php};

const LABEL: &str = "token";
const REQUIRED: &str =
    "a token signed with one of CIVICRM_SIGN_KEYS, scope `authx`, subject `cid:CONTACT`";

/// Asks for the contact that an unchecked token names.
pub(super) fn present(text: &[u8], presented: &mut Presented) {
    if let Some(claims) = jwt::peek(text)
        && let Some(subject) = claims.get("sub").and_then(Value::as_str)
        && let Some(contact) = subject.strip_prefix("cid:")
    {
        presented.contacts.insert(php::integer(contact.as_bytes()));
    }
}

/// Checks the token; sets the principal when it is good.
pub(super) fn check(
    site: Site<'_>,
    text: &[u8],
    target: &mut Target,
    trace: &mut Trace,
) -> Result<(), Refusal> {
    if jwt::peek(text).is_some() {
        target.kind = Some("jwt");
        target.hint = None;
    }
    let claims = match decode(site, text) {
        Ok(claims) => claims,
        Err(Rejection::Invalid(why)) => {
            // What does not even look like a token was an API key that nobody has.
            if target.kind == Some("jwt") {
                trace.check(false, code::TOKEN, LABEL, why, REQUIRED);
            }
            return Ok(());
        }
        Err(Rejection::Expired) => {
            trace.check(
                false,
                code::TOKEN,
                LABEL,
                "well signed, but expired",
                "an `exp` in the future",
            );
            return Err(Refusal::Reject(code::TOKEN_EXPIRED, "Expired token".to_owned()));
        }
        Err(Rejection::Fault(fault)) => {
            let (class, message) = fault.split_once(": ").unwrap_or(("Error", fault));
            return Err(Refusal::Crash(class, message.to_owned()));
        }
    };
    if !scopes(&claims)?.iter().any(|scope| scope == "authx") {
        trace.check(false, code::TOKEN, LABEL, "its scope has no word `authx`", REQUIRED);
        return Ok(());
    }
    let Some(contact) = subject(&claims)? else {
        trace.check(false, code::TOKEN, LABEL, "its subject is not `cid:CONTACT`", REQUIRED);
        let message = "Malformed JWT. Must specify the contact ID.";
        return Err(Refusal::Reject(code::TOKEN_SUBJECT, message.to_owned()));
    };
    if !php::is_truthy(contact.as_bytes()) {
        trace.check(false, code::TOKEN, LABEL, "its subject names no contact", REQUIRED);
        let message = "Principal must specify at least one of contactId, userId or user";
        return Err(Refusal::Throw(code::PRINCIPAL_INVALID, message.to_owned()));
    }
    target.set_contact(site, ContactRef::spelled(&contact));
    trace.pass(code::TOKEN, LABEL, format!("valid, for {}", target.shown(site)));
    Ok(())
}

fn decode(site: Site<'_>, text: &[u8]) -> Result<Map<String, Value>, Rejection> {
    let keys = site.policy.civicrm.sign_keys.as_ref().filter(|keys| !keys.is_empty());
    let Some(keys) = keys else {
        return Err(Rejection::Invalid("CIVICRM_SIGN_KEYS is not defined, so no token is valid"));
    };
    let keys = SignKeys::of_site(keys.expose())?;
    jwt::decode(text, &keys, token_rules(site.policy.civicrm.release), site.now)
}

/// `explode(' ', $claims['scope'])`: a missing or null scope has no words, scalars become texts.
fn scopes(claims: &Map<String, Value>) -> Result<Vec<String>, Refusal> {
    let text = match claims.get("scope") {
        None | Some(Value::Null) => return Ok(Vec::new()),
        Some(value) => scalar(value, "explode(): Argument #2 ($string)")?,
    };
    Ok(text.split(' ').map(str::to_owned).collect())
}

/// What follows `cid:` in the subject; `None` when the subject is empty or begins otherwise.
fn subject(claims: &Map<String, Value>) -> Result<Option<String>, Refusal> {
    let value = match claims.get("sub") {
        None | Some(Value::Null | Value::Bool(false)) => return Ok(None),
        Some(Value::Array(list)) if list.is_empty() => return Ok(None),
        Some(value) => value,
    };
    let text = scalar(value, "substr(): Argument #1 ($string)")?;
    Ok(text.strip_prefix("cid:").map(str::to_owned))
}

/// A scalar as PHP's text; lists and objects are a `TypeError`. Numbers never spell what is asked for.
fn scalar(value: &Value, place: &str) -> Result<String, Refusal> {
    let given = match value {
        Value::String(text) => return Ok(text.clone()),
        Value::Bool(true) => return Ok("1".to_owned()),
        Value::Bool(false) | Value::Null => return Ok(String::new()),
        Value::Number(number) => return Ok(number.to_string()),
        Value::Array(_) => "array",
        Value::Object(_) => "stdClass",
    };
    Err(Refusal::type_error(format!("{place} must be of type string, {given} given")))
}

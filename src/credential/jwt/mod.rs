//! JSON Web Tokens as CiviCRM checks them: `Civi\Crypto\CryptoJwt` of 6.14 over `firebase/php-jwt` 7.0.0,
//! check by check in its order, because what is checked first decides what the client is told.
//!
//! Whether the claims suit AuthX (`scope`, `sub`) is left to `verify`.

mod sign_keys;
mod time;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value};

pub use sign_keys::{SignKeyInfo, SignKeys};

use self::sign_keys::SignKey;
use self::time::Time;
use super::{Error, PhpJson, Secret, php_base64, php_json};

/// The algorithms that php-jwt knows; signing keys of CiviCRM are of HMAC and `EdDSA` alone.
const SUPPORTED: [&str; 10] =
    ["ES384", "ES256", "ES256K", "HS256", "HS384", "HS512", "RS256", "RS384", "RS512", "EdDSA"];

/// What changed between releases.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rules {
    /// php-jwt 7 (CiviCRM 6.12): an HMAC key has at least the length of its hash.
    pub min_hmac_key: bool,
    /// CiviCRM 6.9: `EdDSA` suites, and a signing key that is not for tokens is no longer skipped.
    pub eddsa: bool,
}

/// Why a token is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rejection {
    /// It proves nothing; in php-jwt's words where it has some.
    Invalid(&'static str),
    /// All is right but the time is over.
    Expired,
    /// The site's code dies of it: an exception that nothing catches.
    Fault(&'static str),
}

use Rejection::{Fault, Invalid};

/// Checks a token and gives its claims.
pub fn decode(
    token: &[u8],
    keys: &SignKeys,
    rules: Rules,
    now: i64,
) -> Result<Map<String, Value>, Rejection> {
    if let Some(fault) = keys.0.iter().find_map(|key| key.fault(rules)) {
        return Err(Fault(fault));
    }
    if keys.0.iter().all(|key| key.alg(rules).is_none()) {
        return Err(Invalid("Unknown key/tag (SIGN)"));
    }
    let parts = Parts::split(token).ok_or(Invalid("Wrong number of segments"))?;
    let header = php_json(&decode_segment(parts.header), PhpJson::Objects)
        .map_err(|_| Invalid("the header is not JSON"))
        .and_then(|header| non_null(header, "Invalid header encoding"))?;
    let claims = claims(parts.claims)?;
    let alg = algorithm(&header)?;
    let key = find_key(&header, keys, rules)?;
    if key.alg(rules).as_deref() != Some(alg) {
        return Err(Invalid("Incorrect key for this algorithm"));
    }
    if key.is_short(alg, rules) {
        return Err(Invalid("Provided key is too short"));
    }
    if !key.verifies(alg, parts.signed, &decode_segment(parts.signature)) {
        return Err(Invalid("Signature verification failed"));
    }
    check_times(&claims, now)?;
    Ok(claims)
}

/// The claims of a token, nothing checked.
#[must_use]
pub fn peek(token: &[u8]) -> Option<Map<String, Value>> {
    match php_json(&decode_segment(Parts::split(token)?.claims), PhpJson::Objects) {
        Ok(Value::Object(claims)) => Some(claims),
        _ => None,
    }
}

/// Makes a token with the first of the keys, when a site under the rules could take it.
pub fn issue(claims: &Map<String, Value>, keys: &SignKeys, rules: Rules) -> Result<Secret, Error> {
    let key = keys.0.first().ok_or(Error::CannotSign("there is none"))?;
    let alg = key.alg(rules).ok_or(Error::CannotSign("its suite is not one for tokens"))?;
    if key.is_short(&alg, rules) {
        return Err(Error::CannotSign("it is shorter than its hash"));
    }
    let mut header = Map::new();
    header.insert("typ".to_owned(), "JWT".into());
    header.insert("alg".to_owned(), alg.as_str().into());
    header.insert("kid".to_owned(), key.id.as_str().into());
    let encode = |object: &Map<String, Value>| {
        serde_json::to_vec(object)
            .map(|text| URL_SAFE_NO_PAD.encode(text))
            .map_err(|_| Error::CannotSign("the claims cannot be written as JSON"))
    };
    let mut token = format!("{}.{}", encode(&header)?, encode(claims)?);
    let signature = key.sign(&alg, token.as_bytes())?;
    token.push('.');
    token.push_str(&URL_SAFE_NO_PAD.encode(signature));
    Ok(Secret::from(token))
}

/// A token at its dots.
struct Parts<'a> {
    header: &'a [u8],
    claims: &'a [u8],
    signature: &'a [u8],
    /// Header and claims as sent.
    signed: &'a [u8],
}

impl<'a> Parts<'a> {
    fn split(token: &'a [u8]) -> Option<Self> {
        let mut segments = token.split(|byte| *byte == b'.');
        let (header, claims, signature) = (segments.next()?, segments.next()?, segments.next()?);
        if segments.next().is_some() {
            return None;
        }
        let signed = token.get(..header.len() + 1 + claims.len())?;
        Some(Self { header, claims, signature, signed })
    }
}

/// `urlsafeB64Decode`: as lenient as PHP's own decoder.
fn decode_segment(segment: &[u8]) -> Vec<u8> {
    let standard: Vec<u8> = segment
        .iter()
        .map(|byte| match byte {
            b'-' => b'+',
            b'_' => b'/',
            other => *other,
        })
        .collect();
    php_base64(&standard)
}

fn non_null(value: Value, problem: &'static str) -> Result<Value, Rejection> {
    if value.is_null() { Err(Invalid(problem)) } else { Ok(value) }
}

fn claims(segment: &[u8]) -> Result<Map<String, Value>, Rejection> {
    let value = php_json(&decode_segment(segment), PhpJson::Objects)
        .map_err(|_| Invalid("the claims are not JSON"))?;
    let claims = match non_null(value, "Invalid claims encoding")? {
        Value::Object(claims) => claims,
        Value::Array(items) => {
            items.into_iter().enumerate().map(|(index, item)| (index.to_string(), item)).collect()
        }
        _ => return Err(Invalid("Payload must be a JSON object")),
    };
    for (name, problem) in [
        ("iat", "Payload iat must be a number"),
        ("nbf", "Payload nbf must be a number"),
        ("exp", "Payload exp must be a number"),
    ] {
        if is_set(&claims, name).is_some_and(|value| Time::of(value).is_none()) {
            return Err(Invalid(problem));
        }
    }
    Ok(claims)
}

/// `isset`: there and not null.
fn is_set<'a>(claims: &'a Map<String, Value>, name: &str) -> Option<&'a Value> {
    claims.get(name).filter(|value| !value.is_null())
}

fn algorithm(header: &Value) -> Result<&'static str, Rejection> {
    let alg = match header.get("alg") {
        None => return Err(Invalid("Empty algorithm")),
        Some(alg) if is_empty(alg) => return Err(Invalid("Empty algorithm")),
        Some(Value::Array(_) | Value::Object(_)) => {
            return Err(Fault("TypeError: the header's alg cannot be an array offset"));
        }
        Some(alg) => alg.as_str(),
    };
    let known = SUPPORTED.into_iter().find(|known| Some(*known) == alg);
    known.ok_or(Invalid("Algorithm not supported"))
}

/// PHP's `empty`.
fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Bool(value) => !value,
        Value::Number(number) => number.as_f64() == Some(0.0),
        Value::String(text) => text.is_empty() || text == "0",
        Value::Array(items) => items.is_empty(),
        Value::Object(_) => false,
    }
}

fn find_key<'a>(
    header: &Value,
    keys: &'a SignKeys,
    rules: Rules,
) -> Result<&'a SignKey, Rejection> {
    let kid = match header.get("kid") {
        Some(Value::Array(_) | Value::Object(_)) => {
            return Err(Fault("TypeError: the header's kid must be a string"));
        }
        Some(Value::String(kid)) if !kid.is_empty() => kid,
        None | Some(Value::Null | Value::String(_) | Value::Bool(false)) => {
            return Err(Invalid("\"kid\" empty, unable to lookup correct key"));
        }
        // Numbers become strings, and none of them is a key's id.
        Some(Value::Number(_) | Value::Bool(true)) => {
            return Err(Invalid("\"kid\" invalid, unable to lookup correct key"));
        }
    };
    let key = keys.0.iter().find(|key| key.id == *kid && key.alg(rules).is_some());
    key.ok_or(Invalid("\"kid\" invalid, unable to lookup correct key"))
}

fn check_times(claims: &Map<String, Value>, now: i64) -> Result<(), Rejection> {
    let time = |name| is_set(claims, name).and_then(Time::of);
    let (begins, problem) = match time("nbf") {
        Some(nbf) => (Some(nbf), "Cannot handle token with nbf prior to"),
        None => (time("iat"), "Cannot handle token with iat prior to"),
    };
    if begins.is_some_and(|begins| begins.is_after(now)) {
        return Err(Invalid(problem));
    }
    if time("exp").is_some_and(|exp| exp.has_come(now)) {
        return Err(Rejection::Expired);
    }
    Ok(())
}

#[cfg(test)]
mod tests;

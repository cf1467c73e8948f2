//! Reading a name and a key, or a name and a password, out of the headers, as each level does.

use super::application::KeyHeader;
use super::base64;
use super::level::Level;
use super::loose;
use super::refusal::ModuleError;
use super::wire::Wire;
use crate::credential::{Secret, php_base64};
use crate::verify::DrupalPolicy;

/// A user name and what is to prove it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Pair {
    /// The name, as bytes: PHP does not decode it.
    pub(super) name: Vec<u8>,
    /// The key or password.
    pub(super) secret: Secret,
    /// What stands behind a second colon and was cut off.
    pub(super) cut_off: bool,
    /// Whether only a loose check takes the scheme for `Basic`.
    pub(super) odd_scheme: bool,
}

impl Pair {
    /// The name as text, where it is one.
    pub(super) fn user_name(&self) -> Option<&str> {
        std::str::from_utf8(&self.name).ok()
    }
}

/// The name and key of the API key method.
pub(super) fn key(
    level: Level,
    policy: &DrupalPolicy,
    header: KeyHeader,
    wire: &Wire<'_>,
) -> Result<Pair, ModuleError> {
    if header == KeyHeader::ApiKey {
        let value = wire.truthy_header("API-KEY").ok_or(ModuleError::MissingApiKey)?;
        return strict_pair(value).ok_or(ModuleError::ApiKeyFormat);
    }
    // No key validator that was read looks at the custom header; the product is said to.
    let custom = custom(policy, wire).filter(|_| level == Level::Guide);
    let value = authorization(wire).or(custom).ok_or(ModuleError::MissingAuthorization)?;
    if level >= Level::V2_1_0 {
        let encoded = basic_scheme(value).ok_or(ModuleError::AuthorizationScheme)?;
        return strict_pair(encoded).ok_or(ModuleError::AuthorizationFormat);
    }
    if !has_scheme_word(value) {
        return Err(ModuleError::AuthorizationScheme);
    }
    if value.eq_ignore_ascii_case(b"Basic") {
        return Err(ModuleError::BareScheme);
    }
    loose_pair(&html_escape(value)).ok_or(ModuleError::AuthorizationFormat)
}

/// The name and password of the Basic method.
pub(super) fn password(
    level: Level,
    policy: &DrupalPolicy,
    wire: &Wire<'_>,
) -> Result<Pair, ModuleError> {
    let sent = authorization(wire).or_else(|| custom(policy, wire)).unwrap_or_default();
    let value = html_escape(sent);
    if value.is_empty() || value == b"0" {
        return Err(ModuleError::NoPasswordHeader);
    }
    let pair = if level == Level::Guide {
        if value.eq_ignore_ascii_case(b"Basic") {
            return Err(ModuleError::PasswordFormat);
        }
        let encoded = basic_scheme(&value).ok_or(ModuleError::PasswordScheme)?;
        strict_pair(encoded)
    } else {
        if !has_scheme_word(&value) {
            return Err(ModuleError::PasswordScheme);
        }
        loose_pair(&value)
    };
    let pair = pair.ok_or(ModuleError::PasswordFormat)?;
    // PHP's `empty()`.
    if pair.name.is_empty() || pair.name == b"0" {
        return Err(ModuleError::NoUserName);
    }
    Ok(pair)
}

/// What core's Basic authentication sees: PHP splits the header itself (`php_handle_auth_data`).
pub(super) fn php_auth(wire: &Wire<'_>) -> Option<Pair> {
    let encoded = basic_scheme(wire.header("Authorization")?)?;
    let text = php_base64(encoded);
    let text = text.split(|byte| *byte == 0).next().unwrap_or_default();
    split(text)
}

/// The header that the setting `custom_header` names.
fn custom<'a>(policy: &DrupalPolicy, wire: &Wire<'a>) -> Option<&'a [u8]> {
    let name = loose::get(&policy.settings, "custom_header")?.as_str()?;
    wire.header(name).filter(|value| !name.is_empty() && !value.is_empty())
}

/// `Authorization`, or the British spelling, when PHP takes it for true.
pub(super) fn authorization<'a>(wire: &'a Wire<'_>) -> Option<&'a [u8]> {
    wire.truthy_header("Authorization").or_else(|| wire.truthy_header("Authorisation"))
}

/// What follows the scheme `Basic` and a blank, the scheme in any case.
pub(super) fn basic_scheme(value: &[u8]) -> Option<&[u8]> {
    let (scheme, rest) = value.split_at_checked(6)?;
    scheme.eq_ignore_ascii_case(b"Basic ").then(|| rest.trim_ascii())
}

/// `/\Basic\b/` up to 2.0.18 and in the Basic method: `\B` is not a letter, so that the pattern means
/// `asic`, not at the start of a word and at the end of one.
fn has_scheme_word(value: &[u8]) -> bool {
    let is_word = |byte: Option<&u8>| byte.is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'_');
    value.windows(4).enumerate().any(|(at, window)| {
        let before = at.checked_sub(1).and_then(|at| value.get(at));
        window == b"asic" && is_word(before) && !is_word(value.get(at + 4))
    })
}

/// A strict decoder, and a split at the first colon.
pub(super) fn strict_pair(encoded: &[u8]) -> Option<Pair> {
    split(&base64::strict(encoded)?)
}

fn split(text: &[u8]) -> Option<Pair> {
    let colon = text.iter().position(|byte| *byte == b':')?;
    let (name, rest) = text.split_at(colon);
    let secret = Secret::new(rest.get(1..).unwrap_or_default());
    Some(Pair { name: name.to_vec(), secret, cut_off: false, odd_scheme: false })
}

/// The second word of the header, decoded leniently and cut at every colon.
fn loose_pair(value: &[u8]) -> Option<Pair> {
    let mut words = value.split(|byte| *byte == b' ');
    let odd_scheme = !words.next().is_some_and(|word| word.eq_ignore_ascii_case(b"Basic"));
    let encoded = words.next().unwrap_or_default();
    let text = php_base64(encoded);
    let mut parts = text.split(|byte| *byte == b':');
    let name = parts.next()?.to_vec();
    let secret = Secret::new(parts.next()?);
    Some(Pair { name, secret, cut_off: parts.next().is_some(), odd_scheme })
}

/// `Html::escape()`, which the validators run over the header before they decode it.
fn html_escape(value: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(value);
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#039;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            _ => out.push(c),
        }
    }
    out.into_bytes()
}

//! Stage one: whose credential is it? `ext/authx/Civi/Authx/CheckCredential.php`.
//!
//! The text splits at its first blank into scheme and value. Basic is a password, Bearer an API key
//! and, when nobody has that key, a token; anything else matches no checker.

use super::attempt::{Attempt, Given};
use super::site::Site;
use super::target::Target;
use super::trace::{Refusal, Trace};
use super::{api_key, code, password, token};
use crate::credential::ApiKey;
use crate::verify::Presented;

/// A credential split into its parts.
pub(super) enum Scheme<'a> {
    /// `Basic` and its base64 text.
    Basic(&'a [u8]),
    /// `Bearer` and its text; `None` when not even a blank follows.
    Bearer(Option<&'a [u8]>),
    /// Anything else.
    Other(&'a [u8]),
}

impl<'a> Scheme<'a> {
    /// Splits as `explode(' ', $cred, 2)` does.
    pub(super) fn split(cred: &'a [u8]) -> Self {
        let mut parts = cred.splitn(2, |byte| *byte == b' ');
        let scheme = parts.next().unwrap_or_default();
        match (scheme, parts.next()) {
            (b"Basic", value) => Self::Basic(value.unwrap_or_default()),
            (b"Bearer", value) => Self::Bearer(value),
            (other, _) => Self::Other(other),
        }
    }
}

/// Lists what must be looked up for a credential.
pub(super) fn present(cred: &[u8], presented: &mut Presented) {
    match Scheme::split(cred) {
        Scheme::Basic(value) => password::present(value, presented),
        Scheme::Bearer(Some(value)) => {
            api_key::present(value, presented);
            token::present(value, presented);
        }
        Scheme::Bearer(None) | Scheme::Other(_) => {}
    }
}

/// Finds the principal of a credential. Finding nobody is no refusal yet: the policy comes first.
pub(super) fn check(
    site: Site<'_>,
    cred: &[u8],
    target: &mut Target,
    trace: &mut Trace,
) -> Result<(), Refusal> {
    match Scheme::split(cred) {
        Scheme::Basic(value) => password::check(site, value, target, trace),
        Scheme::Bearer(None) => {
            Err(Refusal::Crash("CRM_Core_Exception", " is not of type String".to_owned()))
        }
        Scheme::Bearer(Some(value)) => {
            api_key::check(site, value, target, trace);
            if target.has_principal() { Ok(()) } else { token::check(site, value, target, trace) }
        }
        Scheme::Other(_) => Ok(()),
    }
}

/// Notes where the credential was found, with no more of it than may be shown.
pub(super) fn show(attempt: &Attempt, trace: &mut Trace) {
    let place = match attempt.flow.as_str() {
        "xheader" => "X-Civi-Auth",
        "header" => "Authorization",
        "legacyrest" => "parameter api_key",
        "login" | "auto" | "param" => "parameter _authx",
        _ => "cred",
    };
    let shown = match &attempt.given {
        Given::Principal(_) => return,
        Given::CredArray => "an array".to_owned(),
        Given::Cred(cred) => match Scheme::split(cred) {
            Scheme::Basic(value) => match password::shown_name(value) {
                Some(name) => format!("Basic, user {name}"),
                None => "Basic".to_owned(),
            },
            Scheme::Bearer(Some(text)) => match ApiKey::hint(text) {
                Some(hint) => format!("Bearer {hint}…"),
                None => "Bearer".to_owned(),
            },
            Scheme::Bearer(None) => return malformed(place, "the word `Bearer` alone", trace),
            Scheme::Other(scheme) => return malformed(place, &shown_scheme(scheme), trace),
        },
    };
    trace.pass(code::CREDENTIAL, "credential", format!("{place}: {shown}"));
}

fn malformed(place: &str, shown: &str, trace: &mut Trace) {
    let required = "`Basic` or `Bearer`, written so, one blank, and the rest";
    trace.check(false, code::CREDENTIAL, "credential", format!("{place}: {shown}"), required);
}

/// A scheme for people: only words that are known as schemes, since anything else may be the secret.
fn shown_scheme(scheme: &[u8]) -> String {
    const KNOWN: [&str; 7] = ["basic", "bearer", "digest", "negotiate", "ntlm", "token", "apikey"];
    let word = String::from_utf8_lossy(scheme);
    if KNOWN.contains(&word.to_lowercase().as_str()) {
        return format!("the scheme `{word}`");
    }
    if scheme.is_empty() {
        "no scheme".to_owned()
    } else {
        "a text with no known scheme".to_owned()
    }
}

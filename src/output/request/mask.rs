//! Hiding credentials in a request that is shown.
//!
//! What counts as one is told by names, and generously: a custom header or parameter of some site may
//! carry a key too. Where a body's parts cannot be told apart, it is hidden as a whole as soon as one of
//! the names is in it.

use std::borrow::Cow;

use form_urlencoded::{byte_serialize, parse};
use serde_json::Value;

use crate::credential::{ApiKey, Secret, Shape, php_base64};
use crate::verify::HttpRequest;

/// What stands in place of a credential.
const MASK: &str = "***";

/// Parts of names whose values are hidden, by their first letter.
fn parts_with(letter: u8) -> &'static [&'static [u8]] {
    match letter.to_ascii_lowercase() {
        b'a' => &[b"auth"],
        b'c' => &[b"cookie", b"cred", b"checksum"],
        b'h' => &[b"hash"],
        b'j' => &[b"jwt"],
        b'k' => &[b"key"],
        b'p' => &[b"pass", b"pwd"],
        b's' => &[b"secret", b"sess", b"signature"],
        b't' => &[b"token"],
        _ => &[],
    }
}

/// Whether credentials are hidden.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mask {
    On,
    Off,
}

impl Mask {
    /// The request's path and query.
    pub(super) fn target(self, target: &str) -> Cow<'_, str> {
        if self == Self::Off {
            return Cow::Borrowed(target);
        }
        match target.split_once('?') {
            Some((path, query)) => tokens(format!("{path}?{}", form(query)).into()),
            None => tokens(target.into()),
        }
    }

    /// A header field's value.
    pub(super) fn header<'v>(self, name: &str, value: Cow<'v, str>) -> Cow<'v, str> {
        if self == Self::Off || name.eq_ignore_ascii_case("AUTH-METHOD") {
            return value;
        }
        if name.eq_ignore_ascii_case("Referer") {
            return Cow::Owned(self.target(&value).into_owned());
        }
        if is_sensitive(name) {
            return Cow::Owned(credential(&value));
        }
        tokens(value)
    }

    /// A credential of a PHP call.
    pub(super) fn cred(self, cred: &Secret) -> String {
        let text = String::from_utf8_lossy(cred.expose());
        if self == Self::Off { text.into_owned() } else { credential(&text) }
    }

    /// The body.
    pub(super) fn body<'a>(self, http: &'a HttpRequest<'_>) -> Cow<'a, [u8]> {
        if self == Self::Off || http.body.is_empty() {
            return Cow::Borrowed(&http.body);
        }
        let text = String::from_utf8_lossy(&http.body);
        let masked = if is_form(http, &text) {
            tokens(form(&text).into())
        } else if let Ok(mut value) = serde_json::from_str::<Value>(&text) {
            if json(&mut value) { value.to_string().into() } else { tokens((*text).into()) }
        } else if is_sensitive(&text) {
            Cow::Borrowed(MASK)
        } else {
            tokens((*text).into())
        };
        // Bytes that are not text stay as they are when there was nothing to hide.
        if masked == text {
            return Cow::Borrowed(&http.body);
        }
        Cow::Owned(masked.into_owned().into_bytes())
    }
}

/// What may be shown of a credential: its scheme, which tells what is wrong more often than not, the user
/// name of a Basic one, the hint of a key of our own make.
fn credential(value: &str) -> String {
    let (scheme, rest) = value.split_once(' ').unwrap_or_default();
    match scheme.to_lowercase().as_str() {
        "basic" => format!("{scheme} {}", basic(rest)),
        "bearer" | "digest" | "api-key" => format!("{scheme} {}", key(rest)),
        _ => key(value),
    }
}

/// A user name and what may be shown of the password, which may be a key.
fn basic(encoded: &str) -> String {
    let pair = php_base64(encoded.as_bytes());
    let Ok(pair) = std::str::from_utf8(&pair) else { return MASK.to_owned() };
    match pair.split_once(':') {
        // Without a password the name may be a key.
        Some((name, password)) if !name.is_empty() && !password.is_empty() => {
            let is_key = ApiKey::inspect(name.as_bytes()) != Shape::Foreign;
            let name = if is_key { key(name) } else { name.to_owned() };
            format!("{name}:{}", key(password))
        }
        _ => MASK.to_owned(),
    }
}

fn key(text: &str) -> String {
    ApiKey::hint(text.as_bytes()).map_or_else(|| MASK.to_owned(), |hint| format!("{hint}…"))
}

/// Whether a name tells of a credential. `cs` is CiviCRM's checksum of a contact.
fn is_sensitive(name: &str) -> bool {
    let name = name.as_bytes();
    let has = |at: usize, part: &[u8]| {
        let found = name.get(at..at + part.len());
        found.is_some_and(|found| found.eq_ignore_ascii_case(part))
    };
    let mut letters = name.iter().enumerate();
    name.eq_ignore_ascii_case(b"cs")
        || letters.any(|(at, letter)| parts_with(*letter).iter().any(|part| has(at, part)))
}

/// Whether a body is a form: by its type, or without one by its looks.
fn is_form(http: &HttpRequest, text: &str) -> bool {
    let looks_so = text.contains('=') && !text.contains(char::is_whitespace);
    match http.header("Content-Type") {
        Some(kind) => {
            let kind = String::from_utf8_lossy(kind).to_ascii_lowercase();
            kind.starts_with("application/x-www-form-urlencoded") && !looks_json(text)
        }
        None => looks_so && !looks_json(text),
    }
}

fn looks_json(text: &str) -> bool {
    text.trim_start().starts_with(['{', '['])
}

/// A query or a form, pair by pair; all else is left as it was sent.
fn form(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for pair in text.split_inclusive('&') {
        let (pair, end) = pair.strip_suffix('&').map_or((pair, ""), |pair| (pair, "&"));
        let (name, value) = parse(pair.as_bytes()).next().unwrap_or_default();
        let nested = looks_json(&value) && is_sensitive(&value);
        let hidden = is_sensitive(&name) || nested;
        match pair.split_once('=') {
            Some((name, text)) if hidden && !text.is_empty() => {
                shown.extend([name, "=", &encoded(&credential(&value))]);
            }
            _ => shown.push_str(pair),
        }
        shown.push_str(end);
    }
    shown
}

/// A masked value as a form has it, its marks left readable.
fn encoded(shown: &str) -> String {
    let mut text = String::new();
    for letter in shown.chars() {
        match letter {
            '*' | ':' | '…' => text.push(letter),
            letter => text.extend(byte_serialize(letter.encode_utf8(&mut [0; 4]).as_bytes())),
        }
    }
    text
}

/// Hides the values of sensitive names in JSON; answers whether there were any.
fn json(value: &mut Value) -> bool {
    match value {
        Value::Object(fields) => {
            let mut any = false;
            for (name, value) in fields {
                if is_sensitive(name) && !value.is_null() {
                    *value = value.as_str().map_or_else(|| MASK.into(), credential).into();
                    any = true;
                } else {
                    any |= json(value);
                }
            }
            any
        }
        Value::Array(items) => items.iter_mut().fold(false, |any, item| json(item) | any),
        Value::String(text) => {
            let Cow::Owned(masked) = tokens(Cow::Borrowed(text)) else { return false };
            *text = masked;
            true
        }
        _ => false,
    }
}

/// Hides what is a key of our own make or a JWT, wherever it stands.
fn tokens(text: Cow<'_, str>) -> Cow<'_, str> {
    let parts =
        |letter: char| !(letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-' | '.'));
    if !text.split(parts).any(is_token) {
        return text;
    }
    let shown = text.split_inclusive(parts).map(|word| {
        let (word, behind) = word.split_at(word.trim_end_matches(parts).len());
        if is_token(word) { format!("{}{behind}", key(word)) } else { format!("{word}{behind}") }
    });
    Cow::Owned(shown.collect())
}

fn is_token(word: &str) -> bool {
    let own = || ["aku_", "akc_", "akg_", "aks_"].iter().any(|prefix| word.contains(prefix));
    let is_jwt = || word.matches('.').count() == 2 && word.contains("eyJ");
    (word.len() >= 24 && own()) || (word.len() > 4 && is_jwt())
}

#[cfg(test)]
mod tests {
    use base64::Engine as _;
    use base64::engine::general_purpose::STANDARD;
    use form_urlencoded::byte_serialize;

    use super::Mask;
    use crate::credential::{ApiKey, KeyKind};
    use crate::verify::{Header, HttpRequest};

    fn body(kind: &str, text: &str) -> String {
        let http = HttpRequest {
            headers: vec![Header::new("Content-Type", kind.as_bytes())],
            body: text.as_bytes().to_vec().into(),
            ..HttpRequest::default()
        };
        String::from_utf8(Mask::On.body(&http).into_owned()).unwrap()
    }

    fn header(name: &str, value: &str) -> String {
        Mask::On.header(name, value.into()).into_owned()
    }

    #[test]
    fn parameters_are_hidden_by_name_and_keep_their_place() {
        let target = "/civicrm/ajax/rest?entity=Job&key=S&api_key=A&%5Fauthx=B&json=1&key=";
        let shown = "/civicrm/ajax/rest?entity=Job&key=***&api_key=***&%5Fauthx=***&json=1&key=";
        assert_eq!(Mask::On.target(target), shown);
        assert_eq!(Mask::Off.target(target), target);
    }

    /// A key of our own make, and its hint.
    fn own_key() -> (String, String) {
        let key = ApiKey::generate(KeyKind::User, &mut rand::rng());
        let hint = ApiKey::hint(key.expose()).unwrap();
        (key.expose_text().unwrap().to_owned(), format!("{hint}…"))
    }

    #[test]
    fn the_user_name_of_basic_and_the_hint_of_our_own_keys_are_kept() {
        let (key, hint) = own_key();
        let pair = |pair: &str| STANDARD.encode(pair);
        for (given, shown) in [
            (format!("Bearer {key}"), format!("Bearer {hint}")),
            (format!("Basic {}", pair("alice:S3cret")), "Basic alice:***".to_owned()),
            (format!("Basic {}", pair(&format!("alice:{key}"))), format!("Basic alice:{hint}")),
            (format!("Basic {}", pair(&format!("{key}:x"))), format!("Basic {hint}:***")),
            (format!("Basic {}", pair("S3cret:")), "Basic ***".to_owned()),
            (format!("Basic {}", pair("S3cret")), "Basic ***".to_owned()),
            (format!("Bearer {key}x"), "Bearer ***".to_owned()),
        ] {
            assert_eq!(header("X-Civi-Auth", &given), shown);
            let form: String = byte_serialize(given.as_bytes()).collect();
            let shown = shown.replace(' ', "+");
            assert_eq!(Mask::On.target(&format!("/?_authx={form}")), format!("/?_authx={shown}"));
        }
        assert_eq!(header("X-Civi-Key", &key), hint);
        assert_eq!(
            body("application/json", &format!(r#"{{"api_key":"{key}"}}"#)),
            format!(r#"{{"api_key":"{hint}"}}"#)
        );
        assert_eq!(Mask::On.target(&format!("/login/{key}/x")), format!("/login/{hint}/x"));
    }

    #[test]
    fn a_header_keeps_its_scheme_alone() {
        assert_eq!(header("X_Civi_Auth", "Bearer abc"), "Bearer ***");
        assert_eq!(header("X-Civi-Key", "two words"), "***");
        assert_eq!(header("Cookie", "SESS1=2"), "***");
        assert_eq!(header("Accept", "text/html"), "text/html");
        assert_eq!(header("AUTH-METHOD", "7"), "7");
        assert_eq!(header("Referer", "https://h/p?api_key=x&y=1"), "https://h/p?api_key=***&y=1");
    }

    #[test]
    fn bodies_are_hidden_part_by_part_or_as_a_whole() {
        let form = "application/x-www-form-urlencoded";
        assert_eq!(body(form, "a=1&_authx=Bearer+x"), "a=1&_authx=Bearer+***");
        assert_eq!(body(form, "json=%7B%22api_key%22%3A1%7D&a=1"), "json=***&a=1");
        let json = "application/json";
        assert_eq!(
            body(json, r#"{"name": "x", "in": [{"api_key": "s"}]}"#),
            r#"{"name":"x","in":[{"api_key":"***"}]}"#
        );
        assert_eq!(body(json, r#"{"a":  1}"#), r#"{"a":  1}"#);
        assert_eq!(body("multipart/form-data; boundary=x", "--x name=\"password\""), "***");
        assert_eq!(body("text/plain", "hello"), "hello");
    }

    #[test]
    fn names_tell_of_a_credential_in_either_case_and_at_any_place() {
        for name in [
            "Proxy-Authorization",
            "X-API-KEY",
            "csrfToken",
            "my_Pass",
            "pwd",
            "client_secret",
            "Set-Cookie",
            "PHPSESSID",
            "credential",
            "JWT",
            "x-amz-signature",
            "Hash",
            "CHECKSUM",
            "cs",
            "CS",
        ] {
            assert_eq!(header(name, "x y"), "***", "{name}");
        }
        for name in ["Accept", "Host", "css", "X-Ke", "", "ｋey"] {
            assert_eq!(header(name, "x y"), "x y", "{name}");
        }
    }

    #[test]
    fn what_holds_no_token_is_shown_as_it_is() {
        let long = format!("aku_{}", "a".repeat(19));
        for text in [long.as_str(), "eyJ.x", "a.eyJ.b.c", "é aku_ ü", "..", "e/eyJ/..", ""] {
            assert_eq!(body("text/plain", text), text);
        }
        assert_eq!(body("text/plain", "eyJ..é"), "***é");
    }

    #[test]
    fn tokens_are_hidden_wherever_they_stand() {
        let key = format!("aku_{}", "a1B2".repeat(7));
        assert_eq!(Mask::On.target(&format!("/login/{key}/x")), "/login/***/x");
        assert_eq!(header("X-Other", "see eyJhbGciOi.eyJzdWIi.c2ln now"), "see *** now");
        assert_eq!(body("text/plain", &format!("({key})")), "(***)");
    }
}

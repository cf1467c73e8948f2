//! Request targets, methods and header fields as other formats give them: checked for what cannot
//! be sent over HTTP at all, otherwise taken byte for byte.
//!
//! curl's own treatment of URLs is in `curl::url`; here nothing is decoded, squashed or encoded.

use std::borrow::Cow;

use crate::verify::Header;

/// A URL or path, taken apart.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Parts<'a> {
    pub(super) scheme: Option<&'static str>,
    pub(super) authority: Option<Cow<'a, str>>,
    pub(super) target: Cow<'a, str>,
    pub(super) notes: Vec<String>,
}

impl Parts<'_> {
    /// The same with texts of its own.
    pub(super) fn into_owned(self) -> Parts<'static> {
        Parts {
            scheme: self.scheme,
            authority: self.authority.map(|authority| authority.into_owned().into()),
            target: self.target.into_owned().into(),
            notes: self.notes,
        }
    }
}

/// Takes an absolute `http` or `https` URL, a path, or `*`.
pub(super) fn split(text: &str) -> Result<Parts<'_>, String> {
    if holds(text.as_bytes(), |byte| byte <= b' ' || byte == 0x7f) {
        return Err("expected a URL without blanks and control characters".into());
    }
    let mut notes = Vec::new();
    let fragment = memchr::memchr(b'#', text.as_bytes());
    let text = match fragment.and_then(|at| text.get(..at)) {
        Some(sent) => {
            notes.push("the URL's fragment is not sent".to_owned());
            sent
        }
        None => text,
    };
    if text.starts_with('/') || text == "*" {
        return Ok(Parts { scheme: None, authority: None, target: text.into(), notes });
    }
    let wanted = "expected an absolute http:// or https:// URL, or a path that starts with `/`";
    let (scheme, rest) = text.split_once(':').ok_or(wanted)?;
    let rest = rest.strip_prefix("//").ok_or(wanted)?;
    let scheme = self::scheme(scheme).ok_or(wanted)?;
    let end = rest.find(['/', '?']).unwrap_or(rest.len());
    let (authority, target) = rest.split_at_checked(end).unwrap_or((rest, ""));
    let authority = match authority.rsplit_once('@') {
        Some((_, host)) => {
            notes.push(
                "user information in the URL is not sent as such; a client makes an \
                 Authorization header of it, which is not there unless given"
                    .to_owned(),
            );
            host
        }
        None => authority,
    };
    if authority.is_empty() {
        return Err("expected a host in the URL".into());
    }
    let target = if target.starts_with('/') { target.into() } else { format!("/{target}").into() };
    Ok(Parts { scheme: Some(scheme), authority: Some(authority.into()), target, notes })
}

/// Takes a scheme, in whatever letters.
pub(super) fn scheme(text: &str) -> Option<&'static str> {
    ["https", "http"].into_iter().find(|scheme| scheme.eq_ignore_ascii_case(text))
}

/// Takes a method: a token of RFC 9110.
pub(super) fn method<'a>(text: impl Into<Cow<'a, str>>) -> Result<Cow<'a, str>, String> {
    let text = text.into();
    if is_token(&text) { Ok(text) } else { Err("expected a method, like GET or POST".into()) }
}

/// Takes a header field whose name is a token and whose value cannot break out of its line.
pub(super) fn header<'a>(
    name: impl Into<Cow<'a, str>>,
    value: impl Into<Cow<'a, [u8]>>,
) -> Result<Header<'a>, String> {
    let (name, value) = (name.into(), value.into());
    if !is_token(&name) {
        return Err("expected a header name of letters, digits and -_.~!#$%&'*+^`|".into());
    }
    if holds(&value, |byte| matches!(byte, b'\r' | b'\n' | 0)) {
        return Err("expected a header value without line breaks and null bytes".into());
    }
    Ok(Header::new(name, value))
}

/// Whether a text is a token of RFC 9110, as methods and header names must be.
pub(super) fn is_token(text: &str) -> bool {
    let is_of_tokens = |byte: u8| byte.is_ascii() && TOKEN >> byte & 1 == 1;
    !text.is_empty() && text.bytes().all(is_of_tokens)
}

/// The characters of a token, each as the bit of its number.
const TOKEN: u128 = {
    let all = b"!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    let (mut set, mut rest) = (0, all.as_slice());
    while let [byte, after @ ..] = rest {
        set |= 1 << *byte;
        rest = after;
    }
    set
};

/// Whether one of the bytes is such. All are looked at, several at a time: nearly always there is none.
fn holds(bytes: &[u8], is_such: impl Fn(u8) -> bool) -> bool {
    bytes.iter().fold(false, |found, byte| found | is_such(*byte))
}

#[cfg(test)]
mod tests {
    use super::{is_token, split};

    #[test]
    fn a_token_has_the_characters_of_rfc_9110() {
        let taken: String = ('\0'..='\u{ff}').filter(|char| is_token(&char.to_string())).collect();
        let letters = ('A'..='Z').chain('a'..='z').chain('0'..='9');
        let mut wanted: Vec<char> = "!#$%&'*+-.^_`|~".chars().chain(letters).collect();
        wanted.sort_unstable();
        assert_eq!(taken, wanted.into_iter().collect::<String>());
        assert!(!is_token(""));
    }

    #[test]
    fn keeps_the_target_byte_for_byte() {
        let parts = split("https://crm.example.org:8443/a/../b%2Fc?x=1&y=é#top").unwrap();
        assert_eq!(parts.scheme, Some("https"));
        assert_eq!(parts.authority.as_deref(), Some("crm.example.org:8443"));
        assert_eq!(parts.target, "/a/../b%2Fc?x=1&y=é");
        assert_eq!(parts.notes.len(), 1);
    }

    #[test]
    fn a_host_alone_asks_for_the_root() {
        assert_eq!(split("http://h").unwrap().target, "/");
        assert_eq!(split("http://h?q=1").unwrap().target, "/?q=1");
    }

    #[test]
    fn refuses_what_is_neither_url_nor_path() {
        for text in ["", "civicrm/ajax", "ftp://h/", "http:///x", "/a b", "/a\nb"] {
            assert!(split(text).is_err(), "{text:?}");
        }
    }
}

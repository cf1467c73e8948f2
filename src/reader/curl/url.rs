//! URLs as curl reads them: the scheme guessed, user information split off, the host spelled as curl
//! sends it, dot segments squashed, bytes outside ASCII encoded, the fragment dropped.
//!
//! Follows `lib/urlapi.c` of curl 7.88; percent signs are kept as they are.

use std::net::Ipv4Addr;

use super::super::Fault;

/// A URL, taken apart for sending.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Url {
    pub(super) https: bool,
    /// User and password, decoded.
    pub(super) user: Option<(Vec<u8>, Vec<u8>)>,
    /// Host and port as the Host header has them.
    pub(super) authority: String,
    pub(super) path: Vec<u8>,
    /// The query without its `?`; `None` when there is no `?`.
    pub(super) query: Option<Vec<u8>>,
}

impl Url {
    /// Reads a URL; `scheme` stands in where it has none.
    pub(super) fn parse(
        text: &[u8],
        scheme: Option<&[u8]>,
        path_as_is: bool,
    ) -> Result<Self, Fault> {
        if text.iter().any(|&byte| byte <= b' ' || byte == 0x7f) {
            return Err(Fault::new(
                "expected a URL without blanks and control characters: curl refuses it",
            ));
        }
        let (scheme, rest, written) = split_scheme(text, scheme)?;
        let https = match scheme.as_slice() {
            b"http" => false,
            b"https" => true,
            _ => return Err(Fault::new("expected an http or https URL")),
        };
        let end = rest.iter().position(|byte| matches!(byte, b'/' | b'?' | b'#'));
        let (authority, rest) =
            rest.split_at_checked(end.unwrap_or(rest.len())).unwrap_or((rest, &[]));
        let (user, host) = match authority.iter().position(|&byte| byte == b'@') {
            Some(at) => {
                let (user, host) = authority.split_at_checked(at).unwrap_or((authority, &[]));
                (Some(user_and_password(user)), host.get(1..).unwrap_or_default())
            }
            None => (None, authority),
        };
        let rest = rest.split(|&byte| byte == b'#').next().unwrap_or_default();
        let (path, query) = match rest.iter().position(|&byte| byte == b'?') {
            Some(at) => (rest.get(..at), rest.get(at + 1..)),
            None => (Some(rest), None),
        };
        let path = encode(path.unwrap_or_default());
        let path = if path_as_is { path } else { squash(&path) };
        Ok(Self {
            https,
            user,
            authority: spell_authority(host, https, written)?,
            path: if path.is_empty() { b"/".to_vec() } else { path },
            query: query.map(<[u8]>::to_vec),
        })
    }

    /// Appends to the query, as `-G` and `--url-query` do.
    pub(super) fn append_query(&mut self, more: &[u8]) -> Result<(), Fault> {
        if more.iter().any(|&byte| byte <= b' ' || byte == 0x7f) {
            return Err(Fault::new(
                "expected data for the query without blanks and control characters: curl refuses \
                 the URL they make; `--data-urlencode` encodes them",
            ));
        }
        let query = self.query.get_or_insert_default();
        if !query.is_empty() && !query.ends_with(b"&") {
            query.push(b'&');
        }
        query.extend(lower_escapes(more));
        self.drop_empty_query();
        Ok(())
    }

    /// Appends a file's name where the path ends with a slash, as uploads do.
    pub(super) fn append_file_name(&mut self, name: &[u8]) {
        if self.path.ends_with(b"/") {
            let name = name.rsplit(|byte| matches!(byte, b'/' | b'\\')).next().unwrap_or_default();
            self.path.extend(super::data::escape(name, false));
            self.path = lower_escapes(&self.path);
            self.drop_empty_query();
        }
    }

    /// Putting a changed URL together again loses a `?` with nothing behind it.
    fn drop_empty_query(&mut self) {
        self.query = self.query.take().filter(|query| !query.is_empty());
    }

    /// Path and query as the request line has them.
    pub(super) fn target(&self) -> Vec<u8> {
        let mut target = self.path.clone();
        if let Some(query) = &self.query {
            target.push(b'?');
            target.extend(query);
        }
        target
    }
}

/// The scheme in lower case, what follows its slashes, of which curl takes one to three, and whether it
/// was written.
fn split_scheme<'a>(
    text: &'a [u8],
    default: Option<&[u8]>,
) -> Result<(Vec<u8>, &'a [u8], bool), Fault> {
    let is_scheme = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.');
    let length = text.iter().take_while(|byte| is_scheme(byte)).count();
    if text.first().is_some_and(u8::is_ascii_alphabetic)
        && text.get(length..length + 2) == Some(b":/")
    {
        let scheme = text.get(..length).unwrap_or_default().to_ascii_lowercase();
        let rest = text.get(length + 1..).unwrap_or_default();
        let slashes = rest.iter().take_while(|&&byte| byte == b'/').count();
        if slashes > 3 {
            return Err(Fault::new("expected at most three slashes after the URL's scheme"));
        }
        return Ok((scheme, rest.get(slashes..).unwrap_or_default(), true));
    }
    if let Some(default) = default {
        return Ok((default.to_vec(), text, false));
    }
    let guesses: [&[u8]; 6] = [b"ftp.", b"dict.", b"ldap.", b"imap.", b"smtp.", b"pop3."];
    let guess = guesses.iter().find(|guess| {
        text.get(..guess.len()).is_some_and(|start| start.eq_ignore_ascii_case(guess))
    });
    let guess = guess.and_then(|guess| guess.strip_suffix(b".")).unwrap_or(b"http");
    Ok((guess.to_vec(), text, false))
}

fn user_and_password(text: &[u8]) -> (Vec<u8>, Vec<u8>) {
    let mut parts = text.splitn(2, |&byte| byte == b':');
    let mut next = || decode(parts.next().unwrap_or_default());
    (next(), next())
}

/// Resolves percent-encoding; what is not one stays.
pub(super) fn decode(text: &[u8]) -> Vec<u8> {
    let mut whole = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((&byte, after)) = rest.split_first() {
        let hex = |at: usize| after.get(at).and_then(|&byte| char::from(byte).to_digit(16));
        if let (b'%', Some(high), Some(low)) = (byte, hex(0), hex(1)) {
            whole.push(u8::try_from(high * 16 + low).unwrap_or_default());
            rest = after.get(2..).unwrap_or_default();
        } else {
            whole.push(byte);
            rest = after;
        }
    }
    whole
}

/// Host and port as curl spells them in the Host header. Behind a written scheme a colon may stand
/// without a port.
fn spell_authority(text: &[u8], https: bool, scheme: bool) -> Result<String, Fault> {
    let bad = || Fault::new("expected a host name or address in the URL");
    let end = if text.starts_with(b"[") {
        text.iter().position(|&byte| byte == b']').ok_or_else(bad)? + 1
    } else {
        text.iter().position(|&byte| byte == b':').unwrap_or(text.len())
    };
    let (host, port) = text.split_at_checked(end).unwrap_or((text, &[]));
    let port = match port.split_first() {
        None => None,
        Some((b':', [])) if scheme => None,
        Some((b':', [])) => {
            return Err(Fault::new("expected a port number after the host, or no colon"));
        }
        Some((b':', digits)) if digits.iter().all(u8::is_ascii_digit) => {
            let digits = std::str::from_utf8(digits).map_err(|_| bad())?;
            let port: u16 =
                digits.parse().map_err(|_| Fault::new("expected a port of at most 65535"))?;
            Some(port)
        }
        Some(_) => return Err(Fault::new("expected a port number after the host")),
    };
    let host = spell_host(host)?;
    let default = if https { 443 } else { 80 };
    Ok(match port {
        Some(port) if port != default => format!("{host}:{port}"),
        _ => host,
    })
}

fn spell_host(text: &[u8]) -> Result<String, Fault> {
    let bad = || Fault::new("expected a host name or address in the URL");
    if let Some(inner) = text.strip_prefix(b"[").and_then(|text| text.strip_suffix(b"]")) {
        let inner = std::str::from_utf8(inner).map_err(|_| bad())?;
        // The zone stays at home.
        let address = inner.split_once('%').map_or(inner, |(address, _)| address);
        address.parse::<std::net::Ipv6Addr>().map_err(|_| bad())?;
        return Ok(format!("[{address}]"));
    }
    let host = decode(text);
    if host.is_empty() {
        return Err(Fault::new("expected a host in the URL"));
    }
    if host.contains(&b'<') || host.contains(&b'>') {
        return Err(Fault::new(
            "expected a host: a placeholder in angle brackets is to be filled in",
        ));
    }
    if host.iter().any(|byte| *byte <= b' ' || b"/:#?!@{}[]\\$'\"^`*<>=;,".contains(byte)) {
        return Err(bad());
    }
    let host = String::from_utf8(host).map_err(|_| bad())?;
    if host.is_ascii() {
        return Ok(address_of_numbers(&host).map_or(host, |address| address.to_string()));
    }
    match url::Host::parse(&host) {
        Ok(host) => Ok(host.to_string()),
        Err(_) => Err(bad()),
    }
}

/// An IPv4 address written with one to four numbers, decimal, octal or hexadecimal.
fn address_of_numbers(host: &str) -> Option<Ipv4Addr> {
    let mut numbers = Vec::with_capacity(4);
    for part in host.split('.') {
        let (digits, radix) = match part.strip_prefix("0x").or_else(|| part.strip_prefix("0X")) {
            Some(digits) => (digits, 16),
            None if part.len() > 1 && part.starts_with('0') => (part, 8),
            None => (part, 10),
        };
        if numbers.len() == 4 || !digits.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return None;
        }
        numbers.push(u32::from_str_radix(digits, radix).ok()?);
    }
    let last = numbers.pop()?;
    let mut address = 0_u32;
    for (index, number) in numbers.iter().enumerate() {
        if *number > 255 {
            return None;
        }
        address |= number << (24 - 8 * index);
    }
    let bits = 32 - 8 * numbers.len();
    let most = u32::try_from((1_u64 << bits) - 1).ok()?;
    (last <= most).then(|| Ipv4Addr::from_bits(address | last))
}

/// Encodes the bytes outside ASCII, in lower case as curl does.
fn encode(path: &[u8]) -> Vec<u8> {
    let mut whole = Vec::with_capacity(path.len());
    for &byte in path {
        if byte.is_ascii() {
            whole.push(byte);
        } else {
            whole.extend(format!("%{byte:02x}").into_bytes());
        }
    }
    whole
}

/// Writes percent-encodings in lower case, as curl does when it changes a part of a URL.
fn lower_escapes(text: &[u8]) -> Vec<u8> {
    let mut whole = text.to_vec();
    let mut at = 0;
    while at + 2 < whole.len() {
        let Some([b'%', high, low]) = whole.get_mut(at..at + 3) else {
            at += 1;
            continue;
        };
        if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() {
            high.make_ascii_lowercase();
            low.make_ascii_lowercase();
            at += 3;
        } else {
            at += 1;
        }
    }
    whole
}

/// Removes dot segments (RFC 3986, 5.2.4).
fn squash(path: &[u8]) -> Vec<u8> {
    let mut whole: Vec<u8> = Vec::with_capacity(path.len());
    let mut rest = path;
    let up = |whole: &mut Vec<u8>| {
        let parent = whole.iter().rposition(|&byte| byte == b'/').unwrap_or(0);
        whole.truncate(parent);
    };
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix(b"/./") {
            rest = rest.get(rest.len() - after.len() - 1..).unwrap_or_default();
        } else if rest == b"/." {
            rest = b"/";
        } else if let Some(after) = rest.strip_prefix(b"/../") {
            rest = rest.get(rest.len() - after.len() - 1..).unwrap_or_default();
            up(&mut whole);
        } else if rest == b"/.." {
            rest = b"/";
            up(&mut whole);
        } else {
            let length =
                rest.iter().skip(1).position(|&byte| byte == b'/').map_or(rest.len(), |at| at + 1);
            whole.extend(rest.get(..length).unwrap_or_default());
            rest = rest.get(length..).unwrap_or_default();
        }
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::{Url, squash};

    fn parse(text: &str) -> Url {
        Url::parse(text.as_bytes(), None, false).unwrap()
    }

    #[test]
    fn spells_host_and_target_as_curl_does() {
        for (text, authority, target) in [
            ("h", "h", "/"),
            ("http://h?", "h", "/?"),
            ("HTTPS://h:443/a/../b/./c/%2e%2e/d?x=1#frag", "h", "/b/c/%2e%2e/d?x=1"),
            ("http://h:80/", "h", "/"),
            ("http://h:0081/", "h:81", "/"),
            ("http://h:/", "h", "/"),
            ("http:/h/x", "h", "/x"),
            ("http:///h/x", "h", "/x"),
            ("http://h/é?q=é", "h", "/%c3%a9?q=é"),
            ("http://h/a\"b<c>d\\e?f`g", "h", "/a\"b<c>d\\e?f`g"),
            ("http://HOST?x@y/z", "HOST", "/?x@y/z"),
            ("h#a?b", "h", "/"),
            ("http://0x7f.1:8080", "127.0.0.1:8080", "/"),
            ("http://2130706433", "127.0.0.1", "/"),
            ("http://bücher.example", "xn--bcher-kva.example", "/"),
            ("http://loc%61lhost/", "localhost", "/"),
            ("http://[::1]:8080/", "[::1]:8080", "/"),
            ("http://[fe80::1%25eth0]/", "[fe80::1]", "/"),
        ] {
            let url = parse(text);
            assert_eq!(url.authority, authority, "{text}");
            assert_eq!(String::from_utf8(url.target()).unwrap(), target, "{text}");
        }
    }

    #[test]
    fn splits_user_and_password_off() {
        let user = |text| parse(text).user;
        assert_eq!(user("http://u%20x:p%40@h/"), Some((b"u x".to_vec(), b"p@".to_vec())));
        assert_eq!(user("u@h"), Some((b"u".to_vec(), Vec::new())));
        assert_eq!(user("h/a@b"), None);
    }

    #[test]
    fn squashes_dot_segments() {
        for (path, meant) in [
            ("/a/b/../../../c", "/c"),
            ("/a/./", "/a/"),
            ("/.", "/"),
            ("/..", "/"),
            ("/a/..;x/b", "/a/..;x/b"),
            ("/a//../b", "/a/b"),
            ("//", "//"),
            ("/a/../..//b/...", "//b/..."),
        ] {
            assert_eq!(squash(path.as_bytes()), meant.as_bytes(), "{path}");
        }
    }

    #[test]
    fn refuses_what_curl_refuses() {
        for text in [
            "http://h/a b",
            "http://h/\u{7f}",
            "ftp://h/",
            "ftp.h/",
            "http://",
            "http:////h",
            "h:",
            "h:?x",
            "//h",
            "http://h:x/",
            "http://h:65536/",
            "http://u:p@x@h/",
            "http://<host>/",
            "http://h\\x",
            "http://[::1",
            "http://[x]/",
        ] {
            assert!(Url::parse(text.as_bytes(), None, false).is_err(), "{text}");
        }
    }
}

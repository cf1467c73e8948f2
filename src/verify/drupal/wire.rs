//! The request as PHP and Symfony's `Request` present it to Drupal.
//!
//! Raw and parsed forms stand side by side, because the module looks at one and the router at the other.

use std::borrow::Cow;
use std::fmt::Write as _;

use crate::verify::php::{self, Array, Value};
use crate::verify::{HttpRequest, Policy, same_header};

/// One HTTP request with what is derived from it before any check.
#[derive(Debug)]
pub(super) struct Wire<'a> {
    /// The request itself.
    pub(super) http: &'a HttpRequest<'a>,
    /// `getMethod()`: upper case, `X-HTTP-Method-Override` on a POST obeyed.
    pub(super) method: String,
    /// `getRequestUri()`: path and query as sent.
    pub(super) uri: &'a str,
    /// `getPathInfo()`: the path below the site's base path, nothing decoded.
    pub(super) path: String,
    /// `getSchemeAndHttpHost()`.
    pub(super) origin: String,
    /// `getBaseUrl()`: the base path, without a trailing slash.
    pub(super) base: String,
    /// `$_GET`.
    pub(super) query: Array,
    /// What `_format` asks for; an empty one asks for nothing.
    pub(super) format: Asked,
}

/// The `_format` parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Asked {
    /// Not there, or empty.
    Nothing,
    /// A format's name.
    Format(String),
    /// An array, which Symfony refuses to read as a text.
    Array,
}

impl<'a> Wire<'a> {
    /// Reads a request for a site.
    pub(super) fn new(http: &'a HttpRequest<'_>, policy: &Policy) -> Self {
        let uri = http.target.split_once('#').map_or(&*http.target, |(uri, _)| uri);
        let raw_path = uri.split_once('?').map_or(uri, |(path, _)| path);
        let query = uri.split_once('?').map_or("", |(_, query)| query);
        let (base, path) = split_base(raw_path, policy.base_url.as_deref());
        let query = php::parse_query(query.as_bytes());
        let format = asked(&query);
        Self {
            http,
            method: method(http),
            uri,
            path,
            origin: origin(http, policy.base_url.as_deref()),
            base,
            query,
            format,
        }
    }

    /// `getUriForPath(getPathInfo())`, as error messages quote it.
    pub(super) fn address(&self) -> String {
        format!("{}{}", self.site(), self.path)
    }

    /// Where the site's own paths begin.
    pub(super) fn site(&self) -> String {
        format!("{}{}", self.origin, self.base)
    }

    /// `getQueryString()`: the parameters sorted and encoded anew. A nested one is not rebuilt here.
    pub(super) fn normalized_query(&self) -> Option<String> {
        let mut pairs = Vec::new();
        for (name, value) in self.query.entries() {
            let Value::Text(value) = value else { return None };
            pairs.push(format!("{}={}", encode(name), encode(value)));
        }
        pairs.sort();
        Some(pairs.join("&"))
    }

    /// The path as the router looks routes up: decoded, without slashes at the end.
    pub(super) fn decoded_path(&self) -> String {
        let trimmed = self.path.trim_end_matches('/');
        let path = if trimmed.is_empty() { "/" } else { trimmed };
        String::from_utf8_lossy(&php::url_decode(path.as_bytes())).into_owned()
    }

    /// The path as the router compares it with routes: Drupal decodes once more.
    pub(super) fn routed_path(&self) -> String {
        let path = self.decoded_path().replace('+', "%2B");
        String::from_utf8_lossy(&php::url_decode(path.as_bytes())).into_owned()
    }

    /// A header's value; PHP's `headers->get()`.
    pub(super) fn header(&self, name: &str) -> Option<&'a [u8]> {
        let mut headers = self.http.headers.iter().rev();
        headers.find(|header| same_header(&header.name, name)).map(|header| &*header.value)
    }

    /// Whether a header is there with something in it that PHP takes for true.
    pub(super) fn truthy_header(&self, name: &str) -> Option<&'a [u8]> {
        self.header(name).filter(|value| php::is_truthy(value))
    }
}

/// PHP's `rawurlencode`.
fn encode(bytes: &[u8]) -> String {
    let mut out = String::new();
    for byte in bytes {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                out.push(char::from(*byte));
            }
            byte => {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}

fn asked(query: &Array) -> Asked {
    match query.get(b"_format") {
        None => Asked::Nothing,
        Some(Value::Array(_)) => Asked::Array,
        Some(Value::Text(text)) if !php::is_truthy(text) => Asked::Nothing,
        Some(Value::Text(text)) => Asked::Format(String::from_utf8_lossy(text).into_owned()),
    }
}

/// Symfony's `Request::getMethod`.
fn method(http: &HttpRequest) -> String {
    let sent = http.method.to_ascii_uppercase();
    if sent != "POST" {
        return sent;
    }
    let wanted = http
        .header("X-HTTP-Method-Override")
        .and_then(|value| std::str::from_utf8(value).ok())
        .map(str::to_ascii_uppercase);
    wanted
        .filter(|name| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_uppercase()))
        .unwrap_or(sent)
}

/// Cuts the site's base path and a front controller off the path.
fn split_base(path: &str, base_url: Option<&str>) -> (String, String) {
    let root = base_url.map_or("", |url| after_host(url)).trim_end_matches('/');
    let below = |path: &str, prefix: &str| {
        path.strip_prefix(prefix)
            .filter(|rest| !prefix.is_empty() && (rest.is_empty() || rest.starts_with('/')))
            .map(str::to_owned)
    };
    let (mut base, mut rest) = match below(path, root) {
        Some(rest) => (root.to_owned(), rest),
        None => (String::new(), path.to_owned()),
    };
    if let Some(after) = below(&rest, "/index.php") {
        base.push_str("/index.php");
        rest = after;
    }
    let rest = if rest.starts_with('/') { rest } else { format!("/{rest}") };
    (base, rest)
}

fn after_host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.find('/').and_then(|at| rest.get(at..)).unwrap_or("")
}

/// Scheme and host: the absolute URL's, else the `Host` header's, else the base URL's.
fn origin(http: &HttpRequest, base_url: Option<&str>) -> String {
    let base = base_url.and_then(|url| url.split_once("://"));
    let scheme = http.scheme.or_else(|| base.map(|(scheme, _)| scheme)).unwrap_or("http");
    let scheme = scheme.to_ascii_lowercase();
    let of_base = || base.map(|(_, rest)| rest.split('/').next().unwrap_or_default().into());
    let authority = http.authority.as_deref().map(Cow::Borrowed);
    let host = authority
        .or_else(|| http.header("Host").map(String::from_utf8_lossy))
        .or_else(of_base)
        .unwrap_or(Cow::Borrowed("localhost"))
        .to_ascii_lowercase();
    let usual = if scheme == "https" { ":443" } else { ":80" };
    format!("{scheme}://{}", host.strip_suffix(usual).unwrap_or(&host))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verify::Header;

    fn get(target: &str) -> HttpRequest<'_> {
        HttpRequest { method: "get".into(), target: target.into(), ..HttpRequest::default() }
    }

    fn site(base_url: &str) -> Policy {
        Policy { base_url: Some(base_url.into()), ..Policy::default() }
    }

    #[test]
    fn base_path_and_front_controller_are_not_part_of_the_path() {
        let http = get("/sub/index.php/user/2?x=1");
        let policy = site("https://example.org/sub");
        let wire = Wire::new(&http, &policy);
        assert_eq!((wire.path.as_str(), wire.base.as_str()), ("/user/2", "/sub/index.php"));
        assert_eq!(wire.address(), "https://example.org/sub/index.php/user/2");
        assert_eq!(wire.method, "GET");
    }

    #[test]
    fn the_host_is_the_url_s_then_the_header_s_then_the_site_s() {
        let policy = site("https://site.example:8443");
        let mut http = get("/");
        assert_eq!(Wire::new(&http, &policy).origin, "https://site.example:8443");
        http.headers.push(Header::new("Host", b"Header.example:443"));
        assert_eq!(Wire::new(&http, &policy).origin, "https://header.example");
        http.scheme = Some("http");
        http.authority = Some("url.example:80".into());
        assert_eq!(Wire::new(&http, &policy).origin, "http://url.example");
    }

    #[test]
    fn an_empty_format_asks_for_nothing_and_a_dotted_name_is_the_same_parameter() {
        let policy = Policy::default();
        for (target, format) in [
            ("/x?_format=", Asked::Nothing),
            ("/x?a=1&%5fformat=json", Asked::Format("json".into())),
            ("/x?.format=xml", Asked::Format("xml".into())),
            ("/x?_format[]=json", Asked::Array),
            ("/x", Asked::Nothing),
        ] {
            assert_eq!(Wire::new(&get(target), &policy).format, format, "{target}");
        }
    }

    #[test]
    fn a_post_may_override_its_method() {
        let mut http = HttpRequest { method: "POST".into(), ..get("/") };
        http.headers.push(Header::new("X-HTTP-Method-Override", b"patch"));
        assert_eq!(Wire::new(&http, &Policy::default()).method, "PATCH");
        http.method = "PUT".into();
        assert_eq!(Wire::new(&http, &Policy::default()).method, "PUT");
    }
}

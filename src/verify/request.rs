//! What a client asked: one HTTP request, or one call of a PHP entry point of AuthX.
//!
//! A request under judgement is itself a secret, so nothing here derives `Debug` over header values,
//! targets or bodies: the hand-written ones name sizes and kinds only.

use std::borrow::Cow;
use std::fmt;
use std::net::IpAddr;
use std::sync::Arc;

use super::body::Body;
use crate::credential::Secret;

/// One request to judge, with where it came from; its texts may be parts of what it was read from.
#[derive(Clone, Debug)]
pub struct Request<'a> {
    /// The caller's own name for the request, repeated in the verdict.
    pub id: Option<Cow<'a, str>>,
    /// Where the request was read.
    pub source: Source,
    /// The moment of the decision, in Unix seconds; beats the time given on the command line.
    pub at: Option<i64>,
    /// The cookie session that is active when the request arrives.
    pub session: Option<Session>,
    /// The client's address, for address rules.
    pub client_ip: Option<IpAddr>,
    /// What the reader set aside or added, as sentences without secrets.
    pub notes: Vec<String>,
    /// What the text does not tell and the decision needs (a netrc file, a command substitution).
    /// Not empty: the request can be shown, but not judged.
    pub unknowns: Vec<String>,
    /// The request itself.
    pub kind: Kind<'a>,
}

impl<'a> Request<'a> {
    /// A request over HTTP of which nothing else is known.
    #[must_use]
    pub fn of_http(source: Source, http: HttpRequest<'a>) -> Self {
        Self {
            id: None,
            source,
            at: None,
            session: None,
            client_ip: None,
            notes: Vec::new(),
            unknowns: Vec::new(),
            kind: Kind::Http(http),
        }
    }

    /// The caller's name for the request, for what outlives it.
    #[must_use]
    pub fn own_id(&self) -> Option<String> {
        self.id.as_deref().map(str::to_owned)
    }

    /// The same request with texts of its own.
    #[must_use]
    pub fn into_owned(self) -> Request<'static> {
        Request {
            id: self.id.map(|id| id.into_owned().into()),
            source: self.source,
            at: self.at,
            session: self.session,
            client_ip: self.client_ip,
            notes: self.notes,
            unknowns: self.unknowns,
            kind: match self.kind {
                Kind::Http(http) => Kind::Http(http.into_owned()),
                Kind::Call(call) => Kind::Call(call),
            },
        }
    }

    /// The same request, whose texts and body are this one's: what is tried with a request copies none of them.
    #[must_use]
    pub fn borrowed(&self) -> Request<'_> {
        Request {
            id: self.id.as_deref().map(Cow::Borrowed),
            source: self.source.clone(),
            at: self.at,
            session: self.session,
            client_ip: self.client_ip,
            notes: self.notes.clone(),
            unknowns: self.unknowns.clone(),
            kind: match &self.kind {
                Kind::Http(http) => Kind::Http(http.borrowed()),
                Kind::Call(call) => Kind::Call(call.clone()),
            },
        }
    }
}

/// The two ways to reach AuthX.
#[derive(Clone, Debug)]
pub enum Kind<'a> {
    /// A request over HTTP.
    Http(HttpRequest<'a>),
    /// A call of a PHP function or API, with no HTTP request of its own.
    Call(PhpCall),
}

/// Where a request was read: a file (or `-`, or `command line`) and a place in it.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Source {
    /// The file's name as given, `-` for standard input, `command line` for words after `--`.
    pub file: Arc<str>,
    /// The line, counted from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u64>,
    /// The entry of a HAR, or the request of a file with several, counted from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entry: Option<u64>,
}

impl Source {
    /// `FILE:LINE` or `FILE:ENTRY`; nothing for a request that is no part of a file.
    #[must_use]
    pub fn place(&self) -> Option<String> {
        self.line.or(self.entry).map(|place| format!("{}:{place}", self.file))
    }
}

/// An active cookie session: whom CiviCRM and the CMS take the visitor for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Session {
    /// The logged-in contact of CiviCRM.
    pub contact_id: Option<i64>,
    /// The logged-in account of the CMS.
    pub user_id: Option<i64>,
}

/// What a request and a header field take beside their texts.
const REQUEST: usize = 512;
const FIELD: usize = 64;

/// An HTTP request, as the client sends it.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct HttpRequest<'a> {
    /// The method, in the case that was sent.
    pub method: Cow<'a, str>,
    /// `http` or `https`, when the request was given with an absolute URL.
    pub scheme: Option<&'static str>,
    /// Host and port of the absolute URL, without user information.
    pub authority: Option<Cow<'a, str>>,
    /// Path and query exactly as sent: no fragment, nothing decoded. Starts with `/` or is `*`.
    pub target: Cow<'a, str>,
    /// Header fields in order, duplicates kept.
    pub headers: Vec<Header<'a>>,
    /// The body's bytes, after any transfer coding.
    pub body: Body<'a>,
}

/// One header field. The value has no blanks around it.
#[derive(Clone, PartialEq, Eq)]
pub struct Header<'a> {
    /// The field's name, in the case that was sent.
    pub name: Cow<'a, str>,
    /// The field's value.
    pub value: Cow<'a, [u8]>,
}

impl<'a> Header<'a> {
    /// A header field; blanks (space and tab) around the value are dropped, as servers do.
    pub fn new(name: impl Into<Cow<'a, str>>, value: impl Into<Cow<'a, [u8]>>) -> Self {
        let value = match value.into() {
            Cow::Borrowed(value) => Cow::Borrowed(trimmed(value)),
            Cow::Owned(value) => Cow::Owned(trimmed(&value).to_vec()),
        };
        Self { name: name.into(), value }
    }

    /// The same field with texts of its own.
    fn into_owned(self) -> Header<'static> {
        Header { name: self.name.into_owned().into(), value: self.value.into_owned().into() }
    }

    /// The same field, whose texts are this one's.
    #[must_use]
    pub fn borrowed(&self) -> Header<'_> {
        Header { name: Cow::Borrowed(&self.name), value: Cow::Borrowed(&self.value) }
    }
}

fn trimmed(mut value: &[u8]) -> &[u8] {
    while let [b' ' | b'\t', rest @ ..] | [rest @ .., b' ' | b'\t'] = value {
        value = rest;
    }
    value
}

impl HttpRequest<'_> {
    /// The same request with texts of its own.
    fn into_owned(self) -> HttpRequest<'static> {
        HttpRequest {
            method: self.method.into_owned().into(),
            scheme: self.scheme,
            authority: self.authority.map(|authority| authority.into_owned().into()),
            target: self.target.into_owned().into(),
            headers: self.headers.into_iter().map(Header::into_owned).collect(),
            body: self.body.into_owned(),
        }
    }

    /// The same request, whose texts and body are this one's.
    fn borrowed(&self) -> HttpRequest<'_> {
        HttpRequest {
            method: Cow::Borrowed(&self.method),
            scheme: self.scheme,
            authority: self.authority.as_deref().map(Cow::Borrowed),
            target: Cow::Borrowed(&self.target),
            headers: self.headers.iter().map(Header::borrowed).collect(),
            body: self.body.clone(),
        }
    }

    /// About how much memory it takes, in bytes.
    #[must_use]
    pub fn size(&self) -> usize {
        let fields = self.headers.iter();
        let fields = fields.map(|field| field.name.len() + field.value.len() + FIELD);
        REQUEST + self.target.len() + self.body.len() + fields.sum::<usize>()
    }

    /// The target's path: everything before the first `?`.
    #[must_use]
    pub fn raw_path(&self) -> &str {
        self.parts().0
    }

    /// The target's query, without the `?`; empty when there is none.
    #[must_use]
    pub fn raw_query(&self) -> &str {
        self.parts().1
    }

    fn parts(&self) -> (&str, &str) {
        let parts = memchr::memchr(b'?', self.target.as_bytes())
            .and_then(|at| self.target.get(..at).zip(self.target.get(at + 1..)));
        parts.unwrap_or((&self.target, ""))
    }

    /// The values of a header field by name, where case is ignored and `_` counts as `-`,
    /// because PHP cannot tell them apart.
    pub fn header_values<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a [u8]> + 'a {
        self.headers
            .iter()
            .filter(move |header| same_header(&header.name, name))
            .map(|header| &*header.value)
    }

    /// The last value of a header field, by the rules of [`Self::header_values`].
    #[must_use]
    pub fn header<'a>(&'a self, name: &'a str) -> Option<&'a [u8]> {
        self.header_values(name).last()
    }
}

/// Whether two header names are one to PHP: case is ignored, `_` counts as `-`.
#[must_use]
pub fn same_header(left: &str, right: &str) -> bool {
    let fold = |byte: u8| if byte == b'_' { b'-' } else { byte.to_ascii_lowercase() };
    left.len() == right.len() && left.bytes().map(fold).eq(right.bytes().map(fold))
}

impl fmt::Debug for Header<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ({} bytes)", self.name, self.value.len())
    }
}

impl fmt::Debug for HttpRequest<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpRequest")
            .field("method", &self.method)
            .field("authority", &self.authority)
            .field("path", &self.raw_path())
            .field("headers", &self.headers)
            .field("body_bytes", &self.body.len())
            .finish_non_exhaustive()
    }
}

/// A call of `authx_login()`, of `Civi::pipe`'s `login`, or of `AuthxCredential.validate`.
#[derive(Clone, Debug)]
pub struct PhpCall {
    /// Which entry point is called.
    pub function: CallFunction,
    /// The credential, as the text of an `Authorization` header.
    pub cred: Option<Secret>,
    /// The principal, when the caller vouches for it instead.
    pub principal: Option<CallPrincipal>,
    /// The flow; each entry point has its default.
    pub flow: Option<String>,
    /// The site key that `authx_login` was given.
    pub site_key: Option<Secret>,
    /// Whether a real session is asked for.
    pub use_session: bool,
    /// Whether the pipe's session is trusted (`Civi::pipe` starts trusted unless told otherwise).
    pub trusted: bool,
}

/// The PHP entry points of AuthX.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CallFunction {
    /// `authx_login([...])`.
    AuthxLogin,
    /// `Civi::pipe`, method `login`.
    PipeLogin,
    /// `AuthxCredential.validate` of APIv4.
    Validate,
}

impl CallFunction {
    /// The word in JSON lines.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::AuthxLogin => "authx_login",
            Self::PipeLogin => "pipe_login",
            Self::Validate => "validate",
        }
    }
}

/// The principal of a PHP call. Any number of the three may be given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CallPrincipal {
    /// A CiviCRM contact.
    pub contact_id: Option<i64>,
    /// A CMS account by id.
    pub user_id: Option<i64>,
    /// A CMS account by name.
    pub user: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::{Header, HttpRequest};

    #[test]
    fn whatever_is_tried_with_a_request_shares_its_body() {
        let request = HttpRequest { body: b"a=b".to_vec().into(), ..HttpRequest::default() };
        let tried = request.borrowed();
        assert!(tried == request);
        assert_eq!([tried.body.as_ptr(), tried.clone().body.as_ptr()], [request.body.as_ptr(); 2]);
    }

    #[test]
    fn blanks_around_a_value_are_dropped() {
        for value in ["", " ", "\t a b \t", "a", " a", "a "] {
            let trimmed = value.trim().as_bytes();
            assert_eq!(*Header::new("X", value.as_bytes()).value, *trimmed, "{value:?}");
            assert_eq!(*Header::new("X", value.as_bytes().to_vec()).value, *trimmed, "{value:?}");
        }
    }
}

//! The requests of one operation, with the header fields in the order that curl sends them.
//!
//! Follows `Curl_http` of curl 7.88 (`lib/http.c`), which later versions agree with but for details:
//! an upload is announced with `Expect: 100-continue` whatever its size, and percent-encodings that
//! curl makes itself are in lower case.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::super::{Fault, limit, target};
use super::data::{too_many, two_methods};
use super::operation::Operation;
use super::url::Url;
use super::{date, glob};
use crate::verify::{Header, HttpRequest};

/// The version that stands in the User-Agent header.
const USER_AGENT: &str = "curl/8.17.0";
/// What `--compressed` accepts when curl was built with everything.
const ENCODINGS: &str = "deflate, gzip, br, zstd";
/// The settings that curl offers for an upgrade to HTTP/2.
const HTTP2_SETTINGS: &str = "AAMAAABkAAQCAAAAAAIAAAAA";
/// Bodies above this size are announced with `Expect`.
const EXPECT_ABOVE: usize = 1024 * 1024;

const BOUNDARY: &str = "the form's boundary is made up: curl draws another one each time";
const ODD_NAME: &str = "how the server takes a header name with blanks or other odd characters";
const ODD_TARGET: &str =
    "how the server takes a request target that starts with neither `/` nor `*`";

/// A request, with what the operation could not know.
pub(super) struct Built {
    pub(super) request: HttpRequest<'static>,
    pub(super) notes: Vec<String>,
    pub(super) unknowns: Vec<String>,
}

impl Built {
    /// About how many bytes it takes.
    fn size(&self) -> usize {
        let texts = self.notes.iter().chain(&self.unknowns).map(String::len);
        self.request.size() + texts.sum::<usize>()
    }
}

fn too_long() -> Fault {
    let most = limit::ANSWERS >> 20;
    Fault::new(format!("expected at most {most} MiB of requests of one text"))
}

/// How far a fault of one request reaches.
pub(super) enum Refused {
    /// curl goes on with the next URL.
    Request(Fault),
    /// curl stops here.
    Command(Fault),
}

/// Where a body comes from, which decides about the method and the fields around it.
enum Body {
    None,
    Data(Vec<u8>),
    Form,
    /// A file's name and its content.
    Upload(Vec<u8>, Vec<u8>),
}

/// Builds every request of an operation: each URL, each of its globs, each uploaded file. A URL that
/// curl refuses does not keep it from the next one. `room` is how many bytes they may have.
pub(super) fn build(
    operation: &Operation,
    room: &mut usize,
) -> Result<Vec<Result<Built, Refused>>, Fault> {
    if operation.urls.is_empty() {
        return Err(Fault::new("expected a URL"));
    }
    if let Some(fault) = &operation.upload_fault {
        return Err(fault.clone());
    }
    let uploads = operation.uploads.iter().any(|files| !files.is_empty());
    let to_query = operation.get && operation.data.is_some();
    let bodies = [
        operation.data.is_some() && !to_query,
        !operation.form.is_empty(),
        uploads,
        operation.head,
    ];
    let exclusive = bodies.iter().filter(|&&given| given).count();
    if exclusive > 1 || to_query && (!operation.form.is_empty() || uploads) {
        return Err(two_methods());
    }
    let mut built = Vec::new();
    for (index, word) in operation.urls.iter().enumerate() {
        let urls = if operation.glob_off {
            vec![word.text.clone()]
        } else {
            match glob::expand(&word.text) {
                Ok(urls) => urls,
                Err(fault) => {
                    built.push(Err(Refused::Command(fault.or_at(word.place))));
                    break;
                }
            }
        };
        let mut bodies = match operation.uploads.get(index) {
            Some(files) => files
                .iter()
                .map(|(name, content)| {
                    Body::Upload(name.clone(), content.clone().unwrap_or_default())
                })
                .collect(),
            None => Vec::new(),
        };
        if bodies.is_empty() {
            bodies.push(match &operation.data {
                Some(data) if !to_query => Body::Data(data.clone()),
                _ if !operation.form.is_empty() => Body::Form,
                _ => Body::None,
            });
        }
        for body in &bodies {
            for url in &urls {
                let answer = one(operation, url, body);
                let size = answer.as_ref().map_or(0, Built::size);
                *room = room.checked_sub(size).ok_or_else(too_long)?;
                built.push(answer.map_err(|fault| Refused::Request(fault.or_at(word.place))));
                if built.len() > limit::REQUESTS {
                    return Err(too_many());
                }
            }
        }
    }
    Ok(built)
}

fn one(operation: &Operation, url: &[u8], body: &Body) -> Result<Built, Fault> {
    let mut notes = operation.notes.clone();
    notes.extend(operation.aside_note());
    let mut unknowns = operation.unknowns.clone();
    let more = if operation.get { operation.data.as_ref() } else { None };
    let more = more.or(operation.query.as_ref());
    if operation.get && operation.data.is_some() && operation.query.is_some() {
        notes.push("curl drops `--url-query` beside `--get` with data".to_owned());
    }
    // Changing the query goes through a parser that always squashes dot segments.
    let path_as_is = operation.path_as_is && more.is_none();
    let mut url = Url::parse(url, operation.scheme.as_deref(), path_as_is)?;
    if let Some(more) = more {
        url.append_query(more)?;
    }
    if let Body::Upload(name, _) = body
        && !matches!(name.as_slice(), b"-" | b".")
    {
        url.append_file_name(name);
    }
    if operation.disallow_user && url.user.is_some() {
        return Err(Fault::new("expected a URL without user information, as the command asks for"));
    }
    let line = operation.target.clone().unwrap_or_else(|| url.target());
    let line = String::from_utf8(line)
        .map_err(|_| Fault::new("expected a URL in UTF-8 or with percent-encoding"))?;
    if line.bytes().any(|byte| byte <= b' ' || byte == 0x7f) {
        return Err(Fault::new("expected a request target without blanks and control characters"));
    }
    if !line.starts_with(['/', '*']) {
        unknowns.push(ODD_TARGET.to_owned());
    }
    let mut fields = Fields::new(operation)?;
    let body = fields.all(&url, body, &mut notes, &mut unknowns)?;
    for field in fields.list {
        // A token, an agent, a cookie: curl sends their line breaks as they are, and with them other headers.
        if has_breaks(&field.value) {
            return Err(Fault::new(BREAKS));
        }
        if !target::is_token(&field.name) && !unknowns.iter().any(|unknown| unknown == ODD_NAME) {
            unknowns.push(ODD_NAME.to_owned());
        }
        fields.sent.push(field);
    }
    let request = HttpRequest {
        method: fields.method.into(),
        scheme: Some(if url.https { "https" } else { "http" }),
        authority: Some(url.authority.into()),
        target: line.into(),
        headers: fields.sent,
        body: body.into(),
    };
    Ok(Built { request, notes, unknowns })
}

/// A custom header of `-H`.
struct Custom {
    name: String,
    value: Vec<u8>,
    /// `Name:` removes what curl would send; `Name;` sends an empty value.
    removes: bool,
}

/// The header fields as they come together.
struct Fields<'a> {
    operation: &'a Operation,
    custom: Vec<Custom>,
    list: Vec<Header<'static>>,
    sent: Vec<Header<'static>>,
    method: String,
}

impl<'a> Fields<'a> {
    fn new(operation: &'a Operation) -> Result<Self, Fault> {
        let mut custom = Vec::new();
        for line in &operation.headers {
            custom.extend(read_custom(line)?);
        }
        if custom.len() > limit::HEADERS {
            return Err(Fault::new(format!("expected at most {} headers", limit::HEADERS)));
        }
        if operation.json {
            for name in ["Content-Type", "Accept"] {
                if !custom.iter().any(|custom: &Custom| custom.name.eq_ignore_ascii_case(name)) {
                    let value = b"application/json".to_vec();
                    custom.push(Custom { name: name.to_owned(), value, removes: false });
                }
            }
        }
        if let Some(etag) = &operation.etag {
            let value = etag.trim_ascii();
            let value = if value.is_empty() { b"\"\"" } else { value };
            let name = "If-None-Match".to_owned();
            custom.push(Custom { name, value: value.to_vec(), removes: false });
        }
        Ok(Self { operation, custom, list: Vec::new(), sent: Vec::new(), method: String::new() })
    }

    /// The first custom header of a name.
    fn find(&self, name: &str) -> Option<&Custom> {
        self.custom.iter().find(|custom| custom.name.eq_ignore_ascii_case(name))
    }

    fn has(&self, name: &str) -> bool {
        self.find(name).is_some()
    }

    fn push(&mut self, name: &str, value: impl AsRef<[u8]>) {
        self.list.push(Header::new(name.to_owned(), value.as_ref().to_vec()));
    }

    /// Sends a field of curl's own unless a custom header takes its place.
    fn push_own(&mut self, name: &str, value: impl AsRef<[u8]>) {
        if !self.has(name) {
            self.push(name, value);
        }
    }

    fn all(
        &mut self,
        url: &Url,
        body: &Body,
        notes: &mut Vec<String>,
        unknowns: &mut Vec<String>,
    ) -> Result<Vec<u8>, Fault> {
        let operation = self.operation;
        let default = match body {
            Body::Upload(..) => "PUT",
            Body::Data(_) | Body::Form => "POST",
            Body::None if operation.head => "HEAD",
            Body::None => "GET",
        };
        self.method = match &operation.method {
            Some(method) => String::from_utf8_lossy(method).into_owned(),
            None => default.to_owned(),
        };
        if !target::is_token(&self.method) {
            unknowns.push("how the server takes a method with odd characters".to_owned());
        }
        let (bytes, form_type) = match body {
            Body::None => (Vec::new(), None),
            Body::Data(data) | Body::Upload(_, data) => (data.clone(), None),
            Body::Form => {
                notes.push(BOUNDARY.to_owned());
                let custom = self.find("Content-Type").map(|custom| custom.value.as_slice());
                let (bytes, kind) = operation.form.clone().render(custom, operation.form_escape);
                (bytes, Some(kind))
            }
        };
        self.host(url);
        self.authorization(url, unknowns);
        self.range(body, bytes.len(), unknowns);
        match &operation.agent {
            Some(agent) if agent.is_empty() => {}
            Some(agent) => self.push_own("User-Agent", agent),
            None => self.push_own("User-Agent", USER_AGENT),
        }
        self.push_own("Accept", "*/*");
        let te = operation.transfer_encoding && !self.has("TE");
        if te {
            let connection = match self.find("Connection") {
                Some(custom) if !custom.value.is_empty() => [&custom.value, &b", TE"[..]].concat(),
                _ => b"TE".to_vec(),
            };
            self.push("Connection", connection);
            self.push("TE", "gzip");
        }
        if operation.compressed {
            self.push_own("Accept-Encoding", ENCODINGS);
        }
        if !operation.referer.is_empty() {
            self.push_own("Referer", &operation.referer);
        }
        let streamed =
            matches!(body, Body::Upload(name, _) if matches!(name.as_slice(), b"-" | b"."));
        if streamed && operation.http10 {
            return Err(Fault::new(
                "expected a file to upload: HTTP/1.0 has no way to send a stream",
            ));
        }
        if streamed {
            self.push_own("Transfer-Encoding", "chunked");
        }
        if operation.http2 && !url.https {
            self.push("Connection", "Upgrade, HTTP2-Settings");
            self.push("Upgrade", "h2c");
            self.push("HTTP2-Settings", HTTP2_SETTINGS);
        }
        if !operation.cookies.is_empty() {
            self.push_own("Cookie", operation.cookies.join(&b';'));
        }
        self.condition(notes);
        self.custom(te, form_type.is_some());
        self.around_body(body, bytes.len(), form_type, streamed);
        Ok(bytes)
    }

    fn host(&mut self, url: &Url) {
        match self.find("Host") {
            Some(custom) if custom.removes => {}
            Some(custom) => {
                let header = Header::new(custom.name.clone(), custom.value.clone());
                self.list.push(header);
            }
            None => self.push("Host", &url.authority),
        }
    }

    /// curl sends a header at once only when exactly one way to log in was asked for.
    fn authorization(&mut self, url: &Url, unknowns: &mut Vec<String>) {
        let operation = self.operation;
        let login = match &operation.user {
            Some(user) if !user.contains(&b':') => {
                unknowns.push("the password that curl asks for, read as empty".to_owned());
                Some([user.as_slice(), b":"].concat())
            }
            Some(user) => Some(user.clone()),
            None => url.user.as_ref().map(|(user, password)| [user, &b":"[..], password].concat()),
        };
        match (&operation.bearer, login) {
            _ if operation.auth.other => {}
            (Some(token), _) if operation.auth.bearer && !operation.auth.basic => {
                self.push_own("Authorization", [b"Bearer ", token.as_slice()].concat());
            }
            (None, Some(login)) => {
                self.push_own("Authorization", format!("Basic {}", STANDARD.encode(login)));
            }
            _ => {}
        }
    }

    fn range(&mut self, body: &Body, size: usize, unknowns: &mut Vec<String>) {
        let range = match (&self.operation.range, &self.operation.resume) {
            (_, Some(offset)) if matches!(body, Body::None) => [offset, &b"-"[..]].concat(),
            (_, Some(_)) => {
                unknowns.push("the part of the body that `--continue-at` sends".to_owned());
                return;
            }
            (Some(range), None) => range.clone(),
            (None, None) => return,
        };
        if matches!(body, Body::None) {
            self.push_own("Range", [b"bytes=", range.as_slice()].concat());
        } else if !matches!(body, Body::Form) {
            let size = format!("/{size}");
            self.push_own("Content-Range", [b"bytes ", range.as_slice(), size.as_bytes()].concat());
        }
    }

    /// `-z`: a date; anything else is left out as curl leaves out what it cannot read.
    fn condition(&mut self, notes: &mut Vec<String>) {
        let Some(text) = &self.operation.condition else { return };
        let text = String::from_utf8_lossy(text);
        let (name, date) = match text.split_at_checked(1) {
            Some(("-", date)) => ("If-Unmodified-Since", date),
            Some(("=", date)) => ("Last-Modified", date),
            Some(("+", date)) => ("If-Modified-Since", date),
            _ => ("If-Modified-Since", text.as_ref()),
        };
        match date::parse(date) {
            Some(moment) => {
                let date = moment.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string();
                self.push_own(name, date);
            }
            None => notes.push("the date of `--time-cond` is left out".to_owned()),
        }
    }

    fn custom(&mut self, te: bool, form: bool) {
        let host = self.list.first().is_some_and(|header| header.name.eq_ignore_ascii_case("Host"));
        for custom in std::mem::take(&mut self.custom) {
            let is = |name: &str| custom.name.eq_ignore_ascii_case(name);
            let elsewhere =
                is("Host") && host || form && is("Content-Type") || te && is("Connection");
            if !custom.removes && !elsewhere {
                self.list.push(Header::new(custom.name.clone(), custom.value.clone()));
            }
            self.custom.push(custom);
        }
    }

    /// The fields that describe a body, behind all others.
    fn around_body(
        &mut self,
        body: &Body,
        size: usize,
        form_type: Option<Vec<u8>>,
        streamed: bool,
    ) {
        if matches!(body, Body::None) {
            return;
        }
        let chunked = streamed
            || self.find("Transfer-Encoding").is_some_and(|custom| {
                custom.value.to_ascii_lowercase().windows(7).any(|window| window == b"chunked")
            });
        if !chunked {
            self.push_own("Content-Length", size.to_string());
        }
        match (body, form_type) {
            (Body::Data(_), _) => {
                self.push_own("Content-Type", "application/x-www-form-urlencoded");
            }
            (_, Some(kind)) => self.push("Content-Type", kind),
            _ => {}
        }
        let announced = matches!(body, Body::Upload(..)) || size > EXPECT_ABOVE;
        if announced && !self.operation.http10 {
            self.push_own("Expect", "100-continue");
        }
    }
}

const BREAKS: &str = "expected a header without line breaks and null bytes";

fn has_breaks(text: &[u8]) -> bool {
    text.iter().any(|byte| matches!(byte, b'\r' | b'\n' | 0))
}

/// Reads one header line of `-H`; lines that curl passes over give nothing.
fn read_custom(line: &[u8]) -> Result<Option<Custom>, Fault> {
    if has_breaks(line) {
        return Err(Fault::new(BREAKS));
    }
    let (at, value, removes) = match line.iter().position(|&byte| byte == b':') {
        Some(at) => {
            let value = line.get(at + 1..).unwrap_or_default().trim_ascii();
            (at, value, value.is_empty())
        }
        None => match line.iter().position(|&byte| byte == b';') {
            Some(at) if at + 1 == line.len() => (at, &b""[..], false),
            _ => return Ok(None),
        },
    };
    let name = line.get(..at).unwrap_or_default();
    if name.is_empty() {
        return Ok(None);
    }
    let name = String::from_utf8_lossy(name).into_owned();
    Ok(Some(Custom { name, value: value.to_vec(), removes }))
}

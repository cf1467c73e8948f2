//! Raw HTTP requests, as proxies log them, developer tools show them and people write them.
//!
//! Takes CRLF and bare LF, one request or many, origin-form and absolute-form targets, `curl -v`
//! traces (`> `), `###` between requests, HTTP/2 pseudo-headers. What a server may read in two ways is
//! refused, because that is how requests are smuggled: folded headers, blanks before a colon,
//! `Content-Length` beside `Transfer-Encoding`, it or `Host` twice with different values. Where a body ends is in
//! `body`.

mod body;

use std::borrow::Cow;

use super::{Answer, BOM, Fault, Place, ReadError, limit, target};
use crate::verify::{Header, HttpRequest, Kind, Request, Source};

const PSEUDO: &str = "HTTP/2 pseudo-headers are taken for the request line they stand for";
const NO_VERSION: &str = "the request line has no HTTP version";
const TRACE: &str = "the request is taken from a trace of curl, which shows no body";

/// Reads every request of a text.
pub(super) fn text(text: &[u8], file: &str) -> Vec<Answer> {
    if text.len() > limit::COMMANDS {
        let message = format!("expected at most {} MiB of requests", limit::COMMANDS >> 20);
        return vec![Err(Box::new(ReadError::new(file, Fault::new(message))))];
    }
    let text = text.strip_prefix(BOM).unwrap_or(text);
    let (text, traced) = match without_trace(text) {
        Some(text) => (Cow::Owned(text), true),
        None => (Cow::Borrowed(text), false),
    };
    let mut lines = Lines { rest: &text, number: 0 };
    let mut answers = Vec::new();
    while lines.skip_to_request() {
        let line = lines.number + 1;
        let source = Source { file: file.to_owned(), line: Some(line), entry: None };
        match one(&mut lines) {
            Ok((http, mut notes)) => {
                if traced {
                    notes.push(TRACE.to_owned());
                }
                answers.push(Ok(request(http, notes, source)));
            }
            Err(fault) => {
                answers.push(Err(Box::new(ReadError::new(file, fault))));
                lines.skip_past_fault();
            }
        }
    }
    if answers.is_empty() {
        let fault = Fault::new("expected a request line, like GET /path HTTP/1.1");
        answers.push(Err(Box::new(ReadError::new(file, fault))));
    }
    super::number(&mut answers);
    answers
}

fn request(http: HttpRequest, notes: Vec<String>, source: Source) -> Request {
    Request {
        id: None,
        source,
        at: None,
        session: None,
        client_ip: None,
        notes,
        unknowns: Vec::new(),
        kind: Kind::Http(http),
    }
}

/// Whether a text starts with something that looks like a raw request.
pub(super) fn looks_like_one(text: &[u8]) -> bool {
    let mut lines = Lines { rest: text.strip_prefix(BOM).unwrap_or(text), number: 0 };
    lines.skip_to_request();
    let line = lines.rest.split(|&byte| byte == b'\n').next().unwrap_or_default();
    let line = line.strip_prefix(b"> ").unwrap_or(line);
    starts_request(line)
        || starts_bare_request(line)
        || line.starts_with(b":method")
        || line.starts_with(b":authority")
}

/// The request lines and headers of a `curl -v` trace, when the text is one: it begins with what was sent or a
/// remark, and so no body can pass for it.
fn without_trace(text: &[u8]) -> Option<Vec<u8>> {
    if !matches!(text.trim_ascii_start().first(), Some(b'>' | b'*' | b'<')) {
        return None;
    }
    let mut kept = Vec::new();
    let mut any = false;
    for line in text.split_inclusive(|&byte| byte == b'\n') {
        if let Some(sent) = line.strip_prefix(b"> ") {
            any |= starts_request(sent.trim_ascii_end());
            kept.extend_from_slice(sent);
        } else if line.trim_ascii_end() == b">" {
            kept.push(b'\n');
        } else {
            // Answers and remarks; a line of its own keeps the numbers right.
            kept.push(b'\n');
        }
    }
    any.then_some(kept)
}

/// Whether a line is a request line with a version.
fn starts_request(line: &[u8]) -> bool {
    let mut parts = line.trim_ascii_end().split(|&byte| byte == b' ');
    let method = parts.next().unwrap_or_default();
    let version = parts.next_back().unwrap_or_default();
    let target = parts.next().unwrap_or_default();
    !method.is_empty()
        && method.iter().all(|byte| byte.is_ascii_alphabetic() || *byte == b'-')
        && version.starts_with(b"HTTP/")
        && !target.is_empty()
}

/// Whether a line is a method and a path or URL alone.
fn starts_bare_request(line: &[u8]) -> bool {
    const METHODS: &[&[u8]] = &[b"GET", b"POST", b"PUT", b"PATCH", b"DELETE", b"HEAD", b"OPTIONS"];
    let mut parts = line.trim_ascii_end().split(|&byte| byte == b' ');
    let method = parts.next().unwrap_or_default();
    let target = parts.next().unwrap_or_default();
    METHODS.contains(&method)
        && parts.next().is_none()
        && (target.starts_with(b"/") || target.starts_with(b"http"))
}

/// A text, line by line.
struct Lines<'a> {
    rest: &'a [u8],
    /// How many lines were taken.
    number: u64,
}

impl<'a> Lines<'a> {
    fn place(&self) -> Place {
        Place { line: self.number.max(1), column: 1 }
    }

    fn peek(&self) -> Option<&'a [u8]> {
        let line = self.rest.split(|&byte| byte == b'\n').next()?;
        (!self.rest.is_empty()).then(|| line.strip_suffix(b"\r").unwrap_or(line))
    }

    /// Takes a line without its end.
    fn take(&mut self) -> Option<&'a [u8]> {
        let line = self.peek()?;
        let length = self.rest.iter().position(|&byte| byte == b'\n');
        self.rest = length.and_then(|length| self.rest.get(length + 1..)).unwrap_or_default();
        self.number += 1;
        Some(line)
    }

    /// Takes bytes, whatever lines they hold.
    fn take_bytes(&mut self, count: usize) -> &'a [u8] {
        let (bytes, rest) = self.rest.split_at_checked(count).unwrap_or((self.rest, &[]));
        let ends = bytes.split(|&byte| byte == b'\n').skip(1).count();
        self.number += u64::try_from(ends).unwrap_or_default();
        self.rest = rest;
        bytes
    }

    /// Passes over blank lines, comments and `###` in front of a request. False at the end.
    fn skip_to_request(&mut self) -> bool {
        while let Some(line) = self.peek() {
            let passed = line.trim_ascii().is_empty()
                || line.starts_with(b"#")
                || line.starts_with(b"//")
                || line.starts_with(b"```");
            if !passed {
                return true;
            }
            self.take();
        }
        false
    }

    /// Goes on behind a fault, where the next request line is.
    fn skip_past_fault(&mut self) {
        while let Some(line) = self.peek() {
            if starts_request(line) || line.starts_with(b"###") {
                return;
            }
            self.take();
        }
    }
}

/// The parts of a request line, from itself or from pseudo-headers.
#[derive(Default)]
struct Start {
    method: Option<String>,
    scheme: Option<String>,
    authority: Option<String>,
    target: Option<String>,
    http10: bool,
}

/// Reads one request.
fn one(lines: &mut Lines<'_>) -> Result<(HttpRequest, Vec<String>), Fault> {
    let mut notes = Vec::new();
    let mut start = Start::default();
    if !lines.peek().is_some_and(|line| line.starts_with(b":")) {
        let line = lines.take().unwrap_or_default();
        let place = lines.place();
        request_line(line, &mut start, &mut notes).map_err(|fault| fault.or_at(Some(place)))?;
    }
    let place = lines.place();
    let mut headers = Vec::new();
    while let Some(line) = lines.take() {
        if line.is_empty() {
            break;
        }
        let place = Some(lines.place());
        field(line, &mut start, &mut headers, &mut notes).map_err(|fault| fault.or_at(place))?;
        if headers.len() > limit::HEADERS {
            return Err(Fault::at(
                lines.place(),
                format!("expected at most {} headers", limit::HEADERS),
            ));
        }
    }
    one_host(&headers).map_err(|fault| fault.or_at(Some(place)))?;
    let body = body::read(lines, start.http10, &headers, &mut notes)
        .map_err(|fault| fault.or_at(Some(place)))?;
    let missing = || Fault::at(place, "expected a method and a path in the pseudo-headers");
    let http = HttpRequest {
        method: start.method.ok_or_else(missing)?,
        scheme: start.scheme,
        authority: start.authority,
        target: start.target.ok_or_else(missing)?,
        headers,
        body,
    };
    Ok((http, notes))
}

/// Two hosts that differ are two sites, depending on who reads the request.
fn one_host(headers: &[Header]) -> Result<(), Fault> {
    let mut hosts = headers.iter().filter(|header| header.name.eq_ignore_ascii_case("Host"));
    let Some(first) = hosts.next() else { return Ok(()) };
    if hosts.any(|other| !first.value.eq_ignore_ascii_case(&other.value)) {
        return Err(Fault::new("expected one Host: two that differ are a smuggling risk"));
    }
    Ok(())
}

fn request_line(line: &[u8], start: &mut Start, notes: &mut Vec<String>) -> Result<(), Fault> {
    if line.starts_with(b"HTTP/") {
        return Err(Fault::new("expected a request: this is an answer"));
    }
    let wanted = || Fault::new("expected a request line, like GET /path HTTP/1.1");
    let line = std::str::from_utf8(line).map_err(|_| wanted())?.trim_end_matches(' ');
    let (method, rest) = line.split_once(' ').ok_or_else(wanted)?;
    let whole = match rest.rsplit_once(' ') {
        Some((whole, version)) if version.starts_with("HTTP/") => {
            let known = ["HTTP/1.0", "HTTP/1.1", "HTTP/2", "HTTP/2.0", "HTTP/3", "HTTP/3.0"];
            if !known.contains(&version) {
                return Err(Fault::new("expected HTTP/1.0, HTTP/1.1, HTTP/2 or HTTP/3"));
            }
            start.http10 = version == "HTTP/1.0";
            whole
        }
        _ => {
            notes.push(NO_VERSION.to_owned());
            rest
        }
    };
    start.method = Some(target::method(method.to_owned()).map_err(Fault::new)?);
    if whole.bytes().any(|byte| byte <= b' ' || byte == 0x7f) {
        return Err(Fault::new("expected a path without blanks and control characters"));
    }
    if whole.starts_with('/') || whole == "*" {
        start.target = Some(whole.to_owned());
        return Ok(());
    }
    let parts = target::split(whole).map_err(Fault::new)?;
    notes.extend(parts.notes);
    start.scheme = parts.scheme;
    start.authority = parts.authority;
    start.target = Some(parts.target);
    Ok(())
}

fn field(
    line: &[u8],
    start: &mut Start,
    headers: &mut Vec<Header>,
    notes: &mut Vec<String>,
) -> Result<(), Fault> {
    if matches!(line.first(), Some(b' ' | b'\t')) {
        return Err(Fault::new("expected a header: folded ones are read in two ways and refused"));
    }
    if line.contains(&b'\r') {
        return Err(Fault::new("expected a header without a carriage return inside"));
    }
    if let Some(line) = line.strip_prefix(b":") {
        if !notes.iter().any(|note| note == PSEUDO) {
            notes.push(PSEUDO.to_owned());
        }
        return pseudo(line, start);
    }
    let at = line
        .iter()
        .position(|&byte| byte == b':')
        .ok_or_else(|| Fault::new("expected a header, like Name: value, or a blank line"))?;
    let (name, value) = line.split_at_checked(at).unwrap_or((line, &[]));
    if name.ends_with(b" ") || name.ends_with(b"\t") {
        return Err(Fault::new("expected no blank before the colon: it is read in two ways"));
    }
    let name = String::from_utf8_lossy(name).into_owned();
    let value = value.get(1..).unwrap_or_default();
    headers.push(target::header(name, value).map_err(Fault::new)?);
    Ok(())
}

/// One of HTTP/2's four pseudo-headers, without its first colon.
fn pseudo(line: &[u8], start: &mut Start) -> Result<(), Fault> {
    let wanted = || Fault::new("expected :method, :scheme, :authority or :path with a value");
    let line = std::str::from_utf8(line).map_err(|_| wanted())?;
    let (name, value) = line.split_once(':').ok_or_else(wanted)?;
    let value = value.trim().to_owned();
    if value.is_empty() || value.bytes().any(|byte| byte <= b' ' || byte == 0x7f) {
        return Err(wanted());
    }
    match name {
        "method" => start.method = Some(target::method(value).map_err(Fault::new)?),
        "scheme" if value == "http" || value == "https" => start.scheme = Some(value),
        "authority" => start.authority = Some(value),
        "path" if value.starts_with('/') || value == "*" => start.target = Some(value),
        _ => return Err(wanted()),
    }
    Ok(())
}

#[cfg(test)]
mod tests;

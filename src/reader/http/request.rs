//! One raw request: its request line or pseudo-headers, its fields, its body.

use std::borrow::Cow;

use super::lines::Lines;
use super::{body, limit, target};
use crate::reader::Fault;
use crate::verify::{Header, HttpRequest};

const PSEUDO: &str = "HTTP/2 pseudo-headers are taken for the request line they stand for";
const NO_VERSION: &str = "the request line has no HTTP version";

/// The parts of a request line, from itself or from pseudo-headers.
#[derive(Default)]
struct Start {
    method: Option<Cow<'static, str>>,
    scheme: Option<&'static str>,
    authority: Option<Cow<'static, str>>,
    target: Option<Cow<'static, str>>,
    http10: bool,
}

/// Reads one request, and what is to be noted of it.
pub(super) fn read(lines: &mut Lines<'_>) -> Result<(HttpRequest<'static>, Vec<String>), Fault> {
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
        body: body.into(),
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
        start.target = Some(whole.to_owned().into());
        return Ok(());
    }
    let parts = target::split(whole).map_err(Fault::new)?.into_owned();
    notes.extend(parts.notes);
    start.scheme = parts.scheme;
    start.authority = parts.authority;
    start.target = Some(parts.target);
    Ok(())
}

fn field(
    line: &[u8],
    start: &mut Start,
    headers: &mut Vec<Header<'static>>,
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
    headers.push(target::header(name, value.to_vec()).map_err(Fault::new)?);
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
        "scheme" => start.scheme = Some(target::scheme(&value).ok_or_else(wanted)?),
        "authority" => start.authority = Some(value.into()),
        "path" if value.starts_with('/') || value == "*" => start.target = Some(value.into()),
        _ => return Err(wanted()),
    }
    Ok(())
}

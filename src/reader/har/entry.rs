//! The request of one entry of an archive.
//!
//! `postData.text` is the body where there is one, `postData.params` otherwise; base64 is undone.
//! Pseudo-headers of HTTP/2 repeat what the method and the URL say. `queryString` is used only by
//! programs that leave the query out of the URL.

use std::borrow::Cow;
use std::fmt::Write;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;

use super::super::{Fault, json, limit, target};
use crate::verify::{Header, HttpRequest, Kind, Request, Source};

const PSEUDO: &str = "HTTP/2 pseudo-headers repeat the method and the URL";
const BOUNDARY: &str = "the form's body is put together from its parameters";
const FROM_CHROME: &str = "Chrome leaves Cookie and Authorization out of an archive unless it is \
     saved with sensitive data; this request has neither";

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", expecting = "an object as the request")]
struct HarRequest<'a> {
    #[serde(borrow)]
    method: Cow<'a, str>,
    #[serde(borrow)]
    url: Cow<'a, str>,
    #[serde(borrow, default)]
    headers: Option<Vec<Pair<'a>>>,
    #[serde(borrow, default)]
    query_string: Option<Vec<Pair<'a>>>,
    #[serde(borrow, default)]
    post_data: Option<PostData<'a>>,
    #[serde(default)]
    body_size: Option<f64>,
}

#[derive(Deserialize)]
struct Pair<'a> {
    #[serde(borrow)]
    name: Cow<'a, str>,
    #[serde(borrow, default)]
    value: Option<Text<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct PostData<'a> {
    #[serde(borrow, default)]
    mime_type: Option<Text<'a>>,
    #[serde(borrow, default)]
    text: Option<Text<'a>>,
    #[serde(borrow, default)]
    params: Option<Vec<Param<'a>>>,
    /// `base64`, as some programs mark it.
    #[serde(borrow, default, alias = "_encoding")]
    encoding: Option<Text<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Param<'a> {
    #[serde(borrow)]
    name: Cow<'a, str>,
    #[serde(borrow, default)]
    value: Option<Text<'a>>,
    #[serde(borrow, default)]
    file_name: Option<Text<'a>>,
    #[serde(borrow, default)]
    content_type: Option<Text<'a>>,
}

/// A text that is borrowed when it can be, also inside an `Option`.
#[derive(Deserialize)]
struct Text<'a>(#[serde(borrow)] Cow<'a, str>);

fn text<'a>(text: Option<&'a Text<'_>>) -> &'a str {
    text.map_or("", |text| &text.0)
}

/// Reads the value of an entry's `request`.
pub(super) fn request(bytes: &[u8], from_chrome: bool, source: Source) -> Result<Request, Fault> {
    let request: HarRequest<'_> = serde_json::from_slice(bytes)
        .map_err(|error| Fault::new(format!("in `request`: {}", json::message(&error))))?;
    let mut notes = Vec::new();
    let mut unknowns = Vec::new();
    let parts = target::split(&http_url(&request.url, &mut notes)).map_err(Fault::new)?;
    notes.extend(parts.notes);
    let mut line = parts.target;
    if let Some(query) = &request.query_string
        && !query.is_empty()
        && !line.contains('?')
    {
        notes.push("the URL has no query: it is taken from `queryString`".to_owned());
        let pairs = query.iter().map(|pair| (pair.name.as_ref(), text(pair.value.as_ref())));
        line.push('?');
        line.push_str(
            &form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish(),
        );
    }
    let mut headers = headers(request.headers.as_deref().unwrap_or_default(), &mut notes)?;
    let body = if let Some(data) = &request.post_data {
        body(data, &mut headers, &mut notes, &mut unknowns)?
    } else {
        if request.body_size.is_some_and(|size| size > 0.0) {
            unknowns.push("the body, which the archive leaves out".to_owned());
        }
        Vec::new()
    };
    let has = |name: &str| headers.iter().any(|header| header.name.eq_ignore_ascii_case(name));
    if from_chrome && !has("Cookie") && !has("Authorization") {
        notes.push(FROM_CHROME.to_owned());
    }
    let http = HttpRequest {
        method: target::method(request.method.into_owned()).map_err(Fault::new)?,
        scheme: parts.scheme,
        authority: parts.authority,
        target: line,
        headers,
        body,
    };
    Ok(Request {
        id: None,
        source,
        at: None,
        session: None,
        client_ip: None,
        notes,
        unknowns,
        kind: Kind::Http(http),
    })
}

/// The URL of the HTTP request that opens a WebSocket; other URLs stay as they are.
fn http_url<'a>(url: &'a str, notes: &mut Vec<String>) -> Cow<'a, str> {
    for (socket, http) in [("ws://", "http://"), ("wss://", "https://")] {
        if let Some(rest) = url.strip_prefix(socket) {
            notes.push("the request opens a WebSocket".to_owned());
            return Cow::Owned(format!("{http}{rest}"));
        }
    }
    Cow::Borrowed(url)
}

fn headers(pairs: &[Pair<'_>], notes: &mut Vec<String>) -> Result<Vec<Header>, Fault> {
    if pairs.len() > limit::HEADERS {
        return Err(Fault::new(format!("expected at most {} headers", limit::HEADERS)));
    }
    let mut headers = Vec::with_capacity(pairs.len());
    for pair in pairs {
        if pair.name.starts_with(':') {
            if !notes.iter().any(|note| note == PSEUDO) {
                notes.push(PSEUDO.to_owned());
            }
            continue;
        }
        let value = text(pair.value.as_ref()).as_bytes();
        headers.push(target::header(pair.name.clone().into_owned(), value).map_err(Fault::new)?);
    }
    Ok(headers)
}

fn body(
    data: &PostData<'_>,
    headers: &mut Vec<Header>,
    notes: &mut Vec<String>,
    unknowns: &mut Vec<String>,
) -> Result<Vec<u8>, Fault> {
    let plain = text(data.text.as_ref());
    let kind = text(data.mime_type.as_ref());
    if !kind.is_empty()
        && !headers.iter().any(|header| header.name.eq_ignore_ascii_case("Content-Type"))
    {
        notes.push("the Content-Type is taken from `postData.mimeType`".to_owned());
        headers
            .push(target::header("Content-Type".to_owned(), kind.as_bytes()).map_err(Fault::new)?);
    }
    if !plain.is_empty() {
        if !text(data.encoding.as_ref()).eq_ignore_ascii_case("base64") {
            return Ok(plain.as_bytes().to_vec());
        }
        return STANDARD
            .decode(plain.as_bytes())
            .map_err(|_| Fault::new("expected standard base64 in `postData.text`"));
    }
    let params = data.params.as_deref().unwrap_or_default();
    if params.is_empty() {
        return Ok(Vec::new());
    }
    notes.push(BOUNDARY.to_owned());
    let sent = headers.iter().rfind(|header| header.name.eq_ignore_ascii_case("Content-Type"));
    let sent = sent.map_or(kind.into(), |header| String::from_utf8_lossy(&header.value));
    if sent.to_ascii_lowercase().starts_with("multipart/") {
        return Ok(multipart(params, &sent, unknowns));
    }
    let pairs = params.iter().map(|param| (param.name.as_ref(), text(param.value.as_ref())));
    let whole = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
    Ok(whole.into_bytes())
}

/// A multipart body of parameters, with the boundary that its Content-Type names.
fn multipart(params: &[Param<'_>], kind: &str, unknowns: &mut Vec<String>) -> Vec<u8> {
    let boundary = kind
        .split(';')
        .filter_map(|parameter| parameter.trim().split_once('='))
        .find(|(name, _)| name.eq_ignore_ascii_case("boundary"))
        .map(|(_, value)| value.trim_matches('"'));
    let boundary = boundary.unwrap_or_else(|| {
        unknowns.push("the boundary of the form".to_owned());
        "boundary"
    });
    let mut whole = String::new();
    let quote = |name: &str| name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A");
    for param in params {
        let name = quote(&param.name);
        let file = match text(param.file_name.as_ref()) {
            "" => String::new(),
            file => format!("; filename=\"{}\"", quote(file)),
        };
        if !file.is_empty() && param.value.is_none() {
            unknowns.push("the content of a file, which the archive leaves out".to_owned());
        }
        let kind = match text(param.content_type.as_ref()) {
            "" => String::new(),
            kind => format!("Content-Type: {kind}\r\n"),
        };
        // Writing to a text does not fail.
        let _ = write!(
            whole,
            "--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n{kind}\r\n{}\r\n",
            text(param.value.as_ref())
        );
    }
    let _ = write!(whole, "--{boundary}--\r\n");
    whole.into_bytes()
}

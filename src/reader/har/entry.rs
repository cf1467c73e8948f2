//! The request of one entry of an archive.
//!
//! `postData.text` is the body where there is one, `postData.params` otherwise; base64 is undone.
//! Pseudo-headers of HTTP/2 repeat what the method and the URL say. `queryString` and `cookies` are
//! used only where the URL has no query and the headers no cookies, as some programs write them.

use std::borrow::Cow;
use std::fmt::{self, Write};
use std::marker::PhantomData;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::de::{Error, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::super::{Fault, json, limit, target};
use crate::verify::{Header, HttpRequest, Request, Source};

const PSEUDO: &str = "HTTP/2 pseudo-headers repeat the method and the URL";
const BOUNDARY: &str = "the form's body is put together from its parameters";
const COOKIES: &str = "the Cookie header is taken from `cookies`";
const UPLOAD_HEADERS: &str = "headers in front of the body, as Firefox writes them, are left out";
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
    headers: Option<List<Pair<'a>>>,
    #[serde(borrow, default)]
    query_string: Option<List<Pair<'a>>>,
    #[serde(borrow, default)]
    post_data: Option<PostData<'a>>,
    #[serde(default)]
    body_size: Option<f64>,
}

/// The same request once more, for its cookies: they repeat a header that is nearly always there.
#[derive(Deserialize)]
struct HarCookies<'a> {
    #[serde(borrow)]
    cookies: List<Pair<'a>>,
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
    params: Option<List<Param<'a>>>,
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

/// A list that ends: items take far more memory than their text.
struct List<T>(Vec<T>);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for List<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Items<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for Items<T> {
            type Value = List<T>;

            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("a list")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
                let mut items = Vec::new();
                while let Some(item) = seq.next_element()? {
                    if items.len() == limit::ITEMS {
                        let most = limit::ITEMS;
                        return Err(A::Error::custom(format_args!(
                            "expected at most {most} items"
                        )));
                    }
                    items.push(item);
                }
                Ok(List(items))
            }
        }
        from.deserialize_seq(Items(PhantomData))
    }
}

impl<T> List<T> {
    fn items(list: Option<&Self>) -> &[T] {
        list.map_or(&[], |list| &list.0)
    }
}

/// A text that is borrowed when it can be, also inside an `Option`.
#[derive(Deserialize)]
struct Text<'a>(#[serde(borrow)] Cow<'a, str>);

fn text<'a>(text: Option<&'a Text<'_>>) -> &'a str {
    text.map_or("", |text| &text.0)
}

/// Reads the value of an entry's `request`.
pub(super) fn request(
    bytes: &[u8],
    from_chrome: bool,
    source: Source,
) -> Result<Request<'static>, Fault> {
    // A text that is UTF-8 as a whole needs no second look at each of its values.
    let request = match std::str::from_utf8(bytes) {
        Ok(text) => serde_json::from_str(text),
        Err(_) => serde_json::from_slice(bytes),
    };
    let request: HarRequest<'_> =
        request.map_err(|error| Fault::new(format!("in `request`: {}", json::message(&error))))?;
    let mut notes = Vec::new();
    let mut unknowns = Vec::new();
    let url = http_url(&request.url, &mut notes);
    let parts = target::split(&url).map_err(Fault::new)?.into_owned();
    notes.extend(parts.notes);
    let mut line = parts.target.into_owned();
    let query = List::items(request.query_string.as_ref());
    if !query.is_empty() && !line.contains('?') {
        notes.push("the URL has no query: it is taken from `queryString`".to_owned());
        let pairs = query.iter().map(|pair| (pair.name.as_ref(), text(pair.value.as_ref())));
        line.push('?');
        line.push_str(
            &form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish(),
        );
    }
    let mut headers = headers(List::items(request.headers.as_ref()), &mut notes)?;
    cookies(bytes, &mut headers, &mut notes)?;
    let body = match &request.post_data {
        Some(data) => body(data, &mut headers, &mut notes, &mut unknowns)?,
        None => Vec::new(),
    };
    if body.is_empty() && request.body_size.is_some_and(|size| size > 0.0) {
        unknowns.push("the body, which the archive leaves out".to_owned());
    }
    let has = |name: &str| headers.iter().any(|header| header.name.eq_ignore_ascii_case(name));
    if from_chrome && !has("Cookie") && !has("Authorization") {
        notes.push(FROM_CHROME.to_owned());
    }
    let http = HttpRequest {
        method: target::method(request.method.into_owned()).map_err(Fault::new)?,
        scheme: parts.scheme,
        authority: parts.authority,
        target: line.into(),
        headers,
        body: body.into(),
    };
    Ok(Request { notes, unknowns, ..Request::of_http(source, http) })
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

fn headers(pairs: &[Pair<'_>], notes: &mut Vec<String>) -> Result<Vec<Header<'static>>, Fault> {
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
        let value = text(pair.value.as_ref()).as_bytes().to_vec();
        headers.push(target::header(pair.name.clone().into_owned(), value).map_err(Fault::new)?);
    }
    Ok(headers)
}

/// Adds the cookies of a request whose headers have none.
fn cookies(
    request: &[u8],
    headers: &mut Vec<Header<'static>>,
    notes: &mut Vec<String>,
) -> Result<(), Fault> {
    if headers.iter().any(|header| header.name.eq_ignore_ascii_case("Cookie")) {
        return Ok(());
    }
    let name = b"\"cookies\"";
    let listed = request.windows(name.len()).position(|window| window == name);
    let list = listed.and_then(|at| request.get(at + name.len()..)).unwrap_or_default();
    let mut marks = list.iter().filter(|byte| !byte.is_ascii_whitespace());
    if ![b':', b'[', b'{'].iter().all(|mark| marks.next() == Some(mark)) {
        return Ok(());
    }
    // A list that is no list of cookies tells nothing; the request stands without it.
    let Ok(HarCookies { cookies }) = serde_json::from_slice(request) else { return Ok(()) };
    let pairs = cookies.0.iter().map(|pair| format!("{}={}", pair.name, text(pair.value.as_ref())));
    let value = pairs.collect::<Vec<_>>().join("; ");
    headers.push(target::header("Cookie", value.into_bytes()).map_err(Fault::new)?);
    notes.push(COOKIES.to_owned());
    Ok(())
}

/// The body without the headers that Firefox keeps in front of a form's: there is a Content-Length
/// among them, and it is that of the rest.
fn without_upload_headers(plain: &str) -> Option<&str> {
    let (head, rest) = plain.split_once("\r\n\r\n")?;
    let mut length = None;
    for line in head.split("\r\n") {
        let (name, value) = line.split_once(": ")?;
        if name.eq_ignore_ascii_case("Content-Length") {
            length = value.parse().ok();
        } else if !name.eq_ignore_ascii_case("Content-Type") {
            return None;
        }
    }
    (length == Some(rest.len())).then_some(rest)
}

fn body(
    data: &PostData<'_>,
    headers: &mut Vec<Header<'static>>,
    notes: &mut Vec<String>,
    unknowns: &mut Vec<String>,
) -> Result<Vec<u8>, Fault> {
    let plain = text(data.text.as_ref());
    let kind = text(data.mime_type.as_ref());
    if !kind.is_empty()
        && !headers.iter().any(|header| header.name.eq_ignore_ascii_case("Content-Type"))
    {
        notes.push("the Content-Type is taken from `postData.mimeType`".to_owned());
        headers.push(target::header("Content-Type", kind.as_bytes().to_vec()).map_err(Fault::new)?);
    }
    if !plain.is_empty() {
        if !text(data.encoding.as_ref()).eq_ignore_ascii_case("base64") {
            if let Some(rest) = without_upload_headers(plain) {
                notes.push(UPLOAD_HEADERS.to_owned());
                return Ok(rest.as_bytes().to_vec());
            }
            return Ok(plain.as_bytes().to_vec());
        }
        return STANDARD
            .decode(plain.as_bytes())
            .map_err(|_| Fault::new("expected standard base64 in `postData.text`"));
    }
    let params = List::items(data.params.as_ref());
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

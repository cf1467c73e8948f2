//! `$_GET` and `$_POST`: queries, form bodies, and which bodies are forms.

use super::{Array, MAX_VARIABLES, multipart, name};
use crate::verify::HttpRequest;

/// Decodes `+` and `%XX`; a `%` without two hexadecimal digits stays.
pub(in crate::verify) fn url_decode(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((byte, tail)) = rest.split_first() {
        rest = tail;
        match (byte, tail) {
            (b'+', _) => out.push(b' '),
            (b'%', [high, low, after @ ..]) => match (hex(*high), hex(*low)) {
                (Some(high), Some(low)) => {
                    out.push(high << 4 | low);
                    rest = after;
                }
                _ => out.push(b'%'),
            },
            _ => out.push(*byte),
        }
    }
    out
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
}

/// Reads a query, as `$_GET` and `parse_str` do. Variables past the thousandth are dropped.
pub(in crate::verify) fn parse_query(query: &[u8]) -> Array {
    let mut out = Array::default();
    let pairs = query.split(|byte| *byte == b'&').filter(|pair| !pair.is_empty());
    for pair in pairs.take(MAX_VARIABLES) {
        add(&mut out, pair);
    }
    out
}

/// Reads `$_POST`. PHP fills it for the method `POST`, in this case, and for two media types.
pub(in crate::verify) fn post_fields(http: &HttpRequest) -> Array {
    if http.method != "POST" {
        return Array::default();
    }
    match media_type(http).as_slice() {
        b"application/x-www-form-urlencoded" => parse_body(&http.body),
        b"multipart/form-data" => multipart::parse(content_type(http), &http.body),
        _ => Array::default(),
    }
}

fn content_type<'a>(http: &'a HttpRequest<'_>) -> &'a [u8] {
    http.header("Content-Type").unwrap_or_default()
}

/// The media type by which PHP knows a form, in lower case.
pub(in crate::verify) fn media_type(http: &HttpRequest) -> Vec<u8> {
    let content_type = content_type(http);
    let end = content_type.iter().position(|byte| matches!(byte, b';' | b',' | b' '));
    content_type.get(..end.unwrap_or(content_type.len())).unwrap_or_default().to_ascii_lowercase()
}

/// A form body differs from a query in two ways: empty pairs count, and the count is looked at after a
/// variable was added, so that one more gets in.
fn parse_body(body: &[u8]) -> Array {
    let mut out = Array::default();
    for pair in body.split(|byte| *byte == b'&').take(MAX_VARIABLES + 1) {
        add(&mut out, pair);
    }
    out
}

fn add(out: &mut Array, pair: &[u8]) {
    let mut parts = pair.splitn(2, |byte| *byte == b'=');
    let name = parts.next().unwrap_or_default();
    let value = parts.next().unwrap_or_default();
    name::register(out, &url_decode(name), url_decode(value));
}

//! Fields of `multipart/form-data`: `main/rfc1867.c`. Parts with a file name are files, not fields.

use super::{Array, MAX_VARIABLES, name};

/// Reads the fields. A body without a boundary, or with a garbled part, gives what came before it.
pub(super) fn parse(content_type: &[u8], body: &[u8]) -> Array {
    let mut out = Array::default();
    let Some(boundary) = boundary(content_type) else { return out };
    let opening = [b"--".as_slice(), &boundary].concat();
    let closing = [b"\n--".as_slice(), &boundary].concat();
    let mut rest = body;
    let mut count = 0;
    while let Some(after) = after_boundary(rest, &opening) {
        let (headers, content) = headers(after);
        rest = content;
        let Some(disposition) = disposition(&headers) else { continue };
        let (field, is_file) = field(&disposition);
        if is_file {
            continue;
        }
        let Some(field) = field else { break };
        let end = closed_at(content, &closing);
        let (value, after) = content.split_at(end);
        rest = after.strip_prefix(b"\n").unwrap_or(after);
        let value = value.strip_suffix(b"\r").filter(|_| !after.is_empty()).unwrap_or(value);
        count += 1;
        if count <= MAX_VARIABLES {
            name::register(&mut out, &field, value.to_vec());
        }
    }
    out
}

fn boundary(content_type: &[u8]) -> Option<Vec<u8>> {
    let at = position(&content_type.to_ascii_lowercase(), b"boundary")?;
    let parameter = content_type.get(at..)?;
    let equals = parameter.iter().position(|byte| *byte == b'=')?;
    let value = parameter.get(equals + 1..)?;
    if let Some(quoted) = value.strip_prefix(b"\"") {
        let end = quoted.iter().position(|byte| *byte == b'"')?;
        return quoted.get(..end).map(<[u8]>::to_vec);
    }
    let end = value.iter().position(|byte| matches!(byte, b',' | b';')).unwrap_or(value.len());
    value.get(..end).map(<[u8]>::to_vec)
}

fn position(text: &[u8], wanted: &[u8]) -> Option<usize> {
    text.windows(wanted.len()).position(|window| window == wanted)
}

/// Where a value ends: at the next boundary, or where the body breaks off within one.
fn closed_at(content: &[u8], closing: &[u8]) -> usize {
    let breaks_off = |at: usize| content.get(at..).is_some_and(|rest| closing.starts_with(rest));
    position(content, closing)
        .or_else(|| {
            (content.len().saturating_sub(closing.len())..content.len()).find(|at| breaks_off(*at))
        })
        .unwrap_or(content.len())
}

/// The first line, without its end, and what follows; `None` when nothing is left.
fn line(text: &[u8]) -> Option<(&[u8], &[u8])> {
    if text.is_empty() {
        return None;
    }
    let end = text.iter().position(|byte| *byte == b'\n').unwrap_or(text.len());
    let (line, rest) = text.split_at(end);
    Some((line.strip_suffix(b"\r").unwrap_or(line), rest.strip_prefix(b"\n").unwrap_or(rest)))
}

fn after_boundary<'a>(mut rest: &'a [u8], opening: &[u8]) -> Option<&'a [u8]> {
    while let Some((line, after)) = line(rest) {
        rest = after;
        if line == opening {
            return Some(rest);
        }
    }
    None
}

/// The part's header lines, each joined with what continues it (lines with a blank in front or no colon),
/// and the part's content.
fn headers(mut rest: &[u8]) -> (Vec<Vec<u8>>, &[u8]) {
    let mut headers: Vec<Vec<u8>> = Vec::new();
    while let Some((line, after)) = line(rest) {
        rest = after;
        // PHP takes the line for a C string.
        let line = line.split(|byte| *byte == 0).next().unwrap_or_default();
        if line.is_empty() {
            break;
        }
        let begins = line.contains(&b':') && !line.starts_with(b" ") && !line.starts_with(b"\t");
        match headers.last_mut() {
            Some(last) if !begins => last.extend(line),
            None if !begins => {}
            _ => headers.push(line.to_vec()),
        }
    }
    (headers, rest)
}

fn disposition(headers: &[Vec<u8>]) -> Option<Vec<u8>> {
    headers.iter().find_map(|header| {
        let colon = header.iter().position(|byte| *byte == b':')?;
        let (name, value) = header.split_at(colon);
        name.eq_ignore_ascii_case(b"Content-Disposition")
            .then(|| value.get(1..).unwrap_or_default().to_vec())
    })
}

/// The `name` of a disposition, and whether it has a `filename`.
fn field(disposition: &[u8]) -> (Option<Vec<u8>>, bool) {
    let (mut name, mut is_file) = (None, false);
    let mut rest = disposition.trim_ascii_start();
    while !rest.is_empty() {
        let (pair, after) = word(rest, b';');
        rest = after.trim_ascii_start();
        if !pair.contains(&b'=') {
            continue;
        }
        let (key, value) = word(pair, b'=');
        if key.eq_ignore_ascii_case(b"name") {
            name = Some(unquoted(value));
        } else if key.eq_ignore_ascii_case(b"filename") {
            is_file = true;
        }
    }
    (name, is_file)
}

/// Splits at the first `stop` outside quotes; several in a row count as one.
fn word(text: &[u8], stop: u8) -> (&[u8], &[u8]) {
    let mut at = 0;
    while let Some(byte) = text.get(at).copied().filter(|byte| *byte != stop) {
        at += 1;
        if byte == b'"' || byte == b'\'' {
            while let Some(inner) = text.get(at).copied().filter(|inner| *inner != byte) {
                let escaped = inner == b'\\' && text.get(at + 1) == Some(&byte);
                at += if escaped { 2 } else { 1 };
            }
            at += usize::from(at < text.len());
        }
    }
    let (word, rest) = text.split_at(at.min(text.len()));
    let stops = rest.iter().take_while(|byte| **byte == stop).count();
    (word, rest.get(stops..).unwrap_or_default())
}

fn unquoted(value: &[u8]) -> Vec<u8> {
    let value = value.trim_ascii_start();
    let Some((quote, inner)) = value.split_first().filter(|(byte, _)| matches!(byte, b'"' | b'\''))
    else {
        let end = value.iter().position(u8::is_ascii_whitespace).unwrap_or(value.len());
        return value.get(..end).unwrap_or_default().to_vec();
    };
    let mut out = Vec::new();
    let mut rest = inner;
    while let Some((byte, after)) = rest.split_first().filter(|(byte, _)| *byte != quote) {
        match after.split_first() {
            Some((next, tail)) if *byte == b'\\' && (*next == b'\\' || next == quote) => {
                out.push(*next);
                rest = tail;
            }
            _ => {
                out.push(*byte);
                rest = after;
            }
        }
    }
    out
}

//! Where the body of a raw request ends, by RFC 9112 section 6.3 where the request says it, and at the
//! next request where it does not.

use super::super::Fault;
use super::lines::Lines;
use super::starts_request;
use crate::verify::Header;

/// Reads the body behind the headers.
pub(super) fn read(
    lines: &mut Lines<'_>,
    http10: bool,
    headers: &[Header],
    notes: &mut Vec<String>,
) -> Result<Vec<u8>, Fault> {
    let values = |name: &str| {
        headers
            .iter()
            .filter(|header| header.name.eq_ignore_ascii_case(name))
            .map(|header| &*header.value)
            .collect::<Vec<_>>()
    };
    let codings = values("Transfer-Encoding");
    let lengths = values("Content-Length");
    match (codings.as_slice(), lengths.split_first()) {
        ([], None) => Ok(open_ended(lines, notes)),
        ([], Some((first, others))) => {
            if others.iter().any(|other| other != first) {
                return Err(Fault::new(
                    "expected one Content-Length: two that differ are a smuggling risk",
                ));
            }
            counted(lines, first, notes)
        }
        (_, None) if http10 => Err(Fault::new(
            "expected no Transfer-Encoding in HTTP/1.0: servers disagree on it, a smuggling risk",
        )),
        ([coding], None) if coding.eq_ignore_ascii_case(b"chunked") => chunked(lines, notes),
        (_, None) => Err(Fault::new("expected `chunked` alone as the Transfer-Encoding")),
        (_, Some(_)) => Err(Fault::new(
            "expected Content-Length or Transfer-Encoding: both together are a smuggling risk",
        )),
    }
}

fn counted(
    lines: &mut Lines<'_>,
    length: &[u8],
    notes: &mut Vec<String>,
) -> Result<Vec<u8>, Fault> {
    let digits = std::str::from_utf8(length).unwrap_or_default();
    let digits = Some(digits).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()));
    let length: usize = digits
        .and_then(|digits| digits.parse().ok())
        .ok_or_else(|| Fault::new("expected a number of bytes as the Content-Length"))?;
    let body = lines.take_bytes(length);
    if body.len() < length {
        let missing = length - body.len();
        notes.push(format!("the body is {missing} bytes shorter than its Content-Length"));
    }
    Ok(body.to_vec())
}

/// A body without a length runs to the next request line behind a blank one, to `###`, or to the end;
/// line ends there are the file's, not the body's.
fn open_ended(lines: &mut Lines<'_>, notes: &mut Vec<String>) -> Vec<u8> {
    let whole = lines.rest;
    let mut length = 0;
    let mut blank = true;
    while let Some(line) = lines.peek() {
        if blank && starts_request(line) || line.starts_with(b"###") {
            break;
        }
        blank = line.is_empty();
        lines.take();
        length = whole.len() - lines.rest.len();
    }
    let body = whole.get(..length).unwrap_or_default();
    let end = body.iter().rposition(|byte| !matches!(byte, b'\r' | b'\n')).map_or(0, |at| at + 1);
    let body = body.get(..end).unwrap_or_default().to_vec();
    if !body.is_empty() {
        notes.push("there is no Content-Length: the body runs to the next request".to_owned());
    }
    body
}

fn chunked(lines: &mut Lines<'_>, notes: &mut Vec<String>) -> Result<Vec<u8>, Fault> {
    let mut body = Vec::new();
    loop {
        let line = lines.take().unwrap_or_default();
        let size = line.split(|&byte| byte == b';').next().unwrap_or_default().trim_ascii_end();
        let place = Some(lines.place());
        let wanted = || Fault::new("expected a chunk's size in hexadecimal").or_at(place);
        if line.contains(&b'\r') {
            let message = "expected a chunk's size without a carriage return behind it";
            return Err(Fault::new(message).or_at(place));
        }
        let size = std::str::from_utf8(size).map_err(|_| wanted())?;
        if size.is_empty() || !size.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(wanted());
        }
        let size = usize::from_str_radix(size, 16).map_err(|_| wanted())?;
        if size == 0 {
            break;
        }
        let chunk = lines.take_bytes(size);
        if chunk.len() < size || lines.take() != Some(&b""[..]) {
            return Err(Fault::new("expected a chunk as long as its size says").or_at(place));
        }
        body.extend_from_slice(chunk);
    }
    while let Some(line) = lines.take() {
        if line.is_empty() {
            break;
        }
        let note = "trailers behind the chunked body are dropped";
        if !notes.iter().any(|found| found == note) {
            notes.push(note.to_owned());
        }
    }
    Ok(body)
}

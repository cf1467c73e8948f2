//! Small rules of curl about arguments: encoding, ranges, cookies, methods that exclude each other.

use super::super::{Fault, limit};
use super::operation::Operation;

/// Percent-encodes all but the unreserved characters; `plus` writes blanks as `+`, as
/// `--data-urlencode` does.
pub(super) fn escape(text: &[u8], plus: bool) -> Vec<u8> {
    let mut whole = Vec::with_capacity(text.len());
    for &byte in text {
        match byte {
            b' ' if plus => whole.push(b'+'),
            _ if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) => whole.push(byte),
            _ => whole.extend(format!("%{byte:02X}").into_bytes()),
        }
    }
    whole
}

/// The range of `-r`: curl appends the dash that a lone number lacks.
pub(super) fn range(mut text: Vec<u8>) -> Vec<u8> {
    if !text.is_empty() && text.iter().all(u8::is_ascii_digit) {
        text.push(b'-');
    }
    text
}

/// `-b`: a text with `=` is sent, anything else names a file of cookies.
pub(super) fn cookie(operation: &mut Operation, text: Vec<u8>) {
    if text.contains(&b'=') {
        operation.cookies.push(text);
    } else if !text.is_empty() {
        operation.unknown("the cookies of the file that `--cookie` names");
    }
}

/// curl's refusal of `-d` with `-I`, `-F` or `-T`.
pub(super) fn two_methods() -> Fault {
    Fault::new(
        "expected only one of `--data`, `--form`, `--head` and `--upload-file`, as curl does",
    )
}

/// The refusal of a command that asks for more requests than anyone pastes.
pub(super) fn too_many() -> Fault {
    Fault::new(format!("expected at most {} requests of one command", limit::REQUESTS))
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn encodes_as_curl_does() {
        assert_eq!(escape("a b~é/".as_bytes(), true), b"a+b~%C3%A9%2F");
        assert_eq!(escape(b" ", false), b"%20");
    }
}

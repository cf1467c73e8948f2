//! PHP's strict `base64_decode($text, true)`: blanks are skipped, padding may be missing, all else that
//! is out of the alphabet fails (`ext/standard/base64.c`).

use crate::credential::php_base64;

/// Decodes, or fails where PHP returns `false`.
pub(super) fn strict(text: &[u8]) -> Option<Vec<u8>> {
    let (mut digits, mut padding) = (0_usize, 0_usize);
    for byte in text {
        match byte {
            b'=' => padding += 1,
            b' ' | b'\t' | b'\n' | b'\r' => {}
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'+' | b'/' if padding == 0 => digits += 1,
            _ => return None,
        }
    }
    let whole_groups = padding == 0 || (padding <= 2 && (digits + padding).is_multiple_of(4));
    (digits % 4 != 1 && whole_groups).then(|| php_base64(text))
}

#[cfg(test)]
mod tests {
    use super::strict;

    #[test]
    fn missing_padding_and_blanks_are_accepted() {
        for text in ["YTpi", "YTpiYw==", "YTpiYw", " YTpi\tYw\r\n", "YTpiYw=="] {
            assert!(strict(text.as_bytes()).is_some(), "{text}");
        }
        assert_eq!(strict(b"YTpiYw").unwrap(), b"a:bc");
        assert_eq!(strict(b"").unwrap(), b"");
    }

    #[test]
    fn anything_else_fails() {
        for text in ["YTpi!", "YTpiY", "YTpiYw=", "YTpiYw===", "YT=pi", "YTp-_w", "===="] {
            assert_eq!(strict(text.as_bytes()), None, "{text}");
        }
    }
}

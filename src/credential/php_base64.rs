//! PHP's `base64_decode` as it is without its strict mode (`ext/standard/base64.c`).

/// Decodes what PHP would make of a text: characters outside the standard alphabet are skipped, `=`
/// counts nothing wherever it stands, padding may be missing, a single left-over character is dropped.
#[must_use]
pub fn php_base64(text: &[u8]) -> Vec<u8> {
    let mut decoded = Vec::with_capacity(text.len() / 4 * 3 + 2);
    let (mut pending, mut bits) = (0_u32, 0_u32);
    for six in text.iter().filter_map(|byte| value(*byte)) {
        pending = pending << 6 | u32::from(six);
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            let [.., byte] = (pending >> bits).to_be_bytes();
            decoded.push(byte);
        }
    }
    decoded
}

fn value(byte: u8) -> Option<u8> {
    match byte {
        b'A'..=b'Z' => Some(byte - b'A'),
        b'a'..=b'z' => Some(byte - b'a' + 26),
        b'0'..=b'9' => Some(byte - b'0' + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use base64::Engine;
    use base64::alphabet;
    use base64::engine::general_purpose::{GeneralPurpose, NO_PAD, STANDARD};
    use proptest::prelude::*;

    use super::php_base64;
    use crate::testing::{broken, soon};

    /// PHP does not look at bits that are left over.
    const LENIENT: GeneralPurpose =
        GeneralPurpose::new(&alphabet::STANDARD, NO_PAD.with_decode_allow_trailing_bits(true));

    #[test]
    fn skips_what_is_not_of_the_alphabet() {
        for text in [" dXNlcjpw", "dXN\nlcjp\tw", "d-X_N!lcjpw", "=dXN=lcjpw==", "\u{FF}dXNlcjpw\0"]
        {
            assert_eq!(php_base64(text.as_bytes()), b"user:p", "{text:?}");
        }
    }

    #[test]
    fn needs_no_padding_and_drops_a_single_character() {
        assert_eq!(php_base64(b"dXNlcg"), b"user");
        assert_eq!(php_base64(b"dXNlcjpwd"), b"user:p");
        assert_eq!(php_base64(b"d"), b"");
        assert_eq!(php_base64(b""), b"");
    }

    proptest! {
        #[test]
        fn broken_texts_are_read_as_far_as_they_are_of_the_alphabet(
            text in broken(&["dXNlcjpw", "w6R+/w=="], &["=", "-", "_", " ", "\n", "\0", "é", "+", "/", "A"]),
        ) {
            let known = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/');
            let mut bare: Vec<u8> = text.0.iter().copied().filter(known).collect();
            if bare.len() % 4 == 1 {
                bare.pop();
            }
            let expected = LENIENT.decode(&bare).unwrap();
            prop_assert_eq!(soon(|| php_base64(&text.0)), expected);
        }

        #[test]
        fn reads_what_is_well_formed(bytes: Vec<u8>) {
            prop_assert_eq!(php_base64(STANDARD.encode(&bytes).as_bytes()), bytes);
        }
    }
}

//! Whether an API key is too strong to be guessed.
//!
//! The folded text is judged, so that a key and whatever a case-insensitive collation takes for it are
//! always of one class. It is strong when all of this holds:
//!
//! 1. length × log2(alphabet) is at least 112 bits. The alphabet is 10 for digits alone, 16 for
//!    hexadecimal digits, 26 for letters alone, 36 for letters and digits, and one more for each other
//!    character that occurs;
//! 2. at least six different characters occur;
//! 3. it is not one piece repeated (`abcabcabc`);
//! 4. at most half of its neighbours are equal or next to each other (`aaaa`, `abcd`, `4321`).
//!
//! The rule can only look at the text: a strong one may still be known to somebody.

use std::collections::BTreeSet;

use super::{ApiKey, Shape, fold};

/// What a strong key has.
const BITS: f64 = 112.0;
/// How many different characters it needs.
const DISTINCT: usize = 6;

/// Whether a key is strong enough to be stored under a plain keyed digest.
#[must_use]
pub fn is_strong(text: &[u8]) -> bool {
    let folded = fold(text);
    let units: Vec<u32> = std::str::from_utf8(&folded).map_or_else(
        |_| folded.iter().skip(1).copied().map(u32::from).collect(),
        |text| text.chars().map(u32::from).collect(),
    );
    has_bits(&units) && !is_repetition(&units) && !is_run(&units)
}

/// Whether a word looks like a key that was put in the wrong place: one of our own format, or a long one of
/// letters and digits mixed, with nothing that names and paths have.
#[must_use]
pub fn is_key_like(word: &str) -> bool {
    let has = |of: fn(&u8) -> bool| word.as_bytes().iter().any(of);
    let is_plain = word.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+=".contains(&byte));
    let is_mixed = has(u8::is_ascii_digit) && has(u8::is_ascii_alphabetic);
    matches!(ApiKey::inspect(word.as_bytes()), Shape::Own { .. })
        || (is_plain && is_mixed && is_strong(word.as_bytes()))
}

fn has_bits(units: &[u32]) -> bool {
    let alphabet = Alphabet::of(units);
    let base = match (alphabet.has(DIGITS), alphabet.has(HEXADECIMAL), alphabet.has(LETTERS)) {
        (false, false, false) => 0,
        (true, false, false) => 10,
        (true, true, false) => 16,
        (true, _, true) => 36,
        (false, _, _) => 26,
    };
    let size = base + alphabet.others();
    alphabet.distinct() >= DISTINCT && as_f64(units.len()) * as_f64(size).log2() >= BITS
}

/// Sets of ASCII characters, a bit each.
const DIGITS: u128 = span(b'0', b'9');
const HEXADECIMAL: u128 = span(b'a', b'f');
const LETTERS: u128 = span(b'g', b'z');
const ALPHANUMERIC: u128 = DIGITS | HEXADECIMAL | LETTERS | span(b'A', b'Z');

const fn span(first: u8, last: u8) -> u128 {
    (u128::MAX >> (127 - last)) & (u128::MAX << first)
}

/// The characters that occur. A batch asks for every key, so ASCII takes no memory.
#[derive(Default)]
struct Alphabet {
    ascii: u128,
    beyond: BTreeSet<u32>,
}

impl Alphabet {
    fn of(units: &[u32]) -> Self {
        let mut alphabet = Self::default();
        for unit in units {
            if *unit < 128 {
                alphabet.ascii |= 1 << unit;
            } else {
                alphabet.beyond.insert(*unit);
            }
        }
        alphabet
    }

    fn has(&self, set: u128) -> bool {
        self.ascii & set != 0
    }

    fn distinct(&self) -> usize {
        self.count(u128::MAX)
    }

    /// How many there are that are neither letters nor digits.
    fn others(&self) -> usize {
        self.count(!ALPHANUMERIC)
    }

    fn count(&self, set: u128) -> usize {
        let ascii = usize::try_from((self.ascii & set).count_ones()).unwrap_or_default();
        ascii + self.beyond.len()
    }
}

/// Whether the text is a shorter one over and over, the last time perhaps cut off.
fn is_repetition(units: &[u32]) -> bool {
    (1..=units.len() / 2)
        .any(|period| units.iter().zip(units.iter().skip(period)).all(|(one, other)| one == other))
}

/// Whether most neighbours are equal or follow one another.
fn is_run(units: &[u32]) -> bool {
    let close =
        units.windows(2).filter(|pair| matches!(pair, [one, other] if one.abs_diff(*other) <= 1));
    close.count() * 2 > units.len().saturating_sub(1)
}

fn as_f64(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{is_key_like, is_strong};
    use crate::credential::fold;

    #[test]
    fn keys_as_sites_draw_them_are_strong() {
        for key in [
            "N84Bl3WWWqWibY6PFcv7DJzk3i8ju6BR",
            "HdKCRGD4fc2jDmt9qrnRBBtG",
            "5d41402abc4b2a76b9719d911017c592",
            "f47ac10b-58cc-4372-a567-0e02b2c3d479",
            "qzkxwvjpbnmtrsfhgdlcyaeu",
            "8301946527183950264719385206174935",
        ] {
            assert!(is_strong(key.as_bytes()), "{key}");
        }
    }

    #[test]
    fn the_limit_is_112_bits_of_the_alphabet_that_occurs() {
        // 22 × log2 36 = 113.7; 21 × log2 36 = 108.6; 28 × 4 = 112; 27 × 4 = 108.
        assert!(is_strong(b"7g2kq9x4m1z8w5c3p6t0vb"));
        assert!(!is_strong(b"7g2kq9x4m1z8w5c3p6t0v"));
        assert!(is_strong(b"5d41402abc4b2a76b9719d911017"));
        assert!(!is_strong(b"5d41402abc4b2a76b9719d91101"));
    }

    #[test]
    fn texts_that_people_type_are_weak() {
        for key in [
            "",
            "secret",
            "my-api-key-2024",
            "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
            "abcabcabcabcabcabcabcabcabcabcab",
            "abcdefghijklmnopqrstuvwxyz012345",
            "01234567890123456789012345678901234567",
            "98765432109876543210987654321098765432",
            "secretsecretsecretsecretsecretsecret",
            "abababababcdcdcdcdcdefefefefefef",
        ] {
            assert!(!is_strong(key.as_bytes()), "{key}");
        }
    }

    proptest! {
        #[test]
        fn a_text_and_what_a_collation_takes_for_it_are_of_one_class(text in "\\PC{0,40}") {
            prop_assert_eq!(is_strong(text.as_bytes()), is_strong(&fold(text.as_bytes())));
        }

        #[test]
        fn a_text_over_and_over_is_weak(piece in "[!-~]{0,30}") {
            prop_assert!(!is_strong(piece.repeat(2).as_bytes()));
        }
    }

    #[test]
    fn a_key_is_told_from_names_and_paths() {
        for key in
            ["aku_0123456789", "5f4dcc3b5aa765d61d8327deb882cf99", "Zx81Kq0vR7pLw3NtYb6sDf2h"]
        {
            assert!(is_key_like(key), "{key}");
        }
        for name in [
            "generate any authx credential",
            "administer_webform_2024_submissions",
            "/var/log/requests/2026-01-01/crm1.jsonl",
            "requests20260101.jsonl",
            "entity:node",
            "alice",
        ] {
            assert!(!is_key_like(name), "{name}");
        }
    }
}

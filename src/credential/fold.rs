//! What MySQL and `MariaDB` ignore when they compare API keys.
//!
//! `civicrm_contact.api_key` has the table's collation, by default `utf8mb4_unicode_ci`: the primary
//! weights of the Unicode Collation Algorithm 4.0.0, as both servers carry them in
//! `strings/ctype-uca.c`. [`fold`] gives two texts the same bytes when those weights are the same:
//!
//! - letter case and accents have no primary weight; compatibility forms (`ﬁ`, `Å`, `²`, full width)
//!   weigh as what they stand for;
//! - most control characters and all combining accents weigh nothing; tab to carriage return and U+0085
//!   do count, and so does every punctuation character and the soft hyphen;
//! - the collation pads with spaces: at the end they count nothing, no-break ones included;
//! - `ß` is `ss` and `œ` is `oe`, but in that version `ø`, `æ`, `ł`, `đ`, `ð`, `ħ`, `ŧ` and `ı` are
//!   letters of their own (they became `o`, `ae`, … in 5.2.0, which is `utf8mb4_unicode_520_ci`);
//! - characters beyond U+FFFF all weigh the same.
//!
//! The weights of Latin, Greek and Cyrillic are met, those letters apart that came after Unicode 4.0;
//! elsewhere Unicode's own decompositions decide.
//! Bytes that are not UTF-8 equal no stored text; they fold to themselves behind a byte that UTF-8 never
//! has, and so equal only themselves.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::canonical_combining_class;

/// What stands before bytes that are not UTF-8.
const NOT_UTF8: u8 = 0xFF;

/// The text as a case-insensitive collation sees it.
#[must_use]
pub fn fold(text: &[u8]) -> Vec<u8> {
    let mut folded = Vec::with_capacity(text.len() + 1);
    if text.is_ascii() {
        folded.extend_from_slice(text);
        folded.make_ascii_lowercase();
        folded.retain(|byte| !is_ignored_control(*byte));
    } else if let Ok(text) = std::str::from_utf8(text) {
        let mut utf8 = [0; 4];
        for character in text.chars() {
            fold_character(character, &mut |c| {
                folded.extend_from_slice(c.encode_utf8(&mut utf8).as_bytes());
            });
        }
    } else {
        folded.push(NOT_UTF8);
        folded.extend_from_slice(text);
        return folded;
    }
    while folded.pop_if(|last| *last == b' ').is_some() {}
    folded
}

/// U+0000 to U+0008, U+000E to U+001F and U+007F have no weight; U+0009 to U+000D have.
fn is_ignored_control(byte: u8) -> bool {
    byte.is_ascii_control() && !matches!(byte, b'\t'..=b'\r')
}

fn fold_character(character: char, push: &mut impl FnMut(char)) {
    match character {
        '\0'..='\x7F' => {
            if !is_ignored_control(character as u8) {
                push(character.to_ascii_lowercase());
            }
        }
        '\u{80}'..='\u{84}' | '\u{86}'..='\u{9F}' => {}
        // Small letters written above others weigh as letters.
        '\u{363}'..='\u{36F}' => {
            let index = usize::try_from(u32::from(character) - 0x363).unwrap_or_default();
            "aeioucdhmrtvx".chars().nth(index).into_iter().for_each(push);
        }
        // Not yet a letter in that version.
        '\u{1E9E}' => push(character),
        _ if is_ignored(character) => {}
        _ if stands_alone(character) => push_lowercase(character, push),
        _ => {
            if let Some(accent) = spacing_accent(character) {
                return push(accent);
            }
            let letters = std::iter::once(character).nfkd().filter(|c| !is_ignored(*c));
            letters.for_each(|letter| push_lowercase(letter, push));
        }
    }
}

fn push_lowercase(character: char, push: &mut impl FnMut(char)) {
    for lower in character.to_lowercase() {
        match lower {
            'ß' => "ss".chars().for_each(&mut *push),
            'œ' => "oe".chars().for_each(&mut *push),
            // `zw` and `ts` are what the table says.
            'ƍ' => "zw".chars().for_each(&mut *push),
            'ƾ' => "ts".chars().for_each(&mut *push),
            'ς' => push('σ'),
            'ϗ' => "και".chars().for_each(&mut *push),
            '\u{10000}'.. => push(char::REPLACEMENT_CHARACTER),
            _ => push(lower),
        }
    }
}

/// What an accent that stands alone weighs as; Unicode decomposes it into a space with the accent.
fn spacing_accent(character: char) -> Option<char> {
    match character {
        '\u{37A}' => Some('ι'),
        '\u{1FEF}' => Some('`'),
        '\u{384}' | '\u{1FFD}' => Some('\u{B4}'),
        '\u{385}' | '\u{1FC1}' | '\u{1FED}' | '\u{1FEE}' => Some('\u{A8}'),
        '\u{1FBD}' | '\u{1FBF}' | '\u{1FCD}'..='\u{1FCF}' => Some('\u{1FBD}'),
        '\u{1FDD}'..='\u{1FDF}' | '\u{1FFE}' => Some('\u{1FFE}'),
        '\u{A8}' | '\u{AF}' | '\u{B4}' | '\u{B8}' | '\u{2D8}'..='\u{2DD}' | '\u{1FC0}' => {
            Some(character)
        }
        _ => None,
    }
}

/// Whether a letter is one of its own though Unicode takes an accent off it: all of Cyrillic but six
/// pairs.
fn stands_alone(character: char) -> bool {
    matches!(character, '\u{400}'..='\u{4FF}') && !"ЀЁЍѐёѝӁӂӢӣӮӯ".contains(character)
}

/// Whether a character beyond ASCII has no weight: marks that join others (accents, Hebrew and Arabic
/// points, Thai tones, kana voicing, but not the vowel signs and viramas of Indic scripts), and those of
/// no width.
fn is_ignored(character: char) -> bool {
    match character {
        '\u{34F}'
        | '\u{488}'
        | '\u{489}'
        | '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{2063}'
        | '\u{206A}'..='\u{206F}'
        | '\u{FEFF}' => true,
        _ => matches!(
            canonical_combining_class(character),
            1 | 7 | 8 | 10..=36 | 107 | 122 | 200..=240
        ),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::fold;

    fn assert_equal(groups: &[&[&str]]) {
        for group in groups {
            for text in *group {
                assert_eq!(fold(text.as_bytes()), fold(group[0].as_bytes()), "{text:?} {group:?}");
            }
        }
    }

    fn assert_distinct(texts: &[&str]) {
        let folded: std::collections::BTreeSet<_> =
            texts.iter().map(|text| fold(text.as_bytes())).collect();
        assert_eq!(folded.len(), texts.len(), "{texts:?}");
    }

    #[test]
    fn case_and_accents_do_not_count() {
        assert_equal(&[
            &["Zoe1", "zoë1", "ZOË1", "ZOE\u{308}1"],
            &["ANGSTROM", "Ångström", "a\u{30A}ngstro\u{308}m"],
            &["cesky", "Český"],
            &["i", "I", "İ", "í"],
            &["ΟΔΟΣ", "οδος", "οδός"],
            &["ЕЛКА", "ёлка"],
            &["и", "ѝ", "ӣ", "Ѝ"],
            &["και", "ϗ", "ΚΑͺ"],
            &["ab", "a\u{34F}\u{301}b", "a\u{200B}b\u{FEFF}", "ab\u{2003}"],
            &["´", "\u{384}", "\u{1FFD}"],
            &["xa", "x\u{363}"],
        ]);
    }

    #[test]
    fn expansions_and_compatibility_forms_are_what_they_stand_for() {
        assert_equal(&[
            &["strasse", "straße", "STRASSE"],
            &["oeuvre", "œuvre", "ŒUVRE"],
            &["fi2", "ﬁ²", "ｆｉ２"],
            &["ij", "ĳ"],
            &["dz", "ǆ", "Ǆ"],
            &["s", "ſ"],
        ]);
    }

    #[test]
    fn letters_with_weights_of_their_own_are_told_apart() {
        assert_distinct(&["o", "ø", "oe", "ae", "æ", "l", "ł", "d", "đ", "ð", "h", "ħ"]);
        assert_distinct(&["i", "ı", "t", "ŧ", "th", "þ", "n", "ŋ"]);
        assert_distinct(&["и", "й", "і", "ї", "г", "ѓ", "к", "ќ", "у", "ў", "а", "ӑ", "ӓ"]);
        assert_equal(&[&["ø", "Ø", "ǿ"], &["æ", "Æ", "ǽ"], &["ł", "Ł"], &["й", "Й"]]);
    }

    #[test]
    fn spaces_count_everywhere_but_at_the_end() {
        assert_equal(&[&["a b", "a b ", "a b   ", "A B\u{A0}", "a b \u{1}"]]);
        assert_distinct(&["a b", " a b", "a  b", "ab", "a b\t", "a b\n"]);
        assert_equal(&[&["", " ", "  "]]);
    }

    #[test]
    fn controls_without_weight_do_not_count() {
        assert_equal(&[&[
            "ab",
            "a\0b",
            "\u{1F}ab\u{7F}",
            "a\u{9F}b",
            "é\u{0}".replace('é', "ab").as_str(),
        ]]);
        assert_distinct(&["ab", "a\u{85}b", "a\tb", "a\u{B}b", "a\u{AD}b"]);
    }

    #[test]
    fn accents_that_stand_alone_count() {
        assert_distinct(&["", "¨", "´", "¸", "¯", "˘"]);
    }

    #[test]
    fn characters_beyond_the_first_plane_are_all_the_same() {
        assert_equal(&[&["key🍣", "key🍺", "KEY𝄞"]]);
        assert_distinct(&["key🍣", "key", "key🍣🍣"]);
    }

    #[test]
    fn bytes_that_are_not_utf_8_equal_only_themselves() {
        assert_ne!(fold(b"caf\xE9"), fold(b"CAF\xE9"));
        assert_ne!(fold(b"caf\xE9"), fold("café".as_bytes()));
        assert_ne!(fold(b"caf\xE9 "), fold(b"caf\xE9"));
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(text: String) {
            let once = fold(text.as_bytes());
            prop_assert_eq!(fold(&once), once);
        }

        #[test]
        fn case_never_counts(text in "[ -~]*") {
            let upper = text.to_ascii_uppercase();
            prop_assert_eq!(fold(upper.as_bytes()), fold(text.as_bytes()));
        }

        #[test]
        fn ascii_folds_alike_on_both_ways(text in "[\\x00-\\x7F]*") {
            let mut beside = fold(format!("é{text}").as_bytes());
            beside.remove(0);
            prop_assert_eq!(beside, fold(text.as_bytes()));
        }
    }
}

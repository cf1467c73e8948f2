//! The format of the API keys that authctl makes.
//!
//! 32 characters, so that a key fits `civicrm_contact.api_key` (`varchar(32)`) and the default length
//! of Drupal's module: a prefix that tells what it is for, 22 base62 characters from the generator
//! (131 bits), 6 base62 characters of the CRC-32 of all before them. The checksum tells a mistyped key
//! from an unknown one and nothing else: sites hold any text, and every text is looked up.

use rand::CryptoRng;
use zeroize::Zeroizing;

use super::Secret;

const BASE62: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const PREFIX: usize = 4;
const RANDOM: usize = 22;
const CHECKSUM: usize = 6;
/// How many characters after the prefix a hint shows.
const HINT: usize = 4;

/// What a key of ours is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum KeyKind {
    /// A CMS account.
    User,
    /// A CiviCRM contact.
    Contact,
    /// Nobody in particular: Drupal's universal key.
    Universal,
    /// CiviCRM's site key.
    SiteKey,
}

impl KeyKind {
    const ALL: [Self; 4] = [Self::User, Self::Contact, Self::Universal, Self::SiteKey];

    /// The first four characters of its keys.
    #[must_use]
    pub fn prefix(self) -> &'static str {
        match self {
            Self::User => "aku_",
            Self::Contact => "akc_",
            Self::Universal => "akg_",
            Self::SiteKey => "aks_",
        }
    }
}

/// What a text looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// It begins as our keys do.
    Own {
        /// What its prefix says.
        kind: KeyKind,
        /// Whether it is a whole key; otherwise it was mistyped or cut off.
        checksum_ok: bool,
    },
    /// Any other text.
    Foreign,
}

/// The key format: making keys and looking at texts.
#[derive(Clone, Copy, Debug)]
pub struct ApiKey;

impl ApiKey {
    /// How many characters a key has.
    pub const LENGTH: usize = PREFIX + RANDOM + CHECKSUM;

    /// Draws a new key. Bytes are drawn 32 at a time: a generator that is slow by the call wants a
    /// buffer around it.
    #[must_use]
    pub fn generate(kind: KeyKind, rng: &mut (impl CryptoRng + ?Sized)) -> Secret {
        let mut key = Vec::with_capacity(Self::LENGTH);
        key.extend_from_slice(kind.prefix().as_bytes());
        let mut drawn = Zeroizing::new([0; 32]);
        while key.len() < PREFIX + RANDOM {
            rng.fill_bytes(drawn.as_mut());
            // Six bits are 62 or 63 once in 32 times, and drawing again keeps the others even.
            let characters = drawn.iter().filter_map(|byte| BASE62.get(usize::from(byte & 63)));
            key.extend(characters.take(PREFIX + RANDOM - key.len()));
        }
        key.extend(checksum(&key));
        Secret::new(key)
    }

    /// What a text looks like.
    #[must_use]
    pub fn inspect(text: &[u8]) -> Shape {
        let kind = KeyKind::ALL.into_iter().find(|kind| text.starts_with(kind.prefix().as_bytes()));
        kind.map_or(Shape::Foreign, |kind| Shape::Own { kind, checksum_ok: is_whole(text) })
    }

    /// What may be shown of a text: the prefix and the next four characters of a whole key of ours,
    /// nothing of any other.
    #[must_use]
    pub fn hint(text: &[u8]) -> Option<String> {
        let whole = matches!(Self::inspect(text), Shape::Own { checksum_ok: true, .. });
        let shown = text.get(..PREFIX + HINT).filter(|_| whole)?;
        std::str::from_utf8(shown).ok().map(str::to_owned)
    }
}

/// Whether the last characters are the checksum of the others.
fn is_whole(text: &[u8]) -> bool {
    text.len() == ApiKey::LENGTH
        && text.iter().skip(PREFIX).all(u8::is_ascii_alphanumeric)
        && text.split_last_chunk::<CHECKSUM>().is_some_and(|(body, found)| checksum(body) == *found)
}

/// The CRC-32 (IEEE) of a text in base62, most significant digit first, filled up with zeros.
fn checksum(text: &[u8]) -> [u8; CHECKSUM] {
    let mut rest = crc32fast::hash(text) as usize;
    let mut digits = [b'0'; CHECKSUM];
    for digit in digits.iter_mut().rev() {
        *digit = BASE62.get(rest % BASE62.len()).copied().unwrap_or(b'0');
        rest /= BASE62.len();
    }
    digits
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rand::SeedableRng;
    use rand::rand_core::UnwrapErr;
    use rand::rngs::{StdRng, SysRng};

    use super::{ApiKey, KeyKind, RANDOM, Shape, checksum};
    use crate::credential::is_strong;

    fn kinds() -> impl Strategy<Value = KeyKind> {
        prop::sample::select(KeyKind::ALL.as_slice())
    }

    #[test]
    fn the_checksum_is_crc_32_in_base62() {
        // The check value of CRC-32 is 0xCBF43926 for "123456789".
        let mut value = 0xCBF4_3926_u64;
        let mut expected = Vec::new();
        for _ in 0..6 {
            let digit = u8::try_from(value % 62).unwrap();
            expected.insert(
                0,
                match digit {
                    0..10 => b'0' + digit,
                    10..36 => b'A' + digit - 10,
                    _ => b'a' + digit - 36,
                },
            );
            value /= 62;
        }
        assert_eq!(checksum(b"123456789").as_slice(), expected);
    }

    #[test]
    fn every_character_is_drawn_about_as_often() {
        let mut rng = UnwrapErr(SysRng);
        let mut counts = std::collections::BTreeMap::<u8, u32>::new();
        for _ in 0..4_000 {
            let key = ApiKey::generate(KeyKind::User, &mut rng);
            key.expose()[4..4 + RANDOM].iter().for_each(|c| *counts.entry(*c).or_default() += 1);
        }
        // 88,000 characters, 1,419 of each expected; eight standard deviations to either side.
        assert_eq!(counts.len(), 62);
        assert!(counts.values().all(|count| (1_119..1_719).contains(count)), "{counts:?}");
    }

    #[test]
    fn shows_nothing_of_keys_of_other_makes() {
        assert_eq!(ApiKey::hint(b"N84Bl3WWWqWibY6PFcv7DJzk3i8ju6BR"), None);
        assert_eq!(ApiKey::hint(b"aku_short"), None);
    }

    proptest! {
        #[test]
        fn a_new_key_is_whole_strong_and_fits_the_column(kind in kinds(), seed: u64) {
            let key = ApiKey::generate(kind, &mut StdRng::seed_from_u64(seed));
            prop_assert_eq!(ApiKey::inspect(key.expose()), Shape::Own { kind, checksum_ok: true });
            prop_assert!(is_strong(key.expose()));
            let text = key.expose_text().unwrap();
            prop_assert_eq!(text.len(), 32);
            prop_assert_eq!(ApiKey::hint(key.expose()), text.get(..8).map(str::to_owned));
            prop_assert!(text.starts_with(kind.prefix()));
            prop_assert!(text.bytes().skip(4).all(|b| b.is_ascii_alphanumeric()));
        }

        #[test]
        fn one_wrong_character_is_noticed(seed: u64, at in 4_usize..32, other in "[0-9A-Za-z]") {
            let key = ApiKey::generate(KeyKind::Contact, &mut StdRng::seed_from_u64(seed));
            let mut text = key.expose().to_vec();
            prop_assume!(text[at] != other.as_bytes()[0]);
            text[at] = other.as_bytes()[0];
            let shape = Shape::Own { kind: KeyKind::Contact, checksum_ok: false };
            prop_assert_eq!(ApiKey::inspect(&text), shape);
        }

        #[test]
        fn a_cut_key_is_noticed(seed: u64, length in 4_usize..32) {
            let key = ApiKey::generate(KeyKind::Universal, &mut StdRng::seed_from_u64(seed));
            let shape = Shape::Own { kind: KeyKind::Universal, checksum_ok: false };
            prop_assert_eq!(ApiKey::inspect(&key.expose()[..length]), shape);
        }

        #[test]
        fn any_text_can_be_looked_at(text: Vec<u8>) {
            if ApiKey::inspect(&text) == Shape::Foreign {
                prop_assert_eq!(ApiKey::hint(&text), None);
            }
        }
    }
}

//! Weak API keys: those that a thief of the store and the key file could guess.
//!
//! They go through argon2id, which cannot be looked up by. A 16-bit keyed tag of the folded text finds
//! the candidates; the salt hangs on the tag alone, so that one run answers for all of them.

use argon2::{Algorithm, Version};
use zeroize::Zeroizing;

use super::argon::PARAMS;
use super::keyring::{keyed, mac};
use super::{Argon, Error, Keyring, fold};

/// The two digests of a weak API key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct WeakDigests {
    /// Of the text as a case-insensitive collation sees it: compare with what is stored.
    pub stored: [u8; 32],
    /// Of the text byte for byte.
    pub exact: [u8; 32],
}

impl Keyring {
    /// What weak keys are looked up by; equal texts under folding have equal tags, and others may.
    #[must_use]
    pub fn weak_tag(&self, text: &[u8]) -> u16 {
        self.tag(&fold(text))
    }

    /// The digests under which a weak key is stored: one run of argon2id over the folded text, its first
    /// half stored, its second the key of an HMAC-SHA-256 of the exact text.
    pub fn weak_digests(&self, text: &[u8], argon: &mut Argon) -> Result<WeakDigests, Error> {
        let folded = Zeroizing::new(fold(text));
        let salt = mac(&self.weak_salt, &[&self.tag(&folded).to_be_bytes()]);
        let mut out = Zeroizing::new([[0; 32]; 2]);
        argon.run(
            (Algorithm::Argon2id, Version::V0x13, PARAMS),
            self.pepper.as_ref(),
            &folded,
            &salt,
            out.as_flattened_mut(),
        )?;
        let [stored, exact] = &*out;
        Ok(WeakDigests { stored: *stored, exact: mac(&keyed(exact), &[text]) })
    }

    fn tag(&self, folded: &[u8]) -> u16 {
        let [high, low, ..] = mac(&self.weak_tag, &[folded]);
        u16::from_be_bytes([high, low])
    }
}

#[cfg(test)]
mod tests {
    use super::{Argon, Keyring};
    use crate::credential::KeyFile;

    #[test]
    fn folding_decides_the_tag_and_what_is_stored_and_bytes_decide_the_rest() {
        let keyring = Keyring::new(&KeyFile::from_bytes(&[3; 32]).unwrap());
        let argon = &mut Argon::new();
        let one = keyring.weak_digests(b"secret", argon).unwrap();
        let same = keyring.weak_digests(b"secret", argon).unwrap();
        let other_case = keyring.weak_digests(b"SECRET ", argon).unwrap();
        let other = keyring.weak_digests(b"secrets", argon).unwrap();
        assert_eq!(one, same);
        assert_eq!(keyring.weak_tag(b"secret"), keyring.weak_tag(b"SECRET "));
        assert_eq!(one.stored, other_case.stored);
        assert_ne!(one.exact, other_case.exact);
        assert_ne!(one.stored, other.stored);
        assert_ne!(one.stored, one.exact);
    }

    #[test]
    fn another_key_file_gives_other_digests() {
        let digests = |byte| {
            let keyring = Keyring::new(&KeyFile::from_bytes(&[byte; 32]).unwrap());
            keyring.weak_digests(b"secret", &mut Argon::new()).unwrap()
        };
        assert_ne!(digests(3).stored, digests(4).stored);
    }
}

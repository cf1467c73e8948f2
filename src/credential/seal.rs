//! Sealing what must be readable again, bound to what it is and whose.
//!
//! XChaCha20-Poly1305: a version byte, 24 random bytes of nonce, the ciphertext with its tag. The
//! associated data is the version and the pair, each with its length in front, so that a sealed value
//! moved to another row or another field does not open.

use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use rand::CryptoRng;

use super::keyring::length;
use super::{Error, Keyring, Secret};

const VERSION: u8 = 1;
const NONCE: usize = 24;

impl Keyring {
    /// Seals a secret: `what` names the kind (`site key`), `whose` the owner.
    #[must_use]
    #[expect(
        clippy::expect_used,
        clippy::missing_panics_doc,
        reason = "XChaCha20-Poly1305 refuses only texts of 256 GiB"
    )]
    pub fn seal(
        &self,
        what: &str,
        whose: &str,
        secret: &Secret,
        rng: &mut (impl CryptoRng + ?Sized),
    ) -> Vec<u8> {
        let mut nonce = [0; NONCE];
        rng.fill_bytes(&mut nonce);
        let aad = associated(what, whose);
        let payload = Payload { msg: secret.expose(), aad: &aad };
        let sealed =
            self.cipher().encrypt(&XNonce::from(nonce), payload).expect("a secret fits in memory");
        [&[VERSION], &nonce[..], &sealed].concat()
    }

    /// Opens what was sealed under the same pair with the same key file.
    pub fn open(&self, what: &str, whose: &str, sealed: &[u8]) -> Result<Secret, Error> {
        let (version, rest) = sealed.split_first().ok_or(Error::Sealed)?;
        let (nonce, ciphertext) = rest.split_first_chunk::<NONCE>().ok_or(Error::Sealed)?;
        if *version != VERSION {
            return Err(Error::Sealed);
        }
        let aad = associated(what, whose);
        let payload = Payload { msg: ciphertext, aad: &aad };
        let opened = self.cipher().decrypt(&XNonce::from(*nonce), payload);
        opened.map(Secret::new).map_err(|_| Error::Sealed)
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new((&*self.seal).into())
    }
}

fn associated(what: &str, whose: &str) -> Vec<u8> {
    [
        &[VERSION],
        &length(what.len())[..],
        what.as_bytes(),
        &length(whose.len())[..],
        whose.as_bytes(),
    ]
    .concat()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rand::rand_core::UnwrapErr;
    use rand::rngs::SysRng;

    use super::{Error, Keyring, Secret};
    use crate::credential::KeyFile;

    fn keyring(byte: u8) -> Keyring {
        Keyring::new(&KeyFile::from_bytes(&[byte; 32]).unwrap())
    }

    fn seal(what: &str, whose: &str, text: &[u8]) -> Vec<u8> {
        keyring(1).seal(what, whose, &Secret::new(text), &mut UnwrapErr(SysRng))
    }

    #[test]
    fn refuses_another_key_file() {
        let sealed = seal("site key", "", b"text");
        assert_eq!(keyring(2).open("site key", "", &sealed), Err(Error::Sealed));
    }

    #[test]
    fn seals_the_same_text_differently_each_time() {
        assert_ne!(seal("site key", "", b"text"), seal("site key", "", b"text"));
    }

    #[test]
    fn the_boundary_between_what_and_whose_counts() {
        let sealed = seal("key", "7a", b"text");
        assert_eq!(keyring(1).open("key7", "a", &sealed), Err(Error::Sealed));
    }

    proptest! {
        #[test]
        fn opens_what_it_sealed(text: Vec<u8>, what: String, whose: String) {
            let sealed = seal(&what, &whose, &text);
            prop_assert_eq!(keyring(1).open(&what, &whose, &sealed), Ok(Secret::new(text)));
        }

        #[test]
        fn refuses_another_place(what: String, whose: String, other: String) {
            prop_assume!(other != what && other != whose);
            let sealed = seal(&what, &whose, b"text");
            prop_assert_eq!(keyring(1).open(&other, &whose, &sealed), Err(Error::Sealed));
            prop_assert_eq!(keyring(1).open(&what, &other, &sealed), Err(Error::Sealed));
        }

        #[test]
        fn notices_every_changed_or_missing_byte(text: Vec<u8>, at: prop::sample::Index) {
            let sealed = seal("w", "o", &text);
            let at = at.index(sealed.len());
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            prop_assert_eq!(keyring(1).open("w", "o", &changed), Err(Error::Sealed));
            prop_assert_eq!(keyring(1).open("w", "o", &sealed[..at]), Err(Error::Sealed));
        }
    }
}

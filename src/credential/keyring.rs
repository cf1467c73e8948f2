//! The subkeys of a key file and what they sign: digests of strong API keys, the audit chain.
//!
//! Subkeys are HKDF-SHA-256 (RFC 5869) of the key file's bytes, salt `authctl key file`, info
//! `authctl/1 ` and the purpose. Two purposes never share a key, so that no digest of one table can be
//! looked up in another.

use std::fmt;

use hkdf::Hkdf;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

use super::{KeyFile, fold};

/// A key of 32 bytes, wiped when dropped.
pub(super) type Subkey = Zeroizing<[u8; 32]>;

/// Derives subkeys from a key file.
pub(super) struct Deriver(Hkdf<Sha256>);

impl Deriver {
    pub(super) fn new(file: &KeyFile) -> Self {
        Self(Hkdf::new(Some(b"authctl key file"), file.expose()))
    }

    /// The subkey of a purpose.
    #[expect(clippy::expect_used, reason = "HKDF-SHA-256 refuses only more than 8,160 bytes")]
    pub(super) fn subkey(&self, purpose: &str) -> Subkey {
        let mut out = Zeroizing::new([0; 32]);
        self.0
            .expand_multi_info(&[b"authctl/1 ", purpose.as_bytes()], out.as_mut())
            .expect("32 bytes can be derived");
        out
    }
}

/// The subkeys of one key file, ready for use. Cloning copies the keyed states.
#[derive(Clone)]
pub struct Keyring {
    id: String,
    folded: Hmac<Sha256>,
    exact: Hmac<Sha256>,
    audit: Hmac<Sha256>,
    pub(super) weak_tag: Hmac<Sha256>,
    pub(super) weak_salt: Hmac<Sha256>,
    pub(super) pepper: Subkey,
    pub(super) seal: Subkey,
}

/// The two digests of a strong API key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct KeyDigests {
    /// Of the text as a case-insensitive collation sees it: what keys are looked up by.
    pub folded: [u8; 32],
    /// Of the text byte for byte.
    pub exact: [u8; 32],
}

impl Keyring {
    /// Derives the subkeys.
    #[must_use]
    pub fn new(file: &KeyFile) -> Self {
        let deriver = Deriver::new(file);
        let mac = |purpose| keyed(&deriver.subkey(purpose));
        Self {
            id: file.id(),
            folded: mac("digest folded"),
            exact: mac("digest exact"),
            audit: mac("audit"),
            weak_tag: mac("weak tag"),
            weak_salt: mac("weak salt"),
            pepper: deriver.subkey("pepper"),
            seal: deriver.subkey("seal"),
        }
    }

    /// The id of the key file that it comes from.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The digests under which a strong API key is stored.
    #[must_use]
    pub fn digest(&self, text: &[u8]) -> KeyDigests {
        KeyDigests { folded: mac(&self.folded, &[&fold(text)]), exact: mac(&self.exact, &[text]) }
    }

    /// The next link of the audit chain: an HMAC-SHA-256 over the one before and the row's fields, each
    /// with its length in front, so that no two rows read the same.
    #[must_use]
    pub fn audit_mac(&self, previous: &[u8; 32], fields: &[&[u8]]) -> [u8; 32] {
        let mut state = self.audit.clone();
        state.update(previous);
        state.update(&length(fields.len()));
        for field in fields {
            state.update(&length(field.len()));
            state.update(field);
        }
        state.finalize().into_bytes().into()
    }
}

impl fmt::Debug for Keyring {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Keyring({})", self.id)
    }
}

/// An HMAC-SHA-256 state with its key already taken in.
pub(super) fn keyed(key: &[u8; 32]) -> Hmac<Sha256> {
    // The block of HMAC-SHA-256 is 64 bytes and shorter keys are filled up with zeros.
    let mut block = Zeroizing::new([0; 64]);
    for (slot, byte) in block.iter_mut().zip(key) {
        *slot = *byte;
    }
    Hmac::new((&*block).into())
}

/// The HMAC of the parts one after another, the keyed state left as it was.
pub(super) fn mac(keyed: &Hmac<Sha256>, parts: &[&[u8]]) -> [u8; 32] {
    let mut state = keyed.clone();
    for part in parts {
        state.update(part);
    }
    state.finalize().into_bytes().into()
}

/// A length as it stands before what it measures.
pub(super) fn length(of: usize) -> [u8; 8] {
    (of as u64).to_be_bytes()
}

#[cfg(test)]
mod tests {
    use sha2::{Digest, Sha256};

    use super::{KeyFile, Keyring, keyed, mac};

    /// HMAC from its definition in RFC 2104, on nothing but SHA-256.
    fn hmac(key: &[u8], text: &[u8]) -> [u8; 32] {
        let pad = |with: u8| {
            let mut block = [with; 64];
            block.iter_mut().zip(key).for_each(|(slot, byte)| *slot ^= byte);
            block
        };
        let inner = Sha256::new().chain_update(pad(0x36)).chain_update(text).finalize();
        Sha256::new().chain_update(pad(0x5c)).chain_update(inner).finalize().into()
    }

    /// The subkey of a purpose from RFC 5869's definition: extract, then the first block of expand.
    fn subkey(file: &KeyFile, purpose: &str) -> [u8; 32] {
        let extracted = hmac(b"authctl key file", file.expose());
        hmac(&extracted, &[b"authctl/1 ", purpose.as_bytes(), &[1]].concat())
    }

    fn file() -> KeyFile {
        KeyFile::from_bytes(b"the thirty-two bytes of a tester").unwrap()
    }

    #[test]
    fn the_definition_used_here_gives_the_vector_of_rfc_4231() {
        let expected = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
        let hex: String =
            hmac(b"Jefe", b"what do ya want for nothing?").map(|b| format!("{b:02x}")).concat();
        assert_eq!(hex, expected);
    }

    #[test]
    fn a_keyed_state_is_hmac_sha_256() {
        let key = [9; 32];
        assert_eq!(mac(&keyed(&key), &[b"a", b"bc"]), hmac(&key, b"abc"));
    }

    #[test]
    fn digests_are_hmacs_under_their_own_subkeys() {
        let digests = Keyring::new(&file()).digest("Ab Ç1 ".as_bytes());
        assert_eq!(digests.folded, hmac(&subkey(&file(), "digest folded"), b"ab c1"));
        assert_eq!(digests.exact, hmac(&subkey(&file(), "digest exact"), "Ab Ç1 ".as_bytes()));
    }

    #[test]
    fn the_id_is_derived_like_a_subkey() {
        let expected = subkey(&file(), "id").map(|b| format!("{b:02x}")).concat();
        assert_eq!(expected.get(..16), Some(Keyring::new(&file()).id()));
    }

    #[test]
    fn the_digests_of_a_folded_text_differ_from_each_other() {
        let digests = Keyring::new(&file()).digest(b"abc");
        assert_ne!(digests.folded, digests.exact);
    }

    #[test]
    fn the_audit_chain_depends_on_where_fields_end() {
        let keyring = Keyring::new(&file());
        let zero = [0; 32];
        let row: [&[u8]; 2] = [b"ab", b"c"];
        assert_eq!(
            keyring.audit_mac(&zero, &row),
            hmac(
                &subkey(&file(), "audit"),
                &[
                    &zero[..],
                    &[0, 0, 0, 0, 0, 0, 0, 2],
                    &[0, 0, 0, 0, 0, 0, 0, 2],
                    b"ab",
                    &[0, 0, 0, 0, 0, 0, 0, 1],
                    b"c"
                ]
                .concat()
            )
        );
        assert_ne!(keyring.audit_mac(&zero, &row), keyring.audit_mac(&zero, &[b"a", b"bc"]));
        assert_ne!(keyring.audit_mac(&zero, &row), keyring.audit_mac(&zero, &[b"abc"]));
        assert_ne!(keyring.audit_mac(&zero, &row), keyring.audit_mac(&[1; 32], &row));
    }

    #[test]
    fn debug_shows_the_id_alone() {
        assert_eq!(format!("{:?}", Keyring::new(&file())), format!("Keyring({})", file().id()));
    }
}

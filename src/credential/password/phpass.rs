//! The portable hashes of phpass: `$P$` and `$H$` (MD5; WordPress before 6.8, phpBB), and Drupal 7's
//! `$S$` (SHA-512), also in Drupal 8 to 10.0 and its `phpass` module.
//!
//! `$S$`, one character for the logarithm of the rounds, eight of salt, the digest in phpass's own
//! base64; `$S$` is cut at 55 characters. Before `$`, `U` says that the password was stored as its MD5
//! before (`user_update_7000`). As in Drupal's `PhpassHashedPassword` and phpass 0.5, hashes of under
//! 2^7 rounds match nothing, nor do passwords of over 512 bytes with `$S$` and 4096 with the others.
//! Capped at 2^20 rounds, below a second; Drupal has used 2^15 and 2^16, WordPress 2^13.

use md5::{Digest, Md5};
use sha2::Sha512;
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use super::super::Error;

const KIND: &str = "phpass";
const ITOA64: &[u8; 64] = b"./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const MIN_LOG2: usize = 7;
const MAX_LOG2: usize = 20;

/// A phpass hash, taken apart and within the cap.
pub(super) struct Hash<'a> {
    /// Whether the password is replaced by its MD5 in hexadecimal digits first.
    updated: bool,
    sha512: bool,
    log2: usize,
    salt: &'a [u8],
    digest: &'a [u8],
}

impl<'a> Hash<'a> {
    pub(super) fn parse(text: &'a [u8]) -> Result<Self, Error> {
        let malformed = |problem| Error::PasswordHash { kind: KIND, problem };
        let (updated, hash) = match text.strip_prefix(b"U") {
            Some(hash) => (true, hash),
            None => (false, text),
        };
        let [b'$', kind, b'$', log2, rest @ ..] = hash else {
            return Err(malformed("it does not begin with its kind and rounds"));
        };
        let sha512 = *kind == b'S';
        let (salt, digest) = rest.split_at_checked(8).ok_or(malformed("its salt is cut off"))?;
        if digest.len() != if sha512 { 43 } else { 22 } {
            return Err(malformed("its digest does not have 43 characters for $S$, 22 for $P$"));
        }
        let log2 = ITOA64.iter().position(|character| character == log2).unwrap_or_default();
        if !(MIN_LOG2..=30).contains(&log2) {
            return Err(malformed("the logarithm of its rounds is not in 7 to 30"));
        }
        if log2 > MAX_LOG2 {
            let (found, limit) = (log2 as u64, MAX_LOG2 as u64);
            return Err(Error::PasswordCost {
                kind: KIND,
                what: "logarithm of rounds",
                found,
                limit,
            });
        }
        Ok(Self { updated, sha512, log2, salt, digest })
    }

    pub(super) fn matches(&self, password: &[u8]) -> bool {
        let replaced = self.updated.then(|| {
            let digest = u128::from_be_bytes(Md5::digest(password).into());
            Zeroizing::new(format!("{digest:032x}"))
        });
        let password = replaced.as_ref().map_or(password, |text| text.as_bytes());
        if password.len() > if self.sha512 { 512 } else { 4096 } {
            return false;
        }
        let computed = if self.sha512 {
            encode(&self.stretch::<Sha512>(password))
        } else {
            encode(&self.stretch::<Md5>(password))
        };
        computed.get(..self.digest.len()).is_some_and(|computed| computed.ct_eq(self.digest).into())
    }

    fn stretch<D: Digest>(&self, password: &[u8]) -> Zeroizing<Vec<u8>> {
        let mut state = D::new().chain_update(self.salt).chain_update(password).finalize();
        for _ in 0..1_u32 << self.log2 {
            state = D::new().chain_update(&state).chain_update(password).finalize();
        }
        Zeroizing::new(state.to_vec())
    }
}

/// phpass's base64: three bytes, the first one lowest, make four characters, the lowest bits first.
fn encode(bytes: &[u8]) -> Vec<u8> {
    let mut text = Vec::new();
    for group in bytes.chunks(3) {
        let value = group.iter().rev().fold(0_usize, |value, byte| value << 8 | usize::from(*byte));
        let characters = (0..=group.len()).map(|n| ITOA64.get(value >> (6 * n) & 63));
        text.extend(characters.flatten());
    }
    text
}

//! The key file: 32 random bytes, from which every subkey is derived. Reading and writing the file is
//! left to `store`.

use std::fmt;

use rand::CryptoRng;
use zeroize::Zeroizing;

use super::Error;
use super::keyring::Deriver;

/// The bytes of a key file.
#[derive(Clone)]
pub struct KeyFile(Zeroizing<[u8; Self::LENGTH]>);

impl KeyFile {
    /// How many bytes a key file has.
    pub const LENGTH: usize = 32;

    /// Draws a new one.
    #[must_use]
    pub fn generate(rng: &mut (impl CryptoRng + ?Sized)) -> Self {
        let mut bytes = Zeroizing::new([0; Self::LENGTH]);
        rng.fill_bytes(bytes.as_mut());
        Self(bytes)
    }

    /// Takes what a file held.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        let bytes = bytes.try_into().map_err(|_| Error::KeyFileLength(bytes.len()))?;
        Ok(Self(Zeroizing::new(bytes)))
    }

    /// The bytes, for the file.
    #[must_use]
    pub fn expose(&self) -> &[u8; Self::LENGTH] {
        &self.0
    }

    /// Sixteen hexadecimal digits that tell key files apart and give nothing of the bytes away.
    #[must_use]
    pub fn id(&self) -> String {
        let derived = Deriver::new(self).subkey("id");
        format!("{:016x}", u64::from_be_bytes(*derived.first_chunk().unwrap_or(&[0; 8])))
    }
}

impl fmt::Debug for KeyFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "KeyFile({})", self.id())
    }
}

#[cfg(test)]
mod tests {
    use rand::rand_core::UnwrapErr;
    use rand::rngs::SysRng;

    use super::{Error, KeyFile};

    #[test]
    fn two_key_files_have_two_ids() {
        let (one, other) =
            (KeyFile::generate(&mut UnwrapErr(SysRng)), KeyFile::generate(&mut UnwrapErr(SysRng)));
        assert_ne!(one.id(), other.id());
        assert_eq!(one.id(), KeyFile::from_bytes(one.expose()).unwrap().id());
        assert!(one.id().len() == 16 && one.id().bytes().all(|b| b.is_ascii_hexdigit()));
    }

    #[test]
    fn refuses_any_other_length() {
        for length in [0, 31, 33, 64] {
            assert_eq!(
                KeyFile::from_bytes(&vec![7; length]).unwrap_err(),
                Error::KeyFileLength(length)
            );
        }
    }

    #[test]
    fn takes_a_generator_behind_a_reference_to_dyn() {
        let rng: &mut dyn rand::CryptoRng = &mut UnwrapErr(SysRng);
        assert_ne!(KeyFile::generate(rng).expose(), &[0; 32]);
    }
}

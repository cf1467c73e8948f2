//! Password hashes: our own, and those that Drupal, WordPress, Joomla and PHP itself have stored.
//!
//! Our own are argon2id with the key file's pepper as argon2's secret, so that a stolen store allows no
//! guessing. Foreign ones are verified as the site's software would and reported as in need of a
//! rehash; they carry no pepper, so `store` keeps them sealed. What a hash may cost is capped
//! ([`phc`], [`bcrypt`], [`phpass`] say how), or a planted one could hang or exhaust the machine.

mod bcrypt;
mod phc;
mod phpass;

use std::fmt;

use argon2::{Algorithm, Version};
use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use rand::CryptoRng;
use zeroize::Zeroizing;

use super::argon::PARAMS;
use super::{Argon, Error, Keyring, Secret};

/// A password hash as it is kept.
#[derive(Clone, PartialEq, Eq)]
pub enum StoredPassword {
    /// argon2id under this key file's pepper, as a PHC string.
    Own(String),
    /// A hash made by other software.
    Foreign(Secret),
}

/// What checking a password found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PasswordCheck {
    /// Whether it is the right one.
    pub matches: bool,
    /// Whether the hash is of another kind than new ones are, or cheaper.
    pub needs_rehash: bool,
}

impl StoredPassword {
    /// Takes a hash made by other software, when it is of a kind, form and cost that can be checked.
    pub fn foreign(hash: Secret) -> Result<Self, Error> {
        Foreign::parse(hash.expose())?;
        Ok(Self::Foreign(hash))
    }
}

impl fmt::Debug for StoredPassword {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Own(_) => "StoredPassword::Own(…)",
            Self::Foreign(_) => "StoredPassword::Foreign(…)",
        })
    }
}

impl Keyring {
    /// Hashes a password for the store.
    pub fn hash_password(
        &self,
        password: &Secret,
        argon: &mut Argon,
        rng: &mut (impl CryptoRng + ?Sized),
    ) -> Result<String, Error> {
        self.hash_salted_password(password, Self::salt(rng), argon)
    }

    /// Draws a salt for [`Keyring::hash_salted_password`].
    pub fn salt(rng: &mut (impl CryptoRng + ?Sized)) -> [u8; 16] {
        let mut salt = [0; 16];
        rng.fill_bytes(&mut salt);
        salt
    }

    /// Hashes a password for the store with a salt that was drawn for it before, as threads need it, which
    /// share no generator.
    pub fn hash_salted_password(
        &self,
        password: &Secret,
        salt: [u8; 16],
        argon: &mut Argon,
    ) -> Result<String, Error> {
        let hash = self.own_hash(password, &salt, argon)?;
        Ok(format!(
            "$argon2id$v=19$m={},t={},p={}${}${}",
            PARAMS.m_cost(),
            PARAMS.t_cost(),
            PARAMS.p_cost(),
            STANDARD_NO_PAD.encode(salt),
            STANDARD_NO_PAD.encode(hash),
        ))
    }

    /// Checks a password against what is stored.
    pub fn check_password(
        &self,
        stored: &StoredPassword,
        password: &Secret,
        argon: &mut Argon,
    ) -> Result<PasswordCheck, Error> {
        match stored {
            StoredPassword::Own(phc) => {
                let hash = phc::Hash::parse(phc.as_bytes())?;
                let matches = hash.matches(self.pepper.as_ref(), password.expose(), argon)?;
                Ok(PasswordCheck { matches, needs_rehash: hash.is_outdated() })
            }
            StoredPassword::Foreign(hash) => {
                let matches = Foreign::parse(hash.expose())?.matches(password.expose(), argon)?;
                Ok(PasswordCheck { matches, needs_rehash: true })
            }
        }
    }

    /// Does the work of a check and finds nothing, so that an unknown user takes as long as a wrong
    /// password.
    pub fn waste_password_check(&self, password: &Secret, argon: &mut Argon) -> Result<(), Error> {
        self.own_hash(password, &[0; 16], argon).map(drop)
    }

    fn own_hash(
        &self,
        password: &Secret,
        salt: &[u8; 16],
        argon: &mut Argon,
    ) -> Result<Zeroizing<[u8; 32]>, Error> {
        let mut hash = Zeroizing::new([0; 32]);
        let how = (Algorithm::Argon2id, Version::V0x13, PARAMS);
        argon.run(how, self.pepper.as_ref(), password.expose(), salt, hash.as_mut())?;
        Ok(hash)
    }
}

/// A hash of other software, taken apart.
enum Foreign<'a> {
    Argon2(phc::Hash),
    Bcrypt(bcrypt::Hash),
    WordPress(bcrypt::Hash),
    Phpass(phpass::Hash<'a>),
}

impl<'a> Foreign<'a> {
    fn parse(hash: &'a [u8]) -> Result<Self, Error> {
        // `U` marks a password that Drupal 7 found as plain MD5 and hashed once more.
        let phpass = hash.strip_prefix(b"U").unwrap_or(hash);
        if let Some(bcrypt) = hash.strip_prefix(b"$wp") {
            bcrypt::Hash::parse(bcrypt).map(Self::WordPress)
        } else if [b"$2a$", b"$2b$", b"$2y$"].into_iter().any(|kind| hash.starts_with(kind)) {
            bcrypt::Hash::parse(hash).map(Self::Bcrypt)
        } else if [b"$S$", b"$P$", b"$H$"].into_iter().any(|kind| phpass.starts_with(kind)) {
            phpass::Hash::parse(hash).map(Self::Phpass)
        } else if hash.starts_with(b"$argon2i$") || hash.starts_with(b"$argon2id$") {
            phc::Hash::parse(hash).map(Self::Argon2)
        } else {
            Err(Error::PasswordKind)
        }
    }

    fn matches(&self, password: &[u8], argon: &mut Argon) -> Result<bool, Error> {
        match self {
            Self::Argon2(hash) => hash.matches(&[], password, argon),
            Self::Bcrypt(hash) => Ok(hash.matches(password)),
            Self::WordPress(hash) => Ok(hash.matches(&bcrypt::wordpress(password))),
            Self::Phpass(hash) => Ok(hash.matches(password)),
        }
    }
}

#[cfg(test)]
mod tests;

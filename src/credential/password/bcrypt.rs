//! bcrypt as PHP's `password_verify` has it (`crypt_blowfish` 1.3): `$2a$`, `$2b$` and `$2y$`, and what
//! WordPress 6.8 makes of it.
//!
//! A password ends at its first NUL and counts for 72 bytes at most. `$2x$`, the hashes of a bug of 2011,
//! is not supported. Capped at cost 16, some seconds; PHP's defaults are 10 and 12.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha384;
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use super::super::Error;

const KIND: &str = "bcrypt";
const COSTS: std::ops::RangeInclusive<u32> = 4..=16;
const LENGTH: usize = 60;
/// How many bytes of a password count.
const LONGEST: usize = 72;
/// Where the salt begins, after `$2y$10$`.
const SALT: usize = 7;
/// How many characters the salt has.
const SALT_LENGTH: usize = 22;

/// A bcrypt hash, taken apart and within the cap.
pub(super) struct Hash {
    cost: u32,
    salt: [u8; 16],
    digest: [u8; 23],
}

impl Hash {
    pub(super) fn parse(text: &[u8]) -> Result<Self, Error> {
        let malformed = |problem| Error::PasswordHash { kind: KIND, problem };
        if text.len() != LENGTH || !text.is_ascii() {
            return Err(malformed("it does not have 60 characters"));
        }
        let [
            b'$',
            b'2',
            b'a' | b'b' | b'y',
            b'$',
            tens @ b'0'..=b'9',
            ones @ b'0'..=b'9',
            b'$',
            ..,
        ] = text
        else {
            return Err(malformed("it does not begin like $2y$10$"));
        };
        let cost = u32::from(tens - b'0') * 10 + u32::from(ones - b'0');
        if cost < *COSTS.start() {
            return Err(malformed("its cost is below 4"));
        }
        if !COSTS.contains(&cost) {
            let (found, limit) = (cost.into(), (*COSTS.end()).into());
            return Err(Error::PasswordCost { kind: KIND, what: "cost", found, limit });
        }
        let (mut salt, mut digest) = ([0; 16], [0; 23]);
        let rest = text.get(SALT..).unwrap_or_default();
        let decoded = rest.split_at_checked(SALT_LENGTH).is_some_and(|(front, back)| {
            bcrypt::BASE_64.decode_slice(front, &mut salt) == Ok(salt.len())
                && bcrypt::BASE_64.decode_slice(back, &mut digest) == Ok(digest.len())
        });
        if decoded {
            Ok(Self { cost, salt, digest })
        } else {
            Err(malformed("its salt or digest is not bcrypt's base64"))
        }
    }

    pub(super) fn matches(&self, password: &[u8]) -> bool {
        let password = password.split(|byte| *byte == 0).next().unwrap_or_default();
        let mut key = Zeroizing::new(password.get(..LONGEST).unwrap_or(password).to_vec());
        if key.len() < LONGEST {
            key.push(0);
        }
        let computed = bcrypt::bcrypt(self.cost, self.salt, &key);
        // The last of the 24 bytes is not part of the hash.
        computed.first_chunk::<23>().is_some_and(|computed| computed.ct_eq(&self.digest).into())
    }
}

/// What WordPress 6.8 gives to bcrypt instead of a password, so that all of a long one counts
/// (`wp_check_password` in `wp-includes/pluggable.php`).
pub(super) fn wordpress(password: &[u8]) -> Zeroizing<Vec<u8>> {
    let mut block = Zeroizing::new([0; 128]);
    for (slot, byte) in block.iter_mut().zip(b"wp-sha384") {
        *slot = *byte;
    }
    let mut mac = Hmac::<Sha384>::new((&*block).into());
    mac.update(password);
    Zeroizing::new(STANDARD.encode(mac.finalize().into_bytes()).into_bytes())
}

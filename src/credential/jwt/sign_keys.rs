//! The keys of `CIVICRM_SIGN_KEYS`, as CiviCRM's `Civi\Crypto\CryptoRegistry` and `CryptoJwt` take them.
//!
//! Keys stand between single spaces, each `suite:encoding:value`; what follows a third colon is dropped,
//! a missing value is an empty one.
//! An empty suite is `aes-cbc`, an empty encoding `hkdf-sha256`. A key that stands twice counts where it
//! stands last. The first key signs.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use hkdf::Hkdf;
use hmac::digest::block_api::EagerHash;
use hmac::{Hmac, KeyInit, Mac};
use sha1::{Digest, Sha1};
use sha2::{Sha256, Sha384, Sha512};
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use super::super::{Error, Secret, php_base64};
use super::{Rejection, Rules};

const KEYPAIR: &str = "jwt-eddsa-keypair";
const PUBLIC: &str = "jwt-eddsa-public";

/// What PHP's `hash_hkdf` dies of.
const EMPTY_VALUE: &str = "its value is empty";

/// The signing keys of a site, the first one first.
#[derive(Clone, Debug, Default)]
pub struct SignKeys(pub(super) Vec<SignKey>);

/// What may be shown of a signing key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignKeyInfo {
    /// What tokens name it by (`kid`).
    pub id: String,
    /// Its suite as configured.
    pub suite: String,
    /// The algorithm of tokens under it; none when it is no key for tokens.
    pub alg: Option<String>,
    /// Whether a token under it can be valid at all.
    pub usable: bool,
}

/// One key.
#[derive(Clone, Debug)]
pub(super) struct SignKey {
    pub(super) id: String,
    suite: String,
    key: Secret,
}

impl SignKeys {
    /// Reads the text of `CIVICRM_SIGN_KEYS` as a site does when a token comes in. Where that fails, CiviCRM
    /// fails to set its registry up at all: no token of any kind is valid, or each of them is its end.
    pub fn of_site(text: &[u8]) -> Result<Self, Rejection> {
        Self::parse(text).map_err(|error| match error {
            Error::SignKey { problem: EMPTY_VALUE, .. } => {
                Rejection::Fault("ValueError: a signing key to derive has an empty value")
            }
            _ => Rejection::Invalid("CIVICRM_SIGN_KEYS cannot be read, so no token is valid"),
        })
    }

    /// Reads the text of `CIVICRM_SIGN_KEYS`; an empty one has no key.
    pub fn parse(text: &[u8]) -> Result<Self, Error> {
        let mut keys = Vec::<SignKey>::new();
        if !text.is_empty() {
            for (index, expression) in text.split(|byte| *byte == b' ').enumerate() {
                let key = SignKey::parse(expression)
                    .map_err(|problem| Error::SignKey { position: index + 1, problem })?;
                keys.retain(|earlier| earlier.id != key.id);
                keys.push(key);
            }
        }
        Ok(Self(keys))
    }

    /// What may be shown of each key, under the rules of a release.
    #[must_use]
    pub fn list(&self, rules: Rules) -> Vec<SignKeyInfo> {
        self.0
            .iter()
            .map(|key| SignKeyInfo {
                id: key.id.clone(),
                suite: key.suite.clone(),
                alg: key.alg(rules),
                usable: key.is_usable(rules),
            })
            .collect()
    }
}

impl SignKey {
    fn parse(expression: &[u8]) -> Result<Self, &'static str> {
        let mut parts = expression.split(|byte| *byte == b':');
        let (Some(suite), Some(encoding)) = (parts.next(), parts.next()) else {
            return Err("expected `suite:encoding:value`, and one space between keys");
        };
        let value = parts.next().unwrap_or_default();
        let suite = std::str::from_utf8(suite).map_err(|_| "its suite is not UTF-8")?;
        let suite = if suite.is_empty() { "aes-cbc" } else { suite };
        let key = match encoding {
            b"b64" => php_base64(value),
            b"" | b"hkdf-sha256" if value.is_empty() => return Err(EMPTY_VALUE),
            b"" | b"hkdf-sha256" => derive(value),
            _ => return Err("its encoding is not `b64`, `hkdf-sha256` or empty"),
        };
        let key = Secret::new(key);
        Ok(Self { id: id(suite, key.expose()), suite: suite.to_owned(), key })
    }

    /// The algorithm that a token under it has to name. Before `EdDSA` was known, its suites were taken for
    /// algorithms by name, which no token can have.
    pub(super) fn alg(&self, rules: Rules) -> Option<String> {
        let suite = self.suite.as_str();
        if rules.eddsa && [KEYPAIR, PUBLIC].contains(&suite) {
            return Some("EdDSA".to_owned());
        }
        suite.strip_prefix("jwt-").map(str::to_ascii_uppercase).filter(|alg| !alg.is_empty())
    }

    /// What goes wrong in `CryptoJwt::decode` when it takes the keys up, outside its `try`.
    pub(super) fn fault(&self, rules: Rules) -> Option<&'static str> {
        let key = self.key.expose();
        match self.alg(rules).as_deref() {
            Some("EdDSA") if self.suite == KEYPAIR && key.len() != 96 => {
                Some("SodiumException: a keypair has 96 bytes")
            }
            Some("EdDSA") if !key.is_empty() => None,
            // Releases before EdDSA skipped these.
            None if !rules.eddsa => None,
            None => Some("TypeError: a key that is not for tokens is among the signing keys"),
            Some(_) if key.is_empty() || key == b"0" => {
                Some("InvalidArgumentException: Key material must not be empty")
            }
            Some(_) => None,
        }
    }

    fn is_usable(&self, rules: Rules) -> bool {
        let alg = self.alg(rules);
        self.fault(rules).is_none()
            && match alg.as_deref() {
                Some("EdDSA") => self.public_key().is_some(),
                Some(alg) => hash_length(alg).is_some() && !self.is_short(alg, rules),
                None => false,
            }
    }

    /// Whether php-jwt 7 finds the key shorter than the hash.
    pub(super) fn is_short(&self, alg: &str, rules: Rules) -> bool {
        rules.min_hmac_key && hash_length(alg).is_some_and(|least| self.key.expose().len() < least)
    }

    /// Whether a signature is right.
    pub(super) fn verifies(&self, alg: &str, signed: &[u8], signature: &[u8]) -> bool {
        if alg != "EdDSA" {
            return self.mac(alg, signed).is_some_and(|mac| mac.ct_eq(signature).into());
        }
        // Like libsodium, the strict way refuses keys and points of small order.
        match (self.public_key(), Signature::from_slice(signature)) {
            (Some(public), Ok(signature)) => public.verify_strict(signed, &signature).is_ok(),
            _ => false,
        }
    }

    /// The signature of a text.
    pub(super) fn sign(&self, alg: &str, text: &[u8]) -> Result<Vec<u8>, Error> {
        if alg != "EdDSA" {
            return self.mac(alg, text).ok_or(Error::CannotSign("its suite is not known"));
        }
        let (Some(seed), KEYPAIR) = (self.key.expose().first_chunk(), self.suite.as_str()) else {
            return Err(Error::CannotSign("it is a public key"));
        };
        let signing = SigningKey::from_bytes(seed);
        if self.public_key() != Some(signing.verifying_key()) {
            return Err(Error::CannotSign("its two halves do not belong together"));
        }
        Ok(signing.sign(text).to_bytes().to_vec())
    }

    fn mac(&self, alg: &str, text: &[u8]) -> Option<Vec<u8>> {
        match alg {
            "HS256" => hmac::<Sha256>(self.key.expose(), text),
            "HS384" => hmac::<Sha384>(self.key.expose(), text),
            "HS512" => hmac::<Sha512>(self.key.expose(), text),
            _ => None,
        }
    }

    fn public_key(&self) -> Option<VerifyingKey> {
        VerifyingKey::from_bytes(public_half(&self.suite, self.key.expose())?.try_into().ok()?).ok()
    }
}

/// How many bytes the hash of an HMAC algorithm has.
fn hash_length(alg: &str) -> Option<usize> {
    match alg {
        "HS256" => Some(32),
        "HS384" => Some(48),
        "HS512" => Some(64),
        _ => None,
    }
}

fn hmac<D: EagerHash>(key: &[u8], text: &[u8]) -> Option<Vec<u8>>
where
    Hmac<D>: KeyInit + Mac,
{
    let mut state = <Hmac<D> as KeyInit>::new_from_slice(key).ok()?;
    state.update(text);
    Some(state.finalize().into_bytes().to_vec())
}

/// `hash_hkdf('sha256', $value)`: 32 bytes, neither salt nor info.
fn derive(value: &[u8]) -> Vec<u8> {
    let mut key = Zeroizing::new([0; 32]);
    // HKDF-SHA-256 refuses only more than 8,160 bytes.
    let _ = Hkdf::<Sha256>::new(None, value).expand(&[], key.as_mut());
    key.to_vec()
}

/// The public key in the material of an `EdDSA` suite: libsodium's pair is the secret key of 64 bytes with
/// the public one after it.
fn public_half<'a>(suite: &str, key: &'a [u8]) -> Option<&'a [u8]> {
    match suite {
        KEYPAIR if key.len() == 96 => key.get(64..),
        PUBLIC => Some(key),
        _ => None,
    }
}

/// What tokens name a key by: pair and public key are named alike.
fn id(suite: &str, key: &[u8]) -> String {
    let (suite, key) =
        public_half(suite, key).map_or((suite, key), |public| ("jwt-eddsa-*", public));
    let digest = Sha1::new().chain_update(suite).chain_update([0]).chain_update(key).finalize();
    URL_SAFE_NO_PAD.encode(digest)
}

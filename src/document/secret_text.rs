//! How a document holds a secret: its text, or what the store keeps in its place.
//!
//! The latter is what `dump` writes without `--reveal`; it means something only to a store with the
//! key file that it names.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Error, MapAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::credential::Secret;

/// A secret of a document.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum SecretText {
    /// The text itself.
    Plain(Secret),
    /// Digests of an API key.
    Digest {
        /// The digests, as `Digest` of `key_digest` reads them.
        digest: String,
        /// The id of the key file that they were made with.
        key_file: String,
        /// What may be shown of the key.
        hint: Option<String>,
    },
    /// The text, sealed.
    Sealed {
        /// Nonce and ciphertext, as the store has them.
        sealed: Vec<u8>,
        /// The id of the key file that it was sealed with.
        key_file: String,
    },
}

/// The fields of the two forms that are not a text.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    digest: Option<String>,
    sealed: Option<String>,
    key_file: Option<String>,
    hint: Option<String>,
}

impl SecretText {
    const EXPECTED: &'static str =
        "text in quotes, `{digest: …, key_file: …}` or `{sealed: …, key_file: …}`";
}

impl<'de> Deserialize<'de> for SecretText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(SecretTextVisitor)
    }
}

struct SecretTextVisitor;

impl<'de> Visitor<'de> for SecretTextVisitor {
    type Value = SecretText;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(SecretText::EXPECTED)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<SecretText, E> {
        Ok(SecretText::Plain(Secret::from(text)))
    }

    fn visit_string<E: Error>(self, text: String) -> Result<SecretText, E> {
        Ok(SecretText::Plain(Secret::from(text)))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<SecretText, A::Error> {
        let form = Form::deserialize(MapAccessDeserializer::new(map))?;
        match form {
            Form { digest: Some(digest), sealed: None, key_file: Some(key_file), hint } => {
                Ok(SecretText::Digest { digest, key_file, hint })
            }
            Form { digest: None, sealed: Some(sealed), key_file: Some(key_file), hint: None } => {
                Ok(SecretText::Sealed { sealed: from_base64(&sealed)?, key_file })
            }
            _ => Err(Error::custom(format!("expected {}", SecretText::EXPECTED))),
        }
    }
}

impl Serialize for SecretText {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Plain(secret) => expose(secret, serializer),
            Self::Digest { digest, key_file, hint } => {
                let mut map = serializer.serialize_map(None)?;
                map.serialize_entry("digest", digest)?;
                map.serialize_entry("key_file", key_file)?;
                if let Some(hint) = hint {
                    map.serialize_entry("hint", hint)?;
                }
                map.end()
            }
            Self::Sealed { sealed, key_file } => {
                let mut map = serializer.serialize_map(Some(2))?;
                map.serialize_entry("sealed", &STANDARD.encode(sealed))?;
                map.serialize_entry("key_file", key_file)?;
                map.end()
            }
        }
    }
}

/// The password of an account.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Password {
    /// The text itself.
    Plain(Secret),
    /// A hash; one of authctl's own names the key file that it was made with.
    Hash {
        /// The hash, in its own notation.
        hash: Secret,
        /// The id of the key file.
        key_file: Option<String>,
    },
    /// A hash of another system, sealed.
    Sealed {
        /// Nonce and ciphertext, as the store has them.
        sealed: Vec<u8>,
        /// The id of the key file that it was sealed with.
        key_file: String,
    },
}

/// The fields of every form of a password.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PasswordForm {
    #[serde(default, deserialize_with = "secret")]
    plain: Option<Secret>,
    #[serde(default, deserialize_with = "secret")]
    hash: Option<Secret>,
    sealed: Option<String>,
    key_file: Option<String>,
}

impl<'de> Deserialize<'de> for Password {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match PasswordForm::deserialize(deserializer)? {
            PasswordForm { plain: Some(plain), hash: None, sealed: None, key_file: None } => {
                Ok(Self::Plain(plain))
            }
            PasswordForm { plain: None, hash: Some(hash), sealed: None, key_file } => {
                Ok(Self::Hash { hash, key_file })
            }
            PasswordForm { plain: None, hash: None, sealed: Some(sealed), key_file: Some(id) } => {
                Ok(Self::Sealed { sealed: from_base64(&sealed)?, key_file: id })
            }
            _ => Err(Error::custom(
                "expected `{plain: …}`, `{hash: …}` or `{sealed: …, key_file: …}`",
            )),
        }
    }
}

impl Serialize for Password {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        let key_file = match self {
            Self::Plain(plain) => {
                map.serialize_entry("plain", &Exposed(plain))?;
                None
            }
            Self::Hash { hash, key_file } => {
                map.serialize_entry("hash", &Exposed(hash))?;
                key_file.as_ref()
            }
            Self::Sealed { sealed, key_file } => {
                map.serialize_entry("sealed", &STANDARD.encode(sealed))?;
                Some(key_file)
            }
        };
        if let Some(key_file) = key_file {
            map.serialize_entry("key_file", key_file)?;
        }
        map.end()
    }
}

/// Reads a text that goes into a [`Secret`] at once.
fn secret<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Secret>, D::Error> {
    Option::<String>::deserialize(deserializer).map(|text| text.map(Secret::from))
}

/// A secret on its way into a document.
struct Exposed<'a>(&'a Secret);

impl Serialize for Exposed<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        expose(self.0, serializer)
    }
}

fn expose<S: Serializer>(secret: &Secret, serializer: S) -> Result<S::Ok, S::Error> {
    let text = secret
        .expose_text()
        .ok_or_else(|| serde::ser::Error::custom("a secret that is not UTF-8 has no place here"))?;
    serializer.serialize_str(text)
}

fn from_base64<E: Error>(text: &str) -> Result<Vec<u8>, E> {
    STANDARD.decode(text).map_err(|_| Error::custom("expected base64 under `sealed`"))
}

//! Credentials by themselves: secrets in memory, authctl's key format, digests, password hashes, JSON
//! Web Tokens, sealing. Pure functions: randomness and time are parameters.
//!
//! Everything that is keyed hangs on one [`KeyFile`]; a [`Keyring`] holds the subkeys derived from it.
//! Where things are kept, and who may ask for them, is left to `store` and `command`.

mod api_key;
mod argon;
mod error;
mod fold;
pub mod jwt;
mod key_file;
mod keyring;
mod password;
mod php_base64;
mod php_json;
mod seal;
mod secret;
mod strength;
mod weak;

pub use api_key::{ApiKey, KeyKind, Shape};
pub use argon::Argon;
pub use error::Error;
pub use fold::fold;
pub use key_file::KeyFile;
pub use keyring::{KeyDigests, Keyring};
pub use password::{PasswordCheck, StoredPassword};
pub use php_base64::php_base64;
pub use php_json::{PhpJson, PhpJsonError, php_json};
pub use secret::Secret;
pub use strength::{is_key_like, is_strong};
pub use weak::WeakDigests;

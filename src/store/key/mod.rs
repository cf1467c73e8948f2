//! API keys: a strong one under two keyed digests, a weak one under a tag and what argon2id makes of it;
//! never the text, unless it is to be shown again, and then sealed.

mod add;
mod find;
mod list;
mod update;

use rusqlite::Row;
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};

pub(crate) use self::add::NewKey;
pub(crate) use self::find::KeyMatch;
pub(crate) use self::list::KeyFilter;
use super::{Error, KeyId};
use crate::credential::{Argon, KeyDigests, Keyring, Secret, WeakDigests, is_strong};
use crate::verify::Owner;

/// A stored API key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ApiKeyRow {
    /// Its number.
    pub(crate) id: KeyId,
    /// Whose it is.
    pub(crate) owner: Owner,
    /// What is stored in place of its text.
    pub(crate) digest: KeyDigest,
    /// What may be shown of it.
    pub(crate) hint: Option<String>,
    /// What the administrator calls it.
    pub(crate) label: Option<String>,
    /// Whether its text can be shown again.
    pub(crate) recoverable: bool,
    /// Unix seconds.
    pub(crate) created_at: i64,
    /// Unix seconds from which it is expired.
    pub(crate) expires_at: Option<i64>,
    /// Unix seconds at which it was revoked.
    pub(crate) revoked_at: Option<i64>,
    /// The key that was made in its place.
    pub(crate) replaced_by: Option<KeyId>,
}

/// What is stored in place of a key's text. Equal texts have equal ones, under one key file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum KeyDigest {
    /// Of a key that nobody can guess.
    Strong(KeyDigests),
    /// Of a key that somebody with the key file could guess.
    Weak {
        /// What it is looked up by.
        tag: u16,
        /// What it is compared with.
        digests: WeakDigests,
    },
    /// Nothing: the key of Drupal's module is set to the empty text.
    Empty,
}

/// Whether the site still has a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum KeyState {
    /// It has.
    Live,
    /// Its time is over.
    Expired,
    /// It was taken back.
    Revoked,
}

impl KeyDigest {
    /// Digests the text of a key of this owner; for a weak one with a run of argon2id.
    pub(crate) fn of(
        keyring: &Keyring,
        owner: Owner,
        text: &Secret,
        argon: &mut Argon,
    ) -> Result<Self, Error> {
        if owner == Owner::ApiToken && text.is_empty() {
            Ok(Self::Empty)
        } else if is_strong(text.expose()) {
            Ok(Self::Strong(keyring.digest(text.expose())))
        } else {
            let tag = keyring.weak_tag(text.expose());
            Ok(Self::Weak { tag, digests: keyring.weak_digests(text.expose(), argon)? })
        }
    }

    /// Whether somebody with the key file could guess the text.
    pub(crate) fn is_weak(&self) -> bool {
        !matches!(self, Self::Strong(_))
    }

    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        let exact: Option<[u8; 32]> = row.get("exact")?;
        let tag: Option<u16> = row.get("weak_tag")?;
        Ok(match (exact, tag) {
            (None, _) => Self::Empty,
            (Some(exact), Some(tag)) => {
                Self::Weak { tag, digests: WeakDigests { stored: row.get("weak_hash")?, exact } }
            }
            (Some(exact), None) => Self::Strong(KeyDigests { folded: row.get("digest")?, exact }),
        })
    }
}

impl ApiKeyRow {
    /// Whether the site has the key at `now`.
    pub(crate) fn state(&self, now: i64) -> KeyState {
        if self.revoked_at.is_some_and(|at| at <= now) {
            KeyState::Revoked
        } else if self.expires_at.is_some_and(|at| at <= now) {
            KeyState::Expired
        } else {
            KeyState::Live
        }
    }

    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get("id")?,
            owner: owner_from_row(row)?,
            digest: KeyDigest::from_row(row)?,
            hint: row.get("hint")?,
            label: row.get("label")?,
            recoverable: row.get("recoverable")?,
            created_at: row.get("created_at")?,
            expires_at: row.get("expires_at")?,
            revoked_at: row.get("revoked_at")?,
            replaced_by: row.get("replaced_by")?,
        })
    }
}

/// A query of whole rows of keys.
macro_rules! select_key {
    ($($rest:tt)+) => {
        concat!(
            "SELECT id, owner, user_id, contact_id, digest, exact, weak_tag, weak_hash, hint, label,
               sealed IS NOT NULL AS recoverable, created_at, expires_at, revoked_at, replaced_by
             FROM api_key ",
            $($rest)+
        )
    };
}
use select_key;

/// The column `owner`, and the columns `user_id` and `contact_id` that go with it.
fn owner_columns(owner: Owner) -> (&'static str, Option<i64>, Option<i64>) {
    match owner {
        Owner::User(id) => ("user", Some(id), None),
        Owner::Contact(id) => ("contact", None, Some(id)),
        Owner::Universal => ("universal", None, None),
        Owner::ApiToken => ("api_token", None, None),
    }
}

fn owner_from_row(row: &Row<'_>) -> rusqlite::Result<Owner> {
    Ok(match row.get("owner")? {
        OwnerKind::User => Owner::User(row.get("user_id")?),
        OwnerKind::Contact => Owner::Contact(row.get("contact_id")?),
        OwnerKind::Universal => Owner::Universal,
        OwnerKind::ApiToken => Owner::ApiToken,
    })
}

enum OwnerKind {
    User,
    Contact,
    Universal,
    ApiToken,
}

impl FromSql for OwnerKind {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        match value.as_str()? {
            "user" => Ok(Self::User),
            "contact" => Ok(Self::Contact),
            "universal" => Ok(Self::Universal),
            "api_token" => Ok(Self::ApiToken),
            _ => Err(FromSqlError::InvalidType),
        }
    }
}

impl KeyState {
    /// The name in lists.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Live => "live",
            Self::Expired => "expired",
            Self::Revoked => "revoked",
        }
    }
}

impl ToSql for KeyState {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(self.name().into())
    }
}

/// Whose a sealed key is, in the words of [`Keyring::seal`].
fn whose(owner: Owner) -> String {
    match owner {
        Owner::User(id) => format!("user:{id}"),
        Owner::Contact(id) => format!("contact:{id}"),
        Owner::Universal => "universal".into(),
        Owner::ApiToken => "api_token".into(),
    }
}

/// What a sealed key is, in the words of [`Keyring::seal`].
const WHAT: &str = "api_key";

#[cfg(test)]
mod tests;

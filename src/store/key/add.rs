//! Adding keys, one or a million.

use rand::CryptoRng;
use rusqlite::{Statement, params};

use super::{KeyDigest, WHAT, owner_columns, whose};
#[cfg(test)]
use crate::credential::Argon;
use crate::credential::{ApiKey, KeyKind, Keyring, Secret};
use crate::store::{Change, Error, KeyId};
use crate::verify::Owner;

/// A key to be added.
#[derive(Clone, Debug)]
pub(crate) struct NewKey<'a> {
    /// Whose it is; the account or contact must be in the store.
    pub(crate) owner: Owner,
    /// What is stored in place of its text.
    pub(crate) digest: KeyDigest,
    /// What may be shown of it.
    pub(crate) hint: Option<String>,
    /// What the administrator calls it.
    pub(crate) label: Option<&'a str>,
    /// Unix seconds from which it is expired.
    pub(crate) expires_at: Option<i64>,
    /// Unix seconds at which it was revoked.
    pub(crate) revoked_at: Option<i64>,
    /// Its text, when it is to be shown again.
    pub(crate) recoverable: Option<&'a Secret>,
}

impl NewKey<'_> {
    /// Draws a key of authctl's own format, which is always strong, and answers its text beside it.
    pub(crate) fn generate(
        keyring: &Keyring,
        owner: Owner,
        rng: &mut (impl CryptoRng + ?Sized),
    ) -> (Secret, Self) {
        let kind = match owner {
            Owner::User(_) => KeyKind::User,
            Owner::Contact(_) => KeyKind::Contact,
            Owner::Universal | Owner::ApiToken => KeyKind::Universal,
        };
        let text = ApiKey::generate(kind, rng);
        let digest = KeyDigest::Strong(keyring.digest(text.expose()));
        let hint = ApiKey::hint(text.expose());
        (text, Self::digested(owner, digest, hint))
    }

    /// A key of that text, with nothing else.
    #[cfg(test)]
    pub(crate) fn of(
        keyring: &Keyring,
        owner: Owner,
        text: &Secret,
        argon: &mut Argon,
    ) -> Result<Self, Error> {
        let digest = KeyDigest::of(keyring, owner, text, argon)?;
        Ok(Self::digested(owner, digest, ApiKey::hint(text.expose())))
    }

    /// A key of which only the digest is known.
    pub(crate) fn digested(owner: Owner, digest: KeyDigest, hint: Option<String>) -> Self {
        Self {
            owner,
            digest,
            hint,
            label: None,
            expires_at: None,
            revoked_at: None,
            recoverable: None,
        }
    }
}

/// From how many keys on they are sorted and the page cache is made larger, and how large (minus KiB).
const MANY: usize = 10_000;
const CACHE: i64 = -65_536;

/// The digest that the key stands under in the index.
fn indexed<'k>(key: &'k NewKey<'_>) -> Option<&'k [u8; 32]> {
    match &key.digest {
        KeyDigest::Strong(digests) => Some(&digests.folded),
        KeyDigest::Weak { .. } | KeyDigest::Empty => None,
    }
}

impl Change<'_> {
    /// Adds a key.
    pub(crate) fn add_key(
        &mut self,
        key: &NewKey<'_>,
        rng: &mut (impl CryptoRng + ?Sized),
    ) -> Result<KeyId, Error> {
        let mut statement = self.conn.prepare_cached(INSERT)?;
        self.insert_key(&mut statement, key, rng)
    }

    /// Adds many keys; answers their numbers, in the order of the keys.
    ///
    /// Very many are inserted in the order of their digests: in any other, each would touch another page
    /// of the index. `each` hears of every one that was added.
    pub(crate) fn add_keys(
        &mut self,
        keys: &[NewKey<'_>],
        rng: &mut (impl CryptoRng + ?Sized),
        each: impl Fn(),
    ) -> Result<Vec<KeyId>, Error> {
        if keys.len() >= MANY {
            self.conn.pragma_update(None, "cache_size", CACHE)?;
        }
        let mut order: Vec<_> = keys.iter().zip(0_usize..).collect();
        if keys.len() >= MANY {
            order.sort_unstable_by(|(one, _), (other, _)| indexed(one).cmp(&indexed(other)));
        }
        let mut statement = self.conn.prepare_cached(INSERT)?;
        let mut ids = Vec::with_capacity(keys.len());
        for (key, place) in order {
            ids.push((place, self.insert_key(&mut statement, key, rng)?));
            each();
        }
        ids.sort_unstable();
        Ok(ids.into_iter().map(|(_, id)| id).collect())
    }

    fn insert_key(
        &self,
        statement: &mut Statement<'_>,
        key: &NewKey<'_>,
        rng: &mut (impl CryptoRng + ?Sized),
    ) -> Result<KeyId, Error> {
        let (owner, user_id, contact_id) = owner_columns(key.owner);
        let (digest, weak_tag, weak_hash, exact) = match &key.digest {
            KeyDigest::Strong(digests) => (Some(&digests.folded), None, None, Some(&digests.exact)),
            KeyDigest::Weak { tag, digests } => {
                (None, Some(*tag), Some(&digests.stored), Some(&digests.exact))
            }
            KeyDigest::Empty => (None, None, None, None),
        };
        let seal = |text| self.keyring.seal(WHAT, &whose(key.owner), text, rng);
        // By position: names would be looked up again for every one of a million rows.
        statement.execute(params![
            owner,
            user_id,
            contact_id,
            digest,
            exact,
            weak_tag,
            weak_hash,
            key.hint,
            key.label,
            key.recoverable.map(seal),
            self.actor.now,
            key.expires_at,
            key.revoked_at,
        ])?;
        Ok(KeyId(self.conn.last_insert_rowid()))
    }
}

const INSERT: &str = "INSERT INTO api_key (owner, user_id, contact_id, digest, exact, weak_tag,
       weak_hash, hint, label, sealed, created_at, expires_at, revoked_at)
     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)";

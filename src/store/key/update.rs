//! Changing and removing keys.

use rand::CryptoRng;
use rusqlite::named_params;

use super::{ApiKeyRow, NewKey, owner_columns};
use crate::store::{Change, Error, KeyId};
use crate::verify::Owner;

impl Change<'_> {
    /// Writes a key's label, and when it expires and was revoked; answers whether that changed anything.
    pub(crate) fn update_key(&mut self, key: &ApiKeyRow) -> Result<bool, Error> {
        self.execute(
            "UPDATE api_key SET label = :label, expires_at = :expires_at, revoked_at = :revoked_at
             WHERE id = :id AND (label, expires_at, revoked_at)
               IS NOT (:label, :expires_at, :revoked_at)",
            named_params! {
                ":id": key.id,
                ":label": key.label,
                ":expires_at": key.expires_at,
                ":revoked_at": key.revoked_at,
            },
        )
    }

    /// Adds a key in the place of another, which expires at `until` unless it did before. Only one key
    /// can be in the place of another.
    pub(crate) fn rotate_key(
        &mut self,
        old: KeyId,
        new: &NewKey<'_>,
        until: i64,
        rng: &mut (impl CryptoRng + ?Sized),
    ) -> Result<KeyId, Error> {
        let id = self.add_key(new, rng)?;
        let replaced = self.execute(
            "UPDATE api_key SET replaced_by = :new, expires_at = min(ifnull(expires_at, :until), :until)
             WHERE id = :old AND replaced_by IS NULL",
            named_params! { ":old": old, ":new": id, ":until": until },
        )?;
        if replaced { Ok(id) } else { Err(Error::Rotated(old)) }
    }

    /// Makes a key's text readable again as it was sealed before. The caller has opened it.
    pub(crate) fn restore_key(&mut self, id: KeyId, sealed: &[u8]) -> Result<(), Error> {
        self.execute(
            "UPDATE api_key SET sealed = :sealed WHERE id = :id",
            named_params! { ":id": id, ":sealed": sealed },
        )
        .map(drop)
    }

    /// Removes a key; its number is not given out again.
    pub(crate) fn remove_key(&mut self, id: KeyId) -> Result<bool, Error> {
        self.execute("DELETE FROM api_key WHERE id = :id", named_params! { ":id": id })
    }

    /// Removes the keys, of one owner or of all, that had expired or were revoked at `before`; answers
    /// their numbers.
    pub(crate) fn prune_keys(
        &mut self,
        owner: Option<Owner>,
        before: i64,
    ) -> Result<Vec<KeyId>, Error> {
        let (kind, user_id, contact_id) = owner.map_or(("", None, None), owner_columns);
        let sql = "DELETE FROM api_key
             WHERE (expires_at <= :before OR revoked_at <= :before)
               AND (:kind = '' OR (owner = :kind AND user_id IS :user_id
                 AND contact_id IS :contact_id))
             RETURNING id";
        let params = named_params! {
            ":before": before,
            ":kind": kind,
            ":user_id": user_id,
            ":contact_id": contact_id,
        };
        let mut ids: Vec<KeyId> = self.read().all(sql, params, |row| row.get("id"))?;
        ids.sort_unstable();
        Ok(ids)
    }
}

//! Finding keys: by what people call them, and by their text.

use rusqlite::named_params;

use super::{ApiKeyRow, KeyDigest, WHAT, select_key, whose};
use crate::credential::{Argon, Secret, is_strong};
use crate::store::{Checks, Error, KeyId, Reader};
use crate::verify::Owner;

/// A stored key whose text a case-insensitive collation takes for the one that was looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct KeyMatch {
    /// The key.
    pub(crate) key: ApiKeyRow,
    /// Whether the texts are equal byte for byte.
    pub(crate) exact: bool,
}

impl Reader<'_> {
    /// The key of that number.
    pub(crate) fn key(&self, id: KeyId) -> Result<Option<ApiKeyRow>, Error> {
        let sql = select_key!("WHERE id = :id");
        self.one(sql, named_params! { ":id": id }, ApiKeyRow::from_row)
    }

    /// The keys that a person may mean: the one of that number, else those of that label, else those
    /// whose shown hint begins so (of very many the first hundred). Of keys with one label those that
    /// were rotated away count only when there are no others.
    pub(crate) fn find_keys(&self, reference: &str) -> Result<Vec<ApiKeyRow>, Error> {
        if let Some(id) = reference.parse().ok().map(KeyId)
            && let Some(key) = self.key(id)?
        {
            return Ok(vec![key]);
        }
        let sql = select_key!("WHERE label = :label ORDER BY id LIMIT 100");
        let mut labelled: Vec<_> =
            self.all(sql, named_params! { ":label": reference }, ApiKeyRow::from_row)?;
        if labelled.iter().any(|key| key.replaced_by.is_none()) {
            labelled.retain(|key| key.replaced_by.is_none());
        }
        let hint = reference.trim_end_matches('…');
        if !labelled.is_empty() || hint.is_empty() {
            return Ok(labelled);
        }
        let sql = select_key!("WHERE substr(hint, 1, length(:hint)) = :hint ORDER BY id LIMIT 100");
        self.all(sql, named_params! { ":hint": hint }, ApiKeyRow::from_row)
    }

    /// The labels that keys have (of very many the first hundred thousand).
    pub(crate) fn key_labels(&self) -> Result<Vec<String>, Error> {
        let sql = "SELECT DISTINCT label FROM api_key WHERE label IS NOT NULL LIMIT 100000";
        self.all(sql, (), |row| row.get("label"))
    }

    /// Every key of that text to a case-insensitive collation, of any owner and state, by number.
    pub(crate) fn identify(&self, text: &Secret, checks: &Checks) -> Result<Vec<KeyMatch>, Error> {
        if is_strong(text.expose()) {
            let digests = self.keyring.digest(text.expose());
            let sql = select_key!("WHERE digest = :digest ORDER BY id");
            let found: Vec<ApiKeyRow> =
                self.all(sql, named_params! { ":digest": digests.folded }, ApiKeyRow::from_row)?;
            let matches = |key: ApiKeyRow| {
                let exact = key.digest == KeyDigest::Strong(digests);
                KeyMatch { key, exact }
            };
            return Ok(found.into_iter().map(matches).collect());
        }
        let tag = self.keyring.weak_tag(text.expose());
        let sql = select_key!("WHERE weak_tag = :tag ORDER BY id");
        let candidates: Vec<ApiKeyRow> =
            self.all(sql, named_params! { ":tag": tag }, ApiKeyRow::from_row)?;
        if candidates.is_empty() {
            return Ok(Vec::new());
        }
        let looked_for = checks.weak_digests(self.keyring, text)?;
        let matches = |key: ApiKeyRow| match key.digest {
            KeyDigest::Weak { digests, .. } if digests.stored == looked_for.stored => {
                Some(KeyMatch { key, exact: digests.exact == looked_for.exact })
            }
            _ => None,
        };
        Ok(candidates.into_iter().filter_map(matches).collect())
    }

    /// The text of a key that can be shown again.
    pub(crate) fn reveal_key(
        &self,
        key: &ApiKeyRow,
        argon: &mut Argon,
    ) -> Result<Option<Secret>, Error> {
        let Some(sealed) = self.sealed_key(key.id)? else { return Ok(None) };
        let text = self.open_key(key.owner, &sealed)?;
        // Sealed texts are bound to an owner: two of one owner could have been exchanged.
        if KeyDigest::of(self.keyring, key.owner, &text, argon)? != key.digest {
            return Err(Error::Damaged(format!(
                "the sealed text of key {} is another key's",
                key.id
            )));
        }
        Ok(Some(text))
    }

    /// A key's text as it is stored, when it can be shown again.
    pub(crate) fn sealed_key(&self, id: KeyId) -> Result<Option<Vec<u8>>, Error> {
        let sql = "SELECT sealed FROM api_key WHERE id = :id";
        Ok(self.one(sql, named_params! { ":id": id }, |row| row.get("sealed"))?.flatten())
    }

    /// Opens a key's text that was sealed for this owner with this store's key file.
    pub(crate) fn open_key(&self, owner: Owner, sealed: &[u8]) -> Result<Secret, Error> {
        Ok(self.keyring.open(WHAT, &whose(owner), sealed)?)
    }
}

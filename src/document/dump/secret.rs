//! Keys, passwords and other secrets, as far as they may be seen.

use super::{Dump, Secrets};
use crate::credential::{Secret, StoredPassword};
use crate::document::error::Error;
use crate::document::field::Field;
use crate::document::key_digest;
use crate::document::model::KeyEntry;
use crate::document::place::At;
use crate::document::secret_text::{Password, SecretText};
use crate::document::time::Moment;
use crate::store::{ApiKeyRow, UserId};
use crate::verify::Owner;

impl Dump<'_> {
    /// A secret that the site must be able to read.
    pub(super) fn secret(&self, name: &str) -> Result<Field<At<SecretText>>, Error> {
        let Some(sealed) = self.reader.sealed_secret(name)? else { return Ok(Field::Kept) };
        let text = self.reader.open_secret(name, &sealed)?;
        // That it is empty is no secret.
        let shows = text.is_empty() || self.reveals(&text);
        Ok(Field::Set(if shows { SecretText::Plain(text) } else { self.sealed(sealed) }.into()))
    }

    pub(super) fn keys(&mut self, owner: Owner) -> Result<Field<Vec<KeyEntry>>, Error> {
        let mut entries = Vec::new();
        for key in self.reader.keys_of(owner)? {
            let text = self.key_text(&key)?;
            let is_revealed = matches!(text, SecretText::Plain(_)) && key.recoverable;
            entries.push(KeyEntry {
                key: text.into(),
                label: key.label.into(),
                expires: key.expires_at.map(Moment).into(),
                revoked: key.revoked_at.map(Moment).into(),
                recoverable: is_revealed.then_some(true).into(),
            });
        }
        Ok(super::said(entries).into())
    }

    /// A key's text, or what is kept of it.
    pub(super) fn key_text(&mut self, key: &ApiKeyRow) -> Result<SecretText, Error> {
        if let Some(sealed) = self.reader.sealed_key(key.id)? {
            if self.secrets == Secrets::Kept {
                return Ok(self.sealed(sealed));
            }
            let text = self.reader.reveal_key(key, &mut self.argon)?;
            if let Some(text) = text.filter(|text| self.reveals(text)) {
                return Ok(SecretText::Plain(text));
            }
            return Ok(self.sealed(sealed));
        }
        Ok(match key_digest::to_text(&key.digest) {
            Some(digest) => {
                SecretText::Digest { digest, key_file: self.key_file(), hint: key.hint.clone() }
            }
            None => SecretText::Plain(Secret::default()),
        })
    }

    pub(super) fn password(&self, id: UserId) -> Result<Field<At<Password>>, Error> {
        let password = match self.reader.stored_password(id)? {
            None => return Ok(Field::Kept),
            Some(StoredPassword::Own(hash)) => {
                Password::Hash { hash: hash.into(), key_file: Some(self.key_file()) }
            }
            Some(StoredPassword::Foreign(hash)) => {
                match self.reader.sealed_password(id)?.filter(|_| !self.reveals(&hash)) {
                    Some(sealed) => Password::Sealed { sealed, key_file: self.key_file() },
                    None => Password::Hash { hash, key_file: None },
                }
            }
        };
        Ok(Field::Set(password.into()))
    }

    /// Whether a secret is to be shown, and can be: a document is text.
    fn reveals(&self, text: &Secret) -> bool {
        self.secrets == Secrets::Revealed && text.expose_text().is_some()
    }

    fn sealed(&self, sealed: Vec<u8>) -> SecretText {
        SecretText::Sealed { sealed, key_file: self.key_file() }
    }

    fn key_file(&self) -> String {
        self.reader.keyring().id().to_owned()
    }
}

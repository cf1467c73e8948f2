//! The universal key of Drupal's module: its settings hold one.

use super::Walk;
use super::key::{changes, seconds};
use crate::credential::{ApiKey, Secret};
use crate::document::difference::Difference;
use crate::document::error::Error;
use crate::document::module_settings::Token;
use crate::document::place::Place;
use crate::document::secret_text::SecretText;
use crate::store::{ApiKeyRow, KeyDigest, NewKey};
use crate::verify::Owner;

/// The name of the key in differences.
const SUBJECT: &str = "api_token";

impl Walk<'_, '_> {
    fn tokens(&self) -> Result<Vec<ApiKeyRow>, Error> {
        let mut tokens = self.reader.keys_of(Owner::ApiToken)?;
        tokens.retain(|token| token.revoked_at.is_none());
        Ok(tokens)
    }

    pub(super) fn remove_token(&mut self) -> Result<(), Error> {
        let tokens = self.tokens()?;
        if tokens.is_empty() {
            return Ok(());
        }
        self.differ(Difference::remove(SUBJECT, ""), |pen| {
            tokens.iter().try_for_each(|token| pen.change.remove_key(token.id).map(drop))
        })
    }

    /// Brings the key to what the document says.
    pub(super) fn token(&mut self, wanted: &Token, place: Place) -> Result<(), Error> {
        let (digest, text, hint) = self.read_token(&wanted.key, place)?;
        let sealed = match &wanted.key {
            SecretText::Sealed { sealed, .. } => Some(sealed),
            SecretText::Plain(_) | SecretText::Digest { .. } => None,
        };
        let recoverable = |current| sealed.is_some() || wanted.recoverable.over(current, false);
        let tokens = self.tokens()?;
        if let Some(token) = tokens.last().filter(|token| {
            token.digest == digest && recoverable(token.recoverable) == token.recoverable
        }) {
            return self.update_token(wanted, token);
        }
        if recoverable(false) && text.is_none() {
            let message = "a key of which only the digest is known cannot be `recoverable`";
            return Err(self.document.refuse(place, message).into());
        }
        let difference = match (tokens.is_empty(), digest) {
            (false, _) => Difference::change(SUBJECT, ""),
            (true, KeyDigest::Empty) => Difference::add(SUBJECT, "empty"),
            (true, _) => Difference::add(SUBJECT, ""),
        };
        self.differ(difference, |pen| {
            tokens.iter().try_for_each(|token| pen.change.remove_key(token.id).map(drop))?;
            let seals = recoverable(false) && sealed.is_none();
            let key = NewKey {
                label: wanted.label.set().map(String::as_str),
                expires_at: seconds(&wanted.expires, None),
                recoverable: text.as_ref().filter(|_| seals),
                ..NewKey::digested(Owner::ApiToken, digest, hint)
            };
            let id = pen.change.add_key(&key, pen.rng)?;
            sealed.map_or(Ok(()), |sealed| pen.change.restore_key(id, sealed))
        })
    }

    /// What is compared of a key, its text where it is known, and what may be shown of it.
    fn read_token(
        &mut self,
        key: &SecretText,
        place: Place,
    ) -> Result<(KeyDigest, Option<Secret>, Option<String>), Error> {
        let text = match key {
            SecretText::Plain(text) => text.clone(),
            SecretText::Digest { digest, key_file, hint } => {
                self.check_key_file(key_file, place)?;
                return Ok((self.read_digest(digest, place)?, None, hint.clone()));
            }
            SecretText::Sealed { sealed, key_file } => {
                self.check_key_file(key_file, place)?;
                let opened = self.reader.open_key(Owner::ApiToken, sealed);
                opened.map_err(|_| self.cannot_open(place))?
            }
        };
        let keyring = self.reader.keyring();
        let digest = self.prepared.digest(keyring, Owner::ApiToken, &text, &mut self.argon)?;
        let hint = ApiKey::hint(text.expose());
        Ok((digest, Some(text), hint))
    }

    /// Brings what goes with a key of the right text to what the document says.
    fn update_token(&mut self, wanted: &Token, token: &ApiKeyRow) -> Result<(), Error> {
        let updated = ApiKeyRow {
            label: wanted.label.over_optional(token.label.clone()),
            expires_at: seconds(&wanted.expires, token.expires_at),
            ..token.clone()
        };
        if updated == *token {
            return Ok(());
        }
        self.differ(Difference::change(SUBJECT, changes(token, &updated)), |pen| {
            pen.change.update_key(&updated).map(drop)
        })
    }
}

//! Secrets of the sites that must be readable again.

use super::Walk;
use crate::document::difference::Difference;
use crate::document::error::{Error, Invalid};
use crate::document::field::Field;
use crate::document::place::{At, Place};
use crate::document::secret_text::SecretText;
use crate::store::{SIGN_KEYS, SITE_KEY};

impl Walk<'_, '_> {
    pub(super) fn civicrm_secrets(&mut self) -> Result<(), Error> {
        let Some(civicrm) = &self.document.civicrm else { return Ok(()) };
        for (name, subject, field) in [
            (SITE_KEY, "site key", &civicrm.site_key),
            (SIGN_KEYS, "sign keys", &civicrm.sign_keys),
        ] {
            match field {
                Field::Kept => {}
                Field::Unset => self.remove_secret(name, subject)?,
                Field::Set(At { value, place }) => self.secret(name, subject, value, *place)?,
            }
        }
        Ok(())
    }

    pub(super) fn remove_secret(&mut self, name: &str, subject: &str) -> Result<(), Error> {
        if self.reader.sealed_secret(name)?.is_none() {
            return Ok(());
        }
        self.differ(Difference::remove(subject, ""), |pen| {
            pen.change.set_secret(name, None, pen.rng).map(drop)
        })
    }

    pub(super) fn secret(
        &mut self,
        name: &str,
        subject: &str,
        wanted: &SecretText,
        place: Place,
    ) -> Result<(), Error> {
        let current = self.reader.secret(name)?;
        let (text, sealed) = match wanted {
            SecretText::Plain(text) => (text.clone(), None),
            SecretText::Sealed { sealed, key_file } => {
                self.check_key_file(key_file, place)?;
                let opened = self.reader.open_secret(name, sealed);
                (opened.map_err(|_| self.cannot_open(place))?, Some(sealed))
            }
            SecretText::Digest { .. } => {
                let message = format!(
                    "expected the text of the {subject}, or `{{sealed: …}}`: it must be readable again"
                );
                return Err(self.document.refuse(place, message).into());
            }
        };
        let difference = match current {
            Some(current) if current == text => return Ok(()),
            Some(_) => Difference::change(subject, ""),
            None => Difference::add(subject, if text.is_empty() { "empty" } else { "" }),
        };
        self.differ(difference, |pen| match sealed {
            Some(sealed) => pen.change.restore_secret(name, sealed),
            None => pen.change.set_secret(name, Some(&text), pen.rng).map(drop),
        })
    }

    /// Refuses what was made with another key file: nothing in this store could be compared with it.
    pub(super) fn check_key_file(&self, key_file: &str, place: Place) -> Result<(), Invalid> {
        let own = self.reader.keyring().id();
        if own == key_file {
            return Ok(());
        }
        let message = format!(
            "this was made with the key file {key_file}, but the store has {own}: dump it again with `--reveal`, or use that store's key file"
        );
        Err(self.document.refuse(place, message))
    }

    pub(super) fn cannot_open(&self, place: Place) -> Invalid {
        self.document
            .refuse(place, "this was sealed for another place of the document, or is damaged")
    }
}

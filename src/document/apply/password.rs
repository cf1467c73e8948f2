//! Passwords of accounts.

use super::Walk;
use crate::credential::{Secret, StoredPassword};
use crate::document::difference::Difference;
use crate::document::error::Error;
use crate::document::field::Field;
use crate::document::model::User as Wish;
use crate::document::place::At;
use crate::document::secret_text::Password;
use crate::store::UserId;

/// What to write.
enum Wanted<'d> {
    /// A hash that is made when it is written.
    Plain(&'d Secret),
    /// A hash.
    Stored(StoredPassword),
    /// A hash of other software as it was dumped.
    Sealed(&'d [u8]),
}

impl<'w> Walk<'w, '_> {
    pub(super) fn password(
        &mut self,
        wish: &'w Wish,
        id: Option<UserId>,
        subject: &str,
    ) -> Result<(), Error> {
        // What is sealed is bound to an id, also to one that is only asked for.
        let asked = wish.id.set().map(|id| UserId(id.value));
        let current = id.map_or(Ok(None), |id| self.reader.stored_password(id))?;
        let wanted = match &wish.password {
            Field::Kept => return Ok(()),
            Field::Unset if current.is_none() => return Ok(()),
            Field::Unset => {
                return self.differ(Difference::remove(subject, "password"), |pen| {
                    let Some(id) = id else { return Ok(()) };
                    pen.change.set_password(id, None, pen.rng).map(drop)
                });
            }
            Field::Set(password) => password,
        };
        let whose = (wish.name.value.as_str(), id.or(asked));
        let Some(wanted) = self.wanted_password(wanted, whose, current.as_ref())? else {
            return Ok(());
        };
        let difference = match current {
            None => Difference::add(subject, "password"),
            Some(_) => Difference::change(subject, "password"),
        };
        let keyring = self.reader.keyring();
        let mut argon = std::mem::take(&mut self.argon);
        let done = self.differ(difference, |pen| {
            let Some(id) = id else { return Ok(()) };
            let stored = match wanted {
                Wanted::Sealed(sealed) => return pen.change.restore_password(id, sealed),
                Wanted::Plain(text) => {
                    StoredPassword::Own(keyring.hash_password(text, &mut argon, pen.rng)?)
                }
                Wanted::Stored(stored) => stored,
            };
            pen.change.set_password(id, Some(&stored), pen.rng).map(drop)
        });
        self.argon = argon;
        done
    }

    /// What to write, or nothing when it is so already.
    fn wanted_password<'d>(
        &mut self,
        wanted: &'d At<Password>,
        (name, id): (&str, Option<UserId>),
        current: Option<&StoredPassword>,
    ) -> Result<Option<Wanted<'d>>, Error> {
        let place = wanted.place;
        let stored = match &wanted.value {
            Password::Plain(text) => {
                if let Some(checked) = self.prepared.password(name, current) {
                    return Ok(checked.hash.clone().map(Wanted::Stored));
                }
                let Some(current) = current else { return Ok(Some(Wanted::Plain(text))) };
                let check = self.reader.keyring().check_password(current, text, &mut self.argon)?;
                return Ok((!check.matches).then_some(Wanted::Plain(text)));
            }
            Password::Hash { hash, key_file: Some(key_file) } => {
                self.check_key_file(key_file, place)?;
                StoredPassword::Own(hash.expose_text().unwrap_or_default().to_owned())
            }
            Password::Hash { hash, key_file: None } => StoredPassword::Foreign(hash.clone()),
            Password::Sealed { sealed, key_file } => {
                self.check_key_file(key_file, place)?;
                let opened = id.map(|id| self.reader.open_password(id, sealed));
                let Some(Ok(hash)) = opened else { return Err(self.cannot_open(place).into()) };
                let is_so = current == Some(&StoredPassword::Foreign(hash));
                return Ok((!is_so).then_some(Wanted::Sealed(sealed)));
            }
        };
        Ok((current != Some(&stored)).then_some(Wanted::Stored(stored)))
    }
}

//! Passwords of accounts: hashes of authctl's own as they are, those of other software sealed.

use rand::CryptoRng;
use rusqlite::named_params;

use super::{Change, Error, Reader, UserId};
use crate::credential::{Secret, StoredPassword};

const WHAT: &str = "password";

fn whose(id: UserId) -> String {
    format!("user:{id}")
}

impl Reader<'_> {
    /// What is stored of an account's password.
    pub(crate) fn stored_password(&self, id: UserId) -> Result<Option<StoredPassword>, Error> {
        let sql = "SELECT password, password_sealed FROM user WHERE id = :id";
        let row = self.one(sql, named_params! { ":id": id }, |row| {
            let (own, foreign) = (row.get("password")?, row.get("password_sealed")?);
            Ok::<(Option<String>, Option<Vec<u8>>), _>((own, foreign))
        })?;
        match row {
            None | Some((None, None)) => Ok(None),
            Some((Some(own), _)) => Ok(Some(StoredPassword::Own(own))),
            Some((None, Some(sealed))) => {
                Ok(Some(StoredPassword::Foreign(self.open_password(id, &sealed)?)))
            }
        }
    }

    /// A hash of other software as it is stored.
    pub(crate) fn sealed_password(&self, id: UserId) -> Result<Option<Vec<u8>>, Error> {
        let sql = "SELECT password_sealed FROM user WHERE id = :id";
        Ok(self.one(sql, named_params! { ":id": id }, |row| row.get("password_sealed"))?.flatten())
    }

    /// Opens a hash that was sealed for this account with this store's key file.
    pub(crate) fn open_password(&self, id: UserId, sealed: &[u8]) -> Result<Secret, Error> {
        Ok(self.keyring.open(WHAT, &whose(id), sealed)?)
    }
}

impl Change<'_> {
    /// Stores an account's password, or with `None` that it has none; answers whether that changed
    /// anything.
    pub(crate) fn set_password(
        &mut self,
        id: UserId,
        password: Option<&StoredPassword>,
        rng: &mut (impl CryptoRng + ?Sized),
    ) -> Result<bool, Error> {
        if self.read().stored_password(id)?.as_ref() == password {
            return Ok(false);
        }
        let (own, sealed) = match password {
            None => (None, None),
            Some(StoredPassword::Own(hash)) => (Some(hash), None),
            Some(StoredPassword::Foreign(hash)) => {
                (None, Some(self.keyring.seal(WHAT, &whose(id), hash, rng)))
            }
        };
        self.execute(
            "UPDATE user SET password = :own, password_sealed = :sealed WHERE id = :id",
            named_params! { ":id": id, ":own": own, ":sealed": sealed },
        )
    }

    /// Stores a hash of other software as it was sealed before. The caller has opened it.
    pub(crate) fn restore_password(&mut self, id: UserId, sealed: &[u8]) -> Result<(), Error> {
        self.execute(
            "UPDATE user SET password = NULL, password_sealed = :sealed WHERE id = :id",
            named_params! { ":id": id, ":sealed": sealed },
        )
        .map(drop)
    }
}

#[cfg(test)]
mod tests {
    use crate::credential::{Secret, StoredPassword};
    use crate::store::testing::{change, rng, store};
    use crate::store::{NewUser, PasswordKind};

    #[test]
    fn a_password_is_kept_as_it_was_given() {
        let (_folder, mut store) = store();
        let id = change(&mut store, |change| change.add_user(&NewUser::named("alice")));
        let foreign = StoredPassword::Foreign(Secret::from("$2y$10$abc"));
        for (password, kind) in [
            (Some(StoredPassword::Own("$argon2id$…".into())), PasswordKind::Own),
            (Some(foreign), PasswordKind::Foreign),
            (None, PasswordKind::None),
        ] {
            let mut set =
                || change(&mut store, |c| c.set_password(id, password.as_ref(), &mut rng()));
            assert!(set());
            assert!(!set());
            assert_eq!(store.read().stored_password(id).unwrap(), password);
            assert_eq!(store.read().user(id).unwrap().unwrap().password, kind);
        }
    }

    #[test]
    fn a_foreign_hash_given_to_another_account_does_not_open() {
        let (_folder, mut store) = store();
        let (alice, bob) = change(&mut store, |change| {
            let alice = change.add_user(&NewUser::named("alice"))?;
            let hash = StoredPassword::Foreign(Secret::from("$2y$10$abc"));
            change.set_password(alice, Some(&hash), &mut rng())?;
            Ok((alice, change.add_user(&NewUser::named("bob"))?))
        });
        let sql = "UPDATE user SET password_sealed =
            (SELECT password_sealed FROM user WHERE id = ?1) WHERE id = ?2";
        store.conn.execute(sql, [alice, bob]).unwrap();
        assert!(store.read().stored_password(alice).is_ok());
        assert!(store.read().stored_password(bob).is_err());
    }
}

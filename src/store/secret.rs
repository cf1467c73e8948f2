//! What must be readable again: the site key, the signing keys, secrets of exported settings. A missing
//! row is an undefined constant; the empty text is a value like any other.

use rand::CryptoRng;
use rusqlite::named_params;

use super::{Change, Error, Reader};
use crate::credential::Secret;

/// The name of `CIVICRM_SITE_KEY`.
pub(crate) const SITE_KEY: &str = "site_key";
/// The name of `CIVICRM_SIGN_KEYS`.
pub(crate) const SIGN_KEYS: &str = "sign_keys";

/// Whose all of these are, in the words of [`crate::credential::Keyring::seal`].
const SITE: &str = "site";

impl Reader<'_> {
    /// A secret of the site.
    pub(crate) fn secret(&self, name: &str) -> Result<Option<Secret>, Error> {
        let sealed = self.sealed_secret(name)?;
        sealed.map(|sealed| self.open_secret(name, &sealed)).transpose()
    }

    /// A secret as it is stored.
    pub(crate) fn sealed_secret(&self, name: &str) -> Result<Option<Vec<u8>>, Error> {
        let sql = "SELECT sealed FROM secret WHERE name = :name";
        self.one(sql, named_params! { ":name": name }, |row| row.get("sealed"))
    }

    /// Opens a secret that was sealed under this name with this store's key file.
    pub(crate) fn open_secret(&self, name: &str, sealed: &[u8]) -> Result<Secret, Error> {
        Ok(self.keyring.open(name, SITE, sealed)?)
    }

    /// The names of all secrets that there are.
    pub(crate) fn secret_names(&self) -> Result<Vec<String>, Error> {
        self.all("SELECT name FROM secret ORDER BY name", (), |row| row.get("name"))
    }
}

impl Change<'_> {
    /// Stores a secret, or with `None` makes it undefined; answers whether that changed anything.
    pub(crate) fn set_secret(
        &mut self,
        name: &str,
        secret: Option<&Secret>,
        rng: &mut (impl CryptoRng + ?Sized),
    ) -> Result<bool, Error> {
        let Some(secret) = secret else {
            let sql = "DELETE FROM secret WHERE name = :name";
            return self.execute(sql, named_params! { ":name": name });
        };
        if self.read().secret(name)?.as_ref() == Some(secret) {
            return Ok(false);
        }
        self.execute(
            "INSERT INTO secret (name, sealed) VALUES (:name, :sealed)
             ON CONFLICT (name) DO UPDATE SET sealed = excluded.sealed",
            named_params! { ":name": name, ":sealed": self.keyring.seal(name, SITE, secret, rng) },
        )
    }

    /// Stores a secret as it was sealed before, so that a restored store is the same to the byte. The
    /// caller has opened it.
    pub(crate) fn restore_secret(&mut self, name: &str, sealed: &[u8]) -> Result<(), Error> {
        self.execute(
            "INSERT INTO secret (name, sealed) VALUES (:name, :sealed)
             ON CONFLICT (name) DO UPDATE SET sealed = excluded.sealed",
            named_params! { ":name": name, ":sealed": sealed },
        )
        .map(drop)
    }
}

#[cfg(test)]
mod tests {
    use super::{SIGN_KEYS, SITE_KEY};
    use crate::credential::Secret;
    use crate::store::testing::{change, rng, store};

    #[test]
    fn undefined_empty_and_set_are_three_states() {
        let (_folder, mut store) = store();
        assert_eq!(store.read().secret(SITE_KEY).unwrap(), None);
        for text in ["", "text"] {
            let secret = Secret::from(text);
            let set = |change: &mut crate::store::Change<'_>| {
                change.set_secret(SITE_KEY, Some(&secret), &mut rng())
            };
            assert!(change(&mut store, set));
            assert!(!change(&mut store, set));
            assert_eq!(store.read().secret(SITE_KEY).unwrap(), Some(secret.clone()));
        }
        assert!(change(&mut store, |change| change.set_secret(SITE_KEY, None, &mut rng())));
        assert!(!change(&mut store, |change| change.set_secret(SITE_KEY, None, &mut rng())));
        assert_eq!(store.read().secret(SITE_KEY).unwrap(), None);
    }

    #[test]
    fn a_secret_moved_under_another_name_does_not_open() {
        let (_folder, mut store) = store();
        let text = Secret::from("text");
        change(&mut store, |change| change.set_secret(SITE_KEY, Some(&text), &mut rng()));
        store.conn.execute("UPDATE secret SET name = ?1", [SIGN_KEYS]).unwrap();
        assert!(store.read().secret(SIGN_KEYS).is_err());
    }
}

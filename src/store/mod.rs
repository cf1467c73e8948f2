//! The store: one `SQLite` file with everything authctl knows, and the key file beside it. The only
//! layer that names rusqlite.
//!
//! A [`Store`] is opened for reading or for changing; [`Store::read`] answers questions, and
//! [`Store::change`] is the one way to change anything. Rows are plain structs, a file a table. What
//! the rows mean for a request is judged in `verify`, to which [`Reader::policy`] and [`Reader::facts`]
//! hand what it needs.
//!
//! # Locking
//!
//! The journal is a write-ahead log: readers never wait, and writers wait for each other up to five
//! seconds (`busy`). Every change is one immediate transaction with `synchronous=FULL`. A reader holds
//! one read transaction, so that all its answers are of the same moment. A writer takes the log into
//! the file when it is done and leaves none, so that the file alone is the store; a reader may leave an
//! empty one.
//!
//! # Compatibility
//!
//! `application_id` tells a store from other files, `user_version` is the schema's version (`schema`).
//! A newer store is refused. An older one is brought up to date by the first change, in one transaction
//! and after a copy beside it; until then reading commands refuse it. Tables that are not ours, such as
//! those of Litestream, are left alone.
//!
//! # Permissions
//!
//! Store and key file are created 0600, in a folder that is created 0700, and refused when anybody else
//! has access, when everybody could put another in their place, or when they are symbolic links (`file`). On a
//! read-only file system the store is opened as immutable, if no log is left that would be overlooked.
//!
//! # Secrets
//!
//! API keys are stored as digests, passwords as hashes, what must be readable again sealed; all of it
//! hangs on the key file, whose id the store records. `credential` holds the algorithms.

mod audit;
mod backup;
mod busy;
mod change;
mod check;
mod checks;
mod connection;
mod contact;
mod entity;
mod error;
mod facts;
mod file;
mod id;
mod index;
mod key;
mod password;
mod permission;
mod policy;
mod read;
mod role;
mod schema;
mod secret;
mod setting;
#[cfg(test)]
pub(crate) mod testing;
mod user;

use rand::CryptoRng;
use rusqlite::{Connection, Transaction, TransactionBehavior, named_params};
use serde_json::json;

pub(crate) use self::audit::{AuditChain, AuditFilter, AuditHead, AuditRow};
pub(crate) use self::change::{Actor, Change};
pub(crate) use self::check::Finding;
pub(crate) use self::checks::Checks;
pub(crate) use self::contact::{Contact, ContactFilter};
pub(crate) use self::entity::EntityKind;
pub(crate) use self::error::Error;
use self::file::Creation;
pub(crate) use self::file::Location;
pub(crate) use self::id::{ContactId, KeyId, LARGEST_ID, UserId};
pub(crate) use self::index::{Index, Lookup, Match};
pub(crate) use self::key::{ApiKeyRow, KeyDigest, KeyFilter, KeyMatch, KeyState, NewKey};
pub(crate) use self::permission::Grantee;
pub(crate) use self::read::Reader;
pub(crate) use self::role::{ANONYMOUS, AUTHENTICATED, Role};
pub(crate) use self::secret::{SIGN_KEYS, SITE_KEY};
pub(crate) use self::setting::{
    AUTHX, CIVICRM_SETTINGS, DRUPAL_SETTINGS, KNOWN_SETTINGS, KnownSetting, MODULES, SettingKind,
};
pub(crate) use self::user::{NewUser, PasswordKind, Status, User, UserFilter};
use crate::credential::{KeyFile, Keyring};

/// An open store.
#[derive(Debug)]
pub(crate) struct Store {
    conn: Connection,
    keyring: Keyring,
    location: Location,
    writes: bool,
}

impl Store {
    /// Makes a store, and its key file unless there is one, as for a store that is to be put back. Nothing
    /// that is there is overwritten, and nothing half-made is left behind.
    pub(crate) fn create(
        location: &Location,
        actor: &Actor,
        rng: &mut (impl CryptoRng + ?Sized),
    ) -> Result<Self, Error> {
        let (store, creation) = Self::make(location, actor, rng)?;
        creation.keep()?;
        Ok(store)
    }

    /// Makes a store as [`Store::create`] does, and removes it again.
    pub(crate) fn try_create(
        location: &Location,
        actor: &Actor,
        rng: &mut (impl CryptoRng + ?Sized),
    ) -> Result<(), Error> {
        let (store, creation) = Self::make(location, actor, rng)?;
        drop(store);
        drop(creation);
        Ok(())
    }

    fn make(
        location: &Location,
        actor: &Actor,
        rng: &mut (impl CryptoRng + ?Sized),
    ) -> Result<(Self, Creation), Error> {
        if file::is_there(&location.store)? {
            return Err(Error::StoreExists(location.store.clone()));
        }
        file::clear_sides(&location.store)?;
        let mut creation = Creation::default();
        creation.folder_of(&location.store)?;
        creation.folder_of(&location.key_file)?;
        file::check_folder(&location.store)?;
        let key = match file::read_key_file(&location.key_file) {
            Err(Error::MissingKeyFile(path)) => {
                let key = KeyFile::generate(rng);
                file::write_key_file(&mut creation, &path, &key)?;
                key
            }
            key => key?,
        };
        creation.file(&location.store).map_err(Error::io("create", &location.store))?;
        let store = Self {
            conn: connection::create(&location.store)?,
            keyring: Keyring::new(&key),
            location: location.clone(),
            writes: true,
        };
        store.fill(actor)?;
        Ok((store, creation))
    }

    fn fill(&self, actor: &Actor) -> Result<(), Error> {
        let transaction = Transaction::new_unchecked(&self.conn, TransactionBehavior::Immediate)?;
        schema::migrate(&transaction, schema::MIGRATIONS)?;
        let mut change = Change::new(&transaction, &self.keyring, actor);
        change.execute(
            "INSERT INTO meta (id, key_file, created_at) VALUES (1, :key_file, :created_at)",
            named_params! { ":key_file": self.keyring.id(), ":created_at": actor.now },
        )?;
        change.audit("init", "store", &json!({ "key_file": self.keyring.id() }))?;
        Ok(transaction.commit()?)
    }

    /// Opens a store that is not to be changed. Nothing at all is written, not even on a store of an
    /// older version, which is refused.
    pub(crate) fn open_read(location: &Location) -> Result<Self, Error> {
        Self::read_with(location, schema::MIGRATIONS)
    }

    fn read_with(location: &Location, migrations: &[&str]) -> Result<Self, Error> {
        file::check_store(&location.store)?;
        let conn = connection::read(&location.store, migrations)?;
        let keyring = keyring(location)?;
        Self { conn, keyring, location: location.clone(), writes: false }.belonging()
    }

    /// Opens a store to change it, brought up to date.
    pub(crate) fn open_write(location: &Location) -> Result<Self, Error> {
        Self::write_with(location, schema::MIGRATIONS)
    }

    fn write_with(location: &Location, migrations: &[&str]) -> Result<Self, Error> {
        let store = Self::unmigrated(location, migrations)?;
        connection::upgrade(&store.conn, &location.store, migrations)?;
        Ok(store)
    }

    /// Opens a store on which changes are only tried. An older one is refused, as reading commands refuse
    /// it: to bring it up to date would be a change that is kept.
    pub(crate) fn open_trial(location: &Location) -> Result<Self, Error> {
        Self::trial_with(location, schema::MIGRATIONS)
    }

    fn trial_with(location: &Location, migrations: &[&str]) -> Result<Self, Error> {
        let store = Self::unmigrated(location, migrations)?;
        connection::check_version(&store.conn, migrations)?;
        Ok(store)
    }

    /// Opens a store that can be written to, of whatever version.
    fn unmigrated(location: &Location, migrations: &[&str]) -> Result<Self, Error> {
        file::check_store(&location.store)?;
        let conn = connection::write(&location.store, migrations)?;
        let keyring = keyring(location)?;
        Self { conn, keyring, location: location.clone(), writes: true }.belonging()
    }

    /// Makes sure that store and key file belong together.
    fn belonging(self) -> Result<Self, Error> {
        let sql = "SELECT key_file FROM meta";
        let recorded = self.read().one(sql, (), |row| row.get::<_, String>("key_file"))?;
        match recorded {
            Some(recorded) if recorded == self.keyring.id() => Ok(self),
            Some(recorded) => Err(Error::WrongKeyFile {
                path: self.location.key_file.clone(),
                found: self.keyring.id().to_owned(),
                recorded,
            }),
            None => Err(Error::Damaged("it does not say which key file it belongs to".into())),
        }
    }

    /// Where the store is.
    pub(crate) fn location(&self) -> &Location {
        &self.location
    }

    /// The subkeys of the store's key file.
    pub(crate) fn keyring(&self) -> &Keyring {
        &self.keyring
    }

    /// What the store holds.
    pub(crate) fn read(&self) -> Reader<'_> {
        Reader { conn: &self.conn, keyring: &self.keyring }
    }
}

/// The subkeys of the key file. That the store is one is known by then: beside a file that is none, nobody
/// looks for a key file.
fn keyring(location: &Location) -> Result<Keyring, Error> {
    Ok(Keyring::new(&file::read_key_file(&location.key_file)?))
}

impl Drop for Store {
    fn drop(&mut self) {
        if self.writes {
            connection::checkpoint(&mut self.conn);
        }
    }
}

#[cfg(test)]
mod frozen;
#[cfg(test)]
mod tests;

//! A site to measure on: a store full of users, with a key each.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use authctl::credential::{ApiKey, KeyFile, Keyring};

use super::run;

/// The program.
pub(crate) const AUTHCTL: &str = env!("CARGO_BIN_EXE_authctl");

/// A store full of users, with one key each once [`Site::generate`] has run.
pub(crate) struct Site {
    /// The store.
    pub(crate) store: PathBuf,
    /// The report of [`Site::generate`].
    pub(crate) report: PathBuf,
}

impl Site {
    /// Makes a store with `users` users, each linked to a contact of its own.
    pub(crate) fn create(folder: &Path, users: u64) -> Self {
        fs::create_dir_all(folder).unwrap();
        let site = Self::at(&folder.join("authctl.db"));
        run(site.authctl().args(["init", "--quiet"]));
        site.execute(&format!(
            "WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < {users} + 1)
             INSERT INTO contact (id) SELECT i FROM n;
             WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < {users} + 1)
             INSERT INTO user (id, name, folded, status, contact_id)
             SELECT i, 'user' || i, 'user' || i, 'active', i FROM n;"
        ));
        site
    }

    /// The site that a store is of.
    pub(crate) fn at(store: &Path) -> Self {
        Self { store: store.to_owned(), report: store.with_file_name("keys.jsonl") }
    }

    /// Fills the store up with keys of nobody knows which text, for the accounts that there are.
    pub(crate) fn pad(&self, keys: u64) {
        self.execute(&format!(
            "DROP INDEX api_key_digest;
             WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {keys})
             INSERT INTO api_key (owner, user_id, digest, exact, created_at)
             SELECT 'user', i % 100000 + 2, randomblob(32), randomblob(32), 0 FROM n;
             CREATE INDEX api_key_digest ON api_key (digest);"
        ));
    }

    /// Changes the store with SQL, in one transaction.
    pub(crate) fn execute(&self, sql: &str) {
        let db = rusqlite::Connection::open(&self.store).unwrap();
        db.execute_batch(&format!("BEGIN; {sql} COMMIT; PRAGMA wal_checkpoint(TRUNCATE);"))
            .unwrap();
    }

    /// The program on this store.
    pub(crate) fn authctl(&self) -> Command {
        let mut command = Command::new(AUTHCTL);
        command.env_clear().arg("--store").arg(&self.store);
        command
    }

    /// Gives every user a key.
    pub(crate) fn generate(&self) {
        run(self
            .authctl()
            .args(["key", "generate", "--all-users", "--quiet", "--out"])
            .arg(&self.report));
    }

    /// The texts of generated keys, from the report.
    pub(crate) fn keys(&self) -> Vec<String> {
        let text = fs::read_to_string(&self.report).unwrap();
        let keys = text.match_indices("aku_");
        keys.filter_map(|(at, _)| text.get(at..at + ApiKey::LENGTH).map(str::to_owned)).collect()
    }

    /// The subkeys of the store's key file.
    pub(crate) fn keyring(&self) -> Keyring {
        let bytes = fs::read(self.store.with_file_name("authctl.key")).unwrap();
        Keyring::new(&KeyFile::from_bytes(&bytes).unwrap())
    }
}

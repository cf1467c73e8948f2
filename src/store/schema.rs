//! The schema and its versions: a list of migrations indexed by `user_version`.
//!
//! Entries are never edited, removed or reordered; a new version is a new entry.

use rusqlite::Connection;

use super::Error;

/// Marks a file as a store: "actl".
pub(super) const APPLICATION_ID: i64 = 0x6163_746c;

/// The steps from an empty file to today's schema. The one at index `n` leads from version `n` on.
pub(super) const MIGRATIONS: &[&str] = &[include_str!("schema/v1.sql")];

/// The version that a list of migrations leads to.
pub(super) fn newest(migrations: &[&str]) -> i64 {
    i64::try_from(migrations.len()).unwrap_or(i64::MAX)
}

/// The schema version of a store.
pub(super) fn version(conn: &Connection) -> Result<i64, Error> {
    Ok(conn.query_row("PRAGMA user_version", (), |row| row.get("user_version"))?)
}

/// Brings a store to the newest version. The caller has begun an immediate transaction.
pub(super) fn migrate(conn: &Connection, migrations: &[&str]) -> Result<(), Error> {
    let from = usize::try_from(version(conn)?).unwrap_or(usize::MAX);
    for migration in migrations.iter().skip(from) {
        conn.execute_batch(migration)?;
    }
    conn.pragma_update(None, "user_version", newest(migrations))?;
    Ok(())
}

//! Opening the `SQLite` file: flags, pragmas, identity and version. That it may be opened at all is
//! checked before (`file`).

use std::cmp::Ordering;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;

use rusqlite::backup::Backup;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags, Transaction, TransactionBehavior};
use rustix::fs::Access;

use super::file::{self, Creation};
use super::{Error, busy, schema};

/// How much of a store that is only read is mapped into memory, in bytes: its beginning, where the schema
/// and the small tables are, and no more, since mapped pages count as memory of the process.
const MAPPED: i64 = 1 << 20;

/// Opens a store that is only read, with one read transaction for as long as it is open: every answer
/// is of the same moment, and a lookup costs half of what it does by itself.
pub(super) fn read(path: &Path, migrations: &[&str]) -> Result<Connection, Error> {
    let resolved = file::resolved(path)?;
    let conn = if file::folder_is_writable(&resolved) {
        connect(&resolved, OpenFlags::SQLITE_OPEN_READ_ONLY)?
    } else {
        read_immutable(&resolved)?
    };
    conn.pragma_update(None, "mmap_size", MAPPED)?;
    conn.execute_batch("BEGIN")?;
    identify(&conn, path)?;
    check_version(&conn, migrations)?;
    Ok(conn)
}

/// Opens a store in a folder where `SQLite` cannot make its own files: it is told that nobody writes,
/// which holds only when no writer has left a journal behind.
pub(super) fn read_immutable(resolved: &Path) -> Result<Connection, Error> {
    if let Some(journal) = file::left_journal(resolved) {
        return Err(Error::UnreadJournal(journal));
    }
    let mut uri = String::from("file://");
    for &byte in resolved.as_os_str().as_bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte) {
            uri.push(byte.into());
        } else {
            uri.extend(['%', hex(byte >> 4), hex(byte & 15)]);
        }
    }
    uri.push_str("?immutable=1");
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
    connect(Path::new(&uri), flags)
}

fn hex(digit: u8) -> char {
    char::from_digit(digit.into(), 16).unwrap_or('0')
}

/// Opens a store to change it, which may still be of an older version.
pub(super) fn write(path: &Path, migrations: &[&str]) -> Result<Connection, Error> {
    let resolved = file::resolved(path)?;
    // SQLite itself would open what it cannot write to, and fail at the first change.
    for needed in [file::folder(path), path] {
        rustix::fs::access(needed, Access::WRITE_OK)
            .map_err(|errno| Error::io("write to", needed)(errno.into()))?;
    }
    let conn = connect(&resolved, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    identify(&conn, path)?;
    match check_version(&conn, migrations) {
        Ok(()) | Err(Error::Older { .. }) => Ok(conn),
        Err(error) => Err(error),
    }
}

/// Makes an empty file a store without any content.
pub(super) fn create(path: &Path) -> Result<Connection, Error> {
    let conn = connect(&file::resolved(path)?, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    conn.pragma_update(None, "application_id", schema::APPLICATION_ID)?;
    prepare(&conn)?;
    Ok(conn)
}

fn connect(path: &Path, flags: OpenFlags) -> Result<Connection, Error> {
    let flags = flags | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_NOFOLLOW;
    let mut conn = Connection::open_with_flags(path, flags)?;
    conn.busy_handler(Some(busy::wait))?;
    conn.set_prepared_statement_cache_capacity(64);
    // The schema is ours and has neither triggers nor views: those of someone who could write to the
    // file are not run. Foreign keys work without.
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_VIEW, false)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    // After somebody's ANALYZE every new binding would prepare the statement again.
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    Ok(conn)
}

fn prepare(conn: &Connection) -> Result<(), Error> {
    conn.pragma_update(None, "journal_mode", "WAL")?;
    conn.pragma_update(None, "synchronous", "FULL")?;
    conn.pragma_update(None, "foreign_keys", true)?;
    Ok(())
}

/// Makes sure that the file is a store.
fn identify(conn: &Connection, path: &Path) -> Result<(), Error> {
    let found =
        conn.query_row("PRAGMA application_id", (), |row| row.get::<_, i64>("application_id"));
    match found {
        Ok(schema::APPLICATION_ID) => Ok(()),
        Err(error) if error.sqlite_error_code() != Some(ErrorCode::NotADatabase) => {
            Err(error.into())
        }
        Ok(_) | Err(_) => Err(Error::NotAStore(path.to_owned())),
    }
}

/// Refuses a store that is not of today's schema.
pub(super) fn check_version(conn: &Connection, migrations: &[&str]) -> Result<(), Error> {
    let (found, known) = (schema::version(conn)?, schema::newest(migrations));
    if found < 1 {
        return Err(Error::Damaged("it has no schema".to_owned()));
    }
    match found.cmp(&known) {
        Ordering::Less => Err(Error::Older { found, known }),
        Ordering::Equal => Ok(()),
        Ordering::Greater => Err(Error::Newer { found, known }),
    }
}

/// Makes a store ready for changes: runs the missing migrations after a copy, all or nothing.
pub(super) fn upgrade(conn: &Connection, path: &Path, migrations: &[&str]) -> Result<(), Error> {
    prepare(conn)?;
    if schema::version(conn)? == schema::newest(migrations) {
        return Ok(());
    }
    let transaction = Transaction::new_unchecked(conn, TransactionBehavior::Immediate)?;
    // Another process may have been first.
    let found = schema::version(&transaction)?;
    if found < schema::newest(migrations) {
        let mut creation = Creation::default();
        copy_aside(path, found, &mut creation)?;
        schema::migrate(&transaction, migrations)?;
        creation.keep()?;
    }
    Ok(transaction.commit()?)
}

/// Copies the store as it was before the transaction that is under way to `NAME.v1-1`, `NAME.v1-2`, …
fn copy_aside(path: &Path, version: i64, creation: &mut Creation) -> Result<(), Error> {
    let copy = creation.file_beside(path, &format!("v{version}"))?;
    let source = connect(&file::resolved(path)?, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    copy_to(&source, &copy)
}

/// Copies a whole store into an empty file.
pub(super) fn copy_to(source: &Connection, target: &Path) -> Result<(), Error> {
    let mut target = connect(&file::resolved(target)?, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    let backup = Backup::new(source, &mut target)?;
    loop {
        use rusqlite::backup::StepResult;
        match backup.step(-1)? {
            StepResult::Done => return Ok(()),
            StepResult::Busy | StepResult::Locked => return Err(Error::Busy),
            _ => {}
        }
    }
}

/// Takes the journal into the file and cuts it to nothing, as far as readers allow it: one that holds a
/// transaction for long, such as a replication, must not hold up every writer.
pub(super) fn checkpoint(conn: &mut Connection) {
    let _ = conn.busy_handler(None::<fn(i32) -> bool>);
    let _ = conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", (), |_| Ok(()));
}

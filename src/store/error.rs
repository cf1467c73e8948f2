//! What can go wrong with a store, each with what the reader of the message needs to mend it.

use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

/// A failure of the store. The command line turns each into an exit code and a hint.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    /// Nothing is there.
    #[error("there is no store at `{}`", .0.display())]
    Missing(PathBuf),
    /// A store, or at least something of its name, is there already.
    #[error("`{}` exists already", .0.display())]
    StoreExists(PathBuf),
    /// A key file is there already: it may belong to a store that is kept elsewhere.
    #[error("the key file `{}` exists already", .0.display())]
    KeyFileExists(PathBuf),
    /// A journal of a store that is gone: `SQLite` would apply it to the new one.
    #[error("`{}` is left over from another store", .0.display())]
    Leftover(PathBuf),
    /// The store's key file is not where it was looked for.
    #[error("there is no key file at `{}`", .0.display())]
    MissingKeyFile(PathBuf),
    /// The key file is that of another store.
    #[error("the key file `{}` is {found}, but the store belongs to {recorded}", .path.display())]
    WrongKeyFile {
        /// The key file.
        path: PathBuf,
        /// Its id.
        found: String,
        /// The id that the store recorded.
        recorded: String,
    },
    /// The file is no key file.
    #[error("`{}` is no key file: it has {size} bytes instead of {}", .path.display(), super::file::KEY_FILE_SIZE)]
    NotAKeyFile {
        /// The file.
        path: PathBuf,
        /// Its size in bytes.
        size: u64,
    },
    /// A symbolic link, which could lead the store somewhere else.
    #[error("`{}` is a symbolic link", .0.display())]
    Symlink(PathBuf),
    /// A folder, a device, a pipe.
    #[error("`{}` is not a regular file", .0.display())]
    NotRegular(PathBuf),
    /// Others than the owner have access.
    #[error("others have access to `{}` (mode {mode:04o})", .path.display())]
    LooseMode {
        /// The file.
        path: PathBuf,
        /// Its permission bits.
        mode: u32,
    },
    /// Everybody can put another file in the place of one.
    #[error("everybody can replace files in `{}` (mode {mode:04o})", .path.display())]
    LooseFolder {
        /// The folder.
        path: PathBuf,
        /// Its permission bits.
        mode: u32,
    },
    /// Some other file.
    #[error("`{}` is not a store of authctl", .0.display())]
    NotAStore(PathBuf),
    /// The file is a store, but broken.
    #[error("the store is damaged: {0}")]
    Damaged(String),
    /// A copy that is to be put back is broken.
    #[error("the copy `{}` is damaged: {what}", .path.display())]
    DamagedCopy {
        /// The copy.
        path: PathBuf,
        /// What is wrong with it.
        what: String,
    },
    /// A newer authctl has written the store.
    #[error(
        "the store has schema version {found}, newer than {known}, the newest this authctl knows"
    )]
    Newer {
        /// The store's version.
        found: i64,
        /// The newest known one.
        known: i64,
    },
    /// An older authctl has written the store, and a reading command may not change it.
    #[error("the store has schema version {found}, older than {known}")]
    Older {
        /// The store's version.
        found: i64,
        /// The one needed.
        known: i64,
    },
    /// The folder cannot be written to, and a writer has left a journal that must be taken in first.
    #[error("`{}` holds changes that cannot be read from a read-only folder", .0.display())]
    UnreadJournal(PathBuf),
    /// The store cannot be written to any more: its file was moved, or its disk became read-only.
    #[error("the store can no longer be written to")]
    ReadOnly,
    /// Another process has held the store for too long.
    #[error("the store is busy: another process is writing to it")]
    Busy,
    /// The name or id is taken.
    #[error("{kind} `{name}` exists already")]
    Exists {
        /// What there is one of.
        kind: &'static str,
        /// Its name or id.
        name: String,
    },
    /// The largest id is taken, so there is none behind it.
    #[error("there is no {0} id left behind the largest, {max}", max = super::LARGEST_ID)]
    NoIdLeft(&'static str),
    /// Another key is in the place of the key already, or the key is gone.
    #[error("key {0} was rotated already, or is gone")]
    Rotated(super::KeyId),
    /// The built-in roles can neither be removed nor given to a user.
    #[error("the role `{0}` is built in")]
    BuiltInRole(String),
    /// No setting of that name exists.
    #[error("there is no setting `{0}`")]
    UnknownSetting(String),
    /// The setting does not take that value.
    #[error("`{name}` takes {expected}")]
    BadSetting {
        /// The setting.
        name: String,
        /// What it takes.
        expected: String,
    },
    /// A fault of authctl's own: a change without an entry in the audit log, which is undone.
    #[error("a change was to be made without an audit entry")]
    Unaudited,
    /// A secret cannot be opened, a stored hash not be read, or argon2 finds no memory.
    #[error(transparent)]
    Credential(#[from] crate::credential::Error),
    /// Anything else that `SQLite` reports.
    #[error("the store cannot be used: {0}")]
    Sqlite(#[source] rusqlite::Error),
    /// The file system refuses.
    #[error("cannot {doing} `{}`: {source}", .path.display())]
    Io {
        /// What was tried, as a verb.
        doing: &'static str,
        /// With what.
        path: PathBuf,
        /// Why not.
        source: std::io::Error,
    },
}

impl Error {
    /// Says what was tried when the file system refused.
    pub(super) fn io(doing: &'static str, path: &Path) -> impl FnOnce(std::io::Error) -> Self {
        move |source| Self::Io { doing, path: path.to_owned(), source }
    }
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy,
            Some(ErrorCode::ReadOnly) => Self::ReadOnly,
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
                Self::Damaged(error.to_string())
            }
            Some(_) => Self::Sqlite(error),
            None => match error {
                rusqlite::Error::InvalidColumnType(..)
                | rusqlite::Error::FromSqlConversionFailure(..)
                | rusqlite::Error::IntegralValueOutOfRange(..)
                | rusqlite::Error::Utf8Error(..) => Self::Damaged(error.to_string()),
                error => Self::Sqlite(error),
            },
        }
    }
}

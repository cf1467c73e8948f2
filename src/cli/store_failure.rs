//! What a store's errors mean for the person: the exit code, and the command that mends it.

use std::path::Path;

use super::Failure;
use crate::credential;
use crate::exit::Exit;
use crate::store::Error;
use crate::verify::shell;

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        let failure = match &error {
            Error::Io { doing, path, source } => Self::file(doing, path, source),
            error => Self::new(exit(error), error.to_string()),
        };
        match hint(&error) {
            Some(hint) => failure.hint(hint),
            None => failure,
        }
    }
}

impl From<credential::Error> for Failure {
    fn from(error: credential::Error) -> Self {
        Self::from(Error::from(error))
    }
}

fn exit(error: &Error) -> Exit {
    match error {
        Error::Missing(_)
        | Error::StoreExists(_)
        | Error::KeyFileExists(_)
        | Error::Leftover(_)
        | Error::Older { .. }
        | Error::Exists { .. }
        | Error::NoIdLeft(_)
        | Error::Rotated(_)
        | Error::BuiltInRole(_)
        | Error::Credential(credential::Error::CannotSign(_)) => Exit::Precondition,
        Error::UnknownSetting(_) => Exit::Unknown,
        Error::BadSetting { .. } => Exit::Usage,
        Error::MissingKeyFile(_)
        | Error::WrongKeyFile { .. }
        | Error::NotAKeyFile { .. }
        | Error::Symlink(_)
        | Error::NotRegular(_)
        | Error::LooseMode { .. }
        | Error::LooseFolder { .. }
        | Error::NotAStore(_)
        | Error::Damaged(_)
        | Error::DamagedCopy { .. }
        | Error::Newer { .. }
        | Error::UnreadJournal(_)
        | Error::Credential(credential::Error::Sealed) => Exit::Integrity,
        Error::Busy => Exit::Busy,
        _ => Exit::Failed,
    }
}

fn hint(error: &Error) -> Option<String> {
    Some(match error {
        Error::Missing(path) => {
            format!("Make one with `authctl init --store {}`.", word(path))
        }
        Error::StoreExists(_) => {
            "Nothing is written over it; use it as it is, or give another file.".to_owned()
        }
        Error::KeyFileExists(_) => "It may open another store, so it is kept; \
             give another file with `--key-file`."
            .to_owned(),
        Error::Leftover(path) => {
            format!("Move `{}` away if the store that it belonged to is gone.", path.display())
        }
        Error::MissingKeyFile(_) | Error::NotAKeyFile { .. } => "Put back the key file that was made with the store, \
             or say where it is with `--key-file` or AUTHCTL_KEY_FILE."
            .to_owned(),
        Error::WrongKeyFile { recorded, .. } => {
            format!("Give the key file {recorded} with `--key-file`, or put it back from a backup.")
        }
        Error::LooseMode { path, .. } => format!("Close it with `chmod go= {}`.", word(path)),
        Error::LooseFolder { path, .. } => format!("Close it with `chmod o-w {}`.", word(path)),
        Error::Symlink(_) => "Give the file that the link leads to.".to_owned(),
        Error::Damaged(_) => "Move it away and put back a copy with `authctl restore`; \
             `authctl check` tells more where it can be opened."
            .to_owned(),
        Error::DamagedCopy { .. } => "Give another copy.".to_owned(),
        Error::Newer { .. } => "Use the newer authctl that wrote it.".to_owned(),
        Error::Older { .. } => "Any command that changes the store brings it up to date, \
             after a copy."
            .to_owned(),
        Error::NotAStore(_) => {
            "Give a store with `--store`; to make or restore one there, move the file away first.".to_owned()
        }
        Error::Io { doing: "write to", .. } => {
            "Changes need the store and its folder writable, since SQLite keeps a journal beside the store."
                .to_owned()
        }
        Error::ReadOnly => "Look whether its file was moved, or its disk is mounted read-only.".to_owned(),
        Error::UnreadJournal(_) => {
            "Run any authctl command where the folder can be written to.".to_owned()
        }
        Error::Exists { kind, .. } => {
            format!("`authctl {kind} set` changes one that is there; `authctl {kind} list` lists all.")
        }
        Error::NoIdLeft("user") => "Give a free one with `--id`.".to_owned(),
        Error::NoIdLeft(_) => "Give a free one.".to_owned(),
        Error::Busy => "Try again when the other command is done.".to_owned(),
        _ => return None,
    })
}

/// A path as a word of a shell command.
fn word(path: &Path) -> String {
    shell::quoted(&path.display().to_string())
}

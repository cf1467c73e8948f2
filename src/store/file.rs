//! The files of a store: where they are, how they are made, and which are refused.
//!
//! Everything is created with `O_EXCL` and `O_NOFOLLOW` and mode 0600, so that nothing is ever written
//! through a symbolic link or over something that is there. Opening refuses what others can read.
//! What is in the files is left to `connection` and `credential`.

use std::fs::{self, DirBuilder, File, Metadata, OpenOptions};
use std::io::{ErrorKind, Read, Write};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use rustix::fs::{Access, OFlags};
use zeroize::Zeroizing;

use super::Error;
use crate::credential::KeyFile;

/// How many bytes a key file has.
pub(super) const KEY_FILE_SIZE: usize = KeyFile::LENGTH;

/// Where a store and its key file are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Location {
    /// The `SQLite` file.
    pub(crate) store: PathBuf,
    /// The key file.
    pub(crate) key_file: PathBuf,
}

impl Location {
    /// The store at `store` with its key file beside it.
    pub(crate) fn beside(store: impl Into<PathBuf>) -> Self {
        let store = store.into();
        let key_file = store.with_file_name("authctl.key");
        Self { store, key_file }
    }
}

/// Files that are being made; those that were are removed unless [`Creation::keep`] is reached.
#[derive(Default)]
pub(super) struct Creation(Vec<Made>);

enum Made {
    Folder(PathBuf),
    File(PathBuf),
}

impl Creation {
    /// Makes the folder of `path`, and those above it, 0700, as far as they are missing.
    pub(super) fn folder_of(&mut self, path: &Path) -> Result<(), Error> {
        let folder = folder(path);
        let missing: Vec<_> = folder.ancestors().take_while(|folder| !folder.is_dir()).collect();
        for folder in missing.into_iter().rev().filter(|folder| !folder.as_os_str().is_empty()) {
            DirBuilder::new().mode(0o700).create(folder).map_err(Error::io("create", folder))?;
            self.0.push(Made::Folder(folder.to_owned()));
        }
        Ok(())
    }

    /// Makes an empty file, 0600.
    pub(super) fn file(&mut self, path: &Path) -> std::io::Result<File> {
        let file = create(path)?;
        self.0.push(Made::File(path.to_owned()));
        Ok(file)
    }

    /// Makes an empty file, 0600, beside `path`: `NAME.SUFFIX-1`, or the next number that is free.
    pub(super) fn file_beside(&mut self, path: &Path, suffix: &str) -> Result<PathBuf, Error> {
        let mut number = 1_u64;
        loop {
            let beside = side_file(path, &format!(".{suffix}-{number}"));
            match self.file(&beside) {
                Ok(_) => return Ok(beside),
                Err(error) if error.kind() == ErrorKind::AlreadyExists => number += 1,
                Err(error) => return Err(Error::io("create", &beside)(error)),
            }
        }
    }

    /// Leaves everything in place, written through to the disk.
    pub(super) fn keep(mut self) -> Result<(), Error> {
        for made in &self.0 {
            let (Made::Folder(path) | Made::File(path)) = made;
            let folder = folder(path);
            File::open(folder).and_then(|it| it.sync_all()).map_err(Error::io("sync", folder))?;
        }
        self.0.clear();
        Ok(())
    }
}

impl Drop for Creation {
    fn drop(&mut self) {
        for made in self.0.drain(..).rev() {
            // What cannot be removed stays: the failure that led here is the one to report.
            let _ = match made {
                Made::Folder(path) => fs::remove_dir(path),
                Made::File(path) => {
                    for side in SIDES {
                        let _ = fs::remove_file(side_file(&path, side));
                    }
                    fs::remove_file(path)
                }
            };
        }
    }
}

/// What `SQLite` appends to a store's name for its own files.
pub(super) const SIDES: [&str; 3] = ["-wal", "-shm", "-journal"];

/// The name of one of `SQLite`'s files beside a store.
pub(super) fn side_file(store: &Path, side: &str) -> PathBuf {
    let mut name = store.as_os_str().to_owned();
    name.push(side);
    name.into()
}

/// Makes a new file that only the owner can use.
pub(super) fn create(path: &Path) -> std::io::Result<File> {
    OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .custom_flags(OFlags::NOFOLLOW.bits().cast_signed())
        .open(path)
}

/// The folder that a path lies in.
pub(super) fn folder(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

/// The path with everything but its last part resolved, so that `SQLite` can be told to follow no link.
pub(super) fn resolved(path: &Path) -> Result<PathBuf, Error> {
    let folder = folder(path);
    let mut resolved = folder.canonicalize().map_err(Error::io("open", folder))?;
    resolved.extend(path.file_name());
    Ok(resolved)
}

/// Whether something of that name is there, also a link that leads nowhere.
pub(super) fn is_there(path: &Path) -> Result<bool, Error> {
    match path.symlink_metadata() {
        Ok(_) => Ok(true),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
        Err(source) => Err(Error::io("look at", path)(source)),
    }
}

/// A journal that a writer has left beside a store with something in it. Readers leave empty ones.
pub(super) fn left_journal(store: &Path) -> Option<PathBuf> {
    let sides = ["-wal", "-journal"].map(|side| side_file(store, side));
    sides.into_iter().find(|side| side.symlink_metadata().is_ok_and(|it| it.len() > 0))
}

/// Makes room for a new store: refuses a journal with something in it, which `SQLite` would apply to the new one,
/// and removes what readers of a store that is gone have left.
pub(super) fn clear_sides(store: &Path) -> Result<(), Error> {
    if let Some(journal) = left_journal(store) {
        return Err(Error::Leftover(journal));
    }
    for side in SIDES.map(|side| side_file(store, side)) {
        match fs::remove_file(&side) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                return Err(Error::io("remove", &side)(error));
            }
            _ => {}
        }
    }
    Ok(())
}

/// Whether new files can be made in the folder of `path`.
pub(super) fn folder_is_writable(path: &Path) -> bool {
    rustix::fs::access(folder(path), Access::WRITE_OK).is_ok()
}

/// Refuses a folder in which everybody can put another file in the place of one. In one such as `/tmp`, where
/// everybody can only add files (sticky), nobody can.
pub(super) fn check_folder(path: &Path) -> Result<(), Error> {
    let folder = folder(path);
    let mode = folder.metadata().map_err(Error::io("look at", folder))?.mode();
    if mode & 0o1002 == 0o002 {
        return Err(Error::LooseFolder { path: folder.to_owned(), mode: mode & 0o7777 });
    }
    Ok(())
}

/// Refuses a store that is missing, not a plain file, empty, or open to others.
///
/// The file itself is not opened: closing it again would drop the locks that another connection of this
/// process holds on it (<https://www.sqlite.org/howtocorrupt.html>, section 2.2).
pub(super) fn check_store(path: &Path) -> Result<(), Error> {
    let metadata = match path.symlink_metadata() {
        Ok(metadata) => metadata,
        Err(error) if error.kind() == ErrorKind::NotFound => {
            return Err(Error::Missing(path.to_owned()));
        }
        Err(source) => return Err(Error::io("look at", path)(source)),
    };
    check_kind(path, &metadata)?;
    check_folder(path)?;
    if metadata.mode() & 0o077 != 0 {
        return Err(Error::LooseMode { path: path.to_owned(), mode: metadata.mode() & 0o7777 });
    }
    if metadata.len() == 0 {
        return Err(Error::NotAStore(path.to_owned()));
    }
    Ok(())
}

/// Reads a key file, refusing one that is not a plain file of the right size, or open to others.
pub(super) fn read_key_file(path: &Path) -> Result<KeyFile, Error> {
    // NONBLOCK: a pipe of that name must not hold the program up.
    let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK;
    let opened = OpenOptions::new().read(true).custom_flags(flags.bits().cast_signed()).open(path);
    let mut file = match opened {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::NotFound => {
            return Err(Error::MissingKeyFile(path.to_owned()));
        }
        Err(error) if error.raw_os_error() == Some(rustix::io::Errno::LOOP.raw_os_error()) => {
            return Err(Error::Symlink(path.to_owned()));
        }
        Err(source) => return Err(Error::io("open", path)(source)),
    };
    let metadata = file.metadata().map_err(Error::io("look at", path))?;
    check_kind(path, &metadata)?;
    check_folder(path)?;
    if metadata.mode() & 0o077 != 0 && !is_systemd_credential(&metadata) {
        return Err(Error::LooseMode { path: path.to_owned(), mode: metadata.mode() & 0o7777 });
    }
    let mut bytes = Zeroizing::new([0; KEY_FILE_SIZE]);
    if metadata.len() != KEY_FILE_SIZE as u64 {
        return Err(Error::NotAKeyFile { path: path.to_owned(), size: metadata.len() });
    }
    file.read_exact(bytes.as_mut()).map_err(Error::io("read", path))?;
    KeyFile::from_bytes(bytes.as_ref())
        .map_err(|_| Error::NotAKeyFile { path: path.to_owned(), size: metadata.len() })
}

/// Writes a new key file.
pub(super) fn write_key_file(
    creation: &mut Creation,
    path: &Path,
    key: &KeyFile,
) -> Result<(), Error> {
    let mut file = creation.file(path).map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => Error::KeyFileExists(path.to_owned()),
        _ => Error::io("create", path)(error),
    })?;
    file.write_all(key.expose()).and_then(|()| file.sync_all()).map_err(Error::io("write", path))
}

fn check_kind(path: &Path, metadata: &Metadata) -> Result<(), Error> {
    if metadata.is_symlink() {
        Err(Error::Symlink(path.to_owned()))
    } else if !metadata.is_file() {
        Err(Error::NotRegular(path.to_owned()))
    } else {
        Ok(())
    }
}

/// systemd hands a service its credentials as files of root's with an access list for the service's
/// user, which shows as mode 0440.
fn is_systemd_credential(metadata: &Metadata) -> bool {
    metadata.mode() & 0o7777 == 0o440
        && metadata.uid() == 0
        && metadata.gid() == 0
        && !rustix::process::geteuid().is_root()
}

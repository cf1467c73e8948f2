//! Copying a store while it is in use.

use std::io::ErrorKind;
use std::path::Path;

use serde_json::json;

use super::file::{self, Creation};
use super::{Actor, Error, Location, Store, connection, schema};

impl Store {
    /// Copies the store, as it is at this moment, into a new file that only the owner can use. The copy
    /// belongs to the same key file, which is not copied.
    pub(crate) fn backup(&self, target: &Path) -> Result<(), Error> {
        let mut creation = Creation::default();
        creation.file(target).map_err(|error| match error.kind() {
            ErrorKind::AlreadyExists => Error::StoreExists(target.to_owned()),
            _ => Error::io("create", target)(error),
        })?;
        connection::copy_to(&self.conn, target)?;
        creation.keep()
    }

    /// Puts a copy of the store back, in the place of the one that is there or where there is none. The
    /// copy must be whole, and of the same key file. Only tried (`dry_run`), it ends before anything is
    /// written.
    ///
    /// The entry in the audit log is made beside the store, so that the store is replaced once, and whole:
    /// whoever reads meanwhile, and whoever looks after a power cut, sees the one or the other.
    pub(crate) fn restore(
        location: &Location,
        source: &Path,
        actor: &Actor,
        dry_run: bool,
    ) -> Result<(), Error> {
        let copy = Location { store: source.to_owned(), ..location.clone() };
        let damaged = |what| Error::DamagedCopy { path: source.to_owned(), what };
        let of_copy = |error| match error {
            Error::Damaged(what) => damaged(what),
            error => error,
        };
        let copy = Self::open_read(&copy).map_err(of_copy)?;
        if let Some(finding) = copy.read().check().map_err(of_copy)?.first() {
            return Err(damaged(format!("{}: {}", finding.check, finding.problem)));
        }
        let is_there = file::is_there(&location.store)?;
        if is_there {
            // Refuses what is no store, or another key file's.
            drop(Self::unmigrated(location, schema::MIGRATIONS)?);
        } else if let Some(journal) = file::left_journal(&location.store) {
            return Err(Error::Leftover(journal));
        }
        if dry_run {
            return Ok(());
        }
        let mut creation = Creation::default();
        creation.folder_of(&location.store)?;
        let mut beside = Creation::default();
        let restored = Location {
            store: beside.file_beside(&location.store, "restored")?,
            ..location.clone()
        };
        connection::copy_to(&copy.conn, &restored.store)?;
        let mut restored = Self::open_write(&restored)?;
        restored.change(actor, false, |change| {
            let detail = json!({ "from": source.display().to_string() });
            change.audit_access("restore", "store", &detail)
        })?;
        if !is_there {
            creation.file(&location.store).map_err(Error::io("create", &location.store))?;
        }
        connection::copy_to(&restored.conn, &location.store)?;
        creation.keep()
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::{PermissionsExt, symlink};
    use std::path::Path;
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::thread;

    use crate::store::testing::{actor, change, store};
    use crate::store::{AuditFilter, ContactId, Error, Location, Store};

    #[test]
    fn a_backup_is_a_store_of_the_same_key_file() {
        let (folder, mut store) = store();
        change(&mut store, |change| change.add_contact(Some(ContactId(7)), false));
        let target = folder.path().join("backup.db");
        store.backup(&target).unwrap();
        change(&mut store, |change| change.remove_contact(ContactId(7)));
        assert_eq!(fs::metadata(&target).unwrap().permissions().mode() & 0o777, 0o600);
        assert!(!folder.path().join("backup.db-wal").exists());
        let copy = Location { store: target, ..store.location().clone() };
        let copy = Store::open_read(&copy).unwrap();
        assert!(copy.read().contact(ContactId(7)).unwrap().is_some());
        assert_eq!(copy.read().check().unwrap(), []);
    }

    #[test]
    fn a_backup_of_a_store_that_is_read_is_the_same() {
        let (folder, store) = store();
        let location = store.location().clone();
        drop(store);
        let target = folder.path().join("backup.db");
        Store::open_read(&location).unwrap().backup(&target).unwrap();
        assert!(Store::open_read(&Location { store: target, ..location }).is_ok());
    }

    #[test]
    fn a_restored_store_is_as_it_was_and_says_so() {
        let (folder, mut store) = store();
        let location = store.location().clone();
        let target = folder.path().join("backup.db");
        change(&mut store, |change| change.add_contact(Some(ContactId(7)), false));
        store.backup(&target).unwrap();
        change(&mut store, |change| change.remove_contact(ContactId(7)));
        drop(store);
        Store::restore(&location, &target, &actor(), false).unwrap();
        let restored = Store::open_read(&location).unwrap();
        assert!(restored.read().contact(ContactId(7)).unwrap().is_some());
        assert_eq!(restored.read().check().unwrap(), []);
        drop(restored);
        fs::remove_file(&location.store).unwrap();
        Store::restore(&location, &target, &actor(), false).unwrap();
        assert!(Store::open_read(&location).is_ok());
    }

    #[test]
    fn nobody_sees_a_restored_store_without_its_entry() {
        let (folder, mut store) = store();
        let location = store.location().clone();
        let target = folder.path().join("backup.db");
        change(&mut store, |change| change.add_contact(Some(ContactId(7)), false));
        store.backup(&target).unwrap();
        change(&mut store, |change| change.remove_contact(ContactId(7)));
        drop(store);
        let done = AtomicBool::new(false);
        thread::scope(|scope| {
            scope.spawn(|| {
                while !done.load(Ordering::Relaxed) {
                    let store = Store::open_read(&location).unwrap();
                    let has_contact = store.read().contact(ContactId(7)).unwrap().is_some();
                    let filter =
                        AuditFilter { action: Some("restore".into()), ..Default::default() };
                    let mut entries = 0;
                    let count = |_| {
                        entries += 1;
                        Ok::<_, Error>(())
                    };
                    store.read().each_audit_row(&filter, count).unwrap();
                    assert_eq!(entries, usize::from(has_contact));
                }
            });
            for _ in 0..5 {
                Store::restore(&location, &target, &actor(), false).unwrap();
            }
            done.store(true, Ordering::Relaxed);
        });
        let stores = |name: &str| Path::new(name).extension().is_some_and(|it| it == "db");
        let left = fs::read_dir(folder.path()).unwrap();
        let left = left.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        assert_eq!(left.filter(|name| name.contains("restored") || stores(name)).count(), 2);
    }

    #[test]
    fn a_restore_that_is_only_tried_changes_nothing() {
        let (folder, mut store) = store();
        let location = store.location().clone();
        let target = folder.path().join("backup.db");
        store.backup(&target).unwrap();
        change(&mut store, |change| change.add_contact(Some(ContactId(7)), false));
        drop(store);
        let before = fs::read(&location.store).unwrap();
        Store::restore(&location, &target, &actor(), true).unwrap();
        assert_eq!(fs::read(&location.store).unwrap(), before);
        fs::write(folder.path().join("gone.db-wal"), "old").unwrap();
        let gone = Location { store: folder.path().join("gone.db"), ..location };
        let refused = Store::restore(&gone, &target, &actor(), true);
        assert!(matches!(refused, Err(Error::Leftover(_))));
    }

    #[test]
    fn nothing_is_restored_from_what_is_no_store() {
        let (folder, store) = store();
        let location = store.location().clone();
        drop(store);
        let before = fs::read(&location.store).unwrap();
        let other = folder.path().join("other.db");
        fs::write(&other, "not a store, and long enough to have a header of one hundred bytes")
            .unwrap();
        fs::set_permissions(&other, fs::Permissions::from_mode(0o600)).unwrap();
        assert!(matches!(
            Store::restore(&location, &other, &actor(), false),
            Err(Error::NotAStore(_))
        ));
        assert_eq!(fs::read(&location.store).unwrap(), before);
    }

    #[test]
    fn a_backup_overwrites_nothing_and_follows_no_link() {
        let (folder, store) = store();
        let target = folder.path().join("backup.db");
        fs::write(&target, "precious").unwrap();
        assert!(matches!(store.backup(&target), Err(Error::StoreExists(_))));
        assert_eq!(fs::read(&target).unwrap(), b"precious");
        let link = folder.path().join("link.db");
        symlink(folder.path().join("elsewhere"), &link).unwrap();
        assert!(store.backup(&link).is_err());
        assert!(!folder.path().join("elsewhere").exists());
    }
}

//! Copying a store while it is in use.

use std::io::ErrorKind;
use std::path::Path;

use super::file::Creation;
use super::{Error, Store, connection};

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
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::{PermissionsExt, symlink};

    use crate::store::testing::{change, store};
    use crate::store::{ContactId, Error, Location, Store};

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

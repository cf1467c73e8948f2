//! Creating, opening, refusing and migrating stores.

use std::fs::{self, Permissions};
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;

use rusqlite::Connection;
use tempfile::TempDir;

use super::testing::{actor, change, location, rng, store};
use super::{ContactId, Error, Location, Store, connection, file, schema};

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o7777
}

fn create(location: &Location) -> Result<Store, Error> {
    Store::create(location, &actor(), &mut rng())
}

/// The names of the files in a folder, but for those of `SQLite`'s that a reader leaves: an index of the
/// journal and an empty journal.
fn files(folder: &TempDir) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(folder.path())
        .unwrap()
        .map(Result::unwrap)
        .filter(|entry| {
            entry.metadata().unwrap().len() > 0
                || entry.path().extension().is_none_or(|it| it != "db-wal")
        })
        .map(|entry| entry.file_name().into_string().unwrap())
        .filter(|name| name != "authctl.db-shm")
        .collect();
    names.sort();
    names
}

/// A closed store with one contact, 7.
fn closed() -> (TempDir, Location) {
    let (folder, mut store) = store();
    change(&mut store, |change| change.add_contact(Some(ContactId(7)), false));
    let location = store.location().clone();
    (folder, location)
}

fn has_contact(location: &Location, id: i64) -> bool {
    let store = Store::open_read(location).unwrap();
    store.read().contact(ContactId(id)).unwrap().is_some()
}

mod creating {
    use super::*;

    #[test]
    fn makes_files_and_folders_for_the_owner_alone() {
        let folder = tempfile::tempdir().unwrap();
        let location = Location::beside(folder.path().join("share/authctl/authctl.db"));
        drop(create(&location).unwrap());
        assert_eq!((mode(&location.store), mode(&location.key_file)), (0o600, 0o600));
        assert_eq!(fs::read(&location.key_file).unwrap().len(), 32);
        for made in ["share", "share/authctl"] {
            assert_eq!(mode(&folder.path().join(made)), 0o700);
        }
    }

    #[test]
    fn leaves_the_mode_of_a_folder_that_was_there() {
        let folder = tempfile::tempdir().unwrap();
        fs::set_permissions(folder.path(), Permissions::from_mode(0o755)).unwrap();
        create(&location(&folder)).unwrap();
        assert_eq!(mode(folder.path()), 0o755);
    }

    #[test]
    fn overwrites_no_store() {
        let (_folder, location) = closed();
        assert!(
            matches!(create(&location), Err(Error::StoreExists(path)) if path == location.store)
        );
        assert!(has_contact(&location, 7));
    }

    #[test]
    fn overwrites_no_key_file_and_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let location = location(&folder);
        fs::write(&location.key_file, "precious").unwrap();
        fs::set_permissions(&location.key_file, fs::Permissions::from_mode(0o600)).unwrap();
        assert!(matches!(create(&location), Err(Error::NotAKeyFile { .. })));
        assert_eq!(files(&folder), ["authctl.key"]);
        assert_eq!(fs::read(&location.key_file).unwrap(), b"precious");
    }

    #[test]
    fn a_key_file_that_is_there_is_the_new_stores_own() {
        let (folder, location) = closed();
        let key = fs::read(&location.key_file).unwrap();
        fs::remove_file(&location.store).unwrap();
        drop(create(&location).unwrap());
        assert_eq!(fs::read(&location.key_file).unwrap(), key);
        assert!(Store::open_read(&location).is_ok());
        assert_eq!(files(&folder), ["authctl.db", "authctl.key"]);
    }

    #[test]
    fn a_folder_where_everybody_can_replace_files_is_refused() {
        let (folder, location) = closed();
        for (mode, refused) in [(0o777, true), (0o1777, false), (0o770, false)] {
            fs::set_permissions(folder.path(), fs::Permissions::from_mode(mode)).unwrap();
            let opened = Store::open_read(&location);
            assert_eq!(matches!(opened, Err(Error::LooseFolder { .. })), refused, "{mode:o}");
            let other = Location { store: folder.path().join("other.db"), ..location.clone() };
            let made = create(&other);
            assert_eq!(matches!(made, Err(Error::LooseFolder { .. })), refused, "{mode:o}");
            drop(made);
            let _ = fs::remove_file(&other.store);
        }
    }

    #[test]
    fn a_file_that_is_no_store_is_told_before_a_key_file_is_missed() {
        let folder = tempfile::tempdir().unwrap();
        let location = location(&folder);
        fs::write(
            &location.store,
            "not a store, and long enough to have a header of one hundred bytes",
        )
        .unwrap();
        fs::set_permissions(&location.store, fs::Permissions::from_mode(0o600)).unwrap();
        assert!(matches!(Store::open_read(&location), Err(Error::NotAStore(_))));
        assert!(matches!(Store::open_write(&location), Err(Error::NotAStore(_))));
    }

    #[test]
    fn a_store_without_a_schema_is_damaged_and_left_as_it_is() {
        let (_folder, location) = closed();
        fs::remove_file(&location.store).unwrap();
        let conn = rusqlite::Connection::open(&location.store).unwrap();
        conn.pragma_update(None, "application_id", super::schema::APPLICATION_ID).unwrap();
        conn.execute_batch("CREATE TABLE user (id INTEGER)").unwrap();
        drop(conn);
        fs::set_permissions(&location.store, fs::Permissions::from_mode(0o600)).unwrap();
        let before = fs::read(&location.store).unwrap();
        assert!(matches!(Store::open_read(&location), Err(Error::Damaged(_))));
        assert!(matches!(Store::open_write(&location), Err(Error::Damaged(_))));
        assert_eq!(fs::read(&location.store).unwrap(), before);
    }

    #[test]
    fn writes_through_no_link_even_one_that_leads_nowhere() {
        let folder = tempfile::tempdir().unwrap();
        let location = location(&folder);
        symlink(folder.path().join("elsewhere"), &location.store).unwrap();
        assert!(matches!(create(&location), Err(Error::StoreExists(_))));
        fs::remove_file(&location.store).unwrap();
        symlink(folder.path().join("elsewhere"), &location.key_file).unwrap();
        assert!(matches!(create(&location), Err(Error::Symlink(_))));
        assert_eq!(files(&folder), ["authctl.key"]);
    }

    #[test]
    fn refuses_a_journal_that_another_store_left() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("authctl.db-wal"), "old").unwrap();
        assert!(matches!(create(&location(&folder)), Err(Error::Leftover(_))));
        assert_eq!(files(&folder), ["authctl.db-wal"]);
    }

    #[test]
    fn a_failure_half_way_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let key_file = folder.path().join("keys/authctl.key");
        // The store's own folder cannot be made: a file of that name is there.
        fs::write(folder.path().join("file"), "").unwrap();
        let location = Location { store: folder.path().join("file/authctl.db"), key_file };
        assert!(create(&location).is_err());
        assert_eq!(files(&folder), ["file"]);
        // The same with the folders swapped, after the store's folder was made.
        let location = Location {
            store: folder.path().join("new/authctl.db"),
            key_file: folder.path().join("file/authctl.key"),
        };
        assert!(create(&location).is_err());
        assert_eq!(files(&folder), ["file"]);
    }

    #[test]
    fn the_file_alone_is_the_store_when_a_writer_is_done() {
        let (folder, _location) = closed();
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
    }
}

mod opening {
    use super::*;

    /// Both ways to open a store refuse it, and nothing is written.
    fn refused(folder: &TempDir, location: &Location, expected: impl Fn(&Error) -> bool) {
        let contents = || -> Vec<_> {
            let path = |name: &String| folder.path().join(name);
            files(folder).iter().map(|name| (name.clone(), fs::read(path(name)).ok())).collect()
        };
        let before = contents();
        for opened in [Store::open_read(location), Store::open_write(location)] {
            let error = opened.err().unwrap();
            assert!(expected(&error), "{error:?}");
        }
        assert!(contents() == before, "{:?}", files(folder));
    }

    #[test]
    fn says_that_there_is_no_store() {
        let folder = tempfile::tempdir().unwrap();
        refused(&folder, &location(&folder), |error| matches!(error, Error::Missing(_)));
        let nowhere = Location::beside(folder.path().join("no/such/authctl.db"));
        refused(&folder, &nowhere, |error| matches!(error, Error::Missing(_)));
    }

    #[test]
    fn refuses_a_store_that_others_can_use() {
        for loose in [0o640, 0o604, 0o620, 0o601, 0o777] {
            let (folder, location) = closed();
            fs::set_permissions(&location.store, Permissions::from_mode(loose)).unwrap();
            refused(
                &folder,
                &location,
                |error| matches!(error, Error::LooseMode { path, mode } if *path == location.store && *mode == loose),
            );
        }
    }

    #[test]
    fn refuses_a_key_file_that_others_can_use() {
        for loose in [0o640, 0o644, 0o660] {
            let (folder, location) = closed();
            fs::set_permissions(&location.key_file, Permissions::from_mode(loose)).unwrap();
            refused(
                &folder,
                &location,
                |error| matches!(error, Error::LooseMode { path, mode } if *path == location.key_file && *mode == loose),
            );
        }
    }

    #[test]
    fn follows_no_link() {
        let (folder, location) = closed();
        let link = Location { store: folder.path().join("link.db"), ..location.clone() };
        symlink(&location.store, &link.store).unwrap();
        refused(&folder, &link, |error| matches!(error, Error::Symlink(_)));
        let link = Location { key_file: folder.path().join("link.key"), ..location.clone() };
        symlink(&location.key_file, &link.key_file).unwrap();
        refused(&folder, &link, |error| matches!(error, Error::Symlink(_)));
    }

    #[test]
    fn a_link_among_the_folders_above_is_fine() {
        let (folder, location) = closed();
        let other = tempfile::tempdir().unwrap();
        symlink(folder.path(), other.path().join("link")).unwrap();
        let linked = Location::beside(other.path().join("link/authctl.db"));
        assert!(has_contact(&linked, 7));
        assert_eq!(Store::open_write(&linked).unwrap().location(), &linked);
        assert!(has_contact(&location, 7));
    }

    #[test]
    fn refuses_what_is_no_regular_file() {
        let (folder, location) = closed();
        let folders = Location { store: folder.path().into(), ..location.clone() };
        refused(&folder, &folders, |error| matches!(error, Error::NotRegular(_)));
        let folders = Location { key_file: folder.path().into(), ..location };
        refused(&folder, &folders, |error| matches!(error, Error::NotRegular(_)));
    }

    #[test]
    fn refuses_files_that_are_no_store() {
        let (folder, location) = closed();
        let whole = fs::read(&location.store).unwrap();
        let texts: [&[u8]; 5] =
            [b"", b"S", b"SQLite format 3\0", &[0; 4096], b"#!/bin/sh\necho hello, not a store\n"];
        for text in texts {
            fs::write(&location.store, text).unwrap();
            refused(&folder, &location, |error| matches!(error, Error::NotAStore(_)));
        }
        let mut headless = whole;
        headless[..16].fill(b'x');
        fs::write(&location.store, headless).unwrap();
        refused(&folder, &location, |error| matches!(error, Error::NotAStore(_)));
    }

    #[test]
    fn refuses_another_programs_database() {
        let (folder, location) = closed();
        fs::write(&location.store, "").unwrap();
        Connection::open(&location.store).unwrap().execute_batch("CREATE TABLE t (a)").unwrap();
        refused(&folder, &location, |error| matches!(error, Error::NotAStore(_)));
    }

    #[test]
    fn a_cut_off_or_overwritten_store_is_an_error_and_no_panic() {
        let (folder, location) = closed();
        let whole = fs::read(&location.store).unwrap();
        for size in [50, 100, 512, 4096, 5000, 8192, whole.len() - 4096] {
            fs::write(&location.store, &whole[..size]).unwrap();
            refused(&folder, &location, |error| {
                matches!(error, Error::NotAStore(_) | Error::Damaged(_))
            });
        }
        let mut scribbled = whole;
        scribbled[100..4096].fill(0x55);
        fs::write(&location.store, scribbled).unwrap();
        refused(&folder, &location, |error| matches!(error, Error::Damaged(_)));
    }

    #[test]
    fn refuses_the_key_file_of_another_store() {
        let (folder, location) = closed();
        let (_other_folder, other) = closed();
        let mixed = Location { key_file: other.key_file, ..location };
        refused(&folder, &mixed, |error| matches!(error, Error::WrongKeyFile { .. }));
    }

    #[test]
    fn refuses_a_missing_or_misshapen_key_file() {
        let (folder, location) = closed();
        for size in [0, 31, 33] {
            fs::write(&location.key_file, vec![7; size]).unwrap();
            refused(
                &folder,
                &location,
                |error| matches!(error, Error::NotAKeyFile { size: found, .. } if *found == size as u64),
            );
        }
        fs::remove_file(&location.key_file).unwrap();
        refused(&folder, &location, |error| matches!(error, Error::MissingKeyFile(_)));
    }

    #[test]
    fn a_reader_sees_one_moment_and_holds_up_no_writer() {
        let (_folder, location) = closed();
        let reader = Store::open_read(&location).unwrap();
        let mut writer = Store::open_write(&location).unwrap();
        assert!(reader.read().contact(ContactId(7)).unwrap().is_some());
        change(&mut writer, |change| change.remove_contact(ContactId(7)));
        assert!(reader.read().contact(ContactId(7)).unwrap().is_some());
        drop(writer);
        assert!(reader.read().contact(ContactId(7)).unwrap().is_some());
        assert!(!has_contact(&location, 7));
    }

    #[test]
    fn a_second_writer_waits_for_the_first() {
        let (_folder, location) = closed();
        let mut first = Store::open_write(&location).unwrap();
        let mut second = Store::open_write(&location).unwrap();
        let (started, has_started) = std::sync::mpsc::channel();
        std::thread::scope(|scope| {
            scope.spawn(move || {
                change(&mut first, |change| {
                    started.send(()).unwrap();
                    for _ in 0..2_000 {
                        change.add_contact(None, false)?;
                    }
                    Ok(())
                });
            });
            has_started.recv().unwrap();
            let id = change(&mut second, |change| change.add_contact(None, false));
            assert_eq!(id, ContactId(7 + 2_000 + 1));
        });
    }

    #[test]
    fn a_store_that_is_only_read_cannot_be_changed() {
        let (_folder, location) = closed();
        let reader = Store::open_read(&location).unwrap();
        assert!(reader.conn.execute("DELETE FROM contact", ()).is_err());
    }

    #[test]
    fn a_trigger_put_into_the_file_is_not_run() {
        let (_folder, location) = closed();
        Connection::open(&location.store)
            .unwrap()
            .execute_batch("CREATE TRIGGER t AFTER INSERT ON contact BEGIN DELETE FROM audit; END")
            .unwrap();
        let mut store = Store::open_write(&location).unwrap();
        change(&mut store, |change| change.add_contact(None, false));
        assert_eq!(store.read().audit_head().unwrap().unwrap().seq, 3);
    }

    #[test]
    fn other_programs_tables_are_left_alone() {
        let (_folder, location) = closed();
        Connection::open(&location.store)
            .unwrap()
            .execute_batch("CREATE TABLE _litestream_seq (id INTEGER PRIMARY KEY, seq INTEGER)")
            .unwrap();
        change(&mut Store::open_write(&location).unwrap(), |change| {
            change.add_contact(None, false)
        });
        assert!(has_contact(&location, 8));
    }
}

mod reading_from_a_read_only_folder {
    use super::*;

    #[test]
    fn the_file_alone_is_read() {
        let (folder, location) = closed();
        let conn = connection::read_immutable(&file::resolved(&location.store).unwrap()).unwrap();
        let sql = "SELECT count(*) FROM contact";
        assert_eq!(conn.query_row(sql, (), |row| row.get::<_, i64>(0)).unwrap(), 1);
        assert_eq!(files(&folder), ["authctl.db", "authctl.key"]);
    }

    #[test]
    fn an_empty_journal_is_no_obstacle() {
        let (folder, location) = closed();
        fs::write(folder.path().join("authctl.db-wal"), "").unwrap();
        assert!(connection::read_immutable(&file::resolved(&location.store).unwrap()).is_ok());
    }

    #[test]
    fn changes_in_a_journal_are_not_overlooked() {
        let (_folder, location) = closed();
        let mut writer = Store::open_write(&location).unwrap();
        change(&mut writer, |change| change.add_contact(None, false));
        let refused = connection::read_immutable(&file::resolved(&location.store).unwrap());
        assert!(matches!(refused, Err(Error::UnreadJournal(_))));
    }

    #[test]
    fn a_path_may_hold_any_character() {
        let folder = tempfile::tempdir().unwrap();
        let location = Location::beside(folder.path().join("a?b#c%41 ü/authctl.db"));
        drop(create(&location).unwrap());
        assert!(connection::read_immutable(&file::resolved(&location.store).unwrap()).is_ok());
    }
}

mod versions {
    use super::*;

    const NEXT: &[&str] = &[schema::MIGRATIONS[0], "ALTER TABLE contact ADD COLUMN note TEXT"];

    fn columns(store: &Store) -> i64 {
        let sql = "SELECT count(*) FROM pragma_table_info('contact')";
        store.conn.query_row(sql, (), |row| row.get(0)).unwrap()
    }

    #[test]
    fn a_new_store_has_the_newest_version() {
        let (_folder, store) = store();
        assert_eq!(schema::version(&store.conn).unwrap(), schema::newest(schema::MIGRATIONS));
    }

    #[test]
    fn a_current_store_is_opened_as_it_is() {
        let (folder, location) = closed();
        drop(Store::open_write(&location).unwrap());
        assert!(has_contact(&location, 7));
        assert_eq!(files(&folder), ["authctl.db", "authctl.key"]);
    }

    #[test]
    fn a_newer_store_is_refused() {
        let (_folder, location) = closed();
        Connection::open(&location.store).unwrap().pragma_update(None, "user_version", 99).unwrap();
        for opened in [Store::open_read(&location), Store::open_write(&location)] {
            assert!(matches!(opened, Err(Error::Newer { found: 99, .. })));
        }
    }

    #[test]
    fn an_older_store_is_not_read() {
        let (folder, location) = closed();
        let opened = Store::read_with(&location, NEXT);
        assert!(matches!(opened, Err(Error::Older { found: 1, known: 2 })));
        assert_eq!(files(&folder), ["authctl.db", "authctl.key"]);
    }

    #[test]
    fn the_first_change_brings_an_older_store_up_to_date_after_a_copy() {
        let (folder, location) = closed();
        let store = Store::write_with(&location, NEXT).unwrap();
        assert_eq!((schema::version(&store.conn).unwrap(), columns(&store)), (2, 3));
        assert!(store.read().contact(ContactId(7)).unwrap().is_some());
        drop(store);
        assert_eq!(files(&folder), ["authctl.db", "authctl.db.v1-1", "authctl.key"]);
        let copy = Location { store: folder.path().join("authctl.db.v1-1"), ..location.clone() };
        assert_eq!(mode(&copy.store), 0o600);
        assert!(has_contact(&copy, 7));
        // Once is enough.
        drop(Store::write_with(&location, NEXT).unwrap());
        assert!(Store::read_with(&location, NEXT).is_ok());
        assert!(!folder.path().join("authctl.db.v1-2").exists());
    }

    #[test]
    fn a_change_that_is_only_tried_brings_no_store_up_to_date() {
        let (folder, location) = closed();
        let opened = Store::trial_with(&location, NEXT);
        assert!(matches!(opened, Err(Error::Older { found: 1, known: 2 })));
        assert_eq!(files(&folder), ["authctl.db", "authctl.key"]);
        assert!(Store::open_trial(&location).is_ok(), "it is as it was");
    }

    #[test]
    fn a_copy_overwrites_nothing() {
        let (folder, location) = closed();
        fs::write(folder.path().join("authctl.db.v1-1"), "older").unwrap();
        drop(Store::write_with(&location, NEXT).unwrap());
        assert_eq!(fs::read(folder.path().join("authctl.db.v1-1")).unwrap(), b"older");
        assert!(folder.path().join("authctl.db.v1-2").exists());
    }

    #[test]
    fn a_failed_migration_leaves_everything_as_it_was() {
        let broken = [NEXT[0], NEXT[1], "INSERT INTO no_such_table VALUES (1)"];
        let (folder, location) = closed();
        assert!(Store::write_with(&location, &broken).is_err());
        assert_eq!(files(&folder), ["authctl.db", "authctl.key"]);
        let store = Store::open_read(&location).unwrap();
        assert_eq!((schema::version(&store.conn).unwrap(), columns(&store)), (1, 2));
        assert!(has_contact(&location, 7));
    }

    #[test]
    fn nothing_is_migrated_with_the_wrong_key_file() {
        let (folder, location) = closed();
        let (_other_folder, other) = closed();
        let mixed = Location { key_file: other.key_file, ..location.clone() };
        assert!(matches!(Store::write_with(&mixed, NEXT), Err(Error::WrongKeyFile { .. })));
        assert_eq!(files(&folder), ["authctl.db", "authctl.key"]);
        assert!(has_contact(&location, 7));
    }
}

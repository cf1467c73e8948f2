//! Stores for tests: real ones, in folders of their own.

use rand::rand_core::UnwrapErr;
use rand::rngs::SysRng;
use serde_json::json;
use tempfile::TempDir;

use super::{Actor, Change, Error, Location, Store};

/// A generator.
pub(crate) fn rng() -> UnwrapErr<SysRng> {
    UnwrapErr(SysRng)
}

/// Somebody at 2026-01-01T00:00:00Z.
pub(crate) fn actor() -> Actor {
    Actor { name: "tester".into(), now: 1_767_225_600 }
}

/// Where the store of a folder is.
pub(crate) fn location(folder: &TempDir) -> Location {
    Location::beside(folder.path().join("authctl.db"))
}

/// A new store, open for changes; the folder goes when it is dropped.
pub(crate) fn store() -> (TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::create(&location(&folder), &actor(), &mut rng()).unwrap();
    (folder, store)
}

/// A change with an entry in the log, which must succeed.
pub(crate) fn change<T>(
    store: &mut Store,
    work: impl FnOnce(&mut Change<'_>) -> Result<T, Error>,
) -> T {
    let done = store.change(&actor(), false, |change| {
        let answer = work(change)?;
        change.audit("test", "test", &json!({}))?;
        Ok::<_, Error>(answer)
    });
    done.unwrap()
}

//! What tests of this layer share.

use std::path::{Path, PathBuf};

use super::{
    Difference, Document, Error, Notation, Omitted, Prepared, Secrets, apply, dump, parse,
};
use crate::store::Store;
use crate::store::testing::{actor, rng};

/// The folder of exported configuration and recorded cases beside the repository, where it is there.
/// It must be on the machines that judge changes.
#[expect(clippy::disallowed_methods, reason = "a test has no arguments to declare it as")]
pub(super) fn shared() -> Option<PathBuf> {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared"));
    let must_exist = std::env::var_os("CI").is_some_and(|value| value == "true");
    assert!(folder.is_dir() || !must_exist, "{} is missing", folder.display());
    folder.is_dir().then(|| folder.to_owned())
}

/// A text as a document.
pub(super) fn document(text: &str) -> Document {
    parse(text.as_bytes(), "f").unwrap()
}

/// Applies a text to a store.
pub(super) fn apply_to(
    store: &mut Store,
    text: &str,
    omitted: Omitted,
) -> Result<Vec<Difference>, Error> {
    let document = document(text);
    store.change(&actor(), false, |change| {
        apply(change, &mut rng(), &document, omitted, &Prepared::default(), &|_| ())
    })
}

/// Differences as lines.
pub(super) fn differences(list: Vec<Difference>) -> Vec<String> {
    list.into_iter().map(|difference| difference.to_string()).collect()
}

/// A store as text.
pub(super) fn dumped(store: &Store) -> String {
    dump(store.read(), Secrets::Kept).unwrap().render(Notation::Yaml).unwrap()
}

//! What tests of this layer share.

use std::path::{Path, PathBuf};

/// The folder of exported configuration and recorded cases beside the repository, where it is there.
/// It must be on the machines that judge changes.
#[expect(clippy::disallowed_methods, reason = "a test has no arguments to declare it as")]
pub(super) fn shared() -> Option<PathBuf> {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared"));
    let must_exist = std::env::var_os("CI").is_some_and(|value| value == "true");
    assert!(folder.is_dir() || !must_exist, "{} is missing", folder.display());
    folder.is_dir().then(|| folder.to_owned())
}

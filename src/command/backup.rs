//! `authctl backup`, `authctl restore`

use std::path::PathBuf;

use super::change::ChangeArgs;
use super::confirm::Confirmed;
use super::new_file;
use crate::cli::{Context, Failure};
use crate::exit::Exit;
use crate::store::{Error, Store};

/// Copy the store while it is in use
///
/// The copy is the store as it is at this moment, in a new file that only you can use. It belongs to the
/// same key file, which is not copied: keep that one somewhere else.
///
/// Example: `authctl backup /var/backups/authctl.db`
#[derive(Debug, clap::Args)]
pub(crate) struct BackupArgs {
    /// The new file
    #[arg(value_name = "FILE", value_parser = new_file::parser())]
    file: PathBuf,
}

/// Put a copy of the store back
///
/// What the store holds is replaced by what the copy holds, in one transaction; the copy must be whole
/// and belong to the same key file. Asks before it replaces a store, or takes `--yes`.
///
/// Example: `authctl restore /var/backups/authctl.db --yes`
#[derive(Debug, clap::Args)]
pub(crate) struct RestoreArgs {
    /// The copy
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[command(flatten)]
    change: ChangeArgs,
}

impl BackupArgs {
    pub(crate) fn run(&self, cx: &mut Context<'_>) -> Result<Exit, Failure> {
        let store = cx.open_read()?;
        store.backup(&self.file)?;
        cx.report(&format!("Copied the store to `{}`.", self.file.display()))?;
        let key_file = store.location().key_file.display();
        cx.note(&format!("the copy needs the key file `{key_file}`, which is not in it"))?;
        Ok(Exit::Done)
    }
}

impl RestoreArgs {
    pub(crate) fn run(&self, cx: &mut Context<'_>) -> Result<Exit, Failure> {
        let location = cx.location()?;
        // Not in the words for a missing store, which `init` would make.
        let copy = self.file.symlink_metadata();
        copy.map_err(|error| Failure::file("read", &self.file, &error))?;
        if location.store.exists() {
            let store = location.store.display();
            let question = format!("replace `{store}` by `{}`?", self.file.display());
            Confirmed::ask(cx, &question, self.change.dry_run)?;
        }
        let restored = Store::restore(&location, &self.file, &cx.actor(), self.change.dry_run);
        restored.map_err(|error| match error {
            Error::NotAStore(path) if path == self.file => Failure::from(Error::NotAStore(path))
                .hint("Give a copy that `authctl backup` has made."),
            error => error.into(),
        })?;
        self.change.report(cx, &format!("Put `{}` back as the store.", self.file.display()))?;
        Ok(Exit::Done)
    }
}

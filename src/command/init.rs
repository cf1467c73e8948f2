//! `authctl init`

use super::change::ChangeArgs;
use crate::cli::{Context, Failure};
use crate::exit::Exit;
use crate::store::Store;

/// Make the store and its key file
///
/// The store is one SQLite file, the key file 32 random bytes beside it (`authctl.key`). Both are
/// readable by you alone. Keep a copy of the key file: without it the store's secrets are lost.
/// What exists is never overwritten; a key file that is there is used for the new store, so that copies and
/// documents of the store that it was made with can be brought in.
///
/// Example: `authctl init --store ~/site.db`
#[derive(Debug, clap::Args)]
pub(crate) struct InitArgs {
    #[command(flatten)]
    change: ChangeArgs,
}

impl InitArgs {
    pub(crate) fn run(&self, cx: &mut Context<'_>) -> Result<Exit, Failure> {
        let location = cx.location()?;
        let actor = cx.actor();
        let has_key_file = location.key_file.exists();
        let advice = if self.change.dry_run {
            Store::try_create(&location, &actor, cx.rng)?;
            ""
        } else {
            Store::create(&location, &actor, cx.rng)?;
            "; keep a copy of it in a safe place"
        };
        let (store, key_file) = (location.store.display(), location.key_file.display());
        self.change.report(cx, &format!("Made the store `{store}`."))?;
        let key_file = if has_key_file {
            format!("It belongs to the key file that is there, `{key_file}`.")
        } else {
            format!("Made the key file `{key_file}`{advice}.")
        };
        self.change.report(cx, &key_file)?;
        Ok(Exit::Done)
    }
}

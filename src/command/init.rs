//! `authctl init`

use super::change::ChangeArgs;
use crate::cli::{Context, Failure};
use crate::exit::Exit;
use crate::store::Store;

/// Make the store and its key file
///
/// The store is one SQLite file, the key file 32 random bytes beside it (`authctl.key`). Both are
/// readable by you alone. Keep a copy of the key file: without it the store's secrets are lost.
/// What exists is never overwritten.
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
        let advice = if self.change.dry_run {
            Store::try_create(&location, &actor, cx.rng)?;
            ""
        } else {
            Store::create(&location, &actor, cx.rng)?;
            "; keep a copy of it in a safe place"
        };
        let (store, key_file) = (location.store.display(), location.key_file.display());
        self.change.report(cx, &format!("Made the store `{store}`."))?;
        self.change.report(cx, &format!("Made the key file `{key_file}`{advice}."))?;
        Ok(Exit::Done)
    }
}

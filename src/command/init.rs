//! `authctl init`

use crate::cli::{Context, Failure};
use crate::exit::Exit;
use crate::store::Store;

/// Makes the store and its key file.
pub(super) fn run(cx: &mut Context<'_>) -> Result<Exit, Failure> {
    let location = cx.location()?;
    let actor = cx.actor();
    Store::create(&location, &actor, cx.rng)?;
    cx.report(&format!("Made the store `{}`.", location.store.display()))?;
    cx.report(&format!(
        "Made the key file `{}`; keep a copy of it in a safe place.",
        location.key_file.display()
    ))?;
    Ok(Exit::Done)
}

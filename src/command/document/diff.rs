//! `authctl diff`

use super::{DocumentArgs, counts, differences, list};
use crate::cli::{Context, Failure};
use crate::command::key::note_revoked;
use crate::document::Prepared;
use crate::exit::Exit;

/// Tell what applying a document would change
///
/// Exits 0 when nothing would, 3 when something would.
///
/// Example: `authctl diff site.yml`
#[derive(Debug, clap::Args)]
pub(crate) struct DiffArgs {
    #[command(flatten)]
    document: DocumentArgs,
}

impl DiffArgs {
    pub(crate) fn run(&self, cx: &mut Context<'_>) -> Result<Exit, Failure> {
        let document = self.document.read(cx)?;
        let store = cx.open_read()?;
        let omitted = self.document.omitted();
        let (differences, revoked) =
            differences(cx, &store, &document, omitted, &Prepared::default())?;
        let name = self.document.name();
        if differences.is_empty() {
            list(cx, differences)?;
            cx.report(&format!("The store is as `{name}` says."))?;
            note_revoked(cx, &revoked)?;
            return Ok(Exit::Done);
        }
        let sentence =
            format!("Applying `{name}` would change the store: {}.", counts(&differences));
        list(cx, differences)?;
        cx.report(&sentence)?;
        note_revoked(cx, &revoked)?;
        Ok(Exit::No)
    }
}

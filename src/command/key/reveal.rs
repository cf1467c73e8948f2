//! `authctl key reveal`

use serde_json::Map;

use super::reference;
use crate::cli::{Context, Failure};
use crate::command::change::audit_access;
use crate::command::secret;
use crate::credential::{Argon, Secret};
use crate::exit::Exit;
use crate::store::{ApiKeyRow, Reader};

/// Show the text of keys that were made with `--recoverable`
///
/// The text goes to standard output, that of a single key alone; an entry in the audit log says that it was
/// shown.
#[derive(Debug, clap::Args)]
pub(super) struct RevealArgs {
    /// Numbers, labels or hints of keys
    #[arg(required = true, value_name = "KEY")]
    keys: Vec<String>,
}

impl RevealArgs {
    pub(super) fn run(&self, cx: &mut Context<'_>) -> Result<Exit, Failure> {
        let mut store = cx.open_write(false)?;
        let mut argon = Argon::new();
        let mut texts = Vec::new();
        for key in reference::keys(store.read(), &self.keys)? {
            texts.push((key.id.0, text(store.read(), &key, &mut argon)?));
        }
        let actor = cx.actor();
        let ids: Vec<String> = texts.iter().map(|(id, _)| id.to_string()).collect();
        store.change(&actor, false, |change| {
            audit_access(change, "key.reveal", "key", &ids, Map::new())
        })?;
        secret::show_several(cx, &texts)?;
        Ok(Exit::Done)
    }
}

fn text(reader: Reader<'_>, key: &ApiKeyRow, argon: &mut Argon) -> Result<Secret, Failure> {
    reader.reveal_key(key, argon)?.ok_or_else(|| {
        Failure::new(Exit::Precondition, format!("key {} cannot be shown again", key.id)).hint(
            format!(
                "Only keys made with `--recoverable` can; `authctl key rotate {} --recoverable` \
                 makes one in its place.",
                key.id
            ),
        )
    })
}

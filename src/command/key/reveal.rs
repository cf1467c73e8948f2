//! `authctl key reveal`

use serde_json::json;

use super::reference;
use crate::cli::{Context, Failure};
use crate::command::secret;
use crate::credential::Argon;
use crate::exit::Exit;

/// Show the text of a key that was made with `--recoverable`
///
/// The text goes to standard output, alone; an entry in the audit log says that it was shown.
#[derive(Debug, clap::Args)]
pub(super) struct RevealArgs {
    /// Number, label or hint of the key
    #[arg(value_name = "KEY")]
    key: String,
}

impl RevealArgs {
    pub(super) fn run(&self, cx: &mut Context<'_>) -> Result<Exit, Failure> {
        let mut store = cx.open_write(false)?;
        let key = reference::key(store.read(), &self.key)?;
        let text = store.read().reveal_key(&key, &mut Argon::new())?.ok_or_else(|| {
            Failure::new(Exit::Precondition, format!("key {} cannot be shown again", key.id)).hint(
                format!(
                    "Only keys made with `--recoverable` can; `authctl key rotate {} --recoverable` \
                     makes one in its place.",
                    key.id
                ),
            )
        })?;
        let actor = cx.actor();
        store.change(&actor, false, |change| {
            change.audit_access("key.reveal", &format!("key {}", key.id), &json!({}))
        })?;
        secret::show(cx, &text)?;
        Ok(Exit::Done)
    }
}

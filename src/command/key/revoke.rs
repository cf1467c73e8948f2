//! `authctl key revoke`

use serde_json::Map;

use super::reference;
use crate::cli::{Context, Failure};
use crate::command::change::{ChangeArgs, audit, counted, few};
use crate::command::confirm::ask_person;
use crate::exit::Exit;

/// Take keys back
///
/// The site no longer has a revoked key; the store keeps it, so that `verify` can say that it was
/// revoked. `authctl key remove` removes it. On a terminal, asks first, unless `--yes` is given.
///
/// Example: `authctl key revoke 7 aku_Ab3d`
#[derive(Debug, clap::Args)]
pub(super) struct RevokeArgs {
    /// Numbers, labels or hints of keys
    #[arg(required = true, value_name = "KEY")]
    keys: Vec<String>,
    #[command(flatten)]
    change: ChangeArgs,
}

impl RevokeArgs {
    pub(super) fn run(&self, cx: &mut Context<'_>) -> Result<Exit, Failure> {
        let now = cx.now.as_second();
        let mut store = cx.open_write(self.change.dry_run)?;
        let list: Vec<String> = reference::keys(store.read(), &self.keys)?
            .iter()
            .map(|key| key.id.to_string())
            .collect();
        let question = format!("revoke {}: {}?", counted(list.len(), "key"), few(&list));
        ask_person(cx, &question, self.change.dry_run)?;
        let actor = cx.actor();
        let (changed, before) = store.change(&actor, self.change.dry_run, |change| {
            let (mut changed, mut before) = (Vec::new(), Vec::new());
            for mut key in reference::keys(change.read(), &self.keys)? {
                if key.revoked_at.is_some_and(|at| at <= now) {
                    before.push(key.id.to_string());
                    continue;
                }
                key.revoked_at = Some(now);
                change.update_key(&key)?;
                changed.push(key.id.to_string());
            }
            audit(change, "key.revoke", "key", &changed, Map::new())?;
            Ok::<_, Failure>((changed, before))
        })?;
        if !changed.is_empty() {
            self.change.report(
                cx,
                &format!("Revoked {}: {}.", counted(changed.len(), "key"), changed.join(", ")),
            )?;
        }
        if !before.is_empty() {
            cx.report(&format!("Revoked already: {}.", before.join(", ")))?;
        }
        Ok(Exit::Done)
    }
}

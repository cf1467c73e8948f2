//! `authctl key remove`, `authctl key prune`

use serde_json::{Map, json};

use super::reference;
use crate::cli::{Context, Failure};
use crate::command::change::{ChangeArgs, audit, counted};
use crate::command::confirm::Confirmed;
use crate::command::moment::{Duration, rfc3339};
use crate::command::subject;
use crate::exit::Exit;
use crate::store::{Change, KeyId};
use crate::verify::Owner;

/// Remove keys from the store
///
/// Nothing is left of them but the entries in the audit log. `authctl key revoke` keeps a key and says
/// that the site no longer has it. Asks first, or takes `--yes`.
#[derive(Debug, clap::Args)]
pub(super) struct RemoveArgs {
    /// Numbers, labels or hints of keys
    #[arg(required = true, value_name = "KEY")]
    keys: Vec<String>,
    #[command(flatten)]
    change: ChangeArgs,
}

/// Remove keys that expired or were revoked
///
/// Asks first, or takes `--yes`.
///
/// Example: `authctl key prune --older 90d --yes`
#[derive(Debug, clap::Args)]
pub(super) struct PruneArgs {
    /// Only keys that ended at least this long ago
    #[arg(long, value_name = "DURATION")]
    older: Option<Duration>,
    /// Only keys of this account
    #[arg(long, value_name = "NAME")]
    user: Option<String>,
    #[command(flatten)]
    change: ChangeArgs,
}

impl RemoveArgs {
    pub(super) fn run(&self, cx: &mut Context<'_>) -> Result<Exit, Failure> {
        let mut store = cx.open_write(self.change.dry_run)?;
        let keys = reference::keys(store.read(), &self.keys)?;
        let ids: Vec<KeyId> = keys.iter().map(|key| key.id).collect();
        let list = names(&ids).join(", ");
        let question = format!("remove key {list} from the store?");
        let confirmed = Confirmed::ask(cx, &question, self.change.dry_run)?;
        let actor = cx.actor();
        store.change(&actor, self.change.dry_run, |change| remove(change, &ids, confirmed))?;
        self.change.report(cx, &format!("Removed {}: {list}.", counted(ids.len(), "key")))?;
        Ok(Exit::Done)
    }
}

fn remove(change: &mut Change<'_>, ids: &[KeyId], _: Confirmed) -> Result<(), Failure> {
    for id in ids {
        change.remove_key(*id)?;
    }
    Ok(audit(change, "key.remove", "key", &names(ids), Map::new())?)
}

impl PruneArgs {
    pub(super) fn run(&self, cx: &mut Context<'_>) -> Result<Exit, Failure> {
        let before = match self.older {
            Some(older) => older.back_from(cx.now)?,
            None => cx.now.as_second(),
        };
        let mut store = cx.open_write(self.change.dry_run)?;
        let owner = match &self.user {
            Some(name) => Some(Owner::User(subject::user(store.read(), name)?.id.0)),
            None => None,
        };
        let actor = cx.actor();
        let ended =
            store.change(&actor, true, |change| prune(change, owner, before, Confirmed::TRIAL))?;
        if ended.is_empty() {
            self.change.report(cx, &format!("No key ended before {}.", rfc3339(before)))?;
            return Ok(Exit::Done);
        }
        let ended = counted(ended.len(), "key");
        let question = format!("remove {ended} that ended before {}?", rfc3339(before));
        let confirmed = Confirmed::ask(cx, &question, self.change.dry_run)?;
        let ids = store.change(&actor, self.change.dry_run, |change| {
            prune(change, owner, before, confirmed)
        })?;
        self.change.report(cx, &format!("Removed {}.", counted(ids.len(), "key")))?;
        Ok(Exit::Done)
    }
}

fn prune(
    change: &mut Change<'_>,
    owner: Option<Owner>,
    before: i64,
    _: Confirmed,
) -> Result<Vec<KeyId>, Failure> {
    let ids = change.prune_keys(owner, before)?;
    let detail = Map::from_iter([("before".to_owned(), json!(rfc3339(before)))]);
    audit(change, "key.prune", "key", &names(&ids), detail)?;
    Ok(ids)
}

fn names(ids: &[KeyId]) -> Vec<String> {
    ids.iter().map(ToString::to_string).collect()
}

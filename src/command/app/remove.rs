//! `authctl app remove`

use rand::CryptoRng;
use serde_json::Map;

use super::record::{self, name_of};
use super::{Application, DEFAULT, find_all};
use crate::cli::{Context, Failure};
use crate::command::change::{ChangeArgs, audit, counted, quoted};
use crate::command::confirm::Confirmed;
use crate::document::application_secrets;
use crate::exit::Exit;
use crate::store::{Change, EntityKind};

/// Remove applications
///
/// Requests that name them are refused from then on. Asks first, or takes `--yes`.
#[derive(Debug, clap::Args)]
pub(super) struct RemoveArgs {
    /// Ids or names
    #[arg(required = true, value_name = "APP")]
    apps: Vec<String>,
    #[command(flatten)]
    change: ChangeArgs,
}

impl RemoveArgs {
    pub(super) fn run(&self, cx: &mut Context<'_>) -> Result<Exit, Failure> {
        let mut store = cx.open_write(self.change.dry_run)?;
        let found = find_all(store.read(), &self.apps)?;
        let names = quoted(found.iter().map(|(id, record)| match name_of(record) {
            "" => id.as_str(),
            name => name,
        }));
        let question = format!("remove {}: {names}?", counted(found.len(), "application"));
        let confirmed = Confirmed::ask(cx, &question, self.change.dry_run)?;
        let actor = cx.actor();
        let was_default = store.change(&actor, self.change.dry_run, |change| {
            remove(change, &found, cx.rng, confirmed)
        })?;
        let count = counted(found.len(), "application");
        self.change.report(cx, &format!("Removed {count}: {names}."))?;
        if was_default {
            cx.note("it was the default one: requests without AUTH-METHOD are refused now")?;
        }
        Ok(Exit::Done)
    }
}

/// Removes them with their secrets; answers whether the default one was among them.
fn remove(
    change: &mut Change<'_>,
    found: &[Application],
    rng: &mut dyn CryptoRng,
    _: Confirmed,
) -> Result<bool, Failure> {
    let ids: Vec<String> = found.iter().map(|(id, _)| id.clone()).collect();
    for (name, id) in application_secrets(change.read())? {
        if ids.contains(&id) {
            change.set_secret(&name, None, rng)?;
        }
    }
    for id in &ids {
        change.remove_entity(EntityKind::Application, id)?;
    }
    let default = change.read().stored_setting(DEFAULT)?;
    let was_default = found.iter().any(|(id, record)| {
        record::is_default(record) && default.as_ref().and_then(|id| id.as_str()) == Some(id)
    });
    if was_default {
        change.set_setting(DEFAULT, &serde_json::Value::Null)?;
    }
    audit(change, "app.remove", "application", &ids, Map::new())?;
    Ok(was_default)
}

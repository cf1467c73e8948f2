//! `authctl resource disable`

use serde_json::{Map, Value, json};

use super::find;
use crate::cli::{Context, Failure};
use crate::command::change::{ChangeArgs, audit};
use crate::exit::Exit;
use crate::store::EntityKind;

/// Disable resources
///
/// Their configuration stays, and `authctl resource enable` takes it up again. To take single methods
/// away, say which are left with `authctl resource set`.
///
/// Example: `authctl resource disable entity:user`
#[derive(Debug, clap::Args)]
pub(super) struct DisableArgs {
    /// Plugins, such as `entity:user`
    #[arg(required = true, value_name = "RESOURCE")]
    resources: Vec<String>,
    #[command(flatten)]
    change: ChangeArgs,
}

impl DisableArgs {
    pub(super) fn run(&self, cx: &mut Context<'_>) -> Result<Exit, Failure> {
        let mut store = cx.open_write(self.change.dry_run)?;
        let actor = cx.actor();
        let changed = store.change(&actor, self.change.dry_run, |change| {
            let mut changed = Vec::new();
            for name in &self.resources {
                let (id, mut entity) = find(change.read(), name)?;
                entity.insert("status".to_owned(), json!(false));
                if change.put_entity(EntityKind::Resource, &id, &Value::Object(entity))? {
                    changed.push(id.replace('.', ":"));
                }
            }
            audit(change, "resource.disable", "resource", &changed, Map::new())?;
            Ok::<_, Failure>(changed)
        })?;
        self.change.report_done(cx, "Disabled", &changed)?;
        Ok(Exit::Done)
    }
}

//! `authctl resource set`

use serde_json::Value;

use super::config::{Config, Granularity};
use super::enable::warn_of_granularity;
use super::find;
use super::known::WordArgs;
use crate::cli::{Context, Failure};
use crate::command::change::{ChangeArgs, audit};
use crate::exit::Exit;
use crate::store::EntityKind;

/// Replace methods, formats or providers of resources
///
/// What is named replaces what there was, for all methods alike; what is not named stays. A method that
/// is new takes what the others take.
///
/// Examples: `authctl resource set entity:user --method GET,POST`,
/// `authctl resource set entity:node --auth basic_auth,cookie`
#[derive(Debug, clap::Args)]
pub(super) struct SetArgs {
    /// Plugins, such as `entity:user`
    #[arg(required = true, value_name = "RESOURCE")]
    resources: Vec<String>,
    #[command(flatten)]
    words: WordArgs,
    /// How the configuration is split
    #[arg(long, value_name = "GRANULARITY", value_enum)]
    granularity: Option<Granularity>,
    #[command(flatten)]
    change: ChangeArgs,
}

impl SetArgs {
    pub(super) fn run(&self, cx: &mut Context<'_>) -> Result<Exit, Failure> {
        let methods = self.words.check()?;
        let asks = [&methods, &self.words.formats, &self.words.providers];
        if self.granularity.is_none() && asks.iter().all(|words| words.is_empty()) {
            return Err(Failure::usage("nothing is to be set")
                .hint("Name `--method`, `--format`, `--auth` or `--granularity`."));
        }
        let mut store = cx.open_write(self.change.dry_run)?;
        let actor = cx.actor();
        let changed = store.change(&actor, self.change.dry_run, |change| {
            let mut changed = Vec::new();
            for name in &self.resources {
                let (id, mut entity) = find(change.read(), name)?;
                let mut config = Config::of(&entity);
                self.replace(&mut config, &methods);
                config.write(&mut entity);
                if change.put_entity(EntityKind::Resource, &id, &Value::Object(entity))? {
                    changed.push(id.replace('.', ":"));
                }
            }
            let detail = self.words.detail(&methods, self.granularity);
            audit(change, "resource.set", "resource", &changed, detail)?;
            Ok::<_, Failure>(changed)
        })?;
        self.change.report_done(cx, "Changed", &changed)?;
        warn_of_granularity(cx, self.granularity)?;
        Ok(Exit::Done)
    }

    fn replace(&self, config: &mut Config, methods: &[String]) {
        let (formats, auth) = (config.all(|entry| &entry.formats), config.all(|entry| &entry.auth));
        for method in methods {
            let entry = config.method(method);
            if entry.formats.is_empty() {
                entry.formats.clone_from(&formats);
            }
            if entry.auth.is_empty() {
                entry.auth.clone_from(&auth);
            }
        }
        if !methods.is_empty() {
            config.methods.retain(|entry| methods.contains(&entry.method));
        }
        for entry in &mut config.methods {
            if !self.words.formats.is_empty() {
                entry.formats.clone_from(&self.words.formats);
            }
            if !self.words.providers.is_empty() {
                entry.auth.clone_from(&self.words.providers);
            }
        }
        config.granularity = self.granularity.unwrap_or(config.granularity);
    }
}

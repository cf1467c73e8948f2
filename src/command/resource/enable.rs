//! `authctl resource enable`

use rand::CryptoRng;
use serde_json::{Value, json};

use super::config::{self, Config, Granularity, add};
use super::id_of;
use super::known::WordArgs;
use crate::cli::{Context, Failure};
use crate::command::change::{ChangeArgs, audit};
use crate::command::uuid;
use crate::document::nearest;
use crate::exit::Exit;
use crate::store::{Change, EntityKind};
use crate::verify::drupal::entity_types;

/// The format and the provider of a method for which none is named.
const DEFAULTS: (&str, &str) = ("json", "rest_api_authentication");

/// Enable resources, or further methods of them
///
/// What is enabled already stays. A new method takes `json` and `rest_api_authentication` unless others
/// are named; a resource that is new is configured method by method.
///
/// Here `--format` names a format of the resource. Lists of what is enabled come from `authctl resource
/// list`.
///
/// Example:
/// `authctl resource enable entity:user --method POST --format json --auth rest_api_authentication`
#[derive(Debug, clap::Args)]
pub(super) struct EnableArgs {
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

impl EnableArgs {
    pub(super) fn run(&self, cx: &mut Context<'_>) -> Result<Exit, Failure> {
        let methods = self.words.check()?;
        let ids = self.resources.iter().map(|name| id_of(name)).collect::<Result<Vec<_>, _>>()?;
        let mut store = cx.open_write(self.change.dry_run)?;
        let actor = cx.actor();
        let changed = store.change(&actor, self.change.dry_run, |change| {
            self.enable(change, &ids, &methods, cx.rng)
        })?;
        self.change.report_done(cx, "Enabled", &changed)?;
        for id in &ids {
            note_unknown_type(cx, id)?;
        }
        warn_of_granularity(cx, self.granularity)?;
        Ok(Exit::Done)
    }

    fn enable(
        &self,
        change: &mut Change<'_>,
        ids: &[String],
        methods: &[String],
        rng: &mut dyn CryptoRng,
    ) -> Result<Vec<String>, Failure> {
        let mut changed = Vec::new();
        for id in ids {
            let stored = change.read().entity(EntityKind::Resource, id)?;
            let mut entity = match stored {
                Some(Value::Object(entity)) => entity,
                _ if methods.is_empty() => {
                    return Err(Failure::usage(format!(
                        "which methods of `{}`?",
                        id.replace('.', ":")
                    ))
                    .hint("Name them with `--method`: GET, POST, PATCH, DELETE."));
                }
                _ => config::new(&uuid::random(rng), id),
            };
            let mut config = Config::of(&entity);
            for method in methods {
                self.add(&mut config, method);
            }
            config.granularity = self.granularity.unwrap_or(config.granularity);
            config.write(&mut entity);
            entity.insert("status".to_owned(), json!(true));
            if change.put_entity(EntityKind::Resource, id, &Value::Object(entity))? {
                changed.push(id.replace('.', ":"));
            }
        }
        let detail = self.words.detail(methods, self.granularity);
        audit(change, "resource.enable", "resource", &changed, detail)?;
        Ok(changed)
    }

    fn add(&self, config: &mut Config, method: &str) {
        let shared = (config.granularity == Granularity::Resource)
            .then(|| (config.all(|entry| &entry.formats), config.all(|entry| &entry.auth)));
        let entry = config.method(method);
        if let Some((formats, auth)) = shared {
            add(&mut entry.formats, &formats);
            add(&mut entry.auth, &auth);
        }
        add(&mut entry.formats, &self.words.formats);
        add(&mut entry.auth, &self.words.providers);
        if entry.formats.is_empty() {
            entry.formats.push(DEFAULTS.0.to_owned());
        }
        if entry.auth.is_empty() {
            entry.auth.push(DEFAULTS.1.to_owned());
        }
    }
}

/// Notes an entity type that core does not have and that looks like a slip for one that it has.
fn note_unknown_type(cx: &mut Context<'_>, id: &str) -> Result<(), Failure> {
    let Some(wanted) = id.strip_prefix("entity.") else { return Ok(()) };
    let known: Vec<String> = entity_types().collect();
    if known.iter().any(|known| known == wanted) {
        return Ok(());
    }
    if let Some(meant) = nearest(wanted, known.iter().map(String::as_str)) {
        cx.note(&format!(
            "core has no entity type `{wanted}`; did you mean `entity:{meant}`? (`authctl resource \
             disable entity:{wanted}` takes it back)"
        ))?;
    }
    Ok(())
}

/// Warns of the granularity that Drupal does not enforce.
pub(super) fn warn_of_granularity(
    cx: &mut Context<'_>,
    granularity: Option<Granularity>,
) -> Result<(), Failure> {
    if granularity == Some(Granularity::Resource) {
        cx.warn(
            "with granularity `resource` Drupal does not enforce the methods: it serves every one that \
             the plugin has",
        )?;
    }
    Ok(())
}

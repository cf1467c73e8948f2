//! `authctl app add`

use clap::builder::NonEmptyStringValueParser;
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::record::{self, Header, Method, name_of};
use super::{SWITCH, all, set_default};
use crate::cli::{Context, Failure};
use crate::command::change::{ChangeArgs, audit, counted, quoted};
use crate::command::subject::{check_no_own_key, once};
use crate::command::uuid;
use crate::exit::Exit;
use crate::output::{Column, Row};
use crate::store::{Change, EntityKind};

/// Add applications
///
/// Prints the id, which requests send as `AUTH-METHOD`. As the module's form does, adding the first
/// application turns the module on (`drupal.settings.enable_authentication`), unless the switch has been
/// set before.
///
/// Examples: `authctl app add "Mobile app" --method api-key --header api-key`,
/// `authctl app add Import --default`
#[derive(Debug, clap::Args)]
pub(super) struct AddArgs {
    /// Names for people
    #[arg(required = true, value_name = "NAME", value_parser = NonEmptyStringValueParser::new())]
    names: Vec<String>,
    /// How requests authenticate
    #[arg(long, value_name = "METHOD", value_enum, default_value_t)]
    method: Method,
    /// Which header carries user name and API key; `authorization` when left out
    #[arg(long, value_name = "HEADER", value_enum)]
    header: Option<Header>,
    /// Make it the default application, which requests without AUTH-METHOD belong to
    #[arg(long)]
    default: bool,
    #[command(flatten)]
    change: ChangeArgs,
}

impl AddArgs {
    pub(super) fn run(&self, cx: &mut Context<'_>) -> Result<Exit, Failure> {
        if self.header.is_some() && self.method != Method::ApiKey {
            return Err(only_api_key());
        }
        let names = once(&self.names);
        names.iter().try_for_each(|name| check_no_own_key("an application", name))?;
        if self.default && names.len() > 1 {
            return Err(Failure::usage("only one application can be the default"));
        }
        let mut store = cx.open_write(self.change.dry_run)?;
        let actor = cx.actor();
        let ids: Vec<String> = names
            .iter()
            .map(|_| uuid::random(cx.rng).split('-').next().unwrap_or_default().to_owned())
            .collect();
        let turned_on =
            store.change(&actor, self.change.dry_run, |change| self.add(change, &ids, &names))?;
        // The next run draws others.
        let kept = if self.change.dry_run { &[][..] } else { &ids };
        if cx.layout().is_table() {
            kept.iter().try_for_each(|id| writeln!(cx.stdout, "{id}"))?;
        } else {
            let rows = kept.iter().zip(&names).map(|(id, name)| AddedRow { id, name });
            cx.list(&rows.collect::<Vec<_>>())?;
        }
        cx.stdout.flush()?;
        let count = counted(names.len(), "application");
        let list = quoted(names.iter().map(String::as_str));
        self.change.report(cx, &format!("Added {count}: {list}."))?;
        for (id, name) in kept.iter().zip(&names) {
            let need = if self.default { "may" } else { "must" };
            cx.report(&format!("Requests to `{name}` {need} send `AUTH-METHOD: {id}`."))?;
        }
        if turned_on {
            cx.report(&format!("Turned the module on: `{SWITCH}`."))?;
        }
        self.warn(cx, &store)?;
        Ok(Exit::Done)
    }

    fn add(
        &self,
        change: &mut Change<'_>,
        ids: &[String],
        names: &[String],
    ) -> Result<bool, Failure> {
        let known = all(change.read())?;
        for (id, name) in ids.iter().zip(names) {
            let is_taken = |other: &(String, Map<String, Value>)| {
                name_of(&other.1) == name || other.0 == *id || other.0 == *name
            };
            if let Some((taken, _)) = known.iter().find(|other| is_taken(other)) {
                return Err(Failure::new(
                    Exit::Precondition,
                    format!("application `{name}` exists already: {taken}"),
                )
                .hint(format!("Change it with `authctl app set {taken}`.")));
            }
            let record = record::new(id, name, self.method, self.header.unwrap_or_default());
            change.put_entity(EntityKind::Application, id, &Value::Object(record))?;
        }
        if let ([id], true) = (ids, self.default) {
            set_default(change, Some(id))?;
        }
        let is_new = change.read().stored_setting(SWITCH)?.is_none();
        if is_new {
            change.set_setting(SWITCH, &json!(1))?;
        }
        let detail = Map::from_iter([
            ("names".to_owned(), json!(names)),
            ("method".to_owned(), json!(self.method.word())),
            ("header".to_owned(), json!(self.header.map(Header::word))),
            ("default".to_owned(), json!(self.default)),
            ("turned_on".to_owned(), json!(is_new)),
        ]);
        audit(change, "app.add", "application", ids, detail)?;
        Ok(is_new)
    }

    fn warn(&self, cx: &mut Context<'_>, store: &crate::store::Store) -> Result<(), Failure> {
        let reader = store.read();
        if reader.stored_setting(SWITCH)?.is_some_and(|on| record::number(&on) == Some(0)) {
            cx.warn(&format!(
                "the module is off, so nothing is asked of requests; turn it on with \
                 `authctl setting set {SWITCH} 1`"
            ))?;
        }
        if self.method.is_premium() {
            cx.warn(&format!(
                "the free releases check nothing for the method `{}`: every request goes on as \
                 anonymous",
                self.method.word()
            ))?;
        }
        let module = reader.setting("drupal.module")?;
        if !matches!(module.as_str(), Some("guide" | "2.1.0")) {
            let module = module.as_str().unwrap_or_default();
            cx.note(&format!(
                "release {module} of the module has no applications, and ignores it"
            ))?;
        }
        Ok(())
    }
}

/// A new application, for programs.
#[derive(Serialize)]
struct AddedRow<'a> {
    id: &'a str,
    name: &'a str,
}

impl Row for AddedRow<'_> {
    const COLUMNS: &'static [Column] = &[Column::whole("id"), Column::text("name")];

    fn cells(&self) -> Vec<String> {
        vec![self.id.to_owned(), self.name.to_owned()]
    }
}

/// The failure for a header that the method does not know.
pub(super) fn only_api_key() -> Failure {
    Failure::usage("only the method `api-key` has a choice of headers")
        .hint("Leave `--header` out, or add `--method api-key`.")
}

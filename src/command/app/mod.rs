//! `authctl app`: the applications of Drupal's module.

mod add;
mod list;
mod record;
mod remove;
mod restriction;
mod set;

use clap::Subcommand;
use serde_json::{Map, Value, json};

use self::record::name_of;
use super::subject::unknown;
use crate::cli::{Context, Failure};
use crate::exit::Exit;
use crate::store::{Change, EntityKind, Reader};

/// The setting that names the default application.
const DEFAULT: &str = "drupal.settings.default_application_id";

/// The module's switch.
const SWITCH: &str = "drupal.settings.enable_authentication";

/// Manage the applications of Drupal's module
///
/// A request names its application in the header `AUTH-METHOD`, or belongs to the default one. The
/// application says how requests authenticate, and in which header the credential comes. Releases
/// before 2.1.0 have no applications.
///
/// Commands take an application by its id or by its name.
#[derive(Debug, clap::Args)]
pub(crate) struct AppArgs {
    #[command(subcommand)]
    command: AppCommand,
}

#[derive(Debug, Subcommand)]
#[command(defer = true)]
enum AppCommand {
    /// Add applications
    Add(add::AddArgs),
    /// List applications
    List,
    /// Show applications with their restrictions
    Show(list::ShowArgs),
    /// Change applications
    Set(set::SetArgs),
    /// Remove applications
    Remove(remove::RemoveArgs),
}

impl AppArgs {
    pub(crate) fn run(&self, cx: &mut Context<'_>) -> Result<Exit, Failure> {
        match &self.command {
            AppCommand::Add(args) => args.run(cx),
            AppCommand::List => list::list(cx),
            AppCommand::Show(args) => args.run(cx),
            AppCommand::Set(args) => args.run(cx),
            AppCommand::Remove(args) => args.run(cx),
        }
    }
}

/// An application: its id and its record.
type Application = (String, Map<String, Value>);

/// All applications. A record of another make than the module's counts as empty.
fn all(reader: Reader<'_>) -> Result<Vec<Application>, Failure> {
    let found = reader.entities(EntityKind::Application)?.into_iter();
    Ok(found
        .map(|(id, record)| match record {
            Value::Object(fields) => (id, fields),
            _ => (id, Map::new()),
        })
        .collect())
}

/// The application of that id, or else of that name.
fn find(reader: Reader<'_>, reference: &str) -> Result<Application, Failure> {
    let all = all(reader)?;
    if let Some(found) = all.iter().find(|(id, _)| id == reference) {
        return Ok(found.clone());
    }
    let named: Vec<_> = all.iter().filter(|(_, record)| name_of(record) == reference).collect();
    match named.as_slice() {
        [only] => Ok((*only).clone()),
        [] => {
            let known = all.iter().flat_map(|(id, record)| [id.as_str(), name_of(record)]);
            Err(unknown("application", reference, known, "`authctl app list` lists all."))
        }
        several => {
            let ids: Vec<&str> = several.iter().map(|(id, _)| id.as_str()).collect();
            Err(Failure::new(
                Exit::Precondition,
                format!("`{reference}` means several applications: {}", ids.join(", ")),
            )
            .hint("Name one of them by its id."))
        }
    }
}

/// The applications that are named, each once.
fn find_all(reader: Reader<'_>, references: &[String]) -> Result<Vec<Application>, Failure> {
    let mut found: Vec<Application> = Vec::new();
    for reference in references {
        let one = find(reader, reference)?;
        if found.iter().all(|(id, _)| *id != one.0) {
            found.push(one);
        }
    }
    Ok(found)
}

/// Makes one application the default and no other, or none at all.
fn set_default(change: &mut Change<'_>, wanted: Option<&str>) -> Result<(), Failure> {
    for (id, mut record) in all(change.read())? {
        let is_wanted = wanted == Some(id.as_str());
        if record::is_default(&record) != is_wanted {
            record.insert("is_default".to_owned(), json!(is_wanted));
            change.put_entity(EntityKind::Application, &id, &Value::Object(record))?;
        }
    }
    change.set_setting(DEFAULT, &wanted.map_or(Value::Null, |id| json!(id)))?;
    Ok(())
}

//! `authctl resource`: REST resources of Drupal core.

mod config;
mod disable;
mod enable;
mod known;
mod list;
mod set;

use clap::Subcommand;
use serde_json::{Map, Value};

use super::subject::{check_no_key, shown, unknown};
use crate::cli::{Context, Failure};
use crate::exit::Exit;
use crate::store::{EntityKind, Reader};

/// Manage REST resources of Drupal
///
/// A request reaches a resource (`entity:user`, `entity:node`, a plugin of a module) when it is enabled
/// with the request's method, a format and an authentication provider. Resources are kept as Drupal
/// exports them (`rest.resource.*`); JSON:API needs none.
#[derive(Debug, clap::Args)]
pub(crate) struct ResourceArgs {
    #[command(subcommand)]
    command: ResourceCommand,
}

// Not deferred: clap must see what `--format` is here before it hands the global option down.
#[derive(Debug, Subcommand)]
enum ResourceCommand {
    /// List resources
    List,
    /// Enable resources, or further methods of them
    Enable(enable::EnableArgs),
    /// Disable resources
    Disable(disable::DisableArgs),
    /// Replace methods, formats or providers of resources
    Set(set::SetArgs),
}

impl ResourceArgs {
    pub(crate) fn run(&self, cx: &mut Context<'_>) -> Result<Exit, Failure> {
        match &self.command {
            ResourceCommand::List => list::list(cx),
            ResourceCommand::Enable(args) => args.run(cx),
            ResourceCommand::Disable(args) => args.run(cx),
            ResourceCommand::Set(args) => args.run(cx),
        }
    }
}

/// The id of a resource, which people also write as the plugin's id: `entity:user`.
fn id_of(name: &str) -> Result<String, Failure> {
    let is_id = |name: &str| {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"_-.:".contains(&byte);
        !name.is_empty() && name.bytes().all(plain)
    };
    check_no_key("a resource", name)?;
    if !is_id(name) {
        return Err(Failure::usage(format!("no resource {}", shown(name)))
            .hint("Resources go by the id of their plugin, such as `entity:user`."));
    }
    Ok(name.replace(':', "."))
}

/// A resource that must be there.
fn find(reader: Reader<'_>, name: &str) -> Result<(String, Map<String, Value>), Failure> {
    let id = id_of(name)?;
    if let Some(Value::Object(entity)) = reader.entity(EntityKind::Resource, &id)? {
        return Ok((id, entity));
    }
    let known = reader.entities(EntityKind::Resource)?;
    let names: Vec<String> = known.iter().map(|(id, _)| id.replace('.', ":")).collect();
    let otherwise = "`authctl resource enable` enables one; `authctl resource list` lists all.";
    Err(unknown("resource", name, names.iter().map(String::as_str), otherwise))
}

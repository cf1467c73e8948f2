//! `authctl key`: API keys.

mod delivery;
mod generate;
mod identify;
mod import;
mod list;
mod owner;
mod reference;
mod remove;
mod reveal;
mod revoke;
mod rotate;
mod row;
mod self_service;
mod set;
mod target;

use clap::Subcommand;

use super::change::few;
use crate::cli::{Context, Failure};
use crate::exit::Exit;

/// Manage API keys
///
/// A key is stored as digests under the key file; its text is shown once, when it is made. Commands take
/// a key by its number, its label or the hint that lists show (`aku_Ab3d`).
#[derive(Debug, clap::Args)]
pub(crate) struct KeyArgs {
    #[command(subcommand)]
    command: KeyCommand,
}

#[derive(Debug, Subcommand)]
#[command(defer = true)]
enum KeyCommand {
    /// Make keys and show them once
    Generate(generate::GenerateArgs),
    /// Take over keys that a site has already
    Import(import::ImportArgs),
    /// List keys
    List(list::ListArgs),
    /// Show all of a key but its text
    Show(list::ShowArgs),
    /// Show the text of keys that were made with --recoverable
    Reveal(reveal::RevealArgs),
    /// Make keys in the place of others
    Rotate(rotate::RotateArgs),
    /// Change when keys expire, or their label
    Set(set::SetArgs),
    /// Take keys back
    Revoke(revoke::RevokeArgs),
    /// Remove keys from the store
    Remove(remove::RemoveArgs),
    /// Remove keys that expired or were revoked
    Prune(remove::PruneArgs),
    /// Tell whose key a text is
    Identify(identify::IdentifyArgs),
}

/// Says of keys that were to be there, and are, that they stay revoked.
pub(super) fn note_revoked(cx: &mut Context<'_>, ids: &[String]) -> Result<(), Failure> {
    if ids.is_empty() {
        return Ok(());
    }
    cx.warn(&format!(
        "revoked, and so not on the site: key {}; a document with `revoked: null` beside the key brings one \
         back, or `authctl key remove {}` and then the same again",
        few(ids),
        ids.join(" ")
    ))
}

impl KeyArgs {
    pub(crate) fn run(&self, cx: &mut Context<'_>) -> Result<Exit, Failure> {
        match &self.command {
            KeyCommand::Generate(args) => args.run(cx),
            KeyCommand::Import(args) => args.run(cx),
            KeyCommand::List(args) => args.run(cx),
            KeyCommand::Show(args) => args.run(cx),
            KeyCommand::Reveal(args) => args.run(cx),
            KeyCommand::Rotate(args) => args.run(cx),
            KeyCommand::Set(args) => args.run(cx),
            KeyCommand::Revoke(args) => args.run(cx),
            KeyCommand::Remove(args) => args.run(cx),
            KeyCommand::Prune(args) => args.run(cx),
            KeyCommand::Identify(args) => args.run(cx),
        }
    }
}

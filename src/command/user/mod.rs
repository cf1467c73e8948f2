//! `authctl user`: CMS accounts.

mod add;
mod block;
mod list;
mod passwd;
mod remove;
mod set;

use clap::Subcommand;

use super::subject;
use crate::cli::{Context, Failure};
use crate::exit::Exit;

/// Manage CMS accounts
#[derive(Debug, clap::Args)]
pub(crate) struct UserArgs {
    #[command(subcommand)]
    command: UserCommand,
}

#[derive(Debug, Subcommand)]
#[command(defer = true)]
enum UserCommand {
    /// Add accounts
    Add(add::AddArgs),
    /// List accounts
    List(list::ListArgs),
    /// Show all of an account
    Show(list::ShowArgs),
    /// Change an account's name, e-mail address or contact
    Set(set::SetArgs),
    /// Remove accounts with their keys, roles and permissions
    Remove(remove::RemoveArgs),
    /// Block accounts
    Block(block::BlockArgs),
    /// Unblock accounts
    Unblock(block::UnblockArgs),
    /// Set the password of accounts
    Passwd(passwd::PasswdArgs),
    /// Tell whether accounts exist
    Exists(ExistsArgs),
}

impl UserArgs {
    pub(crate) fn run(&self, cx: &mut Context<'_>) -> Result<Exit, Failure> {
        match &self.command {
            UserCommand::Add(args) => args.run(cx),
            UserCommand::List(args) => args.run(cx),
            UserCommand::Show(args) => args.run(cx),
            UserCommand::Set(args) => args.run(cx),
            UserCommand::Remove(args) => args.run(cx),
            UserCommand::Block(args) => args.run(cx),
            UserCommand::Unblock(args) => args.run(cx),
            UserCommand::Passwd(args) => args.run(cx),
            UserCommand::Exists(args) => args.run(cx),
        }
    }
}

/// Tell whether accounts exist
///
/// Exits 0 when all of them do, 3 when one does not.
#[derive(Debug, clap::Args)]
struct ExistsArgs {
    /// Names of accounts
    #[arg(required = true, value_name = "NAME")]
    names: Vec<String>,
}

impl ExistsArgs {
    fn run(&self, cx: &mut Context<'_>) -> Result<Exit, Failure> {
        let store = cx.open_read()?;
        for name in &self.names {
            if store.read().user_named(name)?.is_none() {
                cx.report(&format!("There is no user {}.", subject::shown(name)))?;
                return Ok(Exit::No);
            }
        }
        Ok(Exit::Done)
    }
}

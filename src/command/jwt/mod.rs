//! `authctl jwt`: JSON Web Tokens of CiviCRM.

mod inspect;
mod issue;
mod key;

use clap::Subcommand;

use crate::cli::{Context, Failure};
use crate::credential::jwt::SignKeys;
use crate::exit::Exit;
use crate::store::{Reader, SIGN_KEYS};

/// Manage JSON Web Tokens and the keys that sign them
///
/// The keys are those of `CIVICRM_SIGN_KEYS` on the site, kept sealed. The first one signs.
#[derive(Debug, clap::Args)]
pub(crate) struct JwtArgs {
    #[command(subcommand)]
    command: JwtCommand,
}

#[derive(Debug, Subcommand)]
#[command(defer = true)]
enum JwtCommand {
    /// Make a token for a contact
    Issue(issue::IssueArgs),
    /// Tell what a token says and whether the site would take it
    Inspect(inspect::InspectArgs),
    /// Manage the signing keys
    Key(key::KeyArgs),
}

impl JwtArgs {
    pub(crate) fn run(&self, cx: &mut Context<'_>) -> Result<Exit, Failure> {
        match &self.command {
            JwtCommand::Issue(args) => args.run(cx),
            JwtCommand::Inspect(args) => args.run(cx),
            JwtCommand::Key(args) => args.run(cx),
        }
    }
}

/// The store's signing keys; none is a failure that says how to add one.
fn sign_keys(reader: Reader<'_>) -> Result<SignKeys, Failure> {
    match reader.secret(SIGN_KEYS)? {
        Some(text) if !text.is_empty() => Ok(SignKeys::parse(text.expose())?),
        _ => Err(Failure::new(Exit::Precondition, "there are no signing keys")
            .hint("Take over the site's with `authctl jwt key add`, or make one with `authctl jwt key add --generate`.")),
    }
}

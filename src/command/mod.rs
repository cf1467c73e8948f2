//! The commands, a file or a folder a noun: arguments, what runs, rows. Glue only: what a command
//! decides lies in `verify`, `credential` and `document`, what it keeps in `store`.

mod app;
mod audit;
mod authx;
mod backup;
mod change;
mod check;
mod completions;
mod confirm;
mod contact;
mod document;
mod exchange;
mod flow;
mod guard;
mod init;
mod input;
mod jwt;
mod key;
mod man;
mod moment;
mod new_file;
mod pattern;
mod perm;
mod progress;
mod read;
mod resource;
mod role;
mod secret;
mod setting;
mod site_key;
mod subject;
mod test;
mod tour;
mod user;
mod uuid;
mod verify;
mod whole;

use clap::Subcommand;

use crate::cli::{Context, Failure};
use crate::exit::Exit;

/// The nouns. Their arguments are declared when one is chosen, which keeps the start quick.
#[derive(Debug, Subcommand)]
#[command(defer = true)]
pub(crate) enum Command {
    /// Make the store and its key file
    Init(init::InitArgs),
    /// Manage CMS accounts
    User(user::UserArgs),
    /// Manage CiviCRM contacts
    Contact(contact::ContactArgs),
    /// Manage roles
    Role(role::RoleArgs),
    /// Manage permissions of roles and accounts
    Perm(perm::PermArgs),
    /// Manage API keys
    Key(key::KeyArgs),
    /// Manage AuthX's guards
    Guard(guard::GuardArgs),
    /// Manage CiviCRM's site key
    SiteKey(site_key::SiteKeyArgs),
    /// Manage what AuthX accepts in each flow
    Flow(flow::FlowArgs),
    /// Manage JSON Web Tokens and the keys that sign them
    Jwt(jwt::JwtArgs),
    /// Manage the applications of Drupal's module
    App(app::AppArgs),
    /// Manage REST resources of Drupal
    Resource(resource::ResourceArgs),
    /// Manage facts about the site
    Setting(setting::SettingArgs),
    /// Bring the store to what a document says
    Apply(document::ApplyArgs),
    /// Tell what applying a document would change
    Diff(document::DiffArgs),
    /// Write the store down as a document
    Dump(document::DumpArgs),
    /// Read and check the audit log
    Audit(audit::AuditArgs),
    /// Judge requests as the site would
    Verify(verify::VerifyArgs),
    /// Print requests as they were understood, a JSON line each
    Read(read::ReadArgs),
    /// Judge requests and compare the verdicts with those that are expected
    Test(test::TestArgs),
    /// Look the store and its key file over
    ///
    /// The file and its mode, references between rows, what must open with the key file, the audit chain.
    /// A store that cannot be opened at all is told as any command tells it.
    ///
    /// Exits 0 when nothing is wrong, 7 when something is.
    Check,
    /// Copy the store while it is in use
    Backup(backup::BackupArgs),
    /// Put a copy of the store back
    Restore(backup::RestoreArgs),
    /// Tell the whole story on a throw-away store
    ///
    /// A good key answers 401; the reason, the permission that mends it, and the site key as a parameter
    /// and as a header. Every command is shown as it would be typed, and then run. Your own store is
    /// not touched.
    Tour,
    /// Print the completions of a shell
    Completions(completions::CompletionsArgs),
    /// Write the manual pages into a folder
    Man(man::ManArgs),
}

impl Command {
    /// Runs the command.
    pub(crate) fn run(self, cx: &mut Context<'_>) -> Result<Exit, Failure> {
        match self {
            Self::Init(args) => args.run(cx),
            Self::User(args) => args.run(cx),
            Self::Contact(args) => args.run(cx),
            Self::Role(args) => args.run(cx),
            Self::Perm(args) => args.run(cx),
            Self::Key(args) => args.run(cx),
            Self::Guard(args) => args.run(cx),
            Self::SiteKey(args) => args.run(cx),
            Self::Flow(args) => args.run(cx),
            Self::Jwt(args) => args.run(cx),
            Self::App(args) => args.run(cx),
            Self::Resource(args) => args.run(cx),
            Self::Setting(args) => args.run(cx),
            Self::Apply(args) => args.run(cx),
            Self::Diff(args) => args.run(cx),
            Self::Dump(args) => args.run(cx),
            Self::Audit(args) => args.run(cx),
            Self::Verify(args) => args.run(cx),
            Self::Read(args) => args.run(cx),
            Self::Test(args) => args.run(cx),
            Self::Check => check::run(cx),
            Self::Backup(args) => args.run(cx),
            Self::Restore(args) => args.run(cx),
            Self::Tour => tour::run(cx),
            Self::Completions(args) => args.run(cx),
            Self::Man(args) => args.run(cx),
        }
    }
}

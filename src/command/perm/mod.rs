//! `authctl perm`: permissions of roles and accounts.

mod check;
mod known;
mod list;

use clap::Subcommand;
use clap::builder::NonEmptyStringValueParser;

pub(in crate::command) use self::known::full_name;
use super::change::{ChangeArgs, audit, quoted};
use super::exchange::Exchange;
use super::{confirm, subject};
use crate::cli::{Context, Failure};
use crate::exit::Exit;
use crate::store::{Change, Grantee, Reader};
use crate::verify::shell;

/// Manage permissions of roles and accounts
///
/// Permissions go by machine name, such as `administer users`; `api-key` and `password` are short for the
/// two of AuthX, `authenticate with api key` and `authenticate with password`.
#[derive(Debug, clap::Args)]
pub(crate) struct PermArgs {
    #[command(subcommand)]
    command: PermCommand,
}

#[derive(Debug, Subcommand)]
#[command(defer = true)]
enum PermCommand {
    /// Grant permissions
    Grant(GrantArgs),
    /// Take permissions back
    Revoke(RevokeArgs),
    /// List what was granted to whom
    List(list::ListArgs),
    /// Tell whether somebody has permissions
    Check(check::CheckArgs),
    /// List the permissions that authctl knows
    ///
    /// Those that AuthX, CiviCRM and the Drupal module ask for, and those that were granted to anybody
    /// here. A site has more, and any name can be granted.
    Known,
}

/// Whom a command is about.
#[derive(Debug, clap::Args)]
#[group(required = true, multiple = true)]
struct GranteeArgs {
    /// An account (can be repeated)
    #[arg(long = "user", value_name = "NAME")]
    users: Vec<String>,
    /// A role (can be repeated)
    #[arg(long = "role", value_name = "ROLE")]
    roles: Vec<String>,
}

impl GranteeArgs {
    /// The roles and accounts, each with its name for people.
    fn find(&self, reader: Reader<'_>) -> Result<Vec<(Grantee, String)>, Failure> {
        let mut found = Vec::new();
        for role in subject::roles(reader, &self.roles)? {
            let role = role.name;
            found.push((Grantee::Role(role.clone()), format!("role {role}")));
        }
        for user in subject::users(reader, &self.users)? {
            found.push((Grantee::User(user.id), format!("user {}", user.name)));
        }
        Ok(found)
    }
}

/// Grant permissions
///
/// Several permissions and several holders are one change.
///
/// Example: `authctl perm grant --user alice api-key`
#[derive(Debug, clap::Args)]
struct GrantArgs {
    #[command(flatten)]
    what: PermissionArgs,
}

/// Take permissions back
///
/// Several permissions and several holders are one change. A permission that a role gives is not taken
/// from an account by `--user`. On a terminal, asks before it takes from a role or from several holders,
/// unless `--yes` is given.
///
/// Example: `authctl perm revoke --user alice api-key`
#[derive(Debug, clap::Args)]
struct RevokeArgs {
    #[command(flatten)]
    what: PermissionArgs,
}

// Which permissions, and whose; no text of its own, which would be the command's.
#[derive(Debug, clap::Args)]
struct PermissionArgs {
    /// Permissions by machine name, or `api-key`, `password`
    #[arg(required = true, value_name = "PERMISSION", value_parser = NonEmptyStringValueParser::new())]
    permissions: Vec<String>,
    #[command(flatten)]
    grantees: GranteeArgs,
    #[command(flatten)]
    change: ChangeArgs,
}

impl PermArgs {
    pub(crate) fn run(&self, cx: &mut Context<'_>) -> Result<Exit, Failure> {
        match &self.command {
            PermCommand::Grant(args) => args.what.run(cx, true),
            PermCommand::Revoke(args) => args.what.run(cx, false),
            PermCommand::List(args) => args.run(cx),
            PermCommand::Check(args) => args.run(cx),
            PermCommand::Known => known::list(cx),
        }
    }
}

impl PermissionArgs {
    fn run(&self, cx: &mut Context<'_>, give: bool) -> Result<Exit, Failure> {
        let permissions = full_names(&self.permissions)?;
        let mut store = cx.open_write(self.change.dry_run)?;
        let granted = store.read().granted_permissions()?;
        let several = self.grantees.users.len() + self.grantees.roles.len() > 1;
        if !give && (several || !self.grantees.roles.is_empty()) {
            let what = quoted(permissions.iter().copied());
            let from = if several { "all of these" } else { "the role" };
            confirm::ask_person(cx, &format!("take {what} from {from}?"), self.change.dry_run)?;
        }
        let actor = cx.actor();
        let changed = store
            .change(&actor, self.change.dry_run, |change| self.apply(change, &permissions, give))?;
        let new = if give { "is new here" } else { "is known to nobody here" };
        known::note_unknown(cx, &permissions, &granted, new)?;
        let words = if give { ("Granted", "to") } else { ("Took", "from") };
        changed.report(cx, self.change, words)?;
        if !give {
            self.note_what_is_left(cx, store.read(), &permissions)?;
        }
        Ok(Exit::Done)
    }

    fn apply<'p>(
        &self,
        change: &mut Change<'_>,
        permissions: &[&'p str],
        give: bool,
    ) -> Result<Exchange<'p>, Failure> {
        let (mut changed, mut holders) = (Exchange::default(), Vec::new());
        for (grantee, name) in self.grantees.find(change.read())? {
            let differs = |permission| {
                if give {
                    change.grant(&grantee, permission)
                } else {
                    change.revoke(&grantee, permission)
                }
            };
            if changed.add(&name, permissions, differs)? {
                holders.push(name);
            }
        }
        let action = if give { "perm.grant" } else { "perm.revoke" };
        let (kind, subjects) = subjects(&holders);
        audit(change, action, kind, &subjects, changed.detail("permissions"))?;
        Ok(changed)
    }

    /// Says so when an account has a revoked permission still, by a role.
    fn note_what_is_left(
        &self,
        cx: &mut Context<'_>,
        reader: Reader<'_>,
        permissions: &[&str],
    ) -> Result<(), Failure> {
        if self.change.dry_run {
            return Ok(());
        }
        for user in subject::users(reader, &self.grantees.users)? {
            let grants = reader.grants_of(user.id)?;
            for permission in permissions.iter().filter(|permission| grants.has(permission)) {
                cx.note(&format!(
                    "`{}` has `{permission}` still, by a role; \
                     `authctl perm check {} {}` tells which",
                    user.name,
                    shell::option("--user", &user.name),
                    shell::quoted(permission)
                ))?;
            }
        }
        Ok(())
    }
}

/// Permissions by their full names, each once. A site may have any name for one, but no key is one.
fn full_names(names: &[String]) -> Result<Vec<&str>, Failure> {
    names.iter().try_for_each(|name| subject::check_no_key("a permission", name))?;
    let names: Vec<&str> = names.iter().map(|name| full_name(name)).collect();
    Ok(subject::once(&names))
}

/// How the audit log names the holders: `user alice`, or `3 grantees`.
fn subjects(changed: &[String]) -> (&'static str, Vec<String>) {
    match changed {
        [only] => match only.split_once(' ') {
            Some(("user", name)) => ("user", vec![name.to_owned()]),
            Some((_, name)) => ("role", vec![name.to_owned()]),
            None => ("grantee", changed.to_vec()),
        },
        _ => ("grantee", changed.to_vec()),
    }
}

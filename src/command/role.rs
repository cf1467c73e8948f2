//! `authctl role`: roles of the CMS.

use clap::Subcommand;
use clap::builder::NonEmptyStringValueParser;
use serde::Serialize;
use serde_json::{Map, json};

use super::change::{ChangeArgs, audit, counted, quoted};
use super::confirm::Confirmed;
use super::exchange::Exchange;
use super::subject::{self, once};
use crate::cli::{Context, Failure};
use crate::exit::Exit;
use crate::output::{Column, Row};
use crate::store::{Change, Reader, Role};

/// Manage roles
///
/// `anonymous` and `authenticated` are built in: visitors who are not logged in have the one, all
/// accounts have the other.
#[derive(Debug, clap::Args)]
pub(crate) struct RoleArgs {
    #[command(subcommand)]
    command: RoleCommand,
}

#[derive(Debug, Subcommand)]
#[command(defer = true)]
enum RoleCommand {
    /// Add roles
    Add(AddArgs),
    /// List roles
    List,
    /// Show roles with their permissions
    Show(ShowArgs),
    /// Change a role's label, or whether it is an administrator's
    Set(SetArgs),
    /// Remove roles from the store and from all who have them
    Remove(RemoveArgs),
    /// Give a role to accounts
    Assign(AssignArgs),
    /// Take a role from accounts
    Unassign(AssignArgs),
}

/// Add roles
///
/// Example: `authctl role add api_user --label "API user"`
#[derive(Debug, clap::Args)]
struct AddArgs {
    /// Machine names
    #[arg(required = true, value_name = "NAME", value_parser = NonEmptyStringValueParser::new())]
    names: Vec<String>,
    /// The name for people
    #[arg(long, value_name = "TEXT", value_parser = NonEmptyStringValueParser::new())]
    label: Option<String>,
    /// An administrator's role: it passes every permission
    #[arg(long)]
    admin: bool,
    #[command(flatten)]
    change: ChangeArgs,
}

/// Show roles with their permissions
#[derive(Debug, clap::Args)]
struct ShowArgs {
    /// Machine names
    #[arg(required = true, value_name = "NAME")]
    names: Vec<String>,
}

/// Change a role's label, or whether it is an administrator's
#[derive(Debug, clap::Args)]
#[command(group = clap::ArgGroup::new("what").required(true).multiple(true)
    .args(["label", "admin", "no_admin"]))]
struct SetArgs {
    /// Machine names
    #[arg(required = true, value_name = "NAME")]
    names: Vec<String>,
    /// The name for people
    #[arg(long, value_name = "TEXT", value_parser = NonEmptyStringValueParser::new())]
    label: Option<String>,
    /// Make it an administrator's role, which passes every permission
    #[arg(long)]
    admin: bool,
    /// Make it an ordinary role
    #[arg(long, conflicts_with = "admin")]
    no_admin: bool,
    #[command(flatten)]
    change: ChangeArgs,
}

/// Remove roles from the store and from all who have them
///
/// Asks first, or takes `--yes`.
#[derive(Debug, clap::Args)]
struct RemoveArgs {
    /// Machine names
    #[arg(required = true, value_name = "NAME")]
    names: Vec<String>,
    #[command(flatten)]
    change: ChangeArgs,
}

/// Give a role to accounts, or take it from them
///
/// Example: `authctl role assign api_user --user alice --user bob`
#[derive(Debug, clap::Args)]
struct AssignArgs {
    /// Machine names of the roles
    #[arg(required = true, value_name = "ROLE")]
    roles: Vec<String>,
    /// An account (can be repeated)
    #[arg(long = "user", required = true, value_name = "NAME")]
    users: Vec<String>,
    #[command(flatten)]
    change: ChangeArgs,
}

impl RoleArgs {
    pub(crate) fn run(&self, cx: &mut Context<'_>) -> Result<Exit, Failure> {
        match &self.command {
            RoleCommand::Add(args) => args.run(cx),
            RoleCommand::List => list(cx),
            RoleCommand::Show(args) => args.run(cx),
            RoleCommand::Set(args) => args.run(cx),
            RoleCommand::Remove(args) => args.run(cx),
            RoleCommand::Assign(args) => args.run(cx, true),
            RoleCommand::Unassign(args) => args.run(cx, false),
        }
    }
}

impl AddArgs {
    fn run(&self, cx: &mut Context<'_>) -> Result<Exit, Failure> {
        let names = once(&self.names);
        names.iter().try_for_each(|name| subject::check_no_own_key("a role", name))?;
        let mut store = cx.open_write(self.change.dry_run)?;
        let actor = cx.actor();
        store.change(&actor, self.change.dry_run, |change| {
            for name in &names {
                let role =
                    Role { label: self.label.clone(), admin: self.admin, ..Role::named(name) };
                change.add_role(&role)?;
            }
            let detail = Map::from_iter([("admin".to_owned(), json!(self.admin))]);
            Ok::<_, Failure>(audit(change, "role.add", "role", &names, detail)?)
        })?;
        let count = counted(names.len(), "role");
        let names = quoted(names.iter().map(String::as_str));
        self.change.report(cx, &format!("Added {count}: {names}."))?;
        Ok(Exit::Done)
    }
}

fn list(cx: &mut Context<'_>) -> Result<Exit, Failure> {
    let store = cx.open_read()?;
    let reader = store.read();
    let rows = reader
        .roles()?
        .into_iter()
        .map(|role| RoleRow::of(reader, role))
        .collect::<Result<Vec<_>, _>>()?;
    cx.list(&rows)?;
    Ok(Exit::Done)
}

impl ShowArgs {
    fn run(&self, cx: &mut Context<'_>) -> Result<Exit, Failure> {
        let store = cx.open_read()?;
        let reader = store.read();
        let rows = subject::roles(reader, &self.names)?
            .into_iter()
            .map(|role| RoleRow::of(reader, role))
            .collect::<Result<Vec<_>, _>>()?;
        cx.records(&rows)?;
        Ok(Exit::Done)
    }
}

impl SetArgs {
    fn run(&self, cx: &mut Context<'_>) -> Result<Exit, Failure> {
        let mut store = cx.open_write(self.change.dry_run)?;
        let actor = cx.actor();
        let changed = store.change(&actor, self.change.dry_run, |change| {
            let mut changed = Vec::new();
            for mut role in subject::roles(change.read(), &self.names)? {
                if let Some(label) = &self.label {
                    role.label = Some(label.clone());
                }
                role.admin = (role.admin || self.admin) && !self.no_admin;
                if change.update_role(&role)? {
                    changed.push(role.name);
                }
            }
            let detail = Map::from_iter([
                ("label".to_owned(), json!(self.label)),
                ("admin".to_owned(), json!((self.admin || self.no_admin).then_some(self.admin))),
            ]);
            audit(change, "role.set", "role", &changed, detail)?;
            Ok::<_, Failure>(changed)
        })?;
        self.change.report_done(cx, "Changed", &changed)?;
        Ok(Exit::Done)
    }
}

impl RemoveArgs {
    fn run(&self, cx: &mut Context<'_>) -> Result<Exit, Failure> {
        let mut store = cx.open_write(self.change.dry_run)?;
        let mut holders = 0;
        let mut roles = Vec::new();
        for role in subject::roles(store.read(), &self.names)? {
            holders += store.read().role_size(&role.name)?;
            roles.push(role.name);
        }
        let names = quoted(roles.iter().map(String::as_str));
        let question = format!(
            "remove {names}, held by {}?",
            counted(usize::try_from(holders).unwrap_or(usize::MAX), "account")
        );
        let confirmed = Confirmed::ask(cx, &question, self.change.dry_run)?;
        let actor = cx.actor();
        store.change(&actor, self.change.dry_run, |change| remove(change, &roles, confirmed))?;
        let count = counted(roles.len(), "role");
        self.change.report(cx, &format!("Removed {count}: {names}."))?;
        Ok(Exit::Done)
    }
}

fn remove(change: &mut Change<'_>, names: &[String], _: Confirmed) -> Result<(), Failure> {
    for name in names {
        change.remove_role(name)?;
    }
    Ok(audit(change, "role.remove", "role", names, Map::new())?)
}

impl AssignArgs {
    fn run(&self, cx: &mut Context<'_>, give: bool) -> Result<Exit, Failure> {
        let roles = once(&self.roles);
        let roles: Vec<&str> = roles.iter().map(String::as_str).collect();
        let mut store = cx.open_write(self.change.dry_run)?;
        let actor = cx.actor();
        let changed = store.change(&actor, self.change.dry_run, |change| {
            for role in &roles {
                subject::role(change.read(), role)?;
            }
            let (mut changed, mut users) = (Exchange::default(), Vec::new());
            for user in subject::users(change.read(), &self.users)? {
                let differs = |role| {
                    if give {
                        change.assign_role(user.id, role)
                    } else {
                        change.unassign_role(user.id, role)
                    }
                };
                if changed.add(&format!("user {}", user.name), &roles, differs)? {
                    users.push(user.name);
                }
            }
            let action = if give { "role.assign" } else { "role.unassign" };
            audit(change, action, "user", &users, changed.detail("roles"))?;
            Ok::<_, Failure>(changed)
        })?;
        let words = if give { ("Gave", "to") } else { ("Took", "from") };
        changed.report(cx, self.change, words)?;
        Ok(Exit::Done)
    }
}

/// A role with what it may do.
#[derive(Serialize)]
struct RoleRow {
    name: String,
    label: Option<String>,
    admin: bool,
    users: i64,
    permissions: Vec<String>,
}

impl RoleRow {
    fn of(reader: Reader<'_>, role: Role) -> Result<Self, Failure> {
        let permissions = reader.permissions_of(&role.name.as_str().into())?;
        Ok(Self {
            users: reader.role_size(&role.name)?,
            permissions: permissions.into_iter().collect(),
            name: role.name,
            label: role.label,
            admin: role.admin,
        })
    }
}

impl Row for RoleRow {
    const COLUMNS: &'static [Column] = &[
        Column::text("name"),
        Column::text("label"),
        Column::whole("admin"),
        Column::whole("users"),
        Column::text("permissions"),
    ];

    fn cells(&self) -> Vec<String> {
        vec![
            self.name.clone(),
            self.label.clone().unwrap_or_default(),
            self.admin.to_string(),
            self.users.to_string(),
            self.permissions.join(", "),
        ]
    }
}

//! `authctl user list`, `authctl user show`

use serde::Serialize;

use super::subject;
use crate::cli::{Context, Failure};
use crate::exit::Exit;
use crate::output::{Column, ListWriter, Row};
use crate::store::{ContactId, PasswordKind, Reader, Status, User, UserFilter};

/// List accounts
///
/// By id. Example: `authctl user list --role api_admin --format json`
#[derive(Debug, clap::Args)]
pub(super) struct ListArgs {
    /// Only blocked accounts
    #[arg(long, conflicts_with = "active")]
    blocked: bool,
    /// Only accounts that are not blocked
    #[arg(long)]
    active: bool,
    /// Only accounts that were given this role
    #[arg(long, value_name = "ROLE")]
    role: Option<String>,
    /// Only accounts that are linked to this contact
    #[arg(long, value_name = "ID")]
    contact: Option<i64>,
}

impl ListArgs {
    pub(super) fn run(&self, cx: &mut Context<'_>) -> Result<Exit, Failure> {
        let store = cx.open_read()?;
        let reader = store.read();
        if let Some(role) = &self.role {
            subject::role(reader, role)?;
        }
        let status = match (self.blocked, self.active) {
            (true, _) => Some(Status::Blocked),
            (_, true) => Some(Status::Active),
            _ => None,
        };
        let filter =
            UserFilter { status, role: self.role.clone(), contact_id: self.contact.map(ContactId) };
        let mut rows = ListWriter::new(cx.layout(), cx.stdout)?;
        reader.each_user(&filter, |user| {
            let row = UserRow::of(reader, user)?;
            Ok::<_, Failure>(rows.push(&row)?)
        })?;
        rows.finish()?;
        Ok(Exit::Done)
    }
}

/// Show all of an account
///
/// Its link, roles, and what it may do: by itself, by its roles, and by `authenticated`.
#[derive(Debug, clap::Args)]
pub(super) struct ShowArgs {
    /// Names of accounts
    #[arg(required = true, value_name = "NAME")]
    names: Vec<String>,
}

impl ShowArgs {
    pub(super) fn run(&self, cx: &mut Context<'_>) -> Result<Exit, Failure> {
        let store = cx.open_read()?;
        let reader = store.read();
        let rows = subject::users(reader, &self.names)?
            .into_iter()
            .map(|user| UserDetails::of(reader, user))
            .collect::<Result<Vec<_>, _>>()?;
        cx.records(&rows)?;
        Ok(Exit::Done)
    }
}

/// A line of the list.
#[derive(Serialize)]
struct UserRow {
    id: i64,
    name: String,
    email: Option<String>,
    status: Status,
    contact_id: Option<i64>,
    roles: Vec<String>,
}

impl UserRow {
    fn of(reader: Reader<'_>, user: User) -> Result<Self, Failure> {
        Ok(Self {
            id: user.id.0,
            roles: reader.roles_of(user.id)?,
            name: user.name,
            email: user.email,
            status: user.status,
            contact_id: user.contact_id.map(|id| id.0),
        })
    }
}

impl Row for UserRow {
    const COLUMNS: &'static [Column] = &[
        Column::whole("id"),
        Column::text("name"),
        Column::text("email"),
        Column::whole("status"),
        Column::whole("contact_id"),
        Column::text("roles"),
    ];

    fn cells(&self) -> Vec<String> {
        vec![
            self.id.to_string(),
            self.name.clone(),
            self.email.clone().unwrap_or_default(),
            self.status.name().to_owned(),
            self.contact_id.map(|id| id.to_string()).unwrap_or_default(),
            self.roles.join(", "),
        ]
    }
}

/// An account as a whole.
#[derive(Serialize)]
struct UserDetails {
    #[serde(flatten)]
    row: UserRow,
    password: &'static str,
    admin: bool,
    permissions: Vec<String>,
    all_permissions: Vec<String>,
}

impl UserDetails {
    fn of(reader: Reader<'_>, user: User) -> Result<Self, Failure> {
        let own = reader.permissions_of(&user.id.into())?;
        let all = reader.grants_of(user.id)?;
        let password = match user.password {
            PasswordKind::None => "none",
            PasswordKind::Own => "set",
            PasswordKind::Foreign => "imported",
        };
        Ok(Self {
            row: UserRow::of(reader, user)?,
            password,
            admin: all.admin,
            permissions: own.into_iter().collect(),
            all_permissions: all.permissions.into_iter().collect(),
        })
    }
}

impl Row for UserDetails {
    const COLUMNS: &'static [Column] = &[
        Column::whole("id"),
        Column::text("name"),
        Column::text("email"),
        Column::whole("status"),
        Column::whole("contact_id"),
        Column::text("roles"),
        Column::whole("password"),
        Column::whole("admin"),
        Column::text("permissions"),
        Column::text("all_permissions"),
    ];

    fn cells(&self) -> Vec<String> {
        let mut cells = self.row.cells();
        cells.extend([
            self.password.to_owned(),
            self.admin.to_string(),
            self.permissions.join(", "),
            self.all_permissions.join(", "),
        ]);
        cells
    }
}

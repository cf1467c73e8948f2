//! `authctl perm list`

use serde::Serialize;

use super::full_names;
use super::known::note_unknown;
use crate::cli::{Context, Failure};
use crate::command::subject;
use crate::exit::Exit;
use crate::output::{Column, ListWriter, Row};
use crate::store::{Grantee, Reader};

/// List what was granted to whom
///
/// Without options all grants, roles first. What an account has by its roles is not listed under it:
/// `authctl user show` and `authctl perm check` tell that.
#[derive(Debug, clap::Args)]
pub(super) struct ListArgs {
    /// Only this permission (can be repeated)
    #[arg(value_name = "PERMISSION")]
    permissions: Vec<String>,
    /// Only grants of this account (can be repeated)
    #[arg(long = "user", value_name = "NAME")]
    users: Vec<String>,
    /// Only grants of this role (can be repeated)
    #[arg(long = "role", value_name = "ROLE")]
    roles: Vec<String>,
}

impl ListArgs {
    pub(super) fn run(&self, cx: &mut Context<'_>) -> Result<Exit, Failure> {
        let store = cx.open_read()?;
        let reader = store.read();
        for role in &self.roles {
            subject::role(reader, role)?;
        }
        let users = subject::users(reader, &self.users)?;
        let everybody = self.roles.is_empty() && users.is_empty();
        let granted = reader.granted_permissions()?;
        let asked = full_names(&self.permissions)?;
        note_unknown(cx, &asked, &granted, "is known to nobody here")?;
        let permissions: Vec<&str> =
            if asked.is_empty() { granted.iter().map(String::as_str).collect() } else { asked };
        let mut rows = ListWriter::new(cx.layout(), cx.stdout)?;
        for permission in permissions {
            reader.each_grantee(permission, |grantee| {
                let asked = match &grantee {
                    Grantee::Role(name) => self.roles.contains(name),
                    Grantee::User(id) => users.iter().any(|user| user.id == *id),
                };
                if everybody || asked {
                    rows.push(&GrantRow::of(reader, permission, grantee)?)?;
                }
                Ok::<_, Failure>(())
            })?;
        }
        rows.finish()?;
        Ok(Exit::Done)
    }
}

#[derive(Serialize)]
struct GrantRow {
    permission: String,
    role: Option<String>,
    user: Option<String>,
}

impl GrantRow {
    fn of(reader: Reader<'_>, permission: &str, grantee: Grantee) -> Result<Self, Failure> {
        let permission = permission.to_owned();
        Ok(match grantee {
            Grantee::Role(role) => Self { permission, role: Some(role), user: None },
            Grantee::User(id) => {
                let user = reader.user(id)?.map(|user| user.name);
                Self { permission, role: None, user }
            }
        })
    }
}

impl Row for GrantRow {
    const COLUMNS: &'static [Column] =
        &[Column::text("permission"), Column::text("role"), Column::text("user")];

    fn cells(&self) -> Vec<String> {
        vec![
            self.permission.clone(),
            self.role.clone().unwrap_or_default(),
            self.user.clone().unwrap_or_default(),
        ]
    }
}

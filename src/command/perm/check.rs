//! `authctl perm check`

use serde::Serialize;

use super::known::note_unknown;
use super::{GranteeArgs, full_names};
use crate::cli::{Context, Failure};
use crate::exit::Exit;
use crate::output::{Column, Row};
use crate::store::{AUTHENTICATED, Grantee, Reader};

/// Tell whether somebody has permissions
///
/// For an account, what its roles and `authenticated` give counts too; the list tells by which. What a
/// super user passes without having it is left to `verify`.
///
/// Exits 0 when everybody asked about has all of them, 3 when not.
///
/// Example: `authctl perm check --user alice api-key`
#[derive(Debug, clap::Args)]
pub(super) struct CheckArgs {
    /// Permissions by machine name, or `api-key`, `password`
    #[arg(required = true, value_name = "PERMISSION")]
    permissions: Vec<String>,
    #[command(flatten)]
    grantees: GranteeArgs,
}

impl CheckArgs {
    pub(super) fn run(&self, cx: &mut Context<'_>) -> Result<Exit, Failure> {
        let store = cx.open_read()?;
        let reader = store.read();
        let permissions = full_names(&self.permissions)?;
        let granted = reader.granted_permissions()?;
        note_unknown(cx, &permissions, &granted, "is known to nobody here")?;
        let mut rows = Vec::new();
        for (grantee, who) in self.grantees.find(reader)? {
            for &permission in &permissions {
                let permission = permission.to_owned();
                let by = sources(reader, &grantee, &permission)?;
                rows.push(CheckRow { who: who.clone(), permission, granted: !by.is_empty(), by });
            }
        }
        cx.list(&rows)?;
        Ok(if rows.iter().all(|row| row.granted) { Exit::Done } else { Exit::No })
    }
}

/// What gives the permission: the account itself, or its roles by name.
fn sources(
    reader: Reader<'_>,
    grantee: &Grantee,
    permission: &str,
) -> Result<Vec<String>, Failure> {
    let mut sources = Vec::new();
    let roles = match grantee {
        Grantee::Role(role) => vec![role.clone()],
        Grantee::User(id) => {
            if reader.permissions_of(grantee)?.contains(permission) {
                sources.push("itself".to_owned());
            }
            let mut roles = reader.roles_of(*id)?;
            roles.push(AUTHENTICATED.to_owned());
            roles
        }
    };
    for role in roles {
        let grants = reader.grants_of_role(&role)?;
        if grants.admin {
            sources.push(format!("role {role} (administrator)"));
        } else if grants.has(permission) {
            sources.push(format!("role {role}"));
        }
    }
    Ok(sources)
}

#[derive(Serialize)]
struct CheckRow {
    who: String,
    permission: String,
    granted: bool,
    by: Vec<String>,
}

impl Row for CheckRow {
    const COLUMNS: &'static [Column] = &[
        Column::text("who"),
        Column::text("permission"),
        Column::whole("granted"),
        Column::text("by"),
    ];

    fn cells(&self) -> Vec<String> {
        vec![
            self.who.clone(),
            self.permission.clone(),
            self.granted.to_string(),
            self.by.join(", "),
        ]
    }
}

//! `authctl user block`, `authctl user unblock`

use serde_json::Map;

use super::subject;
use crate::cli::{Context, Failure};
use crate::command::change::{ChangeArgs, audit, quoted};
use crate::exit::Exit;
use crate::store::{Status, User};

/// Block accounts
///
/// Whether the site then refuses them hangs on the CMS and on the release: `authctl verify` tells.
#[derive(Debug, clap::Args)]
pub(super) struct BlockArgs {
    /// Names of accounts
    #[arg(required = true, value_name = "NAME")]
    names: Vec<String>,
    #[command(flatten)]
    change: ChangeArgs,
}

/// Unblock accounts
#[derive(Debug, clap::Args)]
pub(super) struct UnblockArgs {
    /// Names of accounts
    #[arg(required = true, value_name = "NAME")]
    names: Vec<String>,
    #[command(flatten)]
    change: ChangeArgs,
}

impl BlockArgs {
    pub(super) fn run(&self, cx: &mut Context<'_>) -> Result<Exit, Failure> {
        set_status(cx, &self.names, Status::Blocked, self.change)
    }
}

impl UnblockArgs {
    pub(super) fn run(&self, cx: &mut Context<'_>) -> Result<Exit, Failure> {
        set_status(cx, &self.names, Status::Active, self.change)
    }
}

fn set_status(
    cx: &mut Context<'_>,
    names: &[String],
    status: Status,
    args: ChangeArgs,
) -> Result<Exit, Failure> {
    let (action, done, so) = match status {
        Status::Blocked => ("user.block", "Blocked", "blocked"),
        Status::Active => ("user.unblock", "Unblocked", "active"),
    };
    let mut store = cx.open_write(args.dry_run)?;
    let actor = cx.actor();
    let (users, changed) = store.change(&actor, args.dry_run, |change| {
        let users = subject::users(change.read(), names)?;
        let mut changed = Vec::new();
        for user in &users {
            if change.update_user(&User { status, ..user.clone() })? {
                changed.push(user.name.clone());
            }
        }
        audit(change, action, "user", &changed, Map::new())?;
        Ok::<_, Failure>((users, changed))
    })?;
    if !changed.is_empty() {
        let names = quoted(changed.iter().map(String::as_str));
        args.report(cx, &format!("{done} {names}."))?;
    }
    let before = users.iter().map(|user| &user.name).filter(|name| !changed.contains(name));
    let before = quoted(before.map(String::as_str));
    if !before.is_empty() {
        cx.report(&format!("Already {so}: {before}."))?;
    }
    Ok(Exit::Done)
}

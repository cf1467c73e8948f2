//! `authctl user remove`

use serde_json::Map;

use super::subject;
use crate::cli::{Context, Failure};
use crate::command::change::{ChangeArgs, audit, counted, quoted};
use crate::command::confirm::Confirmed;
use crate::exit::Exit;
use crate::store::{Change, User};

/// Remove accounts with their keys, roles and permissions
///
/// The contacts that they are linked to stay. Asks first, or takes `--yes`.
///
/// Example: `authctl user remove alice bob --yes`
#[derive(Debug, clap::Args)]
pub(super) struct RemoveArgs {
    /// Names of accounts
    #[arg(required = true, value_name = "NAME")]
    names: Vec<String>,
    #[command(flatten)]
    change: ChangeArgs,
}

impl RemoveArgs {
    pub(super) fn run(&self, cx: &mut Context<'_>) -> Result<Exit, Failure> {
        let mut store = cx.open_write(self.change.dry_run)?;
        let users = subject::users(store.read(), &self.names)?;
        let names = quoted(users.iter().map(|user| user.name.as_str()));
        let question = format!("remove {names} with their keys, roles and permissions?");
        let confirmed = Confirmed::ask(cx, &question, self.change.dry_run)?;
        let actor = cx.actor();
        store.change(&actor, self.change.dry_run, |change| remove(change, &users, confirmed))?;
        let count = counted(users.len(), "user");
        self.change.report(cx, &format!("Removed {count}: {names}."))?;
        Ok(Exit::Done)
    }
}

fn remove(change: &mut Change<'_>, users: &[User], _: Confirmed) -> Result<(), Failure> {
    for user in users {
        change.remove_user(user.id)?;
    }
    let names: Vec<String> = users.iter().map(|user| user.name.clone()).collect();
    Ok(audit(change, "user.remove", "user", &names, Map::new())?)
}

//! `authctl user passwd`

use serde_json::Map;

use super::add::{hashes, read_password};
use super::subject;
use crate::cli::{Context, Failure};
use crate::command::change::{ChangeArgs, audit};
use crate::command::secret::SecretSource;
use crate::exit::Exit;

/// Set an account's password
///
/// It is kept as argon2id with the key file's pepper. Without `--password` it is asked for, twice.
///
/// Example: `authctl user passwd alice --password @pw.txt`
#[derive(Debug, clap::Args)]
pub(super) struct PasswdArgs {
    /// Name of the account
    name: String,
    /// Where the password is read: `-` for standard input, or `@FILE`
    #[arg(long, value_name = "SOURCE", conflicts_with = "none")]
    password: Option<SecretSource>,
    /// Take the password away: then none is the right one
    #[arg(long)]
    none: bool,
    #[command(flatten)]
    change: ChangeArgs,
}

impl PasswdArgs {
    pub(super) fn run(&self, cx: &mut Context<'_>) -> Result<Exit, Failure> {
        let mut store = cx.open_write(self.change.dry_run)?;
        let hash = if self.none {
            None
        } else {
            let name = subject::user(store.read(), &self.name)?.name;
            let what = format!("password of {name}");
            let password = read_password(cx, self.password.as_ref(), &what)?;
            hashes(cx, store.keyring(), &password, 1)?.pop()
        };
        let actor = cx.actor();
        let user = store.change(&actor, self.change.dry_run, |change| {
            let user = subject::user(change.read(), &self.name)?;
            change.set_password(user.id, hash.as_ref(), cx.rng)?;
            let action = if self.none { "user.passwd.none" } else { "user.passwd" };
            audit(change, action, "user", std::slice::from_ref(&user.name), Map::new())?;
            Ok::<_, Failure>(user)
        })?;
        let done = if self.none { "Took the password of" } else { "Set the password of" };
        self.change.report(cx, &format!("{done} `{}`.", user.name))?;
        Ok(Exit::Done)
    }
}

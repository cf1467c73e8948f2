//! `authctl user passwd`

use serde_json::Map;

use super::add::{read_password, set_password};
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
        let user = subject::user(store.read(), &self.name)?;
        let password = if self.none {
            None
        } else {
            let what = format!("password of {}", user.name);
            Some(read_password(cx, self.password.as_ref(), &what)?)
        };
        let actor = cx.actor();
        store.change(&actor, self.change.dry_run, |change| {
            match &password {
                Some(password) => set_password(change, user.id, password, cx.rng)?,
                None => {
                    change.set_password(user.id, None, cx.rng)?;
                }
            }
            let action = if self.none { "user.passwd.none" } else { "user.passwd" };
            Ok::<_, Failure>(audit(
                change,
                action,
                "user",
                std::slice::from_ref(&user.name),
                Map::new(),
            )?)
        })?;
        let done = if self.none { "Took the password of" } else { "Set the password of" };
        self.change.report(cx, &format!("{done} `{}`.", user.name))?;
        Ok(Exit::Done)
    }
}

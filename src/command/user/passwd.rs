//! `authctl user passwd`

use serde_json::Map;

use super::add::{hashes, read_password};
use super::subject;
use crate::cli::{Context, Failure};
use crate::command::change::{ChangeArgs, audit, counted};
use crate::command::secret::SecretSource;
use crate::credential::{Argon, Secret, StoredPassword};
use crate::exit::Exit;
use crate::store::{Store, User};

/// Set the password of accounts
///
/// It is kept as argon2id with the key file's pepper. Without `--password` it is asked for, twice. Several
/// accounts are given the same one.
///
/// Example: `authctl user passwd alice --password @pw.txt`
#[derive(Debug, clap::Args)]
pub(super) struct PasswdArgs {
    /// Names of accounts
    #[arg(required = true, value_name = "NAME")]
    names: Vec<String>,
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
        let users = subject::users(store.read(), &self.names)?;
        let wanted = if self.none {
            users.into_iter().map(|user| (user, None)).collect()
        } else {
            self.hashed(cx, &store, users)?
        };
        let actor = cx.actor();
        let changed = store.change(&actor, self.change.dry_run, |change| {
            let mut changed = Vec::new();
            for (user, hash) in wanted {
                // Somebody may have changed the accounts while the password was asked for.
                let user = subject::user(change.read(), &user.name)?;
                if change.set_password(user.id, hash.as_ref(), cx.rng)? {
                    changed.push(user.name);
                }
            }
            let action = if self.none { "user.passwd.none" } else { "user.passwd" };
            audit(change, action, "user", &changed, Map::new())?;
            Ok::<_, Failure>(changed)
        })?;
        let done = if self.none { "Took the password of" } else { "Set the password of" };
        self.change.report_done(cx, done, &changed)?;
        Ok(Exit::Done)
    }

    /// Asks for the password; answers it hashed for each account that has another one.
    fn hashed(
        &self,
        cx: &mut Context<'_>,
        store: &Store,
        users: Vec<User>,
    ) -> Result<Vec<(User, Option<StoredPassword>)>, Failure> {
        let what = match users.as_slice() {
            [only] => format!("password of {}", only.name),
            several => format!("password of {}", counted(several.len(), "user")),
        };
        let password = read_password(cx, self.password.as_ref(), &what)?;
        let mut others = Vec::new();
        for user in users {
            if !has_password(store, &user, &password)? {
                others.push(user);
            }
        }
        let hashes = hashes(cx, store.keyring(), &password, others.len())?;
        Ok(others.into_iter().zip(hashes.into_iter().map(Some)).collect())
    }
}

/// Whether the account has that password, hashed as it would be now.
fn has_password(store: &Store, user: &User, password: &Secret) -> Result<bool, Failure> {
    let Some(stored) = store.read().stored_password(user.id)? else { return Ok(false) };
    let check = store.keyring().check_password(&stored, password, &mut Argon::new())?;
    Ok(check.matches && !check.needs_rehash)
}

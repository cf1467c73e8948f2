//! `authctl key generate --as`: an account makes a key for itself, as in the Drupal module.
//!
//! A convenience, not a boundary: whoever runs this holds the key file already.

use super::target::Targets;
use crate::cli::{Context, Failure};
use crate::command::secret::{self, Ask, SecretSource};
use crate::command::subject;
use crate::credential::Argon;
use crate::exit::Exit;
use crate::store::{Reader, Status, Store, UserId};
use crate::verify::shell;

/// What the account must have been granted.
const PERMISSION: &str = "generate own api key";

/// Checks the account's password, which takes argon2id and so is done before the store is locked.
pub(super) fn authenticate(
    cx: &mut Context<'_>,
    store: &Store,
    name: &str,
    password: Option<&SecretSource>,
) -> Result<UserId, Failure> {
    let reader = store.read();
    let user = subject::user(reader, name)?;
    let what = format!("password of {}", user.name);
    let password = secret::read_password(cx, password, &what, Ask::Existing, None)?;
    let mut argon = Argon::new();
    let matches = if let Some(stored) = reader.stored_password(user.id)? {
        store.keyring().check_password(&stored, &password, &mut argon)?.matches
    } else {
        store.keyring().waste_password_check(&password, &mut argon)?;
        false
    };
    if matches {
        Ok(user.id)
    } else {
        Err(Failure::new(Exit::No, format!("that is not the password of `{}`", user.name)))
    }
}

/// Whether Drupal lets the account pass every permission: user 1, where the site has not turned that off.
fn is_super_user(reader: Reader<'_>, id: UserId) -> Result<bool, Failure> {
    Ok(id == UserId(1) && reader.setting("drupal.super_user")? == true)
}

/// Checks that the account may make keys; answers it as the only target.
pub(super) fn authorize(reader: Reader<'_>, id: UserId) -> Result<Targets, Failure> {
    let Some(user) = reader.user(id)? else {
        return Err(Failure::new(Exit::Unknown, "the account was removed meanwhile"));
    };
    if user.status == Status::Blocked {
        return Err(Failure::new(Exit::No, format!("`{}` is blocked", user.name)).hint(format!(
            "`{}` unblocks it.",
            shell::named("authctl user unblock", &user.name, "")
        )));
    }
    if !(is_super_user(reader, user.id)? || reader.grants_of(user.id)?.has(PERMISSION)) {
        return Err(Failure::new(Exit::No, format!("`{}` lacks `{PERMISSION}`", user.name)).hint(
            format!(
                "Grant it with `authctl perm grant {} '{PERMISSION}'`.",
                shell::option("--user", &user.name)
            ),
        ));
    }
    let mut targets = Targets::default();
    targets.add_user(user);
    Ok(targets)
}

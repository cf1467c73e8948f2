//! `authctl user add`

use clap::builder::NonEmptyStringValueParser;
use serde_json::{Map, json};

use super::subject::{self, once};
use crate::cli::{Context, Failure};
use crate::command::change::{ChangeArgs, audit, counted, quoted};
use crate::command::progress::Progress;
use crate::command::secret::{self, Ask, SecretSource};
use crate::credential::{Argon, Keyring, Secret, StoredPassword};
use crate::exit::Exit;
use crate::store::{Change, ContactId, LARGEST_ID, NewUser, Status, UserId};

/// Add accounts
///
/// Without `--id` an account gets the next free id from 2 up (1 is Drupal's super user). A contact that
/// is not listed yet is added too. Without `--password` the account has none, and no password is the
/// right one.
///
/// Example: `authctl user add alice --contact 101 --role api_admin`
#[derive(Debug, clap::Args)]
pub(super) struct AddArgs {
    /// Names of accounts
    #[arg(required = true, value_name = "NAME", value_parser = NonEmptyStringValueParser::new())]
    names: Vec<String>,
    /// The id in the CMS; for one account
    #[arg(long, value_name = "ID", value_parser = clap::value_parser!(i64).range(1..=LARGEST_ID))]
    id: Option<i64>,
    /// The e-mail address; for one account
    #[arg(long, value_name = "ADDRESS")]
    email: Option<String>,
    /// The CiviCRM contact that the account is linked to; for one account
    #[arg(long, value_name = "ID", value_parser = clap::value_parser!(i64).range(1..=LARGEST_ID))]
    contact: Option<i64>,
    /// Where the password is read: `-` for standard input, `@FILE`, or `prompt`
    #[arg(long, value_name = "SOURCE")]
    password: Option<SecretSource>,
    /// Give this role (can be repeated)
    #[arg(long = "role", value_name = "ROLE")]
    roles: Vec<String>,
    /// Add the accounts blocked
    #[arg(long)]
    blocked: bool,
    #[command(flatten)]
    change: ChangeArgs,
}

impl AddArgs {
    pub(super) fn run(&self, cx: &mut Context<'_>) -> Result<Exit, Failure> {
        let single = [
            ("--id", self.id.is_some()),
            ("--email", self.email.is_some()),
            ("--contact", self.contact.is_some()),
        ];
        let names = once(&self.names);
        names.iter().try_for_each(|name| subject::check_no_own_key("a user", name))?;
        if let Some((flag, _)) = single.iter().find(|(_, given)| *given && names.len() > 1) {
            return Err(Failure::usage(format!("`{flag}` is for one account, not for several")));
        }
        let mut store = cx.open_write(self.change.dry_run)?;
        let password = match &self.password {
            Some(source) => Some(read_password(cx, Some(source), "password")?),
            None => None,
        };
        let hashes = match &password {
            Some(password) => hashes(cx, store.keyring(), password, names.len())?,
            None => Vec::new(),
        };
        let mut hashes = hashes.into_iter();
        let actor = cx.actor();
        let made_contact = store.change(&actor, self.change.dry_run, |change| {
            let made_contact = self.add_contact(change)?;
            for name in &names {
                let id = change.add_user(&self.user(name))?;
                self.assign_roles(change, id)?;
                if let Some(hash) = hashes.next() {
                    change.set_password(id, Some(&hash), cx.rng)?;
                }
            }
            let mut detail = Map::new();
            detail.insert("roles".to_owned(), json!(self.roles));
            detail.insert("contact".to_owned(), json!(self.contact));
            detail.insert("contact_added".to_owned(), json!(made_contact.is_some()));
            detail.insert("password".to_owned(), json!(password.is_some()));
            audit(change, "user.add", "user", &names, detail)?;
            Ok::<_, Failure>(made_contact)
        })?;
        if let Some(contact) = made_contact {
            self.change.report(cx, &format!("Added contact {contact}, which was not listed."))?;
        }
        let count = counted(names.len(), "user");
        let names = quoted(names.iter().map(String::as_str));
        self.change.report(cx, &format!("Added {count}: {names}."))?;
        Ok(Exit::Done)
    }

    fn user(&self, name: &str) -> NewUser {
        NewUser {
            id: self.id.map(UserId),
            email: self.email.clone(),
            status: if self.blocked { Status::Blocked } else { Status::Active },
            contact_id: self.contact.map(ContactId),
            ..NewUser::named(name)
        }
    }

    /// Lists the contact when it is not.
    fn add_contact(&self, change: &mut Change<'_>) -> Result<Option<ContactId>, Failure> {
        match self.contact.map(ContactId) {
            Some(id) if change.read().contact(id)?.is_none() => {
                Ok(Some(change.add_contact(Some(id), false)?))
            }
            _ => Ok(None),
        }
    }

    fn assign_roles(&self, change: &mut Change<'_>, id: UserId) -> Result<(), Failure> {
        for role in &self.roles {
            subject::role(change.read(), role)?;
            change.assign_role(id, role)?;
        }
        Ok(())
    }
}

/// Reads a new password.
pub(super) fn read_password(
    cx: &mut Context<'_>,
    source: Option<&SecretSource>,
    what: &str,
) -> Result<Secret, Failure> {
    const INSTEAD: &str = "`authctl user passwd NAME --none` takes a password away.";
    secret::read_password(cx, source, what, Ask::New, Some(INSTEAD))
}

/// Hashes a password for so many accounts, each with a salt of its own. It takes argon2id, and so is done
/// before the store is locked.
pub(super) fn hashes(
    cx: &mut Context<'_>,
    keyring: &Keyring,
    password: &Secret,
    count: usize,
) -> Result<Vec<StoredPassword>, Failure> {
    let progress = Progress::begin(cx, "hashing passwords");
    let salts: Vec<_> = (0..count).map(|_| Keyring::salt(cx.rng)).collect();
    Ok(Argon::for_each(&salts, |salt, argon| {
        let hash = keyring.hash_salted_password(password, *salt, argon);
        progress.one_of(count);
        hash.map(StoredPassword::Own)
    })?)
}

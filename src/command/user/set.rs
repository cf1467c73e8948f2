//! `authctl user set`

use clap::builder::NonEmptyStringValueParser;
use serde_json::{Map, json};

use super::subject;
use crate::cli::{Context, Failure};
use crate::command::change::{ChangeArgs, audit};
use crate::exit::Exit;
use crate::store::{ContactId, LARGEST_ID, User};

/// Change an account's name, e-mail address or contact
///
/// Several accounts can be given the same contact or none. A contact that is not listed stands for one
/// that was deleted for good.
///
/// Example: `authctl user set alice --contact 101`
#[derive(Debug, clap::Args)]
#[command(group = clap::ArgGroup::new("what").required(true).multiple(true)
    .args(["name", "email", "no_email", "contact", "no_contact"]))]
pub(super) struct SetArgs {
    /// Names of accounts
    #[arg(required = true, value_name = "NAME")]
    names: Vec<String>,
    /// The new name; for one account
    #[arg(long, value_name = "NEW", value_parser = NonEmptyStringValueParser::new())]
    name: Option<String>,
    /// The new e-mail address; for one account
    #[arg(long, value_name = "ADDRESS", conflicts_with = "no_email", value_parser = NonEmptyStringValueParser::new())]
    email: Option<String>,
    /// Take the e-mail address away
    #[arg(long)]
    no_email: bool,
    /// Link to this contact
    #[arg(long, value_name = "ID", conflicts_with = "no_contact", value_parser = clap::value_parser!(i64).range(1..=LARGEST_ID))]
    contact: Option<i64>,
    /// Unlink from the contact
    #[arg(long)]
    no_contact: bool,
    #[command(flatten)]
    change: ChangeArgs,
}

impl SetArgs {
    pub(super) fn run(&self, cx: &mut Context<'_>) -> Result<Exit, Failure> {
        if subject::once(&self.names).len() > 1 && (self.name.is_some() || self.email.is_some()) {
            return Err(Failure::usage("`--name` and `--email` are for one account, not several"));
        }
        let mut store = cx.open_write(self.change.dry_run)?;
        let actor = cx.actor();
        let changed = store.change(&actor, self.change.dry_run, |change| {
            let mut changed = Vec::new();
            for user in subject::users(change.read(), &self.names)? {
                if change.update_user(&self.applied(&user))? {
                    changed.push(user.name);
                }
            }
            let mut detail = Map::new();
            if let Some(name) = &self.name {
                detail.insert("name".to_owned(), json!(name));
            }
            if self.email.is_some() || self.no_email {
                detail.insert("email".to_owned(), json!(self.email));
            }
            if self.contact.is_some() || self.no_contact {
                detail.insert("contact".to_owned(), json!(self.contact));
            }
            audit(change, "user.set", "user", &changed, detail)?;
            Ok::<_, Failure>(changed)
        })?;
        self.change.report_done(cx, "Changed", &changed)?;
        if let Some(id) = self.contact
            && store.read().contact(ContactId(id))?.is_none()
        {
            cx.note(&format!(
                "contact {id} is not listed, which means that it was deleted for good; \
                 `authctl contact add {id}` lists it"
            ))?;
        }
        Ok(Exit::Done)
    }

    fn applied(&self, user: &User) -> User {
        let mut user = user.clone();
        if let Some(name) = &self.name {
            user.name.clone_from(name);
        }
        if self.email.is_some() || self.no_email {
            user.email.clone_from(&self.email);
        }
        if self.contact.is_some() || self.no_contact {
            user.contact_id = self.contact.map(ContactId);
        }
        user
    }
}

//! For whom keys are made.

use std::collections::HashSet;

use super::owner;
use crate::cli::Failure;
use crate::command::subject;
use crate::store::{Contact, ContactId, Reader, Status, User, UserFilter, UserId};
use crate::verify::Owner;

/// Who gets a key, as typed.
#[derive(Debug, clap::Args)]
#[group(id = "targets", required = true, multiple = true)]
pub(super) struct TargetArgs {
    /// An account (can be repeated)
    #[arg(long = "user", value_name = "NAME")]
    users: Vec<String>,
    /// A contact (can be repeated)
    #[arg(long = "contact", value_name = "ID")]
    contacts: Vec<i64>,
    /// Nobody in particular: Drupal's universal key, level `guide`
    #[arg(long)]
    universal: bool,
    /// The universal key that Drupal's module has in its settings, `api_token`: releases up to 2.1.0
    #[arg(long)]
    api_token: bool,
    /// Every account that is not blocked
    #[arg(long, conflicts_with_all = ["users", "contacts", "universal", "api_token"])]
    pub(super) all_users: bool,
    /// You yourself: asks for this account's password, and needs `generate own api key`
    #[arg(long = "as", value_name = "NAME", conflicts_with_all = ["users", "contacts", "universal", "api_token", "all_users"])]
    pub(super) own: Option<String>,
}

/// Somebody who gets a key.
#[derive(Debug)]
pub(super) struct Target {
    pub(super) owner: Owner,
    /// The account's name or the contact's id.
    pub(super) name: Option<String>,
    /// The account to which a permission would be granted.
    pub(super) user: Option<UserId>,
}

/// Everybody who gets a key, and who was passed over.
#[derive(Debug, Default)]
pub(super) struct Targets {
    pub(super) chosen: Vec<Target>,
    pub(super) blocked: Vec<String>,
    /// Contacts in the trash.
    pub(super) deleted: Vec<String>,
}

impl TargetArgs {
    /// Finds them. With `missing`, only accounts that have no live key.
    pub(super) fn find(
        &self,
        reader: Reader<'_>,
        missing: bool,
        now: i64,
    ) -> Result<Targets, Failure> {
        let mut targets = Targets::default();
        let take = |user| {
            targets.add_user(user);
            Ok::<_, Failure>(())
        };
        match (self.all_users, missing) {
            (true, true) => reader.each_user_without_key(now, take)?,
            (true, false) => reader.each_user(&UserFilter::default(), take)?,
            (false, _) => {}
        }
        for user in subject::users(reader, &self.users)? {
            targets.add_user(user);
        }
        let mut seen = HashSet::new();
        for id in self.contacts.iter().filter(|id| seen.insert(**id)) {
            let contact = subject::contact(reader, ContactId(*id))?;
            targets.add_contact(contact, reader.users_of_contact(contact.id)?.into_iter().next());
        }
        if self.universal {
            targets.chosen.push(Target { owner: Owner::Universal, name: None, user: None });
        }
        if self.api_token {
            owner::check_no_token(reader)?;
            targets.chosen.push(Target { owner: Owner::ApiToken, name: None, user: None });
        }
        Ok(targets)
    }
}

impl Targets {
    /// Takes a contact, unless it is in the trash or the account linked to it is blocked: the site would
    /// refuse the key.
    fn add_contact(&mut self, contact: Contact, user: Option<User>) {
        let name = contact.id.to_string();
        match user {
            _ if contact.deleted => self.deleted.push(name),
            Some(user) if user.status == Status::Blocked => self.blocked.push(user.name),
            user => self.chosen.push(Target {
                owner: Owner::Contact(contact.id.0),
                name: Some(name),
                user: user.map(|user| user.id),
            }),
        }
    }

    pub(super) fn add_user(&mut self, user: User) {
        if user.status == Status::Blocked {
            self.blocked.push(user.name);
            return;
        }
        let (owner, user_id) = (Owner::User(user.id.0), Some(user.id));
        self.chosen.push(Target { owner, name: Some(user.name), user: user_id });
    }
}

impl Target {
    /// The target in a sentence.
    pub(super) fn phrase(&self) -> String {
        match &self.name {
            Some(name) => format!("{} {name}", owner::kind(self.owner)),
            None => owner::kind(self.owner).to_owned(),
        }
    }
}

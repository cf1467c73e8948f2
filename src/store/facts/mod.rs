//! The part of the store that a request asks for, and whatever hangs on it.

use std::collections::BTreeSet;

use rusqlite::named_params;

use super::user::User;
use super::{Checks, ContactId, Error, KeyMatch, Reader, Status, UserId};
use crate::verify::{Cms, ContactFact, Facts, KeyFact, Owner, PasswordFact, Presented, UserFact};

impl Reader<'_> {
    /// Looks up the credentials of a request: keys of any state, accounts and passwords; then the owner
    /// of each key, the contact of each account, the account of each contact.
    pub(crate) fn facts(&self, presented: &Presented, checks: &Checks) -> Result<Facts, Error> {
        let mut gathering =
            Gathering { reader: *self, facts: Facts::default(), seen: BTreeSet::new() };
        for text in &presented.keys {
            let found = self.identify(text, checks)?;
            for found in &found {
                match found.key.owner {
                    Owner::User(id) => gathering.add_user(id)?,
                    Owner::Contact(id) => gathering.add_contact(id)?,
                    Owner::Universal | Owner::ApiToken => {}
                }
            }
            let found = found.into_iter().map(KeyFact::from).collect();
            gathering.facts.keys.push((text.clone(), found));
        }
        for (name, password) in &presented.passwords {
            let user = self.login(name, checks.cms)?;
            let user_id = user.as_ref().map(|user| user.id.0);
            let stored = user.as_ref().map(|user| self.stored_password(user.id)).transpose()?;
            let check =
                checks.password(self.keyring, user_id, stored.flatten().as_ref(), password)?;
            gathering.facts.passwords.push(PasswordFact {
                name: name.clone(),
                password: password.clone(),
                user_id,
                matches: check.matches,
                needs_rehash: check.needs_rehash,
            });
            gathering.add(user)?;
        }
        for name in &presented.user_names {
            gathering.add(self.login(name, checks.cms)?)?;
        }
        for &id in &presented.users {
            gathering.add_user(id)?;
        }
        for &id in &presented.contacts {
            gathering.add_contact(id)?;
        }
        Ok(gathering.facts)
    }

    /// The account that logs in under a name; WordPress takes an e-mail address as well.
    fn login(&self, name: &str, cms: Cms) -> Result<Option<User>, Error> {
        match self.user_named(name)? {
            None if cms == Cms::WordPress && name.contains('@') => {
                Ok(self.users_with_email(name)?.into_iter().next())
            }
            found => Ok(found),
        }
    }

    fn user_fact(&self, user: User) -> Result<UserFact, Error> {
        Ok(UserFact {
            roles: self.roles_of(user.id)?,
            grants: self.grants_of(user.id)?,
            id: user.id.0,
            name: user.name,
            email: user.email,
            blocked: user.status == Status::Blocked,
            contact_id: user.contact_id.map(|id| id.0),
        })
    }

    /// The account that CiviCRM takes for a contact's.
    fn user_of_contact(&self, id: ContactId) -> Result<Option<UserId>, Error> {
        let sql = "SELECT min(id) AS id FROM user WHERE contact_id = :id";
        Ok(self.one(sql, named_params! { ":id": id }, |row| row.get("id"))?.flatten())
    }
}

struct Gathering<'s> {
    reader: Reader<'s>,
    facts: Facts,
    /// The contacts that were looked up, found or not.
    seen: BTreeSet<i64>,
}

impl Gathering<'_> {
    fn add_user(&mut self, id: i64) -> Result<(), Error> {
        if self.facts.users.contains_key(&id) {
            return Ok(());
        }
        let user = self.reader.user(UserId(id))?;
        self.add(user)
    }

    fn add(&mut self, user: Option<User>) -> Result<(), Error> {
        let Some(user) = user.filter(|user| !self.facts.users.contains_key(&user.id.0)) else {
            return Ok(());
        };
        let fact = self.reader.user_fact(user)?;
        let contact_id = fact.contact_id;
        self.facts.users.insert(fact.id, fact);
        contact_id.map_or(Ok(()), |id| self.add_contact(id))
    }

    /// Also for a contact that does not exist the account linked to it is looked up: upstream finds it.
    fn add_contact(&mut self, id: i64) -> Result<(), Error> {
        if !self.seen.insert(id) {
            return Ok(());
        }
        let user_id = self.reader.user_of_contact(ContactId(id))?.map(|id| id.0);
        if let Some(contact) = self.reader.contact(ContactId(id))? {
            let fact = ContactFact { id, deleted: contact.deleted, user_id };
            self.facts.contacts.insert(id, fact);
        }
        user_id.map_or(Ok(()), |id| self.add_user(id))
    }
}

impl From<KeyMatch> for KeyFact {
    fn from(KeyMatch { key, exact }: KeyMatch) -> Self {
        Self {
            key_id: key.id.0,
            owner: key.owner,
            exact,
            weak: key.digest.is_weak(),
            label: key.label,
            hint: key.hint,
            expires_at: key.expires_at,
            revoked_at: key.revoked_at,
        }
    }
}

#[cfg(test)]
mod tests;

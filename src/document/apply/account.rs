//! CMS accounts: who they are, their roles, what is granted to them alone.

use std::collections::{BTreeSet, HashSet};

use super::key::Holder;
use super::{Event, Walk};
use crate::document::difference::Difference;
use crate::document::error::{Error, Invalid};
use crate::document::field::Field;
use crate::document::model::User as Wish;
use crate::document::place::At;
use crate::document::suggest::did_you_mean;
use crate::document::word::Word;
use crate::store::{ContactId, Grantee, NewUser, Status, User, UserFilter, UserId};
use crate::verify::Owner;

impl<'w> Walk<'w, '_> {
    pub(super) fn accounts(&mut self) -> Result<(), Error> {
        let document = self.document;
        let roles = self.known_roles()?;
        // First those that are too much, for their ids and names may be wanted, then those that ask
        // for an id, for an id that is given out must not be one of them.
        let removed = if self.prunes() { self.surplus_accounts()? } else { HashSet::new() };
        let (with_id, without): (Vec<_>, Vec<_>) =
            document.users.iter().partition(|wish| wish.id.set().is_some());
        for wish in with_id.into_iter().chain(without) {
            self.check_roles(wish, &roles)?;
            self.account(wish, &roles, &removed)?;
            (self.hear)(Event::Account { of: document.users.len() });
        }
        Ok(())
    }

    fn surplus_accounts(&mut self) -> Result<HashSet<UserId>, Error> {
        let wanted: HashSet<String> =
            self.document.users.iter().map(|wish| wish.name.value.to_lowercase()).collect();
        let mut surplus = Vec::new();
        self.reader.each_user(&UserFilter::default(), |user| {
            if !wanted.contains(&user.name.to_lowercase()) {
                surplus.push((user.id, user.name));
            }
            Ok::<_, Error>(())
        })?;
        let mut removed = HashSet::new();
        for (id, name) in surplus {
            let difference = Difference::remove(format!("user {name}"), "");
            self.differ(difference, |pen| pen.change.remove_user(id).map(drop))?;
            removed.insert(id);
        }
        Ok(removed)
    }

    /// The roles that the store will have.
    fn known_roles(&self) -> Result<BTreeSet<String>, Error> {
        let wishes = self.document.role_wishes()?;
        let mut known: BTreeSet<String> = wishes.keys().map(|name| (*name).to_owned()).collect();
        if !self.prunes() {
            known.extend(self.reader.roles()?.into_iter().map(|role| role.name));
        }
        Ok(known)
    }

    fn check_roles(&self, wish: &Wish, known: &BTreeSet<String>) -> Result<(), Invalid> {
        let mut roles = wish.roles.set().into_iter().flatten();
        let unknown = roles.find(|role| !known.contains(&role.value));
        unknown.map_or(Ok(()), |role| {
            let hint = did_you_mean(&role.value, known.iter().map(String::as_str));
            let message =
                format!("`{}` has the role `{}`, which is in neither `roles`, `drupal.roles` nor the store{hint}",
                    wish.name.value, role.value);
            Err(self.document.refuse(role.place, message))
        })
    }

    fn account(
        &mut self,
        wish: &'w Wish,
        roles: &BTreeSet<String>,
        removed: &HashSet<UserId>,
    ) -> Result<(), Error> {
        let subject = format!("user {}", wish.name.value);
        let current = self.reader.user_named(&wish.name.value)?;
        let id = match &current {
            Some(current) => {
                self.check_kept_id(wish, current)?;
                self.update_account(wish, current, &subject)?;
                Some(current.id)
            }
            None => self.add_account(wish, &subject, removed)?,
        };
        self.assign_roles(wish, id, roles, &subject)?;
        let exact = self.prunes() || wish.permissions == Field::Unset;
        let permissions = names(&wish.permissions);
        self.permissions(id.map(Grantee::User).as_ref(), &subject, permissions, exact)?;
        self.password(wish, id, &subject)?;
        let bound = id.or(wish.id.set().map(|id| UserId(id.value)));
        let owner = bound.map(|id| Owner::User(id.0));
        self.keys(Holder { owner, exists: id.is_some(), subject: &subject }, &wish.keys)
    }

    fn check_kept_id(&self, wish: &Wish, current: &User) -> Result<(), Invalid> {
        wish.id.set().filter(|id| id.value != current.id.0).map_or(Ok(()), |id| {
            let message =
                format!("the user `{}` has the id {} in the store", current.name, current.id);
            Err(self.document.refuse(id.place, message))
        })
    }

    fn update_account(&mut self, wish: &Wish, current: &User, subject: &str) -> Result<(), Error> {
        let wanted = User {
            name: wish.name.value.clone(),
            email: wish.email.over_optional(current.email.clone()),
            status: status(wish, current.status),
            contact_id: contact_id(wish, current.contact_id),
            ..current.clone()
        };
        if *current == wanted {
            return Ok(());
        }
        let difference = Difference::change(subject, changes(current, &wanted));
        self.differ(difference, |pen| pen.change.update_user(&wanted).map(drop))
    }

    /// Adds an account; answers its id, if it was really added.
    fn add_account(
        &mut self,
        wish: &Wish,
        subject: &str,
        removed: &HashSet<UserId>,
    ) -> Result<Option<UserId>, Error> {
        let id = wish.id.set().map(|id| UserId(id.value));
        if let (Some(id), Field::Set(At { place, .. })) =
            (id.filter(|id| !removed.contains(id)), &wish.id)
            && let Some(other) = self.reader.user(id)?
        {
            let message = format!("user id {id} is that of `{}` in the store", other.name);
            return Err(self.document.refuse(*place, message).into());
        }
        let user = NewUser {
            id,
            name: wish.name.value.clone(),
            email: wish.email.over_optional(None),
            status: status(wish, Status::Active),
            contact_id: contact_id(wish, None),
        };
        let mut added = None;
        self.differ(Difference::add(subject, summary(&user)), |pen| {
            added = Some(pen.change.add_user(&user)?);
            Ok(())
        })?;
        Ok(added)
    }

    fn assign_roles(
        &mut self,
        wish: &Wish,
        id: Option<UserId>,
        known: &BTreeSet<String>,
        subject: &str,
    ) -> Result<(), Error> {
        let exact = self.prunes() || wish.roles == Field::Unset;
        let wanted: BTreeSet<&str> = names(&wish.roles).collect();
        let mut current = id.map_or(Ok(Vec::new()), |id| self.reader.roles_of(id))?;
        // A role that is removed is gone from everybody already, or will be.
        current.retain(|role| known.contains(role));
        for role in wanted.iter().filter(|role| !current.iter().any(|current| current == *role)) {
            self.differ(Difference::add(subject, format!("role {role}")), |pen| {
                id.map_or(Ok(()), |id| pen.change.assign_role(id, role).map(drop))
            })?;
        }
        for role in current.iter().filter(|role| exact && !wanted.contains(role.as_str())) {
            self.differ(Difference::remove(subject, format!("role {role}")), |pen| {
                id.map_or(Ok(()), |id| pen.change.unassign_role(id, role).map(drop))
            })?;
        }
        Ok(())
    }
}

fn names(field: &Field<Vec<At<String>>>) -> impl Iterator<Item = &str> {
    field.set().into_iter().flatten().map(|name| name.value.as_str())
}

fn status(wish: &Wish, current: Status) -> Status {
    wish.status.over(Word(current), Word(Status::Active)).0
}

fn contact_id(wish: &Wish, current: Option<ContactId>) -> Option<ContactId> {
    wish.contact_id.map(|id| ContactId(id.value)).over_optional(current)
}

fn summary(user: &NewUser) -> String {
    let mut parts = Vec::new();
    parts.extend(user.id.map(|id| format!("id {id}")));
    parts.extend(user.email.clone());
    parts.extend((user.status == Status::Blocked).then(|| "blocked".to_owned()));
    parts.extend(user.contact_id.map(|id| format!("contact {id}")));
    parts.join(", ")
}

fn changes(current: &User, wanted: &User) -> String {
    let mut changes = Vec::new();
    if current.name != wanted.name {
        changes.push(format!("name {} → {}", current.name, wanted.name));
    }
    if current.email != wanted.email {
        let shown = |email: &Option<String>| email.clone().unwrap_or_else(|| "none".to_owned());
        changes.push(format!("e-mail {} → {}", shown(&current.email), shown(&wanted.email)));
    }
    if current.status != wanted.status {
        changes.push(format!("status {} → {}", current.status.name(), wanted.status.name()));
    }
    if current.contact_id != wanted.contact_id {
        let shown = |id: Option<ContactId>| id.map_or("none".to_owned(), |id| id.to_string());
        changes.push(format!(
            "contact {} → {}",
            shown(current.contact_id),
            shown(wanted.contact_id)
        ));
    }
    changes.join(", ")
}

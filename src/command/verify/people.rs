//! Whom the requests of a batch came from, counted.

use std::cmp::Reverse;
use std::collections::HashMap;

use serde::Serialize;

use super::judge::Whom;
use crate::cli::Failure;
use crate::store::{Reader, UserId};

/// Whom a request was judged to come from. Names would take too much memory: a batch may be of millions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Person {
    /// Nobody that the store knows.
    Nobody,
    /// An account.
    User(i64),
    /// A contact without an account.
    Contact(i64),
}

impl Person {
    /// As whom somebody is counted.
    pub(super) fn of(whom: Option<Whom>) -> Self {
        match whom.map(|whom| (whom.user_id, whom.contact_id)) {
            Some((Some(id), _)) if id > 0 => Self::User(id),
            Some((_, Some(id))) => Self::Contact(id),
            _ => Self::Nobody,
        }
    }
}

/// How many requests came from each.
#[derive(Debug, Default)]
pub(super) struct People {
    /// Accounts of ordinary numbers, in the least memory: a batch may be of a million of them.
    users: HashMap<u32, u32>,
    others: HashMap<Person, u64>,
}

impl People {
    /// Counts a request in.
    pub(super) fn add(&mut self, person: Person) {
        if let Person::User(id) = person
            && let Ok(id) = u32::try_from(id)
        {
            let count = self.users.entry(id).or_default();
            if let Some(more) = count.checked_add(1) {
                *count = more;
                return;
            }
        }
        *self.others.entry(person).or_default() += 1;
    }

    /// Everybody with their count.
    fn all(&self) -> Vec<(Person, u64)> {
        let beyond = |person| self.others.get(&person).copied().unwrap_or_default();
        let users = self.users.iter().map(|(id, count)| {
            let person = Person::User((*id).into());
            (person, u64::from(*count) + beyond(person))
        });
        let counted = |person: &Person| matches!(person, Person::User(id) if u32::try_from(*id).is_ok_and(|id| self.users.contains_key(&id)));
        let others = self.others.iter().map(|(person, count)| (*person, *count));
        users.chain(others.filter(|(person, _)| !counted(person))).collect()
    }

    /// The busiest by name, and what is left.
    pub(super) fn named(&self, reader: Reader<'_>, most: usize) -> Result<Named, Failure> {
        let mut all = self.all();
        all.sort_unstable_by_key(|(person, count)| (Reverse(*count), *person));
        let others = all.split_off(all.len().min(most));
        let named = all.into_iter().map(|(person, requests)| {
            let (user_id, contact_id) = match person {
                Person::Nobody => (None, None),
                Person::User(id) => (Some(id), None),
                Person::Contact(id) => (None, Some(id)),
            };
            let user = user_id.map(|id| reader.user(UserId(id))).transpose()?.flatten();
            Ok(PersonCount { user: user.map(|user| user.name), user_id, contact_id, requests })
        });
        Ok(Named {
            people: named.collect::<Result<_, Failure>>()?,
            others: Others {
                users: others.len(),
                requests: others.iter().map(|(_, count)| count).sum(),
            },
        })
    }
}

/// People with their names.
#[derive(Debug)]
pub(super) struct Named {
    /// The busiest first.
    pub(super) people: Vec<PersonCount>,
    /// All others together.
    pub(super) others: Others,
}

/// One of them.
#[derive(Debug, Serialize)]
pub(super) struct PersonCount {
    user: Option<String>,
    user_id: Option<i64>,
    contact_id: Option<i64>,
    /// How many requests came from them.
    pub(super) requests: u64,
}

/// Those who are not named.
#[derive(Debug, Serialize)]
pub(super) struct Others {
    /// How many they are.
    pub(super) users: usize,
    /// How many requests came from them.
    pub(super) requests: u64,
}

impl PersonCount {
    /// The name for people; `None` for nobody.
    pub(super) fn name(&self) -> Option<String> {
        let contact = || self.contact_id.map(|id| format!("contact {id}"));
        let user = || self.user_id.map(|id| format!("user {id}"));
        self.user.clone().or_else(contact).or_else(user)
    }
}

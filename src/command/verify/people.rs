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

/// Accounts below this number are counted in a list.
const ORDINARY: usize = 1 << 21;

/// How many requests came from each.
#[derive(Debug, Default)]
pub(super) struct People {
    /// The counts of accounts of ordinary numbers, by those: a batch may be of a million of them.
    users: Vec<u64>,
    others: HashMap<Person, u64>,
}

impl People {
    /// Counts a request in.
    pub(super) fn add(&mut self, person: Person) {
        match person {
            Person::User(id) if let Ok(place @ 0..ORDINARY) = usize::try_from(id) => {
                if self.users.len() <= place {
                    self.users.resize(place + 1, 0);
                }
                if let Some(count) = self.users.get_mut(place) {
                    *count += 1;
                }
            }
            _ => *self.others.entry(person).or_default() += 1,
        }
    }

    /// Everybody with their count.
    fn all(&self) -> Vec<(Person, u64)> {
        let users = self.users.iter().zip(0..).filter(|(count, _)| **count > 0);
        let users = users.map(|(count, id)| (Person::User(id), *count));
        users.chain(self.others.iter().map(|(person, count)| (*person, *count))).collect()
    }

    /// The busiest by name, and what is left.
    pub(super) fn named(&self, reader: Reader<'_>, most: usize) -> Result<Named, Failure> {
        let mut all = self.all();
        let busiest = |(person, count): &(Person, u64)| (Reverse(*count), *person);
        if all.len() > most {
            all.select_nth_unstable_by_key(most, busiest);
        }
        let others = all.split_off(all.len().min(most));
        all.sort_unstable_by_key(busiest);
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

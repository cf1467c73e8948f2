//! The strong keys of a store with their owners, in memory: what a long batch looks requests up in.
//!
//! A key takes 32 bytes and the name of its account. What many keys have in common (a label, an expiry,
//! their owners' roles and permissions) is kept once and told by a number, and so two keys of one
//! [`Match::class`] and their owners differ in nothing but numbers, hint, name and when they expire.
//!
//! Rows that are out of the ordinary are left to the store itself ([`Lookup::Other`]): keys that were
//! revoked or that several have, accounts that share a contact, numbers beyond 32 bits. Weak keys are not
//! here at all.

mod beside;
mod kinds;
mod load;
mod owners;
#[cfg(test)]
mod tests;

use crate::credential::{ApiKey, KeyDigests, Secret, is_strong};
use crate::verify::{ContactFact, Facts, Grants, KeyFact, Owner, UserFact};

/// How many keys share a bucket on average.
const BUCKET: usize = 2;

/// The keys and their owners in one state of the store.
#[derive(Debug)]
pub(crate) struct Index {
    /// Sorted by `folded`.
    slots: Vec<Slot>,
    /// Where the slots of each bucket begin: those whose `folded` begins with the same bits.
    starts: Vec<u32>,
    /// How far `folded` is shifted to give its bucket.
    shift: u32,
    kinds: Vec<Kind>,
    accounts: Vec<AccountKind>,
    /// Names of accounts, each with [`END`] behind it.
    names: String,
}

/// A key. Digests are cut short: a text that agrees in 64 keyed bits is the key's. Two are of the size of
/// a cache line, and one is all that most requests look at.
#[derive(Clone, Copy, Debug)]
struct Slot {
    folded: u64,
    exact: u32,
    id: u32,
    /// The account's id; 0 when there is none.
    user: u32,
    /// The contact's id; 0 when there is none.
    contact: u32,
    /// Where the account's name begins.
    name: u32,
    /// The place of its kind, or [`OTHER`].
    kind: u32,
}

/// What ends a name.
const END: char = '\0';

/// The kind of rows that are left to the store.
const OTHER: u32 = u32::MAX;

/// What keys have in common, with their owners.
#[derive(Clone, Debug)]
struct Kind {
    key: KeyKind,
    /// The place of what their accounts have in common.
    account: Option<usize>,
    contact: Link,
    /// The number of all of it but the expiry.
    group: u32,
}

/// What keys themselves have in common.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct KeyKind {
    owner: OwnerKind,
    label: Option<String>,
    expires_at: Option<i64>,
    has_hint: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum OwnerKind {
    User,
    Contact,
    Universal,
    ApiToken,
}

/// What accounts have in common.
#[derive(Clone, Debug)]
struct AccountKind {
    blocked: bool,
    has_plain_name: bool,
    roles: Vec<String>,
    grants: Grants,
}

/// What is known of the contact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Link {
    None,
    /// It does not exist.
    Missing,
    Live,
    Trashed,
}

/// What is known of a key's text.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Lookup<'i> {
    /// No key is of this text.
    Nothing,
    /// One key is.
    One(Match<'i>),
    /// The store itself must be asked.
    Other,
}

/// A key with its owner.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Match<'i> {
    slot: Slot,
    kind: &'i Kind,
    account: Option<&'i AccountKind>,
    names: &'i str,
}

impl Index {
    /// Looks a key up by its digests. Weak keys are left to the store.
    pub(crate) fn find(&self, digests: &KeyDigests, text: &[u8]) -> Lookup<'_> {
        let folded = prefix(&digests.folded);
        let Some(slots) = self.bucket(folded) else { return Lookup::Other };
        let mut found = slots.iter().filter(|slot| slot.folded == folded);
        match (found.next(), found.next()) {
            (None, _) if is_strong(text) => Lookup::Nothing,
            (Some(slot), None) if slot.exact == exact(&digests.exact) => {
                self.matched(*slot).map_or(Lookup::Other, Lookup::One)
            }
            (None | Some(_), _) => Lookup::Other,
        }
    }

    /// Looks at where each of some keys would be. A single look waits for memory most of its time; these wait
    /// together, and [`Self::find`] finds near what it looks for.
    pub(crate) fn warm<'d>(&self, digests: impl IntoIterator<Item = &'d KeyDigests>) {
        let first = |digests: &KeyDigests| self.bucket(prefix(&digests.folded))?.first();
        let firsts =
            digests.into_iter().map(|digests| first(digests).map_or(0, |slot| slot.folded));
        std::hint::black_box(firsts.fold(0, |all, one| all ^ one));
    }

    /// The keys whose digest begins as this one does.
    fn bucket(&self, folded: u64) -> Option<&[Slot]> {
        let bucket = usize::try_from(folded >> self.shift).ok()?;
        let bounds: &[u32; 2] = self.starts.get(bucket..)?.first_chunk()?;
        let [start, end] = bounds.map(widened);
        self.slots.get(start..end)
    }

    fn matched(&self, slot: Slot) -> Option<Match<'_>> {
        let kind = self.kinds.get(widened(slot.kind))?;
        let account = match kind.account {
            Some(place) => Some(self.accounts.get(place)?),
            None => None,
        };
        Some(Match { slot, kind, account, names: &self.names })
    }
}

impl<'i> Match<'i> {
    /// The key's number.
    pub(crate) fn key_id(&self) -> i64 {
        self.slot.id.into()
    }

    /// The account's id.
    pub(crate) fn user_id(&self) -> Option<i64> {
        self.account.map(|_| self.slot.user.into())
    }

    /// The account's name; empty without one.
    pub(crate) fn user_name(&self) -> &'i str {
        let names = self.account.and_then(|_| self.names.get(widened(self.slot.name)..));
        names.and_then(|names| names.split(END).next()).unwrap_or_default()
    }

    /// Whether the account's name, if there is one, is of letters, digits, dots, hyphens and underscores
    /// alone and begins with no hyphen, and so the same in a shell, in JSON and in a sentence.
    pub(crate) fn has_plain_name(&self) -> bool {
        self.account.is_none_or(|account| account.has_plain_name)
    }

    /// The contact's id; it need not exist.
    pub(crate) fn contact_id(&self) -> Option<i64> {
        (self.slot.contact != 0).then_some(self.slot.contact.into())
    }

    /// What the key and its owner have in common with others at a moment: all but numbers, hint, name,
    /// and when the key expires.
    pub(crate) fn class(&self, moment: i64) -> u64 {
        let expired = self.kind.key.expires_at.is_some_and(|at| at <= moment);
        u64::from(self.kind.group) << 1 | u64::from(expired)
    }

    /// All of it, as the store would tell it.
    pub(crate) fn add_to(&self, text: &[u8], facts: &mut Facts) {
        let kind = &self.kind.key;
        let key = KeyFact {
            key_id: self.key_id(),
            owner: match kind.owner {
                OwnerKind::User => Owner::User(self.slot.user.into()),
                OwnerKind::Contact => Owner::Contact(self.slot.contact.into()),
                OwnerKind::Universal => Owner::Universal,
                OwnerKind::ApiToken => Owner::ApiToken,
            },
            exact: true,
            weak: false,
            label: kind.label.clone(),
            hint: if kind.has_hint { ApiKey::hint(text) } else { None },
            expires_at: kind.expires_at,
            revoked_at: None,
        };
        facts.keys.push((Secret::new(text), vec![key]));
        if let Some(account) = self.account {
            let id = self.slot.user.into();
            let user = UserFact {
                id,
                name: self.user_name().to_owned(),
                // Nothing is decided by it.
                email: None,
                blocked: account.blocked,
                contact_id: self.contact_id(),
                roles: account.roles.clone(),
                grants: account.grants.clone(),
            };
            facts.users.insert(id, user);
        }
        let deleted = match self.kind.contact {
            Link::None | Link::Missing => return,
            Link::Live => false,
            Link::Trashed => true,
        };
        if let Some(id) = self.contact_id() {
            facts.contacts.insert(id, ContactFact { id, deleted, user_id: self.user_id() });
        }
    }
}

/// The first 64 bits of a digest.
fn prefix(digest: &[u8; 32]) -> u64 {
    digest.first_chunk().map_or(0, |bytes| u64::from_be_bytes(*bytes))
}

/// The first 32 bits of a digest.
fn exact(digest: &[u8; 32]) -> u32 {
    digest.first_chunk().map_or(0, |bytes| u32::from_be_bytes(*bytes))
}

fn widened(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

//! The strong keys of a store with their owners, in memory: what a long batch looks requests up in.
//!
//! A key takes 24 bytes, an account 16 and its name. What many rows have in common (a label, an expiry,
//! roles and permissions) is kept once and told by a number, and so two keys of one [`Match::class`] and
//! their owners differ in nothing but numbers, hint, name and when they expire.
//!
//! Rows that are out of the ordinary are left to the store itself ([`Lookup::Other`]): keys that were
//! revoked or that several have, accounts that share a contact, numbers beyond 32 bits. Weak keys are not
//! here at all.

mod accounts;
mod kinds;
mod load;
#[cfg(test)]
mod tests;

use crate::credential::{ApiKey, KeyDigests, Secret, is_strong};
use crate::verify::{ContactFact, Facts, Grants, KeyFact, Owner, UserFact};

/// How many keys share a bucket on average.
const BUCKET: usize = 4;

/// The keys and accounts of one state of the store.
#[derive(Debug)]
pub(crate) struct Index {
    /// Sorted by `folded`.
    slots: Vec<Slot>,
    /// Where the slots of each bucket begin: those whose `folded` begins with the same bits.
    starts: Vec<u32>,
    /// How far `folded` is shifted to give its bucket.
    shift: u32,
    key_kinds: Vec<KeyKind>,
    /// Sorted by id.
    accounts: Vec<Account>,
    account_kinds: Vec<AccountKind>,
    names: String,
    contacts: Contacts,
}

/// A key. Digests are cut short: a text that agrees in 64 keyed bits is the key's.
#[derive(Clone, Copy, Debug)]
struct Slot {
    folded: u64,
    exact: u32,
    id: u32,
    /// The place of the account, or the contact's id.
    owner: u32,
    kind: u16,
    hint: u16,
}

/// What keys have in common.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct KeyKind {
    owner: OwnerKind,
    label: Option<String>,
    expires_at: Option<i64>,
    has_hint: bool,
    /// The number of what they have in common besides the expiry.
    group: u16,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum OwnerKind {
    User,
    Contact,
    Universal,
    ApiToken,
}

/// An account; its name ends where the next one's begins.
#[derive(Clone, Copy, Debug)]
struct Account {
    id: u32,
    contact: u32,
    name_end: u32,
    kind: u16,
}

/// What accounts have in common.
#[derive(Clone, Debug)]
struct AccountKind {
    blocked: bool,
    contact: Link,
    roles: Vec<String>,
    grants: Grants,
}

/// How an account is linked to a contact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Link {
    None,
    /// To one that does not exist.
    Missing,
    Live,
    Trashed,
}

/// Contacts that own keys themselves; empty where none does.
#[derive(Debug, Default)]
struct Contacts {
    /// Ids, with whether it is in the trash; sorted.
    rows: Vec<(u32, bool)>,
    /// Contacts with the place of the lowest account that is linked to them; sorted.
    accounts: Vec<(u32, u32)>,
}

/// The kind of rows that are left to the store.
const OTHER: u16 = u16::MAX;

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
    kind: &'i KeyKind,
    account: Option<Owning<'i>>,
    contact: Option<u32>,
    /// Whether the contact is in the trash; `None` when it does not exist.
    trashed: Option<bool>,
}

/// An account that owns a key, or whose contact does.
#[derive(Clone, Copy, Debug)]
struct Owning<'i> {
    account: Account,
    name: &'i str,
    kind: &'i AccountKind,
}

impl Index {
    /// Looks a key up by its digests. Weak keys are left to the store.
    pub(crate) fn find(&self, digests: &KeyDigests, text: &[u8]) -> Lookup<'_> {
        let folded = prefix(&digests.folded);
        let bucket = usize::try_from(folded >> self.shift).unwrap_or(usize::MAX);
        let bounds = self.starts.get(bucket..).and_then(<[u32]>::first_chunk);
        let Some([start, end]) = bounds.map(|pair: &[u32; 2]| pair.map(widened)) else {
            return Lookup::Other;
        };
        let slots = self.slots.get(start..end).unwrap_or_default();
        let mut found = slots.iter().filter(|slot| slot.folded == folded);
        match (found.next(), found.next()) {
            (None, _) if is_strong(text) => Lookup::Nothing,
            (Some(slot), None) if slot.exact == exact(&digests.exact) => {
                self.matched(*slot, text).map_or(Lookup::Other, Lookup::One)
            }
            (None | Some(_), _) => Lookup::Other,
        }
    }

    fn matched(&self, slot: Slot, text: &[u8]) -> Option<Match<'_>> {
        let kind = self.key_kinds.get(usize::from(slot.kind))?;
        if slot.hint != hint_tag(kind.has_hint.then(|| ApiKey::hint(text)).flatten().as_deref()) {
            return None;
        }
        let whole = Match { slot, kind, account: None, contact: None, trashed: None };
        match kind.owner {
            OwnerKind::Universal | OwnerKind::ApiToken => Some(whole),
            OwnerKind::User => {
                let owning = self.account(slot.owner)?;
                let contact = Some(owning.account.contact).filter(|id| *id != 0);
                let trashed = match owning.kind.contact {
                    Link::None | Link::Missing => None,
                    Link::Live => Some(false),
                    Link::Trashed => Some(true),
                };
                Some(Match { account: Some(owning), contact, trashed, ..whole })
            }
            OwnerKind::Contact => {
                let (trashed, place) = self.contacts.find(slot.owner)?;
                let account = match place {
                    Some(place) => Some(self.account(place)?),
                    None => None,
                };
                let (contact, trashed) = (Some(slot.owner), Some(trashed));
                Some(Match { account, contact, trashed, ..whole })
            }
        }
    }

    /// The account at a place, unless it is left to the store.
    fn account(&self, place: u32) -> Option<Owning<'_>> {
        let place = widened(place);
        let account = *self.accounts.get(place)?;
        let kind = self.account_kinds.get(usize::from(account.kind))?;
        let start = place.checked_sub(1).and_then(|before| self.accounts.get(before));
        let start = start.map_or(0, |before| widened(before.name_end));
        let name = self.names.get(start..widened(account.name_end))?;
        Some(Owning { account, name, kind })
    }
}

impl Contacts {
    /// Whether a contact is in the trash, and the place of its account.
    fn find(&self, id: u32) -> Option<(bool, Option<u32>)> {
        let at = self.rows.binary_search_by_key(&id, |(id, _)| *id).ok()?;
        let (_, trashed) = self.rows.get(at)?;
        let account = self.accounts.binary_search_by_key(&id, |(contact, _)| *contact).ok();
        let account = account.and_then(|at| self.accounts.get(at)).map(|(_, place)| *place);
        Some((*trashed, account))
    }
}

impl<'i> Match<'i> {
    /// The key's number.
    pub(crate) fn key_id(&self) -> i64 {
        self.slot.id.into()
    }

    /// The account's id and name.
    pub(crate) fn user(&self) -> Option<(i64, &'i str)> {
        self.account.map(|owning| (owning.account.id.into(), owning.name))
    }

    /// The contact's id; it need not exist.
    pub(crate) fn contact_id(&self) -> Option<i64> {
        self.contact.map(i64::from)
    }

    /// What the key and its owner have in common with others at a moment: all but numbers, hint, name,
    /// and when the key expires.
    pub(crate) fn class(&self, moment: i64) -> u64 {
        let expired = self.kind.expires_at.is_some_and(|at| at <= moment);
        let account = self.account.map_or(OTHER, |owning| owning.account.kind);
        let trashed = self.trashed == Some(true);
        u64::from(self.kind.group)
            | u64::from(account) << 16
            | u64::from(expired) << 32
            | u64::from(trashed) << 33
    }

    /// All of it, as the store would tell it.
    pub(crate) fn add_to(&self, text: &[u8], facts: &mut Facts) {
        let owner = match self.kind.owner {
            OwnerKind::User => Owner::User(self.user().map_or(0, |(id, _)| id)),
            OwnerKind::Contact => Owner::Contact(self.slot.owner.into()),
            OwnerKind::Universal => Owner::Universal,
            OwnerKind::ApiToken => Owner::ApiToken,
        };
        let key = KeyFact {
            key_id: self.key_id(),
            owner,
            exact: true,
            weak: false,
            label: self.kind.label.clone(),
            hint: if self.kind.has_hint { ApiKey::hint(text) } else { None },
            expires_at: self.kind.expires_at,
            revoked_at: None,
        };
        facts.keys.push((Secret::new(text), vec![key]));
        if let Some(Owning { account, name, kind }) = self.account {
            let id = i64::from(account.id);
            let user = UserFact {
                id,
                name: name.to_owned(),
                // Nothing is decided by it.
                email: None,
                blocked: kind.blocked,
                contact_id: Some(account.contact).filter(|id| *id != 0).map(i64::from),
                roles: kind.roles.clone(),
                grants: kind.grants.clone(),
            };
            facts.users.insert(id, user);
        }
        if let (Some(id), Some(deleted)) = (self.contact_id(), self.trashed) {
            let user_id = self.user().map(|(id, _)| id);
            facts.contacts.insert(id, ContactFact { id, deleted, user_id });
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

/// A few bits of a hint, to see that the stored one is the text's.
fn hint_tag(hint: Option<&str>) -> u16 {
    let bytes = hint.unwrap_or_default().bytes();
    bytes.fold(0, |tag: u16, byte| tag.wrapping_mul(31).wrapping_add(byte.into()))
}

fn widened(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

//! Filling the index: each table is read once from its beginning to its end, which costs less than a
//! microsecond a row, keys on one thread and their owners on another; then they are put together.

use std::panic::resume_unwind;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, sync_channel};
use std::thread;

use rusqlite::Row;

use super::beside::Beside;
use super::kinds::Kinds;
use super::owners::{Accounts, Common, Owners};
use super::{
    AccountKind, BUCKET, END, Index, KeyKind, Kind, Link, OTHER, OwnerKind, Slot, exact, prefix,
    widened,
};
use crate::store::{Error, Reader, Store};

/// How many rows go by between two looks at whether anybody still waits.
const PATIENCE: u32 = 4096;

/// How many chunks of accounts, and of contacts, may wait while the keys are read: a million of each, which
/// take some 35 MB.
const AHEAD: usize = 256;

impl Index {
    /// How many rows are to be read, as far as the highest numbers tell: few looks, however many.
    pub(crate) fn rows(reader: Reader<'_>) -> Result<usize, Error> {
        let tables = ["api_key", "user", "contact"].map(|table| {
            let sql = format!("SELECT max(id) FROM {table}");
            reader.one(&sql, (), |row| row.get::<_, Option<i64>>(0))
        });
        tables.into_iter().try_fold(0_usize, |rows, last| {
            let last = last?.flatten().and_then(|last| usize::try_from(last).ok());
            Ok(rows.saturating_add(last.unwrap_or_default()))
        })
    }

    /// Reads a whole store, which is open twice; `None` when `stop` was set meanwhile.
    pub(crate) fn load(
        [first, second]: [Store; 2],
        stop: &AtomicBool,
    ) -> Result<Option<Self>, Error> {
        let loaded = thread::scope(|scope| {
            let (accounts, taken_accounts) = sync_channel(AHEAD);
            let (contacts, taken_contacts) = sync_channel(AHEAD);
            let owners = Owners { accounts, contacts };
            let owners = thread::Builder::new()
                .spawn_scoped(scope, move || owners.read(&mut Reading::new(second.read(), stop)))
                .map_err(|_| Stop::Asked)?;
            let reading = &mut Reading::new(first.read(), stop);
            let keys = keys(reading);
            if keys.is_err() {
                // Owners would be read for nobody.
                stop.store(true, Ordering::Relaxed);
            }
            let (mut slots, keys) = keys?;
            link(reading, &mut slots)?;
            let (with_accounts, names) = with_accounts(&mut slots, &taken_accounts);
            let with_contacts = with_contacts(&mut slots, &taken_contacts);
            let common = owners.join().unwrap_or_else(|panic| resume_unwind(panic))?;
            let (kinds, accounts) =
                kinds(&keys, &with_accounts, &with_contacts, &common, reading.reader)?;
            slots.sort_unstable_by_key(|slot| slot.folded);
            let (starts, shift) = starts(&slots);
            Ok(Self { slots, starts, shift, kinds, accounts, names })
        });
        match loaded {
            Ok(index) => Ok(Some(index)),
            Err(Stop::Asked) => Ok(None),
            Err(Stop::Failed(error)) => Err(error),
        }
    }
}

/// Why loading ends early.
pub(super) enum Stop {
    Asked,
    Failed(Error),
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

/// A store while it is read.
pub(super) struct Reading<'s> {
    pub(super) reader: Reader<'s>,
    stop: &'s AtomicBool,
    rows: u32,
}

impl<'s> Reading<'s> {
    fn new(reader: Reader<'s>, stop: &'s AtomicBool) -> Self {
        Self { reader, stop, rows: 0 }
    }

    /// Goes through the rows of a query.
    pub(super) fn each(
        &mut self,
        sql: &str,
        each: impl FnMut(&Row<'_>) -> rusqlite::Result<()>,
    ) -> Result<(), Stop> {
        let reader = self.reader;
        reader.each(sql, (), each, |()| {
            self.rows = self.rows.wrapping_add(1);
            if self.rows.is_multiple_of(PATIENCE) && self.stop.load(Ordering::Relaxed) {
                return Err(Stop::Asked);
            }
            Ok(())
        })
    }
}

/// The keys, each of a kind that tells of the key alone, and these kinds.
fn keys(reading: &mut Reading<'_>) -> Result<(Vec<Slot>, Vec<KeyKind>), Stop> {
    let mut kinds = Kinds::default();
    let mut slots = Vec::new();
    reading.each(
        "SELECT id, digest, exact, coalesce(user_id, contact_id, 0),
           CASE WHEN user_id IS NOT NULL AND hint IS NOT NULL AND label IS NULL
               AND expires_at IS NULL AND revoked_at IS NULL THEN 0
             ELSE CASE WHEN user_id IS NOT NULL THEN 0 WHEN contact_id IS NOT NULL THEN 1
                 WHEN owner = 'universal' THEN 2 ELSE 3 END
               + 4 * (hint IS NULL) + 8 * (revoked_at IS NOT NULL)
               + 16 * (label IS NOT NULL OR expires_at IS NOT NULL) END,
           label, expires_at
         FROM api_key WHERE digest IS NOT NULL",
        |row| {
            // Most keys are of the first kind, and few columns are few calls.
            let marks: i64 = row.get(4)?;
            let owner = match marks & 3 {
                0 => OwnerKind::User,
                1 => OwnerKind::Contact,
                2 => OwnerKind::Universal,
                _ => OwnerKind::ApiToken,
            };
            let has_hint = marks & 4 == 0;
            let (label, expires_at) =
                if marks & 16 == 0 { (None, None) } else { (row.get(5)?, row.get(6)?) };
            let kind = KeyKind { owner, label, expires_at, has_hint };
            let (id, number) = (short(row.get(0)?), short(row.get(3)?));
            let is_plain = marks & 8 == 0 && id.is_some() && number.is_some();
            let (id, number) = (id.unwrap_or_default(), number.unwrap_or_default());
            let of_contact = owner == OwnerKind::Contact;
            slots.push(Slot {
                folded: prefix(&row.get(1)?),
                exact: exact(&row.get(2)?),
                id,
                user: if of_contact { 0 } else { number },
                contact: if of_contact { number } else { 0 },
                name: 0,
                kind: if is_plain { kinds.number(kind) } else { OTHER },
            });
            Ok(())
        },
    )?;
    Ok((slots, kinds.in_order()))
}

/// Gives the keys of contacts the lowest account that is linked to theirs.
fn link(reading: &mut Reading<'_>, slots: &mut [Slot]) -> Result<(), Stop> {
    if slots.iter().all(|slot| slot.contact == 0) {
        return Ok(());
    }
    let mut beside = Beside::new(slots, |slot| slot.contact);
    reading.each(
        "SELECT contact_id, min(id) FROM user WHERE contact_id IS NOT NULL
         GROUP BY contact_id ORDER BY contact_id",
        |row| {
            let Some(contact) = short(row.get(0)?) else { return Ok(()) };
            let account = short(row.get(1)?);
            for slot in beside.step(contact).here {
                match account {
                    Some(account) => slot.user = account,
                    None => slot.kind = OTHER,
                }
            }
            Ok(())
        },
    )
}

/// Gives keys the contacts and names of their accounts, and kinds that tell the accounts apart: each of
/// the kind that it had, with the place of its account's kind. Answers the names as well.
fn with_accounts(
    slots: &mut [Slot],
    accounts: &Receiver<Accounts>,
) -> (Vec<(u32, Option<u32>)>, String) {
    let (mut kinds, mut names) = (Kinds::default(), String::new());
    let mut beside = Beside::new(slots, |slot| slot.user);
    for slot in beside.step(0).here {
        slot.rename(|kind| kinds.number((kind, None)));
    }
    for some in accounts {
        for account in &some.list {
            let step = beside.step(account.id);
            leave(step.passed);
            let place = u32::try_from(names.len()).ok().filter(|_| account.kind != OTHER);
            let Some(place) = place else {
                leave(step.here);
                continue;
            };
            if !step.here.is_empty() {
                names.push_str(some.name(account));
                names.push(END);
            }
            for slot in step.here {
                (slot.contact, slot.name) = (account.contact, place);
                slot.rename(|kind| kinds.number((kind, Some(account.kind))));
            }
        }
    }
    leave(beside.rest());
    (kinds.in_order(), names)
}

/// Tells keys apart by what is known of their contacts: each of the kind that it had, with that.
fn with_contacts(slots: &mut [Slot], contacts: &Receiver<Vec<(u32, bool)>>) -> Vec<(u32, Link)> {
    let mut kinds = Kinds::default();
    let mut tell = |slots: &mut [Slot], link| {
        for slot in slots {
            slot.rename(|kind| kinds.number((kind, link)));
        }
    };
    let mut beside = Beside::new(slots, |slot| slot.contact);
    tell(beside.step(0).here, Link::None);
    for (id, trashed) in contacts.iter().flatten() {
        let step = beside.step(id);
        tell(step.passed, Link::Missing);
        tell(step.here, if trashed { Link::Trashed } else { Link::Live });
    }
    tell(beside.rest(), Link::Missing);
    kinds.in_order()
}

/// All of what keys have in common with their owners, and what the accounts among these have.
fn kinds(
    keys: &[KeyKind],
    with_accounts: &[(u32, Option<u32>)],
    with_contacts: &[(u32, Link)],
    common: &Common,
    reader: Reader<'_>,
) -> Result<(Vec<Kind>, Vec<AccountKind>), Error> {
    let (mut groups, mut places) = (Kinds::default(), Kinds::default());
    let kinds = with_contacts.iter().filter_map(|(kind, contact)| {
        let (key, account) = *with_accounts.get(widened(*kind))?;
        let account = account.map(|account| places.number(account));
        let key = keys.get(widened(key))?.clone();
        let group = groups.number((key.owner, key.label.clone(), key.has_hint, account, *contact));
        Some(Kind { key, account: account.map(widened), contact: *contact, group })
    });
    let kinds = kinds.collect();
    Ok((kinds, common.account_kinds(&places.in_order(), reader)?))
}

/// Leaves keys to the store.
fn leave(slots: &mut [Slot]) {
    for slot in slots {
        slot.kind = OTHER;
    }
}

impl Slot {
    /// Gives it another kind for the one that it has, unless it is left to the store.
    fn rename(&mut self, number: impl FnOnce(u32) -> u32) {
        if self.kind != OTHER {
            self.kind = number(self.kind);
        }
    }
}

/// Where the slots of each bucket begin, with one number more for the end of the last.
fn starts(slots: &[Slot]) -> (Vec<u32>, u32) {
    let buckets = (slots.len() / BUCKET).next_power_of_two().max(2);
    let shift = u64::BITS - buckets.trailing_zeros();
    let mut starts = Vec::with_capacity(buckets + 1);
    let mut at = 0;
    for bucket in 0..=buckets {
        let bucket = u64::try_from(bucket).unwrap_or(u64::MAX);
        let before = |slot: &Slot| slot.folded >> shift < bucket;
        at += slots.get(at..).unwrap_or_default().iter().take_while(|slot| before(slot)).count();
        starts.push(u32::try_from(at).unwrap_or(u32::MAX));
    }
    (starts, shift)
}

/// A number that fits into 32 bits.
pub(super) fn short(number: i64) -> Option<u32> {
    u32::try_from(number).ok()
}

//! Filling the index: each table is read once from its beginning to its end, which costs less than a
//! microsecond a row, keys on one thread and their owners on another; then they are put together.

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use rusqlite::Row;

use super::beside::Beside;
use super::kinds::Kinds;
use super::owners::Owners;
use super::{BUCKET, Index, KeyKind, Kind, Link, OTHER, OwnerKind, Slot, exact, prefix, widened};
use crate::store::{Error, Reader, Store};

/// How many rows go by between two looks at whether anybody still waits.
const PATIENCE: u32 = 4096;

impl Index {
    /// How many keys there are, or a few more: one look, however many.
    pub(crate) fn keys(reader: Reader<'_>) -> Result<usize, Error> {
        let last = reader.one("SELECT max(id) AS id FROM api_key", (), |row| row.get("id"))?;
        Ok(last.and_then(|id: Option<i64>| usize::try_from(id?).ok()).unwrap_or_default())
    }

    /// Reads a whole store, which is open twice; `None` when `stop` was set meanwhile.
    pub(crate) fn load(
        [first, second]: [Store; 2],
        stop: &AtomicBool,
    ) -> Result<Option<Self>, Error> {
        let loaded = thread::scope(|scope| {
            let owners = scope.spawn(move || Owners::read(&mut Reading::new(second.read(), stop)));
            let keys = keys(&mut Reading::new(first.read(), stop));
            // A thread that panicked ends the program.
            let owners = owners.join().unwrap_or(Err(Stop::Asked));
            Ok(joined(keys?, owners?))
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
    pub(super) fn each<T>(
        &mut self,
        sql: &str,
        from_row: impl Fn(&Row<'_>) -> rusqlite::Result<T>,
        mut each: impl FnMut(T),
    ) -> Result<(), Stop> {
        let reader = self.reader;
        reader.each(sql, (), from_row, |row| {
            self.rows = self.rows.wrapping_add(1);
            if self.rows.is_multiple_of(PATIENCE) && self.stop.load(Ordering::Relaxed) {
                return Err(Stop::Asked);
            }
            each(row);
            Ok(())
        })
    }
}

/// The keys, each of a kind that tells of the key alone, and these kinds.
fn keys(reading: &mut Reading<'_>) -> Result<(Vec<Slot>, Vec<KeyKind>), Stop> {
    let mut kinds = Kinds::default();
    let mut slots = Vec::new();
    reading.each(
        "SELECT id, digest, exact, user_id, contact_id, label, expires_at,
           (owner = 'universal') + 2 * (hint IS NOT NULL) + 4 * (revoked_at IS NOT NULL)
         FROM api_key WHERE digest IS NOT NULL",
        key_row,
        |KeyRow { id, folded, exact, user, contact, kind, revoked }| {
            let numbers = (short(id), short(user), short(contact));
            let kind = match numbers {
                (Some(_), Some(_), Some(_)) if !revoked => kinds.number(kind),
                _ => OTHER,
            };
            let [id, user, contact] =
                [numbers.0, numbers.1, numbers.2].map(Option::unwrap_or_default);
            slots.push(Slot { folded, exact, id, user, contact, name: 0, kind });
        },
    )?;
    Ok((slots, kinds.in_order()))
}

struct KeyRow {
    id: i64,
    folded: u64,
    exact: u32,
    /// 0 without one.
    user: i64,
    /// 0 without one.
    contact: i64,
    kind: KeyKind,
    revoked: bool,
}

fn key_row(row: &Row<'_>) -> rusqlite::Result<KeyRow> {
    let (user, contact): (Option<i64>, Option<i64>) = (row.get(3)?, row.get(4)?);
    let marks: i64 = row.get(7)?;
    let owner = match (user, contact) {
        (Some(_), _) => OwnerKind::User,
        (None, Some(_)) => OwnerKind::Contact,
        (None, None) if marks & 1 != 0 => OwnerKind::Universal,
        (None, None) => OwnerKind::ApiToken,
    };
    let has_hint = marks & 2 != 0;
    Ok(KeyRow {
        id: row.get(0)?,
        folded: prefix(&row.get(1)?),
        exact: exact(&row.get(2)?),
        user: user.unwrap_or_default(),
        contact: contact.unwrap_or_default(),
        kind: KeyKind { owner, label: row.get(5)?, expires_at: row.get(6)?, has_hint },
        revoked: marks & 4 != 0,
    })
}

/// The keys with their owners.
fn joined((mut slots, keys): (Vec<Slot>, Vec<KeyKind>), owners: Owners) -> Index {
    link(&mut slots, &owners);
    let with_accounts = with_accounts(&mut slots, &owners);
    let with_contacts = with_contacts(&mut slots, &owners);
    let Owners { names, kinds: accounts, .. } = owners;
    let mut groups = Kinds::default();
    let kinds = with_contacts.into_iter().filter_map(|(kind, contact)| {
        let (key, account) = *with_accounts.get(widened(kind))?;
        let key: KeyKind = keys.get(widened(key))?.clone();
        let group = groups.number((key.owner, key.label.clone(), key.has_hint, account, contact));
        Some(Kind { key, account: account.map(widened), contact, group })
    });
    let kinds = kinds.collect();
    slots.sort_unstable_by_key(|slot| slot.folded);
    let (starts, shift) = starts(&slots);
    Index { slots, starts, shift, kinds, accounts, names }
}

/// Gives the keys of contacts the lowest account that is linked to theirs.
fn link(slots: &mut [Slot], owners: &Owners) {
    if slots.iter().all(|slot| slot.contact == 0) {
        return;
    }
    let mut beside = Beside::new(slots, |slot| slot.contact);
    for same in owners.links.chunk_by(|one, other| one.0 == other.0) {
        let Some((contact, account)) = same.first() else { continue };
        for slot in beside.step(*contact).here {
            match *account {
                OTHER => slot.kind = OTHER,
                account => slot.user = account,
            }
        }
    }
}

/// Gives keys the contacts and names of their accounts, and kinds that tell the accounts apart: each of
/// the kind that it had, with the place of its account's kind.
fn with_accounts(slots: &mut [Slot], owners: &Owners) -> Vec<(u32, Option<u32>)> {
    let mut kinds = Kinds::default();
    let mut beside = Beside::new(slots, |slot| slot.user);
    for slot in beside.step(0).here {
        slot.rename(|kind| kinds.number((kind, None)));
    }
    for account in &owners.accounts {
        let step = beside.step(account.id);
        leave(step.passed);
        if account.kind == OTHER {
            leave(step.here);
            continue;
        }
        for slot in step.here {
            (slot.contact, slot.name) = (account.contact, account.name);
            slot.rename(|kind| kinds.number((kind, Some(account.kind))));
        }
    }
    leave(beside.rest());
    kinds.in_order()
}

/// Tells keys apart by what is known of their contacts: each of the kind that it had, with that.
fn with_contacts(slots: &mut [Slot], owners: &Owners) -> Vec<(u32, Link)> {
    let mut kinds = Kinds::default();
    let mut tell = |slots: &mut [Slot], link| {
        for slot in slots {
            slot.rename(|kind| kinds.number((kind, link)));
        }
    };
    let mut beside = Beside::new(slots, |slot| slot.contact);
    tell(beside.step(0).here, Link::None);
    for (id, trashed) in &owners.contacts {
        let step = beside.step(*id);
        tell(step.passed, Link::Missing);
        tell(step.here, if *trashed { Link::Trashed } else { Link::Live });
    }
    tell(beside.rest(), Link::Missing);
    kinds.in_order()
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

/// A number that fits into 32 bits, and is not [`OTHER`].
pub(super) fn short(number: i64) -> Option<u32> {
    u32::try_from(number).ok().filter(|number| *number != OTHER)
}

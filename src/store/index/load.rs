//! Filling the index: each table once from its beginning to its end, which costs less than a microsecond
//! a row.

use std::sync::atomic::{AtomicBool, Ordering};

use rusqlite::Row;

use super::kinds::Kinds;
use super::{BUCKET, Index, KeyKind, Kind, OTHER, OwnerKind, Slot, exact, prefix, widened};
use crate::store::{Error, Reader};

/// How many rows go by between two looks at whether anybody still waits.
const PATIENCE: u32 = 4096;

impl Index {
    /// How many keys there are, or a few more: one look, however many.
    pub(crate) fn keys(reader: Reader<'_>) -> Result<usize, Error> {
        let last = reader.one("SELECT max(id) AS id FROM api_key", (), |row| row.get("id"))?;
        Ok(last.and_then(|id: Option<i64>| usize::try_from(id?).ok()).unwrap_or_default())
    }

    /// Reads the whole store; `None` when `stop` was set meanwhile.
    pub(crate) fn load(reader: Reader<'_>, stop: &AtomicBool) -> Result<Option<Self>, Error> {
        let mut loading = Loading { reader, stop, rows: 0 };
        match loading.index() {
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

/// The store while it is read.
pub(super) struct Loading<'s> {
    pub(super) reader: Reader<'s>,
    stop: &'s AtomicBool,
    rows: u32,
}

impl Loading<'_> {
    fn index(&mut self) -> Result<Index, Stop> {
        let (mut slots, keys) = self.keys()?;
        self.accounts_of_contacts(&mut slots)?;
        let (with_accounts, accounts, names) = self.accounts(&mut slots)?;
        let with_contacts = self.contacts(&mut slots)?;
        let mut groups = Kinds::default();
        let kinds = with_contacts.into_iter().filter_map(|(kind, contact)| {
            let (key, account) = *with_accounts.get(widened(kind))?;
            let key: KeyKind = keys.get(widened(key))?.clone();
            let group =
                groups.number((key.owner, key.label.clone(), key.has_hint, account, contact));
            Some(Kind { key, account: account.map(widened), contact, group })
        });
        let kinds = kinds.collect();
        slots.sort_unstable_by_key(|slot| slot.folded);
        let (starts, shift) = starts(&slots);
        Ok(Index { slots, starts, shift, kinds, accounts, names })
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

    /// The keys, each of a kind that tells of the key alone, and these kinds.
    fn keys(&mut self) -> Result<(Vec<Slot>, Vec<KeyKind>), Stop> {
        let mut kinds = Kinds::default();
        let mut slots = Vec::new();
        self.each(
            "SELECT id, digest, exact, user_id, contact_id, owner = 'universal', label, expires_at,
               hint IS NOT NULL, revoked_at IS NOT NULL
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
}

impl Slot {
    /// Gives it another kind for the one that it has, unless it is left to the store.
    pub(super) fn rename(&mut self, number: impl FnOnce(u32) -> u32) {
        if self.kind != OTHER {
            self.kind = number(self.kind);
        }
    }
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
    let (user, contact) = (row.get(3)?, row.get(4)?);
    let owner = match (user, contact) {
        (Some(_), _) => OwnerKind::User,
        (None, Some(_)) => OwnerKind::Contact,
        (None, None) if row.get(5)? => OwnerKind::Universal,
        (None, None) => OwnerKind::ApiToken,
    };
    Ok(KeyRow {
        id: row.get(0)?,
        folded: prefix(&row.get(1)?),
        exact: exact(&row.get(2)?),
        user: user.unwrap_or_default(),
        contact: contact.unwrap_or_default(),
        kind: KeyKind { owner, label: row.get(6)?, expires_at: row.get(7)?, has_hint: row.get(8)? },
        revoked: row.get(9)?,
    })
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

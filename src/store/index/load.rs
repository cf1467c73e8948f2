//! Filling the index: each table once from its beginning to its end, which costs less than a microsecond
//! a row.

use std::sync::atomic::{AtomicBool, Ordering};

use rusqlite::Row;

use super::accounts::lowest;
use super::kinds::Kinds;
use super::{
    Account, BUCKET, Contacts, Index, KeyKind, OTHER, OwnerKind, Slot, exact, hint_tag, prefix,
};
use crate::store::{Error, Reader};

/// How many rows go by between two looks at whether anybody still waits.
const PATIENCE: u32 = 4096;

impl Index {
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
        let (rows, linked) = self.contacts()?;
        let (accounts, account_kinds, names) = self.accounts(&rows, &linked)?;
        let sql = "SELECT 1 FROM api_key WHERE contact_id IS NOT NULL LIMIT 1";
        let contacts_own_keys = self.reader.one(sql, (), |_| Ok(()))?.is_some();
        let contacts = if contacts_own_keys {
            Contacts { rows, accounts: lowest(&accounts, linked) }
        } else {
            drop((rows, linked));
            Contacts::default()
        };
        let (mut slots, key_kinds) = self.keys(&accounts)?;
        slots.sort_unstable_by_key(|slot| slot.folded);
        let (starts, shift) = starts(&slots);
        Ok(Index { slots, starts, shift, key_kinds, accounts, account_kinds, names, contacts })
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

    fn keys(&mut self, accounts: &[Account]) -> Result<(Vec<Slot>, Vec<KeyKind>), Stop> {
        let mut kinds = Kinds::default();
        let mut slots = Vec::new();
        self.each(
            "SELECT id, digest, exact, owner, coalesce(user_id, contact_id), label, expires_at,
               revoked_at IS NOT NULL, hint
             FROM api_key WHERE digest IS NOT NULL",
            key_row,
            |row| {
                let owner = row.owner_id.map_or(Some(0), short);
                let place = owner.and_then(|id| match row.kind.owner {
                    OwnerKind::User => {
                        let at = place_of(accounts, id, |account| account.id)?;
                        u32::try_from(at).ok()
                    }
                    _ => Some(id),
                });
                let id = short(row.id);
                let kind = match (id, place, row.revoked) {
                    (Some(_), Some(_), false) => kinds.number(row.kind),
                    _ => OTHER,
                };
                slots.push(Slot {
                    folded: row.folded,
                    exact: row.exact,
                    id: id.unwrap_or_default(),
                    owner: place.unwrap_or_default(),
                    kind,
                    hint: row.hint,
                });
            },
        )?;
        let mut kinds = kinds.in_order();
        let mut groups = Kinds::default();
        for kind in &mut kinds {
            kind.group = groups.number((kind.owner, kind.label.clone(), kind.has_hint));
        }
        Ok((slots, kinds))
    }
}

struct KeyRow {
    id: i64,
    folded: u64,
    exact: u32,
    kind: KeyKind,
    owner_id: Option<i64>,
    revoked: bool,
    hint: u16,
}

fn key_row(row: &Row<'_>) -> rusqlite::Result<KeyRow> {
    let text = |column| row.get_ref(column).map(|value| value.as_str().ok());
    let owner = match text(3)? {
        Some("user") => OwnerKind::User,
        Some("contact") => OwnerKind::Contact,
        Some("universal") => OwnerKind::Universal,
        _ => OwnerKind::ApiToken,
    };
    let hint = text(8)?;
    Ok(KeyRow {
        id: row.get(0)?,
        folded: prefix(&row.get(1)?),
        exact: exact(&row.get(2)?),
        kind: KeyKind {
            owner,
            label: row.get(5)?,
            expires_at: row.get(6)?,
            has_hint: hint.is_some(),
            group: 0,
        },
        owner_id: row.get(4)?,
        revoked: row.get(7)?,
        hint: hint_tag(hint),
    })
}

/// The place of an id among sorted ones; at once where they are numbered without gaps, as most are.
pub(super) fn place_of<T>(sorted: &[T], id: u32, id_of: impl Fn(&T) -> u32) -> Option<usize> {
    let first = id_of(sorted.first()?);
    let guess = usize::try_from(id.checked_sub(first)?).ok()?;
    if sorted.get(guess).is_some_and(|found| id_of(found) == id) {
        return Some(guess);
    }
    sorted.binary_search_by_key(&id, id_of).ok()
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

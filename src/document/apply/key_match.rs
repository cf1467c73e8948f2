//! Which stored key is which key of a document.
//!
//! Texts may be there more than once, with labels and expiries that some entries speak of and others do
//! not. Keys that are as an entry wants them are found by maximum matching (augmenting paths), not by
//! order: otherwise an entry that wants little could take the key that another one describes, and applying
//! a document again would change something again. Entries that say the same, and keys that are the same,
//! are matched together by their number, since a text may be there thousands of times.

use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};
use std::hash::Hash;

use super::key::Wanted;
use crate::store::{ApiKeyRow, KeyDigest};

/// Each wanted key with the stored one that it is to be; and those that are nobody's.
pub(super) fn matched<'d>(
    wanted: Vec<Wanted<'d>>,
    rows: Vec<ApiKeyRow>,
) -> (Vec<(Wanted<'d>, Option<ApiKeyRow>)>, Vec<ApiKeyRow>) {
    let mut by_text: HashMap<KeyDigest, Vec<ApiKeyRow>> = HashMap::new();
    for row in rows {
        by_text.entry(row.digest).or_default().push(row);
    }
    let mut same_text: HashMap<KeyDigest, Vec<(usize, Wanted<'d>)>> = HashMap::new();
    let mut pairs = Vec::new();
    for (position, wanted) in wanted.into_iter().enumerate() {
        match wanted.digest {
            Some(digest) => same_text.entry(digest).or_default().push((position, wanted)),
            None => pairs.push((position, wanted, None)),
        }
    }
    for (digest, entries) in same_text {
        let rows = by_text.entry(digest).or_default();
        pairs.extend(of_one_text(entries, rows));
    }
    pairs.sort_by_key(|(position, ..)| *position);
    let mut rest: Vec<_> = by_text.into_values().flatten().collect();
    rest.sort_by_key(|row| row.id);
    (pairs.into_iter().map(|(_, wanted, row)| (wanted, row)).collect(), rest)
}

/// Takes out of `rows` what becomes of the entries, all of one text.
fn of_one_text<'d>(
    entries: Vec<(usize, Wanted<'d>)>,
    rows: &mut Vec<ApiKeyRow>,
) -> Vec<(usize, Wanted<'d>, Option<ApiKeyRow>)> {
    let mut taken = assignment(&entries, rows);
    let mut free: Vec<Option<ApiKeyRow>> = std::mem::take(rows).into_iter().map(Some).collect();
    let mut pairs: Vec<_> = entries
        .into_iter()
        .enumerate()
        .map(|(entry, (position, wanted))| {
            let row = taken.remove(&entry).and_then(|at| free.get_mut(at)?.take());
            (position, wanted, row)
        })
        .collect();
    let mut free: VecDeque<ApiKeyRow> = free.into_iter().flatten().collect();
    for (_, wanted, row) in pairs.iter_mut().filter(|(_, _, row)| row.is_none()) {
        // None is as it should be: rather the one of that label than the first.
        let label = wanted.entry.label.set();
        let same_label = |row: &ApiKeyRow| label.is_some() && row.label.as_ref() == label;
        *row = free.remove(free.iter().position(same_label).unwrap_or(0));
    }
    *rows = free.into();
    pairs
}

/// The rows, by their place, of the entries that one is right for.
fn assignment(entries: &[(usize, Wanted<'_>)], rows: &[ApiKeyRow]) -> HashMap<usize, usize> {
    let mut wishes = kinds(entries.iter().map(|(_, wanted)| wanted.wish()));
    let mut states = kinds(
        rows.iter()
            .map(|row| (row.label.as_deref(), row.expires_at, row.revoked_at, row.recoverable)),
    );
    let right = wishes.iter().map(|(wish, _)| {
        let is_right = |state: &VecDeque<usize>| {
            state.front().and_then(|row| rows.get(*row)).is_some_and(|row| wish.is_met_by(row))
        };
        let all = states.iter().enumerate();
        all.filter(|(_, (_, state))| is_right(state)).map(|(at, _)| at).collect()
    });
    let supply =
        states.iter().map(|(_, state)| Supply { free: state.len(), given: BTreeMap::new() });
    let mut matching = Matching { right: right.collect(), supply: supply.collect() };
    for (wish, (_, entries)) in wishes.iter().enumerate() {
        let mut missing = entries.len();
        while missing > 0 {
            match matching.assign(wish, missing, &mut HashSet::new()) {
                0 => break,
                some => missing -= some,
            }
        }
    }
    let mut taken = HashMap::new();
    for (supply, (_, state)) in matching.supply.iter().zip(&mut states) {
        for (wish, count) in &supply.given {
            let entries =
                wishes.get_mut(*wish).into_iter().flat_map(|(_, them)| them.drain(..*count));
            taken.extend(entries.zip(state.drain(..*count)));
        }
    }
    taken
}

/// The places of equals, together.
fn kinds<K: Clone + Eq + Hash>(keys: impl Iterator<Item = K>) -> Vec<(K, VecDeque<usize>)> {
    let mut kinds: Vec<(K, VecDeque<usize>)> = Vec::new();
    let mut known = HashMap::new();
    for (place, key) in keys.enumerate() {
        let kind = *known.entry(key.clone()).or_insert(kinds.len());
        match kinds.get_mut(kind) {
            Some((_, places)) => places.push_back(place),
            None => kinds.push((key, VecDeque::from([place]))),
        }
    }
    kinds
}

/// How many rows of each kind go to entries of each kind.
struct Matching {
    /// By the kind of entry, the kinds of rows that are right for it.
    right: Vec<Vec<usize>>,
    /// By the kind of row.
    supply: Vec<Supply>,
}

/// Rows that are the same.
struct Supply {
    /// How many nobody has.
    free: usize,
    /// How many the entries of each kind have.
    given: BTreeMap<usize, usize>,
}

impl Matching {
    /// Finds rows for some of so many entries of a kind, moving others to rows that are right for them too;
    /// answers for how many. None means that there are none.
    fn assign(&mut self, wish: usize, count: usize, seen: &mut HashSet<usize>) -> usize {
        let mut next = 0;
        while let Some(row) = self.right.get(wish).and_then(|right| right.get(next)).copied() {
            next += 1;
            if !seen.insert(row) {
                continue;
            }
            let freed = self.free(row, count, seen);
            if let Some(supply) = self.supply.get_mut(row).filter(|_| freed > 0) {
                *supply.given.entry(wish).or_default() += freed;
                return freed;
            }
        }
        0
    }

    /// Takes up to so many rows of a kind, free ones or, one kind of entry at a time, those that others can
    /// do without.
    fn free(&mut self, row: usize, count: usize, seen: &mut HashSet<usize>) -> usize {
        let Some(supply) = self.supply.get_mut(row) else { return 0 };
        let free = supply.free.min(count);
        supply.free -= free;
        if free > 0 {
            return free;
        }
        for (holder, held) in supply.given.clone() {
            let moved = self.assign(holder, held.min(count), seen);
            if let Some(held) = self.supply.get_mut(row).and_then(|it| it.given.get_mut(&holder))
                && moved > 0
            {
                *held -= moved;
                return moved;
            }
        }
        0
    }
}

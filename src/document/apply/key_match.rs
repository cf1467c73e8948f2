//! Which stored key is which key of a document.
//!
//! Texts may be there more than once, with labels and expiries that some entries speak of and others do
//! not. Keys that are as an entry wants them are found by maximum matching (augmenting paths), not by
//! order: otherwise an entry that wants little could take the key that another one describes, and applying
//! a document again would change something again.

use std::collections::{HashMap, HashSet};

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
    let mut taken = Taken::default();
    for entry in 0..entries.len() {
        taken.assign(entry, &mut HashSet::new(), &|entry| {
            let wanted = entries.get(entry).map(|(_, wanted)| wanted);
            let is_so = |row: &ApiKeyRow| wanted.is_some_and(|wanted| wanted.is_met_by(row));
            rows.iter().enumerate().filter(|(_, row)| is_so(row)).map(|(at, _)| at).collect()
        });
    }
    let mut free: Vec<Option<ApiKeyRow>> = std::mem::take(rows).into_iter().map(Some).collect();
    let mut pairs: Vec<_> = entries
        .into_iter()
        .enumerate()
        .map(|(entry, (position, wanted))| {
            let row = taken.row_of(entry).and_then(|at| free.get_mut(at)?.take());
            (position, wanted, row)
        })
        .collect();
    let mut free: Vec<ApiKeyRow> = free.into_iter().flatten().collect();
    for (_, wanted, row) in pairs.iter_mut().filter(|(_, _, row)| row.is_none()) {
        // None is as it should be: rather the one of that label than the first.
        let label = wanted.entry.label.set();
        let same_label = |row: &ApiKeyRow| label.is_some() && row.label.as_ref() == label;
        let at = free.iter().position(same_label).or((!free.is_empty()).then_some(0));
        *row = at.map(|at| free.remove(at));
    }
    *rows = free;
    pairs
}

/// Rows by their place, and the entry that has each.
#[derive(Default)]
struct Taken(HashMap<usize, usize>);

impl Taken {
    /// Finds a row for an entry, moving others to rows that are right for them too.
    fn assign(
        &mut self,
        entry: usize,
        seen: &mut HashSet<usize>,
        right: &impl Fn(usize) -> Vec<usize>,
    ) -> bool {
        for row in right(entry) {
            if !seen.insert(row) {
                continue;
            }
            let is_free = match self.0.get(&row).copied() {
                Some(holder) => self.assign(holder, seen, right),
                None => true,
            };
            if is_free {
                self.0.insert(row, entry);
                return true;
            }
        }
        false
    }

    fn row_of(&self, entry: usize) -> Option<usize> {
        self.0.iter().find(|(_, holder)| **holder == entry).map(|(row, _)| *row)
    }
}

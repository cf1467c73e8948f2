//! What many rows have in common, kept once.

use std::collections::HashMap;
use std::hash::Hash;

use foldhash::fast::RandomState;

use super::OTHER;

/// Different values in the order in which they came.
pub(super) struct Kinds<K> {
    numbers: HashMap<K, u32, RandomState>,
    /// The last one, since neighbours are often alike.
    last: Option<(K, u32)>,
}

impl<K> Default for Kinds<K> {
    fn default() -> Self {
        Self { numbers: HashMap::default(), last: None }
    }
}

impl<K: Clone + Eq + Hash> Kinds<K> {
    /// A value's number.
    pub(super) fn number(&mut self, kind: K) -> u32 {
        if let Some((last, number)) = &self.last
            && *last == kind
        {
            return *number;
        }
        let next = u32::try_from(self.numbers.len()).unwrap_or(OTHER);
        let number = *self.numbers.entry(kind.clone()).or_insert(next);
        self.last = Some((kind, number));
        number
    }

    /// All values, each at the place of its number.
    pub(super) fn in_order(self) -> Vec<K> {
        let mut kinds: Vec<_> = self.numbers.into_iter().collect();
        kinds.sort_unstable_by_key(|(_, number)| *number);
        kinds.into_iter().map(|(kind, _)| kind).collect()
    }
}

/// Which list of words each account has.
#[derive(Default)]
pub(super) struct Words {
    lists: Vec<Vec<String>>,
    numbers: HashMap<Vec<String>, u32, RandomState>,
    /// Accounts with a list, sorted by id.
    of: Vec<(u32, u32)>,
    /// The first of them that may still be asked for.
    next: usize,
}

impl Words {
    /// Gives an account its list.
    pub(super) fn close(&mut self, id: Option<u32>, list: Vec<String>) {
        let Some(id) = id else { return };
        let next = u32::try_from(self.lists.len()).unwrap_or(u32::MAX);
        let number = *self.numbers.entry(list).or_insert_with_key(|list| {
            self.lists.push(list.clone());
            next
        });
        self.of.push((id, number));
    }

    /// The number of an account's list, from 1; 0 is the empty one. Accounts are asked for in their order.
    pub(super) fn of(&mut self, id: u32) -> u32 {
        let rest = self.of.get(self.next..).unwrap_or_default();
        self.next += rest.iter().take_while(|(of, _)| *of < id).count();
        match self.of.get(self.next) {
            Some((of, number)) if *of == id => number + 1,
            _ => 0,
        }
    }

    /// The list of a number.
    pub(super) fn list(&self, number: u32) -> &[String] {
        let at = number.checked_sub(1).and_then(|at| usize::try_from(at).ok());
        at.and_then(|at| self.lists.get(at)).map_or(&[], Vec::as_slice)
    }
}

//! What many rows have in common, kept once.

use std::collections::HashMap;
use std::hash::Hash;

use super::OTHER;

/// Different values in the order in which they came.
pub(super) struct Kinds<K>(HashMap<K, u16>);

impl<K> Default for Kinds<K> {
    fn default() -> Self {
        Self(HashMap::new())
    }
}

impl<K: Eq + Hash> Kinds<K> {
    /// A value's number; the one for others when there are too many.
    pub(super) fn number(&mut self, kind: K) -> u16 {
        if let Some(known) = self.0.get(&kind) {
            return *known;
        }
        match u16::try_from(self.0.len()) {
            Ok(number) if number < OTHER => {
                self.0.insert(kind, number);
                number
            }
            _ => OTHER,
        }
    }

    /// All values, each at the place of its number.
    pub(super) fn in_order(self) -> Vec<K> {
        let mut kinds: Vec<_> = self.0.into_iter().collect();
        kinds.sort_unstable_by_key(|(_, number)| *number);
        kinds.into_iter().map(|(kind, _)| kind).collect()
    }
}

/// Which list of words each account has.
#[derive(Default)]
pub(super) struct Words {
    lists: Vec<Vec<String>>,
    numbers: HashMap<Vec<String>, u32>,
    /// Accounts with a list, sorted by id.
    of: Vec<(u32, u32)>,
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

    /// The number of an account's list, from 1; 0 is the empty one.
    pub(super) fn of(&self, id: u32) -> u32 {
        let at = self.of.binary_search_by_key(&id, |(id, _)| *id).ok();
        at.and_then(|at| self.of.get(at)).map_or(0, |(_, number)| number + 1)
    }

    /// The list of a number.
    pub(super) fn list(&self, number: u32) -> &[String] {
        let at = number.checked_sub(1).and_then(|at| usize::try_from(at).ok());
        at.and_then(|at| self.lists.get(at)).map_or(&[], Vec::as_slice)
    }
}

//! Keys run through beside the rows of a table, both in the order of a number.

use super::Slot;

/// Keys in the order of one of their numbers.
pub(super) struct Beside<'s> {
    rest: &'s mut [Slot],
    number: fn(&Slot) -> u32,
}

/// Keys on the way to a row.
pub(super) struct Step<'s> {
    /// Those for which there was no row.
    pub(super) passed: &'s mut [Slot],
    /// Those of the row.
    pub(super) here: &'s mut [Slot],
}

impl<'s> Beside<'s> {
    /// Puts the keys in order.
    pub(super) fn new(slots: &'s mut [Slot], number: fn(&Slot) -> u32) -> Self {
        slots.sort_unstable_by_key(number);
        Self { rest: slots, number }
    }

    /// Goes on to a row, whose number must be larger than the last one's.
    pub(super) fn step(&mut self, row: u32) -> Step<'s> {
        let passed = self.take(|number| number < row);
        Step { passed, here: self.take(|number| number == row) }
    }

    /// Those for which no row is left.
    pub(super) fn rest(mut self) -> &'s mut [Slot] {
        self.take(|_| true)
    }

    fn take(&mut self, is_taken: impl Fn(u32) -> bool) -> &'s mut [Slot] {
        let rest = std::mem::take(&mut self.rest);
        let count = rest.iter().take_while(|slot| is_taken((self.number)(slot))).count();
        let (taken, rest) = rest.split_at_mut_checked(count).unwrap_or_default();
        self.rest = rest;
        taken
    }
}

//! A text that is read a part at a time, line by line.

use super::starts_request;
use crate::reader::Place;

/// The part of a text that is there.
pub(super) struct Lines<'a> {
    pub(super) rest: &'a [u8],
    /// How many lines were taken.
    pub(super) number: u64,
    /// Whether nothing comes behind this part. Otherwise a line without an end is none yet.
    pub(super) is_last: bool,
    /// Whether more was asked for than is there, of a text that goes on: what was read is void then.
    pub(super) ran_out: bool,
}

impl<'a> Lines<'a> {
    /// A part of a text behind so many lines.
    pub(super) fn of(rest: &'a [u8], number: u64, is_last: bool) -> Self {
        Self { rest, number, is_last, ran_out: false }
    }

    pub(super) fn place(&self) -> Place {
        Place { line: self.number.max(1), column: 1 }
    }

    /// The next line with its end.
    fn whole(&mut self) -> Option<&'a [u8]> {
        let end = memchr::memchr(b'\n', self.rest).map(|at| at + 1);
        self.ran_out |= end.is_none() && !self.is_last;
        let end = end.or((self.is_last && !self.rest.is_empty()).then_some(self.rest.len()))?;
        self.rest.get(..end)
    }

    /// The next line without its end, which stays.
    pub(super) fn peek(&mut self) -> Option<&'a [u8]> {
        let line = self.whole()?;
        let line = line.strip_suffix(b"\n").unwrap_or(line);
        Some(line.strip_suffix(b"\r").unwrap_or(line))
    }

    /// Takes a line without its end.
    pub(super) fn take(&mut self) -> Option<&'a [u8]> {
        let line = self.peek()?;
        let length = self.whole()?.len();
        self.rest = self.rest.get(length..).unwrap_or_default();
        self.number += 1;
        Some(line)
    }

    /// Takes bytes, whatever lines they hold.
    pub(super) fn take_bytes(&mut self, count: usize) -> &'a [u8] {
        let (bytes, rest) = self.rest.split_at_checked(count).unwrap_or((self.rest, &[]));
        self.ran_out |= bytes.len() < count && !self.is_last;
        let ends = memchr::memchr_iter(b'\n', bytes).count();
        self.number += u64::try_from(ends).unwrap_or_default();
        self.rest = rest;
        bytes
    }

    /// Passes over blank lines, comments and `###` in front of a request. False at the end.
    pub(super) fn skip_to_request(&mut self) -> bool {
        while let Some(line) = self.peek() {
            let passed = line.trim_ascii().is_empty()
                || line.starts_with(b"#")
                || line.starts_with(b"//")
                || line.starts_with(b"```");
            if !passed {
                return true;
            }
            self.take();
        }
        false
    }

    /// Goes on behind a fault, where the next request line is. False at the end.
    pub(super) fn skip_past_fault(&mut self) -> bool {
        while let Some(line) = self.peek() {
            if starts_request(line) || line.starts_with(b"###") {
                return true;
            }
            self.take();
        }
        false
    }
}

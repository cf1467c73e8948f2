//! JSON lines: one request a line, in the words of `authctl verify --input-format jsonl`.
//!
//! [`line()`] reads one line and borrows from it as long as it can; [`Blocks`] runs through a stream in
//! constant memory, with exactly one answer for every line that is not blank. What a record may say
//! is in `record`.

mod block;
mod record;

use std::sync::Arc;

use super::{Answer, Fault, Place, ReadError};
use crate::verify::Source;
pub use block::{Block, Blocks};

/// Reads one line.
///
/// `number` is the line's number in `file`, counted from 1. The line may end with its line break.
pub fn line<'a>(text: &'a [u8], file: &Arc<str>, number: u64) -> Answer<'a> {
    let source = Source { file: Arc::clone(file), line: Some(number), entry: None };
    record::request(text, source).map_err(|(fault, id)| {
        let place = Place { line: number, column: fault.place.map_or(1, |place| place.column) };
        let mut error = ReadError::new(file, Fault { place: Some(place), ..fault });
        error.id = id;
        Box::new(error)
    })
}

#[cfg(test)]
mod tests;

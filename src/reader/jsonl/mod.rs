//! JSON lines: one request a line, in the words of `authctl verify --input-format jsonl`.
//!
//! [`line`] reads one line and borrows from it as long as it can; [`Lines`] runs through a stream in
//! constant memory, with exactly one answer for every line that is not blank. What a record may say
//! is in `record`.

mod record;

use std::io::BufRead;

use super::{Answer, Fault, Place, ReadError, limit};
use crate::verify::Source;

/// Reads one line.
///
/// `number` is the line's number in `file`, counted from 1. The line may end with its line break.
pub fn line(text: &[u8], file: &str, number: u64) -> Answer {
    let source = Source { file: file.to_owned(), line: Some(number), entry: None };
    record::request(text, source).map_err(|(fault, id)| {
        let place = Place { line: number, column: fault.place.map_or(1, |place| place.column) };
        let mut error = ReadError::new(file, Fault { place: Some(place), ..fault });
        error.id = id;
        Box::new(error)
    })
}

/// The requests of a stream, one a line; blank lines are passed over.
pub struct Lines<R> {
    input: R,
    file: String,
    number: u64,
    buffer: Vec<u8>,
    ended: bool,
}

impl<R: BufRead> Lines<R> {
    /// Requests from `input`, which errors and verdicts call `file`.
    pub fn new(input: R, file: &str) -> Self {
        Self { input, file: file.to_owned(), number: 0, buffer: Vec::new(), ended: false }
    }

    /// Fills the buffer with the next line. `None` at the end, an error for a line that is too long.
    fn fill(&mut self) -> Option<Result<(), Fault>> {
        self.buffer.clear();
        self.number += 1;
        match bounded_line(&mut self.input, &mut self.buffer) {
            Ok(Taken::Line) => Some(Ok(())),
            Ok(Taken::TooLong) => Some(Err(Fault::new(format!(
                "expected a line of at most {} MiB",
                limit::LINE >> 20
            )))),
            Ok(Taken::End) => None,
            Err(error) => {
                self.ended = true;
                Some(Err(Fault::new(format!("cannot read on: {error}"))))
            }
        }
    }
}

impl<R: BufRead> Iterator for Lines<R> {
    type Item = Answer;

    fn next(&mut self) -> Option<Answer> {
        while !self.ended {
            if let Err(fault) = self.fill()? {
                let place = Place { line: self.number, column: 1 };
                return Some(Err(Box::new(ReadError::new(&self.file, fault.or_at(Some(place))))));
            }
            let text = match self.number {
                1 => self.buffer.strip_prefix(super::BOM).unwrap_or(&self.buffer),
                _ => &self.buffer,
            };
            if !text.trim_ascii().is_empty() {
                return Some(line(text, &self.file, self.number));
            }
        }
        None
    }
}

/// What [`bounded_line`] found.
enum Taken {
    Line,
    TooLong,
    End,
}

/// Appends the next line to `buffer`. A line over the limit is passed over to its end, so that the
/// next one can still be read.
fn bounded_line(input: &mut impl BufRead, buffer: &mut Vec<u8>) -> std::io::Result<Taken> {
    let mut too_long = false;
    let mut any = false;
    loop {
        let available = match input.fill_buf() {
            Ok(available) => available,
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        if available.is_empty() {
            break;
        }
        any = true;
        let end = available.iter().position(|&byte| byte == b'\n');
        let used = end.map_or(available.len(), |end| end + 1);
        if buffer.len() + used > limit::LINE {
            too_long = true;
            buffer.clear();
        } else if !too_long {
            buffer.extend_from_slice(available.get(..used).unwrap_or_default());
        }
        input.consume(used);
        if end.is_some() {
            break;
        }
    }
    Ok(match (any, too_long) {
        (false, _) => Taken::End,
        (true, true) => Taken::TooLong,
        (true, false) => Taken::Line,
    })
}

#[cfg(test)]
mod tests;

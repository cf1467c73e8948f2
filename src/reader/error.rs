//! What a reader says when it refuses a text: where, and what was expected.
//!
//! A text under judgement is a secret, so no message repeats it. The exceptions are names that the
//! reader looks for itself: an option, a field, a shell variable.

use std::fmt;
use std::sync::Arc;

use crate::verify::Source;

/// A request that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadError {
    /// The file's name as given, `-` for standard input, `command line` for words after `--`.
    pub file: Arc<str>,
    /// The line, counted from 1.
    pub line: Option<u64>,
    /// The column in bytes, counted from 1.
    pub column: Option<u64>,
    /// The entry of a HAR, or the request of a file with several, counted from 1.
    pub entry: Option<u64>,
    /// The request's own name, when it could be read.
    pub id: Option<String>,
    /// What was expected, as a lowercase fragment without anything of the request's text.
    pub message: String,
}

impl ReadError {
    /// Where the request stands, for the verdict that says it is unreadable.
    #[must_use]
    pub fn source(&self) -> Source {
        Source { file: self.file.clone(), line: self.line, entry: self.entry }
    }

    /// Completes what a reader of one text says with the file it came from.
    pub(super) fn new(file: &str, fault: Fault) -> Self {
        Self {
            file: file.into(),
            line: fault.place.map(|place| place.line),
            column: fault.place.map(|place| place.column),
            entry: None,
            id: None,
            message: visible(fault.message),
        }
    }
}

/// A name of the text that a message repeats may hold anything.
fn visible(message: String) -> String {
    if !message.contains(char::is_control) {
        return message;
    }
    let shown = |c: char| if c.is_control() { c.escape_default().collect() } else { c.to_string() };
    message.chars().map(shown).collect()
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
            if let Some(column) = self.column {
                write!(f, ":{column}")?;
            }
        }
        if let Some(entry) = self.entry {
            write!(f, ": entry {entry}")?;
        }
        write!(f, ": {}", self.message)
    }
}

impl std::error::Error for ReadError {}

/// A place in a text: line and column in bytes, both counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) line: u64,
    pub(super) column: u64,
}

/// What is wrong with a text, before anyone says which file it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) place: Option<Place>,
    pub(super) message: String,
}

impl Fault {
    /// A fault without a place, for what concerns a whole command.
    pub(super) fn new(message: impl Into<String>) -> Self {
        Self { place: None, message: message.into() }
    }

    /// A fault at a place.
    pub(super) fn at(place: Place, message: impl Into<String>) -> Self {
        Self { place: Some(place), message: message.into() }
    }

    /// The same fault, at `place` unless a more exact one is known.
    pub(super) fn or_at(mut self, place: Option<Place>) -> Self {
        self.place = self.place.or(place);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::{Fault, Place, ReadError};

    #[test]
    fn names_file_line_and_column() {
        let fault = Fault::at(Place { line: 3, column: 7 }, "expected a URL");
        assert_eq!(ReadError::new("day.jsonl", fault).to_string(), "day.jsonl:3:7: expected a URL");
    }

    #[test]
    fn shows_control_characters_of_a_name() {
        let error = ReadError::new("f", Fault::new("unknown option `-\u{1b}`"));
        assert_eq!(error.message, "unknown option `-\\u{1b}`");
    }

    #[test]
    fn names_the_entry_when_there_are_no_lines() {
        let mut error = ReadError::new("-", Fault::new("expected a URL"));
        error.entry = Some(3);
        assert_eq!(error.to_string(), "-: entry 3: expected a URL");
    }
}

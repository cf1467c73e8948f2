//! HTTP archives (HAR 1.2), as Chrome, Firefox, Safari, Charles, Insomnia and others write them.
//!
//! The file is read as a stream: of every entry only its `request` is kept, answers are passed over, so
//! memory holds one request whatever the file's size. Every entry gives one answer; only a text that
//! is no JSON ends the reading. What a request may hold is in `entry`.

mod entry;
mod scan;

use std::io::BufRead;
use std::sync::Arc;

use super::{Answer, Fault, ReadError, limit};
use crate::verify::Source;
use scan::{Scanner, Sink};

/// The entries of an archive.
pub(super) struct Entries<R> {
    scanner: Scanner<R>,
    file: Arc<str>,
    stage: Stage,
    /// How many entries were begun.
    count: u64,
    /// Whether Chrome's developer tools made the file, which leave credentials out.
    from_chrome: bool,
    buffer: Vec<u8>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    Start,
    Entries,
    End,
}

impl<R: BufRead> Entries<R> {
    /// Entries of `input`, which errors and verdicts call `file`.
    pub(super) fn new(input: R, file: &str) -> Self {
        Self {
            scanner: Scanner::new(input),
            file: file.into(),
            stage: Stage::Start,
            count: 0,
            from_chrome: false,
            buffer: Vec::new(),
        }
    }

    /// Goes to the first of `log.entries`.
    fn start(&mut self) -> Result<(), Fault> {
        self.scanner.skip_mark()?;
        self.field("log")?;
        self.scanner.expect(b'{')?;
        loop {
            match self.scanner.key()? {
                "entries" => return self.scanner.expect(b'['),
                "creator" => self.creator()?,
                _ => self.scanner.value(None)?,
            }
            self.next_field("entries")?;
        }
    }

    /// Goes to the value of a field of the object that comes next.
    fn field(&mut self, name: &str) -> Result<(), Fault> {
        self.scanner.expect(b'{')?;
        if self.scanner.peek()? == Some(b'}') {
            return Err(self.scanner.fault(format!("expected the field `{name}`")));
        }
        while self.scanner.key()? != name {
            self.scanner.value(None)?;
            self.next_field(name)?;
        }
        Ok(())
    }

    /// Passes the comma before another field; without one, `name` is missing.
    fn next_field(&mut self, name: &str) -> Result<(), Fault> {
        if self.scanner.eat(b',')? {
            return Ok(());
        }
        match self.scanner.peek()? {
            Some(b'}') => Err(self.scanner.fault(format!("expected the field `{name}`"))),
            _ => Err(self.scanner.fault("expected `,` or `}`")),
        }
    }

    fn creator(&mut self) -> Result<(), Fault> {
        self.buffer.clear();
        let mut sink = Sink { bytes: &mut self.buffer, most: 1 << 16, overflow: false };
        self.scanner.value(Some(&mut sink))?;
        self.from_chrome = self.buffer.windows(12).any(|window| window == b"WebInspector");
        Ok(())
    }

    /// Reads the next entry; `None` behind the last.
    fn entry(&mut self) -> Result<Option<Answer<'static>>, Fault> {
        if self.stage == Stage::Start {
            self.start()?;
            self.stage = Stage::Entries;
        } else if !self.scanner.eat(b',')? {
            self.scanner.expect(b']')?;
            self.stage = Stage::End;
            return Ok(None);
        }
        if self.count == 0 && self.scanner.eat(b']')? {
            self.stage = Stage::End;
            return Ok(None);
        }
        self.count += 1;
        if self.scanner.peek()? != Some(b'{') {
            self.scanner.value(None)?;
            return Ok(Some(self.refuse(Fault::new("expected an object as the entry"))));
        }
        let found = self.request()?;
        let source = Source { file: self.file.clone(), line: None, entry: Some(self.count) };
        let answer = match found {
            Found::Request => entry::request(&self.buffer, self.from_chrome, source),
            Found::TooLong => {
                Err(Fault::new(format!("expected a request of at most {} MiB", limit::ENTRY >> 20)))
            }
            Found::Nothing => Err(Fault::new("expected the field `request` in the entry")),
        };
        if self.buffer.len() > limit::PIECE_BYTES {
            self.buffer = Vec::new();
        }
        Ok(Some(answer.map_or_else(|fault| self.refuse(fault), Ok)))
    }

    /// Passes over an entry and keeps its `request`.
    fn request(&mut self) -> Result<Found, Fault> {
        let mut found = Found::Nothing;
        self.scanner.expect(b'{')?;
        if self.scanner.eat(b'}')? {
            return Ok(found);
        }
        loop {
            if self.scanner.key()? == "request" {
                self.buffer.clear();
                let mut sink =
                    Sink { bytes: &mut self.buffer, most: limit::ENTRY, overflow: false };
                self.scanner.value(Some(&mut sink))?;
                found = if sink.overflow { Found::TooLong } else { Found::Request };
            } else {
                self.scanner.value(None)?;
            }
            if !self.scanner.eat(b',')? {
                self.scanner.expect(b'}')?;
                return Ok(found);
            }
        }
    }

    fn refuse(&self, fault: Fault) -> Answer<'static> {
        let mut error = ReadError::new(&self.file, fault);
        error.entry = (self.count > 0).then_some(self.count);
        Err(Box::new(error))
    }
}

/// What an entry holds.
enum Found {
    Request,
    TooLong,
    Nothing,
}

impl<R: BufRead> Iterator for Entries<R> {
    type Item = Answer<'static>;

    fn next(&mut self) -> Option<Answer<'static>> {
        if self.stage == Stage::End {
            return None;
        }
        match self.entry() {
            Ok(answer) => answer,
            Err(fault) => {
                self.stage = Stage::End;
                Some(self.refuse(fault))
            }
        }
    }
}

#[cfg(test)]
mod tests;

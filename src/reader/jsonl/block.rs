//! Blocks of whole lines: what one read gives, so that a slow input is answered line by line and a fast
//! one is taken in pieces that several threads can share.

use std::io::{ErrorKind, Read};
use std::sync::Arc;

use super::{Answer, line};
use crate::reader::{BOM, Fault, Place, ReadError, limit};

/// How much is read at once.
const BLOCK: usize = 128 << 10;

/// Whole lines of one input.
#[derive(Debug)]
pub struct Block {
    file: Arc<str>,
    /// The number of the first line.
    first: u64,
    text: Vec<u8>,
    /// What follows the lines and cannot be read.
    fault: Option<Fault>,
}

impl Block {
    /// How many bytes the lines have.
    #[must_use]
    pub fn size(&self) -> usize {
        self.text.len()
    }

    /// Whether it holds no request.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.fault.is_none() && self.text.iter().all(u8::is_ascii_whitespace)
    }

    /// One answer for every line that is not blank.
    pub fn answers(&self) -> impl Iterator<Item = Answer<'_>> {
        let mut rest = self.text.as_slice();
        let mut number = self.first;
        let lines = std::iter::from_fn(move || {
            while !rest.is_empty() {
                let length = memchr::memchr(b'\n', rest).map_or(rest.len(), |end| end + 1);
                let (text, after) = rest.split_at_checked(length).unwrap_or((rest, &[]));
                rest = after;
                let text = if number == 1 { text.strip_prefix(BOM).unwrap_or(text) } else { text };
                number += 1;
                if text.len() > limit::LINE {
                    let place = Place { line: number - 1, column: 1 };
                    let fault = too_long().or_at(Some(place));
                    return Some(Err(Box::new(ReadError::new(&self.file, fault))));
                }
                if !text.trim_ascii().is_empty() {
                    return Some(line(text, &self.file, number - 1));
                }
            }
            None
        });
        let fault = self.fault.clone().map(|fault| {
            let line = self.first + line_breaks(&self.text);
            let fault = fault.or_at(Some(Place { line, column: 1 }));
            Err(Box::new(ReadError::new(&self.file, fault)))
        });
        lines.chain(fault)
    }
}

/// The blocks of an input.
pub struct Blocks<R> {
    input: R,
    file: Arc<str>,
    /// The number of the next line.
    line: u64,
    /// The beginning of a line that is not whole yet.
    rest: Vec<u8>,
    /// What one read gives.
    chunk: Vec<u8>,
    ended: bool,
}

impl<R: Read> Blocks<R> {
    /// Blocks of `input`, which errors and verdicts call `file`.
    pub fn new(input: R, file: &str) -> Self {
        let chunk = vec![0; BLOCK];
        Self { input, file: file.into(), line: 1, rest: Vec::new(), chunk, ended: false }
    }

    fn block(&mut self, text: Vec<u8>, fault: Option<Fault>) -> Block {
        let first = self.line;
        self.line += line_breaks(&text) + u64::from(fault.is_some());
        Block { file: Arc::clone(&self.file), first, text, fault }
    }

    /// Passes over what is left of a line that is too long.
    fn skip_line(&mut self) -> Block {
        loop {
            match read(&mut self.input, &mut self.chunk) {
                Ok(0) | Err(_) => {
                    self.ended = true;
                    break;
                }
                Ok(length) => {
                    let taken = self.chunk.get(..length).unwrap_or_default();
                    if let Some(end) = memchr::memchr(b'\n', taken) {
                        self.rest.extend_from_slice(taken.get(end + 1..).unwrap_or_default());
                        break;
                    }
                }
            }
        }
        self.block(Vec::new(), Some(too_long()))
    }
}

impl<R: Read> Iterator for Blocks<R> {
    type Item = Block;

    fn next(&mut self) -> Option<Block> {
        let mut text = std::mem::take(&mut self.rest);
        while !self.ended {
            if text.len() > limit::LINE {
                return Some(self.skip_line());
            }
            let length = match read(&mut self.input, &mut self.chunk) {
                Ok(length) => length,
                Err(error) => {
                    self.ended = true;
                    // The line that was begun is lost with what would have followed.
                    let fault = Fault::new(format!("cannot read on: {error}"));
                    return Some(self.block(Vec::new(), Some(fault)));
                }
            };
            self.ended = length == 0;
            let taken = self.chunk.get(..length).unwrap_or_default();
            let lines = memchr::memrchr(b'\n', taken).map_or(0, |end| end + 1);
            let (lines, rest) = taken.split_at_checked(lines).unwrap_or_default();
            if lines.is_empty() {
                text.extend_from_slice(rest);
            } else {
                text.extend_from_slice(lines);
                self.rest.extend_from_slice(rest);
                return Some(self.block(text, None));
            }
        }
        (!text.is_empty()).then(|| self.block(text, None))
    }
}

fn read(input: &mut impl Read, text: &mut [u8]) -> std::io::Result<usize> {
    loop {
        match input.read(text) {
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            other => return other,
        }
    }
}

fn too_long() -> Fault {
    Fault::new(format!("expected a line of at most {} MiB", limit::LINE >> 20))
}

fn line_breaks(text: &[u8]) -> u64 {
    let breaks = memchr::memchr_iter(b'\n', text).count();
    u64::try_from(breaks).unwrap_or(u64::MAX)
}

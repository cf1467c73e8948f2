//! A JSON text from a stream, value by value: skipped, or taken as its bytes.
//!
//! Knows only as much of JSON as it takes to find where a value ends, in a loop without recursion; what
//! is taken is parsed by `serde_json`, which checks the rest.

use std::io::{BufRead, ErrorKind};

use super::super::{Fault, Place};

/// A JSON text being read.
pub(super) struct Scanner<R> {
    input: R,
    line: u64,
    column: u64,
}

/// Where a value goes while it is passed over.
pub(super) struct Sink<'a> {
    pub(super) bytes: &'a mut Vec<u8>,
    pub(super) most: usize,
    /// Whether the value was longer than that; then it is not kept.
    pub(super) overflow: bool,
}

impl Sink<'_> {
    fn keep(&mut self, bytes: &[u8]) {
        if self.bytes.len() + bytes.len() > self.most {
            self.overflow = true;
            self.bytes.clear();
        }
        if !self.overflow {
            self.bytes.extend_from_slice(bytes);
        }
    }
}

/// Inside which part of a value the scanner stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Structure,
    Text,
    Escape,
    /// A number or word outside of any bracket, which ends where another byte begins.
    Bare,
}

impl<R: BufRead> Scanner<R> {
    pub(super) fn new(input: R) -> Self {
        Self { input, line: 1, column: 1 }
    }

    /// A fault where the scanner stands.
    pub(super) fn fault(&self, message: impl Into<String>) -> Fault {
        Fault::at(Place { line: self.line, column: self.column }, message)
    }

    /// What is buffered; empty at the end of the input.
    fn fill(&mut self) -> Result<&[u8], Fault> {
        let place = Place { line: self.line, column: self.column };
        loop {
            match self.input.fill_buf() {
                Ok(_) => break,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(Fault::at(place, format!("cannot read on: {error}"))),
            }
        }
        self.input.fill_buf().map_err(|error| Fault::at(place, format!("cannot read on: {error}")))
    }

    fn consume(&mut self, count: usize) {
        self.column += u64::try_from(count).unwrap_or_default();
        self.input.consume(count);
    }

    /// The next byte that is not blank, which stays; `None` at the end.
    pub(super) fn peek(&mut self) -> Result<Option<u8>, Fault> {
        loop {
            let buffer = self.fill()?;
            let Some(&byte) = buffer.first() else { return Ok(None) };
            match byte {
                b'\n' => {
                    self.consume(1);
                    self.line += 1;
                    self.column = 1;
                }
                b' ' | b'\t' | b'\r' => self.consume(1),
                _ => return Ok(Some(byte)),
            }
        }
    }

    /// Takes the next byte that is not blank when it is `wanted`.
    pub(super) fn eat(&mut self, wanted: u8) -> Result<bool, Fault> {
        let found = self.peek()? == Some(wanted);
        if found {
            self.consume(1);
        }
        Ok(found)
    }

    /// Takes `wanted`, which must come next.
    pub(super) fn expect(&mut self, wanted: u8) -> Result<(), Fault> {
        if self.eat(wanted)? {
            return Ok(());
        }
        let wanted = char::from(wanted);
        Err(self.fault(format!("expected `{wanted}`")))
    }

    /// Passes over a byte order mark.
    pub(super) fn skip_mark(&mut self) -> Result<(), Fault> {
        for byte in super::super::BOM {
            if self.fill()?.first() == Some(byte) {
                self.input.consume(1);
            }
        }
        Ok(())
    }

    /// Takes a text, which must come next, and the colon behind it.
    pub(super) fn key(&mut self) -> Result<String, Fault> {
        if self.peek()? != Some(b'"') {
            return Err(self.fault("expected a field's name"));
        }
        let mut bytes = Vec::new();
        let mut sink = Sink { bytes: &mut bytes, most: 1 << 16, overflow: false };
        self.value(Some(&mut sink))?;
        let key = serde_json::from_slice(&bytes).unwrap_or_default();
        self.expect(b':')?;
        Ok(key)
    }

    /// Passes over one value of any kind.
    pub(super) fn value(&mut self, mut sink: Option<&mut Sink<'_>>) -> Result<(), Fault> {
        let mut state = match self.peek()? {
            None | Some(b'}' | b']' | b',' | b':') => return Err(self.fault("expected a value")),
            Some(b'{' | b'[' | b'"') => State::Structure,
            Some(_) => State::Bare,
        };
        let mut depth = 0_u64;
        loop {
            let buffer = self.fill()?;
            if buffer.is_empty() {
                return match state {
                    State::Bare => Ok(()),
                    _ => Err(self.fault("expected the end of a value: the file is cut off")),
                };
            }
            let scan = scan(buffer, &mut state, &mut depth);
            if let Some(sink) = &mut sink {
                sink.keep(buffer.get(..scan.used).unwrap_or_default());
            }
            self.input.consume(scan.used);
            let used = u64::try_from(scan.used).unwrap_or_default();
            if scan.lines > 0 {
                self.line += scan.lines;
                self.column = 1 + u64::try_from(scan.behind_line).unwrap_or_default();
            } else {
                self.column += used;
            }
            if scan.done {
                return Ok(());
            }
        }
    }
}

/// How far a buffer was read.
struct Scan {
    used: usize,
    /// Line ends passed, and how many bytes came behind the last.
    lines: u64,
    behind_line: usize,
    done: bool,
}

/// Reads on in a value until it or the buffer ends.
fn scan(buffer: &[u8], state: &mut State, depth: &mut u64) -> Scan {
    let mut lines = 0;
    let mut line_start = 0;
    let mut at = 0;
    let mut done = false;
    while let Some(&byte) = buffer.get(at) {
        match *state {
            State::Text => {
                let rest = buffer.get(at..).unwrap_or_default();
                let Some(stop) = rest.iter().position(|byte| matches!(byte, b'"' | b'\\')) else {
                    at = buffer.len();
                    break;
                };
                let quote = rest.get(stop) == Some(&b'"');
                at += stop + 1;
                *state = if quote { State::Structure } else { State::Escape };
                if quote && *depth == 0 {
                    done = true;
                    break;
                }
                continue;
            }
            State::Escape => *state = State::Text,
            State::Bare => {
                if matches!(byte, b',' | b'}' | b']' | b' ' | b'\t' | b'\r' | b'\n') {
                    done = true;
                    break;
                }
            }
            State::Structure => match byte {
                b'"' => *state = State::Text,
                b'{' | b'[' => *depth += 1,
                b'}' | b']' => {
                    *depth = depth.saturating_sub(1);
                    if *depth == 0 {
                        at += 1;
                        done = true;
                        break;
                    }
                }
                b'\n' => {
                    lines += 1;
                    line_start = at + 1;
                }
                _ => {}
            },
        }
        at += 1;
    }
    Scan { used: at, lines, behind_line: at - line_start.min(at), done }
}

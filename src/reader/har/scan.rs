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
    /// The field's name that was taken last.
    key: Vec<u8>,
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
        Self { input, line: 1, column: 1, key: Vec::new() }
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
    pub(super) fn key(&mut self) -> Result<&str, Fault> {
        if self.peek()? != Some(b'"') {
            return Err(self.fault("expected a field's name"));
        }
        let mut bytes = std::mem::take(&mut self.key);
        bytes.clear();
        let mut sink = Sink { bytes: &mut bytes, most: 1 << 16, overflow: false };
        self.value(Some(&mut sink))?;
        if bytes.contains(&b'\\') {
            bytes = serde_json::from_slice::<String>(&bytes).unwrap_or_default().into_bytes();
        } else {
            bytes.retain(|byte| *byte != b'"');
        }
        self.key = bytes;
        self.expect(b':')?;
        Ok(std::str::from_utf8(&self.key).unwrap_or_default())
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
            let passed = buffer.get(..scan.used).unwrap_or_default();
            if let Some(sink) = &mut sink {
                sink.keep(passed);
            }
            let lines = memchr::memchr_iter(b'\n', passed).count();
            let behind = memchr::memrchr(b'\n', passed).map(|at| scan.used - at);
            self.input.consume(scan.used);
            self.line += u64::try_from(lines).unwrap_or_default();
            self.column = match behind {
                Some(behind) => u64::try_from(behind).unwrap_or_default(),
                None => self.column + u64::try_from(scan.used).unwrap_or_default(),
            };
            if scan.done {
                return Ok(());
            }
        }
    }
}

/// How far a buffer was read.
struct Scan {
    used: usize,
    done: bool,
}

/// Reads on in a value until it or the buffer ends.
fn scan(buffer: &[u8], state: &mut State, depth: &mut u64) -> Scan {
    let mut rest = buffer;
    loop {
        let stop = match *state {
            State::Text => text_stop(rest),
            State::Escape => Some(0),
            State::Bare => rest.iter().position(|byte| ends_bare(*byte)),
            State::Structure => rest.iter().position(|byte| is_mark(*byte)),
        };
        let Some([mark, behind @ ..]) = stop.and_then(|stop| rest.get(stop..)) else {
            return Scan { used: buffer.len(), done: false };
        };
        let used = buffer.len() - behind.len();
        rest = behind;
        match (*state, mark) {
            (State::Bare, _) => return Scan { used: used - 1, done: true },
            (State::Text, b'\\') => *state = State::Escape,
            (State::Text, _) => *state = State::Structure,
            (State::Escape, _) | (State::Structure, b'"') => *state = State::Text,
            (State::Structure, b'{' | b'[') => *depth += 1,
            (State::Structure, _) => *depth = depth.saturating_sub(1),
        }
        if *depth == 0 && *state == State::Structure {
            return Scan { used, done: true };
        }
    }
}

/// Where in a text a quote or a backslash is. Most are near, so that eight bytes at a time find them
/// sooner than what is made for long ways.
fn text_stop(text: &[u8]) -> Option<usize> {
    const ONES: u64 = 0x0101_0101_0101_0101;
    /// How many bytes are near.
    const NEAR: usize = 64;
    // The lowest bit tells the first byte that is zero.
    let zeros = |word: u64| word.wrapping_sub(ONES) & !word & (ONES << 7);
    let (near, far) = text.split_at_checked(NEAR).unwrap_or((&[], text));
    for (place, eight) in near.as_chunks::<8>().0.iter().enumerate() {
        let word = u64::from_le_bytes(*eight);
        let stops = zeros(word ^ (ONES * 0x22)) | zeros(word ^ (ONES * 0x5c));
        if stops != 0 {
            return Some(place * 8 + stops.trailing_zeros() as usize / 8);
        }
    }
    memchr::memchr2(b'"', b'\\', far).map(|at| near.len() + at)
}

/// Whether a number or word ends in front of a byte.
fn ends_bare(byte: u8) -> bool {
    matches!(byte, b',' | b'}' | b']' | b' ' | b'\t' | b'\r' | b'\n')
}

/// Whether a byte outside of texts tells where a value ends.
fn is_mark(byte: u8) -> bool {
    matches!(byte, b'"' | b'{' | b'}' | b'[' | b']')
}

#[cfg(test)]
mod tests {
    use super::text_stop;

    #[test]
    fn finds_the_first_stop_of_a_text_wherever_it_is() {
        for length in 0..200 {
            let mut text = vec![0xa2_u8; length];
            assert_eq!(text_stop(&text), None);
            for at in 0..length {
                for (stop, like) in [(b'"', b'#'), (b'\\', b']')] {
                    text.fill(like);
                    text[at] = stop;
                    text[at + 1..].fill(b'"');
                    assert_eq!(text_stop(&text), Some(at), "{length}");
                }
            }
        }
    }
}

//! Traces of curl (`curl -v`): the request lines and headers in them, as the text they were.

use std::io::{BufRead, BufReader, Cursor, Error, Read};

use super::{BOM, Input, limit, starts_request};

/// Undoes a trace; passes any other text on, without its byte order mark. Tells which it was.
///
/// A trace begins with what was sent or a remark, so no body can pass for one, and has a request line that was
/// sent.
pub(super) fn undo(input: Input<'_>) -> Result<(Input<'_>, bool), Error> {
    let mut input = BufReader::new(input);
    let (mut start, mut first, mut traced) = (Vec::new(), None, false);
    while !traced && start.len() < limit::COMMANDS {
        let before = start.len();
        if part(&mut input, &mut start)? == 0 {
            break;
        }
        let line = start.get(before..).unwrap_or_default();
        let line = line.strip_prefix(BOM).unwrap_or(line);
        first = first.or(line.trim_ascii_start().first().copied());
        if !matches!(first, None | Some(b'>' | b'*' | b'<')) {
            break;
        }
        traced = line.strip_prefix(b"> ").is_some_and(|sent| starts_request(sent.trim_ascii_end()));
    }
    if start.starts_with(BOM) {
        start.drain(..BOM.len());
    }
    let input = Box::new(Cursor::new(start).chain(input));
    if !traced {
        return Ok((input, false));
    }
    Ok((Box::new(Trace { input: BufReader::new(input), line: Vec::new(), given: 0 }), true))
}

/// Adds the next line, or as much of it as a request may have.
fn part(input: &mut impl BufRead, line: &mut Vec<u8>) -> Result<usize, Error> {
    input.take(u64::try_from(limit::COMMANDS).unwrap_or(u64::MAX)).read_until(b'\n', line)
}

struct Trace<R> {
    input: R,
    /// A line of what was sent, and how much of it was handed on.
    line: Vec<u8>,
    given: usize,
}

impl<R: BufRead> Read for Trace<R> {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize, Error> {
        if self.given == self.line.len() {
            self.line.clear();
            self.given = 0;
            part(&mut self.input, &mut self.line)?;
            if self.line.starts_with(b"> ") {
                self.line.drain(..2);
            } else if !self.line.is_empty() {
                // Answers and remarks; a line of its own keeps the numbers right.
                self.line = b"\n".to_vec();
            }
        }
        let count = self.line.get(self.given..).unwrap_or_default().read(buffer)?;
        self.given += count;
        Ok(count)
    }
}

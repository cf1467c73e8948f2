//! Raw HTTP requests, as proxies log them, developer tools show them and people write them.
//!
//! Takes CRLF and bare LF, one request or many, origin-form and absolute-form targets, `curl -v`
//! traces (`> `), `###` between requests, HTTP/2 pseudo-headers. What a server may read in two ways is
//! refused, because that is how requests are smuggled: folded headers, blanks before a colon,
//! `Content-Length` beside `Transfer-Encoding`, it or `Host` twice with different values. Where a body ends is in
//! `body`.
//!
//! Memory holds one request: of a text that goes on, as much is read as it takes to see where one ends.

mod body;
mod lines;
mod request;
mod trace;

use std::io::{Error, Read};
use std::sync::Arc;

use super::{Answer, BOM, Fault, Place, ReadError, limit, target};
use crate::verify::{HttpRequest, Request, Source};
use lines::Lines;

const TRACE: &str = "the request is taken from a trace of curl, which shows no body";

/// How much is read at once, at least.
const CHUNK: usize = 64 << 10;

/// What requests are read from.
type Input<'a> = Box<dyn Read + Send + 'a>;

/// The requests of a text.
pub(super) struct Requests<'a> {
    input: Input<'a>,
    file: Arc<str>,
    /// Whether the text is a trace of curl.
    traced: bool,
    chunk: usize,
    /// What was read and is not parsed yet, from `parsed` on.
    text: Vec<u8>,
    parsed: usize,
    /// Whether all was read.
    is_last: bool,
    /// Why nothing more can be read.
    broken: Option<Error>,
    /// How many lines were parsed.
    line: u64,
    /// Whether a request was refused, and the next is still to be found.
    refused: bool,
    /// How many answers were given, and the one behind them: a request that is alone has no number.
    count: u64,
    ahead: Option<Answer<'static>>,
}

impl<'a> Requests<'a> {
    /// Requests of `input`, which errors and verdicts call `file`.
    pub(super) fn new(input: Input<'a>, file: &str) -> Result<Self, Error> {
        Self::in_chunks(input, file, CHUNK)
    }

    fn in_chunks(input: Input<'a>, file: &str, chunk: usize) -> Result<Self, Error> {
        let (input, traced) = trace::undo(input)?;
        Ok(Self {
            input,
            file: file.into(),
            traced,
            chunk,
            text: Vec::new(),
            parsed: 0,
            is_last: false,
            broken: None,
            line: 0,
            refused: false,
            count: 0,
            ahead: None,
        })
    }

    /// Reads the next request.
    fn read(&mut self) -> Option<Answer<'static>> {
        loop {
            let text = self.text.get(self.parsed..).unwrap_or_default();
            let mut lines = Lines::of(text, self.line, self.is_last);
            if self.refused {
                self.refused = !lines.skip_past_fault();
            }
            let found = !self.refused && lines.skip_to_request();
            (self.line, self.parsed) = (lines.number, self.text.len() - lines.rest.len());
            if found {
                let read = request::read(&mut lines);
                if !lines.ran_out {
                    let line = std::mem::replace(&mut self.line, lines.number) + 1;
                    self.parsed = self.text.len() - lines.rest.len();
                    self.refused = read.is_err();
                    return Some(match read {
                        Ok((http, notes)) => Ok(self.request(http, notes, line)),
                        Err(fault) => self.refuse(fault),
                    });
                }
            }
            if self.is_last {
                return None;
            }
            if let Err(fault) = self.read_on() {
                (self.is_last, self.parsed) = (true, self.text.len());
                return Some(self.refuse(fault));
            }
        }
    }

    /// Reads as much again as is there, so that a long request is not begun too often.
    fn read_on(&mut self) -> Result<(), Fault> {
        let place = Some(Place { line: self.line + 1, column: 1 });
        self.text.drain(..std::mem::take(&mut self.parsed));
        let there = self.text.len();
        if there > limit::COMMANDS {
            let message = format!("expected a request of at most {} MiB", limit::COMMANDS >> 20);
            return Err(Fault::new(message).or_at(place));
        }
        let wanted = self.chunk.max(there).min(limit::COMMANDS + 1 - there);
        let wanted = u64::try_from(wanted).unwrap_or(u64::MAX);
        if let Some(error) = self.broken.take() {
            return Err(Fault::new(format!("cannot read on: {error}")).or_at(place));
        }
        match self.input.by_ref().take(wanted).read_to_end(&mut self.text) {
            Ok(length) => self.is_last = u64::try_from(length).is_ok_and(|length| length < wanted),
            // What came before is read first.
            Err(error) => self.broken = Some(error),
        }
        Ok(())
    }

    fn request(
        &self,
        http: HttpRequest<'static>,
        mut notes: Vec<String>,
        line: u64,
    ) -> Request<'static> {
        if self.traced {
            notes.push(TRACE.to_owned());
        }
        let source = Source { file: self.file.clone(), line: Some(line), entry: None };
        Request { notes, ..Request::of_http(source, http) }
    }

    fn refuse(&self, fault: Fault) -> Answer<'static> {
        Err(Box::new(ReadError::new(&self.file, fault)))
    }
}

impl Iterator for Requests<'_> {
    type Item = Answer<'static>;

    fn next(&mut self) -> Option<Answer<'static>> {
        if self.count == 0 {
            self.ahead = self.read().or_else(|| {
                Some(self.refuse(Fault::new("expected a request line, like GET /path HTTP/1.1")))
            });
        }
        let mut answer = self.ahead.take()?;
        self.ahead = self.read();
        self.count += 1;
        if self.count > 1 || self.ahead.is_some() {
            super::number(&mut answer, self.count);
        }
        Some(answer)
    }
}

/// Whether a text starts with something that looks like a raw request.
pub(super) fn looks_like_one(text: &[u8]) -> bool {
    let mut lines = Lines::of(text.strip_prefix(BOM).unwrap_or(text), 0, true);
    lines.skip_to_request();
    let line = lines.rest.split(|&byte| byte == b'\n').next().unwrap_or_default();
    let line = line.strip_prefix(b"> ").unwrap_or(line);
    starts_request(line)
        || starts_bare_request(line)
        || line.starts_with(b":method")
        || line.starts_with(b":authority")
}

/// Whether a line is a request line with a version.
fn starts_request(line: &[u8]) -> bool {
    let mut parts = line.trim_ascii_end().split(|&byte| byte == b' ');
    let method = parts.next().unwrap_or_default();
    let version = parts.next_back().unwrap_or_default();
    let target = parts.next().unwrap_or_default();
    !method.is_empty()
        && method.iter().all(|byte| byte.is_ascii_alphabetic() || *byte == b'-')
        && version.starts_with(b"HTTP/")
        && !target.is_empty()
}

/// Whether a line is a method and a path or URL alone.
fn starts_bare_request(line: &[u8]) -> bool {
    const METHODS: &[&[u8]] = &[b"GET", b"POST", b"PUT", b"PATCH", b"DELETE", b"HEAD", b"OPTIONS"];
    let mut parts = line.trim_ascii_end().split(|&byte| byte == b' ');
    let method = parts.next().unwrap_or_default();
    let target = parts.next().unwrap_or_default();
    METHODS.contains(&method)
        && parts.next().is_none()
        && (target.starts_with(b"/") || target.starts_with(b"http"))
}

#[cfg(test)]
mod tests;

//! Reading requests as people have them: curl commands, raw HTTP, HTTP archives, JSON lines.
//!
//! Readers turn text into [`Request`]s and know nothing of files: whoever calls them passes a function
//! that loads what a command names with `@FILE` ([`Loader`]). Each is total: a text gives requests and
//! [`ReadError`]s, never a panic, and reading ends at the limits of `limit`.
//!
//! | format | reader | memory |
//! | --- | --- | --- |
//! | JSON lines | [`jsonl`] | a line |
//! | HTTP archive | `har` | an entry |
//! | raw HTTP | `http` | a request |
//! | curl commands | `curl` | the text |

mod curl;
mod error;
mod format;
mod har;
mod http;
mod json;
pub mod jsonl;
mod limit;
mod load;
mod target;
mod utf16;

use std::ffi::OsString;
use std::io::{BufReader, Cursor, Read};

use crate::verify::{Kind, Request};
pub use error::ReadError;
use error::{Fault, Place};
pub use format::Format;
pub use load::{Loader, Refusal, nothing};

/// The byte order mark that Windows programs put in front of UTF-8.
const BOM: &[u8] = "\u{feff}".as_bytes();

/// What one request was read to: itself, or why not.
pub type Answer<'a> = Result<Request<'a>, Box<ReadError>>;

/// The requests of an input, in its order, a piece at a time.
pub struct Pieces<'a> {
    format: Format,
    source: Source<'a>,
}

enum Source<'a> {
    Lines(jsonl::Blocks<Box<dyn Read + Send + 'a>>),
    One(Box<dyn Iterator<Item = Answer<'static>> + Send + 'a>),
    Read(Option<Vec<Answer<'static>>>),
}

/// Some requests in a row, for one thread to go on with; lines are not parsed before that.
#[derive(Debug)]
pub enum Piece {
    /// JSON lines.
    Lines(jsonl::Block),
    /// What was read at once.
    Answers(Vec<Answer<'static>>),
}

/// How many answers are handed over together.
const GROUP: usize = 32;

impl Piece {
    /// Whether it holds no request.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Lines(block) => block.is_empty(),
            Self::Answers(answers) => answers.is_empty(),
        }
    }

    /// How many bytes of lines it has. An archive has few requests for its length, and none count.
    #[must_use]
    pub fn size(&self) -> usize {
        match self {
            Self::Lines(block) => block.size(),
            Self::Answers(_) => 0,
        }
    }

    /// About how much memory it takes, in bytes.
    #[must_use]
    pub fn memory(&self) -> usize {
        match self {
            Self::Lines(block) => block.size(),
            Self::Answers(answers) => answers.iter().map(memory).sum(),
        }
    }

    /// Hands over the answers, a few neighbours at a time, up to the first error of `each`.
    pub fn try_groups<E>(
        &self,
        mut each: impl FnMut(&[Answer<'_>]) -> Result<(), E>,
    ) -> Result<(), E> {
        match self {
            Self::Lines(block) => {
                let mut answers = block.answers();
                loop {
                    let group = answers.by_ref().take(GROUP).collect::<Vec<_>>();
                    if group.is_empty() {
                        return Ok(());
                    }
                    each(&group)?;
                }
            }
            Self::Answers(answers) => answers.chunks(GROUP).try_for_each(each),
        }
    }
}

impl Pieces<'_> {
    /// The format that was taken: never [`Format::Auto`].
    #[must_use]
    pub fn format(&self) -> Format {
        self.format
    }
}

impl Iterator for Pieces<'_> {
    type Item = Piece;

    fn next(&mut self) -> Option<Piece> {
        match &mut self.source {
            Source::Lines(blocks) => blocks.next().map(Piece::Lines),
            Source::One(answers) => {
                let some = some(answers);
                (!some.is_empty()).then_some(Piece::Answers(some))
            }
            Source::Read(answers) => answers.take().map(Piece::Answers),
        }
    }
}

/// The next answers: a few dozen, fewer where they are large.
fn some(answers: &mut dyn Iterator<Item = Answer<'static>>) -> Vec<Answer<'static>> {
    let mut some = Vec::new();
    let mut size = 0;
    while some.len() < limit::PIECE_ANSWERS && size < limit::PIECE_BYTES {
        let Some(answer) = answers.next() else { break };
        size += memory(&answer);
        some.push(answer);
    }
    some
}

/// About how much memory an answer takes.
fn memory(answer: &Answer<'_>) -> usize {
    match answer {
        Ok(Request { kind: Kind::Http(http), .. }) => http.size(),
        _ => size_of::<Answer<'_>>(),
    }
}

/// Reads the requests of `input`, which errors and verdicts call `file`.
///
/// UTF-16 with a byte order mark is taken too. Curl commands are read at once, so `load` is asked before this
/// returns; all else as the iterator goes on.
pub fn read<'a>(
    input: impl Read + Send + 'a,
    format: Format,
    file: &str,
    load: &mut Loader<'_>,
) -> Pieces<'a> {
    let mut format = format;
    let mut input = match utf16::decode(Box::new(input)) {
        Ok(input) => input,
        Err(error) if format == Format::Auto => return unreadable(Format::Curl, file, &error),
        Err(error) => return unreadable(format, file, &error),
    };
    if format == Format::Auto {
        match format::glance(&mut input) {
            Ok(start) => {
                format = Format::of(&start);
                input = Box::new(Cursor::new(start).chain(input));
            }
            Err(error) => return unreadable(Format::Curl, file, &error),
        }
    }
    let source = match format {
        Format::Jsonl => Source::Lines(jsonl::Blocks::new(input, file)),
        Format::Har => {
            let input = BufReader::with_capacity(limit::HAR_BUFFER, input);
            Source::One(Box::new(har::Entries::new(input, file)))
        }
        Format::Http => match http::Requests::new(input, file) {
            Ok(requests) => Source::One(Box::new(requests)),
            Err(error) => return unreadable(format, file, &error),
        },
        Format::Auto | Format::Curl => {
            let most = u64::try_from(limit::COMMANDS).unwrap_or(u64::MAX);
            let mut text = Vec::new();
            if let Err(error) = input.take(most.saturating_add(1)).read_to_end(&mut text) {
                return unreadable(format, file, &error);
            }
            Source::Read(Some(curl::text(&text, file, load)))
        }
    };
    Pieces { format, source }
}

fn unreadable<'a>(format: Format, file: &str, error: &std::io::Error) -> Pieces<'a> {
    let fault = Fault::new(format!("cannot read on: {error}"));
    let answers = vec![Err(Box::new(ReadError::new(file, fault)))];
    Pieces { format, source: Source::Read(Some(answers)) }
}

/// Reads the words of one curl command, as a shell has split them, `curl` itself first.
pub fn curl_words(words: &[OsString], load: &mut Loader<'_>) -> Vec<Answer<'static>> {
    let words: Vec<&[u8]> = words.iter().map(|word| word.as_encoded_bytes()).collect();
    curl::words(&words, "command line", load)
}

/// Numbers an answer, where there are several to tell apart.
fn number(answer: &mut Answer<'_>, number: u64) {
    match answer {
        Ok(request) => request.source.entry = Some(number),
        Err(error) => error.entry = Some(number),
    }
}

#[cfg(test)]
mod tests;

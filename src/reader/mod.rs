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
//! | raw HTTP | `http` | the text |
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

use std::ffi::OsString;
use std::io::{BufRead, Cursor, Read};

use crate::verify::Request;
pub use error::ReadError;
use error::{Fault, Place};
pub use format::Format;
pub use load::{Loader, Refusal, nothing};

/// The byte order mark that Windows programs put in front of UTF-8.
const BOM: &[u8] = "\u{feff}".as_bytes();

/// What one request was read to: itself, or why not.
pub type Answer = Result<Request, Box<ReadError>>;

/// The requests of an input, in its order, one answer each.
pub struct Requests<'a> {
    format: Format,
    source: Source<'a>,
}

enum Source<'a> {
    Lines(jsonl::Lines<Box<dyn BufRead + 'a>>),
    Entries(Box<har::Entries<Box<dyn BufRead + 'a>>>),
    Read(std::vec::IntoIter<Answer>),
}

impl Requests<'_> {
    /// The format that was taken: never [`Format::Auto`].
    #[must_use]
    pub fn format(&self) -> Format {
        self.format
    }
}

impl Iterator for Requests<'_> {
    type Item = Answer;

    fn next(&mut self) -> Option<Answer> {
        match &mut self.source {
            Source::Lines(lines) => lines.next(),
            Source::Entries(entries) => entries.next(),
            Source::Read(answers) => answers.next(),
        }
    }
}

/// Reads the requests of `input`, which errors and verdicts call `file`.
///
/// JSON lines and archives are read as the iterator goes on; curl commands and raw HTTP at once, so
/// `load` is asked before this returns.
pub fn read<'a>(
    input: impl BufRead + 'a,
    format: Format,
    file: &str,
    load: &mut Loader<'_>,
) -> Requests<'a> {
    let mut input: Box<dyn BufRead + 'a> = Box::new(input);
    let mut format = format;
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
        Format::Jsonl => Source::Lines(jsonl::Lines::new(input, file)),
        Format::Har => Source::Entries(Box::new(har::Entries::new(input, file))),
        Format::Auto | Format::Curl | Format::Http => {
            let most = u64::try_from(limit::COMMANDS).unwrap_or(u64::MAX);
            let mut text = Vec::new();
            if let Err(error) = input.take(most.saturating_add(1)).read_to_end(&mut text) {
                return unreadable(format, file, &error);
            }
            let answers = match format {
                Format::Http => http::text(&text, file),
                _ => curl::text(&text, file, load),
            };
            Source::Read(answers.into_iter())
        }
    };
    Requests { format, source }
}

fn unreadable<'a>(format: Format, file: &str, error: &std::io::Error) -> Requests<'a> {
    let fault = Fault::new(format!("cannot read on: {error}"));
    let answers = vec![Err(Box::new(ReadError::new(file, fault)))];
    Requests { format, source: Source::Read(answers.into_iter()) }
}

/// Reads the words of one curl command, as a shell has split them, `curl` itself first.
pub fn curl_words(words: &[OsString], load: &mut Loader<'_>) -> Vec<Answer> {
    let words: Vec<&[u8]> = words.iter().map(|word| word.as_encoded_bytes()).collect();
    curl::words(&words, "command line", load)
}

/// Numbers the answers, where there are several to tell apart.
fn number(answers: &mut [Answer]) {
    if answers.len() < 2 {
        return;
    }
    for (index, answer) in answers.iter_mut().enumerate() {
        let entry = u64::try_from(index + 1).ok();
        match answer {
            Ok(request) => request.source.entry = entry,
            Err(error) => error.entry = entry,
        }
    }
}

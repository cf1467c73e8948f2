//! `--entry` and `--filter`: some of the requests of an input.

use std::num::NonZero;
use std::str::FromStr;

use crate::command::pattern::Pattern;
use crate::reader::{Answer, Piece};
use crate::verify::{Kind, Request, Source};

/// Which requests are wanted; all of them, unless something is given.
#[derive(Debug, clap::Args)]
pub(super) struct ChoiceArgs {
    /// Take these requests of each input alone: `3`, `3-7` or `3-` (can be repeated)
    ///
    /// Counted from 1: the entries of an archive, the requests of a file of commands or of raw HTTP, the lines
    /// of JSON lines.
    #[arg(long = "entry", value_name = "N[-M]", value_delimiter = ',')]
    entries: Vec<Entries>,
    /// Take requests with this in `METHOD URL` alone; `*` and `?` stand for any text and any letter
    ///
    /// `--filter api4`, `--filter 'POST *'`. Case makes no difference. A request that could not be read is taken
    /// all the same: nobody knows what it is.
    #[arg(long, value_name = "PATTERN")]
    filter: Option<Pattern>,
}

/// Some requests in a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Entries {
    first: u64,
    last: u64,
}

impl FromStr for Entries {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let number = |text: &str| text.parse::<NonZero<u64>>().ok().map(NonZero::get);
        let entries = match text.split_once('-') {
            None => number(text).map(|only| Self { first: only, last: only }),
            Some((first, "")) => number(first).map(|first| Self { first, last: u64::MAX }),
            Some((first, last)) => {
                number(first).zip(number(last)).map(|(first, last)| Self { first, last })
            }
        };
        entries
            .filter(|entries| entries.first <= entries.last)
            .ok_or("expected a number from 1 up, or a range of them such as `3-7` or `3-`")
    }
}

impl ChoiceArgs {
    /// Whether some are chosen at all.
    pub(super) fn is_given(&self) -> bool {
        !self.entries.is_empty() || self.filter.is_some()
    }

    /// What is wanted of a piece, and whether nothing behind it is.
    pub(super) fn of(&self, piece: Piece) -> (Vec<Answer<'static>>, bool) {
        let (mut wanted, mut last) = (Vec::new(), 0);
        let mut take = |answer: Answer<'_>, number: u64| {
            last = number;
            if self.has_entry(number) && self.has_url(&answer) {
                wanted.push(answer.map(Request::into_owned));
            }
        };
        match piece {
            Piece::Lines(block) => block.answers().for_each(|answer| {
                let line = source(&answer).line;
                take(answer, line.unwrap_or(1));
            }),
            Piece::Answers(answers) => answers.into_iter().for_each(|answer| {
                let entry = source(&answer).entry;
                take(answer, entry.unwrap_or(1));
            }),
        }
        let end = self.entries.iter().map(|entries| entries.last).max();
        (wanted, end.is_some_and(|end| end <= last))
    }

    fn has_entry(&self, number: u64) -> bool {
        let mut entries = self.entries.iter();
        self.entries.is_empty()
            || entries.any(|entries| (entries.first..=entries.last).contains(&number))
    }

    fn has_url(&self, answer: &Answer<'_>) -> bool {
        match (&self.filter, answer) {
            (Some(filter), Ok(request)) => filter.matches(&title(request)),
            (None, _) | (_, Err(_)) => true,
        }
    }
}

fn source(answer: &Answer<'_>) -> Source {
    match answer {
        Ok(request) => Source { file: "".into(), ..request.source },
        Err(error) => Source { file: "".into(), line: error.line, entry: error.entry },
    }
}

/// `GET https://crm.example.org/civicrm/authx/id`; of a call from PHP the function.
fn title(request: &Request) -> String {
    let http = match &request.kind {
        Kind::Http(http) => http,
        Kind::Call(call) => return call.function.name().to_owned(),
    };
    match (&http.scheme, &http.authority) {
        (Some(scheme), Some(authority)) => {
            format!("{} {scheme}://{authority}{}", http.method, http.target)
        }
        _ => format!("{} {}", http.method, http.target),
    }
}

#[cfg(test)]
mod tests {
    use super::Entries;

    #[test]
    fn entries_are_numbers_and_ranges() {
        let entries = |text: &str| text.parse::<Entries>().map(|it| (it.first, it.last));
        assert_eq!(entries("3"), Ok((3, 3)));
        assert_eq!(entries("3-7"), Ok((3, 7)));
        assert_eq!(entries("3-"), Ok((3, u64::MAX)));
        for text in ["", "0", "-3", "7-3", "3-x", "all", "3,4"] {
            assert!(entries(text).is_err(), "{text}");
        }
    }
}

//! What tests of several layers share: texts that readers must survive.
//!
//! A run of the tests tries a few hundred texts a reader; `PROPTEST_CASES=100000 cargo test --lib broken` tries
//! as many as are asked for.

use std::fmt::{self, Debug};
use std::time::{Duration, Instant};

use proptest::prelude::*;
use proptest::sample::{Index, select};

/// The longest text that is tried.
const LONGEST: usize = 16 << 10;
/// What a reader may take for one text, on a machine that has much else to do.
const PATIENCE: Duration = Duration::from_secs(20);

/// A text that is not necessarily UTF-8, and is shown as text where a test fails.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Text(pub(crate) Vec<u8>);

impl Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "b\"{}\"", self.0.escape_ascii())
    }
}

/// One change of a text. Places are shares of its length.
#[derive(Clone, Debug)]
enum Edit {
    /// Another byte.
    Byte(Index, u8),
    /// A word of the format, so many times.
    Word(Index, Vec<u8>, usize),
    /// Nothing where something was.
    Cut(Index, Index),
    /// A part of the text somewhere else too.
    Copy(Index, Index, Index),
    /// The end of another text.
    End(Index, Vec<u8>, Index),
}

/// Whole texts with a few changes.
///
/// `whole` are valid texts of a format, `words` what has a meaning in it.
pub(crate) fn broken(whole: &[&str], words: &[&str]) -> impl Strategy<Value = Text> + use<> {
    let bytes = |texts: &[&str]| texts.iter().map(|it| it.as_bytes().to_vec()).collect::<Vec<_>>();
    let (whole, words) = (bytes(whole), bytes(words));
    let place = any::<Index>;
    // Readers that call themselves for what is nested must not run out of stack.
    let times = prop_oneof![60 => 1..4_usize, 1 => 1_000..LONGEST];
    let edit = prop_oneof![
        3 => (place(), any::<u8>()).prop_map(|(at, byte)| Edit::Byte(at, byte)),
        6 => (place(), select(words), times).prop_map(|(at, word, times)| Edit::Word(at, word, times)),
        3 => (place(), place()).prop_map(|(from, to)| Edit::Cut(from, to)),
        2 => (place(), place(), place()).prop_map(|(from, to, at)| Edit::Copy(from, to, at)),
        1 => (place(), select(whole.clone()), place()).prop_map(|(at, text, from)| Edit::End(at, text, from)),
    ];
    (select(whole), prop::collection::vec(edit, 0..8)).prop_map(|(mut text, edits)| {
        for edit in &edits {
            edit.apply(&mut text);
        }
        text.truncate(LONGEST);
        Text(text)
    })
}

impl Edit {
    fn apply(&self, text: &mut Vec<u8>) {
        let place = |at: &Index, text: &[u8]| at.index(text.len() + 1);
        let range = |from: &Index, to: &Index, text: &[u8]| {
            let (from, to) = (place(from, text), place(to, text));
            from.min(to)..from.max(to)
        };
        match self {
            Self::Byte(at, byte) => {
                let at = place(at, text);
                match text.get_mut(at) {
                    Some(there) => *there = *byte,
                    None => text.push(*byte),
                }
            }
            Self::Word(at, word, times) => {
                let at = place(at, text);
                let times = (*times).min(LONGEST / word.len().max(1));
                text.splice(at..at, word.repeat(times));
            }
            Self::Cut(from, to) => drop(text.drain(range(from, to, text))),
            Self::Copy(from, to, at) => {
                let part = text[range(from, to, text)].to_vec();
                let at = place(at, text);
                text.splice(at..at, part);
            }
            Self::End(at, other, from) => {
                text.truncate(place(at, text));
                text.extend_from_slice(&other[place(from, other)..]);
            }
        }
    }
}

/// Runs a reader, which must come to an end soon.
pub(crate) fn soon<T>(read: impl FnOnce() -> T) -> T {
    let begun = Instant::now();
    let answer = read();
    assert!(begun.elapsed() < PATIENCE, "a reader took {:?}", begun.elapsed());
    answer
}

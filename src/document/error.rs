//! What is wrong with a document, and where.

use super::place::Place;

/// A document that cannot be read or applied. The message repeats no secret.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{}{message}", position(*.place))]
pub(crate) struct Invalid {
    /// The file's name as given, `-` for standard input.
    pub(crate) file: String,
    /// Where in it, when that is known.
    pub(crate) place: Option<Place>,
    /// What was expected.
    pub(crate) message: String,
}

fn position(place: Option<Place>) -> String {
    place.map_or_else(|| " ".to_owned(), |at| format!("{}:{}: ", at.line, at.column))
}

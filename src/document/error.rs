//! What is wrong with a document, and where.

use super::place::Place;
use crate::{credential, store};

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

/// Why a document could not be applied, compared or dumped.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    /// The document asks for what cannot be.
    #[error(transparent)]
    Invalid(#[from] Invalid),
    /// The store fails.
    #[error(transparent)]
    Store(#[from] store::Error),
    /// A secret of the store cannot be read.
    #[error(transparent)]
    Credential(#[from] credential::Error),
}

//! What is made ready of a request before it is judged.

use super::super::shape::Shape;
use super::Lookups;
use crate::credential::KeyDigests;
use crate::reader::Answer;
use crate::store::Index;

/// What was read, and what does not depend on the policy: its shape, the digests of its key. It serves several
/// judges.
pub(in crate::command::verify) struct Ready<'a> {
    /// What was read.
    pub(in crate::command::verify) answer: &'a Answer<'a>,
    /// Its shape, where templates are made and keys are in memory.
    pub(super) shape: Option<Shape<'a>>,
    /// The digests of the shape's key.
    pub(super) digests: Option<KeyDigests>,
}

impl<'a> Ready<'a> {
    /// Makes neighbours ready together, since looks into memory are fastest side by side.
    pub(super) fn all(lookups: Lookups<'_>, index: &Index, answers: &'a [Answer<'a>]) -> Vec<Self> {
        let all = answers.iter().map(|answer| {
            let shape = answer.as_ref().ok().and_then(Shape::of);
            let key = shape.as_ref().and_then(Shape::key);
            let digests = key.map(|key| lookups.store.keyring().digest(key));
            Self { answer, shape, digests }
        });
        let all = all.collect::<Vec<_>>();
        index.warm(all.iter().filter_map(|ready| ready.digests.as_ref()));
        all
    }

    /// An answer of which nothing is made ready.
    pub(super) fn plain(answer: &'a Answer<'a>) -> Self {
        Self { answer, shape: None, digests: None }
    }
}

//! What is made ready of a request before it is judged.

use super::super::shape::Shape;
use super::Lookups;
use crate::credential::KeyDigests;
use crate::reader::Answer;

/// What was read, and what does not depend on the policy: its shape, the digests of its key. It serves several
/// judges.
pub(in crate::command::verify) struct Ready<'a> {
    /// What was read.
    pub(in crate::command::verify) answer: &'a Answer<'a>,
    /// Its shape, once there are keys in memory to look its key up in.
    pub(super) shape: Option<Shape<'a>>,
    /// The digests of the shape's key.
    pub(super) digests: Option<KeyDigests>,
}

impl<'a> Ready<'a> {
    /// Makes neighbours ready together, since looks into memory are fastest side by side.
    pub(in crate::command::verify) fn all(
        lookups: Lookups<'_>,
        answers: &'a [Answer<'a>],
    ) -> Vec<Self> {
        let ready = answers.iter().map(|answer| Self::new(lookups, answer)).collect::<Vec<_>>();
        if let Some(index) = lookups.index {
            index.warm(ready.iter().filter_map(|ready| ready.digests.as_ref()));
        }
        ready
    }

    fn new(lookups: Lookups<'_>, answer: &'a Answer<'a>) -> Self {
        let request = answer.as_ref().ok().filter(|_| lookups.index.is_some());
        let shape = request.and_then(Shape::of);
        let key = shape.as_ref().and_then(Shape::key);
        let digests = key.map(|key| lookups.store.keyring().digest(key));
        Self { answer, shape, digests }
    }
}

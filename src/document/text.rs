//! Fields that are written as text and stand for something else.

use std::fmt;
use std::marker::PhantomData;

use serde::Deserializer;
use serde::de::{Error, Visitor};

/// Reads a text by `parse`, which answers a hint (or nothing) where it refuses; `expected` says what the
/// field holds.
pub(super) fn parsed<'de, D: Deserializer<'de>, T>(
    deserializer: D,
    expected: &str,
    parse: impl FnOnce(&str) -> Result<T, String>,
) -> Result<T, D::Error> {
    deserializer.deserialize_str(TextVisitor { expected, parse, of: PhantomData })
}

struct TextVisitor<'e, T, P> {
    expected: &'e str,
    parse: P,
    of: PhantomData<T>,
}

impl<T, P: FnOnce(&str) -> Result<T, String>> Visitor<'_> for TextVisitor<'_, T, P> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.expected)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        (self.parse)(text).map_err(|hint| E::custom(format!("expected {}{hint}", self.expected)))
    }
}

//! Fields that take one of a few words.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::suggest::did_you_mean;
use crate::store::Status;
use crate::verify::{Cms, Collation, Release};

/// A closed list of words.
pub(crate) trait Vocabulary: Copy + PartialEq + 'static {
    /// Every member, in the order of the documentation.
    const MEMBERS: &'static [Self];

    /// The member's word.
    fn word(self) -> &'static str;
}

/// A member of a vocabulary, written as its word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Word<T>(pub(crate) T);

impl<'de, T: Vocabulary> Deserialize<'de> for Word<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(WordVisitor(PhantomData))
    }
}

struct WordVisitor<T>(PhantomData<T>);

impl<T: Vocabulary> Visitor<'_> for WordVisitor<T> {
    type Value = Word<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("one of ")?;
        for (position, member) in T::MEMBERS.iter().enumerate() {
            let comma = if position == 0 { "" } else { ", " };
            write!(f, "{comma}`{}`", member.word())?;
        }
        Ok(())
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Word<T>, E> {
        let found = T::MEMBERS.iter().find(|member| member.word() == text);
        found.map(|member| Word(*member)).ok_or_else(|| {
            let hint = did_you_mean(text, T::MEMBERS.iter().map(|member| member.word()));
            E::custom(format!("expected {}{hint}", &self as &dyn serde::de::Expected))
        })
    }
}

impl<T: Vocabulary> Serialize for Word<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.word())
    }
}

impl Vocabulary for Cms {
    const MEMBERS: &'static [Self] = &Self::ALL;

    fn word(self) -> &'static str {
        self.name()
    }
}

impl Vocabulary for Release {
    const MEMBERS: &'static [Self] = &Self::ALL;

    fn word(self) -> &'static str {
        self.name()
    }
}

impl Vocabulary for Collation {
    const MEMBERS: &'static [Self] = &[Self::CaseInsensitive, Self::Binary];

    fn word(self) -> &'static str {
        self.name()
    }
}

impl Vocabulary for Status {
    const MEMBERS: &'static [Self] = &[Self::Active, Self::Blocked];

    fn word(self) -> &'static str {
        self.name()
    }
}

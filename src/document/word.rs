//! Fields that take one of a few words.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::suggest::did_you_mean;
use super::text::parsed;
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
        let words = || T::MEMBERS.iter().map(|member| member.word());
        let list: Vec<String> = words().map(|word| format!("`{word}`")).collect();
        parsed(deserializer, &format!("one of {}", list.join(", ")), |text| {
            let found = T::MEMBERS.iter().find(|member| member.word() == text);
            found.map(|member| Self(*member)).ok_or_else(|| did_you_mean(text, words()))
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

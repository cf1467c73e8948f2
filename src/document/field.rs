//! The three states of a field: not mentioned, `null`, a value.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// What a document says of one thing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) enum Field<T> {
    /// Nothing: whatever the store has stays.
    #[default]
    Kept,
    /// `null`: what the store has is taken away.
    Unset,
    /// A value.
    Set(T),
}

impl<T> Field<T> {
    /// Whether the document does not mention it.
    pub(crate) fn is_kept(&self) -> bool {
        matches!(self, Self::Kept)
    }

    /// What the store should have, given what it has and what it has when nothing is set.
    pub(crate) fn over(&self, current: T, unset: T) -> T
    where
        T: Clone,
    {
        match self {
            Self::Kept => current,
            Self::Unset => unset,
            Self::Set(value) => value.clone(),
        }
    }

    /// What an optional column of the store should have, given what it has.
    pub(crate) fn over_optional(&self, current: Option<T>) -> Option<T>
    where
        T: Clone,
    {
        match self {
            Self::Kept => current,
            Self::Unset => None,
            Self::Set(value) => Some(value.clone()),
        }
    }

    /// The same about something else.
    pub(crate) fn map<U>(&self, convert: impl FnOnce(&T) -> U) -> Field<U> {
        match self {
            Self::Kept => Field::Kept,
            Self::Unset => Field::Unset,
            Self::Set(value) => Field::Set(convert(value)),
        }
    }

    /// Whether an optional column of the store is as it should be.
    pub(crate) fn is_met_by(&self, current: Option<&T>) -> bool
    where
        T: PartialEq,
    {
        match self {
            Self::Kept => true,
            Self::Unset => current.is_none(),
            Self::Set(value) => current == Some(value),
        }
    }

    /// The value, when there is one.
    pub(crate) fn set(&self) -> Option<&T> {
        match self {
            Self::Set(value) => Some(value),
            Self::Kept | Self::Unset => None,
        }
    }
}

/// A dump leaves out what the store does not have.
impl<T> From<Option<T>> for Field<T> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Kept, Self::Set)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Field<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Option::<T>::deserialize(deserializer)?;
        Ok(value.map_or(Self::Unset, Self::Set))
    }
}

impl<T: Serialize> Serialize for Field<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.set().serialize(serializer)
    }
}

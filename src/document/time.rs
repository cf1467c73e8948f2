//! Moments in a document: RFC 3339.

use std::fmt;

use jiff::Timestamp;
use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A moment, to the second.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Moment(pub(crate) i64);

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(MomentVisitor)
    }
}

struct MomentVisitor;

impl Visitor<'_> for MomentVisitor {
    type Value = Moment;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a time with its offset, such as `2027-01-01T00:00:00Z`")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Moment, E> {
        text.parse::<Timestamp>()
            .map(|moment| Moment(moment.as_second()))
            .map_err(|_| E::custom(format!("expected {}", &self as &dyn serde::de::Expected)))
    }
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let moment = Timestamp::from_second(self.0).map_err(serde::ser::Error::custom)?;
        serializer.serialize_str(&moment.to_string())
    }
}

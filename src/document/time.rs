//! Moments in a document: RFC 3339.

use jiff::Timestamp;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::text::parsed;

/// A moment, to the second.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Moment(pub(crate) i64);

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        parsed(deserializer, "a time with its offset, such as `2027-01-01T00:00:00Z`", |text| {
            let moment = text.parse::<Timestamp>().map_err(|_| String::new())?;
            Ok(Self(moment.as_second()))
        })
    }
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let moment = Timestamp::from_second(self.0).map_err(serde::ser::Error::custom)?;
        serializer.serialize_str(&moment.to_string())
    }
}

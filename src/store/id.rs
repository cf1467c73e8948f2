//! Numbers of rows that must not be mistaken for each other.

use std::fmt;

use rusqlite::types::{FromSql, FromSqlResult, ToSql, ToSqlOutput, ValueRef};

/// The largest id of an account or contact: both systems keep them in 32 bits without a sign.
pub(crate) const LARGEST_ID: i64 = 4_294_967_295;

/// The id behind the largest one given out, if there is any left.
pub(super) fn next_id(largest: Option<i64>, first: i64) -> Option<i64> {
    let next = largest.map_or(Some(first), |id| id.checked_add(1)).map(|id| id.max(first));
    next.filter(|id| *id <= LARGEST_ID)
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
        #[serde(transparent)]
        pub(crate) struct $name(pub(crate) i64);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl ToSql for $name {
            fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
                self.0.to_sql()
            }
        }

        impl FromSql for $name {
            fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
                i64::column_result(value).map(Self)
            }
        }
    };
}

id! {
    /// The id of a CMS account.
    UserId
}
id! {
    /// The id of a CiviCRM contact.
    ContactId
}
id! {
    /// The number of an API key in the store; never given to another key again.
    KeyId
}

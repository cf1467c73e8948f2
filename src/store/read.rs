//! Asking the store. The questions themselves are beside the tables that they ask.

use rusqlite::{Connection, OptionalExtension, Params, Row};

use super::Error;
use crate::credential::Keyring;

/// Answers from a store, in or out of a change.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reader<'s> {
    pub(super) conn: &'s Connection,
    pub(super) keyring: &'s Keyring,
}

impl<'s> Reader<'s> {
    /// The subkeys of the store's key file.
    pub(crate) fn keyring(&self) -> &'s Keyring {
        self.keyring
    }

    /// Hands over row after row, so that a long list is never in memory as a whole.
    pub(super) fn each<T, E: From<Error>>(
        &self,
        sql: &str,
        params: impl Params,
        mut from_row: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
        mut each: impl FnMut(T) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut statement = self.conn.prepare_cached(sql).map_err(Error::from)?;
        let mut rows = statement.query(params).map_err(Error::from)?;
        while let Some(row) = rows.next().map_err(Error::from)? {
            each(from_row(row).map_err(Error::from)?)?;
        }
        Ok(())
    }

    /// All rows of a short list.
    pub(super) fn all<T, C: FromIterator<T>>(
        &self,
        sql: &str,
        params: impl Params,
        from_row: impl Fn(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<C, Error> {
        let mut statement = self.conn.prepare_cached(sql)?;
        Ok(statement.query_map(params, |row| from_row(row))?.collect::<rusqlite::Result<C>>()?)
    }

    /// The one row, if there is one.
    pub(super) fn one<T>(
        &self,
        sql: &str,
        params: impl Params,
        from_row: impl FnOnce(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Option<T>, Error> {
        Ok(self.conn.prepare_cached(sql)?.query_row(params, from_row).optional()?)
    }
}

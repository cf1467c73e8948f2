//! Changing the store: one immediate transaction, with its entries in the audit log.

use std::cell::Cell;

use rusqlite::{Connection, Transaction, TransactionBehavior};
use serde_json::Value;

use super::{Error, Reader, Store, audit};
use crate::credential::Keyring;

/// Who changes something, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Actor {
    /// The name of the operating system's user.
    pub(crate) name: String,
    /// Unix seconds.
    pub(crate) now: i64,
}

/// A change under way. Its methods are beside the tables that they change.
#[derive(Debug)]
pub(crate) struct Change<'s> {
    pub(super) conn: &'s Connection,
    pub(super) keyring: &'s Keyring,
    pub(super) actor: &'s Actor,
    /// How many rows had been changed when the last audit entry was made.
    audited: Cell<u64>,
}

impl Store {
    /// Runs `work` in one transaction, which is kept when it succeeds and undone otherwise, and also when
    /// it is only tried (`dry_run`).
    ///
    /// Every change must be followed by [`Change::audit`]: a transaction with changes that no entry
    /// speaks of is refused and undone.
    pub(crate) fn change<T, E: From<Error>>(
        &mut self,
        actor: &Actor,
        dry_run: bool,
        work: impl FnOnce(&mut Change<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let transaction = Transaction::new_unchecked(&self.conn, TransactionBehavior::Immediate)
            .map_err(Error::from)?;
        let mut change = Change::new(&transaction, &self.keyring, actor);
        let answer = work(&mut change)?;
        if !change.is_audited() {
            return Err(Error::Unaudited.into());
        }
        let end = if dry_run { transaction.rollback() } else { transaction.commit() };
        end.map_err(Error::from)?;
        Ok(answer)
    }
}

impl<'s> Change<'s> {
    pub(super) fn new(conn: &'s Connection, keyring: &'s Keyring, actor: &'s Actor) -> Self {
        Self { conn, keyring, actor, audited: Cell::new(conn.total_changes()) }
    }

    /// What the store holds, this change's own work included.
    pub(crate) fn read(&self) -> Reader<'s> {
        Reader { conn: self.conn, keyring: self.keyring }
    }

    /// The subkeys of the store's key file.
    pub(crate) fn keyring(&self) -> &'s Keyring {
        self.keyring
    }

    /// Enters what was done since the last entry into the audit log; nothing when nothing was changed.
    /// `detail` must hold no secret.
    pub(crate) fn audit(
        &mut self,
        action: &str,
        subject: &str,
        detail: &Value,
    ) -> Result<(), Error> {
        if self.is_audited() { Ok(()) } else { self.audit_access(action, subject, detail) }
    }

    /// Enters into the audit log that a secret was shown, or something else that changes no row.
    pub(crate) fn audit_access(
        &mut self,
        action: &str,
        subject: &str,
        detail: &Value,
    ) -> Result<(), Error> {
        audit::append(self, action, subject, detail)?;
        self.audited.set(self.conn.total_changes());
        Ok(())
    }

    fn is_audited(&self) -> bool {
        self.audited.get() == self.conn.total_changes()
    }

    /// Runs a statement that changes rows; answers whether it changed any.
    pub(super) fn execute(&self, sql: &str, params: impl rusqlite::Params) -> Result<bool, Error> {
        Ok(self.conn.prepare_cached(sql)?.execute(params)? > 0)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::store::testing::{actor, store};
    use crate::store::{ContactId, Error};

    #[test]
    fn keeps_what_succeeds() {
        let (_folder, mut store) = store();
        store
            .change(&actor(), false, |change| {
                change.add_contact(Some(ContactId(7)), false)?;
                change.audit("contact.add", "contact 7", &json!({}))
            })
            .unwrap();
        assert!(store.read().contact(ContactId(7)).unwrap().is_some());
    }

    #[test]
    fn undoes_what_fails() {
        let (_folder, mut store) = store();
        let failed: Result<(), Error> = store.change(&actor(), false, |change| {
            change.add_contact(Some(ContactId(7)), false)?;
            change.audit("contact.add", "contact 7", &json!({}))?;
            change.add_contact(Some(ContactId(7)), false)?;
            Ok(())
        });
        assert!(matches!(failed, Err(Error::Exists { .. })));
        assert!(store.read().contact(ContactId(7)).unwrap().is_none());
    }

    #[test]
    fn a_dry_run_answers_and_leaves_nothing() {
        let (_folder, mut store) = store();
        let before = store.read().audit_head().unwrap();
        let id = store.change(&actor(), true, |change| {
            let id = change.add_contact(None, false)?;
            change.audit("contact.add", "contact", &json!({}))?;
            Ok::<_, Error>(id)
        });
        assert_eq!(id.unwrap(), ContactId(1));
        assert!(store.read().contact(ContactId(1)).unwrap().is_none());
        assert_eq!(store.read().audit_head().unwrap(), before);
    }

    #[test]
    fn refuses_a_change_without_an_entry() {
        let (_folder, mut store) = store();
        let refused = store.change(&actor(), false, |change| {
            change.add_contact(Some(ContactId(7)), false)?;
            change.audit("contact.add", "contact 7", &json!({}))?;
            change.add_contact(Some(ContactId(8)), false)
        });
        assert!(matches!(refused, Err(Error::Unaudited)));
        assert!(store.read().contact(ContactId(7)).unwrap().is_none());
    }

    #[test]
    fn a_change_that_alters_nothing_leaves_no_entry() {
        let (_folder, mut store) = store();
        let before = store.read().audit_head().unwrap();
        store
            .change(&actor(), false, |change| {
                assert!(!change.remove_contact(ContactId(7))?);
                change.audit("contact.remove", "contact 7", &json!({}))
            })
            .unwrap();
        assert_eq!(store.read().audit_head().unwrap(), before);
    }

    #[test]
    fn showing_a_secret_leaves_an_entry() {
        let (_folder, mut store) = store();
        let before = store.read().audit_head().unwrap().unwrap().seq;
        store
            .change(&actor(), false, |change| {
                change.audit_access("key.reveal", "key 1", &json!({}))
            })
            .unwrap();
        assert_eq!(store.read().audit_head().unwrap().unwrap().seq, before + 1);
    }
}

//! CiviCRM contacts. One that is not listed does not exist (any more); `deleted` is the trash.

use rusqlite::{Row, named_params};

use super::id::next_id;
use super::{Change, ContactId, Error, Reader};

/// A CiviCRM contact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Contact {
    /// Its id in CiviCRM.
    pub(crate) id: ContactId,
    /// Whether it is in the trash.
    pub(crate) deleted: bool,
}

/// Which contacts to list.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct ContactFilter {
    /// Those in the trash, or those that are not.
    pub(crate) deleted: Option<bool>,
}

impl Contact {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self { id: row.get("id")?, deleted: row.get("deleted")? })
    }
}

impl Reader<'_> {
    /// The contact with that id.
    pub(crate) fn contact(&self, id: ContactId) -> Result<Option<Contact>, Error> {
        let sql = "SELECT id, deleted FROM contact WHERE id = :id";
        self.one(sql, named_params! { ":id": id }, Contact::from_row)
    }

    /// Hands over contacts by id.
    pub(crate) fn each_contact<E: From<Error>>(
        &self,
        filter: ContactFilter,
        each: impl FnMut(Contact) -> Result<(), E>,
    ) -> Result<(), E> {
        let sql = "SELECT id, deleted FROM contact
             WHERE :deleted IS NULL OR deleted = :deleted ORDER BY id";
        self.each(sql, named_params! { ":deleted": filter.deleted }, Contact::from_row, each)
    }
}

impl Change<'_> {
    /// Adds a contact, with the next free id when none is given.
    pub(crate) fn add_contact(
        &mut self,
        id: Option<ContactId>,
        deleted: bool,
    ) -> Result<ContactId, Error> {
        let id = match id {
            Some(id) => id,
            None => self.next_contact_id()?,
        };
        let added = self.execute(
            "INSERT INTO contact (id, deleted) VALUES (:id, :deleted) ON CONFLICT (id) DO NOTHING",
            named_params! { ":id": id, ":deleted": deleted },
        )?;
        if added { Ok(id) } else { Err(Error::Exists { kind: "contact", name: id.to_string() }) }
    }

    /// Puts a contact into the trash or takes it out; answers whether that changed anything.
    pub(crate) fn update_contact(&mut self, contact: Contact) -> Result<bool, Error> {
        self.execute(
            "UPDATE contact SET deleted = :deleted WHERE id = :id AND deleted <> :deleted",
            named_params! { ":id": contact.id, ":deleted": contact.deleted },
        )
    }

    /// Deletes a contact for good, with its keys. Accounts linked to it stay linked, as in CiviCRM.
    pub(crate) fn remove_contact(&mut self, id: ContactId) -> Result<bool, Error> {
        self.execute("DELETE FROM contact WHERE id = :id", named_params! { ":id": id })
    }

    fn next_contact_id(&self) -> Result<ContactId, Error> {
        // Also beyond the contacts that only an account speaks of.
        let sql = "SELECT max(id) AS id FROM
             (SELECT id FROM contact UNION ALL SELECT contact_id FROM user)";
        let largest = self.read().one(sql, (), |row| row.get("id"))?;
        next_id(largest.flatten(), 1).map(ContactId).ok_or(Error::NoIdLeft("contact"))
    }
}

#[cfg(test)]
mod tests {
    use super::{Contact, ContactFilter};
    use crate::store::testing::{change, store};
    use crate::store::{ContactId, Error, NewUser};

    #[test]
    fn lists_what_was_added_by_id() {
        let (_folder, mut store) = store();
        change(&mut store, |change| {
            change.add_contact(Some(ContactId(9)), true)?;
            change.add_contact(Some(ContactId(3)), false)
        });
        let list = |deleted| {
            let mut ids = Vec::new();
            let each = |contact: Contact| {
                ids.push(contact.id.0);
                Ok::<_, Error>(())
            };
            store.read().each_contact(ContactFilter { deleted }, each).unwrap();
            ids
        };
        assert_eq!(list(None), [3, 9]);
        assert_eq!(list(Some(true)), [9]);
        assert_eq!(list(Some(false)), [3]);
    }

    #[test]
    fn the_next_id_is_beyond_contacts_and_links() {
        let (_folder, mut store) = store();
        let linked = NewUser { contact_id: Some(ContactId(41)), ..NewUser::named("alice") };
        change(&mut store, |change| change.add_user(&linked));
        assert_eq!(change(&mut store, |change| change.add_contact(None, false)), ContactId(42));
        assert_eq!(change(&mut store, |change| change.add_contact(None, false)), ContactId(43));
    }

    #[test]
    fn update_says_whether_anything_changed() {
        let (_folder, mut store) = store();
        let id = change(&mut store, |change| change.add_contact(None, false));
        let trashed = Contact { id, deleted: true };
        assert!(change(&mut store, |change| change.update_contact(trashed)));
        assert!(!change(&mut store, |change| change.update_contact(trashed)));
        assert_eq!(store.read().contact(id).unwrap(), Some(trashed));
        assert!(change(&mut store, |change| change.remove_contact(id)));
        assert!(!change(&mut store, |change| change.remove_contact(id)));
        assert_eq!(store.read().contact(id).unwrap(), None);
    }
}

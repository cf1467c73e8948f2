//! Contacts.

use std::collections::BTreeSet;

use super::Walk;
use super::key::Holder;
use crate::document::difference::Difference;
use crate::document::error::Error;
use crate::store::{Contact, ContactFilter, ContactId};
use crate::verify::Owner;

impl Walk<'_, '_> {
    pub(super) fn contacts(&mut self) -> Result<(), Error> {
        let document = self.document;
        for wish in &document.contacts {
            let id = ContactId(wish.id.value);
            let subject = format!("contact {id}");
            let current = self.reader.contact(id)?;
            let deleted = wish.deleted.over(current.is_some_and(|contact| contact.deleted), false);
            let detail = if deleted { "in the trash" } else { "not in the trash" };
            match current {
                None => {
                    let detail = if deleted { detail } else { "" };
                    let difference = Difference::add(subject.as_str(), detail);
                    self.differ(difference, |pen| {
                        pen.change.add_contact(Some(id), deleted).map(drop)
                    })?;
                }
                Some(current) if current.deleted != deleted => {
                    let contact = Contact { id, deleted };
                    let difference = Difference::change(subject.as_str(), detail);
                    self.differ(difference, |pen| pen.change.update_contact(contact).map(drop))?;
                }
                Some(_) => {}
            }
            let exists = current.is_some() || self.pen.is_some();
            let holder = Holder { owner: Some(Owner::Contact(id.0)), exists, subject: &subject };
            self.keys(holder, &wish.keys)?;
        }
        if self.prunes() { self.surplus_contacts() } else { Ok(()) }
    }

    fn surplus_contacts(&mut self) -> Result<(), Error> {
        let wanted: BTreeSet<i64> =
            self.document.contacts.iter().map(|wish| wish.id.value).collect();
        let mut surplus = Vec::new();
        self.reader.each_contact(ContactFilter::default(), |contact| {
            if !wanted.contains(&contact.id.0) {
                surplus.push(contact.id);
            }
            Ok::<_, Error>(())
        })?;
        for id in surplus {
            let difference = Difference::remove(format!("contact {id}"), "");
            self.differ(difference, |pen| pen.change.remove_contact(id).map(drop))?;
        }
        Ok(())
    }
}

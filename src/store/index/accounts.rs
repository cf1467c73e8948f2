//! Filling the index with the owners of keys: accounts and contacts.

use std::collections::HashMap;

use super::beside::Beside;
use super::kinds::{Kinds, Words};
use super::load::{Loading, Stop, short};
use super::{AccountKind, END, Link, OTHER, Slot};
use crate::store::role::AUTHENTICATED;
use crate::verify::Grants;

/// What accounts have in common: whether they are blocked and of a plain name, and their lists of roles and
/// of permissions.
type Common = (bool, bool, u32, u32);

impl Loading<'_> {
    /// Gives the keys of contacts the lowest account that is linked to theirs.
    pub(super) fn accounts_of_contacts(&mut self, slots: &mut [Slot]) -> Result<(), Stop> {
        if slots.iter().all(|slot| slot.contact == 0) {
            return Ok(());
        }
        let mut beside = Beside::new(slots, |slot| slot.contact);
        self.each(
            "SELECT contact_id, min(id) FROM user WHERE contact_id IS NOT NULL
             GROUP BY contact_id ORDER BY contact_id",
            |row| Ok((row.get(0)?, row.get(1)?)),
            |(contact, user): (i64, i64)| {
                let Some(contact) = short(contact) else { return };
                for slot in beside.step(contact).here {
                    match short(user) {
                        Some(user) => slot.user = user,
                        None => slot.kind = OTHER,
                    }
                }
            },
        )
    }

    /// Gives keys the contacts and names of their accounts, and kinds that tell the accounts apart: each of
    /// the kind that it had, with the place of its account's kind. Answers the names as well.
    #[expect(clippy::type_complexity, reason = "the parts of an index on the way")]
    pub(super) fn accounts(
        &mut self,
        slots: &mut [Slot],
    ) -> Result<(Vec<(u32, Option<u32>)>, Vec<AccountKind>, String), Stop> {
        let mut roles = self.words("SELECT user_id, role FROM user_role ORDER BY user_id, role")?;
        let mut permissions = self.words(
            "SELECT user_id, permission FROM user_permission ORDER BY user_id, permission",
        )?;
        let shared = self.shared_contacts()?;
        let (mut kinds, mut commons) = (Kinds::default(), Kinds::default());
        let mut names = String::new();
        let mut beside = Beside::new(slots, |slot| slot.user);
        for slot in beside.step(0).here {
            slot.rename(|kind| kinds.number((kind, None)));
        }
        self.each(
            "SELECT id, status = 'blocked', coalesce(contact_id, 0), name FROM user ORDER BY id",
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get::<_, String>(3)?)),
            |(id, blocked, contact, name): (i64, bool, i64, _)| {
                let Some(id) = short(id) else { return };
                let slots = beside.step(id).here;
                if slots.is_empty() {
                    return;
                }
                let contact = short(contact)
                    .filter(|contact| shared.get(contact).is_none_or(|first| *first == id));
                let place = u32::try_from(names.len()).ok().filter(|_| !name.contains(END));
                let Some((contact, place)) = contact.zip(place) else {
                    leave(slots);
                    return;
                };
                let common = (blocked, is_plain(&name), roles.of(id), permissions.of(id));
                let common = commons.number(common);
                for slot in slots {
                    (slot.contact, slot.name) = (contact, place);
                    slot.rename(|kind| kinds.number((kind, Some(common))));
                }
                names.push_str(&name);
                names.push(END);
            },
        )?;
        leave(beside.rest());
        let accounts = self.account_kinds(commons, &roles, &permissions)?;
        Ok((kinds.in_order(), accounts, names))
    }

    /// Tells keys apart by what is known of their contacts: each of the kind that it had, with that.
    pub(super) fn contacts(&mut self, slots: &mut [Slot]) -> Result<Vec<(u32, Link)>, Stop> {
        let mut kinds = Kinds::default();
        let mut tell = |slots: &mut [Slot], link| {
            for slot in slots {
                slot.rename(|kind| kinds.number((kind, link)));
            }
        };
        let mut beside = Beside::new(slots, |slot| slot.contact);
        tell(beside.step(0).here, Link::None);
        self.each(
            "SELECT id, deleted FROM contact ORDER BY id",
            |row| Ok((row.get(0)?, row.get(1)?)),
            |(id, trashed): (i64, bool)| {
                let Some(id) = short(id) else { return };
                let step = beside.step(id);
                tell(step.passed, Link::Missing);
                tell(step.here, if trashed { Link::Trashed } else { Link::Live });
            },
        )?;
        tell(beside.rest(), Link::Missing);
        Ok(kinds.in_order())
    }

    /// The contacts that several accounts are linked to, with the lowest of those.
    fn shared_contacts(&mut self) -> Result<HashMap<u32, u32>, Stop> {
        let mut shared = HashMap::new();
        self.each(
            "SELECT contact_id, min(id) FROM user WHERE contact_id IS NOT NULL
             GROUP BY contact_id HAVING count(*) > 1",
            |row| Ok((row.get(0)?, row.get(1)?)),
            |(contact, first): (i64, i64)| shared.extend(short(contact).zip(short(first))),
        )?;
        Ok(shared)
    }

    /// What accounts of each kind may do.
    fn account_kinds(
        &self,
        commons: Kinds<Common>,
        roles: &Words,
        permissions: &Words,
    ) -> Result<Vec<AccountKind>, Stop> {
        let everybody = self.reader.grants_of_role(AUTHENTICATED)?;
        let mut of_roles: HashMap<String, Grants> = HashMap::new();
        let mut whole = Vec::new();
        for (blocked, has_plain_name, role_list, permission_list) in commons.in_order() {
            let roles = roles.list(role_list).to_vec();
            let mut grants = everybody.clone();
            grants.permissions.extend(permissions.list(permission_list).iter().cloned());
            for role in &roles {
                if !of_roles.contains_key(role) {
                    of_roles.insert(role.clone(), self.reader.grants_of_role(role)?);
                }
                if let Some(of_role) = of_roles.get(role) {
                    grants.admin |= of_role.admin;
                    grants.permissions.extend(of_role.permissions.iter().cloned());
                }
            }
            whole.push(AccountKind { blocked, has_plain_name, roles, grants });
        }
        Ok(whole)
    }

    /// The lists of words that accounts have, each list kept once.
    fn words(&mut self, sql: &str) -> Result<Words, Stop> {
        let mut words = Words::default();
        let mut open: (Option<u32>, Vec<String>) = (None, Vec::new());
        self.each(
            sql,
            |row| Ok((row.get(0)?, row.get::<_, String>(1)?)),
            |(id, word): (i64, _)| {
                let Some(id) = short(id) else { return };
                if open.0 != Some(id) {
                    words.close(open.0, std::mem::take(&mut open.1));
                    open.0 = Some(id);
                }
                open.1.push(word);
            },
        )?;
        words.close(open.0, open.1);
        Ok(words)
    }
}

/// Leaves keys to the store.
fn leave(slots: &mut [Slot]) {
    for slot in slots {
        slot.kind = OTHER;
    }
}

/// Whether a name is the same in a shell, in JSON and in a sentence.
fn is_plain(name: &str) -> bool {
    !name.is_empty()
        && !name.starts_with('-')
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte))
}

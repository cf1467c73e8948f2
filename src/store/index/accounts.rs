//! Filling the index with accounts and contacts.

use std::collections::HashMap;

use super::kinds::{Kinds, Words};
use super::load::{Loading, Stop, place_of, short};
use super::{Account, AccountKind, Link, OTHER};
use crate::store::role::AUTHENTICATED;
use crate::verify::Grants;

/// A contact's id, and whether it is in the trash.
pub(super) type Contact = (u32, bool);
/// A contact's id, and that of the lowest account that is linked to it.
pub(super) type Linked = (u32, u32);

impl Loading<'_> {
    /// Contacts with whether they are in the trash, and every link to one with the account's id.
    pub(super) fn contacts(&mut self) -> Result<(Vec<Contact>, Vec<Linked>), Stop> {
        let mut contacts = Vec::new();
        self.each(
            "SELECT id, deleted FROM contact ORDER BY id",
            |row| Ok((row.get(0)?, row.get(1)?)),
            |(id, deleted): (i64, bool)| contacts.extend(short(id).map(|id| (id, deleted))),
        )?;
        let mut linked = Vec::new();
        self.each(
            "SELECT contact_id, id FROM user WHERE contact_id IS NOT NULL ORDER BY contact_id, id",
            |row| Ok((row.get(0)?, row.get(1)?)),
            |(contact, id): (i64, i64)| linked.extend(short(contact).zip(short(id))),
        )?;
        linked.dedup_by_key(|(contact, _)| *contact);
        Ok((contacts, linked))
    }

    /// Accounts, what they have in common, and their names in a row.
    pub(super) fn accounts(
        &mut self,
        contacts: &[Contact],
        linked: &[Linked],
    ) -> Result<(Vec<Account>, Vec<AccountKind>, String), Stop> {
        let roles = self.words("SELECT user_id, role FROM user_role ORDER BY user_id, role")?;
        let permissions = self.words(
            "SELECT user_id, permission FROM user_permission ORDER BY user_id, permission",
        )?;
        let mut kinds = Kinds::default();
        let mut names = String::new();
        let mut accounts = Vec::new();
        self.each(
            "SELECT id, status = 'blocked', coalesce(contact_id, 0), name FROM user ORDER BY id",
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get::<_, String>(3)?)),
            |(id, blocked, contact, name): (i64, bool, i64, _)| {
                // Accounts of larger numbers come last, and so do not move the others' places.
                let (Some(id), Some(contact)) = (short(id), short(contact)) else { return };
                let link = link(id, contact, contacts, linked);
                names.push_str(&name);
                let name_end = u32::try_from(names.len());
                let kind = match (link, &name_end) {
                    (Some(link), Ok(_)) => {
                        kinds.number((blocked, link, roles.of(id), permissions.of(id)))
                    }
                    _ => OTHER,
                };
                let name_end = name_end.unwrap_or(u32::MAX);
                accounts.push(Account { id, contact, name_end, kind });
            },
        )?;
        let kinds = self.account_kinds(kinds, &roles, &permissions)?;
        Ok((accounts, kinds, names))
    }

    /// What accounts of each kind may do.
    fn account_kinds(
        &self,
        kinds: Kinds<(bool, Link, u32, u32)>,
        roles: &Words,
        permissions: &Words,
    ) -> Result<Vec<AccountKind>, Stop> {
        let everybody = self.reader.grants_of_role(AUTHENTICATED)?;
        let mut of_roles: HashMap<String, Grants> = HashMap::new();
        let mut whole = Vec::new();
        for (blocked, contact, role_list, permission_list) in kinds.in_order() {
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
            whole.push(AccountKind { blocked, contact, roles, grants });
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

/// How an account is linked, unless other accounts share the contact and one of them comes first.
fn link(id: u32, contact: u32, contacts: &[Contact], linked: &[Linked]) -> Option<Link> {
    if contact == 0 {
        return Some(Link::None);
    }
    let first = place_of(linked, contact, |(contact, _)| *contact)?;
    if linked.get(first).is_none_or(|(_, first)| *first != id) {
        return None;
    }
    let found = place_of(contacts, contact, |(id, _)| *id);
    Some(match found.and_then(|at| contacts.get(at)) {
        None => Link::Missing,
        Some((_, false)) => Link::Live,
        Some((_, true)) => Link::Trashed,
    })
}

/// The place of each contact's lowest account.
pub(super) fn lowest(accounts: &[Account], linked: Vec<Linked>) -> Vec<(u32, u32)> {
    let place = |id: u32| place_of(accounts, id, |account| account.id);
    let placed = linked
        .into_iter()
        .filter_map(|(contact, id)| Some((contact, u32::try_from(place(id)?).ok()?)));
    placed.collect()
}

//! Reading the owners of keys: accounts and contacts, and what accounts have in common.

use std::collections::HashMap;

use super::kinds::{Kinds, Words};
use super::load::{Reading, Stop, short};
use super::{AccountKind, END, OTHER};
use crate::store::role::AUTHENTICATED;
use crate::verify::Grants;

/// What accounts have in common: whether they are blocked and of a plain name, and their lists of roles and
/// of permissions.
type Common = (bool, bool, u32, u32);

/// All accounts and contacts.
pub(super) struct Owners {
    /// In the order of their ids.
    pub(super) accounts: Vec<Account>,
    /// Their names, each with [`END`] behind it.
    pub(super) names: String,
    /// What accounts have in common.
    pub(super) kinds: Vec<AccountKind>,
    /// Contacts with the accounts that are linked to them, in order; [`OTHER`] for a number beyond 32 bits.
    pub(super) links: Vec<(u32, u32)>,
    /// Contacts in the order of their ids, and whether each is in the trash.
    pub(super) contacts: Vec<(u32, bool)>,
}

/// An account.
#[derive(Clone, Copy)]
pub(super) struct Account {
    pub(super) id: u32,
    /// The contact's id; 0 when there is none.
    pub(super) contact: u32,
    /// Where its name begins.
    pub(super) name: u32,
    /// The place of its kind, or [`OTHER`].
    pub(super) kind: u32,
}

impl Owners {
    /// Reads them all.
    pub(super) fn read(reading: &mut Reading<'_>) -> Result<Self, Stop> {
        let mut roles =
            words(reading, "SELECT user_id, role FROM user_role ORDER BY user_id, role")?;
        let mut permissions = words(
            reading,
            "SELECT user_id, permission FROM user_permission ORDER BY user_id, permission",
        )?;
        let mut commons = Kinds::default();
        let (mut accounts, mut names, mut links) = (Vec::new(), String::new(), Vec::new());
        reading.each(
            "SELECT id, status = 'blocked', coalesce(contact_id, 0), name FROM user ORDER BY id",
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get::<_, String>(3)?)),
            |(id, blocked, contact, name): (i64, bool, i64, _)| {
                let (id, contact) = (short(id), short(contact));
                if let Some(contact) = contact.filter(|contact| *contact != 0) {
                    links.push((contact, id.unwrap_or(OTHER)));
                }
                let Some(id) = id else { return };
                let common = (blocked, is_plain(&name), roles.of(id), permissions.of(id));
                let place = u32::try_from(names.len()).ok().filter(|_| !name.contains(END));
                accounts.push(match contact.zip(place) {
                    Some((contact, name)) => {
                        Account { id, contact, name, kind: commons.number(common) }
                    }
                    None => Account { id, contact: 0, name: 0, kind: OTHER },
                });
                names.push_str(&name);
                names.push(END);
            },
        )?;
        links.sort_unstable();
        leave_later(&links, &mut accounts);
        let mut contacts = Vec::new();
        reading.each(
            "SELECT id, deleted FROM contact ORDER BY id",
            |row| Ok((row.get(0)?, row.get(1)?)),
            |(id, trashed): (i64, bool)| contacts.extend(short(id).map(|id| (id, trashed))),
        )?;
        let kinds = account_kinds(reading, commons, &roles, &permissions)?;
        Ok(Self { accounts, names, kinds, links, contacts })
    }
}

/// Leaves accounts to the store whose contact belongs to a lower one first.
fn leave_later(links: &[(u32, u32)], accounts: &mut [Account]) {
    for pair in links.windows(2) {
        if let [(first, _), (contact, account)] = pair
            && first == contact
            && let Ok(place) = accounts.binary_search_by_key(account, |account| account.id)
            && let Some(account) = accounts.get_mut(place)
        {
            account.kind = OTHER;
        }
    }
}

/// What accounts of each kind may do.
fn account_kinds(
    reading: &Reading<'_>,
    commons: Kinds<Common>,
    roles: &Words,
    permissions: &Words,
) -> Result<Vec<AccountKind>, Stop> {
    let everybody = reading.reader.grants_of_role(AUTHENTICATED)?;
    let mut of_roles: HashMap<String, Grants> = HashMap::new();
    let mut whole = Vec::new();
    for (blocked, has_plain_name, role_list, permission_list) in commons.in_order() {
        let roles = roles.list(role_list).to_vec();
        let mut grants = everybody.clone();
        grants.permissions.extend(permissions.list(permission_list).iter().cloned());
        for role in &roles {
            if !of_roles.contains_key(role) {
                of_roles.insert(role.clone(), reading.reader.grants_of_role(role)?);
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
fn words(reading: &mut Reading<'_>, sql: &str) -> Result<Words, Stop> {
    let mut words = Words::default();
    let mut open: (Option<u32>, Vec<String>) = (None, Vec::new());
    reading.each(
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

/// Whether a name is the same in a shell, in JSON and in a sentence.
fn is_plain(name: &str) -> bool {
    !name.is_empty()
        && !name.starts_with('-')
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte))
}

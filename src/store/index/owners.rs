//! Reading the owners of keys: accounts and contacts, and what accounts have in common.

use std::collections::{HashMap, HashSet};
use std::sync::mpsc::SyncSender;

use super::kinds::{Kinds, Words};
use super::load::{Reading, Stop, short};
use super::{AccountKind, END, OTHER, widened};
use crate::store::role::AUTHENTICATED;
use crate::store::{Error, Reader};
use crate::verify::Grants;

/// What accounts have in common, each at the place of its number.
pub(super) struct Common {
    kinds: Vec<Kind>,
    roles: Words,
    permissions: Words,
}

/// Whether accounts are blocked and of a plain name, and their lists of roles and of permissions.
type Kind = (bool, bool, u32, u32);

/// How many owners are handed on together.
const CHUNK: usize = 4096;

/// Where owners are handed on to, in the order of their ids. Who hands them on waits where nobody takes them:
/// there may be far more owners than keys.
pub(super) struct Owners {
    pub(super) accounts: SyncSender<Accounts>,
    /// Contacts, and whether each is in the trash.
    pub(super) contacts: SyncSender<Vec<(u32, bool)>>,
}

/// Some accounts.
#[derive(Default)]
pub(super) struct Accounts {
    pub(super) list: Vec<Account>,
    names: String,
}

/// An account.
#[derive(Clone, Copy)]
pub(super) struct Account {
    pub(super) id: u32,
    /// The contact's id; 0 when there is none.
    pub(super) contact: u32,
    /// Where its name begins.
    name: u32,
    /// The place of its kind, or [`OTHER`].
    pub(super) kind: u32,
}

impl Accounts {
    /// The name of one of them.
    pub(super) fn name(&self, account: &Account) -> &str {
        let rest = self.names.get(widened(account.name)..);
        rest.and_then(|rest| rest.split(END).next()).unwrap_or_default()
    }
}

impl Owners {
    /// Reads all owners and hands them on; answers what accounts have in common.
    pub(super) fn read(self, reading: &mut Reading<'_>) -> Result<Common, Stop> {
        let mut roles =
            words(reading, "SELECT user_id, role FROM user_role ORDER BY user_id, role")?;
        let mut permissions = words(
            reading,
            "SELECT user_id, permission FROM user_permission ORDER BY user_id, permission",
        )?;
        let (mut kinds, mut linked) = (Kinds::default(), Seen::default());
        let mut some = Accounts::default();
        reading.each(
            "SELECT id, 2 * coalesce(contact_id, 0) + (status = 'blocked'), name FROM user ORDER BY id",
            |row| {
                let Some(id) = short(row.get(0)?) else { return Ok(()) };
                let name = row.get_ref(2)?.as_str()?;
                let linked_and_blocked: i64 = row.get(1)?;
                let is_blocked = linked_and_blocked & 1 == 1;
                let kind = (is_blocked, is_plain(name), roles.of(id), permissions.of(id));
                // A contact is the first account's; who else is linked to it is left to the store.
                let contact = short(linked_and_blocked >> 1)
                    .filter(|contact| *contact == 0 || !linked.has(*contact))
                    .filter(|_| !name.contains(END));
                let place = u32::try_from(some.names.len()).unwrap_or(OTHER);
                let kind = contact.map_or(OTHER, |_| kinds.number(kind));
                some.names.push_str(name);
                some.names.push(END);
                let contact = contact.unwrap_or_default();
                some.list.push(Account { id, contact, name: place, kind });
                if some.list.len() == CHUNK {
                    some.names.shrink_to_fit();
                    // Nobody takes them when the reading of keys has failed; it stops this one.
                    let _ = self.accounts.send(std::mem::take(&mut some));
                }
                Ok(())
            },
        )?;
        let _ = self.accounts.send(some);
        drop(self.accounts);
        let mut some = Vec::new();
        reading.each("SELECT id + id + deleted FROM contact ORDER BY id", |row| {
            let contact: i64 = row.get(0)?;
            some.extend(short(contact >> 1).map(|id| (id, contact & 1 == 1)));
            if some.len() == CHUNK {
                let _ = self.contacts.send(std::mem::take(&mut some));
            }
            Ok(())
        })?;
        let _ = self.contacts.send(some);
        Ok(Common { kinds: kinds.in_order(), roles, permissions })
    }
}

/// Numbers that have come, most of them one above the other.
#[derive(Default)]
struct Seen {
    rising: Vec<u32>,
    others: HashSet<u32>,
}

impl Seen {
    /// Whether a number has come before; from now on it has.
    fn has(&mut self, number: u32) -> bool {
        if self.rising.last().is_none_or(|last| *last < number) {
            self.rising.push(number);
            return false;
        }
        self.rising.binary_search(&number).is_ok() || !self.others.insert(number)
    }
}

impl Common {
    /// What accounts of some kinds may do.
    pub(super) fn account_kinds(
        &self,
        numbers: &[u32],
        reader: Reader<'_>,
    ) -> Result<Vec<AccountKind>, Error> {
        let everybody = reader.grants_of_role(AUTHENTICATED)?;
        let mut of_roles: HashMap<String, Grants> = HashMap::new();
        let mut whole = Vec::with_capacity(numbers.len());
        for number in numbers {
            let (blocked, has_plain_name, roles, permissions) =
                self.kinds.get(widened(*number)).copied().unwrap_or_default();
            let roles = self.roles.list(roles).to_vec();
            let mut grants = everybody.clone();
            grants.permissions.extend(self.permissions.list(permissions).iter().cloned());
            for role in &roles {
                if !of_roles.contains_key(role) {
                    of_roles.insert(role.clone(), reader.grants_of_role(role)?);
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
}

/// The lists of words that accounts have, each list kept once.
fn words(reading: &mut Reading<'_>, sql: &str) -> Result<Words, Stop> {
    let mut words = Words::default();
    let mut open: (Option<u32>, Vec<String>) = (None, Vec::new());
    reading.each(sql, |row| {
        let Some(id) = short(row.get(0)?) else { return Ok(()) };
        if open.0 != Some(id) {
            words.close(open.0, std::mem::take(&mut open.1));
            open.0 = Some(id);
        }
        open.1.push(row.get(1)?);
        Ok(())
    })?;
    words.close(open.0, open.1);
    Ok(words)
}

/// Whether a name is the same in a shell, in JSON and in a sentence.
fn is_plain(name: &str) -> bool {
    !name.is_empty()
        && !name.starts_with('-')
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte))
}

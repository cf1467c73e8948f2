//! What the store knows of the credentials in one request.
//!
//! [`Presented`] is the question, [`Facts`] the answer. The store fills in exactly what was asked, and
//! whatever hangs on it: the owner of each key, the contact of each user, the user of each contact.

use std::collections::{BTreeMap, BTreeSet};

use crate::credential::Secret;

/// What must be looked up before a request can be judged.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Presented {
    /// Texts that the site would look for among its API keys.
    pub keys: Vec<Secret>,
    /// User names with the passwords that the site would check.
    pub passwords: Vec<(String, Secret)>,
    /// CMS accounts named without a password.
    pub user_names: BTreeSet<String>,
    /// CMS accounts by id.
    pub users: BTreeSet<i64>,
    /// Contacts by id.
    pub contacts: BTreeSet<i64>,
}

impl Presented {
    /// Whether nothing but keys is presented.
    #[must_use]
    pub fn is_of_keys(&self) -> bool {
        self.passwords.is_empty()
            && self.user_names.is_empty()
            && self.users.is_empty()
            && self.contacts.is_empty()
    }

    /// Whether nothing is presented.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty() && self.is_of_keys()
    }
}

/// What the store found.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// For each presented key, every key of the store that is the same to a case-insensitive
    /// collation, also expired and revoked ones. Ordered by key id.
    pub keys: Vec<(Secret, Vec<KeyFact>)>,
    /// For each presented pair, the account of that name and whether the password is its own.
    pub passwords: Vec<PasswordFact>,
    /// Every account that anything above or below leads to.
    pub users: BTreeMap<i64, UserFact>,
    /// Every contact that anything above leads to and that exists.
    pub contacts: BTreeMap<i64, ContactFact>,
}

/// A stored API key that matches a presented text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyFact {
    /// The key's number in the store.
    pub key_id: i64,
    /// Whose it is.
    pub owner: Owner,
    /// Whether the texts are equal byte for byte, not only under folding.
    pub exact: bool,
    /// Whether the key has under 112 bits, by its length and alphabet.
    pub weak: bool,
    /// What the administrator calls it.
    pub label: Option<String>,
    /// What may be shown of it.
    pub hint: Option<String>,
    /// Unix seconds from which it is expired.
    pub expires_at: Option<i64>,
    /// Unix seconds at which it was revoked.
    pub revoked_at: Option<i64>,
}

impl KeyFact {
    /// A strong key with nothing told of it, which matches byte for byte and is valid for ever.
    pub(super) fn plain(key_id: i64, owner: Owner) -> Self {
        Self {
            key_id,
            owner,
            exact: true,
            weak: false,
            label: None,
            hint: None,
            expires_at: None,
            revoked_at: None,
        }
    }

    /// Whether the site still has the key at `now`.
    #[must_use]
    pub fn is_live(&self, now: i64) -> bool {
        self.expires_at.is_none_or(|at| now < at) && self.revoked_at.is_none_or(|at| now < at)
    }
}

/// The owner of an API key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Owner {
    /// A CMS account.
    User(i64),
    /// A CiviCRM contact.
    Contact(i64),
    /// Nobody: Drupal's universal key at level `guide`.
    Universal,
    /// `rest_api_authentication.settings` → `api_token`, the universal key of the real module.
    ApiToken,
}

/// The account behind a user name and password.
#[derive(Clone, Debug)]
pub struct PasswordFact {
    /// The name as presented.
    pub name: String,
    /// The password as presented.
    pub password: Secret,
    /// The account of that name.
    pub user_id: Option<i64>,
    /// Whether the password is that account's.
    pub matches: bool,
    /// Whether the stored hash is of an old kind.
    pub needs_rehash: bool,
}

/// A CMS account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserFact {
    /// The account's id in the CMS.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// Its e-mail address.
    pub email: Option<String>,
    /// Whether it is blocked.
    pub blocked: bool,
    /// The contact it is linked to; that contact need not exist.
    pub contact_id: Option<i64>,
    /// Its roles by name, without the built-in `authenticated`.
    pub roles: Vec<String>,
    /// What it may do: its own grants and those of all its roles, `authenticated` included.
    pub grants: Grants,
}

/// A set of permissions, or all of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Grants {
    /// Whether a role marked as administrator is among the sources.
    pub admin: bool,
    /// Permissions by machine name.
    pub permissions: BTreeSet<String>,
}

impl Grants {
    /// Whether the permission is among them, an administrator's role counting as all.
    #[must_use]
    pub fn has(&self, permission: &str) -> bool {
        self.admin || self.permissions.contains(permission)
    }
}

/// A contact that exists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContactFact {
    /// The contact's id.
    pub id: i64,
    /// Whether it is in the trash.
    pub deleted: bool,
    /// The account linked to it; the lowest id when there are several.
    pub user_id: Option<i64>,
}

impl Facts {
    /// The stored keys that match a presented text.
    #[must_use]
    pub fn keys_for(&self, text: &[u8]) -> &[KeyFact] {
        self.keys
            .iter()
            .find(|(presented, _)| presented.expose() == text)
            .map_or(&[], |(_, found)| found.as_slice())
    }

    /// What was found for a user name and password.
    #[must_use]
    pub fn password_for(&self, name: &str, password: &[u8]) -> Option<&PasswordFact> {
        self.passwords.iter().find(|fact| fact.name == name && fact.password.expose() == password)
    }

    /// The account of a name, by Unicode lower case.
    #[must_use]
    pub fn user_named(&self, name: &str) -> Option<&UserFact> {
        let folded = name.to_lowercase();
        self.users.values().find(|user| user.name.to_lowercase() == folded)
    }

    /// The account of a name, to change it.
    pub(super) fn user_named_mut(&mut self, name: &str) -> Option<&mut UserFact> {
        let id = self.user_named(name)?.id;
        self.users.get_mut(&id)
    }

    /// The account linked to a contact: the lowest id when there are several.
    #[must_use]
    pub fn user_of_contact(&self, contact_id: i64) -> Option<&UserFact> {
        self.users.values().find(|user| user.contact_id == Some(contact_id))
    }
}

//! Changes to what a site is set to, applied in memory: what a remedy proposes, and what "judge as if"
//! assumes.
//!
//! Names that the facts do not hold are left alone: they play no part in the decision at hand.

use super::{ContactFact, Facts, Grants, Policy, SettingValue, UserFact};
use crate::credential::Secret;

/// One change of policy or facts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Grants a permission.
    Grant {
        /// To whom.
        to: Grantee,
        /// The permission's machine name.
        permission: String,
    },
    /// Sets `authx_guards`.
    Guards(Vec<String>),
    /// Sets the credential types of an AuthX flow.
    Types {
        /// The flow.
        flow: String,
        /// All types that it accepts.
        types: Vec<String>,
    },
    /// Sets the user mode of an AuthX flow.
    UserMode {
        /// The flow.
        flow: String,
        /// `ignore`, `optional` or `require`.
        mode: String,
    },
    /// Defines `CIVICRM_SITE_KEY`, or undefines it.
    SiteKey(Option<Secret>),
    /// Puts a signing key, in the site's notation, before those of `CIVICRM_SIGN_KEYS`, or undefines that.
    SignKey(Option<Secret>),
    /// Unblocks an account.
    Unblock {
        /// The account's name.
        user: String,
    },
    /// Adds an account that is linked to a contact.
    AddUser {
        /// The account's name.
        user: String,
        /// The contact.
        contact_id: i64,
    },
    /// Links an account to a contact that exists; which one is the administrator's to say.
    LinkUser {
        /// The account's name.
        user: String,
    },
    /// Adds a contact.
    AddContact(i64),
    /// Takes the expiry of an API key away.
    KeepKey(i64),
}

/// Who is granted a permission.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Grantee {
    /// An account, by name.
    User(String),
    /// A role, by name; `anonymous` and `authenticated` are built in.
    Role(String),
}

impl Change {
    /// Applies the change.
    pub fn apply(&self, policy: &mut Policy, facts: &mut Facts) {
        self.apply_to_policy(policy);
        self.apply_to_facts(policy, facts);
    }

    /// Applies what concerns the policy.
    pub fn apply_to_policy(&self, policy: &mut Policy) {
        match self {
            Self::Grant { to: Grantee::Role(role), permission } => match role.as_str() {
                "anonymous" => grant(&mut policy.anonymous, permission),
                "authenticated" => grant(&mut policy.authenticated, permission),
                _ => {}
            },
            Self::Guards(words) => set(policy, "authx_guards", SettingValue::List(words.clone())),
            Self::Types { flow, types } => {
                let name = format!("authx_{flow}_cred");
                set(policy, &name, SettingValue::List(types.clone()));
            }
            Self::UserMode { flow, mode } => {
                set(policy, &format!("authx_{flow}_user"), SettingValue::Text(mode.clone()));
            }
            Self::SiteKey(key) => policy.civicrm.site_key.clone_from(key),
            Self::SignKey(None) => policy.civicrm.sign_keys = None,
            Self::SignKey(Some(key)) => {
                let others = policy.civicrm.sign_keys.take().filter(|keys| !keys.is_empty());
                let others = others.map(|keys| [b" ", keys.expose()].concat()).unwrap_or_default();
                policy.civicrm.sign_keys = Some(Secret::new([key.expose(), &others].concat()));
            }
            Self::Grant { to: Grantee::User(_), .. }
            | Self::Unblock { .. }
            | Self::AddUser { .. }
            | Self::LinkUser { .. }
            | Self::AddContact(_)
            | Self::KeepKey(_) => {}
        }
    }

    /// Applies what concerns the facts of one request.
    pub fn apply_to_facts(&self, policy: &Policy, facts: &mut Facts) {
        match self {
            Self::Grant { to: Grantee::User(name), permission } => {
                if let Some(user) = facts.user_named_mut(name) {
                    grant(&mut user.grants, permission);
                }
            }
            Self::Grant { to: Grantee::Role(role), permission } => {
                grant_role(facts, role, permission);
            }
            Self::Unblock { user } => {
                if let Some(user) = facts.user_named_mut(user) {
                    user.blocked = false;
                }
            }
            Self::AddUser { user, contact_id } => add_user(policy, facts, user, *contact_id),
            Self::LinkUser { user } => link_user(facts, user),
            Self::AddContact(id) => {
                let user_id = facts.user_of_contact(*id).map(|user| user.id);
                facts.contacts.insert(*id, ContactFact { id: *id, deleted: false, user_id });
            }
            Self::KeepKey(id) => {
                let keys = facts.keys.iter_mut().flat_map(|(_, keys)| keys);
                keys.filter(|key| key.key_id == *id).for_each(|key| key.expires_at = None);
            }
            Self::Guards(_)
            | Self::Types { .. }
            | Self::UserMode { .. }
            | Self::SiteKey(_)
            | Self::SignKey(_) => {}
        }
    }
}

fn set(policy: &mut Policy, name: &str, value: SettingValue) {
    policy.civicrm.settings.insert(name.to_owned(), value);
}

fn grant(grants: &mut Grants, permission: &str) {
    grants.permissions.insert(permission.to_owned());
}

/// A role's permission reaches everybody who has the role.
fn grant_role(facts: &mut Facts, role: &str, permission: &str) {
    let has = |user: &UserFact| role == "authenticated" || user.roles.iter().any(|own| own == role);
    for user in facts.users.values_mut().filter(|user| has(user)) {
        grant(&mut user.grants, permission);
    }
}

fn add_user(policy: &Policy, facts: &mut Facts, name: &str, contact_id: i64) {
    let id = facts.users.keys().next_back().map_or(2, |last| last.saturating_add(1).max(2));
    let user = UserFact {
        id,
        name: name.to_owned(),
        email: None,
        blocked: false,
        contact_id: Some(contact_id),
        roles: Vec::new(),
        grants: policy.authenticated.clone(),
    };
    facts.users.insert(id, user);
}

/// Adds a contact that nothing else is known of.
pub(super) fn add_contact(facts: &mut Facts) -> i64 {
    let linked = facts.users.values().filter_map(|user| user.contact_id);
    let last = facts.contacts.keys().copied().chain(linked).max().unwrap_or_default();
    let id = last.saturating_add(1);
    facts.contacts.insert(id, ContactFact { id, deleted: false, user_id: None });
    id
}

/// Links an account to a contact that nothing else is known of.
fn link_user(facts: &mut Facts, name: &str) {
    let id = add_contact(facts);
    if let Some(user) = facts.user_named_mut(name) {
        user.contact_id = Some(id);
        let user_id = Some(user.id);
        facts.contacts.insert(id, ContactFact { id, deleted: false, user_id });
    }
}

#[cfg(test)]
mod tests {
    use super::{Change, Grantee};
    use crate::verify::{Facts, Policy, UserFact};

    fn facts() -> Facts {
        let user = UserFact {
            id: 5,
            name: "Alice".into(),
            email: None,
            blocked: true,
            contact_id: None,
            roles: vec!["editor".into()],
            grants: crate::verify::Grants::default(),
        };
        Facts { users: [(5, user)].into(), ..Facts::default() }
    }

    fn after(change: &Change) -> (Policy, Facts) {
        let (mut policy, mut facts) = (Policy::default(), facts());
        change.apply(&mut policy, &mut facts);
        (policy, facts)
    }

    #[test]
    fn a_grant_reaches_the_user_and_everybody_with_the_role() {
        let permission = || "p".to_owned();
        for to in [
            Grantee::User("alice".into()),
            Grantee::Role("editor".into()),
            Grantee::Role("authenticated".into()),
        ] {
            let (_, facts) = after(&Change::Grant { to, permission: permission() });
            assert!(facts.users[&5].grants.has("p"));
        }
        let to = Grantee::Role("other".into());
        let (_, facts) = after(&Change::Grant { to, permission: permission() });
        assert!(!facts.users[&5].grants.has("p"));
        let to = Grantee::Role("anonymous".into());
        let (policy, facts) = after(&Change::Grant { to, permission: permission() });
        assert!(policy.anonymous.has("p") && !facts.users[&5].grants.has("p"));
    }

    #[test]
    fn accounts_and_contacts_change_together() {
        let (_, facts) = after(&Change::LinkUser { user: "alice".into() });
        let contact = facts.users[&5].contact_id.unwrap();
        assert_eq!(facts.contacts[&contact].user_id, Some(5));
        let (_, facts) = after(&Change::AddUser { user: "new".into(), contact_id: 8 });
        assert_eq!(facts.user_of_contact(8).map(|user| user.id), Some(6));
        let (_, facts) = after(&Change::Unblock { user: "ALICE".into() });
        assert!(!facts.users[&5].blocked);
    }
}

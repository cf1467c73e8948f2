//! "Judge as if": what a batch assumes of the site, in memory.
//!
//! An assumption has two halves, because a batch has one policy and each of its requests has facts of
//! its own.

use std::collections::BTreeSet;

use super::{Change, Facts, Policy, Release, SettingValue, UserFact};

/// Something that is assumed of the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Assumption {
    /// A change that a remedy could propose as well.
    Change(Change),
    /// An account has a permission no more. What roles give it, it keeps; who knows the store tells
    /// whether there is such a role, and then assumes nothing.
    RevokeFromUser {
        /// The account's name.
        user: String,
        /// The permission's machine name.
        permission: String,
    },
    /// A role has a permission no more.
    RevokeFromRole {
        /// The role's name.
        role: String,
        /// The permission's machine name.
        permission: String,
        /// The other roles that give it.
        roles: BTreeSet<String>,
        /// The accounts to which it was granted themselves.
        users: BTreeSet<i64>,
    },
    /// An account is blocked.
    Block {
        /// The account's name.
        user: String,
    },
    /// A setting of `CiviCRM` has a value, by upstream's name.
    Setting {
        /// The setting's name.
        name: String,
        /// Its value.
        value: SettingValue,
    },
    /// `CiviCRM` is of another release.
    Release(Release),
}

impl Assumption {
    /// Whether it concerns the policy alone, and nobody in particular.
    #[must_use]
    pub fn is_of_policy(&self) -> bool {
        match self {
            Self::Setting { .. } | Self::Release(_) => true,
            Self::Change(change) => matches!(
                change,
                Change::Guards(_)
                    | Change::Types { .. }
                    | Change::UserMode { .. }
                    | Change::SiteKey(_)
            ),
            Self::RevokeFromUser { .. } | Self::RevokeFromRole { .. } | Self::Block { .. } => false,
        }
    }

    /// Applies what concerns the policy.
    pub fn apply_to_policy(&self, policy: &mut Policy) {
        match self {
            Self::Change(change) => change.apply_to_policy(policy),
            Self::RevokeFromRole { role, permission, roles, .. } => match role.as_str() {
                "anonymous" => {
                    policy.anonymous.permissions.remove(permission);
                }
                "authenticated" if roles.is_empty() => {
                    policy.authenticated.permissions.remove(permission);
                }
                _ => {}
            },
            Self::Setting { name, value } => {
                policy.civicrm.settings.insert(name.clone(), value.clone());
            }
            Self::Release(release) => policy.civicrm.release = *release,
            Self::RevokeFromUser { .. } | Self::Block { .. } => {}
        }
    }

    /// Applies what concerns the facts of one request.
    pub fn apply_to_facts(&self, policy: &Policy, facts: &mut Facts) {
        match self {
            Self::Change(change) => change.apply_to_facts(policy, facts),
            Self::RevokeFromUser { user, permission } => {
                if let Some(user) = facts.user_named_mut(user) {
                    user.grants.permissions.remove(permission);
                }
            }
            Self::RevokeFromRole { role, permission, roles, users } => {
                let loses = |user: &UserFact| {
                    let had = role == "authenticated" || user.roles.contains(role);
                    let keeps = users.contains(&user.id)
                        || roles.contains("authenticated")
                        || user.roles.iter().any(|own| roles.contains(own));
                    had && !keeps
                };
                for user in facts.users.values_mut().filter(|user| loses(user)) {
                    user.grants.permissions.remove(permission);
                }
            }
            Self::Block { user } => {
                if let Some(user) = facts.user_named_mut(user) {
                    user.blocked = true;
                }
            }
            Self::Setting { .. } | Self::Release(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Assumption;
    use crate::verify::{Facts, Grants, Policy, UserFact};

    fn facts() -> Facts {
        let user = |id: i64, name: &str, roles: &[&str]| UserFact {
            id,
            name: name.into(),
            email: None,
            blocked: false,
            contact_id: None,
            roles: roles.iter().map(|role| (*role).to_owned()).collect(),
            grants: Grants { admin: false, permissions: ["p".to_owned()].into() },
        };
        let users =
            [user(2, "Alice", &["a"]), user(3, "bob", &["a", "b"]), user(4, "carol", &["a"])];
        Facts { users: users.into_iter().map(|user| (user.id, user)).collect(), ..Facts::default() }
    }

    fn holders(assumption: &Assumption) -> Vec<i64> {
        let mut facts = facts();
        assumption.apply_to_facts(&Policy::default(), &mut facts);
        facts.users.values().filter(|user| user.grants.has("p")).map(|user| user.id).collect()
    }

    #[test]
    fn a_role_s_permission_stays_with_whom_something_else_gives_it() {
        let revoke = |role: &str, roles: &[&str], users: &[i64]| Assumption::RevokeFromRole {
            role: role.into(),
            permission: "p".into(),
            roles: roles.iter().map(|role| (*role).to_owned()).collect(),
            users: users.iter().copied().collect(),
        };
        assert_eq!(holders(&revoke("a", &[], &[])), [0_i64; 0]);
        assert_eq!(holders(&revoke("a", &["b"], &[4])), [3, 4]);
        assert_eq!(holders(&revoke("b", &[], &[])), [2, 4]);
        assert_eq!(holders(&revoke("authenticated", &["b"], &[])), [3]);
        assert_eq!(holders(&revoke("a", &["authenticated"], &[])), [2, 3, 4]);
    }

    #[test]
    fn names_are_found_without_regard_to_case() {
        let revoke = Assumption::RevokeFromUser { user: "alice".into(), permission: "p".into() };
        assert_eq!(holders(&revoke), [3, 4]);
        let mut facts = facts();
        Assumption::Block { user: "BOB".into() }.apply_to_facts(&Policy::default(), &mut facts);
        assert!(facts.users[&3].blocked && !facts.users[&2].blocked);
    }
}

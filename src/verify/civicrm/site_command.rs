//! A change as a command of the site's CMS.
//!
//! Forms of the site's commands as their own sources have them: `cv` and `bee` of 2026-03, wp-cli of
//! civicrm-wordpress 2026-07, drush, Joomla 4, and CiviCRM's settings screens.

use super::api_key;
use super::site::Site;
use crate::verify::shell::{named, quoted};
use crate::verify::{Change, Cms, Grantee};

/// What the site is told.
pub(super) fn on_site(site: Site<'_>, change: &Change) -> Vec<String> {
    let cms = site.policy.cms;
    vec![match change {
        Change::Grant { to, permission } => return grant(site, to, permission),
        Change::Guards(words) => vset("authx_guards", words),
        Change::Types { flow, types } => vset(&format!("authx_{flow}_cred"), types),
        Change::UserMode { flow, mode } => {
            format!("cv vset {}", quoted(&format!("authx_{flow}_user={mode}")))
        }
        Change::SiteKey(Some(_)) => {
            format!("define('CIVICRM_SITE_KEY', '…'); in {}", settings_file(cms))
        }
        Change::SiteKey(None) => format!("remove CIVICRM_SITE_KEY from {}", settings_file(cms)),
        Change::SignKey(Some(_)) => format!(
            "define('CIVICRM_SIGN_KEYS', 'jwt-hs256:b64:…'); in {}, before the keys that are there",
            settings_file(cms)
        ),
        Change::SignKey(None) => format!("remove CIVICRM_SIGN_KEYS from {}", settings_file(cms)),
        Change::Unblock { user } => unblock(cms, user),
        Change::AddUser { contact_id, .. } => {
            format!("civicrm/contact/view/useradd?reset=1&action=add&cid={contact_id}")
        }
        Change::LinkUser { .. } => {
            "civicrm/admin/synchUser (Synchronize Users to Contacts)".to_owned()
        }
        Change::AddContact(id) => format!("cv api4 Contact.get +s id,is_deleted +w id={id}"),
        Change::KeepKey(id) => {
            let mut keys = site.facts.keys.iter().flat_map(|(_, keys)| keys);
            let owner = keys.find(|key| key.key_id == *id).map(|key| key.owner);
            set_key(owner.and_then(|owner| api_key::contact_of(site, owner)))
        }
    }]
}

/// Gives a contact an API key.
pub(super) fn set_key(contact_id: Option<i64>) -> String {
    format!("cv api4 Contact.update +w id={} +v api_key=KEY", contact(contact_id))
}

/// Makes a token for a contact.
pub(super) fn new_token(contact_id: Option<i64>) -> String {
    format!("cv api4 AuthxCredential.create contactId={} ttl=3600", contact(contact_id))
}

fn contact(id: Option<i64>) -> String {
    id.map_or("CONTACT".to_owned(), |id| id.to_string())
}

fn vset(name: &str, words: &[String]) -> String {
    let list = serde_json::Value::from(words.to_vec());
    format!("cv vset {}", quoted(&format!("{name}={list}")))
}

/// A permission for a role: the one that is named, or one that the user has; else one to be given.
fn grant(site: Site<'_>, to: &Grantee, permission: &str) -> Vec<String> {
    let cms = site.policy.cms;
    match to {
        Grantee::Role(role) => vec![grant_role(cms, role, permission)],
        Grantee::User(name) => {
            match site.facts.user_named(name).and_then(|user| user.roles.first()) {
                Some(role) => vec![grant_role(cms, role, permission)],
                None if cms == Cms::WordPress => {
                    vec![named("wp user add-cap", name, &quoted(&permission.replace(' ', "_")))]
                }
                None => {
                    let grant = grant_role(cms, "ROLE", permission);
                    [Some(grant), assign(cms, name)].into_iter().flatten().collect()
                }
            }
        }
    }
}

fn grant_role(cms: Cms, role: &str, permission: &str) -> String {
    let role = match (role, cms) {
        ("anonymous", Cms::Drupal7) => "anonymous user",
        ("anonymous", Cms::WordPress) => "anonymous_user",
        ("anonymous", Cms::Standalone) => "everyone",
        ("anonymous", Cms::Joomla) => "Public",
        (role, _) => role,
    };
    let (role_word, word) = (quoted(role), quoted(permission));
    let underscored = permission.replace(' ', "_");
    match cms {
        Cms::Drupal => format!("drush role:perm:add {role_word} {word}"),
        Cms::Drupal7 => format!("drush role-add-perm {role_word} {word}"),
        Cms::Backdrop => format!("bee role-add-perm {word} {role_word}"),
        Cms::WordPress => format!("wp cap add {role_word} {}", quoted(&underscored)),
        Cms::Joomla => format!(
            "Components › CiviCRM › Options › Permissions: allow civicrm.{underscored} for {role}"
        ),
        Cms::Standalone => {
            let (name, granted) =
                (quoted(&format!("name={permission}")), quoted(&format!("granted_{role}=1")));
            format!("cv api4 RolePermission.update +w {name} +v {granted}")
        }
    }
}

/// Gives a user the role.
fn assign(cms: Cms, user: &str) -> Option<String> {
    match cms {
        Cms::Drupal => Some(format!("drush user:role:add ROLE {}", quoted(user))),
        Cms::Drupal7 => Some(format!("drush user-add-role ROLE {}", quoted(user))),
        Cms::Backdrop => Some(format!("bee user-add-role ROLE {}", quoted(user))),
        Cms::WordPress => None,
        Cms::Joomla => Some(format!("Users › Manage: put {user} into the group ROLE")),
        Cms::Standalone => Some(format!("Administer › Users and Permissions: give {user} ROLE")),
    }
}

fn unblock(cms: Cms, user: &str) -> String {
    match cms {
        Cms::Drupal => named("drush user:unblock", user, ""),
        Cms::Drupal7 => named("drush user-unblock", user, ""),
        Cms::Backdrop => named("bee user-unblock", user, ""),
        Cms::WordPress => format!("Users: activate {user}"),
        Cms::Joomla => format!("Users › Manage: enable {user}"),
        Cms::Standalone => {
            let name = quoted(&format!("username={user}"));
            format!("cv api4 User.update +w {name} +v is_active=1")
        }
    }
}

/// Gives a user a password.
pub(super) fn set_password(cms: Cms, user: &str) -> String {
    match cms {
        Cms::Drupal => named("drush user:password", user, "PASSWORD"),
        Cms::Drupal7 => named("drush user-password", user, "--password=PASSWORD"),
        Cms::Backdrop => named("bee user-password", user, "PASSWORD"),
        Cms::WordPress => named("wp user update", user, "--user_pass=PASSWORD"),
        Cms::Joomla => {
            let name = quoted(&format!("--username={user}"));
            format!("php cli/joomla.php user:reset-password {name} --password=PASSWORD")
        }
        Cms::Standalone => {
            let name = quoted(&format!("username={user}"));
            format!("cv api4 User.update +w {name} +v password=PASSWORD")
        }
    }
}

fn settings_file(cms: Cms) -> &'static str {
    match cms {
        Cms::Drupal | Cms::Drupal7 => "sites/SITE/civicrm.settings.php",
        Cms::Backdrop => "civicrm.settings.php",
        Cms::WordPress => "wp-content/uploads/civicrm/civicrm.settings.php",
        Cms::Joomla => {
            "both administrator/components/com_civicrm/civicrm.settings.php and \
             components/com_civicrm/civicrm.settings.php"
        }
        Cms::Standalone => "private/civicrm.settings.php",
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{on_site, set_password};
    use crate::verify::civicrm::site::Site;
    use crate::verify::{Change, Cms, Facts, Grantee, Policy, UserFact};

    fn said(cms: Cms, roles: &[&str], change: &Change) -> Vec<String> {
        let policy = Policy { cms, ..Policy::default() };
        let alice = UserFact {
            id: 2,
            name: "alice".into(),
            email: None,
            blocked: false,
            contact_id: None,
            roles: roles.iter().map(|role| (*role).to_owned()).collect(),
            grants: crate::verify::Grants::default(),
        };
        let facts = Facts { users: [(2, alice)].into(), ..Facts::default() };
        on_site(Site { policy: &policy, facts: &facts, now: 0 }, change)
    }

    fn grant() -> Change {
        let permission = "authenticate with api key".to_owned();
        Change::Grant { to: Grantee::User("alice".into()), permission }
    }

    #[test]
    fn every_cms_has_its_own_way_to_grant_and_to_set_a_password() {
        let ways: BTreeSet<_> = Cms::ALL.into_iter().map(|cms| said(cms, &[], &grant())).collect();
        assert_eq!(ways.len(), Cms::ALL.len());
        let ways: BTreeSet<_> =
            Cms::ALL.into_iter().map(|cms| set_password(cms, "alice")).collect();
        assert_eq!(ways.len(), Cms::ALL.len());
    }

    #[test]
    fn a_role_of_the_user_is_named_and_a_missing_one_is_given() {
        assert_eq!(
            said(Cms::Drupal, &["api admin"], &grant()),
            ["drush role:perm:add 'api admin' 'authenticate with api key'"]
        );
        assert_eq!(
            said(Cms::Drupal, &[], &grant()),
            [
                "drush role:perm:add ROLE 'authenticate with api key'",
                "drush user:role:add ROLE alice"
            ]
        );
        assert_eq!(
            said(Cms::WordPress, &[], &grant()),
            ["wp user add-cap alice authenticate_with_api_key"]
        );
    }

    #[test]
    fn lists_are_set_as_json() {
        let change =
            Change::Types { flow: "login".into(), types: vec!["jwt".into(), "pass".into()] };
        assert_eq!(
            said(Cms::WordPress, &[], &change),
            [r#"cv vset 'authx_login_cred=["jwt","pass"]'"#]
        );
    }
}

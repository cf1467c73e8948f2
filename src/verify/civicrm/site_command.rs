//! A change as a command of the site's CMS.
//!
//! Forms of the site's commands as their own sources have them: `cv` and `bee` of 2026-03, wp-cli of
//! civicrm-wordpress 2026-07, drush, and CiviCRM's settings screens.

use crate::verify::shell::{named, quoted};
use crate::verify::{Change, Cms, Grantee};

/// What the site is told; `None` where it has no way.
pub(super) fn on_site(cms: Cms, change: &Change) -> Option<String> {
    Some(match change {
        Change::Grant { to, permission } => grant(cms, to, permission),
        Change::Guards(words) => vset("authx_guards", words),
        Change::Types { flow, types } => vset(&format!("authx_{flow}_cred"), types),
        Change::UserMode { flow, mode } => {
            format!("cv vset {}", quoted(&format!("authx_{flow}_user={mode}")))
        }
        Change::SiteKey(Some(_)) => {
            format!("define('CIVICRM_SITE_KEY', '…'); in {}", settings_file(cms))
        }
        Change::SiteKey(None) => format!("remove CIVICRM_SITE_KEY from {}", settings_file(cms)),
        Change::Unblock { user } => unblock(cms, user),
        Change::AddUser { contact_id, .. } => {
            format!("civicrm/contact/view/useradd?reset=1&action=add&cid={contact_id}")
        }
        Change::LinkUser { .. } => {
            "civicrm/admin/synchUser (Synchronize Users to Contacts)".to_owned()
        }
        Change::AddContact(_) => return None,
        Change::KeepKey(_) => "cv api4 Contact.update +w id=CONTACT +v api_key=KEY".to_owned(),
    })
}

fn vset(name: &str, words: &[String]) -> String {
    let list = serde_json::Value::from(words.to_vec());
    format!("cv vset {}", quoted(&format!("{name}={list}")))
}

fn grant(cms: Cms, to: &Grantee, permission: &str) -> String {
    let role = match (to, cms) {
        (Grantee::User(_), _) => "ROLE".to_owned(),
        (Grantee::Role(role), Cms::Drupal7) if role == "anonymous" => "anonymous user".to_owned(),
        (Grantee::Role(role), Cms::WordPress) if role == "anonymous" => "anonymous_user".to_owned(),
        (Grantee::Role(role), Cms::Standalone) if role == "anonymous" => "everyone".to_owned(),
        (Grantee::Role(role), Cms::Joomla) if role == "anonymous" => "Public".to_owned(),
        (Grantee::Role(role), _) => role.clone(),
    };
    let (role_word, word) = (quoted(&role), quoted(permission));
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

fn unblock(cms: Cms, user: &str) -> String {
    match cms {
        Cms::Drupal => named("drush user:unblock", user, ""),
        Cms::Drupal7 => named("drush user-unblock", user, ""),
        Cms::Backdrop => format!("admin/people: unblock {user}"),
        Cms::WordPress => format!("Users: activate {user}"),
        Cms::Joomla => format!("Users › Manage: enable {user}"),
        Cms::Standalone => {
            let name = quoted(&format!("username={user}"));
            format!("cv api4 User.update +w {name} +v is_active=1")
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
    use super::on_site;
    use crate::verify::{Change, Cms, Grantee};

    #[test]
    fn every_cms_has_its_own_way_to_grant() {
        let permission = "authenticate with api key".to_owned();
        let change = Change::Grant { to: Grantee::User("alice".into()), permission };
        let ways: std::collections::BTreeSet<_> =
            Cms::ALL.into_iter().map(|cms| on_site(cms, &change)).collect();
        assert_eq!(ways.len(), Cms::ALL.len());
        assert_eq!(
            on_site(Cms::Drupal, &change).as_deref(),
            Some("drush role:perm:add ROLE 'authenticate with api key'")
        );
    }

    #[test]
    fn lists_are_set_as_json() {
        let change =
            Change::Types { flow: "login".into(), types: vec!["jwt".into(), "pass".into()] };
        let site = on_site(Cms::WordPress, &change);
        assert_eq!(site.as_deref(), Some(r#"cv vset 'authx_login_cred=["jwt","pass"]'"#));
    }
}

//! What the remedies of both systems say alike: a change in words, its command here, and sentences.

use super::shell::{named, option, quoted};
use super::{Change, Grantee};

impl Change {
    /// What to do, in the imperative.
    pub(super) fn text(&self) -> String {
        match self {
            Self::Grant { to: Grantee::User(name), permission } => {
                format!("grant {name} the permission `{permission}`")
            }
            Self::Grant { to: Grantee::Role(name), permission } => {
                format!("grant the role {name} the permission `{permission}`")
            }
            Self::Guards(words) => format!("set the guards to {}", words.join(", ")),
            Self::Types { flow, types } => {
                format!("let the flow {flow} accept {}", types.join(", "))
            }
            Self::UserMode { flow, mode } => {
                format!("set the user mode of the flow {flow} to {mode}")
            }
            Self::SiteKey(Some(_)) => "define a site key".to_owned(),
            Self::SiteKey(None) => "undefine the site key".to_owned(),
            Self::SignKey(Some(_)) => "define a signing key".to_owned(),
            Self::SignKey(None) => "undefine the signing keys, which cannot be used".to_owned(),
            Self::Unblock { user } => format!("unblock {user}"),
            Self::AddUser { contact_id, .. } => format!("give contact {contact_id} a user"),
            Self::LinkUser { user } => format!("link {user} to an existing contact"),
            Self::AddContact(id) => format!("add contact {id}, if it exists on the site"),
            Self::KeepKey(id) => format!("take the expiry of key {id} away"),
        }
    }

    /// What authctl is told.
    pub(super) fn authctl(&self) -> String {
        match self {
            Self::Grant { to: Grantee::User(name), permission } => {
                format!("authctl perm grant {} {}", option("--user", name), quoted(permission))
            }
            Self::Grant { to: Grantee::Role(name), permission } => {
                format!("authctl perm grant {} {}", option("--role", name), quoted(permission))
            }
            Self::Guards(words) => {
                format!(
                    "authctl guard set {}",
                    words.iter().map(|word| quoted(word)).collect::<Vec<_>>().join(" ")
                )
            }
            Self::Types { flow, types } => {
                format!("authctl flow set {} --cred {}", quoted(flow), quoted(&types.join(",")))
            }
            Self::UserMode { flow, mode } => {
                format!("authctl flow set {} --user-mode {}", quoted(flow), quoted(mode))
            }
            Self::SiteKey(Some(_)) => "authctl site-key generate".to_owned(),
            Self::SiteKey(None) => "authctl site-key unset".to_owned(),
            Self::SignKey(Some(_)) => "authctl jwt key add --generate".to_owned(),
            Self::SignKey(None) => {
                r#"echo '{"authctl":1,"civicrm":{"sign_keys":null}}' | authctl apply -"#.to_owned()
            }
            Self::Unblock { user } => named("authctl user unblock", user, ""),
            Self::AddUser { user, contact_id } => {
                named("authctl user add", user, &format!("--contact {contact_id}"))
            }
            Self::LinkUser { user } => named("authctl user set", user, "--contact CONTACT"),
            Self::AddContact(id) => format!("authctl contact add {id}"),
            Self::KeepKey(id) => format!("authctl key set {id} --no-expires"),
        }
    }
}

/// One sentence of things to do.
pub(super) fn sentence(texts: &[String]) -> String {
    let text = texts.join(", and ");
    let mut characters = text.chars();
    let first = characters.next().map(|first| first.to_uppercase().to_string());
    first.unwrap_or_default() + characters.as_str() + "."
}

#[cfg(test)]
mod tests {
    use super::{Change, Grantee};

    #[test]
    fn changes_are_commands_that_can_be_pasted() {
        let permission = "authenticate with api key".to_owned();
        let change = Change::Grant { to: Grantee::User("alice".into()), permission };
        assert_eq!(change.authctl(), "authctl perm grant --user alice 'authenticate with api key'");
        let types = vec!["jwt".into(), "pass".into()];
        let change = Change::Types { flow: "login".into(), types };
        assert_eq!(change.authctl(), "authctl flow set login --cred jwt,pass");
    }
}

//! The site as the stages see it: settings with the release's defaults, users and contacts.
//!
//! Settings: `ext/authx/settings/authx.setting.php`; users and contacts: `CRM_Core_BAO_UFMatch`.

use std::borrow::Cow;

use super::setting;
use super::trace::Refusal;
use crate::verify::{Cms, ContactFact, Facts, Policy, Release, SettingValue, UserFact};

/// Everything that an attempt is judged against.
#[derive(Clone, Copy)]
pub(super) struct Site<'a> {
    pub(super) policy: &'a Policy,
    pub(super) facts: &'a Facts,
    pub(super) now: i64,
}

/// A stored list of words. A site can also hold a text there, on which upstream's `in_array` dies.
pub(super) enum Words<'a> {
    /// A list.
    List(Cow<'a, [String]>),
    /// A text that is not empty.
    Text(&'a str),
}

impl<'a> Words<'a> {
    fn read(stored: Option<&'a SettingValue>, default: &[&str]) -> Self {
        match stored {
            Some(SettingValue::List(words)) => Self::List(Cow::Borrowed(words)),
            Some(SettingValue::Text(text)) if text.is_empty() || text == "0" => {
                Self::List(Cow::Borrowed(&[]))
            }
            Some(SettingValue::Text(text)) => Self::Text(text),
            None => Self::List(default.iter().map(|word| (*word).to_owned()).collect()),
        }
    }

    /// PHP's `empty()`.
    pub(super) fn is_empty(&self) -> bool {
        matches!(self, Self::List(words) if words.is_empty())
    }

    /// The words, as upstream's `in_array` wants them.
    pub(super) fn list(&self) -> Result<&[String], Refusal> {
        match self {
            Self::List(words) => Ok(words),
            Self::Text(_) => Err(Refusal::type_error(
                "in_array(): Argument #2 ($haystack) must be of type array, string given",
            )),
        }
    }

    /// The words for people.
    pub(super) fn shown(&self) -> String {
        match self {
            Self::List(words) if words.is_empty() => "nothing".to_owned(),
            Self::List(words) => words.join(", "),
            Self::Text(text) => format!("the text `{text}`, not a list"),
        }
    }
}

/// `authx_<flow>_user`, as the `switch` of `checkPolicy` reads it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum UserMode {
    /// Never load the user.
    Ignore,
    /// Load it when there is one; also every unknown word.
    Optional,
    /// Refuse contacts without one.
    Require,
}

impl<'a> Site<'a> {
    fn setting(self, name: &str) -> Option<&'a SettingValue> {
        self.policy.civicrm.settings.get(name)
    }

    /// `authx_<flow>_cred`.
    pub(super) fn allowed_types(self, flow: &str) -> Words<'a> {
        Words::read(
            self.setting(&format!("authx_{flow}_cred")),
            setting::default_types(flow, self.policy.civicrm.release),
        )
    }

    /// The word of `authx_<flow>_user`.
    pub(super) fn user_mode_word(self, flow: &str) -> &'a str {
        match self.setting(&format!("authx_{flow}_user")) {
            Some(SettingValue::Text(word)) => word,
            Some(SettingValue::List(_)) => "optional",
            None => setting::default_user_mode(flow),
        }
    }

    /// `authx_<flow>_user`.
    pub(super) fn user_mode(self, flow: &str) -> UserMode {
        match self.user_mode_word(flow) {
            "ignore" => UserMode::Ignore,
            "require" => UserMode::Require,
            _ => UserMode::Optional,
        }
    }

    /// `authx_guards`.
    pub(super) fn guards(self) -> Words<'a> {
        Words::read(self.setting("authx_guards"), setting::GUARDS)
    }

    /// Whether the release behaves as `release` and later do.
    pub(super) fn since(self, release: Release) -> bool {
        self.policy.civicrm.release >= release
    }

    /// Whether a login of a blocked user is refused: since 6.11, where the CMS tells.
    pub(super) fn reports_blocked(self) -> bool {
        let told = self.policy.cms == Cms::Drupal;
        self.since(Release::V6_13) && self.policy.civicrm.reports_blocked.unwrap_or(told)
    }

    /// Whether the CMS itself refuses a blocked user's password.
    pub(super) fn password_rejects_blocked(self) -> bool {
        let refuses = matches!(self.policy.cms, Cms::Joomla | Cms::Standalone);
        self.policy.civicrm.password_rejects_blocked.unwrap_or(refuses)
    }

    /// A user by id.
    pub(super) fn user(self, id: i64) -> Option<&'a UserFact> {
        self.facts.users.get(&id)
    }

    /// A contact by id, if it exists.
    pub(super) fn contact(self, id: i64) -> Option<&'a ContactFact> {
        self.facts.contacts.get(&id)
    }

    /// The contact that a user is linked to; it need not exist.
    pub(super) fn contact_of_user(self, id: i64) -> Option<i64> {
        self.user(id)?.contact_id
    }

    /// The user that a contact is linked to.
    pub(super) fn user_of_contact(self, id: i64) -> Option<i64> {
        self.facts.user_of_contact(id).map(|user| user.id)
    }

    /// A user's name, or its number when the store does not know it.
    pub(super) fn user_name(self, id: i64) -> String {
        self.user(id).map_or_else(|| format!("user {id}"), |user| user.name.clone())
    }
}

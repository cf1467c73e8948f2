//! What the site is set to: the settings, secrets and built-in roles that a decision reads.

use std::collections::BTreeMap;

use super::facts::Grants;
use crate::credential::Secret;

/// Everything a decision needs that does not depend on the request.
#[derive(Clone, Debug, Default)]
pub struct Policy {
    /// The site's address, without a trailing slash, when it is known.
    pub base_url: Option<String>,
    /// The content management system.
    pub cms: Cms,
    /// What anonymous visitors may do.
    pub anonymous: Grants,
    /// What every logged-in user may do.
    pub authenticated: Grants,
    /// `super_user`: whether user 1 of Drupal and Backdrop passes every permission.
    pub super_user: bool,
    /// CiviCRM's side.
    pub civicrm: CiviCrmPolicy,
    /// Drupal's side.
    pub drupal: DrupalPolicy,
}

/// The systems that CiviCRM runs on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Cms {
    /// Drupal 8 and later.
    #[default]
    Drupal,
    /// Drupal 7.
    Drupal7,
    /// Backdrop.
    Backdrop,
    /// WordPress.
    WordPress,
    /// Joomla.
    Joomla,
    /// CiviCRM Standalone.
    Standalone,
}

impl Cms {
    /// Every system, in the order of the documentation.
    pub const ALL: [Self; 6] = [
        Self::Drupal,
        Self::Drupal7,
        Self::Backdrop,
        Self::WordPress,
        Self::Joomla,
        Self::Standalone,
    ];

    /// The name in documents and settings.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Drupal => "drupal",
            Self::Drupal7 => "drupal7",
            Self::Backdrop => "backdrop",
            Self::WordPress => "wordpress",
            Self::Joomla => "joomla",
            Self::Standalone => "standalone",
        }
    }
}

/// CiviCRM's settings and secrets.
#[derive(Clone, Debug, Default)]
pub struct CiviCrmPolicy {
    /// The behaviour level.
    pub release: Release,
    /// How `civicrm_contact.api_key` compares.
    pub collation: Collation,
    /// `CIVICRM_SITE_KEY`: `None` is undefined, empty is defined and empty.
    pub site_key: Option<Secret>,
    /// The text of `CIVICRM_SIGN_KEYS`: `None` is undefined.
    pub sign_keys: Option<Secret>,
    /// Stored settings by upstream's names (`authx_guards`, `authx_header_cred`, …).
    /// An absent one has the release's default.
    pub settings: BTreeMap<String, SettingValue>,
    /// Overrides the CMS's rule on reporting blocked users.
    pub reports_blocked: Option<bool>,
    /// Overrides the CMS's rule on passwords of blocked users.
    pub password_rejects_blocked: Option<bool>,
}

/// A stored setting as the site keeps it. Unknown words are kept: upstream keeps them too.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(untagged)]
pub enum SettingValue {
    /// A list of words.
    List(Vec<String>),
    /// One word.
    Text(String),
}

/// The behaviour levels of AuthX that can be judged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Release {
    /// CiviCRM 5.79.
    V5_79,
    /// CiviCRM 6.10.
    V6_10,
    /// CiviCRM 6.13.
    V6_13,
    /// CiviCRM 6.14.
    #[default]
    V6_14,
}

impl Release {
    /// Every level, newest first.
    pub const ALL: [Self; 4] = [Self::V6_14, Self::V6_13, Self::V6_10, Self::V5_79];

    /// The level's name in documents and settings.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::V5_79 => "5.79",
            Self::V6_10 => "6.10",
            Self::V6_13 => "6.13",
            Self::V6_14 => "6.14",
        }
    }
}

/// How the database compares API keys.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Collation {
    /// Case, accents and trailing spaces are ignored (MySQL's default).
    #[default]
    CaseInsensitive,
    /// Byte for byte (a `_bin` collation).
    Binary,
}

impl Collation {
    /// The name in documents and settings.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::CaseInsensitive => "ci",
            Self::Binary => "bin",
        }
    }
}

/// Drupal's settings, as exported, and what authctl keeps beside them.
#[derive(Clone, Debug, Default)]
pub struct DrupalPolicy {
    /// `drupal.module`, the behaviour level's name: `guide` or a release of the module.
    pub module: String,
    /// Drupal core's version, such as `10.3`; empty when unset.
    pub core: String,
    /// `rest_api_authentication.settings` as exported, without its secrets.
    pub settings: serde_json::Map<String, serde_json::Value>,
    /// The state of the module's universal key.
    pub api_token: ApiToken,
    /// The key that the state was read from.
    pub api_token_key: Option<ApiTokenKey>,
    /// `rest.resource.*` as exported.
    pub resources: Vec<serde_json::Value>,
    /// Applications by id, as exported in `settings.applications`.
    pub applications: serde_json::Map<String, serde_json::Value>,
    /// `key_auth.settings` as exported, when that module is on.
    pub key_auth: Option<serde_json::Value>,
    /// `jsonapi.settings` → `read_only`.
    pub jsonapi_read_only: bool,
    /// PHP's `output_buffering`, in bytes.
    pub output_buffering: i64,
}

/// The state of `rest_api_authentication.settings` → `api_token`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ApiToken {
    /// Never generated: the setting is absent.
    #[default]
    Absent,
    /// Set to the empty text.
    Empty,
    /// Set; its text is found among the keys.
    Set,
}

/// The key of authctl's that stands for the setting `api_token`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ApiTokenKey {
    /// Its number.
    pub id: i64,
    /// When it expires, in Unix seconds.
    pub expires_at: Option<i64>,
}

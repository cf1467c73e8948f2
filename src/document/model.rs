//! What a policy document can say, field by field.
//!
//! Every field may be left out. Fields of ours that are misspelt are refused; what other software
//! exports ([`Export`], [`ExportedObject`]) is kept whole.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::export::{Export, ExportedObject};
use super::field::Field;
use super::place::At;
use super::secret_text::{Password, SecretText};
use super::time::Moment;
use super::word::Word;
use crate::store::Status;
use crate::verify::{Cms, Collation, Release};

/// A policy document.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Document {
    /// The file it was read from, for messages.
    #[serde(skip)]
    pub(crate) file: String,
    /// The version of the form; absent is 1, the only one.
    #[serde(skip_serializing_if = "Field::is_kept")]
    pub(crate) authctl: Field<At<u64>>,
    /// Facts of the site.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) site: Option<Site>,
    /// `CiviCRM`'s settings and secrets.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) civicrm: Option<CiviCrm>,
    /// Drupal's configuration.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) drupal: Option<Drupal>,
    /// Roles.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) roles: Vec<Role>,
    /// CMS accounts.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) users: Vec<User>,
    /// `CiviCRM` contacts.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) contacts: Vec<Contact>,
    /// Keys of nobody in particular: Drupal, level `guide`.
    #[serde(skip_serializing_if = "Field::is_kept")]
    pub(crate) universal_keys: Field<Vec<KeyEntry>>,
}

/// `site`
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Site {
    /// The site's address.
    #[serde(skip_serializing_if = "Field::is_kept")]
    pub(crate) base_url: Field<At<String>>,
    /// The content management system.
    #[serde(skip_serializing_if = "Field::is_kept")]
    pub(crate) cms: Field<Word<Cms>>,
}

/// `civicrm`
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct CiviCrm {
    /// The behaviour level.
    #[serde(skip_serializing_if = "Field::is_kept")]
    pub(crate) release: Field<Word<Release>>,
    /// How API keys compare.
    #[serde(skip_serializing_if = "Field::is_kept")]
    pub(crate) api_key_collation: Field<Word<Collation>>,
    /// `CIVICRM_SITE_KEY`; unset is undefined.
    #[serde(skip_serializing_if = "Field::is_kept")]
    pub(crate) site_key: Field<At<SecretText>>,
    /// The text of `CIVICRM_SIGN_KEYS`; unset is undefined.
    #[serde(skip_serializing_if = "Field::is_kept")]
    pub(crate) sign_keys: Field<At<SecretText>>,
    /// Stored settings by upstream's names; an unset one has the release's default.
    #[serde(skip_serializing_if = "Field::is_kept")]
    pub(crate) settings: Field<BTreeMap<String, Field<At<Export>>>>,
    /// What the site does otherwise than its CMS does.
    #[serde(skip_serializing_if = "Field::is_kept")]
    pub(crate) cms_overrides: Field<CmsOverrides>,
}

/// `civicrm.cms_overrides`
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct CmsOverrides {
    /// Whether blocked users are reported.
    #[serde(skip_serializing_if = "Field::is_kept")]
    pub(crate) reports_blocked: Field<bool>,
    /// Whether the password of a blocked user fails.
    #[serde(skip_serializing_if = "Field::is_kept")]
    pub(crate) password_rejects_blocked: Field<bool>,
}

/// `drupal`
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Drupal {
    /// The behaviour level.
    #[serde(skip_serializing_if = "Field::is_kept")]
    pub(crate) module: Field<At<String>>,
    /// `rest_api_authentication.settings`, as exported.
    #[serde(skip_serializing_if = "Field::is_kept")]
    pub(crate) settings: Field<At<ExportedObject>>,
    /// `rest.resource.*`, as exported.
    #[serde(skip_serializing_if = "Field::is_kept")]
    pub(crate) resources: Field<Vec<At<ExportedObject>>>,
    /// `user.role.*`, as exported.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) roles: Vec<At<ExportedObject>>,
    /// The version of core, such as `10.3`.
    #[serde(skip_serializing_if = "Field::is_kept")]
    pub(crate) core: Field<At<String>>,
    /// Whether user 1 passes every permission.
    #[serde(skip_serializing_if = "Field::is_kept")]
    pub(crate) super_user: Field<bool>,
    /// `key_auth.settings`, as exported; unset when that module is off.
    #[serde(skip_serializing_if = "Field::is_kept")]
    pub(crate) key_auth: Field<ExportedObject>,
    /// `jsonapi.settings` → `read_only`.
    #[serde(skip_serializing_if = "Field::is_kept")]
    pub(crate) jsonapi_read_only: Field<bool>,
    /// PHP's `output_buffering`, in bytes.
    #[serde(skip_serializing_if = "Field::is_kept")]
    pub(crate) output_buffering: Field<i64>,
}

/// An entry of `roles`.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Role {
    /// The machine name.
    pub(crate) name: At<String>,
    /// The name for people.
    #[serde(default, skip_serializing_if = "Field::is_kept")]
    pub(crate) label: Field<String>,
    /// Whether it passes every permission.
    #[serde(default, skip_serializing_if = "Field::is_kept")]
    pub(crate) admin: Field<bool>,
    /// Permissions by machine name.
    #[serde(default, skip_serializing_if = "Field::is_kept")]
    pub(crate) permissions: Field<Vec<At<String>>>,
}

/// An entry of `users`.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct User {
    /// The account's name.
    pub(crate) name: At<String>,
    /// Its id in the CMS; given out when absent.
    #[serde(default, skip_serializing_if = "Field::is_kept")]
    pub(crate) id: Field<At<i64>>,
    /// Its e-mail address.
    #[serde(default, skip_serializing_if = "Field::is_kept")]
    pub(crate) email: Field<String>,
    /// Whether it is blocked; unset is active.
    #[serde(default, skip_serializing_if = "Field::is_kept")]
    pub(crate) status: Field<Word<Status>>,
    /// The contact it is linked to, which need not exist.
    #[serde(default, skip_serializing_if = "Field::is_kept")]
    pub(crate) contact_id: Field<At<i64>>,
    /// Its roles by machine name.
    #[serde(default, skip_serializing_if = "Field::is_kept")]
    pub(crate) roles: Field<Vec<At<String>>>,
    /// Permissions granted to it alone.
    #[serde(default, skip_serializing_if = "Field::is_kept")]
    pub(crate) permissions: Field<Vec<At<String>>>,
    /// Its password.
    #[serde(default, skip_serializing_if = "Field::is_kept")]
    pub(crate) password: Field<At<Password>>,
    /// Its API keys.
    #[serde(default, skip_serializing_if = "Field::is_kept")]
    pub(crate) keys: Field<Vec<KeyEntry>>,
}

/// An entry of `contacts`.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Contact {
    /// The contact's id.
    pub(crate) id: At<i64>,
    /// Whether it is in the trash.
    #[serde(default, skip_serializing_if = "Field::is_kept")]
    pub(crate) deleted: Field<bool>,
    /// Its API keys.
    #[serde(default, skip_serializing_if = "Field::is_kept")]
    pub(crate) keys: Field<Vec<KeyEntry>>,
}

/// An API key.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct KeyEntry {
    /// Its text, or what the store keeps of it.
    pub(crate) key: At<SecretText>,
    /// What the administrator calls it.
    #[serde(default, skip_serializing_if = "Field::is_kept")]
    pub(crate) label: Field<String>,
    /// From when on it is expired.
    #[serde(default, skip_serializing_if = "Field::is_kept")]
    pub(crate) expires: Field<Moment>,
    /// When it was revoked.
    #[serde(default, skip_serializing_if = "Field::is_kept")]
    pub(crate) revoked: Field<Moment>,
    /// Whether its text is kept, sealed, so that it can be shown again.
    #[serde(default, skip_serializing_if = "Field::is_kept")]
    pub(crate) recoverable: Field<bool>,
}

//! Facts about the sites: a closed list of names with their defaults, and two open families of what the
//! sites' own software keeps (`civicrm.settings.*`, `drupal.settings.*`).
//!
//! Only what differs from being absent is stored. What Drupal's module keeps is one object, as it is
//! exported: `drupal.settings`, and `drupal.settings.NAME` are its fields. Secrets are never settings
//! (`secret`).

use std::collections::BTreeMap;

use rusqlite::types::Type;
use rusqlite::{Row, named_params};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::{Change, Error, Reader};
use crate::verify::{Cms, Collation, Release, SettingValue};

/// A setting that authctl itself knows.
#[derive(Clone, Copy, Debug)]
pub(crate) struct KnownSetting {
    /// Its name.
    pub(crate) name: &'static str,
    /// What it takes.
    pub(crate) kind: SettingKind,
    /// What is so while it is absent, as JSON.
    default: &'static str,
}

/// What a setting takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SettingKind {
    /// Any text.
    Text,
    /// The address of a site.
    Address,
    /// The version of a program, such as `10.3`.
    Version,
    /// One of these.
    Choice(&'static [&'static str]),
    /// Yes or no.
    Bool,
    /// A whole number.
    Integer,
    /// One of these numbers; where they are 0 and 1, words for no and yes are read too.
    Number(&'static [i64]),
    /// An object, as another program exports it.
    Object,
    /// A word or a list of words, as CiviCRM stores it.
    Words,
    /// A list of words. A site may hold a text in its place, which upstream fails at.
    List,
    /// Whatever another extension of CiviCRM stores.
    Any,
}

/// The releases of Drupal's module that can be judged, and the documented product.
pub(crate) const MODULES: &[&str] = &["guide", "2.1.0", "2.0.18", "2.0.16", "8.x-1.13"];

const CMSS: &[&str] = &{
    let [a, b, c, d, e, f] = Cms::ALL;
    [a.name(), b.name(), c.name(), d.name(), e.name(), f.name()]
};
const RELEASES: &[&str] = &{
    let [a, b, c, d] = Release::ALL;
    [a.name(), b.name(), c.name(), d.name()]
};
const COLLATIONS: &[&str] = &[Collation::CaseInsensitive.name(), Collation::Binary.name()];

/// The family of CiviCRM's own settings, by upstream's names.
pub(crate) const CIVICRM_SETTINGS: &str = "civicrm.settings.";

/// The object of Drupal's module.
const DRUPAL_OBJECT: &str = "drupal.settings";

/// The family of its fields.
pub(crate) const DRUPAL_SETTINGS: &str = "drupal.settings.";

/// How Drupal's forms store a tick.
const TICK: SettingKind = SettingKind::Number(&[0, 1]);

/// How the names of those begin that are AuthX's.
pub(crate) const AUTHX: &str = "authx_";

/// The one that lists the guards.
const GUARDS: &str = "authx_guards";

/// The settings with names of authctl's own.
pub(crate) const KNOWN_SETTINGS: &[KnownSetting] = &[
    known("site.base_url", SettingKind::Address, "null"),
    known("site.cms", SettingKind::Choice(CMSS), "\"drupal\""),
    known("civicrm.release", SettingKind::Choice(RELEASES), "\"6.14\""),
    known("civicrm.api_key_collation", SettingKind::Choice(COLLATIONS), "\"ci\""),
    known("civicrm.cms_overrides.reports_blocked", SettingKind::Bool, "null"),
    known("civicrm.cms_overrides.password_rejects_blocked", SettingKind::Bool, "null"),
    known("drupal.module", SettingKind::Choice(MODULES), "\"guide\""),
    known("drupal.core", SettingKind::Version, "\"10.3\""),
    known("drupal.super_user", SettingKind::Bool, "true"),
    known("drupal.jsonapi_read_only", SettingKind::Bool, "true"),
    known("drupal.output_buffering", SettingKind::Integer, "4096"),
    known("drupal.key_auth", SettingKind::Object, "null"),
    known(DRUPAL_OBJECT, SettingKind::Object, "{}"),
    known("drupal.settings.enable_authentication", TICK, "0"),
    known("drupal.settings.authentication_method", SettingKind::Number(&[0, 1, 2, 3, 4]), "null"),
    known("drupal.settings.rest_api_auth_type", TICK, "null"),
    known("drupal.settings.default_application_id", SettingKind::Text, "null"),
    known("drupal.settings.custom_header", SettingKind::Text, "null"),
    known("drupal.settings.ip_access_type", TICK, "null"),
    known("drupal.settings.list_of_ips", SettingKind::Text, "null"),
    known("drupal.settings.list_of_apis", SettingKind::Text, "null"),
    known("drupal.settings.rolebased_restrict_map_array", SettingKind::Any, "null"),
];

const fn known(name: &'static str, kind: SettingKind, default: &'static str) -> KnownSetting {
    KnownSetting { name, kind, default }
}

impl KnownSetting {
    /// The setting of that name, if it is a known one.
    pub(crate) fn named(name: &str) -> Option<&'static Self> {
        KNOWN_SETTINGS.iter().find(|known| known.name == name)
    }

    /// What is so while the setting is absent.
    pub(crate) fn default(&self) -> Value {
        serde_json::from_str(self.default).unwrap_or_default()
    }
}

impl SettingKind {
    /// What a setting takes, by its name.
    pub(crate) fn of(name: &str) -> Result<Self, Error> {
        if let Some(known) = KnownSetting::named(name) {
            return Ok(known.kind);
        }
        let upstream = name.strip_prefix(CIVICRM_SETTINGS).filter(|rest| !rest.is_empty());
        match (upstream, module_field(name)) {
            (Some(name), _) if name == GUARDS || is_types(name) => Ok(Self::List),
            (Some(name), _) if name.starts_with(AUTHX) => Ok(Self::Words),
            (None, None) => Err(Error::UnknownSetting(name.to_owned())),
            _ => Ok(Self::Any),
        }
    }

    /// Reads a value as a person types it: a list of words is separated by commas. For a text in the place
    /// of a list it takes JSON: `"perm"`.
    pub(crate) fn parse(self, text: &str) -> Value {
        match self {
            Self::Text | Self::Address | Self::Version | Self::Choice(_) => text.into(),
            Self::Number([0, 1]) if matches!(text, "true" | "on" | "yes") => json!(1),
            Self::Number([0, 1]) if matches!(text, "false" | "off" | "no") => json!(0),
            Self::Bool | Self::Integer | Self::Number(_) | Self::Object | Self::Any => {
                serde_json::from_str(text).unwrap_or_else(|_| text.into())
            }
            Self::List if text.starts_with(['[', '"']) => {
                serde_json::from_str(text).unwrap_or_else(|_| text.into())
            }
            Self::List => words(text).filter(|word| !word.is_empty()).map(Value::from).collect(),
            Self::Words if text.contains(',') => words(text).map(Value::from).collect(),
            Self::Words => serde_json::from_str::<Vec<String>>(text)
                .map_or_else(|_| text.into(), |words| json!(words)),
        }
    }

    /// Whether it may have that value.
    pub(crate) fn takes(self, value: &Value) -> bool {
        match self {
            Self::Text => value.is_string(),
            Self::Address => value.as_str().is_some_and(is_address),
            Self::Version => value.as_str().is_some_and(is_version),
            Self::Choice(names) => value.as_str().is_some_and(|text| names.contains(&text)),
            Self::Bool => value.is_boolean(),
            Self::Integer => value.is_i64(),
            Self::Number(numbers) => value.as_i64().is_some_and(|number| numbers.contains(&number)),
            Self::Object => value.is_object(),
            Self::Words | Self::List => SettingValue::deserialize(value).is_ok(),
            Self::Any => true,
        }
    }

    /// What it takes, in words.
    pub(crate) fn expected(self) -> String {
        match self {
            Self::Text => "text".into(),
            Self::Address => "the site's address, such as `https://crm.example.org`".into(),
            Self::Version => "a version, such as `10.3`".into(),
            Self::Choice(names) => format!("one of {}", names.join(", ")),
            Self::Bool => "true or false".into(),
            Self::Integer => "a whole number".into(),
            Self::Number(numbers) => {
                let numbers: Vec<_> = numbers.iter().map(ToString::to_string).collect();
                format!("one of {}", numbers.join(", "))
            }
            Self::Object => "an object".into(),
            Self::Words => "a word or a list of words".into(),
            Self::List => "a list of words".into(),
            Self::Any => "anything".into(),
        }
    }
}

/// Whether one of CiviCRM's settings lists the credential types of a flow.
fn is_types(name: &str) -> bool {
    name.strip_prefix(AUTHX).is_some_and(|rest| rest.ends_with("_cred"))
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(',').map(str::trim)
}

/// Whether a text is the address of a site. A name and a password in it would be kept in clear.
fn is_address(text: &str) -> bool {
    let names_nobody = |url: &url::Url| url.username().is_empty() && url.password().is_none();
    let parsed = url::Url::parse(text);
    let is_site = |url: &url::Url| matches!(url.scheme(), "http" | "https") && url.has_host();
    parsed.is_ok_and(|url| is_site(&url) && names_nobody(&url))
        && !text.contains(|c: char| c.is_whitespace() || c.is_control())
}

/// Whether a text is a version: it begins with a number.
fn is_version(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-+".contains(&byte))
}

impl Reader<'_> {
    /// A setting as it is stored.
    pub(crate) fn stored_setting(&self, name: &str) -> Result<Option<Value>, Error> {
        if let Some(field) = module_field(name) {
            return Ok(self.module_fields()?.remove(field).filter(|value| !value.is_null()));
        }
        let sql = "SELECT name, value FROM setting WHERE name = :name";
        let found = self.one(sql, named_params! { ":name": name }, from_row)?;
        Ok(found.map(|(_, value)| value))
    }

    /// The fields of the module's object.
    fn module_fields(&self) -> Result<Map<String, Value>, Error> {
        Ok(match self.stored_setting(DRUPAL_OBJECT)? {
            Some(Value::Object(fields)) => fields,
            _ => Map::new(),
        })
    }

    /// A setting, or what is so while it is absent (null where that hangs on the release).
    pub(crate) fn setting(&self, name: &str) -> Result<Value, Error> {
        let stored = self.stored_setting(name)?;
        Ok(stored
            .or_else(|| KnownSetting::named(name).map(KnownSetting::default))
            .unwrap_or_default())
    }

    /// All that is stored, by name.
    pub(crate) fn stored_settings(&self) -> Result<BTreeMap<String, Value>, Error> {
        self.all("SELECT name, value FROM setting ORDER BY name", (), from_row)
    }
}

impl Change<'_> {
    /// Stores a setting; answers whether that changed anything. Null makes it absent.
    pub(crate) fn set_setting(&mut self, name: &str, value: &Value) -> Result<bool, Error> {
        let kind = SettingKind::of(name)?;
        if !value.is_null() && !kind.takes(value) {
            return Err(Error::BadSetting { name: name.to_owned(), expected: kind.expected() });
        }
        if let Some(field) = module_field(name) {
            let mut fields = self.read().module_fields()?;
            if !value.is_null() {
                fields.insert(field.to_owned(), value.clone());
            } else if fields.shift_remove(field).is_none() {
                return Ok(false);
            }
            return self.set_setting(DRUPAL_OBJECT, &Value::Object(fields));
        }
        if value.is_null() {
            let sql = "DELETE FROM setting WHERE name = :name";
            return self.execute(sql, named_params! { ":name": name });
        }
        self.execute(
            "INSERT INTO setting (name, value) VALUES (:name, :value)
             ON CONFLICT (name) DO UPDATE SET value = excluded.value WHERE value <> excluded.value",
            named_params! { ":name": name, ":value": value.to_string() },
        )
    }
}

/// The field of the module's object that a name means.
fn module_field(name: &str) -> Option<&str> {
    name.strip_prefix(DRUPAL_SETTINGS).filter(|field| !field.is_empty())
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<(String, Value)> {
    Ok((row.get("name")?, json_column(row, "value")?))
}

/// A column that holds JSON.
pub(super) fn json_column<T: serde::de::DeserializeOwned>(
    row: &Row<'_>,
    column: &str,
) -> rusqlite::Result<T> {
    let text: String = row.get(column)?;
    serde_json::from_str(&text)
        .map_err(|error| rusqlite::Error::FromSqlConversionFailure(0, Type::Text, error.into()))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{KNOWN_SETTINGS, SettingKind};
    use crate::store::Error;
    use crate::store::testing::{actor, change, store};

    #[test]
    fn an_absent_setting_has_its_default() {
        let (_folder, store) = store();
        assert_eq!(store.read().setting("civicrm.release").unwrap(), json!("6.14"));
        assert_eq!(store.read().setting("civicrm.settings.authx_guards").unwrap(), Value::Null);
        assert!(store.read().stored_settings().unwrap().is_empty());
    }

    #[test]
    fn every_default_is_taken() {
        for known in KNOWN_SETTINGS {
            let default = known.default();
            assert!(default.is_null() || known.kind.takes(&default), "{}", known.name);
        }
    }

    #[test]
    fn a_setting_is_stored_once_and_made_absent_by_null() {
        let (_folder, mut store) = store();
        let name = "civicrm.settings.authx_guards";
        let value = json!(["site_key", "nobody knows"]);
        assert!(change(&mut store, |change| change.set_setting(name, &value)));
        assert!(!change(&mut store, |change| change.set_setting(name, &value)));
        assert_eq!(store.read().setting(name).unwrap(), value);
        assert!(change(&mut store, |change| change.set_setting(name, &json!("perm"))));
        assert!(change(&mut store, |change| change.set_setting(name, &Value::Null)));
        assert!(!change(&mut store, |change| change.set_setting(name, &Value::Null)));
        assert_eq!(store.read().stored_setting(name).unwrap(), None);
    }

    #[test]
    fn a_field_of_the_module_s_object_is_set_by_itself() {
        let (_folder, mut store) = store();
        let (object, switch) = ("drupal.settings", "drupal.settings.enable_authentication");
        assert_eq!(store.read().setting(switch).unwrap(), json!(0));
        assert!(!change(&mut store, |change| change.set_setting(switch, &Value::Null)));
        assert_eq!(store.read().stored_setting(object).unwrap(), None);
        change(&mut store, |change| change.set_setting(object, &json!({"_core": {}, "x": null})));
        assert!(change(&mut store, |change| change.set_setting(switch, &json!(1))));
        assert!(!change(&mut store, |change| change.set_setting(switch, &json!(1))));
        assert_eq!(store.read().setting(switch).unwrap(), json!(1));
        assert_eq!(
            store.read().setting(object).unwrap().to_string(),
            r#"{"_core":{},"x":null,"enable_authentication":1}"#
        );
        assert!(change(&mut store, |change| change.set_setting(switch, &Value::Null)));
        assert_eq!(store.read().stored_setting(switch).unwrap(), None);
        assert_eq!(store.read().stored_setting("drupal.settings.x").unwrap(), None);
    }

    #[test]
    fn refuses_unknown_names_and_wrong_values() {
        let (_folder, mut store) = store();
        for name in
            ["site", "civicrm.settings.", "civicrm.settings", "site.CMS", "", "drupal.settings."]
        {
            let refused =
                store.change(&actor(), false, |change| change.set_setting(name, &json!(1)));
            assert!(matches!(refused, Err(Error::UnknownSetting(_))), "{name}");
        }
        for (name, value) in [
            ("site.cms", json!("typo3")),
            ("civicrm.release", json!(6.14)),
            ("drupal.super_user", json!("yes")),
            ("drupal.output_buffering", json!(1.5)),
            ("drupal.settings", json!([])),
            ("drupal.settings.enable_authentication", json!(2)),
            ("drupal.settings.custom_header", json!(1)),
            ("civicrm.settings.authx_guards", json!([1])),
            ("civicrm.settings.authx_header_user", json!(true)),
        ] {
            let refused = store.change(&actor(), false, |change| change.set_setting(name, &value));
            assert!(matches!(refused, Err(Error::BadSetting { .. })), "{name}");
        }
    }

    #[test]
    fn the_address_of_a_site_holds_no_password() {
        let kind = SettingKind::of("site.base_url").unwrap();
        for (text, taken) in [
            ("https://crm.example.org/sub", true),
            ("https://alice:hunter2@crm.example.org/", false),
            ("https://alice@crm.example.org/", false),
        ] {
            assert_eq!(kind.takes(&json!(text)), taken, "{text}");
        }
    }

    #[test]
    fn one_word_for_a_list_is_a_list() {
        for (name, text, value) in [
            ("authx_guards", "perm", json!(["perm"])),
            ("authx_guards", "site_key, perm", json!(["site_key", "perm"])),
            ("authx_guards", "", json!([])),
            ("authx_header_cred", "[\"jwt\"]", json!(["jwt"])),
            ("authx_header_cred", "\"jwt\"", json!("jwt")),
            ("authx_header_user", "optional", json!("optional")),
        ] {
            let kind = SettingKind::of(&format!("civicrm.settings.{name}")).unwrap();
            assert_eq!(kind.parse(text), value, "{name} {text}");
        }
    }

    #[test]
    fn keeps_whatever_other_extensions_store() {
        let (_folder, mut store) = store();
        let (name, value) = ("civicrm.settings.debug_enabled", json!({ "a": [1, true] }));
        assert!(change(&mut store, |change| change.set_setting(name, &value)));
        assert_eq!(store.read().setting(name).unwrap(), value);
        assert!(store.read().policy().unwrap().civicrm.settings.is_empty());
    }

    #[test]
    fn reads_values_as_people_type_them() {
        let parse = |name: &str, text: &str| SettingKind::of(name).unwrap().parse(text);
        assert_eq!(parse("civicrm.release", "6.10"), json!("6.10"));
        assert_eq!(parse("drupal.super_user", "false"), json!(false));
        assert_eq!(parse("drupal.output_buffering", "0"), json!(0));
        assert_eq!(parse("drupal.settings.enable_authentication", "on"), json!(1));
        assert_eq!(parse("drupal.settings.authentication_method", "4"), json!(4));
        assert_eq!(parse("civicrm.settings.authx_header_user", "optional"), json!("optional"));
        assert_eq!(
            parse("civicrm.settings.authx_guards", "perm, site_key"),
            json!(["perm", "site_key"])
        );
        assert_eq!(parse("civicrm.settings.authx_guards", "[]"), json!([]));
        assert_eq!(parse("civicrm.settings.authx_guards", "[\"perm\"]"), json!(["perm"]));
    }
}

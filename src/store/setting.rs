//! Facts about the sites: a closed list of names with their defaults, and two open families of what the
//! sites' own software keeps (`civicrm.settings.*`).
//!
//! Only what differs from being absent is stored. Secrets are never settings (`secret`).

use std::collections::BTreeMap;

use rusqlite::types::Type;
use rusqlite::{Row, named_params};
use serde::Deserialize;
use serde_json::{Value, json};

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
    /// One of these.
    Choice(&'static [&'static str]),
    /// Yes or no.
    Bool,
    /// A whole number.
    Integer,
    /// An object, as another program exports it.
    Object,
    /// A word or a list of words, as CiviCRM stores it.
    Words,
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

/// How the names of those begin that are AuthX's.
pub(super) const AUTHX: &str = "authx_";

/// The settings with names of authctl's own.
pub(crate) const KNOWN_SETTINGS: &[KnownSetting] = &[
    known("site.base_url", SettingKind::Text, "null"),
    known("site.cms", SettingKind::Choice(CMSS), "\"drupal\""),
    known("civicrm.release", SettingKind::Choice(RELEASES), "\"6.14\""),
    known("civicrm.api_key_collation", SettingKind::Choice(COLLATIONS), "\"ci\""),
    known("civicrm.cms_overrides.reports_blocked", SettingKind::Bool, "null"),
    known("civicrm.cms_overrides.password_rejects_blocked", SettingKind::Bool, "null"),
    known("drupal.module", SettingKind::Choice(MODULES), "\"guide\""),
    known("drupal.core", SettingKind::Text, "\"10.3\""),
    known("drupal.super_user", SettingKind::Bool, "true"),
    known("drupal.jsonapi_read_only", SettingKind::Bool, "true"),
    known("drupal.output_buffering", SettingKind::Integer, "4096"),
    known("drupal.key_auth", SettingKind::Object, "null"),
    known("drupal.settings", SettingKind::Object, "{}"),
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
        let family = name.strip_prefix(CIVICRM_SETTINGS).filter(|rest| !rest.is_empty());
        match (KnownSetting::named(name), family) {
            (Some(known), _) => Ok(known.kind),
            (None, Some(name)) if name.starts_with(AUTHX) => Ok(Self::Words),
            (None, Some(_)) => Ok(Self::Any),
            (None, None) => Err(Error::UnknownSetting(name.to_owned())),
        }
    }

    /// Reads a value as a person types it: a list of words is separated by commas.
    pub(crate) fn parse(self, text: &str) -> Value {
        match self {
            Self::Text | Self::Choice(_) => text.into(),
            Self::Bool | Self::Integer | Self::Object | Self::Any => {
                serde_json::from_str(text).unwrap_or_else(|_| text.into())
            }
            Self::Words if text.contains(',') => {
                text.split(',').map(|word| Value::from(word.trim())).collect()
            }
            Self::Words => serde_json::from_str::<Vec<String>>(text)
                .map_or_else(|_| text.into(), |words| json!(words)),
        }
    }

    fn takes(self, value: &Value) -> bool {
        match self {
            Self::Text => value.is_string(),
            Self::Choice(names) => value.as_str().is_some_and(|text| names.contains(&text)),
            Self::Bool => value.is_boolean(),
            Self::Integer => value.is_i64(),
            Self::Object => value.is_object(),
            Self::Words => SettingValue::deserialize(value).is_ok(),
            Self::Any => true,
        }
    }

    fn expected(self) -> String {
        match self {
            Self::Text => "text".into(),
            Self::Choice(names) => format!("one of {}", names.join(", ")),
            Self::Bool => "true or false".into(),
            Self::Integer => "a whole number".into(),
            Self::Object => "an object".into(),
            Self::Words => "a word or a list of words".into(),
            Self::Any => "anything".into(),
        }
    }
}

impl Reader<'_> {
    /// A setting as it is stored.
    pub(crate) fn stored_setting(&self, name: &str) -> Result<Option<Value>, Error> {
        let sql = "SELECT name, value FROM setting WHERE name = :name";
        let found = self.one(sql, named_params! { ":name": name }, from_row)?;
        Ok(found.map(|(_, value)| value))
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
        if value.is_null() {
            let sql = "DELETE FROM setting WHERE name = :name";
            return self.execute(sql, named_params! { ":name": name });
        }
        if !kind.takes(value) {
            return Err(Error::BadSetting { name: name.to_owned(), expected: kind.expected() });
        }
        self.execute(
            "INSERT INTO setting (name, value) VALUES (:name, :value)
             ON CONFLICT (name) DO UPDATE SET value = excluded.value WHERE value <> excluded.value",
            named_params! { ":name": name, ":value": value.to_string() },
        )
    }
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
    fn refuses_unknown_names_and_wrong_values() {
        let (_folder, mut store) = store();
        for name in ["site", "civicrm.settings.", "civicrm.settings", "site.CMS", ""] {
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
            ("civicrm.settings.authx_guards", json!([1])),
            ("civicrm.settings.authx_header_user", json!(true)),
        ] {
            let refused = store.change(&actor(), false, |change| change.set_setting(name, &value));
            assert!(matches!(refused, Err(Error::BadSetting { .. })), "{name}");
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
        assert_eq!(parse("civicrm.settings.authx_header_user", "optional"), json!("optional"));
        assert_eq!(
            parse("civicrm.settings.authx_guards", "perm, site_key"),
            json!(["perm", "site_key"])
        );
        assert_eq!(parse("civicrm.settings.authx_guards", "[]"), json!([]));
        assert_eq!(parse("civicrm.settings.authx_guards", "[\"perm\"]"), json!(["perm"]));
    }
}

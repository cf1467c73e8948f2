//! Settings: facts of the sites, and what `CiviCRM` stores.

use serde::Serialize;
use serde_json::Value;

use super::Walk;
use crate::document::difference::Difference;
use crate::document::error::Error;
use crate::document::field::Field;
use crate::document::model::{CiviCrm, CmsOverrides, Document, Drupal};
use crate::store::{CIVICRM_SETTINGS, Reader};
use crate::verify::civicrm;

/// Settings by name with the value that each should have, null for none.
type Wishes = Vec<(String, Value)>;

impl Walk<'_, '_> {
    pub(super) fn settings(&mut self) -> Result<(), Error> {
        for (name, wanted) in wishes(self.document, self.reader)? {
            let current = self.reader.stored_setting(&name)?;
            let Some(difference) = difference(&name, current.as_ref(), &wanted) else { continue };
            self.differ(difference, |pen| pen.change.set_setting(&name, &wanted).map(drop))?;
        }
        Ok(())
    }
}

fn difference(name: &str, current: Option<&Value>, wanted: &Value) -> Option<Difference> {
    let subject = format!("setting {name}");
    // What another extension stores may be a secret.
    let is_foreign = name
        .strip_prefix(CIVICRM_SETTINGS)
        .is_some_and(|name| civicrm::known_words(name).is_none());
    let shown = |value| if is_foreign { String::new() } else { shown(value) };
    match (current, wanted) {
        (None, Value::Null) => None,
        (Some(current), wanted) if current == wanted => None,
        (None, wanted) => Some(Difference::add(subject, shown(wanted))),
        (Some(current), Value::Null) => Some(Difference::remove(subject, shown(current))),
        (Some(_), _) if is_foreign => Some(Difference::change(subject, "")),
        (Some(current), wanted) => {
            Some(Difference::change(subject, format!("{} → {}", shown(current), shown(wanted))))
        }
    }
}

/// A value on one line; of an exported object only its size.
fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(shown).collect::<Vec<_>>().join(", "),
        Value::Object(fields) => format!("{} fields", fields.len()),
        other => other.to_string(),
    }
}

fn wishes(document: &Document, reader: Reader<'_>) -> Result<Wishes, Error> {
    let mut wishes = Wishes::new();
    if let Some(site) = &document.site {
        let base_url = site.base_url.set().map(|url| url.value.trim_end_matches('/'));
        if !site.base_url.is_kept() {
            wish(&mut wishes, "site.base_url", &Field::Set(base_url));
        }
        wish(&mut wishes, "site.cms", &site.cms);
    }
    if let Some(civicrm) = &document.civicrm {
        civicrm_wishes(&mut wishes, civicrm, reader)?;
    }
    if let Some(drupal) = &document.drupal {
        drupal_wishes(&mut wishes, drupal);
    }
    Ok(wishes)
}

fn civicrm_wishes(wishes: &mut Wishes, civicrm: &CiviCrm, reader: Reader<'_>) -> Result<(), Error> {
    wish(wishes, "civicrm.release", &civicrm.release);
    wish(wishes, "civicrm.api_key_collation", &civicrm.api_key_collation);
    let unset =
        CmsOverrides { reports_blocked: Field::Unset, password_rejects_blocked: Field::Unset };
    let overrides = civicrm.cms_overrides.over(CmsOverrides::default(), unset);
    wish(wishes, "civicrm.cms_overrides.reports_blocked", &overrides.reports_blocked);
    wish(
        wishes,
        "civicrm.cms_overrides.password_rejects_blocked",
        &overrides.password_rejects_blocked,
    );
    match &civicrm.settings {
        Field::Kept => {}
        Field::Unset => {
            let stored = reader.stored_settings()?.into_keys();
            let family = stored.filter(|name| name.starts_with(CIVICRM_SETTINGS));
            wishes.extend(family.map(|name| (name, Value::Null)));
        }
        Field::Set(settings) => {
            for (name, value) in settings {
                wish(wishes, &format!("{CIVICRM_SETTINGS}{name}"), value);
            }
        }
    }
    Ok(())
}

fn drupal_wishes(wishes: &mut Wishes, drupal: &Drupal) {
    wish(wishes, "drupal.module", &drupal.module);
    wish(wishes, "drupal.core", &drupal.core);
    wish(wishes, "drupal.super_user", &drupal.super_user);
    wish(wishes, "drupal.jsonapi_read_only", &drupal.jsonapi_read_only);
    wish(wishes, "drupal.output_buffering", &drupal.output_buffering);
    wish(wishes, "drupal.key_auth", &drupal.key_auth);
}

/// Notes what a field wants of a setting.
fn wish(wishes: &mut Wishes, name: &str, field: &Field<impl Serialize>) {
    if !field.is_kept() {
        // Texts, numbers and exported values are always JSON.
        wishes.push((name.to_owned(), serde_json::to_value(field).unwrap_or_default()));
    }
}

//! `drupal.settings`: the exported object of Drupal's module, taken apart as the store keeps it.
//!
//! The universal key (`api_token`) is a key, applications are rows of their own, and what else looks
//! like a secret is sealed. The rest stays in the object; `null` marks where something was taken out, so
//! that a dump puts it back in its place.
//!
//! The path of a field is the names on the way to it, joined by dots; a dot or a backslash of a name has a
//! backslash before it.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::export::ExportedObject;
use super::field::Field;
use super::php;
use super::secret_text::SecretText;
use super::time::Moment;
use crate::credential::Secret;
use crate::store::{self, Reader};

/// The field of the universal key.
pub(super) const API_TOKEN: &str = "api_token";
/// The field of the applications.
pub(super) const APPLICATIONS: &str = "applications";

/// How the names of its other secrets begin in the store; the path of the field follows.
pub(super) const SECRETS: &str = "drupal.settings.";

/// The parts of `rest_api_authentication.settings`.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct ModuleSettings {
    /// The universal key.
    pub(super) api_token: Field<Token>,
    /// Applications by id; `None` in place of one takes it away.
    pub(super) applications: Applications,
    /// Other secrets, by the path of their field.
    pub(super) secrets: Vec<(String, SecretText)>,
    /// Everything else.
    pub(super) rest: ExportedObject,
}

/// The universal key, with what authctl keeps beside it and the module knows nothing of.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Token {
    /// Its text, or what the store keeps of it.
    pub(super) key: SecretText,
    /// What the administrator calls it.
    #[serde(default, skip_serializing_if = "Field::is_kept")]
    pub(super) label: Field<String>,
    /// From when on it is expired.
    #[serde(default, skip_serializing_if = "Field::is_kept")]
    pub(super) expires: Field<Moment>,
    /// Whether its text is kept, sealed, so that it can be shown again.
    #[serde(default, skip_serializing_if = "Field::is_kept")]
    pub(super) recoverable: Field<bool>,
}

impl From<SecretText> for Token {
    fn from(key: SecretText) -> Self {
        Self { key, label: Field::Kept, expires: Field::Kept, recoverable: Field::Kept }
    }
}

impl ModuleSettings {
    /// Takes an export apart, or says what was expected of it.
    pub(super) fn new(export: &ExportedObject) -> Result<Self, String> {
        let mut parts = Self { rest: export.clone(), ..Self::default() };
        if let Some(token) = parts.rest.0.get_mut(API_TOKEN) {
            parts.api_token = api_token(token.take())?;
        }
        if let Some(applications) = parts.rest.0.get_mut(APPLICATIONS) {
            parts.applications = take_applications(applications.take(), &mut parts.secrets)?;
        }
        for (name, value) in &mut parts.rest.0 {
            take_secrets(name, &escaped(name), value, &mut parts.secrets)?;
        }
        Ok(parts)
    }
}

/// The path of a field below another.
pub(super) fn below(path: &str, name: &str) -> String {
    format!("{path}.{}", escaped(name))
}

/// A name as it stands in a path.
fn escaped(name: &str) -> String {
    name.replace('\\', r"\\").replace('.', r"\.")
}

/// The names in a path.
pub(super) fn names(path: &str) -> Vec<String> {
    let mut names = vec![String::new()];
    let mut letters = path.chars();
    while let Some(letter) = letters.next() {
        match (letter, names.last_mut()) {
            ('.', _) => names.push(String::new()),
            ('\\', Some(name)) => name.extend(letters.next()),
            (_, Some(name)) => name.push(letter),
            (_, None) => {}
        }
    }
    names
}

/// The application that the secret of a path belongs to.
pub(super) fn application_of(path: &str) -> Option<String> {
    let mut names = names(path).into_iter();
    names.next().filter(|name| name == APPLICATIONS)?;
    names.next()
}

/// The stored secrets of applications: name, and the application's id.
pub(crate) fn application_secrets(
    reader: Reader<'_>,
) -> Result<Vec<(String, String)>, store::Error> {
    let names = reader.secret_names()?.into_iter();
    let owned = |name: String| {
        let id = name.strip_prefix(SECRETS).and_then(application_of)?;
        Some((name, id))
    };
    Ok(names.filter_map(owned).collect())
}

type Applications = Field<Vec<(String, Option<ExportedObject>)>>;

/// Reads the applications by id, and moves their secrets out.
fn take_applications(
    applications: Value,
    secrets: &mut Vec<(String, SecretText)>,
) -> Result<Applications, String> {
    let applications = match applications {
        Value::Null => return Ok(Field::Unset),
        Value::String(text) => php::unserialize(&text).unwrap_or(Value::String(text)),
        other => other,
    };
    let by_id = match applications {
        Value::Object(by_id) => by_id,
        // PHP writes an empty array, whatever its keys would be.
        Value::Array(list) if list.is_empty() => Map::new(),
        _ => return Err("expected the applications by id, or as PHP serializes them".to_owned()),
    };
    let mut applications = Vec::new();
    for (id, mut application) in by_id {
        let path = below(APPLICATIONS, &id);
        take_secrets(&id, &path, &mut application, secrets)?;
        applications.push(match application {
            Value::Null => (id, None),
            Value::Object(fields) => (id, Some(ExportedObject(fields))),
            _ => return Err(format!("expected the fields of the application `{id}`")),
        });
    }
    Ok(Field::Set(applications))
}

/// Reads the universal key. PHP keeps any scalar there, and compares its text.
fn api_token(token: Value) -> Result<Field<Token>, String> {
    if token.is_null() {
        return Ok(Field::Unset);
    }
    let token = if token.get("key").is_some() {
        Token::deserialize(token)
    } else {
        SecretText::deserialize(token).map(Token::from)
    };
    token.map(Field::Set).map_err(|_| {
        "expected text in quotes, a digest with its key file, or `{key: …}` with `label`, `expires` or \
         `recoverable`, as `api_token`"
            .to_owned()
    })
}

/// Moves what is secret out of a value, and leaves `null` in its place.
fn take_secrets(
    name: &str,
    path: &str,
    value: &mut Value,
    secrets: &mut Vec<(String, SecretText)>,
) -> Result<(), String> {
    let secret = match value {
        Value::String(text) if is_secret(name) && !text.is_empty() => {
            Some(SecretText::Plain(Secret::from(std::mem::take(text))))
        }
        // PHP compares the text of a number with what is sent, and so the text is all that is kept.
        Value::Number(number) if is_secret(name) => {
            Some(SecretText::Plain(Secret::from(number.to_string())))
        }
        _ if is_sealed(value) => {
            let secret = SecretText::deserialize(value.take());
            Some(secret.map_err(|_| format!("expected what `dump` wrote as `{path}`"))?)
        }
        _ => None,
    };
    if let Some(secret) = secret {
        *value = Value::Null;
        secrets.push((path.to_owned(), secret));
        return Ok(());
    }
    match value {
        Value::Object(fields) => fields
            .iter_mut()
            .try_for_each(|(name, value)| take_secrets(name, &below(path, name), value, secrets)),
        Value::Array(items) => items.iter_mut().enumerate().try_for_each(|(position, item)| {
            take_secrets(name, &format!("{path}.{position}"), item, secrets)
        }),
        _ => Ok(()),
    }
}

/// Whether the name of a field of the module's says that its text is a secret.
pub(crate) fn is_secret(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    ["token", "_key"].iter().any(|end| name.ends_with(end))
        || ["secret", "password", "credential", "private"].iter().any(|part| name.contains(part))
}

/// Whether a value is `{sealed: …, key_file: …}`.
fn is_sealed(value: &Value) -> bool {
    value.as_object().is_some_and(|fields| {
        fields.len() == 2 && fields.contains_key("sealed") && fields.contains_key("key_file")
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{ExportedObject, Field, ModuleSettings, SecretText, Value, below, escaped, names};

    fn parts(export: Value) -> Result<ModuleSettings, String> {
        let Value::Object(fields) = export else { panic!("an export is an object") };
        ModuleSettings::new(&ExportedObject(fields))
    }

    fn plain(text: &str) -> SecretText {
        SecretText::Plain(text.into())
    }

    #[test]
    fn a_path_tells_the_names_that_it_was_made_of() {
        for all in [&["a", "b"][..], &["a.b"], &["a\\", "b"], &["a\\.b"], &["", ".", "\\\\"]] {
            let (first, rest) = all.split_first().unwrap();
            let path = rest.iter().fold(escaped(first), |path, name| below(&path, name));
            assert_eq!(names(&path), *all, "{path}");
        }
    }

    #[test]
    fn takes_keys_secrets_and_applications_out_and_keeps_the_order() {
        let parts = parts(json!({
            "rest_api_authentication_customer_api_key": "hunter2",
            "rest_api_authentication_license_key": null,
            "api_token": "KEY",
            "miniorange_api_key_authentication_tried": "Successful",
            "applications": { "app00001": { "id": "app00001", "api_token": "hunter3", "is_default": true } },
            "enable_authentication": 1
        }))
        .unwrap();
        assert_eq!(parts.api_token, Field::Set(plain("KEY").into()));
        assert_eq!(
            parts.secrets,
            [
                ("applications.app00001.api_token".to_owned(), plain("hunter3")),
                ("rest_api_authentication_customer_api_key".to_owned(), plain("hunter2")),
            ]
        );
        assert_eq!(
            Value::Object(parts.rest.0).to_string(),
            r#"{"rest_api_authentication_customer_api_key":null,"rest_api_authentication_license_key":null,"api_token":null,"miniorange_api_key_authentication_tried":"Successful","applications":null,"enable_authentication":1}"#
        );
        let applications = parts.applications.set().unwrap();
        assert_eq!(
            Value::Object(applications[0].1.clone().unwrap().0).to_string(),
            r#"{"id":"app00001","api_token":null,"is_default":true}"#
        );
    }

    #[test]
    fn tells_the_states_of_the_universal_key_apart() {
        let token = |export| parts(export).unwrap().api_token;
        assert_eq!(token(json!({})), Field::Kept);
        assert_eq!(token(json!({ "api_token": null })), Field::Unset);
        assert_eq!(token(json!({ "api_token": "" })), Field::Set(plain("").into()));
    }

    #[test]
    fn reads_applications_in_every_form_they_are_stored_in() {
        let ids = |applications: Value| {
            let parts = parts(json!({ "applications": applications }))?;
            let ids: Vec<_> =
                parts.applications.set().unwrap().iter().map(|(id, _)| id.clone()).collect();
            Ok::<_, String>(ids)
        };
        assert_eq!(ids(json!({ "b": {}, "a": null })).unwrap(), ["b", "a"]);
        assert_eq!(ids(json!(r#"a:1:{s:1:"b";a:1:{s:2:"id";s:1:"b";}}"#)).unwrap(), ["b"]);
        assert!(ids(json!([])).unwrap().is_empty());
        assert!(ids(json!("a:0:{}")).unwrap().is_empty());
        for wrong in [json!("hunter2"), json!(["hunter2"]), json!({ "a": "hunter2" }), json!(1)] {
            assert!(!ids(wrong).unwrap_err().contains("hunter2"));
        }
    }

    #[test]
    fn a_wrong_secret_is_not_repeated() {
        for wrong in [
            json!({ "api_token": ["hunter2"] }),
            json!({ "api_token": 12345 }),
            json!({ "api_token": { "key": "hunter2", "expires": "hunter2" } }),
        ] {
            let message = parts(wrong).unwrap_err();
            assert!(!message.contains("hunter2") && !message.contains("12345"), "{message}");
        }
    }
}

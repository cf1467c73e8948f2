//! Drupal's configuration, put together as it was exported.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::{Dump, field};
use crate::document::error::Error;
use crate::document::export::ExportedObject;
use crate::document::field::Field;
use crate::document::model::{Drupal, Role};
use crate::document::module_settings::{API_TOKEN, APPLICATIONS, SECRETS, Token, names};
use crate::document::place::At;
use crate::document::role_wish::{OWN_FIELDS, permission_names};
use crate::document::secret_text::SecretText;
use crate::document::time::Moment;
use crate::store::{ApiKeyRow, EntityKind, Grantee, Role as RoleRow};
use crate::verify::Owner;

impl Dump<'_> {
    /// Drupal's part, and the roles that no export speaks of.
    pub(super) fn drupal(
        &mut self,
        settings: &mut BTreeMap<String, Value>,
    ) -> Result<(Drupal, Vec<Role>), Error> {
        let mut exported = Vec::new();
        let mut own = Vec::new();
        for role in self.reader.roles()? {
            let permissions = self.reader.permissions_of(&Grantee::Role(role.name.clone()))?;
            if role.entity.is_empty() {
                own.push(own_role(role, permissions));
            } else {
                exported.push(ExportedObject(exported_role(role, &permissions)).into());
            }
        }
        let resources = self.reader.entities(EntityKind::Resource)?.into_iter();
        let resources = resources.filter_map(|(_, resource)| object(resource).map(At::from));
        let drupal = Drupal {
            module: field(settings, "drupal.module")?,
            settings: self.module_settings(field(settings, "drupal.settings")?)?,
            resources: super::said(resources.collect::<Vec<_>>()).into(),
            roles: exported,
            core: field(settings, "drupal.core")?,
            super_user: field(settings, "drupal.super_user")?,
            key_auth: field(settings, "drupal.key_auth")?,
            jsonapi_read_only: field(settings, "drupal.jsonapi_read_only")?,
            output_buffering: field(settings, "drupal.output_buffering")?,
        };
        Ok((drupal, own))
    }

    /// The object of the module, with everything back in its place.
    fn module_settings(
        &mut self,
        stored: Field<ExportedObject>,
    ) -> Result<Field<At<ExportedObject>>, Error> {
        let mut fields = match stored {
            Field::Set(ExportedObject(fields)) => fields,
            Field::Kept | Field::Unset => Map::new(),
        };
        let applications = self.reader.entities(EntityKind::Application)?;
        if !applications.is_empty() || fields.contains_key(APPLICATIONS) {
            fields.insert(APPLICATIONS.to_owned(), applications.into_iter().collect());
        }
        let mut token = self.reader.keys_of(Owner::ApiToken)?;
        token.retain(|token| token.revoked_at.is_none() && token.replaced_by.is_none());
        if let Some(token) = token.pop() {
            fields.insert(API_TOKEN.to_owned(), self.token(&token)?);
        }
        let mut object = Value::Object(fields);
        for name in self.reader.secret_names()? {
            let Some(path) = name.strip_prefix(SECRETS) else { continue };
            if let (Some(place), Field::Set(secret)) =
                (at_path(&mut object, &names(path)), self.secret(&name)?)
            {
                *place = json!(secret);
            }
        }
        let object = object_of(object);
        Ok(super::said(object).map(At::from).into())
    }

    /// The universal key: alone as the module has it, unless there is more to tell.
    fn token(&mut self, row: &ApiKeyRow) -> Result<Value, Error> {
        let key = self.key_text(row)?;
        let is_revealed = matches!(key, SecretText::Plain(_)) && row.recoverable;
        if row.label.is_none() && row.expires_at.is_none() && !is_revealed {
            return Ok(json!(key));
        }
        Ok(json!(Token {
            key,
            label: row.label.clone().into(),
            expires: row.expires_at.map(Moment).into(),
            recoverable: is_revealed.then_some(true).into(),
        }))
    }
}

/// The `null` that a secret left behind at a path.
fn at_path<'v>(value: &'v mut Value, path: &[String]) -> Option<&'v mut Value> {
    let Some((name, rest)) = path.split_first() else {
        return value.is_null().then_some(value);
    };
    match value {
        Value::Object(fields) => at_path(fields.get_mut(name)?, rest),
        Value::Array(items) => at_path(items.get_mut(name.parse::<usize>().ok()?)?, rest),
        _ => None,
    }
}

fn object(value: Value) -> Option<ExportedObject> {
    match value {
        Value::Object(fields) => Some(ExportedObject(fields)),
        _ => None,
    }
}

fn object_of(value: Value) -> ExportedObject {
    object(value).unwrap_or_default()
}

fn own_role(role: RoleRow, permissions: impl IntoIterator<Item = String>) -> Role {
    Role {
        name: role.name.into(),
        label: role.label.into(),
        admin: Field::Set(role.admin),
        permissions: Field::Set(permissions.into_iter().map(At::from).collect()),
    }
}

/// The entity as it was exported, but for what has changed since.
fn exported_role(role: RoleRow, permissions: &BTreeSet<String>) -> Map<String, Value> {
    let mut entity = role.entity;
    let says = |name: &str| entity.get(name).filter(|value| !value.is_null());
    let [id, label, admin, names] = OWN_FIELDS;
    let exported = says(names).and_then(permission_names).unwrap_or_default();
    let changed = [
        (id, says(id) != Some(&json!(role.name)), json!(role.name)),
        (label, says(label).and_then(Value::as_str) != role.label.as_deref(), json!(role.label)),
        (admin, (says(admin) == Some(&json!(true))) != role.admin, json!(role.admin)),
        (names, exported.into_iter().collect::<BTreeSet<_>>() != *permissions, json!(permissions)),
    ];
    for (name, _, value) in changed.into_iter().filter(|(_, is_changed, _)| *is_changed) {
        entity.insert(name.to_owned(), value);
    }
    entity
}

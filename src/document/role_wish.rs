//! What a document wants of roles: `roles` and the exported entities of `drupal.roles` taken together.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::error::Invalid;
use super::export::ExportedObject;
use super::field::Field;
use super::model::Document;
use super::place::At;

/// The fields of an exported entity that the store has columns for. They stay in the entity as they were,
/// for their place and notation; what they say is kept in the columns alone.
pub(super) const OWN_FIELDS: [&str; 4] = ["id", "label", "is_admin", "permissions"];

/// What the document says of one role.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct RoleWish {
    /// The name for people.
    pub(super) label: Field<String>,
    /// Whether it passes every permission.
    pub(super) admin: Field<bool>,
    /// Permissions by machine name.
    pub(super) permissions: Field<Vec<String>>,
    /// What else an exported entity has.
    pub(super) entity: Option<Map<String, Value>>,
}

impl Document {
    /// The roles of the document by name. Where both places speak of one, permissions add up and
    /// `roles` has the last word on the rest.
    pub(super) fn role_wishes(&self) -> Result<BTreeMap<&str, RoleWish>, Invalid> {
        let mut wishes = BTreeMap::new();
        for entity in self.drupal.iter().flat_map(|drupal| &drupal.roles) {
            let name = self.entity_id(entity, "role", "id")?;
            wishes.insert(name, self.exported_role(entity)?);
        }
        for role in &self.roles {
            let wish = wishes.entry(role.name.value.as_str()).or_default();
            if !role.label.is_kept() {
                wish.label.clone_from(&role.label);
            }
            if !role.admin.is_kept() {
                wish.admin.clone_from(&role.admin);
            }
            match (&mut wish.permissions, &role.permissions) {
                (_, Field::Kept) => {}
                (Field::Set(exported), Field::Set(more)) => {
                    exported.extend(more.iter().map(|permission| permission.value.clone()));
                }
                (permissions, Field::Unset) => *permissions = Field::Unset,
                (permissions, Field::Set(more)) => {
                    *permissions = Field::Set(more.iter().map(|name| name.value.clone()).collect());
                }
            }
        }
        Ok(wishes)
    }

    fn exported_role(&self, export: &At<ExportedObject>) -> Result<RoleWish, Invalid> {
        let wrong = |message: &str| self.refuse(export.place, message);
        let entity = export.value.0.clone();
        let [_, label, admin, permissions] = OWN_FIELDS.map(|name| entity.get(name));
        let label = match label {
            None | Some(Value::Null) => Field::Kept,
            Some(Value::String(label)) => Field::Set(label.clone()),
            Some(_) => return Err(wrong("expected a role as exported, with text under `label`")),
        };
        let admin = match admin {
            None | Some(Value::Null) => Field::Kept,
            Some(Value::Bool(admin)) => Field::Set(*admin),
            Some(_) => {
                return Err(wrong(
                    "expected a role as exported, with true or false under `is_admin`",
                ));
            }
        };
        let permissions = match permissions {
            None | Some(Value::Null) => Field::Kept,
            Some(names) => Field::Set(permission_names(names).ok_or_else(|| {
                wrong("expected a role as exported, with a list of names under `permissions`")
            })?),
        };
        Ok(RoleWish { label, admin, permissions, entity: Some(entity) })
    }
}

/// The names of an exported list. PHP exports one with gaps in its numbers, or an empty one, as an object.
pub(super) fn permission_names(list: &Value) -> Option<Vec<String>> {
    let name = |name: &Value| name.as_str().filter(|name| !name.is_empty()).map(str::to_owned);
    match list {
        Value::Array(names) => names.iter().map(name).collect(),
        Value::Object(numbered) => numbered.values().map(name).collect(),
        _ => None,
    }
}

//! The whole store as a document.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::error::Error;
use super::export::{Export, ExportedObject};
use super::field::Field;
use super::model::{CiviCrm, CmsOverrides, Contact, Document, Drupal, Role, Site, User};
use super::place::At;
use super::word::Word;
use crate::store::{
    self, CIVICRM_SETTINGS, ContactFilter, Grantee, Reader, Role as RoleRow, User as UserRow,
    UserFilter,
};

/// Whether a dump holds secrets in clear where the store can read them back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Secrets {
    /// As the store keeps them: digests and sealed texts.
    Kept,
    /// In clear, where they can be read back.
    Revealed,
}

/// Writes the store down. Applied to an empty store with the same key file the document makes an equal
/// store, and its dump is the same text.
pub(crate) fn dump(reader: Reader<'_>, secrets: Secrets) -> Result<Document, Error> {
    let dump = Dump { reader, secrets };
    let mut settings = reader.stored_settings()?;
    let site = Site {
        base_url: field(&mut settings, "site.base_url")?,
        cms: field(&mut settings, "site.cms")?,
    };
    let civicrm = civicrm(&mut settings)?;
    let (drupal, roles) = dump.drupal(&mut settings)?;
    Ok(Document {
        authctl: Field::Set(1.into()),
        site: said(site),
        civicrm: said(civicrm),
        drupal: said(drupal),
        roles,
        users: dump.users()?,
        contacts: dump.contacts()?,
        ..Document::default()
    })
}

struct Dump<'s> {
    reader: Reader<'s>,
    secrets: Secrets,
}

impl Dump<'_> {
    /// Drupal's part, and the roles that no export speaks of.
    fn drupal(&self, settings: &mut BTreeMap<String, Value>) -> Result<(Drupal, Vec<Role>), Error> {
        let mut exported = Vec::new();
        let mut own = Vec::new();
        for role in self.reader.roles()? {
            let permissions = self.reader.permissions_of(&Grantee::Role(role.name.clone()))?;
            if role.entity.is_empty() {
                own.push(own_role(role, permissions));
            } else {
                exported.push(ExportedObject(exported_role(role, permissions)).into());
            }
        }
        let drupal = Drupal {
            module: field(settings, "drupal.module")?,
            roles: exported,
            core: field(settings, "drupal.core")?,
            super_user: field(settings, "drupal.super_user")?,
            key_auth: field(settings, "drupal.key_auth")?,
            jsonapi_read_only: field(settings, "drupal.jsonapi_read_only")?,
            output_buffering: field(settings, "drupal.output_buffering")?,
            ..Drupal::default()
        };
        Ok((drupal, own))
    }

    fn users(&self) -> Result<Vec<User>, Error> {
        let mut users = Vec::new();
        self.reader.each_user(&UserFilter::default(), |user| {
            users.push(self.user(user)?);
            Ok::<_, Error>(())
        })?;
        Ok(users)
    }

    fn user(&self, user: UserRow) -> Result<User, Error> {
        let permissions = self.reader.permissions_of(&Grantee::User(user.id))?;
        Ok(User {
            id: Field::Set(user.id.0.into()),
            email: user.email.into(),
            status: Field::Set(Word(user.status)),
            contact_id: user.contact_id.map(|id| At::from(id.0)).into(),
            roles: list(self.reader.roles_of(user.id)?),
            permissions: list(permissions),
            password: Field::Kept,
            keys: Field::Kept,
            name: user.name.into(),
        })
    }

    fn contacts(&self) -> Result<Vec<Contact>, Error> {
        let mut contacts = Vec::new();
        self.reader.each_contact(ContactFilter::default(), |contact| {
            contacts.push(Contact {
                id: contact.id.0.into(),
                deleted: Field::Set(contact.deleted),
                keys: Field::Kept,
            });
            Ok::<_, Error>(())
        })?;
        Ok(contacts)
    }
}

fn civicrm(settings: &mut BTreeMap<String, Value>) -> Result<CiviCrm, Error> {
    let overrides = CmsOverrides {
        reports_blocked: field(settings, "civicrm.cms_overrides.reports_blocked")?,
        password_rejects_blocked: field(
            settings,
            "civicrm.cms_overrides.password_rejects_blocked",
        )?,
    };
    let family = settings.iter().filter_map(|(name, value)| {
        let name = name.strip_prefix(CIVICRM_SETTINGS)?;
        Some((name.to_owned(), Field::Set(Export(value.clone()).into())))
    });
    Ok(CiviCrm {
        settings: said(family.collect::<BTreeMap<_, _>>()).into(),
        release: field(settings, "civicrm.release")?,
        api_key_collation: field(settings, "civicrm.api_key_collation")?,
        cms_overrides: said(overrides).into(),
        ..CiviCrm::default()
    })
}

fn own_role(role: RoleRow, permissions: impl IntoIterator<Item = String>) -> Role {
    Role {
        name: role.name.into(),
        label: role.label.into(),
        admin: Field::Set(role.admin),
        permissions: Field::Set(permissions.into_iter().map(At::from).collect()),
    }
}

/// The entity as it was exported, with what the store has in columns of its own back in its place.
fn exported_role(
    role: RoleRow,
    permissions: impl IntoIterator<Item = String>,
) -> Map<String, Value> {
    let mut entity = role.entity;
    entity.insert("id".to_owned(), role.name.into());
    entity.insert("label".to_owned(), role.label.into());
    entity.insert("is_admin".to_owned(), role.admin.into());
    let permissions: Vec<_> = permissions.into_iter().map(Value::String).collect();
    let empty =
        entity.get("permissions").filter(|place| place.is_object() && permissions.is_empty());
    if empty.is_none() {
        entity.insert("permissions".to_owned(), permissions.into());
    }
    entity
}

/// A part of the document, left out when it says nothing.
fn said<T: Default + PartialEq>(part: T) -> Option<T> {
    Some(part).filter(|part| *part != T::default())
}

/// A list, left out when there is nothing in it.
fn list(names: impl IntoIterator<Item = String>) -> Field<Vec<At<String>>> {
    let names: Vec<_> = names.into_iter().map(At::from).collect();
    said(names).into()
}

/// Takes a setting out of the stored ones.
fn field<T: DeserializeOwned>(
    settings: &mut BTreeMap<String, Value>,
    name: &str,
) -> Result<Field<T>, store::Error> {
    let Some(value) = settings.remove(name) else { return Ok(Field::Kept) };
    serde_json::from_value(value).map(Field::Set).map_err(|_| {
        store::Error::Damaged(format!("the setting `{name}` has a value that it cannot have"))
    })
}

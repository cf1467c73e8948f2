//! The whole store as a document.

mod drupal;
mod secret;

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::error::Error;
use super::export::Export;
use super::field::Field;
use super::model::{CiviCrm, CmsOverrides, Contact, Document, Site, User};
use super::place::At;
use super::word::Word;
use crate::credential::Argon;
use crate::store::{
    self, CIVICRM_SETTINGS, ContactFilter, Grantee, Reader, SIGN_KEYS, SITE_KEY, User as UserRow,
    UserFilter,
};
use crate::verify::Owner;

/// Whether a dump holds secrets in clear where the store can read them back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Secrets {
    /// As the store keeps them: digests and sealed texts.
    Kept,
    /// In clear, where they can be read back.
    Revealed,
}

/// Writes the store down. Applied to an empty store with the same key file the document makes a store that
/// answers the same, and its dump is the same text. The audit log stays behind, and keys that `api_token`
/// once was.
pub(crate) fn dump(reader: Reader<'_>, secrets: Secrets) -> Result<Document, Error> {
    let mut dump = Dump { reader, secrets, argon: Argon::new() };
    let mut settings = reader.stored_settings()?;
    let site = Site {
        base_url: field(&mut settings, "site.base_url")?,
        cms: field(&mut settings, "site.cms")?,
    };
    let civicrm = CiviCrm {
        site_key: dump.secret(SITE_KEY)?,
        sign_keys: dump.secret(SIGN_KEYS)?,
        ..civicrm(&mut settings)?
    };
    let (drupal, roles) = dump.drupal(&mut settings)?;
    Ok(Document {
        authctl: Field::Set(1.into()),
        site: said(site),
        civicrm: said(civicrm),
        drupal: said(drupal),
        roles,
        users: dump.users()?,
        contacts: dump.contacts()?,
        universal_keys: dump.keys(Owner::Universal)?,
        file: String::new(),
    })
}

struct Dump<'s> {
    reader: Reader<'s>,
    secrets: Secrets,
    argon: Argon,
}

impl Dump<'_> {
    fn users(&mut self) -> Result<Vec<User>, Error> {
        let mut users = Vec::new();
        let reader = self.reader;
        reader.each_user(&UserFilter::default(), |user| {
            users.push(self.user(user)?);
            Ok::<_, Error>(())
        })?;
        Ok(users)
    }

    fn user(&mut self, user: UserRow) -> Result<User, Error> {
        let permissions = self.reader.permissions_of(&Grantee::User(user.id))?;
        Ok(User {
            id: Field::Set(user.id.0.into()),
            email: user.email.into(),
            status: Field::Set(Word(user.status)),
            contact_id: user.contact_id.map(|id| At::from(id.0)).into(),
            roles: list(self.reader.roles_of(user.id)?),
            permissions: list(permissions),
            password: self.password(user.id)?,
            keys: self.keys(Owner::User(user.id.0))?,
            name: user.name.into(),
        })
    }

    fn contacts(&mut self) -> Result<Vec<Contact>, Error> {
        let mut contacts = Vec::new();
        let reader = self.reader;
        reader.each_contact(ContactFilter::default(), |contact| {
            contacts.push(Contact {
                id: contact.id.0.into(),
                deleted: Field::Set(contact.deleted),
                keys: self.keys(Owner::Contact(contact.id.0))?,
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

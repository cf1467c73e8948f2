//! What must hold in a document whatever the store has: no two of one name, ids from 1 up, no empty
//! names.

use std::collections::{HashMap, HashSet};

use serde::Deserialize;
use serde_json::json;

use super::error::Invalid;
use super::export::ExportedObject;
use super::field::Field;
use super::model::{Document, User};
use super::module_settings::ModuleSettings;
use super::place::{At, Place};
use super::secret_text::Password;
use super::suggest::did_you_mean;
use crate::credential::StoredPassword;
use crate::store::{LARGEST_ID, MODULES, Role, SettingKind};
use crate::verify::SettingValue;

impl Document {
    /// Checks what the fields by themselves allow and a policy does not.
    pub(super) fn check(&self) -> Result<(), Invalid> {
        if let Some(version) = self.authctl.set().filter(|version| version.value != 1) {
            return Err(
                self.refuse(version.place, "expected `authctl: 1`, the only version there is")
            );
        }
        self.check_site()?;
        self.check_civicrm()?;
        self.check_roles()?;
        self.check_users()?;
        self.check_contacts()?;
        self.check_module()?;
        self.check_resources()?;
        self.module_settings().map(drop)
    }

    fn check_module(&self) -> Result<(), Invalid> {
        let module = self.drupal.as_ref().and_then(|drupal| drupal.module.set());
        let Some(module) = module.filter(|module| !MODULES.contains(&module.value.as_str())) else {
            return Ok(());
        };
        let list = MODULES.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
        let hint = did_you_mean(&module.value, MODULES.iter().copied());
        Err(self.refuse(module.place, format!("expected one of {list}{hint}")))
    }

    /// `drupal.settings`, taken apart.
    pub(super) fn module_settings(&self) -> Result<Field<ModuleSettings>, Invalid> {
        match self.drupal.as_ref().map(|drupal| &drupal.settings) {
            None | Some(Field::Kept) => Ok(Field::Kept),
            Some(Field::Unset) => Ok(Field::Unset),
            Some(Field::Set(export)) => {
                ModuleSettings::new(&export.value).map(Field::Set).map_err(|message| {
                    self.refuse(export.place, format!("{message} in `drupal.settings`"))
                })
            }
        }
    }

    /// An error about this document.
    pub(super) fn refuse(&self, place: Place, message: impl Into<String>) -> Invalid {
        let place = (place != Place::default()).then_some(place);
        Invalid { file: self.file.clone(), place, message: message.into() }
    }

    fn check_site(&self) -> Result<(), Invalid> {
        let base_url = self.site.as_ref().and_then(|site| site.base_url.set());
        self.check_fact(base_url, SettingKind::Address)?;
        let core = self.drupal.as_ref().and_then(|drupal| drupal.core.set());
        self.check_fact(core, SettingKind::Version)
    }

    /// Refuses a text that a setting of that kind does not take.
    fn check_fact(&self, text: Option<&At<String>>, kind: SettingKind) -> Result<(), Invalid> {
        let Some(text) = text.filter(|text| !kind.takes(&json!(text.value))) else { return Ok(()) };
        Err(self.refuse(text.place, format!("expected {}", kind.expected())))
    }

    fn check_civicrm(&self) -> Result<(), Invalid> {
        let settings = self.civicrm.as_ref().and_then(|civicrm| civicrm.settings.set());
        for (name, value) in settings.into_iter().flatten() {
            let Field::Set(value) = value else { continue };
            let is_words = SettingValue::deserialize(&value.value.0).is_ok();
            if name.starts_with("authx_") && !is_words {
                let message = format!("expected a word or a list of words under `{name}`");
                return Err(self.refuse(value.place, message));
            }
        }
        Ok(())
    }

    fn check_roles(&self) -> Result<(), Invalid> {
        let mut names = HashSet::new();
        for role in &self.roles {
            self.check_name(&role.name, "role")?;
            if !names.insert(role.name.value.as_str()) {
                let message = format!("the role `{}` stands twice in `roles`", role.name.value);
                return Err(self.refuse(role.name.place, message));
            }
            self.check_names(&role.permissions, "permission")?;
        }
        let mut ids = HashSet::new();
        for entity in self.drupal.iter().flat_map(|drupal| &drupal.roles) {
            let id = self.entity_id(entity, "role", "id")?;
            if !ids.insert(id) {
                let message = format!("the role `{id}` stands twice in `drupal.roles`");
                return Err(self.refuse(entity.place, message));
            }
        }
        self.role_wishes().map(drop)
    }

    fn check_users(&self) -> Result<(), Invalid> {
        let mut names = HashMap::new();
        let mut ids = HashMap::new();
        for user in &self.users {
            let name = &user.name.value;
            self.check_name(&user.name, "user")?;
            if let Some(other) = names.insert(name.to_lowercase(), user) {
                let message = format!(
                    "the user `{name}` stands twice: line {} has that name, and case makes no difference",
                    other.name.place.line
                );
                return Err(self.refuse(user.name.place, message));
            }
            self.check_user(user)?;
            let Some(id) = user.id.set() else { continue };
            if let Some(other) = ids.insert(id.value, user) {
                let message =
                    format!("user id {} is that of `{}` already", id.value, other.name.value);
                return Err(self.refuse(id.place, message));
            }
        }
        Ok(())
    }

    fn check_user(&self, user: &User) -> Result<(), Invalid> {
        self.check_id(user.id.set(), "user")?;
        self.check_id(user.contact_id.set(), "contact")?;
        self.check_names(&user.roles, "role")?;
        self.check_names(&user.permissions, "permission")?;
        self.check_password(user)?;
        let mut roles = user.roles.set().into_iter().flatten();
        let built_in = roles.find(|role| Role::is_built_in(&role.value));
        built_in.map_or(Ok(()), |role| {
            let message = format!("`{}` is built in: it is not given to a user", role.value);
            Err(self.refuse(role.place, message))
        })
    }

    fn check_password(&self, user: &User) -> Result<(), Invalid> {
        let Some(password) = user.password.set() else { return Ok(()) };
        let Password::Hash { hash, key_file } = &password.value else { return Ok(()) };
        let refuse = |message: String| {
            self.refuse(password.place, format!("the password of `{}`: {message}", user.name.value))
        };
        if key_file.is_some() && !hash.expose().starts_with(b"$argon2id$") {
            return Err(refuse(
                "only a hash of authctl's own, argon2id, has a `key_file`".to_owned(),
            ));
        }
        StoredPassword::foreign(hash.clone()).map(drop).map_err(|error| refuse(error.to_string()))
    }

    fn check_contacts(&self) -> Result<(), Invalid> {
        let mut ids = HashSet::new();
        for contact in &self.contacts {
            self.check_id(Some(&contact.id), "contact")?;
            if !ids.insert(contact.id.value) {
                let message =
                    format!("the contact {} stands twice in `contacts`", contact.id.value);
                return Err(self.refuse(contact.id.place, message));
            }
        }
        Ok(())
    }

    fn check_resources(&self) -> Result<(), Invalid> {
        let mut ids = HashSet::new();
        let resources = self.drupal.as_ref().and_then(|drupal| drupal.resources.set());
        for entity in resources.into_iter().flatten() {
            let id = self.entity_id(entity, "resource", "id")?;
            if !ids.insert(id) {
                let message = format!("the resource `{id}` stands twice in `drupal.resources`");
                return Err(self.refuse(entity.place, message));
            }
        }
        Ok(())
    }

    /// The machine name of an exported entity.
    pub(super) fn entity_id<'a>(
        &self,
        entity: &'a At<ExportedObject>,
        kind: &str,
        field: &str,
    ) -> Result<&'a str, Invalid> {
        let id = entity.value.0.get(field).and_then(|id| id.as_str()).filter(|id| !id.is_empty());
        id.ok_or_else(|| {
            let message = format!("expected a {kind} as exported, with text under `{field}`");
            self.refuse(entity.place, message)
        })
    }

    fn check_id(&self, id: Option<&At<i64>>, kind: &str) -> Result<(), Invalid> {
        id.filter(|id| !(1..=LARGEST_ID).contains(&id.value)).map_or(Ok(()), |id| {
            let message = format!("expected a {kind} id, a whole number from 1 to {LARGEST_ID}");
            Err(self.refuse(id.place, message))
        })
    }

    fn check_name(&self, name: &At<String>, kind: &str) -> Result<(), Invalid> {
        if name.value.is_empty() {
            return Err(
                self.refuse(name.place, format!("expected the name of a {kind}, not empty text"))
            );
        }
        Ok(())
    }

    fn check_names(&self, names: &Field<Vec<At<String>>>, kind: &str) -> Result<(), Invalid> {
        names.set().into_iter().flatten().try_for_each(|name| self.check_name(name, kind))
    }
}

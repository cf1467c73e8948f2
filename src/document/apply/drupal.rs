//! The configuration of Drupal's module, and REST resources.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::Walk;
use crate::document::difference::Difference;
use crate::document::error::Error;
use crate::document::export::ExportedObject;
use crate::document::field::Field;
use crate::document::module_settings::{ModuleSettings, SECRETS, application_of, names};
use crate::document::place::Place;
use crate::store::EntityKind;

/// The setting of the object, without what has a place of its own.
const SETTINGS: &str = "drupal.settings";

impl Walk<'_, '_> {
    pub(super) fn drupal(&mut self) -> Result<(), Error> {
        let Some(drupal) = &self.document.drupal else { return Ok(()) };
        let place = drupal.settings.set().map_or(Place::default(), |export| export.place);
        match self.document.module_settings()? {
            Field::Kept => {}
            Field::Unset => self.unset_module()?,
            Field::Set(parts) => self.module(parts, place)?,
        }
        self.resources()
    }

    fn unset_module(&mut self) -> Result<(), Error> {
        if self.reader.stored_setting(SETTINGS)?.is_some() {
            self.differ(Difference::remove(format!("setting {SETTINGS}"), ""), |pen| {
                pen.change.set_setting(SETTINGS, &Value::Null).map(drop)
            })?;
        }
        self.stale_secrets(|path| application_of(path).is_none())?;
        self.remove_token()?;
        self.remove_entities(EntityKind::Application, &HashSet::new())
    }

    fn module(&mut self, parts: ModuleSettings, place: Place) -> Result<(), Error> {
        self.module_fields(&parts.rest)?;
        // A field that is given anew has only the secrets that it is given with.
        let kept: HashSet<&str> = parts.secrets.iter().map(|(path, _)| path.as_str()).collect();
        let applications = parts.applications.set().into_iter().flatten();
        let given: HashSet<&str> = applications
            .filter(|(_, application)| application.is_some())
            .map(|(id, _)| id.as_str())
            .collect();
        self.stale_secrets(|path| {
            let is_mentioned = match application_of(path) {
                Some(id) => given.contains(id.as_str()),
                None => names(path).first().is_some_and(|name| parts.rest.0.contains_key(name)),
            };
            is_mentioned && !kept.contains(path)
        })?;
        for (path, secret) in &parts.secrets {
            self.secret(&format!("{SECRETS}{path}"), &format!("secret {path}"), secret, place)?;
        }
        match &parts.api_token {
            Field::Kept => {}
            Field::Unset => self.remove_token()?,
            Field::Set(token) => self.token(token, place)?,
        }
        match parts.applications {
            Field::Kept => Ok(()),
            Field::Unset => self.remove_entities(EntityKind::Application, &HashSet::new()),
            Field::Set(applications) => self.applications(&applications),
        }
    }

    fn module_fields(&mut self, rest: &ExportedObject) -> Result<(), Error> {
        let stored = self.reader.stored_setting(SETTINGS)?;
        let mut fields = match stored {
            Some(Value::Object(fields)) => fields,
            _ => Map::new(),
        };
        let changed: Vec<_> = rest
            .0
            .iter()
            .filter(|(name, value)| fields.get(*name) != Some(value))
            .map(|(name, _)| name.as_str())
            .collect();
        if changed.is_empty() {
            return Ok(());
        }
        let difference = Difference::change(format!("setting {SETTINGS}"), changed.join(", "));
        fields.extend(rest.0.clone());
        self.differ(difference, |pen| {
            pen.change.set_setting(SETTINGS, &Value::Object(fields)).map(drop)
        })
    }

    /// Removes the secrets of the object whose paths are so.
    fn stale_secrets(&mut self, is_stale: impl Fn(&str) -> bool) -> Result<(), Error> {
        for name in self.reader.secret_names()? {
            if let Some(path) = name.strip_prefix(SECRETS).filter(|path| is_stale(path)) {
                self.remove_secret(&name, &format!("secret {path}"))?;
            }
        }
        Ok(())
    }

    fn applications(
        &mut self,
        applications: &[(String, Option<ExportedObject>)],
    ) -> Result<(), Error> {
        let mut removed = HashSet::new();
        for (id, application) in applications {
            match application {
                Some(fields) => self.put_entity(EntityKind::Application, id, fields)?,
                None if self.remove_entity(EntityKind::Application, id)? => {
                    removed.insert(id.clone());
                }
                None => {}
            }
        }
        self.secrets_of(&removed)?;
        if !self.prunes() {
            return Ok(());
        }
        let kept = applications.iter().map(|(id, _)| id.as_str()).collect();
        self.remove_entities(EntityKind::Application, &kept)
    }

    fn resources(&mut self) -> Result<(), Error> {
        let document = self.document;
        let resources = match document.drupal.as_ref().map(|drupal| &drupal.resources) {
            None | Some(Field::Kept) => return Ok(()),
            Some(Field::Unset) => {
                return self.remove_entities(EntityKind::Resource, &HashSet::new());
            }
            Some(Field::Set(resources)) => resources,
        };
        let mut kept = HashSet::new();
        for resource in resources {
            let id = document.entity_id(resource, "resource", "id")?;
            self.put_entity(EntityKind::Resource, id, &resource.value)?;
            kept.insert(id);
        }
        if self.prunes() { self.remove_entities(EntityKind::Resource, &kept) } else { Ok(()) }
    }

    fn put_entity(
        &mut self,
        kind: EntityKind,
        id: &str,
        wanted: &ExportedObject,
    ) -> Result<(), Error> {
        let wanted = Value::Object(wanted.0.clone());
        let subject = format!("{} {id}", noun(kind));
        let difference = match self.reader.entity(kind, id)? {
            Some(current) if current == wanted => return Ok(()),
            Some(current) => Difference::change(subject, changed_fields(&current, &wanted)),
            None => Difference::add(subject, ""),
        };
        self.differ(difference, |pen| pen.change.put_entity(kind, id, &wanted).map(drop))
    }

    /// Removes an object; answers whether it was there. Its secrets are left to the caller.
    fn remove_entity(&mut self, kind: EntityKind, id: &str) -> Result<bool, Error> {
        if self.reader.entity(kind, id)?.is_none() {
            return Ok(false);
        }
        self.differ(Difference::remove(format!("{} {id}", noun(kind)), ""), |pen| {
            pen.change.remove_entity(kind, id).map(drop)
        })?;
        Ok(true)
    }

    /// Removes all of a kind but those that are kept.
    fn remove_entities(&mut self, kind: EntityKind, kept: &HashSet<&str>) -> Result<(), Error> {
        let mut removed = HashSet::new();
        for (id, _) in self.reader.entities(kind)? {
            if !kept.contains(id.as_str()) && self.remove_entity(kind, &id)? {
                removed.insert(id);
            }
        }
        if kind == EntityKind::Application { self.secrets_of(&removed) } else { Ok(()) }
    }

    /// Removes the secrets of applications that are no longer there.
    fn secrets_of(&mut self, removed: &HashSet<String>) -> Result<(), Error> {
        if removed.is_empty() {
            return Ok(());
        }
        self.stale_secrets(|path| application_of(path).is_some_and(|id| removed.contains(&id)))
    }
}

fn noun(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Application => "application",
        EntityKind::Resource => "resource",
    }
}

/// The names of the top-level fields that differ.
fn changed_fields(current: &Value, wanted: &Value) -> String {
    let (Some(current), Some(wanted)) = (current.as_object(), wanted.as_object()) else {
        return String::new();
    };
    let gone = current.keys().filter(|name| !wanted.contains_key(*name));
    let other = wanted.iter().filter(|(name, value)| current.get(*name) != Some(value));
    let names: Vec<&str> = other.map(|(name, _)| name).chain(gone).map(String::as_str).collect();
    names.join(", ")
}

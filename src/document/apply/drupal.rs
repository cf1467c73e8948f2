//! The configuration of Drupal's module, and REST resources.

use serde_json::{Map, Value};

use super::Walk;
use crate::credential::ApiKey;
use crate::document::difference::Difference;
use crate::document::error::Error;
use crate::document::export::ExportedObject;
use crate::document::field::Field;
use crate::document::module_settings::{APPLICATIONS, ModuleSettings, SECRETS};
use crate::document::place::Place;
use crate::document::secret_text::SecretText;
use crate::store::{ApiKeyRow, EntityKind, KeyDigest, NewKey};
use crate::verify::Owner;

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
        self.stale_secrets(|path| !path.starts_with(&format!("{APPLICATIONS}.")))?;
        self.remove_token()?;
        self.remove_entities(EntityKind::Application, &[])
    }

    fn module(&mut self, parts: ModuleSettings, place: Place) -> Result<(), Error> {
        self.module_fields(&parts.rest)?;
        // A field that is given anew has only the secrets that it is given with.
        self.stale_secrets(|path| {
            let is_given = |name: &str| path == name || path.starts_with(&format!("{name}."));
            let applications = parts.applications.set().into_iter().flatten();
            let mut given = applications.filter(|(_, application)| application.is_some());
            let is_mentioned =
                parts.rest.0.keys().any(|name| name != APPLICATIONS && is_given(name))
                    || given.any(|(id, _)| is_given(&format!("{APPLICATIONS}.{id}")));
            is_mentioned && !parts.secrets.iter().any(|(kept, _)| kept == path)
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
            Field::Unset => self.remove_entities(EntityKind::Application, &[]),
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

    fn tokens(&self) -> Result<Vec<ApiKeyRow>, Error> {
        let mut tokens = self.reader.keys_of(Owner::ApiToken)?;
        tokens.retain(|token| token.revoked_at.is_none());
        Ok(tokens)
    }

    fn remove_token(&mut self) -> Result<(), Error> {
        let tokens = self.tokens()?;
        if tokens.is_empty() {
            return Ok(());
        }
        self.differ(Difference::remove("api_token", ""), |pen| {
            tokens.iter().try_for_each(|token| pen.change.remove_key(token.id).map(drop))
        })
    }

    fn token(&mut self, wanted: &SecretText, place: Place) -> Result<(), Error> {
        let keyring = self.reader.keyring();
        let (digest, hint, sealed) = match wanted {
            SecretText::Plain(text) => {
                let digest = KeyDigest::of(keyring, Owner::ApiToken, text, &mut self.argon)?;
                (digest, ApiKey::hint(text.expose()), None)
            }
            SecretText::Digest { digest, key_file, hint } => {
                self.check_key_file(key_file, place)?;
                (self.read_digest(digest, place)?, hint.clone(), None)
            }
            SecretText::Sealed { sealed, key_file } => {
                self.check_key_file(key_file, place)?;
                let opened = self.reader.open_key(Owner::ApiToken, sealed);
                let text = opened.map_err(|_| self.cannot_open(place))?;
                let digest = KeyDigest::of(keyring, Owner::ApiToken, &text, &mut self.argon)?;
                (digest, ApiKey::hint(text.expose()), Some(sealed))
            }
        };
        let tokens = self.tokens()?;
        let difference = match tokens.last() {
            Some(token) if token.digest == digest && (token.recoverable || sealed.is_none()) => {
                return Ok(());
            }
            Some(_) => Difference::change("api_token", ""),
            None => {
                Difference::add("api_token", if digest == KeyDigest::Empty { "empty" } else { "" })
            }
        };
        self.differ(difference, |pen| {
            tokens.iter().try_for_each(|token| pen.change.remove_key(token.id).map(drop))?;
            let key = NewKey::digested(Owner::ApiToken, digest, hint);
            let id = pen.change.add_key(&key, pen.rng)?;
            sealed.map_or(Ok(()), |sealed| pen.change.restore_key(id, sealed))
        })
    }

    fn applications(
        &mut self,
        applications: &[(String, Option<ExportedObject>)],
    ) -> Result<(), Error> {
        for (id, application) in applications {
            match application {
                Some(fields) => self.put_entity(EntityKind::Application, id, fields)?,
                None => self.remove_entity(EntityKind::Application, id)?,
            }
        }
        if !self.prunes() {
            return Ok(());
        }
        let kept: Vec<&str> = applications.iter().map(|(id, _)| id.as_str()).collect();
        self.remove_entities(EntityKind::Application, &kept)
    }

    fn resources(&mut self) -> Result<(), Error> {
        let document = self.document;
        let resources = match document.drupal.as_ref().map(|drupal| &drupal.resources) {
            None | Some(Field::Kept) => return Ok(()),
            Some(Field::Unset) => return self.remove_entities(EntityKind::Resource, &[]),
            Some(Field::Set(resources)) => resources,
        };
        let mut kept = Vec::new();
        for resource in resources {
            let id = document.entity_id(resource, "resource", "id")?;
            self.put_entity(EntityKind::Resource, id, &resource.value)?;
            kept.push(id);
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

    fn remove_entity(&mut self, kind: EntityKind, id: &str) -> Result<(), Error> {
        if self.reader.entity(kind, id)?.is_none() {
            return Ok(());
        }
        self.differ(Difference::remove(format!("{} {id}", noun(kind)), ""), |pen| {
            pen.change.remove_entity(kind, id).map(drop)
        })?;
        let secrets = format!("{APPLICATIONS}.{id}.");
        self.stale_secrets(|path| kind == EntityKind::Application && path.starts_with(&secrets))
    }

    /// Removes all of a kind but those that are kept.
    fn remove_entities(&mut self, kind: EntityKind, kept: &[&str]) -> Result<(), Error> {
        for (id, _) in self.reader.entities(kind)? {
            if !kept.contains(&id.as_str()) {
                self.remove_entity(kind, &id)?;
            }
        }
        Ok(())
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

//! The part of the store that a decision reads whatever the request.

use std::collections::BTreeMap;

use serde_json::Value;

use super::entity::EntityKind;
use super::role::{ANONYMOUS, AUTHENTICATED};
use super::secret::{SIGN_KEYS, SITE_KEY};
use super::setting::{AUTHX, CIVICRM_SETTINGS, KnownSetting};
use super::{ApiKeyRow, Error, KeyDigest, Reader};
use crate::verify::{
    ApiToken, ApiTokenKey, CiviCrmPolicy, Cms, Collation, DrupalPolicy, Owner, Policy, Release,
    SettingValue,
};

impl Reader<'_> {
    /// What the sites are set to.
    pub(crate) fn policy(&self) -> Result<Policy, Error> {
        let settings = Settings(self.stored_settings()?);
        let base_url = settings.get("site.base_url");
        Ok(Policy {
            base_url: base_url.as_str().map(|url| url.trim_end_matches('/').to_owned()),
            cms: settings.choice("site.cms", &Cms::ALL, Cms::name)?,
            anonymous: self.grants_of_role(ANONYMOUS)?,
            authenticated: self.grants_of_role(AUTHENTICATED)?,
            super_user: settings.is_true("drupal.super_user"),
            civicrm: self.civicrm_policy(&settings)?,
            drupal: self.drupal_policy(&settings)?,
        })
    }

    fn civicrm_policy(&self, settings: &Settings) -> Result<CiviCrmPolicy, Error> {
        let collations = [Collation::CaseInsensitive, Collation::Binary];
        Ok(CiviCrmPolicy {
            release: settings.choice("civicrm.release", &Release::ALL, Release::name)?,
            collation: settings.choice(
                "civicrm.api_key_collation",
                &collations,
                Collation::name,
            )?,
            site_key: self.secret(SITE_KEY)?,
            sign_keys: self.secret(SIGN_KEYS)?,
            settings: settings.of_civicrm()?,
            reports_blocked: settings.get("civicrm.cms_overrides.reports_blocked").as_bool(),
            password_rejects_blocked: settings
                .get("civicrm.cms_overrides.password_rejects_blocked")
                .as_bool(),
        })
    }

    fn drupal_policy(&self, settings: &Settings) -> Result<DrupalPolicy, Error> {
        let text = |name| settings.get(name).as_str().unwrap_or_default().to_owned();
        let resources = self.entities(EntityKind::Resource)?;
        Ok(DrupalPolicy {
            module: text("drupal.module"),
            core: text("drupal.core"),
            settings: match settings.get("drupal.settings") {
                Value::Object(settings) => settings,
                _ => return Err(unreadable("drupal.settings")),
            },
            api_token: self.api_token()?,
            api_token_key: self
                .api_token_row()?
                .map(|key| ApiTokenKey { id: key.id.0, expires_at: key.expires_at }),
            resources: resources.into_iter().map(|(_, resource)| resource).collect(),
            applications: self.entities(EntityKind::Application)?.into_iter().collect(),
            key_auth: Some(settings.get("drupal.key_auth")).filter(|value| !value.is_null()),
            jsonapi_read_only: settings.is_true("drupal.jsonapi_read_only"),
            output_buffering: settings
                .get("drupal.output_buffering")
                .as_i64()
                .ok_or_else(|| unreadable("drupal.output_buffering"))?,
        })
    }

    /// The state of the module's own key. A revoked one, and one that another is in the place of, are as if
    /// they had never been there; whether one is expired hangs on the moment of the decision.
    pub(crate) fn api_token(&self) -> Result<ApiToken, Error> {
        Ok(match self.api_token_row()? {
            None => ApiToken::Absent,
            Some(key) if key.digest == KeyDigest::Empty => ApiToken::Empty,
            Some(_) => ApiToken::Set,
        })
    }

    fn api_token_row(&self) -> Result<Option<ApiKeyRow>, Error> {
        let mut keys = self.keys_of(Owner::ApiToken)?;
        keys.retain(|key| key.revoked_at.is_none() && key.replaced_by.is_none());
        Ok(keys.pop())
    }
}

/// The stored settings.
struct Settings(BTreeMap<String, Value>);

impl Settings {
    fn get(&self, name: &str) -> Value {
        let default = || KnownSetting::named(name).map(KnownSetting::default);
        self.0.get(name).cloned().or_else(default).unwrap_or_default()
    }

    fn is_true(&self, name: &str) -> bool {
        self.get(name) == Value::Bool(true)
    }

    fn choice<T: Copy>(
        &self,
        name: &str,
        choices: &[T],
        word: impl Fn(T) -> &'static str,
    ) -> Result<T, Error> {
        let value = self.get(name);
        let chosen = choices.iter().copied().find(|choice| value == word(*choice));
        chosen.ok_or_else(|| unreadable(name))
    }

    fn of_civicrm(&self) -> Result<BTreeMap<String, SettingValue>, Error> {
        let ours = self.0.iter().filter_map(|(name, value)| {
            let name = name.strip_prefix(CIVICRM_SETTINGS)?;
            name.starts_with(AUTHX).then(|| (name.to_owned(), value))
        });
        ours.map(|(name, value)| match serde_json::from_value(value.clone()) {
            Ok(value) => Ok((name, value)),
            Err(_) => Err(unreadable(&name)),
        })
        .collect()
    }
}

/// Nothing of ours writes such a value.
fn unreadable(name: &str) -> Error {
    Error::Damaged(format!("the setting `{name}` has a value that it cannot have"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::EntityKind;
    use super::super::testing::{change, rng, store};
    use super::*;
    use crate::credential::{Argon, Secret};
    use crate::store::NewKey;

    #[test]
    fn a_new_store_has_the_documented_defaults() {
        let (_folder, store) = store();
        let policy = store.read().policy().unwrap();
        assert_eq!((policy.base_url, policy.cms, policy.super_user), (None, Cms::Drupal, true));
        assert_eq!(policy.civicrm.release, Release::V6_14);
        assert_eq!(policy.civicrm.collation, Collation::CaseInsensitive);
        assert_eq!((policy.civicrm.site_key, policy.civicrm.sign_keys), (None, None));
        assert_eq!((policy.drupal.module.as_str(), policy.drupal.core.as_str()), ("guide", "10.3"));
        assert_eq!(policy.drupal.api_token, ApiToken::Absent);
        assert_eq!((policy.drupal.jsonapi_read_only, policy.drupal.output_buffering), (true, 4096));
        assert!(policy.civicrm.settings.is_empty() && policy.drupal.key_auth.is_none());
    }

    #[test]
    fn a_policy_is_what_was_set() {
        let (_folder, mut store) = store();
        change(&mut store, |change| {
            for (name, value) in [
                ("site.base_url", json!("https://crm.example.org/")),
                ("site.cms", json!("joomla")),
                ("civicrm.release", json!("5.79")),
                ("civicrm.api_key_collation", json!("bin")),
                ("civicrm.cms_overrides.reports_blocked", json!(false)),
                ("civicrm.settings.authx_guards", json!(["perm"])),
                ("civicrm.settings.authx_header_user", json!("require")),
                ("drupal.module", json!("2.0.18")),
                ("drupal.settings", json!({"enable_authentication": 1})),
                ("drupal.key_auth", json!({"auto_generate_keys": true})),
                ("drupal.super_user", json!(false)),
            ] {
                change.set_setting(name, &value)?;
            }
            change.set_secret(SITE_KEY, Some(&Secret::from("")), &mut rng())?;
            change.set_secret(SIGN_KEYS, Some(&Secret::from("jwt-hs256::x")), &mut rng())?;
            change.put_entity(
                EntityKind::Resource,
                "entity.user",
                &json!({"id": "entity.user"}),
            )?;
            change.put_entity(EntityKind::Application, "app1", &json!({"name": "A"}))?;
            change.grant(&ANONYMOUS.into(), "access content")
        });
        let policy = store.read().policy().unwrap();
        assert_eq!(policy.base_url.as_deref(), Some("https://crm.example.org"));
        assert_eq!((policy.cms, policy.super_user), (Cms::Joomla, false));
        assert!(
            policy.anonymous.has("access content") && !policy.authenticated.has("access content")
        );
        let civicrm = policy.civicrm;
        assert_eq!((civicrm.release, civicrm.collation), (Release::V5_79, Collation::Binary));
        assert_eq!(civicrm.site_key, Some(Secret::from("")));
        assert_eq!(civicrm.sign_keys, Some(Secret::from("jwt-hs256::x")));
        assert_eq!(civicrm.reports_blocked, Some(false));
        assert_eq!(civicrm.password_rejects_blocked, None);
        assert_eq!(civicrm.settings["authx_guards"], SettingValue::List(vec!["perm".into()]));
        assert_eq!(civicrm.settings["authx_header_user"], SettingValue::Text("require".into()));
        let drupal = policy.drupal;
        assert_eq!(drupal.module, "2.0.18");
        assert_eq!(drupal.settings["enable_authentication"], json!(1));
        assert_eq!(drupal.key_auth, Some(json!({"auto_generate_keys": true})));
        assert_eq!(drupal.resources, [json!({"id": "entity.user"})]);
        assert_eq!(drupal.applications["app1"], json!({"name": "A"}));
    }

    #[test]
    fn the_modules_key_is_absent_empty_or_set() {
        let (_folder, mut store) = store();
        for (text, expected) in [("", ApiToken::Empty), ("text", ApiToken::Set)] {
            let id = change(&mut store, |change| {
                let text = Secret::from(text);
                let owner = Owner::ApiToken;
                let key = NewKey::of(change.keyring(), owner, &text, &mut Argon::new())?;
                change.add_key(&key, &mut rng())
            });
            assert_eq!(store.read().api_token().unwrap(), expected);
            change(&mut store, |change| {
                let mut key = change.read().key(id)?.unwrap();
                key.revoked_at = Some(1);
                change.update_key(&key)
            });
            assert_eq!(store.read().api_token().unwrap(), ApiToken::Absent);
        }
    }
}

//! One step of a remedy, and what it does to a trial.

use serde_json::{Value, json};

use super::Trial;
use super::edit::Edit;
use crate::credential::Secret;
use crate::verify::drupal::route;
use crate::verify::{ApiToken, Change, Grantee, KeyFact, Owner, PasswordFact, UserFact};

/// One step: a change that CiviCRM's remedies know too, one of Drupal's side alone, or another request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// Accounts, permissions, keys.
    Shared(Change),
    /// Drupal's configuration.
    Site(SiteChange),
    /// The request itself.
    Edit(Edit),
}

/// A change of Drupal's side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum SiteChange {
    /// Adds an account.
    AddAccount {
        /// Its name.
        name: String,
        /// Its number, where that is what is asked for.
        id: Option<i64>,
    },
    /// Gives an account the password that was sent, standing for any new one.
    Password {
        /// Whose.
        name: String,
        /// The password that was sent.
        password: Secret,
    },
    /// Gives an account the key that was sent, standing for any new one.
    Key {
        /// Whose.
        name: String,
        /// The key that was sent.
        text: Secret,
    },
    /// Gives the settings of the site the key that was sent, standing for any new one.
    SiteKey {
        /// The number of the key that stands there now.
        in_place_of: Option<i64>,
        /// The key that was sent.
        text: Secret,
    },
    /// Makes an application the default one.
    Default(String),
    /// Adds a default application for API keys in the `Authorization` header.
    AddApplication,
    /// Lets an application read the other header.
    Header {
        /// The application.
        id: String,
        /// Whether keys come in `API-KEY`.
        api_key: bool,
    },
    /// Enables a method of a REST resource, with a format and a provider.
    Resource {
        /// The plugin.
        plugin: String,
        /// The method.
        method: String,
        /// The format.
        format: String,
        /// The provider.
        provider: String,
    },
    /// Takes JSON:API's read-only mode away.
    Writable,
    /// Turns the module on.
    SwitchOn,
}

impl Step {
    /// How much the step opens; another request opens nothing.
    pub(super) fn danger(&self) -> u32 {
        match self {
            Self::Edit(_) => 0,
            Self::Shared(Change::Grant { to: Grantee::Role(role), .. })
                if role == "anonymous" || role == "authenticated" =>
            {
                9
            }
            Self::Shared(Change::Unblock { .. }) => 4,
            Self::Shared(_) => 2,
            Self::Site(change) => match change {
                SiteChange::SwitchOn => 0,
                SiteChange::Key { .. } | SiteChange::Password { .. } => 1,
                SiteChange::Writable => 5,
                SiteChange::SiteKey { .. } => 3,
                _ => 2,
            },
        }
    }

    /// Applies the step.
    pub(super) fn apply(&self, trial: &mut Trial) {
        match self {
            Self::Shared(change) => change.apply(&mut trial.policy, &mut trial.facts),
            Self::Edit(edit) => edit.apply(trial),
            Self::Site(change) => change.apply(trial),
        }
    }
}

impl SiteChange {
    fn apply(&self, trial: &mut Trial) {
        let drupal = &mut trial.policy.drupal;
        match self {
            Self::AddAccount { name, id } => drop(add_account(trial, name, *id, false)),
            Self::Password { name, password } => add_password(trial, name, password),
            Self::SiteKey { text, .. } => {
                drupal.api_token = ApiToken::Set;
                drupal.api_token_key = None;
                add_key(trial, text, Owner::ApiToken);
            }
            Self::Key { name, text } => {
                if let Some(id) = trial.facts.user_named(name).map(|user| user.id) {
                    add_key(trial, text, Owner::User(id));
                }
            }
            Self::Default(id) => {
                for (other, record) in &mut drupal.applications {
                    if let Value::Object(record) = record {
                        record.insert("is_default".to_owned(), json!(other == id));
                    }
                }
                drupal.settings.insert("default_application_id".to_owned(), json!(id));
            }
            Self::AddApplication => {
                let record = json!({"authentication_method": 1, "rest_api_auth_type": 0, "is_default": true});
                drupal.applications.insert("new".to_owned(), record);
                drupal.settings.insert("default_application_id".to_owned(), json!("new"));
            }
            Self::Header { id, api_key } => {
                if let Some(Value::Object(record)) = drupal.applications.get_mut(id) {
                    record.insert("rest_api_auth_type".to_owned(), json!(u8::from(*api_key)));
                }
            }
            Self::Resource { plugin, method, format, provider } => {
                route::enable(&mut drupal.resources, plugin, method, format, provider);
            }
            Self::Writable => drupal.jsonapi_read_only = false,
            Self::SwitchOn => {
                drupal.settings.insert("enable_authentication".to_owned(), json!(1));
            }
        }
    }
}

/// Adds an account of that name, with all permissions when it stands for one that has what it takes.
pub(super) fn add_account(trial: &mut Trial, name: &str, id: Option<i64>, admin: bool) -> i64 {
    let last = trial.facts.users.keys().next_back().copied().unwrap_or(1);
    let id = id.unwrap_or_else(|| last.saturating_add(1).max(2));
    let mut grants = trial.policy.authenticated.clone();
    grants.admin |= admin;
    let user = UserFact {
        id,
        name: name.to_owned(),
        email: None,
        blocked: false,
        contact_id: None,
        roles: Vec::new(),
        grants,
    };
    trial.facts.users.insert(id, user);
    id
}

/// Makes a text a live key of an owner.
pub(super) fn add_key(trial: &mut Trial, text: &Secret, owner: Owner) {
    let fact = KeyFact::plain(0, owner);
    match trial.facts.keys.iter_mut().find(|(known, _)| known == text) {
        Some((_, facts)) => facts.push(fact),
        None => trial.facts.keys.push((text.clone(), vec![fact])),
    }
}

/// Makes a text an account's password.
pub(super) fn add_password(trial: &mut Trial, name: &str, password: &Secret) {
    let user_id = trial.facts.user_named(name).map(|user| user.id);
    trial.facts.passwords.retain(|fact| fact.name != name);
    trial.facts.passwords.push(PasswordFact {
        name: name.to_owned(),
        password: password.clone(),
        user_id,
        matches: user_id.is_some(),
        needs_rehash: false,
    });
}

//! Which authentication provider takes a request, and what it will look up.
//!
//! `AuthenticationManager` gives the request to the first provider that applies, by priority: contrib
//! `key_auth` 200, the module 150, core `basic_auth` 100, `cookie` 0. The order of the checks inside the
//! module is `RestAPI::authenticate()`'s. Nothing is looked up here, so that the same plan tells the
//! caller what to fetch and the judgement what to do with it.

use super::application::{self, Application, Method};
use super::extract::{self, Pair};
use super::gate::{self, Gate};
use super::level::Level;
use super::loose;
use super::refusal::ModuleError;
use super::wire::Wire;
use crate::credential::Secret;
use crate::verify::php::Value;
use crate::verify::{Policy, Session};

/// What a request's authentication comes down to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Attempt {
    /// Contrib `key_auth`: a key sent as it is.
    KeyAuth {
        /// The key.
        key: Secret,
        /// Whether it stood in the query.
        in_query: bool,
    },
    /// The module claimed the request.
    Module(Claim),
    /// Core's Basic authentication.
    Basic(Pair),
    /// A cookie session.
    Cookie(i64),
    /// Nobody applied.
    Nobody,
}

/// What the module does with a request that it claimed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Claim {
    /// The application, once one was chosen.
    pub(super) application: Option<Application>,
    /// What comes of it.
    pub(super) outcome: Outcome,
}

impl Claim {
    /// The id of the application, where there are some.
    pub(super) fn application_id(&self) -> Option<&str> {
        self.application.as_ref()?.identity.as_ref().map(|(id, _)| id.as_str())
    }
}

/// What comes of a claimed request before anything is looked up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// Refused at once.
    Refused(ModuleError),
    /// `/user/login`: let through as nobody.
    LogIn,
    /// A method of the paid edition: let through as nobody.
    Premium(i64),
    /// A name and a key.
    Key(Pair),
    /// A name and a password.
    Password(Pair),
}

/// An authentication provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Provider {
    /// Contrib `key_auth`.
    KeyAuth,
    /// The module.
    Module,
    /// Core `basic_auth`.
    Basic,
    /// Core's cookie sessions, the one global provider.
    Cookie,
}

impl Provider {
    /// The provider's id in `authentication` lists.
    pub(super) fn id(self) -> &'static str {
        match self {
            Self::KeyAuth => "key_auth",
            Self::Module => "rest_api_authentication",
            Self::Basic => "basic_auth",
            Self::Cookie => "cookie",
        }
    }
}

impl Attempt {
    /// The provider that applied.
    pub(super) fn provider(&self) -> Option<Provider> {
        match self {
            Self::KeyAuth { .. } => Some(Provider::KeyAuth),
            Self::Module(_) => Some(Provider::Module),
            Self::Basic(_) => Some(Provider::Basic),
            Self::Cookie(_) => Some(Provider::Cookie),
            Self::Nobody => None,
        }
    }
}

/// Finds the provider that takes the request.
pub(super) fn plan(
    level: Level,
    policy: &Policy,
    wire: &Wire<'_>,
    session: Option<Session>,
) -> Attempt {
    if let Some((key, in_query)) = key_auth(policy, wire) {
        return Attempt::KeyAuth { key, in_query };
    }
    if gate::gate(level, policy, wire) == Gate::Claims {
        return Attempt::Module(claim(level, policy, wire));
    }
    if let Some(pair) = extract::php_auth(wire) {
        return Attempt::Basic(pair);
    }
    session.and_then(|session| session.user_id).map_or(Attempt::Nobody, Attempt::Cookie)
}

/// The module's own order: log-in page, application, method, header.
fn claim(level: Level, policy: &Policy, wire: &Wire<'_>) -> Claim {
    let refused = |application, error| Claim { application, outcome: Outcome::Refused(error) };
    // 8.x-1.x and 2.0 up to 2.0.15 are not told apart here: all that are judged let the page through.
    if gate::is_log_in(level, wire) {
        return Claim { application: None, outcome: Outcome::LogIn };
    }
    let application = match application::choose(level, &policy.drupal, wire) {
        Ok(application) => application,
        Err(error) => return refused(None, error),
    };
    let outcome = match application.method {
        Method::Premium(number) => Outcome::Premium(number),
        Method::ApiKey => match extract::key(level, &policy.drupal, application.header, wire) {
            Ok(pair) => Outcome::Key(pair),
            Err(error) => Outcome::Refused(error),
        },
        Method::Basic => match extract::password(level, &policy.drupal, wire) {
            Ok(pair) => Outcome::Password(pair),
            Err(error) => Outcome::Refused(error),
        },
    };
    Claim { application: Some(application), outcome }
}

/// Contrib `key_auth`: header first, then query, one name for both.
fn key_auth(policy: &Policy, wire: &Wire<'_>) -> Option<(Secret, bool)> {
    let settings = policy.drupal.key_auth.as_ref()?.as_object()?;
    let methods = match settings.get("detection_methods") {
        None => vec!["header".to_owned(), "query".to_owned()],
        methods => loose::words(methods),
    };
    let name = settings.get("param_name").and_then(|name| name.as_str()).unwrap_or("api-key");
    let has = |method: &str| methods.iter().any(|known| known == method);
    if has("header")
        && let Some(key) = wire.truthy_header(name)
    {
        return Some((Secret::new(key), false));
    }
    match wire.query.get(name.as_bytes()).filter(|_| has("query"))? {
        value if value.is_empty() => None,
        Value::Text(key) => Some((Secret::new(key.clone()), true)),
        Value::Array(_) => None,
    }
}

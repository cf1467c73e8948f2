//! Which application a request belongs to, and by which method it has to authenticate:
//! `RestAPI::authenticate()` of 2.1.0. Before 2.1.0 the settings themselves are the one application.

use serde_json::{Map, Value};

use super::level::Level;
use super::loose;
use super::refusal::ModuleError;
use super::wire::Wire;
use crate::verify::DrupalPolicy;

/// The application's say in how a request authenticates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Application {
    /// Its id and name; `None` before 2.1.0.
    pub(super) identity: Option<(String, String)>,
    /// Whether it was chosen because it is the default.
    pub(super) by_default: bool,
    /// How requests authenticate.
    pub(super) method: Method,
    /// Which header carries the key.
    pub(super) header: KeyHeader,
}

/// `authentication_method`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Method {
    /// 0: user name and password.
    Basic,
    /// 1: user name and API key.
    ApiKey,
    /// 2, 3, 4 and all else: OAuth, JWT, an external identity provider.
    Premium(i64),
}

/// `rest_api_auth_type`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum KeyHeader {
    /// All but 1: `Authorization: Basic …`.
    Authorization,
    /// 1: `API-KEY: …`.
    ApiKey,
}

/// Chooses the application of a request.
pub(super) fn choose(
    level: Level,
    policy: &DrupalPolicy,
    wire: &Wire<'_>,
) -> Result<Application, ModuleError> {
    if !level.has_applications() {
        return Ok(Application {
            identity: None,
            by_default: false,
            method: method(policy.settings.get("authentication_method")),
            header: KeyHeader::Authorization,
        });
    }
    let sent = wire.header("AUTH-METHOD").map(|value| {
        // PHP's `trim` also drops NUL and the vertical tab.
        let blank = |c: char| matches!(c, ' ' | '\t' | '\n' | '\r' | '\0' | '\x0b');
        String::from_utf8_lossy(value).trim_matches(blank).to_owned()
    });
    let by_default = sent.is_none();
    let id = match sent {
        Some(id) => id,
        None => default_application(policy).ok_or(ModuleError::MissingHeader)?,
    };
    let record = loose::get(&policy.applications, &id)
        .and_then(Value::as_object)
        .filter(|record| level != Level::Guide || !is_switched_off(record))
        .ok_or(ModuleError::UnknownApplication)?;
    let header = loose::get(record, "rest_api_auth_type")
        .or_else(|| loose::get(&policy.settings, "rest_api_auth_type"));
    let name = record.get("name").and_then(Value::as_str).unwrap_or("Unknown").to_owned();
    Ok(Application {
        identity: Some((id, name)),
        by_default,
        method: method(record.get("authentication_method")),
        header: if loose::is_one(header) { KeyHeader::ApiKey } else { KeyHeader::Authorization },
    })
}

/// The id of the application that requests without the header belong to.
pub(super) fn default_application(policy: &DrupalPolicy) -> Option<String> {
    let id =
        policy.settings.get("default_application_id").filter(|id| loose::is_truthy(Some(id)))?;
    let id = id.as_str().map_or_else(|| id.to_string(), str::to_owned);
    let record = policy.applications.get(&id)?.as_object()?;
    loose::is_truthy(record.get("is_default")).then_some(id)
}

/// The application's own switch, which no release looks at (SA-CONTRIB-2025-020 is the same fault in
/// another module). A record without it is on.
fn is_switched_off(record: &Map<String, Value>) -> bool {
    loose::get(record, "enable_authentication").is_some_and(|on| !loose::is_one(Some(on)))
}

fn method(value: Option<&Value>) -> Method {
    match value.map_or(Some(0), loose::number) {
        Some(0) => Method::Basic,
        Some(1) => Method::ApiKey,
        Some(other) => Method::Premium(other),
        None => Method::Premium(-1),
    }
}

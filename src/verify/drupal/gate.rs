//! Whether the module's provider applies to a request: `RestAPI::applies()`.
//!
//! Up to 2.1.0 the raw request URI is searched for substrings; the guide level parses path and query,
//! which is what SA-CONTRIB-2026-182 asked for.

use super::advanced;
use super::level::Level;
use super::loose;
use super::wire::Wire;
use crate::verify::Policy;

/// What the module makes of a request's address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gate {
    /// `enable_authentication` is off.
    Off,
    /// The module does not look at the request.
    Passes,
    /// The module claims the request, and no provider of lower priority gets a turn.
    Claims,
}

/// Applies the level's rule.
pub(super) fn gate(level: Level, policy: &Policy, wire: &Wire<'_>) -> Gate {
    let settings = &policy.drupal.settings;
    if level != Level::V1_13 && !loose::is_one(settings.get("enable_authentication")) {
        return Gate::Off;
    }
    let claims = match level {
        Level::Guide => is_api(wire) || advanced::is_restricted(&policy.drupal, wire),
        _ => claims_raw(wire.uri),
    };
    if claims { Gate::Claims } else { Gate::Passes }
}

/// The rule of the real releases, on the URI as it was sent.
pub(super) fn claims_raw(uri: &str) -> bool {
    !uri.contains("/admin/config/services/jsonapi/")
        && (uri.contains("/jsonapi/") || uri.contains("?_format="))
}

/// The rule that was meant: a path under `/jsonapi`, or a parameter `_format`, however they are written.
pub(super) fn is_api(wire: &Wire<'_>) -> bool {
    let path = folded_path(wire);
    let under = |prefix: &str| {
        path.strip_prefix(prefix).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    !under("/admin/config/services/jsonapi")
        && (under("/jsonapi") || wire.query.get(b"_format").is_some())
}

/// Whether the path is the log-in page, which the module lets through once it has claimed the request.
pub(super) fn is_log_in(level: Level, wire: &Wire<'_>) -> bool {
    if level == Level::Guide {
        folded_path(wire) == "/user/login"
    } else {
        wire.path == "/user/login"
    }
}

fn folded_path(wire: &Wire<'_>) -> String {
    let parts: Vec<String> = wire
        .routed_path()
        .to_lowercase()
        .split('/')
        .filter(|part| !part.is_empty())
        .map(str::to_owned)
        .collect();
    format!("/{}", parts.join("/"))
}

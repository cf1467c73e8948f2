//! The words of an explanation: what a check found, and what to beware of.
//!
//! No word here decides anything, and none repeats a credential.

use serde_json::Value;

use super::access::Access;
use super::attempt::{Attempt, Claim, Outcome};
use super::code;
use super::end::Exception;
use super::extract::Pair;
use super::gate::{self, Gate};
use super::identity::Identity;
use super::key::Verdict as KeyVerdict;
use super::level::Level;
use super::loose;
use super::negotiate::Matched;
use super::refusal::ModuleError;
use super::route::{self, Route};
use super::site::{Site, called, shown};
use super::trail::Trail;
use super::wire::Wire;
use crate::verify::{KeyFact, Owner, UserFact};

/// Warns of header names that only PHP's own server takes.
pub(super) fn header_names(site: &Site<'_>, wire: &Wire<'_>, trail: &mut Trail) {
    let names = ["API-KEY", "AUTH-METHOD", "X-CSRF-Token"];
    let custom = site.policy.drupal.settings.get("custom_header").and_then(Value::as_str);
    for header in &wire.http.headers {
        let is_ours = names
            .into_iter()
            .chain(custom)
            .any(|name| crate::verify::same_header(&header.name, name) && !name.contains('_'));
        if is_ours && header.name.contains('_') {
            trail.warn(
                code::HEADER_UNDERSCORE,
                format!(
                    "`{}` is written with an underscore: Apache and nginx drop such headers.",
                    header.name
                ),
            );
        }
    }
}

/// The module's first decision: is this a request of its own?
pub(super) fn gate(
    site: &Site<'_>,
    wire: &Wire<'_>,
    attempt: &Attempt,
    routes: &[Route],
    trail: &mut Trail,
) {
    if let Attempt::KeyAuth { .. } = attempt {
        trail.skip(code::GATE, "gate", "contrib key_auth found a key and goes first");
        return;
    }
    let is_api = gate::is_api(wire);
    match gate::gate(site.level, site.policy, wire) {
        Gate::Claims if is_api => {
            trail.pass(code::GATE, "gate", "an API request, which the module claims");
        }
        Gate::Claims => trail.note(
            code::GATE,
            "gate",
            "no API request, but its address holds what the module looks for: it is claimed",
        ),
        Gate::Off => {
            trail.skip(code::GATE, "gate", "enable_authentication is off");
            trail.warn(
                code::AUTH_DISABLED,
                "The module is switched off: keys are not looked at, and core's permissions alone \
                 protect the API.",
            );
        }
        Gate::Passes if is_api => {
            trail.skip(code::GATE, "gate", "an API request that the module does not recognise");
            trail.warn(
                code::GATE_EVADED,
                "The module searches the raw address for `/jsonapi/` and `?_format=`; written like \
                 this the request goes past it (SA-CONTRIB-2026-182).",
            );
        }
        Gate::Passes => {
            trail.skip(
                code::GATE,
                "gate",
                "neither under /jsonapi nor with _format: not looked at",
            );
            let rest = routes.iter().any(|route| {
                route.name.starts_with("rest.") && route.methods.contains(&wire.method)
            });
            if rest {
                trail.warn(
                    code::UNGATED_ROUTE,
                    "A REST route answers here without `_format`, and the module does not look at \
                     the request.",
                );
            }
        }
    }
}

/// The application that was chosen.
pub(super) fn application(site: &Site<'_>, claim: &Claim, trail: &mut Trail) {
    let Some(application) = &claim.application else { return };
    let Some((id, name)) = &application.identity else { return };
    let how = if application.by_default { ", the default one" } else { "" };
    trail.pass(code::APPLICATION, "application", format!("{id} \"{name}\"{how}"));
    let record = site.policy.drupal.applications.get(id).and_then(Value::as_object);
    let switch = record.and_then(|record| loose::get(record, "enable_authentication"));
    if switch.is_some() && !loose::is_one(switch) {
        trail.warn(
            code::APPLICATION_SWITCH,
            format!(
                "Application {id} is switched off in its own record, which the module ignores."
            ),
        );
    }
}

/// The header that was read.
pub(super) fn credential(site: &Site<'_>, claim: &Claim, pair: &Pair, trail: &mut Trail) {
    let header = match &claim.application {
        Some(application) if application.header == super::application::KeyHeader::ApiKey => {
            "API-KEY"
        }
        _ => "Authorization: Basic",
    };
    let what = match claim.outcome {
        Outcome::Password(_) => "password",
        _ => "key",
    };
    let name = shown(site, pair);
    trail.pass(code::CREDENTIAL, "credential", format!("{header}, name `{name}` and a {what}"));
    if pair.odd_scheme {
        trail.warn(
            code::SCHEME_LENIENT,
            format!(
                "The scheme is not `Basic`; level {} looks for `asic` at the end of any word.",
                site.level.name()
            ),
        );
    }
    if pair.cut_off {
        trail.warn(
            code::CUT_AT_COLON,
            format!(
                "The text is cut at every colon: what follows the second one was ignored, and a {what} \
                 with a colon can never be right at level {}.",
                site.level.name()
            ),
        );
    }
}

/// A refusal that came before any look-up.
pub(super) fn refusal(error: &ModuleError, trail: &mut Trail) {
    let (label, observed, required) = match error {
        ModuleError::MissingHeader => (
            "application",
            "no AUTH-METHOD header, and no application is the default",
            "AUTH-METHOD: ID, or a default application",
        ),
        ModuleError::UnknownApplication => {
            ("application", "no application has the id in AUTH-METHOD", "the id of an application")
        }
        ModuleError::MissingApiKey => {
            ("credential", "no API-KEY header", "API-KEY: base64 of name:key")
        }
        ModuleError::ApiKeyFormat => (
            "credential",
            "API-KEY does not hold base64 of a name, a colon and a key",
            "API-KEY: base64 of name:key",
        ),
        ModuleError::MissingAuthorization | ModuleError::NoPasswordHeader => (
            "credential",
            "no Authorization header; a web server may strip it",
            "Authorization: Basic base64 of name:secret",
        ),
        ModuleError::AuthorizationScheme | ModuleError::PasswordScheme => (
            "credential",
            "the Authorization header is not of the scheme Basic",
            "Authorization: Basic base64 of name:secret",
        ),
        ModuleError::BareScheme
        | ModuleError::AuthorizationFormat
        | ModuleError::PasswordFormat => (
            "credential",
            "the Authorization header does not hold base64 of a name, a colon and a secret",
            "Authorization: Basic base64 of name:secret",
        ),
        ModuleError::NoUserName => {
            ("credential", "there is no name before the colon", "the name of an account")
        }
        _ => return,
    };
    trail.fail(error.code(), label, observed, required);
}

/// The account is blocked, and that is noticed.
pub(super) fn blocked(trail: &mut Trail, user: &UserFact) {
    trail.fail(
        code::USER_BLOCKED,
        "active user",
        format!("{} is blocked", user.name),
        "an active account",
    );
}

/// The account is blocked, and nobody looks.
pub(super) fn blocked_admitted(trail: &mut Trail, user: &UserFact) {
    trail.warn(
        code::BLOCKED_ADMITTED,
        format!("{} is blocked and authenticates all the same (SA-CONTRIB-2024-022).", user.name),
    );
}

/// The key was right.
pub(super) fn right_key(site: &Site<'_>, check: &KeyVerdict<'_>, trail: &mut Trail) {
    if let KeyVerdict::Right(fact) = check {
        trail.pass(code::KEY, "known key", format!("{}, {}", key(fact), owner(site, fact)));
        return;
    }
    trail.note(code::KEY, "known key", "an empty key, and the site has none");
    trail.warn(
        code::KEY_UNSET,
        "The site's key was never generated or is empty, and an empty one lets anybody in as anybody \
         (SA-CONTRIB-2026-298).",
    );
}

/// A universal key proves that somebody knows it, not who it is.
pub(super) fn impersonation(
    site: &Site<'_>,
    check: &KeyVerdict<'_>,
    user: &UserFact,
    trail: &mut Trail,
) {
    let is_universal = match check {
        KeyVerdict::Right(fact) => matches!(fact.owner, Owner::Universal | Owner::ApiToken),
        _ => true,
    };
    if is_universal {
        let first = if site.policy.super_user { ", user 1 included" } else { "" };
        trail.warn(
            code::IMPERSONATION,
            format!(
                "The universal key says nothing about who sends it: its holder can act as {} or any \
                 other active account{first}.",
                user.name
            ),
        );
    }
}

/// The key was wrong.
pub(super) fn wrong_key(site: &Site<'_>, check: &KeyVerdict<'_>, trail: &mut Trail) {
    let wanted = match site.level {
        Level::Guide => "a live key of that account, or a universal one",
        _ => "the key in rest_api_authentication.settings",
    };
    let Some(fact) = check.fact() else {
        trail.fail(code::KEY_WRONG, "known key", "no stored key equals it", wanted);
        return;
    };
    let found = key(fact);
    let why = if fact.is_live(site.now) {
        format!("{found} is {}, which is not asked here", owner(site, fact))
    } else {
        let past =
            if fact.revoked_at.is_some_and(|at| at <= site.now) { "revoked" } else { "expired" };
        trail.warn(code::KEY_GONE, format!("{found} was there once and is {past}."));
        format!("{found} is {past}")
    };
    trail.fail(code::KEY_WRONG, "known key", why, wanted);
}

fn key(fact: &KeyFact) -> String {
    match (&fact.label, &fact.hint) {
        (Some(label), _) => format!("key {} \"{label}\"", fact.key_id),
        (None, Some(hint)) => format!("key {} {hint}…", fact.key_id),
        (None, None) => format!("key {}", fact.key_id),
    }
}

fn owner(site: &Site<'_>, fact: &KeyFact) -> String {
    match fact.owner {
        Owner::User(id) => {
            let name = site.facts.users.get(&id).map(|user| user.name.clone());
            name.map_or_else(|| format!("user {id}'s"), |name| format!("{name}'s"))
        }
        Owner::Contact(id) => format!("contact {id}'s"),
        Owner::Universal => "a universal key".to_owned(),
        Owner::ApiToken => "the universal key of the settings".to_owned(),
    }
}

/// A filter of the router refused.
pub(super) fn not_routed(refused: &Exception, trail: &mut Trail) {
    let (label, required) = match refused.reason {
        code if code == super::code::METHOD_REFUSED => ("method", "a method that the path takes"),
        code if code == super::code::READ_ONLY => ("read only", "GET, or read_only off"),
        code if code == super::code::CONTENT_TYPE => {
            ("content type", "the media type of a format that the resource takes")
        }
        code if code == super::code::FORMAT => ("format", "one of the formats named"),
        _ => (
            "route",
            "the path of an enabled resource or a page; aliases, language prefixes and views of the \
             site are not known here",
        ),
    };
    trail.fail(refused.reason, label, refused.message.clone(), required);
}

/// The route that serves the request.
pub(super) fn route(site: &Site<'_>, wire: &Wire<'_>, matched: &Matched, trail: &mut Trail) {
    trail.pass(
        code::ROUTE,
        "route",
        format!("{}, answered as {}", matched.route.name, matched.format),
    );
    if let Some(plugin) = route::ignores_methods(site.policy, &matched.route) {
        trail.warn(
            code::METHODS_IGNORED,
            format!(
                "{plugin} lists other methods than {}, which Drupal does not enforce with \
                 granularity `resource`.",
                wire.method
            ),
        );
    }
}

/// What the access check found.
pub(super) fn access(
    identity: Identity<'_>,
    matched: &Matched,
    access: &Access,
    trail: &mut Trail,
) {
    let who = called(identity.account);
    match access {
        Access::Allowed => trail.pass(code::ACCESS, "access", format!("{who} may")),
        Access::Denied(reason) => {
            let required = if reason.is_empty() { "access; core gives no reason" } else { reason };
            let what = format!("{who} may not use {}", matched.route.name);
            trail.fail(code::ACCESS, "access", what, required);
        }
        Access::Unknown(_) => {}
    }
}

/// The last step of a request that is served.
pub(super) fn served(identity: Identity<'_>, status: u16) -> String {
    format!("status {status}, as {}", called(identity.account))
}

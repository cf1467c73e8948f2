//! Drupal REST and JSON:API with the "REST & JSON API Authentication" module.
//!
//! One file a stage, in the order in which a request meets them: [`attempt`] (which provider takes it:
//! [`gate`], [`application`], [`extract`]), [`identity`] (whom it stands for: [`key`]), [`route`],
//! [`negotiate`], [`access`], [`provider`], [`body`]; [`answer`] writes what the client sees. Each file
//! names the code of the module (8.x-1.13, 2.0.16, 2.0.18, 2.1.0) or of core (10.3) that it follows.
//!
//! Left to the site: validation of entities (422), flood control, path aliases, content that decides
//! access, and code of contributed modules. PHP's loose comparison of keys that look like numbers, up
//! to 2.0.18, is not reproduced.

mod access;
mod advanced;
mod answer;
mod application;
mod attempt;
mod base64;
mod body;
mod claim;
pub mod code;
mod end;
mod entity;
mod explain;
mod extract;
mod format;
mod gate;
mod identity;
mod json;
mod key;
mod level;
mod log_in;
mod loose;
mod negotiate;
mod parameters;
mod provider;
mod redirect;
mod refusal;
mod remedy;
mod revoke;
mod route;
mod site;
#[cfg(test)]
mod tests;
mod trail;
mod wire;

use access::Access;
use application::KeyHeader;
use attempt::{Attempt, Outcome};
use end::{End, Exception, Served};
use entity::Operation;
use identity::Identity;
use level::Level;
use negotiate::Matched;
use route::Serves;
use site::Site;
use trail::Trail;
use wire::{Asked, Wire};

pub(super) use claim::{has_mark, has_path, has_route};
pub(crate) use loose::words;

use super::{
    DrupalPolicy, Extent, Facts, HttpRequest, Kind, Policy, Presented, Request, Verdict, php,
};
use crate::credential::Secret;

/// The entity types of core, each of which can be a REST resource `entity:TYPE`.
pub fn entity_types() -> impl Iterator<Item = String> {
    entity::EntityType::all_known().map(|entity| entity.id)
}

/// Whether a decision can hang on the permission.
pub(super) fn asks_for(permission: &str) -> bool {
    permission == identity::KEY_AUTH_PERMISSION || access::asks_for(permission)
}

/// The applications that requests can choose, by id.
pub(super) fn applications(policy: &DrupalPolicy) -> impl Iterator<Item = &String> {
    let has_some = Level::of(policy).has_applications();
    policy.applications.keys().filter(move |_| has_some)
}

/// Lists what must be looked up.
#[must_use]
pub fn presented(request: &Request, policy: &Policy) -> Presented {
    let mut presented = Presented::default();
    let Kind::Http(http) = &request.kind else { return presented };
    let wire = Wire::new(http, policy);
    let level = Level::of(&policy.drupal);
    match attempt::plan(level, policy, &wire, request.session) {
        Attempt::KeyAuth { key, .. } => presented.keys.push(key),
        Attempt::Module(claim) => match claim.outcome {
            Outcome::Key(pair) => {
                presented.user_names.extend(pair.user_name().map(str::to_owned));
                presented.keys.extend(Some(pair.secret).filter(|key| !key.is_empty()));
            }
            Outcome::Password(pair) => {
                add_password(&mut presented, pair.user_name(), pair.secret.clone());
            }
            // A remedy may name the application, or move the key to the header that is read.
            Outcome::Refused(_) => {
                for header in [KeyHeader::ApiKey, KeyHeader::Authorization] {
                    if let Ok(pair) = extract::key(level, &policy.drupal, header, &wire) {
                        presented.user_names.extend(pair.user_name().map(str::to_owned));
                        presented.keys.extend(Some(pair.secret).filter(|key| !key.is_empty()));
                    }
                }
            }
            Outcome::LogIn | Outcome::Premium(_) => {}
        },
        Attempt::Basic(pair) => {
            add_password(&mut presented, pair.user_name(), pair.secret.clone());
            // A remedy may bring the request before the module, where the text is a key.
            presented.keys.extend(Some(pair.secret).filter(|key| !key.is_empty()));
        }
        Attempt::Cookie(_) | Attempt::Nobody => {}
    }
    // The session's account, and accounts named in the path.
    presented.users.extend(request.session.and_then(|session| session.user_id));
    let path = wire.routed_path();
    presented.users.extend(
        path.split('/')
            .filter(|part| php::is_numeric(part.as_bytes()))
            .map(|part| php::integer(part.as_bytes())),
    );
    if let Ok(pair) = revoke::sent(&wire)
        && path.eq_ignore_ascii_case("/rest_api/revoke")
    {
        add_password(&mut presented, pair.user_name(), pair.secret.clone());
    }
    if wire.method == "POST"
        && path.trim_end_matches('/').eq_ignore_ascii_case("/user/login")
        && let Some(log_in::Sent { name: Some(name), pass: Some(pass) }) = log_in::sent(&wire)
    {
        add_password(&mut presented, Some(&name), Secret::new(pass));
    }
    presented
}

fn add_password(presented: &mut Presented, name: Option<&str>, password: Secret) {
    if let Some(name) = name.filter(|name| !name.is_empty()) {
        presented.user_names.insert(name.to_owned());
        presented.passwords.push((name.to_owned(), password));
    }
}

/// Judges one request, and looks for what would let it in.
#[must_use]
pub(super) fn decide(
    extent: Extent,
    request: &Request,
    policy: &Policy,
    facts: &Facts,
    now: i64,
) -> Verdict {
    let mut verdict = judge_all(request, policy, facts, now);
    if extent == Extent::Whole {
        verdict.remedies = remedy::remedies(request, policy, facts, now, &verdict);
    }
    verdict
}

/// The verdict without remedies.
fn judge_all(request: &Request, policy: &Policy, facts: &Facts, now: i64) -> Verdict {
    let site = Site::new(policy, facts, now);
    let mut trail = Trail::default();
    let wire = match &request.kind {
        Kind::Http(http) => Some(Wire::new(http, policy)),
        Kind::Call(_) => None,
    };
    let end = match &wire {
        Some(wire) => judge(&site, request, wire, &mut trail).unwrap_or_else(|end| end),
        None => End::Unknown(
            code::SITE_DECIDES,
            "a call of a PHP function is CiviCRM's, not Drupal's".to_owned(),
        ),
    };
    answer::verdict(request, &site, wire.as_ref(), trail, &end)
}

fn judge(
    site: &Site<'_>,
    request: &Request,
    wire: &Wire<'_>,
    trail: &mut Trail,
) -> Result<End, End> {
    if let Some(name) = ambiguous_header(site, wire.http) {
        let what = format!("which of the `{name}` headers the web server passes on");
        return Err(End::Unknown(code::HEADER_TWICE, what));
    }
    explain::header_names(site, wire, trail);
    if wire.format == Asked::Array {
        trail.fail(
            code::UPSTREAM_FAULT,
            "format",
            "`_format` is an array, which Symfony refuses to read as a text",
            "one `_format`",
        );
        return Err(End::Fault(None));
    }
    if let Some(location) = redirect::leading_slashes(wire, trail) {
        return Ok(End::Redirect(location));
    }
    let routes = route::candidates(site.policy, wire);
    if wire.method == "OPTIONS" && !routes.is_empty() {
        return Ok(options(&routes, trail));
    }
    let attempt = attempt::plan(site.level, site.policy, wire, request.session);
    explain::gate(site, wire, &attempt, &routes, trail);
    let identity = identity::establish(site, request, wire, &attempt, trail)?;
    if routes.is_empty() {
        elsewhere(site, wire)?;
    }
    let matched = negotiate::negotiate(site, wire, routes).map_err(|refused| {
        explain::not_routed(&refused, trail);
        End::Core(refused)
    })?;
    explain::route(site, wire, &matched, trail);
    admit(site, request, wire, identity, &matched, trail)?;
    serve(site, wire, identity, &matched, trail)
}

/// Access, provider, query parameters of JSON:API.
fn admit(
    site: &Site<'_>,
    request: &Request,
    wire: &Wire<'_>,
    identity: Identity<'_>,
    matched: &Matched,
    trail: &mut Trail,
) -> Result<(), End> {
    access::convert(site, matched, trail).map_err(End::Core)?;
    let denied = |reason, message| Exception {
        reason,
        status: 403,
        message,
        headers: Vec::new(),
        format: matched.format.clone(),
    };
    let refuse = |denied, trail: &mut Trail| {
        let denied = provider::settle(identity, matched, denied, trail);
        Err(redirect::instead(wire, identity, matched, denied, trail))
    };
    if let Some(message) = access::csrf(request, wire, identity, matched, trail) {
        return refuse(denied(code::CSRF, message.to_owned()), trail);
    }
    let access = access::check(site, identity, matched, trail);
    explain::access(identity, matched, &access, trail);
    match access {
        Access::Allowed => {}
        // Whatever the site decides, a provider that the route does not list is refused.
        Access::Unknown(what) => {
            if identity.provider.is_none_or(|by| provider::is_listed(&matched.route, by)) {
                return Err(End::Unknown(code::SITE_DECIDES, what));
            }
        }
        Access::Denied(message) => return refuse(denied(code::ACCESS, message), trail),
    }
    provider::filter(identity, matched, trail)
        .map_err(|denied| redirect::instead(wire, identity, matched, denied, trail))?;
    parameters::check(wire, matched, trail).map_err(End::Core)
}

/// What the controller answers.
fn serve(
    site: &Site<'_>,
    wire: &Wire<'_>,
    identity: Identity<'_>,
    matched: &Matched,
    trail: &mut Trail,
) -> Result<End, End> {
    match matched.route.serves {
        Serves::LogIn => return Ok(log_in::judge(site, wire, matched, trail)),
        Serves::Revocation => return Ok(revoke::judge(site, wire, trail)),
        _ => {}
    }
    body::check(site, wire, matched, identity, trail)?;
    if matched.route.is_page() && matched.format != "html" {
        return Err(End::Core(page_in_a_format(matched, trail)));
    }
    let status = match &matched.route.serves {
        Serves::Entity { operation: Operation::Create, .. } => 201,
        Serves::Entity { operation: Operation::Delete, .. } => 204,
        _ => 200,
    };
    let content_type = match &matched.route.serves {
        _ if status == 204 => None,
        Serves::Token | Serves::LogInStatus => Some("text/plain; charset=UTF-8"),
        Serves::PasswordReset => None,
        _ if matched.format == "html" => Some("text/html; charset=UTF-8"),
        _ => format::media_type(&matched.format),
    };
    trail.pass(code::SERVED, "served", explain::served(identity, status));
    Ok(End::Served(Served {
        status,
        content_type: content_type.map(str::to_owned),
        headers: Vec::new(),
    }))
}

/// `AcceptNegotiation406`: a page that was asked for in another format.
fn page_in_a_format(matched: &Matched, trail: &mut Trail) -> Exception {
    trail.fail(
        code::FORMAT,
        "format",
        format!("{} is a page, and is not written as {}", matched.route.name, matched.format),
        "html, or an enabled REST resource with the format",
    );
    Exception {
        reason: code::FORMAT,
        status: 406,
        message: format!("Not acceptable format: {}", matched.format),
        headers: Vec::new(),
        format: matched.format.clone(),
    }
}

/// `OptionsRequestSubscriber` answers before authentication, wherever a route fits the path.
fn options(routes: &[route::Route], trail: &mut Trail) -> End {
    let methods = routes.iter().flat_map(|route| route.methods.clone()).collect();
    let allow = negotiate::unique(methods).join(", ");
    trail.pass(code::OPTIONS, "options", format!("answered before authentication; Allow: {allow}"));
    End::Served(Served {
        status: 200,
        content_type: Some("text/html; charset=UTF-8".to_owned()),
        headers: vec![("Allow".to_owned(), allow)],
    })
}

/// A path that only the site's own code or data may know; the paths of core's entities are not such.
fn elsewhere(site: &Site<'_>, wire: &Wire<'_>) -> Result<(), End> {
    if route::is_under_jsonapi(wire) {
        return match wire.routed_path().split('/').filter(|part| !part.is_empty()).nth(2) {
            Some(_) => Err(End::Unknown(
                code::SITE_DECIDES,
                "whether the site has a JSON:API resource type of that path".to_owned(),
            )),
            None => Ok(()),
        };
    }
    let plugins = route::plugins_elsewhere(site.policy);
    if plugins.is_empty() || !route::plugins_for(wire).is_empty() {
        return Ok(());
    }
    Err(End::Unknown(
        code::SITE_DECIDES,
        format!(
            "the paths of {}, which only their own code knows",
            negotiate::unique(plugins).join(", ")
        ),
    ))
}

/// A credential header that is sent twice, differently.
fn ambiguous_header(site: &Site<'_>, http: &HttpRequest) -> Option<String> {
    let settings = &site.policy.drupal;
    let custom = settings.settings.get("custom_header").and_then(|name| name.as_str());
    let key_auth = settings.key_auth.as_ref().and_then(|key_auth| key_auth.get("param_name"));
    ["Authorization", "Authorisation", "API-KEY", "AUTH-METHOD"]
        .into_iter()
        .chain(custom)
        .chain(key_auth.and_then(|name| name.as_str()))
        .find(|name| {
            let mut values = http.header_values(name);
            let first = values.next();
            values.any(|value| Some(value) != first)
        })
        .map(str::to_owned)
}

//! Which steps could help against a refusal. Whether they do is tried by the search.

use serde_json::Value;

use super::Trial;
use super::edit::Edit;
use super::step::{SiteChange, Step};
use super::{path, permission};
use crate::credential::Secret;
use crate::verify::drupal::application::{self, Application, KeyHeader, Method};
use crate::verify::drupal::attempt::{self, Attempt, Outcome};
use crate::verify::drupal::extract::{self, Pair};
use crate::verify::drupal::gate::{self, Gate};
use crate::verify::drupal::level::Level;
use crate::verify::drupal::route;
use crate::verify::drupal::site::could_be_a_key;
use crate::verify::drupal::wire::{Asked, Wire};
use crate::verify::drupal::{code, format, log_in};
use crate::verify::{Change, Kind, Verdict};

/// How many applications are proposed.
const APPLICATIONS: usize = 3;

/// Lists candidates for what a verdict says.
pub(super) fn list(trial: &Trial, now: i64, verdict: &Verdict) -> Vec<Step> {
    let Kind::Http(http) = &trial.request.kind else { return Vec::new() };
    let wire = Wire::new(http, &trial.policy);
    let level = Level::of(&trial.policy.drupal);
    let attempt = attempt::plan(level, &trial.policy, &wire, trial.request.session);
    match verdict.reason {
        code::APPLICATION_MISSING | code::APPLICATION_UNKNOWN => applications(trial, &wire),
        code::CREDENTIAL_MISSING | code::CREDENTIAL_SCHEME | code::CREDENTIAL_FORMAT => {
            credentials(trial, level, &wire, &attempt)
        }
        code::USER_UNKNOWN | code::UPSTREAM_FAULT => {
            pair_of(&attempt).map(|pair| add_account(pair, &attempt)).unwrap_or_default()
        }
        code::USER_BLOCKED => blocked(&attempt, verdict),
        code::KEY_WRONG => key(trial, now, level, &attempt, verdict),
        code::PASSWORD_WRONG => password(trial, &wire, &attempt),
        code::ROUTE_MISSING => path::list(trial, &wire, resources(&wire, &attempt)),
        code::METHOD_REFUSED => path::methods(&wire, resources(&wire, &attempt)),
        code::ENTITY_MISSING => path::account(&wire),
        code::PROVIDER => provider(trial, level, &wire, &attempt),
        code::FORMAT => formats(trial, &wire, &attempt),
        code::CONTENT_TYPE => content_types(trial, &wire),
        code::ACCESS => permission::list(trial, level, &wire, &attempt, verdict),
        code::CHALLENGE => vec![Step::Edit(Edit::Credential { in_api_key: false, password: true })],
        code::READ_ONLY => vec![Step::Site(SiteChange::Writable)],
        code::CSRF => vec![header("X-CSRF-Token", "TOKEN".to_owned())],
        code::BODY => vec![Step::Edit(Edit::Body(least_body(&wire)))],
        code::PARAMETERS => vec![Step::Edit(Edit::WithoutQuery)],
        _ => Vec::new(),
    }
}

fn header(name: &'static str, value: String) -> Step {
    Step::Edit(Edit::Header { name, value })
}

/// An application to name, or to make the default one; a new one where there is none.
pub(super) fn applications(trial: &Trial, wire: &Wire<'_>) -> Vec<Step> {
    let drupal = &trial.policy.drupal;
    let usable = |record: &Value| {
        let method = record.get("authentication_method").and_then(Value::as_i64).unwrap_or(0);
        record.is_object() && method < 2
    };
    let known = drupal.applications.iter().filter(|(_, record)| usable(record)).take(APPLICATIONS);
    let ids: Vec<String> = known.map(|(id, _)| id.clone()).collect();
    let sent = wire.header("AUTH-METHOD").is_some();
    let mut steps = Vec::new();
    if sent && application::default_application(drupal).is_some() {
        steps.push(Step::Edit(Edit::Without("AUTH-METHOD")));
    }
    steps.extend(ids.iter().map(|id| header("AUTH-METHOD", id.clone())));
    if !sent {
        steps.extend(ids.iter().map(|id| Step::Site(SiteChange::Default(id.clone()))));
        if ids.is_empty() {
            steps.push(Step::Site(SiteChange::AddApplication));
        }
    }
    steps
}

/// The credential in the other header, the other header for the application, or any credential.
fn credentials(trial: &Trial, level: Level, wire: &Wire<'_>, attempt: &Attempt) -> Vec<Step> {
    let application = application_of(attempt);
    let password = application.is_some_and(|application| application.method == Method::Basic);
    let in_api_key =
        application.is_some_and(|application| application.header == KeyHeader::ApiKey) && !password;
    let mut steps = Vec::new();
    if !password && level.has_applications() {
        let other = if in_api_key { KeyHeader::Authorization } else { KeyHeader::ApiKey };
        if let Ok(pair) = extract::key(level, &trial.policy.drupal, other, wire) {
            steps.push(Step::Edit(Edit::MoveKey {
                to_api_key: in_api_key,
                encoded: encoded(&pair),
            }));
            let id = application.and_then(|application| application.identity.as_ref());
            steps.extend(id.map(|(id, _)| {
                Step::Site(SiteChange::Header { id: id.clone(), api_key: !in_api_key })
            }));
        }
    }
    steps.push(Step::Edit(Edit::Credential { in_api_key, password }));
    if gate::gate(level, &trial.policy, wire) == Gate::Claims && !gate::is_api(wire) {
        steps.push(Step::Edit(Edit::WithoutQuery));
    }
    steps
}

fn encoded(pair: &Pair) -> Secret {
    use base64::Engine as _;
    let text = [pair.name.as_slice(), b":", pair.secret.expose()].concat();
    Secret::new(base64::engine::general_purpose::STANDARD.encode(text))
}

fn application_of(attempt: &Attempt) -> Option<&Application> {
    match attempt {
        Attempt::Module(claim) => claim.application.as_ref(),
        _ => None,
    }
}

fn pair_of(attempt: &Attempt) -> Option<&Pair> {
    match attempt {
        Attempt::Module(claim) => match &claim.outcome {
            Outcome::Key(pair) | Outcome::Password(pair) => Some(pair),
            _ => None,
        },
        Attempt::Basic(pair) => Some(pair),
        _ => None,
    }
}

/// The account that was named; where no account can be meant, the credential of one.
fn add_account(pair: &Pair, attempt: &Attempt) -> Vec<Step> {
    match pair.user_name().filter(|name| is_name(name)) {
        Some(name) => vec![Step::Site(SiteChange::AddAccount { name: name.to_owned(), id: None })],
        None => vec![another_key(attempt)],
    }
}

/// Name and key of an account, in the header that the application reads.
fn another_key(attempt: &Attempt) -> Step {
    let header = application_of(attempt).map(|application| application.header);
    Step::Edit(Edit::Credential { in_api_key: header == Some(KeyHeader::ApiKey), password: false })
}

/// Whether a text can be meant as a new account's name: no e-mail address, and no key.
fn is_name(text: &str) -> bool {
    !text.is_empty() && !text.contains('@') && !could_be_a_key(text.as_bytes())
}

fn blocked(attempt: &Attempt, verdict: &Verdict) -> Vec<Step> {
    let user = verdict.principal.as_ref().and_then(|principal| principal.user.clone());
    if let Some(user) = user {
        return vec![Step::Shared(Change::Unblock { user })];
    }
    vec![another_key(attempt)]
}

/// The key's own expiry, or a new key: the account's at the guide's level, the site's at the real ones.
fn key(trial: &Trial, now: i64, level: Level, attempt: &Attempt, verdict: &Verdict) -> Vec<Step> {
    let Some(pair) = pair_of(attempt) else { return Vec::new() };
    if pair.secret.expose().trim_ascii().is_empty() {
        return vec![another_key(attempt)];
    }
    let mut steps = Vec::new();
    let id = verdict.credential.as_ref().and_then(|credential| credential.key_id);
    let expired = trial
        .facts
        .keys_for(pair.secret.expose())
        .iter()
        .any(|fact| Some(fact.key_id) == id && fact.revoked_at.is_none() && !fact.is_live(now));
    if let Some(id) = id.filter(|_| expired) {
        steps.push(Step::Shared(Change::KeepKey(id)));
    }
    let user = verdict.principal.as_ref().and_then(|principal| principal.user.clone());
    let text = pair.secret.clone();
    if level == Level::Guide {
        steps.extend(user.map(|name| Step::Site(SiteChange::Key { name, text })));
    } else {
        let in_place_of = trial.policy.drupal.api_token_key.map(|key| key.id);
        steps.push(Step::Site(SiteChange::SiteKey { in_place_of, text }));
    }
    steps
}

/// A new password, an account, or an active one: for the module, for core, and for the log-in.
pub(super) fn password(trial: &Trial, wire: &Wire<'_>, attempt: &Attempt) -> Vec<Step> {
    let sent = match pair_of(attempt) {
        Some(pair) => pair.user_name().map(|name| (name.to_owned(), pair.secret.clone())),
        None => log_in::sent(wire)
            .and_then(|sent| Some((sent.name?, Secret::new(sent.pass.unwrap_or_default())))),
    };
    let Some((name, password)) = sent else { return Vec::new() };
    let Some(user) = trial.facts.user_named(&name) else {
        return vec![if is_name(&name) {
            Step::Site(SiteChange::AddAccount { name, id: None })
        } else {
            Step::Edit(Edit::Credential { in_api_key: false, password: true })
        }];
    };
    let user_name = user.name.clone();
    if user.blocked {
        return vec![Step::Shared(Change::Unblock { user: user_name })];
    }
    if password.is_empty() {
        return vec![Step::Edit(Edit::Credential { in_api_key: false, password: true })];
    }
    vec![Step::Site(SiteChange::Password { name: user_name, password })]
}

/// The resource that would serve the path, for the provider that takes the request, in a format that
/// core's serializer knows.
fn resources(wire: &Wire<'_>, attempt: &Attempt) -> Vec<Step> {
    let provider = attempt.provider().map_or("rest_api_authentication", |provider| provider.id());
    let format = match &wire.format {
        Asked::Format(format) if format == "json" || format == "xml" => format.clone(),
        Asked::Nothing => "json".to_owned(),
        _ => return Vec::new(),
    };
    let enable = |(plugin, method)| {
        let (format, provider) = (format.clone(), provider.to_owned());
        Step::Site(SiteChange::Resource { plugin, method, format, provider })
    };
    route::plugins_for(wire).into_iter().map(enable).collect()
}

/// The provider for the resource, or what brings the request before the module.
fn provider(trial: &Trial, level: Level, wire: &Wire<'_>, attempt: &Attempt) -> Vec<Step> {
    let mut steps = before_the_module(trial, level, wire);
    let resources = resources(wire, attempt);
    if resources.is_empty() && wire.format != Asked::Format("json".to_owned()) {
        steps.push(Step::Edit(Edit::Format("json".to_owned())));
    }
    steps.extend(path::methods(wire, resources));
    steps
}

/// The switch, or an address that the module recognises.
pub(super) fn before_the_module(trial: &Trial, level: Level, wire: &Wire<'_>) -> Vec<Step> {
    match gate::gate(level, &trial.policy, wire) {
        Gate::Claims => Vec::new(),
        Gate::Off => vec![Step::Site(SiteChange::SwitchOn)],
        Gate::Passes => {
            let format = match &wire.format {
                Asked::Format(format) => format.clone(),
                _ => "json".to_owned(),
            };
            vec![Step::Edit(Edit::Format(format))]
        }
    }
}

fn formats(trial: &Trial, wire: &Wire<'_>, attempt: &Attempt) -> Vec<Step> {
    let routes = route::candidates(&trial.policy, wire);
    let served = routes.into_iter().filter(|route| route.methods.contains(&wire.method));
    let mut steps: Vec<Step> = Vec::new();
    for known in served.flat_map(|route| route.formats) {
        let step = match known.as_str() {
            "api_json" => Step::Edit(Edit::WithoutQuery),
            _ => Step::Edit(Edit::Format(known)),
        };
        if !steps.contains(&step) {
            steps.push(step);
        }
    }
    steps.extend(resources(wire, attempt));
    steps
}

fn content_types(trial: &Trial, wire: &Wire<'_>) -> Vec<Step> {
    let routes = route::candidates(&trial.policy, wire);
    let taken = routes.iter().filter(|route| route.methods.contains(&wire.method));
    taken
        .flat_map(|route| &route.body_formats)
        .filter_map(|known| format::media_type(known))
        .map(|media_type| header("Content-Type", media_type.to_owned()))
        .collect()
}

/// The least body that can be read.
fn least_body(wire: &Wire<'_>) -> &'static str {
    if route::is_under_jsonapi(wire) { r#"{"data": {"type": "TYPE--BUNDLE"}}"# } else { "{}" }
}

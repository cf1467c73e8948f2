//! CiviCRM AuthX: `ext/authx` of civicrm-core 6.14 (master of 2026-03), with the differences of the older
//! releases that [`Release`](super::Release) names.
//!
//! A stage a file, in the order in which upstream runs them: `path`, `params` and `flow` find what is
//! attempted; `credential` (`password`, `api_key`, `token`), `policy`, `guard` and `session` judge one
//! attempt; `http` and `call` put attempts together; `answer` says what the client sees. `warning`,
//! `remedy` (`candidate`, `edit`, `rewrite`, `site_command`) and `essence` are ours. Upstream's faults are reproduced and named.

mod answer;
mod api_key;
mod attempt;
mod call;
mod candidate;
pub mod code;
mod credential;
mod edit;
mod essence;
mod flow;
mod guard;
mod http;
mod params;
mod password;
mod path;
mod policy;
mod remedy;
mod rewrite;
mod session;
mod setting;
mod site;
mod site_command;
mod target;
#[cfg(test)]
mod tests;
mod token;
mod trace;
mod warning;

use super::{Extent, Facts, HttpRequest, Kind, Policy, Presented, Request, System, Verdict, php};
pub use essence::Essence;
use path::Place;
pub use setting::{FLOWS, default_setting, known_words, setting_names, token_rules};
use site::Site;

/// Lists what must be looked up.
#[must_use]
pub fn presented(request: &Request, policy: &Policy) -> Presented {
    let mut presented = Presented::default();
    match &request.kind {
        Kind::Http(http) => http::present(http, policy, &mut presented),
        Kind::Call(call) => call::present(call, &mut presented),
    }
    if let Some(session) = request.session {
        presented.contacts.extend(session.contact_id);
        presented.users.extend(session.user_id);
    }
    presented
}

/// Judges one request.
#[must_use]
pub(super) fn decide(
    extent: Extent,
    request: &Request,
    policy: &Policy,
    facts: &Facts,
    now: i64,
) -> Verdict {
    let site = Site { policy, facts, now };
    let finding = judge(site, request);
    let (mut warnings, mut remedies) = (Vec::new(), Vec::new());
    if extent == Extent::Whole {
        if remedy::wanted(&finding) {
            let found = remedy::search(site, request, &finding);
            remedies.extend(found.iter().map(|steps| remedy::written(site, steps)));
        }
        warnings = warning::collect(site, request, &finding);
    }
    Verdict {
        id: request.own_id(),
        system: Some(System::CiviCrm),
        decision: finding.decision,
        reason: finding.reason,
        flow: finding.flow,
        credential: finding.credential,
        principal: finding.principal,
        session: finding.session,
        response: finding.response,
        redirect: finding.redirect,
        steps: finding.steps,
        warnings,
        remedies,
        source: request.source.clone(),
    }
}

fn judge(site: Site<'_>, request: &Request) -> answer::Finding {
    match &request.kind {
        Kind::Http(http) => http::judge(site, request, http),
        Kind::Call(call) => call::judge(site, request, call),
    }
}

/// Whether a decision can hang on the permission.
pub(super) fn asks_for(permission: &str) -> bool {
    permission == guard::ALL_PERMISSIONS
        || ["pass", "api_key"]
            .into_iter()
            .any(|kind| guard::permission_of(kind) == Some(permission))
}

/// Whether a path is CiviCRM's.
pub(super) fn has_path(http: &HttpRequest, policy: &Policy) -> bool {
    Place::of(http, policy) != Place::Elsewhere
}

/// Whether a request is CiviCRM's by its path.
#[must_use]
pub fn leads_there(request: &Request, policy: &Policy) -> bool {
    matches!(&request.kind, Kind::Http(http) if has_path(http, policy))
}

/// Whether a request carries what only AuthX looks at.
pub(super) fn has_mark(http: &HttpRequest) -> bool {
    http.header("X-Civi-Auth").is_some()
        || http.header("X-Civi-Key").is_some()
        || php::parse_query(http.raw_query().as_bytes()).get(b"_authx").is_some()
}

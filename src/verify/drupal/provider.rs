//! What becomes of a refused or granted route, given which provider vouched: `AuthenticationSubscriber`.
//!
//! A provider that applied must be in the route's `_auth` list, or be global (only cookie sessions are).
//! On a denial that refusal replaces the reason (priority 80 before 75), and when nobody applied and the
//! route takes Basic authentication the denial becomes a challenge.

use super::attempt::Provider;
use super::code;
use super::end::Exception;
use super::identity::Identity;
use super::negotiate::Matched;
use super::route::Route;
use super::trail::Trail;

/// The sentence of the provider filter.
const NOT_ALLOWED: &str = "The used authentication method is not allowed on this route.";

/// Whether a route lets a provider vouch.
pub(super) fn is_listed(route: &Route, provider: Provider) -> bool {
    match &route.providers {
        Some(listed) => listed.iter().any(|id| id == provider.id()),
        None => provider == Provider::Cookie,
    }
}

/// The filter behind routing, for a request whose access was granted.
pub(super) fn filter(
    identity: Identity<'_>,
    matched: &Matched,
    trail: &mut Trail,
) -> Result<(), Exception> {
    let Some(provider) = identity.provider else { return Ok(()) };
    if is_listed(&matched.route, provider) {
        trail.pass(code::PROVIDER, "provider", format!("{} is in the route's list", provider.id()));
        return Ok(());
    }
    Err(not_allowed(provider, matched, trail))
}

/// What the client gets for a denied access.
pub(super) fn settle(
    identity: Identity<'_>,
    matched: &Matched,
    denied: Exception,
    trail: &mut Trail,
) -> Exception {
    match identity.provider {
        Some(provider) if !is_listed(&matched.route, provider) => {
            not_allowed(provider, matched, trail)
        }
        None if is_listed(&matched.route, Provider::Basic) => challenge(denied, trail),
        _ => denied,
    }
}

fn not_allowed(provider: Provider, matched: &Matched, trail: &mut Trail) -> Exception {
    let listed = match &matched.route.providers {
        Some(listed) if matched.route.is_jsonapi() => listed.join(", "),
        Some(listed) => format!("one of {}", listed.join(", ")),
        None => "a global provider: only cookie sessions are".to_owned(),
    };
    trail.fail(
        code::PROVIDER,
        "provider",
        format!("{} took the request, and the route does not list it", provider.id()),
        listed,
    );
    Exception {
        reason: code::PROVIDER,
        status: 403,
        message: NOT_ALLOWED.to_owned(),
        headers: Vec::new(),
        format: matched.format.clone(),
    }
}

fn challenge(denied: Exception, trail: &mut Trail) -> Exception {
    trail.fail(
        code::CHALLENGE,
        "challenge",
        "nobody authenticated, and the route takes Basic authentication",
        "credentials",
    );
    Exception {
        reason: code::CHALLENGE,
        status: 401,
        message: "No authentication credentials provided.".to_owned(),
        // The realm is the site's name, which is not part of any export here.
        headers: vec![("WWW-Authenticate".to_owned(), "Basic realm=\"…\"".to_owned())],
        format: denied.format,
    }
}

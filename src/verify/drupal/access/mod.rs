//! What the account may do on a route: core's access checks, and the parameters they need.
//!
//! `AccessManager` joins a route's checks with AND; a forbidding one (CSRF) wins over one that only lacks
//! a permission. Where content of the site decides, the outcome names it.

mod content;
mod node;
mod user;

use super::code;
use super::end::Exception;
use super::entity::{EntityType, Operation};
use super::identity::Identity;
use super::negotiate::Matched;
use super::route::{Audience, Serves};
use super::site::Site;
use super::trail::Trail;
use super::wire::Wire;
use crate::verify::{Request, php};

/// The outcome of an access check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Access {
    /// Granted.
    Allowed,
    /// Not granted; core's reason, which may be empty.
    Denied(String),
    /// Data of the site decides; which.
    Unknown(String),
}

impl Access {
    /// `AccessResult::allowedIfHasPermission()`.
    fn permission(site: &Site<'_>, identity: Identity<'_>, permission: &str) -> Self {
        if site.may(identity.account, permission) {
            Self::Allowed
        } else {
            Self::Denied(required(permission))
        }
    }

    /// `AccessResult::allowedIfHasPermissions(…, 'OR')`.
    fn any_permission(site: &Site<'_>, identity: Identity<'_>, permissions: &[String]) -> Self {
        if permissions.iter().any(|permission| site.may(identity.account, permission)) {
            return Self::Allowed;
        }
        let quoted: Vec<String> = permissions.iter().map(|name| format!("'{name}'")).collect();
        let named = quoted.join(" OR ");
        Self::Denied(format!("The following permissions are required: {named}."))
    }
}

/// Core's reason for a missing permission.
pub(super) fn required(permission: &str) -> String {
    format!("The '{permission}' permission is required.")
}

/// Whether a check of this folder can ask for the permission.
pub(super) fn asks_for(permission: &str) -> bool {
    const BY_NAME: [&str; 10] = [
        "access comments",
        "access content",
        "access user profiles",
        "administer comments",
        "administer taxonomy",
        "administer users",
        "bypass node access",
        "cancel account",
        "edit own comments",
        "post comments",
    ];
    let by_bundle = || {
        ["create ", "edit ", "delete "].into_iter().any(|verb| permission.starts_with(verb))
            && (permission.ends_with(" content") || permission.contains(" terms in "))
    };
    BY_NAME.contains(&permission)
        || content::asks_for(permission)
        || permission.starts_with("restful ")
        || by_bundle()
}

/// The permissions that a reason of core asks for.
pub(super) fn permissions_named(reason: &str) -> Vec<String> {
    reason
        .split('\'')
        .skip(1)
        .step_by(2)
        .filter(|name| !name.is_empty() && reason.contains("permission"))
        .map(str::to_owned)
        .collect()
}

/// Turns a route's parameters into entities, as the parameter converters do.
pub(super) fn convert(
    site: &Site<'_>,
    matched: &Matched,
    trail: &mut Trail,
) -> Result<(), Exception> {
    let Serves::Entity { entity, operation, .. } = &matched.route.serves else {
        return match &matched.route.serves {
            Serves::EntityPage(entity) if entity.id == "user" => user_exists(site, matched, trail),
            _ => Ok(()),
        };
    };
    if *operation == Operation::Create {
        return Ok(());
    }
    if matched.route.is_jsonapi() {
        return uuid_exists(matched, trail);
    }
    if entity.id == "user" { user_exists(site, matched, trail) } else { Ok(()) }
}

/// The id in the path, as entity storage reads it: any text that is numerically an integer.
pub(super) fn entity_id(matched: &Matched) -> Option<i64> {
    let (_, text) = matched.parameters.first()?;
    let number = php::integer(text.as_bytes());
    let whole = text.parse::<f64>().is_ok_and(|value| value.fract() == 0.0);
    (php::is_numeric(text.as_bytes()) && (whole || text.parse::<i64>().is_ok())).then_some(number)
}

fn user_exists(site: &Site<'_>, matched: &Matched, trail: &mut Trail) -> Result<(), Exception> {
    // User 0 is the anonymous account, which every site has.
    if entity_id(matched).is_some_and(|id| id == 0 || site.facts.users.contains_key(&id)) {
        return Ok(());
    }
    Err(not_converted(matched, trail))
}

/// Which UUID belongs to what is the site's data: only a UUID that nothing can have is known to be none.
fn uuid_exists(matched: &Matched, trail: &mut Trail) -> Result<(), Exception> {
    let uuid = matched.parameters.first().map(|(_, text)| text.as_str()).unwrap_or_default();
    if is_possible_uuid(uuid) { Ok(()) } else { Err(not_converted(matched, trail)) }
}

fn is_possible_uuid(text: &str) -> bool {
    let groups: Vec<&str> = text.split('-').collect();
    let lengths: Vec<usize> = groups.iter().map(|group| group.len()).collect();
    lengths == [8, 4, 4, 4, 12]
        && groups.iter().all(|group| group.bytes().all(|byte| byte.is_ascii_hexdigit()))
        && text.bytes().any(|byte| byte != b'0' && byte != b'-')
}

fn not_converted(matched: &Matched, trail: &mut Trail) -> Exception {
    let (name, value) = matched
        .parameters
        .first()
        .map_or(("", ""), |(name, value)| (name.as_str(), value.as_str()));
    trail.fail(
        code::ENTITY_MISSING,
        "entity",
        format!("nothing has the id `{value}`"),
        "the id of something that exists",
    );
    Exception {
        reason: code::ENTITY_MISSING,
        status: 404,
        message: format!(
            "The \"{name}\" parameter was not converted for the path \"{}\" (route name: \"{}\")",
            matched.route.path, matched.route.name
        ),
        headers: Vec::new(),
        format: matched.format.clone(),
    }
}

/// Checks a route's requirements for the account.
pub(super) fn check(
    site: &Site<'_>,
    identity: Identity<'_>,
    matched: &Matched,
    trail: &mut Trail,
) -> Access {
    match &matched.route.serves {
        Serves::Entity { entity, operation, bundle } => {
            entity_access(site, identity, matched, (entity, *operation, bundle.as_deref()), trail)
        }
        Serves::EntityPage(entity) => {
            entity_access(site, identity, matched, (entity, Operation::View, None), trail)
        }
        Serves::Listing
        | Serves::Token
        | Serves::LogInStatus
        | Serves::PasswordReset
        | Serves::Revocation => Access::Allowed,
        Serves::Related(entity) => Access::Unknown(format!(
            "which fields the site's {} entities have, and what they refer to",
            entity.id
        )),
        Serves::Plugin { plugin, is_known } => {
            plugin_access(site, identity, matched, plugin, *is_known, trail)
        }
        Serves::Page(audience) => audience_access(identity, *audience),
        Serves::LogIn => audience_access(identity, Audience::Anonymous),
    }
}

/// One entity operation.
type Asked<'a> = (&'a EntityType, Operation, Option<&'a str>);

fn entity_access(
    site: &Site<'_>,
    identity: Identity<'_>,
    matched: &Matched,
    asked: Asked<'_>,
    trail: &mut Trail,
) -> Access {
    let (entity, operation, bundle) = asked;
    // JSON:API shows at least the label of an account to everybody.
    let shows_label = matched.route.is_jsonapi() && operation == Operation::View;
    match entity.id.as_str() {
        "user" if operation == Operation::Create => {
            Access::permission(site, identity, "administer users")
        }
        "user" if shows_label => assumed(trail, entity, matched, Access::Allowed),
        "user" if matched.route.is_jsonapi() => {
            let access = user::unknown_account(site, identity, operation);
            assumed(trail, entity, matched, access)
        }
        "user" => user::check(site, identity, entity_id(matched).unwrap_or(0), operation),
        "node" if operation == Operation::Create => node::create(site, identity, bundle),
        "node" => assumed(trail, entity, matched, node::check(site, identity, operation)),
        _ => {
            let id = matched.parameters.first().map(|(_, id)| id.as_str());
            let id = id.filter(|_| matched.is_rest() && operation != Operation::Create);
            let asked = content::Asked { entity, operation, bundle, id };
            let access = content::check(site, identity, asked);
            if operation == Operation::Create {
                access
            } else {
                assumed(trail, entity, matched, access)
            }
        }
    }
}

/// Says that the entity in the path is taken to exist, where that matters.
fn assumed(trail: &mut Trail, entity: &EntityType, matched: &Matched, access: Access) -> Access {
    if matches!(access, Access::Unknown(_)) {
        return access;
    }
    let id = matched.parameters.first().map(|(_, value)| value.as_str()).unwrap_or_default();
    trail.warn(
        code::ENTITY_ASSUMED,
        format!(
            "{} {id} is taken to exist and to be published; if it does not exist the site answers 404.",
            entity.id
        ),
    );
    access
}

fn plugin_access(
    site: &Site<'_>,
    identity: Identity<'_>,
    matched: &Matched,
    plugin: &str,
    is_known: bool,
    trail: &mut Trail,
) -> Access {
    if plugin == "file:upload" {
        return Access::Unknown("the upload field's own access rules".to_owned());
    }
    let method = matched.route.methods.first().map(|name| name.to_lowercase()).unwrap_or_default();
    let access = Access::permission(site, identity, &format!("restful {method} {plugin}"));
    if !is_known {
        trail.warn(
            code::ENTITY_ASSUMED,
            format!(
                "The plugin {plugin} is not core's: its path, permission and answers are taken to be the \
                 usual ones."
            ),
        );
    }
    access
}

/// `_user_is_logged_in`.
fn audience_access(identity: Identity<'_>, audience: Audience) -> Access {
    if audience == Audience::Chosen {
        return Access::Unknown("the page's own access rules".to_owned());
    }
    let only =
        |who: &str| Access::Denied(format!("This route can only be accessed by {who} users."));
    match (audience, identity.account.is_some()) {
        (Audience::Everybody, _) | (Audience::Anonymous, false) | (Audience::LoggedIn, true) => {
            Access::Allowed
        }
        (Audience::Anonymous, true) => only("anonymous"),
        (Audience::LoggedIn | Audience::Chosen, _) => only("authenticated"),
    }
}

/// `CsrfRequestHeaderAccessCheck`: an account with a session cookie needs the header to write. Whether
/// the token is the session's is not known here; one that is sent is taken for right. Gives the reason
/// of a refusal.
pub(super) fn csrf(
    request: &Request,
    wire: &Wire<'_>,
    identity: Identity<'_>,
    matched: &Matched,
    trail: &mut Trail,
) -> Option<&'static str> {
    let is_checked = matches!(
        matched.route.serves,
        Serves::Entity { .. } | Serves::Plugin { .. } | Serves::Related(_)
    );
    let reads = matches!(wire.method.as_str(), "GET" | "HEAD" | "OPTIONS" | "TRACE");
    let has_session = request.session.is_some_and(|session| session.user_id.is_some());
    if !is_checked || reads || !has_session || identity.account.is_none() {
        return None;
    }
    let (observed, reason) = match wire.header("X-CSRF-Token") {
        Some(token) if !token.is_empty() => {
            trail.note(code::CSRF, "csrf token", "sent; taken for the session's");
            return None;
        }
        Some(_) => (
            "a session cookie, and an empty X-CSRF-Token header",
            "X-CSRF-Token request header is invalid",
        ),
        None => (
            "a session cookie, and no X-CSRF-Token header",
            "X-CSRF-Token request header is missing",
        ),
    };
    trail.fail(code::CSRF, "csrf token", observed, "the token of /session/token");
    Some(reason)
}

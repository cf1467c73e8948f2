//! Where core sends the client to another address: `RedirectLeadingSlashesSubscriber`, before anything
//! else, and user's `AccessDeniedSubscriber`, in place of a refusal.

use super::code;
use super::end::{End, Exception};
use super::identity::Identity;
use super::negotiate::Matched;
use super::trail::Trail;
use super::wire::Wire;

/// The address with one slash for one that begins with several.
pub(super) fn leading_slashes(wire: &Wire<'_>, trail: &mut Trail) -> Option<String> {
    if !wire.path.starts_with("//") {
        return None;
    }
    let query = wire.normalized_query().unwrap_or_default();
    let mark = if query.is_empty() { "" } else { "?" };
    let path = wire.path.trim_start_matches('/');
    let location = format!("{}/{path}{mark}{query}", wire.site());
    trail.fail(
        code::REDIRECT,
        "path",
        "it begins with more than one slash, and core sends the client on before it looks further",
        format!("one slash: /{path}"),
    );
    Some(location)
}

/// The refusal of a route, or the address that its visitor is sent to instead.
pub(super) fn instead(
    wire: &Wire<'_>,
    identity: Identity<'_>,
    matched: &Matched,
    denied: Exception,
    trail: &mut Trail,
) -> End {
    let path = match (identity.account, matched.route.name.as_str()) {
        (Some(user), "user.login") => format!("/user/{}", user.id),
        (Some(user), "user.register") => format!("/user/{}/edit", user.id),
        (None, "user.page") => "/user/login".to_owned(),
        (None, "user.logout") => "/".to_owned(),
        _ => return End::Core(denied),
    };
    if denied.status != 403 {
        return End::Core(denied);
    }
    trail.note(code::REDIRECT, "redirect", format!("refused, and sent to {path}"));
    End::Redirect(format!("{}{path}", wire.site()))
}

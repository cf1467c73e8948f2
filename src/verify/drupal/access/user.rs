//! `UserAccessControlHandler` (10.3).

use super::{Access, required};
use crate::verify::drupal::entity::Operation;
use crate::verify::drupal::identity::Identity;
use crate::verify::drupal::site::Site;

/// Checks an operation on the account `id`, which exists.
pub(super) fn check(
    site: &Site<'_>,
    identity: Identity<'_>,
    id: i64,
    operation: Operation,
) -> Access {
    // The anonymous account can neither be viewed nor changed, by nobody.
    if id == 0 {
        return Access::Denied(String::new());
    }
    if site.may(identity.account, "administer users") {
        return Access::Allowed;
    }
    let is_own = identity.account.is_some_and(|user| user.id == id);
    match operation {
        Operation::View => view(site, identity, id, is_own),
        Operation::Update if is_own => Access::Allowed,
        Operation::Update => Access::Denied(OWN_ONLY.to_owned()),
        Operation::Delete => delete(site, identity, is_own),
        Operation::Create => Access::permission(site, identity, "administer users"),
    }
}

const OWN_ONLY: &str =
    "Users can only update their own account, unless they have the 'administer users' permission.";

/// An account that JSON:API names by a UUID, which tells nothing of whose it is.
pub(super) fn unknown_account(
    site: &Site<'_>,
    identity: Identity<'_>,
    operation: Operation,
) -> Access {
    if site.may(identity.account, "administer users") {
        return Access::Allowed;
    }
    let own = || Access::Unknown("whose account has this UUID".to_owned());
    match (operation, identity.account) {
        (Operation::Update, None) => Access::Denied(OWN_ONLY.to_owned()),
        (Operation::Delete, _) if !site.may(identity.account, "cancel account") => {
            Access::Denied(required("cancel account"))
        }
        (Operation::Delete, None) => Access::Denied(String::new()),
        _ => own(),
    }
}

fn view(site: &Site<'_>, identity: Identity<'_>, id: i64, is_own: bool) -> Access {
    let may = site.may(identity.account, "access user profiles");
    let is_active = site.facts.users.get(&id).is_some_and(|user| !user.blocked);
    match (is_own || (may && is_active), may) {
        (true, _) => Access::Allowed,
        (false, true) => Access::Denied(
            "The 'access user profiles' permission is required and the user must be active."
                .to_owned(),
        ),
        (false, false) => Access::Denied(required("access user profiles")),
    }
}

/// The permission AND one's own account; only the permission has a reason.
fn delete(site: &Site<'_>, identity: Identity<'_>, is_own: bool) -> Access {
    match Access::permission(site, identity, "cancel account") {
        Access::Allowed if !is_own => Access::Denied(String::new()),
        access => access,
    }
}

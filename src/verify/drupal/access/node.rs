//! `NodeAccessControlHandler` (10.3), with `node_node_access()`. Grants of other modules, the content's
//! type, author and state are the site's own.

use super::{Access, required};
use crate::verify::drupal::entity::Operation;
use crate::verify::drupal::identity::Identity;
use crate::verify::drupal::site::Site;

/// Creating content: of one type, or over REST of any type at first.
pub(super) fn create(site: &Site<'_>, identity: Identity<'_>, bundle: Option<&str>) -> Access {
    if let Some(decided) = before_all(site, identity) {
        return decided;
    }
    let may = match bundle {
        Some(bundle) => site.may(identity.account, &format!("create {bundle} content")),
        None => site.may_any(identity.account, |name| {
            name.starts_with("create ") && name.ends_with(" content")
        }),
    };
    if may { Access::Allowed } else { Access::Denied(String::new()) }
}

/// Reading, changing and deleting published content that exists.
pub(super) fn check(site: &Site<'_>, identity: Identity<'_>, operation: Operation) -> Access {
    if let Some(decided) = before_all(site, identity) {
        return decided;
    }
    let verb = match operation {
        Operation::Update => "edit ",
        Operation::Delete => "delete ",
        Operation::View | Operation::Create => return Access::Allowed,
    };
    let may_some = site.may_any(identity.account, |name| {
        name.starts_with(verb)
            && name.ends_with(" content")
            && (name.contains(" any ") || name.contains(" own "))
    });
    if may_some {
        return Access::Unknown("the content's type and author".to_owned());
    }
    Access::Denied(String::new())
}

fn before_all(site: &Site<'_>, identity: Identity<'_>) -> Option<Access> {
    if site.may(identity.account, "bypass node access") {
        return Some(Access::Allowed);
    }
    (!site.may(identity.account, "access content"))
        .then(|| Access::Denied(required("access content")))
}

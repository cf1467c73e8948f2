//! Access to the other entity types of core, as far as permissions decide it (10.3).

use super::Access;
use crate::verify::drupal::entity::{EntityType, Operation};
use crate::verify::drupal::identity::Identity;
use crate::verify::drupal::site::Site;

/// `admin_permission` of the types whose handler asks for nothing else, or lets it pass for all.
const ADMIN: &[(&str, &str)] = &[
    ("media", "administer media"),
    ("block_content", "administer block content"),
    ("menu_link_content", "administer menu"),
    ("path_alias", "administer url aliases"),
    ("action", "administer actions"),
    ("base_field_override", "administer languages"),
    ("block", "administer blocks"),
    ("block_content_type", "administer block types"),
    ("comment_type", "administer comment types"),
    ("contact_form", "administer contact forms"),
    ("filter_format", "administer filters"),
    ("image_style", "administer image styles"),
    ("media_type", "administer media types"),
    ("menu", "administer menu"),
    ("node_type", "administer content types"),
    ("rest_resource_config", "administer rest resources"),
    ("search_page", "administer search"),
    ("shortcut_set", "administer shortcuts"),
    ("taxonomy_vocabulary", "administer taxonomy"),
    ("user_role", "administer permissions"),
    ("view", "administer views"),
    ("workflow", "administer workflows"),
];

/// Whether a type is administered with the permission.
pub(super) fn is_admin_permission(permission: &str) -> bool {
    ADMIN.iter().any(|(_, known)| *known == permission)
}

/// Checks an operation on an entity that exists and is published.
pub(super) fn check(
    site: &Site<'_>,
    identity: Identity<'_>,
    entity: &EntityType,
    operation: Operation,
    bundle: Option<&str>,
) -> Access {
    match entity.id.as_str() {
        "taxonomy_term" => term(site, identity, operation, bundle),
        "comment" => comment(site, identity, operation),
        "node_type" if site.may(identity.account, "access content") => Access::Allowed,
        id => {
            let admin =
                ADMIN.iter().find(|(known, _)| *known == id).map(|(_, permission)| *permission);
            match admin {
                Some(permission) if site.may(identity.account, permission) => Access::Allowed,
                _ => Access::Unknown(format!(
                    "the site's access rules for {} {} entities",
                    operation.word(),
                    entity.id
                )),
            }
        }
    }
}

/// `TermAccessControlHandler`.
fn term(
    site: &Site<'_>,
    identity: Identity<'_>,
    operation: Operation,
    bundle: Option<&str>,
) -> Access {
    if site.may(identity.account, "administer taxonomy") {
        return Access::Allowed;
    }
    let verb = match operation {
        Operation::View if site.may(identity.account, "access content") => return Access::Allowed,
        Operation::View => {
            return Access::Denied(
                "The 'access content' permission is required and the taxonomy term must be published."
                    .to_owned(),
            );
        }
        Operation::Create => "create",
        Operation::Update => "edit",
        Operation::Delete => "delete",
    };
    if let Some(bundle) = bundle {
        let wanted = [format!("{verb} terms in {bundle}"), "administer taxonomy".to_owned()];
        return Access::any_permission(site, identity, &wanted);
    }
    let prefix = format!("{verb} terms in ");
    match (site.may_any(identity.account, |name| name.starts_with(&prefix)), operation) {
        (true, Operation::Create) => Access::Allowed,
        _ => {
            Access::Unknown("the vocabularies of the site, and which one the term is in".to_owned())
        }
    }
}

/// `CommentAccessControlHandler`; what is commented on is taken to be visible.
fn comment(site: &Site<'_>, identity: Identity<'_>, operation: Operation) -> Access {
    if operation == Operation::Create {
        return Access::permission(site, identity, "post comments");
    }
    if site.may(identity.account, "administer comments") {
        return Access::Allowed;
    }
    match operation {
        Operation::View => Access::permission(site, identity, "access comments"),
        Operation::Update if !site.may(identity.account, "edit own comments") => Access::Denied(
            "The 'edit own comments' permission is required, the user must be the comment author, \
             and the comment must be published."
                .to_owned(),
        ),
        Operation::Update => Access::Unknown("who wrote the comment".to_owned()),
        Operation::Delete | Operation::Create => Access::Denied(String::new()),
    }
}

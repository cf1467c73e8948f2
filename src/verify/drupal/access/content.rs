//! Access to the other entity types of core, as far as permissions decide it (10.3).

use super::Access;
use crate::verify::drupal::entity::{EntityType, Operation};
use crate::verify::drupal::identity::Identity;
use crate::verify::drupal::site::Site;

/// `admin_permission` of the types whose handler asks for nothing else.
const ADMIN_ONLY: &[(&str, &str)] = &[
    ("action", "administer actions"),
    ("block_content_type", "administer block types"),
    ("comment_type", "administer comment types"),
    ("date_format", "administer site configuration"),
    ("image_style", "administer image styles"),
    ("menu", "administer menu"),
    ("rest_resource_config", "administer rest resources"),
    ("user_role", "administer permissions"),
    ("view", "administer views"),
    ("workflow", "administer workflows"),
];

/// `admin_permission` of the types whose handler lets it pass for all, and asks for other things besides.
const ADMIN: &[(&str, &str)] = &[
    ("media", "administer media"),
    ("block_content", "administer block content"),
    ("menu_link_content", "administer menu"),
    ("path_alias", "administer url aliases"),
    ("block", "administer blocks"),
    ("filter_format", "administer filters"),
    ("media_type", "administer media types"),
    ("node_type", "administer content types"),
    ("search_page", "administer search"),
    ("shortcut_set", "administer shortcuts"),
];

/// What the permission for a type's fields or displays ends in, after the type that they belong to.
const OF_A_TYPE: &[(&str, &str)] = &[
    ("base_field_override", "fields"),
    ("entity_form_display", "form display"),
    ("entity_view_display", "display"),
    ("field_config", "fields"),
    ("field_storage_config", "fields"),
];

/// Whether a check of this file can ask for the permission.
pub(super) fn asks_for(permission: &str) -> bool {
    let mut admin = ADMIN_ONLY.iter().chain(ADMIN);
    let of_a_type = |name: &str| {
        OF_A_TYPE.iter().any(|(_, suffix)| name.ends_with(suffix))
            && name.starts_with("administer ")
    };
    ["access taxonomy overview", "create media", "view media"].contains(&permission)
        || admin.any(|(_, known)| *known == permission)
        || (permission.starts_with("create ") && permission.ends_with(" media"))
        || of_a_type(permission)
}

/// What is asked of an entity that exists and is published.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asked<'a> {
    /// Its type.
    pub(super) entity: &'a EntityType,
    /// What is done to it.
    pub(super) operation: Operation,
    /// Its bundle, where the path tells it.
    pub(super) bundle: Option<&'a str>,
    /// Its id, where the path tells it.
    pub(super) id: Option<&'a str>,
}

/// Checks an operation.
pub(super) fn check(site: &Site<'_>, identity: Identity<'_>, asked: Asked<'_>) -> Access {
    let Asked { entity, operation, bundle, id } = asked;
    let admin = |list: &[(&str, &'static str)]| {
        list.iter().find(|(known, _)| *known == entity.id).map(|(_, permission)| *permission)
    };
    if let Some(permission) = admin(ADMIN_ONLY) {
        return Access::permission(site, identity, permission);
    }
    if let (Some(suffix), Some((target, _))) =
        (admin(OF_A_TYPE), id.and_then(|id| id.split_once('.')))
    {
        return Access::permission(site, identity, &format!("administer {target} {suffix}"));
    }
    match (entity.id.as_str(), operation) {
        ("taxonomy_term", _) => return term(site, identity, operation, bundle),
        ("comment", _) => return comment(site, identity, operation),
        ("taxonomy_vocabulary", _) => {
            let either = ["access taxonomy overview", "administer taxonomy"].map(str::to_owned);
            return Access::any_permission(site, identity, &either);
        }
        ("node_type", _) if site.may(identity.account, "access content") => {
            return Access::Allowed;
        }
        ("media", Operation::View) if !site.may(identity.account, "administer media") => {
            return match Access::permission(site, identity, "view media") {
                Access::Denied(_) => Access::Denied(UNSEEN_MEDIA.to_owned()),
                access => access,
            };
        }
        ("media", Operation::Create) if creates_media(site, identity, bundle) => {
            return Access::Allowed;
        }
        _ => {}
    }
    // An account that passes every permission passes handlers that look at nothing else.
    let passes_all = site.may_any(identity.account, |_| false)
        && (admin(OF_A_TYPE).is_some() || entity.id == "contact_form" || entity.id == "editor");
    if passes_all || admin(ADMIN).is_some_and(|name| site.may(identity.account, name)) {
        return Access::Allowed;
    }
    Access::Unknown(format!(
        "the site's access rules for {} {} entities",
        operation.word(),
        entity.id
    ))
}

const UNSEEN_MEDIA: &str =
    "The 'view media' permission is required when the media item is published.";

/// Over REST of any type at first; JSON:API has the type in the path.
fn creates_media(site: &Site<'_>, identity: Identity<'_>, bundle: Option<&str>) -> bool {
    site.may(identity.account, "create media")
        || match bundle {
            Some(bundle) => site.may(identity.account, &format!("create {bundle} media")),
            None => site.may_any(identity.account, |name| {
                name.starts_with("create ") && name.ends_with(" media")
            }),
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

//! What tells a request to Drupal's REST layer from one to CiviCRM on the same site.

use super::route;
use super::wire::{Asked, Wire};
use crate::verify::{Cms, HttpRequest, Policy};

/// Whether the path is an API's of Drupal: JSON:API on any site, REST's own paths where Drupal is the CMS.
pub(in crate::verify) fn has_path(http: &HttpRequest, policy: &Policy) -> bool {
    let wire = Wire::new(http, policy);
    if route::is_under_jsonapi(&wire) {
        return true;
    }
    let below_entity = wire.routed_path().to_lowercase().starts_with("/entity/");
    policy.cms == Cms::Drupal && (below_entity || route::is_of_rest(policy, &wire))
}

/// Whether the request carries what only Drupal's REST layer and the module look at.
pub(in crate::verify) fn has_mark(http: &HttpRequest, policy: &Policy) -> bool {
    let asks_for_format = || Wire::new(http, policy).format != Asked::Nothing;
    http.header("AUTH-METHOD").is_some()
        || (policy.cms == Cms::Drupal && (http.header("API-KEY").is_some() || asks_for_format()))
}

/// Whether a route of core has the path.
pub(in crate::verify) fn has_route(http: &HttpRequest, policy: &Policy) -> bool {
    !route::candidates(policy, &Wire::new(http, policy)).is_empty()
}

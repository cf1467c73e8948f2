//! Routes of JSON:API: `Drupal\jsonapi\Routing\Routes`.
//!
//! Every resource type has a collection and individual routes; configuration is read only. Which bundles
//! a site has is its own data: a bundle of a type that core has is taken to exist, and said so later.

use super::{Route, Serves};
use crate::verify::drupal::entity::{EntityType, Operation};

/// The routes that may have something to do with the parts of a path, in lower case.
pub(super) fn routes(parts: &[String]) -> Vec<Route> {
    let mut names = parts.iter().map(String::as_str);
    if names.next() != Some("jsonapi") {
        return Vec::new();
    }
    let mut routes = vec![route("jsonapi.resource_list", "/jsonapi", "GET", Serves::Listing)];
    if let (Some(id), Some(bundle)) = (names.next(), names.next()) {
        let entity = EntityType::named(id);
        if entity.is_known && (entity.has_bundles || bundle == id) {
            routes.extend(of_type(&entity, bundle));
        }
    }
    routes
}

fn of_type(entity: &EntityType, bundle: &str) -> Vec<Route> {
    let name = |suffix: &str| format!("jsonapi.{}--{bundle}.{suffix}", entity.id);
    let path = format!("/jsonapi/{}/{bundle}", entity.id);
    let one = format!("{path}/{{entity}}");
    let does = |operation| Serves::Entity {
        entity: entity.clone(),
        operation,
        bundle: entity.has_bundles.then(|| bundle.to_owned()),
    };
    let mut routes = vec![
        route(&name("collection"), &path, "GET", Serves::Listing),
        route(&name("individual"), &one, "GET", does(Operation::View)),
    ];
    if !entity.is_config {
        routes.extend([
            route(&name("collection.post"), &path, "POST", does(Operation::Create)),
            route(&name("individual.patch"), &one, "PATCH", does(Operation::Update)),
            route(&name("individual.delete"), &one, "DELETE", does(Operation::Delete)),
        ]);
    }
    let related = Serves::Related(entity.clone());
    routes.push(route(&name("related"), &format!("{one}/{{related}}"), "GET", related.clone()));
    for method in ["GET", "POST", "PATCH", "DELETE"] {
        let name = name(&format!("relationship.{}", method.to_lowercase()));
        let path = format!("{one}/relationships/{{related}}");
        routes.push(route(&name, &path, method, related.clone()));
    }
    routes
}

fn route(name: &str, path: &str, method: &str, serves: Serves) -> Route {
    Route {
        name: name.to_owned(),
        path: path.to_owned(),
        methods: vec![method.to_owned()],
        formats: vec!["api_json".to_owned()],
        body_formats: vec!["api_json".to_owned()],
        // Every provider that the site has.
        providers: Some(
            ["basic_auth", "cookie", "key_auth", "rest_api_authentication"]
                .map(str::to_owned)
                .to_vec(),
        ),
        digits: false,
        serves,
    }
}

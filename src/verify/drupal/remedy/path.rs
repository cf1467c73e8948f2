//! Another path or method, where no route has the one that was sent.

use super::Trial;
use super::edit::{Edit, NAME};
use super::step::{SiteChange, Step};
use crate::verify::Kind;
use crate::verify::drupal::entity::EntityType;
use crate::verify::drupal::route;
use crate::verify::drupal::wire::Wire;

/// Besides `resources`, the paths that the one asked for may be meant for.
pub(super) fn list(trial: &Trial, wire: &Wire<'_>, resources: Vec<Step>) -> Vec<Step> {
    let mut steps = resources;
    let path = wire.routed_path();
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    // What stands before a path of core's: a prefix of a language, of a gateway or of a version.
    let mut paths: Vec<String> =
        (1..parts.len()).filter_map(|at| Some(parts.get(at..)?.join("/"))).collect();
    match parts.as_slice() {
        ["entity", kind, id] => paths.push(canonical(&EntityType::named(kind), id)),
        ["jsonapi", kind] if !EntityType::named(kind).has_bundles => {
            paths.push(format!("jsonapi/{kind}/{kind}"));
        }
        _ => {}
    }
    let edits = paths.iter().map(|path| Step::Edit(Edit::Path(format!("{}/{path}", wire.base))));
    steps.extend(edits.filter(|step| is_served(&trial.after(step.clone()))));
    steps
}

/// The path of one entity.
fn canonical(entity: &EntityType, id: &str) -> String {
    let path = entity.canonical.replace(&format!("{{{}}}", entity.id), id);
    path.trim_start_matches('/').to_owned()
}

/// Whether REST or JSON:API may answer; pages are not what an API request is meant for.
fn is_served(trial: &Trial) -> bool {
    let Kind::Http(http) = &trial.request.kind else { return false };
    let wire = Wire::new(http, &trial.policy);
    !route::plugins_for(&wire).is_empty()
        || route::is_of_rest(&trial.policy, &wire)
        || (route::is_under_jsonapi(&wire) && !route::candidates(&trial.policy, &wire).is_empty())
}

/// Besides `resources`, the method that is meant by one that Drupal's routes do not have.
pub(super) fn methods(wire: &Wire<'_>, resources: Vec<Step>) -> Vec<Step> {
    let meant: &[&str] = match wire.method.as_str() {
        "PUT" => &["PATCH", "POST"],
        "POST" => &["PATCH"],
        "PATCH" => &["POST"],
        "GET" | "HEAD" | "DELETE" | "OPTIONS" => &[],
        _ => &["GET"],
    };
    let edits = meant.iter().map(|method| Step::Edit(Edit::Method(method)));
    resources.into_iter().chain(edits).collect()
}

/// The account that the path names by its number.
pub(super) fn account(wire: &Wire<'_>) -> Vec<Step> {
    let path = wire.routed_path();
    let id = path.trim_matches('/').strip_prefix("user/").and_then(|id| id.parse().ok());
    let add = |id| Step::Site(SiteChange::AddAccount { name: NAME.to_owned(), id: Some(id) });
    id.filter(|id| *id > 0).map(add).into_iter().collect()
}

//! Routes of enabled REST resources: `ResourceRoutes::getRoutesForResourceConfig()`.
//!
//! A method has a route when the plugin implements it and the configuration names a format and a provider
//! for it. With granularity `resource`, formats and providers are the same for all methods, and the list
//! of `methods` is never looked at.

use serde_json::{Map, Value, json};

use super::{Route, Serves};
use crate::verify::DrupalPolicy;
use crate::verify::drupal::entity::EntityType;
use crate::verify::drupal::loose;

/// The routes of every enabled resource whose path fits.
pub(super) fn routes(policy: &DrupalPolicy, fits: impl Fn(&str) -> bool) -> Vec<Route> {
    policy
        .resources
        .iter()
        .filter_map(Value::as_object)
        .filter(|resource| resource.get("status").is_none_or(|on| loose::is_truthy(Some(on))))
        .flat_map(|resource| of_resource(resource, &fits))
        .collect()
}

/// A resource's plugin id, which its own id stands for when it is missing.
pub(in crate::verify::drupal) fn plugin_id(resource: &Map<String, Value>) -> Option<String> {
    let text = |key: &str| loose::get(resource, key).and_then(Value::as_str);
    text("plugin_id").map(str::to_owned).or_else(|| text("id").map(|id| id.replace('.', ":")))
}

fn of_resource(resource: &Map<String, Value>, fits: &impl Fn(&str) -> bool) -> Vec<Route> {
    let Some(plugin) = plugin_id(resource) else { return Vec::new() };
    implemented(&plugin, resource)
        .into_iter()
        .filter(|(_, path, _)| fits(path))
        .filter_map(|(method, path, serves)| {
            let (formats, providers) = configured(resource, &method);
            if formats.is_empty() || providers.is_empty() {
                return None;
            }
            let body_formats = match method.as_str() {
                "POST" | "PATCH" | "PUT" if plugin == "file:upload" => vec!["bin".to_owned()],
                "POST" | "PATCH" | "PUT" => formats.clone(),
                _ => Vec::new(),
            };
            Some(Route {
                name: format!("rest.{}.{method}", plugin.replace(':', ".")),
                path,
                methods: vec![method],
                formats,
                body_formats,
                providers: Some(providers),
                digits: false,
                serves,
            })
        })
        .collect()
}

/// What a plugin implements: method, path and purpose.
fn implemented(plugin: &str, resource: &Map<String, Value>) -> Vec<(String, String, Serves)> {
    if let Some(id) = plugin.strip_prefix("entity:") {
        let entity = EntityType::named(id);
        return entity
            .methods()
            .iter()
            .map(|(method, operation)| {
                let path = if *method == "POST" { &entity.create } else { &entity.canonical };
                let serves =
                    Serves::Entity { entity: entity.clone(), operation: *operation, bundle: None };
                ((*method).to_owned(), path.clone(), serves)
            })
            .collect();
    }
    let serves = |is_known| Serves::Plugin { plugin: plugin.to_owned(), is_known };
    let one = |method: &str, path: &str| vec![(method.to_owned(), path.to_owned(), serves(true))];
    match plugin {
        "user_registration" => one("POST", "/user/register"),
        "dblog" => one("GET", "/dblog/{id}"),
        "file:upload" => one("POST", "/file/upload/{entity_type_id}/{bundle}/{field_name}"),
        _ => {
            let path = format!("/{}", plugin.replace(':', "/"));
            named_methods(resource)
                .into_iter()
                .map(|method| {
                    let path =
                        if method == "POST" { path.clone() } else { format!("{path}/{{id}}") };
                    (method, path, serves(false))
                })
                .collect()
        }
    }
}

/// Whether the resource is configured method by method.
pub(in crate::verify::drupal) fn is_by_method(resource: &Map<String, Value>) -> bool {
    resource.get("granularity").and_then(Value::as_str) == Some("method")
}

/// The methods that the configuration names.
pub(in crate::verify::drupal) fn named_methods(resource: &Map<String, Value>) -> Vec<String> {
    let configuration = resource.get("configuration").and_then(Value::as_object);
    if is_by_method(resource) {
        configuration.map(|by_method| by_method.keys().cloned().collect()).unwrap_or_default()
    } else {
        loose::words(configuration.and_then(|all| all.get("methods")))
    }
}

/// Formats and providers of one method.
fn configured(resource: &Map<String, Value>, method: &str) -> (Vec<String>, Vec<String>) {
    let configuration = resource.get("configuration").and_then(Value::as_object);
    let (fields, formats, providers) = if is_by_method(resource) {
        let fields = configuration.and_then(|all| all.get(method)).and_then(Value::as_object);
        (fields, "supported_formats", "supported_auth")
    } else {
        (configuration, "formats", "authentication")
    };
    let words = |key: &str| loose::words(fields.and_then(|fields| fields.get(key)));
    (words(formats), words(providers))
}

/// Lets a resource take a method with a format and a provider, adding the resource when it is missing.
pub(in crate::verify::drupal) fn enable(
    resources: &mut Vec<Value>,
    plugin: &str,
    method: &str,
    format: &str,
    provider: &str,
) {
    let own = |resource: &Value| {
        resource.as_object().and_then(plugin_id).is_some_and(|known| known == plugin)
    };
    if !resources.iter().any(own) {
        let id = plugin.replace(':', ".");
        let empty =
            json!({"id": id, "plugin_id": plugin, "granularity": "method", "configuration": {}});
        resources.push(empty);
    }
    let Some(Value::Object(resource)) = resources.iter_mut().find(|resource| own(resource)) else {
        return;
    };
    resource.insert("status".to_owned(), Value::Bool(true));
    let by_method = is_by_method(resource);
    let Some(Value::Object(configuration)) = resource.get_mut("configuration") else { return };
    if by_method {
        let fields = configuration.entry(method).or_insert_with(|| json!({}));
        add_word(fields, "supported_formats", format);
        add_word(fields, "supported_auth", provider);
        return;
    }
    let mut all = Value::Object(std::mem::take(configuration));
    for (name, word) in [("methods", method), ("formats", format), ("authentication", provider)] {
        add_word(&mut all, name, word);
    }
    if let Value::Object(all) = all {
        *configuration = all;
    }
}

fn add_word(fields: &mut Value, name: &str, word: &str) {
    let Value::Object(fields) = fields else { return };
    let mut words = loose::words(fields.get(name));
    if !words.iter().any(|known| known == word) {
        words.push(word.to_owned());
    }
    fields.insert(name.to_owned(), words.into());
}

//! The configuration of a resource (`RestResourceConfig`): method by method, or one for all methods.

use std::collections::BTreeSet;

use serde::Serialize;
use serde_json::{Map, Value, json};

use super::known::{FORMATS, PROVIDERS, module_of, module_of_plugin};
use crate::verify::drupal::words;

/// How the configuration is split.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Granularity {
    /// Formats and providers of each method
    Method,
    /// The same formats and providers for all methods, which Drupal does not enforce
    Resource,
}

impl Granularity {
    /// The word in exports.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Method => "method",
            Self::Resource => "resource",
        }
    }
}

/// A method with what it takes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct MethodConfig {
    pub(super) method: String,
    pub(super) formats: Vec<String>,
    pub(super) auth: Vec<String>,
}

/// A configuration as it was exported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Config {
    pub(super) granularity: Granularity,
    pub(super) methods: Vec<MethodConfig>,
}

impl Config {
    /// Reads a resource. All but `method` is `resource` to Drupal.
    pub(super) fn of(entity: &Map<String, Value>) -> Self {
        let configuration = entity.get("configuration").and_then(Value::as_object);
        let by_method = entity.get("granularity").and_then(Value::as_str) == Some("method");
        let of = |method: &str, fields: Option<&Map<String, Value>>, formats, auth| MethodConfig {
            method: method.to_owned(),
            formats: words(fields.and_then(|fields| fields.get(formats))),
            auth: words(fields.and_then(|fields| fields.get(auth))),
        };
        if by_method {
            let methods = configuration.into_iter().flatten().map(|(method, fields)| {
                of(method, fields.as_object(), "supported_formats", "supported_auth")
            });
            return Self { granularity: Granularity::Method, methods: methods.collect() };
        }
        let methods = words(configuration.and_then(|fields| fields.get("methods")));
        let methods =
            methods.iter().map(|method| of(method, configuration, "formats", "authentication"));
        Self { granularity: Granularity::Resource, methods: methods.collect() }
    }

    /// The entry of a method, which is added where it is missing.
    pub(super) fn method(&mut self, method: &str) -> &mut MethodConfig {
        let place = self.methods.iter().position(|known| known.method == method);
        let place = place.unwrap_or_else(|| {
            let (formats, auth) = (Vec::new(), Vec::new());
            self.methods.push(MethodConfig { method: method.to_owned(), formats, auth });
            self.methods.len() - 1
        });
        // The place is inside the list in both cases.
        #[expect(clippy::indexing_slicing, reason = "found or pushed just above")]
        &mut self.methods[place]
    }

    /// What all methods together take.
    pub(super) fn all(&self, of: impl Fn(&MethodConfig) -> &Vec<String>) -> Vec<String> {
        let mut all = Vec::new();
        self.methods.iter().for_each(|method| add(&mut all, of(method)));
        all
    }

    /// Writes the configuration into a resource, with the modules that Drupal then depends on.
    pub(super) fn write(&self, entity: &mut Map<String, Value>) {
        let configuration: Value = match self.granularity {
            Granularity::Method => self
                .methods
                .iter()
                .map(|entry| {
                    let fields =
                        json!({"supported_formats": entry.formats, "supported_auth": entry.auth});
                    (entry.method.clone(), fields)
                })
                .collect(),
            Granularity::Resource => {
                let methods: Vec<&str> =
                    self.methods.iter().map(|entry| entry.method.as_str()).collect();
                json!({
                    "methods": methods,
                    "formats": self.all(|entry| &entry.formats),
                    "authentication": self.all(|entry| &entry.auth),
                })
            }
        };
        entity.insert("granularity".to_owned(), json!(self.granularity.word()));
        entity.insert("configuration".to_owned(), configuration);
        self.write_modules(entity);
    }

    fn write_modules(&self, entity: &mut Map<String, Value>) {
        let plugin = entity.get("plugin_id").and_then(Value::as_str).unwrap_or_default().to_owned();
        let formats = self.all(|entry| &entry.formats);
        let providers = self.all(|entry| &entry.auth);
        let needed: BTreeSet<&str> = (formats.iter().filter_map(|word| module_of(FORMATS, word)))
            .chain(providers.iter().filter_map(|word| module_of(PROVIDERS, word)))
            .chain(module_of_plugin(&plugin))
            .collect();
        let Value::Object(dependencies) =
            entity.entry("dependencies").or_insert_with(|| json!({"module": []}))
        else {
            return;
        };
        // A module that only a format or provider asked for goes with it; others stay.
        let is_ours =
            |module: &str| FORMATS.iter().chain(PROVIDERS).any(|(_, known)| *known == module);
        let kept = words(dependencies.get("module"));
        let mut modules: BTreeSet<&str> =
            kept.iter().map(String::as_str).filter(|module| !is_ours(module)).collect();
        modules.extend(needed);
        dependencies.insert("module".to_owned(), json!(modules));
    }
}

/// A resource that is not there yet.
pub(super) fn new(uuid: &str, id: &str) -> Map<String, Value> {
    let fields = [
        ("uuid", json!(uuid)),
        ("langcode", json!("en")),
        ("status", json!(true)),
        ("dependencies", json!({"module": []})),
        ("id", json!(id)),
        ("plugin_id", json!(id.replace('.', ":"))),
        ("granularity", json!(Granularity::Method.word())),
        ("configuration", json!({})),
    ];
    fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

/// Adds the words that are not there yet.
pub(super) fn add(words: &mut Vec<String>, more: &[String]) {
    for word in more {
        if !words.contains(word) {
            words.push(word.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Map, Value, json};

    use super::{Config, Granularity, add, new};

    fn object(value: Value) -> Map<String, Value> {
        serde_json::from_value(value).unwrap()
    }

    #[test]
    fn what_is_read_is_written_as_it_was() {
        for configuration in [
            json!({"granularity": "method", "configuration": {
                "POST": {"supported_formats": ["json"], "supported_auth": ["cookie"]},
                "GET": {"supported_formats": ["xml"], "supported_auth": ["basic_auth"]}}}),
            json!({"granularity": "resource", "configuration": {
                "methods": ["GET"], "formats": ["json"], "authentication": ["key_auth"]}}),
        ] {
            let entity = object(configuration);
            let mut written = entity.clone();
            Config::of(&entity).write(&mut written);
            written.shift_remove("dependencies");
            assert_eq!(Value::Object(written).to_string(), Value::Object(entity).to_string());
        }
    }

    #[test]
    fn modules_follow_formats_and_providers_and_others_stay() {
        let mut entity = new("u", "entity.user");
        entity.insert(
            "dependencies".to_owned(),
            json!({"module": ["os2forms", "key_auth", "hal"], "enforced": {}}),
        );
        let mut config = Config::of(&entity);
        let post = config.method("POST");
        add(&mut post.formats, &["json".to_owned(), "json".to_owned()]);
        add(&mut post.auth, &["rest_api_authentication".to_owned()]);
        config.write(&mut entity);
        assert_eq!(
            entity["dependencies"],
            json!({"module": ["os2forms", "rest_api_authentication", "serialization", "user"],
                "enforced": {}})
        );
        config.granularity = Granularity::Resource;
        config.write(&mut entity);
        assert_eq!(
            entity["configuration"],
            json!({"methods": ["POST"], "formats": ["json"],
                "authentication": ["rest_api_authentication"]})
        );
    }
}

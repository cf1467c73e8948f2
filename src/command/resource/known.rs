//! Methods, formats and authentication providers that REST resources are known to take, each with the
//! module that Drupal then records as a dependency (`ConfigDependencies::calculateDependencies()`).

use serde_json::{Map, Value, json};

use super::config::Granularity;
use super::unknown;
use crate::cli::Failure;
use crate::output::Form;

/// The methods of core's resource plugins.
pub(super) const METHODS: &[&str] = &["GET", "POST", "PATCH", "DELETE"];

/// Formats of core and of widely used modules.
pub(super) const FORMATS: &[(&str, &str)] = &[
    ("json", "serialization"),
    ("xml", "serialization"),
    ("hal_json", "hal"),
    ("jsonld", "jsonld"),
    ("csv", "csv_serialization"),
    ("xls", "xls_serialization"),
    ("xlsx", "xls_serialization"),
    ("oai_dc", "rest_oai_pmh"),
];

/// Authentication providers of core and of widely used modules.
pub(super) const PROVIDERS: &[(&str, &str)] = &[
    ("rest_api_authentication", "rest_api_authentication"),
    ("basic_auth", "basic_auth"),
    ("cookie", "user"),
    ("key_auth", "key_auth"),
    ("oauth2", "simple_oauth"),
    ("token_bearer", "simple_oauth"),
    ("jwt_auth", "jwt"),
];

/// Modules whose entity types are not called as they are.
const ENTITY_MODULES: &[(&str, &str)] = &[
    ("taxonomy_term", "taxonomy"),
    ("taxonomy_vocabulary", "taxonomy"),
    ("media_type", "media"),
    ("node_type", "node"),
    ("comment_type", "comment"),
    ("block_content_type", "block_content"),
    ("image_style", "image"),
    ("user_role", "user"),
    ("shortcut_set", "shortcut"),
    ("contact_form", "contact"),
    ("filter_format", "filter"),
    ("view", "views"),
];

/// Core's content entity types that are called as their modules.
const OWN_NAMES: &[&str] = &[
    "user",
    "node",
    "comment",
    "media",
    "file",
    "block_content",
    "menu_link_content",
    "shortcut",
    "path_alias",
    "block",
    "editor",
];

/// The module that has a plugin, where that is certain.
pub(super) fn module_of_plugin(plugin: &str) -> Option<&'static str> {
    match plugin {
        "user_registration" => return Some("user"),
        "dblog" => return Some("dblog"),
        "file:upload" => return Some("file"),
        _ => {}
    }
    let entity = plugin.strip_prefix("entity:")?;
    let other = ENTITY_MODULES.iter().find(|(known, _)| *known == entity);
    let own = OWN_NAMES.iter().find(|known| **known == entity);
    other.map(|(_, module)| *module).or(own.copied())
}

/// The module behind a word of one of the lists.
pub(super) fn module_of(list: &[(&str, &'static str)], word: &str) -> Option<&'static str> {
    list.iter().find(|(known, _)| *known == word).map(|(_, module)| *module)
}

/// What a command was given.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct WordArgs {
    /// Methods: GET, POST, PATCH, DELETE (can be repeated)
    #[arg(long = "method", value_name = "METHOD", value_delimiter = ',')]
    methods: Vec<String>,
    /// Formats, such as `json` (can be repeated)
    #[arg(long = "format", value_name = "FORMAT", value_delimiter = ',')]
    pub(super) formats: Vec<String>,
    /// Authentication providers, such as `rest_api_authentication`, `basic_auth`, `cookie` (can be
    /// repeated)
    #[arg(long = "auth", value_name = "PROVIDER", value_delimiter = ',')]
    pub(super) providers: Vec<String>,
    /// Take formats and providers that authctl does not know
    #[arg(long)]
    force: bool,
    // Bears the global option's id, so that `--format` is the resource's here.
    /// The form of the answer, which is `--format` elsewhere
    #[arg(long, id = "format", value_name = "FORM", value_parser = Form::parser(), hide = true)]
    output: Option<Form>,
}

impl WordArgs {
    /// Refuses words that nothing knows; answers the methods in upper case.
    pub(super) fn check(&self) -> Result<Vec<String>, Failure> {
        let methods: Vec<String> =
            self.methods.iter().map(|method| method.to_ascii_uppercase()).collect();
        for method in &methods {
            check(
                "method",
                method,
                METHODS.iter().copied(),
                "REST takes GET, POST, PATCH, DELETE.",
            )?;
        }
        if !self.force {
            let otherwise = "Add `--force` to take one that a module of the site brings.";
            for format in &self.formats {
                check("format", format, FORMATS.iter().map(|(known, _)| *known), otherwise)?;
            }
            for provider in &self.providers {
                let known = PROVIDERS.iter().map(|(known, _)| *known);
                check("authentication provider", provider, known, otherwise)?;
            }
        }
        Ok(methods)
    }

    /// What the audit log keeps of them.
    pub(super) fn detail(
        &self,
        methods: &[String],
        granularity: Option<Granularity>,
    ) -> Map<String, Value> {
        Map::from_iter([
            ("methods".to_owned(), json!(methods)),
            ("formats".to_owned(), json!(self.formats)),
            ("auth".to_owned(), json!(self.providers)),
            ("granularity".to_owned(), json!(granularity.map(Granularity::word))),
        ])
    }
}

fn check<'a>(
    kind: &str,
    word: &str,
    known: impl Iterator<Item = &'a str> + Clone,
    otherwise: &str,
) -> Result<(), Failure> {
    if known.clone().any(|known| known == word) {
        return Ok(());
    }
    Err(unknown(kind, word, known, otherwise))
}

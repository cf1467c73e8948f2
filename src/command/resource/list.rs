//! `authctl resource list`

use serde::Serialize;
use serde_json::{Map, Value};

use super::config::{Config, MethodConfig};
use crate::cli::{Context, Failure};
use crate::exit::Exit;
use crate::output::{Column, Row};
use crate::store::EntityKind;

/// Lists all resources.
pub(super) fn list(cx: &mut Context<'_>) -> Result<Exit, Failure> {
    let store = cx.open_read()?;
    let resources = store.read().entities(EntityKind::Resource)?;
    let rows: Vec<ResourceRow> = resources
        .iter()
        .filter_map(|(id, entity)| Some(ResourceRow::of(id, entity.as_object()?)))
        .collect();
    cx.list(&rows)?;
    Ok(Exit::Done)
}

#[derive(Serialize)]
struct ResourceRow {
    resource: String,
    enabled: bool,
    granularity: &'static str,
    methods: Vec<MethodConfig>,
}

impl ResourceRow {
    fn of(id: &str, entity: &Map<String, Value>) -> Self {
        let Config { granularity, methods } = Config::of(entity);
        let plugin = entity.get("plugin_id").and_then(Value::as_str);
        let status = entity.get("status").filter(|value| !value.is_null());
        Self {
            resource: plugin.map_or_else(|| id.replace('.', ":"), str::to_owned),
            enabled: status.is_none_or(|on| on.as_bool().unwrap_or(on != &Value::from(0))),
            granularity: granularity.word(),
            methods,
        }
    }

    /// Formats and providers behind each method, or once where all have the same.
    fn shown(&self) -> String {
        let words = |entry: &MethodConfig| {
            format!("{}; {}", entry.formats.join(", "), entry.auth.join(", "))
        };
        let shown = |methods: &[&str], words: &str| format!("{}: {words}", methods.join(", "));
        let alike = match self.methods.as_slice() {
            [] => return String::new(),
            [first, rest @ ..] => {
                rest.iter().all(|entry| words(entry) == words(first)).then(|| words(first))
            }
        };
        if let Some(words) = alike {
            let methods: Vec<&str> =
                self.methods.iter().map(|entry| entry.method.as_str()).collect();
            return shown(&methods, &words);
        }
        let each = self.methods.iter().map(|entry| shown(&[&entry.method], &words(entry)));
        each.collect::<Vec<_>>().join(" | ")
    }
}

impl Row for ResourceRow {
    const COLUMNS: &'static [Column] = &[
        Column::whole("resource"),
        Column::whole("enabled"),
        Column::whole("granularity"),
        Column::text("methods"),
    ];

    fn cells(&self) -> Vec<String> {
        vec![
            self.resource.clone(),
            self.enabled.to_string(),
            self.granularity.to_owned(),
            self.shown(),
        ]
    }
}

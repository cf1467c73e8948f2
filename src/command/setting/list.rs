//! `authctl setting list`, `authctl setting get`

use std::collections::BTreeSet;

use serde::Serialize;
use serde_json::Value;

use super::MODULE;
use super::name::{check_name, known_names};
use crate::cli::{Context, Failure};
use crate::command::authx;
use crate::command::subject::once;
use crate::exit::Exit;
use crate::output::{Column, Row};
use crate::store::{CIVICRM_SETTINGS, DRUPAL_SETTINGS, Reader};

/// Print the value of settings
///
/// One value is printed alone, as text or JSON; with `--format` other than `table`, or several names, as a
/// list.
///
/// Example: `authctl setting get site.cms`
#[derive(Debug, clap::Args)]
pub(super) struct GetArgs {
    /// Names of settings
    #[arg(required = true, value_name = "NAME")]
    names: Vec<String>,
}

/// Lists every setting that is known or stored.
pub(super) fn list(cx: &mut Context<'_>) -> Result<Exit, Failure> {
    let store = cx.open_read()?;
    let reader = store.read();
    let stored = reader.stored_settings()?;
    let fields = stored.get(MODULE).and_then(Value::as_object).into_iter().flatten();
    // What was taken out of the object left a null: keys, secrets and applications.
    let fields = fields.filter(|(_, value)| !value.is_null());
    let names = known_names()
        .into_iter()
        .chain(stored.keys().cloned())
        .chain(fields.map(|(name, _)| format!("{DRUPAL_SETTINGS}{name}")));
    let names: BTreeSet<String> = names.filter(|name| name != MODULE).collect();
    let rows = names
        .into_iter()
        .map(|name| SettingRow::of(reader, name))
        .collect::<Result<Vec<_>, _>>()?;
    cx.list(&rows)?;
    Ok(Exit::Done)
}

impl GetArgs {
    pub(super) fn run(&self, cx: &mut Context<'_>) -> Result<Exit, Failure> {
        let store = cx.open_read()?;
        let reader = store.read();
        let rows = once(&self.names)
            .into_iter()
            .map(|name| {
                check_name(&name)?;
                SettingRow::of(reader, name)
            })
            .collect::<Result<Vec<_>, _>>()?;
        match rows.as_slice() {
            [only] if cx.layout().is_table() => writeln!(cx.stdout, "{}", only.shown())?,
            rows => cx.list(rows)?,
        }
        Ok(Exit::Done)
    }
}

#[derive(Serialize)]
struct SettingRow {
    name: String,
    value: Value,
    default: bool,
}

impl SettingRow {
    fn of(reader: Reader<'_>, name: String) -> Result<Self, Failure> {
        let stored = reader.stored_setting(&name)?;
        let default = stored.is_none();
        let value = match (stored, name.strip_prefix(CIVICRM_SETTINGS)) {
            (Some(value), _) => value,
            (None, Some(upstream)) => authx::default(reader, upstream)?,
            (None, None) => reader.setting(&name)?,
        };
        Ok(Self { name, value, default })
    }

    /// The value as a person types it.
    fn shown(&self) -> String {
        match &self.value {
            Value::Null => String::new(),
            Value::String(text) => text.clone(),
            Value::Array(words) => {
                let words: Vec<&str> = words.iter().filter_map(Value::as_str).collect();
                words.join(",")
            }
            other => other.to_string(),
        }
    }
}

impl Row for SettingRow {
    const COLUMNS: &'static [Column] =
        &[Column::whole("name"), Column::text("value"), Column::whole("default")];

    fn cells(&self) -> Vec<String> {
        vec![self.name.clone(), self.shown(), self.default.to_string()]
    }
}

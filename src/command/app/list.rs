//! `authctl app list` and `show`

use serde::Serialize;
use serde_json::Value;

use super::record::{self, Header, Method, name_of};
use super::restriction::{Restrictions, RolePaths};
use super::{Application, all, find_all};
use crate::cli::{Context, Failure};
use crate::exit::Exit;
use crate::output::{Column, Row};
use crate::store::Reader;

/// The setting that stands in for an application's own.
const HEADER: &str = "drupal.settings.rest_api_auth_type";

/// The setting of the header that all applications read too.
pub(super) const CUSTOM_HEADER: &str = "drupal.settings.custom_header";

/// Show applications with their restrictions
#[derive(Debug, clap::Args)]
pub(super) struct ShowArgs {
    /// Ids or names
    #[arg(required = true, value_name = "APP")]
    apps: Vec<String>,
}

/// Lists all applications.
pub(super) fn list(cx: &mut Context<'_>) -> Result<Exit, Failure> {
    let store = cx.open_read()?;
    let reader = store.read();
    let header = reader.stored_setting(HEADER)?;
    let rows: Vec<AppRow> =
        all(reader)?.iter().map(|app| AppRow::of(app, header.as_ref())).collect();
    cx.list(&rows)?;
    Ok(Exit::Done)
}

impl ShowArgs {
    pub(super) fn run(&self, cx: &mut Context<'_>) -> Result<Exit, Failure> {
        let store = cx.open_read()?;
        let reader = store.read();
        let rows = find_all(reader, &self.apps)?
            .iter()
            .map(|app| AppDetails::of(reader, app))
            .collect::<Result<Vec<_>, _>>()?;
        cx.records(&rows)?;
        Ok(Exit::Done)
    }
}

/// A line of the list.
#[derive(Serialize)]
struct AppRow {
    id: String,
    name: String,
    method: &'static str,
    header: Option<&'static str>,
    default: bool,
    enabled: bool,
}

impl AppRow {
    fn of((id, record): &Application, header: Option<&Value>) -> Self {
        let method = Method::of(record);
        let is_api_key = method == Some(Method::ApiKey);
        Self {
            id: id.clone(),
            name: name_of(record).to_owned(),
            method: method.map_or("unknown", Method::word),
            header: is_api_key.then(|| Header::of(record, header).word()),
            default: record::is_default(record),
            enabled: record::is_enabled(record),
        }
    }
}

impl Row for AppRow {
    const COLUMNS: &'static [Column] = &[
        Column::whole("id"),
        Column::text("name"),
        Column::whole("method"),
        Column::whole("header"),
        Column::whole("default"),
        Column::whole("enabled"),
    ];

    fn cells(&self) -> Vec<String> {
        vec![
            self.id.clone(),
            self.name.clone(),
            self.method.to_owned(),
            self.header.unwrap_or_default().to_owned(),
            self.default.to_string(),
            self.enabled.to_string(),
        ]
    }
}

/// All of an application.
#[derive(Serialize)]
struct AppDetails {
    #[serde(flatten)]
    row: AppRow,
    send: String,
    allow_ip: Vec<String>,
    block_ip: Vec<String>,
    restrict_path: Vec<String>,
    role_path: Vec<RolePaths>,
    custom_header: Option<String>,
}

impl AppDetails {
    fn of(reader: Reader<'_>, app: &Application) -> Result<Self, Failure> {
        let header = reader.stored_setting(HEADER)?;
        let custom_header = reader.stored_setting(CUSTOM_HEADER)?;
        let restrictions = Restrictions::of(&app.1);
        Ok(Self {
            row: AppRow::of(app, header.as_ref()),
            send: format!("AUTH-METHOD: {}", app.0),
            allow_ip: restrictions.allow_ip,
            block_ip: restrictions.block_ip,
            restrict_path: restrictions.restrict_path,
            role_path: restrictions.role_path,
            custom_header: custom_header.and_then(|name| name.as_str().map(str::to_owned)),
        })
    }
}

impl Row for AppDetails {
    const COLUMNS: &'static [Column] = &[
        Column::whole("id"),
        Column::text("name"),
        Column::whole("method"),
        Column::whole("header"),
        Column::whole("default"),
        Column::whole("enabled"),
        Column::whole("send"),
        Column::text("allow_ip"),
        Column::text("block_ip"),
        Column::text("restrict_path"),
        Column::text("role_path"),
        Column::whole("custom_header"),
    ];

    fn cells(&self) -> Vec<String> {
        let mut cells = self.row.cells();
        let roles = self
            .role_path
            .iter()
            .flat_map(|rule| rule.paths.iter().map(move |path| format!("{}={path}", rule.role)));
        cells.extend([
            self.send.clone(),
            self.allow_ip.join(", "),
            self.block_ip.join(", "),
            self.restrict_path.join(", "),
            roles.collect::<Vec<_>>().join(", "),
            self.custom_header.clone().unwrap_or_default(),
        ]);
        cells
    }
}

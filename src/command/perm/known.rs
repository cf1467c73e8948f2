//! `authctl perm known`, and the short names.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::cli::{Context, Failure};
use crate::document::nearest;
use crate::exit::Exit;
use crate::output::{Column, Row};

/// Permissions that the two systems ask for, and what for.
const KNOWN: &[(&str, &str)] = &[
    ("authenticate with api key", "AuthX, guard perm: log in with an API key (short: api-key)"),
    ("authenticate with password", "AuthX, guard perm: log in with a password (short: password)"),
    ("generate any authx credential", "AuthX: make a JWT for any contact (AuthxCredential.create)"),
    ("validate any authx credential", "AuthX: check a credential (AuthxCredential.validate)"),
    ("all CiviCRM permissions and ACLs", "CiviCRM: every permission of CiviCRM"),
    ("access CiviCRM", "CiviCRM: the back office, and civicrm/ajax/rest"),
    ("access AJAX API", "CiviCRM: civicrm/ajax/rest"),
    ("administer CiviCRM", "CiviCRM: settings"),
    ("generate own api key", "Drupal's module: make an API key for oneself (key generate --as)"),
    ("administer users", "Drupal REST and JSON:API: create, change and delete accounts"),
    ("access user profiles", "Drupal: read other accounts"),
    ("cancel account", "Drupal: delete one's own account"),
    ("access content", "Drupal: read published content"),
    ("bypass node access", "Drupal: everything with every content"),
    ("use key authentication", "Drupal's key_auth: log in with the account's API key"),
    ("administer rest resources", "Drupal REST UI: enable resources"),
    ("administer site configuration", "Drupal: the module's pages, JSON:API's settings"),
    ("access site reports", "Drupal: recent log messages; a stack trace in JSON:API's errors"),
    ("administer permissions", "Drupal: roles and permissions"),
];

/// The machine name behind a short one.
pub(in crate::command) fn full_name(name: &str) -> &str {
    match name {
        "api-key" => "authenticate with api key",
        "password" => "authenticate with password",
        other => other,
    }
}

/// Notes permissions that nobody has and that look like a slip for a known one, as far as `new` says it.
pub(super) fn note_unknown(
    cx: &mut Context<'_>,
    permissions: &[&str],
    granted: &BTreeSet<String>,
    new: &str,
) -> Result<(), Failure> {
    for permission in permissions {
        let known = KNOWN.iter().map(|(name, _)| *name);
        let known = known.chain(granted.iter().map(String::as_str));
        if known.clone().any(|name| name == *permission) {
            continue;
        }
        if let Some(meant) = nearest(permission, known) {
            cx.note(&format!("`{permission}` {new}; did you mean `{meant}`?"))?;
        }
    }
    Ok(())
}

/// Lists the known permissions and those that were granted to anybody.
pub(super) fn list(cx: &mut Context<'_>) -> Result<Exit, Failure> {
    let store = cx.open_read()?;
    let granted = store.read().granted_permissions()?;
    let known = KNOWN.iter().map(|(name, about)| KnownRow {
        permission: (*name).to_owned(),
        granted: granted.contains(*name),
        about: Some(about),
    });
    let others = granted
        .iter()
        .filter(|name| !KNOWN.iter().any(|(known, _)| known == name))
        .map(|name| KnownRow { permission: name.clone(), granted: true, about: None });
    let rows: Vec<KnownRow> = known.chain(others).collect();
    cx.list(&rows)?;
    Ok(Exit::Done)
}

#[derive(Serialize)]
struct KnownRow {
    permission: String,
    granted: bool,
    about: Option<&'static str>,
}

impl Row for KnownRow {
    const COLUMNS: &'static [Column] =
        &[Column::text("permission"), Column::whole("granted"), Column::text("about")];

    fn cells(&self) -> Vec<String> {
        vec![
            self.permission.clone(),
            self.granted.to_string(),
            self.about.unwrap_or_default().to_owned(),
        ]
    }
}

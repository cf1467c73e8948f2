//! Keys in lists, without their text.

use serde::Serialize;

use super::owner;
use crate::cli::Failure;
use crate::command::moment::rfc3339;
use crate::output::{Column, Row};
use crate::store::{ApiKeyRow, KeyState, Reader};
use crate::verify::Owner;

/// A line of the list.
#[derive(Serialize)]
pub(super) struct KeyRow {
    pub(super) id: i64,
    owner: &'static str,
    name: Option<String>,
    hint: Option<String>,
    label: Option<String>,
    state: KeyState,
    expires_at: Option<String>,
}

impl KeyRow {
    pub(super) fn of(reader: Reader<'_>, key: &ApiKeyRow, now: i64) -> Result<Self, Failure> {
        Ok(Self {
            id: key.id.0,
            owner: owner::kind(key.owner),
            name: owner::name(reader, key.owner)?,
            hint: key.hint.as_ref().map(|hint| format!("{hint}…")),
            label: key.label.clone(),
            state: key.state(now),
            expires_at: key.expires_at.map(rfc3339),
        })
    }
}

impl Row for KeyRow {
    const COLUMNS: &'static [Column] = &[
        Column::whole("id"),
        Column::whole("owner"),
        Column::text("name"),
        Column::whole("hint"),
        Column::text("label"),
        Column::whole("state"),
        Column::whole("expires_at"),
    ];

    fn cells(&self) -> Vec<String> {
        vec![
            self.id.to_string(),
            self.owner.to_owned(),
            self.name.clone().unwrap_or_default(),
            self.hint.clone().unwrap_or_default(),
            self.label.clone().unwrap_or_default(),
            self.state.name().to_owned(),
            self.expires_at.clone().unwrap_or_default(),
        ]
    }
}

/// All that may be shown of a key.
#[derive(Serialize)]
pub(super) struct KeyDetails {
    #[serde(flatten)]
    row: KeyRow,
    user_id: Option<i64>,
    contact_id: Option<i64>,
    weak: bool,
    recoverable: bool,
    created_at: String,
    revoked_at: Option<String>,
    replaced_by: Option<i64>,
}

impl KeyDetails {
    pub(super) fn of(reader: Reader<'_>, key: &ApiKeyRow, now: i64) -> Result<Self, Failure> {
        let (user_id, contact_id) = match key.owner {
            Owner::User(id) => (Some(id), None),
            Owner::Contact(id) => (None, Some(id)),
            Owner::Universal | Owner::ApiToken => (None, None),
        };
        Ok(Self {
            row: KeyRow::of(reader, key, now)?,
            user_id,
            contact_id,
            weak: key.digest.is_weak(),
            recoverable: key.recoverable,
            created_at: rfc3339(key.created_at),
            revoked_at: key.revoked_at.map(rfc3339),
            replaced_by: key.replaced_by.map(|id| id.0),
        })
    }
}

impl Row for KeyDetails {
    const COLUMNS: &'static [Column] = &[
        Column::whole("id"),
        Column::whole("owner"),
        Column::text("name"),
        Column::whole("hint"),
        Column::text("label"),
        Column::whole("state"),
        Column::whole("expires_at"),
        Column::whole("user_id"),
        Column::whole("contact_id"),
        Column::whole("weak"),
        Column::whole("recoverable"),
        Column::whole("created_at"),
        Column::whole("revoked_at"),
        Column::whole("replaced_by"),
    ];

    fn cells(&self) -> Vec<String> {
        let number = |id: Option<i64>| id.map(|id| id.to_string()).unwrap_or_default();
        let mut cells = self.row.cells();
        cells.extend([
            number(self.user_id),
            number(self.contact_id),
            self.weak.to_string(),
            self.recoverable.to_string(),
            self.created_at.clone(),
            self.revoked_at.clone().unwrap_or_default(),
            number(self.replaced_by),
        ]);
        cells
    }
}

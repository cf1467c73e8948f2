//! `authctl key identify`

use serde::Serialize;

use super::row::KeyRow;
use crate::cli::{Context, Failure};
use crate::command::secret::{self, Ask, SecretSource};
use crate::credential::{ApiKey, Shape};
use crate::exit::Exit;
use crate::output::{Column, Row};
use crate::store::Checks;

/// Tell whose key a text is
///
/// For a key that was found somewhere: whose it is, and whether the site still has it. The text is asked
/// for on a terminal and read from standard input otherwise. Like the site's database, the search ignores
/// case, accents and trailing spaces; `exact` says whether the text is the same to the byte.
///
/// Exits 0 when it is somebody's key, 3 when it is nobody's.
///
/// Example: `authctl key identify < leaked.txt`
#[derive(Debug, clap::Args)]
pub(super) struct IdentifyArgs {
    /// Where the text is read: `-` for standard input, or `@FILE`
    #[arg(value_name = "SOURCE")]
    source: Option<SecretSource>,
}

impl IdentifyArgs {
    pub(super) fn run(&self, cx: &mut Context<'_>) -> Result<Exit, Failure> {
        let source = match &self.source {
            None if !cx.can_ask() => Some(&SecretSource::Stdin),
            source => source.as_ref(),
        };
        let text = secret::read(cx, source, "key", Ask::Existing, None)?;
        let store = cx.open_read()?;
        let reader = store.read();
        let now = cx.now.as_second();
        let rows = reader
            .identify(&text, &Checks::default())?
            .iter()
            .map(|found| {
                Ok(FoundRow { row: KeyRow::of(reader, &found.key, now)?, exact: found.exact })
            })
            .collect::<Result<Vec<_>, Failure>>()?;
        cx.list(&rows)?;
        if !rows.is_empty() {
            return Ok(Exit::Done);
        }
        let whole = ApiKey::inspect(text.expose());
        cx.report(match whole {
            Shape::Own { checksum_ok: false, .. } => {
                "It is nobody's key; it looks like one of authctl's, mistyped or cut off."
            }
            _ => "It is nobody's key.",
        })?;
        Ok(Exit::No)
    }
}

#[derive(Serialize)]
struct FoundRow {
    #[serde(flatten)]
    row: KeyRow,
    exact: bool,
}

impl Row for FoundRow {
    const COLUMNS: &'static [Column] = &[
        Column::whole("id"),
        Column::whole("owner"),
        Column::text("name"),
        Column::whole("hint"),
        Column::text("label"),
        Column::whole("state"),
        Column::whole("expires_at"),
        Column::whole("exact"),
    ];

    fn cells(&self) -> Vec<String> {
        let mut cells = self.row.cells();
        cells.push(self.exact.to_string());
        cells
    }
}

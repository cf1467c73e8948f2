//! `authctl dump`

use serde_json::json;

use super::failure;
use crate::cli::{Context, Failure};
use crate::command::progress::Progress;
use crate::document::{self, Error, Notation, Secrets};
use crate::exit::Exit;
use crate::output::Format;

/// Write the store down as a document
///
/// YAML, or JSON with `--format json`. Secrets are digests and sealed texts, which `authctl apply` takes
/// on a store with the same key file. `--reveal` shows those that can be read back: the site key, signing
/// keys, password hashes of other software, keys made with `--recoverable`; the audit log keeps that they
/// were shown.
///
/// Example: `authctl dump > site.yml`
#[derive(Debug, clap::Args)]
pub(crate) struct DumpArgs {
    /// Show secrets in clear where they can be read back
    #[arg(long)]
    reveal: bool,
}

impl DumpArgs {
    pub(crate) fn run(&self, cx: &mut Context<'_>) -> Result<Exit, Failure> {
        let notation = match cx.options.format {
            Format::Table => Notation::Yaml,
            Format::Json => Notation::Json,
            Format::Jsonl | Format::Csv => {
                return Err(Failure::usage("`authctl dump` prints YAML or JSON alone")
                    .hint("Leave out `--format` for YAML, or give `--format json`."));
            }
        };
        let progress = Progress::begin(cx, "writing the document");
        let dumped = if self.reveal {
            let mut store = cx.open_write(false)?;
            store.change(&cx.actor(), false, |change| {
                let document = document::dump(change.read(), Secrets::Revealed)?;
                change.audit_access("dump.reveal", "store", &json!({}))?;
                Ok::<_, Error>(document)
            })
        } else {
            document::dump(cx.open_read()?.read(), Secrets::Kept)
        };
        let text = dumped.map_err(failure)?.render(notation).map_err(|error| {
            Failure::new(Exit::Failed, format!("cannot write the document: {error}"))
        })?;
        drop(progress);
        cx.stdout.write_all(text.as_bytes())?;
        if self.reveal {
            cx.note("the document holds secrets in clear")?;
        }
        Ok(Exit::Done)
    }
}

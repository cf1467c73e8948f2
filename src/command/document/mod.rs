//! `authctl apply`, `authctl diff`, `authctl dump`: the policy document.

mod apply;
mod diff;
mod dump;

use std::cell::RefCell;
use std::path::{Path, PathBuf};

use serde::Serialize;

pub(crate) use self::apply::ApplyArgs;
pub(crate) use self::diff::DiffArgs;
pub(crate) use self::dump::DumpArgs;
use super::progress::Progress;
use super::whole;
use crate::cli::{Context, Failure};
use crate::document::{self, Action, Difference, Document, Error, Event, Omitted, Prepared};
use crate::exit::Exit;
use crate::output::{Column, Row};
use crate::store::Store;

/// The document, and what happens to what it omits.
#[derive(Debug, clap::Args)]
struct DocumentArgs {
    /// The document, YAML or JSON by its content; `-` for standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Remove what the document omits: users, roles, contacts, keys and grants
    ///
    /// Lists of roles, permissions and keys are then the whole of what their user, role or contact has,
    /// and lists of applications and resources, where they are given, the whole of what the site has.
    /// Built-in roles and settings stay.
    #[arg(long)]
    prune: bool,
}

impl DocumentArgs {
    fn read(&self, cx: &mut Context<'_>) -> Result<Document, Failure> {
        read(cx, &self.file)
    }

    fn name(&self) -> String {
        self.file.display().to_string()
    }

    fn omitted(&self) -> Omitted {
        if self.prune { Omitted::IsRemoved } else { Omitted::Stays }
    }
}

/// Reads a document, YAML or JSON, and passes its warnings on; `-` is standard input.
pub(in crate::command) fn read(cx: &mut Context<'_>, file: &Path) -> Result<Document, Failure> {
    let text = whole::read(cx.stdin, file, whole::STORE)?;
    let name = file.display().to_string();
    let document = document::parse(&text, &name).map_err(|fault| failure(fault.into()))?;
    warn(cx, &document)?;
    Ok(document)
}

/// How many warnings are passed on.
const WARNINGS: usize = 10;

/// Passes the warnings of a document on, the first of many.
pub(in crate::command) fn warn(cx: &mut Context<'_>, document: &Document) -> Result<(), Failure> {
    let warnings = document.warnings();
    warnings.iter().take(WARNINGS).try_for_each(|warning| cx.warn(warning))?;
    match warnings.len().saturating_sub(WARNINGS) {
        0 => Ok(()),
        more => cx.warn(&format!("{more} more of the document's words and names are not known")),
    }
}

/// What is heard of the work on a document.
struct Heard<'p> {
    progress: &'p Progress,
    /// Keys that stay revoked.
    revoked: RefCell<Vec<String>>,
}

impl<'p> Heard<'p> {
    fn new(progress: &'p Progress) -> Self {
        Self { progress, revoked: RefCell::default() }
    }

    fn hear(&self, event: Event) {
        match event {
            Event::Account { of } => self.progress.one_of(of),
            Event::StaysRevoked(id) => self.revoked.borrow_mut().push(id.to_string()),
        }
    }
}

/// What applying a document would change, and the keys of it that stay revoked.
fn differences(
    cx: &Context<'_>,
    store: &Store,
    document: &Document,
    omitted: Omitted,
    prepared: &Prepared,
) -> Result<(Vec<Difference>, Vec<String>), Failure> {
    let progress = Progress::begin(cx, "comparing");
    let heard = Heard::new(&progress);
    let hear = |event| heard.hear(event);
    let differences = document::diff(store.read(), document, omitted, prepared, &hear);
    Ok((differences.map_err(failure)?, heard.revoked.into_inner()))
}

/// What a fault of a document or a store means for the person.
pub(in crate::command) fn failure(error: Error) -> Failure {
    match error {
        Error::Invalid(fault) => Failure::new(Exit::Failed, fault.to_string()),
        Error::Store(error) => error.into(),
        Error::Credential(error) => error.into(),
    }
}

/// `1 added, 2 changed, 3 removed`, without those that are none.
fn counts(differences: &[Difference]) -> String {
    let kinds = [(Action::Add, "added"), (Action::Change, "changed"), (Action::Remove, "removed")];
    let counts = kinds.into_iter().filter_map(|(action, word)| {
        let count = differences.iter().filter(|one| one.action == action).count();
        (count > 0).then(|| format!("{count} {word}"))
    });
    counts.collect::<Vec<_>>().join(", ")
}

/// A line of `apply` and `diff`.
#[derive(Serialize)]
#[serde(transparent)]
struct DifferenceRow(Difference);

impl Row for DifferenceRow {
    const COLUMNS: &'static [Column] =
        &[Column::whole("action"), Column::text("subject"), Column::text("detail")];

    fn cells(&self) -> Vec<String> {
        let Self(Difference { action, subject, detail }) = self;
        vec![action.word().to_owned(), subject.clone(), detail.clone()]
    }
}

/// Writes the differences to standard output; a table only when there are some.
fn list(cx: &mut Context<'_>, differences: Vec<Difference>) -> Result<(), Failure> {
    if differences.is_empty() && cx.options.format == crate::output::Format::Table {
        return Ok(());
    }
    cx.list(&differences.into_iter().map(DifferenceRow).collect::<Vec<_>>())
}

//! `authctl apply`

use super::{DocumentArgs, Heard, counts, differences, failure, list};
use crate::cli::{Context, Failure};
use crate::command::change::{ChangeArgs, counted};
use crate::command::confirm::Confirmed;
use crate::command::key::note_revoked;
use crate::command::progress::Progress;
use crate::document::{self, Action, Prepared};
use crate::exit::Exit;

/// Bring the store to what a document says
///
/// In one transaction; prints what changed. What the document does not mention stays, `null` takes away.
/// Lists of roles, permissions and keys are added to, unless `--prune` is given. Applying twice changes
/// nothing the second time.
///
/// With `--prune`, asks before anything is removed, or takes `--yes`.
///
/// Examples: `authctl apply site.yml`, `authctl dump --store other.db --reveal | authctl apply -`
#[derive(Debug, clap::Args)]
pub(crate) struct ApplyArgs {
    #[command(flatten)]
    document: DocumentArgs,
    #[command(flatten)]
    change: ChangeArgs,
}

impl ApplyArgs {
    pub(crate) fn run(&self, cx: &mut Context<'_>) -> Result<Exit, Failure> {
        let document = self.document.read(cx)?;
        let omitted = self.document.omitted();
        let name = self.document.name();
        let mut store = cx.open_write(self.change.dry_run)?;
        let progress = Progress::begin(cx, "hashing passwords");
        let prepared =
            Prepared::new(store.read(), cx.rng, &document, &|tasks| progress.one_of(tasks))?;
        drop(progress);
        if self.document.prune && !self.change.dry_run {
            let (differences, _) = differences(cx, &store, &document, omitted, &prepared)?;
            let removed = differences.iter().filter(|one| one.action == Action::Remove).count();
            if removed > 0 {
                let removed = counted(removed, "removal");
                Confirmed::ask(cx, &format!("remove what `{name}` omits, {removed}?"), false)?;
            }
        }
        let progress = Progress::begin(cx, "applying");
        let actor = cx.actor();
        let heard = Heard::new(&progress);
        let hear = |event| heard.hear(event);
        let applied = store.change(&actor, self.change.dry_run, |change| {
            document::apply(change, cx.rng, &document, omitted, &prepared, &hear)
        });
        let revoked = heard.revoked.into_inner();
        drop(progress);
        let differences = applied.map_err(failure)?;
        let sentence = match differences.as_slice() {
            [] => format!("The store is as `{name}` says already."),
            some => format!("Applied `{name}`: {}.", counts(some)),
        };
        list(cx, differences)?;
        self.change.report(cx, &sentence)?;
        note_revoked(cx, &revoked)?;
        Ok(Exit::Done)
    }
}

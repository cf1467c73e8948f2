//! `authctl apply`

use super::{DocumentArgs, counts, failure, list};
use crate::cli::{Context, Failure};
use crate::command::change::{ChangeArgs, counted};
use crate::command::confirm::Confirmed;
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

/// From how many accounts on a document takes more than a second.
const MANY: usize = 10_000;

impl ApplyArgs {
    pub(crate) fn run(&self, cx: &mut Context<'_>) -> Result<Exit, Failure> {
        let document = self.document.read(cx)?;
        let omitted = self.document.omitted();
        let name = self.document.name();
        let mut store = cx.open_write(self.change.dry_run)?;
        let passwords = document.users.iter().filter(|user| user.password.set().is_some());
        let progress = Progress::begin(cx, "hashing passwords", passwords.count() > 30);
        let prepared = Prepared::new(store.read(), cx.rng, &document)?;
        progress.end();
        if self.document.prune && !self.change.dry_run {
            let differences = document::diff(store.read(), &document, omitted, &prepared);
            let differences = differences.map_err(failure)?;
            let removed = differences.iter().filter(|one| one.action == Action::Remove).count();
            if removed > 0 {
                let removed = counted(removed, "removal");
                Confirmed::ask(cx, &format!("remove what `{name}` omits, {removed}?"), false)?;
            }
        }
        let progress = Progress::begin(cx, "applying", document.users.len() >= MANY);
        let actor = cx.actor();
        let applied = store.change(&actor, self.change.dry_run, |change| {
            document::apply(change, cx.rng, &document, omitted, &prepared)
        });
        progress.end();
        let differences = applied.map_err(failure)?;
        let sentence = match differences.as_slice() {
            [] => format!("The store is as `{name}` says already."),
            some => format!("Applied `{name}`: {}.", counts(some)),
        };
        list(cx, differences)?;
        self.change.report(cx, &sentence)?;
        Ok(Exit::Done)
    }
}

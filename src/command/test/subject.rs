//! What test files are judged against: the store, or a throw-away one that a policy document fills.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tempfile::TempDir;

use crate::cli::{Context, Failure, cause};
use crate::command::document::{failure, read, warn};
use crate::command::verify::AssumptionArg;
use crate::document::{self, Case, Document, Omitted, Prepared, SuitePolicy};
use crate::exit::Exit;
use crate::output::PartReport;
use crate::store::{Checks, Location, Store};
use crate::verify::{self, Extent, Judged, Part, Policy, System, Verdict};

/// Where the policy of a file comes from. Names are kept as the system has them: what two of them are
/// printed as may be the same.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Origin {
    Store,
    /// A document in a file of its own.
    File(PathBuf),
    /// A document in the test file.
    Here(PathBuf),
}

impl Origin {
    /// How it is called in reports.
    fn name(&self) -> String {
        match self {
            Self::Store => "the store".to_owned(),
            Self::File(path) | Self::Here(path) => path.display().to_string(),
        }
    }
}

/// Everything that the files of a run are judged against.
pub(super) struct Subjects<'a> {
    now: i64,
    /// What files without a policy of their own are judged against; absent: the store.
    default: Option<&'a Path>,
    opened: BTreeMap<Origin, Subject>,
}

impl<'a> Subjects<'a> {
    /// Nothing is opened yet.
    pub(super) fn new(now: i64, default: Option<&'a Path>) -> Self {
        Self { now, default, opened: BTreeMap::new() }
    }

    /// What a file is judged against. The store and documents in files of their own are opened once.
    pub(super) fn of(
        &mut self,
        cx: &mut Context<'_>,
        file: &Path,
        policy: Option<SuitePolicy>,
    ) -> Result<&mut Subject, Failure> {
        let (origin, here) = match (policy, self.default) {
            (Some(SuitePolicy::File(name)), _) => (Origin::File(beside(file, &name.value)), None),
            (Some(SuitePolicy::Here(document)), _) => {
                (Origin::Here(file.to_owned()), Some(document))
            }
            (None, Some(path)) => (Origin::File(path.to_owned()), None),
            (None, None) => (Origin::Store, None),
        };
        let entry = match self.opened.entry(origin.clone()) {
            Entry::Occupied(opened) => return Ok(opened.into_mut()),
            Entry::Vacant(entry) => entry,
        };
        let name = origin.name();
        let subject = match (here, origin) {
            (Some(document), _) => {
                warn(cx, &document)?;
                Subject::of_document(cx, name, self.now, &document)?
            }
            (None, Origin::File(path)) => {
                let document = read(cx, &path)?;
                Subject::of_document(cx, name, self.now, &document)?
            }
            (None, _) => Subject::new(name, self.now, cx.open_read()?, None)?,
        };
        Ok(entry.insert(subject))
    }

    /// The parts of all policies, and which of them were exercised.
    pub(super) fn parts(&self) -> Result<Vec<PartReport>, Failure> {
        let parts = self.opened.values().map(Subject::parts);
        Ok(parts.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect())
    }
}

/// A name as a file means it: from its own folder.
fn beside(file: &Path, name: &str) -> PathBuf {
    file.parent().map_or_else(|| name.into(), |folder| folder.join(name))
}

/// Refuses an assumption that would read a secret: what a test file says is all in it, so that its verdicts
/// are the same wherever it runs.
fn secret_from_elsewhere() -> Failure {
    let message =
        "a test file reads no site key from elsewhere; expected `site_key=` or `site_key!`";
    Failure::new(Exit::Failed, message)
        .hint("A key that is not empty stands in the policy: `civicrm: { site_key: KEY }`.")
}

/// What some files are judged against.
pub(super) struct Subject {
    name: String,
    now: i64,
    store: Store,
    policy: Arc<Policy>,
    checks: Checks,
    judged: Vec<Judged>,
    /// The folder of a throw-away store, which goes with it.
    throw_away: Option<TempDir>,
}

/// A verdict, and what it was reached by where there was something to judge.
pub(super) struct Tested {
    pub(super) verdict: Verdict,
    pub(super) judged: Option<Judged>,
}

impl Subject {
    fn new(
        name: String,
        now: i64,
        store: Store,
        throw_away: Option<TempDir>,
    ) -> Result<Self, Failure> {
        let policy = Arc::new(store.read().policy()?);
        let checks = Checks::new(policy.cms, 1);
        Ok(Self { name, now, store, policy, checks, judged: Vec::new(), throw_away })
    }

    fn of_document(
        cx: &mut Context<'_>,
        name: String,
        now: i64,
        document: &Document,
    ) -> Result<Self, Failure> {
        let folder = tempfile::tempdir().map_err(|error| {
            let message = format!("cannot make a folder for a throw-away store: {}", cause(&error));
            Failure::new(Exit::Failed, message).hint("Set TMPDIR to a folder that can be written.")
        })?;
        let location = Location::beside(folder.path().join("authctl.db"));
        let actor = cx.actor();
        let mut store = Store::create(&location, &actor, cx.rng)?;
        let prepared = Prepared::new(store.read(), cx.rng, document, &|_| ())?;
        let applied = store.change(&actor, false, |change| {
            document::apply(change, cx.rng, document, Omitted::Stays, &prepared, &|_| ())
        });
        applied.map_err(failure)?;
        Self::new(name, now, store, Some(folder))
    }

    /// Judges a case.
    pub(super) fn judge(
        &self,
        cx: &mut Context<'_>,
        file: &str,
        case: &Case,
    ) -> Result<Tested, Failure> {
        let assumptions = case.assume.iter().map(|assumption| {
            let place = format!("{file}:{}:{}", assumption.place.line, assumption.place.column);
            let typed = assumption.value.parse::<AssumptionArg>();
            let typed = typed.map_err(|error| Failure::new(Exit::Failed, error).at(&place))?;
            if typed.reads_secret() {
                return Err(secret_from_elsewhere().at(&place));
            }
            typed.resolve(cx, self.store.read()).map_err(|failure| failure.at(&place))
        });
        let assumptions: Vec<_> =
            assumptions.filter_map(Result::transpose).collect::<Result<_, _>>()?;
        let request = match &case.request {
            Ok(request) => request.clone(),
            Err(error) => {
                let (id, message) = (error.id.clone(), error.to_string());
                let verdict = Verdict::unreadable(id, error.source(), &message);
                return Ok(Tested { verdict, judged: None });
            }
        };
        let mut policy = Arc::clone(&self.policy);
        for assumption in &assumptions {
            assumption.apply_to_policy(Arc::make_mut(&mut policy));
        }
        let Some(system) = case.system.or_else(|| verify::choose(&request, &policy)) else {
            return Ok(Tested { verdict: Verdict::unknown_system(&request), judged: None });
        };
        let presented = verify::presented(system, &request, &policy);
        let mut facts = self.store.read().facts(&presented, &self.checks)?;
        for assumption in &assumptions {
            assumption.apply_to_facts(&policy, &mut facts);
        }
        let mut verdict =
            verify::decide(Extent::Whole, system, &request, &policy, &facts, self.now);
        if self.throw_away.is_some() {
            // They name commands on a store that nobody can reach.
            verdict.remedies.clear();
        }
        let judged = Judged { system, request, policy, facts, now: self.now, verdict };
        Ok(Tested { verdict: judged.verdict.clone(), judged: Some(judged) })
    }

    /// Keeps what was judged, for the parts that it exercises.
    pub(super) fn keep(&mut self, judged: Option<Judged>) {
        self.judged.extend(judged);
    }

    /// The parts of the policy, and which of them were exercised.
    fn parts(&self) -> Result<Vec<PartReport>, Failure> {
        let is_asked = self.judged.iter().any(|judged| judged.system == System::CiviCrm);
        let granted = self.store.read().granted_permissions()?;
        let parts = Part::all(&self.policy, granted, is_asked);
        let report = |part: Part| PartReport {
            policy: self.name.clone(),
            exercised: self.judged.iter().any(|judged| part.is_exercised(judged)),
            part,
        };
        Ok(parts.into_iter().map(report).collect())
    }
}

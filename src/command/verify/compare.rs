//! `--compare`: every request judged as the site is and as it is assumed to be, and what differs.

use std::collections::BTreeMap;

use serde::Serialize;

use super::judge::Brief;
use super::people::{Named, Others, People, Person, PersonCount};
use crate::cli::{Context, Failure};
use crate::exit::Exit;
use crate::output::{Column, Format, Row};
use crate::reader::Answer;
use crate::store::Reader;
use crate::verify::{Code, Decision, Source};

/// The people of a change that are named.
const NAMED: usize = 10;
/// The first requests of a change that are named.
const EXAMPLES: usize = 3;

/// What the program fails for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum FailOn {
    /// A request that passed would be refused
    #[default]
    Broken,
    /// A request that was refused would pass
    Opened,
    /// Either of the two
    Either,
}

/// What becomes of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
enum Effect {
    /// It passed, and would be refused.
    Broken,
    /// It was refused, and would pass.
    Opened,
    /// It would get another answer, or pass as somebody else.
    Changed,
}

impl Effect {
    fn of(before: Brief<'_>, after: Brief<'_>) -> Option<Self> {
        let passes = |verdict: Brief<'_>| verdict.decision == Decision::Allow;
        let refused =
            |verdict: Brief<'_>| matches!(verdict.decision, Decision::Deny | Decision::Anonymous);
        if passes(before) && refused(after) {
            Some(Self::Broken)
        } else if refused(before) && passes(after) {
            Some(Self::Opened)
        } else {
            let same = (before.decision, before.reason) == (after.decision, after.reason)
                && before.whom == after.whom
                && before.response == after.response;
            (!same).then_some(Self::Changed)
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Broken => "broken",
            Self::Opened => "opened",
            Self::Changed => "changed",
        }
    }
}

/// A decision with its reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
struct Outcome {
    decision: Decision,
    reason: Code,
}

impl Outcome {
    fn of(verdict: Brief<'_>) -> Self {
        Self { decision: verdict.decision, reason: verdict.reason }
    }

    fn shown(self) -> String {
        format!("{} {}", self.decision.name(), self.reason)
    }
}

/// A kind of change.
type Kind = (Effect, Outcome, Outcome);

/// One request that changes.
#[derive(Debug)]
struct Changed {
    kind: Kind,
    person: Person,
    example: Example,
}

/// How a request is called.
#[derive(Clone, Debug, Serialize)]
struct Example {
    id: Option<String>,
    source: Source,
}

impl Example {
    fn of(answer: &Answer<'_>) -> Self {
        match answer {
            Ok(request) => Self { id: request.own_id(), source: request.source.clone() },
            Err(error) => Self { id: error.id.clone(), source: error.source() },
        }
    }

    fn shown(&self) -> String {
        let id = self.id.clone().or_else(|| self.source.place());
        id.unwrap_or_else(|| self.source.file.to_string())
    }
}

/// What became of the requests of one piece.
#[derive(Debug, Default)]
pub(super) struct Compared {
    /// How many there were.
    pub(super) requests: u64,
    indeterminate: u64,
    changed: Vec<Changed>,
}

impl Compared {
    /// Compares two verdicts on one request.
    pub(super) fn add(&mut self, answer: &Answer<'_>, before: Brief<'_>, after: Brief<'_>) {
        self.requests += 1;
        let unknown = |verdict: Brief<'_>| verdict.decision == Decision::Indeterminate;
        self.indeterminate += u64::from(unknown(before) || unknown(after));
        if let Some(effect) = Effect::of(before, after) {
            let whom = before.whom.or(after.whom);
            self.changed.push(Changed {
                kind: (effect, Outcome::of(before), Outcome::of(after)),
                person: Person::of(whom),
                example: Example::of(answer),
            });
        }
    }
}

/// What became of all requests.
#[derive(Debug, Default)]
pub(super) struct Comparison {
    requests: u64,
    indeterminate: u64,
    changes: BTreeMap<Kind, Change>,
}

/// The requests of one kind of change.
#[derive(Debug, Default)]
struct Change {
    requests: u64,
    people: People,
    examples: Vec<Example>,
}

impl Comparison {
    /// Counts the requests of a piece in.
    pub(super) fn add(&mut self, compared: Compared) {
        self.requests += compared.requests;
        self.indeterminate += compared.indeterminate;
        for changed in compared.changed {
            let change = self.changes.entry(changed.kind).or_default();
            change.requests += 1;
            change.people.add(changed.person);
            if change.examples.len() < EXAMPLES {
                change.examples.push(changed.example);
            }
        }
    }

    /// How the run ends.
    pub(super) fn exit(&self, fail_on: FailOn) -> Exit {
        let any = |effect| self.count(effect) > 0;
        let fails = match fail_on {
            FailOn::Broken => any(Effect::Broken),
            FailOn::Opened => any(Effect::Opened),
            FailOn::Either => any(Effect::Broken) || any(Effect::Opened),
        };
        match (self.indeterminate > 0, fails) {
            (true, _) => Exit::Indeterminate,
            (false, true) => Exit::No,
            (false, false) => Exit::Done,
        }
    }

    fn count(&self, effect: Effect) -> u64 {
        let kinds = self.changes.iter().filter(|((other, ..), _)| *other == effect);
        kinds.map(|(_, change)| change.requests).sum()
    }

    /// Writes what differs: one object as JSON, else a row a kind of change.
    pub(super) fn write(&self, cx: &mut Context<'_>, reader: Reader<'_>) -> Result<(), Failure> {
        let mut changes = Vec::new();
        for ((effect, from, to), change) in &self.changes {
            let Named { people, others } = change.people.named(reader, NAMED)?;
            changes.push(ChangeRow {
                effect: *effect,
                requests: change.requests,
                from: *from,
                to: *to,
                users: people,
                other_users: others,
                examples: change.examples.clone(),
            });
        }
        let count = |effect| self.count(effect);
        let [broken, opened, other] = [Effect::Broken, Effect::Opened, Effect::Changed].map(count);
        if cx.options.format == Format::Json {
            let whole = ComparisonJson {
                schema: "authctl.comparison/1",
                requests: self.requests,
                broken,
                opened,
                changed: other,
                indeterminate: self.indeterminate,
                changes: &changes,
            };
            serde_json::to_writer_pretty(&mut *cx.stdout, &whole).map_err(std::io::Error::from)?;
            return Ok(writeln!(cx.stdout)?);
        }
        if cx.options.format == Format::Table {
            writeln!(
                cx.stdout,
                "Of {} requests {broken} would be refused that pass now, {opened} would pass that are \
                 refused now, {other} would be answered otherwise; {} cannot be judged.",
                self.requests, self.indeterminate
            )?;
            if !changes.is_empty() {
                writeln!(cx.stdout)?;
            }
        }
        cx.records(&changes)
    }
}

#[derive(Serialize)]
struct ComparisonJson<'a> {
    schema: &'static str,
    requests: u64,
    broken: u64,
    opened: u64,
    changed: u64,
    indeterminate: u64,
    changes: &'a [ChangeRow],
}

#[derive(Serialize)]
struct ChangeRow {
    effect: Effect,
    requests: u64,
    from: Outcome,
    to: Outcome,
    users: Vec<PersonCount>,
    other_users: Others,
    examples: Vec<Example>,
}

impl Row for ChangeRow {
    const COLUMNS: &'static [Column] = &[
        Column::whole("effect"),
        Column::whole("requests"),
        Column::text("from"),
        Column::text("to"),
        Column::text("users"),
        Column::text("examples"),
    ];

    fn cells(&self) -> Vec<String> {
        let person = |person: &PersonCount| {
            format!("{} ({})", person.name().as_deref().unwrap_or("nobody"), person.requests)
        };
        let mut users: Vec<_> = self.users.iter().map(person).collect();
        if self.other_users.users > 0 {
            users
                .push(format!("{} others ({})", self.other_users.users, self.other_users.requests));
        }
        let examples: Vec<_> = self.examples.iter().map(Example::shown).collect();
        vec![
            self.effect.name().to_owned(),
            self.requests.to_string(),
            self.from.shown(),
            self.to.shown(),
            users.join(", "),
            examples.join(", "),
        ]
    }
}

//! `--summary`: how many requests by decision, reason, flow and user.

use std::collections::BTreeMap;

use serde::Serialize;

use super::judge::Brief;
use super::people::{Named, Others, People, Person, PersonCount};
use crate::cli::{Context, Failure};
use crate::output::{Column, Format, Row};
use crate::store::Reader;
use crate::verify::{Code, Decision};

/// The users that are named; the others are counted together.
const NAMED: usize = 100;

/// Counts of verdicts.
#[derive(Debug, Default)]
pub(super) struct Summary {
    requests: u64,
    decisions: BTreeMap<Decision, u64>,
    reasons: BTreeMap<Code, u64>,
    flows: BTreeMap<Option<String>, u64>,
    people: People,
}

/// The verdicts of one piece, as far as they are counted.
#[derive(Debug, Default)]
pub(super) struct Counted {
    /// How many there are of each kind: few kinds, and looked at for every verdict.
    kinds: Vec<(Kind, u64)>,
    people: Vec<Person>,
}

/// Verdicts that are counted together.
#[derive(Debug)]
struct Kind {
    decision: Decision,
    reason: Code,
    flow: Option<String>,
}

impl Counted {
    /// Counts a verdict in.
    pub(super) fn add(&mut self, verdict: Brief<'_>) {
        let Brief { decision, reason, flow, .. } = verdict;
        let same = |kind: &Kind| {
            kind.decision == decision && kind.reason == reason && kind.flow.as_deref() == flow
        };
        if let Some((_, count)) = self.kinds.iter_mut().find(|(kind, _)| same(kind)) {
            *count += 1;
        } else {
            let flow = flow.map(str::to_owned);
            self.kinds.push((Kind { decision, reason, flow }, 1));
        }
        self.people.push(verdict.person());
    }
}

impl Summary {
    /// Counts the verdicts of a piece in.
    pub(super) fn add(&mut self, counted: Counted) {
        for (kind, count) in counted.kinds {
            self.requests += count;
            *self.decisions.entry(kind.decision).or_default() += count;
            *self.reasons.entry(kind.reason).or_default() += count;
            *self.flows.entry(kind.flow).or_default() += count;
        }
        for person in counted.people {
            self.people.add(person);
        }
    }

    /// Writes the counts: one object as JSON, else a row a count.
    pub(super) fn write(&self, cx: &mut Context<'_>, reader: Reader<'_>) -> Result<(), Failure> {
        let named = self.people.named(reader, NAMED)?;
        if cx.options.format == Format::Json {
            return self.write_json(cx, &named);
        }
        let mut rows = vec![CountRow::new("requests", None, self.requests)];
        let decisions = by_count(&self.decisions);
        rows.extend(decisions.iter().map(|(decision, count)| {
            CountRow::new("decision", Some(decision.name().to_owned()), *count)
        }));
        let reasons = by_count(&self.reasons);
        rows.extend(
            reasons
                .iter()
                .map(|(code, count)| CountRow::new("reason", Some(code.to_string()), *count)),
        );
        let flows = by_count(&self.flows);
        rows.extend(flows.into_iter().map(|(flow, count)| CountRow::new("flow", flow, count)));
        let people = named.people.iter();
        rows.extend(people.map(|person| CountRow::new("user", person.name(), person.requests)));
        if named.others.users > 0 {
            let others = format!("({} others)", named.others.users);
            rows.push(CountRow::new("user", Some(others), named.others.requests));
        }
        cx.list(&rows)
    }

    fn write_json(&self, cx: &mut Context<'_>, named: &Named) -> Result<(), Failure> {
        let summary = SummaryJson {
            schema: "authctl.summary/1",
            requests: self.requests,
            decision: self.decisions.iter().map(|(name, count)| (name.name(), *count)).collect(),
            reason: self.reasons.iter().map(|(code, count)| (code.as_str(), *count)).collect(),
            flow: self
                .flows
                .iter()
                .map(|(flow, count)| (flow.as_deref().unwrap_or("none"), *count))
                .collect(),
            user: &named.people,
            other_users: &named.others,
        };
        serde_json::to_writer_pretty(&mut *cx.stdout, &summary).map_err(std::io::Error::from)?;
        Ok(writeln!(cx.stdout)?)
    }
}

/// The most frequent first.
fn by_count<K: Clone + Ord>(counts: &BTreeMap<K, u64>) -> Vec<(K, u64)> {
    let mut sorted: Vec<_> = counts.iter().map(|(key, count)| (key.clone(), *count)).collect();
    sorted.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    sorted
}

#[derive(Serialize)]
struct SummaryJson<'a> {
    schema: &'static str,
    requests: u64,
    decision: BTreeMap<&'static str, u64>,
    reason: BTreeMap<&'static str, u64>,
    flow: BTreeMap<&'a str, u64>,
    user: &'a [PersonCount],
    other_users: &'a Others,
}

#[derive(Serialize)]
struct CountRow {
    by: &'static str,
    value: Option<String>,
    requests: u64,
}

impl CountRow {
    fn new(by: &'static str, value: Option<String>, requests: u64) -> Self {
        Self { by, value, requests }
    }
}

impl Row for CountRow {
    const COLUMNS: &'static [Column] =
        &[Column::whole("by"), Column::text("value"), Column::whole("requests")];

    fn cells(&self) -> Vec<String> {
        let value = match (&self.value, self.by) {
            (Some(value), _) => value.clone(),
            (None, "user") => "(nobody)".to_owned(),
            (None, "flow") => "(none)".to_owned(),
            (None, _) => String::new(),
        };
        vec![self.by.to_owned(), value, self.requests.to_string()]
    }
}

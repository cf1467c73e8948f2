//! What `authctl test` found, as a whole: for people, as JSON, JSON lines or CSV, and in the two protocols that
//! build servers read.

mod junit;
mod people;
mod tap;

use std::io::{self, Write};

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use super::{Column, Format, Layout, Row};
use crate::document::Mismatch;
use crate::verify::{Outcome, Part, Verdict};

/// A form that only test reports have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Protocol {
    /// The Test Anything Protocol, version 14.
    Tap,
    /// `JUnit`'s XML.
    Junit,
}

/// What became of the cases.
#[derive(Debug)]
pub(crate) struct Report {
    /// The cases that ran, in their order.
    pub(crate) cases: Vec<CaseReport>,
    /// How many cases were left out.
    pub(crate) left_out: usize,
    /// Which parts of the policies were exercised, where that was asked for.
    pub(crate) coverage: Option<Coverage>,
}

/// What became of one case.
#[derive(Debug)]
pub(crate) struct CaseReport {
    /// The file it stands in.
    pub(crate) file: String,
    /// Its line there.
    pub(crate) line: u32,
    /// Its name.
    pub(crate) name: String,
    /// Where the verdict is not as expected; empty when the case passed.
    pub(crate) mismatches: Vec<Mismatch>,
    /// The verdict.
    pub(crate) verdict: Verdict,
}

/// The parts of the policies, and which of them the cases exercised.
#[derive(Debug)]
pub(crate) struct Coverage {
    /// The parts, policy by policy.
    pub(crate) parts: Vec<PartReport>,
    /// The least share of exercised parts, in percent.
    pub(crate) threshold: Option<u8>,
}

/// One part of a policy.
#[derive(Debug)]
pub(crate) struct PartReport {
    /// The policy: a file, or `the store`.
    pub(crate) policy: String,
    /// The part.
    pub(crate) part: Part,
    /// Whether a case exercised it.
    pub(crate) exercised: bool,
}

impl Report {
    /// How many cases failed.
    pub(crate) fn failed(&self) -> usize {
        self.cases.iter().filter(|case| !case.passed()).count()
    }

    /// Whether everything is as it should be.
    pub(crate) fn is_good(&self) -> bool {
        self.failed() == 0 && self.coverage.as_ref().is_none_or(Coverage::suffices)
    }

    /// Writes it in a protocol of build servers.
    pub(crate) fn write_as(&self, protocol: Protocol, out: &mut dyn Write) -> io::Result<()> {
        match protocol {
            Protocol::Tap => tap::write(self, out),
            Protocol::Junit => junit::write(self, out),
        }
    }

    /// Writes it; for people the failed cases alone, unless `all` of them are wanted with every step.
    pub(crate) fn write(&self, layout: Layout, all: bool, out: &mut dyn Write) -> io::Result<()> {
        match layout.format {
            Format::Table => people::write(self, layout, all, out),
            Format::Json => {
                serde_json::to_writer(&mut *out, self)?;
                out.write_all(b"\n")
            }
            Format::Jsonl | Format::Csv => super::write(layout, &self.cases, out),
        }
    }
}

impl CaseReport {
    /// Whether the verdict is as expected.
    pub(crate) fn passed(&self) -> bool {
        self.mismatches.is_empty()
    }

    /// `reason: expected a, and it is b`
    fn differences(&self) -> impl Iterator<Item = String> {
        self.mismatches.iter().map(|Mismatch { field, expected, observed }| {
            format!("{field}: expected {expected}, and it is {observed}")
        })
    }

    /// The steps, a line each: `fail authx.guard.perm: observed; required: …`.
    fn steps(&self) -> impl Iterator<Item = String> {
        self.verdict.steps.iter().map(|step| {
            let outcome = match step.outcome {
                Outcome::Pass => "pass",
                Outcome::Fail => "fail",
                Outcome::Skip => "skip",
                Outcome::Note => "note",
            };
            let required = step.required.as_ref().filter(|_| step.outcome == Outcome::Fail);
            let required = required.map(|text| format!("; required: {text}")).unwrap_or_default();
            format!("{outcome} {}: {}{required}", step.code, step.observed)
        })
    }
}

impl Coverage {
    /// The parts that no case exercised.
    fn missed(&self) -> impl Iterator<Item = &PartReport> {
        self.parts.iter().filter(|part| !part.exercised)
    }

    fn exercised(&self) -> usize {
        self.parts.iter().filter(|part| part.exercised).count()
    }

    /// The share of exercised parts in tenths of a percent, rounded down, so that nothing below the threshold
    /// looks as if it had reached it.
    fn tenths(&self) -> usize {
        (self.exercised() * 1000).checked_div(self.parts.len()).unwrap_or(1000)
    }

    /// `71.4 %`
    fn percent(&self) -> String {
        format!("{}.{} %", self.tenths() / 10, self.tenths() % 10)
    }

    /// Whether the threshold is reached, if there is one.
    fn suffices(&self) -> bool {
        self.threshold.is_none_or(|threshold| self.tenths() >= usize::from(threshold) * 10)
    }

    /// `10 of 14 parts of the policy are exercised (71.4 %)`
    fn sentence(&self) -> String {
        let (exercised, all) = (self.exercised(), self.parts.len());
        format!("{exercised} of {all} parts of the policy are exercised ({})", self.percent())
    }

    /// The missed parts, a line each: `guard site_key`.
    fn missed_lines(&self) -> Vec<String> {
        let policies = self.has_policies();
        let line = |PartReport { policy, part, .. }: &PartReport| {
            let policy = if policies { format!(" ({policy})") } else { String::new() };
            format!("{} {}{policy}", part.kind(), part.name())
        };
        self.missed().map(line).collect()
    }

    /// Whether parts of several policies are told apart.
    fn has_policies(&self) -> bool {
        self.parts.windows(2).any(|pair| matches!(pair, [one, other] if one.policy != other.policy))
    }
}

impl Serialize for Report {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_map(Some(6))?;
        out.serialize_entry("schema", "authctl.test/1")?;
        out.serialize_entry("passed", &(self.cases.len() - self.failed()))?;
        out.serialize_entry("failed", &self.failed())?;
        out.serialize_entry("left_out", &self.left_out)?;
        out.serialize_entry("cases", &self.cases)?;
        out.serialize_entry("coverage", &self.coverage)?;
        out.end()
    }
}

impl Serialize for CaseReport {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_map(Some(6))?;
        out.serialize_entry("file", &self.file)?;
        out.serialize_entry("line", &self.line)?;
        out.serialize_entry("name", &self.name)?;
        out.serialize_entry("passed", &self.passed())?;
        out.serialize_entry("mismatches", &self.mismatches)?;
        out.serialize_entry("verdict", &self.verdict)?;
        out.end()
    }
}

impl Row for CaseReport {
    const COLUMNS: &'static [Column] = &[
        Column::whole("file"),
        Column::whole("line"),
        Column::text("name"),
        Column::whole("passed"),
        Column::whole("decision"),
        Column::whole("reason"),
        Column::text("mismatches"),
    ];

    fn cells(&self) -> Vec<String> {
        vec![
            self.file.clone(),
            self.line.to_string(),
            self.name.clone(),
            self.passed().to_string(),
            self.verdict.decision.name().to_owned(),
            self.verdict.reason.to_string(),
            self.differences().collect::<Vec<_>>().join("; "),
        ]
    }
}

impl Serialize for Coverage {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_map(Some(4))?;
        let percent = u32::try_from(self.tenths()).map(f64::from).unwrap_or_default() / 10.0;
        out.serialize_entry("percent", &percent)?;
        out.serialize_entry("threshold", &self.threshold)?;
        out.serialize_entry("suffices", &self.suffices())?;
        out.serialize_entry("parts", &self.parts)?;
        out.end()
    }
}

impl Serialize for PartReport {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_map(Some(4))?;
        out.serialize_entry("policy", &self.policy)?;
        out.serialize_entry("kind", self.part.kind())?;
        out.serialize_entry("name", self.part.name())?;
        out.serialize_entry("exercised", &self.exercised)?;
        out.end()
    }
}

#[cfg(test)]
mod tests;

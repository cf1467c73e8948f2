//! A test report as a person reads it: the failed cases with their verdicts, then the counts.

use std::io::{self, Write};

use super::{CaseReport, Coverage, PartReport, Report};
use crate::output::{Detail, Layout, VerdictForm, visible};
use crate::verify::{Source, Verdict};

/// Writes the report; of cases that passed only the names, and only when `all` are wanted.
pub(super) fn write(
    report: &Report,
    layout: Layout,
    all: bool,
    out: &mut dyn Write,
) -> io::Result<()> {
    for case in &report.cases {
        if case.passed() {
            if all {
                writeln!(out, "{}  {}", layout.paint.good("passed"), title(case))?;
            }
        } else {
            writeln!(out, "{}  {}", layout.paint.bad("FAILED"), title(case))?;
            write_failure(case, layout, all, out)?;
        }
    }
    let (ran, failed) = (report.cases.len(), report.failed());
    let cases = if ran == 1 { "case" } else { "cases" };
    let counts = match (ran - failed, failed) {
        (passed, 0) => layout.paint.good(format!("{passed} passed")),
        (passed, failed) => layout.paint.bad(format!("{passed} passed, {failed} failed")),
    };
    let left_out = match report.left_out {
        0 => String::new(),
        count => format!("; {count} left out"),
    };
    writeln!(out, "{ran} {cases}: {counts}{left_out}.")?;
    report.coverage.as_ref().map_or(Ok(()), |coverage| write_coverage(coverage, layout, out))
}

/// `policy-tests.yaml:12  guards refuse an API key alone`
fn title(case: &CaseReport) -> String {
    visible(&format!("{}:{}  {}", case.file, case.line, case.name)).into_owned()
}

/// What differs, and the verdict a little to the right.
fn write_failure(
    case: &CaseReport,
    layout: Layout,
    all: bool,
    out: &mut dyn Write,
) -> io::Result<()> {
    writeln!(out)?;
    for difference in case.differences() {
        writeln!(out, "  {}", visible(&difference))?;
    }
    let detail = if all { Detail::Steps } else { Detail::Decisive };
    let mut text = Vec::new();
    // The case's name stands above it, and its place.
    let source = Source { line: None, entry: None, ..case.verdict.source.clone() };
    let verdict = Verdict { id: None, source, ..case.verdict.clone() };
    VerdictForm::new(layout, detail).write(&verdict, &mut text)?;
    for line in String::from_utf8_lossy(&text).lines() {
        let indent = if line.is_empty() { "" } else { "  " };
        writeln!(out, "{indent}{line}")?;
    }
    writeln!(out)
}

fn write_coverage(coverage: &Coverage, layout: Layout, out: &mut dyn Write) -> io::Result<()> {
    let sentence = coverage.sentence();
    match coverage.threshold {
        Some(threshold) if !coverage.suffices() => {
            let lacking = layout.paint.bad(format!("fewer than the {threshold} % required"));
            writeln!(out, "{sentence}, {lacking}.")?;
        }
        _ => writeln!(out, "{sentence}.")?,
    }
    if coverage.missed().next().is_none() {
        return Ok(());
    }
    writeln!(out, "\nNot exercised by any case:")?;
    let width = coverage.missed().map(|missed| missed.part.kind().len()).max().unwrap_or_default();
    for PartReport { policy, part, .. } in coverage.missed() {
        let policy = if coverage.has_policies() { format!("  {policy}") } else { String::new() };
        writeln!(
            out,
            "  {:<width$}  {}",
            part.kind(),
            visible(&format!("{}{policy}", part.name()))
        )?;
    }
    Ok(())
}

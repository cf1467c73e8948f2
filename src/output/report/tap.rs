//! A test report in the Test Anything Protocol, version 14 (<https://testanything.org/tap-version-14-specification.html>).
//!
//! Diagnostics are YAML whose texts are written as JSON, which YAML reads as well once a few characters
//! are escaped. Coverage is told in
//! comments, and is one more test where there is a threshold.

use std::io::{self, Write};

use serde::Serialize;

use super::{CaseReport, Report};
use crate::document::yaml_safe;

/// Writes the report.
pub(super) fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let coverage = report.coverage.as_ref();
    let threshold = coverage.and_then(|coverage| Some((coverage, coverage.threshold?)));
    let count = report.cases.len() + usize::from(threshold.is_some());
    writeln!(out, "TAP version 14\n1..{count}")?;
    for (case, number) in report.cases.iter().zip(1..) {
        write_point(out, case.passed(), number, &case.name)?;
        if !case.passed() {
            write_diagnostics(case, out)?;
        }
    }
    if let Some((coverage, threshold)) = threshold {
        let name = format!("coverage of {threshold} % or more");
        write_point(out, coverage.suffices(), count, &name)?;
    }
    if let Some(coverage) = coverage {
        writeln!(out, "# {}", coverage.sentence())?;
        for missed in coverage.missed_lines() {
            writeln!(out, "# not exercised: {}", one_line(&missed))?;
        }
    }
    Ok(())
}

fn write_point(out: &mut dyn Write, passed: bool, number: usize, name: &str) -> io::Result<()> {
    let not = if passed { "" } else { "not " };
    // A bare `#` begins a directive.
    let name = one_line(name).replace('\\', "\\\\").replace('#', "\\#");
    writeln!(out, "{not}ok {number} - {name}")
}

fn write_diagnostics(case: &CaseReport, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "  ---")?;
    writeln!(out, "  at:\n    file: {}\n    line: {}", yaml(&case.file)?, case.line)?;
    for (title, of) in [("expected", true), ("actual", false)] {
        writeln!(out, "  {title}:")?;
        for mismatch in &case.mismatches {
            let value = if of { &mismatch.expected } else { &mismatch.observed };
            writeln!(out, "    {}: {}", mismatch.field, yaml(value)?)?;
        }
    }
    writeln!(out, "  steps:")?;
    for step in &case.verdict.steps {
        writeln!(out, "    - {}", yaml(step)?)?;
    }
    writeln!(out, "  ...")
}

fn yaml(value: &impl Serialize) -> io::Result<String> {
    Ok(yaml_safe(&serde_json::to_string(value)?).into_owned())
}

fn one_line(text: &str) -> String {
    text.replace(char::is_control, " ")
}

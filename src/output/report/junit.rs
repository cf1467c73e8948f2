//! A test report as `JUnit`'s XML, in the part of it that every build server reads: suites, cases, and one
//! `failure` a case.
//!
//! A suite is a file. Coverage is a suite of its own: properties, and a case where there is a threshold.

use std::io::{self, Write};

use super::{CaseReport, Coverage, Report};

/// Writes the report.
pub(super) fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let threshold = report.coverage.as_ref().filter(|coverage| coverage.threshold.is_some());
    let tests = report.cases.len() + usize::from(threshold.is_some());
    let lacking = threshold.filter(|coverage| !coverage.suffices());
    let failures = report.failed() + usize::from(lacking.is_some());
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(
        out,
        "<testsuites name=\"authctl\" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\">"
    )?;
    for suite in report.cases.chunk_by(|one, other| one.file == other.file) {
        write_suite(suite, out)?;
    }
    if let Some(coverage) = &report.coverage {
        write_coverage(coverage, out)?;
    }
    writeln!(out, "</testsuites>")
}

fn write_suite(cases: &[CaseReport], out: &mut dyn Write) -> io::Result<()> {
    let Some(first) = cases.first() else { return Ok(()) };
    let failures = cases.iter().filter(|case| !case.passed()).count();
    open_suite(&first.file, cases.len(), failures, out)?;
    for case in cases {
        let file = escaped(&case.file);
        let attributes = format!(
            "name=\"{}\" classname=\"{file}\" file=\"{file}\" line=\"{}\"",
            escaped(&case.name),
            case.line
        );
        if case.passed() {
            writeln!(out, "    <testcase {attributes}/>")?;
        } else {
            let differences: Vec<String> = case.differences().collect();
            let lines: Vec<_> = differences.iter().cloned().chain(case.steps()).collect();
            writeln!(out, "    <testcase {attributes}>")?;
            write_failure("verdict", &differences.join("; "), &lines, out)?;
            writeln!(out, "    </testcase>")?;
        }
    }
    writeln!(out, "  </testsuite>")
}

/// Coverage as a suite, which has a case only where there is a threshold.
fn write_coverage(coverage: &Coverage, out: &mut dyn Write) -> io::Result<()> {
    let lacks = !coverage.suffices();
    open_suite("coverage", usize::from(coverage.threshold.is_some()), usize::from(lacks), out)?;
    writeln!(out, "    <properties>")?;
    let percent = coverage.percent();
    let property = |name: &str, value: &str| {
        format!("      <property name=\"{name}\" value=\"{}\"/>", escaped(value))
    };
    writeln!(out, "{}", property("coverage", percent.trim_end_matches(" %")))?;
    for missed in coverage.missed_lines() {
        writeln!(out, "{}", property("not exercised", &missed))?;
    }
    writeln!(out, "    </properties>")?;
    if let Some(threshold) = coverage.threshold {
        let name = format!("coverage of {threshold} % or more");
        let attributes = format!("name=\"{name}\" classname=\"coverage\"");
        if lacks {
            writeln!(out, "    <testcase {attributes}>")?;
            let missed = coverage.missed_lines().into_iter();
            let lines: Vec<_> = missed.map(|missed| format!("not exercised: {missed}")).collect();
            write_failure("coverage", &coverage.sentence(), &lines, out)?;
            writeln!(out, "    </testcase>")?;
        } else {
            writeln!(out, "    <testcase {attributes}/>")?;
        }
    }
    writeln!(out, "  </testsuite>")
}

fn open_suite(name: &str, tests: usize, failures: usize, out: &mut dyn Write) -> io::Result<()> {
    writeln!(
        out,
        "  <testsuite name=\"{}\" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\" skipped=\"0\">",
        escaped(name)
    )
}

fn write_failure(
    kind: &str,
    message: &str,
    lines: &[String],
    out: &mut dyn Write,
) -> io::Result<()> {
    let text = escaped(&lines.join("\n"));
    let message = escaped(message);
    writeln!(out, "      <failure type=\"{kind}\" message=\"{message}\">{text}</failure>")
}

/// A text for an attribute or an element. What XML 1.0 cannot hold at all becomes U+FFFD.
fn escaped(text: &str) -> String {
    let mut written = String::with_capacity(text.len() + 16);
    for letter in text.chars() {
        match letter {
            '&' => written.push_str("&amp;"),
            '<' => written.push_str("&lt;"),
            '>' => written.push_str("&gt;"),
            '"' => written.push_str("&quot;"),
            '\n' | '\t' => written.push(letter),
            '\u{fffe}' | '\u{ffff}' => written.push(char::REPLACEMENT_CHARACTER),
            letter if letter < ' ' => written.push(char::REPLACEMENT_CHARACTER),
            letter => written.push(letter),
        }
    }
    written
}

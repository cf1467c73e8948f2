use snapbox::{assert_data_eq, str};

use super::{CaseReport, Coverage, PartReport, Protocol, Report};
use crate::document::Mismatch;
use crate::output::{Format, Layout, Paint};
use crate::verify::{Part, Source, Verdict};

fn case(name: &str, passes: bool) -> CaseReport {
    let source = Source { file: "t.yaml".into(), line: Some(3), entry: None };
    let mismatch = Mismatch { field: "status", expected: "401".into(), observed: "none".into() };
    CaseReport {
        file: "t.yaml".into(),
        line: 3,
        name: name.into(),
        mismatches: if passes { Vec::new() } else { vec![mismatch] },
        verdict: Verdict::unreadable(Some(name.into()), source, "expected a URL"),
    }
}

fn report(threshold: Option<u8>) -> Report {
    let part = |part, exercised| PartReport { policy: "t.yaml".into(), part, exercised };
    let parts = vec![
        part(Part::Guard("perm".into()), true),
        part(Part::Flow("xheader".into()), true),
        part(Part::Permission("a & b".into()), false),
    ];
    Report {
        cases: vec![case("lets \u{1b}in", true), case("refuses <all> #1", false)],
        left_out: 2,
        coverage: Some(Coverage { parts, threshold }),
    }
}

fn written(threshold: Option<u8>, protocol: Protocol) -> String {
    let mut out = Vec::new();
    report(threshold).write_as(protocol, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn people_read_failures_counts_and_what_was_missed() {
    let layout = Layout { format: Format::Table, width: 80, paint: Paint::plain() };
    let mut out = Vec::new();
    report(Some(67)).write(layout, false, &mut out).unwrap();
    assert_data_eq!(
        String::from_utf8(out).unwrap(),
        str![[r#"
FAILED  t.yaml:3  refuses <all> #1

  status: expected 401, and it is none

  INDETERMINATE  expected a URL

    ✗ request  expected a URL
               required: a request that can be read

2 cases: 1 passed, 1 failed; 2 left out.
2 of 3 parts of the policy are exercised (66.6 %), fewer than the 67 % required.

Not exercised by any case:
  permission  a & b

"#]]
    );
}

#[test]
fn tap_is_escaped_and_counts_the_threshold() {
    assert_data_eq!(
        written(Some(67), Protocol::Tap),
        str![[r#"
TAP version 14
1..3
ok 1 - lets  in
not ok 2 - refuses <all> /#1
  ---
  at:
    file: "t.yaml"
    line: 3
  expected:
    status: "401"
  actual:
    status: "none"
  steps:
    - {"code":"request.unreadable","outcome":"fail","observed":"expected a URL","required":"a request that can be read"}
  ...
not ok 3 - coverage of 67 % or more
# 2 of 3 parts of the policy are exercised (66.6 %)
# not exercised: permission a & b

"#]]
    );
    assert!(written(None, Protocol::Tap).contains("1..2\n"));
}

#[test]
fn junit_is_well_formed_and_counts_the_threshold() {
    assert_data_eq!(
        written(Some(66), Protocol::Junit),
        str![[r#"
<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="authctl" tests="3" failures="1" errors="0">
  <testsuite name="t.yaml" tests="2" failures="1" errors="0" skipped="0">
    <testcase name="lets �in" classname="t.yaml" file="t.yaml" line="3"/>
    <testcase name="refuses &lt;all&gt; #1" classname="t.yaml" file="t.yaml" line="3">
      <failure type="verdict" message="status: expected 401, and it is none">status: expected 401, and it is none
fail request.unreadable: expected a URL; required: a request that can be read</failure>
    </testcase>
  </testsuite>
  <testsuite name="coverage" tests="1" failures="0" errors="0" skipped="0">
    <properties>
      <property name="coverage" value="66.6"/>
      <property name="not exercised" value="permission a &amp; b"/>
    </properties>
    <testcase name="coverage of 66 % or more" classname="coverage"/>
  </testsuite>
</testsuites>

"#]]
    );
    assert!(written(Some(67), Protocol::Junit).contains("tests=\"3\" failures=\"2\""));
    assert!(written(None, Protocol::Junit).contains("tests=\"2\" failures=\"1\""));
}

#[test]
fn a_share_is_rounded_down() {
    let coverage = report(Some(67)).coverage.unwrap();
    assert_eq!((coverage.percent().as_str(), coverage.suffices()), ("66.6 %", false));
    assert!(report(Some(66)).coverage.unwrap().suffices());
    let nothing = Coverage { parts: Vec::new(), threshold: Some(100) };
    assert!(nothing.suffices());
}

//! What the benches share: interleaved timing of a candidate against its floor, and the ratio's report.

pub(crate) mod peak;
pub(crate) mod site;

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Times `floor` and `candidate` in turns, so that a busy moment of the machine falls on both, and
/// returns their medians.
pub(crate) fn interleaved(
    rounds: usize,
    mut floor: impl FnMut(),
    mut candidate: impl FnMut(),
) -> (Duration, Duration) {
    let time = |run: &mut dyn FnMut()| {
        let start = Instant::now();
        run();
        start.elapsed()
    };
    time(&mut floor);
    time(&mut candidate);
    let (mut floors, mut candidates): (Vec<_>, Vec<_>) =
        (0..rounds).map(|_| (time(&mut floor), time(&mut candidate))).unzip();
    (median(&mut floors), median(&mut candidates))
}

fn median(times: &mut [Duration]) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

/// Prints one line: what, both times, their ratio, and the bound it is held to.
pub(crate) fn report(what: &str, floor: Duration, candidate: Duration, bound: f64) {
    let ratio = candidate.as_secs_f64() / floor.as_secs_f64();
    let verdict = if ratio <= bound { "within" } else { "OVER" };
    say(&format!(
        "{what:<58} {floor:>12.3?} {candidate:>12.3?} {ratio:>6.2} × {verdict} {bound:.2}"
    ));
}

/// Prints one line: what, both times, the candidate's speed as a part of the floor's, and what it should
/// reach at least.
pub(crate) fn report_speed(what: &str, floor: Duration, candidate: Duration, bound: f64) {
    let ratio = floor.as_secs_f64() / candidate.as_secs_f64();
    let verdict = if ratio >= bound { "reaches" } else { "UNDER" };
    say(&format!(
        "{what:<58} {floor:>12.3?} {candidate:>12.3?} {ratio:>6.2} × {verdict} {bound:.2}"
    ));
}

/// Prints one line: what, a number of a unit, and the bound that it is to keep.
pub(crate) fn report_most(what: &str, value: f64, unit: &str, bound: f64) {
    let verdict = if value <= bound { "within" } else { "OVER" };
    say(&format!("{what:<58} {value:>25.1} {unit:<8} {verdict} {bound:.0}"));
}

/// Prints one line: what, a number of a unit, and what it should reach at least.
pub(crate) fn report_least(what: &str, value: f64, unit: &str, bound: f64) {
    let verdict = if value >= bound { "reaches" } else { "UNDER" };
    say(&format!("{what:<58} {value:>25.1} {unit:<8} {verdict} {bound:.0}"));
}

/// Prints a line of the report.
pub(crate) fn say(line: &str) {
    use std::io::Write;
    writeln!(std::io::stdout(), "{line}").expect("the report can be printed");
}

/// Runs a command to its end with nothing on its streams, and fails loudly if it does.
pub(crate) fn run(command: &mut Command) {
    let status = command.stdin(Stdio::null()).stdout(Stdio::null()).status();
    let status = status.unwrap_or_else(|error| panic!("cannot run {command:?}: {error}"));
    assert!(status.success(), "{command:?} ended with {status}");
}

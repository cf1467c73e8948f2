//! Batches against their floor: verdicts and summaries on JSON lines, archives, stores of every size.
//!
//! The floor is the smallest program that could answer ([`floor`]), and runs in turns with the candidate:
//! on one core (both are held there where `taskset` is) and on two. `AUTHCTL_BENCH_KEYS`,
//! `AUTHCTL_BENCH_REQUESTS`, `AUTHCTL_BENCH_LARGE` (keys) and `AUTHCTL_BENCH_HAR` (MB) set the sizes:
//! 1,000,000, 1,000,000, 10,000,000 and 200 unless told otherwise.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::cast_precision_loss,
    clippy::disallowed_methods,
    reason = "a bench stops at the first surprise, and times things"
)]

mod archive;
mod floor;
#[path = "../measure/mod.rs"]
mod measure;
mod traffic;

use std::num::ParseIntError;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::str::FromStr;

use measure::peak::{is_parent, peak};
use measure::site::Site;
use measure::{interleaved, report, report_least, report_most, report_speed, run, say};

/// How often a candidate takes turns with its floor.
const ROUNDS: usize = 3;
/// The small store of the comparison of sizes.
const SMALL: u64 = 100_000;
/// Requests of a batch that is too short for the keys to be read into memory.
const SHORT: u64 = 2_000;
const MIB: f64 = 1_048_576.0;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if is_parent(&arguments) || floor::is_floor(&arguments) {
        return;
    }
    // `cargo test --benches` and `--list` run this binary too; only `cargo bench` measures.
    if !arguments.iter().any(|argument| argument == "--bench") {
        return;
    }
    let (keys, requests) = (size("KEYS", 1_000_000), size("REQUESTS", 1_000_000));
    let folder = tempfile::tempdir().unwrap();
    say(&format!("{:<58} {:>12} {:>12} {:>6}", "", "floor", "authctl", "ratio"));
    let site = site(&folder.path().join("site"), keys);
    let day = folder.path().join("day.jsonl");
    traffic::lines(&day, &site.keys(), requests);
    lines(&site, &day, keys);
    for (name, answers) in [("calls", archive::CALLS), ("pages", archive::PAGES)] {
        archive(&site, &folder.path().join(name), size("HAR", 200), &answers);
    }
    sizes(folder.path(), size("LARGE", 10_000_000), requests);
}

/// A size from the environment.
fn size<N: FromStr<Err = ParseIntError>>(name: &str, default: N) -> N {
    std::env::var(format!("AUTHCTL_BENCH_{name}")).map_or(default, |text| text.parse().unwrap())
}

/// A site with a key for each account, where some are blocked, and most may use their key.
fn site(folder: &Path, keys: u64) -> Site {
    let site = Site::create(folder, keys);
    site.execute(
        "UPDATE user SET status = 'blocked' WHERE id % 97 = 0;
         INSERT INTO role (name) VALUES ('client');
         INSERT INTO role_permission VALUES ('client', 'authenticate with api key');
         INSERT INTO user_permission SELECT id, 'authenticate with api key' FROM user WHERE id % 20 = 0;
         INSERT INTO user_role SELECT id, 'client' FROM user WHERE id % 20 = 1;
         INSERT INTO role_permission VALUES ('authenticated', 'authenticate with api key');",
    );
    site.generate();
    site
}

/// A million lines.
fn lines(site: &Site, day: &Path, keys: u64) {
    let mut of_jobs = Vec::new();
    for jobs in [1, 2] {
        let floor = || run(&mut held(jobs, &floor::command(site, day, jobs)));
        let verdicts = || run(&mut held(jobs, &verify(site, day, jobs, &["--format", "jsonl"])));
        let summary = || run(&mut held(jobs, &verify(site, day, jobs, &["--summary"])));
        let cores = if jobs == 1 { "one core" } else { "two cores" };
        let (least, time) = interleaved(ROUNDS, floor, verdicts);
        report_speed(&format!("verify --format jsonl, {cores} : the floor"), least, time, 0.5);
        of_jobs.push(time);
        let (least, time) = interleaved(ROUNDS, floor, summary);
        report_speed(&format!("verify --summary, {cores} : the floor"), least, time, 0.8);
        of_jobs.push(time);
    }
    let [one, counted, two, counted_by_two] = of_jobs.as_slice() else { panic!() };
    report_speed("verify --format jsonl, --jobs 2 : --jobs 1", *one, *two, 1.5);
    report_speed("verify --summary, --jobs 2 : --jobs 1", *counted, *counted_by_two, 1.5);
    let most = 64.0 + (48 * keys) as f64 / MIB;
    for form in [&["--format", "jsonl"][..], &["--summary"]] {
        let megabytes = peak(&verify(site, day, 2, form));
        report_most(&format!("verify {}, peak memory", form.join(" ")), megabytes, "MB", most);
    }
}

/// A large archive, on one core; memory with two workers as well.
fn archive(site: &Site, path: &Path, megabytes: usize, answers: &Range<usize>) {
    let largest = archive::write(path, &site.keys()[0], megabytes * 1_000_000, answers);
    let length = path.metadata().unwrap().len() as f64 / 1e6;
    let what = path.file_name().unwrap().display();
    let mut read = site.authctl();
    read.arg("read").arg(path);
    let judged = |jobs| verify(site, path, jobs, &["--format", "jsonl"]);
    for (name, command) in [("read", &read), ("verify", &judged(1))] {
        let (_, time) = interleaved(ROUNDS, || (), || run(&mut held(1, command)));
        let speed = length / time.as_secs_f64();
        let what = format!("{name}, archive of {what}, {length:.0} MB");
        report_least(&what, speed, "MB/s", 100.0);
    }
    let most = 64.0 + largest as f64 / MIB;
    for (name, command) in [("read", read), ("verify", judged(1)), ("verify, --jobs 2", judged(2))]
    {
        report_most(&format!("{name}, archive of {what}, peak memory"), peak(&command), "MB", most);
    }
}

/// What a decision costs in a large store against a small one: in a short batch, which asks the store, and
/// in a long one, once its keys are in memory.
fn sizes(folder: &Path, large: u64, requests: u64) {
    let [mut short, mut long] = [Vec::new(), Vec::new()];
    let [small_site, large_site] = ["small", "large"].map(|name| site(&folder.join(name), SMALL));
    large_site.pad(large - SMALL);
    for (name, site, texts) in
        [("small", &small_site, &small_site.keys()), ("large", &large_site, &large_site.keys())]
    {
        let path = |what: &str| folder.join(format!("{name}-{what}.jsonl"));
        let [none, few, half, whole] = [0, SHORT, requests / 2, requests].map(|count| {
            let path = path(&count.to_string());
            traffic::lines(&path, texts, count.max(1));
            path
        });
        let cost = |few: &PathBuf, many: &PathBuf, rounds| {
            let (less, more) = interleaved(
                rounds,
                || run(&mut held(1, &verify(site, few, 1, &["--summary"]))),
                || run(&mut held(1, &verify(site, many, 1, &["--summary"]))),
            );
            more.saturating_sub(less)
        };
        short.push(cost(&none, &few, 20));
        long.push(cost(&half, &whole, 2));
    }
    report("a decision, large store : 100,000 keys, short batches", short[0], short[1], 1.6);
    report("a decision, large store : 100,000 keys, long batches", long[0], long[1], 1.6);
}

fn verify(site: &Site, input: &Path, jobs: usize, form: &[&str]) -> Command {
    let mut command = site.authctl();
    command.arg("verify").arg(input).args(["--exit-zero", "--quiet", "--jobs"]);
    command.arg(jobs.to_string()).args(form);
    command
}

/// The command on so many cores; where `taskset` is missing, on whichever it likes.
fn held(cores: usize, command: &Command) -> Command {
    let mut held = Command::new("taskset");
    held.arg("-c").arg(if cores == 1 { "0" } else { "0,1" });
    if Command::new("taskset").arg("--version").output().is_err() {
        held = Command::new("env");
    }
    held.arg(command.get_program()).args(command.get_args()).env_clear();
    held
}

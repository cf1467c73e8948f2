//! Runs case files and compares verdicts with what upstream does.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use serde_json::Value;

use super::world::{Case, World};
use crate::verify::civicrm::code;
use crate::verify::{Extent, System, Verdict, decide, presented};

/// The worlds of our own cases.
pub(super) static OWN: LazyLock<BTreeMap<String, World>> = LazyLock::new(|| worlds(&own()));

/// The worlds of a folder, each with those it is like filled in.
fn worlds(folder: &Path) -> BTreeMap<String, World> {
    let text = fs::read_to_string(folder.join("worlds.json")).unwrap();
    let read: BTreeMap<String, World> = serde_json::from_str(&text).unwrap();
    let whole = |world: &World| match &world.like {
        Some(base) => world.clone().over(&read[base]),
        None => world.clone(),
    };
    read.iter().map(|(name, world)| (name.clone(), whole(world))).collect()
}

/// The cases of every `.jsonl` file of a folder.
pub(super) fn cases(folder: &Path) -> Vec<Case> {
    let mut files: Vec<PathBuf> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "jsonl"));
    files.sort();
    let mut cases = Vec::new();
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let case = serde_json::from_str(line)
                .unwrap_or_else(|error| panic!("{}:{}: {error}", file.display(), at + 1));
            cases.push(case);
        }
    }
    cases
}

fn judge(case: &Case, worlds: &BTreeMap<String, World>) -> Verdict {
    let world = worlds.get(&case.world).unwrap_or_else(|| panic!("no world {}", case.world));
    let request = case.request.build(&case.id, world);
    let policy = world.policy();
    let facts = world.facts(&presented(System::CiviCrm, &request, &policy));
    decide(Extent::Whole, System::CiviCrm, &request, &policy, &facts, world.now.unwrap_or_default())
}

/// A verdict in the words of a recorded decision, with the fields that the expectation names.
fn recorded(verdict: &Verdict, expect: &Value) -> Value {
    let verdict = serde_json::to_value(verdict).unwrap();
    let response = &verdict["response"];
    let crash = verdict["reason"] == "authx.upstream_fault";
    let outcome = match (verdict["decision"].as_str().unwrap(), verdict["reason"].as_str()) {
        ("allow", Some("authx.session.kept")) => "session",
        ("allow", _) => "accepted",
        ("deny", _) if crash => "error",
        ("deny", _) => "rejected",
        (other, _) => other,
    };
    let short =
        |class: &Value| class.as_str().and_then(|class| class.rsplit('\\').next()).map(Value::from);
    let field = |name: &str| match name {
        "outcome" => outcome.into(),
        "cred_type" => verdict["credential"]["type"].clone(),
        "contact_id" | "user_id" => verdict["principal"][name].clone(),
        "use_session" => verdict["session"].clone(),
        // Over HTTP the class of an uncaught exception does not show.
        "exception" if response["status"] == 500 => expect[name].clone(),
        "exception" => short(&response[name]).unwrap_or_default(),
        "status" | "content_type" | "body" | "message" => response[name].clone(),
        "steps" | "warnings" => codes(&verdict[name]),
        other => verdict[other].clone(),
    };
    let names = expect.as_object().unwrap().keys();
    let seen: serde_json::Map<_, _> = names.map(|name| (name.clone(), field(name))).collect();
    seen.into()
}

fn codes(entries: &Value) -> Value {
    entries.as_array().unwrap().iter().map(|entry| entry["code"].clone()).collect()
}

/// Runs a folder; returns how many cases ran and what differs.
fn run(folder: &Path) -> (usize, Vec<String>) {
    let worlds = worlds(folder);
    let cases = cases(folder);
    let differing = cases
        .iter()
        .filter_map(|case| {
            let verdict = judge(case, &worlds);
            let seen = recorded(&verdict, &case.expect);
            (seen != case.expect).then(|| {
                format!(
                    "{}\n  expected {}\n  seen     {seen}\n  {:?}",
                    case.id, case.expect, verdict.steps
                )
            })
        })
        .collect();
    (cases.len(), differing)
}

pub(super) fn own() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/authx")
}

#[test]
fn agrees_with_upstream_s_recorded_decisions() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/cases/authx");
    if !folder.exists() && option_env!("CI").is_none() {
        return;
    }
    let (count, differing) = run(&folder);
    assert!(count >= 49, "only {count} cases");
    assert!(
        differing.is_empty(),
        "{} of {count} differ:\n{}",
        differing.len(),
        differing.join("\n")
    );
}

#[test]
fn agrees_with_our_own_cases() {
    let (count, differing) = run(&own());
    assert!(count > 300, "only {count} cases");
    assert!(
        differing.is_empty(),
        "{} of {count} differ:\n{}",
        differing.len(),
        differing.join("\n")
    );
}

#[test]
fn every_code_is_in_a_case() {
    let worlds = &*OWN;
    let mut seen = BTreeSet::new();
    for case in cases(&own()) {
        let verdict = judge(&case, worlds);
        seen.insert(verdict.reason);
        seen.extend(verdict.steps.iter().map(|step| step.code));
        seen.extend(verdict.warnings.iter().map(|warning| warning.code));
    }
    let missing: Vec<_> =
        code::ALL.iter().map(|(code, _)| *code).filter(|code| !seen.contains(code)).collect();
    assert!(missing.is_empty(), "in no case: {missing:?}");
}

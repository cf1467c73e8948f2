//! Requests with known answers: those that real sites gave, and our own, one a rule.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use base64::Engine as _;
use serde_json::Value;

use super::world::{World, request};
use crate::verify::Decision;
use crate::verify::drupal::code;

/// Credentials of our own worlds, which no verdict may show.
const SECRETS: &[&str] = &[
    "KKKKKKKKKKKKKKKKKKKKabcdefghij0123456789",
    "alicepw",
    "carolpw",
    "alice-key",
    "universal-key",
    "dana-key",
];

/// Parts of a verdict's JSON that an expectation of ours may name, by their place.
const NAMED: &[(&str, &str)] = &[
    ("decision", "/decision"),
    ("reason", "/reason"),
    ("status", "/response/status"),
    ("error", "/response/error"),
    ("description", "/response/description"),
    ("message", "/response/message"),
    ("body", "/response/body"),
    ("content_type", "/response/content_type"),
    ("headers", "/response/headers"),
    ("user_id", "/principal/user_id"),
    ("credential", "/credential/type"),
    ("key_id", "/credential/key_id"),
    ("session", "/session"),
];

fn shared(name: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/cases/drupal").join(name);
    let demanded = option_env!("CI") == Some("true");
    assert!(path.exists() || !demanded, "{} is missing", path.display());
    path.exists().then_some(path)
}

fn lines(path: &Path) -> Vec<Value> {
    let text = fs::read_to_string(path).unwrap();
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    lines
        .map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{line}: {error}")))
        .collect()
}

#[test]
fn agrees_with_the_recorded_answers_of_real_sites() {
    let (Some(worlds), Some(cases)) = (shared("worlds.json"), shared("cases.jsonl")) else {
        return;
    };
    let worlds: Value = serde_json::from_str(&fs::read_to_string(worlds).unwrap()).unwrap();
    let mut wrong = Vec::new();
    let cases = lines(&cases);
    for case in &cases {
        let world = World::new(&worlds[case["world"].as_str().unwrap()]);
        let verdict = world.judge(&request(&case["request"]));
        let got = serde_json::to_value(&verdict).unwrap();
        let accepted = case["expect"]["outcome"] == "accepted";
        let mut differs = (verdict.decision == Decision::Allow) != accepted;
        for (field, expected) in case["expect"].as_object().unwrap() {
            if ["status", "error", "description", "message"].contains(&field.as_str()) {
                differs |= got["response"][field] != *expected;
            }
        }
        if differs {
            wrong.push(format!("{}: {}\n  got {got}", case["id"], case["expect"]));
        }
    }
    assert!(!cases.is_empty() && wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The folder of our own cases.
fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/drupal")
}

/// A world of our own, laid over the one it is `like`.
fn own_world(worlds: &Value, name: &str) -> Value {
    let own = worlds.get(name).unwrap_or_else(|| panic!("no world `{name}`"));
    let mut world = own["like"].as_str().map_or(Value::Null, |like| own_world(worlds, like));
    overlay(&mut world, own);
    world
}

fn overlay(below: &mut Value, above: &Value) {
    match (below, above) {
        (Value::Object(below), Value::Object(above)) => {
            for (name, value) in above {
                match value {
                    Value::Null => drop(below.remove(name)),
                    value => overlay(below.entry(name).or_insert(Value::Null), value),
                }
            }
        }
        (below, above) => *below = above.clone(),
    }
}

/// `<<text>>` in a request stands for the text's base64.
fn encoded(value: &Value) -> Value {
    let mut text = value.to_string();
    while let Some((before, rest)) = text.split_once("<<") {
        let (inner, after) = rest.split_once(">>").unwrap();
        let inner: String = serde_json::from_str(&format!("\"{inner}\"")).unwrap();
        let encoded = base64::engine::general_purpose::STANDARD.encode(inner);
        text = format!("{before}{encoded}{after}");
    }
    serde_json::from_str(&text).unwrap()
}

#[test]
fn our_own_cases_hold_and_every_code_is_in_one() {
    let worlds = fs::read_to_string(folder().join("worlds.json")).unwrap();
    let worlds: Value = serde_json::from_str(&worlds).unwrap();
    let mut wrong = Vec::new();
    let mut seen = BTreeSet::new();
    let mut count = 0;
    let files = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path());
    for path in files.filter(|path| path.extension().is_some_and(|kind| kind == "jsonl")) {
        for case in lines(&path) {
            let world = World::new(&own_world(&worlds, case["world"].as_str().unwrap()));
            let verdict = world.judge(&request(&encoded(&case["request"])));
            seen.extend(verdict.steps.iter().map(|step| step.code));
            seen.extend(verdict.warnings.iter().map(|warning| warning.code));
            seen.insert(verdict.reason);
            let got = serde_json::to_value(&verdict).unwrap();
            count += 1;
            for secret in SECRETS {
                if got.to_string().contains(secret) {
                    wrong.push(format!("{}: shows `{secret}`", case["id"]));
                }
            }
            for (name, expected) in case["expect"].as_object().unwrap() {
                let found = match name.as_str() {
                    "warnings" => got["warnings"]
                        .as_array()
                        .unwrap()
                        .iter()
                        .map(|warning| warning["code"].clone())
                        .collect(),
                    "mends" => got["remedies"]
                        .as_array()
                        .unwrap()
                        .iter()
                        .map(|remedy| remedy["authctl"].clone())
                        .collect(),
                    _ => {
                        let place = NAMED.iter().find(|(known, _)| known == name);
                        let place =
                            place.unwrap_or_else(|| panic!("`{name}` cannot be expected")).1;
                        got.pointer(place).cloned().unwrap_or_default()
                    }
                };
                if found != *expected {
                    wrong.push(format!("{}: {name} is {found}, not {expected}", case["id"]));
                }
            }
        }
    }
    assert!(count > 0 && wrong.is_empty(), "{} of {count}:\n{}", wrong.len(), wrong.join("\n"));
    let missing: Vec<&str> = code::ALL
        .iter()
        .filter(|(code, _)| !seen.contains(code))
        .map(|(code, _)| code.as_str())
        .collect();
    assert!(missing.is_empty(), "in no case: {missing:?}");
}

//! Recorded answers of real sites, judged again.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::world::{World, request};
use crate::verify::Decision;

fn shared(name: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/cases/drupal").join(name);
    let demanded = option_env!("CI") == Some("true");
    assert!(path.exists() || !demanded, "{} is missing", path.display());
    path.exists().then_some(path)
}

#[test]
fn agrees_with_the_recorded_answers_of_real_sites() {
    let (Some(worlds), Some(cases)) = (shared("worlds.json"), shared("cases.jsonl")) else {
        return;
    };
    let worlds: Value = serde_json::from_str(&fs::read_to_string(worlds).unwrap()).unwrap();
    let mut wrong = Vec::new();
    let mut count = 0;
    for line in fs::read_to_string(cases).unwrap().lines().filter(|line| !line.is_empty()) {
        let case: Value = serde_json::from_str(line).unwrap();
        let world = World::new(&worlds[case["world"].as_str().unwrap()]);
        let verdict = world.judge(&request(&case["request"]));
        let got = serde_json::to_value(&verdict).unwrap();
        count += 1;
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
    assert!(count > 0 && wrong.is_empty(), "{} of {count}:\n{}", wrong.len(), wrong.join("\n"));
}

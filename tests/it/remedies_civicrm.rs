//! Remedies of CiviCRM's refusals, carried out as they are printed.

use serde_json::{Value, json};

use crate::remedies::{base64, judge, words};
use crate::sandbox::Sandbox;

/// Long enough that no guess has to be slowed down.
const KEY: &str = "q8Zt1LxVw5Nn3RkYp7Hc2DsMb9Gf4JuA";
const LONE: &str = "Zt1LxVw5Nn3RkYp7Hc2DsMb9Gf4JuAq8";
const OLD: &str = "Nn3RkYp7Hc2DsMb9Gf4JuAq8Zt1LxVw5";

fn document(cms: &str) -> Value {
    json!({
        "authctl": 1,
        "site": {"base_url": "https://crm.example", "cms": cms},
        "civicrm": {"settings": {"authx_guards": ["perm"]}},
        "users": [
            {"name": "alice", "id": 2, "contact_id": 101, "keys": [{"key": KEY}],
                "permissions": ["authenticate with api key"], "password": {"plain": "right"}},
            {"name": "-bob", "id": 3, "contact_id": 102, "status": "blocked",
                "keys": [{"key": OLD, "expires": "2020-01-01T00:00:00Z"}]},
        ],
        "contacts": [{"id": 101}, {"id": 102}, {"id": 103, "keys": [{"key": LONE}]}],
        "universal_keys": [{"key": "universal-key-of-drupal-0123456789"}],
    })
}

fn with(header: &str, value: &str) -> Value {
    json!({"url": "https://crm.example/civicrm/authx/id", "headers": {header: value}})
}

fn site(cms: &str) -> Sandbox {
    let sandbox = Sandbox::with_store();
    sandbox.write("site.json", &document(cms).to_string());
    sandbox.ok(["apply", "site.json"]);
    sandbox
}

#[test]
fn every_command_of_a_remedy_runs_as_printed_and_lets_the_request_in() {
    let token = |claims: &str| format!("Bearer {}.{}.x", encoded("{}"), encoded(claims));
    let requests = [
        with("X-Civi-Auth", "Bearer nobody-s-key"),
        with("X-Civi-Auth", "Bearer universal-key-of-drupal-0123456789"),
        with("X-Civi-Auth", &format!("Bearer {OLD}")),
        with("X-Civi-Auth", &format!("Bearer {LONE}")),
        with("X-Civi-Auth", "Bearer"),
        with("X-Civi-Auth", &token(r#"{"sub":"cid:101"}"#)),
        with("X-Civi-Auth", &token(r#"{"scope":"x"}"#)),
        with("X-Civi-Auth", &format!("Basic {}", base64("alice:wrong"))),
        with("X-Civi-Auth", &format!("Basic {}", base64("alice:right"))),
    ];
    let mut tried = 0;
    for cms in ["drupal", "joomla"] {
        for (verdict, request) in judge(&site(cms), "civicrm", &requests).iter().zip(&requests) {
            let remedies = verdict["remedies"].as_array().unwrap();
            assert!(!remedies.is_empty(), "{verdict}");
            for remedy in remedies {
                lets_in(&site(cms), request.clone(), remedy);
                tried += 1;
            }
        }
    }
    assert!(tried > 20, "{tried}");
}

fn encoded(text: &str) -> String {
    base64(text).replace('=', "").replace('+', "-").replace('/', "_")
}

/// Runs a remedy's commands, with `alice` for whom the administrator has to choose, and sends what they
/// make.
fn lets_in(sandbox: &Sandbox, mut request: Value, remedy: &Value) {
    for command in remedy["authctl"].as_array().unwrap() {
        let command = command.as_str().unwrap().replace("CONTACT", "101");
        let chosen = if command.starts_with("authctl user add") { "carol" } else { "alice" };
        let existing = sandbox.run(["user", "exists", "carol"]).get_output().status.success();
        let user = if existing { "carol" } else { chosen };
        let words = words(&command.replace("USER", user));
        let given = if words[2] == "passwd" { "new-password\n" } else { "" };
        let said = sandbox.run_with(given, &words[1..]).success();
        let said = String::from_utf8(said.get_output().stdout.clone()).unwrap();
        let header = &mut request["headers"]["X-Civi-Auth"];
        match (words[1].as_str(), words[2].as_str()) {
            ("key", "generate") | ("jwt", "issue") => {
                *header = format!("Bearer {}", said.trim()).into();
            }
            ("user", "passwd") => {
                *header = format!("Basic {}", base64("alice:new-password")).into();
            }
            _ => {}
        }
    }
    let after = judge(sandbox, "civicrm", &[request]).remove(0);
    assert_eq!(after["decision"], "allow", "{remedy}\n{after}");
}

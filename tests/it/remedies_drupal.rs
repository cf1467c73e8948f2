//! Remedies of Drupal's refusals, carried out as they are printed.

use serde_json::{Value, json};

use crate::remedies::{base64, judge, words};
use crate::sandbox::Sandbox;

/// The key that everybody shares; long enough that no guess has to be slowed down.
const KEY: &str = "q8Zt1LxVw5Nn3RkYp7Hc2DsMb9Gf4JuA6EoT";

/// A site at a level, with an application, one REST resource and accounts of all sorts.
fn document(module: &str) -> Value {
    json!({
        "authctl": 1,
        "site": {"base_url": "https://site.example", "cms": "drupal"},
        "drupal": {
            "module": module,
            "settings": {
                "enable_authentication": 1, "authentication_method": 1, "api_token": KEY,
                "applications": {"app00001": {"id": "app00001", "name": "A", "authentication_method": 1,
                    "rest_api_auth_type": 0, "is_default": true}},
                "default_application_id": "app00001",
            },
            "resources": [{"id": "entity.user", "plugin_id": "entity:user", "granularity": "method",
                "configuration": {"POST": {"supported_formats": ["json"],
                    "supported_auth": ["rest_api_authentication"]}}}],
        },
        "roles": [{"name": "api admin", "permissions": ["administer users"]}],
        "users": [
            {"name": "alice", "id": 2, "roles": ["api admin"]},
            {"name": "Bob B.", "id": 3, "roles": []},
            {"name": "carol", "id": 4, "status": "blocked", "roles": ["api admin"]},
        ],
        "universal_keys": [{"key": KEY}],
    })
}

/// A request of some account, with the shared key or another one.
fn request(method: &str, url: &str, name: &str, key: &str) -> Value {
    let encoded = base64(&format!("{name}:{key}"));
    json!({"method": method, "url": url, "body": "{\"name\":[{\"value\":\"new\"}]}",
        "headers": {"Content-Type": "application/json", "Authorization": format!("Basic {encoded}")}})
}

fn site(module: &str) -> Sandbox {
    let sandbox = Sandbox::with_store();
    sandbox.write("site.json", &document(module).to_string());
    sandbox.ok(["apply", "site.json"]);
    sandbox
}

#[test]
fn every_command_of_a_remedy_runs_as_printed_and_lets_the_request_in() {
    let mut tried = 0;
    for module in ["guide", "2.1.0", "8.x-1.13"] {
        let create = "/entity/user?_format=json";
        let requests = [
            request("POST", create, "alice", "wrong"),
            request("POST", create, "Bob B.", KEY),
            request("POST", create, "carol", KEY),
            request("POST", create, "ghost", KEY),
            request("DELETE", "/user/2?_format=json", "alice", KEY),
            request("POST", "/entity/user?_format=xml", "alice", KEY),
            request("GET", "/user/2?_format=json", "alice", KEY),
            request("GET", "/user/77?_format=json", "alice", KEY),
            request("PUT", "/user/2?_format=json", "alice", KEY),
            request("GET", "/nosuch?_format=json", "alice", "wrong"),
        ];
        for (verdict, request) in judge(&site(module), "drupal", &requests).iter().zip(&requests) {
            for remedy in verdict["remedies"].as_array().unwrap() {
                let commands = remedy["authctl"].as_array().unwrap();
                if !commands.is_empty() {
                    let after = carried_out(&site(module), request.clone(), remedy);
                    if remedy["text"].as_str().unwrap().contains("; then ") {
                        assert_ne!(after["reason"], verdict["reason"], "{remedy}\n{after}");
                    } else {
                        assert_eq!(after["decision"], "allow", "{remedy}\n{after}");
                    }
                    tried += 1;
                }
            }
        }
    }
    assert!(tried > 15, "{tried}");
}

/// The verdict after a remedy's commands.
fn carried_out(sandbox: &Sandbox, mut request: Value, remedy: &Value) -> Value {
    if remedy["text"].as_str().unwrap().to_lowercase().contains("send the method patch") {
        request["method"] = "PATCH".into();
    }
    for command in remedy["authctl"].as_array().unwrap() {
        let words = words(command.as_str().unwrap());
        let said = sandbox.ok(&words[1..]);
        // A new key is printed, and is to be sent.
        if words[1] == "key" {
            let encoded = base64(&format!("alice:{}", said.trim()));
            request["headers"]["Authorization"] = format!("Basic {encoded}").into();
        }
    }
    judge(sandbox, "drupal", &[request]).remove(0)
}

//! What is proposed where no route takes a request.

use serde_json::json;

use super::world::{World, request};
use crate::verify::{Decision, Verdict};

fn verdict(method: &str, path: &str) -> Verdict {
    let resource = |plugin: &str, methods: &[&str]| {
        let methods: serde_json::Map<_, _> = methods
            .iter()
            .map(|method| {
                let by = json!(["rest_api_authentication"]);
                ((*method).to_owned(), json!({"supported_formats": ["json"], "supported_auth": by}))
            })
            .collect();
        json!({"plugin_id": plugin, "granularity": "method", "configuration": methods})
    };
    let world = World::new(&json!({
        "module": "2.1.0",
        "settings": {"enable_authentication": 1, "authentication_method": 1, "api_token": "k",
            "applications": {"a": {"authentication_method": 1, "is_default": true}},
            "default_application_id": "a"},
        "resources": [resource("entity:user", &["GET", "PATCH"]), resource("entity:node", &["GET"])],
        "roles": [{"name": "admin", "permissions": ["administer users", "access content"]}],
        "users": [{"uid": 2, "name": "alice", "status": "active", "roles": ["admin"]}],
    }));
    let headers =
        json!({"Authorization": "Basic YWxpY2U6aw==", "Content-Type": "application/json"});
    let body = r#"{"mail": [{"value": "a@example.org"}]}"#;
    world
        .judge(&request(&json!({"method": method, "path": path, "headers": headers, "body": body})))
}

fn first(method: &str, path: &str) -> String {
    let verdict = verdict(method, path);
    assert_eq!(verdict.decision, Decision::Deny, "{method} {path}");
    verdict.remedies.first().map(|remedy| remedy.text.clone()).unwrap_or_default()
}

#[test]
fn the_path_that_may_be_meant_is_named() {
    for (path, meant) in [
        ("/api/v1/user/2?_format=json", "Ask for the path /user/2."),
        ("/entity/node/1?_format=json", "Ask for the path /node/1."),
        ("/en/jsonapi/user/user", "Ask for the path /jsonapi/user/user."),
        ("/jsonapi/user", "Ask for the path /jsonapi/user/user."),
    ] {
        assert_eq!(first("GET", path), meant, "{path}");
    }
}

#[test]
fn the_method_that_may_be_meant_is_named() {
    assert_eq!(first("PUT", "/user/2?_format=json"), "Send the method PATCH.");
    assert_eq!(first("PURGE", "/user/2?_format=json"), "Send the method GET.");
}

#[test]
fn an_account_that_the_store_lacks_is_added() {
    let verdict = verdict("GET", "/user/99?_format=json");
    assert_eq!(verdict.remedies[0].text, "Add account 99, if it exists on the site.");
    assert_eq!(verdict.remedies[0].authctl, ["authctl user add NAME --id 99"]);
}

#[test]
fn nothing_is_proposed_for_a_path_that_nobody_knows() {
    assert_eq!(first("GET", "/nosuch?_format=json"), "");
    assert_eq!(first("GET", "/user/abc?_format=json"), "");
}

//! `authctl resource`

use serde_json::{Value, json};
use snapbox::str;

use crate::sandbox::Sandbox;

fn list(sandbox: &Sandbox) -> Value {
    serde_json::from_str(&sandbox.ok(["resource", "list", "--format", "json"])).unwrap()
}

#[test]
fn enabling_adds_to_what_is_enabled() {
    let sandbox = Sandbox::with_store();
    let post = ["resource", "enable", "entity:user", "--method", "post"];
    sandbox.run(post).success().stderr_eq(str![[r#"
Enabled `entity:user`.

"#]]);
    sandbox.run(post).success().stderr_eq(str![[r#"
It is so already.

"#]]);
    sandbox.ok([
        "resource",
        "enable",
        "entity.user",
        "--method",
        "GET",
        "--format",
        "xml,json",
        "--auth",
        "basic_auth",
        "--auth",
        "cookie",
    ]);
    sandbox.run(["resource", "list"]).success().stdout_eq(str![[r#"
RESOURCE     ENABLED  GRANULARITY  METHODS
entity:user  true     method       POST: json; rest_api_authentication | GET:
                                   xml, json; basic_auth, cookie

"#]]);
    assert_eq!(
        list(&sandbox)[0]["methods"],
        json!([
            {"method": "POST", "formats": ["json"], "auth": ["rest_api_authentication"]},
            {"method": "GET", "formats": ["xml", "json"], "auth": ["basic_auth", "cookie"]},
        ])
    );
}

#[test]
fn words_are_checked_against_known_ones() {
    let sandbox = Sandbox::with_store();
    let enable = |words: &[&str]| {
        sandbox.run(["resource", "enable", "entity:user", "--method"].iter().chain(words))
    };
    enable(&["PSOT"]).code(4).stderr_eq(str![[r#"
error: no method `PSOT`
hint: Did you mean `POST`?

"#]]);
    enable(&["POST", "--format", "jsn"]).code(4).stderr_eq(str![[r#"
error: no format `jsn`
hint: Did you mean `json`?

"#]]);
    enable(&["POST", "--auth", "rest_api_auth"]).code(4).stderr_eq(str![[r#"
error: no authentication provider `rest_api_auth`
hint: Add `--force` to take one that a module of the site brings.

"#]]);
    enable(&["POST", "--auth", "ours", "--format", "ours", "--force"]).success();
    sandbox.run(["resource", "enable", "entity:user/x", "--method", "GET"]).code(2);
    sandbox.run(["resource", "enable", "entity:node"]).code(2).stderr_eq(str![[r#"
error: which methods of `entity:node`?
hint: Name them with `--method`: GET, POST, PATCH, DELETE.

"#]]);
    sandbox
        .run(["resource", "enable", "entity:usre", "--method", "GET"])
        .success()
        .stderr_eq(str![[r#"
Enabled `entity:usre`.
note: core has no entity type `usre`; did you mean `entity:user`? (`authctl resource disable entity:usre` takes it back)

"#]]);
}

#[test]
fn a_disabled_resource_keeps_its_configuration() {
    let sandbox = Sandbox::with_store();
    sandbox.ok(["resource", "enable", "entity:user", "entity:node", "--method", "POST,GET"]);
    sandbox.run(["resource", "disable", "entity:user"]).success().stderr_eq(str![[r#"
Disabled `entity:user`.

"#]]);
    assert_eq!(list(&sandbox)[0]["enabled"], json!(false));
    sandbox.run(["resource", "disable", "entity:user"]).success().stderr_eq(str![[r#"
It is so already.

"#]]);
    sandbox.ok(["resource", "enable", "entity:user"]);
    assert_eq!(list(&sandbox)[0], list(&sandbox)[0]);
    assert_eq!(list(&sandbox)[0]["enabled"], json!(true));
    sandbox.run(["resource", "disable", "entity:nod"]).code(4).stderr_eq(str![[r#"
error: no resource `entity:nod`
hint: Did you mean `entity:node`?

"#]]);
}

#[test]
fn setting_replaces() {
    let sandbox = Sandbox::with_store();
    sandbox.ok(["resource", "enable", "entity:user", "--method", "POST,GET"]);
    sandbox.ok(["resource", "set", "entity:user", "--method", "GET,PATCH", "--auth", "cookie"]);
    assert_eq!(
        list(&sandbox)[0]["methods"],
        json!([
            {"method": "GET", "formats": ["json"], "auth": ["cookie"]},
            {"method": "PATCH", "formats": ["json"], "auth": ["cookie"]},
        ])
    );
    sandbox
        .run(["resource", "set", "entity:user", "--granularity", "resource"])
        .success()
        .stderr_eq(str![[r#"
Changed `entity:user`.
warning: with granularity `resource` Drupal does not enforce the methods: it serves every one that the plugin has

"#]]);
    assert_eq!(list(&sandbox)[0]["granularity"], json!("resource"));
    sandbox.run(["resource", "set", "entity:user"]).code(2).stderr_eq(str![[r#"
error: nothing is to be set
hint: Name `--method`, `--format`, `--auth` or `--granularity`.

"#]]);
}

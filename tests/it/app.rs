//! `authctl app`

use snapbox::str;

use crate::sandbox::Sandbox;

/// Adds an application; answers its id.
fn add(sandbox: &Sandbox, words: &[&str]) -> String {
    let id = sandbox.ok(["app", "add"].iter().chain(words));
    id.trim_end().to_owned()
}

#[test]
fn an_application_prints_the_value_to_send_and_turns_the_module_on() {
    let sandbox = Sandbox::with_store();
    let added = sandbox.run(["app", "add", "Mobile", "--header", "api-key"]).success();
    let id = String::from_utf8_lossy(&added.get_output().stdout).trim_end().to_owned();
    assert!(id.len() == 8 && id.bytes().all(|byte| byte.is_ascii_hexdigit()), "{id}");
    let told = String::from_utf8_lossy(&added.get_output().stderr).into_owned();
    assert_eq!(
        told,
        format!(
            "Added 1 application: `Mobile`.\n\
             Requests to `Mobile` must send `AUTH-METHOD: {id}`.\n\
             Turned the module on: `drupal.settings.enable_authentication`.\n"
        )
    );
    let list = sandbox.ok(["app", "list", "--format", "jsonl"]);
    assert_eq!(
        list,
        format!(
            "{{\"id\":\"{id}\",\"name\":\"Mobile\",\"method\":\"api-key\",\"header\":\"api-key\",\
             \"default\":false,\"enabled\":true}}\n"
        )
    );
    assert_eq!(sandbox.ok(["setting", "get", "drupal.settings.enable_authentication"]), "1\n");
    sandbox.run(["app", "add", "Mobile"]).code(5);
}

#[test]
fn a_switch_that_was_turned_off_stays_off() {
    let sandbox = Sandbox::with_store();
    sandbox.ok(["setting", "set", "drupal.settings.enable_authentication", "off"]);
    let added = sandbox.run(["app", "add", "Import", "--default"]).success();
    let told = String::from_utf8_lossy(&added.get_output().stderr).into_owned();
    assert!(told.contains("warning: the module is off"), "{told}");
    assert_eq!(sandbox.ok(["setting", "get", "drupal.settings.enable_authentication"]), "0\n");
}

#[test]
fn there_is_one_default_at_most() {
    let sandbox = Sandbox::with_store();
    let default = || sandbox.ok(["setting", "get", "drupal.settings.default_application_id"]);
    let one = add(&sandbox, &["One", "--default"]);
    assert_eq!(default(), format!("{one}\n"));
    let two = add(&sandbox, &["Two", "--default", "--method", "basic"]);
    assert_eq!(default(), format!("{two}\n"));
    let list = sandbox.ok(["app", "list", "--format", "csv"]);
    assert!(list.contains(",One,api-key,authorization,false,true\n"), "{list}");
    assert!(list.contains(",Two,basic,,true,true\n"), "{list}");
    sandbox.run(["app", "set", "One", "--default"]).success();
    assert_eq!(default(), format!("{one}\n"));
    sandbox.run(["app", "set", "One", "--no-default"]).success();
    assert_eq!(default(), "\n");
    sandbox.run(["app", "set", "One", "--no-default"]).success().stderr_eq(str![[r#"
It is so already.

"#]]);
    sandbox.run(["app", "add", "A", "B", "--default"]).code(2);
}

#[test]
fn method_and_header_go_together() {
    let sandbox = Sandbox::with_store();
    sandbox.run(["app", "add", "A", "--method", "basic", "--header", "api-key"]).code(2).stderr_eq(
        str![[r#"
error: only the method `api-key` has a choice of headers
hint: Leave `--header` out, or add `--method api-key`.

"#]],
    );
    let id = add(&sandbox, &["A", "--method", "jwt"]);
    sandbox.ok(["app", "set", &id, "--method", "api-key", "--header", "api-key"]);
    let record = sandbox.ok(["app", "show", "A", "--format", "jsonl"]);
    assert!(record.contains("\"method\":\"api-key\",\"header\":\"api-key\""), "{record}");
    sandbox.ok(["app", "set", &id, "--name", "B", "--disable"]);
    let record = sandbox.ok(["app", "show", "B", "--format", "jsonl"]);
    assert!(
        record.contains("\"header\":\"api-key\",\"default\":false,\"enabled\":false"),
        "{record}"
    );
    sandbox.run(["app", "set", "Bb", "--enable"]).code(4).stderr_eq(str![[r#"
error: no application `Bb`
hint: Did you mean `B`?

"#]]);
}

#[test]
fn restrictions_are_checked_kept_and_taken_away() {
    let sandbox = Sandbox::with_store();
    sandbox.ok(["role", "add", "api_admin"]);
    let id = add(&sandbox, &["A"]);
    sandbox.ok([
        "app",
        "set",
        "A",
        "--allow-ip",
        "192.0.2.0/24,2001:db8::1",
        "--restrict-path",
        "/views/*",
        "--role-path",
        "api_admin=/entity/user",
        "--role-path",
        "api_admin=/jsonapi/*",
        "--custom-header",
        "X-Custom-Auth",
    ]);
    sandbox.run(["app", "show", &id]).success().stdout_eq(str![[r#"
id             [..]
name           A
method         api-key
header         authorization
default        false
enabled        true
send           AUTH-METHOD: [..]
allow ip       192.0.2.0/24, 2001:db8::1
block ip
restrict path  /views/*
role path      api_admin=/entity/user, api_admin=/jsonapi/*
custom header  X-Custom-Auth

"#]]);
    assert_eq!(sandbox.ok(["setting", "get", "drupal.settings.custom_header"]), "X-Custom-Auth\n");
    sandbox.ok(["app", "set", "A", "--block-ip", "198.51.100.7"]);
    let shown = sandbox.ok(["app", "show", "A", "--format", "jsonl"]);
    assert!(shown.contains(r#""allow_ip":[],"block_ip":["198.51.100.7"]"#), "{shown}");
    sandbox.ok(["app", "set", "A", "--any-ip", "--no-role-path", "--no-restrict-path"]);
    let shown = sandbox.ok(["app", "show", "A", "--format", "jsonl"]);
    assert!(shown.contains(r#""allow_ip":[],"block_ip":[],"restrict_path":[],"role_path":[]"#));
    for (option, value, code) in [
        ("--allow-ip", "192.0.2.0/33", 2),
        ("--restrict-path", "views", 2),
        ("--role-path", "api_admin", 2),
        ("--role-path", "api_amdin=/x", 4),
        ("--role-path", "anonymous=/x", 2),
        ("--custom-header", "X Y", 2),
    ] {
        sandbox.run(["app", "set", "A", option, value]).code(code);
    }
}

#[test]
fn removing_asks_and_says_when_the_default_is_gone() {
    let sandbox = Sandbox::with_store();
    add(&sandbox, &["A", "--default"]);
    sandbox.run(["app", "remove", "A"]).code(2);
    sandbox.run(["app", "remove", "A", "--yes"]).success().stderr_eq(str![[r#"
Removed 1 application: `A`.
note: it was the default one: requests without AUTH-METHOD are refused now

"#]]);
    assert_eq!(sandbox.ok(["setting", "get", "drupal.settings.default_application_id"]), "\n");
    assert_eq!(sandbox.ok(["app", "list", "--format", "json"]), "[]\n");
}

#[test]
fn a_dry_run_keeps_nothing() {
    let sandbox = Sandbox::with_store();
    sandbox.run(["app", "add", "A", "--dry-run"]).success();
    assert_eq!(sandbox.ok(["app", "list", "--format", "json"]), "[]\n");
    assert_eq!(sandbox.ok(["setting", "get", "drupal.settings"]), "{}\n");
}

#[test]
fn an_applications_secrets_go_with_it() {
    let sandbox = Sandbox::with_store();
    let settings = "authctl: 1\ndrupal:\n  settings:\n    applications:\n      a7: { name: One, client_secret: s3cr3t-text }\n      a8: { name: Two, client_secret: other-text }\n";
    sandbox.run_with(settings, ["apply", "-"]).success();
    let sealed = |name: &str| sandbox.ok(["dump", "--reveal"]).contains(name);
    assert!(sealed("s3cr3t-text") && sealed("other-text"));
    sandbox.ok(["app", "remove", "One", "--yes"]);
    assert!(!sealed("s3cr3t-text") && sealed("other-text"));
    assert!(sandbox.ok(["dump"]).matches("sealed:").count() == 1, "{}", sandbox.ok(["dump"]));
}

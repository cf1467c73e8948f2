//! `authctl perm`

use snapbox::str;

use crate::sandbox::Sandbox;

fn with_alice() -> Sandbox {
    let sandbox = Sandbox::with_store();
    sandbox.ok(["user", "add", "alice"]);
    sandbox.ok(["role", "add", "api_user"]);
    sandbox.ok(["role", "assign", "api_user", "--user", "alice"]);
    sandbox
}

#[test]
fn a_grant_is_listed_checked_and_taken_back() {
    let sandbox = with_alice();
    sandbox
        .run(["perm", "grant", "--user", "alice", "--role", "api_user", "api-key", "password"])
        .success()
        .stderr_eq(str![[r#"
Granted `authenticate with api key`, `authenticate with password` to role api_user, user alice.

"#]]);
    sandbox.run(["perm", "grant", "--user", "alice", "api-key"]).success().stderr_eq(str![[r#"
It is so already.

"#]]);
    sandbox.run(["perm", "list"]).success().stdout_eq(str![[r#"
PERMISSION                  ROLE      USER
authenticate with api key   api_user
authenticate with api key             alice
authenticate with password  api_user
authenticate with password            alice

"#]]);
    sandbox.run(["perm", "check", "--user", "alice", "api-key"]).success().stdout_eq(str![[r#"
WHO         PERMISSION                 GRANTED  BY
user alice  authenticate with api key  true     itself, role api_user

"#]]);
    sandbox.run(["perm", "revoke", "--user", "alice", "api-key"]).success().stderr_eq(str![[r#"
Took `authenticate with api key` from user alice.
note: `alice` has `authenticate with api key` still, by a role; `authctl perm check --user alice 'authenticate with api key'` tells which

"#]]);
    sandbox
        .run(["perm", "check", "--role", "anonymous", "password", "--format", "jsonl"])
        .code(3)
        .stdout_eq(str![[r#"
{"who":"role anonymous","permission":"authenticate with password","granted":false,"by":[]}

"#]]);
}

#[test]
fn a_slip_in_a_permission_is_pointed_out() {
    let sandbox = with_alice();
    sandbox
        .run(["perm", "grant", "--user", "alice", "authenticate with api keys"])
        .success()
        .stderr_eq(str![[r#"
note: `authenticate with api keys` is new here; did you mean `authenticate with api key`?
Granted `authenticate with api keys` to user alice.

"#]]);
    sandbox.run(["perm", "check", "--user", "nobody", "api-key"]).code(4).stderr_eq(str![[r#"
error: no user `nobody`
hint: `authctl user list` lists all.

"#]]);
}

#[test]
fn only_what_changes_is_reported_and_audited() {
    let sandbox = with_alice();
    sandbox.ok(["user", "add", "bob"]);
    sandbox.ok(["perm", "grant", "--user", "alice", "api-key"]);
    let both = ["perm", "grant", "--user", "alice", "--user", "bob", "api-key", "password"];
    sandbox.run(both).success().stderr_eq(str![[r#"
Granted `authenticate with password` to user alice.
Granted `authenticate with api key`, `authenticate with password` to user bob.
The rest is so already.

"#]]);
    sandbox.run(["perm", "revoke", "--user", "bob", "administer users"]).success().stderr_eq(str![
        [r#"
It is so already.

"#]
    ]);
    let revoke = ["perm", "revoke", "--user", "bob", "administer users", "password"];
    sandbox.run(revoke).success().stderr_eq(str![[r#"
Took `authenticate with password` from user bob.
The rest is so already.

"#]]);
    sandbox.run(["audit", "list", "--last", "2", "--format", "jsonl"]).success().stdout_eq(str![[r#"
{"seq":7,"at":"[TIME]","actor":"[ACTOR]","action":"perm.grant","subject":"2 grantees","detail":{"changes":[[["authenticate with password"],["user alice"]],[["authenticate with api key","authenticate with password"],["user bob"]]],"count":2,"sha256":"[..]","subjects":["user alice","user bob"]}}
{"seq":8,"at":"[TIME]","actor":"[ACTOR]","action":"perm.revoke","subject":"user bob","detail":{"permissions":["authenticate with password"]}}

"#]]);
}

#[test]
fn questions_about_a_permission_point_out_a_slip() {
    let sandbox = with_alice();
    sandbox.ok(["perm", "grant", "--role", "api_user", "edit own webform"]);
    for words in [
        &["perm", "check", "--user", "alice", "edit own webfrom"][..],
        &["perm", "list", "edit own webfrom"],
        &["perm", "revoke", "--user", "alice", "edit own webfrom"],
    ] {
        let run = sandbox.run(words);
        let told = String::from_utf8_lossy(&run.get_output().stderr).into_owned();
        assert!(told.contains("did you mean `edit own webform`?"), "{words:?}: {told}");
    }
}

#[test]
fn a_key_in_the_place_of_a_permission_is_neither_kept_nor_shown() {
    let sandbox = with_alice();
    let key = "5f4dcc3b5aa765d61d8327deb882cf99";
    for verb in ["grant", "revoke", "check"] {
        let run = sandbox.run(["perm", verb, "--user", "alice", key]).code(2);
        let output = run.get_output();
        let told = [&output.stdout[..], &output.stderr].concat();
        assert!(!String::from_utf8_lossy(&told).contains(key), "{verb}");
    }
}

#[test]
fn the_help_of_a_verb_speaks_of_that_verb() {
    let sandbox = Sandbox::new();
    let help = |verb: &str| sandbox.ok(["perm", verb, "--help"]);
    assert!(help("grant").starts_with("Grant permissions\n"), "{}", help("grant"));
    assert!(help("revoke").starts_with("Take permissions back\n"), "{}", help("revoke"));
    assert!(help("revoke").contains("authctl perm revoke"));
}

//! `authctl role`

use snapbox::str;

use crate::sandbox::Sandbox;

#[test]
fn a_role_is_given_and_taken() {
    let sandbox = Sandbox::with_store();
    sandbox.ok(["user", "add", "alice", "bob"]);
    sandbox.ok(["role", "add", "api_user", "--label", "API user"]);
    sandbox
        .run(["role", "assign", "api_user", "--user", "alice", "--user", "bob"])
        .success()
        .stderr_eq(str![[r#"
Gave `api_user` to user alice, user bob.

"#]]);
    sandbox.run(["role", "list"]).success().stdout_eq(str![[r#"
NAME           LABEL               ADMIN  USERS  PERMISSIONS
anonymous      Anonymous user      false  0
api_user       API user            false  2
authenticated  Authenticated user  false  0

"#]]);
    sandbox.run(["role", "unassign", "api_user", "--user", "bob"]).success().stderr_eq(str![[r#"
Took `api_user` from user bob.

"#]]);
    sandbox.run(["role", "unassign", "api_user", "--user", "bob"]).success().stderr_eq(str![[r#"
It is so already.

"#]]);
    sandbox.run(["role", "remove", "api_user", "--yes"]).success().stderr_eq(str![[r#"
Removed 1 role: `api_user`.

"#]]);
}

#[test]
fn built_in_roles_stay() {
    let sandbox = Sandbox::with_store();
    sandbox.run(["role", "remove", "anonymous", "--yes"]).code(5).stderr_eq(str![[r#"
error: the role `anonymous` is built in

"#]]);
    sandbox.run(["role", "set", "authenticatd", "--admin"]).code(4).stderr_eq(str![[r#"
error: no role `authenticatd`
hint: Did you mean `authenticated`?

"#]]);
}

#[test]
fn a_long_role_name_keeps_the_table_narrow() {
    let sandbox = Sandbox::with_store();
    sandbox.ok(["role", "add", &"editor ".repeat(20)]);
    let table = sandbox.ok(["role", "list"]);
    assert!(table.lines().all(|line| line.chars().count() <= 80), "{table}");
}

#[test]
fn only_roles_that_change_hands_are_reported_and_audited() {
    let sandbox = Sandbox::with_store();
    sandbox.ok(["role", "add", "editor", "api_user"]);
    sandbox.ok(["user", "add", "alice", "bob"]);
    sandbox.ok(["role", "assign", "editor", "--user", "alice"]);
    let assign = ["role", "assign", "editor", "api_user", "--user", "alice", "--user", "bob"];
    sandbox.run(assign).success().stderr_eq(str![[r#"
Gave `api_user` to user alice.
Gave `editor`, `api_user` to user bob.
The rest is so already.

"#]]);
    let last = ["audit", "list", "--last", "1", "--format", "jsonl"];
    sandbox.run(last).success().stdout_eq(str![[r#"
{"seq":5,"at":"[TIME]","actor":"[ACTOR]","action":"role.assign","subject":"2 users","detail":{"changes":[[["api_user"],["user alice"]],[["editor","api_user"],["user bob"]]],"count":2,"sha256":"464165db627e0547246fff8acfc08662c1aea3b98d9884434e4e7bee3d681b0e","subjects":["alice","bob"]}}

"#]]);
    sandbox.run(assign).success().stderr_eq("It is so already.\n");
}

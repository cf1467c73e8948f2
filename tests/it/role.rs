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
Gave `api_user` to `alice`, `bob`.

"#]]);
    sandbox.run(["role", "list"]).success().stdout_eq(str![[r#"
NAME           LABEL               ADMIN  USERS  PERMISSIONS
anonymous      Anonymous user      false  0
api_user       API user            false  2
authenticated  Authenticated user  false  0

"#]]);
    sandbox.run(["role", "unassign", "api_user", "--user", "bob"]).success().stderr_eq(str![[r#"
Took `api_user` from `bob`.

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

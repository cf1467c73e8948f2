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

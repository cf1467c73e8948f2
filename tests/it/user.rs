//! `authctl user`

use snapbox::str;

use crate::sandbox::Sandbox;

#[test]
fn lists_what_was_added() {
    let sandbox = Sandbox::with_store();
    sandbox.ok(["role", "add", "api_admin"]);
    sandbox
        .run(["user", "add", "alice", "--contact", "101", "--role", "api_admin"])
        .success()
        .stdout_eq("")
        .stderr_eq(str![[r#"
Added contact 101, which was not listed.
Added 1 user: `alice`.

"#]]);
    sandbox.ok(["user", "add", "bob", "Zoë", "--blocked"]);
    sandbox.run(["user", "list"]).success().stdout_eq(str![[r#"
ID  NAME   EMAIL  STATUS   CONTACT ID  ROLES
2   alice         active   101         api_admin
3   bob           blocked
4   Zoë           blocked

"#]]);
    sandbox.run(["user", "list", "--blocked", "--format", "jsonl"]).success().stdout_eq(str![[
        r#"
{"id":3,"name":"bob","email":null,"status":"blocked","contact_id":null,"roles":[]}
{"id":4,"name":"Zoë","email":null,"status":"blocked","contact_id":null,"roles":[]}

"#
    ]]);
    sandbox.run(["user", "list", "--role", "api_admin", "--format", "csv"]).success().stdout_eq(
        str![[r#"
id,name,email,status,contact_id,roles
2,alice,,active,101,api_admin

"#]],
    );
}

#[test]
fn show_tells_permissions_and_where_they_come_from() {
    let sandbox = Sandbox::with_store();
    sandbox.ok(["user", "add", "alice", "--email", "alice@example.org"]);
    sandbox.ok(["perm", "grant", "--user", "alice", "api-key"]);
    sandbox.ok(["perm", "grant", "--role", "authenticated", "access CiviCRM"]);
    sandbox.run(["user", "show", "ALICE"]).success().stdout_eq(str![[r#"
id               2
name             alice
email            alice@example.org
status           active
contact id
roles
password         none
admin            false
permissions      authenticate with api key
all permissions  access CiviCRM, authenticate with api key

"#]]);
}

#[test]
fn a_name_that_is_taken_stays_whose_it_is() {
    let sandbox = Sandbox::with_store();
    sandbox.ok(["user", "add", "alice"]);
    sandbox.run(["user", "add", "bob", "Alice"]).code(5).stderr_eq(str![[r#"
error: user `alice` exists already
hint: `authctl user set` changes one that is there; `authctl user list` lists all.

"#]]);
    sandbox.run(["user", "exists", "bob"]).code(3);
    sandbox.run(["user", "exists", "alice"]).code(0);
}

#[test]
fn a_name_that_is_not_there_gets_the_nearest() {
    let sandbox = Sandbox::with_store();
    sandbox.ok(["user", "add", "alice"]);
    sandbox.run(["user", "show", "alcie"]).code(4).stderr_eq(str![[r#"
error: no user `alcie`
hint: Did you mean `alice`?

"#]]);
    sandbox.run(["user", "block", "carol"]).code(4).stderr_eq(str![[r#"
error: no user `carol`
hint: `authctl user list` lists all.

"#]]);
}

#[test]
fn setting_what_is_so_already_changes_nothing_and_says_so() {
    let sandbox = Sandbox::with_store();
    sandbox.ok(["user", "add", "alice", "bob"]);
    sandbox.run(["user", "block", "alice"]).success().stderr_eq(str![[r#"
Blocked `alice`.

"#]]);
    sandbox.run(["user", "block", "alice", "bob"]).success().stderr_eq(str![[r#"
Blocked `bob`.
Already blocked: `alice`.

"#]]);
    sandbox.run(["user", "set", "alice", "--no-email"]).success().stderr_eq(str![[r#"
It is so already.

"#]]);
    sandbox.run(["user", "set", "alice", "--contact", "7"]).success().stderr_eq(str![[r#"
Changed `alice`.
note: contact 7 is not listed, which means that it was deleted for good; `authctl contact add 7` lists it

"#]]);
}

#[test]
fn removing_needs_a_yes_where_nobody_can_be_asked() {
    let sandbox = Sandbox::with_store();
    sandbox.ok(["user", "add", "alice", "bob"]);
    sandbox.run(["user", "remove", "alice"]).code(2).stderr_eq(str![[r#"
error: not confirmed: remove `alice` with their keys, roles and permissions?
hint: Add `--yes` to go on without a question, or `--dry-run` to try it.

"#]]);
    sandbox.run(["user", "remove", "alice", "--dry-run"]).success().stderr_eq(str![[r#"
Dry run, nothing is kept: Removed 1 user: `alice`.

"#]]);
    sandbox.run(["user", "exists", "alice"]).code(0);
    sandbox.run(["user", "remove", "alice", "bob", "--yes"]).success().stderr_eq(str![[r#"
Removed 2 users: `alice`, `bob`.

"#]]);
    sandbox.run(["user", "exists", "alice"]).code(3);
}

#[test]
fn a_name_cannot_act_on_the_terminal() {
    let sandbox = Sandbox::with_store();
    sandbox.run(["user", "add", "evil\u{1b}[2J"]).success().stderr_eq(str![[r#"
Added 1 user: `evil/u{1b}[2J`.

"#]]);
    sandbox.run(["user", "list"]).success().stdout_eq(str![[r#"
ID  NAME           EMAIL  STATUS  CONTACT ID  ROLES
2   evil/u{1b}[2J         active

"#]]);
}

#[test]
fn one_thing_of_its_own_cannot_be_given_to_several() {
    let sandbox = Sandbox::with_store();
    sandbox.run(["user", "add", "alice", "bob", "--id", "7"]).code(2).stderr_eq(str![[r#"
error: `--id` is for one account, not for several

"#]]);
}

#[test]
fn the_largest_id_leaves_no_next_one_and_the_store_whole() {
    let sandbox = Sandbox::with_store();
    let _ = sandbox.run(["user", "add", "zed", "--id", "9223372036854775807"]).code(2);
    sandbox.ok(["user", "add", "zed", "--id", "4294967295", "--contact", "4294967295"]);
    sandbox.run(["user", "add", "zed2"]).code(5).stderr_eq(str![[r#"
error: there is no user id left behind the largest, 4294967295
hint: Give a free one with `--id`.

"#]]);
    sandbox.run(["contact", "add"]).code(5).stderr_eq(str![[r#"
error: there is no contact id left behind the largest, 4294967295
hint: Give a free one.

"#]]);
    sandbox.ok(["user", "add", "zed2", "--id", "7"]);
}

#[test]
fn an_empty_name_or_password_is_refused() {
    let sandbox = Sandbox::with_store();
    sandbox.ok(["user", "add", "alice"]);
    for words in [
        &["user", "add", ""][..],
        &["user", "set", "alice", "--name", ""],
        &["role", "add", ""],
        &["role", "add", "editor", "--label", ""],
        &["perm", "grant", "--user", "alice", ""],
    ] {
        let _ = sandbox.run(words).code(2);
    }
    sandbox.run_with("\n", ["user", "passwd", "alice", "--password", "-"]).code(2).stderr_eq(str![
        [r#"
error: the password of alice on standard input is empty
hint: `authctl user passwd NAME --none` takes a password away.

"#]
    ]);
}

#[test]
fn an_account_that_is_named_twice_counts_once() {
    let sandbox = Sandbox::with_store();
    sandbox.ok(["user", "add", "alice", "--contact", "101"]);
    sandbox.ok(["role", "add", "editor"]);
    let twice = ["--user", "alice", "--user", "ALICE"];
    let keys = sandbox.ok(["key", "generate"].iter().chain(&twice));
    assert_eq!(keys.lines().count(), 1, "{keys}");
    let twice = ["--contact", "101", "--contact", "101"];
    let keys = sandbox.ok(["key", "generate"].iter().chain(&twice));
    assert_eq!(keys.lines().count(), 1, "{keys}");
    sandbox.ok(["guard", "set", "perm", "perm"]);
    assert_eq!(sandbox.ok(["setting", "get", "civicrm.settings.authx_guards"]), "perm\n");
    for (noun, name, other, count) in [
        ("role", "editor", "editor", "1 role"),
        ("contact", "101", "101", "1 contact"),
        ("user", "alice", "Alice", "1 user"),
    ] {
        let run = sandbox.run([noun, "remove", name, other, "--yes"]).success();
        let told = String::from_utf8_lossy(&run.get_output().stderr).into_owned();
        assert!(told.contains(count), "{told}");
    }
}

#[test]
fn a_suggested_command_can_be_pasted_whatever_the_name() {
    let sandbox = Sandbox::with_store();
    sandbox.ok(["user", "add", "o'neil"]);
    sandbox.ok(["perm", "grant", "--role", "authenticated", "api-key"]);
    sandbox.ok(["perm", "grant", "--user", "o'neil", "api-key"]);
    let run = sandbox.run(["perm", "revoke", "--user", "o'neil", "api-key"]).success();
    let told = String::from_utf8_lossy(&run.get_output().stderr).into_owned();
    assert!(told.contains(r"--user 'o'\''neil' 'authenticate with api key'`"), "{told}");
}

#[test]
fn a_password_that_nobody_can_be_asked_for_is_told_with_its_flag() {
    let sandbox = Sandbox::with_store();
    sandbox.ok(["user", "add", "alice"]);
    for words in [&["user", "passwd", "alice"][..], &["key", "generate", "--as", "alice"]] {
        sandbox.run(words).code(2).stderr_eq(str![[r#"
error: no password of alice is given, and nobody can be asked
hint: Give `--password -` to read it from standard input, or `--password @FILE` to read it from a file.

"#]]);
    }
}

#[test]
fn a_password_that_is_so_already_leaves_no_entry() {
    let sandbox = Sandbox::with_store();
    sandbox.ok(["user", "add", "alice", "bob"]);
    let head = || sandbox.ok(["audit", "head"]);
    let set = ["user", "passwd", "alice", "bob", "--password", "-"];
    sandbox.run_with("correct horse", set).success().stderr_eq(str![[r#"
Set the password of `alice`, `bob`.

"#]]);
    let before = head();
    for _ in 0..2 {
        sandbox.run_with("correct horse", set).success().stderr_eq("It is so already.\n");
    }
    assert_eq!(head(), before);
    sandbox.run(["user", "passwd", "alice", "--none"]).success().stderr_eq(str![[r#"
Took the password of `alice`.

"#]]);
    let before = head();
    sandbox.run(["user", "passwd", "alice", "--none"]).success().stderr_eq("It is so already.\n");
    assert_eq!(head(), before);
    sandbox.run_with("correct horse", set).success().stderr_eq("Set the password of `alice`.\n");
}

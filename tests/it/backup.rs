//! `authctl check`, `authctl backup`, `authctl restore`

use snapbox::str;

use crate::sandbox::Sandbox;

#[test]
fn a_backup_is_put_back() {
    let sandbox = Sandbox::with_store();
    sandbox.ok(["user", "add", "alice"]);
    sandbox.run(["backup", "copy.db"]).success().stderr_eq(str![[r#"
Copied the store to `copy.db`.
note: the copy needs the key file `[FOLDER]/.local/share/authctl/authctl.key`, which is not in it

"#]]);
    sandbox.run(["backup", "copy.db"]).code(5).stderr_eq(str![[r#"
error: `copy.db` exists already
hint: Nothing is written over it; use it as it is, or give another file.

"#]]);
    sandbox.ok(["user", "remove", "alice", "--yes"]);
    sandbox.run(["restore", "copy.db"]).code(2).stderr_eq(str![[r#"
error: not confirmed: replace `[FOLDER]/.local/share/authctl/authctl.db` by `copy.db`?
hint: Add `--yes` to go on without a question, or `--dry-run` to try it.

"#]]);
    sandbox.run(["restore", "copy.db", "--yes"]).success().stderr_eq(str![[r#"
Put `copy.db` back as the store.

"#]]);
    sandbox.run(["user", "exists", "alice"]).success();
    sandbox.run(["check"]).success().stdout_eq("").stderr_eq(str![[r#"
Nothing is wrong.

"#]]);
    sandbox
        .run(["audit", "list", "--last", "1", "--format", "jsonl"])
        .success()
        .stdout_eq(str![[r#"
{"seq":3,"at":"[TIME]","actor":"[ACTOR]","action":"restore","subject":"store","detail":{"from":"copy.db"}}

"#]]);
}

#[test]
fn a_copy_that_is_not_there_is_no_missing_store() {
    let sandbox = Sandbox::with_store();
    sandbox.run(["restore", "nofile", "--yes"]).code(1).stderr_eq(str![[r#"
error: cannot read `nofile`: no such file or directory

"#]]);
    sandbox.write("text", "text");
    let mode = std::os::unix::fs::PermissionsExt::from_mode(0o600);
    std::fs::set_permissions(sandbox.path("text"), mode).unwrap();
    sandbox.run(["restore", "text", "--yes"]).code(7).stderr_eq(str![[r#"
error: `text` is not a store of authctl
hint: Give a copy that `authctl backup` has made.

"#]]);
}

#[test]
fn damage_is_found() {
    let sandbox = Sandbox::with_store();
    sandbox.ok(["user", "add", "alice"]);
    let path = sandbox.path(".local/share/authctl/authctl.db");
    let mut store = std::fs::read(&path).unwrap();
    let place = store.windows(8).rposition(|bytes| bytes == b"user.add").unwrap();
    store[place..place + 8].copy_from_slice(b"user.set");
    std::fs::write(&path, store).unwrap();
    sandbox.run(["check"]).code(7).stdout_eq(str![[r#"
CHECK  PROBLEM
audit  entry 2 of the audit log: it was altered, or written without the key file

"#]]);
    sandbox.run(["audit", "verify"]).code(7).stderr_eq(str![[r#"
error: the audit log is broken at entry 2: it was altered, or written without the key file
hint: Compare it with a backup; entries before that one are sound.

"#]]);
}

#[test]
fn a_damaged_copy_is_not_taken_for_the_store() {
    let sandbox = Sandbox::with_store();
    sandbox.ok(["user", "add", "alice"]);
    sandbox.ok(["backup", "copy.db"]);
    let path = sandbox.path("copy.db");
    let mut copy = std::fs::read(&path).unwrap();
    let place = copy.windows(8).rposition(|bytes| bytes == b"user.add").unwrap();
    copy[place..place + 8].copy_from_slice(b"user.set");
    std::fs::write(&path, copy).unwrap();
    sandbox.run(["restore", "copy.db", "--yes"]).code(7).stderr_eq(str![[r#"
error: the copy `copy.db` is damaged: audit: entry 2 of the audit log: it was altered, or written without the key file
hint: Give another copy.

"#]]);
    sandbox.run(["check"]).success();
}

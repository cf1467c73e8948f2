//! `authctl audit`

use snapbox::str;

use crate::sandbox::Sandbox;

#[test]
fn every_change_is_listed_and_the_chain_is_whole() {
    let sandbox = Sandbox::with_store();
    sandbox.ok(["user", "add", "alice", "bob"]);
    sandbox.ok(["user", "block", "bob"]);
    sandbox.ok(["user", "block", "bob"]);
    sandbox.run(["audit", "list", "--format", "jsonl"]).success().stdout_eq(str![[r#"
{"seq":1,"at":"[..]","actor":"[..]","action":"init","subject":"store","detail":{"key_file":"[..]"}}
{"seq":2,"at":"[TIME]","actor":"[ACTOR]","action":"user.add","subject":"2 users","detail":{"roles":[],"contact":null,"contact_added":false,"password":false,"count":2,"sha256":"464165db627e0547246fff8acfc08662c1aea3b98d9884434e4e7bee3d681b0e","subjects":["alice","bob"]}}
{"seq":3,"at":"[..]","actor":"[..]","action":"user.block","subject":"user bob","detail":{}}

"#]]);
    sandbox.run(["audit", "list", "--last", "1", "--format", "csv"]).success().stdout_eq(str![[
        r#"
seq,at,actor,action,subject,detail
3,[TIME],root,user.block,user bob,

"#
    ]]);
    sandbox.run(["audit", "verify"]).success().stderr_eq(str![[r#"
The chain is whole: 3 entries.
note: whether entries were cut off at the end shows only with --expect-head

"#]]);
}

#[test]
fn a_log_that_was_put_back_is_found_by_its_head() {
    let sandbox = Sandbox::with_store();
    let old = std::fs::read(sandbox.path(".local/share/authctl/authctl.db")).unwrap();
    sandbox.ok(["user", "add", "alice"]);
    let head = sandbox.ok(["audit", "head"]);
    sandbox.run(["audit", "verify", "--expect-head", head.trim()]).success().stderr_eq(str![[r#"
The chain is whole: 2 entries.

"#]]);
    std::fs::write(sandbox.path(".local/share/authctl/authctl.db"), old).unwrap();
    sandbox.run(["audit", "verify"]).success();
    sandbox.run(["audit", "verify", "--expect-head", head.trim()]).code(7).stderr_eq(str![[r#"
error: the audit log is broken at entry 2: the log was cut off before it
hint: Compare it with a backup; entries before that one are sound.

"#]]);
}

#[test]
fn a_head_before_the_first_entry_is_refused() {
    let sandbox = Sandbox::with_store();
    let head = format!("0:{}", "0".repeat(64));
    let _ = sandbox.run(["audit", "verify", "--expect-head", &head]).code(2);
}

#[test]
fn programs_are_told_in_their_form_whether_the_log_is_whole() {
    let sandbox = Sandbox::with_store();
    let told = sandbox.run(["audit", "verify", "--format", "jsonl", "-q"]).success();
    told.stdout_eq(str![[r#"
{"whole":true,"entries":1,"broken_at":null,"why":null}

"#]]);
    let head = sandbox.ok(["audit", "head"]);
    let json = sandbox.ok(["audit", "head", "--format", "jsonl"]);
    assert_eq!(json, format!("{{\"head\":\"{}\"}}\n", head.trim_end()));
    let other = format!("1:{}", "0".repeat(64));
    sandbox
        .run(["audit", "verify", "--format", "jsonl", "--expect-head", &other])
        .code(7)
        .stdout_eq(str![[r#"
{"whole":false,"entries":null,"broken_at":1,"why":"it is not the entry that was kept"}

"#]]);
}

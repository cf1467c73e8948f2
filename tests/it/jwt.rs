//! `authctl jwt`

use snapbox::str;

use crate::sandbox::Sandbox;

#[test]
fn a_token_is_issued_and_inspected() {
    let sandbox = Sandbox::with_store();
    sandbox.run(["jwt", "issue", "--contact", "101"]).code(5).stderr_eq(str![[r#"
error: there are no signing keys
hint: Take over the site's with `authctl jwt key add`, or make one with `authctl jwt key add --generate`.

"#]]);
    sandbox
        .run_with(
            "jwt-hs256:b64:MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=\n",
            ["jwt", "key", "add", "-"],
        )
        .success()
        .stderr_eq(str![[r#"
Added 1 signing key: B4thyTM1lRqLElbjIbT_VoARSes.

"#]]);
    let token = sandbox.ok(["jwt", "issue", "--contact", "101", "--ttl", "1h"]);
    sandbox.run_with(format!("Bearer {token}"), ["jwt", "inspect"]).success().stdout_eq(str![[
        r#"
valid       true
problem
subject     cid:101
scope       authx
expires at  [TIME]
claims      {"exp":[..],"sub":"cid:101","scope":"authx"}

"#
    ]]);
    sandbox
        .run_with(token.replace('.', ".x"), ["jwt", "inspect", "--format", "csv"])
        .code(3)
        .stdout_eq(str![[r#"
valid,problem,subject,scope,expires_at,claims
false,the claims are not JSON,,,,

"#]]);
    sandbox.run(["jwt", "issue", "--contact", "101"]).success().stderr_eq(str![[r#"
Valid until [TIME].
note: contact 101 is not listed, so the site refuses the token; `authctl contact add 101` lists it

"#]]);
    sandbox
        .run(["audit", "list", "--action", "jwt.issue", "--last", "1", "--format", "jsonl"])
        .success()
        .stdout_eq(str![[r#"
{"seq":4,"at":"[TIME]","actor":"[ACTOR]","action":"jwt.issue","subject":"contact 101","detail":{"expires_at":"[TIME]","scope":"authx"}}

"#]]);
}

#[test]
fn signing_keys_keep_their_order() {
    let sandbox = Sandbox::with_store();
    sandbox
        .run_with("jwt-hs256::one jwt-hs512::two", ["jwt", "key", "add", "-"])
        .success()
        .stderr_eq(str![[r#"
Added 2 signing keys: TDnuVm5uGjFVzIZiwPoUQb0MmjU, KqRCz6oBzXw1Vwm_qJbRkqwAS8o.

"#]]);
    sandbox.run_with("jwt-hs512::two", ["jwt", "key", "add", "-"]).success().stderr_eq(str![[r#"
It is so already.

"#]]);
    let made = sandbox.ok(["jwt", "key", "add", "--generate", "--last"]);
    assert!(made.starts_with("jwt-hs256:b64:"));
    let list = sandbox.ok(["jwt", "key", "list", "--format", "csv"]);
    let lines: Vec<&str> = list.lines().collect();
    assert_eq!(lines.len(), 4);
    assert!(lines[1].ends_with("jwt-hs256,HS256,true,true"), "{list}");
    assert!(lines[2].ends_with("jwt-hs512,HS512,false,false"), "{list}");
    sandbox.run_with("aes:two", ["jwt", "key", "add", "-"]).code(1).stderr_eq(str![[r#"
error: cannot read key 1 of CIVICRM_SIGN_KEYS: its encoding is not `b64`, `hkdf-sha256` or empty

"#]]);
    sandbox.run(["jwt", "key", "remove", "nosuch"]).code(4).stderr_eq(str![[r#"
error: no signing key `nosuch`
hint: `authctl jwt key list` lists all.

"#]]);
    let id = lines[1].split(',').next().unwrap();
    sandbox.run(["jwt", "key", "remove", id, "--yes"]).success();
    assert_eq!(sandbox.ok(["jwt", "key", "list", "--format", "jsonl"]).lines().count(), 2);
}

#[test]
fn a_made_signing_key_that_nobody_saw_is_a_failure_that_names_it() {
    let sandbox = Sandbox::with_store();
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let run = std::process::Command::new(snapbox::cmd::cargo_bin!("authctl"))
        .args(["jwt", "key", "add", "--generate"])
        .env_clear()
        .env("HOME", sandbox.path("."))
        .stdout(full)
        .output()
        .unwrap();
    let told = String::from_utf8(run.stderr).unwrap();
    assert_eq!(run.status.code(), Some(1), "{told}");
    let list = sandbox.ok(["jwt", "key", "list", "--format", "csv"]);
    let id = list.lines().nth(1).unwrap().split(',').next().unwrap();
    assert!(told.contains(&format!("authctl jwt key remove {id}`")), "{told}");
}

#[test]
fn a_token_that_nobody_saw_is_a_failure_that_says_so() {
    let sandbox = Sandbox::with_store();
    sandbox.ok(["jwt", "key", "add", "--generate"]);
    let mut child = sandbox.spawn(["jwt", "issue", "--contact", "101"]);
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(told.starts_with("error: the new token could not be shown: broken pipe\n"), "{told}");
}

#[test]
fn tokens_of_several_contacts_are_one_entry_of_the_audit_log() {
    let sandbox = Sandbox::with_store();
    sandbox.ok(["jwt", "key", "add", "--generate"]);
    sandbox.ok(["contact", "add", "101", "102"]);
    let words = ["jwt", "issue", "--contact", "101", "--contact", "102", "--contact", "101"];
    let tokens = sandbox.ok(words.iter().chain(&["--format", "jsonl"]));
    let ids: Vec<&str> =
        tokens.lines().map(|line| line.split([':', ',']).nth(1).unwrap()).collect();
    assert_eq!(ids, ["101", "102"]);
    let entry = sandbox.ok(["audit", "list", "--last", "1", "--format", "jsonl"]);
    assert!(entry.contains(r#""subject":"2 contacts""#), "{entry}");
}

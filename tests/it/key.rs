//! `authctl key`

use std::os::unix::fs::PermissionsExt;

use snapbox::str;

use crate::sandbox::Sandbox;

fn with_alice() -> Sandbox {
    let sandbox = Sandbox::with_store();
    sandbox.ok(["user", "add", "alice", "--contact", "101"]);
    sandbox
}

#[test]
fn a_new_key_is_alone_on_stdout_and_then_nowhere() {
    let sandbox = with_alice();
    let run = sandbox
        .run(["key", "generate", "--user", "alice", "--label", "ci", "--grant"])
        .success()
        .stderr_eq(str![[r#"
Made 1 key for user alice.

"#]]);
    let key = String::from_utf8(run.get_output().stdout.clone()).unwrap();
    assert_eq!((key.len(), &key[..4]), (33, "aku_"), "a line of 32 characters");
    assert_eq!(
        sandbox.ok(["perm", "check", "--user", "alice", "api-key", "-q"]).lines().count(),
        2
    );
    sandbox.run(["key", "list"]).success().stdout_eq(str![[r#"
ID  OWNER  NAME   HINT       LABEL  STATE  EXPIRES AT
1   user   alice  [HINT]…  ci     live

"#]]);
    let file = std::fs::read(sandbox.path(".local/share/authctl/authctl.db")).unwrap();
    assert!(!file.windows(20).any(|bytes| bytes == &key.as_bytes()[..20]));
    sandbox.run(["key", "reveal", "ci"]).code(5).stderr_eq(str![[r#"
error: key 1 cannot be shown again
hint: Only keys made with `--recoverable` can; `authctl key rotate 1 --recoverable` makes one in its place.

"#]]);
    sandbox.run_with(key.clone(), ["key", "identify"]).success().stdout_eq(str![[r#"
ID  OWNER  NAME   HINT       LABEL  STATE  EXPIRES AT  EXACT
1   user   alice  [HINT]…  ci     live               true

"#]]);
    sandbox
        .run_with(key.to_uppercase(), ["key", "identify", "-", "--format", "jsonl"])
        .success()
        .stdout_eq(str![[r#"
{"id":1,"owner":"user","name":"alice","hint":"[HINT]…","label":"ci","state":"live","expires_at":null,"exact":false}

"#]]);
    sandbox.run_with(key[..20].to_owned(), ["key", "identify"]).code(3).stderr_eq(str![[r#"
It is nobody's key; it looks like one of authctl's, mistyped or cut off.

"#]]);
    sandbox.run(["key", "show", key.trim()]).code(2).stderr_eq(str![[r#"
error: that is the text of a key, which is a secret, not its number
hint: `authctl key identify` reads the text from standard input and tells its number.

"#]]);
}

#[test]
fn keys_for_all_go_into_a_file_that_only_the_owner_can_read() {
    let sandbox = with_alice();
    sandbox.ok(["user", "add", "bob", "carol"]);
    sandbox.ok(["user", "block", "carol"]);
    sandbox.ok(["key", "generate", "--user", "alice"]);
    sandbox
        .run(["key", "generate", "--all-users", "--missing", "--out", "keys.csv"])
        .success()
        .stdout_eq("")
        .stderr_eq(str![[r#"
Made 1 key for user bob.
They are in `keys.csv`, and nowhere else.
Passed over 1 blocked user: `carol`.

"#]]);
    let mode = sandbox.path("keys.csv").metadata().unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let written = std::fs::read_to_string(sandbox.path("keys.csv")).unwrap();
    let written = regex::Regex::new("aku_[0-9A-Za-z]{28}").unwrap().replace_all(&written, "[KEY]");
    snapbox::assert_data_eq!(
        written.into_owned(),
        str![[r#"
key_id,owner,name,expires_at,key
2,user,bob,,[KEY]

"#]]
    );
    sandbox.run(["key", "generate", "--all-users", "--out", "keys.csv"]).code(5).stderr_eq(str![[
        r#"
error: `keys.csv` exists already
hint: Keys are never written over a file; give another name.

"#
    ]]);
    sandbox.run(["key", "generate", "--all-users", "--missing"]).success().stderr_eq(str![[r#"
Nobody lacks a key.
Passed over 1 blocked user: `carol`.

"#]]);
    sandbox.run(["key", "generate", "--all-users"]).success().stdout_eq(str![[r#"
KEY ID  OWNER  NAME   EXPIRES AT  KEY
3       user   alice              [KEY]
4       user   bob                [KEY]

"#]]);
    sandbox.run(["key", "generate", "--user", "carol"]).code(5).stderr_eq(str![[r#"
error: blocked, so no key was made: `carol`
hint: `authctl user unblock` unblocks an account.

"#]]);
    let left: Vec<_> = std::fs::read_dir(sandbox.path(".")).unwrap().collect();
    assert_eq!(left.len(), 2, "no temporary file is left: {left:?}");
}

#[test]
fn a_rotated_key_stays_valid_for_its_grace() {
    let sandbox = with_alice();
    sandbox.ok(["key", "generate", "--user", "alice", "--label", "ci", "--recoverable"]);
    sandbox
        .run(["key", "rotate", "1", "--grace", "7d", "--dry-run"])
        .success()
        .stdout_eq("")
        .stderr_eq(str![[r#"
Dry run, nothing is kept: Key 2 is in the place of key 1, which is valid until [TIME].

"#]]);
    let new = sandbox.ok(["key", "rotate", "ci", "--grace", "7d"]);
    sandbox.run(["key", "list", "--format", "jsonl"]).success().stdout_eq(str![[r#"
{"id":1,"owner":"user","name":"alice","hint":"[HINT]…","label":"ci","state":"live","expires_at":"[TIME]"}
{"id":2,"owner":"user","name":"alice","hint":"[HINT]…","label":"ci","state":"live","expires_at":null}

"#]]);
    sandbox.run(["key", "rotate", "1"]).code(5).stderr_eq(str![[r#"
error: key 1 was rotated already: key 2 is in its place
hint: Rotate that one with `authctl key rotate 2`.

"#]]);
    let shown = sandbox.ok(["key", "reveal", "ci"]);
    assert_eq!(shown, new, "recoverable as the old one was");
    sandbox.run(["audit", "list", "--last", "2", "--format", "csv"]).success().stdout_eq(str![[
        r#"
seq,at,actor,action,subject,detail
4,[TIME],root,key.rotate,key 1,new: 2; until: [TIME]
5,[TIME],root,key.reveal,key 2,

"#
    ]]);
}

#[test]
fn a_key_ends_by_revocation_expiry_and_removal() {
    let sandbox = with_alice();
    sandbox.ok(["key", "generate", "--user", "alice", "--contact", "101", "--universal"]);
    sandbox.run(["key", "revoke", "1", "2"]).success().stderr_eq(str![[r#"
Revoked 2 keys: 1, 2.

"#]]);
    sandbox.run(["key", "revoke", "1"]).success().stderr_eq(str![[r#"
Revoked already: 1.

"#]]);
    sandbox.run(["key", "set", "3", "--expires", "2020-01-01"]).success().stderr_eq(str![[r#"
Changed 1 key: 3.
note: 2020-01-01T00:00:00Z is past: the site no longer has the key

"#]]);
    sandbox.run(["key", "list"]).success().stdout_eq(str![[r#"
ID  OWNER      NAME   HINT       LABEL  STATE    EXPIRES AT
1   user       alice  [HINT]…         revoked
2   contact    101    [HINT]…         revoked
3   universal         [HINT]…         expired  2020-01-01T00:00:00Z

"#]]);
    sandbox.run(["key", "remove", "1", "--yes"]).success().stderr_eq(str![[r#"
Removed 1 key: 1.

"#]]);
    sandbox.run(["key", "prune", "--yes"]).success().stderr_eq(str![[r#"
Removed 2 keys.

"#]]);
    sandbox.run(["key", "revoke", "9"]).code(4).stderr_eq(str![[r#"
error: no key `9`
hint: Keys go by number, label or hint; `authctl key list` lists all.

"#]]);
    sandbox
        .run(["key", "generate", "--user", "alice", "--expires", "2020-01-01"])
        .code(2)
        .stderr_eq(str![[r#"
error: `--expires` is 2020-01-01T00:00:00Z, which is past

"#]]);
}

#[test]
fn an_import_takes_all_or_nothing() {
    let sandbox = with_alice();
    sandbox.write("keys.csv", "user,contact_id,key,label\nalice,,hunter2,old\n,101,abcdefghijklmnopqrstuvwxyz0123456789,\n");
    sandbox.run(["key", "import", "keys.csv"]).success().stderr_eq(str![[r#"
warning: keys.csv:2: the key is weak: it has under 112 bits
warning: keys.csv:3: the key is weak: it has under 112 bits
warning: keys.csv:3: the key has 36 characters, and `civicrm_contact.api_key` holds 32
Took over 2 keys.

"#]]);
    sandbox.run(["key", "import", "keys.csv"]).success().stderr_eq(str![[r#"
warning: keys.csv:2: the key is weak: it has under 112 bits
warning: keys.csv:3: the key is weak: it has under 112 bits
warning: keys.csv:3: the key has 36 characters, and `civicrm_contact.api_key` holds 32
Took over 0 keys.
Passed over 2 keys, which the owner has already.

"#]]);
    sandbox.run(["key", "list", "--weak"]).success().stdout_eq(str![[r#"
ID  OWNER    NAME   HINT  LABEL  STATE  EXPIRES AT
1   user     alice        old    live
2   contact  101                 live

"#]]);
    sandbox
        .run_with(
            "{\"user\":\"alice\",\"key\":\"x\"}\n{\"user\":\"alcie\",\"key\":\"y\"}\n",
            ["key", "import", "-"],
        )
        .code(4)
        .stderr_eq(str![[r#"
warning: -:1: the key is weak: it has under 112 bits
warning: -:2: the key is weak: it has under 112 bits
error: -:2: `user` names no account of the store
hint: Did you mean `alice`?

"#]]);
    sandbox.run_with("hunter2", ["key", "identify"]).success().stdout_eq(str![[r#"
ID  OWNER  NAME   HINT  LABEL  STATE  EXPIRES AT  EXACT
1   user   alice        old    live               true

"#]]);
}

#[test]
fn an_ambiguous_name_lists_the_numbers() {
    let sandbox = with_alice();
    sandbox.ok(["key", "generate", "--user", "alice", "--contact", "101", "--label", "ci"]);
    sandbox.run(["key", "show", "ci"]).code(5).stderr_eq(str![[r#"
error: `ci` means several keys: 1, 2
hint: Name one of them by its number.

"#]]);
}

#[test]
fn an_account_makes_its_own_key_with_its_password() {
    let sandbox = with_alice();
    sandbox
        .run_with("correct horse\n", ["user", "passwd", "alice", "--password", "-"])
        .success()
        .stderr_eq(str![[r#"
Set the password of `alice`.

"#]]);
    let own = ["key", "generate", "--as", "alice", "--password", "-"];
    sandbox.run_with("wrong", own).code(3).stderr_eq(str![[r#"
error: that is not the password of `alice`

"#]]);
    sandbox.run_with("correct horse", own).code(3).stderr_eq(str![[r#"
error: `alice` lacks `generate own api key`
hint: Grant it with `authctl perm grant --user alice 'generate own api key'`.

"#]]);
    sandbox.ok(["perm", "grant", "--user", "alice", "generate own api key"]);
    sandbox.run_with("correct horse", own).success().stderr_eq(str![[r#"
Made 1 key for user alice.

"#]]);
    sandbox
        .run_with("correct horse", own.iter().copied().chain(["--grant"]))
        .code(2)
        .stderr_eq(str![[r#"
error: `--as <NAME>` cannot go with `--grant`
hint: The form is `authctl key generate --password <SOURCE> <--user <NAME>|--contact <ID>|--universal|--api-token|--all-users|--as <NAME>>`; `--help` tells more.

"#]]);
    sandbox
        .run_with("correct horse", own.iter().copied().chain(["--user", "alice"]))
        .code(2)
        .stderr_eq(str![[r#"
error: `--as <NAME>` cannot go with `--user <NAME>`
hint: The form is `authctl key generate --password <SOURCE> <--user <NAME>|--contact <ID>|--universal|--api-token|--all-users|--as <NAME>>`; `--help` tells more.

"#]]);
    sandbox
        .run(["audit", "list", "--last", "1", "--format", "jsonl"])
        .success()
        .stdout_eq(str![[r#"
{"seq":5,"at":"[TIME]","actor":"[ACTOR]","action":"key.generate","subject":"key 1","detail":{"owners":["user alice"],"as":"alice","label":null,"expires_at":null,"recoverable":false,"granted":null}}

"#]]);
    sandbox.ok(["user", "block", "alice"]);
    sandbox.run_with("correct horse", own).code(3).stderr_eq(str![[r#"
error: `alice` is blocked
hint: `authctl user unblock alice` unblocks it.

"#]]);
}

#[test]
fn a_key_that_could_not_be_shown_is_to_be_rotated() {
    let sandbox = with_alice();
    let mut child = sandbox.spawn(["key", "generate", "--user", "alice"]);
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    snapbox::assert_data_eq!(
        String::from_utf8(output.stderr).unwrap(),
        str![[r#"
error: the new key 1 could not be shown: broken pipe
hint: Rotate it with `authctl key rotate 1`.

"#]]
    );
    sandbox.ok(["key", "rotate", "1"]);
}

#[test]
fn the_modules_settings_hold_one_universal_key() {
    let sandbox = Sandbox::with_store();
    let key = sandbox.ok(["key", "generate", "--api-token"]);
    assert!(key.starts_with("akg_"), "{key}");
    sandbox.run(["key", "generate", "--api-token"]).code(5).stderr_eq(str![[r#"
error: the module's settings hold one `api_token`, and that is key 1
hint: Make another in its place with `authctl key rotate 1`, or revoke it first with `authctl key revoke 1`.

"#]]);
    sandbox.run(["key", "rotate", "1", "--grace", "1d"]).code(2).stderr_eq(str![[r#"
error: the module's settings hold one `api_token`, so the old key cannot stay valid beside the new one
hint: Leave `--grace` out.

"#]]);
    sandbox.ok(["key", "rotate", "1"]);
    let other = "{\"key\":\"6B1rZ5w0Kq9TtX2mVn4cYp8sLd7gHj3fRa1eUo5iQz0bNx6vCk2yWl4hMt8uSg9D\",\"api_token\":true}";
    let refused = sandbox.run_with(other, ["key", "import", "-"]).code(5);
    let told = String::from_utf8_lossy(&refused.get_output().stderr).into_owned();
    assert!(told.starts_with("error: -:1: the module's settings hold one `api_token`"), "{told}");
    sandbox.ok(["key", "revoke", "2"]);
    sandbox.run_with(other, ["key", "import", "-"]).success().stderr_eq(str![[r#"
Took over 1 key.

"#]]);
    let list = sandbox.ok(["key", "list", "--api-token", "--format", "csv"]);
    assert_eq!(list.matches(",api_token,").count(), 3, "{list}");
    sandbox
        .run_with("{\"key\":\"x\",\"api_token\":true,\"universal\":true}", ["key", "import", "-"])
        .code(1);
}

#[test]
fn flags_that_ask_for_another_flag_are_refused_without_it() {
    let sandbox = with_alice();
    for words in [
        ["--missing", "--user", "alice"],
        ["--missing", "--contact", "101"],
        ["--missing", "--as", "alice"],
    ] {
        let _ = sandbox.run(["key", "generate"].iter().chain(&words)).code(2);
    }
    for target in
        [&["--user", "alice"][..], &["--contact", "101"], &["--universal"], &["--all-users"]]
    {
        let words = ["key", "generate", "--password", "-"];
        let _ = sandbox.run_with("x", words.iter().chain(target)).code(2);
    }
    assert_eq!(sandbox.ok(["key", "list", "--format", "jsonl"]), "");
}

#[test]
fn a_key_in_the_wrong_column_is_not_repeated() {
    let sandbox = with_alice();
    for key in ["hunter2", "0Kq9TtX2mVn4cYp8sLd7gHj3fRa1eUo5"] {
        let file = format!("key,user\nalice,{key}\n");
        sandbox.run_with(file, ["key", "import", "-"]).code(4).stderr_eq(str![[r#"
...
error: -:2: `user` names no account of the store
hint: `authctl user list` lists all.

"#]]);
    }
    sandbox.run(["user", "show", "0Kq9TtX2mVn4cYp8sLd7gHj3fRa1eUo5"]).code(4).stderr_eq(str![[
        r#"
error: no user of that name
hint: `authctl user list` lists all.

"#
    ]]);
}

#[test]
fn trying_to_make_keys_into_a_file_that_exists_fails_as_making_them_does() {
    let sandbox = with_alice();
    sandbox.write("keys.csv", "precious");
    let words = ["key", "generate", "--user", "alice", "--out", "keys.csv"];
    for dry_run in [&[][..], &["--dry-run"]] {
        sandbox.run(words.iter().chain(dry_run)).code(5).stderr_eq(str![[r#"
error: `keys.csv` exists already
hint: Keys are never written over a file; give another name.

"#]]);
    }
    let words = ["key", "generate", "--user", "alice", "--out", "new.csv", "--dry-run"];
    sandbox.run(words).success();
    assert!(!sandbox.path("new.csv").exists());
    let left: Vec<_> = std::fs::read_dir(sandbox.path(".")).unwrap().collect();
    assert_eq!(left.len(), 2, "no temporary file is left: {left:?}");
}

#[test]
fn a_contact_gets_no_key_round_the_block_or_the_trash() {
    let sandbox = with_alice();
    sandbox.ok(["contact", "add", "102"]);
    sandbox.ok(["contact", "add", "103"]);
    sandbox.ok(["user", "block", "alice"]);
    sandbox.ok(["contact", "set", "102", "--deleted"]);
    sandbox.run(["key", "generate", "--contact", "101"]).code(5).stderr_eq(str![[r#"
error: blocked, so no key was made: `alice`
hint: `authctl user unblock` unblocks an account.

"#]]);
    sandbox.run(["key", "generate", "--contact", "102"]).code(5).stderr_eq(str![[r#"
error: in the trash, so no key was made: contact 102
hint: `authctl contact set 102 --restored` takes it out of the trash.

"#]]);
    let words = ["--contact", "101", "--contact", "102", "--contact", "103"];
    let run = sandbox.run(["key", "generate"].iter().chain(&words)).success();
    run.stderr_eq(str![[r#"
Made 1 key for contact 103.
Passed over 1 blocked user: `alice`.
Passed over 1 deleted contact: `102`.

"#]]);
}

#[test]
fn no_key_is_made_that_a_closed_standard_output_would_lose() {
    let sandbox = with_alice();
    sandbox.ok(["key", "generate", "--user", "alice", "--label", "old"]);
    let run = |words: &str| {
        let program = snapbox::cmd::cargo_bin!("authctl").display().to_string();
        let ended = std::process::Command::new("sh")
            .args(["-c", &format!("exec '{program}' {words}")])
            .current_dir(sandbox.path("."))
            .env_clear()
            .env("HOME", sandbox.path("."))
            .output()
            .unwrap();
        (ended.status.code(), String::from_utf8(ended.stderr).unwrap())
    };
    for words in ["key generate --user alice", "key rotate old", "jwt key add --generate"] {
        let (code, told) = run(&format!("{words} >&-"));
        assert_eq!(code, Some(5), "{words}: {told}");
        assert!(told.starts_with("error: standard output is closed"), "{words}: {told}");
    }
    assert_eq!(sandbox.ok(["key", "list", "--format", "jsonl"]).lines().count(), 1);
    // Whoever throws it away by name, or can have it shown later, is asked nothing.
    assert_eq!(run("key generate --user alice -q >/dev/null"), (Some(0), String::new()));
    assert_eq!(run("key generate --user alice -q --recoverable >&-"), (Some(0), String::new()));
    assert_eq!(run("key generate --user alice -q --out keys.csv >&-").0, Some(0));
}

#[test]
fn a_mistyped_label_is_told_with_the_one_that_was_meant() {
    let sandbox = with_alice();
    sandbox.ok(["key", "generate", "--user", "alice", "--label", "deploy"]);
    sandbox.run(["key", "show", "depoly"]).code(4).stderr_eq(str![[r#"
error: no key `depoly`
hint: Did you mean `deploy`?

"#]]);
}

#[test]
fn pruning_asks_only_when_there_is_something_to_prune() {
    let sandbox = with_alice();
    sandbox.run(["key", "prune", "--older", "90d"]).success().stderr_eq(str![[r#"
No key ended before [TIME].

"#]]);
    sandbox.ok(["key", "generate", "--user", "alice"]);
    sandbox.ok(["key", "revoke", "1"]);
    sandbox.run(["key", "prune"]).code(2).stderr_eq(str![[r#"
error: not confirmed: remove 1 key that ended before [TIME]?
hint: Add `--yes` to go on without a question, or `--dry-run` to try it.

"#]]);
    sandbox.run(["key", "prune", "--yes"]).success().stderr_eq(str![[r#"
Removed 1 key.

"#]]);
}

#[test]
fn keys_of_several_are_listed_and_revealed_together() {
    let sandbox = with_alice();
    sandbox.ok(["user", "add", "bob", "carol"]);
    let words = ["key", "generate", "--all-users", "--recoverable", "--format", "jsonl"];
    let made = sandbox.ok(words);
    let list = sandbox.ok(["key", "list", "--user", "bob", "--user", "alice", "--format", "csv"]);
    let names: Vec<&str> =
        list.lines().skip(1).map(|line| line.split(',').nth(2).unwrap()).collect();
    assert_eq!(names, ["bob", "alice"]);
    let shown = sandbox.ok(["key", "reveal", "1", "2", "--format", "jsonl"]);
    for line in shown.lines() {
        let row: serde_json::Value = serde_json::from_str(line).unwrap();
        assert!(made.contains(row["secret"].as_str().unwrap()), "{line}");
    }
    let entry = sandbox.ok(["audit", "list", "--last", "1", "--format", "jsonl"]);
    assert!(entry.contains(r#""action":"key.reveal","subject":"2 keys""#), "{entry}");
}

#[test]
fn a_revoked_key_that_is_brought_again_is_said_to_stay_revoked() {
    let sandbox = with_alice();
    sandbox.ok(["key", "generate", "--user", "alice", "--out", "key.csv"]);
    let file = std::fs::read_to_string(sandbox.path("key.csv")).unwrap();
    let key = file.trim_end().rsplit(',').next().unwrap();
    sandbox.ok(["key", "revoke", "1"]);
    let import =
        sandbox.run_with(format!("key,user\n{key},alice\n"), ["key", "import", "-"]).success();
    let told = String::from_utf8_lossy(&import.get_output().stderr).into_owned();
    assert!(told.contains("warning: revoked, and so not on the site: key 1;"), "{told}");
    let document = |revoked: &str| {
        format!("authctl: 1\nusers:\n  - name: alice\n    keys: [{{ key: {key}{revoked} }}]\n")
    };
    let apply = sandbox.run_with(document(""), ["apply", "-"]).success();
    let told = String::from_utf8_lossy(&apply.get_output().stderr).into_owned();
    assert!(told.contains("warning: revoked, and so not on the site: key 1;"), "{told}");
    let diff = sandbox.run_with(document(""), ["diff", "-"]).success();
    let told = String::from_utf8_lossy(&diff.get_output().stderr).into_owned();
    assert!(told.contains("warning: revoked, and so not on the site: key 1;"), "{told}");
    let apply = sandbox.run_with(document(", revoked: null"), ["apply", "-"]).success();
    let told = String::from_utf8_lossy(&apply.get_output().stderr).into_owned();
    assert!(!told.contains("warning"), "{told}");
    assert!(sandbox.ok(["key", "list", "--format", "csv"]).contains(",live,"));
}

#[test]
fn a_dash_is_no_file_for_new_keys_or_copies() {
    let sandbox = with_alice();
    for words in [&["key", "generate", "--user", "alice", "--out", "-"][..], &["backup", "-"]] {
        let run = sandbox.run(words).code(2);
        let told = String::from_utf8_lossy(&run.get_output().stderr).into_owned();
        assert!(told.contains("expected the name of a file"), "{told}");
    }
    assert!(!sandbox.path("-").exists());
}

#[test]
fn what_was_granted_with_a_key_is_counted_as_it_is() {
    let sandbox = with_alice();
    sandbox.ok(["contact", "add", "7"]);
    let granted = |owner: [&str; 2], count: i64| {
        sandbox.ok(["key", "generate", "--grant"].iter().chain(&owner));
        let entry = sandbox.ok(["audit", "list", "--last", "1", "--format", "jsonl"]);
        let entry: serde_json::Value = serde_json::from_str(&entry).unwrap();
        assert_eq!(entry["detail"]["granted"], count, "{owner:?}");
    };
    granted(["--contact", "7"], 0);
    granted(["--user", "alice"], 1);
    granted(["--user", "alice"], 0);
}

#[test]
fn user_1_makes_a_key_for_itself_unless_it_is_no_super_user() {
    let sandbox = Sandbox::with_store();
    sandbox
        .run_with("correct horse", ["user", "add", "admin", "--id", "1", "--password", "-"])
        .success();
    let own = ["key", "generate", "--as", "admin", "--password", "-"];
    sandbox.run_with("correct horse", own).success();
    sandbox.ok(["setting", "set", "drupal.super_user", "false"]);
    sandbox.run_with("correct horse", own).code(3);
}

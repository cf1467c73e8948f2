//! `authctl site-key`

use snapbox::str;

use crate::sandbox::Sandbox;

#[test]
fn a_site_key_is_set_checked_and_unset() {
    let sandbox = Sandbox::with_store();
    sandbox.run(["site-key", "show"]).success().stdout_eq(str![[r#"
defined     false
hint
characters

"#]]);
    sandbox.run_with("x", ["site-key", "check"]).code(3).stderr_eq(str![[r#"
There is no site key; `authctl site-key set` sets one.

"#]]);
    sandbox.run(["site-key", "set", "S3cret"]).code(2).stderr_eq(str![[r#"
error: invalid value for `[SOURCE]`: a secret is never taken from the command line (and is not repeated here); give `-` for standard input, `@FILE` for a file, or `prompt` to be asked

"#]]);
    sandbox.run_with("my key\n", ["site-key", "set", "-"]).success().stderr_eq(str![[r#"
warning: the site key has under 16 characters
warning: the site key has characters that URLs and shells change
Set the site key.

"#]]);
    sandbox.run_with("my key\n", ["site-key", "set", "-"]).success().stderr_eq(str![[r#"
warning: the site key has under 16 characters
warning: the site key has characters that URLs and shells change
It is so already.

"#]]);
    sandbox.run_with("my key", ["site-key", "check"]).success().stderr_eq(str![[r#"
That is the site key.

"#]]);
    sandbox.run_with("My key", ["site-key", "check"]).code(3).stderr_eq(str![[r#"
That is not the site key.

"#]]);
    sandbox.run(["site-key", "generate"]).code(2).stderr_eq(str![[r#"
error: not confirmed: replace the site key?
hint: Add `--yes` to go on without a question, or `--dry-run` to try it.

"#]]);
    let key = sandbox.ok(["site-key", "generate", "--yes"]);
    assert_eq!(sandbox.ok(["site-key", "show", "--reveal"]), key);
    sandbox.run(["site-key", "show"]).success().stdout_eq(str![[r#"
defined     true
hint        [HINT]…
characters  32

"#]]);
    sandbox.run(["site-key", "unset", "--yes"]).success().stderr_eq(str![[r#"
The site key is undefined.

"#]]);
    sandbox.run(["site-key", "unset"]).success().stderr_eq(str![[r#"
It is so already.

"#]]);
    sandbox.run(["audit", "list", "--format", "jsonl"]).success().stdout_eq(str![[r#"
{"seq":1,"at":"[TIME]","actor":"[ACTOR]","action":"init","subject":"store","detail":{"key_file":"[KEY_FILE]"}}
{"seq":2,"at":"[TIME]","actor":"[ACTOR]","action":"site-key.set","subject":"site key","detail":{}}
{"seq":3,"at":"[TIME]","actor":"[ACTOR]","action":"site-key.generate","subject":"site key","detail":{"hint":"[HINT]"}}
{"seq":4,"at":"[TIME]","actor":"[ACTOR]","action":"site-key.reveal","subject":"site key","detail":{}}
{"seq":5,"at":"[TIME]","actor":"[ACTOR]","action":"site-key.unset","subject":"site key","detail":{}}

"#]]);
}

#[test]
fn setting_another_site_key_asks_before_it_replaces_the_one_that_is_there() {
    let sandbox = Sandbox::with_store();
    let set = ["site-key", "set", "-", "-q"];
    sandbox.run_with("0123456789abcdef", set).success();
    sandbox.run_with("0123456789abcdef", set).success();
    sandbox.run_with("fedcba9876543210", set).code(2).stderr_eq(str![[r#"
error: not confirmed: replace the site key?
hint: Add `--yes` to go on without a question, or `--dry-run` to try it.

"#]]);
    sandbox.run_with("0123456789abcdef", ["site-key", "check"]).success();
    sandbox.run_with("fedcba9876543210", [&set[..], &["--yes"]].concat()).success();
    sandbox.run_with("fedcba9876543210", ["site-key", "check"]).success();
}

#[test]
fn standard_input_or_a_file_without_a_text_replaces_no_site_key() {
    let sandbox = Sandbox::with_store();
    sandbox.run_with("0123456789abcdef", ["site-key", "set", "-", "-q"]).success();
    sandbox.run_with("", ["site-key", "set", "-", "--yes"]).code(2).stderr_eq(str![[r#"
error: the site key on standard input is empty
hint: A document sets an empty one, `civicrm: { site_key: "" }`; `authctl site-key unset` makes it undefined.

"#]]);
    sandbox.write("empty", "\n");
    sandbox.run(["site-key", "set", "@empty", "--yes"]).code(2).stderr_eq(str![[r#"
error: the site key in `empty` is empty
...
"#]]);
    sandbox.run_with("", ["site-key", "check"]).code(2).stderr_eq(str![[r#"
error: the site key on standard input is empty

"#]]);
    sandbox.run_with("0123456789abcdef", ["site-key", "check"]).success();
    sandbox.run_with("{authctl: 1, civicrm: {site_key: \"\"}}", ["apply", "-"]).success();
    let _ = sandbox.run_with("0123456789abcdef", ["site-key", "check"]).code(3);
}

#[test]
fn every_danger_of_a_site_key_is_told() {
    let sandbox = Sandbox::with_store();
    let set = sandbox.run_with("a b", ["site-key", "set", "-"]).success();
    let told = String::from_utf8_lossy(&set.get_output().stderr).into_owned();
    assert!(told.contains("under 16 characters") && told.contains("URLs and shells"), "{told}");
    let words = ["verify", "--url", "/civicrm/x", "--header", "X-Civi-Auth: Bearer x"];
    let judged = sandbox.run(words.iter().chain(&["--format", "jsonl", "--quiet"])).code(3);
    let judged = String::from_utf8_lossy(&judged.get_output().stdout).into_owned();
    assert!(judged.contains("under 16 characters") && judged.contains("be escaped"), "{judged}");
}

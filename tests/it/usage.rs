//! The command line as a whole: help, version, errors, streams.

use std::io::Read as _;
use std::process::{Command, Stdio};

use snapbox::str;

use crate::sandbox::Sandbox;

#[test]
fn the_version_is_one_line() {
    Sandbox::new().run(["--version"]).success().stdout_eq(str![[r#"
authctl [VERSION]

"#]]);
}

#[test]
fn help_lists_every_exit_status() {
    let output = Sandbox::new().run(["--help"]).success();
    let help = String::from_utf8(output.get_output().stdout.clone()).unwrap();
    let table = authctl::exit::Exit::table();
    assert!(help.trim_end().ends_with(&table), "{help}");
}

#[test]
fn an_unknown_command_is_not_repeated() {
    Sandbox::new().run(["S3cretKey"]).code(2).stdout_eq("").stderr_eq(str![[r#"
error: unknown command
hint: The form is `authctl [OPTIONS] <COMMAND>`; `--help` tells more.

"#]]);
}

#[test]
fn help_on_an_unknown_command_suggests_one() {
    for (words, meant) in [
        (&["help", "usr"][..], "user"),
        (&["help", "user", "ad"], "add"),
        (&["key", "help", "rotat"], "rotate"),
    ] {
        let told = Sandbox::new().run(words).code(2).get_output().stderr.clone();
        let told = String::from_utf8(told).unwrap();
        let expected = format!("error: unknown command\nhint: Did you mean `{meant}`?\n");
        assert_eq!(told, expected, "{words:?}");
    }
}

#[test]
fn the_form_of_a_command_does_not_ask_for_what_a_variable_says() {
    let sandbox = Sandbox::new();
    let run = sandbox.command(["user", "show"]).env("AUTHCTL_STORE", "x.db").assert();
    run.code(2).stderr_eq(str![[r#"
error: missing: `<NAME>...`
hint: The form is `authctl user show <NAME>...`; `--help` tells more.

"#]]);
}

#[test]
fn what_is_named_twice_counts_once() {
    let sandbox = Sandbox::with_store();
    for (words, told) in [
        ("user add carol carol", "Added 1 user: `carol`.\n"),
        ("user set carol carol --email c@example.org", "Changed `carol`.\n"),
        ("role add api api", "Added 1 role: `api`.\n"),
        ("role assign api api --user carol --user CAROL", "Gave `api` to user carol.\n"),
        ("contact add 7 7", "Added 1 contact: 7.\n"),
        (
            "perm grant --user carol --role api --role api password password",
            "Granted `authenticate with password` to role api, user carol.\n",
        ),
        ("guard set perm perm", "The guard asked for is perm.\n"),
        ("flow set header header --cred jwt,jwt", "Changed `header`.\n"),
        ("flow set header --cred jwt", "It is so already.\n"),
        ("setting reset site.cms site.cms", "It is so already.\n"),
        ("role remove api api --yes", "Removed 1 role: `api`.\n"),
        ("user remove carol carol --yes", "Removed 1 user: `carol`.\n"),
    ] {
        let run = sandbox.run(words.split(' ')).success();
        assert_eq!(String::from_utf8_lossy(&run.get_output().stderr), told, "{words}");
    }
    sandbox.run(["setting", "set", "site.cms=joomla", "site.cms=drupal"]).code(2).stderr_eq(str![
        [r#"
error: `site.cms` is given twice

"#]
    ]);
    let ids = sandbox.ok(["app", "add", "A", "A"]);
    assert_eq!(ids.lines().count(), 1);
}

#[test]
fn what_must_say_something_is_not_empty() {
    let sandbox = Sandbox::with_store();
    sandbox.ok(["user", "add", "carol"]);
    for words in [
        &["key", "generate", "--user", "carol", "--label", ""][..],
        &["key", "set", "1", "--label", ""],
        &["user", "set", "carol", "--email", ""],
        &["app", "add", ""],
        &["setting", "set", "drupal.core", ""],
        &["setting", "set", "site.base_url", "crm"],
    ] {
        assert!(sandbox.run(words).code(2).get_output().stdout.is_empty(), "{words:?}");
    }
    sandbox.run(["setting", "set", "drupal.core", ""]).code(2).stderr_eq(str![[r#"
error: `drupal.core` takes a version, such as `10.3`

"#]]);
}

#[test]
fn no_command_is_a_usage_error() {
    Sandbox::new().run([] as [&str; 0]).code(2).stdout_eq("");
}

#[test]
fn a_closed_pipe_is_no_fault() {
    let mut child = Command::new(snapbox::cmd::cargo_bin!("authctl"))
        .args(["completions", "bash"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let mut told = String::new();
    child.stderr.take().unwrap().read_to_string(&mut told).unwrap();
    assert_eq!((child.wait().unwrap().code(), told.as_str()), (Some(0), ""));
}

#[test]
fn what_is_printed_alone_for_people_is_json_for_programs() {
    let sandbox = Sandbox::with_store();
    sandbox.ok(["user", "add", "alice"]);
    sandbox.ok(["key", "generate", "--user", "alice", "--recoverable"]);
    for (words, field) in [
        ("key reveal 1", "secret"),
        ("site-key generate", "secret"),
        ("site-key show --reveal", "secret"),
        ("jwt key add --generate", "secret"),
        ("jwt issue --contact 7", "secret"),
        ("app add Import", "id"),
        ("contact add", "id"),
        ("audit head", "head"),
    ] {
        let words = words.split(' ').chain(["--format", "json", "-q"]);
        let answer = sandbox.ok(words.clone());
        let answer: serde_json::Value = serde_json::from_str(&answer).unwrap();
        assert!(!answer[0][field].is_null(), "{words:?}: {answer}");
    }
}

#[test]
fn a_slip_is_told_wherever_a_name_is_free() {
    let sandbox = Sandbox::with_store();
    sandbox.ok(["user", "add", "alice"]);
    for (words, code, told) in [
        (
            &["setting", "set", "civicrm.settings.authx_guard", "perm"][..],
            0,
            "nothing reads `civicrm.settings.authx_guard` here; did you mean \
             `civicrm.settings.authx_guards`?",
        ),
        (
            &["perm", "check", "--user", "alice", "authenticate with apikey"],
            3,
            "`authenticate with apikey` is known to nobody here; did you mean `authenticate with \
             api key`?",
        ),
        (&["contact", "add", "abc"], 2, "invalid value for `[ID]...`: expected a whole number"),
        (
            &["contact", "add", "--", "-5"],
            2,
            "invalid value for `[ID]...`: expected a number from 1 to 4294967295",
        ),
        (
            &["user", "add", "ALICE"],
            5,
            "`authctl user set` changes one that is there; `authctl user list` lists all.",
        ),
    ] {
        let run = sandbox.run(words).code(code);
        let stderr = String::from_utf8_lossy(&run.get_output().stderr).into_owned();
        assert!(stderr.contains(told), "{words:?}: {stderr}");
    }
}

#[test]
fn a_key_in_the_wrong_place_is_not_repeated() {
    let sandbox = Sandbox::with_store();
    let key = "aku_Zx81Kq0vR7pLw3NtYb6sDf2h0aB1";
    let assumed = format!("guards={key}");
    for words in [
        &["verify", key][..],
        &["read", key],
        &["apply", key],
        &["restore", key],
        &["verify", "--assume", &assumed, "--url", "/civicrm/x"],
        &["resource", "enable", key, "--method", "GET"],
        &["resource", "disable", key],
        &["guard", "set", key],
        &["user", "show", key],
        &["user", "exists", key],
        &["user", "add", key],
        &["role", "add", key],
        &["app", "add", key],
    ] {
        let run = sandbox.run(words);
        assert_ne!(run.get_output().status.code(), Some(0), "{words:?}");
        let told = [&run.get_output().stdout[..], &run.get_output().stderr].concat();
        assert!(!String::from_utf8_lossy(&told).contains(key), "{words:?}");
    }
}

#[test]
fn a_slip_in_a_value_is_pointed_out() {
    let sandbox = Sandbox::with_store();
    for (words, meant) in [
        (&["setting", "set", "site.cms", "drupl"][..], "Did you mean `drupal`?"),
        (&["setting", "set", "civicrm.release=6.31"], "Did you mean `6.13`?"),
        (&["verify", "--assume", "gaurds=perm", "--url", "/civicrm/x"], "did you mean `guards`?"),
        (
            &["verify", "--assume", "flow.hedaer.cred=jwt", "--url", "/x"],
            "did you mean `flow.header.cred`?",
        ),
        (&["verify", "--assume", "release=6.31", "--url", "/x"], "did you mean `6.13`?"),
    ] {
        let run = sandbox.run(words).code(2);
        let told = String::from_utf8_lossy(&run.get_output().stderr).into_owned();
        assert!(told.contains(meant), "{words:?}: {told}");
    }
}

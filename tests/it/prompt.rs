//! What is asked on a terminal: secrets, unseen and twice, and agreement before something is removed; and
//! what is told there of work that takes long.

use std::io::Write as _;
use std::process::Command;
use std::time::Duration;

use expectrl::process::unix::WaitStatus;
use expectrl::session::OsSession;
use expectrl::{Eof, Expect, Session};

use crate::sandbox::Sandbox;

/// The program on a terminal of its own.
fn on_a_terminal(sandbox: &Sandbox, words: &[&str]) -> OsSession {
    in_a_shell(sandbox, "exec \"$0\" \"$@\"", words)
}

/// A script on a terminal of its own, with the program as `$0` and its words as `$@`.
///
/// The terminal echoes before the script begins, as a person's does: only so can [`until_unseen`] tell that
/// the program waits for an answer. Whatever is sent before that is thrown away with the echo.
fn in_a_shell(sandbox: &Sandbox, script: &str, words: &[&str]) -> OsSession {
    let mut command = Command::new("sh");
    command.args(["-c", &format!("stty echo; {script}")]);
    command.arg(snapbox::cmd::cargo_bin!("authctl")).args(words);
    let path = std::env::var_os("PATH").unwrap();
    command.env_clear().env("PATH", path).env("HOME", sandbox.path(".")).env("TERM", "xterm");
    command.current_dir(sandbox.path("."));
    let mut session = Session::spawn(command).unwrap();
    session.set_expect_timeout(Some(Duration::from_mins(1)));
    session
}

/// Answers a question whose answer must not be seen.
fn answer_unseen(session: &mut OsSession, question: &str, answer: &str) {
    until_unseen(session, question);
    session.send_line(answer).unwrap();
}

/// Waits for a question whose answer must not be seen, until the terminal echoes nothing any more.
fn until_unseen(session: &mut OsSession, question: &str) {
    session.expect(question).unwrap();
    while session.get_process().get_echo().unwrap() {
        std::thread::yield_now();
    }
}

/// Waits for the end; answers the exit code and what was printed since the last question.
fn ended(mut session: OsSession) -> (i32, String) {
    let rest = session.expect(Eof).unwrap();
    let rest = String::from_utf8_lossy(rest.as_bytes()).into_owned();
    match session.get_process().wait().unwrap() {
        WaitStatus::Exited(_, code) => (code, rest),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_password_is_asked_twice_and_not_shown() {
    let sandbox = Sandbox::with_store();
    sandbox.ok(["user", "add", "alice"]);
    let mut session = on_a_terminal(&sandbox, &["user", "passwd", "alice"]);
    answer_unseen(&mut session, "password of alice", "correct horse");
    answer_unseen(&mut session, "The same again", "correct horse");
    let (code, rest) = ended(session);
    assert_eq!(code, 0, "{rest}");
    assert!(!rest.contains("horse"), "{rest}");
    let own = ["key", "generate", "--as", "alice", "--password", "-"];
    let told = sandbox.run_with("correct horse", own).code(3);
    let told = String::from_utf8_lossy(&told.get_output().stderr).into_owned();
    assert!(told.contains("lacks `generate own api key`"), "the password was right: {told}");
}

#[test]
fn a_password_is_for_the_account_that_has_the_name_when_it_is_set() {
    let sandbox = Sandbox::with_store();
    sandbox.ok(["user", "add", "alice", "--id", "7"]);
    let mut session = on_a_terminal(&sandbox, &["user", "passwd", "alice"]);
    answer_unseen(&mut session, "password of alice", "correct horse");
    sandbox.ok(["user", "remove", "alice", "--yes"]);
    sandbox.ok(["user", "add", "mallory", "--id", "7"]);
    answer_unseen(&mut session, "The same again", "correct horse");
    let (code, rest) = ended(session);
    assert_eq!(code, 4, "{rest}");
    assert!(!sandbox.ok(["audit", "list", "--format", "jsonl"]).contains("user.passwd"));
}

#[test]
fn no_answer_is_no_secret() {
    let sandbox = Sandbox::with_store();
    let mut session = on_a_terminal(&sandbox, &["site-key", "set"]);
    for question in ["site key", "The same again"] {
        until_unseen(&mut session, question);
        // Ctrl-D, and no line that the next question could take for its answer.
        session.send("\u{4}").unwrap();
    }
    let (code, rest) = ended(session);
    assert_eq!(code, 2, "{rest}");
    assert!(rest.contains("is empty"), "{rest}");
}

#[test]
fn removing_asks_and_takes_no_for_an_answer() {
    let sandbox = Sandbox::with_store();
    sandbox.ok(["user", "add", "alice"]);
    for (answer, code, left) in [("n", 1, true), ("", 1, true), ("y", 0, false)] {
        let mut session = on_a_terminal(&sandbox, &["user", "remove", "alice"]);
        session.expect("[y/N]").unwrap();
        session.send_line(answer).unwrap();
        assert_eq!(ended(session).0, code, "{answer}");
        let there = sandbox.run(["user", "exists", "alice"]);
        assert_eq!(there.get_output().status.success(), left, "{answer}");
    }
}

#[test]
fn nothing_is_asked_with_no_input() {
    let sandbox = Sandbox::with_store();
    sandbox.ok(["user", "add", "alice"]);
    let session = on_a_terminal(&sandbox, &["user", "passwd", "alice", "--no-input"]);
    assert_eq!(ended(session).0, 2);
    let session = on_a_terminal(&sandbox, &["user", "remove", "alice", "--no-input"]);
    assert_eq!(ended(session).0, 2);
}

#[test]
fn colours_are_for_terminals_and_can_be_refused() {
    let sandbox = Sandbox::with_store();
    let (_, shown) = ended(on_a_terminal(&sandbox, &["user", "show", "nobody"]));
    assert!(shown.contains("\u{1b}["), "{shown:?}");
    let (_, shown) =
        ended(on_a_terminal(&sandbox, &["user", "show", "nobody", "--color", "never"]));
    assert!(!shown.contains("\u{1b}["), "{shown:?}");
    let told = sandbox.run(["user", "show", "nobody", "--color", "always"]).code(4);
    assert!(String::from_utf8_lossy(&told.get_output().stderr).contains("\u{1b}["));
}

#[test]
fn work_on_requests_is_seen_after_a_second_and_by_a_person_alone() {
    let sandbox = Sandbox::with_store();
    let pipe = sandbox.path("day.jsonl");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let words = ["verify", "day.jsonl", "--summary", "--exit-zero"];
    let request = "{\"url\":\"/civicrm/ajax/api4/Contact/get\"}\n";
    // The input comes to its end when the work was seen.
    let mut session = on_a_terminal(&sandbox, &words);
    let mut input = std::fs::File::options().write(true).open(&pipe).unwrap();
    input.write_all(request.as_bytes()).unwrap();
    session.expect("judging requests: ").unwrap();
    drop(input);
    assert_eq!(ended(session).0, 0);
    let quiet = on_a_terminal(&sandbox, &[&words[..], &["--quiet"]].concat());
    std::fs::write(&pipe, request).unwrap();
    let (code, rest) = ended(quiet);
    assert!(code == 0 && !rest.contains("judging requests"), "{rest}");
}

#[test]
fn short_work_shows_no_progress() {
    let sandbox = Sandbox::with_store();
    sandbox.ok(["user", "add", "alice"]);
    let words = ["key", "generate", "--all-users", "--out", "keys.csv"];
    let (code, rest) = ended(on_a_terminal(&sandbox, &words));
    assert_eq!(code, 0, "{rest}");
    assert!(!rest.contains("making keys"), "{rest}");
}

#[test]
fn stopping_at_a_hidden_prompt_gives_the_terminal_its_echo_back() {
    let sandbox = Sandbox::with_store();
    sandbox.ok(["user", "add", "alice"]);
    let script = "trap : INT; \"$0\" \"$@\"; echo \"ended with $?\"; stty -a";
    let mut session = in_a_shell(&sandbox, script, &["user", "passwd", "alice"]);
    answer_unseen(&mut session, "password of alice", "half a pass");
    until_unseen(&mut session, "The same again");
    session.send("\u{3}").unwrap();
    let (_, rest) = ended(session);
    assert!(rest.contains("ended with 130"), "{rest}");
    assert!(rest.contains("iexten echo "), "{rest}");
}

#[test]
fn taking_a_key_back_asks_a_person_and_no_script() {
    let sandbox = Sandbox::with_store();
    sandbox.ok(["user", "add", "alice"]);
    sandbox.ok(["user", "add", "bob"]);
    sandbox.ok(["key", "generate", "--user", "alice"]);
    for words in [
        &["key", "revoke", "1"][..],
        &["key", "rotate", "1"],
        &["guard", "set", "--none"],
        &["perm", "revoke", "--role", "authenticated", "api-key"],
        &["perm", "revoke", "--user", "alice", "--user", "bob", "api-key"],
    ] {
        let mut session = on_a_terminal(&sandbox, words);
        session.expect("[y/N]").unwrap();
        session.send_line("n").unwrap();
        assert_eq!(ended(session).0, 1, "{words:?}");
        let yes = on_a_terminal(&sandbox, &[words, &["--dry-run"]].concat());
        assert_eq!(ended(yes).0, 0, "{words:?}");
    }
    let graced = on_a_terminal(&sandbox, &["key", "rotate", "1", "--grace", "1d"]);
    assert_eq!(ended(graced).0, 0);
    sandbox.ok(["key", "revoke", "2"]);
}

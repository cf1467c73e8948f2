//! `authctl read`

use serde_json::{Value, json};
use snapbox::str;

use crate::sandbox::Sandbox;

fn lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn a_curl_command_is_shown_as_it_would_be_sent() {
    let sandbox = Sandbox::new();
    sandbox
        .run([
            "read",
            "--",
            "curl",
            "-u",
            "alice:s3cr3t",
            "-d",
            "api_key=K-123&entity=Job",
            "https://crm.example.org/civicrm/ajax/rest?key=S-456&json=1#top",
        ])
        .success()
        .stdout_eq(str![[r#"
{"method":"POST","url":"https://crm.example.org/civicrm/ajax/rest?key=***&json=1","target":"/civicrm/ajax/rest?key=***&json=1","headers":[["Host","crm.example.org"],["Authorization","Basic alice:***"],["User-Agent","curl/[..]"],["Accept","*/*"],["Content-Length","24"],["Content-Type","application/x-www-form-urlencoded"]],"body":"api_key=***&entity=Job","source":{"file":"command line"},"notes":[]}

"#]])
        .stderr_eq(str![[r#"
note: the arguments of a command are seen by other processes and kept by the shell; `authctl read -` reads the request from standard input

"#]]);
}

#[test]
fn credentials_are_shown_when_that_is_asked_for() {
    let line = r#"{"id":7,"method":"POST","url":"/civicrm/x?_authx=Bearer+k","headers":[["X-Civi-Key","sk"]],"body":"api_key=a"}"#;
    let read = |reveal: &[&str]| {
        let sandbox = Sandbox::new();
        let words = ["read", "-"].iter().chain(reveal);
        let output = sandbox.run_with(line, words).success();
        lines(&String::from_utf8(output.get_output().stdout.clone()).unwrap()).remove(0)
    };
    let shown = read(&["--reveal"]);
    assert_eq!(shown["target"], "/civicrm/x?_authx=Bearer+k");
    assert_eq!(shown["headers"], json!([["X-Civi-Key", "sk"]]));
    assert_eq!(shown["body"], "api_key=a");
    assert_eq!(shown["source"], json!({"file": "-", "line": 1}));
    let masked = read(&[]);
    assert_eq!(masked["target"], "/civicrm/x?_authx=Bearer+***");
    assert_eq!(masked["headers"], json!([["X-Civi-Key", "***"]]));
    assert_eq!(masked["body"], "api_key=***");
    assert_eq!(masked["id"], "7");
}

#[test]
fn what_cannot_be_read_keeps_its_place_among_the_others() {
    let text = "{\"url\":\"/a\"}\n\n{\"id\":\"bad\",\"url\":3}\n{\"url\":\"/b\",\"body_base64\":\"/w==\",\"method\":\"PUT\"}\n";
    let output = Sandbox::new().run_with(text, ["read", "-"]).code(6);
    let shown = lines(std::str::from_utf8(&output.get_output().stdout).unwrap());
    assert_eq!(shown.len(), 3);
    assert_eq!(shown[0]["url"], "/a");
    assert_eq!(shown[1]["id"], "bad");
    assert_eq!(shown[1]["source"], json!({"file": "-", "line": 3}));
    assert!(shown[1]["error"].as_str().unwrap().starts_with("-:3:"), "{}", shown[1]);
    assert_eq!(shown[2]["body"], Value::Null);
    assert_eq!(shown[2]["body_base64"], "/w==");
}

#[test]
fn a_php_call_is_shown_in_the_words_it_was_given_in() {
    let line = r#"{"call":"validate","cred":"Bearer x","principal":{"userId":3},"flow":"header"}"#;
    Sandbox::new().run_with(line, ["read", "-"]).success().stdout_eq(str![[r#"
{"call":"validate","cred":"Bearer ***","principal":{"userId":3},"flow":"header","site_key":null,"use_session":false,"trusted":true,"source":{"file":"-","line":1},"notes":[]}

"#]]);
}

#[test]
fn only_json_lines_are_printed() {
    Sandbox::new().run(["read", "--url", "/x", "--format", "csv"]).code(2).stderr_eq(str![[r#"
error: `authctl read` prints JSON lines alone
hint: Leave out `--format`, or give `--format jsonl`.

"#]]);
    Sandbox::new().run(["read", "--url", "/x", "--format", "jsonl"]).success();
}

const ARCHIVE: &str = r#"{"log": {"entries": [
    {"request": {"method": "GET", "url": "https://h/one", "headers": []}},
    {"request": {"method": "POST", "url": "https://h/civicrm/ajax/api4/two", "headers": []}},
    {"request": {"url": "https://h/three", "headers": 5}},
    {"request": {"method": "GET", "url": "https://h/civicrm/ajax/api4/four", "headers": []}}
]}}"#;

/// The places of the requests that are shown.
fn chosen(file: &str, choice: &[&str]) -> Vec<u64> {
    let sandbox = Sandbox::new();
    sandbox.write("input", file);
    let run = sandbox.run(["read", "input"].iter().chain(choice));
    let shown = String::from_utf8(run.get_output().stdout.clone()).unwrap();
    let place = |line: Value| {
        let source = &line["source"];
        source["entry"].as_u64().or(source["line"].as_u64()).unwrap()
    };
    lines(&shown).into_iter().map(place).collect()
}

#[test]
fn requests_are_chosen_by_their_numbers() {
    assert_eq!(chosen(ARCHIVE, &["--entry", "2"]), [2]);
    assert_eq!(chosen(ARCHIVE, &["--entry", "1,3-"]), [1, 3, 4]);
    assert_eq!(chosen(ARCHIVE, &["--entry", "1-2", "--entry", "4"]), [1, 2, 4]);
    let lines = "{\"url\":\"/a\"}\n\n{\"url\":\"/b\"}\n{\"url\":\"/c\"}\n";
    assert_eq!(chosen(lines, &["--entry", "3"]), [3]);
    assert_eq!(chosen("curl http://h/a http://h/b\ncurl http://h/c", &["--entry", "2-3"]), [2, 3]);
    assert_eq!(chosen("curl http://h/a", &["--entry", "1"]), [1]);
}

#[test]
fn requests_are_chosen_by_method_and_url() {
    // The third cannot be read, and might be the one.
    assert_eq!(chosen(ARCHIVE, &["--filter", "API4"]), [2, 3, 4]);
    assert_eq!(chosen(ARCHIVE, &["--filter", "post *"]), [2, 3]);
    assert_eq!(chosen(ARCHIVE, &["--filter", "api4", "--entry", "3-4"]), [3, 4]);
    assert_eq!(chosen("{\"url\":\"/a?x\"}\n{\"url\":\"/b\"}\n", &["--filter", "*/a?x"]), [1]);
}

#[test]
fn a_choice_of_nothing_is_not_mistaken_for_a_good_answer() {
    let sandbox = Sandbox::with_store();
    sandbox.write("traffic.har", ARCHIVE);
    for command in ["read", "verify"] {
        sandbox.run([command, "traffic.har", "--entry", "5-6"]).code(4);
        sandbox.run([command, "traffic.har", "--entry", "1-2", "--filter", "api3"]).code(4);
    }
    sandbox.run(["read", "traffic.har", "--entry", "5"]).code(4).stdout_eq("").stderr_eq(str![[
        r#"
error: `--entry` and `--filter` choose none of the requests
hint: `authctl read` shows all requests with their entries, methods and URLs.

"#
    ]]);
    sandbox.run(["verify", "traffic.har", "--entry", "2-x"]).code(2).stderr_eq(str![[r#"
error: invalid value for `--entry <N[-M]>`: expected a number from 1 up, or a range of them such as `3-7` or `3-`

"#]]);
}

#[test]
fn what_an_input_was_taken_for_is_said_and_nothing_in_it_too() {
    let sandbox = Sandbox::with_store();
    sandbox.write("a.jsonl", "{\"url\":\"/a\"}\n");
    sandbox.write("b.sh", "curl http://h/civicrm/x\n");
    sandbox.write("none.txt", "\n \n");
    let inputs = ["a.jsonl", "b.sh", "none.txt", "-"];
    let words = |verb: &'static str| [&[verb], &inputs[..]].concat();
    for verb in ["read", "verify"] {
        let run = sandbox.run_with("{\"url\":\"/b\"}\n", words(verb));
        run.stderr_eq(str![[r#"
note: read as curl commands: `b.sh`; `--input-format` says otherwise
note: read as JSON lines: `a.jsonl`, standard input; `--input-format` says otherwise
warning: no request is in `none.txt`

"#]]);
    }
    for (verb, input) in [("read", "none.txt"), ("verify", "none.txt"), ("verify", "-")] {
        let name = if input == "-" { "standard input" } else { "`none.txt`" };
        let run = sandbox.run_with("", [verb, input]).code(6);
        run.stderr_eq(format!(
            "error: no request is in {name}\nhint: Expected are curl commands, raw HTTP requests, an \
             HTTP archive or JSON lines.\n"
        ));
    }
    sandbox.run(["read", "a.jsonl", "-q"]).success().stderr_eq("");
    sandbox.run(["read", "a.jsonl", "--input-format", "jsonl"]).success().stderr_eq("");
}

#[test]
fn a_note_marks_what_the_text_does_not_tell() {
    let sandbox = Sandbox::new();
    let run = sandbox.run_with("curl \"http://h/$X\"\n", ["read", "-", "-q"]).success();
    let shown = lines(std::str::from_utf8(&run.get_output().stdout).unwrap()).remove(0);
    let note = shown["notes"][0].as_str().unwrap();
    assert!(note.starts_with("unknown: ") && note.contains("`X`"), "{note}");
}

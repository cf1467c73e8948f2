//! `authctl verify`

use std::io::{BufRead, BufReader, Write};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use snapbox::str;

use crate::sandbox::Sandbox;

const PASSWORD: &str = "correct horse battery";
const KEY: &str = "q8Zr2LwX0vN5tB7yH3dK9sF1mJ4pC6gA";

/// A CiviCRM site where alice may come in with her password or her key, over any flow and past no guard.
fn with_alice() -> Sandbox {
    let sandbox = Sandbox::with_store();
    let add = ["user", "add", "alice", "--id", "2", "--contact", "101", "--password", "-"];
    sandbox.run_with(PASSWORD, add).success();
    let key = json!({"key": KEY, "user": "alice", "expires_at": "2026-02-01T00:00:00Z"});
    sandbox.run_with(key.to_string(), ["key", "import", "-"]).success();
    sandbox.ok(["guard", "set", "--none"]);
    sandbox.ok(["setting", "set", "site.cms", "wordpress"]);
    let flows = ["header", "xheader", "param", "auto", "login", "legacyrest"];
    let set = ["flow", "set", "--cred", "jwt,api_key,pass"];
    sandbox.ok(set.iter().chain(&flows));
    sandbox
}

fn basic(password: &str) -> String {
    format!("Basic {}", STANDARD.encode(format!("alice:{password}")))
}

fn with_password(password: &str) -> String {
    json!({"url": "/civicrm/x", "headers": {"X-Civi-Auth": basic(password)}}).to_string()
}

/// Runs a batch of JSON lines; answers the verdicts and the exit code.
fn verdicts(sandbox: &Sandbox, lines: &str, more: &[&str]) -> (Vec<Value>, i32) {
    let words = ["verify", "--format", "jsonl", "-"].iter().chain(more);
    let output = sandbox.run_with(lines, words).get_output().clone();
    let text = String::from_utf8(output.stdout).unwrap();
    (
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect(),
        output.status.code().unwrap(),
    )
}

#[test]
fn a_failing_command_is_explained() {
    let sandbox = with_alice();
    sandbox
        .run([
            "verify",
            "--",
            "curl",
            "-X",
            "POST",
            "https://mysite/civicrm/ajax/rest?entity=job&action=execute&key=SITEKEY&api_key=APIKEY&json=1&version=3",
            "-H",
            "X-Requested-With: XMLHttpRequest",
        ])
        .code(3)
        .stdout_eq(str![[r#"
DENIED  200  FATAL: Invalid credential

  CiviCRM AuthX · flow legacyrest · api key

  ✓ path        civicrm/ajax/rest
  ✓ credential  parameter api_key: Bearer
  ✗ known key   no contact has this key
                required: the API key of an existing contact
...
"#]])
        .stderr_eq(str![[r#"
note: the arguments of a command are seen by other processes and kept by the shell; `authctl verify -` reads the request from standard input

"#]]);
}

#[test]
fn a_request_may_be_given_by_flags() {
    let sandbox = with_alice();
    let header = format!("X-Civi-Auth: {}", basic(PASSWORD));
    sandbox
        .run(["verify", "--quiet", "--url", "/civicrm/x", "--header", &header])
        .success()
        .stdout_eq(str![[r#"
ALLOWED

  CiviCRM AuthX · flow xheader · password of alice (contact 101, user 2)
...
"#]])
        .stderr_eq("");
    sandbox.write("body", &format!("_authx={}", basic(PASSWORD).replace(' ', "+")));
    sandbox
        .run(["verify", "--url", "/civicrm/x", "--data", "@body", "--format", "csv"])
        .success()
        .stderr_eq("")
        .stdout_eq(str![[r#"
id,system,decision,reason,flow,type,key_id,user,user_id,contact_id,session,status,message,file,line
,civicrm,allow,[..],param,pass,,alice,2,101,false,,,command line,

"#]]);
}

#[test]
fn every_line_has_its_verdict_in_order() {
    let sandbox = with_alice();
    let text = [
        with_password(PASSWORD),
        String::new(),
        "{\"id\":\"half\",\"url\":".to_owned(),
        with_password("wrong"),
        "not JSON".to_owned(),
        json!({"id": "nobody", "url": "/civicrm/x"}).to_string(),
    ]
    .join("\n");
    let (verdicts, code) = verdicts(&sandbox, &text, &[]);
    let seen: Vec<_> =
        verdicts.iter().map(|verdict| verdict["decision"].as_str().unwrap()).collect();
    assert_eq!(seen, ["allow", "indeterminate", "deny", "indeterminate", "anonymous"]);
    assert_eq!(code, 6);
    assert_eq!(verdicts[1]["reason"], "request.unreadable");
    assert_eq!(verdicts[1]["id"], "half");
    assert_eq!(verdicts[3]["id"], "-:5");
    assert_eq!(verdicts[3]["source"], json!({"file": "-", "line": 5}));
    let told = verdicts[3]["steps"][0]["observed"].as_str().unwrap();
    assert!(told.starts_with("-:5:") && told.contains("expected"), "{told}");
}

#[test]
fn the_exit_is_the_gravest_of_the_batch() {
    let sandbox = with_alice();
    let (good, bad) = (with_password(PASSWORD), with_password("wrong"));
    assert_eq!(verdicts(&sandbox, &good, &[]).1, 0);
    assert_eq!(verdicts(&sandbox, &format!("{good}\n{bad}\n{good}"), &[]).1, 3);
    assert_eq!(verdicts(&sandbox, &format!("{bad}\n???\n{good}"), &[]).1, 6);
    assert_eq!(verdicts(&sandbox, &format!("{bad}\n???"), &["--exit-zero"]).1, 0);
    assert_eq!(verdicts(&sandbox, "\n \n", &[]), (vec![], 6));
}

#[test]
fn a_request_s_own_moment_beats_the_one_given() {
    let sandbox = with_alice();
    let request = |at: Value| {
        let headers = json!({"X-Civi-Auth": format!("Bearer {KEY}")});
        json!({"url": "/civicrm/x", "headers": headers, "at": at}).to_string()
    };
    let (before, after) = ("2026-01-31T23:59:59Z", "2026-02-01T00:00:00Z");
    assert_eq!(verdicts(&sandbox, &request(Value::Null), &["--at", before]).1, 0);
    assert_eq!(verdicts(&sandbox, &request(Value::Null), &["--at", after]).1, 3);
    assert_eq!(verdicts(&sandbox, &request(before.into()), &["--at", after]).1, 0);
    assert_eq!(verdicts(&sandbox, &request(after.into()), &["--at", before]).1, 3);
}

#[test]
fn json_is_one_array_and_csv_has_a_row_a_request() {
    let sandbox = with_alice();
    let text = format!("{0}\n???\n{0}\n", with_password(PASSWORD));
    let output = sandbox.run_with(text.clone(), ["verify", "--format", "json", "-"]).code(6);
    let array: Vec<Value> = serde_json::from_slice(&output.get_output().stdout).unwrap();
    assert_eq!(array.len(), 3);
    assert_eq!(array[2]["schema"], "authctl.verdict/1");
    let output = sandbox.run_with(text, ["verify", "--format", "csv", "-"]).code(6);
    let table = String::from_utf8(output.get_output().stdout.clone()).unwrap();
    assert_eq!(table.lines().count(), 4, "{table}");
    sandbox.run_with("", ["verify", "--format", "json", "-"]).code(6).stdout_eq("[]\n");
}

#[test]
fn the_client_view_shows_nothing_else() {
    let sandbox = with_alice();
    sandbox.run_with(with_password("wrong"), ["verify", "--client-view", "-"]).code(3).stdout_eq(
        str![[r#"
HTTP 401
Content-Type: text/plain

HTTP 401 Invalid credential

"#]],
    );
}

#[test]
fn what_is_missing_is_said_with_what_to_do() {
    let sandbox = Sandbox::new();
    sandbox.run(["verify"]).code(2).stderr_eq(str![[r#"
error: no request is given
hint: Give the failing command, `authctl verify -- curl …`, a file of requests, `authctl verify FILE`, or `-` for standard input.

"#]]);
    sandbox.run(["verify", "--url", "/civicrm/x"]).code(5).stderr_eq(str![[r#"
error: there is no store at `[FOLDER]/.local/share/authctl/authctl.db`
hint: Make one with `authctl init --store [FOLDER]/.local/share/authctl/authctl.db`.

"#]]);
    let sandbox = Sandbox::with_store();
    sandbox.write("one.jsonl", "{\"url\":\"/civicrm/x\"}\n");
    // Before the first verdict, so that nobody takes half an answer for the whole one.
    sandbox.run(["verify", "one.jsonl", "two.jsonl"]).code(1).stdout_eq("").stderr_eq(str![[r#"
error: cannot read `two.jsonl`: no such file or directory

"#]]);
    sandbox.run(["verify", "-", "-"]).code(2).stderr_eq(str![[r#"
error: standard input can be read only once

"#]]);
}

#[test]
fn a_system_that_cannot_be_told_is_asked_for() {
    let sandbox = with_alice();
    let line = json!({"url": "/somewhere", "headers": {"Authorization": basic(PASSWORD)}});
    let (unknown, code) = verdicts(&sandbox, &line.to_string(), &[]);
    assert_eq!((unknown[0]["reason"].as_str().unwrap(), code), ("system.unknown", 6));
    let required = unknown[0]["steps"][0]["required"].as_str().unwrap();
    assert!(required.contains("--system civicrm"), "{required}");
    let (told, code) = verdicts(&sandbox, &line.to_string(), &["--system", "civicrm"]);
    assert_eq!((told[0]["system"].as_str().unwrap(), code), ("civicrm", 3));
}

#[test]
fn a_pasted_command_reads_no_file_by_itself() {
    let sandbox = with_alice();
    sandbox.write("body", &format!("_authx={}", basic(PASSWORD).replace(' ', "+")));
    let command = "curl -d @body https://crm.example.org/civicrm/x";
    sandbox.write("commands", command);
    let run = |words: &[&str]| {
        sandbox.run(["verify", "--format", "jsonl"].iter().chain(words)).get_output().clone()
    };
    let refused = run(&["commands"]);
    let verdict: Value = serde_json::from_slice(&refused.stdout).unwrap();
    assert_eq!(
        (verdict["reason"].as_str(), refused.status.code()),
        (Some("request.incomplete"), Some(6))
    );
    let observed = verdict["steps"][0]["observed"].as_str().unwrap();
    assert!(observed.contains("`--data`"), "{observed}");
    let told = String::from_utf8(refused.stderr).unwrap();
    assert!(told.contains("--allow-files"), "{told}");
    assert_eq!(run(&["--allow-files", "commands"]).status.code(), Some(0));
    assert_eq!(run(&["--", "curl", "-d", "@body", "http://h/civicrm/x"]).status.code(), Some(0));
}

#[test]
fn standard_input_that_is_not_there_is_no_empty_body() {
    let sandbox = with_alice();
    sandbox.write("commands", "printf a | curl -d @- http://h/civicrm/x\n");
    let in_a_file = ["--allow-files", "commands"].as_slice();
    let twice = ["--", "curl", "-d", "@-", "-H", "@-", "http://h/civicrm/x"].as_slice();
    for arguments in [in_a_file, twice] {
        let refused = sandbox.run(["verify", "--format", "jsonl"].iter().chain(arguments));
        assert_eq!(refused.get_output().status.code(), Some(6), "{arguments:?}");
    }
}

#[test]
fn a_verdict_comes_before_the_next_request_is_there() {
    let sandbox = with_alice();
    let mut child = sandbox.spawn(["verify", "--format", "jsonl", "-"]);
    let mut stdin = child.stdin.take().unwrap();
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    for _ in 0..3 {
        writeln!(stdin, "{}", with_password(PASSWORD)).unwrap();
        let mut verdict = String::new();
        stdout.read_line(&mut verdict).unwrap();
        assert!(verdict.contains("\"allow\""), "{verdict}");
    }
    drop(stdin);
    assert!(child.wait().unwrap().success());
}

#[test]
fn a_closed_pipe_is_a_quiet_end() {
    let sandbox = with_alice();
    let requests = "{\"url\":\"/civicrm/x\"}\n".repeat(20_000);
    let requests = sandbox.write("many.jsonl", &requests);
    let mut child = sandbox.spawn(["verify", "--format", "jsonl", requests.to_str().unwrap()]);
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    stdout.read_line(&mut String::new()).unwrap();
    drop(stdout);
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

/// Requests that carry a secret each, in every flow and of every kind; the secret, and the request.
fn requests_with_secrets() -> Vec<(String, Value)> {
    let mut requests = Vec::new();
    let mut count = 0;
    let mut secret = || {
        count += 1;
        format!("s3cr3t{count:03}x")
    };
    let places: [fn(&str) -> Value; 8] = [
        |cred| json!({"url": "/civicrm/x", "headers": {"Authorization": cred}}),
        |cred| json!({"url": "/civicrm/x", "headers": {"X-Civi-Auth": cred}}),
        |cred| json!({"url": format!("/civicrm/x?_authx={cred}")}),
        |cred| json!({"url": format!("/civicrm/x?_authx={cred}&_authxSes=1&left=1")}),
        |cred| json!({"url": format!("/civicrm/authx/login?_authx={cred}")}),
        |cred| {
            json!({"url": "/civicrm/authx/login", "method": "POST", "body": format!("_authx={cred}"),
                      "headers": {"Content-Type": "application/x-www-form-urlencoded"}})
        },
        |cred| json!({"call": "authx_login", "cred": cred}),
        |cred| json!({"call": "validate", "cred": cred, "flow": "header"}),
    ];
    for place in places {
        let plus = |scheme: &str, text: &str| format!("{scheme} {text}");
        let (key, password, unknown, odd) = (secret(), secret(), secret(), secret());
        let encoded = |name: &str, text: &str| STANDARD.encode(format!("{name}:{text}"));
        requests.push((key.clone(), place(&plus("Bearer", &key))));
        let token = format!("eyJhbGciOiJub25lIn0.{}.{key}", STANDARD.encode(&key));
        requests.push((key.clone(), place(&plus("Bearer", &token))));
        let pair = encoded("alice", &password);
        requests.push((pair.clone(), place(&plus("Basic", &pair))));
        requests.push((password, place(&plus("Basic", &pair))));
        requests.push((unknown.clone(), place(&plus("Basic", &encoded("nobody", &unknown)))));
        requests.push((odd.clone(), place(&odd)));
        requests.push((odd.clone(), place(&plus("Digest", &odd))));
    }
    for (parameter, path) in
        [("api_key", "ajax/rest"), ("key", "ajax/rest"), ("_authxSiteKey", "x")]
    {
        let secret = secret();
        let url = format!("/civicrm/{path}?entity=Job&action=get&{parameter}={secret}");
        requests.push((secret.clone(), json!({"url": url})));
    }
    let secret = secret();
    requests
        .push((secret.clone(), json!({"url": "/civicrm/x", "headers": {"X-Civi-Key": secret}})));
    requests.push((secret.clone(), json!({"url": "/civicrm/x", "headers": secret})));
    requests.push((secret.clone(), json!({"url": "/civicrm/x", "surprise": secret})));
    requests.push((secret.clone(), json!({"url": format!("no url {secret}")})));
    requests
        .push((secret.clone(), json!({"url": "/jsonapi/node", "headers": {"API-KEY": secret}})));
    requests
}

#[test]
fn no_secret_of_a_request_is_ever_repeated() {
    let sandbox = with_alice();
    let requests = requests_with_secrets();
    let text: String = requests
        .iter()
        .fold(String::new(), |text, (_, request)| text + &request.to_string() + "\n");
    let forms: [&[&str]; 7] = [
        &["--format", "jsonl"],
        &["--format", "json"],
        &["--format", "csv"],
        &["--format", "table"],
        &["-v"],
        &["--client-view"],
        &["--system", "drupal", "-v"],
    ];
    for form in forms {
        let words = ["verify", "-"].iter().chain(form);
        let output = sandbox.run_with(text.clone(), words).get_output().clone();
        let all = [output.stdout, output.stderr].concat();
        let all = String::from_utf8(all).unwrap();
        for (secret, request) in &requests {
            assert!(!all.contains(secret), "{form:?} repeats the secret of {request}");
        }
    }
    let output = sandbox.run_with(text, ["read", "-"]).get_output().clone();
    let all = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
    let repeated = requests.iter().find(|(secret, _)| all.contains(secret));
    assert!(repeated.is_none(), "read repeats the secret of {repeated:?}");
}

/// A day of requests: alice by password and by key, and nobody.
fn traffic() -> String {
    let by_key = json!({"url": "/civicrm/x", "at": "2026-01-01T00:00:00Z",
                        "headers": {"Authorization": format!("Bearer {KEY}")}});
    let nobody = json!({"id": "none", "url": "/civicrm/x"});
    let lines =
        [with_password(PASSWORD), by_key.to_string(), with_password("wrong"), nobody.to_string()];
    lines.iter().cycle().take(40).flat_map(|line| [line.as_str(), "\n"]).collect()
}

#[test]
fn a_summary_counts_by_decision_reason_flow_and_user() {
    let sandbox = with_alice();
    let summary = |format: &str| {
        let words = ["verify", "--summary", "--format", format, "-"];
        String::from_utf8(sandbox.run_with(traffic(), words).code(3).get_output().stdout.clone())
            .unwrap()
    };
    let counts: Value = serde_json::from_str(&summary("json")).unwrap();
    assert_eq!(counts["requests"], 40);
    assert_eq!(counts["decision"], json!({"allow": 20, "anonymous": 10, "deny": 10}));
    assert_eq!(counts["flow"], json!({"header": 10, "none": 10, "xheader": 20}));
    assert_eq!(counts["reason"]["authx.credential.absent"], 10);
    let alice = json!({"user": "alice", "user_id": 2, "contact_id": null, "requests": 20});
    assert!(counts["user"].as_array().unwrap().contains(&alice), "{counts}");
    assert_eq!(counts["other_users"], json!({"users": 0, "requests": 0}));
    let rows = summary("csv");
    assert!(rows.contains("\ndecision,allow,20\n") && rows.contains("\nuser,alice,20\n"), "{rows}");
}

#[test]
fn a_batch_is_the_same_on_any_number_of_workers() {
    let sandbox = with_alice();
    // Longer than one piece, with requests that take argon2's time among others.
    let line = |id: usize| {
        let at = "2026-01-01T00:00:00Z";
        let cred = if id.is_multiple_of(97) { basic(PASSWORD) } else { format!("Bearer {KEY}") };
        json!({"id": id, "url": "/civicrm/x", "at": at, "headers": {"X-Civi-Auth": cred}})
            .to_string()
    };
    let text: Vec<String> = (0..5000).map(line).collect();
    let (one, code) = verdicts(&sandbox, &text.join("\n"), &["--jobs", "1"]);
    assert_eq!((one.len(), code), (5000, 0));
    let (three, _) = verdicts(&sandbox, &text.join("\n"), &["--jobs", "3"]);
    assert!(one == three);
    for (verdict, id) in one.iter().zip(0..) {
        assert_eq!(verdict["id"], format!("{id}"));
    }
}

#[test]
fn assumptions_are_judged_as_if_they_held() {
    let sandbox = with_alice();
    sandbox.write("key", "a-site-key-of-some-length\n");
    let good = with_password(PASSWORD);
    let code = |assumptions: &[&str]| {
        let more: Vec<_> = assumptions.iter().flat_map(|text| ["--assume", text]).collect();
        verdicts(&sandbox, &good, &more).1
    };
    assert_eq!(code(&[]), 0);
    assert_eq!(code(&["guards=perm"]), 3);
    assert_eq!(code(&["guards=perm", "grant:ALICE=password"]), 0);
    assert_eq!(code(&["guards=perm", "grant:role:authenticated=password"]), 0);
    assert_eq!(code(&["guards=perm", "grant:alice=password", "revoke:alice=password"]), 3);
    assert_eq!(code(&["flow.xheader.cred=jwt"]), 3);
    assert_eq!(code(&["authx_xheader_cred=jwt,pass"]), 0);
    assert_eq!(code(&["guards=site_key", "site_key=@key"]), 3);
    assert_eq!(code(&["guards="]), 0);
    // Nothing of it is kept.
    assert_eq!(code(&[]), 0);
}

#[test]
fn an_assumption_that_means_nothing_is_refused() {
    let sandbox = with_alice();
    let told = |assumption: &str, code: i32| {
        let words = ["verify", "--quiet", "--assume", assumption, "--url", "/civicrm/x"];
        let output = sandbox.run(words).code(code).get_output().stderr.clone();
        String::from_utf8(output).unwrap()
    };
    assert!(told("guards=prem", 2).contains("knows site_key, perm there; did you mean `perm`?"));
    assert!(told("flow.hedaer.cred=jwt", 2).contains("flow.FLOW.cred"));
    assert!(told("grant:alcie=api-key", 4).contains("Did you mean `alice`?"));
    let secret = told("site_key=s3cr3t", 2);
    assert!(secret.contains("never taken from the command line") && !secret.contains("s3cr3t"));
}

#[test]
fn an_assumed_site_key_that_has_no_text_is_no_empty_one() {
    let sandbox = with_alice();
    sandbox.write("empty", "");
    let judged = |source: &str, code: i32| {
        let site_key = format!("site_key={source}");
        let assumptions = ["--assume", &site_key, "--assume", "guards=site_key"];
        let request = ["--quiet", "--url", "/civicrm/x", "--header", "X-Civi-Auth: Bearer x"];
        let output = sandbox.run_with("", ["verify"].iter().chain(&assumptions).chain(&request));
        String::from_utf8(output.code(code).get_output().stderr.clone()).unwrap()
    };
    let hint = "hint: `--assume site_key=` assumes an empty one.\n";
    let told = judged("-", 2);
    assert_eq!(told, format!("error: the site key on standard input is empty\n{hint}"));
    let told = judged("@empty", 2);
    assert_eq!(told, format!("error: the site key in `empty` is empty\n{hint}"));
    assert_eq!(judged("", 3), "");
}

#[test]
fn a_comparison_tells_what_breaks_and_what_opens() {
    let sandbox = with_alice();
    let compare = |assumption: &str, more: &[&str]| {
        let words = ["verify", "--format", "json", "--compare", "--assume", assumption, "-"];
        let output = sandbox.run_with(traffic(), words.iter().chain(more)).get_output().clone();
        let text = String::from_utf8(output.stdout).unwrap();
        (serde_json::from_str::<Value>(&text).unwrap(), output.status.code().unwrap())
    };
    let (broken, code) = compare("flow.header.cred=", &[]);
    assert_eq!(code, 3);
    assert_eq!(broken["requests"], 40);
    let counts = ["broken", "opened", "changed", "indeterminate"].map(|name| broken[name].clone());
    assert_eq!(counts, [json!(10), json!(0), json!(0), json!(0)]);
    let change = &broken["changes"][0];
    assert_eq!(change["from"]["decision"], "allow");
    assert_eq!(change["users"][0]["user"], "alice");
    assert_eq!(change["examples"][0]["source"], json!({"file": "-", "line": 2}));
    assert_eq!(change["examples"].as_array().unwrap().len(), 3);
    assert_eq!(compare("flow.header.cred=", &["--fail-on", "opened"]).1, 0);
    let (same, code) = compare("guards=", &[]);
    assert_eq!((same["changes"].as_array().unwrap().len(), code), (0, 0));
}

#[test]
fn a_comparison_is_readable() {
    let sandbox = with_alice();
    sandbox
        .run_with(traffic(), ["verify", "--compare", "--assume", "flow.header.cred=", "-"])
        .code(3)
        .stdout_eq(str![[r#"
Of 40 requests 10 would be refused that pass now, 0 would pass that are refused now, 0 would be answered otherwise; 0 cannot be judged.

effect    broken
requests  10
from      allow authx.accepted
to        anonymous authx.header.off
users     alice (10)
examples  -:2, -:6, -:10

"#]]);
}

#[test]
fn flags_beside_another_input_are_refused_and_never_ignored() {
    let sandbox = Sandbox::with_store();
    let url = "https://crm.example.org/civicrm/ajax/api4/Contact/get";
    for flag in [["--header", "X-Civi-Key: s"], ["--method", "POST"], ["--data", "zz=1"]] {
        for other in [&["--", "curl", url][..], &["-"]] {
            for command in ["verify", "read"] {
                let words = [&[command], &flag[..], other].concat();
                let refused = sandbox.run_with("", words).code(2);
                let told = String::from_utf8_lossy(&refused.get_output().stderr).into_owned();
                assert!(told.contains("cannot go with"), "{command} {flag:?} {other:?}: {told}");
            }
        }
    }
}

#[test]
fn a_denial_stays_one_when_nobody_hears_its_notes() {
    let sandbox = Sandbox::with_store();
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let status = std::process::Command::new(snapbox::cmd::cargo_bin!("authctl"))
        .args([
            "verify",
            "--url",
            "/civicrm/authx/id",
            "--header",
            "X-Civi-Auth: Bearer nobody-has-this",
        ])
        .env_clear()
        .env("HOME", sandbox.path("."))
        .stdout(std::process::Stdio::null())
        .stderr(writer)
        .status()
        .unwrap();
    assert_eq!(status.code(), Some(3));
}

use proptest::prelude::*;

use super::{Suite, SuitePolicy};
use crate::document::place::Place;
use crate::testing::{broken, soon};
use crate::verify::{Kind, Request, System};

fn fault(text: &str) -> String {
    Suite::parse(text.as_bytes(), "f").err().expect("the file is refused").to_string()
}

fn requests(text: &str) -> Vec<Request<'_>> {
    let suite = Suite::parse(text.as_bytes(), "f").map_err(|fault| fault.to_string()).unwrap();
    suite.cases.into_iter().map(|case| case.request.unwrap()).collect()
}

fn target<'a>(request: &'a Request<'_>) -> &'a str {
    match &request.kind {
        Kind::Http(http) => &http.target,
        Kind::Call(_) => "",
    }
}

const THREE_WAYS: &str = "\
at: 2026-01-01T00:00:00Z
system: civicrm
cases:
  - name: as curl
    request: curl 'https://h/one?a=b' -d x=y
    expect: { decision: deny }
  - name: as raw HTTP
    request: |
      POST /two HTTP/1.1
      Host: h

      x=y
    expect: { decision: deny }
  - name: as a record
    request: { method: POST, url: /three, body: x=y, at: 2027-01-01T00:00:00Z }
    session: { contact_id: 5 }
    client_ip: 192.0.2.1
    system: drupal
    expect: { decision: deny }
";

#[test]
fn a_request_is_a_curl_command_raw_http_or_a_record() {
    let requests = requests(THREE_WAYS);
    assert_eq!(requests.iter().map(target).collect::<Vec<_>>(), ["/one?a=b", "/two", "/three"]);
    for request in &requests {
        let Kind::Http(http) = &request.kind else { panic!("an HTTP request") };
        assert_eq!((&*http.method, &*http.body), ("POST", b"x=y".as_slice()));
    }
}

#[test]
fn a_request_is_known_by_its_case() {
    let requests = requests(THREE_WAYS);
    assert_eq!(requests[1].id.as_deref(), Some("as raw HTTP"));
    assert_eq!((&*requests[1].source.file, requests[1].source.line), ("f", Some(7)));
}

#[test]
fn what_a_case_says_comes_before_the_file_and_the_request_before_both() {
    let found = requests(THREE_WAYS);
    let year =
        |request: &Request| jiff::Timestamp::from_second(request.at.unwrap()).unwrap().to_string();
    assert_eq!(year(&found[0]), "2026-01-01T00:00:00Z");
    assert_eq!(year(&found[2]), "2027-01-01T00:00:00Z");
    assert_eq!(found[2].session.unwrap().contact_id, Some(5));
    assert_eq!(found[2].client_ip.unwrap().to_string(), "192.0.2.1");
    let suite = Suite::parse(THREE_WAYS.as_bytes(), "f").ok().unwrap();
    let systems: Vec<_> = suite.cases.iter().map(|case| case.system).collect();
    assert_eq!(systems, [Some(System::CiviCrm), Some(System::CiviCrm), Some(System::Drupal)]);
}

#[test]
fn json_lines_are_cases_with_what_holds_for_all_in_front() {
    let text = r#"{"policy": "site.yaml", "at": "2026-01-01T00:00:00Z"}

{"name": "one", "request": {"url": "/one"}, "expect": {"decision": "deny"}}
{"name": "two", "request": "curl http://h/two", "at": "2027-01-01T00:00:00Z", "expect": {"decision": "allow"}}
"#;
    let suite = Suite::parse(text.as_bytes(), "f").map_err(|fault| fault.to_string()).unwrap();
    let Some(SuitePolicy::File(name)) = &suite.policy else { panic!("a policy in a file") };
    assert_eq!((name.value.as_str(), name.place), ("site.yaml", Place { line: 1, column: 12 }));
    assert_eq!(suite.cases.iter().map(|case| case.place.line).collect::<Vec<_>>(), [3, 4]);
    assert_eq!(requests(text).iter().map(target).collect::<Vec<_>>(), ["/one", "/two"]);
}

#[test]
fn json_is_read_as_yaml_is_on_one_line_or_many() {
    let text =
        r#"{"cases": [{"name": "a", "request": {"url": "/a"}, "expect": {"decision": "allow"}}]}"#;
    assert_eq!(requests(text).len(), 1);
    assert_eq!(requests(&text.replace("[{", "\n[{")).len(), 1);
}

#[test]
fn a_policy_may_stand_in_the_file_and_is_checked() {
    let text = |id: &str| {
        format!(
            "policy:\n  users: [{{ name: alice, id: {id} }}]\ncases:\n  - name: a\n    request: \
             curl h\n    expect: {{ decision: deny }}\n"
        )
    };
    let suite = Suite::parse(text("2").as_bytes(), "f").ok().unwrap();
    assert!(matches!(suite.policy, Some(SuitePolicy::Here(_))));
    assert_eq!(
        fault(&text("0")),
        "f:2:30: expected a user id, a whole number from 1 to 4294967295"
    );
    assert_eq!(
        fault("policy: { usres: [] }"),
        "f:1:11: unknown field `usres`; did you mean `users`?"
    );
}

#[test]
fn what_is_wrong_has_line_and_column() {
    let case = |more: &str| format!("cases:\n  - name: a\n    request: curl h\n{more}");
    for (text, expected) in [
        (String::new(), "f: the file is empty; expected `cases:` and a list of cases"),
        ("cases: []".to_owned(), "f: expected a list of cases under `cases`, one at least"),
        ("{\"at\":\"2026-01-01T00:00:00Z\"}".to_owned(), "f: expected a list of cases under `cases`, one at least"),
        ("at: soon\ncases: []".to_owned(), "f:1:5: expected a time with its offset, such as `2027-01-01T00:00:00Z`"),
        (case(""), "f:3:5: expected the field `expect` here"),
        (
            case("    expect: { decision: denied }"),
            "f:4:25: expected one of `allow`, `deny`, `anonymous`, `indeterminate`",
        ),
        (
            case("    expect: { decision: deny, reason: authx.guard.unsatisfid }"),
            "f:4:39: expected a reason as verdicts have it, such as `authx.guard.unsatisfied`; \
             did you mean `authx.guard.unsatisfied`?",
        ),
        (
            case("    expect: { decision: deny, stauts: 401 }"),
            "f:4:31: unknown field `stauts`; did you mean `status`?",
        ),
        (
            case("    expect: { decision: deny }\n  - name: a\n    request: curl h\n    expect: { decision: deny }"),
            "f:5:11: the case of line 2 has this name already",
        ),
        (
            case("    client_ip: here\n    expect: { decision: deny }"),
            "f:4:16: expected an IPv4 or IPv6 address",
        ),
        (
            "cases:\n  - name: a\n    request: curl h -H 'A: b'\n    expect: { decision: deny }".to_owned(),
            "f:3:26: expected a value without `: ` in it: put text in quotes, or below a `|`",
        ),
        (
            "{\"name\":\"a\",\"request\":\"curl h\",\"expect\":{\"decision\":\"deny\"}}\n\n{\"name\":\"b\",\"request\":[]}".to_owned(),
            "f:3:23: expected a curl command, a raw HTTP request, or the fields of a request",
        ),
    ] {
        assert_eq!(fault(&text), expected, "{text}");
    }
}

#[test]
fn a_request_that_cannot_be_read_is_told_at_its_place() {
    let text = "\
cases:
  - name: an option
    request: |
      curl http://h \\
        --nosuch
    expect: { decision: deny }
  - name: a record
    request: { url: /a, session: 5 }
    expect: { decision: deny }
  - name: two requests
    request: curl http://h/a http://h/b
    expect: { decision: deny }
";
    let suite = Suite::parse(text.as_bytes(), "f").ok().unwrap();
    let errors = suite.cases.iter().map(|case| case.request.as_ref().unwrap_err().to_string());
    assert_eq!(
        errors.collect::<Vec<_>>(),
        [
            "f:4:7: line 2 of the request: unknown option `--nosuch`, expected one of curl's",
            "f:8:14: in `session`: expected an object with `contact_id` and `user_id`",
            "f:11:14: expected one request, and there are 2",
        ]
    );
}

const LINES: &str = r#"{"policy": {"users": [{"name": "a"}]}, "at": "2026-01-01T00:00:00Z"}
{"name": "one", "request": {"url": "/one", "session": {"user_id": 1}}, "expect": {"decision": "deny", "reason": "authx.accepted"}}
{"name": "two", "request": "curl http://h/two", "assume": ["guards="], "expect": {"decision": "allow", "user": null}}
"#;

proptest! {
    #[test]
    fn broken_test_files_are_refused_with_a_message_or_read(
        text in broken(
            &[THREE_WAYS, LINES],
            &[
                ":", ": ", "- ", "\n", "\n  ", "\t", "|", ">-\n", "{", "}", "[", "]", ",", "'", "\"", "\\", "&a ", "*a ", "<<: ", "---\n", "null", "1e999", "é",
                "\u{feff}", "\0", "\"cases\":", "cases:\n", "request: ", "\"request\":{", "curl ", "GET / HTTP/1.1\n", "policy: ", "expect: {", "decision: ", "[[",
            ],
        ),
    ) {
        match soon(|| Suite::parse(&text.0, "f")) {
            Err(fault) => {
                prop_assert!(!fault.message.is_empty(), "{:?}", fault);
            }
            Ok(suite) => {
                prop_assert!(!suite.cases.is_empty());
                for case in &suite.cases {
                    prop_assert!(case.place.line > 0 && !case.name.is_empty());
                }
            }
        }
    }
}

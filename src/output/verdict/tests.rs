//! One verdict in every form.

use serde_json::Map;
use snapbox::{assert_data_eq, str};

use super::{Detail, VerdictForm, VerdictWriter};
use crate::output::{Format, Layout, Paint};
use crate::verify::code::{UNKNOWN_SYSTEM, UNREADABLE};
use crate::verify::{
    Credential, Decision, DrupalAnswer, HttpResponse, Outcome, Principal, Redirect, Remedy,
    Response, Source, Step, System, Verdict, Warning,
};

fn denied() -> Verdict {
    let step = |outcome, label, observed: &str, required: Option<&str>| Step {
        code: UNKNOWN_SYSTEM,
        outcome,
        observed: observed.to_owned(),
        required: required.map(str::to_owned),
        label,
    };
    Verdict {
        id: Some("r\u{1b}1".to_owned()),
        system: Some(System::CiviCrm),
        decision: Decision::Deny,
        reason: UNREADABLE,
        flow: Some("xheader".to_owned()),
        credential: Some(Credential {
            kind: "api_key".to_owned(),
            key_id: Some(7),
            hint: Some("aku_Ab3d…".to_owned()),
        }),
        principal: Some(Principal {
            user: Some("alice".to_owned()),
            user_id: Some(2),
            contact_id: Some(101),
        }),
        session: false,
        response: Some(Response::Http(HttpResponse {
            status: 401,
            content_type: Some("text/plain".to_owned()),
            body: Some("HTTP 401 Login not permitted.".to_owned()),
            drupal: None,
        })),
        redirect: None,
        steps: vec![
            step(Outcome::Pass, "known key", "key 7 \"ci\", alice", None),
            step(Outcome::Note, "aside", "a fact", None),
            step(Outcome::Fail, "guards", "alice lacks it", Some("the permission")),
        ],
        warnings: vec![Warning { code: UNREADABLE, text: "Beware, \"you\".".to_owned() }],
        remedies: vec![
            Remedy {
                text: "Grant it.".to_owned(),
                authctl: vec!["authctl perm grant --user alice api-key".to_owned()],
                site: vec!["drush role:perm:add ROLE api-key".to_owned()],
                is_partial: false,
            },
            Remedy { text: "send the site key".to_owned(), ..Remedy::default() },
        ],
        source: Source { file: "f.jsonl".into(), line: Some(3), entry: None },
    }
}

fn redirected() -> Verdict {
    let query = Map::from_iter([("a b".to_owned(), "c&d".into())]);
    Verdict {
        decision: Decision::Allow,
        response: None,
        redirect: Some(Redirect { path: "civicrm/dashboard".to_owned(), query }),
        steps: vec![],
        warnings: vec![],
        remedies: vec![],
        ..denied()
    }
}

fn unreadable() -> Verdict {
    Verdict::unreadable(None, denied().source, "expected a URL")
}

fn written(format: Format, detail: Detail, verdicts: &[Verdict]) -> String {
    let layout = Layout { format, width: 80, paint: Paint::plain() };
    let mut out = Vec::new();
    let form = VerdictForm::new(layout, detail);
    let mut writer = VerdictWriter::new(form, &mut out);
    for verdict in verdicts {
        let mut piece = Vec::new();
        form.write(verdict, &mut piece).unwrap();
        writer.push(&piece).unwrap();
    }
    writer.finish().unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn people_read_the_answer_first_and_the_mends_last() {
    assert_data_eq!(
        written(Format::Table, Detail::Decisive, &[denied(), redirected()]),
        str![[r#"
r/u{1b}1
DENIED  401  Login not permitted.

  CiviCRM AuthX · flow xheader · api key aku_Ab3d… of alice (contact 101, user 2)

  ✓ known key  key 7 "ci", alice
  ✗ guards     alice lacks it
               required: the permission

warning: Beware, "you".

Either of these would let it in:
  Grant it.
    authctl perm grant --user alice api-key
    on the site:  drush role:perm:add ROLE api-key
  send the site key

r/u{1b}1
ALLOWED  redirect to civicrm/dashboard?a+b=c%26d

  CiviCRM AuthX · flow xheader · api key aku_Ab3d… of alice (contact 101, user 2)

"#]]
    );
}

#[test]
fn every_step_comes_with_its_code() {
    let text = written(Format::Table, Detail::Steps, &[denied()]);
    assert!(text.contains("  · aside      a fact\n"), "{text}");
    assert!(text.contains("  system.unknown\n"), "{text}");
}

#[test]
fn the_client_sees_only_its_answer() {
    assert_data_eq!(
        written(Format::Table, Detail::Client, &[denied(), redirected()]),
        str![[r#"
r/u{1b}1
HTTP 401
Content-Type: text/plain

HTTP 401 Login not permitted.

r/u{1b}1
HTTP 302
Location: civicrm/dashboard?a+b=c%26d

"#]]
    );
    assert_data_eq!(
        written(Format::Jsonl, Detail::Client, &[denied()]),
        str![[r#"
{"id":"r/u001b1","response":{"status":401,"content_type":"text/plain","body":"HTTP 401 Login not permitted."},"redirect":null,"source":{"file":"f.jsonl","line":3}}

"#]]
    );
}

#[test]
fn csv_is_one_line_a_verdict() {
    assert_data_eq!(
        written(Format::Csv, Detail::Decisive, &[denied(), redirected(), unreadable()]),
        str![[r#"
id,system,decision,reason,flow,type,key_id,user,user_id,contact_id,session,status,message,file,line
r1,civicrm,deny,request.unreadable,xheader,api_key,7,alice,2,101,false,401,Login not permitted.,f.jsonl,3
r1,civicrm,allow,request.unreadable,xheader,api_key,7,alice,2,101,false,,,f.jsonl,3
f.jsonl:3,,indeterminate,request.unreadable,,,,,,,false,,expected a URL,f.jsonl,3

"#]]
    );
}

#[test]
fn json_is_an_array_and_json_lines_are_lines() {
    let array = written(Format::Json, Detail::Decisive, &[denied(), redirected()]);
    let array: Vec<serde_json::Value> = serde_json::from_str(&array).unwrap();
    let lines = written(Format::Jsonl, Detail::Decisive, &[denied(), redirected()]);
    let lines: Vec<serde_json::Value> =
        lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(array, lines);
    assert_eq!(array[0]["credential"]["hint"], "aku_Ab3d…");
    assert_eq!(written(Format::Json, Detail::Decisive, &[]), "[]\n");
}

#[test]
fn people_read_the_module_s_error_name_and_its_text() {
    let answer = DrupalAnswer {
        error: Some("INVALID_API_KEY".to_owned()),
        description: Some("Sorry, you are using an invalid API Key.".to_owned()),
        ..DrupalAnswer::default()
    };
    let mut verdict = denied();
    verdict.response = Some(Response::Http(HttpResponse {
        status: 401,
        drupal: Some(answer),
        ..HttpResponse::default()
    }));
    let text = written(Format::Table, Detail::Decisive, &[verdict]);
    let headline = "DENIED  401  INVALID_API_KEY: Sorry, you are using an invalid API Key.\n";
    assert!(text.contains(headline), "{text}");
}

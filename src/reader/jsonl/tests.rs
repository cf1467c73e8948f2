use std::io::Cursor;

use super::{Answer, Block, Blocks, line};
use crate::reader::limit;
use crate::verify::{CallFunction, HttpRequest, Kind, Request};

fn answers(text: impl AsRef<[u8]>) -> Vec<Answer<'static>> {
    let blocks = Blocks::new(Cursor::new(text), "f");
    blocks.flat_map(|block| owned(&block)).collect()
}

fn owned(block: &Block) -> Vec<Answer<'static>> {
    block.answers().map(|answer| answer.map(Request::into_owned)).collect()
}

fn read(text: &str) -> Request<'_> {
    line(text.as_bytes(), &"day.jsonl".into(), 1).unwrap()
}

fn http(text: &str) -> HttpRequest<'_> {
    match read(text).kind {
        Kind::Http(request) => request,
        Kind::Call(_) => panic!("expected an HTTP request"),
    }
}

fn refusal(text: &str) -> String {
    line(text.as_bytes(), &"day.jsonl".into(), 1).unwrap_err().to_string()
}

#[test]
fn reads_every_field_of_a_request() {
    let request = read(
        r#"{"id":"r1","method":"POST","url":"https://crm.example.org/civicrm/ajax/api4/Contact/get?x=1",
           "headers":{"X-Civi-Auth":"Bearer k"},"body":"a=b","session":{"contact_id":101,"user_id":null},
           "at":"2026-01-01T00:00:00Z","client_ip":"192.0.2.7"}"#,
    );
    assert_eq!(request.id.as_deref(), Some("r1"));
    assert_eq!(request.at, Some(1_767_225_600));
    assert_eq!(request.client_ip, Some("192.0.2.7".parse().unwrap()));
    let session = request.session.unwrap();
    assert_eq!((session.contact_id, session.user_id), (Some(101), None));
    let Kind::Http(http) = request.kind else { panic!("expected an HTTP request") };
    assert_eq!(http.method, "POST");
    assert_eq!(http.scheme, Some("https"));
    assert_eq!(http.authority.as_deref(), Some("crm.example.org"));
    assert_eq!(http.target, "/civicrm/ajax/api4/Contact/get?x=1");
    assert_eq!(http.header("x-civi-auth"), Some(&b"Bearer k"[..]));
    assert_eq!(*http.body, *b"a=b");
}

#[test]
fn keeps_order_and_duplicates_of_headers() {
    for text in [
        r#"{"url":"/","headers":{"B":"1","A":"2","B":"3"}}"#,
        r#"{"url":"/","headers":[["B","1"],["A","2"],["B","3"]]}"#,
    ] {
        let pairs: Vec<_> = http(text)
            .headers
            .into_iter()
            .map(|header| {
                (header.name.into_owned(), String::from_utf8(header.value.into_owned()).unwrap())
            })
            .collect();
        let wanted = [("B", "1"), ("A", "2"), ("B", "3")].map(|(n, v)| (n.into(), v.into()));
        assert_eq!(pairs, wanted, "{text}");
    }
}

#[test]
fn an_absent_method_is_get_but_not_beside_a_body() {
    assert_eq!(http(r#"{"url":"/"}"#).method, "GET");
    assert_eq!(http(r#"{"url":"/","body":""}"#).method, "GET");
    assert_eq!(
        refusal(r#"{"url":"/","body":"a=b"}"#),
        "day.jsonl:1:1: expected `method` beside a body"
    );
}

#[test]
fn reads_a_body_of_any_bytes() {
    assert_eq!(*http(r#"{"url":"/","method":"POST","body_base64":"AP8="}"#).body, [0, 255]);
    assert_eq!(*http(r#"{"url":"/","method":"POST","body":"é"}"#).body, *"é".as_bytes());
    assert!(
        refusal(r#"{"url":"/","body":"","body_base64":""}"#)
            .ends_with("expected only one of `body` and `body_base64`")
    );
}

#[test]
fn reads_a_call_from_php() {
    let text = r#"{"call":"pipe_login","cred":"Bearer k","principal":{"contactId":1,"user":"alice"},
        "flow":"pipe","site_key":"s","use_session":true,"trusted":false,"session":{"user_id":2}}"#;
    let Kind::Call(call) = read(text).kind else { panic!("expected a call") };
    assert_eq!(call.function, CallFunction::PipeLogin);
    assert_eq!(call.cred.unwrap().expose(), b"Bearer k");
    let principal = call.principal.unwrap();
    assert_eq!((principal.contact_id, principal.user_id), (Some(1), None));
    assert_eq!(principal.user.as_deref(), Some("alice"));
    assert_eq!(call.site_key.unwrap().expose(), b"s");
    assert!(call.use_session && !call.trusted);
    let Kind::Call(bare) = read(r#"{"call":"authx_login"}"#).kind else { panic!("a call") };
    assert!(bare.cred.is_none() && bare.principal.is_none() && bare.trusted);
}

#[test]
fn says_what_was_expected_and_where() {
    for (text, wanted) in [
        (r#"{"url":"/","colour":1}"#, "day.jsonl:1:19: unknown field `colour`, expected one of "),
        (r#"{"url":5}"#, "day.jsonl:1:8: expected a string"),
        (r#"{"url":"/","call":"s3cret"}"#, "day.jsonl:1:26: expected one of `authx_login`"),
        (
            r#"{"url":"/","session":{"contact_id":"s3cret"}}"#,
            "day.jsonl:1:43: expected a whole number",
        ),
        (r#"{"url":"/","headers":{"A":["s3cret"]}}"#, "day.jsonl:1:26: expected a string"),
        (r#"{"url":"/","headers":{"A B":""}}"#, "day.jsonl:1:31: expected a header name"),
        (r#"{"url":"/","headers":{"A":"x\r\nB: y"}}"#, "day.jsonl:1:38: expected a header value"),
        (r#"{"url":"/","at":"yesterday"}"#, "day.jsonl:1:28: expected an RFC 3339 time in `at`"),
        (r#"{"url":"/","client_ip":"s3cret"}"#, "day.jsonl:1:32: expected an IPv4 or IPv6"),
        (r#"{"url":"/","body_base64":"*"}"#, "day.jsonl:1:29: expected standard base64"),
        (r#"{"url":"/","cred":"s3cret"}"#, "day.jsonl:1:1: field `cred` belongs to a PHP call"),
        (r#"{"call":"validate","url":"/"}"#, "day.jsonl:1:1: field `url` belongs to an HTTP"),
        (r#"{"method":"GET"}"#, "day.jsonl:1:1: expected `url`, or `call`"),
        (r#"{"url":"/","method":"G T"}"#, "day.jsonl:1:26: expected a method"),
        (r#"{"url":"ht tp://"}"#, "day.jsonl:1:18: expected a URL without blanks"),
        (r#"["s3cret"]"#, "day.jsonl:1:1: expected a JSON object that describes a request"),
        ("null", "day.jsonl:1:1: expected a JSON object that describes a request"),
        (r#"{"url":"/"} x"#, "day.jsonl:1:13: expected nothing more behind the value"),
        ("s3cret", "day.jsonl:1:1: expected a JSON value"),
        ("{", "day.jsonl:1:1: expected `,` or `}`, and the text ends here"),
        ("{\"url\":\n", "day.jsonl:1:7: expected a value, and the text ends here"),
    ] {
        let message = refusal(text);
        assert!(message.starts_with(wanted), "{text}: {message}");
        assert!(!message.contains("s3cret"), "{text}: {message}");
    }
}

#[test]
fn tells_the_id_of_a_request_it_refuses() {
    for text in [
        r#"{"id":"r7","url":5}"#,
        r#"{"url":"/","colour":1,"id":"r7"}"#,
        r#"{"id":"r7","url":"/""#,
        r#"{"id":"r7"}"#,
    ] {
        let error = line(text.as_bytes(), &"-".into(), 4).unwrap_err();
        assert_eq!(error.id.as_deref(), Some("r7"), "{text}");
        assert_eq!(error.line, Some(4));
    }
    assert_eq!(line(b"{\"url\":5", &"-".into(), 1).unwrap_err().id, None);
}

#[test]
fn gives_one_answer_for_every_line_that_is_not_blank() {
    let text = "\u{feff}{\"url\":\"/1\"}\r\n\r\n  \nbroken\n{\"url\":\"/2\"}";
    let answers = answers(text);
    assert_eq!(answers.len(), 3);
    assert_eq!(answers[0].as_ref().unwrap().source.line, Some(1));
    assert_eq!(answers[1].as_ref().unwrap_err().line, Some(4));
    assert_eq!(answers[2].as_ref().unwrap().source.line, Some(5));
}

#[test]
fn reads_on_after_a_line_that_is_too_long() {
    let mut text = vec![b'x'; limit::LINE + 1];
    text.extend_from_slice(b"\n{\"url\":\"/\"}\n");
    let answers = answers(text);
    assert_eq!(answers.len(), 2);
    assert_eq!(
        answers[0].as_ref().unwrap_err().to_string(),
        "f:1:1: expected a line of at most 64 MiB"
    );
    assert!(answers[1].is_ok());
}

#[test]
fn lines_are_the_same_however_they_arrive() {
    /// Gives a few bytes at a time.
    struct Drops<'a>(&'a [u8], usize);
    impl std::io::Read for Drops<'_> {
        fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
            let length = self.1.min(out.len());
            std::io::Read::read(&mut self.0, &mut out[..length])
        }
    }
    let text = "\u{feff}{\"url\":\"/1\"}\n\n{\"url\":\"/2\"}\r\nbroken\n{\"url\":\"/3\"}";
    let places = |answers: Vec<Answer<'static>>| -> Vec<_> {
        let place = |answer: &Answer| match answer {
            Ok(request) => (request.source.line, true),
            Err(error) => (error.line, false),
        };
        answers.iter().map(place).collect()
    };
    let whole = places(answers(text));
    assert_eq!(whole, [(Some(1), true), (Some(3), true), (Some(4), false), (Some(5), true)]);
    for size in 1..20 {
        let blocks = Blocks::new(Drops(text.as_bytes(), size), "f");
        let dripping = blocks.flat_map(|block| owned(&block)).collect();
        assert_eq!(places(dripping), whole, "{size}");
    }
}

proptest::proptest! {
    #[test]
    fn never_panics(text in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..300)) {
        let _ = line(&text, &"f".into(), 1);
    }

    #[test]
    fn repeats_no_value_of_a_line_it_refuses(value in "s3cret[a-z,\" ]{0,12}") {
        let text = serde_json::to_string(&value).unwrap();
        for field in ["method", "url", "session", "at", "call", "headers", "principal", "use_session"] {
            if let Err(error) = line(format!("{{\"{field}\":{text}}}").as_bytes(), &"f".into(), 1) {
                proptest::prop_assert!(!error.to_string().contains("s3cret"), "{}", error);
            }
        }
    }
}

#[test]
fn a_list_is_no_object() {
    for text in [
        r#"["r1","GET","/civicrm/authx/id"]"#,
        r#"{"url":"/x","session":[101,2]}"#,
        r#"{"call":"authx_login","principal":[101]}"#,
    ] {
        assert!(refusal(text).contains("object"), "{text}: {}", refusal(text));
    }
    assert!(read(r#"{"url":"/x","session":null}"#).session.is_none());
}

use std::io::{BufReader, Cursor};

use super::Entries;
use crate::verify::{HttpRequest, Kind, Request};

fn answers(text: &str) -> Vec<Result<(Request<'static>, HttpRequest<'static>), String>> {
    // A small buffer, so that every value lies across its edge.
    let input = BufReader::with_capacity(7, Cursor::new(text.to_owned()));
    Entries::new(input, "f.har")
        .map(|answer| match answer {
            Ok(request) => match request.kind.clone() {
                Kind::Http(http) => Ok((request, http)),
                Kind::Call(_) => panic!("expected an HTTP request"),
            },
            Err(error) => Err(error.to_string()),
        })
        .collect()
}

/// An archive of one entry with this request.
fn archive(request: &str) -> String {
    format!(r#"{{"log":{{"version":"1.2","entries":[{{"request":{request}}}]}}}}"#)
}

fn one(request: &str) -> (Request<'static>, HttpRequest<'static>) {
    let mut answers = answers(&archive(request));
    assert_eq!(answers.len(), 1, "{request}");
    answers.remove(0).unwrap()
}

#[test]
fn reads_an_archive_as_chrome_writes_it() {
    let text = "\u{feff}{\n  \"log\": {\n    \"version\": \"1.2\",\n    \"creator\": {\"name\": \"WebInspector\", \"version\": \"537.36\"},\n    \"pages\": [{\"id\": \"page_1\"}],\n    \"entries\": [\n      {\n        \"_initiator\": {\"type\": \"script\", \"stack\": {\"callFrames\": [\"}\", \"\\\"]\"]}},\n        \"request\": {\n          \"method\": \"POST\",\n          \"url\": \"https://crm.example.org/civicrm/ajax/api4?x=%41\",\n          \"httpVersion\": \"http/2.0\",\n          \"headers\": [\n            {\"name\": \":authority\", \"value\": \"crm.example.org\"},\n            {\"name\": \"cookie\", \"value\": \"a=b\"},\n            {\"name\": \"content-type\", \"value\": \"application/x-www-form-urlencoded\"}\n          ],\n          \"queryString\": [{\"name\": \"x\", \"value\": \"A\"}],\n          \"cookies\": [],\n          \"headersSize\": -1,\n          \"bodySize\": 7,\n          \"postData\": {\"mimeType\": \"application/x-www-form-urlencoded\", \"text\": \"p=%7B%7D\", \"params\": [{\"name\": \"p\", \"value\": \"%7B%7D\"}]}\n        },\n        \"response\": {\"status\": 401, \"content\": {\"size\": 3, \"text\": \"{\\\"a\\\": [\"}},\n        \"time\": 1.5e3\n      },\n      {\"request\": {\"method\": \"GET\", \"url\": \"https://h/2\", \"headers\": []}, \"response\": null}\n    ]\n  }\n}\n";
    let read: Vec<_> = answers(text).into_iter().map(Result::unwrap).collect();
    assert_eq!(read.len(), 2);
    let (request, http) = &read[0];
    assert_eq!(request.source.entry, Some(1));
    assert_eq!((&*http.method, &*http.target), ("POST", "/civicrm/ajax/api4?x=%41"));
    assert_eq!(http.authority.as_deref(), Some("crm.example.org"));
    assert_eq!(http.headers.len(), 2);
    assert_eq!(*http.body, *b"p=%7B%7D");
    assert!(read[1].0.notes.iter().any(|note| note.contains("sensitive data")));
}

#[test]
fn reads_bodies_from_parameters_and_base64() {
    let (_, http) = one(
        r#"{"method":"POST","url":"http://h/","headers":[],"postData":{"mimeType":"application/x-www-form-urlencoded","text":"","params":[{"name":"a b","value":"c&d"},{"name":"e","value":null}]}}"#,
    );
    assert_eq!(*http.body, *b"a+b=c%26d&e=");
    assert_eq!(http.header("content-type"), Some(&b"application/x-www-form-urlencoded"[..]));
    let (_, http) = one(
        r#"{"method":"POST","url":"http://h/","headers":[{"name":"Content-Type","value":"multipart/form-data; boundary=xx"}],"postData":{"mimeType":"multipart/form-data","params":[{"name":"f","value":"1","fileName":"a.txt","contentType":"text/plain"}]}}"#,
    );
    assert_eq!(
        String::from_utf8(http.body.to_vec()).unwrap(),
        "--xx\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a.txt\"\r\nContent-Type: text/plain\r\n\r\n1\r\n--xx--\r\n"
    );
    let (_, http) = one(
        r#"{"method":"POST","url":"http://h/","postData":{"mimeType":"x/y","text":"AP8=","encoding":"base64"}}"#,
    );
    assert_eq!(*http.body, [0, 255]);
}

#[test]
fn fills_in_what_some_programs_leave_out() {
    let (request, http) = one(
        r#"{"method":"GET","url":"http://h/p","queryString":[{"name":"a","value":"b c"}],"headers":null,"postData":null}"#,
    );
    assert_eq!(http.target, "/p?a=b+c");
    assert_eq!(request.notes.len(), 1);
    let (request, _) = one(r#"{"method":"POST","url":"http://h/","headers":[],"bodySize":12}"#);
    assert_eq!(request.unknowns, ["the body, which the archive leaves out"]);
    let (request, _) = one(
        r#"{"method":"POST","url":"http://h/","bodySize":12,"postData":{"mimeType":"x/y","text":"","params":[]}}"#,
    );
    assert_eq!(request.unknowns, ["the body, which the archive leaves out"]);
    assert_eq!(one(r#"{"method":"GET","url":"wss://h/s"}"#).1.scheme, Some("https"));
}

#[test]
fn takes_cookies_where_no_header_has_them() {
    let (request, http) = one(
        r#"{"method":"GET","url":"http://h/","headers":[],"cookies": [ {"name":"a","value":"b"},{"name":"c","value":"d e","expires":null}]}"#,
    );
    assert_eq!(http.header("cookie"), Some(&b"a=b; c=d e"[..]));
    assert!(request.notes[0].contains("`cookies`"));
    let (_, http) = one(
        r#"{"method":"GET","url":"http://h/","headers":[{"name":"cookie","value":"x=y"}],"cookies":[{"name":"a","value":"b"}]}"#,
    );
    assert_eq!(http.headers.len(), 1);
    for odd in ["{}", "null", "[]", "[{}]", "[1]", "\"a=b\""] {
        let request = format!(r#"{{"method":"GET","url":"http://h/","cookies":{odd}}}"#);
        assert!(one(&request).1.headers.is_empty(), "{odd}");
    }
}

#[test]
fn leaves_out_the_headers_that_firefox_puts_in_front_of_a_form() {
    let body = |text: &str| {
        let request = format!(
            r#"{{"method":"POST","url":"http://h/","postData":{{"mimeType":"application/x-www-form-urlencoded","text":"{text}"}}}}"#
        );
        String::from_utf8(one(&request).1.body.to_vec()).unwrap()
    };
    let head = r"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 3\r\n\r\n";
    assert_eq!(body(&format!("{head}a=b")), "a=b");
    for other in [format!("{head}a=bc"), format!("X: y\\r\\n{head}a=b")] {
        assert!(body(&other).contains("Content-Length"), "{other}");
    }
}

#[test]
fn gives_one_answer_for_every_entry() {
    let text = r#"{"log":{"entries":[
        {"request":{"method":"GET","url":"data:s3cret"}}, 5, {}, {"response":{}},
        {"request":{"method":"GET","url":7}},
        {"request":{"method":"GET","url":"http://h/","headers":[{"name":"A","value":"x\ny"}]}},
        {"request":{"method":"GET","url":"http://h/last"}}
    ], "comment":"x"}}"#;
    let answers = answers(text);
    assert_eq!(answers.len(), 7);
    for (index, message) in [
        "f.har: entry 1: expected an absolute http:// or https:// URL",
        "f.har: entry 2: expected an object as the entry",
        "f.har: entry 3: expected the field `request` in the entry",
        "f.har: entry 4: expected the field `request` in the entry",
        "f.har: entry 5: in `request`: expected a string",
        "f.har: entry 6: expected a header value without line breaks",
    ]
    .iter()
    .enumerate()
    {
        let error = answers[index].as_ref().unwrap_err();
        assert!(error.starts_with(message), "{error}");
        assert!(!error.contains("s3cret"));
    }
    assert_eq!(answers[6].as_ref().unwrap().1.target, "/last");
}

#[test]
fn lists_end_where_nobody_sends_more() {
    for (field, most) in [
        (r#""headers":[{}]"#, 1_000),
        (r#""queryString":[{}]"#, 10_000),
        (r#""postData":{"mimeType":"a/b","params":[{}]}"#, 10_000),
    ] {
        let of = |count: usize| {
            let items = vec![r#"{"name":"a","value":""}"#; count].join(",");
            let field = field.replace("{}]", &format!("{items}]"));
            let request = format!(r#"{{"method":"POST","url":"http://h/",{field}}}"#);
            answers(&archive(&request)).remove(0).map(drop)
        };
        assert_eq!(of(most), Ok(()), "{field}");
        let error = of(most + 1).unwrap_err();
        assert!(error.contains(&format!("expected at most {most} ")), "{error}");
        assert!(of(20_000).is_err());
    }
}

#[test]
fn names_of_fields_may_be_escaped() {
    let request = r#"{"method":"GET","\u0075rl":"http://h/x","headers":[]}"#;
    let text = format!(
        r#"{{"l\u006fg":{{"\"entries\"":1,"entri\u0065s":[{{"\"request\"":1,"r\u0065quest":{request}}}]}}}}"#
    );
    let read = answers(&text);
    assert_eq!(read.len(), 1);
    assert_eq!(read[0].as_ref().unwrap().1.target, "/x");
}

#[test]
fn counts_lines_and_columns_behind_what_it_passes_over() {
    for (text, place) in [
        ("{\"log\":{\"a\":[\n1,\n {\"b\\\"\":\"]}\\\\\"}]\n , \"c\": 1 2", "4:11"),
        ("{\"log\":{\"a\":\"x\ny\" 2", "2:4"),
        ("{\"log\":{\"a\":tr\n2", "2:1"),
    ] {
        let answers = answers(text);
        let error = answers.last().unwrap().as_ref().unwrap_err();
        assert!(
            error.starts_with(&format!("f.har:{place}: expected `,` or `}}`")),
            "{text}: {error}"
        );
    }
}

#[test]
fn says_where_a_text_is_no_archive() {
    for (text, message) in [
        ("", "f.har:1:1: expected `{`"),
        ("{\n  \"version\": 1\n}", "f.har:3:1: expected the field `log`"),
        ("{\"log\":{}}", "f.har:1:9: expected a field's name"),
        ("{\"log\":{\"pages\":[]}}", "f.har:1:19: expected the field `entries`"),
        ("{\"log\":{\"entries\":{}}}", "f.har:1:19: expected `[`"),
        ("{\"log\":{\"entries\":[{\"request\":{\n\"a\":\"", "f.har:2:6: entry 1: expected the end"),
        ("{\"log\":{\"entries\":[{} {}]}}", "f.har:1:23: entry 1: expected `]`"),
    ] {
        let answers = answers(text);
        let error = answers.last().unwrap().as_ref().unwrap_err();
        assert!(error.starts_with(message), "{text}: {error}");
    }
    assert!(answers(r#"{"log":{"entries":[]}}"#).is_empty());
}

proptest::proptest! {
    #[test]
    fn never_panics(text in "[{}\\[\\],:\"\\\\ a-z0-9\n]{0,60}") {
        let _ = answers(&text);
        let _ = answers(&format!("{{\"log\":{{\"entries\":[{text}"));
        let _ = answers(&archive(&text));
    }

    #[test]
    fn a_body_of_any_text_survives(body in ".{1,40}", before in ".{0,20}") {
        let text = serde_json::json!({"log": {
            "comment": before,
            "entries": [{
                "comment": before,
                "request": {"method": "POST", "url": "http://h/", "headers": [], "postData": {"mimeType": "t/p", "text": body}},
                "response": {"content": {"text": body}},
            }],
        }});
        let read = answers(&text.to_string());
        proptest::prop_assert_eq!(&*read[0].as_ref().unwrap().1.body, body.as_bytes());
    }
}

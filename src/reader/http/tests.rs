use std::io::Cursor;

use super::{CHUNK, Requests, looks_like_one};
use crate::reader::Answer;
use crate::verify::{HttpRequest, Kind, Request};

fn text(raw: &[u8], chunk: usize) -> Vec<Answer<'static>> {
    let input = Box::new(Cursor::new(raw.to_vec()));
    Requests::in_chunks(input, "log", chunk).unwrap().collect()
}

fn answers(raw: &str) -> Vec<Result<(Request<'static>, HttpRequest<'static>), String>> {
    // In parts as small as they can be, so that every request lies across an edge.
    text(raw.as_bytes(), 1)
        .into_iter()
        .map(|answer| match answer {
            Ok(request) => match request.kind.clone() {
                Kind::Http(http) => Ok((request, http)),
                Kind::Call(_) => panic!("expected an HTTP request"),
            },
            Err(error) => Err(error.to_string()),
        })
        .collect()
}

fn one(raw: &str) -> (Request<'static>, HttpRequest<'static>) {
    let mut answers = answers(raw);
    assert_eq!(answers.len(), 1, "{raw:?}");
    answers.remove(0).unwrap()
}

#[test]
fn reads_a_request_with_either_line_end() {
    for end in ["\r\n", "\n"] {
        let raw = [
            "POST /civicrm/ajax/api4/Contact/get?x=%41#y HTTP/1.1",
            "Host: crm.example.org",
            "X-A:  1 ",
            "x-a: 2",
            "Content-Length: 3",
            "",
            "a=b",
        ]
        .join(end);
        let (request, http) = one(&raw);
        assert_eq!(http.method, "POST");
        assert_eq!(http.target, "/civicrm/ajax/api4/Contact/get?x=%41#y");
        assert_eq!((http.scheme, http.authority), (None, None));
        let headers: Vec<_> = http
            .headers
            .iter()
            .map(|header| (&*header.name, std::str::from_utf8(&header.value).unwrap()))
            .collect();
        let wanted =
            [("Host", "crm.example.org"), ("X-A", "1"), ("x-a", "2"), ("Content-Length", "3")];
        assert_eq!(headers, wanted);
        assert_eq!(*http.body, *b"a=b");
        assert!(request.notes.is_empty());
    }
}

#[test]
fn takes_an_absolute_target_apart() {
    let (_, http) = one("GET https://h:8443/p?q HTTP/1.1\n\n");
    assert_eq!(http.scheme, Some("https"));
    assert_eq!(http.authority.as_deref(), Some("h:8443"));
    assert_eq!(http.target, "/p?q");
    assert_eq!(one("OPTIONS * HTTP/1.1\n\n").1.target, "*");
}

#[test]
fn reads_many_requests_with_and_without_a_length() {
    let raw = "\n# first\nGET /1 HTTP/1.1\nHost: h\n\nPOST /2 HTTP/1.1\nContent-Length: 3\n\na\nb\
               GET /3 HTTP/1.1\n\n###\nPOST /4 HTTP/1.1\n\n{\n\n\"GET\": 1}\n\n\n### last\nGET /5 HTTP/1.1\n";
    let read: Vec<_> = answers(raw).into_iter().map(Result::unwrap).collect();
    let targets: Vec<_> = read.iter().map(|(_, http)| &*http.target).collect();
    assert_eq!(targets, ["/1", "/2", "/3", "/4", "/5"]);
    assert_eq!(*read[1].1.body, *b"a\nb");
    assert_eq!(*read[3].1.body, *b"{\n\n\"GET\": 1}");
    let places: Vec<_> =
        read.iter().map(|(request, _)| (request.source.line, request.source.entry)).collect();
    assert_eq!(places[0], (Some(3), Some(1)));
    assert_eq!(places[3].1, Some(4));
}

#[test]
fn decodes_a_chunked_body() {
    let raw = "POST / HTTP/1.1\r\nTransfer-Encoding: Chunked\r\n\r\n3;x=y\r\na=b\r\nA\r\n0123456789\r\n0\r\n\r\nGET /2 HTTP/1.1\r\n\r\n";
    let read: Vec<_> = answers(raw).into_iter().map(Result::unwrap).collect();
    assert_eq!(*read[0].1.body, *b"a=b0123456789");
    assert_eq!(read[1].1.target, "/2");
    for raw in [
        "xyz\r\n",
        "3\r\na\r\n",
        "-1\r\n",
        "",
        "ffffffffffffffffff\r\n",
        "3\r\nabcd\r\n0\r\n\r\n",
        " 3\r\nabc\r\n0\r\n\r\n",
        "3;a\rb\r\nabc\r\n0\r\n\r\n",
    ] {
        let raw = format!("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n{raw}");
        assert!(answers(&raw)[0].as_ref().is_err_and(|error| error.contains("chunk")), "{raw:?}");
    }
}

#[test]
fn refuses_what_can_be_read_in_two_ways() {
    for (headers, message) in [
        ("Content-Length: 3\nTransfer-Encoding: chunked", "log:1:1: expected Content-Length or"),
        ("Content-Length: 3\nContent-Length: 4", "log:1:1: expected one Content-Length"),
        ("Content-Length: +3", "log:1:1: expected a number of bytes"),
        ("Content-Length: 3, 3", "log:1:1: expected a number of bytes"),
        ("Transfer-Encoding: gzip, chunked", "log:1:1: expected `chunked` alone"),
        ("Transfer-Encoding: chunked\nTransfer-Encoding: x", "log:1:1: expected `chunked` alone"),
        ("Host: a\nhost: b", "log:1:1: expected one Host"),
        ("X-A: 1\n s3cret", "log:3:1: expected a header: folded"),
        ("X-A : s3cret", "log:2:1: expected no blank before the colon"),
        ("X-A: s3\rcret", "log:2:1: expected a header without a carriage return"),
        ("s3cret", "log:2:1: expected a header, like Name: value"),
        ("X(A): s3cret", "log:2:1: expected a header name"),
    ] {
        let refused = answers(&format!("POST / HTTP/1.1\n{headers}\n\na=b"));
        let error = refused[0].as_ref().unwrap_err();
        assert!(error.starts_with(message), "{headers:?}: {error}");
        assert!(!error.contains("s3cret"));
    }
    let http10 = answers("POST / HTTP/1.0\nTransfer-Encoding: chunked\n\n0\n\n");
    assert!(http10[0].as_ref().is_err_and(|error| error.contains("smuggling")));
    assert_eq!(one("GET / HTTP/1.1\nHost: h\nHost: H\n\n").1.headers.len(), 2);
    assert_eq!(
        one("POST / HTTP/1.1\nContent-Length: 3\nContent-Length: 3\n\na=b").1.headers.len(),
        2
    );
}

#[test]
fn refuses_what_is_no_request_line() {
    for (raw, message) in [
        ("HTTP/1.1 200 OK\n\n", "log:1:1: expected a request: this is an answer"),
        ("hello\n", "log:1:1: expected a request line"),
        ("GET /a b HTTP/1.1\n\n", "log:1:1: expected a path without blanks"),
        ("GET a HTTP/1.1\n\n", "log:1:1: expected an absolute http:// or https:// URL"),
        ("GET / HTTP/9\n\n", "log:1:1: expected HTTP/1.0"),
        ("", "log: expected a request line"),
    ] {
        let answers = answers(raw);
        let error = answers[0].as_ref().unwrap_err();
        assert!(error.starts_with(message), "{raw:?}: {error}");
    }
}

#[test]
fn goes_on_behind_a_request_it_refuses() {
    let read = answers("GET / HTTP/1.1\nX : 1\n\nGET /2 HTTP/1.1\n\n");
    assert!(read[0].is_err());
    assert_eq!(read[1].as_ref().unwrap().1.target, "/2");
}

#[test]
fn takes_a_short_body_with_a_note() {
    let (request, http) = one("POST / HTTP/1.1\nContent-Length: 9\n\na=b");
    assert_eq!(*http.body, *b"a=b");
    assert_eq!(request.notes, ["the body is 6 bytes shorter than its Content-Length"]);
}

#[test]
fn takes_pseudo_headers_and_traces() {
    let (request, http) =
        one(":authority: h\n:method: GET\n:path: /x?y\n:scheme: https\naccept: */*\n");
    assert_eq!((&*http.method, &*http.target), ("GET", "/x?y"));
    assert_eq!((http.scheme, http.authority.as_deref()), (Some("https"), Some("h")));
    assert_eq!(http.headers.len(), 1);
    assert_eq!(request.notes.len(), 1);
    let trace =
        "* Connected\n> GET /x HTTP/1.1\r\n> Host: h\r\n>\r\n< HTTP/1.1 401 Unauthorized\n< \n{}\n";
    let (request, http) = one(trace);
    assert_eq!((&*http.target, http.headers.len()), ("/x", 1));
    assert_eq!(request.source.line, Some(2));
    let (_, http) = one(&format!("\u{feff}{}", trace.trim_start_matches("* Connected\n")));
    assert_eq!((&*http.target, http.headers.len()), ("/x", 1));
}

#[test]
fn a_body_that_looks_like_a_trace_is_a_body() {
    let body = "> GET /other HTTP/1.1\n###\n";
    let length = body.len();
    let text = format!("POST /x HTTP/1.1\nHost: h\nContent-Length: {length}\n\n{body}");
    let (_, http) = one(&text);
    assert_eq!((&*http.method, &*http.target), ("POST", "/x"));
    assert_eq!(*http.body, *body.as_bytes());
}

#[test]
fn knows_its_own_kind() {
    for raw in
        ["GET / HTTP/1.1\n", "\n\n### a\nPOST /x HTTP/2\n", ":method: GET\n", "> GET / HTTP/1.1\n"]
    {
        assert!(looks_like_one(raw.as_bytes()), "{raw:?}");
    }
    for raw in ["{\"a\":1}", "", "HTTP/1.1 200 OK"] {
        assert!(!looks_like_one(raw.as_bytes()), "{raw:?}");
    }
}

/// A text over and over.
struct Endless(&'static [u8], usize);

impl std::io::Read for Endless {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let count = (&self.0[self.1..]).read(buffer)?;
        self.1 = (self.1 + count) % self.0.len();
        Ok(count)
    }
}

#[test]
fn reads_no_further_than_it_must() {
    let log = Endless(b"# next\nPOST /x HTTP/1.1\nContent-Length: 3\n\na\nb\n\n", 0);
    let requests = Requests::new(Box::new(log), "log").unwrap();
    for (place, request) in (0..10_000).zip(requests) {
        let source = request.unwrap().source;
        assert_eq!((source.line, source.entry), (Some(7 * place + 2), Some(place + 1)));
    }
}

#[test]
fn a_request_without_an_end_ends_the_reading() {
    let start = "GET / HTTP/1.1\n\nPOST / HTTP/1.1\nContent-Length: 99999999999\n\n";
    let input = std::io::Read::chain(start.as_bytes(), std::io::repeat(b'\n'));
    let answers: Vec<_> = Requests::new(Box::new(input), "log").unwrap().collect();
    assert_eq!(answers.len(), 2);
    let error = answers[1].as_ref().unwrap_err().to_string();
    assert_eq!(error, "log:3:1: entry 2: expected a request of at most 64 MiB");
}

#[test]
fn tells_where_the_text_breaks_off() {
    struct Broken;
    impl std::io::Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
            Err(std::io::ErrorKind::ConnectionReset.into())
        }
    }
    let input = std::io::Read::chain(&b"GET / HTTP/1.1\nHost: h\n\nGET /2 HTTP/1.1\n"[..], Broken);
    let answers: Vec<_> = Requests::in_chunks(Box::new(input), "log", 4).unwrap().collect();
    assert_eq!(answers[0].as_ref().unwrap().source.line, Some(1));
    let error = answers[1].as_ref().unwrap_err().to_string();
    assert_eq!(error, "log:4:1: entry 2: cannot read on: connection reset");
}

proptest::proptest! {
    #[test]
    fn reads_any_text_alike_in_parts_and_as_a_whole(raw in "(((GET|POST) /[a-z]{0,3} HTTP/1.1|[A-Za-z-]{1,17}: ?(chunked|[0-9]{1,3})|[0-9a-f]{1,2}|[a-z ]{0,5}|:method: GET|###)?(\r?\n){1,2}){0,12}") {
        // Nor does it matter in which parts a text is read.
        let whole = text(raw.as_bytes(), CHUNK);
        for chunk in [1, 2, 7] {
            proptest::prop_assert_eq!(format!("{:?}", text(raw.as_bytes(), chunk)), format!("{whole:?}"));
        }
    }

    #[test]
    fn reads_back_what_it_is_given(
        target in "/[a-z%?=&0-9]{0,12}",
        headers in proptest::collection::vec(("X-[a-z]{1,5}", "[ -~]{0,12}"), 0..5),
        body in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..40),
    ) {
        let mut raw = format!("POST {target} HTTP/1.1\r\n").into_bytes();
        for (name, value) in &headers {
            raw.extend(format!("{name}: {value}\r\n").into_bytes());
        }
        raw.extend(format!("Content-Length: {}\r\n\r\n", body.len()).into_bytes());
        raw.extend(&body);
        let answers = text(&raw, 3);
        let [Ok(request)] = answers.as_slice() else { panic!("expected one request") };
        let Kind::Http(http) = &request.kind else { panic!("expected an HTTP request") };
        proptest::prop_assert_eq!(&http.target, &target);
        proptest::prop_assert_eq!(&*http.body, &body);
        proptest::prop_assert_eq!(http.headers.len(), headers.len() + 1);
    }
}

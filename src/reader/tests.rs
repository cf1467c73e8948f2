//! No text makes a reader panic, run on, or hand out a request that could not be sent.

use std::convert::Infallible;
use std::ffi::OsString;
use std::io::Read;
use std::os::unix::ffi::OsStringExt;

use proptest::prelude::*;

use super::{Answer, Format, Piece, Refusal, curl_words, limit, nothing, read};
use crate::testing::{Text, broken, soon};
use crate::verify::{self, Extent, Facts, Kind, Policy, Request, System};

const COMMANDS: &[&str] = &[
    "curl -X POST 'https://crm.example.org/civicrm/ajax/api4/Contact/get?x=1#y' -H 'X-Civi-Auth: Bearer key' --data-urlencode 'params={\"a\":[1]}'",
    "$ curl \\\n  -u \"alice:s$PASS\" \\\n  -F 'a=b;type=text/plain' -F 'c=@file;filename=d' --form-string e=f http://h:8080/{a,b}/[1-3:2] -o /dev/null\n",
    "TOKEN=abc; export X=\"$TOKEN\"\ncurl -sSL --json \"{\\\"k\\\": \\\"${X:-y}\\\"}\" --oauth2-bearer $'t\\x41\\u00e9' https://h/ --next -G -d a=b -d @- https://i/ # end",
    "curl.exe ^\"https://h/a?b=c^&d=e^\" ^\n  -H ^\"Cookie: a=b^\" ^\n  --data-raw ^\"{^\\^\"x^\\^\":1}^\"\r\n",
    "curl.exe --% -k `\n 'https://h/' -Headers @{ \"a\" = \"b\" }",
    "Invoke-WebRequest -Uri \"https://h/\" -Method POST -Headers @{\n \"X-Civi-Auth\"=\"Bearer k\" } -Body \"a=b\"",
    "curl --variable v=1 --variable '%HOME' --expand-url 'http://h/{{v:trim:url}}' --expand-data '{{HOME:b64:json}}' --url-query 'q=a b' --url-query +raw",
    "curl -K - -K conf -T up.txt --request-target /x -r 0-9 -e ';auto' -A '' -b 'a=b' -H 'X:' -H 'Y;' -H @h -I --http2 'http://u:p@h/../a/./b'",
    "curl 'http://h' <<'EOF'\nbody\nEOF\n curl http://h | sh && curl \"$(cat url)\" >out 2>&1",
];

const WORDS: &[&str] = &[
    "'",
    "\"",
    "\\",
    "\\\n",
    "^",
    "^\r\n",
    "`",
    "`\n",
    "$'",
    "$(",
    "${",
    "$((",
    "<<E\n",
    "<(",
    ")",
    "}",
    "{",
    "[",
    "]",
    "{a,b}",
    "[1-9999999999]",
    "[a-z:3]",
    "[0001-0100]",
    "{{v:url}}",
    "|",
    ";",
    "&",
    "&&",
    ">",
    "#",
    "~",
    "!",
    "*",
    "\0",
    "\u{feff}",
    "é",
    "\u{fffd}",
    "\t",
    "\r",
    "\n",
    " ",
    " curl ",
    " -d ",
    " -d@f ",
    " -K f ",
    " -F ",
    "=@",
    "=<",
    "a=(",
    ";type=",
    " --next ",
    " --expand-data ",
    " --variable ",
    " --url-query ",
    " -H ",
    " -u ",
    " -- ",
    " -G ",
    " -:",
    "http://",
    "?",
    "/../",
    "%",
    "%41",
    ":",
    "@",
    "=",
    "--data-",
    "-XPOST ",
    "if ",
    " then ",
    "function f(){",
    "\\u0041",
    "\\x",
];

const REQUESTS: &[&str] = &[
    "POST /civicrm/x?_authx=a HTTP/1.1\r\nHost: h\r\nX-Civi-Auth: Bearer k\r\nContent-Length: 3\r\n\r\na=bGET / HTTP/1.1\r\nHost: h\r\n\r\n",
    "GET https://h:8080/a HTTP/1.0\nAccept: a\n\n### next\nPOST /b\nHost: h\n\nx=y\n",
    "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3;e=1\r\nabc\r\n10\r\n0123456789abcdef\r\n0\r\nTrailer: x\r\n\r\n",
    ":method: POST\n:scheme: https\n:authority: h\n:path: /x\ncontent-type: a/b\n\nbody",
    "> GET /v HTTP/1.1\r\n> Host: h\r\n>\r\n< HTTP/1.1 200 OK\r\n< A: b\r\n* end\r\n",
    "PATCH /node/1?_format=json HTTP/1.1\nHost: h\nAuthorization: Basic YTpi\nAUTH-METHOD: one\nContent-Type: application/json\n\n{\"a\":1}",
];

const HTTP_WORDS: &[&str] = &[
    "\r\n",
    "\n",
    "\r",
    "\r\n\r\n",
    "\n\n",
    ": ",
    ":",
    " ",
    "\t",
    "\r\n ",
    "GET ",
    "POST /x HTTP/1.1\r\n",
    " HTTP/1.1",
    "Content-Length: 99999999999999999999\r\n",
    "Content-Length: 5\r\n",
    "Transfer-Encoding: chunked\r\n",
    "ffffffffffffffff\r\n",
    "0\r\n\r\n",
    "###",
    "> ",
    "< ",
    ":path: /",
    ":authority: h\n",
    "\0",
    "\u{feff}",
    "é",
    "http://",
    "//",
    "*",
    "Host: h\r\n",
    "A: b\r\n",
    "X-Civi-Auth: Basic Og==\r\n",
    "Content-Type: multipart/form-data; boundary=b\r\n",
];

const ARCHIVES: &[&str] = &[
    r#"{"log":{"version":"1.2","creator":{"name":"x"},"pages":[],"entries":[{"_x":{"a":["}","\""]},"request":{"method":"POST","url":"https://h/a?b=%41","httpVersion":"h2","headers":[{"name":":authority","value":"h"},{"name":"A","value":"b"}],"postData":{"mimeType":"application/x-www-form-urlencoded","text":"p=1","params":[{"name":"p","value":"1"}]},"bodySize":3},"response":{"status":401}},{"request":{"method":"GET","url":"http://h/2","headers":[]}}]}}"#,
    "{\n\"log\" : {\"entries\" : [ {\"request\":{\"method\":\"POST\",\"url\":\"http://h/\",\"postData\":{\"mimeType\":\"multipart/form-data; boundary=x\",\"params\":[{\"name\":\"f\",\"value\":\"1\",\"fileName\":\"a\",\"contentType\":\"t\"}]}}}, {\"request\":{\"method\":\"PUT\",\"url\":\"https://h/b\",\"postData\":{\"text\":\"AP8=\",\"encoding\":\"base64\"},\"cookies\":[{\"name\":\"c\",\"value\":\"\\u00e9\"}]}} ] } }",
];

const LINES: &[&str] = &[
    "{\"id\":\"r1\",\"method\":\"POST\",\"url\":\"https://h/civicrm/x?a=b\",\"headers\":{\"X-Civi-Auth\":\"Bearer k\"},\"body\":\"a=b\",\"session\":{\"contact_id\":1,\"user_id\":null},\"at\":\"2026-01-01T00:00:00Z\",\"client_ip\":\"::1\"}\n",
    "{\"id\":7,\"url\":\"/jsonapi\",\"headers\":[[\"A\",\"b\"],[\"A\",\"c\\n\"]]}\n\n{\"method\":\"PUT\",\"url\":\"*\",\"body_base64\":\"AP8=\"}\r\n",
    "{\"call\":\"authx_login\",\"cred\":\"Bearer k\",\"principal\":{\"contactId\":1,\"user\":\"a\"},\"flow\":\"script\",\"site_key\":\"s\",\"use_session\":true}\n{\"call\":\"pipe_login\",\"trusted\":false}\n",
];

const JSON_WORDS: &[&str] = &[
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\"",
    "\\",
    "\\u",
    "\\ud800",
    "\\udc00\\ud800",
    "null",
    "true",
    "1e999",
    "-0",
    "99999999999999999999",
    "0.5",
    "\n",
    " ",
    "\0",
    "\u{feff}",
    "é",
    "{\"a\":",
    "[[",
    "\"id\":\"x\",",
    "\"url\":\"/\",",
    "\"method\":\"\",",
    "\"headers\":[[\"\",\"\"]],",
    "\"request\":{",
    "\"entries\":[",
    "\"body\":\"x\",",
    "\"call\":\"validate\",",
    "\"postData\":{",
    "\"params\":[",
    "\"encoding\":\"base64\",",
    "\"text\":\"",
    "\"log\":{",
];

/// The answers to a text that comes a few bytes at a time.
fn answers(text: &Text, format: Format, load: &mut super::Loader<'_>) -> Vec<Answer<'static>> {
    struct Slow<'a>(&'a [u8]);
    impl Read for Slow<'_> {
        fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
            let length = into.len().min(61);
            self.0.read(&mut into[..length])
        }
    }
    soon(|| {
        let mut answers = Vec::new();
        for piece in read(Slow(&text.0), format, "file", load) {
            let keep = |some: &[Answer<'_>]| {
                answers.extend(some.iter().cloned().map(|answer| answer.map(Request::into_owned)));
                Ok::<_, Infallible>(())
            };
            piece.try_groups(keep).unwrap();
        }
        answers
    })
}

/// What holds for every answer. The first request is judged as well.
fn check(answers: &[Answer]) {
    for answer in answers {
        match answer {
            Err(error) => {
                assert!(!error.message.is_empty() && !error.file.is_empty());
                assert!(!error.message.contains(char::is_control), "{error:?}");
                assert!(error.line != Some(0) && error.column != Some(0), "{error:?}");
            }
            Ok(request) => {
                let Kind::Http(http) = &request.kind else { continue };
                assert!(!http.method.is_empty());
                let is_odd = !request.unknowns.is_empty();
                assert!(is_odd || http.target.starts_with('/') || http.target == "*");
                assert!(!http.target.contains(|c: char| c.is_ascii_control() || c == ' '));
                assert!(http.headers.len() <= limit::HEADERS + 8, "{}", http.headers.len());
                for header in &http.headers {
                    assert!(!header.name.is_empty() && !header.name.contains(['\n', ':', '\0']));
                    assert!(!header.value.contains(&b'\n') && !header.value.contains(&b'\0'));
                }
            }
        }
    }
    let policy = Policy::default();
    for request in answers.iter().flatten().take(1) {
        for system in [System::CiviCrm, System::Drupal] {
            soon(|| {
                let _ = verify::choose(request, &policy);
                let _ = verify::presented(system, request, &policy);
                verify::decide(Extent::Whole, system, request, &policy, &Facts::default(), 0)
            });
        }
    }
}

proptest! {
    #[test]
    fn broken_commands_are_survived(text in broken(COMMANDS, WORDS)) {
        check(&answers(&text, Format::Curl, &mut nothing));
    }

    #[test]
    fn broken_words_are_survived(
        words in prop::collection::vec(broken(COMMANDS, WORDS), 0..3),
        cuts in prop::collection::vec(any::<prop::sample::Index>(), 0..8),
    ) {
        // Words of a command, cut anywhere: a shell has taken its quotes off before.
        let text: Vec<u8> = words.into_iter().flat_map(|text| text.0).filter(|byte| *byte != 0).collect();
        let words = text.split(u8::is_ascii_whitespace).map(|word| {
            let cut = cuts.first().map_or(word.len(), |cut| cut.index(word.len() + 1));
            OsString::from_vec(word[..cut].to_vec())
        });
        let words: Vec<OsString> = std::iter::once("curl".into()).chain(words).collect();
        check(&soon(|| curl_words(&words, &mut nothing)));
    }

    #[test]
    fn broken_files_of_commands_are_survived(
        text in broken(COMMANDS, WORDS),
        file in broken(&["url = \"http://h/\"\ndata=@-\n# c\n-K next\nheader: \"A: b\\t\"\nnext\n", "a=b\r\nc\0d", "X: y\nZ;\n"], WORDS),
        config in broken(&["curl -K a -d @b -H @c -F 'd=@e' -T f --data-urlencode g@h --variable i@j http://h"], WORDS),
    ) {
        for text in [text, config] {
            let mut left = limit::ANSWERS / limit::FILE + 2;
            let mut load = |name: &str| {
                left -= 1;
                assert!(left > 0, "a reader asks for files without an end");
                if name.len() > 5 { Err(Refusal::Failed("no such file".into())) } else { Ok(file.0.clone()) }
            };
            check(&answers(&text, Format::Curl, &mut load));
        }
    }

    #[test]
    fn broken_raw_requests_are_survived(text in broken(REQUESTS, HTTP_WORDS)) {
        check(&answers(&text, Format::Http, &mut nothing));
    }

    #[test]
    fn broken_archives_are_survived(text in broken(ARCHIVES, JSON_WORDS)) {
        check(&answers(&text, Format::Har, &mut nothing));
    }

    #[test]
    fn broken_lines_are_survived_and_each_is_answered(text in broken(LINES, JSON_WORDS)) {
        let answers = answers(&text, Format::Jsonl, &mut nothing);
        check(&answers);
        let whole = text.0.strip_prefix(super::BOM).unwrap_or(&text.0);
        let lines = whole.split(|byte| *byte == b'\n').filter(|line| !line.trim_ascii().is_empty());
        prop_assert_eq!(answers.len(), lines.count());
    }

    #[test]
    fn broken_texts_of_any_format_are_survived(
        text in prop_oneof![
            broken(COMMANDS, HTTP_WORDS), broken(REQUESTS, JSON_WORDS), broken(ARCHIVES, WORDS), broken(LINES, WORDS),
            any::<Vec<u8>>().prop_map(Text),
        ],
    ) {
        check(&answers(&text, Format::Auto, &mut nothing));
    }
}

#[test]
fn few_large_requests_are_handed_on_at_once() {
    let value = "x".repeat(200_000);
    let entry =
        |field: &str| format!(r#"{{"request":{{"method":"POST","url":"http://h/",{field}}}}}"#);
    let header = entry(&format!(r#""headers":[{{"name":"a","value":"{value}"}}]"#));
    let body = entry(&format!(r#""postData":{{"mimeType":"a/b","text":"{value}"}}"#));
    let small = entry(r#""headers":[]"#);
    for (entry, at_once) in [(header, 6), (body, 6), (small, limit::PIECE_ANSWERS)] {
        let text = format!(r#"{{"log":{{"entries":[{}]}}}}"#, vec![entry; 100].join(","));
        let mut pieces = read(text.as_bytes(), Format::Har, "f", &mut nothing);
        let Some(Piece::Answers(first)) = pieces.next() else { panic!("expected answers") };
        assert_eq!(first.len(), at_once);
    }
}

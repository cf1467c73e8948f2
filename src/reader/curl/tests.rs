use std::fmt::Write;

use super::{text, words};
use crate::reader::{ReadError, Refusal, nothing};
use crate::verify::{HttpRequest, Kind, Request};

/// Reads a text, with a few files to name.
fn answers(command: &str) -> Vec<Result<Request<'static>, Box<ReadError>>> {
    text(command.as_bytes(), "-", &mut |name: &str| match name {
        "body.json" => Ok(b"{\"a\":1}\r\n".to_vec()),
        "many" => Ok(b"A: b\n".repeat(1001)),
        "headers.txt" => Ok(b"X-A: 1\r\n# note\nX-B: 2\n".to_vec()),
        "more.cfg" => Ok(b"header = \"X-C: 3\"\nconfig = more2.cfg\n".to_vec()),
        "more2.cfg" => Ok(b"-A agent".to_vec()),
        "loop.cfg" => Ok(b"-K loop.cfg".to_vec()),
        "-" => Err(Refusal::NotAllowed),
        _ => Err(Refusal::Failed("no such file".to_owned())),
    })
}

fn one(command: &str) -> (Request<'static>, HttpRequest<'static>) {
    let mut answers = answers(command);
    assert_eq!(answers.len(), 1, "{command}");
    let request = answers.remove(0).unwrap_or_else(|error| panic!("{command}: {error}"));
    let Kind::Http(http) = request.kind.clone() else { panic!("expected an HTTP request") };
    (request, http)
}

/// The request without what curl always adds: method, target, then headers and body.
fn shown(command: &str) -> String {
    let (_, http) = one(command);
    let mut shown = format!("{} {}", http.method, http.target);
    for header in &http.headers {
        if !["Host", "User-Agent", "Content-Length"].contains(&&*header.name)
            && *header.value != *b"*/*"
        {
            let value = String::from_utf8_lossy(&header.value);
            write!(shown, " | {}: {value}", header.name).unwrap();
        }
    }
    if !http.body.is_empty() {
        write!(shown, " | {}", String::from_utf8_lossy(&http.body)).unwrap();
    }
    shown
}

fn refusal(command: &str) -> String {
    answers(command).remove(0).unwrap_err().to_string()
}

#[test]
fn reads_commands_as_curl_does() {
    const FORM: &str = "Content-Type: application/x-www-form-urlencoded";
    for (command, meant) in [
        ("curl h/a/../b", "GET /b".to_owned()),
        ("curl -XPUT h -dfoo", format!("PUT / | {FORM} | foo")),
        ("curl -d a=1 --data-raw @b h", format!("POST / | {FORM} | a=1&@b")),
        ("curl -d @body.json h", format!("POST / | {FORM} | {{\"a\":1}}")),
        ("curl --data-binary @body.json h", format!("POST / | {FORM} | {{\"a\":1}}\r\n")),
        (
            "curl --data-urlencode 'a=b c' --data-urlencode '=x&y' h",
            format!("POST / | {FORM} | a=b+c&x%26y"),
        ),
        ("curl -G -d a=1 --data-urlencode 'b=é' 'h/p?z'", "GET /p?z&a=1&b=%c3%a9".to_owned()),
        ("curl -I -G -d a h", "HEAD /?a".to_owned()),
        ("curl --url-query 'a=b c' h?x", "GET /?x&a=b+c".to_owned()),
        (
            "curl --json '{}' h",
            "POST / | Content-Type: application/json | Accept: application/json | {}".to_owned(),
        ),
        ("curl -u alice:secret h", "GET / | Authorization: Basic YWxpY2U6c2VjcmV0".to_owned()),
        ("curl http://u%40:p@h", "GET / | Authorization: Basic dUA6cA==".to_owned()),
        (
            "curl -u a:b -H 'Authorization: Bearer t' h",
            "GET / | Authorization: Bearer t".to_owned(),
        ),
        ("curl -u a:b -H Authorization: h", "GET /".to_owned()),
        ("curl --oauth2-bearer t -u a:b h", "GET / | Authorization: Bearer t".to_owned()),
        ("curl -b a=1 -b 'b=2; c' h", "GET / | Cookie: a=1;b=2; c".to_owned()),
        ("curl -H 'X;' -H 'Y:' -H 'Z: 1' h", "GET / | X:  | Z: 1".to_owned()),
        ("curl -H @headers.txt -K more.cfg h", "GET / | X-A: 1 | X-B: 2 | X-C: 3".to_owned()),
        ("curl -e 'r;auto' -r 0-1 h", "GET / | Range: bytes=0-1 | Referer: r".to_owned()),
        ("curl --request-target '*' -X OPTIONS h", "OPTIONS *".to_owned()),
        ("curl --variable t=a=b --expand-data '{{t:url}}' h", format!("POST / | {FORM} | a%3Db")),
        ("curl --request=PATCH h", "PATCH /".to_owned()),
        (
            "curl -T body.json h/up/",
            "PUT /up/body.json | Expect: 100-continue | {\"a\":1}\r\n".to_owned(),
        ),
        ("curl -u a:b --digest h", "GET /".to_owned()),
        ("curl -u a:b --anyauth -d x h", format!("POST / | {FORM} | x")),
        ("curl -u a:b --ntlm --no-ntlm h", "GET / | Authorization: Basic YTpi".to_owned()),
        (
            "curl -z 'Wed 01 Sep 2021 12:18:00' h",
            "GET / | If-Modified-Since: Wed, 01 Sep 2021 12:18:00 GMT".to_owned(),
        ),
        ("K='a b'; curl -d k=$K h", String::new()),
        ("curl -- -x h", String::new()),
    ] {
        if meant.is_empty() {
            assert_eq!(answers(command).len(), 2, "{command}");
        } else {
            assert_eq!(shown(command), meant, "{command}");
        }
    }
}

#[test]
fn adds_what_curl_adds_in_its_order() {
    let (_, http) = one("curl -d x --compressed -u a:b -e r -b c=d -H 'X: 1' https://h:443/p");
    let names: Vec<_> = http.headers.iter().map(|header| &*header.name).collect();
    assert_eq!(
        names,
        [
            "Host",
            "Authorization",
            "User-Agent",
            "Accept",
            "Accept-Encoding",
            "Referer",
            "Cookie",
            "X",
            "Content-Length",
            "Content-Type",
        ]
    );
    assert_eq!(http.header("host"), Some(&b"h"[..]));
    assert_eq!((http.scheme, http.authority.as_deref()), (Some("https"), Some("h")));
    assert_eq!(http.header("content-length"), Some(&b"1"[..]));
}

#[test]
fn reads_the_commands_that_people_asked_about() {
    let (request, http) = one(
        "curl -X POST https://mysite/civicrm/ajax/rest\\?entity\\=job\\&action\\=execute\\&key\\=<sitekey>\
         \\&api_key\\=<apikey>\\&json\\=1\\&version\\=3 -H 'X-Requested-With: XMLHttpRequest'",
    );
    assert_eq!(
        http.target,
        "/civicrm/ajax/rest?entity=job&action=execute&key=<sitekey>&api_key=<apikey>&json=1&version=3"
    );
    assert_eq!(http.method, "POST");
    assert!(!request.unknowns.is_empty());
    let (request, http) = one(
        "curl --location --request POST ‘https://drupal.example/entity/user?_format=json' \\\n\
         --header 'AUTH-METHOD: application_id' \\\n\
         --header 'Accept: application/json' \\\n\
         --header 'Content-Type: application/json' \\\n\
         --header 'Authorization: Basic base64encoded<username:API key>’ \\\n\
         --data-raw '\n{\n\"name\": [\n{ \"value\": \"Username\" }\n]}'",
    );
    assert_eq!(http.target, "/entity/user?_format=json");
    assert_eq!(http.header("auth-method"), Some(&b"application_id"[..]));
    assert_eq!(http.header("authorization"), Some(&b"Basic base64encoded<username:API key>"[..]));
    assert!(http.body.ends_with(b"]}"));
    assert!(request.notes.iter().any(|note| note.contains("typographic quotes")));
    assert!(
        refusal("curl ‘<your_drupal_base_url>/entity/user?_format=json'").contains("placeholder")
    );
}

#[test]
fn gives_one_request_for_each_url_and_operation() {
    let targets = |command: &str| -> Vec<String> {
        answers(command)
            .into_iter()
            .map(|answer| match answer.unwrap().kind {
                Kind::Http(http) => format!("{} {}", http.method, http.target),
                Kind::Call(_) => panic!("expected an HTTP request"),
            })
            .collect()
    };
    assert_eq!(targets("curl 'h/{a,b}' -d x --next -I h/c"), ["POST /a", "POST /b", "HEAD /c"]);
    assert_eq!(targets("curl h/1\necho done\ncurl h/2"), ["GET /1", "GET /2"]);
    let entries: Vec<_> =
        answers("curl h/1 h/2").into_iter().map(|answer| answer.unwrap().source.entry).collect();
    assert_eq!(entries, [Some(1), Some(2)]);
    assert_eq!(one("\n\ncurl h").0.source.line, Some(3));
}

#[test]
fn refuses_by_name_what_curl_does_not_know() {
    for (command, message) in [
        ("curl --datum x h", "-:1:6: unknown option `--datum`, expected one of curl's"),
        ("curl -s9 h", "-:1:6: unknown option `-9`, expected one of curl's"),
        ("curl h -H", "-:1:8: expected an argument after `--header`"),
        ("curl --locati h", "-:1:6: option `--locati` is ambiguous"),
        ("curl --no-data x h", "-:1:6: option `--data` has no `--no-` form"),
        ("curl -k", "-:1:1: expected a URL"),
        ("curl 'http://h/a b'", "-:1:6: expected a URL without blanks"),
        ("curl -d x -I h", "-:1:1: expected only one of"),
        ("curl ftp://h", "-:1:6: expected an http or https URL"),
        ("curl 'h?a[x]=1'", "-:1:6: expected a range"),
        ("curl –request POST h", "-:1:6: expected an option with plain dashes"),
        ("curl -d @gone h", "-:1:6: `--data`: no such file"),
        ("curl -H $'A: 1\\nB: 2' h", "-:1:23: expected a header without line breaks"),
        ("curl --oauth2-bearer $'1\\nB: 2' h", "-:1:33: expected a header without line breaks"),
        ("curl -A $'1\\r\\nB: 2' h", "-:1:22: expected a header without line breaks"),
        ("curl -0 -T - h <<< x", "-:1:14: expected a file to upload"),
        ("curl h:", "-:1:6: expected a port number after the host"),
        ("curl -K loop.cfg h", "-:1:6: line 1 of a config file"),
        ("curl --version", "-:1:6: expected a request"),
        ("wget h", "-:1:1: expected a curl command"),
        ("", "-: expected a curl command"),
        ("curl 'h", "-:1:6: expected the end of the quotation"),
    ] {
        let refused = refusal(command);
        assert!(refused.starts_with(message), "{command}: {refused}");
    }
}

#[test]
fn names_what_the_text_cannot_tell() {
    for (command, unknown) in [
        ("curl -H \"X: $TOKEN\" h", "the shell variable `TOKEN`, read as empty"),
        ("curl -n h", "the user and password that a netrc file may hold"),
        ("curl -x p:1 h", "what the proxy makes of the request"),
        ("curl --digest -u a:b h", "the server's challenge for `--digest`"),
        ("curl -u a h", "the password that curl asks for, read as empty"),
        ("curl -d @- h", "standard input that `--data` names"),
        ("curl -b jar h", "the cookies of the file that `--cookie` names"),
        ("curl --aws-sigv4 x h", "the signature that `--aws-sigv4` makes of the time"),
    ] {
        assert_eq!(one(command).0.unknowns, [unknown], "{command}");
    }
    for command in ["curl -o $OUT h", "curl -sSkvL -m 5 h", "curl -x '' h", "curl -b '' h"] {
        assert!(one(command).0.unknowns.is_empty(), "{command}");
    }
}

#[test]
fn reads_no_file_for_a_pasted_command() {
    for command in ["curl -d @f h", "curl -K f h", "curl -H @f h", "curl -T f h", "curl -F a=@f h"]
    {
        let answer = text(command.as_bytes(), "-", &mut nothing).remove(0).unwrap();
        assert_eq!(answer.unknowns.len(), 1, "{command}");
    }
}

#[test]
fn names_the_options_set_aside() {
    let (request, _) = one("curl -sS -o out --retry 3 h");
    assert_eq!(
        request.notes,
        [
            "set aside, as it does not change the request: `--silent`, `--show-error`, `--output`, `--retry`"
        ]
    );
}

#[test]
fn reads_the_commands_inside_a_substitution_first() {
    let text = "T=$(curl -d a=1 http://h/token | jq -r .t)\n\
                curl -H \"X: $T\" \"http://h/`curl http://h/\\`id\\``\" -d @- <<EOF\nbody\nEOF\n";
    let requests: Vec<_> = answers(text).into_iter().map(Result::unwrap).collect();
    let targets: Vec<_> = requests
        .iter()
        .map(|request| match &request.kind {
            Kind::Http(http) => (&*http.method, &*http.target, &*http.body),
            Kind::Call(_) => panic!("expected an HTTP request"),
        })
        .collect();
    assert_eq!(
        targets,
        [("POST", "/token", &b"a=1"[..]), ("GET", "/", b""), ("POST", "/", b"body")]
    );
    assert_eq!(requests[0].source.line, Some(1));
    assert_eq!(requests[2].unknowns, ["what a command substitution prints"]);
    assert!(answers(&"curl h/$(".repeat(50)).iter().all(Result::is_err));
    assert_eq!(answers(&format!("{}curl h{}", "curl h/$(".repeat(50), ")".repeat(50))).len(), 5);
}

#[test]
fn refuses_more_bytes_than_anyone_pastes() {
    let laughs = |set: &str, used: &str| {
        let mut text = format!("{set}a=xxxxxxxxxxxxxxxx\n");
        for (from, to) in ('a'..'p').zip('b'..) {
            write!(text, "{}", used.replace('>', &to.to_string()).replace('<', &from.to_string()))
                .unwrap();
        }
        text
    };
    let shell = laughs("", ">=$<$<$<$<$<$<$<$<$<$<\n") + "curl -d $p h";
    let curl = laughs("curl --variable ", " --expand-variable '>={{<}}{{<}}{{<}}{{<}}{{<}}{{<}}'");
    let curl = curl.replace('\n', " ") + " h";
    let bodies = format!("curl -d '{}' 'h/[1-1000]'", "x".repeat(1 << 20));
    for text in [shell, curl, bodies] {
        let refused = answers(&text).into_iter().filter_map(Result::err);
        let said: Vec<_> = refused.map(|error| error.to_string()).collect();
        assert!(said[0].contains("MiB") || said[0].contains("shorter"), "{said:?}");
    }
}

#[test]
fn passes_over_any_number_of_other_commands() {
    let text = "cat <<A; echo a&b; curl -d @- h/1 <<B\nx\nA\ny\nB\n".repeat(200);
    let answers = answers(&text);
    assert_eq!(answers.len(), 200);
    for answer in answers {
        let Kind::Http(http) = answer.unwrap().kind else { panic!("expected an HTTP request") };
        assert_eq!(*http.body, *b"y");
    }
    let text = "curl h\n".repeat(100_001);
    assert!(refusal(&text).contains("at most 100000 commands"));
    assert!(refusal("curl -H @many h").contains("at most 1000 headers"));
}

#[test]
fn takes_words_that_a_shell_has_split() {
    let answers = words(&[b"curl", b"-d", b"$x 'y'", b"h"], "command line", &mut nothing);
    let [Ok(request)] = answers.as_slice() else { panic!("expected one request") };
    let Kind::Http(http) = &request.kind else { panic!("expected an HTTP request") };
    assert_eq!(*http.body, *b"$x 'y'");
    assert!(words(&[b"wget", b"h"], "command line", &mut nothing)[0].is_err());
}

proptest::proptest! {
    #[test]
    fn never_panics(command in "curl( (-[a-zA-Z]{1,3}|--[a-z-]{1,12}|[a-z:/?#@\\[\\]{},.%=0-9é-]{1,20}|'[^']{0,9}')){0,6}") {
        let _ = answers(&command);
    }

    #[test]
    fn reads_back_a_request_written_as_a_command(
        method in "[A-Z]{3,7}",
        target in "/[a-z./%?=&0-9{}\\[\\]é-]{0,20}",
        headers in proptest::collection::vec(("X-[a-z]{1,5}", "[!-~]{1,12}"), 0..5),
        body in ".{0,30}",
    ) {
        let quote = |text: &str| format!("'{}'", text.replace('\'', "'\\''"));
        let mut command = format!("curl -g --path-as-is -X {method} {}", quote(&format!("https://h{target}")));
        for (name, value) in &headers {
            write!(command, " \\\n  -H {}", quote(&format!("{name}: {value}"))).unwrap();
        }
        write!(command, " \\\n  --data-raw {}", quote(&body)).unwrap();
        let (_, http) = one(&command);
        proptest::prop_assert_eq!(http.method, method);
        // curl encodes what is outside ASCII, in the path alone.
        let (path, query) = target.split_at(target.find('?').unwrap_or(target.len()));
        proptest::prop_assert_eq!(http.target, path.replace('é', "%c3%a9") + query);
        proptest::prop_assert_eq!(http.body.to_vec(), body.into_bytes());
        let custom: Vec<_> = http
            .headers
            .into_iter()
            .filter(|header| header.name.starts_with("X-"))
            .map(|header| (header.name.into_owned(), String::from_utf8(header.value.into_owned()).unwrap()))
            .collect();
        proptest::prop_assert_eq!(custom, headers);
    }

    #[test]
    fn repeats_no_argument_of_a_command_it_refuses(url in "[a-z:/?#@\\[\\]{},% ]{0,20}") {
        for error in answers(&format!("curl 's3cret{url}' -H 'X: s3cret' -F s3cret -d s3cret")).into_iter().filter_map(Result::err) {
            proptest::prop_assert!(!error.to_string().contains("s3cret"), "{}", error);
        }
    }
}

#[test]
fn config_files_that_name_each_other_come_to_an_end() {
    // Nine files inside each other, each of which reads the next one three times.
    let mut tree = |name: &str| {
        let depth: u8 = name.parse().unwrap();
        Ok(if depth == 0 { Vec::new() } else { format!("-K {}\n", depth - 1).repeat(3).into() })
    };
    let answers = super::text(b"curl -K 8 http://h", "f", &mut tree);
    let error = answers.last().unwrap().as_ref().unwrap_err().to_string();
    assert!(error.contains("MiB"), "{error}");
}

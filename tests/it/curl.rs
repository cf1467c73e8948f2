//! What the reader makes of curl command lines, against the bytes that the real curl sends.
//!
//! Command lines are drawn from a grammar with a fixed seed, run with the `curl` of this machine
//! against a listener on loopback, and read by the library; both must agree on every request, or both
//! must refuse. Without a curl there is nothing to compare with, which is a failure in CI alone.

use std::collections::BTreeSet;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::Command;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use authctl::reader;
use authctl::verify::{HttpRequest, Kind, Request};

/// How many command lines are drawn.
const CASES: usize = 400;
/// Where every drawn command line comes from.
const SEED: u64 = 0x5eed_c0de;

/// A request as it came over the wire.
#[derive(PartialEq, Eq)]
struct Wire {
    method: String,
    target: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl std::fmt::Debug for Wire {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "\n    {} {}", self.method, self.target)?;
        for (name, value) in &self.headers {
            write!(f, " | {name}: {value}")?;
        }
        write!(f, " | {:?}", String::from_utf8_lossy(&self.body))
    }
}

impl Wire {
    fn of(request: &HttpRequest) -> Self {
        let headers = request
            .headers
            .iter()
            .map(|header| {
                let value = String::from_utf8_lossy(&header.value).into_owned();
                (header.name.clone().into_owned(), value)
            })
            .collect();
        Self {
            method: request.method.clone().into_owned(),
            target: request.target.clone().into_owned(),
            headers,
            body: request.body.to_vec(),
        }
    }

    /// Takes out what differs from run to run: curl's version, the boundaries of forms.
    fn settled(mut self) -> Self {
        let mut boundaries = Vec::new();
        let mut seek = |text: &str| {
            for (at, _) in text.match_indices("boundary=") {
                let rest = text.get(at + "boundary=".len()..).unwrap();
                boundaries.push(rest.split(['\r', '\n', ';']).next().unwrap().to_owned());
            }
        };
        for (name, value) in &mut self.headers {
            if name == "User-Agent" && value.starts_with("curl/") {
                "curl".clone_into(value);
            }
            seek(value);
        }
        seek(&String::from_utf8_lossy(&self.body));
        for (index, boundary) in boundaries.iter().enumerate() {
            let settled = format!("boundary{index}");
            for (_, value) in &mut self.headers {
                *value = value.replace(boundary, &settled);
            }
            self.body = replace(&self.body, boundary.as_bytes(), settled.as_bytes());
        }
        self
    }
}

fn replace(text: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    let mut whole = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.windows(from.len()).position(|window| window == from) {
        whole.extend(&rest[..at]);
        whole.extend(to);
        rest = &rest[at + from.len()..];
    }
    whole.extend(rest);
    whole
}

/// Records every request that reaches `listener`.
fn record(listener: TcpListener) -> Receiver<Wire> {
    let (sender, receiver) = channel();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(stream) = stream else { break };
            stream.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
            serve(stream, &sender);
        }
    });
    receiver
}

/// Reads one request, passes it on, and only then answers it.
fn serve(mut stream: TcpStream, sender: &Sender<Wire>) -> Option<()> {
    let mut bytes = Vec::new();
    let head = read_until(&mut stream, &mut bytes, |bytes| find(bytes, b"\r\n\r\n"))?;
    let text = String::from_utf8_lossy(&bytes[..head]).into_owned();
    let mut lines = text.split("\r\n");
    let mut line = lines.next()?.splitn(2, ' ');
    let method = line.next()?.to_owned();
    let target = line.next()?.rsplit_once(' ')?.0.to_owned();
    let headers: Vec<(String, String)> = lines
        .map(|line| {
            let (name, value) = line.split_once(':').unwrap_or((line, ""));
            (name.to_owned(), value.trim_matches([' ', '\t']).to_owned())
        })
        .collect();
    let header = |wanted: &str| {
        headers.iter().find(|(name, _)| name.eq_ignore_ascii_case(wanted)).map(|(_, value)| value)
    };
    if header("Expect").is_some() {
        stream.write_all(b"HTTP/1.1 100 Continue\r\n\r\n").ok()?;
    }
    bytes.drain(..head + 4);
    if header("Transfer-Encoding").is_some_and(|value| value.contains("chunked")) {
        if method != "GET" && method != "HEAD" {
            read_until(&mut stream, &mut bytes, |bytes| {
                bytes.ends_with(b"0\r\n\r\n").then_some(bytes.len())
            })?;
            bytes = unchunk(&bytes);
        }
    } else {
        let length = header("Content-Length").and_then(|value| value.parse().ok()).unwrap_or(0);
        read_until(&mut stream, &mut bytes, |bytes| (bytes.len() >= length).then_some(length))?;
    }
    sender.send(Wire { method, target, headers, body: bytes }).ok()?;
    stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n").ok()
}

fn read_until(
    stream: &mut TcpStream,
    bytes: &mut Vec<u8>,
    done: impl Fn(&[u8]) -> Option<usize>,
) -> Option<usize> {
    let mut buffer = [0; 8192];
    loop {
        if let Some(at) = done(bytes) {
            return Some(at);
        }
        let count = stream.read(&mut buffer).ok().filter(|&count| count > 0)?;
        bytes.extend(&buffer[..count]);
    }
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|window| window == what)
}

fn unchunk(mut bytes: &[u8]) -> Vec<u8> {
    let mut whole = Vec::new();
    loop {
        let end = find(bytes, b"\r\n").unwrap();
        let size = usize::from_str_radix(std::str::from_utf8(&bytes[..end]).unwrap(), 16).unwrap();
        if size == 0 {
            return whole;
        }
        whole.extend(&bytes[end + 2..end + 2 + size]);
        bytes = &bytes[end + 4 + size..];
    }
}

/// A small generator of its own, so that the drawn lines never change with a dependency.
struct Draw(u64);

impl Draw {
    fn below(&mut self, count: usize) -> usize {
        // xorshift64*
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let high = self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33;
        usize::try_from(high).unwrap() % count
    }

    fn of<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }

    fn often(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }
}

const DATA: &[&str] = &[
    "a=1",
    "b=2&c=3",
    "",
    "{\"a\":[1,\"x\"]}",
    "x",
    "a b",
    "é=ü",
    "p=%41%zz",
    "@d.txt",
    "@b.bin",
    "a=b=c",
    "\"q\"",
    "line1\nline2",
    "'",
    "$HOME `x` \\ !",
];
const ENCODED: &[&str] =
    &["a=b c", "=x&y", "plain text", "n@d.txt", "@b.bin", "é=ü/?", "a@b=c", "", "k=", "tilde=~-._"];
const HEADERS: &[&str] = &[
    "X-Civi-Auth: Bearer k",
    "X-A: 1",
    "X-A: 2",
    "x-b:y",
    "X-C:  spaced  ",
    "X-Empty;",
    "X-None:",
    "Accept: application/json",
    "Accept:",
    "accept;",
    "User-Agent: own",
    "User-Agent:",
    "Host: crm.example.org",
    "Host:",
    "Content-Type: application/json",
    "content-type: text/plain",
    "Content-Type:",
    "Authorization: Bearer t",
    "Authorization:",
    "Cookie: s=1",
    "Cookie:",
    "Referer: r",
    "Range: bytes=0-1",
    "Accept-Encoding: identity",
    "Accept-Encoding:",
    "Expect:",
    "no colon",
    "X; y",
    "@h.txt",
    "X-Ü: é",
    "Connection: close",
    "TE: x",
    "Content-Range: bytes 1-2/3",
    "If-Modified-Since: x",
    "X-Quote: \"a\" 'b'",
];
const PATHS: &[&str] = &[
    "",
    "/",
    "/civicrm/ajax/api4/Contact/get",
    "/a/../b/./c",
    "/a/b/..",
    "/..",
    "//x",
    "/a%2Fb%c3",
    "/é/ü",
    "/a\"b<c>|d`e",
    "/a;b=c",
    "/%2e%2E/x",
    "/up/",
    "/a/./",
    "/a/...",
    "/x.",
    "/~u/",
];
const QUERIES: &[&str] = &[
    "",
    "",
    "?",
    "?x=1",
    "?q=civicrm/login&a[]=b",
    "?é=ü",
    "?a=%2F%c3%A9",
    "?a=b&",
    "?x?y",
    "?a/../b",
    "?a=\"<>\\^|`",
];
const FORMS: &[&str] = &[
    "a=b",
    "a=b;type=text/html",
    "f=@d.txt",
    "f=@b.bin;type=x/y",
    "f=<d.txt",
    "a=\"x;y\";type=t/p",
    "a=x;y",
    "a=",
    "=x",
    "a=x;filename=f.txt",
    "a=x;headers=\"X-P: 1\"",
    "q\"r=1",
    "f=@d.txt,b.bin",
    "a= padded ",
    "a=x;type=text/plain;charset=utf-8",
    "f=@d.txt;filename=other.html",
    "b=x;encoder=base64",
    "n",
    "é=ü",
];

/// Draws one command line; `HOST` stands for the listener's host and port.
fn draw(draw: &mut Draw) -> Vec<String> {
    let mut words = Vec::new();
    let operations = if draw.often(8) { 2 } else { 1 };
    for index in 0..operations {
        if index > 0 {
            words.push(draw.of(&["--next", "-:"]).to_owned());
        }
        operation(draw, &mut words);
    }
    words
}

fn operation(draw: &mut Draw, words: &mut Vec<String>) {
    let mut groups: Vec<Vec<String>> = Vec::new();
    let count = draw.below(6);
    for _ in 0..count {
        groups.push(option(draw));
    }
    if draw.often(45) {
        body(draw, &mut groups);
    }
    for _ in 0..if draw.often(10) { 2 } else { 1 } {
        let at = draw.below(groups.len() + 1);
        groups.insert(at, url(draw));
    }
    words.extend(groups.into_iter().flatten());
}

fn url(draw: &mut Draw) -> Vec<String> {
    let scheme = draw.of(&["http://", "", "HTTP://", "http:/"]);
    let user = match draw.below(10) {
        0 => draw.of(&["u:p@", "u@", "u%20x:p%40%3a@", ":p@", "ü:é@"]),
        _ => "",
    };
    let glob = match draw.below(14) {
        0 => draw.of(&[
            "/{a,b}",
            "/[1-3]",
            "/[01-05:2]{x,y}",
            "/[a-c]",
            "/{x}",
            "/\\{a\\}",
            "/[1-",
            "/a}",
        ]),
        _ => "",
    };
    let fragment = draw.of(&["", "", "", "#top", "#a?b"]);
    let path = draw.of(PATHS);
    let url = format!("{scheme}{user}HOST{path}{glob}{}{fragment}", draw.of(QUERIES));
    if draw.often(15) { vec!["--url".to_owned(), url] } else { vec![url] }
}

fn body(draw: &mut Draw, groups: &mut Vec<Vec<String>>) {
    let kind = draw.below(10);
    for _ in 0..=draw.below(3) {
        let (names, values): (&[&str], _) = match kind {
            0..=3 => (&["-d", "--data", "--data-raw", "--data-binary", "--data-ascii"], DATA),
            4..=5 => (&["--data-urlencode", "-d"], ENCODED),
            6 => (&["--json"], DATA),
            7..=8 => (&["-F", "--form", "--form-string"], FORMS),
            _ => (&["-T", "--upload-file"], &["d.txt", "b.bin", "{b.bin}", ""][..]),
        };
        let (name, value) = (draw.of(names), draw.of(values));
        let at = draw.below(groups.len() + 1);
        groups.insert(at, argument(draw, name, value));
        if kind > 8 {
            break;
        }
    }
    if draw.often(12) {
        groups.push(vec![draw.of(&["-G", "--get"]).to_owned()]);
    }
}

/// A name and its argument in one of the ways to write them.
fn argument(draw: &mut Draw, name: &str, value: &str) -> Vec<String> {
    if !name.starts_with("--") && !value.is_empty() && draw.often(30) {
        vec![format!("{name}{value}")]
    } else {
        vec![name.to_owned(), value.to_owned()]
    }
}

fn option(draw: &mut Draw) -> Vec<String> {
    let (name, values): (&str, &[&str]) = match draw.below(27) {
        0..=7 => ("-H", HEADERS),
        8 => ("--header", HEADERS),
        9 => ("-X", &["POST", "PUT", "DELETE", "get", "OPTIONS", "HEAD"]),
        10 => ("-u", &["alice:secret", "a:b:c", ":", "", "ü:é", "a:"]),
        11 => ("--oauth2-bearer", &["tok", "a.b.c"]),
        12 => ("-b", &["a=b", "a=b; c=d", "x=\"y\""]),
        13 => ("-e", &["http://r/", "r;auto", ";auto", ""]),
        14 => ("-A", &["agent/1", ""]),
        15 => ("-r", &["0-9", "5", "0-1,4-5", "-3"]),
        16 => ("--request-target", &["/other?x", "*"]),
        17 => ("--url-query", &["a=b", "c d", "+raw=%2B", "é=ü", "n@d.txt"]),
        18 => ("-z", &["20 Aug 2020", "-20 Aug 2020 10:11:12", "=20 Aug 2020"]),
        19 => ("-C", &["7", "-"]),
        20 => ("-K", &["c.cfg"]),
        21 => ("-o", &["/dev/null"]),
        22 => return vec![draw.of(&["-I", "--head"]).to_owned()],
        23 => {
            let flags = [
                "--compressed",
                "--tr-encoding",
                "--http2",
                "--path-as-is",
                "-g",
                "--globoff",
                "--basic",
                "--http1.1",
                "-0",
                "--no-compressed",
                "--form-escape",
                "--get",
            ];
            return vec![draw.of(&flags).to_owned()];
        }
        _ => {
            let flags =
                ["-s", "-sS", "-k", "-L", "-sSLk", "--fail", "-N", "--no-keepalive", "-4", "-f"];
            return vec![draw.of(&flags).to_owned()];
        }
    };
    let value = draw.of(values);
    argument(draw, name, value)
}

/// The files that drawn command lines name.
fn write_files(folder: &Path) {
    for (name, content) in [
        ("d.txt", &b"one=1\r\ntwo\n"[..]),
        ("b.bin", b"l1\r\nl2\nz\xc3\xa9\n"),
        ("h.txt", b"X-From: file\r\n# note\n\nX-Two:2\n"),
        ("c.cfg", b"# note\nheader = \"X-Config: a\\tb\"\n-A \"from config\"\nsilent\n"),
    ] {
        std::fs::write(folder.join(name), content).unwrap();
    }
}

/// Quotes words for a POSIX shell, in a way that depends on the word.
fn shell_text(words: &[String]) -> String {
    let quoted = words.iter().enumerate().map(|(index, word)| {
        let plain = |c: char| c.is_ascii_alphanumeric() || "-_./:=@%".contains(c);
        if !word.is_empty() && word.chars().all(plain) {
            word.clone()
        } else if index % 2 == 0 {
            format!("'{}'", word.replace('\'', "'\\''"))
        } else {
            let escaped = word.replace('\\', "\\\\").replace('\'', "\\'").replace('\n', "\\n");
            format!("$'{escaped}'")
        }
    });
    format!("$ curl {}", quoted.collect::<Vec<_>>().join(" \\\n  "))
}

/// Reads a command line as for a command after `--`, and as a text.
fn understood(words: &[String], folder: &Path) -> Vec<Request<'static>> {
    let mut load = |name: &str| {
        std::fs::read(folder.join(name)).map_err(|error| reader::Refusal::Failed(error.to_string()))
    };
    let mut whole = vec![std::ffi::OsString::from("curl")];
    whole.extend(words.iter().map(std::ffi::OsString::from));
    let from_words: Vec<_> =
        reader::curl_words(&whole, &mut load).into_iter().filter_map(Result::ok).collect();
    let text = shell_text(words);
    let mut from_text = Vec::new();
    for piece in reader::read(text.as_bytes(), reader::Format::Curl, "text", &mut load) {
        let keep = |answers: &[reader::Answer<'_>]| {
            let requests = answers.iter().flatten().cloned();
            from_text.extend(requests.map(Request::into_owned));
            Ok::<_, std::convert::Infallible>(())
        };
        piece.try_groups(keep).unwrap();
    }
    let bare = |requests: &[Request]| {
        requests.iter().map(|request| Wire::of(http(request))).collect::<Vec<_>>()
    };
    assert_eq!(bare(&from_words), bare(&from_text), "{whole:?}");
    from_words
}

fn http<'a>(request: &'a Request<'_>) -> &'a HttpRequest<'a> {
    match &request.kind {
        Kind::Http(request) => request,
        Kind::Call(_) => panic!("expected an HTTP request"),
    }
}

/// Whether a curl is there; its absence is a failure in CI.
fn curl_is_installed() -> bool {
    let found = Command::new("curl").arg("--version").output().is_ok();
    let ci = std::env::var("CI").is_ok_and(|ci| ci == "true");
    assert!(found || !ci, "expected curl on this machine");
    found
}

#[test]
fn agrees_with_the_real_curl_on_what_it_sends() {
    if !curl_is_installed() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    write_files(folder.path());
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let host = listener.local_addr().unwrap().to_string();
    let wires = record(listener);
    let mut source = Draw(SEED);
    let mut seen = BTreeSet::new();
    let (mut sent, mut refused) = (0, 0);
    let mut differences = Vec::new();
    while seen.len() < CASES {
        let line = draw(&mut source);
        if !seen.insert(line.clone()) {
            continue;
        }
        let words: Vec<String> = line.iter().map(|word| word.replace("HOST", &host)).collect();
        let output = Command::new("curl")
            .args(["-q", "-sS", "--max-time", "5"])
            .args(&words)
            .current_dir(folder.path())
            .env_clear()
            .env("LC_ALL", "C.UTF-8")
            .output()
            .unwrap();
        let recorded: Vec<Wire> = wires.try_iter().map(Wire::settled).collect();
        let read = understood(&words, folder.path());
        if read.iter().any(|request| !request.unknowns.is_empty()) {
            continue;
        }
        let understood: Vec<Wire> =
            read.iter().map(|request| Wire::of(http(request)).settled()).collect();
        if understood != recorded {
            differences.push(format!(
                "{line:?}\n  curl {recorded:?}\n  {}\n  reader {understood:?}",
                String::from_utf8_lossy(&output.stderr)
            ));
        } else if recorded.is_empty() {
            refused += 1;
        } else {
            sent += recorded.len();
        }
    }
    assert!(
        differences.is_empty(),
        "{} of {CASES} differ ({sent} sent, {refused} refused by both):\n{}",
        differences.len(),
        differences.join("\n")
    );
    assert!(sent > CASES / 2 && refused > 0, "{sent} sent, {refused} refused");
}

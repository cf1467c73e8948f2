//! Archives as Chrome saves them: indented, with what started each request, headers of both sides, cookies,
//! timings, and what was answered.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::ops::Range;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{Rng, RngExt, SeedableRng};
use serde_json::{Value, json};

use crate::traffic::{ACTIONS, ENTITIES, SITE};

/// What a program or page asks for: answers of so many bytes.
pub(crate) const CALLS: Range<usize> = 50..2_500;
/// What pages load besides: images, scripts, long lists.
pub(crate) const PAGES: Range<usize> = 1_000..200_000;

const AGENT: &str = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) \
     Chrome/126.0.0.0 Safari/537.36";

/// Writes an archive of about `length` bytes with `answers` of such lengths, and tells the length of its
/// largest entry. It is of one client, who has one key.
pub(crate) fn write(path: &Path, key: &str, length: usize, answers: &Range<usize>) -> usize {
    let mut rng = StdRng::seed_from_u64(11);
    let mut out = BufWriter::new(File::create(path).unwrap());
    let head = "{\n  \"log\": {\n    \"version\": \"1.2\",\n    \"creator\": {\n      \"name\": \
                \"WebInspector\",\n      \"version\": \"537.36\"\n    },\n    \"pages\": [],\n    \
                \"entries\": [";
    out.write_all(head.as_bytes()).unwrap();
    let (mut written, mut largest) = (0, 0);
    while written < length {
        let entry = entry(key, rng.random_range(answers.clone()), &mut rng);
        let text = serde_json::to_string_pretty(&entry).unwrap().replace('\n', "\n      ");
        let before = if written > 0 { ",\n      " } else { "\n      " };
        write!(out, "{before}{text}").unwrap();
        written += text.len();
        largest = largest.max(text.len());
    }
    out.write_all(b"\n    ]\n  }\n}\n").unwrap();
    largest
}

fn entry(key: &str, answer: usize, rng: &mut StdRng) -> Value {
    let frames: Vec<_> = (1..rng.random_range(2..8))
        .map(|line| {
            json!({
                "functionName": "e.ajax", "scriptId": line.to_string(),
                "url": format!("{SITE}/bower_components/jquery/dist/jquery.min.js"),
                "lineNumber": line, "columnNumber": line * 77,
            })
        })
        .collect();
    json!({
        "_connectionId": "31", "_initiator": { "type": "script", "stack": { "callFrames": frames } },
        "_priority": "High", "_resourceType": "xhr", "cache": {}, "connection": "443",
        "pageref": "page_1", "request": request(key, rng), "response": response(answer, rng),
        "serverIPAddress": "192.0.2.7", "startedDateTime": "2026-01-01T00:00:00.000Z", "time": 12.5,
        "timings": {
            "blocked": 1.2, "dns": -1, "ssl": -1, "connect": -1, "send": 0.1, "wait": 9.3,
            "receive": 0.4, "_blocked_queueing": 0.8, "_workerStart": -1, "_workerReady": -1,
        },
    })
}

/// A call of the API with the client's key, or one of the site's own files.
fn request(key: &str, rng: &mut StdRng) -> Value {
    let is_call = rng.random_bool(0.6);
    let id = rng.random_range(1..1_000_000);
    let (method, url) = if is_call {
        let (entity, action) = (ENTITIES.choose(rng).unwrap(), ACTIONS.choose(rng).unwrap());
        ("POST", format!("{SITE}/ajax/api4/{entity}/{action}"))
    } else {
        ("GET", format!("{SITE}/persist/contributor/{id:08x}.js?r={id}"))
    };
    let cookie = format!("has_js=1; SSESS3a4f={:032x}; _ga=GA1.2.{id}", 7_u128);
    let mut headers = headers(&[
        (":authority", "crm.example.org"),
        (":method", method),
        (":path", &url),
        (":scheme", "https"),
        ("accept", "application/json, text/plain, */*"),
        ("accept-encoding", "gzip, deflate, br, zstd"),
        ("accept-language", "en-GB,en;q=0.9,de;q=0.8"),
        ("cache-control", "no-cache"),
        ("cookie", &cookie),
        ("referer", &format!("{SITE}/contact/view?reset=1&cid={id}")),
        ("sec-ch-ua", "\"Chromium\";v=\"126\", \"Not)A;Brand\";v=\"8\""),
        ("sec-fetch-mode", "cors"),
        ("user-agent", AGENT),
    ]);
    let mut request = json!({
        "method": method, "url": url, "httpVersion": "http/2.0", "headers": [], "queryString": [],
        "cookies": [{
            "name": "has_js", "value": "1", "path": "/", "domain": "crm.example.org",
            "expires": "1969-12-31T23:59:59.000Z", "httpOnly": false, "secure": true,
        }],
        "headersSize": -1, "bodySize": 0,
    });
    if is_call {
        let value = format!("%7B%22where%22%3A%5B%5B%22id%22%2C%22%3D%22%2C{id}%5D%5D%7D");
        let text = format!("params={value}");
        headers.extend(self::headers(&[
            ("content-type", "application/x-www-form-urlencoded"),
            ("x-civi-auth", &format!("Bearer {key}")),
            ("x-requested-with", "XMLHttpRequest"),
        ]));
        request["bodySize"] = json!(text.len());
        request["postData"] = json!({
            "mimeType": "application/x-www-form-urlencoded", "text": text,
            "params": [{ "name": "params", "value": value }],
        });
    }
    request["headers"] = Value::Array(headers);
    request
}

/// An answer: half of them JSON, half something that is no text.
fn response(length: usize, rng: &mut StdRng) -> Value {
    let row =
        "{\"id\": 5, \"display_name\": \"Zoë \\ Müller\", \"contact_type\": \"Individual\"},\n";
    let content = if rng.random_bool(0.5) {
        let text = row.repeat(length / row.len() + 1);
        json!({ "size": length, "mimeType": "application/json", "text": text })
    } else {
        let mut bytes = vec![0; length];
        rng.fill_bytes(&mut bytes);
        let text = STANDARD.encode(bytes);
        json!({ "size": length, "mimeType": "image/png", "text": text, "encoding": "base64" })
    };
    json!({
        "status": 200, "statusText": "", "httpVersion": "http/2.0",
        "headers": headers(&[
            ("cache-control", "must-revalidate, no-cache, private"),
            ("content-encoding", "gzip"),
            ("content-type", "application/json"),
            ("date", "Thu, 01 Jan 2026 00:00:00 GMT"),
            ("expires", "Sun, 19 Nov 1978 05:00:00 GMT"),
            ("server", "nginx"),
            ("vary", "Accept-Encoding, Cookie"),
            ("x-content-type-options", "nosniff"),
        ]),
        "cookies": [], "content": content, "redirectURL": "", "headersSize": -1, "bodySize": -1,
        "_transferSize": length, "_error": null, "_fetchedViaServiceWorker": false,
    })
}

fn headers(pairs: &[(&str, &str)]) -> Vec<Value> {
    pairs.iter().map(|(name, value)| json!({ "name": name, "value": value })).collect()
}

//! A day of traffic: programs that ask for many things with many keys, some of them wrong.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{RngExt, SeedableRng};
use serde_json::{Value, json};

/// What is asked for.
pub(crate) const ENTITIES: [&str; 20] = [
    "Contact",
    "Activity",
    "Event",
    "Participant",
    "Contribution",
    "Membership",
    "Case",
    "Group",
    "GroupContact",
    "Email",
    "Phone",
    "Address",
    "Note",
    "Relationship",
    "Tag",
    "EntityTag",
    "Mailing",
    "Campaign",
    "Pledge",
    "Grant",
];
/// What is done with it.
pub(crate) const ACTIONS: [&str; 6] = ["get", "create", "update", "delete", "save", "getFields"];
const AGENTS: [&str; 4] = [
    "curl/8.5.0",
    "python-requests/2.31.0",
    "GuzzleHttp/7",
    "civi-sync/1.4 (+https://example.org)",
];
/// Where all of it is.
pub(crate) const SITE: &str = "https://crm.example.org/civicrm";

/// Writes so many requests as JSON lines.
pub(crate) fn lines(path: &Path, keys: &[String], count: u64) {
    let mut rng = StdRng::seed_from_u64(7);
    let mut out = BufWriter::new(File::create(path).unwrap());
    for number in 0..count {
        writeln!(out, "{}", request(number, keys, &mut rng)).unwrap();
    }
}

/// One request: mostly calls of the API with a key in a header, some pages, some keys that nobody has, now and
/// then a key in the query or none at all. No two have the same parameters.
fn request(number: u64, keys: &[String], rng: &mut StdRng) -> Value {
    let mut key = keys.choose(rng).unwrap().clone();
    if rng.random_bool(0.05) {
        key.replace_range(10..12, "00");
    }
    let mut headers = json!({
        "Host": "crm.example.org", "User-Agent": AGENTS.choose(rng).unwrap(), "Accept": "application/json",
    });
    let id = rng.random_range(1..1_000_000);
    let parameters = format!(
        "params=%7B%22where%22%3A%5B%5B%22id%22%2C%22%3D%22%2C{id}%5D%5D%2C%22limit%22%3A25%7D"
    );
    let (entity, action) = (ENTITIES.choose(rng).unwrap(), ACTIONS.choose(rng).unwrap());
    let url = format!("{SITE}/ajax/api4/{entity}/{action}");
    let (method, url) = match rng.random_range(0..100) {
        0..60 => {
            headers["Content-Type"] = json!("application/x-www-form-urlencoded");
            headers["X-Requested-With"] = json!("XMLHttpRequest");
            headers["X-Civi-Auth"] = json!(format!("Bearer {key}"));
            let id = format!("r{number}");
            return json!({ "id": id, "method": "POST", "url": url, "headers": headers, "body": parameters });
        }
        60..87 => {
            headers["X-Requested-With"] = json!("XMLHttpRequest");
            headers["Authorization"] = json!(format!("Bearer {key}"));
            ("GET", format!("{url}?{parameters}"))
        }
        87..97 => {
            headers["X-Civi-Auth"] = json!(format!("Bearer {key}"));
            ("GET", format!("{SITE}/contact/view?reset=1&cid={id}"))
        }
        97 => ("GET", format!("{url}?{parameters}&_authx=Bearer+{key}")),
        _ => ("GET", format!("{url}?{parameters}")),
    };
    json!({ "id": format!("r{number}"), "method": method, "url": url, "headers": headers })
}

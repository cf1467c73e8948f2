//! The smallest program that could judge a batch: it reads lines, parses each with `serde_json`, computes
//! the key's HMAC, looks it up in a map that it has loaded from the store, and writes a line.

use std::collections::HashMap;
use std::fs::File;
use std::hash::{BuildHasherDefault, Hasher};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::Command;
use std::sync::Mutex;

use authctl::credential::Keyring;
use serde::Deserialize;

use crate::measure::site::Site;

/// The flag under which the bench is the floor.
const FLAG: &str = "--floor";
/// How many lines a thread takes at a time.
const LINES: usize = 1000;

/// The floor as a command.
pub(crate) fn command(site: &Site, input: &Path, jobs: usize) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.arg(FLAG).arg(&site.store).arg(input).arg(jobs.to_string());
    command
}

/// Whether this process is the floor; if so it has done its work.
pub(crate) fn is_floor(arguments: &[String]) -> bool {
    let [flag, store, input, jobs] = arguments else { return false };
    if flag != FLAG {
        return false;
    }
    let site = Site::at(Path::new(store));
    let (keyring, keys) = (site.keyring(), load(&site));
    let lines = Mutex::new(BufReader::with_capacity(1 << 17, File::open(input).unwrap()));
    let out = Mutex::new(std::io::stdout());
    std::thread::scope(|scope| {
        for _ in 0..jobs.parse().unwrap() {
            scope.spawn(|| judge(&keyring, &keys, &lines, &out));
        }
    });
    true
}

/// A request, as far as it takes part.
#[derive(Deserialize)]
struct Request {
    id: String,
    #[expect(dead_code, reason = "parsed as the rest is")]
    method: String,
    #[expect(dead_code, reason = "parsed as the rest is")]
    url: String,
    headers: HashMap<String, String>,
    #[expect(dead_code, reason = "parsed as the rest is")]
    body: Option<String>,
}

type Keys = HashMap<[u8; 32], i64, BuildHasherDefault<FirstBytes>>;

/// A digest is random: its first bytes are hash enough.
#[derive(Default)]
struct FirstBytes(u64);

impl Hasher for FirstBytes {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = bytes.first_chunk().map_or(self.0, |first| u64::from_le_bytes(*first));
    }

    fn write_usize(&mut self, _: usize) {}
}

fn load(site: &Site) -> Keys {
    let db = rusqlite::Connection::open(&site.store).unwrap();
    let mut all = db.prepare("SELECT digest, id FROM api_key").unwrap();
    let rows = all.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    rows.map(Result::unwrap).collect()
}

fn judge(
    keyring: &Keyring,
    keys: &Keys,
    lines: &Mutex<BufReader<File>>,
    out: &Mutex<std::io::Stdout>,
) {
    let mut text = Vec::new();
    loop {
        text.clear();
        {
            let mut lines = lines.lock().unwrap();
            for _ in 0..LINES {
                lines.read_until(b'\n', &mut text).unwrap();
            }
        }
        if text.is_empty() {
            return;
        }
        let mut answers = Vec::new();
        for line in text.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
            let request: Request = serde_json::from_slice(line).unwrap();
            let header =
                request.headers.get("X-Civi-Auth").or(request.headers.get("Authorization"));
            let key = header.and_then(|text| text.strip_prefix("Bearer ")).unwrap_or_default();
            let found = keys.get(&keyring.digest(key.as_bytes()).folded);
            writeln!(answers, "{} {}", request.id, found.copied().unwrap_or_default()).unwrap();
        }
        out.lock().unwrap().write_all(&answers).unwrap();
    }
}

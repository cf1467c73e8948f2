//! Whole processes against their floors: starting up, judging one request, minting a million keys.
//!
//! Every floor is measured in the same run, in turns with the candidate. Needs `sqlite3` and `rustc` in
//! the path. `AUTHCTL_BENCH_KEYS` sets the size of the large store (1,000,000 unless told otherwise).

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a bench stops at the first surprise, and times things"
)]

#[expect(dead_code, reason = "each bench has its own use for it")]
mod measure;

use std::fs;
use std::path::Path;
use std::process::Command;

use authctl::credential::{ApiKey, KeyKind};
use measure::peak::{is_parent, peak};
use measure::site::{AUTHCTL, Site};
use measure::{interleaved, report, run, say};

const SMALL: u64 = 1_000;

fn main() {
    // `cargo test --benches` and `--list` run this binary too; only `cargo bench` measures.
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if is_parent(&arguments) || !arguments.iter().any(|argument| argument == "--bench") {
        return;
    }
    let large = std::env::var("AUTHCTL_BENCH_KEYS").map_or(1_000_000, |n| n.parse().unwrap());
    let folder = tempfile::tempdir().unwrap();
    say(&format!("{:<58} {:>12} {:>12} {:>6}", "", "floor", "authctl", "ratio"));
    start_up(folder.path());
    let large_site = mint(folder.path(), large);
    let small_site = Site::create(&folder.path().join("small"), SMALL);
    small_site.generate();
    judge(&small_site, &large_site);
}

/// `authctl --version` against a program that prints a line.
fn start_up(folder: &Path) {
    let source = folder.join("hello.rs");
    let hello = folder.join("hello");
    fs::write(&source, "fn main() { println!(\"hello\"); }").unwrap();
    run(Command::new("rustc").arg("-O").arg("-o").arg(&hello).arg(&source));
    let (floor, candidate) = interleaved(
        300,
        || run(Command::new(&hello).env_clear()),
        || run(Command::new(AUTHCTL).env_clear().arg("--version")),
    );
    report("authctl --version : a Rust program that prints a line", floor, candidate, 2.0);
}

/// `key generate --all-users --out` against a plain loop over the same users.
fn mint(folder: &Path, users: u64) -> Site {
    let [floor_site, site] = ["floor", "large"].map(|name| Site::create(&folder.join(name), users));
    let start = std::time::Instant::now();
    plain_loop(&floor_site);
    let floor = start.elapsed();
    let start = std::time::Instant::now();
    site.generate();
    let candidate = start.elapsed();
    fs::remove_dir_all(folder.join("floor")).unwrap();
    report(&format!("key generate --all-users, {users} users : plain loop"), floor, candidate, 1.5);
    site
}

/// Draws a key a user, computes its digests and inserts the row: one transaction, nothing else.
fn plain_loop(site: &Site) {
    let keyring = site.keyring();
    let mut rng = rand::rng();
    let mut db = rusqlite::Connection::open(&site.store).unwrap();
    db.pragma_update(None, "synchronous", "FULL").unwrap();
    let users: Vec<i64> = db
        .prepare("SELECT id FROM user")
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    let transaction = db.transaction().unwrap();
    {
        let mut insert = transaction
            .prepare(
                "INSERT INTO api_key (owner, user_id, digest, exact, hint, created_at)
                 VALUES ('user', ?1, ?2, ?3, ?4, 0)",
            )
            .unwrap();
        for user in users {
            let key = ApiKey::generate(KeyKind::User, &mut rng);
            let digests = keyring.digest(key.expose());
            let hint = ApiKey::hint(key.expose());
            insert.execute(rusqlite::params![user, digests.folded, digests.exact, hint]).unwrap();
        }
    }
    transaction.commit().unwrap();
}

/// `verify` of one request against `sqlite3 STORE 'SELECT …'`, time and memory.
fn judge(small: &Site, large: &Site) {
    let verify = |site: &Site, key: &str| {
        let mut command = site.authctl();
        command.args([
            "verify",
            "--exit-zero",
            "--quiet",
            "--format",
            "jsonl",
            "--url",
            "/civicrm/authx/id",
        ]);
        command.arg("--header").arg(format!("X-Civi-Auth: Bearer {key}"));
        command
    };
    let key = large.keys().swap_remove(0);
    let digest = large.keyring().digest(key.as_bytes()).folded;
    let hex = digest.iter().fold(String::new(), |text, byte| format!("{text}{byte:02x}"));
    let query = format!("SELECT id, user_id FROM api_key WHERE digest = x'{hex}'");
    let (floor, candidate) = interleaved(
        300,
        || run(Command::new("sqlite3").env_clear().arg(&large.store).arg(&query)),
        || run(&mut verify(large, &key)),
    );
    report("verify, 1 request, large store : sqlite3 'SELECT'", floor, candidate, 1.25);

    let small_key = small.keys().swap_remove(0);
    let (floor, candidate) =
        interleaved(300, || run(&mut verify(small, &small_key)), || run(&mut verify(large, &key)));
    report("verify, 1 request, large store : store of 1,000 keys", floor, candidate, 1.10);

    say(&format!("verify, peak memory, own key: {:.1} MB (bound 16)", peak(&verify(large, &key))));
    say(&format!(
        "verify, peak memory, password: {:.1} MB (bound 40)",
        peak(large.authctl().args([
            "verify",
            "--exit-zero",
            "--url",
            "/civicrm/authx/id",
            "--assume",
            "flow.xheader.cred=pass",
            "--header",
            "X-Civi-Auth: Basic dXNlcjI6cHc=",
        ]))
    ));
}

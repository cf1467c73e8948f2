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

mod measure;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use authctl::credential::{ApiKey, KeyFile, KeyKind, Keyring};
use measure::{interleaved, report, run, say};

const AUTHCTL: &str = env!("CARGO_BIN_EXE_authctl");
const SMALL: u64 = 1_000;

fn main() {
    // `cargo test --benches` and `--list` run this binary too; only `cargo bench` measures.
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [first, program @ ..] = arguments.as_slice()
        && first == "--peak"
    {
        return print_peak(program);
    }
    if !arguments.iter().any(|argument| argument == "--bench") {
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

/// A store full of users, with one key each once [`Site::generate`] has run.
struct Site {
    store: PathBuf,
    report: PathBuf,
}

impl Site {
    /// Makes a store with `users` users, each linked to a contact of its own.
    fn create(folder: &Path, users: u64) -> Self {
        fs::create_dir_all(folder).unwrap();
        let site = Self { store: folder.join("authctl.db"), report: folder.join("keys.jsonl") };
        run(site.authctl().args(["init", "--quiet"]));
        let db = rusqlite::Connection::open(&site.store).unwrap();
        db.execute_batch(&format!(
            "BEGIN;
             WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < {users} + 1)
             INSERT INTO contact (id) SELECT i FROM n;
             WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < {users} + 1)
             INSERT INTO user (id, name, folded, status, contact_id)
             SELECT i, 'user' || i, 'user' || i, 'active', i FROM n;
             COMMIT; PRAGMA wal_checkpoint(TRUNCATE);"
        ))
        .unwrap();
        site
    }

    fn authctl(&self) -> Command {
        let mut command = Command::new(AUTHCTL);
        command.env_clear().arg("--store").arg(&self.store);
        command
    }

    fn generate(&self) {
        run(self
            .authctl()
            .args(["key", "generate", "--all-users", "--quiet", "--out"])
            .arg(&self.report));
    }

    /// The text of one generated key, from the report.
    fn some_key(&self) -> String {
        let text = fs::read_to_string(&self.report).unwrap();
        let at = text.find("aku_").expect("the report holds keys");
        text.split_at(at).1.chars().take(ApiKey::LENGTH).collect()
    }

    fn keyring(&self) -> Keyring {
        let bytes = fs::read(self.store.with_file_name("authctl.key")).unwrap();
        Keyring::new(&KeyFile::from_bytes(&bytes).unwrap())
    }
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
    let key = large.some_key();
    let digest = large.keyring().digest(key.as_bytes()).folded;
    let hex = digest.iter().fold(String::new(), |text, byte| format!("{text}{byte:02x}"));
    let query = format!("SELECT id, user_id FROM api_key WHERE digest = x'{hex}'");
    let (floor, candidate) = interleaved(
        300,
        || run(Command::new("sqlite3").env_clear().arg(&large.store).arg(&query)),
        || run(&mut verify(large, &key)),
    );
    report("verify, 1 request, large store : sqlite3 'SELECT'", floor, candidate, 1.25);

    let small_key = small.some_key();
    let (floor, candidate) =
        interleaved(300, || run(&mut verify(small, &small_key)), || run(&mut verify(large, &key)));
    report("verify, 1 request, large store : store of 1,000 keys", floor, candidate, 1.10);

    say(&format!(
        "verify, peak memory, own key: {:.1} MB (bound 16)",
        peak(&mut verify(large, &key))
    ));
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

/// Peak resident memory of a command, in MB: this program starts itself once more as a small parent,
/// because a child's peak counts what its parent had at the fork.
fn peak(command: &mut Command) -> f64 {
    let probe = Command::new(std::env::current_exe().unwrap())
        .arg("--peak")
        .arg(command.get_program())
        .args(command.get_args())
        .stderr(Stdio::inherit())
        .output()
        .unwrap();
    let kilobytes: f64 = String::from_utf8(probe.stdout).unwrap().trim().parse().unwrap();
    kilobytes / 1024.0
}

fn print_peak(program: &[String]) {
    run(Command::new(&program[0]).env_clear().args(&program[1..]).stderr(Stdio::null()));
    let usage = nix::sys::resource::getrusage(nix::sys::resource::UsageWho::RUSAGE_CHILDREN);
    say(&usage.unwrap().max_rss().to_string());
}

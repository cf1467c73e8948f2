//! Checking a password against the argon2 crate alone with the same parameters.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a bench stops at the first surprise, and times things"
)]

#[expect(dead_code, reason = "the benches share it, and this one starts no other program")]
mod measure;

use argon2::{Algorithm, Argon2, Params, Version};
use authctl::credential::{Argon, KeyFile, Keyring, Secret, StoredPassword};
use measure::{interleaved, report};

fn main() {
    // `cargo test --benches` and `--list` run this binary too; only `cargo bench` measures.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    let mut rng = rand::rng();
    let keyring = Keyring::new(&KeyFile::generate(&mut rng));
    let password = Secret::new("correct horse battery staple");
    let mut memory = Argon::new();
    let phc = keyring.hash_password(&password, &mut memory, &mut rng).unwrap();
    let [kib, passes, lanes] = ["m=", "t=", "p="].map(|name| parameter(&phc, name));
    let stored = StoredPassword::Own(phc);

    let parameters = Params::new(kib, passes, lanes, Some(32)).unwrap();
    let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, parameters);
    let (floor, candidate) = interleaved(
        60,
        || {
            let mut hash = [0; 32];
            argon.hash_password_into(password.expose(), b"sixteen of salt.", &mut hash).unwrap();
        },
        || assert!(keyring.check_password(&stored, &password, &mut memory).unwrap().matches),
    );
    report("a password check : argon2 alone", floor, candidate, 1.1);
}

/// A number of a hash in PHC's form: `$argon2id$v=19$m=19456,t=2,p=1$…`.
fn parameter(phc: &str, name: &str) -> u32 {
    let (_, rest) = phc.split_once(name).unwrap();
    rest.split([',', '$']).next().unwrap().parse().unwrap()
}

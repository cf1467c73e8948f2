//! Integration tests, one binary: the program as people run it, and the rules of its sources.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "tests may stop where they stand"
)]

mod audit;
mod contact;
mod curl;
mod generated;
mod init;
mod layers;
mod perm;
mod read;
mod role;
#[expect(dead_code, reason = "used by the nouns, which land next")]
mod sandbox;
mod setting;
mod usage;
mod user;

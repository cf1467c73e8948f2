//! The library behind `authctl`: keep API credentials and policy in one SQLite file, and judge requests
//! offline exactly as the real site would.
//!
//! Data flows one way:
//!
//! ```text
//! text ──reader──▶ Request ─┐
//!                           ├─▶ verify::decide ──▶ Verdict ──output──▶ table | json | jsonl | csv
//! store ──▶ Policy, Facts ──┘        (pure: no I/O, clock, clap, SQL)
//! ```
//!
//! | layer | holds | never mentions |
//! | --- | --- | --- |
//! | [`cli`], [`exit`] | arguments, streams, clock, randomness, exit codes | |
//! | `command` | a file a noun: arguments, what runs, rows | SQL |
//! | `document` | the policy document, its difference to the store | clap, rusqlite |
//! | `output` | rows and verdicts to bytes | rusqlite, store, command |
//! | `store` | every table, migrations, the audit chain | clap, reader, output |
//! | [`reader`] | text to [`verify::Request`] | files, environment, clap, rusqlite, store |
//! | [`verify`] | the decision | I/O, clocks, clap, rusqlite, every layer but `credential` |
//! | [`credential`] | secrets, key format, digests, hashes, tokens, sealing | clap, rusqlite |
//!
//! `tests/it/layers.rs` enforces the last column.

pub mod cli;
mod command;
pub mod credential;
mod document;
pub mod exit;
mod output;
pub mod reader;
mod store;
#[cfg(test)]
mod testing;
pub mod verify;

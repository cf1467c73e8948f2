//! Integration tests, one binary: the program as people run it, and the rules of its sources.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    clippy::string_slice,
    reason = "tests may stop where they stand"
)]

mod app;
mod audit;
mod backup;
mod cases;
mod cases_drupal;
mod contact;
mod curl;
mod document;
mod generated;
mod init;
mod jwt;
mod key;
mod layers;
mod perm;
mod prompt;
mod read;
mod readme;
mod remedies;
mod remedies_civicrm;
mod remedies_drupal;
mod resource;
mod role;
mod sandbox;
mod setting;
mod site_key;
mod test;
mod tour;
mod usage;
mod user;
mod verify;

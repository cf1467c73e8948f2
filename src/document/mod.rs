//! The policy document: the whole store as one YAML or JSON text, and the difference between the two.
//!
//! - [`parse()`] reads a [`Document`] from text and needs no store; a fault is an `Invalid` with file,
//!   line and column.
//! - [`apply()`] brings a store to what a document says, within a change; [`diff`] tells what that would
//!   do, with a reader alone. Both answer the same list of [`Difference`]s, which holds no secret.
//! - [`dump()`] writes a store down as a [`Document`], and [`Document::render`] makes text of it.
//! - [`Document::warnings`] tells what is well-formed and probably not meant.
//! - [`Suite::parse`] reads a file of requests with the verdicts expected of them, which may have a
//!   document of its own.
//!
//! What a document does not mention stays. `null` unsets. Lists (a role's permissions, an account's
//! roles, permissions and keys) are added to; with [`Omitted::IsRemoved`] (`--prune`) the document is the
//! whole truth about users, roles, contacts, keys and grants, and its lists are exact. Built-in roles
//! and settings stay even then.

mod apply;
mod check;
mod difference;
mod dump;
mod error;
mod export;
mod field;
mod key_digest;
mod model;
mod module_settings;
mod parse;
mod php;
mod place;
mod render;
mod role_wish;
mod secret_text;
mod suggest;
mod suite;
#[cfg(test)]
mod testing;
mod text;
mod time;
mod warning;
mod word;

pub(crate) use apply::{Event, Omitted, Prepared, apply, diff};
pub(crate) use difference::{Action, Difference};
pub(crate) use dump::{Secrets, dump};
pub(crate) use error::Error;
pub(crate) use model::Document;
pub(crate) use module_settings::{application_secrets, is_secret};
pub(crate) use parse::{parse, yaml_safe};
pub(crate) use render::Notation;
pub(crate) use suggest::{did_you_mean, nearest};
pub(crate) use suite::{Case, Mismatch, Suite, SuitePolicy};

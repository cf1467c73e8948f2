//! The policy document: the whole store as one YAML or JSON text, and the difference between the two.
//!
//! [`parse`] turns text into a [`Document`]; it needs no store.

mod check;
mod error;
mod export;
mod field;
mod model;
mod module_settings;
mod parse;
mod php;
mod place;
mod render;
mod secret_text;
mod suggest;
#[cfg(test)]
mod testing;
mod time;
mod word;

pub(crate) use model::Document;
pub(crate) use suggest::nearest;

//! Reading requests as people have them: a curl command, a raw HTTP request, JSON lines.
//!
//! Readers turn text into [`Request`](crate::verify::Request)s and know nothing of files: whoever calls
//! them passes a function that loads what a command names with `@FILE`.

mod error;
mod json;
pub mod jsonl;
mod limit;
mod target;

pub use error::ReadError;
use error::{Fault, Place};

/// The byte order mark that Windows programs put in front of UTF-8.
const BOM: &[u8] = "\u{feff}".as_bytes();

//! Reading requests as people have them: a curl command, a raw HTTP request, JSON lines.
//!
//! Readers turn text into [`Request`](crate::verify::Request)s and know nothing of files: whoever calls
//! them passes a function that loads what a command names with `@FILE`.

mod curl;
mod error;
mod json;
pub mod jsonl;
mod limit;
mod load;
mod target;

pub use error::ReadError;
use error::{Fault, Place};
pub use load::{Loader, Refusal, nothing};

/// The byte order mark that Windows programs put in front of UTF-8.
const BOM: &[u8] = "\u{feff}".as_bytes();

/// Reads the words of one curl command, as a shell has split them, `curl` itself first.
pub fn curl_words(
    words: &[std::ffi::OsString],
    load: &mut Loader<'_>,
) -> Vec<Result<crate::verify::Request, Box<ReadError>>> {
    let words: Vec<&[u8]> = words.iter().map(|word| word.as_encoded_bytes()).collect();
    curl::words(&words, "command line", load)
}

/// Reads every curl command of a text.
pub fn curl_text(
    text: &[u8],
    file: &str,
    load: &mut Loader<'_>,
) -> Vec<Result<crate::verify::Request, Box<ReadError>>> {
    curl::text(text, file, load)
}

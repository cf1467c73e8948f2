//! Finding keys by number, label or hint.

use crate::cli::Failure;
use crate::credential::{ApiKey, Shape};
use crate::document::nearest;
use crate::exit::Exit;
use crate::store::{ApiKeyRow, Reader};

/// The longest word that cannot be a key, being a hint with its `…`.
const HINT: usize = 9;

/// The keys that are named, each once.
pub(super) fn keys(reader: Reader<'_>, references: &[String]) -> Result<Vec<ApiKeyRow>, Failure> {
    let mut found: Vec<ApiKeyRow> = Vec::new();
    for reference in references {
        let key = key(reader, reference)?;
        if !found.iter().any(|other| other.id == key.id) {
            found.push(key);
        }
    }
    Ok(found)
}

/// The one key that is named.
pub(super) fn key(reader: Reader<'_>, reference: &str) -> Result<ApiKeyRow, Failure> {
    if matches!(ApiKey::inspect(reference.as_bytes()), Shape::Own { checksum_ok: true, .. }) {
        return Err(Failure::usage("that is the text of a key, which is a secret, not its number")
            .hint(
                "`authctl key identify` reads the text from standard input and tells its number.",
            ));
    }
    let mut found = reader.find_keys(reference)?;
    match (found.pop(), found.is_empty()) {
        (Some(key), true) => Ok(key),
        (Some(last), false) => {
            let ids: Vec<String> =
                found.iter().chain([&last]).map(|key| key.id.to_string()).collect();
            Err(Failure::new(
                Exit::Precondition,
                format!("{} means several keys: {}", shown(reference), ids.join(", ")),
            )
            .hint("Name one of them by its number."))
        }
        (None, _) => {
            let labels = reader.key_labels()?;
            let meant = nearest(reference, labels.iter().map(String::as_str));
            Err(Failure::new(Exit::Unknown, format!("no key {}", shown(reference))).hint(
                meant.map_or_else(
                    || "Keys go by number, label or hint; `authctl key list` lists all.".to_owned(),
                    |meant| format!("Did you mean `{meant}`?"),
                ),
            ))
        }
    }
}

/// The word, unless it is long enough to be a key that was put in the wrong place.
fn shown(reference: &str) -> String {
    if reference.chars().count() <= HINT {
        format!("`{reference}`")
    } else {
        "of that label or hint".to_owned()
    }
}

//! Text to [`Document`].
//!
//! YAML 1.2 holds JSON, so one parser reads both, and both get lines and columns. Its messages are
//! written anew here: a parser likes to repeat what it found, and what it found may be a secret.

use std::borrow::Cow;
use std::fmt::Write as _;

use serde::de::DeserializeOwned;
use serde_saphyr::options::MergeKeyPolicy;
use serde_saphyr::{Error as YamlError, Location, Options};

use super::error::Invalid;
use super::model::Document;
use super::place::Place;
use super::suggest::nearest;

/// How deep a document may nest; exported configuration stays under ten.
const MAX_DEPTH: usize = 64;
/// How much aliases may unfold to, in parser events.
const MAX_ALIASED: usize = 100_000;

/// Reads a document, YAML or JSON by its content, and checks what can be checked without a store.
pub(crate) fn parse(text: &[u8], file: &str) -> Result<Document, Invalid> {
    let text = utf8(text, file)?;
    if is_blank(text) {
        let message = "the document is empty; expected at least `authctl: 1`".to_owned();
        return Err(Invalid { file: file.to_owned(), place: None, message });
    }
    let mut document: Document = structure(text, file)?;
    file.clone_into(&mut document.file);
    document.check()?;
    Ok(document)
}

/// The text of a file, which must be UTF-8.
pub(super) fn utf8<'a>(text: &'a [u8], file: &str) -> Result<&'a str, Invalid> {
    std::str::from_utf8(text).map_err(|error| {
        let before = text.get(..error.valid_up_to()).unwrap_or_default();
        let place = Some(end_of(&String::from_utf8_lossy(before)));
        Invalid { file: file.to_owned(), place, message: "expected UTF-8 text".to_owned() }
    })
}

/// Whether nothing is written in a text.
pub(super) fn is_blank(text: &str) -> bool {
    text.trim_start_matches('\u{feff}').trim().is_empty()
}

/// Reads YAML or JSON as `T` has it.
pub(super) fn structure<T: DeserializeOwned>(text: &str, file: &str) -> Result<T, Invalid> {
    let text = escaped(text);
    serde_saphyr::from_str_with_options(&text, options()).map_err(|error| Invalid {
        file: file.to_owned(),
        place: place(&error, &text),
        message: message(&error, &text),
    })
}

fn options() -> Options {
    serde_saphyr::options! {
        budget: serde_saphyr::budget! {
            max_depth: MAX_DEPTH,
            max_events: usize::MAX,
            max_nodes: usize::MAX,
            max_total_scalar_bytes: usize::MAX,
        },
        alias_limits: serde_saphyr::alias_limits! { max_total_replayed_events: MAX_ALIASED },
        merge_keys: MergeKeyPolicy::Error,
        emit_comments: false,
        no_schema: true,
        strict_booleans: true,
        leading_zero_numbers_as_strings: true,
        underscored_numbers_as_strings: true,
        with_snippet: false,
    }
}

/// JSON may hold characters that YAML refuses outside of escapes; an object can hold them in texts only.
fn escaped(text: &str) -> Cow<'_, str> {
    let is_object = text.trim_start_matches('\u{feff}').trim_start().starts_with('{');
    if is_object { yaml_safe(text) } else { Cow::Borrowed(text) }
}

/// Returns JSON as YAML can read it: with escapes for the characters that YAML allows nowhere else.
pub(crate) fn yaml_safe(json: &str) -> Cow<'_, str> {
    let unprintable = |c: char| matches!(c, '\u{7f}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}');
    if !json.contains(unprintable) {
        return Cow::Borrowed(json);
    }
    let mut safe = String::with_capacity(json.len() + 64);
    for c in json.chars() {
        if unprintable(c) {
            // Writing to a string cannot fail.
            let _ = write!(safe, "\\u{:04x}", u32::from(c));
        } else {
            safe.push(c);
        }
    }
    Cow::Owned(safe)
}

/// Where the error is. For a value that was read but not accepted the parser names the field before it.
fn place(error: &YamlError, text: &str) -> Option<Place> {
    let location = error.location().filter(|location| *location != Location::UNKNOWN)?;
    let number = |count| u32::try_from(count).unwrap_or(u32::MAX);
    let named = Place { line: number(location.line()), column: number(location.column()) };
    let is_about_value = matches!(
        error,
        YamlError::Message { .. }
            | YamlError::SerdeInvalidType { .. }
            | YamlError::SerdeInvalidValue { .. }
    );
    let value = is_about_value.then(|| value_after(&location, text)).flatten();
    Some(value.unwrap_or(named))
}

/// Where the value of the field at `location` begins, if there is a field.
fn value_after(location: &Location, text: &str) -> Option<Place> {
    let span = location.span();
    let end = usize::try_from(span.byte_offset()? + span.byte_len()?).ok()?;
    let rest = text.get(end..)?;
    let after_name = rest.trim_start_matches([' ', '\t']).strip_prefix(':')?;
    let value = after_name.trim_start();
    let start = text.len() - value.len();
    (!value.is_empty() && !value.starts_with('#'))
        .then(|| end_of(text.get(..start).unwrap_or_default()))
}

/// The place right behind a text.
fn end_of(text: &str) -> Place {
    let text = text.trim_start_matches('\u{feff}');
    let line = text.rsplit('\n').next().unwrap_or_default();
    let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    Place { line: number(text.matches('\n').count() + 1), column: number(line.chars().count() + 1) }
}

/// What was expected, without what was found.
fn message(error: &YamlError, text: &str) -> String {
    match error {
        YamlError::Message { msg, .. } => msg.clone(),
        YamlError::ExternalMessage { msg, .. } if msg.starts_with("mapping values are not") => {
            "expected a value without `: ` in it: put text in quotes, or below a `|`".to_owned()
        }
        YamlError::ExternalMessage { msg, .. } => {
            // The one thing a syntax error repeats is a character, in quotes at its end.
            msg.split_once(": `").map_or(msg.as_str(), |(before, _)| before).to_owned()
        }
        YamlError::SerdeInvalidType { expected, .. }
        | YamlError::SerdeInvalidValue { expected, .. } => {
            format!("expected {expected}")
        }
        YamlError::SerdeUnknownField { field, expected, .. } => unknown_field(field, expected),
        YamlError::SerdeMissingField { field, .. } => format!("expected the field `{field}` here"),
        YamlError::DuplicateMappingKey { .. } => "this field stands twice in its object".to_owned(),
        YamlError::InvalidScalar { ty, .. } => match *ty {
            "bool" => "expected true or false".to_owned(),
            _ => "expected a whole number".to_owned(),
        },
        YamlError::InvalidBooleanStrict { .. } => "expected true or false".to_owned(),
        YamlError::QuotingRequired { .. } => {
            "expected text: put it in quotes, or YAML takes it for a number or for true or false"
                .to_owned()
        }
        YamlError::NullIntoString { .. } => "expected text, not null".to_owned(),
        YamlError::Unexpected { expected, location } if is_null(location, text) => format!(
            "expected {}, not null: what is left out stays, and `--prune` removes it",
            in_our_words(expected)
        ),
        YamlError::Unexpected { expected, .. } => format!("expected {}", in_our_words(expected)),
        YamlError::Eof { .. } => "expected more: the text ends here".to_owned(),
        YamlError::MultipleDocuments { .. } => {
            "expected one document, and a second begins here".to_owned()
        }
        YamlError::MergeKeyNotAllowed { .. } => "merging with `<<` is not supported".to_owned(),
        YamlError::NonFiniteFloat { .. } => "expected a finite number".to_owned(),
        YamlError::UnknownAnchor { .. } => "this alias names no anchor".to_owned(),
        YamlError::AliasError { error, .. } => message(error, text),
        YamlError::AliasReplayLimitExceeded { .. } => "too much is repeated by aliases".to_owned(),
        YamlError::Budget { .. } => {
            "the document is nested too deeply, or has too many aliases".to_owned()
        }
        _ => "expected YAML or JSON of the form that the manual describes".to_owned(),
    }
}

/// Whether null stands at the place.
fn is_null(location: &Location, text: &str) -> bool {
    let at = location.span().byte_offset().and_then(|at| usize::try_from(at).ok());
    let rest = at.and_then(|at| text.get(at..)).unwrap_or_default();
    let word = rest.split(|c: char| c.is_whitespace() || ",]}#".contains(c)).next();
    matches!(word, Some("null" | "Null" | "NULL" | "~"))
}

/// Names the field if it is close to a known one, or if nothing near it can be secret.
fn unknown_field(field: &str, known: &[&'static str]) -> String {
    let list = known.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    let holds_secrets = ["key", "plain", "sealed"].iter().any(|name| known.contains(name));
    match nearest(field, known.iter().copied()) {
        Some(near) => format!("unknown field `{field}`; did you mean `{near}`?"),
        None if holds_secrets => format!("unknown field; expected one of {list}"),
        None => format!("unknown field `{field}`; expected one of {list}"),
    }
}

fn in_our_words(expected: &str) -> &str {
    match expected {
        "sequence start" => "a list",
        "mapping start" => "fields with values (`name: value`)",
        "string scalar" | "scalar" => "text or a number, not a list or fields",
        other => other,
    }
}

#[cfg(test)]
mod tests;

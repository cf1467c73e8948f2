//! Reading keys with their owners: CSV with a header, or JSON lines. No message repeats a key.

use serde::Deserialize;

use crate::cli::Failure;
use crate::credential::Secret;
use crate::exit::Exit;
use crate::verify::Owner;

/// The forms of a file of keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum InputFormat {
    /// Comma-separated values with a header
    Csv,
    /// One JSON object a line
    Jsonl,
}

/// A key to be taken over.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) line: u64,
    pub(super) owner: OwnerName,
    pub(super) key: Secret,
    pub(super) label: Option<String>,
    pub(super) expires_at: Option<i64>,
}

/// The owner as the file names it.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum OwnerName {
    User(String),
    Contact(i64),
    Universal,
    ApiToken,
}

impl OwnerName {
    /// An owner whose keys are digested as this one's are.
    pub(super) fn any(&self) -> Owner {
        if *self == Self::ApiToken { Owner::ApiToken } else { Owner::Universal }
    }
}

/// The columns or fields of a key.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Record {
    #[serde(default, alias = "api_key")]
    key: Option<String>,
    #[serde(default)]
    user: Option<String>,
    #[serde(default, alias = "contact")]
    contact_id: Option<i64>,
    #[serde(default)]
    universal: Option<bool>,
    #[serde(default)]
    api_token: Option<bool>,
    #[serde(default)]
    label: Option<String>,
    #[serde(default, alias = "expires")]
    expires_at: Option<String>,
}

/// Reads all keys, or fails with the first line that is wrong.
pub(super) fn entries(
    text: &[u8],
    format: Option<InputFormat>,
    file: &str,
) -> Result<Vec<Entry>, Failure> {
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
    let first = text.iter().find(|byte| !byte.is_ascii_whitespace());
    match (format, first) {
        (Some(InputFormat::Jsonl), _) | (None, Some(b'{')) => jsonl(text, file),
        (Some(InputFormat::Csv) | None, _) => csv(text, file),
    }
}

fn jsonl(text: &[u8], file: &str) -> Result<Vec<Entry>, Failure> {
    let lines = (1..).zip(text.split(|byte| *byte == b'\n'));
    lines
        .filter(|(_, line)| !line.trim_ascii().is_empty())
        .map(|(number, line)| {
            let record: Record = serde_json::from_slice(line).map_err(|error| {
                // serde_json repeats values of the wrong type; its place is enough.
                wrong(file, number, &format!("column {}: {EXPECTED}", error.column()))
            })?;
            record.entry(number, file)
        })
        .collect()
}

const EXPECTED: &str = "expected an object with `key` and one of `user`, `contact_id`, `universal`, \
     `api_token`, and if you like `label`, `expires_at`";

fn csv(text: &[u8], file: &str) -> Result<Vec<Entry>, Failure> {
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::Headers).from_reader(text);
    let columns = reader.headers().map_err(|_| wrong(file, 1, "the header is not UTF-8"))?.clone();
    let known = [
        "key",
        "api_key",
        "user",
        "contact_id",
        "contact",
        "universal",
        "api_token",
        "label",
        "expires_at",
        "expires",
    ];
    if let Some(column) = columns.iter().position(|column| !known.contains(&column)) {
        // The name is not repeated: without a header it would be a key.
        let expected = "expected a header of `key`, `user`, `contact_id`, `universal`, `api_token`, `label`, `expires_at`";
        return Err(wrong(file, 1, &format!("column {}: {expected}", column + 1)));
    }
    let mut entries = Vec::new();
    let mut record = csv::StringRecord::new();
    let mut lines = Lines { text, at: 0, line: 1 };
    loop {
        let line = lines.line_of(reader.position().byte());
        match reader.read_record(&mut record) {
            Ok(false) => return Ok(entries),
            Ok(true) => {}
            Err(_) => {
                let what = format!("expected {} columns of UTF-8", columns.len());
                return Err(wrong(file, line, &what));
            }
        }
        let parsed: Record = record.deserialize(Some(&columns)).map_err(|error| {
            let column = match error.kind() {
                csv::ErrorKind::Deserialize { err, .. } => err.field().map(|field| field + 1),
                _ => None,
            };
            let column = column.map_or_else(String::new, |column| format!("column {column}: "));
            wrong(
                file,
                line,
                &format!(
                    "{column}expected a number under `contact_id`, true or false under `universal` and `api_token`"
                ),
            )
        })?;
        entries.push(parsed.entry(line, file)?);
    }
}

/// Tells the line of a record by where it begins: csv's own count lacks a line end of two characters, and
/// empty lines.
struct Lines<'t> {
    text: &'t [u8],
    at: usize,
    line: u64,
}

impl Lines<'_> {
    /// The line of the record behind the line ends that stand at `byte`; asked in the order of the text.
    fn line_of(&mut self, byte: u64) -> u64 {
        let begin = usize::try_from(byte).unwrap_or(usize::MAX);
        let behind = self.text.get(begin..).unwrap_or_default();
        let begin = begin + behind.iter().take_while(|byte| b"\r\n".contains(byte)).count();
        let passed = self.text.get(self.at..begin).unwrap_or_default();
        self.line += passed.iter().map(|byte| u64::from(*byte == b'\n')).sum::<u64>();
        self.at = begin;
        self.line
    }
}

impl Record {
    fn entry(self, line: u64, file: &str) -> Result<Entry, Failure> {
        let filled = |text: Option<String>| text.filter(|text| !text.is_empty());
        let is = |flag: Option<bool>| flag.unwrap_or(false);
        let flags = (is(self.universal), is(self.api_token));
        let owner = match (filled(self.user), self.contact_id, flags) {
            (Some(name), None, (false, false)) => OwnerName::User(name),
            (None, Some(id), (false, false)) => OwnerName::Contact(id),
            (None, None, (true, false)) => OwnerName::Universal,
            (None, None, (false, true)) => OwnerName::ApiToken,
            _ => {
                return Err(wrong(
                    file,
                    line,
                    "expected one owner: `user`, `contact_id`, `universal` or `api_token`",
                ));
            }
        };
        let key = self.key.ok_or_else(|| wrong(file, line, "there is no `key`"))?;
        let expires_at = match filled(self.expires_at) {
            None => None,
            Some(text) => Some(
                text.parse::<jiff::Timestamp>().map(jiff::Timestamp::as_second).map_err(|_| {
                    wrong(
                        file,
                        line,
                        "expected a time such as 2027-01-01T00:00:00Z under `expires_at`",
                    )
                })?,
            ),
        };
        Ok(Entry { line, owner, key: Secret::from(key), label: filled(self.label), expires_at })
    }
}

fn wrong(file: &str, line: u64, what: &str) -> Failure {
    Failure::new(Exit::Failed, format!("{file}:{line}: {what}"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{OwnerName, entries};
    use crate::cli::Failure;
    use crate::output::Paint;
    use crate::testing::{broken, soon};

    fn told(failure: &Failure) -> String {
        let mut out = Vec::new();
        failure.print(&mut out, Paint::plain()).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn csv_and_json_lines_say_the_same() {
        let csv = "key,user,contact_id,label,expires_at\nk1,alice,,ci,2027-01-01T00:00:00Z\n\"k,2\",,101,,\n";
        let jsonl = r#"{"key":"k1","user":"alice","label":"ci","expires_at":"2027-01-01T00:00:00Z"}

{"key":"k,2","contact_id":101}"#;
        let (csv, jsonl) = (
            entries(csv.as_bytes(), None, "f").unwrap(),
            entries(jsonl.as_bytes(), None, "f").unwrap(),
        );
        for both in [&csv, &jsonl] {
            assert_eq!(both[0].owner, OwnerName::User("alice".into()));
            assert_eq!(both[0].key.expose(), b"k1");
            assert_eq!(
                (both[0].label.as_deref(), both[0].expires_at),
                (Some("ci"), Some(1_798_761_600))
            );
            assert_eq!(both[1].owner, OwnerName::Contact(101));
            assert_eq!(both[1].key.expose(), b"k,2");
        }
        assert_eq!((csv[1].line, jsonl[1].line), (3, 3));
    }

    #[test]
    fn lines_are_counted_whatever_their_ends_are() {
        for end in ["\n", "\r\n"] {
            let lines = ["key,user", "\"k\n1\",alice", "", "k2,alice", "k3,"].join(end);
            let text = format!("{lines}{end}");
            assert!(told(&entries(text.as_bytes(), None, "f").unwrap_err()).contains("f:6: "));
            let entries = entries(text.replace("k3,", "k3,bob").as_bytes(), None, "f").unwrap();
            assert_eq!(entries.iter().map(|entry| entry.line).collect::<Vec<_>>(), [2, 5, 6]);
        }
    }

    #[test]
    fn what_is_wrong_is_told_by_its_place_and_without_the_key() {
        for (text, place) in [
            ("S3CRET,alice\n", "f:1: column 1"),
            ("key,user\nS3CRET,alice\nS3CRET,alice,more\n", "f:3: "),
            ("key,contact_id\nS3CRET,S3CRET\n", "f:2: column 2"),
            ("key,user\nS3CRET,\n", "f:2: expected one owner"),
            ("key,user,expires\nS3CRET,alice,soon\n", "f:2: expected a time"),
            ("{\"key\":1,\"user\":\"S3CRET\"}", "f:1: column 8"),
            ("{\"key\":\"a\",\"user\":\"b\"}\n{\"S3CRET\":1}", "f:2: column"),
        ] {
            let told = told(&entries(text.as_bytes(), None, "f").unwrap_err());
            assert!(told.contains(place), "{text}: {told}");
            assert!(!told.contains("S3CRET"), "{text}: {told}");
        }
    }

    proptest! {
        #[test]
        fn broken_lists_of_keys_are_refused_at_a_line_or_read(
            text in broken(
                &[
                    "key,user,contact_id,label,expires_at\nk1,alice,,ci,2027-01-01T00:00:00Z\n\"k,2\",,101,,\r\n",
                    "{\"key\":\"k1\",\"user\":\"alice\",\"label\":\"ci\"}\n\n{\"key\":\"k2\",\"contact_id\":101}",
                ],
                &[",", "\"", "\"\"", "\n", "\r", "\0", "{", "}", ":", "key", "user,", "null", "1e999", "99999999999999999999", "é", "\u{feff}", "[["],
            ),
        ) {
            match soon(|| entries(&text.0, None, "f")) {
                Ok(entries) => prop_assert!(entries.iter().all(|entry| entry.line > 0)),
                Err(failure) => prop_assert!(told(&failure).starts_with("error: f:"), "{}", told(&failure)),
            }
        }
    }
}

//! The formats of requests, and how to tell them apart.

use std::io::{ErrorKind, Read};

use super::http;

/// How much of an input is looked at to tell its format.
const GLANCE: usize = 16 << 10;

/// A format of requests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Whichever the text looks like.
    Auto,
    /// curl commands.
    Curl,
    /// Raw HTTP requests.
    Http,
    /// An HTTP archive, as browsers save it.
    Har,
    /// JSON lines.
    Jsonl,
}

impl Format {
    /// The format's name, as `--input-format` takes it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Curl => "curl",
            Self::Http => "http",
            Self::Har => "har",
            Self::Jsonl => "jsonl",
        }
    }

    /// What a text looks like, by its beginning: an object whose first field is `log` is an archive,
    /// any other object a JSON line, a request line raw HTTP, everything else curl commands.
    #[must_use]
    pub fn of(start: &[u8]) -> Self {
        let text = start.strip_prefix(super::BOM).unwrap_or(start).trim_ascii_start();
        if text.starts_with(b"{") && !groups_commands(text) {
            let field = text.get(1..).unwrap_or_default().trim_ascii_start();
            let archive = field
                .strip_prefix(b"\"log\"")
                .is_some_and(|rest| rest.trim_ascii_start().starts_with(b":"));
            if archive { Self::Har } else { Self::Jsonl }
        } else if text.is_empty() {
            // The one format in which nothing is no request at all.
            Self::Jsonl
        } else if http::looks_like_one(text) {
            Self::Http
        } else {
            Self::Curl
        }
    }
}

/// Whether a brace opens a group of commands: behind a blank, a word instead of a field's name.
fn groups_commands(text: &[u8]) -> bool {
    let rest = text.get(1..).unwrap_or_default();
    let word = rest.trim_ascii_start();
    rest.len() > word.len() && word.first().is_some_and(u8::is_ascii_alphabetic)
}

/// Takes the beginning of an input for a look: no more than it needs, since whoever types requests waits
/// for an answer to the first.
pub(super) fn glance(input: &mut impl Read) -> std::io::Result<Vec<u8>> {
    let mut start = Vec::new();
    while !tells(&start) && start.len() < GLANCE {
        let before = start.len();
        start.resize(GLANCE, 0);
        let length = match input.read(start.get_mut(before..).unwrap_or_default()) {
            Err(error) if error.kind() == ErrorKind::Interrupted => {
                start.truncate(before);
                continue;
            }
            other => other?,
        };
        start.truncate(before + length);
        if length == 0 {
            break;
        }
    }
    Ok(start)
}

/// Whether the beginning tells the format: the first line, of an object the name of its first field.
fn tells(start: &[u8]) -> bool {
    let text = start.strip_prefix(super::BOM).unwrap_or(start).trim_ascii_start();
    let end = if text.starts_with(b"{") { b':' } else { b'\n' };
    text.contains(&end)
}

#[cfg(test)]
mod tests {
    use super::Format;

    #[test]
    fn tells_the_formats_apart() {
        for (text, format) in [
            ("curl http://h", Format::Curl),
            ("\n$ curl http://h", Format::Curl),
            ("{ curl http://h; }", Format::Curl),
            ("{\n  curl http://h\n}", Format::Curl),
            ("# how to\nTOKEN=x\ncurl http://h", Format::Curl),
            ("GET / HTTP/1.1\r\n", Format::Http),
            ("### list\nGET https://h/x\n", Format::Http),
            (":authority: h\n", Format::Http),
            ("\u{feff}{\n \"log\" : {", Format::Har),
            ("{\"url\":\"/\"}\n", Format::Jsonl),
            ("\n{\"id\":1}", Format::Jsonl),
            (" \n", Format::Jsonl),
        ] {
            assert_eq!(Format::of(text.as_bytes()), format, "{text:?}");
        }
    }
}

//! JSON as PHP's `json_encode` writes it: ASCII, slashes escaped.

use std::fmt::Write as _;

use serde_json::{Map, Value};

/// How texts are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Escape {
    /// No options.
    Plain,
    /// `JSON_HEX_TAG | JSON_HEX_APOS | JSON_HEX_AMP | JSON_HEX_QUOT`, as Drupal's serializer has it.
    Hex,
}

/// A text in quotes.
pub(super) fn text(text: &str, escape: Escape) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' if escape == Escape::Plain => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '/' => out.push_str("\\/"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '"' | '\'' | '<' | '>' | '&' if escape == Escape::Hex => {
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
            c if c.is_control() && c.is_ascii() && c != '\u{7f}' || !c.is_ascii() => {
                let mut units = [0; 2];
                for unit in c.encode_utf16(&mut units) {
                    let _ = write!(out, "\\u{unit:04x}");
                }
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// A document on one line.
pub(super) fn compact(value: &Value, escape: Escape) -> String {
    match value {
        Value::String(value) => text(value, escape),
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(|item| compact(item, escape)).collect();
            format!("[{}]", items.join(","))
        }
        Value::Object(fields) => format!("{{{}}}", members(fields, escape).join(",")),
        other => other.to_string(),
    }
}

fn members(fields: &Map<String, Value>, escape: Escape) -> Vec<String> {
    fields
        .iter()
        .map(|(name, value)| format!("{}:{}", text(name, escape), compact(value, escape)))
        .collect()
}

/// A flat object as `JSON_PRETTY_PRINT` lays it out; the values are JSON already.
pub(super) fn pretty(fields: &[(&str, String)]) -> String {
    let lines: Vec<String> = fields
        .iter()
        .map(|(name, value)| format!("    {}: {value}", text(name, Escape::Plain)))
        .collect();
    format!("{{\n{}\n}}", lines.join(",\n"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn plain_texts_escape_slashes_and_everything_beyond_ascii() {
        assert_eq!(text("a/b \"é😀\u{1}", Escape::Plain), r#""a\/b \"\u00e9\ud83d\ude00\u0001""#);
    }

    #[test]
    fn the_serializer_also_escapes_what_html_would_read() {
        let expected = r#"{"m":"The \u0027x\u0027 \u003Cb\u003E \u0026 \u0022y\u0022"}"#;
        assert_eq!(compact(&json!({"m": "The 'x' <b> & \"y\""}), Escape::Hex), expected);
    }
}

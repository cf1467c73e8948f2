//! What `serde_json` says about a text, without the values it repeats.

/// The message of `error` as a fragment that holds no text of the request.
///
/// serde repeats values (`invalid type: string "…", expected …`); what it expected is kept, the
/// value is not. Names of fields stay: an unknown field is refused by its name.
pub(super) fn message(error: &serde_json::Error) -> String {
    let text = error.to_string();
    // The place is told apart from the message.
    let text = match text.rsplit_once(" at line ") {
        Some((message, _)) => message,
        None => text.as_str(),
    };
    let repeats = ["invalid type: ", "invalid value: ", "invalid length "];
    if repeats.iter().any(|prefix| text.starts_with(prefix)) {
        return match text.rsplit_once(", expected ") {
            Some((_, "i64" | "u64")) => "expected a whole number".to_owned(),
            Some((_, "a tuple of size 2")) => "expected a pair [name, value]".to_owned(),
            Some((_, expected)) => format!("expected {expected}"),
            None => "expected a value of another kind".to_owned(),
        };
    }
    if let Some(rest) = text.strip_prefix("unknown variant `") {
        return match rest.rsplit_once("`, expected ") {
            Some((_, expected)) => format!("expected {expected}"),
            None => "expected another word".to_owned(),
        };
    }
    if let Some(rest) = text.strip_prefix("unknown field `") {
        // The name may hold these very words; what follows the last of them is ours.
        let (name, expected) = rest.rsplit_once("`, expected ").unwrap_or((rest, "other fields"));
        let name: String = name.chars().filter(|c| !c.is_control()).take(40).collect();
        return format!("unknown field `{name}`, expected {expected}");
    }
    if let Some(name) = text.strip_prefix("duplicate field ") {
        return format!("expected {name} once");
    }
    syntax(text).unwrap_or(text).to_owned()
}

/// What was expected, for what the parser says of a text that is no JSON.
fn syntax(text: &str) -> Option<&'static str> {
    Some(match text {
        "EOF while parsing a value" => "expected a value, and the text ends here",
        "EOF while parsing an object" => "expected `,` or `}`, and the text ends here",
        "EOF while parsing a list" => "expected `,` or `]`, and the text ends here",
        "EOF while parsing a string" => "expected a closing quote, and the text ends here",
        "expected ident" | "expected value" => "expected a JSON value",
        "trailing characters" => "expected nothing more behind the value",
        "trailing comma" => "expected another member behind the comma",
        "key must be a string" => "expected a name in double quotes",
        "invalid number" | "number out of range" => {
            "expected a number that JSON and a 64-bit float have"
        }
        "invalid escape" => "expected an escape that JSON has",
        "recursion limit exceeded" => "expected at most 128 levels",
        _ if text.starts_with("control character ") => {
            "expected an escape such as `\\n` for a control character in a text"
        }
        "unexpected end of hex escape" => "expected two halves of a surrogate pair",
        _ if text.contains("surrogate") || text.contains("unicode") => "expected UTF-8 text",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::message;

    fn fault<T: serde::de::DeserializeOwned>(text: &str) -> String {
        message(&serde_json::from_str::<T>(text).err().unwrap())
    }

    #[test]
    fn never_repeats_a_value() {
        assert_eq!(fault::<i64>(r#""s3cret, expected x""#), "expected a whole number");
        assert!(!fault::<bool>(r#""s3cret""#).contains("s3cret"));
        assert!(!fault::<Vec<i64>>("[1,").is_empty());
    }

    #[test]
    fn what_is_no_json_is_told_by_what_was_expected() {
        for text in [
            "",
            "{",
            "{\"a\"",
            "{\"a\":",
            "{\"a\":1",
            "{\"a\":1,}",
            "{1:2}",
            "{a:2}",
            "[1",
            "[1 2]",
            "\"a",
            "\"\\x\"",
            "\"a\nb\"",
            "\"\\ud800\"",
            "nul",
            "1e999",
            "01",
            "-",
            "{} {}",
            "x",
        ] {
            let told = fault::<serde_json::Value>(text);
            assert!(told.starts_with("expected "), "{text:?}: {told}");
        }
        let deep = "[".repeat(200);
        assert_eq!(fault::<serde_json::Value>(&deep), "expected at most 128 levels");
    }

    #[test]
    fn an_unknown_field_is_named_in_a_few_letters() {
        #[derive(Debug, serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Known {
            #[serde(rename = "id")]
            _id: Option<i64>,
        }
        let name = format!("x`, expected \\u001b]0;pwned\\u0007{}", "s3cret".repeat(50));
        let text = fault::<Known>(&format!(r#"{{"{name}": 1}}"#));
        assert!(text.ends_with("expected `id`") && !text.contains('\u{1b}'), "{text}");
        assert!(text.len() < 100, "{text}");
    }
}

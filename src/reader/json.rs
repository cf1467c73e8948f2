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
    text.to_owned()
}

#[cfg(test)]
mod tests {
    use super::message;

    fn fault<T: serde::de::DeserializeOwned>(text: &str) -> String {
        message(&serde_json::from_str::<T>(text).err().unwrap())
    }

    #[test]
    fn never_repeats_a_value() {
        assert_eq!(fault::<i64>(r#""s3cret, expected x""#), "expected i64");
        assert!(!fault::<bool>(r#""s3cret""#).contains("s3cret"));
        assert!(!fault::<Vec<i64>>("[1,").is_empty());
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

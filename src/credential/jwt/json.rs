//! JSON as php-jwt reads it: `json_decode($text, false, 512, JSON_BIGINT_AS_STRING)`
//! (`ext/json/json_scanner.re`, `json_parser.y`).
//!
//! What `serde_json` does otherwise: integers beyond 64 bits become strings, numbers too large become
//! infinite (here the largest there is), 512 levels of nesting are fine, and a name that begins with NUL
//! is an error. In both the last of several equal names wins.

use serde_json::{Map, Number, Value};

const DEPTH: usize = 512;

/// The value of a text, unless PHP finds an error in it.
pub(super) fn decode(text: &[u8]) -> Option<Value> {
    let mut reader = Reader { rest: std::str::from_utf8(text).ok()?, depth: 0 };
    let value = reader.value()?;
    reader.skip_blanks();
    reader.rest.is_empty().then_some(value)
}

struct Reader<'a> {
    rest: &'a str,
    depth: usize,
}

impl Reader<'_> {
    fn value(&mut self) -> Option<Value> {
        self.skip_blanks();
        match self.rest.as_bytes().first()? {
            b'{' => self.nested(Self::object),
            b'[' => self.nested(Self::array),
            b'"' => self.string().map(Value::String),
            b'-' | b'0'..=b'9' => self.number(),
            b'n' => self.take("null").map(|()| Value::Null),
            b't' => self.take("true").map(|()| Value::Bool(true)),
            _ => self.take("false").map(|()| Value::Bool(false)),
        }
    }

    fn nested(&mut self, inside: impl FnOnce(&mut Self) -> Option<Value>) -> Option<Value> {
        self.depth += 1;
        let value = if self.depth <= DEPTH { inside(self)? } else { return None };
        self.depth -= 1;
        Some(value)
    }

    fn object(&mut self) -> Option<Value> {
        let mut object = Map::new();
        self.take("{")?;
        self.skip_blanks();
        if self.take("}").is_some() {
            return Some(Value::Object(object));
        }
        loop {
            self.skip_blanks();
            let name = self.string().filter(|name| !name.starts_with('\0'))?;
            self.skip_blanks();
            self.take(":")?;
            object.insert(name, self.value()?);
            self.skip_blanks();
            if self.take(",").is_none() {
                return self.take("}").map(|()| Value::Object(object));
            }
        }
    }

    fn array(&mut self) -> Option<Value> {
        let mut array = Vec::new();
        self.take("[")?;
        self.skip_blanks();
        if self.take("]").is_some() {
            return Some(Value::Array(array));
        }
        loop {
            array.push(self.value()?);
            self.skip_blanks();
            if self.take(",").is_none() {
                return self.take("]").map(|()| Value::Array(array));
            }
        }
    }

    fn string(&mut self) -> Option<String> {
        let mut escaped = false;
        let inside = self.rest.strip_prefix('"')?;
        let length = inside.bytes().position(|byte| {
            let closes = byte == b'"' && !escaped;
            escaped = byte == b'\\' && !escaped;
            closes
        })?;
        let (token, rest) = self.rest.split_at_checked(length + 2)?;
        self.rest = rest;
        serde_json::from_str(token).ok()
    }

    fn number(&mut self) -> Option<Value> {
        let unsigned = self.rest.strip_prefix('-').unwrap_or(self.rest);
        let whole = unsigned.strip_prefix('0').or_else(|| past_digits(unsigned))?;
        let fraction = whole.strip_prefix('.').and_then(past_digits).unwrap_or(whole);
        let exponent = fraction
            .strip_prefix(['e', 'E'])
            .map(|text| text.strip_prefix(['+', '-']).unwrap_or(text))
            .and_then(past_digits)
            .unwrap_or(fraction);
        let token = self.rest.get(..self.rest.len() - exponent.len())?;
        self.rest = exponent;
        if exponent.len() == whole.len() {
            return Some(match token.parse::<i64>() {
                Ok(integer) => integer.into(),
                Err(_) => token.into(),
            });
        }
        let float = token.parse::<f64>().ok()?.clamp(f64::MIN, f64::MAX);
        Number::from_f64(float).map(Value::Number)
    }

    fn skip_blanks(&mut self) {
        self.rest = self.rest.trim_start_matches([' ', '\t', '\r', '\n']);
    }

    fn take(&mut self, token: &str) -> Option<()> {
        self.rest = self.rest.strip_prefix(token)?;
        Some(())
    }
}

/// What follows one digit or more.
fn past_digits(text: &str) -> Option<&str> {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    (rest.len() < text.len()).then_some(rest)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::decode;

    #[test]
    fn numbers_are_those_of_php() {
        for (text, value) in [
            ("9223372036854775807", json!(i64::MAX)),
            ("9223372036854775808", json!("9223372036854775808")),
            ("-9223372036854775808", json!(i64::MIN)),
            ("-9223372036854775809", json!("-9223372036854775809")),
            ("1.5e3", json!(1500.0)),
            ("1E2", json!(100.0)),
            ("1e999", json!(f64::MAX)),
            ("-1e999", json!(f64::MIN)),
            (" \t\r\n0 ", json!(0)),
        ] {
            assert_eq!(decode(text.as_bytes()), Some(value), "{text}");
        }
    }

    #[test]
    fn the_last_of_equal_names_wins() {
        assert_eq!(decode(br#"{"a":1,"b":2,"a":3}"#), Some(json!({"a": 3, "b": 2})));
    }

    #[test]
    fn nesting_ends_at_512() {
        let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
        assert!(decode(nested(512).as_bytes()).is_some());
        assert_eq!(decode(nested(513).as_bytes()), None);
    }

    #[test]
    fn refuses_what_php_refuses() {
        for text in [
            "",
            " ",
            "01",
            "1.",
            ".5",
            "+1",
            "1e",
            "-",
            "nul",
            "True",
            "[1,]",
            "{,}",
            "{\"a\"}",
            "{\"a\":1,}",
            "{a:1}",
            "'a'",
            "[1 2]",
            "1 2",
            "\"\u{1}\"",
            r#""\ud800""#,
            r#""\x""#,
            "\"",
            r#"{"\u0000a":1}"#,
            "[",
            "{",
            "\u{FEFF}1",
            "\0",
            "1\0",
        ] {
            assert_eq!(decode(text.as_bytes()), None, "{text:?}");
        }
        assert_eq!(decode(b"\"\xFF\""), None);
    }

    fn values() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<String>().prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 32, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
                prop::collection::btree_map("[^\0]{0,4}", inner, 0..4)
                    .prop_map(|map| Value::Object(map.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn reads_what_serde_json_writes(value in values(), pretty: bool) {
            let text = if pretty { format!("{value:#}") } else { value.to_string() };
            prop_assert_eq!(decode(text.as_bytes()), Some(value));
        }

        #[test]
        fn never_accepts_what_serde_json_refuses(text in "[\\[\\]{}\":,0-9.eE+\\-a\\\\ ]{0,12}") {
            if decode(text.as_bytes()).is_some() {
                prop_assert!(serde_json::from_str::<Value>(&text).is_ok() || text.contains(['e', 'E']));
            }
        }
    }
}

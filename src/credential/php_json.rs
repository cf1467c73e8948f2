//! JSON as PHP reads it: `json_decode` of depth 512 (`ext/json/json_scanner.re`, `json_parser.y`), with its
//! error messages.
//!
//! What `serde_json` does otherwise: integers beyond 64 bits are taken, numbers too large become infinite
//! (here the largest there is), 512 levels of nesting are fine, and bytes that are no text are told where
//! they are met. In both the last of several equal names wins.

use serde_json::{Map, Number, Value};

const DEPTH: usize = 512;

/// What PHP makes of objects and of integers that it cannot hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PhpJson {
    /// `json_decode($text, true)`, as Symfony's decoder calls it: such integers become floats.
    Arrays,
    /// `json_decode($text, false, 512, JSON_BIGINT_AS_STRING)`, as php-jwt calls it: such integers become
    /// texts, and no name of an object begins with NUL.
    Objects,
}

/// What PHP finds wrong with a text, in the words of `json_last_error_msg`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PhpJsonError {
    /// Over 512 levels of nesting.
    #[error("Maximum stack depth exceeded")]
    Depth,
    /// A control character, or a string without an end.
    #[error("Control character error, possibly incorrectly encoded")]
    ControlCharacter,
    /// Anything else.
    #[error("Syntax error")]
    Syntax,
    /// Bytes that are not UTF-8.
    #[error("Malformed UTF-8 characters, possibly incorrectly encoded")]
    Utf8,
    /// A surrogate without its other half.
    #[error("Single unpaired UTF-16 surrogate in unicode escape")]
    Utf16,
    /// A name of an object that begins with NUL.
    #[error("The decoded property name is invalid")]
    PropertyName,
}

use PhpJsonError::{ControlCharacter, Depth, PropertyName, Syntax, Utf8, Utf16};

/// The value of a text, unless PHP finds an error in it; then the first.
pub fn php_json(text: &[u8], into: PhpJson) -> Result<Value, PhpJsonError> {
    let mut reader = Reader { rest: text, depth: 0, into };
    let value = reader.value()?;
    reader.skip_blanks();
    if reader.rest.is_empty() { Ok(value) } else { Err(reader.unexpected()) }
}

struct Reader<'a> {
    rest: &'a [u8],
    depth: usize,
    into: PhpJson,
}

impl Reader<'_> {
    fn value(&mut self) -> Result<Value, PhpJsonError> {
        self.skip_blanks();
        match self.rest.first() {
            Some(b'{') => self.nested(Self::object),
            Some(b'[') => self.nested(Self::array),
            Some(b'"') => self.string().map(Value::String),
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(b'n') => self.expect(b"null").map(|()| Value::Null),
            Some(b't') => self.expect(b"true").map(|()| Value::Bool(true)),
            Some(b'f') => self.expect(b"false").map(|()| Value::Bool(false)),
            _ => Err(self.unexpected()),
        }
    }

    fn nested(
        &mut self,
        inside: impl FnOnce(&mut Self) -> Result<Value, PhpJsonError>,
    ) -> Result<Value, PhpJsonError> {
        if self.depth == DEPTH {
            return Err(Depth);
        }
        self.depth += 1;
        let value = inside(self)?;
        self.depth -= 1;
        Ok(value)
    }

    fn object(&mut self) -> Result<Value, PhpJsonError> {
        let mut object = Map::new();
        self.expect(b"{")?;
        self.skip_blanks();
        if self.take(b"}") {
            return Ok(Value::Object(object));
        }
        loop {
            self.skip_blanks();
            if self.rest.first() != Some(&b'"') {
                return Err(self.unexpected());
            }
            let name = self.string()?;
            self.skip_blanks();
            self.expect(b":")?;
            let value = self.value()?;
            if self.into == PhpJson::Objects && name.starts_with('\0') {
                return Err(PropertyName);
            }
            object.insert(name, value);
            self.skip_blanks();
            if !self.take(b",") {
                return self.expect(b"}").map(|()| Value::Object(object));
            }
        }
    }

    fn array(&mut self) -> Result<Value, PhpJsonError> {
        let mut array = Vec::new();
        self.expect(b"[")?;
        self.skip_blanks();
        if self.take(b"]") {
            return Ok(Value::Array(array));
        }
        loop {
            array.push(self.value()?);
            self.skip_blanks();
            if !self.take(b",") {
                return self.expect(b"]").map(|()| Value::Array(array));
            }
        }
    }

    /// Reads a string, which the next byte begins.
    fn string(&mut self) -> Result<String, PhpJsonError> {
        let mut text = String::new();
        self.expect(b"\"")?;
        loop {
            let is_plain = |byte: &u8| !matches!(*byte, b'"' | b'\\' | 0..=0x1f);
            let end = self.rest.iter().position(|byte| !is_plain(byte));
            let (plain, rest) =
                self.rest.split_at_checked(end.unwrap_or(self.rest.len())).ok_or(Syntax)?;
            text.push_str(std::str::from_utf8(plain).map_err(|_| Utf8)?);
            self.rest = rest;
            if self.take(b"\"") {
                return Ok(text);
            }
            // To PHP's scanner the end of the text is a NUL.
            text.push(if self.take(b"\\") {
                self.escape()?
            } else {
                return Err(ControlCharacter);
            });
        }
    }

    /// Reads what is behind a backslash.
    fn escape(&mut self) -> Result<char, PhpJsonError> {
        let (sign, rest) = self.rest.split_first().ok_or(Syntax)?;
        self.rest = rest;
        Ok(match sign {
            b'"' | b'\\' | b'/' => char::from(*sign),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                let first = self.code_unit().ok_or(Syntax)?;
                let second = match first {
                    0xd800..=0xdbff if self.take(b"\\u") => self.code_unit(),
                    _ => None,
                };
                let mut letters = char::decode_utf16([first].into_iter().chain(second));
                letters.next().and_then(Result::ok).ok_or(Utf16)?
            }
            _ => return Err(Syntax),
        })
    }

    /// Reads four hexadecimal digits.
    fn code_unit(&mut self) -> Option<u16> {
        let (digits, rest) = self.rest.split_at_checked(4)?;
        let digits = std::str::from_utf8(digits).ok()?;
        let is_hex = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        let unit = u16::from_str_radix(digits, 16).ok().filter(|_| is_hex)?;
        self.rest = rest;
        Some(unit)
    }

    fn number(&mut self) -> Result<Value, PhpJsonError> {
        let is_part = |byte: &u8| matches!(*byte, b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E');
        let end = self.rest.iter().position(|byte| !is_part(byte)).unwrap_or(self.rest.len());
        let text = self.rest.get(..end).and_then(|text| std::str::from_utf8(text).ok());
        let text = text.ok_or(Syntax)?;
        let unsigned = text.strip_prefix('-').unwrap_or(text);
        let whole = unsigned.strip_prefix('0').or_else(|| past_digits(unsigned)).ok_or(Syntax)?;
        let fraction = whole.strip_prefix('.').and_then(past_digits).unwrap_or(whole);
        let exponent = fraction
            .strip_prefix(['e', 'E'])
            .map(|text| text.strip_prefix(['+', '-']).unwrap_or(text))
            .and_then(past_digits)
            .unwrap_or(fraction);
        let length = text.len() - exponent.len();
        let token = text.get(..length).ok_or(Syntax)?;
        self.rest = self.rest.get(length..).ok_or(Syntax)?;
        if exponent.len() == whole.len() {
            match (token.parse::<i64>(), self.into) {
                (Ok(integer), _) => return Ok(integer.into()),
                (Err(_), PhpJson::Objects) => return Ok(token.into()),
                (Err(_), PhpJson::Arrays) => {}
            }
        }
        let float = token.parse::<f64>().map_err(|_| Syntax)?.clamp(f64::MIN, f64::MAX);
        Number::from_f64(float).map(Value::Number).ok_or(Syntax)
    }

    fn skip_blanks(&mut self) {
        while let Some((b' ' | b'\t' | b'\r' | b'\n', rest)) = self.rest.split_first() {
            self.rest = rest;
        }
    }

    /// Takes a token, if it is next.
    fn take(&mut self, token: &[u8]) -> bool {
        let rest = self.rest.strip_prefix(token);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn expect(&mut self, token: &[u8]) -> Result<(), PhpJsonError> {
        if self.take(token) { Ok(()) } else { Err(self.unexpected()) }
    }

    /// What is wrong about what is next: PHP's scanner may not get past it.
    fn unexpected(&mut self) -> PhpJsonError {
        match self.rest.first() {
            Some(0..=0x1f) => ControlCharacter,
            Some(b'"') => self.string().err().unwrap_or(Syntax),
            Some(0x80..) => {
                let valid = self.rest.utf8_chunks().next().is_some_and(|it| !it.valid().is_empty());
                if valid { Syntax } else { Utf8 }
            }
            _ => Syntax,
        }
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

    use super::{PhpJson, PhpJsonError, php_json};

    fn decode(text: &[u8]) -> Option<Value> {
        php_json(text, PhpJson::Objects).ok()
    }

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
    fn arrays_take_what_objects_do_not() {
        let decode = |text: &str| php_json(text.as_bytes(), PhpJson::Arrays);
        assert_eq!(decode("9223372036854775808"), Ok(json!(9_223_372_036_854_775_808_f64)));
        assert_eq!(decode("1e400"), Ok(json!(f64::MAX)));
        assert_eq!(decode(r#"{"\u0000a":1}"#), Ok(json!({"\0a": 1})));
    }

    #[test]
    fn the_first_fault_is_told_in_the_words_of_php() {
        use PhpJsonError::{ControlCharacter, Depth, PropertyName, Syntax, Utf8, Utf16};
        for (text, error) in [
            (&b""[..], Syntax),
            (b"{", Syntax),
            (b"[1 2", Syntax),
            (b"nul", Syntax),
            (b"\xC3\xA9", Syntax),
            (br#""\x""#, Syntax),
            (br#""\u12g4""#, Syntax),
            (br#""\u+123""#, Syntax),
            (br#""\ud800""#, Utf16),
            (br#""\udc00\ud800""#, Utf16),
            (br#""\ud800\u0041""#, Utf16),
            (b"\"\x01\"", ControlCharacter),
            (b"\"a", ControlCharacter),
            (b"1\0", ControlCharacter),
            (b"[1 \"a", ControlCharacter),
            (b"\"\xFF\x01", Utf8),
            (b"[\xFF", Utf8),
            (b"\"\xED\xA0\x80\"", Utf8),
            (br#"{"\u0000a":1}"#, PropertyName),
            (&[b'['; 600], Depth),
        ] {
            assert_eq!(php_json(text, PhpJson::Objects), Err(error), "{text:?}");
        }
        assert_eq!(decode(br#""\ud83d\ude00\u00e9\/""#), Some(json!("\u{1f600}é/")));
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

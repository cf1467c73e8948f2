//! PHP's `serialize` format, as far as configuration uses it: arrays of texts, numbers, booleans.
//!
//! Old installs of Drupal's module keep their applications as one such text.

use serde_json::{Map, Number, Value};

/// How deep arrays may nest.
const MAX_DEPTH: usize = 16;

/// Reads a serialized value. Objects and references are no configuration, and give `None`.
pub(super) fn unserialize(text: &str) -> Option<Value> {
    let mut rest = text.as_bytes();
    let value = value(&mut rest, MAX_DEPTH)?;
    rest.is_empty().then_some(value)
}

fn value(rest: &mut &[u8], depth: usize) -> Option<Value> {
    let kind = until(rest, b':', b';')?;
    match kind {
        b"N" => Some(Value::Null),
        b"b" => match until(rest, b';', b';')? {
            b"0" => Some(Value::Bool(false)),
            b"1" => Some(Value::Bool(true)),
            _ => None,
        },
        b"i" => Some(number::<i64>(until(rest, b';', b';')?)?.into()),
        b"d" => Number::from_f64(number(until(rest, b';', b';')?)?).map(Value::Number),
        b"s" => {
            let text = string(rest)?;
            expect(rest, b";")?;
            Some(Value::String(text))
        }
        b"a" => array(rest, depth.checked_sub(1)?),
        _ => None,
    }
}

/// `2:{i:0;…s:1:"b";…}`: a list when the keys count up from 0, as PHP's own `array_is_list` has it.
fn array(rest: &mut &[u8], depth: usize) -> Option<Value> {
    let length: usize = number(until(rest, b':', b':')?)?;
    expect(rest, b"{")?;
    let mut object = Map::new();
    let mut is_list = true;
    for position in 0..length {
        let key = match value(rest, 0)? {
            Value::String(key) => {
                is_list = false;
                key
            }
            Value::Number(key) => {
                is_list &= key.as_u64().is_some_and(|key| usize::try_from(key) == Ok(position));
                key.to_string()
            }
            _ => return None,
        };
        object.insert(key, value(rest, depth)?);
    }
    expect(rest, b"}")?;
    Some(if is_list {
        object.into_iter().map(|(_, value)| value).collect()
    } else {
        Value::Object(object)
    })
}

/// `3:"abc"`, counted in bytes.
fn string(rest: &mut &[u8]) -> Option<String> {
    let length: usize = number(until(rest, b':', b':')?)?;
    expect(rest, b"\"")?;
    let (text, after) = rest.split_at_checked(length)?;
    *rest = after;
    expect(rest, b"\"")?;
    String::from_utf8(text.to_vec()).ok()
}

/// What stands before the first of two delimiters, both passed over.
fn until<'a>(rest: &mut &'a [u8], one: u8, other: u8) -> Option<&'a [u8]> {
    let end = rest.iter().position(|byte| *byte == one || *byte == other)?;
    let (before, after) = rest.split_at_checked(end)?;
    *rest = after.get(1..)?;
    Some(before)
}

fn expect(rest: &mut &[u8], text: &[u8]) -> Option<()> {
    *rest = rest.strip_prefix(text)?;
    Some(())
}

fn number<N: std::str::FromStr>(text: &[u8]) -> Option<N> {
    std::str::from_utf8(text).ok()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::unserialize;

    #[test]
    fn reads_what_the_module_stores() {
        let text = r#"a:1:{s:8:"app00001";a:4:{s:2:"id";s:8:"app00001";s:4:"name";s:3:"Zoë";s:10:"is_default";b:1;s:21:"authentication_method";i:1;}}"#;
        // A text's length counts bytes: `Zoë` has four.
        assert_eq!(unserialize(text), None);
        let application = json!({"id": "app00001", "name": "Zoë", "is_default": true, "authentication_method": 1});
        assert_eq!(
            unserialize(&text.replace("s:3:\"Zoë", "s:4:\"Zoë")),
            Some(json!({"app00001": application}))
        );
    }

    #[test]
    fn tells_lists_from_objects() {
        assert_eq!(unserialize("a:2:{i:0;N;i:1;d:0.5;}"), Some(json!([null, 0.5])));
        assert_eq!(unserialize("a:1:{i:7;b:0;}"), Some(json!({"7": false})));
        assert_eq!(unserialize("a:0:{}"), Some(json!([])));
    }

    #[test]
    fn refuses_objects_references_and_what_is_cut() {
        for text in
            ["O:8:\"stdClass\":0:{}", "R:1;", "a:1:{i:0;i:1;", "s:9:\"a\";", "i:1;i:2;", "", "a:2"]
        {
            assert_eq!(unserialize(text), None, "{text}");
        }
        assert_eq!(unserialize(&"a:1:{i:0;".repeat(100_000)), None);
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "[aidsbN0-9:;{}\"]{0,40}") {
            let _ = unserialize(&text);
        }
    }
}

//! Configuration values as PHP compares them: `== 1`, `switch`, `??` and truth.
//!
//! Exports hold what the forms stored: `1`, `'1'`, `true` are all "on".

use serde_json::{Map, Value};

/// A value of a map, `null` counting as missing, as PHP's `??` and `isset` have it.
pub(super) fn get<'a>(map: &'a Map<String, Value>, key: &str) -> Option<&'a Value> {
    map.get(key).filter(|value| !value.is_null())
}

/// The integer that a value loosely equals, if it does.
pub(super) fn number(value: &Value) -> Option<i64> {
    match value {
        Value::Bool(on) => Some(i64::from(*on)),
        Value::Number(number) => number.as_i64().or_else(|| number.as_f64().and_then(whole)),
        Value::String(text) => {
            let text = text.trim_ascii();
            text.parse().ok().or_else(|| text.parse().ok().and_then(whole))
        }
        Value::Null => Some(0),
        Value::Array(_) | Value::Object(_) => None,
    }
}

#[expect(clippy::cast_possible_truncation, reason = "guarded by the range")]
fn whole(number: f64) -> Option<i64> {
    (number.fract() == 0.0 && number.abs() < 1e15).then_some(number as i64)
}

/// Whether `value == 1` holds.
pub(super) fn is_one(value: Option<&Value>) -> bool {
    match value {
        Some(Value::Bool(on)) => *on,
        Some(value) => number(value) == Some(1),
        None => false,
    }
}

/// Whether PHP takes a value for true.
pub(super) fn is_truthy(value: Option<&Value>) -> bool {
    match value {
        None | Some(Value::Null) => false,
        Some(Value::Bool(on)) => *on,
        Some(Value::Number(number)) => number.as_f64() != Some(0.0),
        Some(Value::String(text)) => !text.is_empty() && text != "0",
        Some(Value::Array(items)) => !items.is_empty(),
        Some(Value::Object(fields)) => !fields.is_empty(),
    }
}

/// The texts of a list, or of the values of a map, which is how an edited export may look.
pub(crate) fn words(value: Option<&Value>) -> Vec<String> {
    let text = |value: &Value| value.as_str().map(str::to_owned);
    match value {
        Some(Value::Array(items)) => items.iter().filter_map(text).collect(),
        Some(Value::Object(fields)) => fields.values().filter_map(text).collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn one_is_what_php_loosely_takes_for_one() {
        for value in [json!(1), json!("1"), json!(true), json!(1.0), json!("1.0"), json!(" 1")] {
            assert!(is_one(Some(&value)), "{value}");
        }
        for value in [json!(0), json!("0"), json!(false), json!(null), json!("one"), json!([1])] {
            assert!(!is_one(Some(&value)), "{value}");
        }
        assert!(!is_one(None));
    }

    #[test]
    fn null_counts_as_missing_and_as_zero() {
        let map = json!({"a": null});
        assert_eq!(get(map.as_object().unwrap(), "a"), None);
        assert_eq!(number(&json!(null)), Some(0));
    }
}

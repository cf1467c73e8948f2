//! Moments in claims, as PHP takes them: `is_numeric`, `floor`, and comparing with an integer.

use serde_json::Value;

/// The blanks that `is_numeric` lets stand around a number.
const BLANKS: [char; 6] = [' ', '\t', '\n', '\r', '\u{B}', '\u{C}'];

/// A number of seconds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Time {
    Integer(i64),
    Float(f64),
}

impl Time {
    /// The value of a claim that `is_numeric` accepts.
    pub(super) fn of(value: &Value) -> Option<Self> {
        match value {
            Value::Number(number) => {
                number.as_i64().map(Self::Integer).or(number.as_f64().map(Self::Float))
            }
            Value::String(text) => numeric(text.trim_matches(BLANKS)),
            _ => None,
        }
    }

    /// `floor($this) > $now`
    pub(super) fn is_after(self, now: i64) -> bool {
        match self {
            Self::Integer(integer) => integer > now,
            Self::Float(float) => float.floor() > float_of(now),
        }
    }

    /// `$now >= $this`
    pub(super) fn has_come(self, now: i64) -> bool {
        match self {
            Self::Integer(integer) => now >= integer,
            Self::Float(float) => float_of(now) >= float,
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "PHP compares an integer with a float as floats")]
fn float_of(now: i64) -> f64 {
    now as f64
}

fn numeric(text: &str) -> Option<Time> {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let whole = digits(unsigned);
    let after_whole = unsigned.get(whole..)?;
    let fraction = after_whole.strip_prefix('.').map_or(0, digits);
    let after_fraction = match after_whole.strip_prefix('.') {
        Some(rest) => rest.get(fraction..)?,
        None => after_whole,
    };
    let exponent = after_fraction.strip_prefix(['e', 'E']);
    let exponent_ok = exponent.map_or(after_fraction.is_empty(), |text| {
        let text = text.strip_prefix(['+', '-']).unwrap_or(text);
        !text.is_empty() && digits(text) == text.len()
    });
    if whole + fraction == 0 || !exponent_ok {
        return None;
    }
    let integer = text.parse().ok().map(Time::Integer);
    integer.or_else(|| text.parse().ok().map(Time::Float))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Time;

    #[test]
    fn is_numeric_of_php() {
        for value in [
            json!(1),
            json!(-1),
            json!(1.5),
            json!("1"),
            json!(" 1"),
            json!("1 \n"),
            json!("\u{B}1"),
            json!("+1"),
            json!("-1.5"),
            json!("1."),
            json!(".5"),
            json!("1e3"),
            json!("1.5E-3"),
            json!("99999999999999999999"),
            json!("007"),
        ] {
            assert!(Time::of(&value).is_some(), "{value}");
        }
        for value in [
            json!(true),
            json!(null),
            json!([]),
            json!({}),
            json!(""),
            json!(" "),
            json!("1x"),
            json!("0x1A"),
            json!("1e"),
            json!("1e+"),
            json!("."),
            json!("-"),
            json!("- 1"),
            json!("1 2"),
            json!("inf"),
            json!("nan"),
            json!("\u{A0}1"),
            json!("1e3.5"),
            json!("--1"),
        ] {
            assert_eq!(Time::of(&value), None, "{value}");
        }
    }

    #[test]
    fn fractions_are_cut_before_comparing_the_beginning_and_kept_for_the_end() {
        let time = Time::of(&json!(100.9)).unwrap();
        assert!(time.is_after(99) && !time.is_after(100));
        assert!(!time.has_come(100) && time.has_come(101));
        let time = Time::of(&json!("100")).unwrap();
        assert!(time.is_after(99) && !time.is_after(100) && time.has_come(100));
    }
}

//! Texts as numbers, as PHP 8 takes them.

/// Whether PHP's `(bool)` of a text holds: all but `""` and `"0"`.
pub(in crate::verify) fn is_truthy(text: &[u8]) -> bool {
    !text.is_empty() && text != b"0"
}

/// The integer that `(int)` and `%d` make of a text: its longest numeric start, 0 when there is none.
pub(in crate::verify) fn integer(text: &[u8]) -> i64 {
    let (number, _) = numeric_start(text);
    number.parse::<i64>().unwrap_or_else(|_| saturated(&number))
}

/// Whether `is_numeric` holds: blanks around a number are allowed.
pub(in crate::verify) fn is_numeric(text: &[u8]) -> bool {
    let (number, rest) = numeric_start(text);
    !number.is_empty() && rest.iter().all(|byte| is_blank(*byte))
}

/// The integer key that PHP makes of a text key, if it makes one.
pub(super) fn array_index(key: &[u8]) -> Option<i64> {
    let text = std::str::from_utf8(key).ok()?;
    let index = text.parse::<i64>().ok()?;
    (index.to_string() == text).then_some(index)
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0x0b | 0x0c)
}

/// The number at the start of a text, blanks before it left out, and what follows.
fn numeric_start(text: &[u8]) -> (String, &[u8]) {
    let start = text.iter().position(|byte| !is_blank(*byte)).unwrap_or(text.len());
    let text = text.get(start..).unwrap_or_default();
    let sign = usize::from(matches!(text.first(), Some(b'+' | b'-')));
    let whole = digits(text, sign);
    let mut end = sign + whole;
    let mut fraction = 0;
    if text.get(end) == Some(&b'.') {
        fraction = digits(text, end + 1);
        if whole + fraction > 0 {
            end += 1 + fraction;
        }
    }
    if whole + fraction == 0 {
        return (String::new(), text);
    }
    if matches!(text.get(end), Some(b'e' | b'E')) {
        let sign = usize::from(matches!(text.get(end + 1), Some(b'+' | b'-')));
        let exponent = digits(text, end + 1 + sign);
        if exponent > 0 {
            end += 1 + sign + exponent;
        }
    }
    let (number, rest) = text.split_at(end.min(text.len()));
    (String::from_utf8_lossy(number).into_owned(), rest)
}

fn digits(text: &[u8], from: usize) -> usize {
    text.iter().skip(from).take_while(|byte| byte.is_ascii_digit()).count()
}

/// Fractions are cut off, and what is out of range stops at the largest or smallest integer.
#[expect(clippy::cast_possible_truncation, reason = "saturating is what PHP does")]
fn saturated(number: &str) -> i64 {
    number.parse::<f64>().unwrap_or(0.0) as i64
}

//! Names of parameters: `php_register_variable_ex` of `main/php_variables.c`.

use super::{Array, MAX_NESTING, Value};

/// Puts a decoded name and value into `into`, as PHP reads the name: cut at NUL, leading blanks dropped,
/// `.` and blanks become `_`, brackets make arrays, an opening bracket without its end becomes `_`.
pub(super) fn register(into: &mut Array, name: &[u8], value: Vec<u8>) {
    let name = name.split(|byte| *byte == 0).next().unwrap_or_default();
    let start = name.iter().position(|byte| *byte != b' ').unwrap_or(name.len());
    let name = name.get(start..).unwrap_or_default();
    let open = name.iter().position(|byte| *byte == b'[').unwrap_or(name.len());
    let (base, brackets) = name.split_at(open);
    let mut base = underscored(base, false);
    if base.is_empty() {
        return;
    }
    match keys(brackets) {
        Brackets::TooDeep => into.remove(&base),
        Brackets::Broken(rest) => {
            base.push(b'_');
            base.extend(underscored(rest, true));
            into.insert(base, Value::Text(value));
        }
        Brackets::Keys(keys) => insert(into, base, keys, value),
    }
}

fn underscored(name: &[u8], brackets: bool) -> Vec<u8> {
    let replaced = |byte: u8| byte == b' ' || byte == b'.' || (brackets && byte == b'[');
    name.iter().map(|byte| if replaced(*byte) { b'_' } else { *byte }).collect()
}

/// What stands in brackets behind a name.
enum Brackets<'a> {
    /// Keys from the outside in; `None` for `[]`. Empty for a plain name.
    Keys(Vec<Option<&'a [u8]>>),
    /// The first bracket never ends; what follows it.
    Broken(&'a [u8]),
    /// More levels than PHP allows: the whole variable is dropped.
    TooDeep,
}

fn keys(mut rest: &[u8]) -> Brackets<'_> {
    let mut keys = Vec::new();
    while let Some(after) = rest.strip_prefix(b"[") {
        if keys.len() >= MAX_NESTING {
            return Brackets::TooDeep;
        }
        // One blank is skipped before the end is looked for, yet stays part of the key.
        let blank = usize::from(after.first().is_some_and(|byte| is_space(*byte)));
        let look = after.get(blank..).unwrap_or_default();
        let Some(end) = look.iter().position(|byte| *byte == b']') else {
            // Deeper down PHP forgets the broken rest.
            return if keys.is_empty() { Brackets::Broken(after) } else { Brackets::Keys(keys) };
        };
        keys.push(if end == 0 { None } else { after.get(..blank + end) });
        rest = look.get(end + 1..).unwrap_or_default();
    }
    Brackets::Keys(keys)
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0x0b | 0x0c)
}

fn insert(into: &mut Array, base: Vec<u8>, keys: Vec<Option<&[u8]>>, value: Vec<u8>) {
    let mut array = into;
    let mut key = base;
    for below in keys {
        let Some(nested) = array.nested(key) else { return };
        array = nested;
        let Some(next) = below.map(<[u8]>::to_vec).or_else(|| array.next_key()) else { return };
        key = next;
    }
    array.insert(key, Value::Text(value));
}

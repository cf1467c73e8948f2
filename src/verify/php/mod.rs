//! PHP's view of a request: parameters out of queries and forms, by the rules of `main/php_variables.c`,
//! `main/rfc1867.c` and `main/SAPI.c` of PHP 8.
//!
//! Values are bytes: PHP never decodes text. Limits are PHP's defaults (1,000 variables, 64 levels).
//! What a script does with the parameters is left to the callers.

mod form;
mod multipart;
mod name;
mod number;
#[cfg(test)]
mod tests;

pub(super) use form::{media_type, parse_query, post_fields, url_decode};
pub(super) use number::{integer, is_numeric, is_truthy};

/// PHP's `max_input_vars`.
const MAX_VARIABLES: usize = 1000;

/// PHP's `max_input_nesting_level`.
const MAX_NESTING: usize = 64;

/// A parameter's value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Value {
    /// A text.
    Text(Vec<u8>),
    /// What `name[]` and `name[key]` make.
    Array(Array),
}

impl Value {
    /// Whether PHP's `empty()` holds: `""`, `"0"` or an array of nothing.
    pub(super) fn is_empty(&self) -> bool {
        match self {
            Self::Text(text) => !is_truthy(text),
            Self::Array(array) => array.entries.is_empty(),
        }
    }

    /// What `(string)` makes of it: an array becomes the word `Array`.
    pub(super) fn to_text(&self) -> Vec<u8> {
        match self {
            Self::Text(text) => text.clone(),
            Self::Array(_) => b"Array".to_vec(),
        }
    }

    /// The value as `json_encode` has it, with what is not UTF-8 replaced.
    pub(super) fn to_json(&self) -> serde_json::Value {
        match self {
            Self::Text(text) => String::from_utf8_lossy(text).into_owned().into(),
            Self::Array(array) if array.is_list() => {
                array.entries.iter().map(|(_, value)| value.to_json()).collect()
            }
            Self::Array(array) => array.to_json().into(),
        }
    }
}

/// An ordered PHP array. Integer keys are kept as their decimal text, which PHP takes for the same key.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Array {
    entries: Vec<(Vec<u8>, Value)>,
}

impl Array {
    /// The value of a key.
    pub(super) fn get(&self, key: &[u8]) -> Option<&Value> {
        self.entries.iter().find(|(name, _)| name == key).map(|(_, value)| value)
    }

    /// Keys and values, in order.
    pub(super) fn entries(&self) -> impl Iterator<Item = (&[u8], &Value)> {
        self.entries.iter().map(|(name, value)| (name.as_slice(), value))
    }

    /// Drops the entries whose key starts with `prefix`.
    pub(super) fn without_prefix(mut self, prefix: &[u8]) -> Self {
        self.entries.retain(|(name, _)| !name.starts_with(prefix));
        self
    }

    /// The array as a JSON object.
    pub(super) fn to_json(&self) -> serde_json::Map<String, serde_json::Value> {
        self.entries
            .iter()
            .map(|(name, value)| (String::from_utf8_lossy(name).into_owned(), value.to_json()))
            .collect()
    }

    fn insert(&mut self, key: Vec<u8>, value: Value) {
        match self.entries.iter_mut().find(|(name, _)| *name == key) {
            Some((_, old)) => *old = value,
            None => self.entries.push((key, value)),
        }
    }

    fn remove(&mut self, key: &[u8]) {
        self.entries.retain(|(name, _)| name != key);
    }

    /// The array below a key, made when the key is missing or holds a text.
    fn nested(&mut self, key: Vec<u8>) -> Option<&mut Self> {
        let found = self.entries.iter().position(|(name, _)| *name == key);
        let at = found.unwrap_or(self.entries.len());
        if found.is_none() {
            self.entries.push((key, Value::Array(Self::default())));
        }
        let (_, value) = self.entries.get_mut(at)?;
        if matches!(value, Value::Text(_)) {
            *value = Value::Array(Self::default());
        }
        match value {
            Value::Array(array) => Some(array),
            Value::Text(_) => None,
        }
    }

    /// The key that `[]` takes: one more than the largest integer key; `None` when that overflows.
    fn next_key(&self) -> Option<Vec<u8>> {
        let largest = self.entries.iter().filter_map(|(name, _)| number::array_index(name)).max();
        let next = largest.map_or(Some(0), |largest| largest.max(-1).checked_add(1))?;
        Some(next.to_string().into_bytes())
    }

    fn is_list(&self) -> bool {
        self.entries.iter().enumerate().all(|(at, (name, _))| *name == at.to_string().into_bytes())
    }
}

//! What `guard`, `flow` and `setting` share: AuthX's settings with the defaults of the store's release,
//! and the words that upstream knows.

use serde_json::{Value, json};

use crate::cli::{Context, Failure};
use crate::document::nearest;
use crate::store::{CIVICRM_SETTINGS, Reader};
use crate::verify::{Release, SettingValue, civicrm};

/// The value of one of AuthX's settings, and whether it is the release's default.
pub(super) fn value(reader: Reader<'_>, name: &str) -> Result<(Value, bool), Failure> {
    match reader.stored_setting(&format!("{CIVICRM_SETTINGS}{name}"))? {
        Some(value) => Ok((value, false)),
        None => Ok((default(reader, name)?, true)),
    }
}

/// The default of the store's release; null where upstream has none.
pub(super) fn default(reader: Reader<'_>, name: &str) -> Result<Value, Failure> {
    Ok(civicrm::default_setting(name, release(reader)?)
        .map_or(Value::Null, |default| json!(default)))
}

/// The behaviour level that the store is set to.
pub(super) fn release(reader: Reader<'_>) -> Result<Release, Failure> {
    let name = reader.setting("civicrm.release")?;
    let release = Release::ALL.into_iter().find(|known| name.as_str() == Some(known.name()));
    Ok(release.unwrap_or_default())
}

/// Warns of words that upstream does not know; it keeps them, and so does the store.
pub(super) fn warn(cx: &mut Context<'_>, name: &str, value: &Value) -> Result<(), Failure> {
    let Some(name) = name.strip_prefix(CIVICRM_SETTINGS) else { return Ok(()) };
    let Some(known) = civicrm::known_words(name) else { return Ok(()) };
    let value: Option<SettingValue> = serde_json::from_value(value.clone()).ok();
    let words = match value {
        Some(SettingValue::List(words)) => words,
        Some(SettingValue::Text(word)) => vec![word],
        None => return Ok(()),
    };
    for word in words.iter().filter(|word| !known.contains(&word.as_str()) && !word.is_empty()) {
        let meant = nearest(word, known.iter().copied())
            .map_or_else(String::new, |meant| format!("; did you mean `{meant}`?"));
        cx.warn(&format!(
            "upstream does not know `{word}` in `{name}` (it knows {}){meant}",
            known.join(", ")
        ))?;
    }
    Ok(())
}

/// The words of a value, for people.
pub(super) fn words(value: &Value) -> Vec<String> {
    match value {
        Value::Array(words) => {
            words.iter().filter_map(|word| word.as_str()).map(str::to_owned).collect()
        }
        Value::String(word) => vec![word.clone()],
        _ => Vec::new(),
    }
}

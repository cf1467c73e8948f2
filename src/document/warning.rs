//! What is well-formed and probably not meant. Sites hold such things, so the store takes them.

use super::field::Field;
use super::model::Document;
use super::place::{At, Place};
use super::suggest::did_you_mean;
use crate::verify::{SettingValue, civicrm};

impl Document {
    /// Words and names that upstream does not know, with their places.
    pub(crate) fn warnings(&self) -> Vec<String> {
        let settings = self.civicrm.as_ref().and_then(|civicrm| civicrm.settings.set());
        let mut warnings = Vec::new();
        for (name, value) in settings.into_iter().flatten() {
            let Field::Set(At { value, place }) = value else { continue };
            let mut warn = |message: String| warnings.push(self.located(*place, &message));
            let Some(known) = civicrm::known_words(name) else {
                if name.starts_with("authx") {
                    let names: Vec<String> = civicrm::setting_names().collect();
                    let hint = did_you_mean(name, names.iter().map(String::as_str));
                    warn(format!("upstream has no setting `{name}`{hint}"));
                }
                continue;
            };
            let words = match serde_json::from_value(value.0.clone()) {
                Ok(SettingValue::List(words)) => words,
                Ok(SettingValue::Text(word)) => vec![word],
                Err(_) => continue,
            };
            for word in
                words.iter().filter(|word| !word.is_empty() && !known.contains(&word.as_str()))
            {
                let hint = did_you_mean(word, known.iter().copied());
                let list = known.join(", ");
                warn(format!(
                    "upstream does not know `{word}` in `{name}` (it knows {list}){hint}"
                ));
            }
        }
        warnings
    }

    fn located(&self, place: Place, message: &str) -> String {
        self.refuse(place, message).to_string()
    }
}

#[cfg(test)]
mod tests {
    use crate::document::testing::document;

    #[test]
    fn warns_of_words_and_settings_that_upstream_does_not_know() {
        let text = "civicrm:
  settings:
    authx_guards: [perm, sitekey]
    authx_header_user: maybe
    authx_guard: [perm]
    other_extension: whatever";
        assert_eq!(
            document(text).warnings(),
            [
                "f:5:18: upstream has no setting `authx_guard`; did you mean `authx_guards`?",
                "f:3:19: upstream does not know `sitekey` in `authx_guards` (it knows site_key, perm); did you mean `site_key`?",
                "f:4:24: upstream does not know `maybe` in `authx_header_user` (it knows ignore, optional, require)",
            ]
        );
    }
}

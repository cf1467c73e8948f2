//! [`Document`] to text, so that [`super::parse()`] reads the same document again.

use super::model::Document;

/// The notation of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Notation {
    /// YAML, the one for people.
    Yaml,
    /// JSON, indented.
    Json,
}

impl Document {
    /// The whole document as text that ends with a line break. It holds what secrets the document holds.
    pub(crate) fn render(&self, notation: Notation) -> anyhow::Result<String> {
        match notation {
            Notation::Yaml => {
                let options = serde_saphyr::ser_options! { prefer_block_scalars: false };
                Ok(serde_saphyr::to_string_with_options(self, options)?)
            }
            Notation::Json => Ok(serde_json::to_string_pretty(self)? + "\n"),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Map, Value, json};

    use super::Notation;
    use crate::document::Document;
    use crate::document::export::ExportedObject;
    use crate::document::field::Field;
    use crate::document::model::{Drupal, KeyEntry, User};
    use crate::document::parse::parse;
    use crate::document::place::At;
    use crate::document::secret_text::{Password, SecretText};

    fn read_back(document: &Document, notation: Notation) -> Document {
        let text = document.render(notation).unwrap();
        parse(text.as_bytes(), "f").unwrap_or_else(|fault| panic!("{fault}\n{text}"))
    }

    fn with_settings(settings: Map<String, Value>) -> Document {
        let settings = Field::Set(ExportedObject(settings).into());
        Document { drupal: Some(Drupal { settings, ..Drupal::default() }), ..Document::default() }
    }

    fn settings(document: &Document) -> &Map<String, Value> {
        &document.drupal.as_ref().unwrap().settings.set().unwrap().value.0
    }

    fn named(text: &str) -> User {
        User {
            name: format!("x{text}").into(),
            id: Field::Kept,
            email: Field::Set(text.to_owned()),
            status: Field::Kept,
            contact_id: Field::Kept,
            roles: Field::Set(vec![format!("x{text}").into()]),
            permissions: Field::Set(vec![]),
            password: Field::Set(At::from(Password::Plain(text.into()))),
            keys: Field::Set(vec![KeyEntry {
                key: At::from(SecretText::Plain(text.into())),
                label: Field::Set(text.to_owned()),
                expires: Field::Kept,
                revoked: Field::Kept,
                recoverable: Field::Kept,
            }]),
        }
    }

    fn values() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<u64>().prop_map(Value::from),
            (-1e15..1e15_f64).prop_map(Value::from),
            texts().prop_map(Value::from),
        ];
        leaf.prop_recursive(3, 16, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
                prop::collection::vec((texts(), inner), 0..4)
                    .prop_map(|fields| Value::Object(fields.into_iter().collect())),
            ]
        })
    }

    /// Texts with what YAML has a meaning for.
    fn texts() -> impl Strategy<Value = String> {
        prop_oneof![
            any::<String>(),
            "[ \\t\\r\\n:#,{}\\[\\]&*!|>'\"%@`~?<=\\\\-]{0,6}",
            "[0-9eE._xob+:-]{1,6}",
            prop::sample::select(vec![
                "yes",
                "No",
                "null",
                "~",
                "true",
                ".inf",
                "0x1F",
                "1_000",
                "010",
                "2027-01-01",
                "12:30:45",
                "<<",
                "=",
                "---",
                "...",
                "- a",
                "a: b",
                "a #b",
                "\u{feff}",
                "\u{85}",
                "\u{2028}",
                "\u{0}",
                "\u{7f}",
                "\u{ffff}",
                " a ",
                "\n",
                "a\n",
                "\n a",
                "a\r\nb",
                "\t"
            ])
            .prop_map(str::to_owned),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(512))]

        #[test]
        fn any_text_comes_back_from_every_field(text in texts()) {
            let document = Document { users: vec![named(&text)], ..Document::default() };
            for notation in [Notation::Yaml, Notation::Json] {
                let user = read_back(&document, notation).users.remove(0);
                let expected = named(&text);
                prop_assert_eq!(&user.name, &expected.name);
                prop_assert_eq!(&user.email, &expected.email);
                prop_assert_eq!(&user.roles, &expected.roles);
                prop_assert_eq!(&user.permissions, &expected.permissions);
                prop_assert_eq!(&user.password, &expected.password);
                let (key, expected) = (&user.keys.set().unwrap()[0], &expected.keys.set().unwrap()[0]);
                prop_assert_eq!(&key.key, &expected.key);
                prop_assert_eq!(&key.label, &expected.label);
            }
        }

        #[test]
        fn exports_come_back_whole_and_in_order(value in values(), name in texts()) {
            let document = with_settings(Map::from_iter([(name, value), ("z".into(), json!({"b": 1, "a": 2}))]));
            for notation in [Notation::Yaml, Notation::Json] {
                let back = read_back(&document, notation);
                // Texts, because two maps are equal in any order.
                prop_assert_eq!(
                    serde_json::to_string(settings(&back)).unwrap(),
                    serde_json::to_string(settings(&document)).unwrap()
                );
            }
        }
    }
}

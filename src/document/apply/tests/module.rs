//! The configuration of Drupal's module, with what authctl keeps beside its universal key.

use super::{apply_to, dump, dumped, said, siblings};
use crate::document::{Notation, Omitted, Secrets};
use crate::store::Store;
use crate::store::testing::store;
use crate::verify::Owner;

/// An `api_token` of a label, that expires and can be shown again.
const TOKEN: &str =
    "{ key: hunter-token, label: ci, expires: 2020-01-01T00:00:00Z, recoverable: true }";

fn with_token(token: &str) -> String {
    format!("drupal: {{ settings: {{ api_token: {token} }} }}")
}

fn token(store: &Store) -> (Option<String>, Option<i64>, bool) {
    let keys = store.read().keys_of(Owner::ApiToken).unwrap();
    let key = keys.last().unwrap();
    (key.label.clone(), key.expires_at, key.recoverable)
}

#[test]
fn an_expired_universal_key_comes_back_expired() {
    for secrets in [Secrets::Kept, Secrets::Revealed] {
        let [(_folder, mut store), (_other_folder, mut other)] = siblings();
        apply_to(&mut store, &with_token("hunter-token"), Omitted::Stays).unwrap();
        apply_to(&mut store, &with_token(TOKEN), Omitted::Stays).unwrap();
        let text = dump(store.read(), secrets).unwrap().render(Notation::Yaml).unwrap();
        assert_eq!(text.contains("hunter"), secrets == Secrets::Revealed, "{text}");
        apply_to(&mut other, &text, Omitted::Stays).unwrap();
        assert_eq!(token(&other), (Some("ci".to_owned()), Some(1_577_836_800), true));
        if secrets == Secrets::Kept {
            assert_eq!(dumped(&other), dumped(&store));
        }
        assert_eq!(said(&mut other, &text, Omitted::IsRemoved), [""; 0]);
    }
}

#[test]
fn what_goes_with_the_universal_key_is_changed_by_itself() {
    let (_folder, mut store) = store();
    apply_to(&mut store, &with_token(TOKEN), Omitted::Stays).unwrap();
    for (said_of_it, differences) in [
        ("hunter-token", &[][..]),
        ("{ key: hunter-token, label: other }", &["change api_token: label"]),
        ("{ key: hunter-token, expires: null }", &["change api_token: expiry"]),
        ("{ key: hunter-token, label: other, recoverable: true }", &[]),
        ("hunter-2", &["change api_token"]),
    ] {
        assert_eq!(said(&mut store, &with_token(said_of_it), Omitted::Stays), differences);
    }
    assert_eq!(token(&store), (None, None, false));
}

#[test]
fn secrets_whose_paths_are_spelled_alike_are_two() {
    let [(_folder, mut store), (_other_folder, mut other)] = siblings();
    let text = r#"drupal: { settings: {
        "a.b": { x_token: hunter-1 }, a: { b: { x_token: hunter-2 }, "b\\": { x_token: hunter-3 } },
        applications: { "c.d": { id: "c.d", api_token: hunter-4 }, c: { id: c, "d.api_token": hunter-5 } } } }"#;
    apply_to(&mut store, text, Omitted::Stays).unwrap();
    assert_eq!(said(&mut store, text, Omitted::IsRemoved), [""; 0]);
    apply_to(&mut other, &dumped(&store), Omitted::Stays).unwrap();
    let revealed = dump(other.read(), Secrets::Revealed).unwrap();
    let drupal = serde_json::to_value(&revealed.drupal).unwrap();
    let settings = &drupal["settings"];
    assert_eq!(settings["a.b"]["x_token"], "hunter-1");
    assert_eq!(settings["a"]["b"]["x_token"], "hunter-2");
    assert_eq!(settings["a"]["b\\"]["x_token"], "hunter-3");
    assert_eq!(settings["applications"]["c.d"]["api_token"], "hunter-4");
    assert_eq!(settings["applications"]["c"]["d.api_token"], "hunter-5");
    let without = "drupal: { settings: { applications: { c.d: null } } }";
    assert_eq!(
        said(&mut other, without, Omitted::Stays),
        ["remove application c.d", r"remove secret applications.c\.d.api_token"]
    );
}

#[test]
fn numbers_and_credentials_are_sealed_too() {
    let (_folder, mut store) = store();
    let text = "drupal: { settings: { y_token: 12345678, proxy_credentials: hunter-3, \
                privateThing: hunter-4, use_token: true } }";
    apply_to(&mut store, text, Omitted::Stays).unwrap();
    assert_eq!(said(&mut store, text, Omitted::IsRemoved), [""; 0]);
    let shown = dumped(&store);
    assert!(!shown.contains("12345678") && !shown.contains("hunter"), "{shown}");
    assert!(shown.contains("use_token: true"), "{shown}");
    let setting = store.read().stored_setting("drupal.settings").unwrap().unwrap();
    assert_eq!(
        setting.to_string(),
        r#"{"y_token":null,"proxy_credentials":null,"privateThing":null,"use_token":true}"#
    );
}

#[test]
fn thousands_of_applications_are_pruned_in_a_moment() {
    let (_folder, mut store) = store();
    let many: Vec<String> =
        (0..3000).map(|id| format!("a{id}: {{ id: a{id}, api_token: hunter{id} }}")).collect();
    let text = |applications: &str| {
        format!("drupal: {{ settings: {{ applications: {{ {applications} }} }} }}")
    };
    apply_to(&mut store, &text(&many.join(", ")), Omitted::Stays).unwrap();
    let few = text("a7: { id: a7, api_token: hunter7 }, a8: null");
    assert_eq!(apply_to(&mut store, &few, Omitted::IsRemoved).unwrap().len(), 2 * 2999);
    assert_eq!(store.read().secret_names().unwrap(), ["drupal.settings.applications.a7.api_token"]);
}

//! Any document, in whatever state the store is.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::{said, siblings};
use crate::document::Omitted;
use crate::document::testing::{apply_to, dumped};
use crate::store::testing::store;

/// Strong, so that no argon2 is run.
const TEXTS: &[&str] =
    &["N84Bl3WWWqWibY6PFcv7DJzk3i8ju6BR", "38AibNyyurlGFb0EkjKWREhb", "kX9vQ2mLr7TzWc4HnB8sYp3D"];

fn keys() -> impl Strategy<Value = Value> {
    let key = (
        prop::sample::select(TEXTS),
        labels(),
        prop::option::of(prop::sample::select(
            &["2027-01-01T00:00:00Z", "2025-06-01T12:00:00Z"][..],
        )),
        any::<bool>(),
    );
    let entry = key.prop_map(|(text, label, expires, recoverable)| {
        json!({ "key": text, "label": label, "expires": expires, "recoverable": recoverable })
    });
    fields(prop::collection::vec(entry, 0..4))
}

fn labels() -> impl Strategy<Value = Option<&'static str>> {
    prop::option::of(prop::sample::select(&["ci", "old"][..]))
}

/// A list, or `null`.
fn fields(list: impl Strategy<Value = Vec<Value>>) -> impl Strategy<Value = Value> {
    prop::option::weighted(0.9, list).prop_map(|list| json!(list))
}

fn names(names: &'static [&'static str]) -> impl Strategy<Value = Value> {
    fields(
        prop::sample::subsequence(names, 0..=names.len())
            .prop_map(|names| names.into_iter().map(Value::from).collect()),
    )
}

fn roles() -> impl Strategy<Value = Value> {
    let role = || prop::option::of((any::<bool>(), names(&["a", "b", "access content"])));
    (role(), role()).prop_map(|(exported, own)| {
        // Both names are always there, for accounts may have them.
        let (own_admin, own_permissions) = own.unwrap_or((false, json!([])));
        let exported = exported.map(|(admin, permissions)| {
            json!({ "id": "editor", "later": { "z": 1, "a": 2 }, "is_admin": admin, "permissions": permissions })
        });
        json!({
            "drupal": { "roles": exported.into_iter().collect::<Vec<_>>() },
            "roles": [{ "name": "editor" }, { "name": "boss", "admin": own_admin, "permissions": own_permissions }],
        })
    })
}

fn users() -> impl Strategy<Value = Value> {
    let user = |name: &'static str, id: i64| {
        let parts = (
            names(&["editor", "boss"]),
            names(&["x", "y"]),
            keys(),
            prop::option::of(7_i64..9),
            any::<bool>(),
        );
        let user = parts.prop_map(move |(roles, permissions, keys, contact_id, blocked)| {
            let status = if blocked { "blocked" } else { "active" };
            json!({ "name": name, "id": id, "roles": roles, "permissions": permissions, "keys": keys, "contact_id": contact_id, "status": status })
        });
        prop::option::of(user)
    };
    (user("alice", 2), user("Bob", 3))
        .prop_map(|(alice, bob)| alice.into_iter().chain(bob).collect())
}

fn contacts() -> impl Strategy<Value = Value> {
    let contact =
        |id: i64| {
            let contact = (any::<bool>(), keys());
            prop::option::of(contact.prop_map(
                move |(deleted, keys)| json!({ "id": id, "deleted": deleted, "keys": keys }),
            ))
        };
    (contact(7), contact(8)).prop_map(|(one, other)| one.into_iter().chain(other).collect())
}

fn documents() -> impl Strategy<Value = String> {
    (roles(), users(), contacts(), keys()).prop_map(|(mut document, users, contacts, keys)| {
        document["authctl"] = json!(1);
        document["users"] = users;
        document["contacts"] = contacts;
        document["universal_keys"] = keys;
        document.to_string()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn once_is_enough(before in documents(), document in documents(), prune: bool) {
        let (_folder, mut store) = store();
        apply_to(&mut store, &before, Omitted::Stays).unwrap();
        let omitted = if prune { Omitted::IsRemoved } else { Omitted::Stays };
        said(&mut store, &document, omitted);
        prop_assert_eq!(said(&mut store, &document, omitted), [""; 0]);
    }

    #[test]
    fn a_dump_is_the_whole_store(before in documents(), document in documents()) {
        let [(_folder, mut store), (_other_folder, mut other)] = siblings();
        apply_to(&mut store, &before, Omitted::Stays).unwrap();
        apply_to(&mut store, &document, Omitted::Stays).unwrap();
        let text = dumped(&store);
        apply_to(&mut other, &text, Omitted::Stays).unwrap();
        prop_assert_eq!(dumped(&other), text);
    }
}

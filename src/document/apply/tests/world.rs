//! The worlds of the recorded cases as documents.

use serde_json::{Map, Value, json};

use super::said;
use crate::document::testing::{apply_to, dumped, shared};
use crate::document::{Omitted, Secrets, dump};
use crate::store::testing::store;
use crate::store::{Error, Store, UserFilter};
use crate::verify::ApiToken;

/// The worlds of a system by name, or none where the recorded cases are not there.
fn worlds(system: &str) -> Map<String, Value> {
    let Some(shared) = shared() else { return Map::new() };
    let text = std::fs::read(shared.join("cases").join(system).join("worlds.json")).unwrap();
    serde_json::from_slice(&text).unwrap()
}

/// The fields of an object under other names; those that are absent stay so.
fn renamed(from: &Value, names: &[(&str, &str)]) -> Value {
    let fields =
        names.iter().filter_map(|(old, new)| Some((new.to_string(), from.get(old)?.clone())));
    Value::Object(fields.collect())
}

fn list(world: &Value, name: &str, entry: impl Fn(&Value) -> Value) -> Value {
    world[name].as_array().map_or(json!([]), |entries| entries.iter().map(entry).collect())
}

fn civicrm(world: &Value) -> String {
    let mut civicrm = renamed(
        world,
        &[
            ("site_key", "site_key"),
            ("sign_keys", "sign_keys"),
            ("settings", "settings"),
            ("cms", "cms_overrides"),
        ],
    );
    civicrm["release"] = json!("6.14");
    let user = |user: &Value| {
        let mut entry = renamed(
            user,
            &[
                ("id", "id"),
                ("name", "name"),
                ("contact_id", "contact_id"),
                ("permissions", "permissions"),
            ],
        );
        if user["password"].is_string() {
            entry["password"] = json!({ "plain": user["password"] });
        }
        entry["status"] = json!(if user["blocked"] == json!(true) { "blocked" } else { "active" });
        entry
    };
    let contact = |contact: &Value| {
        let mut entry = renamed(contact, &[("id", "id"), ("is_deleted", "deleted")]);
        let keys = contact["api_key"].as_str().into_iter().map(|key| json!({ "key": key }));
        entry["keys"] = keys.collect();
        entry
    };
    json!({
        "authctl": 1,
        "civicrm": civicrm,
        "roles": [{ "name": "anonymous", "permissions": world["anonymous_permissions"] }],
        "users": list(world, "users", user),
        "contacts": list(world, "contacts", contact),
    })
    .to_string()
}

fn drupal(world: &Value) -> String {
    let drupal = ["module", "settings", "resources", "jsonapi_read_only", "output_buffering"];
    let user = |user: &Value| {
        let mut entry = renamed(
            user,
            &[("uid", "id"), ("name", "name"), ("status", "status"), ("roles", "roles")],
        );
        entry["password"] = json!({ "plain": user["password"] });
        entry
    };
    let mut roles = world["roles"].as_array().unwrap().clone();
    roles.push(json!({ "name": "anonymous", "permissions": world["anonymous_permissions"] }));
    json!({
        "authctl": 1,
        "drupal": renamed(world, &drupal.map(|name| (name, name))),
        "roles": roles,
        "users": list(world, "users", user),
    })
    .to_string()
}

/// Applies a world to a new store; checks that once is enough and that a dump gives no secret away.
fn live_in(document: &str, secrets: &[&Value]) -> Store {
    let (folder, mut store) = store();
    // The folder of a test that fails is left for looking into.
    let _ = folder.keep();
    apply_to(&mut store, document, Omitted::Stays).unwrap();
    assert_eq!(said(&mut store, document, Omitted::IsRemoved), [""; 0]);
    let text = dumped(&store);
    for secret in secrets.iter().filter_map(|secret| secret.as_str()).filter(|text| text.len() > 4)
    {
        assert!(!text.contains(secret), "{secret} in {text}");
    }
    assert_eq!(said(&mut store, &text, Omitted::IsRemoved), [""; 0]);
    store
}

#[test]
fn every_world_of_civicrm_can_be_said() {
    for (name, mut world) in worlds("authx") {
        if name != "defaults" {
            // Each takes a run of argon2, and they are the same in every world.
            let users = world["users"].as_array_mut().unwrap();
            for user in users {
                user["password"] = Value::Null;
            }
        }
        let users = world["users"].as_array().unwrap();
        let contacts = world["contacts"].as_array().unwrap();
        let secrets: Vec<_> = users
            .iter()
            .map(|user| &user["password"])
            .chain(contacts.iter().map(|contact| &contact["api_key"]))
            .chain([&world["site_key"], &world["sign_keys"]])
            .collect();
        let store = live_in(&civicrm(&world), &secrets);
        let policy = store.read().policy().unwrap();
        let site_key = policy.civicrm.site_key.as_ref().and_then(|key| key.expose_text());
        assert_eq!(site_key, world["site_key"].as_str(), "{name}");
        assert_eq!(policy.civicrm.settings.len(), 17, "{name}");
        let mut kept = 0;
        let counted = store.read().each_user(&UserFilter::default(), |_| {
            kept += 1;
            Ok::<_, Error>(())
        });
        counted.unwrap();
        assert_eq!(kept, users.len());
        let revealed = dump(store.read(), Secrets::Revealed).unwrap().civicrm.unwrap();
        assert_eq!(revealed.sign_keys.set().is_some(), world["sign_keys"].is_string(), "{name}");
    }
}

#[test]
fn every_world_of_drupal_can_be_said() {
    for (name, mut world) in worlds("drupal") {
        world["users"].as_array_mut().unwrap().truncate(1);
        let token = &world["settings"]["api_token"];
        let store = live_in(&drupal(&world), &[token]);
        let policy = store.read().policy().unwrap().drupal;
        assert_eq!(policy.module, world["module"].as_str().unwrap(), "{name}");
        let expected = if token.is_string() { ApiToken::Set } else { ApiToken::Absent };
        assert_eq!(policy.api_token, expected, "{name}");
        assert_eq!(json!(policy.resources), world["resources"], "{name}");
        let applications = world["settings"]["applications"].as_object().cloned();
        assert_eq!(policy.applications, applications.unwrap_or_default(), "{name}");
    }
}

//! Stores of released versions, frozen as dumps: what they hold must stay readable.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use rusqlite::Connection;
use serde_json::json;
use tempfile::TempDir;

use super::{
    AuditChain, Checks, ContactId, KeyId, KeyState, Location, Reader, Status, Store, UserId, schema,
};
use crate::credential::{Argon, Secret};
use crate::verify::{ApiToken, Cms, Owner, Presented};

const V1: &str = include_str!("../../tests/store/v1.sql");

/// The texts of two of its keys.
const OF_ALICE: &str = "aku_QTvD0mcp1GL7sC47K8BUSp0fLyKX";
const UNIVERSAL: &str = "akg_M4ba7TjCoKhzoYjKXOrKC61B8RRv";

/// Makes a store of a dump, with the key file that a comment in it holds.
fn thaw(dump: &str) -> (TempDir, Location) {
    let folder = tempfile::tempdir().unwrap();
    let location = Location::beside(folder.path().join("authctl.db"));
    let key = dump.lines().find_map(|line| line.strip_prefix("-- key file: ")).unwrap();
    let key: Vec<u8> = key
        .as_bytes()
        .chunks(2)
        .map(|hex| u8::from_str_radix(str::from_utf8(hex).unwrap(), 16).unwrap())
        .collect();
    fs::write(&location.key_file, key).unwrap();
    Connection::open(&location.store).unwrap().execute_batch(dump).unwrap();
    for path in [&location.store, &location.key_file] {
        fs::set_permissions(path, fs::Permissions::from_mode(0o600)).unwrap();
    }
    (folder, location)
}

/// What the dump of version 1 holds.
fn holds_everything(reader: Reader<'_>) {
    assert_eq!(reader.check().unwrap(), []);
    assert!(matches!(reader.audit_verify(None).unwrap(), AuditChain::Whole { entries: 5.. }));

    let policy = reader.policy().unwrap();
    assert_eq!(policy.cms, Cms::WordPress);
    assert!(policy.anonymous.has("access content"));
    assert_eq!(policy.civicrm.site_key, Some(Secret::from("the site key")));
    assert_eq!(policy.civicrm.sign_keys, Some(Secret::from("")));
    assert!(policy.civicrm.settings.contains_key("authx_guards"));
    assert_eq!(policy.drupal.api_token, ApiToken::Empty);
    assert_eq!(policy.drupal.applications["app00001"]["name"], json!("A"));
    assert_eq!(policy.drupal.resources, [json!({"id": "entity.user"})]);

    let admin = reader.user(UserId(1)).unwrap().unwrap();
    assert_eq!((admin.name.as_str(), admin.status), ("admin", Status::Blocked));
    assert!(reader.contact(ContactId(102)).unwrap().unwrap().deleted);
    let role = reader.role("api_admin").unwrap().unwrap();
    assert_eq!(
        (role.label.as_deref(), role.entity["weight"].as_i64()),
        (Some("API admin"), Some(3))
    );
    assert!(reader.role("boss").unwrap().unwrap().admin);
}

fn finds_every_credential(reader: Reader<'_>) {
    let presented = Presented {
        keys: [OF_ALICE, "sesame", UNIVERSAL].map(Secret::from).to_vec(),
        passwords: vec![
            ("alice ä".into(), "alice's password".into()),
            ("ADMIN".into(), "admin password".into()),
        ],
        ..Presented::default()
    };
    let facts = reader.facts(&presented, &Checks::default()).unwrap();
    let owners = presented.keys.iter().map(|text| {
        let [key] = facts.keys_for(text.expose()) else { panic!("one key each") };
        (key.owner, key.exact, key.weak)
    });
    assert_eq!(
        owners.collect::<Vec<_>>(),
        [
            (Owner::User(2), true, false),
            (Owner::Contact(101), false, true),
            (Owner::Universal, true, false)
        ]
    );
    assert_eq!(facts.passwords.iter().filter(|fact| fact.matches).count(), 2);
    let alice = &facts.users[&2];
    assert_eq!(alice.roles, ["api_admin"]);
    assert!(alice.grants.has("administer users") && alice.grants.has("authenticate with api key"));

    let key = reader.find_keys("ci").unwrap().remove(0);
    assert_eq!((key.id, key.replaced_by), (KeyId(1), Some(KeyId(3))));
    assert_eq!(key.state(1_767_225_700), KeyState::Expired);
    let text = reader.reveal_key(&key, &mut Argon::new()).unwrap();
    assert_eq!(text, Some(Secret::from(OF_ALICE)));
}

#[test]
fn version_1_is_brought_up_to_date_with_everything_in_it() {
    let (_folder, location) = thaw(V1);
    let store = Store::open_write(&location).unwrap();
    holds_everything(store.read());
    finds_every_credential(store.read());
    drop(store);
    let store = Store::open_read(&location).unwrap();
    holds_everything(store.read());
}

#[test]
fn the_first_migration_still_makes_version_1() {
    let objects = |conn: &Connection| -> Vec<(String, Option<String>)> {
        let mut query = conn.prepare("SELECT name, sql FROM sqlite_schema ORDER BY name").unwrap();
        let rows = query.query_map((), |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
        rows.map(Result::unwrap).collect()
    };
    let (_folder, location) = thaw(V1);
    let fresh = Connection::open_in_memory().unwrap();
    schema::migrate(&fresh, &schema::MIGRATIONS[..1]).unwrap();
    assert_eq!(objects(&Connection::open(&location.store).unwrap()), objects(&fresh));
}

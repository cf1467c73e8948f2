//! What is read, what is refused, and where.

use std::fmt::Write as _;

use proptest::prelude::*;

use crate::testing::{broken, soon};

use super::parse;
use crate::document::Document;
use crate::document::field::Field;
use crate::document::secret_text::{Password, SecretText};
use crate::document::word::Word;
use crate::verify::{Cms, Release};

/// Every kind of field once; no comment, so that it can be cut anywhere.
const WHOLE: &str = r#"authctl: 1
site: { base_url: "https://crm.example.org", cms: drupal }
civicrm:
  release: "6.14"
  api_key_collation: ci
  site_key: ""
  sign_keys: null
  settings: { authx_guards: [site_key, perm], authx_header_user: optional, other_extension: {a: 1} }
  cms_overrides: { reports_blocked: true, password_rejects_blocked: false }
drupal:
  module: guide
  settings: { enable_authentication: 1, api_token: "", 12345678: later }
  resources: [ { id: entity.user, status: true, later: { z: 1, a: 2 } } ]
  roles: [ { id: editor, is_admin: false, permissions: {  } } ]
  core: "10.3"
  super_user: true
  key_auth: null
  jsonapi_read_only: true
  output_buffering: 4096
roles:
  - { name: anonymous, permissions: [] }
  - { name: api_admin, admin: false, permissions: ["administer users"] }
users:
  - name: alice
    id: 2
    email: alice@example.org
    status: active
    contact_id: 101
    roles: [api_admin]
    permissions: ["authenticate with api key"]
    password: { plain: "tolerable" }
    keys: [ { key: "k", label: ci, expires: 2027-01-01T00:00:00Z } ]
contacts:
  - { id: 101, deleted: false, keys: [ { key: "" }, { key: "k" }, { key: "k" } ] }
universal_keys: [ { key: { digest: "x", key_file: 0f } } ]
"#;

fn refusal(text: &str) -> String {
    parse(text.as_bytes(), "f").expect_err("the document has a fault").to_string()
}

fn document(text: &str) -> Document {
    parse(text.as_bytes(), "f").unwrap()
}

#[test]
fn reads_every_field() {
    let document = document(WHOLE);
    let site = document.site.unwrap();
    assert_eq!(site.cms, Field::Set(Word(Cms::Drupal)));
    let civicrm = document.civicrm.unwrap();
    assert_eq!(civicrm.release, Field::Set(Word(Release::V6_14)));
    assert!(
        matches!(&civicrm.site_key, Field::Set(key) if key.value == SecretText::Plain("".into()))
    );
    assert_eq!(civicrm.sign_keys, Field::Unset);
    let drupal = document.drupal.unwrap();
    let settings: Vec<_> = drupal.settings.set().unwrap().value.0.keys().cloned().collect();
    assert_eq!(settings, ["enable_authentication", "api_token", "12345678"]);
    assert_eq!(drupal.key_auth, Field::Unset);
    let alice = &document.users[0];
    assert_eq!((alice.name.place.line, alice.name.place.column), (24, 11));
    assert!(
        matches!(&alice.password, Field::Set(p) if p.value == Password::Plain("tolerable".into()))
    );
    assert_eq!(alice.keys.set().unwrap()[0].expires.set().unwrap().0, 1_798_761_600);
    assert_eq!(document.contacts[0].keys.set().unwrap().len(), 3);
}

#[test]
fn tells_absent_null_and_empty_apart() {
    let key = |text| document(text).civicrm.unwrap().site_key;
    assert_eq!(key("civicrm: {}"), Field::Kept);
    assert_eq!(key("civicrm: { site_key: null }"), Field::Unset);
    assert!(matches!(key("civicrm: { site_key: '' }"), Field::Set(_)));
}

#[test]
fn json_is_read_with_tabs_surrogates_and_what_yaml_would_not_print() {
    let json = "\u{feff}{\n\t\"authctl\": 1,\n\t\"users\": [{\"name\": \"a\\/\\ud83d\\ude00\u{7f}\u{85}\"}]\n}";
    assert_eq!(document(json).users[0].name.value, "a/😀\u{7f}\u{85}");
}

/// Documents with one fault, and what is said of it.
const FAULTS: &[(&str, &str)] = &[
    ("", "f: the document is empty; expected at least `authctl: 1`"),
    ("hunter2", "f:1:1: expected fields with values (`name: value`)"),
    ("authctl: 2", "f:1:10: expected `authctl: 1`, the only version there is"),
    ("authctl: hunter2", "f:1:10: expected a whole number"),
    ("user: []", "f:1:1: unknown field `user`; did you mean `users`?"),
    (
        "authctl: 1\nusers:\n  - name: a\n    idd: 2",
        "f:4:5: unknown field `idd`; did you mean `id`?",
    ),
    ("authctl: 1\nauthctl: 1", "f:2:1: this field stands twice in its object"),
    (
        "site: {cms: drupl}",
        "f:1:13: expected one of `drupal`, `drupal7`, `backdrop`, `wordpress`, `joomla`, `standalone`; did you mean `drupal`?",
    ),
    (
        "site: {base_url: crm.example.org}",
        "f:1:18: expected the site's address, such as `https://crm.example.org`",
    ),
    (
        "civicrm: {release: '6.12'}",
        "f:1:20: expected one of `6.14`, `6.13`, `6.10`, `5.79`; did you mean `6.14`?",
    ),
    (
        "civicrm:\n  release: 6.10",
        "f:2:12: expected text: put it in quotes, or YAML takes it for a number or for true or false",
    ),
    (
        "drupal: {core: 10.3}",
        "f:1:16: expected text: put it in quotes, or YAML takes it for a number or for true or false",
    ),
    (
        "drupal: {module: '2.1'}",
        "f:1:18: expected one of `guide`, `2.1.0`, `2.0.18`, `2.0.16`, `8.x-1.13`",
    ),
    (
        "drupal: {roles: [{id: a, permissions: x}]}",
        "f:1:18: expected a role as exported, with a list of names under `permissions`",
    ),
    (
        "civicrm: {settings: {authx_guards: [1]}}",
        "f:1:36: expected a word or a list of words under `authx_guards`",
    ),
    (
        "users: [{name: a, password: {hash: $2y$10$x, key_file: k}}]",
        "f:1:29: the password of `a`: only a hash of authctl's own, argon2id, has a `key_file`",
    ),
    (
        "site: {base_url: 'https://a b'}",
        "f:1:18: expected the site's address, such as `https://crm.example.org`",
    ),
    ("drupal: {super_user: 1}", "f:1:22: expected true or false"),
    ("drupal: {settings: [1]}", "f:1:20: expected fields with values (`name: value`)"),
    (
        "drupal:\n  resources:\n  - plugin_id: a",
        "f:3:5: expected a resource as exported, with text under `id`",
    ),
    (
        "users: null",
        "f:1:8: expected a list, not null: what is left out stays, and `--prune` removes it",
    ),
    ("users: [{id: 1}]", "f:1:10: expected the field `name` here"),
    ("users: [{name: ''}]", "f:1:16: expected the name of a user, not empty text"),
    ("users: [{name: null}]", "f:1:16: expected text, not null"),
    (
        "users: [{name: a, id: 9223372036854775807}]",
        "f:1:23: expected a user id, a whole number from 1 to 4294967295",
    ),
    (
        "users: [{name: a, id: 0}]",
        "f:1:23: expected a user id, a whole number from 1 to 4294967295",
    ),
    (
        "users: [{name: a, contact_id: -1}]",
        "f:1:31: expected a contact id, a whole number from 1 to 4294967295",
    ),
    (
        "users:\n- {name: Ä}\n- {name: ä}",
        "f:3:10: the user `ä` stands twice: line 2 has that name, and case makes no difference",
    ),
    ("users: [{name: a, id: 1}, {name: b, id: 1}]", "f:1:41: user id 1 is that of `a` already"),
    ("users: [{name: a, status: off}]", "f:1:27: expected one of `active`, `blocked`"),
    (
        "users: [{name: a, roles: [authenticated]}]",
        "f:1:27: `authenticated` is built in: it is not given to a user",
    ),
    (
        "users: [{name: a, keys: [{key: 12345}]}]",
        "f:1:32: expected text in quotes, `{digest: …, key_file: …}` or `{sealed: …, key_file: …}`",
    ),
    (
        "users: [{name: a, keys: [{key: {digest: d}}]}]",
        "f:1:32: expected text in quotes, `{digest: …, key_file: …}` or `{sealed: …, key_file: …}`",
    ),
    ("users: [{name: a, keys: [{label: x}]}]", "f:1:27: expected the field `key` here"),
    (
        "users: [{name: a, keys: [{key: x, expires: 2027}]}]",
        "f:1:44: expected text: put it in quotes, or YAML takes it for a number or for true or false",
    ),
    (
        "users: [{name: a, keys: [{key: x, expires: 2027-01-01}]}]",
        "f:1:44: expected a time with its offset, such as `2027-01-01T00:00:00Z`",
    ),
    (
        "users: [{name: a, password: {}}]",
        "f:1:29: expected `{plain: …}`, `{hash: …}` or `{sealed: …, key_file: …}`",
    ),
    (
        "users: [{name: a, password: {hash: $1$hunter2}}]",
        "f:1:29: the password of `a`: this is no password hash of a known kind: expected one that begins with $2a$, $2b$, $2y$, $wp$2y$, $S$, U$S$, $P$, $H$, $argon2i$ or $argon2id$",
    ),
    (
        "drupal: {settings: {applications: [hunter2]}}",
        "f:1:20: expected the applications by id, or as PHP serializes them in `drupal.settings`",
    ),
    ("contacts: [{id: 0}]", "f:1:17: expected a contact id, a whole number from 1 to 4294967295"),
    ("contacts: [{id: 1}, {id: 1}]", "f:1:26: the contact 1 stands twice in `contacts`"),
    ("roles: [{name: a}, {name: a}]", "f:1:27: the role `a` stands twice in `roles`"),
    ("drupal: {roles: [{id: a}, {id: a}]}", "f:1:27: the role `a` stands twice in `drupal.roles`"),
    (
        "roles: [{name: a, permissions: ['']}]",
        "f:1:33: expected the name of a permission, not empty text",
    ),
    ("authctl: 1\n---\nauthctl: 1", "f:3:1: expected one document, and a second begins here"),
    (
        "authctl: 1\nusers:\n  - name: a\n   id: 3",
        "f:4:4: while parsing a block collection, did not find expected '-' indicator",
    ),
];

#[test]
fn names_the_place_and_what_was_expected() {
    for (text, expected) in FAULTS {
        assert_eq!(refusal(text), *expected, "{text}");
    }
}

#[test]
fn says_where_the_text_is_not_utf_8() {
    let fault = parse(b"authctl: 1\nsite: {\xff}", "f").unwrap_err();
    assert_eq!(fault.to_string(), "f:2:8: expected UTF-8 text");
}

#[test]
fn no_message_repeats_a_secret() {
    let faults = [
        "civicrm: {site_key: hunter2: x}",
        "civicrm: {site_key: [hunter2]}",
        "civicrm: {site_key: @hunter2}",
        "civicrm: {site_key: *hunter2}",
        "civicrm: {site_key: !!int hunter2}",
        "civicrm: {site_key: 'x' hunter2}",
        "civicrm: {site_key: {hunter2: x}}",
        "civicrm: {site_key: {sealed: hunter2, key_file: a}}",
        "civicrm: {site_key: {digest: [hunter2], key_file: a}}",
        "civicrm: {release: hunter2}",
        "users: [{name: a, password: hunter2}]",
        "users: [{name: a, password: {hunter2: x}}]",
        "users: [{name: a, password: {plain: [hunter2]}}]",
        "users: [{name: a, password: {plain: hunter2, hash: hunter2}}]",
        "users: [{name: a, keys: hunter2}]",
        "users: [{name: a, keys: [hunter2]}]",
        "users: [{name: a, keys: [{hunter2: x}]}]",
        "users: [{name: a, keys: [{key: k, expires: hunter2}]}]",
        "users: [{name: a, keys: [{key: k, recoverable: hunter2}]}]",
        "contacts: [{id: hunter2}]",
        "{\"civicrm\": {\"site_key\": \"hunter2\\ud800\"}}",
    ];
    for text in faults {
        let fault = parse(text.as_bytes(), "f").expect_err(text);
        assert!(!format!("{fault} {fault:?}").contains("hunter2"), "{text}: {fault}");
    }
}

#[test]
fn debug_shows_no_secret() {
    let text = "civicrm: {site_key: hunter2}\ndrupal: {settings: {api_token: hunter2}}\nusers: [{name: a, password: {plain: hunter2}, keys: [{key: hunter2}]}]";
    assert!(!format!("{:?}", document(text)).contains("hunter2"));
}

#[test]
fn aliases_repeat_and_never_explode() {
    let shared = "users:\n- {name: a, permissions: &p [x, y]}\n- {name: b, permissions: *p}";
    assert_eq!(document(shared).users[1].permissions.set().unwrap().len(), 2);
    let mut bomb = "drupal:\n  settings:\n    a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..9 {
        let row = vec![format!("*a{}", level - 1); 10].join(", ");
        writeln!(bomb, "    a{level}: &a{level} [{row}]").unwrap();
    }
    assert!(refusal(&bomb).contains("aliases"), "{}", refusal(&bomb));
}

#[test]
fn a_document_of_many_users_is_read() {
    let mut text = "users:\n".to_owned();
    for id in 1..=25_000 {
        writeln!(text, "- {{name: user{id}, id: {id}, keys: [{{key: k{id}, label: ci}}]}}")
            .unwrap();
    }
    assert_eq!(document(&text).users.len(), 25_000);
}

proptest! {
    #[test]
    fn a_cut_document_never_panics_and_faults_have_places(cut in 0..WHOLE.len()) {
        if let Err(fault) = parse(&WHOLE.as_bytes()[..cut], "f") {
            prop_assert!(cut < 2 || fault.place.is_some() , "{}", fault);
        }
    }

    #[test]
    fn any_bytes_never_panic(bytes: Vec<u8>) {
        let _ = parse(&bytes, "f");
    }

    #[test]
    fn broken_documents_are_refused_with_a_message_or_read(
        text in broken(
            &[WHOLE, r#"{"authctl":1,"users":[{"name":"a","keys":[{"key":"k","expires":"2027-01-01T00:00:00Z"}]}],"drupal":{"settings":{"a":[1]}}}"#],
            &[
                ":", ": ", "-", "- ", "\n", "\n  ", "\t", "|", ">-\n", "{", "}", "[", "]", ",", "'", "\"", "\\", "&a ", "*a ", "<<: ", "!!str ", "!x ",
                "? ", "# ", "---\n", "...\n", "%YAML 1.2\n", "null", "~", "0x1F", ".inf", "1e999", "99999999999999999999", "é", "\u{85}", "\u{feff}", "\0",
                "users:\n", "roles: ", "keys: ", "key: ", "plain: ", "digest: ", "sealed: ", "settings: {", "[[", "{a: ",
            ],
        ),
    ) {
        if let Err(fault) = soon(|| parse(&text.0, "f")) {
            prop_assert!(!fault.message.is_empty(), "{:?}", fault);
        }
    }
}

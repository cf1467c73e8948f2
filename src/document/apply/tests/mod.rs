//! Documents against real stores.

mod export;
mod module;
mod property;
mod world;

use std::collections::BTreeSet;

use tempfile::TempDir;

use crate::document::testing::{apply_to, differences, document, dumped};
use crate::document::{Error, Notation, Omitted, Prepared, Secrets, apply, diff, dump};
use crate::store::testing::{actor, location, rng, store};
use crate::store::{Store, UserId};
use crate::verify::ApiToken;

const WHOLE: &str = r#"
site: { base_url: "https://crm.example.org/", cms: wordpress }
civicrm:
  release: "6.10"
  api_key_collation: bin
  site_key: hunter-site
  sign_keys: ""
  settings: { authx_guards: [perm, whatever], authx_header_user: optional }
  cms_overrides: { reports_blocked: true }
drupal:
  module: 2.1.0
  settings:
    z_first: 1
    rest_api_authentication_customer_api_key: hunter-customer
    rest_api_authentication_license_key: null
    api_token: hunter-token
    applications: { app2: { id: app2, api_token: hunter-app, is_default: true }, app1: { id: app1 } }
    default_application_id: app2
  resources:
    - { id: entity.user, status: true, later: { z: 1, a: 2 } }
    - { id: entity.node, status: false }
  roles:
    - { uuid: u, id: editor, label: Editor, weight: 3, is_admin: false, permissions: [b, a], later: { z: 1, a: 2 } }
    - { id: root, is_admin: true, permissions: {  } }
  core: "9.5"
  super_user: false
  key_auth: { param_name: api-key, detection_methods: [header, query] }
  jsonapi_read_only: false
  output_buffering: 0
roles:
  - { name: anonymous, permissions: [access content] }
  - { name: editor, permissions: [c] }
users:
  - { name: alice, roles: [editor, root], permissions: [x, y], email: a@example.org, contact_id: 7,
      password: { plain: hunter-password },
      keys: [ { key: hunter-weak, label: ci, expires: 2027-01-01T00:00:00Z }, { key: N84Bl3WWWqWibY6PFcv7DJzk3i8ju6BR, recoverable: true, revoked: 2026-01-01T00:00:00Z } ] }
  - { name: bob, id: 5, status: blocked, password: { hash: "$2y$04$abcdefghijklmnopqrstuuVQ3gZbPJVx6d3zjlZqfUtQTSiYFLDL2" } }
contacts:
  - { id: 7, keys: [ { key: "" }, { key: hunter-weak }, { key: hunter-weak, label: again } ] }
  - { id: 9, deleted: true }
universal_keys: [ { key: 38AibNyyurlGFb0EkjKWREhb, label: all } ]
"#;

/// What is said of applying a text, in lines.
fn said(store: &mut Store, text: &str, omitted: Omitted) -> Vec<String> {
    let foretold = differences(
        diff(store.read(), &document(text), omitted, &Prepared::default(), &|_| ()).unwrap(),
    );
    let done = differences(apply_to(store, text, omitted).unwrap());
    assert_eq!(foretold, done, "the difference told another story");
    done
}

fn refusal(store: &mut Store, text: &str) -> String {
    let before = dumped(store);
    let foretold =
        diff(store.read(), &document(text), Omitted::Stays, &Prepared::default(), &|_| ())
            .unwrap_err()
            .to_string();
    let refused = apply_to(store, text, Omitted::Stays).unwrap_err().to_string();
    assert_eq!(foretold, refused);
    assert_eq!(before, dumped(store));
    refused
}

#[test]
fn applying_twice_changes_nothing_the_second_time() {
    let (_folder, mut store) = store();
    assert!(!said(&mut store, WHOLE, Omitted::Stays).is_empty());
    let seq = store.read().audit_head().unwrap().unwrap().seq;
    for omitted in [Omitted::Stays, Omitted::IsRemoved] {
        assert_eq!(said(&mut store, WHOLE, omitted), [""; 0]);
    }
    assert_eq!(store.read().audit_head().unwrap().unwrap().seq, seq);
}

/// Two empty stores with one key file.
fn siblings() -> [(TempDir, Store); 2] {
    let (folder, store) = store();
    drop(store);
    let other = tempfile::tempdir().unwrap();
    let (from, to) = (location(&folder), location(&other));
    for (from, to) in [(from.store, to.store), (from.key_file, to.key_file)] {
        std::fs::copy(from, to).unwrap();
    }
    [folder, other].map(|folder| {
        let store = Store::open_write(&location(&folder)).unwrap();
        (folder, store)
    })
}

#[test]
fn a_dump_applied_to_an_empty_store_is_dumped_the_same() {
    let [(_folder, mut store), (_other_folder, mut other)] = siblings();
    apply_to(&mut store, WHOLE, Omitted::Stays).unwrap();
    let text = dumped(&store);
    let yaml = document(&text);
    let json = yaml.render(Notation::Json).unwrap();
    said(&mut other, &json, Omitted::Stays);
    assert_eq!(dumped(&other), text);
    assert_eq!(said(&mut other, &text, Omitted::IsRemoved), [""; 0]);
    assert_eq!(said(&mut other, WHOLE, Omitted::IsRemoved), [""; 0]);
}

#[test]
fn a_dump_shows_no_secret_unless_it_is_to() {
    let (_folder, mut store) = store();
    apply_to(&mut store, WHOLE, Omitted::Stays).unwrap();
    let text = dumped(&store);
    for secret in ["hunter", "N84Bl3WWWqWibY6PFcv7DJzk3i8ju6BR", "38AibNyyurlGFb0EkjKWREhb", "$2y$"]
    {
        assert!(!text.contains(secret), "{secret} in {text}");
    }
    let revealed = dump(store.read(), Secrets::Revealed).unwrap().render(Notation::Yaml).unwrap();
    for secret in
        ["hunter-site", "hunter-customer", "hunter-app", "N84Bl3WWWqWibY6PFcv7DJzk3i8ju6BR", "$2y$"]
    {
        assert!(revealed.contains(secret), "{secret} in {revealed}");
    }
    // What was not to be shown again cannot be shown.
    for secret in ["hunter-token", "hunter-weak", "hunter-password"] {
        assert!(!revealed.contains(secret), "{secret} in {revealed}");
    }
    assert_eq!(said(&mut store, &revealed, Omitted::IsRemoved), [""; 0]);
}

#[test]
fn a_dump_is_of_no_use_without_its_key_file() {
    let (_folder, mut store) = store();
    apply_to(&mut store, WHOLE, Omitted::Stays).unwrap();
    let text = dumped(&store);
    let (_other_folder, mut other) = crate::store::testing::store();
    let own = store.read().keyring().id();
    let refused = refusal(&mut other, &text);
    assert!(refused.contains(&format!("made with the key file {own}")), "{refused}");
}

#[test]
fn exported_roles_come_back_in_the_order_of_their_fields() {
    let (_folder, mut store) = store();
    apply_to(&mut store, WHOLE, Omitted::Stays).unwrap();
    let role = store.read().role("editor").unwrap().unwrap();
    assert_eq!(role.label.as_deref(), Some("Editor"));
    let text = dumped(&store);
    let fields: Vec<_> = text
        .lines()
        .skip_while(|line| !line.contains("- uuid: u"))
        .filter_map(|line| line.split_once(':'))
        .map(|(name, _)| name.trim_matches([' ', '-']))
        .take(8)
        .collect();
    assert_eq!(fields, ["uuid", "id", "label", "weight", "is_admin", "permissions", "later", "z"]);
    assert!(text.contains("permissions: {}"), "{text}");
}

#[test]
fn says_what_it_does() {
    let (_folder, mut store) = store();
    apply_to(&mut store, WHOLE, Omitted::Stays).unwrap();
    let changed = said(
        &mut store,
        r#"
site: { cms: null, base_url: "https://other.example.org" }
civicrm: { release: "6.14", settings: { authx_guards: null } }
roles: [ { name: editor, admin: true, permissions: [d] }, { name: new } ]
users:
  - { name: Alice, email: null, contact_id: 8, roles: [new], permissions: null }
  - { name: carol, id: 3 }
contacts: [ { id: 9, deleted: false } ]
"#,
        Omitted::Stays,
    );
    assert_eq!(
        changed,
        [
            "change setting site.base_url: https://crm.example.org → https://other.example.org",
            "remove setting site.cms: wordpress",
            "change setting civicrm.release: 6.10 → 6.14",
            "remove setting civicrm.settings.authx_guards: perm, whatever",
            "change role editor: administrator",
            "add role editor: permission `d`",
            "add role new",
            "change contact 9: not in the trash",
            "add user carol: id 3",
            "change user Alice: name alice → Alice, e-mail a@example.org → none, contact 7 → 8",
            "add user Alice: role new",
            "remove user Alice: permission `x`",
            "remove user Alice: permission `y`",
        ]
    );
}

#[test]
fn what_is_not_mentioned_stays_unless_pruned() {
    let (_folder, mut store) = store();
    apply_to(&mut store, WHOLE, Omitted::Stays).unwrap();
    let partial = "roles: [{name: editor, permissions: [a]}]\nusers: [{name: alice, roles: [editor], permissions: [x]}]";
    assert_eq!(said(&mut store, partial, Omitted::Stays), [""; 0]);
    assert_eq!(
        said(&mut store, partial, Omitted::IsRemoved),
        [
            "remove role editor: permission `b`",
            "remove role editor: permission `c`",
            "remove role anonymous: permission `access content`",
            "remove role root",
            "remove contact 7",
            "remove contact 9",
            "remove user bob",
            "remove user alice: permission `y`",
            "remove user alice: key 5 ci",
            "remove user alice: key 6",
            "remove universal keys: key 7 all",
        ]
    );
    assert!(store.read().role("anonymous").unwrap().is_some());
    assert!(store.read().stored_setting("site.cms").unwrap().is_some());
}

#[test]
fn a_pruned_user_leaves_name_and_id_to_others() {
    let (_folder, mut store) = store();
    apply_to(&mut store, "users: [{name: a, id: 2}, {name: b, id: 3}]", Omitted::Stays).unwrap();
    said(&mut store, "users: [{name: c, id: 2}, {name: b}]", Omitted::IsRemoved);
    assert_eq!(store.read().user(UserId(2)).unwrap().unwrap().name, "c");
}

#[test]
fn keys_of_one_text_are_told_apart_by_what_is_said_of_them() {
    let (_folder, mut store) = store();
    let text = "{key: N84Bl3WWWqWibY6PFcv7DJzk3i8ju6BR";
    let twice =
        format!("universal_keys: [{text}, label: ci}}, {text}, expires: 2027-01-01T00:00:00Z}}]");
    apply_to(&mut store, &twice, Omitted::Stays).unwrap();
    // An entry that wants nothing must not take the key that another one describes.
    for same in [
        format!("universal_keys: [{text}}}, {text}, label: ci}}]"),
        format!("universal_keys: [{text}, label: null}}, {text}}}]"),
        format!("universal_keys: [{text}}}]"),
    ] {
        assert_eq!(said(&mut store, &same, Omitted::Stays), [""; 0], "{same}");
    }
    let thrice = format!("universal_keys: [{text}}}, {text}}}, {text}}}]");
    assert_eq!(said(&mut store, &thrice, Omitted::Stays), ["add universal keys: key"]);
    let unlabelled = format!("universal_keys: [{text}, label: x}}]");
    assert_eq!(
        said(&mut store, &unlabelled, Omitted::IsRemoved),
        [
            "change universal keys: key 1 ci: label",
            "remove universal keys: key 2",
            "remove universal keys: key 3",
        ]
    );
}

#[test]
fn a_thousand_keys_of_one_text_are_told_apart_in_a_moment() {
    let (_folder, mut store) = store();
    let mut keys = vec!["{key: N84Bl3WWWqWibY6PFcv7DJzk3i8ju6BR, label: ci}"; 1500];
    keys.extend(["{key: N84Bl3WWWqWibY6PFcv7DJzk3i8ju6BR}"; 500]);
    let text = |keys: &[&str]| format!("universal_keys: [{}]", keys.join(", "));
    assert_eq!(said(&mut store, &text(&keys), Omitted::Stays).len(), 2000);
    assert_eq!(said(&mut store, &text(&keys), Omitted::IsRemoved), [""; 0]);
    keys.reverse();
    assert_eq!(said(&mut store, &text(&keys), Omitted::IsRemoved), [""; 0]);
    assert_eq!(said(&mut store, &text(&keys[..1990]), Omitted::IsRemoved).len(), 10);
}

#[test]
fn ids_are_given_out_after_those_that_are_asked_for() {
    let (_folder, mut store) = store();
    apply_to(&mut store, "users: [{name: a}, {name: b}, {name: c, id: 2}]", Omitted::Stays)
        .unwrap();
    let id = |name| store.read().user_named(name).unwrap().unwrap().id.0;
    assert_eq!(id("c"), 2);
    assert_eq!(BTreeSet::from([id("a"), id("b")]).len(), 2);
}

#[test]
fn names_the_place_of_what_the_store_contradicts() {
    let (_folder, mut store) = store();
    apply_to(&mut store, WHOLE, Omitted::Stays).unwrap();
    for (text, expected) in [
        ("users:\n- {name: Bob, id: 6}", "f:2:19: the user `bob` has the id 5 in the store"),
        ("users:\n- {name: c, id: 5}", "f:2:17: user id 5 is that of `bob` in the store"),
        (
            "users:\n- {name: alice, roles: [editr]}",
            "f:2:25: `alice` has the role `editr`, which is in neither `roles`, `drupal.roles` nor the store; did you mean `editor`?",
        ),
    ] {
        assert_eq!(refusal(&mut store, text), expected);
    }
}

#[test]
fn one_entry_in_the_audit_log_tells_of_it_all() {
    let (_folder, mut store) = store();
    let before = store.read().audit_head().unwrap().unwrap().seq;
    let done = store.change(&actor(), false, |change| {
        apply(change, &mut rng(), &document(WHOLE), Omitted::Stays, &Prepared::default(), &|_| ())
    });
    assert!(!done.unwrap().is_empty());
    assert_eq!(store.read().audit_head().unwrap().unwrap().seq, before + 1);
}

#[test]
fn a_dry_run_leaves_nothing() {
    let (_folder, mut store) = store();
    let before = dumped(&store);
    let tried: Result<_, Error> = store.change(&actor(), true, |change| {
        apply(change, &mut rng(), &document(WHOLE), Omitted::Stays, &Prepared::default(), &|_| ())
    });
    assert!(!tried.unwrap().is_empty());
    assert_eq!(dumped(&store), before);
}

#[test]
fn drupals_configuration_is_added_to_and_taken_from() {
    let (_folder, mut store) = store();
    apply_to(&mut store, WHOLE, Omitted::Stays).unwrap();
    let said = |store: &mut Store, drupal: &str, omitted| {
        said(store, &format!("drupal: {{ {drupal} }}"), omitted)
    };
    assert_eq!(
        said(
            &mut store,
            "settings: { z_first: 2, new: [hunter], applications: { app1: { id: app1, name: A } } }",
            Omitted::Stays
        ),
        ["change setting drupal.settings: z_first, new", "change application app1: name"]
    );
    assert_eq!(
        said(&mut store, "resources: [ { id: entity.user, status: false } ]", Omitted::Stays),
        ["change resource entity.user: status, later"]
    );
    assert_eq!(
        said(
            &mut store,
            "settings: { rest_api_authentication_customer_api_key: '' }",
            Omitted::Stays
        ),
        [
            "change setting drupal.settings: rest_api_authentication_customer_api_key",
            "remove secret rest_api_authentication_customer_api_key",
        ]
    );
    assert_eq!(
        said(&mut store, "settings: { applications: { app2: null } }", Omitted::Stays),
        ["remove application app2", "remove secret applications.app2.api_token"]
    );
    assert_eq!(
        said(&mut store, "settings: null, resources: null", Omitted::Stays),
        [
            "remove setting drupal.settings",
            "remove api_token",
            "remove application app1",
            "remove resource entity.user",
            "remove resource entity.node",
        ]
    );
}

#[test]
fn pruning_takes_what_a_given_list_omits_and_leaves_lists_that_are_not_given() {
    let (_folder, mut store) = store();
    let text = "drupal: { settings: { applications: { a: { api_token: hunter2 }, b: {} } }, resources: [ { id: x }, { id: y } ] }";
    apply_to(&mut store, text, Omitted::Stays).unwrap();
    assert_eq!(said(&mut store, "authctl: 1", Omitted::IsRemoved), [""; 0]);
    assert_eq!(
        said(
            &mut store,
            "drupal: { settings: { applications: { b: {} } }, resources: [ { id: x } ] }",
            Omitted::IsRemoved
        ),
        ["remove application a", "remove secret applications.a.api_token", "remove resource y"]
    );
}

#[test]
fn the_universal_key_of_the_module_has_three_states() {
    let (_folder, mut store) = store();
    for (token, expected, state) in [
        ("''", "add api_token: empty", ApiToken::Empty),
        ("KEY", "change api_token", ApiToken::Set),
        ("KEY", "", ApiToken::Set),
        ("null", "remove api_token", ApiToken::Absent),
    ] {
        let text = format!("drupal: {{ settings: {{ api_token: {token} }} }}");
        let lines = said(&mut store, &text, Omitted::Stays);
        let lines: Vec<_> = lines.iter().filter(|line| !line.contains("setting")).collect();
        assert_eq!(lines.first().map_or("", |line| line.as_str()), expected, "{token}");
        assert_eq!(store.read().policy().unwrap().drupal.api_token, state);
    }
}

#[test]
fn what_another_extension_stores_is_kept_and_not_shown() {
    let (_folder, mut store) = store();
    let text = |value: &str| format!("civicrm: {{ settings: {{ recaptchaPrivateKey: {value} }} }}");
    for (value, expected) in [
        ("hunter2", "add setting civicrm.settings.recaptchaPrivateKey"),
        ("[hunter3]", "change setting civicrm.settings.recaptchaPrivateKey"),
        ("null", "remove setting civicrm.settings.recaptchaPrivateKey"),
    ] {
        assert_eq!(said(&mut store, &text(value), Omitted::Stays), [expected]);
    }
}

#[test]
fn secrets_of_the_site_are_absent_empty_or_set() {
    let (_folder, mut store) = store();
    for (key, expected) in [
        ("''", "add site key: empty"),
        ("''", ""),
        ("text", "change site key"),
        ("null", "remove site key"),
        ("null", ""),
    ] {
        let text = format!("civicrm: {{ site_key: {key} }}");
        assert_eq!(said(&mut store, &text, Omitted::Stays).concat(), expected, "{key}");
    }
    let digest = "civicrm:\n  site_key: { digest: d, key_file: k }";
    assert_eq!(
        refusal(&mut store, digest),
        "f:2:13: expected the text of the site key, or `{sealed: …}`: it must be readable again"
    );
}

#[test]
fn a_password_that_is_right_already_is_left() {
    let (_folder, mut store) = store();
    // What PHP's `password_hash` makes of `tolerable`, cost 4.
    let hash = bcrypt::hash("tolerable", 4).unwrap();
    let user = |password: &str| format!("users: [{{name: a, id: 2, password: {password}}}]");
    for (password, expected) in [
        (format!("{{hash: '{hash}'}}"), "add user a: id 2add user a: password"),
        (format!("{{hash: '{hash}'}}"), ""),
        ("{plain: tolerable}".to_owned(), ""),
        ("{plain: other}".to_owned(), "change user a: password"),
        ("{plain: other}".to_owned(), ""),
        ("null".to_owned(), "remove user a: password"),
    ] {
        assert_eq!(said(&mut store, &user(&password), Omitted::Stays).concat(), expected);
    }
}

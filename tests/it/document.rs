//! `authctl apply`, `authctl diff`, `authctl dump`

use snapbox::str;

use crate::sandbox::Sandbox;

const DOCUMENT: &str = r#"authctl: 1
site: { base_url: "https://crm.example.org", cms: drupal }
civicrm:
  release: "6.14"
  site_key: hunter-site-key
  settings: { authx_guards: [perm, sitekey] }
roles:
  - { name: api_admin, permissions: ["administer users"] }
users:
  - name: alice
    id: 2
    contact_id: 101
    roles: [api_admin]
    permissions: ["authenticate with api key"]
    keys: [ { key: N84Bl3WWWqWibY6PFcv7DJzk3i8ju6BR, label: ci } ]
contacts:
  - { id: 101 }
"#;

#[test]
fn says_what_changes_and_then_that_nothing_does() {
    let sandbox = Sandbox::with_store();
    sandbox.write("site.yml", DOCUMENT);
    sandbox.run(["apply", "site.yml"]).success().stdout_eq(str![[r#"
ACTION  SUBJECT                        DETAIL
add     setting site.base_url          https://crm.example.org
add     setting site.cms               drupal
add     setting civicrm.release        6.14
add     setting                        perm, sitekey
        civicrm.settings.authx_guards
add     site key
add     role api_admin
add     role api_admin                 permission `administer users`
add     contact 101
add     user alice                     id 2, contact 101
add     user alice                     role api_admin
add     user alice                     permission `authenticate with api key`
add     user alice                     key ci

"#]]).stderr_eq(str![[r#"
warning: site.yml:6:29: upstream does not know `sitekey` in `authx_guards` (it knows site_key, perm); did you mean `site_key`?
Applied `site.yml`: 12 added.

"#]]);
    sandbox.run(["apply", "site.yml"]).success().stdout_eq(str![]).stderr_eq(str![[r#"
warning: site.yml:6:29: upstream does not know `sitekey` in `authx_guards` (it knows site_key, perm); did you mean `site_key`?
The store is as `site.yml` says already.

"#]]);
    sandbox.run(["diff", "site.yml", "--format", "json"]).success().stdout_eq(str![[r#"
[]

"#]]);
    sandbox.run(["user", "show", "alice"]).success().stdout_eq(str![[r#"
id               2
name             alice
email
status           active
contact id       101
roles            api_admin
password         none
admin            false
permissions      authenticate with api key
all permissions  administer users, authenticate with api key

"#]]);
}

#[test]
fn a_dry_run_and_a_difference_tell_the_same_and_keep_nothing() {
    let sandbox = Sandbox::with_store();
    let text = "{ authctl: 1, users: [ { name: alice, permissions: [x] } ] }";
    let dry = sandbox.run_with(text, ["apply", "-", "--dry-run", "--format", "jsonl"]).success();
    let diff = sandbox.run_with(text, ["diff", "-", "--format", "jsonl"]).code(3);
    assert_eq!(dry.get_output().stdout, diff.get_output().stdout);
    diff.stdout_eq(str![[r#"
{"action":"add","subject":"user alice","detail":""}
{"action":"add","subject":"user alice","detail":"permission `x`"}

"#]])
        .stderr_eq(str![[r#"
Applying `-` would change the store: 2 added.

"#]]);
    sandbox.run(["user", "exists", "alice"]).code(3);
}

#[test]
fn a_fault_has_its_place_and_changes_nothing() {
    let sandbox = Sandbox::with_store();
    sandbox.write("site.yml", "users:\n  - name: alice\n    contct_id: 3\n");
    sandbox.run(["apply", "site.yml"]).code(1).stdout_eq("").stderr_eq(str![[r#"
error: site.yml:3:5: unknown field `contct_id`; did you mean `contact_id`?

"#]]);
    let text = "authctl: 1\nusers: [ { name: alice }, { name: bob, roles: [editor] } ]";
    sandbox.run_with(text, ["apply", "-"]).code(1).stdout_eq("").stderr_eq(str![[r#"
error: -:2:48: `bob` has the role `editor`, which is in neither `roles`, `drupal.roles` nor the store

"#]]);
    sandbox.run(["user", "exists", "alice"]).code(3);
    sandbox.run(["apply", "nowhere.yml"]).code(1).stdout_eq("").stderr_eq(str![[r#"
error: cannot read `nowhere.yml`: no such file or directory

"#]]);
}

#[test]
fn pruning_asks_before_it_removes() {
    let sandbox = Sandbox::with_store();
    sandbox.write("site.yml", DOCUMENT);
    sandbox.ok(["apply", "site.yml", "--prune"]);
    sandbox.ok(["user", "add", "bob"]);
    sandbox.run(["apply", "site.yml", "--prune"]).code(2).stdout_eq("").stderr_eq(str![[r#"
warning: site.yml:6:29: upstream does not know `sitekey` in `authx_guards` (it knows site_key, perm); did you mean `site_key`?
error: not confirmed: remove what `site.yml` omits, 1 removal?
hint: Add `--yes` to go on without a question, or `--dry-run` to try it.

"#]]);
    sandbox.run(["apply", "site.yml", "--prune", "--yes"]).success().stdout_eq(str![[r#"
ACTION  SUBJECT   DETAIL
remove  user bob

"#]]);
    sandbox.run(["user", "exists", "bob"]).code(3);
}

#[test]
fn a_dump_can_be_applied_and_shows_secrets_only_when_told_to() {
    let sandbox = Sandbox::with_store();
    sandbox.write("site.yml", DOCUMENT);
    sandbox.ok(["apply", "site.yml"]);
    let yaml = sandbox.ok(["dump"]);
    let json = sandbox.ok(["dump", "--format", "json"]);
    for text in [&yaml, &json] {
        assert!(!text.contains("hunter-site-key") && !text.contains("N84Bl3WWW"), "{text}");
        sandbox.run_with(text.as_str(), ["diff", "-", "--prune"]).success();
    }
    let seq = || sandbox.ok(["audit", "head"]);
    let before = seq();
    let revealed = sandbox.ok(["dump", "--reveal"]);
    assert!(revealed.contains("site_key: hunter-site-key"), "{revealed}");
    assert_ne!(before, seq());
    sandbox.run_with(revealed, ["diff", "-", "--prune"]).success();
    sandbox.run(["dump", "--format", "csv"]).code(2).stdout_eq("").stderr_eq(str![[r#"
error: `authctl dump` prints YAML or JSON alone
hint: Leave out `--format` for YAML, or give `--format json`.

"#]]);
}

#[test]
fn nothing_that_was_given_lies_open_in_the_store() {
    let sandbox = Sandbox::with_store();
    let text = r#"authctl: 1
civicrm: { site_key: hunter-1, sign_keys: "jwt-hs256:hunter-2" }
drupal:
  settings: { api_token: hunter-3, rest_api_authentication_customer_api_key: hunter-4, applications: { a: { api_token: hunter-5 } } }
users: [ { name: a, password: { plain: hunter-6 }, keys: [ { key: hunter-7, recoverable: true } ] } ]
contacts: [ { id: 1, keys: [ { key: hunter-8 } ] } ]
universal_keys: [ { key: hunter-9 } ]
"#;
    sandbox.run_with(text, ["apply", "-"]).success();
    sandbox.run(["check"]).success();
    let store = std::fs::read(sandbox.path(".local/share/authctl/authctl.db")).unwrap();
    assert!(!store.windows(7).any(|bytes| bytes == b"hunter-"));
}

#[test]
fn of_many_warnings_the_first_are_printed() {
    let sandbox = Sandbox::with_store();
    let words: Vec<String> = (0..300).map(|at| format!("w{at}")).collect();
    let text =
        format!("authctl: 1\ncivicrm: {{ settings: {{ authx_guards: [{}] }} }}", words.join(", "));
    sandbox.write("site.yml", &text);
    let run = sandbox.run(["apply", "site.yml"]).success();
    let told = String::from_utf8(run.get_output().stderr.clone()).unwrap();
    let warnings: Vec<&str> = told.lines().filter(|line| line.starts_with("warning:")).collect();
    assert_eq!(warnings.len(), 11);
    let last = "warning: 290 more of the document's words and names are not known";
    assert_eq!(warnings[10], last);
}

#[test]
fn a_list_cannot_be_unset_and_nothing_need_be_said() {
    let sandbox = Sandbox::with_store();
    sandbox.write("site.yml", "users: []");
    sandbox.run(["apply", "site.yml"]).success();
    sandbox.write("site.yml", "authctl: 1\nusers: null");
    sandbox.run(["apply", "site.yml"]).code(1).stderr_eq(str![[r#"
error: site.yml:2:8: expected a list, not null: what is left out stays, and `--prune` removes it

"#]]);
}

//! `authctl guard`, `authctl flow`, `authctl setting`

use snapbox::str;

use crate::sandbox::Sandbox;

#[test]
fn guards_begin_as_upstream_has_them() {
    let sandbox = Sandbox::with_store();
    sandbox.run(["guard", "show"]).success().stdout_eq(str![[r#"
guards   site_key, perm
default  true

"#]]);
    sandbox.run(["guard", "set", "perm"]).success().stderr_eq(str![[r#"
The guard asked for is perm.

"#]]);
    sandbox.run(["guard", "set", "perm"]).success().stderr_eq(str![[r#"
It is so already.

"#]]);
    sandbox.run(["guard", "show", "--format", "jsonl"]).success().stdout_eq(str![[r#"
{"guards":["perm"],"default":false}

"#]]);
    sandbox.run(["guard", "set", "--none"]).success().stderr_eq(str![[r#"
No guard is asked for.
warning: without guards every accepted credential is let in

"#]]);
    sandbox.run(["guard", "set", "prem"]).code(4).stderr_eq(str![[r#"
error: no guard `prem`
hint: Did you mean `perm`?

"#]]);
    sandbox.run(["guard", "set"]).code(2).stderr_eq(str![[r#"
error: missing: `<GUARD|--none>`
hint: The form is `authctl guard set <GUARD|--none>`; `--help` tells more.

"#]]);
}

#[test]
fn flows_show_the_defaults_of_the_release() {
    let sandbox = Sandbox::with_store();
    sandbox.run(["flow", "list"]).success().stdout_eq(str![[r#"
FLOW        CRED          USER MODE  DEFAULT
param       jwt, api_key  optional   true
header      jwt, api_key  optional   true
xheader     jwt, api_key  optional   true
login       jwt           optional   true
auto        jwt           optional   true
script      jwt           optional   true
pipe        jwt, api_key  optional   true
legacyrest  jwt, api_key  require    true

"#]]);
    sandbox.ok(["setting", "set", "civicrm.release", "6.13"]);
    sandbox.ok(["flow", "set", "login", "auto", "--cred", "jwt,pass", "--user-mode", "require"]);
    sandbox.run(["flow", "list", "--format", "csv"]).success().stdout_eq(str![[r#"
flow,cred,user_mode,default
param,"jwt, api_key",optional,true
header,none,optional,true
xheader,"jwt, api_key",optional,true
login,"jwt, pass",require,false
auto,"jwt, pass",require,false
script,jwt,optional,true
pipe,"jwt, api_key",optional,true
legacyrest,"jwt, api_key",require,true

"#]]);
    sandbox.run(["flow", "reset", "login"]).success().stderr_eq(str![[r#"
Put back to the default: `login`.

"#]]);
    sandbox.run(["flow", "set", "xhaeder", "--no-cred"]).code(4).stderr_eq(str![[r#"
error: no flow `xhaeder`
hint: Did you mean `xheader`?

"#]]);
    sandbox.run(["flow", "set", "header", "--cred", "password"]).code(4).stderr_eq(str![[r#"
error: no credential type `password`
hint: `authctl setting set civicrm.settings.authx_header_cred WORDS` takes those of extensions.

"#]]);
}

#[test]
fn settings_are_named_checked_and_listed() {
    let sandbox = Sandbox::with_store();
    sandbox
        .run(["setting", "set", "site.cms=wordpress", "site.base_url=https://crm.example.org/?a=b"])
        .success()
        .stderr_eq(str![[r#"
Set: `site.cms`, `site.base_url`.

"#]]);
    sandbox.run(["setting", "get", "site.base_url"]).success().stdout_eq(str![[r#"
https://crm.example.org/?a=b

"#]]);
    sandbox.run(["setting", "set", "site.cms", "typo3"]).code(2).stderr_eq(str![[r#"
error: `site.cms` takes one of drupal, drupal7, backdrop, wordpress, joomla, standalone

"#]]);
    sandbox.run(["setting", "get", "site.csm"]).code(4).stderr_eq(str![[r#"
error: no setting `site.csm`
hint: Did you mean `site.cms`?

"#]]);
    sandbox
        .run(["setting", "set", "civicrm.settings.authx_header_cred", "jwt,apikey"])
        .success()
        .stderr_eq(str![[r#"
warning: upstream does not know `apikey` in `authx_header_cred` (it knows jwt, api_key, pass); did you mean `api_key`?
Set: `civicrm.settings.authx_header_cred`.

"#]]);
    sandbox.run(["setting", "list"]).success().stdout_eq(str![[r#"
NAME                                            VALUE                    DEFAULT
civicrm.api_key_collation                       ci                       true
civicrm.cms_overrides.password_rejects_blocked                           true
civicrm.cms_overrides.reports_blocked                                    true
civicrm.release                                 6.14                     true
civicrm.settings.authx_auto_cred                jwt                      true
civicrm.settings.authx_auto_user                optional                 true
civicrm.settings.authx_guards                   site_key,perm            true
civicrm.settings.authx_header_cred              jwt,apikey               false
civicrm.settings.authx_header_user              optional                 true
civicrm.settings.authx_legacyrest_cred          jwt,api_key              true
civicrm.settings.authx_legacyrest_user          require                  true
civicrm.settings.authx_login_cred               jwt                      true
civicrm.settings.authx_login_user               optional                 true
civicrm.settings.authx_param_cred               jwt,api_key              true
civicrm.settings.authx_param_user               optional                 true
civicrm.settings.authx_pipe_cred                jwt,api_key              true
civicrm.settings.authx_pipe_user                optional                 true
civicrm.settings.authx_script_cred              jwt                      true
civicrm.settings.authx_script_user              optional                 true
civicrm.settings.authx_xheader_cred             jwt,api_key              true
civicrm.settings.authx_xheader_user             optional                 true
drupal.core                                     10.3                     true
drupal.jsonapi_read_only                        true                     true
drupal.key_auth                                                          true
drupal.module                                   guide                    true
drupal.output_buffering                         4096                     true
drupal.settings.authentication_method                                    true
drupal.settings.custom_header                                            true
drupal.settings.default_application_id                                   true
drupal.settings.enable_authentication           0                        true
drupal.settings.ip_access_type                                           true
drupal.settings.list_of_apis                                             true
drupal.settings.list_of_ips                                              true
drupal.settings.rest_api_auth_type                                       true
drupal.settings.rolebased_restrict_map_array                             true
drupal.super_user                               true                     true
site.base_url                                   https://crm.example.org  false
                                                /?a=b
site.cms                                        wordpress                false

"#]]);
    sandbox.run(["setting", "reset", "site.cms"]).success().stderr_eq(str![[r#"
Put back to the default: `site.cms`.

"#]]);
}

#[test]
fn the_modules_settings_are_set_field_by_field_and_never_secrets() {
    let sandbox = Sandbox::with_store();
    sandbox
        .run([
            "setting",
            "set",
            "drupal.settings.enable_authentication=on",
            "drupal.settings.miniorange_tried=Successful",
        ])
        .success()
        .stderr_eq(str![[r#"
Set: `drupal.settings.enable_authentication`, `drupal.settings.miniorange_tried`.

"#]]);
    sandbox.run(["setting", "get", "drupal.settings"]).success().stdout_eq(str![[r#"
{"enable_authentication":1,"miniorange_tried":"Successful"}

"#]]);
    let list = sandbox.ok(["setting", "list", "--format", "csv"]);
    assert!(list.contains("drupal.settings.enable_authentication,1,false\n"), "{list}");
    assert!(list.contains("drupal.settings.miniorange_tried,Successful,false\n"), "{list}");
    assert!(!list.contains("drupal.settings,"), "{list}");
    sandbox
        .run(["setting", "set", "drupal.settings.enable_authentication", "maybe"])
        .code(2)
        .stderr_eq(str![[r#"
error: `drupal.settings.enable_authentication` takes one of 0, 1

"#]]);
    sandbox
        .run(["setting", "set", "drupal.settings.enable_authentification", "1"])
        .success()
        .stderr_eq(str![[r#"
note: nothing reads `drupal.settings.enable_authentification` here; did you mean `drupal.settings.enable_authentication`?
Set: `drupal.settings.enable_authentification`.

"#]]);
    for name in ["api_token", "rest_api_authentication_customer_api_key", "applications"] {
        let name = format!("drupal.settings.{name}");
        for words in [vec!["setting", "set", &name, "hunter2"], vec!["setting", "get", &name]] {
            let refused = sandbox.run(words).code(2);
            let told = String::from_utf8_lossy(&refused.get_output().stderr).into_owned();
            assert!(told.contains("not a setting") && !told.contains("hunter2"), "{told}");
        }
    }
    let object = "drupal.settings={\"api_token\":\"hunter2\"}";
    sandbox.run(["setting", "set", object]).code(2).stderr_eq(str![[r#"
error: `drupal.settings` is set field by field
hint: Set one with `authctl setting set drupal.settings.NAME VALUE`, or bring an exported object in with `authctl apply`.

"#]]);
}

#[test]
fn a_secret_in_a_setting_is_refused_and_an_unknown_value_is_not_audited() {
    let sandbox = Sandbox::with_store();
    for (name, value) in [
        ("civicrm.settings.mailing_backend", "{\"smtpPassword\":\"hunter2\"}"),
        ("civicrm.settings.mailing_backends", "[{\"smtpPassword\":\"hunter2\"}]"),
        ("civicrm.settings.smtpPassword", "hunter2"),
    ] {
        let refused = sandbox.run(["setting", "set", name, value]).code(2);
        let told = String::from_utf8_lossy(&refused.get_output().stderr).into_owned();
        assert!(told.contains("may hold a secret") && !told.contains("hunter2"), "{told}");
    }
    sandbox.ok(["setting", "set", "civicrm.settings.other=hunter2", "site.cms=wordpress"]);
    let log = sandbox.ok(["audit", "list", "--format", "jsonl"]);
    assert!(
        !log.contains("hunter2") && log.contains("\"sha256\"") && log.contains("wordpress"),
        "{log}"
    );
}

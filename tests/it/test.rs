//! `authctl test`

use serde_json::{Value, json};
use snapbox::str;

use crate::sandbox::Sandbox;

/// A site with a guard of two parts, where alice has the permission and bob has not.
const POLICY: &str = r#"
  site: { base_url: "https://crm.example.org" }
  civicrm: { site_key: S1teKeyS1teKeyS1teKey }
  contacts: [ { id: 101 }, { id: 102 } ]
  users:
    - name: alice
      id: 2
      contact_id: 101
      permissions: ["authenticate with api key"]
      keys: [ { key: N84Bl3WWWqWibY6PFcv7DJzk3i8ju6BR } ]
    - name: bob
      id: 3
      contact_id: 102
      keys: [ { key: q8Zr2LwX0vN5tB7yH3dK9sF1mJ4pC6gA } ]
"#;

const CASES: &str = r#"
cases:
  - name: alice is let in by her permission
    request: |
      curl https://crm.example.org/civicrm/authx/id \
        -H 'X-Civi-Auth: Bearer N84Bl3WWWqWibY6PFcv7DJzk3i8ju6BR'
    expect: { decision: allow, reason: authx.accepted, flow: xheader, user: alice, status: null }
  - name: bob needs more than his key
    request: |
      GET /civicrm/authx/id HTTP/1.1
      Host: crm.example.org
      X-Civi-Auth: Bearer q8Zr2LwX0vN5tB7yH3dK9sF1mJ4pC6gA
    expect: { decision: deny, reason: authx.guard.unsatisfied, status: 401 }
  - name: the site key lets bob in
    request:
      url: /civicrm/authx/id
      headers:
        X-Civi-Auth: Bearer q8Zr2LwX0vN5tB7yH3dK9sF1mJ4pC6gA
        X-Civi-Key: S1teKeyS1teKeyS1teKey
    expect: { decision: allow, credential: api_key, user_id: 3, contact_id: 102, session: false }
"#;

fn with_policy() -> String {
    format!("policy:{POLICY}{CASES}")
}

/// The same cases, of which the second expects what is not so.
fn failing() -> String {
    with_policy().replace(
        "decision: deny, reason: authx.guard.unsatisfied, status: 401",
        "decision: allow, user: bob, warnings: [authx.warning.no_guard]",
    )
}

#[test]
fn a_file_with_its_own_policy_needs_no_store() {
    let sandbox = Sandbox::new();
    sandbox.write("t.yaml", &with_policy());
    sandbox
        .run(["test", "t.yaml"])
        .success()
        .stdout_eq(str![[r#"
3 cases: 3 passed.

"#]])
        .stderr_eq("");
    sandbox.run(["test", "t.yaml", "--verbose"]).success().stdout_eq(str![[r#"
passed  t.yaml:17  alice is let in by her permission
passed  t.yaml:22  bob needs more than his key
passed  t.yaml:28  the site key lets bob in
3 cases: 3 passed.

"#]]);
}

#[test]
fn a_failing_case_prints_what_was_observed_and_required() {
    let sandbox = Sandbox::new();
    sandbox.write("t.yaml", &failing());
    sandbox
        .run(["test", "t.yaml"])
        .code(3)
        .stdout_eq(str![[r#"
FAILED  t.yaml:22  bob needs more than his key

  decision: expected allow, and it is deny
  warnings: expected authx.warning.no_guard, and it is none

  DENIED  401  Login not permitted. Must satisfy guard (site_key, perm).

    CiviCRM AuthX · flow xheader · api key 2 of bob (contact 102, user 3)

    ✓ path          civicrm/authx/id
    ✓ credential    X-Civi-Auth: Bearer
    ✓ known key     key 2, bob (contact 102, user 3)
    ✓ contact       contact 102 exists
    ✓ type allowed  authx_xheader_cred = jwt, api_key
    ✗ guards        any one of site_key, perm
        site_key      none sent; send header X-Civi-Key or parameter _authxSiteKey
        perm          bob lacks `authenticate with api key`; the permission

3 cases: 2 passed, 1 failed.

"#]])
        .stderr_eq("");
}

#[test]
fn no_report_repeats_a_credential() {
    let sandbox = Sandbox::new();
    sandbox.write("t.yaml", &failing());
    for format in ["table", "json", "jsonl", "csv", "tap", "junit"] {
        let run = sandbox.run(["test", "t.yaml", "--verbose", "--format", format]).code(3);
        let output = run.get_output();
        let text = [output.stdout.clone(), output.stderr.clone()].concat();
        let text = String::from_utf8(text).unwrap();
        for secret in ["N84Bl3WWW", "q8Zr2LwX0v", "S1teKey"] {
            assert!(!text.contains(secret), "{format}: {text}");
        }
    }
}

#[test]
fn coverage_names_what_no_case_would_miss() {
    let sandbox = Sandbox::new();
    sandbox.write("t.yaml", &with_policy());
    sandbox.run(["test", "t.yaml", "--coverage"]).success().stdout_eq(str![[r#"
3 cases: 3 passed.
4 of 11 parts of the policy are exercised (36.3 %).

Not exercised by any case:
  flow  param
  flow  header
  flow  login
  flow  auto
  flow  script
  flow  pipe
  flow  legacyrest

"#]]);
    // A refusal alone hangs on neither guard: without one the other would refuse as well.
    let filter = ["test", "t.yaml", "--filter", "bob needs*", "--format", "json", "--coverage"];
    let report: Value = serde_json::from_str(&sandbox.ok(filter)).unwrap();
    assert_eq!(report["left_out"], 2);
    let exercised: Vec<&Value> = report["coverage"]["parts"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|part| part["exercised"] == true)
        .map(|part| &part["name"])
        .collect();
    assert_eq!(exercised, ["xheader"]);
}

#[test]
fn a_threshold_that_is_not_reached_fails_the_run() {
    let sandbox = Sandbox::new();
    sandbox.write("t.yaml", &with_policy());
    sandbox.run(["test", "t.yaml", "--threshold", "36"]).success();
    sandbox
        .run(["test", "t.yaml", "--format", "junit", "--coverage", "--threshold", "90"])
        .code(3)
        .stdout_eq(str![[r#"
<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="authctl" tests="4" failures="1" errors="0">
  <testsuite name="t.yaml" tests="3" failures="0" errors="0" skipped="0">
    <testcase name="alice is let in by her permission" classname="t.yaml" file="t.yaml" line="17"/>
    <testcase name="bob needs more than his key" classname="t.yaml" file="t.yaml" line="22"/>
    <testcase name="the site key lets bob in" classname="t.yaml" file="t.yaml" line="28"/>
  </testsuite>
  <testsuite name="coverage" tests="1" failures="1" errors="0" skipped="0">
    <properties>
      <property name="coverage" value="36.3"/>
      <property name="not exercised" value="flow param"/>
      <property name="not exercised" value="flow header"/>
      <property name="not exercised" value="flow login"/>
      <property name="not exercised" value="flow auto"/>
      <property name="not exercised" value="flow script"/>
      <property name="not exercised" value="flow pipe"/>
      <property name="not exercised" value="flow legacyrest"/>
    </properties>
    <testcase name="coverage of 90 % or more" classname="coverage">
      <failure type="coverage" message="4 of 11 parts of the policy are exercised (36.3 %)">not exercised: flow param
not exercised: flow header
not exercised: flow login
not exercised: flow auto
not exercised: flow script
not exercised: flow pipe
not exercised: flow legacyrest</failure>
    </testcase>
  </testsuite>
</testsuites>

"#]]);
    sandbox.run(["test", "t.yaml", "--threshold", "101"]).code(2);
}

#[test]
fn applications_are_parts_of_the_policy() {
    let sandbox = Sandbox::new();
    let policy = json!({
        "drupal": { "module": "guide", "settings": { "enable_authentication": true, "applications": {
            "one": { "name": "One", "authentication_method": 1 },
            "two": { "name": "Two", "authentication_method": 1 },
        }}},
        "users": [{ "name": "alice", "id": 2, "keys": [{ "key": "N84Bl3WWWqWibY6PFcv7DJzk3i8ju6BR" }] }],
    });
    let request = |application: &str| {
        json!({
            "url": "/jsonapi/user/user",
            "headers": { "AUTH-METHOD": application, "Authorization": "Basic nonsense" },
        })
    };
    let case = json!({
        "name": "a malformed header", "request": request("one"), "expect": { "decision": "deny" },
    });
    let suite = json!({ "policy": policy, "cases": [case] });
    sandbox.write("t.json", &suite.to_string());
    let run = ["test", "t.json", "--coverage", "--format", "json"];
    let report: Value = serde_json::from_str(&sandbox.ok(run)).unwrap();
    let parts: Vec<_> = report["coverage"]["parts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|part| {
            (
                part["kind"].as_str().unwrap(),
                part["name"].as_str().unwrap(),
                part["exercised"] == true,
            )
        })
        .collect();
    assert_eq!(parts, [("application", "one", true), ("application", "two", false)]);
}

#[test]
fn cases_are_judged_against_the_store_or_a_document_named_anywhere() {
    let sandbox = Sandbox::with_store();
    std::fs::create_dir(sandbox.path("sub")).unwrap();
    sandbox.write("site.yaml", &format!("authctl: 1{}", POLICY.replace("\n  ", "\n")));
    sandbox.write("sub/site.yaml", &POLICY.replace("\n  ", "\n"));
    sandbox.write("sub/named.yaml", &format!("policy: site.yaml\n{CASES}"));
    sandbox.write("plain.yaml", CASES);
    sandbox.run(["test", "plain.yaml"]).code(3);
    sandbox.run(["test", "plain.yaml", "--policy", "site.yaml"]).success();
    sandbox.run(["test", "sub/named.yaml"]).success();
    sandbox.ok(["apply", "site.yaml"]);
    sandbox.run(["test", "plain.yaml", "sub/named.yaml"]).success().stdout_eq(str![[r#"
6 cases: 6 passed.

"#]]);
    sandbox.run_with(CASES, ["test", "-"]).success();
}

#[test]
fn a_case_may_assume_something_of_the_site() {
    let sandbox = Sandbox::new();
    let case = r#"
  - name: without the guard bob is let in
    request: { url: /civicrm/authx/id, headers: { X-Civi-Auth: Bearer q8Zr2LwX0vN5tB7yH3dK9sF1mJ4pC6gA } }
    assume: [ guards= ]
    expect: { decision: allow, warnings: [authx.warning.no_guard] }
"#;
    sandbox.write("t.yaml", &format!("{}{case}", with_policy()));
    sandbox.run(["test", "t.yaml"]).success();
    let slip = format!("{}{case}", with_policy()).replace("guards=", "gaurds=");
    let line = slip.lines().position(|line| line.contains("gaurds")).unwrap() + 1;
    sandbox.write("t.yaml", &slip);
    let error = sandbox.run(["test", "t.yaml"]).code(1).get_output().stderr.clone();
    let expected = format!("error: t.yaml:{line}:15: expected guards=…");
    assert!(String::from_utf8(error).unwrap().starts_with(&expected));
}

#[test]
fn an_assumption_of_a_test_file_reads_no_secret_from_elsewhere() {
    let sandbox = Sandbox::new();
    sandbox.write("key", "S1teKeyS1teKeyS1teKey");
    for source in ["-", "prompt", "@key"] {
        let case = format!(
            "
  - name: it is read
    request: {{ url: /civicrm/authx/id, headers: {{ X-Civi-Auth: Bearer q8Zr2LwX0vN5tB7yH3dK9sF1mJ4pC6gA }} }}
    assume: [ guards=site_key, 'site_key={source}' ]
    expect: {{ decision: allow }}
"
        );
        let text = with_policy() + &case;
        let line = text.lines().position(|line| line.contains("assume:")).unwrap() + 1;
        sandbox.write("t.yaml", &text);
        let run = sandbox.run_with("", ["test", "t.yaml"]).code(1);
        assert_eq!(
            String::from_utf8(run.get_output().stderr.clone()).unwrap(),
            format!(
                "error: t.yaml:{line}:32: a test file reads no site key from elsewhere; expected `site_key=` or `site_key!`\n\
                 hint: A key that is not empty stands in the policy: `civicrm: {{ site_key: KEY }}`.\n"
            )
        );
    }
}

#[test]
fn nobody_is_not_an_account_called_none() {
    let sandbox = Sandbox::new();
    let policy = POLICY.replace("name: bob", "name: none");
    let case = |user: &str, sends: &str| {
        let case = format!(
            "
cases:
  - name: who it is
    request: {{ url: /civicrm/authx/id, headers: {{ {sends} }} }}
    expect: {{ decision: {}, user: {user} }}
",
            if sends.is_empty() { "anonymous" } else { "allow" }
        );
        sandbox.write("t.yaml", &format!("policy:{policy}{case}"));
        let output = sandbox.command(["test", "t.yaml", "--format", "csv"]).assert();
        let code = output.get_output().status.code().unwrap();
        (code, String::from_utf8(output.get_output().stdout.clone()).unwrap())
    };
    let sends =
        "X-Civi-Auth: Bearer q8Zr2LwX0vN5tB7yH3dK9sF1mJ4pC6gA, X-Civi-Key: S1teKeyS1teKeyS1teKey";
    assert_eq!(case("null", "").0, 0);
    assert_eq!(case("none", sends).0, 0);
    let (code, told) = case("none", "");
    assert!(code == 3 && told.contains("user: expected `none`, and it is none"), "{told}");
    let (code, told) = case("null", sends);
    assert!(code == 3 && told.contains("user: expected none, and it is `none`"), "{told}");
}

#[cfg(target_os = "linux")]
#[test]
fn policies_whose_names_are_alike_only_when_printed_are_two() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;

    let sandbox = Sandbox::new();
    let mut files = Vec::new();
    for (byte, policy) in
        [(b'\xfe', POLICY.to_owned()), (b'\xff', POLICY.replace("q8Zr2L", "other1"))]
    {
        let folder = sandbox.path("").join(OsStr::from_bytes(&[byte]));
        std::fs::create_dir(&folder).unwrap();
        std::fs::write(folder.join("p.yaml"), policy).unwrap();
        let file = folder.join("t.yaml");
        std::fs::write(&file, format!("policy: p.yaml\n{CASES}")).unwrap();
        files.push(file);
    }
    let _ = sandbox.run([OsStr::new("test"), files[0].as_os_str()]).success();
    for order in [[0, 1], [1, 0]] {
        let words = order.map(|at: usize| files[at].as_os_str());
        let run = sandbox.run([OsStr::new("test")].into_iter().chain(words)).code(3);
        let told = String::from_utf8(run.get_output().stdout.clone()).unwrap();
        assert!(told.contains("6 cases: 4 passed, 2 failed"), "{told}");
    }
}

#[test]
fn what_cannot_be_tested_is_told() {
    let sandbox = Sandbox::new();
    sandbox.write("t.yaml", &with_policy());
    sandbox.run(["test", "t.yaml", "--filter", "nosuch"]).code(4).stderr_eq(str![[r#"
error: no case has a name that `--filter` is for

"#]]);
    sandbox.run(["test", "absent.yaml"]).code(1).stderr_eq(str![[r#"
error: cannot read `absent.yaml`: no such file or directory

"#]]);
    sandbox.run(["test", "t.yaml", "--format", "csv", "--coverage"]).code(2).stderr_eq(str![[r#"
error: `--coverage` has no place in a list of cases
hint: Give `--format json`, `junit` or `tap`, or leave out `--format`.

"#]]);
    sandbox.write("bad.yaml", "cases:\n  - name: a\n    request: curl h\n");
    sandbox.run(["test", "bad.yaml"]).code(1).stderr_eq(str![[r#"
error: bad.yaml:3:5: expected the field `expect` here

"#]]);
    sandbox.write("named.yaml", &format!("policy: absent.yaml\n{CASES}"));
    sandbox.run(["test", "named.yaml"]).code(1).stderr_eq(str![[r#"
error: cannot read `absent.yaml`: no such file or directory

"#]]);
    // The protocols are for this command alone.
    sandbox.run(["user", "list", "--format", "tap"]).code(2);
}

//! Remedies change the verdict, and say how.

use base64::Engine as _;
use serde_json::{Value, json};

use super::cases::{OWN, cases, own};
use super::world::{Case, World};
use crate::verify::civicrm::remedy::{self, Trial};
use crate::verify::civicrm::site::Site;
use crate::verify::civicrm::{self, code};
use crate::verify::{Decision, Extent, Facts, Policy, Remedy, Request, System, Verdict, decide};

/// A case as what `decide` is given.
fn given(case: &Case, world: &World) -> (Request<'static>, Policy, Facts, i64) {
    let request = case.request.build(&case.id, world);
    let policy = world.policy();
    let facts = world.facts(&civicrm::presented(&request, &policy));
    (request, policy, facts, world.now.unwrap_or_default())
}

/// The verdict on a request in one of our worlds.
pub(super) fn decided(world: &str, request: &Value) -> Verdict {
    let worlds = &*OWN;
    let case = json!({"id": "x", "world": world, "request": request, "expect": {}});
    let case: Case = serde_json::from_value(case).unwrap();
    let (request, policy, facts, now) = given(&case, &worlds[world]);
    decide(Extent::Whole, System::CiviCrm, &request, &policy, &facts, now)
}

fn remedies(world: &str, request: &Value) -> Vec<Remedy> {
    decided(world, request).remedies
}

fn commands(world: &str, request: &Value) -> Vec<Vec<String>> {
    remedies(world, request).into_iter().map(|remedy| remedy.authctl).collect()
}

fn with_key(key: &str) -> Value {
    json!({"method": "GET", "path": "civicrm/authx/id", "headers": {"X-Civi-Auth": format!("Bearer {key}")}})
}

#[test]
fn every_remedy_lets_the_request_in() {
    let worlds = &*OWN;
    let mut tried = 0;
    for case in cases(&own()) {
        let (request, policy, facts, now) = given(&case, &worlds[&case.world]);
        let site = Site { policy: &policy, facts: &facts, now };
        let finding = civicrm::judge(site, &request);
        if !remedy::wanted(&finding) {
            continue;
        }
        for steps in remedy::search(site, &request, &finding) {
            tried += 1;
            let start = Trial::new(&request, &policy, &facts);
            let end = steps.iter().fold(start, |trial, step| {
                trial.after(step.clone(), now).unwrap_or_else(|| panic!("{}: {step:?}", case.id))
            });
            let found = end.judge(now);
            assert_eq!(found.decision, Decision::Allow, "{}: {steps:?}", case.id);
            assert_ne!(found.reason, code::SESSION_KEPT, "{}: {steps:?}", case.id);
        }
    }
    assert!(tried > 150, "only {tried} remedies");
}

#[test]
fn no_remedy_turns_the_guards_off_or_shows_a_secret() {
    let worlds = &*OWN;
    for case in cases(&own()) {
        let (request, policy, facts, now) = given(&case, &worlds[&case.world]);
        let verdict = decide(Extent::Whole, System::CiviCrm, &request, &policy, &facts, now);
        for remedy in &verdict.remedies {
            let text = serde_json::to_string(remedy).unwrap();
            assert!(!text.contains("--none") && !text.contains("authx_guards=[]"), "{text}");
        }
        let text = serde_json::to_string(&verdict).unwrap();
        for secret in [
            "demo-key", "nia-key", "sven-key", "lone-key", "zoe-key", "twin-key", "S1teKey", "-pw",
            "eyJ", "1kERK9", "pä:ß",
        ] {
            assert!(!text.contains(secret), "{} shows {secret}: {text}", case.id);
        }
    }
}

#[test]
fn an_unsatisfied_guard_asks_for_the_site_key_or_the_permission() {
    let found = remedies("defaults", &with_key("nia-key-QowFgsH9R1YpX4n"));
    assert_eq!(found[0].text, "Send the site key: -H 'X-Civi-Key: SITEKEY'.");
    assert_eq!(found[0].authctl, Vec::<String>::new());
    assert_eq!(found[1].authctl, ["authctl perm grant --user nia 'authenticate with api key'"]);
    let grant = "drush role:perm:add ROLE 'authenticate with api key'";
    assert_eq!(found[1].site, [grant, "drush user:role:add ROLE nia"]);
    assert_eq!(found.len(), 2);
}

#[test]
fn every_refusal_has_a_remedy() {
    let worlds = &*OWN;
    for case in cases(&own()) {
        let (request, policy, facts, now) = given(&case, &worlds[&case.world]);
        let verdict = decide(Extent::Whole, System::CiviCrm, &request, &policy, &facts, now);
        let refused = verdict.decision == Decision::Deny;
        assert!(!refused || !verdict.remedies.is_empty(), "{}: {}", case.id, verdict.reason);
    }
}

#[test]
fn a_contact_without_user_gets_one_and_the_permission_or_anonymous_does() {
    let found = remedies("guard-perm", &with_key("lone-key"));
    let with_user = [
        "authctl user add USER --contact 120",
        "authctl perm grant --user USER 'authenticate with api key'",
    ];
    assert_eq!(found[0].authctl, with_user);
    assert_eq!(
        found[1].authctl,
        ["authctl perm grant --role anonymous 'authenticate with api key'"]
    );
    assert_eq!(found[1].site, ["drush role:perm:add anonymous 'authenticate with api key'"]);
    assert_eq!(found.len(), 2);
}

#[test]
fn two_changes_are_found_when_one_is_not_enough() {
    let request = json!({"method": "POST", "path": "civicrm/authx/login",
        "headers": {"Content-Type": "application/x-www-form-urlencoded", "X-Civi-Key": "wrong"},
        "body": "_authx=Bearer+nia-key-QowFgsH9R1YpX4n"});
    let found = remedies("defaults", &request);
    assert!(found[0].text.contains(", and "), "{}", found[0].text);
    assert!(found.iter().any(|remedy| remedy.authctl
        == [
            "authctl flow set login --cred jwt,api_key",
            "authctl perm grant --user nia 'authenticate with api key'"
        ]));
}

#[test]
fn each_refusal_has_its_mend() {
    let basic = |pair: &str| {
        json!({"method": "GET", "path": "civicrm/authx/id",
            "headers": {"X-Civi-Auth": format!("Basic <<basic {pair}>>")}})
    };
    for (world, request, command) in [
        ("open", with_key("expired-key"), "authctl key set 901 --no-expires"),
        ("open", with_key("gone-key"), "authctl contact add 199"),
        ("open", with_key("noors-key"), "authctl user set noor --contact CONTACT"),
        ("open", with_key("sven-key-C1fDBUiTue7fiP"), "authctl user unblock sven"),
        ("require", with_key("lone-key"), "authctl user add USER --contact 120"),
        ("require", with_key("lone-key"), "authctl flow set xheader --user-mode optional"),
        ("defaults", basic("demo:demo-pw"), "authctl flow set xheader --cred jwt,api_key,pass"),
        ("open", basic("noor:noor-pw"), "authctl user set noor --contact CONTACT"),
        ("open", basic("uma:uma-pw"), "authctl contact add 199"),
        ("joomla", basic("sven:sven-pw"), "authctl user unblock sven"),
        ("no-site-key", with_key("kit-key"), "authctl guard set site_key perm"),
        ("guard-text", with_key("kit-key"), "authctl guard set perm"),
        ("types-text", with_key("kit-key"), "authctl flow set xheader --cred jwt,api_key"),
    ] {
        let found = commands(world, &request);
        assert!(found.iter().any(|remedy| remedy == &[command]), "{request}: {found:?}");
    }
}

#[test]
fn a_mend_of_the_request_alone_needs_no_command() {
    let get = |headers: Value, query: &str| json!({"method": "GET", "path": "civicrm/authx/id", "headers": headers, "query": query});
    for (world, request, text) in [
        ("open", get(json!({"X-Civi-Auth": "bearer kit-key"}), ""), "write `Bearer`"),
        ("open", get(json!({"X-Civi-Auth": "kit-key"}), ""), "write `Bearer`"),
        (
            "open",
            get(json!({"X-Civi-Auth": "Bearer no", "Authorization": "Bearer kit-key"}), ""),
            "X-Civi-Auth out",
        ),
        ("header-off", get(json!({"Authorization": "Bearer kit-key"}), ""), "header X-Civi-Auth"),
        ("open", get(json!({}), "api_key=kit-key"), "header X-Civi-Auth"),
        (
            "header-no-pass",
            get(json!({"Authorization": "Basic <<basic x:y>>"}), "_authx=Bearer+kit-key"),
            "Authorization out",
        ),
        ("open", get(json!({}), "_authx%5B%5D=Bearer+kit-key"), "without brackets"),
        (
            "open",
            json!({"method": "PUT", "path": "civicrm/authx/id", "body": "_authx=Bearer+kit-key",
                "headers": {"Content-Type": "application/x-www-form-urlencoded"}}),
            "header X-Civi-Auth",
        ),
        (
            "open",
            json!({"method": "POST", "path": "civicrm/ajax/rest", "body": "{\"api_key\": \"kit-key\"}",
                "headers": {"Content-Type": "application/json"}}),
            "header X-Civi-Auth",
        ),
        (
            "binary",
            get(json!({"X-Civi-Auth": "Bearer KIT-key"}), ""),
            "send key 108 as it is stored",
        ),
    ] {
        let found = remedies(world, &request);
        let first = found.first().unwrap_or_else(|| panic!("nothing for {request}"));
        assert!(
            first.text.to_lowercase().contains(&text.to_lowercase()),
            "{request}: {}",
            first.text
        );
        assert!(first.authctl.is_empty(), "{request}: {:?}", first.authctl);
    }
}

#[test]
fn a_token_that_is_not_taken_is_issued_anew() {
    let with_token = |claims: &str| {
        json!({"method": "GET", "path": "civicrm/authx/id",
            "headers": {"X-Civi-Auth": format!("Bearer <<jwt {claims}>>")}})
    };
    for (claims, contact) in [
        (r#"{"exp":1,"sub":"cid:101","scope":"authx"}"#, "101"),
        (r#"{"sub":"cid:101","scope":"other"}"#, "101"),
        (r#"{"sub":"cid:101","scope":["authx"]}"#, "101"),
        (r#"{"nbf":9999999999,"sub":"cid:101","scope":"authx"}"#, "101"),
        (r#"{"sub":"uid:101","scope":"authx"}"#, "CONTACT"),
        (r#"{"sub":"cid:","scope":"authx"}"#, "CONTACT"),
        (r#"{"sub":"cid:x","scope":"authx"}"#, "CONTACT"),
    ] {
        let found = remedies("open", &with_token(claims));
        assert_eq!(found[0].authctl, [format!("authctl jwt issue --contact {contact}")]);
        let site = format!("cv api4 AuthxCredential.create contactId={contact} ttl=3600");
        assert_eq!(found[0].site, [site], "{claims}");
    }
}

#[test]
fn a_site_that_signs_nothing_gets_a_signing_key_first() {
    let claims = base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(r#"{"sub":"cid:101"}"#);
    let request = with_key(&format!("e30.{claims}.x"));
    let issue = ["authctl jwt key add --generate", "authctl jwt issue --contact 101"];
    assert_eq!(commands("no-sign-keys", &request), [issue]);
    let found = commands("bad-sign-keys", &request).remove(0);
    assert!(found[0].ends_with("| authctl apply -"), "{found:?}");
    assert_eq!(found[1..], issue);
}

#[test]
fn a_key_that_nobody_has_is_replaced_by_one_of_its_owner_s_or_of_anybody() {
    let legacy = json!({"method": "POST", "path": "civicrm/ajax/rest", "query": "key=S1teKeyS1teKeyS1teKey"});
    for (request, command, text) in [
        (with_key("nobody-s-key"), "--user USER", "-H 'X-Civi-Auth: Bearer KEY'"),
        (with_key("universal-key"), "--user USER", "-H 'X-Civi-Auth: Bearer KEY'"),
        (with_key("revoked-key"), "--contact 101", "a key of contact 101"),
        (
            json!({"method": "GET", "path": "civicrm/authx/id", "headers": {"Authorization": "Bearer"}}),
            "--user USER",
            "-H 'Authorization: Bearer KEY'",
        ),
        (legacy, "--user USER", "parameter api_key=KEY"),
    ] {
        let found = remedies("open", &request);
        assert!(found[0].text.contains(text), "{request}: {}", found[0].text);
        assert_eq!(found[0].authctl, [format!("authctl key generate {command}")], "{request}");
    }
}

#[test]
fn commands_name_what_is_known() {
    let site = |world: &str, request: &Value| remedies(world, request).remove(0).site;
    assert_eq!(
        site("open", &with_key("expired-key")),
        ["cv api4 Contact.update +w id=101 +v api_key=KEY"]
    );
    assert_eq!(
        site("open", &with_key("gone-key")),
        ["cv api4 Contact.get +s id,is_deleted +w id=199"]
    );
    let basic = json!({"method": "GET", "path": "civicrm/authx/id",
        "headers": {"X-Civi-Auth": "Basic <<basic demo:wrong>>"}});
    let found = remedies("open", &basic);
    assert_eq!(found[0].authctl, ["authctl key generate --user demo"]);
    assert_eq!(found[0].site, ["cv api4 Contact.update +w id=101 +v api_key=KEY"]);
    assert_eq!(found[1].authctl, ["authctl user passwd demo"]);
    assert_eq!(found[1].site, ["drush user:password demo PASSWORD"]);
}

#[test]
fn nothing_is_proposed_where_nothing_is_wrong() {
    assert!(remedies("open", &with_key("kit-key")).is_empty());
    assert!(remedies("open", &json!({"method": "GET", "path": "civicrm/authx/id"})).is_empty());
}

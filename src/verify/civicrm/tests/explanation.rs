//! What steps and warnings say.

use serde_json::{Value, json};

use super::remedies::decided;
use crate::verify::civicrm::code;
use crate::verify::{Code, Verdict};

fn observed(verdict: &Verdict, code: Code) -> &str {
    verdict.steps.iter().find(|step| step.code == code).map_or("", |step| &step.observed)
}

#[test]
fn the_guard_says_why_a_permission_counts_as_there() {
    for (key, why) in [
        ("kit-key", "kit has `authenticate with api key`"),
        (
            "ada-key",
            "ada has `all CiviCRM permissions and ACLs`, which implies `authenticate with api key`",
        ),
        ("boss-key", "boss has an administrator's role, which has every permission"),
        ("root-key", "root is user 1, who passes every permission check"),
        ("nia-key-QowFgsH9R1YpX4n", "nia lacks `authenticate with api key`"),
    ] {
        let headers = json!({"X-Civi-Auth": format!("Bearer {key}")});
        let request = json!({"method": "GET", "path": "civicrm/authx/id", "headers": headers});
        assert_eq!(observed(&decided("defaults", &request), code::GUARD_PERM), why);
    }
}

#[test]
fn a_credential_in_a_body_that_php_does_not_read_is_warned_of() {
    let sent = |method: &str, path: &str, kind: &str, body: &str| -> Value {
        let headers = json!({"Content-Type": format!("application/{kind}")});
        json!({"method": method, "path": path, "headers": headers, "body": body})
    };
    let form = "x-www-form-urlencoded";
    let authx = "_authx=Bearer+kit-key";
    for (request, warned) in [
        (sent("PUT", "civicrm/authx/id", form, authx), true),
        (sent("GET", "civicrm/authx/id", form, authx), true),
        (sent("POST", "civicrm/authx/id", "json", r#"{"_authx": "Bearer kit-key"}"#), true),
        (sent("PUT", "civicrm/ajax/rest", form, "api_key=kit-key"), true),
        (sent("PUT", "civicrm/authx/id", form, "api_key=kit-key"), false),
        (sent("POST", "civicrm/authx/id", form, authx), false),
        (sent("POST", "civicrm/authx/id", "json", r#"{"values": {"_authx": "x"}}"#), false),
    ] {
        let verdict = decided("open", &request);
        let found = verdict.warnings.iter().any(|warning| warning.code == code::WARN_NOT_READ);
        assert_eq!(found, warned, "{request}");
    }
}

#[test]
fn many_unknown_words_are_one_warning() {
    let headers = json!({"X-Civi-Auth": "Bearer kit-key"});
    let request = json!({"method": "GET", "path": "civicrm/authx/id", "headers": headers});
    let verdict = decided("guard-nonsense", &request);
    let of_words: Vec<_> =
        verdict.warnings.iter().filter(|warning| warning.code == code::WARN_UNKNOWN_WORD).collect();
    assert_eq!(
        of_words[0].text,
        "authx_guards has what nobody knows, `a`, `b`, `c`, `d`, `e` and 2 more: that has no effect."
    );
    assert_eq!(of_words.len(), 1);
}

//! Steps against a denied access: a permission, or an account for a request that runs as nobody.

use serde_json::Value;

use super::Trial;
use super::candidate;
use super::step::Step;
use crate::credential::{PhpJson, php_json};
use crate::verify::drupal::access;
use crate::verify::drupal::attempt::{Attempt, Outcome};
use crate::verify::drupal::code;
use crate::verify::drupal::level::Level;
use crate::verify::drupal::site::Site;
use crate::verify::drupal::wire::Wire;
use crate::verify::{Change, Grantee, Outcome as Went, UserFact, Verdict};

/// What the account lacks; or, where nobody was recognised, what would make it somebody.
pub(super) fn list(
    trial: &Trial,
    level: Level,
    wire: &Wire<'_>,
    attempt: &Attempt,
    verdict: &Verdict,
) -> Vec<Step> {
    let failed =
        |code| verdict.steps.iter().any(|step| step.code == code && step.outcome == Went::Fail);
    if failed(code::BASIC_AUTH) {
        return candidate::password(trial, wire, attempt);
    }
    let id = verdict.principal.as_ref().and_then(|principal| principal.user_id);
    let account = id.and_then(|id| trial.facts.users.get(&id));
    if failed(code::KEY_AUTH) {
        return account
            .map(|user| grant(Some(user), "use key authentication"))
            .into_iter()
            .collect();
    }
    if failed(code::COOKIE) {
        let id = trial.request.session.and_then(|session| session.user_id);
        let user = id.and_then(|id| trial.facts.users.get(&id)).map(|user| user.name.clone());
        return user.map(|user| Step::Shared(Change::Unblock { user })).into_iter().collect();
    }
    let mut steps: Vec<Step> = needed(trial, account, wire, verdict)
        .iter()
        .filter(|permission| account.is_some() || is_for_everybody(permission))
        .map(|permission| grant(account, permission))
        .collect();
    if account.is_none() {
        steps.extend(candidate::before_the_module(trial, level, wire));
        if let Attempt::Module(claim) = attempt
            && matches!(claim.outcome, Outcome::Premium(_))
        {
            steps.extend(candidate::applications(trial, wire));
        }
    }
    steps
}

/// Whether a permission may be proposed for visitors.
fn is_for_everybody(permission: &str) -> bool {
    !["administer", "bypass", "cancel", "edit", "delete"]
        .iter()
        .any(|word| permission.starts_with(word))
}

/// A permission for a role of the account, or for the account itself.
fn grant(account: Option<&UserFact>, permission: &str) -> Step {
    let to = match account {
        None => Grantee::Role("anonymous".to_owned()),
        Some(user) => match user.roles.first() {
            Some(role) => Grantee::Role(role.clone()),
            None => Grantee::User(user.name.clone()),
        },
    };
    Step::Shared(Change::Grant { to, permission: permission.to_owned() })
}

/// The permissions that core's reason names, and those that it passes over.
fn needed(
    trial: &Trial,
    account: Option<&UserFact>,
    wire: &Wire<'_>,
    verdict: &Verdict,
) -> Vec<String> {
    let site = Site::new(&trial.policy, &trial.facts, 0);
    let denied = verdict.steps.iter().rev().find(|step| step.code == code::ACCESS);
    let reason = denied.and_then(|step| step.required.as_deref()).unwrap_or_default();
    let mut permissions = access::permissions_named(reason);
    permissions.retain(|permission| !site.may(account, permission));
    let path = wire.routed_path().to_lowercase();
    let mut parts = path.split('/').filter(|part| !part.is_empty());
    match (parts.next(), parts.next(), parts.next()) {
        (Some("jsonapi"), Some("node"), Some(bundle)) => {
            permissions.push(format!("create {bundle} content"));
        }
        (Some("node"), None, None) => {
            let document = php_json(&wire.http.body, PhpJson::Arrays).unwrap_or_default();
            let bundle = document.pointer("/type/0/target_id").and_then(Value::as_str);
            permissions.extend(bundle.map(|bundle| format!("create {bundle} content")));
        }
        (Some("user"), ..) if permissions.is_empty() => {
            permissions.push("administer users".to_owned());
        }
        _ => {}
    }
    permissions.dedup();
    permissions
}

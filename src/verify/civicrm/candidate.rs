//! Which changes could help against a refusal. Whether they do is tried in `remedy`.

use super::answer::Finding;
use super::attempt::Attempt;
use super::edit::{self, Edit};
use super::guard::{Holder, permission_of};
use super::remedy::Step;
use super::session::Active;
use super::site::{Site, Words};
use super::{api_key, code};
use crate::credential::Secret;
use crate::verify::{Change, Grantee, Kind, Owner, Request, SettingValue};

/// Lists candidates for what a finding says.
pub(super) fn list(site: Site<'_>, request: &Request, finding: &Finding) -> Vec<Step> {
    let mut out = Vec::new();
    let credentials = match &request.kind {
        Kind::Http(http) => edit::carried(http).len(),
        Kind::Call(_) => 0,
    };
    match finding.reason {
        code::INVALID_CREDENTIAL => invalid(site, finding, &mut out),
        code::TOKEN_EXPIRED => expired_token(finding, &mut out),
        code::CONTACT_INVALID => contact(site, finding, &mut out),
        code::TYPE_NOT_ALLOWED | code::PASSWORD_IN_HEADER => {
            type_not_allowed(site, finding, &mut out);
        }
        code::USER_REQUIRED => user_required(finding, &mut out),
        code::GUARD_UNSATISFIED => guard(site, request, finding, &mut out),
        code::SESSION_MISMATCH => session(request, &mut out),
        code::USER_BLOCKED => unblock(site, finding, &mut out),
        code::CONTACT_UNDETERMINED => link(site, finding.target.user_id, &mut out),
        code::UPSTREAM_FAULT => fault(site, finding, &mut out),
        code::HEADER_OFF => {
            edits(&mut out, [Edit::Header("xheader")]);
            out.push(types("header", &["jwt", "api_key"]));
        }
        code::HEADER_IGNORED => {
            edits(&mut out, [Edit::Header("xheader")]);
            out.push(more_types(site, "header", "pass"));
        }
        code::NO_CREDENTIAL if credentials > 0 => edits(&mut out, [Edit::Header("xheader")]),
        _ => {}
    }
    if credentials > 1 {
        other_credential(finding, &mut out);
    }
    out
}

/// The flows that have settings.
const FLOWS: [&str; 8] =
    ["param", "auto", "login", "header", "xheader", "legacyrest", "script", "pipe"];

fn edits(out: &mut Vec<Step>, edits: impl IntoIterator<Item = Edit>) {
    out.extend(edits.into_iter().map(Step::Edit));
}

fn types(flow: &str, types: &[&str]) -> Step {
    let types = types.iter().map(|word| (*word).to_owned()).collect();
    Step::Change(Change::Types { flow: flow.to_owned(), types })
}

/// The words that AuthX knows; others have no effect, and `authctl guard set` and `flow set` refuse them.
const TYPES: [&str; 3] = ["jwt", "api_key", "pass"];
const GUARDS: [&str; 2] = ["site_key", "perm"];

/// The flow's types and one more.
fn more_types(site: Site<'_>, flow: &str, kind: &str) -> Step {
    let mut words = known_words(&site.allowed_types(flow), &TYPES);
    if !words.iter().any(|word| word == kind) {
        words.push(kind.to_owned());
    }
    Step::Change(Change::Types { flow: flow.to_owned(), types: words })
}

/// The known ones of the words. A text that is no list gives what it names.
fn known_words(words: &Words<'_>, known: &[&str]) -> Vec<String> {
    match words {
        Words::List(words) => {
            words.iter().filter(|word| known.contains(&word.as_str())).cloned().collect()
        }
        Words::Text(text) => known
            .iter()
            .filter(|word| text.contains(*word))
            .map(|word| (*word).to_owned())
            .collect(),
    }
}

/// A better credential in a place that comes later can only be read without the earlier one.
fn other_credential(finding: &Finding, out: &mut Vec<Step>) {
    match finding.attempt.as_ref().map(|attempt| attempt.flow.as_str()) {
        Some("xheader") => edits(out, [Edit::Drop("X-Civi-Auth")]),
        Some("header") => edits(out, [Edit::Drop("Authorization")]),
        _ => {}
    }
}

fn invalid(site: Site<'_>, finding: &Finding, out: &mut Vec<Step>) {
    let Some((attempt, cred)) = finding.attempt.as_ref().and_then(with_cred) else { return };
    if let Some(cred) = edit::mended(cred) {
        edits(out, [Edit::Scheme { flow: attempt.flow.clone(), cred }]);
    }
    if let Some(key) = cred.strip_prefix(b"Bearer ") {
        for key in api_key::matching(site, key) {
            if key.expires_at.is_some_and(|at| at <= site.now) {
                out.push(Step::Change(Change::KeepKey(key.key_id)));
            }
            match key.owner {
                Owner::Contact(contact) => add_contact(site, contact, out),
                Owner::User(user) => match site.contact_of_user(user) {
                    Some(contact) => add_contact(site, contact, out),
                    None => link(site, Some(user), out),
                },
                Owner::Universal | Owner::ApiToken => {}
            }
        }
    }
    if site.password_rejects_blocked() {
        let users = site.facts.passwords.iter().filter(|fact| fact.matches);
        for user in users.filter_map(|fact| site.user(fact.user_id?)) {
            out.push(Step::Change(Change::Unblock { user: user.name.clone() }));
        }
    }
}

fn with_cred(attempt: &Attempt) -> Option<(&Attempt, &[u8])> {
    Some((attempt, edit::cred_of(attempt)?))
}

fn expired_token(finding: &Finding, out: &mut Vec<Step>) {
    let Some((attempt, cred)) = finding.attempt.as_ref().and_then(with_cred) else { return };
    let claims = cred.strip_prefix(b"Bearer ").and_then(crate::credential::jwt::peek);
    let contact =
        claims.as_ref().and_then(|claims| claims.get("sub")?.as_str()?.strip_prefix("cid:"));
    if let Some(contact_id) = contact.and_then(|contact| contact.parse().ok()) {
        edits(out, [Edit::NewToken { flow: attempt.flow.clone(), contact_id }]);
    }
}

fn add_contact(site: Site<'_>, id: i64, out: &mut Vec<Step>) {
    if id > 0 && site.contact(id).is_none() {
        out.push(Step::Change(Change::AddContact(id)));
    }
}

fn contact(site: Site<'_>, finding: &Finding, out: &mut Vec<Step>) {
    if let Some(contact) = &finding.target.contact {
        add_contact(site, contact.id(), out);
    }
}

/// The user needs a contact; which one is the administrator's to say.
fn link(site: Site<'_>, user: Option<i64>, out: &mut Vec<Step>) {
    if let Some(user) = user.and_then(|id| site.user(id)) {
        let user = user.name.clone();
        out.push(Step::Change(Change::LinkUser { user }));
    }
}

fn type_not_allowed(site: Site<'_>, finding: &Finding, out: &mut Vec<Step>) {
    let (Some(attempt), Some(kind)) = (&finding.attempt, finding.target.kind) else { return };
    let takes = |flow: &str| {
        site.allowed_types(flow).list().is_ok_and(|words| words.iter().any(|word| word == kind))
    };
    let other = ["xheader", "header"].into_iter().find(|flow| attempt.flow != *flow && takes(flow));
    edits(out, other.map(Edit::Header));
    if FLOWS.contains(&attempt.flow.as_str()) {
        out.push(more_types(site, &attempt.flow, kind));
    }
}

fn user_required(finding: &Finding, out: &mut Vec<Step>) {
    let Some(attempt) = &finding.attempt else { return };
    if attempt.flow != "xheader" {
        edits(out, [Edit::Header("xheader")]);
    }
    if let Some(contact) = &finding.target.contact {
        out.push(Step::Change(Change::AddUser {
            user: "USER".to_owned(),
            contact_id: contact.id(),
        }));
    }
    let flow = attempt.flow.clone();
    out.push(Step::Change(Change::UserMode { flow, mode: "optional".to_owned() }));
}

fn guard(site: Site<'_>, request: &Request, finding: &Finding, out: &mut Vec<Step>) {
    let (Some(attempt), Some(kind)) = (&finding.attempt, finding.target.kind) else { return };
    let guards = site.guards();
    let Ok(words) = guards.list() else { return };
    let has = |guard: &str| words.iter().any(|word| word == guard);
    if has("site_key") {
        if site.policy.civicrm.site_key.is_none() {
            out.push(Step::Change(Change::SiteKey(Some(Secret::from("a site key to be made")))));
        }
        let empty = site.policy.civicrm.site_key.as_ref().is_some_and(Secret::is_empty);
        edits(out, [Edit::SiteKey { flow: attempt.flow.clone(), empty }]);
    }
    if has("perm") {
        let active = Active::cookie(request.session);
        let holder = Holder::find(site, &active, &finding.target);
        if let Some(permission) = permission_of(kind) {
            grants(site, holder, permission, finding, out);
        }
    } else {
        let mut words = known_words(&guards, &GUARDS);
        words.push("perm".to_owned());
        out.push(Step::Change(Change::Guards(words)));
    }
}

fn grants(
    site: Site<'_>,
    holder: Holder,
    permission: &str,
    finding: &Finding,
    out: &mut Vec<Step>,
) {
    let permission = || permission.to_owned();
    if let Holder::Own(user) | Holder::Current(user) = holder
        && let Some(user) = site.user(user)
    {
        let to = Grantee::User(user.name.clone());
        out.push(Step::Change(Change::Grant { to, permission: permission() }));
        return;
    }
    // The added user needs the permission as well, which the next round finds.
    match (&finding.target.contact, finding.target.user_id) {
        (Some(contact), None) => {
            let contact_id = contact.id();
            out.push(Step::Change(Change::AddUser { user: "USER".to_owned(), contact_id }));
        }
        (None, user) => link(site, user, out),
        (Some(_), Some(_)) => {}
    }
    let to = Grantee::Role("anonymous".to_owned());
    out.push(Step::Change(Change::Grant { to, permission: permission() }));
}

fn session(request: &Request, out: &mut Vec<Step>) {
    if request.session.is_some() {
        edits(out, [Edit::NoSession]);
    }
    edits(out, [Edit::DropLegacy, Edit::Drop("X-Civi-Auth"), Edit::Drop("Authorization")]);
}

fn unblock(site: Site<'_>, finding: &Finding, out: &mut Vec<Step>) {
    if let Some(user) = finding.target.user_id.and_then(|id| site.user(id)) {
        out.push(Step::Change(Change::Unblock { user: user.name.clone() }));
    }
}

/// Settings that hold a text where upstream wants a list, and the ignored header with a parameter.
fn fault(site: Site<'_>, finding: &Finding, out: &mut Vec<Step>) {
    let Some(attempt) = &finding.attempt else {
        edits(out, [Edit::Drop("Authorization")]);
        return;
    };
    if let Words::Text(text) = site.guards() {
        let words = known_words(&Words::Text(text), &GUARDS);
        if !words.is_empty() {
            out.push(Step::Change(Change::Guards(words)));
        }
    }
    let stored = site.policy.civicrm.settings.get(&format!("authx_{}_cred", attempt.flow));
    if matches!(stored, Some(SettingValue::Text(_))) {
        let kind = finding.target.kind.unwrap_or("api_key");
        out.push(more_types(site, &attempt.flow, kind));
    }
}

//! Which other credential could help: one mended, one in the place of what was sent, one to be made.

use super::{add_contact, edits, link};
use crate::credential::{Secret, jwt};
use crate::verify::civicrm::answer::Finding;
use crate::verify::civicrm::attempt::{Attempt, Given};
use crate::verify::civicrm::credential::Scheme;
use crate::verify::civicrm::edit::{self, Edit};
use crate::verify::civicrm::remedy::Step;
use crate::verify::civicrm::site::Site;
use crate::verify::civicrm::{api_key, password, rewrite};
use crate::verify::{CallFunction, Change, Kind, Owner, Request};

/// A signing key that stands for any that is to be made.
const SIGN_KEY: &str = "jwt-hs256:hkdf-sha256:to-be-made";

/// Against a credential that nobody has.
pub(super) fn invalid(site: Site<'_>, finding: &Finding, out: &mut Vec<Step>) {
    let Some(attempt) = &finding.attempt else { return };
    let Some(cred) = edit::cred_of(attempt) else { return };
    let flow = &attempt.flow;
    if let Some(cred) = edit::mended(cred) {
        edits(out, [Edit::Scheme { flow: flow.clone(), cred }]);
    }
    match Scheme::split(cred) {
        Scheme::Bearer(Some(text)) if jwt::peek(text).is_some() => new_token(site, flow, text, out),
        Scheme::Bearer(Some(text)) => key(site, flow, text, out),
        Scheme::Basic(value) => other_than_password(site, flow, value, out),
        Scheme::Bearer(None) | Scheme::Other(_) => new_key(flow, None, out),
    }
}

/// Another token in the place of the one that was sent, if it was one.
pub(super) fn token(site: Site<'_>, finding: &Finding, out: &mut Vec<Step>) {
    if let Some(attempt) = &finding.attempt
        && let Some(token) = edit::cred_of(attempt).and_then(token_of)
    {
        new_token(site, &attempt.flow, token, out);
    }
}

/// A credential for a call that names none, or names a principal besides.
pub(super) fn of_call(site: Site<'_>, request: &Request, out: &mut Vec<Step>) {
    let Kind::Call(call) = &request.kind else { return };
    let flow = match call.function {
        CallFunction::PipeLogin => "pipe",
        CallFunction::AuthxLogin | CallFunction::Validate => {
            call.flow.as_deref().unwrap_or("script")
        }
    };
    new_token(site, flow, b"", out);
    new_key(flow, None, out);
}

/// Against a credential on which upstream dies.
pub(super) fn fault(site: Site<'_>, request: &Request, attempt: &Attempt, out: &mut Vec<Step>) {
    let flow = &attempt.flow;
    match (&attempt.given, &request.kind) {
        (Given::CredArray, Kind::Http(http)) => {
            let sent = rewrite::carried(http).into_iter().next();
            edits(out, sent.map(|cred| Edit::Text { flow: flow.clone(), cred }));
        }
        (Given::Cred(cred), _) => match token_of(cred) {
            Some(token) => new_token(site, flow, token, out),
            None => new_key(flow, None, out),
        },
        _ => {}
    }
}

fn token_of(cred: &[u8]) -> Option<&[u8]> {
    match Scheme::split(cred) {
        Scheme::Bearer(Some(text)) if jwt::peek(text).is_some() => Some(text),
        _ => None,
    }
}

/// A token for the same contact; where the site cannot sign one, first a key that signs it, or keys that
/// cannot be used taken away.
fn new_token(site: Site<'_>, flow: &str, token: &[u8], out: &mut Vec<Step>) {
    if !edit::can_sign(site) {
        let some = site.policy.civicrm.sign_keys.as_ref().is_some_and(|keys| !keys.is_empty());
        let keys = [Some(Some(Secret::from(SIGN_KEY))), some.then_some(None)];
        out.extend(keys.into_iter().flatten().map(|key| Step::Change(Change::SignKey(key))));
        return;
    }
    let claims = jwt::peek(token);
    let subject = claims.as_ref().and_then(|claims| claims.get("sub")?.as_str());
    let contact = subject.and_then(|subject| subject.strip_prefix("cid:")?.parse().ok());
    let contact_id = contact.filter(|id| *id > 0 && site.contact(*id).is_some());
    edits(out, [Edit::NewToken { flow: flow.to_owned(), contact_id }]);
}

fn new_key(flow: &str, owner: Option<Owner>, out: &mut Vec<Step>) {
    edits(out, [Edit::NewKey { flow: flow.to_owned(), owner }]);
}

/// Another key of the owner's; no key is made for blocked users and contacts in the trash.
fn owners_key(site: Site<'_>, flow: &str, owner: Owner, out: &mut Vec<Step>) {
    let contact = api_key::contact_of(site, owner).and_then(|id| site.contact(id));
    let user = match owner {
        Owner::User(id) => site.user(id),
        _ => contact.and_then(|contact| site.user(site.user_of_contact(contact.id)?)),
    };
    let in_trash = contact.is_some_and(|contact| contact.deleted);
    match user.filter(|user| user.blocked) {
        Some(user) => out.push(Step::Change(Change::Unblock { user: user.name.clone() })),
        None => new_key(flow, Some(owner).filter(|_| !in_trash), out),
    }
}

/// What keeps a stored key from counting, and another key of its owner's.
fn key(site: Site<'_>, flow: &str, text: &[u8], out: &mut Vec<Step>) {
    let stored = site.facts.keys_for(text);
    for key in stored {
        let gone = key.revoked_at.is_some_and(|at| at <= site.now);
        let matching = api_key::matching(site, text).any(|other| other.key_id == key.key_id);
        if !matching && key.is_live(site.now) {
            edits(out, [Edit::Exact(key.key_id)]);
        }
        if matching && !gone && !key.is_live(site.now) {
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
    let owners = stored.iter().map(|key| key.owner);
    let owner = owners.into_iter().find(|owner| api_key::contact_of(site, *owner).is_some());
    match owner {
        Some(owner) => owners_key(site, flow, owner, out),
        None => new_key(flow, None, out),
    }
}

/// A key of the account that was named, or a password, or the account unblocked.
fn other_than_password(site: Site<'_>, flow: &str, value: &[u8], out: &mut Vec<Step>) {
    match password::account(site, value) {
        None => new_key(flow, None, out),
        Some((user, true)) => out.push(Step::Change(Change::Unblock { user: user.name.clone() })),
        Some((user, false)) => {
            owners_key(site, flow, Owner::User(user.id), out);
            edits(out, [Edit::NewPassword { flow: flow.to_owned(), user: user.name.clone() }]);
        }
    }
}

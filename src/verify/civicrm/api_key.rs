//! Bearer, first try: a contact's API key. `bearerApiKey` of `ext/authx/Civi/Authx/CheckCredential.php`:
//! `SELECT id FROM civicrm_contact WHERE api_key = …`, first row.
//!
//! A user's key counts as its contact's. The trash does not matter, and several contacts may have the
//! same key: the lowest id is taken.

use super::code;
use super::site::Site;
use super::target::{ContactRef, Target};
use super::trace::Trace;
use crate::credential::{ApiKey, Secret, Shape, jwt};
use crate::verify::{Collation, KeyFact, Owner, Presented};

const LABEL: &str = "known key";

/// Asks for the text among the keys.
pub(super) fn present(text: &[u8], presented: &mut Presented) {
    let text = Secret::new(text);
    if !presented.keys.contains(&text) {
        presented.keys.push(text);
    }
}

/// The keys that the site would find, each with its contact, the one it takes first.
pub(super) fn candidates<'a>(site: Site<'a>, text: &[u8]) -> Vec<(i64, &'a KeyFact)> {
    let mut found: Vec<_> = matching(site, text)
        .filter(|key| key.is_live(site.now))
        .filter_map(|key| Some((contact_of(site, key.owner)?, key)))
        .filter(|(contact, _)| site.contact(*contact).is_some())
        .collect();
    found.sort_by_key(|(contact, key)| (*contact, !key.exact, key.key_id));
    found
}

/// The stored keys equal to the text by the site's collation. MySQL finds none for what is not UTF-8.
pub(super) fn matching<'a>(
    site: Site<'a>,
    text: &[u8],
) -> impl Iterator<Item = &'a KeyFact> + use<'a> {
    let readable = std::str::from_utf8(text).is_ok();
    let exact = site.policy.civicrm.collation == Collation::Binary;
    let keys = site.facts.keys_for(text);
    keys.iter().filter(move |key| readable && (key.exact || !exact))
}

/// The contact that an owner's key stands for.
pub(super) fn contact_of(site: Site<'_>, owner: Owner) -> Option<i64> {
    match owner {
        Owner::Contact(contact) => Some(contact),
        Owner::User(user) => site.contact_of_user(user),
        Owner::Universal | Owner::ApiToken => None,
    }
}

/// Looks the text up; sets the principal when a contact has it.
pub(super) fn check(site: Site<'_>, text: &[u8], target: &mut Target, trace: &mut Trace) {
    target.kind = Some("api_key");
    target.hint = ApiKey::hint(text);
    if let Some((contact, key)) = candidates(site, text).first() {
        target.key_id = Some(key.key_id);
        target.hint.clone_from(&key.hint);
        target.set_contact(site, ContactRef::of(*contact));
        let label = key.label.as_ref().map(|label| format!(" \"{label}\"")).unwrap_or_default();
        let observed = format!("key {}{label}, {}", key.key_id, target.shown(site));
        trace.check(true, code::API_KEY, LABEL, observed, "the API key of an existing contact");
        return;
    }
    let near = near_miss(site, text);
    if near.is_none() && jwt::peek(text).is_some() {
        return trace.note(code::API_KEY, LABEL, "no contact has the token as its key");
    }
    let observed = near.unwrap_or_else(|| "no contact has this key".to_owned());
    trace.check(false, code::API_KEY, LABEL, observed, "the API key of an existing contact");
}

/// Why a stored key that looks like the text does not count.
fn near_miss(site: Site<'_>, text: &[u8]) -> Option<String> {
    let why = |key: &KeyFact| {
        let id = key.key_id;
        if key.revoked_at.is_some_and(|at| at <= site.now) {
            return format!("key {id} was revoked");
        }
        if key.expires_at.is_some_and(|at| at <= site.now) {
            return format!("key {id} is expired");
        }
        match key.owner {
            Owner::Universal | Owner::ApiToken => {
                format!("key {id} is a universal key of Drupal; CiviCRM has no such key")
            }
            Owner::Contact(contact) => {
                format!("key {id} belongs to contact {contact}, which does not exist")
            }
            Owner::User(user) => match site.contact_of_user(user) {
                None => format!("key {id} belongs to {}, who has no contact", site.user_name(user)),
                Some(contact) => format!(
                    "key {id} belongs to {}, whose contact {contact} does not exist",
                    site.user_name(user)
                ),
            },
        }
    };
    if let Some(key) = matching(site, text).next() {
        return Some(why(key));
    }
    if let Some(key) = site.facts.keys_for(text).first() {
        return Some(format!("key {} differs in case, accents or blanks", key.key_id));
    }
    let cut = matches!(ApiKey::inspect(text), Shape::Own { checksum_ok: false, .. });
    cut.then(|| "no contact has this key; it looks mistyped or cut off".to_owned())
}

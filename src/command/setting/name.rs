//! Names of settings, and what may stand under them.

use serde_json::Value;

use crate::cli::{Context, Failure};
use crate::command::subject::unknown;
use crate::document::{is_secret, nearest};
use crate::store::{
    AUTHX, CIVICRM_SETTINGS, DRUPAL_SETTINGS, Error, KNOWN_SETTINGS, KnownSetting, SettingKind,
};
use crate::verify::civicrm;

/// Every name that authctl knows.
pub(super) fn known_names() -> Vec<String> {
    let ours = KNOWN_SETTINGS.iter().map(|known| known.name.to_owned());
    let upstream = civicrm::setting_names().map(|name| format!("{CIVICRM_SETTINGS}{name}"));
    ours.chain(upstream).collect()
}

/// Whether it is known what a setting holds, and that this is no secret.
pub(super) fn is_known(name: &str) -> bool {
    let upstream = name.strip_prefix(CIVICRM_SETTINGS);
    KnownSetting::named(name).is_some() || upstream.is_some_and(|name| name.starts_with(AUTHX))
}

/// Whether an extension's setting is a secret by its name, or an object, which may have one in it.
pub(super) fn may_hold_secret(name: &str, value: &Value) -> bool {
    !is_known(name) && (is_secret(name) || has_object(value))
}

fn has_object(value: &Value) -> bool {
    value.is_object() || value.as_array().is_some_and(|items| items.iter().any(has_object))
}

/// Refuses a word that is none of a setting's, with the one that was probably meant.
pub(super) fn check_choice(name: &str, kind: SettingKind, text: &str) -> Result<(), Failure> {
    let SettingKind::Choice(words) = kind else { return Ok(()) };
    if words.contains(&text) {
        return Ok(());
    }
    let refused = Error::BadSetting { name: name.to_owned(), expected: kind.expected() };
    Err(match nearest(text, words.iter().copied()) {
        Some(meant) => Failure::from(refused).hint(format!("Did you mean `{meant}`?")),
        None => refused.into(),
    })
}

/// What the setting takes, when there is one of that name.
pub(super) fn check_name(name: &str) -> Result<SettingKind, Failure> {
    if let Some(field) = name.strip_prefix(DRUPAL_SETTINGS) {
        check_field(field)?;
    }
    SettingKind::of(name).map_err(|_| {
        let known = known_names();
        unknown(
            "setting",
            name,
            known.iter().map(String::as_str),
            "`authctl setting list` lists all.",
        )
    })
}

/// Refuses fields of the module's object that are kept elsewhere.
fn check_field(field: &str) -> Result<(), Failure> {
    let (what, hint) = match field {
        "api_token" => (
            "a key",
            "Make one with `authctl key generate --api-token`, or take the site's over with `authctl key import`.",
        ),
        "applications" => ("a list of applications", "Use `authctl app`."),
        field if is_secret(field) => {
            ("a secret", "Bring it in with a policy document: `authctl apply -`.")
        }
        _ => return Ok(()),
    };
    Err(Failure::usage(format!("`{DRUPAL_SETTINGS}{field}` is {what}, not a setting")).hint(hint))
}

/// Notes names that nothing reads and that look like a slip for one of the same family that something does.
pub(super) fn note_slip(cx: &mut Context<'_>, name: &str) -> Result<(), Failure> {
    let known = known_names();
    let family = [DRUPAL_SETTINGS, CIVICRM_SETTINGS].into_iter().find(|it| name.starts_with(it));
    let Some(family) = family.filter(|_| !known.iter().any(|known| known == name)) else {
        return Ok(());
    };
    let known = known.iter().map(String::as_str).filter(|known| known.starts_with(family));
    if let Some(meant) = nearest(name, known) {
        cx.note(&format!("nothing reads `{name}` here; did you mean `{meant}`?"))?;
    }
    Ok(())
}

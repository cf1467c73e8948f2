//! Whose a key is, in words.

use crate::cli::Failure;
use crate::credential::KeyKind;
use crate::store::{Reader, UserId};
use crate::verify::Owner;

/// The kind of owner, as lists and JSON have it.
pub(super) fn kind(owner: Owner) -> &'static str {
    match owner {
        Owner::User(_) => "user",
        Owner::Contact(_) => "contact",
        Owner::Universal => "universal",
        Owner::ApiToken => "api_token",
    }
}

/// The owner's name: an account's name, a contact's id, nothing for keys of nobody in particular.
pub(super) fn name(reader: Reader<'_>, owner: Owner) -> Result<Option<String>, Failure> {
    Ok(match owner {
        Owner::User(id) => {
            Some(reader.user(UserId(id))?.map_or_else(|| format!("user {id}"), |user| user.name))
        }
        Owner::Contact(id) => Some(id.to_string()),
        Owner::Universal | Owner::ApiToken => None,
    })
}

/// The format of a new key for that owner.
pub(super) fn key_kind(owner: Owner) -> KeyKind {
    match owner {
        Owner::User(_) => KeyKind::User,
        Owner::Contact(_) => KeyKind::Contact,
        Owner::Universal | Owner::ApiToken => KeyKind::Universal,
    }
}

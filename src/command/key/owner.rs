//! Whose a key is, in words.

use crate::cli::Failure;
use crate::exit::Exit;
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

/// Refuses a second `api_token`: the module's settings hold one.
pub(super) fn check_no_token(reader: Reader<'_>) -> Result<(), Failure> {
    let mut tokens = reader.keys_of(Owner::ApiToken)?;
    tokens.retain(|token| token.revoked_at.is_none() && token.replaced_by.is_none());
    let Some(token) = tokens.last() else { return Ok(()) };
    Err(Failure::new(
        Exit::Precondition,
        format!("the module's settings hold one `api_token`, and that is key {}", token.id),
    )
    .hint(format!(
        "Make another in its place with `authctl key rotate {}`, or revoke it first with `authctl \
         key revoke {}`.",
        token.id, token.id
    )))
}

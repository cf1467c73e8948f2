//! Finding what a command names, and saying what was probably meant when it is not there.

use std::collections::HashSet;
use std::hash::Hash;

use crate::cli::Failure;
use crate::credential::{ApiKey, Shape, is_key_like, is_strong};
use crate::document::nearest;
use crate::exit::Exit;
use crate::store::{self, Contact, ContactId, Reader, Role, User, UserFilter};

/// How many names are compared with one that is not there.
const COMPARED: usize = 100_000;

/// The account of that name.
pub(crate) fn user(reader: Reader<'_>, name: &str) -> Result<User, Failure> {
    if let Some(user) = reader.user_named(name)? {
        return Ok(user);
    }
    let mut names = Vec::new();
    reader.each_user(&UserFilter::default(), |user| {
        if names.len() < COMPARED {
            names.push(user.name);
        }
        Ok::<_, store::Error>(())
    })?;
    let known = names.iter().map(String::as_str);
    Err(unknown("user", name, known, "`authctl user list` lists all."))
}

/// The accounts of those names, each once.
pub(crate) fn users(reader: Reader<'_>, names: &[String]) -> Result<Vec<User>, Failure> {
    let mut users: Vec<User> = Vec::new();
    let mut seen = HashSet::new();
    for name in names {
        let user = user(reader, name)?;
        if seen.insert(user.id) {
            users.push(user);
        }
    }
    Ok(users)
}

/// What is named, each once, in the order of the first mention.
pub(crate) fn once<T: Clone + Eq + Hash>(named: &[T]) -> Vec<T> {
    let mut seen = HashSet::new();
    named.iter().filter(|name| seen.insert(*name)).cloned().collect()
}

/// The contact with that id.
pub(crate) fn contact(reader: Reader<'_>, id: ContactId) -> Result<Contact, Failure> {
    reader.contact(id)?.ok_or_else(|| {
        Failure::new(Exit::Unknown, format!("no contact {id}")).hint(format!(
            "Add it with `authctl contact add {id}`; `authctl contact list` lists all."
        ))
    })
}

/// The role of that name.
pub(crate) fn role(reader: Reader<'_>, name: &str) -> Result<Role, Failure> {
    if let Some(role) = reader.role(name)? {
        return Ok(role);
    }
    let roles = reader.roles()?;
    let known = roles.iter().map(|role| role.name.as_str());
    Err(unknown("role", name, known, "`authctl role list` lists all."))
}

/// The roles of those names, each once.
pub(crate) fn roles(reader: Reader<'_>, names: &[String]) -> Result<Vec<Role>, Failure> {
    once(names).iter().map(|name| role(reader, name)).collect()
}

/// The failure for a name that is not there. The hint is the nearest known name, or else `otherwise`.
/// A word that may be a secret is not repeated.
pub(crate) fn unknown<'a>(
    kind: &str,
    name: &str,
    known: impl IntoIterator<Item = &'a str>,
    otherwise: &str,
) -> Failure {
    let failure = |shown: &str| Failure::new(Exit::Unknown, format!("no {kind} {shown}"));
    match nearest(name, known) {
        Some(word) => failure(&format!("`{name}`")).hint(format!("Did you mean `{word}`?")),
        None => failure(&shown(name)).hint(otherwise),
    }
}

/// The word for people, unless it may be a key or password that was put in the wrong place.
pub(crate) fn shown(word: &str) -> String {
    if is_strong(word.as_bytes()) || is_key_like(word) {
        "of that name".to_owned()
    } else {
        format!("`{word}`")
    }
}

/// Refuses a word that is no name at all but looks like a key: what takes any name would keep it, and show it.
pub(crate) fn check_no_key(kind: &str, word: &str) -> Result<(), Failure> {
    if is_key_like(word) { Err(no_name(kind)) } else { Ok(()) }
}

/// Refuses a key of authctl's own format alone, where real names may look like keys of other makes.
pub(crate) fn check_no_own_key(kind: &str, word: &str) -> Result<(), Failure> {
    match ApiKey::inspect(word.as_bytes()) {
        Shape::Own { .. } => Err(no_name(kind)),
        Shape::Foreign => Ok(()),
    }
}

fn no_name(kind: &str) -> Failure {
    Failure::usage(format!(
        "the name of {kind} is expected, and that looks like a key (not repeated here)"
    ))
}

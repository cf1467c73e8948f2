//! Basic: user name and password. `basicUser` of `ext/authx/Civi/Authx/CheckCredential.php`, and
//! `checkPassword` of the CMS.

use super::code;
use super::site::Site;
use super::target::Target;
use super::trace::{Refusal, Trace};
use crate::credential::{ApiKey, Secret, Shape, php_base64};
use crate::verify::{Presented, Release, UserFact};

const LABEL: &str = "password";

/// A decoded pair. The password is missing when there is no colon.
struct Pair {
    name: Vec<u8>,
    password: Option<Vec<u8>>,
}

impl Pair {
    fn decode(value: &[u8]) -> Self {
        let text = php_base64(value);
        let mut parts = text.splitn(2, |byte| *byte == b':');
        let name = parts.next().unwrap_or_default().to_vec();
        Self { name, password: parts.next().map(<[u8]>::to_vec) }
    }
}

/// The user name, when there is one to show: without a colon the text may be the password, and a key may
/// stand in its place.
pub(super) fn shown_name(value: &[u8]) -> Option<String> {
    let pair = Pair::decode(value);
    pair.password?;
    let is_shown =
        |name: &String| !name.is_empty() && ApiKey::inspect(name.as_bytes()) == Shape::Foreign;
    String::from_utf8(pair.name).ok().filter(is_shown)
}

/// Asks for the pair. An empty password, or a name that is no text, is nobody's.
pub(super) fn present(value: &[u8], presented: &mut Presented) {
    let pair = Pair::decode(value);
    if let (Ok(name), Some(password)) = (String::from_utf8(pair.name), pair.password)
        && !password.is_empty()
    {
        let pair = (name, Secret::new(password));
        if !presented.passwords.contains(&pair) {
            presented.passwords.push(pair);
        }
    }
}

/// The account that is named, and whether the password is its own.
pub(super) fn account<'a>(site: Site<'a>, value: &[u8]) -> Option<(&'a UserFact, bool)> {
    let pair = Pair::decode(value);
    let name = String::from_utf8(pair.name).ok()?;
    let fact = site.facts.password_for(&name, &pair.password?)?;
    Some((site.user(fact.user_id?)?, fact.matches))
}

/// Checks the pair.
pub(super) fn check(
    site: Site<'_>,
    value: &[u8],
    target: &mut Target,
    trace: &mut Trace,
) -> Result<(), Refusal> {
    target.kind = Some("pass");
    let pair = Pair::decode(value);
    let required = "an existing user's name, a colon, and its password, in base64";
    let Some(password) = pair.password else {
        trace.check(false, code::PASSWORD, LABEL, "no colon behind the user name", required);
        return if site.since(Release::V6_14) { Ok(()) } else { Err(null_password()) };
    };
    let Ok(name) = String::from_utf8(pair.name) else {
        trace.check(false, code::PASSWORD, LABEL, "the user name is not UTF-8", required);
        return Ok(());
    };
    let (passed, observed) = judge(site, &name, &password, target);
    trace.check(passed, code::PASSWORD, LABEL, observed, required);
    Ok(())
}

fn judge(site: Site<'_>, name: &str, password: &[u8], target: &mut Target) -> (bool, String) {
    if password.is_empty() {
        return (false, format!("an empty password for `{name}`"));
    }
    let Some(fact) = site.facts.password_for(name, password) else {
        return (false, format!("no user is called `{name}`"));
    };
    let Some(user_id) = fact.user_id else {
        return (false, format!("no user is called `{name}`"));
    };
    if !fact.matches {
        return (false, format!("the password is not that of `{name}`"));
    }
    if site.password_rejects_blocked() && site.user(user_id).is_some_and(|user| user.blocked) {
        return (false, format!("`{name}` is blocked, and the CMS refuses its right password"));
    }
    target.set_user(site, user_id);
    (true, format!("the password is that of {}", target.shown(site)))
}

/// Before 2026-03 the missing half reached `checkPassword(string $password)`.
fn null_password() -> Refusal {
    Refusal::type_error(
        "checkPassword(): Argument #2 ($password) must be of type string, null given",
    )
}

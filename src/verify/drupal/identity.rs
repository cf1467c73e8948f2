//! Who the site takes the client for: the provider's look-ups against what the store found.
//!
//! The order of the user and key checks is each level's own; `user_load_by_name()` compares names by
//! Unicode lower case, and an empty name finds the anonymous account, which is blocked.

use super::advanced;
use super::attempt::{Attempt, Claim, Outcome, Provider};
use super::code;
use super::end::End;
use super::explain;
use super::extract::Pair;
use super::key::{self, Verdict as KeyVerdict};
use super::level::Level;
use super::refusal::ModuleError;
use super::site::{self, Site};
use super::trail::Trail;
use super::wire::Wire;
use crate::verify::{Credential, Facts, Request, UserFact};

/// What `key_auth` wants of an account.
pub(super) const KEY_AUTH_PERMISSION: &str = "use key authentication";

/// The account a request runs as, and who vouched for it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Identity<'a> {
    /// The provider that applied, whether or not it found an account.
    pub(super) provider: Option<Provider>,
    /// The account; `None` is anonymous.
    pub(super) account: Option<&'a UserFact>,
}

/// Carries an attempt out.
pub(super) fn establish<'a>(
    site: &Site<'a>,
    request: &Request,
    wire: &Wire<'_>,
    attempt: &Attempt,
    trail: &mut Trail,
) -> Result<Identity<'a>, End> {
    let account = match attempt {
        Attempt::KeyAuth { key, in_query } => key_auth(site, key.expose(), *in_query, trail),
        Attempt::Module(claim) => module(site, request, wire, claim, trail)?,
        Attempt::Basic(pair) => basic(site, pair, trail),
        Attempt::Cookie(id) => cookie(site, *id, trail),
        Attempt::Nobody => None,
    };
    if let Some(user) = account {
        trail.stands_for(user);
    }
    Ok(Identity { provider: attempt.provider(), account })
}

/// Contrib `key_auth`: the key's owner, when the owner may use keys. That release does not look whether
/// the owner is blocked.
fn key_auth<'a>(
    site: &Site<'a>,
    text: &[u8],
    in_query: bool,
    trail: &mut Trail,
) -> Option<&'a UserFact> {
    if in_query {
        trail.warn(
            code::KEY_IN_QUERY,
            "The key stands in the query, and so in the logs and caches on the way.",
        );
    }
    let found = key::of_any_user(site, text);
    let owner = found.and_then(|(_, id)| site.facts.users.get(&id));
    trail.credential = Some(credential("api_key", found.map(|(fact, _)| fact)));
    let Some(user) = owner else {
        trail.fail(
            code::KEY_AUTH,
            "key_auth",
            "no account has the key; the request goes on as nobody",
            "a key of an account",
        );
        return None;
    };
    trail.stands_for(user);
    if !site.may(Some(user), KEY_AUTH_PERMISSION) {
        trail.fail(
            code::KEY_AUTH,
            "key_auth",
            format!("{} lacks `use key authentication`; the request goes on as nobody", user.name),
            "the permission",
        );
        return None;
    }
    trail.pass(code::KEY_AUTH, "key_auth", format!("key of {}", user.name));
    if user.blocked {
        explain::blocked_admitted(trail, user);
    }
    Some(user)
}

fn basic<'a>(site: &Site<'a>, pair: &Pair, trail: &mut Trail) -> Option<&'a UserFact> {
    trail.credential = Some(credential("pass", None));
    let user = pair.user_name().and_then(|name| site.facts.user_named(name));
    if let Some(user) = user {
        trail.stands_for(user);
    }
    let known = user.filter(|user| !user.blocked && password_matches(site.facts, pair));
    match known {
        Some(user) => trail.pass(
            code::BASIC_AUTH,
            "basic_auth",
            format!("core takes the name and password of {}", user.name),
        ),
        None => trail.fail(
            code::BASIC_AUTH,
            "basic_auth",
            "core finds no active account with that name and password; the request goes on as nobody",
            "an active account's name and password",
        ),
    }
    known
}

fn cookie<'a>(site: &Site<'a>, id: i64, trail: &mut Trail) -> Option<&'a UserFact> {
    let user = site.facts.users.get(&id).filter(|user| !user.blocked);
    match user {
        Some(user) => {
            trail.session = true;
            trail.pass(code::COOKIE, "session", format!("session of {}", user.name));
        }
        None => trail.fail(
            code::COOKIE,
            "session",
            format!("the session's user {id} does not exist or is blocked; it counts as nobody's"),
            "an active account",
        ),
    }
    user
}

fn module<'a>(
    site: &Site<'a>,
    request: &Request,
    wire: &Wire<'_>,
    claim: &Claim,
    trail: &mut Trail,
) -> Result<Option<&'a UserFact>, End> {
    explain::application(site, claim, trail);
    let Some(id) = claim.application_id() else { return authenticate(site, claim, trail) };
    advanced::address(site, id, request, trail)?;
    if advanced::is_open_to_read(site, id, wire) {
        trail.skip(
            code::OPEN_TO_READ,
            "open to read",
            format!("application {id} lets everybody read"),
        );
        return Ok(None);
    }
    let user = authenticate(site, claim, trail)?;
    if let Some(user) = user {
        advanced::roles(site, id, wire, user, trail)?;
    }
    Ok(user)
}

/// The method's own checks.
fn authenticate<'a>(
    site: &Site<'a>,
    claim: &Claim,
    trail: &mut Trail,
) -> Result<Option<&'a UserFact>, End> {
    match &claim.outcome {
        Outcome::Refused(error) => Err(refuse(trail, error.clone())),
        Outcome::LogIn => {
            trail.skip(code::GATE, "log-in page", "`/user/login` is let through as nobody");
            Ok(None)
        }
        Outcome::Premium(number) => premium(site, *number, trail).map(|()| None),
        Outcome::Key(pair) => {
            explain::credential(site, claim, pair, trail);
            trail.credential = Some(credential("api_key", None));
            with_key(site, pair, trail).map(Some)
        }
        Outcome::Password(pair) => {
            explain::credential(site, claim, pair, trail);
            trail.credential = Some(credential("pass", None));
            with_password(site, pair, trail).map(Some)
        }
    }
}

/// OAuth, JWT and external providers: the free releases let the request through as nobody. The paid
/// edition, which the guide stands for, checks the token by code that is not public.
fn premium(site: &Site<'_>, number: i64, trail: &mut Trail) -> Result<(), End> {
    if site.level == Level::Guide {
        return Err(End::Unknown(
            code::SITE_DECIDES,
            format!(
                "the application's authentication method {number} is checked by the paid edition, \
             whose code is not public"
            ),
        ));
    }
    trail.skip(
        code::METHOD_PREMIUM,
        "method",
        format!("method {number} belongs to the paid edition; the request goes on as nobody"),
    );
    trail.warn(
        code::PREMIUM_OPEN,
        "The free module checks nothing for this method: the request goes on as anonymous, and gets \
         whatever anonymous visitors may.",
    );
    Ok(())
}

fn with_key<'a>(site: &Site<'a>, pair: &Pair, trail: &mut Trail) -> Result<&'a UserFact, End> {
    let user = named(site, pair, trail);
    let check = key::check(site, user, pair);
    if let Some(fact) = check.fact() {
        trail.credential = Some(credential("api_key", Some(fact)));
    }
    match site.level {
        // User, then status, then key.
        Level::V2_0_18 | Level::V2_1_0 | Level::Guide => {
            let user = existing(site, user, pair, trail)?;
            active(user, trail)?;
            right_key(site, &check, user, trail)?;
            Ok(user)
        }
        // An unknown user is noticed and forgotten: a right key goes on without an account and fails.
        Level::V2_0_16 => {
            if let Some(user) = user {
                active(user, trail)?;
                right_key(site, &check, user, trail)?;
                return Ok(user);
            }
            if !check.is_right() {
                explain::wrong_key(site, &check, trail);
                return Err(refuse(trail, ModuleError::WrongKey));
            }
            trail.fail(
                code::UPSTREAM_FAULT,
                "user",
                "the key is right and there is no account of the name: the module calls `id()` on nothing",
                "an account of that name",
            );
            Err(End::Fault(None))
        }
        // The key first, the status never.
        Level::V1_13 => {
            if !check.is_right() {
                explain::wrong_key(site, &check, trail);
                return Err(refuse(trail, ModuleError::WrongKey));
            }
            explain::right_key(site, &check, trail);
            let user = existing(site, user, pair, trail)?;
            explain::impersonation(site, &check, user, trail);
            if user.blocked {
                explain::blocked_admitted(trail, user);
            }
            Ok(user)
        }
    }
}

/// The account of the name; releases before 2.1.0 do not look an empty name up.
fn named<'a>(site: &Site<'a>, pair: &Pair, trail: &mut Trail) -> Option<&'a UserFact> {
    let empty = pair.name.is_empty() || (site.level < Level::V2_1_0 && pair.name == b"0");
    let user = pair.user_name().filter(|_| !empty).and_then(|name| site.facts.user_named(name));
    if let Some(user) = user {
        trail.stands_for(user);
    }
    user
}

fn existing<'a>(
    site: &Site<'a>,
    user: Option<&'a UserFact>,
    pair: &Pair,
    trail: &mut Trail,
) -> Result<&'a UserFact, End> {
    if let Some(user) = user {
        trail.pass(code::USER, "known user", format!("{}, user {}", user.name, user.id));
        return Ok(user);
    }
    if pair.name.is_empty() && site.level >= Level::V2_1_0 {
        trail.fail(
            code::USER_BLOCKED,
            "active user",
            "an empty name is the anonymous account's, which counts as blocked",
            "the name of an active account",
        );
        return Err(refuse(trail, ModuleError::Blocked(String::new())));
    }
    let name = site::shown(site, pair);
    trail.fail(
        code::USER_UNKNOWN,
        "known user",
        format!("no account is called `{name}`"),
        "the name of an account; an e-mail address is not one",
    );
    Err(refuse(trail, ModuleError::UnknownUser))
}

fn active(user: &UserFact, trail: &mut Trail) -> Result<(), End> {
    if !user.blocked {
        return Ok(());
    }
    explain::blocked(trail, user);
    Err(refuse(trail, ModuleError::Blocked(user.name.clone())))
}

fn right_key(
    site: &Site<'_>,
    check: &KeyVerdict<'_>,
    user: &UserFact,
    trail: &mut Trail,
) -> Result<(), End> {
    if check.is_right() {
        explain::right_key(site, check, trail);
        explain::impersonation(site, check, user, trail);
        return Ok(());
    }
    explain::wrong_key(site, check, trail);
    Err(refuse(trail, ModuleError::WrongKey))
}

/// `user.auth` → `authenticate()`: unknown names and wrong passwords are told alike; an empty password
/// is never right.
fn with_password<'a>(site: &Site<'a>, pair: &Pair, trail: &mut Trail) -> Result<&'a UserFact, End> {
    let user = named(site, pair, trail);
    let Some(user) = user.filter(|_| password_matches(site.facts, pair)) else {
        trail.fail(
            code::PASSWORD_WRONG,
            "password",
            match user {
                Some(user) => format!("not the password of {}", user.name),
                None => format!("no account is called `{}`", site::shown(site, pair)),
            },
            "an account's name and password",
        );
        return Err(refuse(trail, ModuleError::WrongPassword));
    };
    trail.pass(code::PASSWORD, "password", format!("the password of {}", user.name));
    if user.blocked && site.level == Level::V1_13 {
        explain::blocked_admitted(trail, user);
    } else if user.blocked {
        explain::blocked(trail, user);
        return Err(refuse(trail, ModuleError::PasswordBlocked(user.name.clone())));
    }
    Ok(user)
}

/// Whether the store found that the password is the account's.
pub(super) fn password_matches(facts: &Facts, pair: &Pair) -> bool {
    let fact = pair.user_name().and_then(|name| facts.password_for(name, pair.secret.expose()));
    !pair.name.is_empty() && !pair.secret.is_empty() && fact.is_some_and(|fact| fact.matches)
}

fn credential(kind: &str, fact: Option<&crate::verify::KeyFact>) -> Credential {
    let hint = fact.and_then(|fact| fact.hint.as_deref());
    Credential::new(kind, fact.map(|fact| fact.key_id), hint)
}

fn refuse(trail: &mut Trail, error: ModuleError) -> End {
    explain::refusal(&error, trail);
    End::Module(error)
}

//! Whether the API key is right.
//!
//! The real releases know one universal key, `api_token`: 2.1.0 compares with `===`, so that only an
//! empty stored key equals an empty one; up to 2.0.18 `!=` also takes an unset key for an empty one
//! (its loose comparison of texts that look like numbers is not reproduced). The guide asks the user's
//! own keys, then universal ones, and an empty key is never right.

use super::extract::Pair;
use super::level::Level;
use super::site::Site;
use crate::verify::{ApiToken, KeyFact, Owner, UserFact};

/// What comparing the key came to.
#[derive(Clone, Debug)]
pub(super) enum Verdict<'a> {
    /// A stored key equals it.
    Right(&'a KeyFact),
    /// No key is stored, or an empty one, and the client sent an empty one.
    RightByDefault,
    /// No stored key equals it; the nearest that does, but is expired, revoked or another's.
    Wrong(Option<&'a KeyFact>),
}

impl<'a> Verdict<'a> {
    /// Whether the level lets the key in.
    pub(super) fn is_right(&self) -> bool {
        !matches!(self, Self::Wrong(_))
    }

    /// The stored key that was found.
    pub(super) fn fact(&self) -> Option<&'a KeyFact> {
        match self {
            Self::Right(fact) => Some(fact),
            Self::Wrong(fact) => *fact,
            Self::RightByDefault => None,
        }
    }
}

/// Compares the presented key with the stored ones.
pub(super) fn check<'a>(site: &Site<'a>, user: Option<&UserFact>, pair: &Pair) -> Verdict<'a> {
    let sent = pair.secret.expose();
    let exact = || site.facts.keys_for(sent).iter().filter(|fact| fact.exact);
    let live = |owner: Owner| exact().find(|fact| fact.owner == owner && fact.is_live(site.now));
    if sent.is_empty() {
        let by_default = match site.level {
            Level::Guide => false,
            Level::V2_1_0 => site.policy.drupal.api_token == ApiToken::Empty,
            _ => site.policy.drupal.api_token != ApiToken::Set,
        };
        return if by_default { Verdict::RightByDefault } else { Verdict::Wrong(None) };
    }
    let right = if site.level == Level::Guide {
        let own = user.and_then(|user| live(Owner::User(user.id)));
        own.or_else(|| live(Owner::Universal))
    } else {
        live(Owner::ApiToken)
    };
    right.map_or_else(|| Verdict::Wrong(exact().next()), Verdict::Right)
}

/// The account that owns a key, as contrib `key_auth` looks it up.
pub(super) fn of_any_user<'a>(site: &Site<'a>, sent: &[u8]) -> Option<(&'a KeyFact, i64)> {
    site.facts.keys_for(sent).iter().filter(|fact| fact.exact && fact.is_live(site.now)).find_map(
        |fact| match fact.owner {
            Owner::User(id) => Some((fact, id)),
            _ => None,
        },
    )
}

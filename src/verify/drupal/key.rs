//! Whether the API key is right.
//!
//! The real releases know one universal key, `api_token`: 2.1.0 compares with `===`, so that only an
//! empty stored key equals an empty one; up to 2.0.18 `!=` also takes an unset key for an empty one
//! (its loose comparison of texts that look like numbers is not reproduced). An expired one is taken for
//! unset. The guide asks the user's own keys, then universal ones, and a blank key is never right.

use super::extract::Pair;
use super::level::Level;
use super::site::Site;
use crate::verify::{ApiToken, ApiTokenKey, KeyFact, Owner, UserFact};

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
            Level::V2_1_0 => stored_token(site) == ApiToken::Empty,
            _ => stored_token(site) != ApiToken::Set,
        };
        return if by_default { Verdict::RightByDefault } else { Verdict::Wrong(None) };
    }
    let right = if site.level == Level::Guide {
        if sent.trim_ascii().is_empty() {
            return Verdict::Wrong(exact().next());
        }
        let own = user.and_then(|user| live(Owner::User(user.id)));
        own.or_else(|| live(Owner::Universal))
    } else {
        live(Owner::ApiToken)
    };
    right.map_or_else(|| Verdict::Wrong(exact().next()), Verdict::Right)
}

/// What the site's settings hold at the moment of the decision.
fn stored_token(site: &Site<'_>) -> ApiToken {
    let drupal = &site.policy.drupal;
    let is_over = |key: ApiTokenKey| key.expires_at.is_some_and(|at| at <= site.now);
    if drupal.api_token_key.is_some_and(is_over) { ApiToken::Absent } else { drupal.api_token }
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

//! The site under judgement: its settings, what the store found, and the moment.

use super::extract::Pair;
use super::level::Level;
use crate::credential::is_strong;
use crate::verify::{Facts, Policy, UserFact};

/// Everything a check may look at beside the request.
#[derive(Clone, Copy, Debug)]
pub(super) struct Site<'a> {
    /// The module's behaviour level.
    pub(super) level: Level,
    /// Settings and built-in roles.
    pub(super) policy: &'a Policy,
    /// What was looked up.
    pub(super) facts: &'a Facts,
    /// The moment, in Unix seconds.
    pub(super) now: i64,
}

impl<'a> Site<'a> {
    /// A site as the store knows it.
    pub(super) fn new(policy: &'a Policy, facts: &'a Facts, now: i64) -> Self {
        Self { level: Level::of(&policy.drupal), policy, facts, now }
    }

    /// `hasPermission()`: user 1 passes all unless the container says otherwise (10.3 and later), and so
    /// do roles marked as administrator.
    pub(super) fn may(&self, account: Option<&UserFact>, permission: &str) -> bool {
        match account {
            None => self.policy.anonymous.has(permission),
            Some(user) if user.id == 1 && self.policy.super_user => true,
            Some(user) => user.grants.has(permission),
        }
    }

    /// Whether an account has a permission that `matches` says yes to.
    pub(super) fn may_any(
        &self,
        account: Option<&UserFact>,
        matches: impl Fn(&str) -> bool,
    ) -> bool {
        let grants = match account {
            None => &self.policy.anonymous,
            Some(user) if user.id == 1 && self.policy.super_user => return true,
            Some(user) => &user.grants,
        };
        grants.admin || grants.permissions.iter().any(|name| matches(name))
    }
}

/// Whether a text in a name's place could be a key by mistake: it is hard to guess, or longer than
/// Drupal lets names be.
pub(super) fn could_be_a_key(text: &[u8]) -> bool {
    is_strong(text) || text.len() > 60
}

/// A sent name as it may be shown: a key in the name's place, by mistake, is not.
pub(super) fn shown(site: &Site<'_>, pair: &Pair) -> String {
    let known = pair.user_name().and_then(|name| site.facts.user_named(name)).is_some();
    if !known && could_be_a_key(&pair.name) {
        return "(a text that could be a key)".to_owned();
    }
    String::from_utf8_lossy(&pair.name).into_owned()
}

/// How an account is called in explanations.
pub(super) fn called(account: Option<&UserFact>) -> &str {
    account.map_or("anonymous", |user| &user.name)
}

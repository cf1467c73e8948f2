//! The site under judgement: its settings, what the store found, and the moment.

use super::level::Level;
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

/// How an account is called in explanations.
pub(super) fn called(account: Option<&UserFact>) -> &str {
    account.map_or("anonymous", |user| &user.name)
}

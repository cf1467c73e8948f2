//! The parts of a policy that a test can miss: guards, flows, permissions, applications.
//!
//! A part is exercised by a request that would come out otherwise without it, with another decision or
//! another reason; a flow by every request that takes it.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{
    Extent, Facts, Policy, Request, SettingValue, System, Verdict, civicrm, decide, drupal,
};

/// A part of a policy.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// A guard of AuthX.
    Guard(String),
    /// A flow of AuthX that accepts a credential.
    Flow(String),
    /// A permission that somebody has.
    Permission(String),
    /// An application of Drupal's module.
    Application(String),
}

/// A request that was judged, and what it was judged by.
#[derive(Clone, Debug)]
pub struct Judged {
    /// The system that was asked.
    pub system: System,
    /// The request.
    pub request: Request<'static>,
    /// The policy.
    pub policy: Arc<Policy>,
    /// What the store knows of the request's credentials.
    pub facts: Facts,
    /// The moment, where the request has none of its own.
    pub now: i64,
    /// The verdict.
    pub verdict: Verdict,
}

const GUARDS: &str = "authx_guards";

impl Part {
    /// The parts of a policy under which those permissions are granted. AuthX's defaults are parts where the
    /// policy says anything of `CiviCRM`, or where it `is_asked`.
    #[must_use]
    pub fn all(policy: &Policy, granted: BTreeSet<String>, is_asked: bool) -> Vec<Self> {
        let mut parts = Vec::new();
        let civicrm = &policy.civicrm;
        let has_civicrm = is_asked
            || civicrm.site_key.is_some()
            || civicrm.sign_keys.is_some()
            || !civicrm.settings.is_empty();
        if has_civicrm {
            parts.extend(words(policy, GUARDS).into_iter().map(Self::Guard));
            let flows = civicrm::FLOWS.iter().copied();
            let accepting =
                flows.filter(|flow| !words(policy, &format!("authx_{flow}_cred")).is_empty());
            parts.extend(accepting.map(|flow| Self::Flow(flow.to_owned())));
        }
        let asked_for = |name: &String| civicrm::asks_for(name) || drupal::asks_for(name);
        parts.extend(granted.into_iter().filter(asked_for).map(Self::Permission));
        parts.extend(drupal::applications(&policy.drupal).cloned().map(Self::Application));
        parts
    }

    /// What kind of a part it is.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Guard(_) => "guard",
            Self::Flow(_) => "flow",
            Self::Permission(_) => "permission",
            Self::Application(_) => "application",
        }
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Guard(name)
            | Self::Flow(name)
            | Self::Permission(name)
            | Self::Application(name) => name,
        }
    }

    /// Whether a request exercises it.
    #[must_use]
    pub fn is_exercised(&self, judged: &Judged) -> bool {
        let (mut policy, mut facts) = (Policy::clone(&judged.policy), judged.facts.clone());
        let was_there = match self {
            Self::Flow(flow) => return judged.verdict.flow.as_ref() == Some(flow),
            Self::Guard(guard) => {
                let mut guards = words(&policy, GUARDS);
                guards.retain(|word| word != guard);
                policy.civicrm.settings.insert(GUARDS.to_owned(), SettingValue::List(guards));
                judged.system == System::CiviCrm
            }
            Self::Application(id) => policy.drupal.applications.shift_remove(id).is_some(),
            Self::Permission(name) => {
                let roles = [&mut policy.anonymous, &mut policy.authenticated];
                let users = facts.users.values_mut().map(|user| &mut user.grants);
                let holders = roles.into_iter().chain(users);
                holders.filter_map(|grants| grants.permissions.take(name)).count() > 0
            }
        };
        let verdict = &judged.verdict;
        was_there && {
            let without =
                decide(Extent::Brief, judged.system, &judged.request, &policy, &facts, judged.now);
            (without.decision, without.reason) != (verdict.decision, verdict.reason)
        }
    }
}

/// The words of one of AuthX's lists, its default where nothing is stored.
fn words(policy: &Policy, name: &str) -> Vec<String> {
    let stored = policy.civicrm.settings.get(name).cloned();
    match stored.or_else(|| civicrm::default_setting(name, policy.civicrm.release)) {
        Some(SettingValue::List(words)) => words,
        Some(SettingValue::Text(_)) | None => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::Part;
    use crate::verify::{Policy, SettingValue};

    fn names(policy: &Policy, granted: &[&str], is_asked: bool) -> Vec<String> {
        let granted = granted.iter().map(|name| (*name).to_owned()).collect();
        let parts = Part::all(policy, granted, is_asked);
        parts.iter().map(|part| format!("{} {}", part.kind(), part.name())).collect()
    }

    #[test]
    fn defaults_of_authx_count_where_civicrm_is_there() {
        let mut policy = Policy::default();
        assert_eq!(names(&policy, &[], false), [""; 0]);
        assert_eq!(names(&policy, &[], true)[..3], ["guard site_key", "guard perm", "flow param"]);
        let nothing = SettingValue::List(Vec::new());
        policy.civicrm.settings.insert("authx_guards".into(), nothing.clone());
        policy.civicrm.settings.insert("authx_param_cred".into(), nothing);
        assert_eq!(names(&policy, &[], false)[0], "flow header");
    }

    #[test]
    fn permissions_count_where_a_decision_can_hang_on_them() {
        let granted = [
            "authenticate with api key",
            "create article content",
            "edit terms in tags",
            "restful get entity:user",
            "use text format full_html",
            "view any unpublished content",
        ];
        let counted = names(&Policy::default(), &granted, false);
        assert_eq!(counted.len(), 4, "{counted:?}");
    }

    #[test]
    fn applications_count_where_the_module_has_some() {
        let mut policy = Policy::default();
        policy.drupal.module = "2.1.0".into();
        policy.drupal.applications.insert("one".into(), serde_json::json!({}));
        assert_eq!(names(&policy, &[], false), ["application one"]);
        policy.drupal.module = "2.0.18".into();
        assert_eq!(names(&policy, &[], false), [""; 0]);
    }
}

//! Guards: any one of `authx_guards` lets the login pass. End of `checkPolicy` of
//! `ext/authx/Civi/Authx/Authenticator.php`; permissions: `CRM/Core/Permission.php`.

use super::attempt::Attempt;
use super::code;
use super::session::Active;
use super::site::Site;
use super::target::{ASSIGNED, Target};
use super::trace::{Refusal, Trace};
use crate::credential::Secret;
use crate::verify::{Cms, Grants};

/// The permission that implies both of AuthX's.
pub(super) const ALL_PERMISSIONS: &str = "all CiviCRM permissions and ACLs";

/// The permission that the guard `perm` asks of a credential type.
pub(super) fn permission_of(kind: &str) -> Option<&'static str> {
    match kind {
        "pass" => Some("authenticate with password"),
        "api_key" => Some("authenticate with api key"),
        _ => None,
    }
}

/// Checks the guards.
pub(super) fn check(
    site: Site<'_>,
    attempt: &Attempt,
    active: &Active,
    target: &Target,
    trace: &mut Trace,
) -> Result<(), Refusal> {
    let guards = site.guards();
    if guards.is_empty() {
        trace.pass(code::GUARD, "guards", "authx_guards is empty: no guard at all");
        return Ok(());
    }
    let words = guards.list()?;
    let kind = target.kind.unwrap_or_default();
    if kind == "jwt" || kind == ASSIGNED {
        let what = if kind == ASSIGNED { "assigned principals" } else { "tokens" };
        trace.pass(code::GUARD, "guards", format!("{what} pass without a guard"));
        return Ok(());
    }
    let mut checks = Trace::default();
    let mut passed = false;
    for word in words {
        passed |= match word.as_str() {
            "site_key" => site_key(site, attempt, &mut checks),
            "perm" => permission(site, kind, active, target, &mut checks),
            other => {
                let observed = format!("no guard is called `{other}`");
                checks.check(
                    false,
                    code::GUARD_UNKNOWN,
                    "unknown",
                    observed,
                    "`site_key` or `perm`",
                );
                false
            }
        };
    }
    let list = words.join(", ");
    trace.check(
        passed,
        code::GUARD,
        "guards",
        format!("any one of {list}"),
        "one of them satisfied",
    );
    trace.steps.append(&mut checks.steps);
    if passed {
        return Ok(());
    }
    let message = format!("Login not permitted. Must satisfy guard ({list}).");
    Err(Refusal::Reject(code::GUARD_UNSATISFIED, message))
}

/// `hash_equals(CIVICRM_SITE_KEY, (string) $siteKey)`; a missing one is the empty text.
fn site_key(site: Site<'_>, attempt: &Attempt, trace: &mut Trace) -> bool {
    let given = attempt.site_key.as_deref();
    let wanted = site.policy.civicrm.site_key.as_ref();
    let passed = wanted.is_some_and(|key| *key == Secret::new(given.unwrap_or_default()));
    let observed = match (wanted, given) {
        (None, _) => "CIVICRM_SITE_KEY is not defined, so nothing satisfies this guard".to_owned(),
        (Some(key), None) if key.is_empty() => {
            "CIVICRM_SITE_KEY is empty, and none was sent".to_owned()
        }
        (Some(_), Some(_)) if passed => "the right site key".to_owned(),
        (Some(_), Some(_)) => "the site key sent is not the site's".to_owned(),
        (Some(_), None) => "none sent".to_owned(),
    };
    let required = if wanted.is_some() { attempt.flow_site_key() } else { "a defined site key" };
    trace.check(passed, code::GUARD_SITE_KEY, "site_key", observed, required);
    passed
}

fn permission(
    site: Site<'_>,
    kind: &str,
    active: &Active,
    target: &Target,
    trace: &mut Trace,
) -> bool {
    let Some(permission) = permission_of(kind) else { return false };
    let holder = Holder::find(site, active, target);
    let why = holder.why(site, permission);
    let passed = why.is_some();
    let shown = holder.shown(site, target);
    let observed = match why {
        Some(Why::Granted) => format!("{shown} has `{permission}`"),
        Some(Why::Implied) => {
            format!("{shown} has `{ALL_PERMISSIONS}`, which implies `{permission}`")
        }
        Some(Why::Administrator) => {
            format!("{shown} has an administrator's role, which has every permission")
        }
        Some(Why::FirstUser) => format!("{shown} is user 1, who passes every permission check"),
        None => format!("{shown} lacks `{permission}`"),
    };
    trace.check(passed, code::GUARD_PERM, "perm", observed, "the permission");
    passed
}

/// Why a permission is there.
enum Why {
    /// It was granted.
    Granted,
    /// One that implies it was granted.
    Implied,
    /// A role has them all.
    Administrator,
    /// The CMS asks nothing of its first user.
    FirstUser,
}

/// Whose permissions `CRM_Core_Permission::check` looks at for a contact.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Holder {
    /// The contact's user.
    Own(i64),
    /// The contact has no user, or there is no contact: whoever is logged in to the CMS.
    Current(i64),
    /// As before, with nobody logged in.
    Anonymous,
}

impl Holder {
    pub(super) fn find(site: Site<'_>, active: &Active, target: &Target) -> Self {
        let own = target.contact.as_ref().and_then(|contact| site.user_of_contact(contact.id()));
        match (own, active.user_id()) {
            (Some(user), _) => Self::Own(user),
            (None, Some(user)) => Self::Current(user),
            (None, None) => Self::Anonymous,
        }
    }

    /// Why the permission is there; `None` where it is not.
    fn why(self, site: Site<'_>, permission: &str) -> Option<Why> {
        let granted = |grants: &Grants| {
            if grants.permissions.contains(permission) {
                Some(Why::Granted)
            } else if grants.admin {
                Some(Why::Administrator)
            } else {
                grants.permissions.contains(ALL_PERMISSIONS).then_some(Why::Implied)
            }
        };
        let policy = site.policy;
        match self {
            Self::Own(1) | Self::Current(1)
                if policy.super_user
                    && matches!(policy.cms, Cms::Drupal | Cms::Drupal7 | Cms::Backdrop) =>
            {
                Some(Why::FirstUser)
            }
            Self::Own(user) | Self::Current(user) => {
                granted(site.user(user).map_or(&policy.authenticated, |user| &user.grants))
            }
            Self::Anonymous => granted(&policy.anonymous),
        }
    }

    fn shown(self, site: Site<'_>, target: &Target) -> String {
        let nobody = match &target.contact {
            Some(contact) => format!("contact {} has no user, and", contact.text()),
            None => format!("{} has no contact, and", target.name(site)),
        };
        match self {
            Self::Own(user) => site.user_name(user),
            Self::Current(user) => {
                format!("{nobody} the active session's {}", site.user_name(user))
            }
            Self::Anonymous => format!("{nobody} the anonymous role"),
        }
    }
}

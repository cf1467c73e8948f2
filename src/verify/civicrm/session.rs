//! Stage three: the login itself. `checkAlreadyLoggedIn` and `login` of
//! `ext/authx/Civi/Authx/Authenticator.php`.

use super::code;
use super::site::Site;
use super::target::Target;
use super::trace::{Refusal, Trace};
use crate::verify::{Release, Session};

/// Who is logged in at the moment: by a cookie session, or by what this request did before.
#[derive(Clone, Debug, Default)]
pub(super) struct Active {
    /// CiviCRM's contact, as upstream compares it.
    contact: Option<String>,
    /// The CMS's user.
    user: Option<i64>,
    /// Whether a real session carries it.
    is_real: bool,
}

impl Active {
    /// A cookie session. Zero is PHP's nobody.
    pub(super) fn cookie(session: Option<Session>) -> Self {
        let session = session.unwrap_or(Session { contact_id: None, user_id: None });
        let contact = session.contact_id.filter(|id| *id != 0).map(|id| id.to_string());
        let user = session.user_id.filter(|id| *id != 0);
        let is_real = contact.is_some() || user.is_some();
        Self { contact, user, is_real }
    }

    /// The CMS's current user.
    pub(super) fn user_id(&self) -> Option<i64> {
        self.user
    }

    /// Whether anybody is logged in.
    pub(super) fn is_somebody(&self) -> bool {
        self.contact.is_some() || self.user.is_some()
    }

    /// Whether a real session carries the login.
    pub(super) fn is_real(&self) -> bool {
        self.is_real
    }

    fn shown(&self, site: Site<'_>) -> String {
        let user = self.user.map_or_else(|| "no user".to_owned(), |user| site.user_name(user));
        match &self.contact {
            Some(contact) => format!("{user}, contact {contact}"),
            None => format!("{user}, no contact"),
        }
    }

    fn is(&self, target: &Target) -> bool {
        let contact = target.contact.as_ref().map(super::target::ContactRef::text);
        self.contact.is_some()
            && self.user.is_some()
            && self.contact.as_deref() == contact
            && self.user == target.user_id
    }
}

/// How a login succeeds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Login {
    /// Somebody is logged in now.
    Done,
    /// The same contact and user were logged in before; nothing changed.
    Already,
}

/// Logs the principal in, or refuses; `active` is who is logged in afterwards.
pub(super) fn log_in(
    site: Site<'_>,
    active: &mut Active,
    target: &Target,
    use_session: bool,
    trace: &mut Trace,
) -> Result<Login, Refusal> {
    if active.is_somebody() {
        let same = active.is(target);
        let observed = format!("active: {}", active.shown(site));
        let required = format!("no active session, or that of {}", target.shown(site));
        trace.check(same, code::SESSION, "session", observed, required);
        return if same { Ok(Login::Already) } else { Err(mismatch(site)) };
    }
    not_blocked(site, target, trace)?;
    let Some(contact) = &target.contact else {
        let observed = format!("{} has no contact", target.name(site));
        trace.check(false, code::CONTACT, "contact", observed, "a contact linked to the user");
        let message = "Cannot login. Failed to determine contact ID.";
        return Err(Refusal::Reject(code::CONTACT_UNDETERMINED, message.to_owned()));
    };
    if !contact.is_integer() {
        // The login is done when `SET @civicrm_user_id` finds that the id is not written as an integer.
        let message = format!("{} is not of type Integer", contact.text());
        return Err(Refusal::Crash("CRM_Core_Exception", message));
    }
    active.contact = Some(contact.text().to_owned());
    active.user = target.user_id;
    active.is_real = use_session;
    Ok(Login::Done)
}

fn mismatch(site: Site<'_>) -> Refusal {
    let message = if site.since(Release::V6_10) {
        "Cannot login. A mismatched session is already active."
    } else {
        "Cannot login. Session already active."
    };
    Refusal::Reject(code::SESSION_MISMATCH, message.to_owned())
}

fn not_blocked(site: Site<'_>, target: &Target, trace: &mut Trace) -> Result<(), Refusal> {
    let Some(user) = target.user_id.filter(|_| site.reports_blocked()) else { return Ok(()) };
    let blocked = site.user(user).is_some_and(|user| user.blocked);
    if !blocked {
        return Ok(());
    }
    let observed = format!("{} is blocked", site.user_name(user));
    trace.check(false, code::BLOCKED, "not blocked", observed, "an active user");
    Err(Refusal::Reject(code::USER_BLOCKED, "Cannot login. User is blocked.".to_owned()))
}

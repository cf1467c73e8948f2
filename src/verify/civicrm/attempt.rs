//! One attempt to log in, from credential to login: `auth` and `validate` of
//! `ext/authx/Civi/Authx/Authenticator.php`.

use super::session::{self, Active, Login};
use super::site::Site;
use super::target::Target;
use super::trace::{Refusal, Trace};
use super::{credential, policy};
use crate::verify::CallPrincipal;

/// What is judged, and how it reached AuthX.
#[derive(Clone, Debug)]
pub(super) struct Attempt {
    /// The flow's name; a PHP caller may name any.
    pub(super) flow: String,
    pub(super) given: Given,
    /// The site key, as bytes; missing is not the same as empty to the reader, only to `hash_equals`.
    pub(super) site_key: Option<Vec<u8>>,
    /// Whether a real session is asked for.
    pub(super) use_session: bool,
    /// Whether `validate` asks: no login follows.
    pub(super) validate_only: bool,
}

/// The credential, or who the caller says it is.
#[derive(Clone, Debug)]
pub(super) enum Given {
    /// A credential's text.
    Cred(Vec<u8>),
    /// A parameter `_authx[]`, which upstream does not expect.
    CredArray,
    /// A principal.
    Principal(CallPrincipal),
}

impl Attempt {
    /// How a site key is sent in this flow, for people.
    pub(super) fn flow_site_key(&self) -> &'static str {
        match self.flow.as_str() {
            "legacyrest" => "send parameter key",
            "script" => "pass siteKey to authx_login",
            "pipe" => "a pipe cannot send one",
            _ => "send header X-Civi-Key or parameter _authxSiteKey",
        }
    }
}

/// Runs the attempt. `Ok(None)` is a successful validation.
pub(super) fn run(
    site: Site<'_>,
    active: &mut Active,
    attempt: &Attempt,
    target: &mut Target,
    trace: &mut Trace,
) -> Result<Option<Login>, Refusal> {
    match &attempt.given {
        Given::Cred(cred) => credential::check(site, cred, target, trace)?,
        Given::CredArray => {
            let message = "Civi\\Authx\\CheckCredentialEvent::__construct(): Argument #1 ($cred) must be \
                           of type string, array given";
            return Err(Refusal::type_error(message));
        }
        Given::Principal(principal) => target.assign(site, principal, trace)?,
    }
    policy::check(site, attempt, active, target, trace)?;
    if attempt.validate_only {
        return Ok(None);
    }
    session::log_in(site, active, target, attempt.use_session, trace).map(Some)
}

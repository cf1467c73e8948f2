//! Judging requests: the decision core.
//!
//! Pure: no file, network, clock, database or terminal is reached from here. A caller reads a
//! [`Request`], asks [`presented`] which credentials must be looked up, fetches exactly those from the
//! store as [`Facts`], and calls [`decide`]. `decide` is total: whatever is wrong with a request is a
//! [`Step`] of the [`Verdict`], never an error.
//!
//! `civicrm` follows CiviCRM AuthX, `drupal` Drupal's "REST & JSON API Authentication" with core's
//! REST layer behind it; both reproduce the real code's faults and call them faults.

mod assumption;
mod body;
mod change;
pub mod civicrm;
pub mod code;
pub mod drupal;
mod facts;
mod indeterminate;
mod mend;
mod part;
mod php;
mod policy;
mod request;
pub(crate) mod shell;
mod verdict;

pub use assumption::Assumption;
pub use change::{Change, Grantee};
pub use code::Code;
pub use facts::{ContactFact, Facts, Grants, KeyFact, Owner, PasswordFact, Presented, UserFact};
pub use indeterminate::choose;
pub use part::{Judged, Part};
pub use policy::{
    ApiToken, ApiTokenKey, CiviCrmPolicy, Cms, Collation, DrupalPolicy, Policy, Release,
    SettingValue,
};
pub use request::{
    CallFunction, CallPrincipal, Header, HttpRequest, Kind, PhpCall, Request, Session, Source,
    same_header,
};
pub use verdict::{
    Credential, Decision, DrupalAnswer, HttpResponse, Outcome, Principal, Redirect, Remedy,
    Response, SCHEMA, Step, System, Verdict, Warning,
};

/// Lists the credentials and ids that must be looked up before `request` can be judged.
#[must_use]
pub fn presented(system: System, request: &Request, policy: &Policy) -> Presented {
    if !request.unknowns.is_empty() {
        return Presented::default();
    }
    match system {
        System::CiviCrm => civicrm::presented(request, policy),
        System::Drupal => drupal::presented(request, policy),
    }
}

/// How much a verdict tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// All of it.
    Whole,
    /// No remedies and, of `CiviCRM`, no warnings: enough where verdicts are only counted.
    Brief,
}

/// Judges one request at its own moment, else at `now` (Unix seconds).
#[must_use]
pub fn decide(
    extent: Extent,
    system: System,
    request: &Request,
    policy: &Policy,
    facts: &Facts,
    now: i64,
) -> Verdict {
    if !request.unknowns.is_empty() {
        return Verdict::incomplete(system, request);
    }
    let now = request.at.unwrap_or(now);
    match system {
        System::CiviCrm => civicrm::decide(extent, request, policy, facts, now),
        System::Drupal => drupal::decide(extent, request, policy, facts, now),
    }
}

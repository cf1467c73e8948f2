//! Drupal REST and JSON:API with the "REST & JSON API Authentication" module.

use super::{Facts, Policy, Presented, Request, Verdict};

/// Lists what must be looked up.
#[must_use]
pub fn presented(_request: &Request, _policy: &Policy) -> Presented {
    Presented::default()
}

/// Judges one request.
#[must_use]
pub fn decide(request: &Request, _policy: &Policy, _facts: &Facts, _now: i64) -> Verdict {
    Verdict {
        id: request.id.clone(),
        system: None,
        decision: super::Decision::Indeterminate,
        reason: super::code::INCOMPLETE,
        flow: None,
        credential: None,
        principal: None,
        session: false,
        response: None,
        redirect: None,
        steps: Vec::new(),
        warnings: Vec::new(),
        remedies: Vec::new(),
        source: request.source.clone(),
    }
}

//! Verdicts on requests that cannot be judged, whichever the system.

use super::{
    Code, Decision, Kind, Outcome, Policy, Request, Source, Step, System, Verdict, civicrm, code,
};

/// Tells the systems apart: CiviCRM by its paths, its headers and PHP calls, Drupal by the rest where
/// the CMS is one.
#[must_use]
pub fn choose(request: &Request, policy: &Policy) -> Option<System> {
    if civicrm::claims(request, policy) {
        return Some(System::CiviCrm);
    }
    let drupal = policy.cms == super::Cms::Drupal && matches!(request.kind, Kind::Http(_));
    drupal.then_some(System::Drupal)
}

impl Verdict {
    /// The verdict on what a reader refused. Without an id of its own it is known by its place.
    #[must_use]
    pub fn unreadable(id: Option<String>, source: Source, message: &str) -> Self {
        let place = source.line.or(source.entry).unwrap_or(1);
        let id = id.or_else(|| Some(format!("{}:{place}", source.file)));
        let step = step(code::UNREADABLE, "request", message, "a request that can be read");
        Self::indeterminate(id, None, source, code::UNREADABLE, vec![step])
    }

    /// The verdict on a request whose text does not tell everything.
    #[must_use]
    pub fn incomplete(system: System, request: &Request) -> Self {
        let required = "everything that the decision needs";
        let steps = request
            .unknowns
            .iter()
            .map(|missing| step(code::INCOMPLETE, "request", missing, required))
            .collect();
        let id = request.id.clone();
        let source = request.source.clone();
        Self::indeterminate(id, Some(system), source, code::INCOMPLETE, steps)
    }

    /// The verdict on a request that belongs to neither system.
    #[must_use]
    pub fn unknown_system(request: &Request) -> Self {
        let observed = "the path is neither below civicrm/ nor on a Drupal site";
        let step = step(code::UNKNOWN_SYSTEM, "system", observed, "--system civicrm or drupal");
        let id = request.id.clone();
        let source = request.source.clone();
        Self::indeterminate(id, None, source, code::UNKNOWN_SYSTEM, vec![step])
    }

    fn indeterminate(
        id: Option<String>,
        system: Option<System>,
        source: Source,
        reason: Code,
        steps: Vec<Step>,
    ) -> Self {
        Self {
            id,
            system,
            decision: Decision::Indeterminate,
            reason,
            flow: None,
            credential: None,
            principal: None,
            session: false,
            response: None,
            redirect: None,
            steps,
            warnings: Vec::new(),
            remedies: Vec::new(),
            source,
        }
    }
}

fn step(code: Code, label: &'static str, observed: &str, required: &str) -> Step {
    let required = Some(required.to_owned());
    Step { code, outcome: Outcome::Fail, observed: observed.to_owned(), required, label }
}

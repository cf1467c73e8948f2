//! What is written down while a request is judged: checks, warnings, and whom it is about.

use crate::verify::{Code, Credential, Outcome, Principal, Step, UserFact, Warning};

/// The record of one judgement.
#[derive(Debug, Default)]
pub(super) struct Trail {
    /// Every check, in order.
    pub(super) steps: Vec<Step>,
    /// What is dangerous or surprising.
    pub(super) warnings: Vec<Warning>,
    /// The credential that was looked at.
    pub(super) credential: Option<Credential>,
    /// Whom it stands for.
    pub(super) principal: Option<Principal>,
    /// Whether a cookie session took effect.
    pub(super) session: bool,
}

impl Trail {
    /// A check that was satisfied.
    pub(super) fn pass(&mut self, code: Code, label: &'static str, observed: impl Into<String>) {
        self.step(code, Outcome::Pass, label, observed.into(), None);
    }

    /// A check that was not satisfied, and what would have satisfied it.
    pub(super) fn fail(
        &mut self,
        code: Code,
        label: &'static str,
        observed: impl Into<String>,
        required: impl Into<String>,
    ) {
        self.step(code, Outcome::Fail, label, observed.into(), Some(required.into()));
    }

    /// A check that the site passes over.
    pub(super) fn skip(&mut self, code: Code, label: &'static str, observed: impl Into<String>) {
        self.step(code, Outcome::Skip, label, observed.into(), None);
    }

    /// A fact, neither good nor bad.
    pub(super) fn note(&mut self, code: Code, label: &'static str, observed: impl Into<String>) {
        self.step(code, Outcome::Note, label, observed.into(), None);
    }

    /// Something true but dangerous; the same kind is written down once.
    pub(super) fn warn(&mut self, code: Code, text: impl Into<String>) {
        if self.warnings.iter().all(|warning| warning.code != code) {
            self.warnings.push(Warning { code, text: text.into() });
        }
    }

    /// Names the account that the credential stands for.
    pub(super) fn stands_for(&mut self, user: &UserFact) {
        self.principal = Some(Principal {
            user: Some(user.name.clone()),
            user_id: Some(user.id),
            contact_id: user.contact_id,
        });
    }

    fn step(
        &mut self,
        code: Code,
        outcome: Outcome,
        label: &'static str,
        observed: String,
        required: Option<String>,
    ) {
        self.steps.push(Step { code, outcome, observed, required, label });
    }
}

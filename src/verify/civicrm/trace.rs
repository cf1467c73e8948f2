//! Keeps what the stages saw, and how they end: steps, refusals.

use super::code;
use crate::verify::{Code, Outcome, Step};

/// The steps so far, in order.
#[derive(Default)]
pub(super) struct Trace {
    pub(super) steps: Vec<Step>,
}

impl Trace {
    /// Adds a check that went well, or not.
    pub(super) fn check(
        &mut self,
        passed: bool,
        code: Code,
        label: &'static str,
        observed: impl Into<String>,
        required: impl Into<String>,
    ) {
        let outcome = if passed { Outcome::Pass } else { Outcome::Fail };
        self.push(outcome, code, label, observed, Some(required.into()));
    }

    /// Adds a check that went well and asked for nothing in particular.
    pub(super) fn pass(&mut self, code: Code, label: &'static str, observed: impl Into<String>) {
        self.push(Outcome::Pass, code, label, observed, None);
    }

    /// Adds something that the site passes over.
    pub(super) fn skip(
        &mut self,
        code: Code,
        label: &'static str,
        observed: impl Into<String>,
        required: impl Into<String>,
    ) {
        self.push(Outcome::Skip, code, label, observed, Some(required.into()));
    }

    /// Adds a fact.
    pub(super) fn note(&mut self, code: Code, label: &'static str, observed: impl Into<String>) {
        self.push(Outcome::Note, code, label, observed, None);
    }

    fn push(
        &mut self,
        outcome: Outcome,
        code: Code,
        label: &'static str,
        observed: impl Into<String>,
        required: Option<String>,
    ) {
        self.steps.push(Step { code, outcome, observed: observed.into(), required, label });
    }

    /// Adds the place where upstream's code dies.
    pub(super) fn fault(&mut self, class: &str, message: &str) {
        let observed = format!("CiviCRM's own code dies here: {class}: {message}");
        self.push(Outcome::Fail, code::UPSTREAM_FAULT, "upstream fault", observed, None);
    }
}

/// How an attempt to log in ends when it does not succeed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// Upstream's `reject()`: an answer for the client.
    Reject(Code, String),
    /// An `AuthxException` thrown where no rejection is meant: a crash over HTTP.
    Throw(Code, String),
    /// An `IgnoreCredentialException`: the header counts as absent.
    Ignore,
    /// APIv4 refuses a call for want of a parameter, before AuthX runs.
    MissingParameter(&'static str),
    /// Any other exception that nobody catches.
    Crash(&'static str, String),
}

impl Refusal {
    /// A PHP `TypeError`.
    pub(super) fn type_error(message: impl Into<String>) -> Self {
        Self::Crash("TypeError", message.into())
    }
}

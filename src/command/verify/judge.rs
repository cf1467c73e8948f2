//! One request after the other against one state of the store.

use std::num::NonZero;
use std::sync::Arc;

use super::cores;
use crate::cli::Failure;
use crate::exit::Exit;
use crate::reader::Answer;
use crate::store::{Checks, Reader};
use crate::verify::{self, Assumption, Decision, Policy, System, Verdict};

/// The most runs of argon2 at once: each has 19 MiB of memory, and a batch is to stay small.
const ARGONS: usize = 2;

/// What judging needs that does not depend on the request, and what a run remembers; for all threads.
pub(super) struct Judge {
    policy: Policy,
    checks: Arc<Checks>,
    assumptions: Vec<Assumption>,
    system: Option<System>,
    now: i64,
}

impl Judge {
    /// A judge for the store's policy at `now`; without a system each request tells its own.
    pub(super) fn new(
        reader: Reader<'_>,
        system: Option<System>,
        now: i64,
        jobs: NonZero<usize>,
    ) -> Result<Self, Failure> {
        let policy = reader.policy()?;
        let at_once = if jobs.get() == 1 { jobs } else { jobs.min(cores()) };
        let checks = Checks::new(policy.cms, at_once.get().min(ARGONS));
        let checks = Arc::new(checks);
        Ok(Self { policy, checks, assumptions: Vec::new(), system, now })
    }

    /// The same judge, who takes the site for what is assumed.
    pub(super) fn assuming(&self, assumptions: Vec<Assumption>) -> Self {
        let mut policy = self.policy.clone();
        for assumption in &assumptions {
            assumption.apply_to_policy(&mut policy);
        }
        let checks = Arc::clone(&self.checks);
        Self { policy, checks, assumptions, system: self.system, now: self.now }
    }

    /// Judges what was read, also when nothing could be.
    pub(super) fn verdict(&self, reader: Reader<'_>, answer: &Answer) -> Result<Verdict, Failure> {
        let request = match answer {
            Ok(request) => request,
            Err(error) => {
                let message = error.to_string();
                return Ok(Verdict::unreadable(error.id.clone(), error.source(), &message));
            }
        };
        let Some(system) = self.system.or_else(|| verify::choose(request, &self.policy)) else {
            return Ok(Verdict::unknown_system(request));
        };
        let presented = verify::presented(system, request, &self.policy);
        let mut facts = reader.facts(&presented, &self.checks)?;
        for assumption in &self.assumptions {
            assumption.apply_to_facts(&self.policy, &mut facts);
        }
        Ok(verify::decide(system, request, &self.policy, &facts, self.now))
    }
}

/// Which decisions a run has seen.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Tally {
    indeterminate: bool,
    refused: bool,
}

impl Tally {
    /// Counts a decision in.
    pub(super) fn add(&mut self, decision: Decision) {
        match decision {
            Decision::Allow => {}
            Decision::Deny | Decision::Anonymous => self.refused = true,
            Decision::Indeterminate => self.indeterminate = true,
        }
    }

    /// Counts in what another tally has seen.
    pub(super) fn merge(&mut self, other: Self) {
        self.indeterminate |= other.indeterminate;
        self.refused |= other.refused;
    }

    /// How the run ends: what cannot be known comes before a refusal.
    pub(super) fn exit(self) -> Exit {
        match (self.indeterminate, self.refused) {
            (true, _) => Exit::Indeterminate,
            (false, true) => Exit::No,
            (false, false) => Exit::Done,
        }
    }
}

//! One request after the other against one state of the store.

use crate::cli::Failure;
use crate::command::input::Reading;
use crate::exit::Exit;
use crate::store::{Checks, Reader};
use crate::verify::{self, Decision, Policy, System, Verdict};

/// What judging needs that does not depend on the request, and what a run remembers.
pub(super) struct Judge<'s> {
    reader: Reader<'s>,
    policy: Policy,
    checks: Checks,
    system: Option<System>,
    now: i64,
}

impl<'s> Judge<'s> {
    /// A judge for the store's policy at `now`; without a system each request tells its own.
    pub(super) fn new(
        reader: Reader<'s>,
        system: Option<System>,
        now: i64,
    ) -> Result<Self, Failure> {
        let policy = reader.policy()?;
        let checks = Checks::new(policy.cms);
        Ok(Self { reader, policy, checks, system, now })
    }

    /// Judges what was read, also when nothing could be.
    pub(super) fn verdict(&mut self, reading: Reading) -> Result<Verdict, Failure> {
        let request = match reading {
            Ok(request) => request,
            Err(error) => {
                return Ok(Verdict::unreadable(
                    error.id.clone(),
                    error.source(),
                    &error.to_string(),
                ));
            }
        };
        let Some(system) = self.system.or_else(|| verify::choose(&request, &self.policy)) else {
            return Ok(Verdict::unknown_system(&request));
        };
        let presented = verify::presented(system, &request, &self.policy);
        let facts = self.reader.facts(&presented, &mut self.checks)?;
        Ok(verify::decide(system, &request, &self.policy, &facts, self.now))
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

    /// How the run ends: what cannot be known comes before a refusal.
    pub(super) fn exit(self) -> Exit {
        match (self.indeterminate, self.refused) {
            (true, _) => Exit::Indeterminate,
            (false, true) => Exit::No,
            (false, false) => Exit::Done,
        }
    }
}

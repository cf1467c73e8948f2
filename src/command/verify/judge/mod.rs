//! One request after the other against one state of the store.

mod judged;
mod last;
mod ready;

use std::num::NonZero;
use std::sync::Arc;

use super::shape::{Shape, Shapes};
use super::template::{self, Template, Values};
use crate::cli::Failure;
use crate::credential::Secret;
use crate::exit::Exit;
use crate::output::VerdictForm;
use crate::reader::Answer;
use crate::store::{Checks, Index, Lookup, Reader, Store};
use crate::verify::{
    self, Assumption, Decision, Extent, Facts, Policy, Presented, Request, System, Verdict,
};
pub(super) use judged::{Brief, Judged, Whom};
pub(super) use last::Last;
use ready::Ready;

/// The most runs of argon2 at once: each has 19 MiB of memory, and a batch is to stay small.
const ARGONS: usize = 2;

/// What judging needs that does not depend on the request, and what a run remembers; for all threads.
pub(super) struct Judge {
    policy: Policy,
    checks: Arc<Checks>,
    assumptions: Vec<Assumption>,
    /// The form of templates, where verdicts can be made of them.
    form: Option<VerdictForm>,
    extent: Extent,
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
        form: VerdictForm,
        extent: Extent,
    ) -> Result<Self, Failure> {
        let policy = reader.policy()?;
        let checks = Arc::new(Checks::new(policy.cms, jobs.get().min(ARGONS)));
        let form = Some(form).filter(|form| form.is_json());
        Ok(Self { policy, checks, assumptions: Vec::new(), form, extent, system, now })
    }

    /// The same judge, who takes the site for what is assumed.
    pub(super) fn assuming(&self, assumptions: Vec<Assumption>) -> Self {
        let mut policy = self.policy.clone();
        for assumption in &assumptions {
            assumption.apply_to_policy(&mut policy);
        }
        let checks = Arc::clone(&self.checks);
        // What is assumed of somebody sets him apart from others of his class.
        let form = self.form.filter(|_| assumptions.iter().all(Assumption::is_of_policy));
        let (extent, system, now) = (self.extent, self.system, self.now);
        Self { policy, checks, assumptions, form, extent, system, now }
    }

    /// Makes ready what was read.
    pub(super) fn ready<'a>(
        &self,
        lookups: Lookups<'_>,
        answers: &'a [Answer<'a>],
    ) -> Vec<Ready<'a>> {
        match lookups.index.filter(|_| self.form.is_some()) {
            Some(index) => Ready::all(lookups, index, answers),
            None => answers.iter().map(Ready::plain).collect(),
        }
    }

    /// Judges what was read, also when nothing could be.
    pub(super) fn judge<'w>(
        &self,
        lookups: Lookups<'w>,
        known: &'w mut Shapes,
        ready: &'w Ready<'_>,
    ) -> Result<Judged<'w>, Failure> {
        let request = match ready.answer {
            Ok(request) => request,
            Err(error) => {
                let message = error.to_string();
                let verdict = Verdict::unreadable(error.id.clone(), error.source(), &message);
                return Ok(Judged::Whole(Box::new(verdict)));
            }
        };
        if let Some((template, values)) = self.template(lookups, known, ready, request)? {
            return Ok(Judged::Filled(template, values));
        }
        self.verdict(lookups, request).map(|verdict| Judged::Whole(Box::new(verdict)))
    }

    fn verdict(&self, lookups: Lookups<'_>, request: &Request) -> Result<Verdict, Failure> {
        let Some(system) = self.system(request) else {
            return Ok(Verdict::unknown_system(request));
        };
        let presented = verify::presented(system, request, &self.policy);
        let mut facts = self.facts(lookups, presented)?;
        for assumption in &self.assumptions {
            assumption.apply_to_facts(&self.policy, Arc::make_mut(&mut facts));
        }
        Ok(verify::decide(self.extent, system, request, &self.policy, &facts, self.now))
    }

    fn system(&self, request: &Request) -> Option<System> {
        self.system.or_else(|| verify::choose(request, &self.policy))
    }

    /// Looks up what was presented: a key alone in memory, if there is an index, all else in the store.
    fn facts(&self, lookups: Lookups<'_>, presented: Presented) -> Result<Arc<Facts>, Failure> {
        if let (Some(index), Some(key)) = (lookups.index, only_key(&presented)) {
            let mut facts = Facts::default();
            let digests = lookups.store.keyring().digest(key.expose());
            match index.find(&digests, key.expose()) {
                Lookup::Nothing => facts.keys.push((key.clone(), Vec::new())),
                Lookup::One(found) => found.add_to(key.expose(), &mut facts),
                Lookup::Other => return self.ask(lookups, presented),
            }
            return Ok(Arc::new(facts));
        }
        self.ask(lookups, presented)
    }

    fn ask(&self, lookups: Lookups<'_>, presented: Presented) -> Result<Arc<Facts>, Failure> {
        if presented.is_empty() {
            return Ok(Arc::default());
        }
        let look_up = |presented: &Presented| lookups.store.read().facts(presented, &self.checks);
        lookups.last.facts(presented, |presented| Ok(look_up(presented)?))
    }

    /// The template for a request that has a shape, and what to fill it with.
    fn template<'w>(
        &self,
        lookups: Lookups<'w>,
        known: &'w mut Shapes,
        ready: &'w Ready<'_>,
        request: &'w Request<'_>,
    ) -> Result<Option<(&'w Template, Values<'w>)>, Failure> {
        let (Some(form), Some(index)) = (self.form, lookups.index) else { return Ok(None) };
        let Some(shape) = &ready.shape else { return Ok(None) };
        let found = match shape.key().zip(ready.digests.as_ref()) {
            None => None,
            Some((key, digests)) => match index.find(digests, key) {
                Lookup::Nothing => None,
                Lookup::One(found) => Some(found),
                Lookup::Other => return Ok(None),
            },
        };
        let Some(values) = Values::of(request, shape.key(), found) else { return Ok(None) };
        let template = known.template(shape, &values, self.now, || {
            self.make_template(lookups, form, shape, request, &values)
        })?;
        Ok(template.map(|template| (template, values)))
    }

    fn make_template(
        &self,
        lookups: Lookups<'_>,
        form: VerdictForm,
        shape: &Shape<'_>,
        request: &Request,
        values: &Values<'_>,
    ) -> Result<Option<Template>, Failure> {
        let marked = shape.marked();
        let system = System::CiviCrm;
        // By its path, since a mark of Drupal's may be among what was left out.
        let told = verify::civicrm::leads_there(&marked, &self.policy);
        if !told || self.system(&marked) != Some(system) {
            return Ok(None);
        }
        let presented = verify::presented(system, &marked, &self.policy);
        let as_it_seems = match shape.mark() {
            Some(mark) => only_key(&presented).is_some_and(|key| key.expose() == mark),
            None => presented.is_empty(),
        };
        if !as_it_seems {
            return Ok(None);
        }
        let mut facts = Facts::default();
        match (values.found(), shape.mark()) {
            (Some(found), Some(mark)) => found.add_to(mark, &mut facts),
            (None, Some(mark)) => facts.keys.push((Secret::new(mark), Vec::new())),
            (_, None) => {}
        }
        template::mark_facts(&mut facts);
        let marked = verify::decide(self.extent, system, &marked, &self.policy, &facts, self.now);
        let verdict = self.verdict(lookups, request)?;
        Ok(Template::new(form, marked, &verdict, values)?)
    }
}

/// The key, where nothing else was presented.
fn only_key(presented: &Presented) -> Option<&Secret> {
    match presented.keys.as_slice() {
        [key] if presented.is_of_keys() => Some(key),
        _ => None,
    }
}

/// Where credentials are looked up.
#[derive(Clone, Copy)]
pub(super) struct Lookups<'s> {
    /// The store.
    pub(super) store: &'s Store,
    /// What was asked of it last.
    pub(super) last: &'s Last,
    /// Its keys in memory, once they are there.
    pub(super) index: Option<&'s Index>,
}

/// Which decisions a run has seen.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Tally {
    /// How many there were.
    pub(super) requests: u64,
    indeterminate: bool,
    refused: bool,
}

impl Tally {
    /// Counts a decision in.
    pub(super) fn add(&mut self, decision: Decision) {
        self.requests += 1;
        match decision {
            Decision::Allow => {}
            Decision::Deny | Decision::Anonymous => self.refused = true,
            Decision::Indeterminate => self.indeterminate = true,
        }
    }

    /// Counts in what another tally has seen.
    pub(super) fn merge(&mut self, other: Self) {
        self.requests += other.requests;
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

#[cfg(test)]
mod tests;

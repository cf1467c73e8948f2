//! What would let the request in: candidates, tried in memory, kept only when the request then passes.
//!
//! One step alone is looked for first, then more together: a request may lack an application, a key and
//! a permission at once. Where nothing lets the request in, what mends the refusal is told, with what comes
//! after it. What each refusal may be mended by is `candidate`'s, how a step changes the site
//! or the request `step`'s, how it is said `words`'.

mod candidate;
mod edit;
mod path;
mod permission;
mod step;
mod words;

use super::judge_all;
use crate::verify::{CiviCrmPolicy, Code, Decision, Facts, Policy, Remedy, Request, Verdict};
use step::Step;

/// How many steps may be needed together.
const DEPTH: usize = 4;

/// How many combinations are tried for one request.
const TRIES: usize = 60;

/// How many remedies are shown.
const SHOWN: usize = 4;

/// A request with a site, after some steps.
#[derive(Clone)]
struct Trial<'a> {
    request: Request<'a>,
    policy: Policy,
    facts: Facts,
    steps: Vec<Step>,
}

impl<'a> Trial<'a> {
    fn new(request: &'a Request<'_>, policy: &Policy, facts: &Facts) -> Self {
        // CiviCRM's side plays no part here.
        let policy = Policy {
            base_url: policy.base_url.clone(),
            cms: policy.cms,
            anonymous: policy.anonymous.clone(),
            authenticated: policy.authenticated.clone(),
            super_user: policy.super_user,
            civicrm: CiviCrmPolicy::default(),
            drupal: policy.drupal.clone(),
        };
        Self { request: request.borrowed(), policy, facts: facts.clone(), steps: Vec::new() }
    }

    fn after(&self, step: Step) -> Self {
        let mut next = self.clone();
        step.apply(&mut next);
        next.steps.push(step);
        next
    }
}

/// Looks for remedies for a verdict that denies.
pub(super) fn remedies(
    request: &Request,
    policy: &Policy,
    facts: &Facts,
    now: i64,
    verdict: &Verdict,
) -> Vec<Remedy> {
    if verdict.decision != Decision::Deny {
        return Vec::new();
    }
    let start = Trial::new(request, policy, facts);
    let mut found: Vec<Vec<Step>> = Vec::new();
    let mut partial = Partial::default();
    let mut tries = 0;
    let candidates = candidate::list(&start, now, verdict);
    let mut level = vec![(start, candidates)];
    for _ in 0..DEPTH {
        let mut next = Vec::new();
        for (trial, steps) in level {
            for step in steps {
                if tries == TRIES || trial.steps.contains(&step) {
                    continue;
                }
                tries += 1;
                let after = trial.after(step);
                let judged = judge_all(&after.request, &after.policy, &after.facts, now);
                match judged.decision {
                    Decision::Allow => found.push(needed(request, policy, facts, now, after.steps)),
                    Decision::Deny => {
                        partial.refused_later(verdict, &after.steps, judged.reason);
                        let more = candidate::list(&after, now, &judged);
                        next.push((after, more));
                    }
                    _ => partial.site_decides(after.steps),
                }
            }
        }
        if !found.is_empty() || next.is_empty() {
            break;
        }
        level = next;
    }
    if found.is_empty() {
        return partial.remedies();
    }
    shown(found).iter().map(|steps| words::remedy(steps)).collect()
}

/// Those that are shown: each once, the least dangerous first.
fn shown(mut found: Vec<Vec<Step>>) -> Vec<Vec<Step>> {
    found.sort_by_key(|steps| steps.iter().map(Step::danger).sum::<u32>());
    let mut shown: Vec<Vec<Step>> = Vec::new();
    for steps in found {
        if shown.len() < SHOWN && !shown.contains(&steps) {
            shown.push(steps);
        }
    }
    shown
}

/// What mends this refusal, yet is not known to let the request in.
#[derive(Default)]
struct Partial {
    /// What leaves the decision to the site's own data.
    site_decides: Vec<Vec<Step>>,
    /// The one step after which the refusal is another, and which.
    refused_later: Vec<(Step, Code)>,
}

impl Partial {
    fn refused_later(&mut self, before: &Verdict, steps: &[Step], reason: Code) {
        if let [step] = steps
            && reason != before.reason
        {
            self.refused_later.push((step.clone(), reason));
        }
    }

    fn site_decides(&mut self, steps: Vec<Step>) {
        let fewest = self.site_decides.first().map_or(usize::MAX, Vec::len);
        if steps.len() <= fewest {
            self.site_decides.push(steps);
        }
    }

    /// The remedies, each with what comes after it.
    fn remedies(self) -> Vec<Remedy> {
        if self.site_decides.is_empty() {
            let step = |(step, reason): &(Step, Code)| {
                let then = format!("the next refusal is {reason}: {}", reason.about());
                words::partial(std::slice::from_ref(step), &then)
            };
            return self.refused_later.iter().take(SHOWN).map(step).collect();
        }
        let then = "what the site holds decides";
        shown(self.site_decides).iter().map(|steps| words::partial(steps, then)).collect()
    }
}

/// The steps without those that the others make needless.
fn needed(
    request: &Request,
    policy: &Policy,
    facts: &Facts,
    now: i64,
    mut steps: Vec<Step>,
) -> Vec<Step> {
    let mut at = 0;
    while steps.len() > 1 && at < steps.len() {
        let mut fewer = steps.clone();
        fewer.remove(at);
        let start = Trial::new(request, policy, facts);
        let after = fewer.iter().cloned().fold(start, |trial, step| trial.after(step));
        let judged = judge_all(&after.request, &after.policy, &after.facts, now);
        if judged.decision == Decision::Allow {
            steps = fewer;
        } else {
            at += 1;
        }
    }
    steps
}

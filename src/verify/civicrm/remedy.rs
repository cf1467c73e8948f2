//! What would let the request in: candidates, tried in memory, kept only when the request then passes.
//!
//! One change alone is looked for first, then two together, then three. Among equals the least dangerous
//! comes first. Turning the guards off is never proposed.

use super::answer::Finding;
use super::edit::Edit;
use super::site::Site;
use super::{candidate, code, judge, rewrite, site_command};
use crate::verify::mend::sentence;
use crate::verify::{Change, Decision, DrupalPolicy, Facts, Policy, Remedy, Request};

/// How many changes may be needed together.
const DEPTH: usize = 3;

/// How many combinations are tried for one request.
const TRIES: usize = 120;

/// From here on a safer way is looked for, even a longer one: what everybody may do then.
const DANGEROUS: u32 = 8;

/// How many remedies are shown.
const SHOWN: usize = 5;

/// One change, of the site or of the request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Change(Change),
    Edit(Edit),
}

impl Step {
    /// How much the change opens; the request's own changes open nothing.
    fn danger(&self) -> u32 {
        use crate::verify::Grantee;
        match self {
            Self::Edit(Edit::NewKey { .. } | Edit::NewPassword { .. }) => 2,
            Self::Edit(_) => 0,
            Self::Change(change) => match change {
                Change::Grant { to: Grantee::User(_), .. } => 1,
                Change::KeepKey(_)
                | Change::AddContact(_)
                | Change::AddUser { .. }
                | Change::LinkUser { .. }
                | Change::SiteKey(_)
                | Change::SignKey(_) => 2,
                Change::Types { types, .. } if types.iter().any(|word| word == "pass") => 5,
                Change::Types { .. } | Change::UserMode { .. } => 3,
                Change::Unblock { .. } => 4,
                Change::Guards(_) => 5,
                Change::Grant { to: Grantee::Role(_), .. } => DANGEROUS,
            },
        }
    }
}

/// A request with a site, after some steps.
#[derive(Clone)]
pub(super) struct Trial<'a> {
    pub(super) request: Request<'a>,
    pub(super) policy: Policy,
    pub(super) facts: Facts,
    pub(super) steps: Vec<Step>,
}

impl<'a> Trial<'a> {
    pub(super) fn new(request: &'a Request<'_>, policy: &Policy, facts: &Facts) -> Self {
        // Drupal's side can be large, and plays no part here.
        let policy = Policy {
            base_url: policy.base_url.clone(),
            cms: policy.cms,
            anonymous: policy.anonymous.clone(),
            authenticated: policy.authenticated.clone(),
            super_user: policy.super_user,
            civicrm: policy.civicrm.clone(),
            drupal: DrupalPolicy::default(),
        };
        Self { request: request.borrowed(), policy, facts: facts.clone(), steps: Vec::new() }
    }

    /// The trial after one more step, if that can be taken.
    pub(super) fn after(&self, step: Step, now: i64) -> Option<Self> {
        let mut next = self.clone();
        match &step {
            Step::Change(change) => change.apply(&mut next.policy, &mut next.facts),
            Step::Edit(edit) => edit.apply(&mut next, now)?,
        }
        next.steps.push(step);
        Some(next)
    }

    pub(super) fn site(&self, now: i64) -> Site<'_> {
        Site { policy: &self.policy, facts: &self.facts, now }
    }

    pub(super) fn judge(&self, now: i64) -> Finding {
        judge(self.site(now), &self.request)
    }
}

/// Whether a finding is what a remedy is for.
pub(super) fn wanted(finding: &Finding) -> bool {
    matches!(finding.decision, Decision::Deny | Decision::Anonymous)
}

/// Looks for remedies.
pub(super) fn search(site: Site<'_>, request: &Request, finding: &Finding) -> Vec<Vec<Step>> {
    let mut found: Vec<Vec<Step>> = Vec::new();
    let candidates = candidate::list(site, request, finding);
    if candidates.is_empty() {
        return found;
    }
    let start = Trial::new(request, site.policy, site.facts);
    let mut tries = 0;
    let mut level = vec![(start, candidates)];
    for _ in 0..DEPTH {
        let mut next = Vec::new();
        for (trial, steps) in level {
            for step in steps {
                if tries == TRIES || trial.steps.contains(&step) {
                    continue;
                }
                tries += 1;
                let Some(after) = trial.after(step, site.now) else { continue };
                let finding = after.judge(site.now);
                if finding.decision == Decision::Allow && finding.reason != code::SESSION_KEPT {
                    found.push(after.steps);
                } else if wanted(&finding) {
                    let more = candidate::list(after.site(site.now), &after.request, &finding);
                    next.push((after, more));
                }
            }
        }
        let enough = found.iter().any(|steps| danger(steps) < DANGEROUS);
        if enough || next.is_empty() {
            break;
        }
        level = next;
    }
    distinct(found)
}

fn danger(steps: &[Step]) -> u32 {
    steps.iter().map(Step::danger).sum()
}

/// Without those that are another one in another order; the least dangerous first.
fn distinct(mut found: Vec<Vec<Step>>) -> Vec<Vec<Step>> {
    found.sort_by_key(|steps| danger(steps));
    let mut out: Vec<Vec<Step>> = Vec::new();
    for steps in found {
        let same = |other: &Vec<Step>| {
            other.len() == steps.len() && other.iter().all(|step| steps.contains(step))
        };
        if !out.iter().any(same) {
            out.push(steps);
        }
    }
    out.truncate(SHOWN);
    out
}

/// A remedy in words and commands.
pub(super) fn written(site: Site<'_>, steps: &[Step]) -> Remedy {
    let mut remedy = Remedy::default();
    let mut texts = Vec::new();
    for step in steps {
        match step {
            Step::Change(change) => {
                texts.push(change.text());
                remedy.authctl.push(change.authctl());
                remedy.site.extend(site_command::on_site(site, change));
            }
            Step::Edit(edit) => {
                texts.push(edit.text(site));
                remedy.authctl.extend(edit.authctl(site));
                remedy.site.extend(edit.on_site(site));
            }
        }
    }
    remedy.text = sentence(&in_place(steps).map_or(texts, |text| vec![text]));
    remedy
}

/// The words for a credential that takes the place of another one in the same header.
fn in_place(steps: &[Step]) -> Option<String> {
    let [Step::Edit(Edit::Drop(dropped)), Step::Edit(Edit::Header(flow))] = steps else {
        return None;
    };
    let name = rewrite::header_of(flow);
    (name == *dropped).then(|| {
        format!("send the other credential in {name}, in place of the one there, and nowhere else")
    })
}

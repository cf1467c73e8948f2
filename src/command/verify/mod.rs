//! `authctl verify`: would a request be let in, as whom, and what would the client see?
//!
//! Glue alone: `reader` understands the requests, `store` looks their credentials up, the decision is
//! in `crate::verify`.

mod assume;
mod batch;
mod compare;
mod judge;
mod people;
mod pipeline;
mod shape;
mod summary;
mod template;

use std::num::NonZero;
use std::thread;

use super::input::{Heard, InputArgs};
use super::moment::Moment;
use crate::cli::{Context, Failure};
use crate::exit::Exit;
use crate::output::{Detail, Format, VerdictForm, VerdictWriter};
use crate::store::Store;
use crate::verify::{Extent, System};
pub(in crate::command) use assume::AssumptionArg;
use assume::WhatIfArgs;
use compare::{Compared, Comparison};
use judge::{Judge, Tally};
use summary::{Counted, Summary};

/// What progress calls the work.
const JUDGING: &str = "judging requests";

/// Judge requests as the site would
///
/// Tells for each request whether the site lets it in, as whom, exactly what the client sees, why, and
/// which command changes the answer. No site is asked and no network is used. A request may be the
/// failing curl command itself after `--`, a file of them, or JSON lines.
///
/// The codes of reasons, steps and warnings are explained in the manual page, authctl-verify(1).
///
/// Exits 0 when every request is let in; 6 when one could not be read or judged; else 3 when one is
/// denied, or goes on as nobody.
///
/// Example: `authctl verify -- curl https://crm.example.org/civicrm/ajax/api4/Contact/get -H 'X-Civi-Auth: Bearer KEY'`
///
/// Example: `authctl verify requests.jsonl --format jsonl`
#[derive(Debug, clap::Args)]
pub(crate) struct VerifyArgs {
    #[command(flatten)]
    input: InputArgs,
    /// Which of the two systems is asked
    #[arg(long, value_name = "SYSTEM", value_enum, default_value_t)]
    system: SystemChoice,
    /// Judge as of this moment: RFC 3339, a date, or a duration from now. A request's own `at` comes first
    #[arg(long, value_name = "TIME")]
    at: Option<Moment>,
    #[command(flatten)]
    show: ShowArgs,
    #[command(flatten)]
    what_if: WhatIfArgs,
    /// How many requests are judged at a time; by default one a core
    #[arg(long, value_name = "COUNT")]
    jobs: Option<NonZero<usize>>,
    /// End with 0 whatever the verdicts are
    #[arg(long)]
    exit_zero: bool,
}

/// What is shown of the verdicts.
#[derive(Debug, clap::Args)]
struct ShowArgs {
    /// Show only what the client would see
    #[arg(long)]
    client_view: bool,
    /// Show every step
    #[arg(long, short, conflicts_with = "client_view")]
    verbose: bool,
    /// Count the verdicts by decision, reason, flow and user
    #[arg(long, conflicts_with_all = ["client_view", "verbose"])]
    summary: bool,
}

impl ShowArgs {
    fn detail(&self) -> Detail {
        match (self.client_view, self.verbose) {
            (true, _) => Detail::Client,
            (false, true) => Detail::Steps,
            (false, false) => Detail::Decisive,
        }
    }
}

/// The two systems, or whichever the request is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
enum SystemChoice {
    /// Tell by the request
    #[default]
    Auto,
    /// `CiviCRM` AuthX
    #[value(name = "civicrm")]
    CiviCrm,
    /// Drupal REST and JSON:API
    Drupal,
}

impl SystemChoice {
    fn system(self) -> Option<System> {
        match self {
            Self::Auto => None,
            Self::CiviCrm => Some(System::CiviCrm),
            Self::Drupal => Some(System::Drupal),
        }
    }
}

impl VerifyArgs {
    pub(crate) fn run(&self, cx: &mut Context<'_>) -> Result<Exit, Failure> {
        self.input.check(cx, "verify")?;
        let now = match self.at {
            Some(at) => at.resolve(cx.now)?,
            None => cx.now.as_second(),
        };
        let store = cx.open_read()?;
        let jobs = match self.jobs {
            Some(jobs) => jobs,
            None if self.input.is_small() => NonZero::<usize>::MIN,
            None => cores(),
        };
        let form = self.form(cx);
        let extent = if self.counts() { Extent::Brief } else { Extent::Whole };
        let judge = Judge::new(store.read(), self.system.system(), now, jobs, form, extent)?;
        let assumptions = self.what_if.resolve(cx, store.read(), self.input.takes_stdin())?;
        let assuming = judge.assuming(assumptions);
        let (exit, heard) = if self.what_if.compare {
            self.compare(cx, store, [&judge, &assuming], jobs)?
        } else if self.show.summary {
            self.summary(cx, store, &assuming, jobs)?
        } else {
            self.verdicts(cx, store, (&assuming, form), jobs)?
        };
        heard.note(cx)?;
        Ok(if self.exit_zero { Exit::Done } else { exit })
    }

    /// Whether verdicts are only counted.
    fn counts(&self) -> bool {
        self.what_if.compare || self.show.summary
    }

    /// The form of verdicts; where they are only counted, one that templates can be made in.
    fn form(&self, cx: &Context<'_>) -> VerdictForm {
        let mut layout = cx.layout();
        if self.counts() {
            layout.format = Format::Jsonl;
        }
        VerdictForm::new(layout, self.show.detail())
    }

    /// Writes a verdict a request.
    fn verdicts(
        &self,
        cx: &mut Context<'_>,
        store: Store,
        (judge, form): (&Judge, VerdictForm),
        jobs: NonZero<usize>,
    ) -> Result<(Exit, Heard), Failure> {
        let judged = self.input.progress(cx, JUDGING, true);
        let mut pieces = self.input.pieces(cx.stdin, &judged)?;
        let mut out = VerdictWriter::new(form, cx.stdout);
        let mut tally = Tally::default();
        batch::run(
            &mut pieces,
            store,
            jobs,
            batch::PATIENCE,
            |lookups, [shapes, _], piece| {
                let (mut text, mut tally) = (Vec::new(), Tally::default());
                piece.try_groups(|answers| {
                    judge.ready(lookups, answers).iter().try_for_each(|ready| {
                        let judged = judge.judge(lookups, shapes, ready)?;
                        tally.add(judged.brief().decision);
                        Ok::<_, Failure>(judged.write(form, &mut text)?)
                    })
                })?;
                Ok((text, tally))
            },
            |(text, seen)| {
                judged.add(seen.requests);
                tally.merge(seen);
                Ok(out.push(&text)?)
            },
        )?;
        out.finish()?;
        Ok((tally.exit(), pieces.heard()))
    }

    /// Counts verdicts.
    fn summary(
        &self,
        cx: &mut Context<'_>,
        store: Store,
        judge: &Judge,
        jobs: NonZero<usize>,
    ) -> Result<(Exit, Heard), Failure> {
        let judged = self.input.progress(cx, JUDGING, false);
        let mut pieces = self.input.pieces(cx.stdin, &judged)?;
        let (mut summary, mut tally) = (Summary::default(), Tally::default());
        let store = batch::run(
            &mut pieces,
            store,
            jobs,
            batch::ENDLESS,
            |lookups, [shapes, _], piece| {
                let (mut counted, mut tally) = (Counted::default(), Tally::default());
                piece.try_groups(|answers| {
                    judge.ready(lookups, answers).iter().try_for_each(|ready| {
                        let judged = judge.judge(lookups, shapes, ready)?;
                        tally.add(judged.brief().decision);
                        counted.add(judged.brief());
                        Ok::<_, Failure>(())
                    })
                })?;
                Ok((counted, tally))
            },
            |(counted, seen)| {
                judged.add(seen.requests);
                summary.add(counted);
                tally.merge(seen);
                Ok(())
            },
        )?;
        let heard = pieces.heard();
        drop(pieces);
        drop(judged);
        summary.write(cx, store.read())?;
        Ok((tally.exit(), heard))
    }

    /// Tells what the assumptions change.
    fn compare(
        &self,
        cx: &mut Context<'_>,
        store: Store,
        [now, assuming]: [&Judge; 2],
        jobs: NonZero<usize>,
    ) -> Result<(Exit, Heard), Failure> {
        let judged = self.input.progress(cx, JUDGING, false);
        let mut pieces = self.input.pieces(cx.stdin, &judged)?;
        let mut comparison = Comparison::default();
        let store = batch::run(
            &mut pieces,
            store,
            jobs,
            batch::ENDLESS,
            |lookups, [shapes, assumed_shapes], piece| {
                let mut compared = Compared::default();
                piece.try_groups(|answers| {
                    now.ready(lookups, answers).iter().try_for_each(|ready| {
                        let before = now.judge(lookups, shapes, ready)?;
                        let after = assuming.judge(lookups, assumed_shapes, ready)?;
                        compared.add(ready.answer, before.brief(), after.brief());
                        Ok::<_, Failure>(())
                    })
                })?;
                Ok(compared)
            },
            |compared| {
                judged.add(compared.requests);
                comparison.add(compared);
                Ok(())
            },
        )?;
        let heard = pieces.heard();
        drop(pieces);
        drop(judged);
        comparison.write(cx, store.read())?;
        Ok((comparison.exit(self.what_if.fail_on), heard))
    }
}

/// The machine's cores, as far as this process may use them. Linux is asked in many small files.
fn cores() -> NonZero<usize> {
    thread::available_parallelism().unwrap_or(NonZero::<usize>::MIN)
}

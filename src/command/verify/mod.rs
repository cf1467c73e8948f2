//! `authctl verify`: would a request be let in, as whom, and what would the client see?
//!
//! Glue alone: `reader` understands the requests, `store` looks their credentials up, the decision is
//! in `crate::verify`.

mod judge;

use super::input::InputArgs;
use super::moment::Moment;
use crate::cli::{Context, Failure};
use crate::exit::Exit;
use crate::output::{Detail, VerdictWriter};
use crate::verify::System;
use judge::{Judge, Tally};

/// Judge requests as the site would
///
/// Tells for each request whether the site lets it in, as whom, exactly what the client sees, why, and
/// which command changes the answer. No site is asked and no network is used. A request may be the
/// failing curl command itself after `--`, a file of them, or JSON lines.
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
    /// Show only what the client would see
    #[arg(long)]
    client_view: bool,
    /// Show every step
    #[arg(long, short, conflicts_with = "client_view")]
    verbose: bool,
    /// End with 0 whatever the verdicts are
    #[arg(long)]
    exit_zero: bool,
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
        let mut judge = Judge::new(store.read(), self.system.system(), now)?;
        let mut tally = Tally::default();
        let mut out = VerdictWriter::new(cx.layout(), self.detail(), cx.stdout);
        let unread = self.input.each(cx.stdin, |reading| {
            let verdict = judge.verdict(reading)?;
            tally.add(verdict.decision);
            // Whoever types or feeds requests one by one sees each answer at once.
            Ok(out.write(&verdict).and_then(|()| out.flush())?)
        })?;
        out.finish()?;
        unread.note(cx)?;
        Ok(if self.exit_zero { Exit::Done } else { tally.exit() })
    }

    fn detail(&self) -> Detail {
        match (self.client_view, self.verbose) {
            (true, _) => Detail::Client,
            (false, true) => Detail::Steps,
            (false, false) => Detail::Decisive,
        }
    }
}

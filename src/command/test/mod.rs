//! `authctl test`: requests with the verdicts that are expected of them.
//!
//! Glue: `document` reads the files, `subject` is what they are judged against, `output` writes the report.

mod form;
mod subject;

use std::path::PathBuf;

use clap::builder::{EnumValueParser, TypedValueParser as _};

use self::form::TestForm;
use self::subject::{Subjects, Tested};
use super::document::failure;
use super::moment::Moment;
use super::pattern::Pattern;
use super::whole;
use crate::cli::{Context, Failure};
use crate::document::{Case, Suite};
use crate::exit::Exit;
use crate::output::{CaseReport, Coverage, Form, Format, Report};

/// What `--help` says; paragraphs are wrapped where it is shown, the example is not.
const ABOUT: &str = "\
Judge requests and compare the verdicts with those that are expected

A test file is YAML or JSON with a list of cases, or JSON lines with a case a line. A case has a `name`, a \
`request` and what to `expect` of its verdict. The request is a curl command, a raw HTTP request, or the \
fields of a JSON line as `authctl verify` takes them:

    policy: site.yaml            # or a document itself; absent: the store
    at: 2026-01-01T00:00:00Z
    cases:
      - name: a key alone is not enough
        request: |
          curl https://crm.example.org/civicrm/authx/id -H 'X-Civi-Auth: Bearer KEY'
        expect: { decision: deny, reason: authx.guard.unsatisfied, status: 401 }
      - name: the site key opens
        request:
          url: /civicrm/authx/id
          headers: { X-Civi-Auth: Bearer KEY, X-Civi-Key: SITE-KEY }
        expect: { decision: allow, user: alice }

`expect` needs a `decision` (allow, deny, anonymous, indeterminate) and may have `reason`, `status`, `system`, \
`flow`, `credential` (its type), `user`, `user_id`, `contact_id`, `session` and `warnings`, each as in the JSON \
of a verdict (authctl-verify(1) explains their codes); null expects that there is none.

A case may also have `system`, `at`, `session`, `client_ip`, and `assume`, a list of what `authctl verify \
--assume` takes, but for secrets from elsewhere. `policy`, `at` and `system` for all cases stand at the top, in JSON lines in a first line of \
their own. Files that requests name (`@FILE`) are not read.

With a policy of its own a file needs no store: it is judged against a throw-away one.

Exits 0 when every verdict is as expected, 3 when one is not or when coverage is below the threshold, 1 when a \
test file or a policy cannot be read.

Example: `authctl test policy-tests.yaml --format junit --coverage --threshold 90`";

/// Judge requests and compare the verdicts with those that are expected
#[derive(Debug, clap::Args)]
#[command(
    long_about = ABOUT,
    mut_arg("format", |format| {
        format.value_parser(EnumValueParser::<TestForm>::new().map(TestForm::form))
    })
)]
pub(crate) struct TestArgs {
    /// Test files; `-` for standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Run only cases with this in their names; `*` and `?` stand for any text and any letter
    #[arg(long, value_name = "PATTERN")]
    filter: Option<Pattern>,
    /// Judge files that have no policy of their own against this document, not against the store
    #[arg(long, value_name = "FILE")]
    policy: Option<PathBuf>,
    /// Judge as of this moment: RFC 3339, a date, or a duration from now. What a file says comes first
    #[arg(long, value_name = "TIME")]
    at: Option<Moment>,
    /// Show cases that passed too, and every step of those that did not
    #[arg(long, short)]
    verbose: bool,
    /// Tell which guards, flows, permissions and applications no case exercises
    ///
    /// A case exercises a part of the policy when it would come out otherwise without it, with another decision
    /// or another reason; a flow, when its request takes it.
    #[arg(long)]
    coverage: bool,
    /// Fail when fewer parts of the policy are exercised, in percent; implies `--coverage`
    #[arg(long, value_name = "PERCENT", value_parser = clap::value_parser!(u8).range(0..=100))]
    threshold: Option<u8>,
}

impl TestArgs {
    pub(crate) fn run(&self, cx: &mut Context<'_>) -> Result<Exit, Failure> {
        self.check(cx)?;
        let suites = self.suites(cx)?;
        let now = match self.at {
            Some(at) => at.resolve(cx.now)?,
            None => cx.now.as_second(),
        };
        let mut subjects = Subjects::new(now, self.policy.as_deref());
        let (mut cases, mut left_out) = (Vec::new(), 0);
        let covers = self.coverage || self.threshold.is_some();
        for (suite, file) in suites.into_iter().zip(&self.files) {
            let (chosen, others): (Vec<Case>, _) =
                suite.cases.into_iter().partition(|case| self.is_chosen(case));
            left_out += others.len();
            let subject = subjects.of(cx, file, suite.policy)?;
            for case in chosen {
                let Tested { verdict, judged } = subject.judge(cx, &suite.file, &case)?;
                if covers {
                    subject.keep(judged);
                }
                cases.push(CaseReport {
                    file: suite.file.clone(),
                    line: case.place.line,
                    mismatches: case.expect.mismatches(&verdict),
                    name: case.name,
                    verdict,
                });
            }
        }
        if cases.is_empty() {
            return Err(Failure::new(Exit::Unknown, "no case has a name that `--filter` is for"));
        }
        let coverage = if covers {
            Some(Coverage { parts: subjects.parts()?, threshold: self.threshold })
        } else {
            None
        };
        let report = Report { cases, left_out, coverage };
        match cx.options.form {
            Form::Rows(_) => report.write(cx.layout(), self.verbose, cx.stdout)?,
            Form::Report(protocol) => report.write_as(protocol, cx.stdout)?,
        }
        Ok(if report.is_good() { Exit::Done } else { Exit::No })
    }

    fn check(&self, cx: &Context<'_>) -> Result<(), Failure> {
        if self.files.iter().filter(|file| file.as_os_str() == "-").count() > 1 {
            return Err(Failure::usage("standard input can be read only once"));
        }
        let is_list = matches!(cx.options.form, Form::Rows(Format::Jsonl | Format::Csv));
        if self.coverage && is_list {
            return Err(Failure::usage("`--coverage` has no place in a list of cases")
                .hint("Give `--format json`, `junit` or `tap`, or leave out `--format`."));
        }
        Ok(())
    }

    fn suites(&self, cx: &mut Context<'_>) -> Result<Vec<Suite>, Failure> {
        let read = self.files.iter().map(|file| {
            let text = whole::read(cx.stdin, file, whole::BODY)?;
            let name = file.display().to_string();
            Suite::parse(&text, &name).map_err(|fault| failure(fault.into()))
        });
        read.collect()
    }

    fn is_chosen(&self, case: &Case) -> bool {
        self.filter.as_ref().is_none_or(|filter| filter.matches(&case.name))
    }
}

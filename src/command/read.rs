//! `authctl read`: requests as they were understood.

use super::input::InputArgs;
use crate::cli::{Context, Failure};
use crate::exit::Exit;
use crate::output::{Format, RequestWriter};

/// Print requests as they were understood, a JSON line each
///
/// Shows what a curl command or a file of requests really sends: method, URL, the target byte for byte,
/// header fields in order, the body, and notes on what was set aside or is not known from the text.
/// Credentials are masked unless `--reveal` is given, but for the scheme, the user name of a Basic one and
/// the hint of a key of authctl's own format. A request that cannot be read has its place and an `error`.
///
/// Exits 0 when every request could be read, 6 when not.
///
/// Example: `authctl read -- curl -u alice 'https://crm.example.org/civicrm/authx/id'`
#[derive(Debug, clap::Args)]
pub(crate) struct ReadArgs {
    #[command(flatten)]
    input: InputArgs,
    /// Show credentials
    #[arg(long)]
    reveal: bool,
}

impl ReadArgs {
    pub(crate) fn run(&self, cx: &mut Context<'_>) -> Result<Exit, Failure> {
        if matches!(cx.options.format, Format::Json | Format::Csv) {
            return Err(Failure::usage("`authctl read` prints JSON lines alone")
                .hint("Leave out `--format`, or give `--format jsonl`."));
        }
        self.input.check(cx, "read")?;
        let mut exit = Exit::Done;
        let progress = self.input.progress(cx, "reading requests", true);
        let mut out = RequestWriter::new(self.reveal, cx.stdout);
        let mut pieces = self.input.pieces(cx.stdin, &progress)?;
        for piece in &mut pieces {
            piece?.try_groups(|answers| {
                answers.iter().try_for_each(|answer| match answer {
                    Ok(request) => out.request(request),
                    Err(error) => {
                        exit = Exit::Indeterminate;
                        out.unreadable(error.id.as_deref(), &error.source(), &error.to_string())
                    }
                })
            })?;
            out.flush()?;
        }
        let heard = pieces.heard();
        drop(pieces);
        heard.note(cx)?;
        Ok(exit)
    }
}

//! Asking before something is destroyed.

use std::io::Read;

use crate::cli::{Context, Failure};
use crate::exit::Exit;

/// Proof that the person agreed. Every function that removes or overwrites takes one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Confirmed(());

impl Confirmed {
    /// What is only tried needs no agreement.
    pub(crate) const TRIAL: Self = Self(());

    /// Asks on a terminal; `--yes` answers, and is required where nobody can be asked. Trying
    /// (`dry_run`) needs no agreement.
    pub(crate) fn ask(
        cx: &mut Context<'_>,
        question: &str,
        dry_run: bool,
    ) -> Result<Self, Failure> {
        if cx.options.yes || dry_run {
            return Ok(Self(()));
        }
        if !cx.can_ask() {
            return Err(Failure::usage(format!("not confirmed: {question}"))
                .hint("Add `--yes` to go on without a question, or `--dry-run` to try it."));
        }
        write!(cx.stderr, "{} [y/N] ", crate::output::visible(question))?;
        cx.stderr.flush()?;
        if matches!(answer(cx.stdin)?.as_str(), "y" | "yes") {
            Ok(Self(()))
        } else {
            Err(Failure::new(Exit::Failed, "not confirmed, so nothing was changed"))
        }
    }
}

/// Asks a person before something that is undone only with work, such as taking a key back. Scripts go on:
/// nothing is lost from the store. `--yes` answers; trying (`dry_run`) needs no agreement.
pub(crate) fn ask_person(
    cx: &mut Context<'_>,
    question: &str,
    dry_run: bool,
) -> Result<(), Failure> {
    if cx.can_ask() { Confirmed::ask(cx, question, dry_run).map(drop) } else { Ok(()) }
}

/// One line in lower case.
fn answer(stdin: &mut dyn Read) -> Result<String, Failure> {
    let mut line = Vec::new();
    let mut byte = [0];
    let mut read =
        |byte: &mut [u8]| stdin.read(byte).map_err(|error| Failure::input("the answer", &error));
    while line.len() < 16 && read(&mut byte)? == 1 && byte != *b"\n" {
        line.extend(byte);
    }
    Ok(String::from_utf8_lossy(&line).trim().to_lowercase())
}

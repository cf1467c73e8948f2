//! Errors as commands raise them: what went wrong, what mends it, and how the program ends.

use std::fmt::Write as _;
use std::io::{self, Write};
use std::path::Path;

use crate::credential::is_key_like;
use crate::exit::Exit;
use crate::output::{Paint, visible};

/// Why a command did not do its work.
#[derive(Debug)]
pub(crate) enum Failure {
    /// Something to tell the person.
    Told(Box<Report>),
    /// Whoever read the answer has gone, which is no fault: `authctl … | head`.
    ClosedPipe,
}

/// The error line, its hint, and the exit that goes with them.
#[derive(Debug)]
pub(crate) struct Report {
    /// How the program ends.
    pub(crate) exit: Exit,
    /// A lowercase fragment without a period: what went wrong, with file, line or flag.
    pub(crate) message: String,
    /// A whole sentence that says what to do.
    pub(crate) hint: Option<String>,
}

impl Failure {
    /// A failure that ends the program with `exit`.
    pub(crate) fn new(exit: Exit, message: impl Into<String>) -> Self {
        Self::Told(Box::new(Report { exit, message: message.into(), hint: None }))
    }

    /// The command line is wrong in a way that clap cannot see.
    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Self::new(Exit::Usage, message)
    }

    /// A file that could not be used. `doing` is a verb: `read`, `write`. A name that may be a key in the
    /// wrong place is not repeated.
    pub(crate) fn file(doing: &str, path: &Path, error: &io::Error) -> Self {
        let path = path.display().to_string();
        let file =
            if is_key_like(&path) { "a file of that name".to_owned() } else { format!("`{path}`") };
        Self::new(Exit::Failed, format!("cannot {doing} {file}: {}", cause(error)))
    }

    /// Standard input, or what a person types, could not be read.
    pub(crate) fn input(what: &str, error: &io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::Interrupted => Self::new(Exit::Interrupted, "interrupted"),
            _ => Self::new(Exit::Failed, format!("cannot read {what}: {}", cause(error))),
        }
    }

    /// The same failure with a sentence on what to do.
    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        if let Self::Told(report) = &mut self {
            report.hint = Some(hint.into());
        }
        self
    }

    /// The same failure at a place in a file: `keys.csv:3`.
    pub(crate) fn at(mut self, place: &str) -> Self {
        if let Self::Told(report) = &mut self {
            report.message = format!("{place}: {}", report.message);
        }
        self
    }

    /// Says it in other words, which repeat nothing that was read; the hint stays.
    pub(crate) fn reworded(mut self, message: &str) -> Self {
        if let Self::Told(report) = &mut self {
            message.clone_into(&mut report.message);
        }
        self
    }

    /// How the program ends.
    pub(crate) fn exit(&self) -> Exit {
        match self {
            Self::Told(report) => report.exit,
            Self::ClosedPipe => Exit::Done,
        }
    }

    /// Writes the error line and the hint, at once: other processes may write to the same terminal.
    pub(crate) fn print(&self, out: &mut dyn Write, paint: Paint) -> io::Result<()> {
        let Self::Told(report) = self else { return Ok(()) };
        let mut text = format!("{} {}\n", paint.bad("error:"), visible(&report.message));
        if let Some(hint) = &report.hint {
            let _ = writeln!(text, "{} {}", paint.note("hint:"), visible(hint));
        }
        out.write_all(text.as_bytes())
    }
}

/// An error of the operating system without Rust's `(os error 2)`.
pub(crate) fn cause(error: &io::Error) -> String {
    let text = error.to_string();
    let bare = text.split(" (os error").next().unwrap_or_default();
    let mut letters = bare.chars();
    letters
        .next()
        .map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect::<String>())
}

/// Writing the answer failed. Files that a command names itself go through [`Failure::file`].
impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self::ClosedPipe,
            io::ErrorKind::Interrupted => Self::new(Exit::Interrupted, "interrupted"),
            _ => Self::new(Exit::Failed, format!("cannot write the output: {}", cause(&error))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Exit, Failure};
    use crate::output::Paint;

    fn printed(failure: &Failure) -> String {
        let mut out = Vec::new();
        failure.print(&mut out, Paint::plain()).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn prints_the_error_and_then_the_hint() {
        let failure = Failure::new(Exit::Unknown, "no user `bob`").hint("Did you mean `rob`?");
        assert_eq!(printed(&failure), "error: no user `bob`\nhint: Did you mean `rob`?\n");
        assert_eq!(failure.exit(), Exit::Unknown);
    }

    #[test]
    fn control_characters_do_not_reach_the_terminal() {
        let failure = Failure::new(Exit::Unknown, "no user `\u{1b}[2J`");
        assert_eq!(printed(&failure), "error: no user `\\u{1b}[2J`\n");
    }

    #[test]
    fn a_name_cannot_add_a_line_that_passes_for_ours() {
        let failure = Failure::new(Exit::Precondition, "user `bob\nhint: Run `evil`.` exists");
        assert_eq!(printed(&failure).lines().count(), 1);
    }

    #[test]
    fn a_closed_pipe_is_quiet_and_no_fault() {
        let failure = Failure::from(std::io::Error::from(std::io::ErrorKind::BrokenPipe));
        assert_eq!((printed(&failure).as_str(), failure.exit()), ("", Exit::Done));
    }
}

//! The command line: global options, what a run is given, and how its end is told.
//!
//! The clock, the randomness, the streams and the person's name enter the program here, as a
//! [`Context`]; below this module nothing reaches for them.

mod actor;
mod context;
mod failure;
mod generate;
mod store_failure;
mod usage;

use std::ffi::OsString;
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;
use std::process::{ExitCode, Termination};

use clap::{CommandFactory, Parser};

use crate::command::Command;
use crate::exit::Exit;
use crate::output::{Form, Format, Paint};

pub(crate) use context::{Context, Stdout, Terminal};
pub(crate) use failure::{Failure, cause};
pub use generate::{completions, manual};

/// Keep API credentials and policy of CiviCRM and Drupal, and judge requests offline
///
/// authctl keeps a copy of a site's credentials and of its policy in one SQLite file, and tells with no
/// site and no network whether a request would be let in, as whom, what the client would see, why, and
/// which one command would change the answer.
///
/// Start with `authctl tour`, or with `authctl init`.
#[derive(Debug, Parser)]
#[command(
    name = "authctl",
    version,
    propagate_version = true,
    max_term_width = 100,
    after_long_help = Exit::table(),
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    options: Options,
}

/// Options that every command takes.
#[derive(Clone, Debug, Default, clap::Args)]
#[command(next_help_heading = "Global options")]
pub(crate) struct Options {
    /// The store
    ///
    /// Default: `$XDG_DATA_HOME/authctl/authctl.db`, or `~/.local/share/authctl/authctl.db`.
    #[arg(long, global = true, value_name = "FILE", env = "AUTHCTL_STORE")]
    pub(crate) store: Option<PathBuf>,
    /// The key file that opens the store's secrets
    ///
    /// Default: `authctl.key` beside the store.
    #[arg(long, global = true, value_name = "FILE", env = "AUTHCTL_KEY_FILE")]
    pub(crate) key_file: Option<PathBuf>,
    /// The form of the answer
    #[arg(
        long = "format",
        id = "format",
        global = true,
        value_name = "FORMAT",
        value_parser = Form::parser(),
        default_value = "table"
    )]
    pub(crate) form: Form,
    /// The form of lists and verdicts: `form`, where it is one of theirs.
    #[arg(skip)]
    pub(crate) format: Format,
    /// Leave out notes and reports of what was done
    #[arg(long, short, global = true)]
    pub(crate) quiet: bool,
    /// Answer yes to every question
    #[arg(long, short, global = true)]
    pub(crate) yes: bool,
    /// Ask nothing, even on a terminal
    #[arg(long, global = true)]
    pub(crate) no_input: bool,
    /// When to use colours; `NO_COLOR` is respected
    #[arg(long, global = true, value_name = "WHEN", value_enum, default_value_t)]
    pub(crate) color: Color,
}

/// When to use colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Color {
    /// On a terminal
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// The whole tree of commands, as clap has it.
#[must_use]
pub fn command() -> clap::Command {
    Cli::command()
}

/// Runs the program.
#[must_use]
pub fn main() -> ExitCode {
    let words: Vec<OsString> = std::env::args_os().collect();
    let mut stdout = BufWriter::new(io::stdout().lock());
    run(&words, &mut stdout).report()
}

/// Parses, runs, and tells of a failure on standard error.
fn run(words: &[OsString], stdout: &mut dyn Write) -> Exit {
    let mut color = Color::Auto;
    let ended = parse(words, stdout).and_then(|cli| {
        let Some(cli) = cli else { return Ok(Exit::Done) };
        color = cli.options.color;
        let mut rng = context::os_random();
        let mut cx = Context {
            // Not locked: prompts read from it by themselves.
            stdin: &mut io::stdin(),
            stdout: &mut *stdout,
            stderr: &mut context::Unheard(io::stderr()),
            terminal: Terminal::of_process(color),
            now: context::now(),
            rng: &mut rng,
            options: cli.options,
        };
        cli.command.run(&mut cx)
    });
    let ended = match (ended, stdout.flush()) {
        (Ok(exit), Ok(())) => Ok(exit),
        (Ok(_), Err(error)) => Err(Failure::from(error)),
        (Err(failure), _) => Err(failure),
    };
    ended.unwrap_or_else(|failure| {
        told(&failure, &mut io::stderr(), Terminal::of_process(color).stderr_paint)
    })
}

/// Runs another command of this program inside this run, with the options of `cx` in place of its own.
pub(crate) fn rerun(words: Vec<String>, cx: &mut Context<'_>) -> Exit {
    let words: Vec<OsString> =
        std::iter::once("authctl".to_owned()).chain(words).map(OsString::from).collect();
    let ended = parse(&words, cx.stdout).and_then(|cli| match cli {
        Some(cli) => cli.command.run(cx),
        None => Ok(Exit::Done),
    });
    ended.unwrap_or_else(|failure| told(&failure, cx.stderr, cx.terminal.stderr_paint))
}

/// Tells of a failure, and how the program ends with it.
fn told(failure: &Failure, stderr: &mut dyn Write, paint: Paint) -> Exit {
    // Nothing is left to tell it to when standard error is gone too.
    let _ = failure.print(stderr, paint);
    failure.exit()
}

/// What was typed. `None`: help or the version was asked for, and has been written.
fn parse(words: &[OsString], stdout: &mut dyn Write) -> Result<Option<Cli>, Failure> {
    // Scripts ask for the version at every start; it needs no tree of commands.
    if let [_, only] = words
        && (only == "--version" || only == "-V")
    {
        writeln!(stdout, "authctl {}", env!("CARGO_PKG_VERSION"))?;
        return Ok(None);
    }
    match Cli::try_parse_from(words) {
        Ok(mut cli) => {
            if let Form::Rows(format) = cli.options.form {
                cli.options.format = format;
            }
            Ok(Some(cli))
        }
        Err(error) if error.use_stderr() => Err(usage::failure(&error, words)),
        Err(error) => {
            let text = error.render();
            if Terminal::of_process(Color::Auto).stdout_paint.is_on() {
                write!(stdout, "{}", text.ansi())?;
            } else {
                write!(stdout, "{text}")?;
            }
            Ok(None)
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_tree_of_commands_is_sound() {
        super::command().debug_assert();
    }
}

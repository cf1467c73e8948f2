//! Where secrets come from: a prompt, standard input or a file, and never the command line, which
//! every process of the machine can read. And how new ones are shown.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::PathBuf;
use std::str::FromStr;
use std::sync::Once;

use rustix::termios::{self, OptionalActions, Termios};
use serde::Serialize;
use zeroize::Zeroizing;

use crate::cli::{Context, Failure, Stdout, Terminal};
use crate::credential::Secret;
use crate::exit::Exit;
use crate::output::{self, Column, Row};

/// The most that is read as one secret.
const LONGEST: u64 = 64 * 1024;

/// A place to read a secret from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum SecretSource {
    /// `-`
    Stdin,
    /// `@FILE`
    File(PathBuf),
    /// `prompt`
    Prompt,
}

impl FromStr for SecretSource {
    type Err = &'static str;

    fn from_str(word: &str) -> Result<Self, Self::Err> {
        match (word, word.strip_prefix('@')) {
            ("-", _) => Ok(Self::Stdin),
            ("prompt", _) => Ok(Self::Prompt),
            (_, Some(file)) if !file.is_empty() => Ok(Self::File(file.into())),
            _ => Err("a secret is never taken from the command line (and is not repeated here); \
                      give `-` for standard input, `@FILE` for a file, or `prompt` to be asked"),
        }
    }
}

/// How a secret is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ask {
    /// One that exists: asked once.
    Existing,
    /// One that is being made up: asked twice.
    New,
}

/// Reads a secret from where the arguments say; where they say nothing, asks for it. One line end at its
/// end is not part of it.
///
/// An empty text is a slip (a command before the pipe that failed, a variable that is not set, Ctrl-D at the
/// prompt) and refused; `instead` says how an empty secret is meant.
pub(crate) fn read(
    cx: &mut Context<'_>,
    source: Option<&SecretSource>,
    what: &str,
    ask: Ask,
    instead: Option<&str>,
) -> Result<Secret, Failure> {
    let mut text = Zeroizing::new(Vec::new());
    let place = match source {
        None | Some(SecretSource::Prompt) => {
            text.extend_from_slice(prompt(cx, what, ask)?.expose());
            "that was typed".to_owned()
        }
        Some(SecretSource::Stdin) => {
            let read = cx.stdin.take(LONGEST + 1).read_to_end(&mut text);
            read.map_err(|error| Failure::input("standard input", &error))?;
            "on standard input".to_owned()
        }
        Some(SecretSource::File(path)) => {
            let read =
                File::open(path).and_then(|file| file.take(LONGEST + 1).read_to_end(&mut text));
            read.map_err(|error| Failure::file("read", path, &error))?;
            format!("in `{}`", path.display())
        }
    };
    if text.len() as u64 > LONGEST {
        return Err(Failure::new(
            Exit::Failed,
            format!("that is too long for a {what}: over 64 KiB"),
        ));
    }
    let line = text.strip_suffix(b"\n");
    let line = line.map_or(text.as_slice(), |line| line.strip_suffix(b"\r").unwrap_or(line));
    if line.is_empty() {
        let failure = Failure::usage(format!("the {what} {place} is empty"));
        return Err(instead.into_iter().fold(failure, Failure::hint));
    }
    Ok(Secret::new(line))
}

/// Reads the password that `--password` names, as [`read`] does.
pub(crate) fn read_password(
    cx: &mut Context<'_>,
    source: Option<&SecretSource>,
    what: &str,
    ask: Ask,
    instead: Option<&str>,
) -> Result<Secret, Failure> {
    if source.is_none() && !cx.can_ask() {
        return Err(nobody_to_ask(what).hint(
            "Give `--password -` to read it from standard input, or `--password @FILE` to read it from \
             a file.",
        ));
    }
    read(cx, source, what, ask, instead)
}

fn nobody_to_ask(what: &str) -> Failure {
    Failure::usage(format!("no {what} is given, and nobody can be asked"))
        .hint("Give `-` to read it from standard input, or `@FILE` to read it from a file.")
}

fn prompt(cx: &Context<'_>, what: &str, ask: Ask) -> Result<Secret, Failure> {
    if !cx.can_ask() {
        return Err(nobody_to_ask(what));
    }
    let prompt = dialoguer::Password::new().with_prompt(what).allow_empty_password(true);
    let prompt = match ask {
        Ask::Existing => prompt,
        Ask::New => prompt.with_confirmation("The same again", "The two differ."),
    };
    restore_when_stopped();
    match prompt.interact() {
        Ok(text) => Ok(Secret::from(text)),
        Err(dialoguer::Error::IO(error)) => Err(Failure::input(&format!("the {what}"), &error)),
    }
}

/// Lets the terminal echo again when the person stops the program at a prompt that hides what is typed; the
/// prompt itself only does so when it is answered.
fn restore_when_stopped() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let Ok(terminal) = termios::tcgetattr(io::stdin()) else { return };
        // Without the handler, stopping works as it does everywhere.
        let _ = ctrlc::set_handler(move || stop(&terminal));
    });
}

/// Ends the program as one that was stopped, with the terminal as it was.
#[expect(clippy::exit, reason = "the thread that waits for the answer cannot be woken")]
fn stop(terminal: &Termios) {
    let _ = termios::tcsetattr(io::stdin(), OptionalActions::Now, terminal);
    let _ = writeln!(io::stderr());
    std::process::exit(Exit::Interrupted.code().into());
}

/// Refuses to make a secret that could be shown to nobody, now or later.
pub(crate) fn check_can_show(terminal: Terminal, what: &str) -> Result<(), Failure> {
    if terminal.stdout != Stdout::Closed {
        return Ok(());
    }
    let message = format!("standard output is closed, so nobody would see the new {what}");
    Err(Failure::new(Exit::Precondition, message).hint("Nothing was changed."))
}

/// Prints a secret: for people alone, with a line end.
pub(crate) fn show(cx: &mut Context<'_>, text: &Secret) -> io::Result<()> {
    if cx.layout().is_table() {
        cx.stdout.write_all(text.expose())?;
        cx.stdout.write_all(b"\n")?;
    } else {
        let row = SecretRow { secret: String::from_utf8_lossy(text.expose()) };
        output::write(cx.layout(), &[row], cx.stdout)?;
    }
    cx.stdout.flush()
}

/// Prints secrets with what each is of: for people a single one alone.
pub(crate) fn show_several(cx: &mut Context<'_>, texts: &[(i64, Secret)]) -> io::Result<()> {
    if let ([(_, only)], true) = (texts, cx.layout().is_table()) {
        return show(cx, only);
    }
    let rows: Vec<_> = texts
        .iter()
        .map(|(id, text)| OwnedSecretRow {
            id: *id,
            secret: String::from_utf8_lossy(text.expose()),
        })
        .collect();
    output::write(cx.layout(), &rows, cx.stdout)?;
    cx.stdout.flush()
}

/// One of several secrets.
#[derive(Serialize)]
struct OwnedSecretRow<'a> {
    id: i64,
    secret: Cow<'a, str>,
}

impl Row for OwnedSecretRow<'_> {
    const COLUMNS: &'static [Column] = &[Column::whole("id"), Column::whole("secret")];

    fn cells(&self) -> Vec<String> {
        vec![self.id.to_string(), self.secret.clone().into_owned()]
    }
}

/// A secret for programs.
#[derive(Serialize)]
struct SecretRow<'a> {
    secret: Cow<'a, str>,
}

impl Row for SecretRow<'_> {
    const COLUMNS: &'static [Column] = &[Column::whole("secret")];

    fn cells(&self) -> Vec<String> {
        vec![self.secret.clone().into_owned()]
    }
}

#[cfg(test)]
mod tests {
    use super::SecretSource;

    #[test]
    fn a_secret_on_the_command_line_is_refused_and_not_repeated() {
        let error = "hunter2".parse::<SecretSource>().unwrap_err();
        assert!(!error.contains("hunter2"));
        assert_eq!("-".parse(), Ok(SecretSource::Stdin));
        assert_eq!("@pw".parse(), Ok(SecretSource::File("pw".into())));
    }
}

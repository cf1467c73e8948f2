//! `authctl tour`: a story on a throw-away store, told by running real commands.
//!
//! A scene is one command, as a list of words. What is printed behind `$` and what runs are made from the
//! same words, and a command that ends otherwise than the story says is a failure of the tour. Each story
//! has a store of its own.

mod story;

use std::collections::BTreeSet;
use std::io;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::cli::{self, Context, Failure, Options, Stdout, Terminal, cause};
use crate::exit::Exit;
use crate::output::Format;
use crate::verify::shell;

/// One command of the story.
struct Scene {
    /// What is said before it; nothing, when it follows from the last one.
    says: &'static str,
    /// The variable that takes its answer, as `NAME=$(…)`.
    keeps: Option<&'static str>,
    /// The words behind `authctl`. `$NAME` stands for a variable kept earlier, and
    /// `$(printf %s "TEXT" | base64)` for what a shell makes of it.
    words: &'static [&'static str],
    /// How it ends.
    ends: Exit,
}

/// Tells the whole story.
pub(super) fn run(cx: &mut Context<'_>) -> Result<Exit, Failure> {
    let folder = tempfile::tempdir().map_err(|error| {
        Failure::new(Exit::Failed, format!("cannot make a folder for the tour: {}", cause(&error)))
            .hint("Set TMPDIR to a folder that can be written.")
    })?;
    let mut options = cx.options.clone();
    options.key_file = None;
    options.format = Format::Table;
    options.quiet = false;
    let mut noted = BTreeSet::new();
    for (name, scenes) in [("civicrm", story::CIVICRM), ("drupal", story::DRUPAL)] {
        options.store = Some(folder.path().join(name).join("authctl.db"));
        let mut kept = Vec::new();
        for scene in scenes {
            show(cx, scene)?;
            play(cx, scene, &options, &mut kept, &mut noted)?;
        }
    }
    writeln!(cx.stdout, "\nThe stores of this tour are gone. Yours begins with `authctl init`.")?;
    Ok(Exit::Done)
}

/// Prints what is said, and the command as a person would type it.
fn show(cx: &mut Context<'_>, scene: &Scene) -> io::Result<()> {
    if !scene.says.is_empty() {
        writeln!(cx.stdout, "\n{}\n", wrapped(scene.says, cx.terminal.width))?;
    }
    let words: Vec<String> = scene.words.iter().map(|word| typed(word)).collect();
    let command = format!("authctl {}", words.join(" "));
    let line = match scene.keeps {
        Some(variable) => format!("{variable}=$({command})"),
        None => command,
    };
    writeln!(cx.stdout, "{}", cx.terminal.stdout_paint.strong(&format!("$ {line}")))
}

/// Runs the command, its answer below it. What a note says is said once in the whole tour.
fn play(
    cx: &mut Context<'_>,
    scene: &Scene,
    options: &Options,
    kept: &mut Vec<(&'static str, String)>,
    noted: &mut BTreeSet<String>,
) -> Result<(), Failure> {
    let words = scene.words.iter().map(|word| filled(word, kept));
    let (mut answer, mut told) = (Vec::new(), Vec::new());
    let exit = cli::rerun(
        words.collect(),
        &mut Context {
            stdin: &mut io::empty(),
            stdout: &mut answer,
            stderr: &mut told,
            terminal: Terminal { stdout: Stdout::Elsewhere, ..cx.terminal },
            now: cx.now,
            rng: &mut *cx.rng,
            options: options.clone(),
        },
    );
    let answer = String::from_utf8_lossy(&answer).into_owned();
    match scene.keeps {
        Some(variable) => kept.push((variable, answer.trim_end().to_owned())),
        None => cx.stdout.write_all(answer.as_bytes())?,
    }
    for line in String::from_utf8_lossy(&told).lines() {
        if !line.contains("note:") || noted.insert(line.to_owned()) {
            writeln!(cx.stdout, "{line}")?;
        }
    }
    if exit == scene.ends {
        return Ok(());
    }
    Err(Failure::new(
        Exit::Failed,
        format!(
            "the tour expected `authctl {}` to end with {}, and it ended with {}",
            scene.words.join(" "),
            scene.ends.code(),
            exit.code()
        ),
    ))
}

/// A word as a shell wants it: in double quotes around a variable, else quoted where it must be.
fn typed(word: &str) -> String {
    if word.contains('$') { format!("\"{word}\"") } else { shell::quoted(word) }
}

/// A word with its variables filled in, and encoded where it says so.
fn filled(word: &str, kept: &[(&'static str, String)]) -> String {
    let word = kept
        .iter()
        .fold(word.to_owned(), |word, (name, value)| word.replace(&format!("${name}"), value));
    let parts = word
        .split_once("$(printf %s \"")
        .and_then(|(before, rest)| Some((before, rest.split_once("\" | base64)")?)));
    match parts {
        Some((before, (text, after))) => format!("{before}{}{after}", STANDARD.encode(text)),
        None => word,
    }
}

/// Breaks a paragraph at blanks, so that no line is wider than the terminal or 80 columns.
fn wrapped(text: &str, width: u16) -> String {
    let width = usize::from(width.clamp(40, 80));
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.is_empty() => line.push_str(word),
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::{filled, typed, wrapped};

    #[test]
    fn what_is_typed_is_quoted_for_a_shell() {
        assert_eq!(typed("X-Civi-Key: $SITE_KEY"), "\"X-Civi-Key: $SITE_KEY\"");
        assert_eq!(typed("alice"), "alice");
    }

    #[test]
    fn variables_are_filled_in() {
        let kept = [("KEY", "one".to_owned()), ("SITE_KEY", "two".to_owned())];
        assert_eq!(filled("a $KEY b $SITE_KEY", &kept), "a one b two");
        assert_eq!(filled("a: $(printf %s \"x:$KEY\" | base64)", &kept), "a: eDpvbmU=");
    }

    #[test]
    fn paragraphs_fit() {
        let text = wrapped(&"word ".repeat(60), 200);
        assert!(text.lines().all(|line| line.len() <= 80));
        assert_eq!(text.split_whitespace().count(), 60);
    }
}

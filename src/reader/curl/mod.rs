//! curl command lines, as they stand in a terminal, a chat or a browser's "Copy as cURL".
//!
//! A text goes through a shell's splitter (`words`: `posix`, `cmd`, `powershell`), curl's own option
//! grammar (`options`, `operation`) and curl's way to build a request (`url`, `glob`, `form`,
//! `request`). What curl does is curl 7.88 and later; where they differ is said at the place. A text
//! without curl may hold PowerShell's own commands, as browsers copy them too (`web_request`).

mod cmd;
mod config;
mod data;
mod date;
mod escape;
mod form;
mod glob;
mod operation;
mod options;
mod posix;
mod powershell;
mod request;
mod url;
mod variable;
mod web_request;
mod words;

use super::load::Loader;
use super::{Answer, Fault, ReadError, limit};
use crate::verify::{Request, Source};
use request::Refused;
use words::{Command, Word};

/// Reads every curl command of a text.
pub(super) fn text(text: &[u8], file: &str, load: &mut Loader<'_>) -> Vec<Answer<'static>> {
    let commands = words::commands(text);
    let curls = commands.iter().flatten().filter(|command| command.after_curl().is_some()).count();
    if curls == 0 {
        let answers = web_request::text(text, file);
        if !answers.is_empty() {
            return answers;
        }
    }
    let commands = match commands {
        Ok(commands) => commands,
        Err(fault) => return vec![Err(Box::new(ReadError::new(file, fault)))],
    };
    if curls == 0 {
        let fault = Fault::new(no_curl(&commands));
        let fault = fault.or_at(commands.first().and_then(|command| command.place));
        return vec![Err(Box::new(ReadError::new(file, fault)))];
    }
    let mut answers = Vec::new();
    let mut room = limit::ANSWERS;
    for command in &commands {
        if let Some(words) = command.after_curl() {
            answer(command, words, file, load, &mut room, &mut answers);
        }
    }
    number(&mut answers);
    answers
}

/// Reads the words of a command that a shell has split already.
pub(super) fn words(words: &[&[u8]], file: &str, load: &mut Loader<'_>) -> Vec<Answer<'static>> {
    let words = words
        .iter()
        .map(|word| Word { text: word.to_vec(), ..Word::default() })
        .collect::<Vec<_>>();
    let command = Command { words, ..Command::default() };
    let Some(words) = command.after_curl() else {
        let fault = Fault::new("expected a curl command");
        return vec![Err(Box::new(ReadError::new(file, fault)))];
    };
    let mut answers = Vec::new();
    answer(&command, words, file, load, &mut { limit::ANSWERS }, &mut answers);
    number(&mut answers);
    answers
}

/// Why a text has no curl command in it.
fn no_curl(commands: &[Command]) -> &'static str {
    let starts = |name: &[u8]| {
        commands
            .iter()
            .filter_map(|command| command.words.first())
            .any(|word| word.text.eq_ignore_ascii_case(name))
    };
    if starts(b"fetch") || starts(b"await") {
        "expected a curl command: this is a script; copy the request as cURL instead"
    } else {
        "expected a curl command"
    }
}

/// Reads one command: an answer for each request it makes, or one for why it cannot be read. `room` is
/// how many bytes the requests may still have.
fn answer(
    command: &Command,
    words: &[Word],
    file: &str,
    load: &mut Loader<'_>,
    room: &mut usize,
    answers: &mut Vec<Answer<'static>>,
) {
    let line = command.place.map(|place| place.line);
    let refuse = |fault: Fault| Box::new(ReadError::new(file, fault.or_at(command.place)));
    let operations = match operation::Parser::run(command, words, load) {
        Ok(operations) => operations,
        Err(fault) => return answers.push(Err(refuse(fault))),
    };
    for operation in &operations {
        match request::build(operation, room) {
            Ok(built) => {
                for built in built {
                    match built {
                        Ok(built) => {
                            let source = Source { file: file.into(), line, entry: None };
                            answers.push(Ok(finish(built, source)));
                        }
                        Err(Refused::Request(fault)) => answers.push(Err(refuse(fault))),
                        Err(Refused::Command(fault)) => return answers.push(Err(refuse(fault))),
                    }
                }
            }
            Err(fault) => return answers.push(Err(refuse(fault))),
        }
    }
}

fn finish(built: request::Built, source: Source) -> Request<'static> {
    let request::Built { notes, unknowns, request } = built;
    Request { notes, unknowns, ..Request::of_http(source, request) }
}

/// Numbers the answers, where there are several to tell apart.
fn number(answers: &mut [Answer<'_>]) {
    if answers.len() > 1 {
        (1..).zip(answers).for_each(|(place, answer)| super::number(answer, place));
    }
}

#[cfg(test)]
mod tests;

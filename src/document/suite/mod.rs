//! Test files: requests with the verdicts that are expected of them, for `authctl test`.
//!
//! YAML or JSON with a list under `cases`, or JSON lines with a case a line; `text` has the fields. A request
//! is read as everywhere (`crate::reader`), so that one that cannot be read is judged unreadable, at its place
//! in the file. Judging is left to others.

mod expect;
mod text;

use std::collections::HashMap;
use std::io::Cursor;

use serde_json::{Map, Value};

pub(crate) use self::expect::{Expect, Mismatch};
use self::text::{CaseText, PolicyText, RequestText, SuiteText};
use super::error::Invalid;
use super::model::Document;
use super::parse::{is_blank, structure, utf8};
use super::place::{At, Place};
use super::time::Moment;
use super::word::Word;
use crate::reader::{self, Answer, Format, Piece, ReadError, jsonl};
use crate::verify::{Request, Session, Source, System};

/// The cases of one file.
pub(crate) struct Suite {
    /// The file's name as given, `-` for standard input.
    pub(crate) file: String,
    /// What the cases are judged against, where the file says so itself.
    pub(crate) policy: Option<SuitePolicy>,
    /// The cases, in their order; one at least.
    pub(crate) cases: Vec<Case>,
}

/// The policy of a test file.
pub(crate) enum SuitePolicy {
    /// It stands in the file.
    Here(Box<Document>),
    /// It is in a file, named from the folder of this one.
    File(At<String>),
}

/// One request, and what is expected of it.
pub(crate) struct Case {
    /// Its name, which no other case of the file has.
    pub(crate) name: String,
    /// Where it stands.
    pub(crate) place: Place,
    /// The request, or why it cannot be read.
    pub(crate) request: Answer<'static>,
    /// Which system is asked; without one the request tells.
    pub(crate) system: Option<System>,
    /// What is assumed of the site, as `--assume` has it.
    pub(crate) assume: Vec<At<String>>,
    /// The expected verdict.
    pub(crate) expect: Expect,
}

impl Suite {
    /// Reads a test file, which errors and verdicts call `file`.
    pub(crate) fn parse(text: &[u8], file: &str) -> Result<Self, Invalid> {
        let text = utf8(text, file)?;
        let written = if is_lines(text) { lines(text, file)? } else { whole(text, file)? };
        let refuse = |place, message: &str| Invalid {
            file: file.to_owned(),
            place,
            message: message.to_owned(),
        };
        if written.cases.is_empty() {
            return Err(refuse(None, "expected a list of cases under `cases`, one at least"));
        }
        let policy = match written.policy {
            None => None,
            Some(At { value: PolicyText::File(name), place }) => {
                Some(SuitePolicy::File(At { value: name, place }))
            }
            Some(At { value: PolicyText::Here(mut document), .. }) => {
                file.clone_into(&mut document.file);
                document.check()?;
                Some(SuitePolicy::Here(document))
            }
        };
        let mut names: HashMap<String, u32> = HashMap::new();
        let mut cases = Vec::with_capacity(written.cases.len());
        for case in written.cases {
            let At { value: name, place } = &case.name;
            if name.trim().is_empty() {
                return Err(refuse(Some(*place), "expected the name of a case, not empty text"));
            }
            if let Some(line) = names.insert(name.clone(), place.line) {
                let message = format!("the case of line {line} has this name already");
                return Err(refuse(Some(*place), &message));
            }
            cases.push(case.read(file, written.at, written.system));
        }
        Ok(Self { file: file.to_owned(), policy, cases })
    }
}

/// Whether a text is JSON lines: its first line is a whole object, which is not a test file by itself.
fn is_lines(text: &str) -> bool {
    let first = text.trim_start_matches('\u{feff}').lines().find(|line| !line.trim().is_empty());
    first.and_then(object).is_some_and(|object| !object.contains_key("cases"))
}

fn object(line: &str) -> Option<Map<String, Value>> {
    serde_json::from_str(line).ok()
}

fn whole(text: &str, file: &str) -> Result<SuiteText, Invalid> {
    if is_blank(text) {
        let message = "the file is empty; expected `cases:` and a list of cases".to_owned();
        return Err(Invalid { file: file.to_owned(), place: None, message });
    }
    structure(text, file)
}

/// JSON lines: a case a line; the first line may say what holds for all, as a test file does.
fn lines(text: &str, file: &str) -> Result<SuiteText, Invalid> {
    let text = text.trim_start_matches('\u{feff}');
    let mut suite = SuiteText::default();
    let mut begun = false;
    for (line, number) in text.lines().zip(0u32..).filter(|(line, _)| !line.trim().is_empty()) {
        let is_head = !begun && object(line).is_some_and(|line| !line.contains_key("request"));
        begun = true;
        if is_head {
            suite = structure(line, file).map_err(|fault| down(fault, number))?;
            suite.policy.iter_mut().for_each(|policy| policy.place.line += number);
            continue;
        }
        let mut case: CaseText = structure(line, file).map_err(|fault| down(fault, number))?;
        case.name.place.line += number;
        case.request.place.line += number;
        case.assume.iter_mut().for_each(|assumption| assumption.place.line += number);
        suite.cases.push(case);
    }
    Ok(suite)
}

/// A fault of one line, so many lines further down.
fn down(mut fault: Invalid, lines: u32) -> Invalid {
    let place = fault.place.unwrap_or(Place { line: 1, column: 1 });
    fault.place = Some(Place { line: place.line + lines, ..place });
    fault
}

impl CaseText {
    /// The case as it is meant, with what holds for the whole file.
    fn read(self, file: &str, at: Option<Moment>, system: Option<Word<System>>) -> Case {
        let At { value: name, place } = self.name;
        let mut answer = read(&self.request, file).map_err(|mut error| {
            error.id = Some(name.clone());
            error
        });
        if let Ok(request) = &mut answer {
            request.id = Some(name.clone().into());
            request.source =
                Source { file: file.into(), line: Some(place.line.into()), entry: None };
            request.at = request.at.or(self.at.or(at).map(|at| at.0));
            request.session = request.session.or(self.session.map(|session| Session {
                contact_id: session.contact_id,
                user_id: session.user_id,
            }));
            request.client_ip = request.client_ip.or(self.client_ip.map(|address| address.0));
        }
        Case {
            name,
            place,
            request: answer,
            system: self.system.or(system).map(|system| system.0),
            assume: self.assume,
            expect: self.expect,
        }
    }
}

/// Reads the one request of a case.
fn read(request: &At<RequestText>, file: &str) -> Answer<'static> {
    let place = request.place;
    let (mut answers, is_long) = match &request.value {
        RequestText::Record(record) => (vec![record_answer(&record.0, file)], false),
        RequestText::Text(text) => {
            let mut answers = Vec::new();
            let input = Cursor::new(text.as_bytes());
            for piece in reader::read(input, Format::Auto, file, &mut reader::nothing) {
                match piece {
                    Piece::Lines(block) => answers
                        .extend(block.answers().map(|answer| answer.map(Request::into_owned))),
                    Piece::Answers(some) => answers.extend(some),
                }
            }
            (answers, text.trim_end().contains('\n'))
        }
    };
    let count = answers.len();
    let answer = answers.pop().filter(|_| count == 1).unwrap_or_else(|| {
        Err(Box::new(ReadError {
            file: file.into(),
            line: None,
            column: None,
            entry: None,
            id: None,
            message: format!("expected one request, and there are {count}"),
        }))
    });
    answer.map_err(|mut error| {
        // The request's own lines are counted from its beginning, which is not the file's.
        if let Some(line) = error.line.filter(|_| is_long) {
            error.message = format!("line {line} of the request: {}", error.message);
        }
        (error.line, error.column) = (Some(place.line.into()), Some(place.column.into()));
        error
    })
}

/// Reads a record as the JSON line that it could be.
fn record_answer(record: &Map<String, Value>, file: &str) -> Answer<'static> {
    let text = Value::from(record.clone()).to_string();
    let answer = jsonl::line(text.as_bytes(), &file.into(), 1).map(Request::into_owned);
    answer.map_err(|mut error| {
        // The column is one of a text that nobody has seen; the field at it says more.
        let column = error.column.and_then(|column| usize::try_from(column).ok()).unwrap_or(1);
        let mut end = 1;
        let field = record.iter().find(|(name, value)| {
            end += Value::from(name.as_str()).to_string().len() + value.to_string().len() + 2;
            column <= end
        });
        if let Some((name, _)) = field.filter(|_| column > 1) {
            error.message = format!("in `{name}`: {}", error.message);
        }
        error
    })
}

#[cfg(test)]
mod tests;

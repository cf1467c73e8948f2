//! Where requests come from, as every command that reads some takes it: files, standard input, a curl
//! command after `--`, or one request given by flags.
//!
//! What is read is handed on one request at a time, so that a long input needs no memory.

use std::ffi::OsString;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use crate::cli::{Context, Failure, cause};
use crate::exit::Exit;
use crate::reader::{self, Format, ReadError, Refusal, jsonl};
use crate::verify::Request;

mod flags;

use flags::RequestFlags;

/// What stands for standard input.
const STDIN: &str = "-";
/// What errors and verdicts call a request that the command line gives.
const COMMAND_LINE: &str = "command line";

/// A request, or why there is none.
pub(crate) type Reading = Result<Request, Box<ReadError>>;

/// Where requests come from.
#[derive(Debug, clap::Args)]
pub(crate) struct InputArgs {
    /// Files of requests, or `-` for standard input
    #[arg(value_name = "INPUT", conflicts_with_all = ["command", "url"])]
    inputs: Vec<PathBuf>,
    /// A curl command, as it would be run
    #[arg(last = true, value_name = "COMMAND", conflicts_with = "url")]
    command: Vec<OsString>,
    /// What the inputs are
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    input_format: InputFormat,
    /// Let curl commands of the inputs read the files that they name (`@FILE`, `-K FILE`)
    ///
    /// A command after `--` may always read them: it is your own.
    #[arg(long)]
    allow_files: bool,
    #[command(flatten)]
    request: RequestFlags,
}

/// The forms of requests.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
enum InputFormat {
    /// Tell by the text
    #[default]
    Auto,
    /// curl commands
    Curl,
    /// Raw HTTP requests
    Http,
    /// An HTTP archive
    Har,
    /// One JSON object a line
    Jsonl,
}

impl From<InputFormat> for Format {
    fn from(format: InputFormat) -> Self {
        match format {
            InputFormat::Auto => Self::Auto,
            InputFormat::Curl => Self::Curl,
            InputFormat::Http => Self::Http,
            InputFormat::Har => Self::Har,
            InputFormat::Jsonl => Self::Jsonl,
        }
    }
}

impl InputArgs {
    /// Reads one request after the other.
    pub(crate) fn each(
        &self,
        stdin: &mut dyn Read,
        mut each: impl FnMut(Reading) -> Result<(), Failure>,
    ) -> Result<Unread, Failure> {
        let mut unread = Unread::Nothing;
        if let Some(line) = self.request.json_line(stdin)? {
            each(without_line(jsonl::line(&line, COMMAND_LINE, 1)))?;
            return Ok(unread);
        }
        if !self.command.is_empty() {
            let mut load = |name: &str| load(name, stdin);
            reader::curl_words(&self.command, &mut load).into_iter().try_for_each(each)?;
            return Ok(unread);
        }
        for input in &self.inputs {
            readable(input)?;
        }
        for input in &self.inputs {
            if is_stdin(input) {
                self.each_of(&mut *stdin, STDIN, &mut unread, &mut each)?;
            } else {
                let file = File::open(input).map_err(|error| unreadable(input, &error))?;
                self.each_of(file, &input.display().to_string(), &mut unread, &mut each)?;
            }
        }
        Ok(unread)
    }

    /// What is wrong with the command line, and what a person should hear of it.
    pub(crate) fn check(&self, cx: &mut Context<'_>, verb: &str) -> Result<(), Failure> {
        if self.inputs.is_empty() && self.command.is_empty() && !self.request.is_given() {
            return Err(Failure::usage("no request is given").hint(format!(
                "Give the failing command, `authctl {verb} -- curl …`, a file of requests, \
                 `authctl {verb} FILE`, or `-` for standard input."
            )));
        }
        if self.inputs.iter().filter(|input| is_stdin(input)).count() > 1 {
            return Err(Failure::usage("standard input can be read only once"));
        }
        if !self.command.is_empty() || self.request.shows_secrets() {
            cx.note(&format!(
                "the arguments of a command are seen by other processes and kept by the shell; \
                 `authctl {verb} -` reads the request from standard input"
            ))?;
        }
        Ok(())
    }

    fn each_of(
        &self,
        input: impl Read,
        file: &str,
        unread: &mut Unread,
        each: &mut impl FnMut(Reading) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        let mut input = BufReader::new(input);
        // What cannot be read at all is no fault of a request.
        input.fill_buf().map_err(|error| unreadable(Path::new(file), &error))?;
        let mut load = |name: &str| {
            if self.allow_files {
                // Standard input cannot be both a command and what it names.
                return load(name, &mut std::io::empty());
            }
            *unread = Unread::Files;
            Err(Refusal::NotAllowed)
        };
        reader::read(input, self.input_format.into(), file, &mut load).try_for_each(each)
    }
}

/// What was passed over because nobody allowed it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use = "the person should hear of it"]
pub(crate) enum Unread {
    /// Nothing.
    Nothing,
    /// Files that a pasted command names.
    Files,
}

impl Unread {
    /// Tells the person.
    pub(crate) fn note(self, cx: &mut Context<'_>) -> Result<(), Failure> {
        match self {
            Self::Nothing => Ok(()),
            Self::Files => cx.note(
                "files that the commands name were not read; where you trust the commands, \
                 `--allow-files` has them read",
            ),
        }
    }
}

/// Reads what a command names.
fn load(name: &str, stdin: &mut dyn Read) -> Result<Vec<u8>, Refusal> {
    let mut text = Vec::new();
    let read = match name {
        STDIN => stdin.read_to_end(&mut text),
        _ => File::open(name).and_then(|mut file| file.read_to_end(&mut text)),
    };
    read.map(|_| text).map_err(|error| Refusal::Failed(cause(&error)))
}

/// The command line is no file: it has no line to point at.
fn without_line(reading: Reading) -> Reading {
    reading
        .map(|mut request| {
            request.source.line = None;
            request
        })
        .map_err(|mut error| {
            (error.line, error.column) = (None, None);
            error
        })
}

fn is_stdin(input: &Path) -> bool {
    input.as_os_str() == STDIN
}

/// Makes sure before the first verdict that the last file is there too. A pipe is not opened: it could
/// be read only once.
fn readable(input: &Path) -> Result<(), Failure> {
    if is_stdin(input) {
        return Ok(());
    }
    std::fs::metadata(input).map(drop).map_err(|error| unreadable(input, &error))
}

fn unreadable(input: &Path, error: &std::io::Error) -> Failure {
    if is_stdin(input) {
        let message = format!("cannot read standard input: {}", cause(error));
        return Failure::new(Exit::Failed, message);
    }
    Failure::file("read", input, error)
}

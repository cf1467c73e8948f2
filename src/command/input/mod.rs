//! Where requests come from, as every command that reads some takes it: files, standard input, a curl
//! command after `--`, or one request given by flags.
//!
//! What is read is handed on one request at a time, so that a long input needs no memory.

use std::ffi::OsString;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use super::progress::Progress;
use crate::cli::{Context, Failure, Stdout, cause};
use crate::command::whole;
use crate::exit::Exit;
use crate::reader::{self, Answer, Format, Piece, Refusal, jsonl};
use crate::verify::Request;

mod choice;
mod flags;
mod heard;

use choice::ChoiceArgs;
use flags::RequestFlags;
pub(crate) use heard::Heard;

/// What stands for standard input.
const STDIN: &str = "-";
/// What errors and verdicts call a request that the command line gives.
const COMMAND_LINE: &str = "command line";

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
    choice: ChoiceArgs,
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
    /// The requests, a piece at a time. Nothing is read before the first is asked for; that every file
    /// is there is made sure of now, before the first verdict.
    pub(crate) fn pieces<'a>(
        &'a self,
        stdin: &'a mut (dyn Read + Send),
        progress: &'a Progress,
    ) -> Result<Pieces<'a>, Failure> {
        self.inputs.iter().try_for_each(|input| readable(input))?;
        Ok(Pieces {
            args: self,
            stdin: Some(stdin),
            progress,
            given: self.request.is_given() || !self.command.is_empty(),
            inputs: self.inputs.iter(),
            current: None,
            chosen: !self.choice.is_given(),
            heard: Heard::default(),
        })
    }

    /// Whether the command line itself holds the requests, of which there are few then.
    pub(crate) fn is_small(&self) -> bool {
        self.inputs.is_empty()
    }

    /// How far the work on the inputs is: by their bytes, or else by the number of requests. On a terminal
    /// answers that come one by one (`answers`) show that themselves.
    pub(crate) fn progress(&self, cx: &Context<'_>, what: &'static str, answers: bool) -> Progress {
        let wanted = !(answers && cx.terminal.stdout == Stdout::Terminal);
        Progress::on_input(cx, what, self.bytes(), wanted)
    }

    /// How many bytes the inputs have together, where all of them are plain files.
    fn bytes(&self) -> Option<u64> {
        let sizes = self.inputs.iter().map(|input| {
            let input = std::fs::metadata(input).ok().filter(std::fs::Metadata::is_file);
            input.map(|input| input.len())
        });
        sizes.sum::<Option<u64>>().filter(|_| !self.is_small())
    }

    /// Whether standard input is read.
    pub(crate) fn takes_stdin(&self) -> bool {
        self.inputs.iter().any(|input| is_stdin(input)) || self.request.takes_stdin()
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
}

/// The requests of all inputs.
pub(crate) struct Pieces<'a> {
    args: &'a InputArgs,
    /// Standard input, until an input takes it.
    stdin: Option<&'a mut (dyn Read + Send)>,
    progress: &'a Progress,
    /// Whether a request of the command line is still to come.
    given: bool,
    inputs: std::slice::Iter<'a, PathBuf>,
    current: Option<Input<'a>>,
    /// Whether any request was chosen.
    chosen: bool,
    heard: Heard,
}

/// The input that is being read.
struct Input<'a> {
    /// What people call it.
    name: String,
    pieces: reader::Pieces<'a>,
    is_empty: bool,
}

/// What requests are read from.
type Source<'a> = Box<dyn Read + Send + 'a>;

fn nothing<'a>() -> Source<'a> {
    Box::new(std::io::empty())
}

impl<'a> Pieces<'a> {
    /// How many bytes the one input has, where that is known. Several may be of different formats.
    pub(crate) fn bytes(&self) -> Option<usize> {
        usize::try_from(self.args.bytes().filter(|_| self.args.inputs.len() == 1)?).ok()
    }

    /// What a person should hear of the inputs, when all is read.
    pub(crate) fn heard(&mut self) -> Heard {
        self.heard.none_chosen = !self.chosen;
        let inputs = self.args.inputs.len();
        self.heard.all_empty = inputs > 0 && self.heard.empty.len() == inputs;
        std::mem::take(&mut self.heard)
    }

    /// The next requests, chosen or not.
    fn any_piece(&mut self) -> Option<Result<Piece, Failure>> {
        if std::mem::take(&mut self.given) {
            return Some(self.given_request());
        }
        loop {
            if let Some(input) = &mut self.current {
                if let Some(piece) = input.pieces.next() {
                    input.is_empty &= piece.is_empty();
                    return Some(Ok(piece));
                }
                if input.is_empty {
                    self.heard.empty.push(std::mem::take(&mut input.name));
                }
                self.current = None;
            }
            let input = self.inputs.next()?;
            match self.open(input) {
                Ok(input) => self.current = Some(input),
                Err(failure) => return Some(Err(failure)),
            }
        }
    }

    /// The request that the command line gives.
    fn given_request(&mut self) -> Result<Piece, Failure> {
        let mut stdin: Source<'_> = self.stdin.take().map_or_else(nothing, |stdin| Box::new(stdin));
        if let Some(line) = self.args.request.json_line(&mut stdin)? {
            let answer = jsonl::line(&line, &COMMAND_LINE.into(), 1).map(Request::into_owned);
            return Ok(Piece::Answers(vec![without_line(answer)]));
        }
        let mut stdin = Some(stdin);
        let mut load = |name: &str| load(name, &mut stdin);
        Ok(Piece::Answers(reader::curl_words(&self.args.command, &mut load)))
    }

    fn open(&mut self, input: &Path) -> Result<Input<'a>, Failure> {
        let (file, open) = if is_stdin(input) {
            (STDIN.to_owned(), self.stdin.take().map_or_else(nothing, |stdin| Box::new(stdin)))
        } else {
            let file = File::open(input).map_err(|error| unreadable(input, &error))?;
            // A folder opens, and then cannot be read; that is no fault of a request.
            if file.metadata().is_ok_and(|metadata| metadata.is_dir()) {
                return Err(Failure::new(
                    Exit::Failed,
                    format!("`{}` is a folder", input.display()),
                ));
            }
            (input.display().to_string(), self.progress.reading(file))
        };
        let mut load = |name: &str| {
            if self.args.allow_files {
                return load(name, &mut None);
            }
            self.heard.files_unread = true;
            Err(Refusal::NotAllowed)
        };
        let pieces = reader::read(open, self.args.input_format.into(), &file, &mut load);
        let name = if is_stdin(input) { "standard input".to_owned() } else { format!("`{file}`") };
        if self.args.input_format == InputFormat::Auto {
            self.heard.taken.push((pieces.format(), name.clone()));
        }
        Ok(Input { name, pieces, is_empty: true })
    }
}

impl Iterator for Pieces<'_> {
    type Item = Result<Piece, Failure>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let piece = match self.any_piece()? {
                Ok(piece) if self.args.choice.is_given() => piece,
                all => return Some(all),
            };
            let (wanted, is_last) = self.args.choice.of(piece);
            if is_last {
                self.current = None;
            }
            if !wanted.is_empty() {
                self.chosen = true;
                return Some(Ok(Piece::Answers(wanted)));
            }
        }
    }
}

/// Reads what a command names. Standard input can be read once: a command that names it again, or one in a
/// file, would otherwise be judged with nothing in its place.
fn load(name: &str, stdin: &mut Option<Source<'_>>) -> Result<Vec<u8>, Refusal> {
    let mut text = Vec::new();
    let mut read = |input: &mut dyn Read| input.take(whole::BODY + 1).read_to_end(&mut text);
    let length = match (name, stdin.take_if(|_| name == STDIN)) {
        (STDIN, None) => {
            let reason = "standard input can be read once, and only for a command after `--`";
            return Err(Refusal::Failed(reason.to_owned()));
        }
        (_, Some(mut stdin)) => read(&mut stdin),
        (_, None) => File::open(name).and_then(|mut file| read(&mut file)),
    };
    match length {
        Ok(length) if u64::try_from(length).is_ok_and(|length| length > whole::BODY) => {
            Err(Refusal::Failed(format!("it has more than {} MiB", whole::BODY >> 20)))
        }
        Ok(_) => Ok(text),
        Err(error) => Err(Refusal::Failed(cause(&error))),
    }
}

/// The command line is no file: it has no line to point at.
fn without_line(answer: Answer<'_>) -> Answer<'_> {
    answer
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
        return Failure::input("standard input", error);
    }
    Failure::file("read", input, error)
}

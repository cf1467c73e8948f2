//! What one curl command asks for: its options by curl's own grammar, gathered into operations that
//! `--next` parts. Building the requests of an operation is left to `request`.
//!
//! The grammar is that of curl's `src/tool_getparam.c`: letters may stand together and the last may
//! hold its argument, a long name takes `--no-` when it is a switch and `--expand-` when it has an
//! argument, everything else is a URL. Two forms depend on the version and are taken with a note:
//! shortened long names (before 8.10) and `--name=value` (since 8.16).

mod argument;

use super::super::load::Loader;
use super::super::{Fault, limit};
use super::data;
use super::form::Form;
use super::options::{Effect, Found, Opt, Takes, by_letter, by_name};
use super::variable::Variables;
use super::words::{Command, Word};

/// The ways to log in that were asked for; curl sends a header at once only for a single one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Auth {
    pub(super) basic: bool,
    pub(super) bearer: bool,
    /// One that answers the server's challenge, or that curl computes.
    pub(super) other: bool,
}

/// What `-T` names: the files of its glob, each with its content when it was loaded.
pub(super) type Upload = Vec<(Vec<u8>, Option<Vec<u8>>)>;

/// Everything up to `--next` that shapes requests.
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of curl's")]
#[derive(Clone, Debug, Default)]
pub(super) struct Operation {
    pub(super) urls: Vec<Word>,
    pub(super) uploads: Vec<Upload>,
    pub(super) data: Option<Vec<u8>>,
    pub(super) json: bool,
    pub(super) get: bool,
    pub(super) head: bool,
    pub(super) form: Form,
    pub(super) form_escape: bool,
    pub(super) method: Option<Vec<u8>>,
    pub(super) target: Option<Vec<u8>>,
    pub(super) query: Option<Vec<u8>>,
    pub(super) path_as_is: bool,
    pub(super) glob_off: bool,
    pub(super) headers: Vec<Vec<u8>>,
    pub(super) user: Option<Vec<u8>>,
    pub(super) bearer: Option<Vec<u8>>,
    pub(super) auth: Auth,
    pub(super) disallow_user: bool,
    pub(super) cookies: Vec<Vec<u8>>,
    pub(super) referer: Vec<u8>,
    pub(super) agent: Option<Vec<u8>>,
    pub(super) range: Option<Vec<u8>>,
    pub(super) resume: Option<Vec<u8>>,
    pub(super) etag: Option<Vec<u8>>,
    pub(super) condition: Option<Vec<u8>>,
    pub(super) compressed: bool,
    pub(super) transfer_encoding: bool,
    pub(super) http10: bool,
    pub(super) http2: bool,
    pub(super) scheme: Option<Vec<u8>>,
    pub(super) notes: Vec<String>,
    pub(super) unknowns: Vec<String>,
    aside: Vec<&'static str>,
    upload_names: Vec<(&'static Opt, Vec<u8>)>,
    /// Why an upload could not be loaded, which curl finds out when it comes to it.
    pub(super) upload_fault: Option<Fault>,
}

impl Operation {
    pub(super) fn note(&mut self, text: impl Into<String>) {
        push_once(&mut self.notes, text.into());
    }

    pub(super) fn unknown(&mut self, text: impl Into<String>) {
        if self.unknowns.len() < limit::UNKNOWNS {
            push_once(&mut self.unknowns, text.into());
        }
    }

    /// The note that names the options set aside.
    pub(super) fn aside_note(&self) -> Option<String> {
        if self.aside.is_empty() {
            return None;
        }
        let names: Vec<_> = self.aside.iter().map(|name| format!("`--{name}`")).collect();
        Some(format!("set aside, as it does not change the request: {}", names.join(", ")))
    }
}

fn push_once(list: &mut Vec<String>, text: String) {
    if !list.contains(&text) {
        list.push(text);
    }
}

/// Reads the options of one command.
pub(super) struct Parser<'a, 'l> {
    operations: Vec<Operation>,
    variables: Variables,
    command: &'a Command,
    load: &'a mut Loader<'l>,
    /// How many more config files may be inside each other.
    depth: u8,
    /// How many more bytes files and variables may give.
    room: usize,
}

impl<'a, 'l> Parser<'a, 'l> {
    /// Reads `words`, the part of `command` after `curl`.
    pub(super) fn run(
        command: &'a Command,
        words: &[Word],
        load: &'a mut Loader<'l>,
    ) -> Result<Vec<Operation>, Fault> {
        let first = Operation { notes: command.notes.clone(), ..Operation::default() };
        let mut parser = Self {
            operations: vec![first],
            variables: Variables::default(),
            command,
            load,
            depth: limit::CONFIG_DEPTH,
            room: limit::ANSWERS,
        };
        let mut words = words.iter();
        let mut options = true;
        while let Some(word) = words.next() {
            if options && word.text == b"--" {
                options = false;
            } else if options && word.text.starts_with(b"-") {
                let mut next = words.clone();
                if parser.option(word, next.next()).map_err(|fault| fault.or_at(word.place))? {
                    words = next;
                }
            } else {
                parser.url(word).map_err(|fault| fault.or_at(word.place))?;
            }
        }
        parser.uploads();
        Ok(parser.operations)
    }

    pub(super) fn operation(&mut self) -> &mut Operation {
        if self.operations.is_empty() {
            self.operations.push(Operation::default());
        }
        let last = self.operations.len() - 1;
        #[expect(clippy::indexing_slicing, reason = "there is at least one, see above")]
        &mut self.operations[last]
    }

    fn url(&mut self, word: &Word) -> Result<(), Fault> {
        if word.text.starts_with("–".as_bytes()) || word.text.starts_with("—".as_bytes()) {
            return Err(Fault::new(
                "expected an option with plain dashes: this one starts with a typographic dash",
            ));
        }
        if word.text.is_empty() && !word.unknowns.is_empty() {
            // Anything may have stood here: a URL, options, nothing.
            self.unknown_of(word);
            return Ok(());
        }
        if word.text.is_empty() {
            return Err(Fault::new("expected a URL that is not empty"));
        }
        self.unknown_of(word);
        self.operation().urls.push(word.clone());
        if self.operation().urls.len() > limit::REQUESTS { Err(data::too_many()) } else { Ok(()) }
    }

    /// What is not known of a word is not known of the requests.
    fn unknown_of(&mut self, word: &Word) {
        for unknown in &word.unknowns {
            self.operation().unknown(unknown.clone());
        }
    }

    /// Reads one option word; tells whether the next word was its argument.
    pub(super) fn option(&mut self, word: &Word, next: Option<&Word>) -> Result<bool, Fault> {
        match word.text.strip_prefix(b"--") {
            Some(name) => self.long(word, name, next),
            None => self.letters(word, next),
        }
    }

    /// A long option, from a word or from a line of a config file.
    pub(super) fn long(
        &mut self,
        word: &Word,
        name: &[u8],
        next: Option<&Word>,
    ) -> Result<bool, Fault> {
        let (name, attached) = match name.iter().position(|&byte| byte == b'=') {
            Some(at) => {
                let (name, value) = name.split_at_checked(at).unwrap_or((name, &[]));
                let text = value.get(1..).unwrap_or_default().to_vec();
                self.operation().note("`--option=value` is understood by curl since 8.16 only");
                (name, Some(Word { text, ..word.clone() }))
            }
            None => (name, None),
        };
        let (name, on) = match name.strip_prefix(b"no-") {
            Some(rest) => (rest, false),
            None => (name, true),
        };
        let (name, expand) = match name.strip_prefix(b"expand-") {
            Some(rest) if on => (rest, true),
            _ => (name, false),
        };
        let opt = self.find(name)?;
        if !on && !matches!(opt.takes, Takes::Switch | Takes::Off) {
            return Err(Fault::new(format!("option `--{}` has no `--no-` form", opt.name)));
        }
        if opt.takes != Takes::Text {
            if expand {
                return Err(Fault::new(format!(
                    "option `--{}` has no argument to expand",
                    opt.name
                )));
            }
            self.apply(opt, on, &Word::default())?;
            return Ok(false);
        }
        let (argument, used) = match (&attached, next) {
            (Some(word), _) => (word, false),
            (None, Some(word)) => (word, true),
            (None, None) => return Err(missing(opt)),
        };
        if expand {
            let mut unknowns = Vec::new();
            let text = self.variables.expand(&argument.text, &mut unknowns)?;
            self.take_room(text.len())?;
            unknowns.extend(argument.unknowns.iter().cloned());
            self.apply(opt, true, &Word { text, place: argument.place, unknowns })?;
        } else {
            self.apply(opt, true, argument)?;
        }
        Ok(used)
    }

    /// Counts what a file or a variable gives.
    fn take_room(&mut self, bytes: usize) -> Result<(), Fault> {
        self.room = self.room.checked_sub(bytes).ok_or_else(|| {
            let most = limit::ANSWERS >> 20;
            Fault::new(format!("expected at most {most} MiB of files and variables"))
        })?;
        Ok(())
    }

    fn find(&mut self, name: &[u8]) -> Result<&'static Opt, Fault> {
        match by_name(name) {
            Found::Exactly(opt) => Ok(opt),
            Found::Shortened(opt) => {
                self.operation().note(format!(
                    "a shortened `--{}` is understood by curl before 8.10 only",
                    opt.name
                ));
                Ok(opt)
            }
            Found::Ambiguous => Err(Fault::new(format!("option `--{}` is ambiguous", shown(name)))),
            Found::Nothing => Err(Fault::new(format!(
                "unknown option `--{}`, expected one of curl's",
                shown(name)
            ))),
        }
    }

    fn letters(&mut self, word: &Word, next: Option<&Word>) -> Result<bool, Fault> {
        let mut rest = word.text.get(1..).unwrap_or_default();
        if rest.is_empty() {
            return Err(Fault::new("expected an option after `-`"));
        }
        while let Some((&letter, after)) = rest.split_first() {
            rest = after;
            let Some(opt) = by_letter(letter) else {
                let letter = char::from(letter);
                return Err(Fault::new(format!(
                    "unknown option `-{letter}`, expected one of curl's"
                )));
            };
            if opt.takes == Takes::Text {
                return match (after.is_empty(), next) {
                    (false, _) => {
                        self.apply(opt, true, &Word { text: after.to_vec(), ..word.clone() })?;
                        Ok(false)
                    }
                    (true, Some(word)) => {
                        self.apply(opt, true, word)?;
                        Ok(true)
                    }
                    (true, None) => Err(missing(opt)),
                };
            }
            self.apply(opt, opt.takes != Takes::Off, &Word::default())?;
        }
        Ok(false)
    }

    /// Does what an option says, in the order that curl reads them.
    fn apply(&mut self, opt: &'static Opt, on: bool, word: &Word) -> Result<(), Fault> {
        if opt.effect == Effect::Aside {
            let aside = &mut self.operation().aside;
            if !aside.contains(&opt.name) {
                aside.push(opt.name);
            }
            return Ok(());
        }
        self.unknown_of(word);
        if opt.takes == Takes::Text { self.text(opt, word) } else { self.switch(opt.effect, on) }
    }

    fn switch(&mut self, effect: Effect, on: bool) -> Result<(), Fault> {
        let operation = self.operation();
        match effect {
            Effect::Get => operation.get = on,
            Effect::Head if on && !operation.form.is_empty() => return Err(data::two_methods()),
            Effect::Head if !on && operation.head => return Err(data::two_methods()),
            Effect::Head => operation.head = on,
            Effect::FormEscape => operation.form_escape = on,
            Effect::PathAsIs => operation.path_as_is = on,
            Effect::GlobOff => operation.glob_off = on,
            Effect::Compressed => operation.compressed = on,
            Effect::TransferEncoding => operation.transfer_encoding = on,
            Effect::DisallowUser => operation.disallow_user = on,
            Effect::Http10 | Effect::Http1 | Effect::Http2 => {
                operation.http10 = effect == Effect::Http10;
                operation.http2 = effect == Effect::Http2;
            }
            Effect::Basic => operation.auth.basic = on,
            Effect::Digest | Effect::Ntlm | Effect::Negotiate | Effect::AnyAuth => {
                operation.auth.other = on;
                if on {
                    operation.unknown(match effect {
                        Effect::Digest => "the server's challenge for `--digest`",
                        Effect::Ntlm => "the server's challenge for `--ntlm`",
                        Effect::Negotiate => "the server's challenge for `--negotiate`",
                        _ => "the server's choice for `--anyauth`",
                    });
                }
            }
            Effect::Location if on => operation
                .note("redirects are not followed: only the first request of each URL is read"),
            Effect::Next => return self.next(),
            Effect::Help => {
                return Err(Fault::new(
                    "expected a request: this command prints curl's help or version",
                ));
            }
            _ if on => operation.unknown(match effect {
                Effect::Netrc => "the user and password that a netrc file may hold",
                Effect::Crlf => "the body as `--crlf` rewrites it",
                _ => "the effect of an option",
            }),
            _ => {}
        }
        Ok(())
    }

    fn next(&mut self) -> Result<(), Fault> {
        if self.operation().urls.is_empty() {
            return Err(Fault::new("expected a URL before `--next`"));
        }
        self.uploads();
        self.operations.push(Operation::default());
        if self.operations.len() > limit::REQUESTS {
            return Err(data::too_many());
        }
        Ok(())
    }
}

fn missing(opt: &Opt) -> Fault {
    Fault::new(format!("expected an argument after `--{}`", opt.name))
}

/// An option's name as it may be repeated: it was looked up as a name and is no value.
fn shown(name: &[u8]) -> String {
    String::from_utf8_lossy(name).chars().filter(|c| !c.is_control()).take(40).collect()
}

//! What the commands of a text do to the variables of the shell: assignments, and commands that set or
//! unset some. Where an assignment hangs on another command, its variable is not known from there on.

use std::collections::HashMap;
use std::rc::Rc;

use super::super::words::{Command, Word, assignment, is_name};

/// Commands whose arguments set variables.
pub(super) const DECLARATIONS: &[&[u8]] =
    &[b"export", b"declare", b"typeset", b"readonly", b"local", b"set"];

/// Letters of options with which a declaration sets a variable as an assignment does.
const PLAIN_OPTIONS: &[u8] = b"-+grtx";

/// Commands that set the variables they name to what the text does not tell.
const SETTERS: &[&[u8]] =
    &[b"read", b"mapfile", b"readarray", b"getopts", b"let", b"printf", b"for", b"select"];

/// Commands that may set any.
const EVALUATORS: &[&[u8]] = &[b"eval", b"source", b"."];

/// Commands that run the built-in command behind them.
const RUNNERS: &[&[u8]] = &[b"command", b"builtin"];

const OPTIONS: &str = "declared with options that change what may be assigned";
const ANOTHER_TEXT: &str = "which another text may have set";

/// Words before a command that are not part of it.
const KEYWORDS: &[&[u8]] =
    &[b"if", b"then", b"elif", b"else", b"while", b"until", b"do", b"{", b"!", b"time"];

/// What stands between a command and the next one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Joint {
    /// `;`, the end of the line, brackets.
    Then,
    /// `&&`
    And,
    /// `||`
    Or,
    /// `|`
    Pipe,
    /// `&`
    Background,
}

/// A compound command that others are in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Nest {
    /// Sure to run once.
    Once,
    /// Run never, once or often.
    Maybe,
    /// The body of a function, run wherever that is called.
    Function,
}

/// The variables that a text sets, as far as it was read.
pub(super) struct Variables {
    /// Shared with the texts inside it until they set something.
    known: Rc<HashMap<Vec<u8>, Word>>,
    /// What was known outside of the brackets that are open.
    outer: Vec<Rc<HashMap<Vec<u8>, Word>>>,
    /// Variables of which no later assignment tells the value, and why not.
    doubted: Rc<HashMap<Vec<u8>, &'static str>>,
    /// Whether a function runs another text, which may set any variable.
    evaluates: bool,
    /// What stands before the command at hand.
    joint: Joint,
    /// Whether the commands before it succeeded, where that is certain.
    succeeded: Option<bool>,
    /// The compound commands that the command at hand is in.
    nesting: Vec<Nest>,
    /// Whether the name of a function was read, behind which the body of a function stands.
    function: bool,
}

impl Default for Variables {
    fn default() -> Self {
        Self {
            known: Rc::default(),
            outer: Vec::new(),
            doubted: Rc::default(),
            evaluates: false,
            joint: Joint::Then,
            succeeded: None,
            nesting: Vec::new(),
            function: false,
        }
    }
}

impl Variables {
    /// The variables of a text inside this one.
    pub(super) fn inside(&self) -> Self {
        Self {
            known: Rc::clone(&self.known),
            doubted: Rc::clone(&self.doubted),
            evaluates: self.evaluates,
            ..Self::default()
        }
    }

    pub(super) fn get(&self, name: &[u8]) -> Option<&Word> {
        self.known.get(name)
    }

    /// Opens a subshell: what is set in it is gone behind it.
    pub(super) fn open(&mut self) {
        self.outer.push(Rc::clone(&self.known));
        self.joint = Joint::Then;
    }

    /// Closes a subshell.
    pub(super) fn close(&mut self) {
        self.known = self.outer.pop().unwrap_or_else(|| Rc::clone(&self.known));
        self.succeeded = None;
    }

    /// Takes the empty brackets behind a function's name.
    pub(super) fn begin_function(&mut self) {
        self.function = true;
    }

    /// Takes what a command does to the variables; tells whether it does nothing else.
    pub(super) fn run(&mut self, command: &Command, next: Joint) -> bool {
        if command.words.is_empty() {
            // An operator may stand behind brackets; a line break behind an operator means nothing.
            if next != Joint::Then {
                self.joint = next;
            }
            return true;
        }
        let piped = self.joint == Joint::Pipe || next == Joint::Pipe;
        let detached = piped || next == Joint::Background;
        let defines = command.words.first().is_some_and(|word| word.text == b"function");
        self.function |= defines;
        let words = command.words.get(if defines { 2 } else { 0 }..).unwrap_or_default();
        let keywords =
            words.iter().take_while(|word| KEYWORDS.contains(&word.text.as_slice())).count();
        for word in words.iter().take(keywords + 1) {
            self.nest(&word.text);
        }
        let runs = match (self.joint, self.succeeded) {
            _ if self.nesting.iter().any(|nest| *nest != Nest::Once) => None,
            (Joint::And, succeeded) => succeeded,
            (Joint::Or, succeeded) => succeeded.map(|succeeded| !succeeded),
            _ => Some(true),
        };
        let (before, words) = words.split_at_checked(keywords).unwrap_or_default();
        let sets = assigns(words);
        if runs != Some(false) && !detached {
            self.take(words, runs.is_some());
        }
        if runs != Some(false) {
            let negates = before.iter().filter(|word| word.text == b"!").count() % 2 == 1;
            let known = runs.filter(|_| !piped).and_then(|_| succeeds(words));
            self.succeeded = known.map(|succeeds| succeeds != negates);
        }
        self.joint = next;
        sets && keywords == 0 && !defines
    }

    fn nest(&mut self, word: &[u8]) {
        let function = std::mem::take(&mut self.function);
        match word {
            b"{" | b"if" | b"while" | b"until" | b"for" | b"case" | b"select" => {
                self.nesting.push(match word {
                    _ if function => Nest::Function,
                    b"{" => Nest::Once,
                    _ => Nest::Maybe,
                });
            }
            b"fi" | b"done" | b"esac" | b"}" => drop(self.nesting.pop()),
            _ => {}
        }
    }

    fn take(&mut self, words: &[Word], is_certain: bool) {
        let assignments = words.iter().take_while(|word| assignment(&word.text).is_some()).count();
        let (before, words) = words.split_at_checked(assignments).unwrap_or_default();
        if words.is_empty() {
            for word in before {
                self.assign(word, is_certain);
            }
        }
        let Some((first, rest)) = behind_runners(words).split_first() else { return };
        let name = first.text.as_slice();
        if name == b"set" {
            for word in rest {
                self.assign(word, is_certain);
                if let Some((name, _)) = assignment(&word.text) {
                    self.doubt(name, "set as only csh does");
                }
            }
        } else if DECLARATIONS.contains(&name) {
            for (name, _) in before.iter().filter_map(|word| assignment(&word.text)) {
                self.doubt(name, "set for a declaration alone");
            }
            self.declare(name, rest, is_certain);
        } else if name == b"unset" {
            let names = rest.iter().filter(|word| is_name(&word.text));
            for word in names {
                if is_certain {
                    Rc::make_mut(&mut self.known).remove(&word.text);
                } else {
                    self.doubt(&word.text, "unset only if another command says so");
                }
            }
        } else if name == b"let" {
            for word in rest {
                self.reckon(&word.text);
            }
        } else if SETTERS.contains(&name) {
            for word in rest {
                let named = assignment(&word.text).map_or(word.text.as_slice(), |(name, _)| name);
                self.doubt(named, "set by a command to what the text does not tell");
            }
        } else if EVALUATORS.contains(&name) {
            self.doubt_all();
        } else if let Some(at) = name.iter().position(|byte| *byte == b'[')
            && let Some(array) = name.get(..at)
        {
            self.doubt(array, "set as a list");
        }
    }

    /// Takes the arguments of a command that declares variables; names alone keep their values.
    fn declare(&mut self, command: &[u8], words: &[Word], is_certain: bool) {
        let (options, words): (Vec<_>, Vec<_>) =
            words.iter().partition(|word| matches!(word.text.first(), Some(b'-' | b'+')));
        let options: Vec<u8> = options.iter().flat_map(|word| word.text.clone()).collect();
        let is_plain = options.iter().all(|letter| PLAIN_OPTIONS.contains(letter));
        let is_final = command == b"readonly" || options.contains(&b'r');
        for word in words {
            let end = word.text.iter().position(|byte| !is_name(&[b'_', *byte]));
            let name = end.and_then(|end| word.text.get(..end)).unwrap_or(&word.text);
            if assignment(&word.text).is_some() {
                self.assign(word, is_certain);
            } else if !word.unknowns.is_empty() {
                self.doubt_all();
            } else if name.len() < word.text.len() {
                self.doubt(name, "set as a list");
            }
            if !is_plain {
                self.doubt(name, OPTIONS);
            }
            if !is_plain || is_final {
                Rc::make_mut(&mut self.doubted).insert(name.to_vec(), OPTIONS);
            }
        }
    }

    /// Takes an arithmetic expression, which may set whatever it names.
    pub(super) fn reckon(&mut self, text: &[u8]) {
        for name in text.split(|byte| !is_name(&[b'_', *byte])) {
            self.doubt(name, "named in an arithmetic expression, which may set it");
        }
    }

    fn assign(&mut self, word: &Word, is_certain: bool) {
        let Some((name, value)) = assignment(&word.text) else { return };
        let mut value = Word { text: value.to_vec(), ..word.clone() };
        if word.text.get(name.len()) == Some(&b'+') {
            let mut before = self.known.get(name).cloned().unwrap_or_else(|| {
                let mut unset = Word::default();
                unset.unknown(format!("the shell variable `{}`", String::from_utf8_lossy(name)));
                unset
            });
            before.text.append(&mut value.text);
            value.unknowns.drain(..).for_each(|unknown| before.unknown(unknown));
            value = before;
        }
        Rc::make_mut(&mut self.known).insert(name.to_vec(), value);
        let hangs = (!is_certain).then_some("set only if another command says so");
        let doubted = hangs.or_else(|| self.doubted.get(name).copied());
        if let Some(why) = doubted.or(self.evaluates.then_some(ANOTHER_TEXT)) {
            self.doubt(name, why);
        }
    }

    /// Takes a command that may set any variable.
    fn doubt_all(&mut self) {
        self.evaluates |= self.nesting.contains(&Nest::Function);
        let names: Vec<Vec<u8>> = self.known.keys().cloned().collect();
        for name in names {
            self.doubt(&name, ANOTHER_TEXT);
        }
    }

    /// Notes that a variable's value is not known from here on.
    fn doubt(&mut self, name: &[u8], why: &str) {
        if is_name(name) {
            if self.nesting.contains(&Nest::Function) {
                let why = "set in a function too";
                Rc::make_mut(&mut self.doubted).entry(name.to_vec()).or_insert(why);
            }
            let word = Rc::make_mut(&mut self.known).entry(name.to_vec()).or_default();
            word.unknown(format!("the shell variable `{}`, {why}", String::from_utf8_lossy(name)));
        }
    }
}

/// A command from its own name on.
fn behind_runners(words: &[Word]) -> &[Word] {
    let runs = |word: &&Word| RUNNERS.contains(&word.text.as_slice());
    let runners = words.iter().take_while(runs).count();
    let options = |word: &&Word| runners > 0 && word.text.starts_with(b"-");
    let behind = words.get(runners..).unwrap_or_default();
    behind.get(behind.iter().take_while(options).count()..).unwrap_or_default()
}

/// Whether a command succeeds, where that is certain.
fn succeeds(words: &[Word]) -> Option<bool> {
    match words.first().map(|word| word.text.as_slice()) {
        _ if assigns(words) && words.iter().all(|word| word.unknowns.is_empty()) => Some(true),
        Some(b"true" | b":") => Some(true),
        Some(b"false") => Some(false),
        _ => None,
    }
}

/// Whether words do nothing but assign.
pub(super) fn assigns(words: &[Word]) -> bool {
    let words = match words.split_first() {
        Some((first, rest)) if DECLARATIONS.contains(&first.text.as_slice()) => rest,
        _ => words,
    };
    words.iter().all(|word| assignment(&word.text).is_some())
}

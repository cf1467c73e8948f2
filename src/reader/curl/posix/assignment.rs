//! What the commands of a text do to the variables of the shell: assignments, and commands that set or
//! unset some. Where an assignment hangs on another command, its variable is not known from there on.

use std::collections::HashMap;
use std::rc::Rc;

use super::super::words::{Command, Word, assignment, is_name};

/// Commands whose arguments set variables.
pub(super) const DECLARATIONS: &[&[u8]] = &[b"export", b"declare", b"readonly", b"local", b"set"];

/// Commands that set the variables they name to what the text does not tell.
const SETTERS: &[&[u8]] =
    &[b"read", b"mapfile", b"readarray", b"getopts", b"let", b"printf", b"for", b"select"];

/// Commands that may set any.
const EVALUATORS: &[&[u8]] = &[b"eval", b"source", b"."];

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

/// The variables that a text sets, as far as it was read.
pub(super) struct Variables {
    /// Shared with the texts inside it until they set something.
    known: Rc<HashMap<Vec<u8>, Word>>,
    /// What was known outside of the brackets that are open.
    outer: Vec<Rc<HashMap<Vec<u8>, Word>>>,
    /// What stands before the command at hand.
    joint: Joint,
    /// Whether the commands before it succeeded, where that is certain.
    succeeded: Option<bool>,
    /// The compound commands that the command at hand is in, and whether each is sure to run once.
    nesting: Vec<bool>,
    /// Whether `()` was read, behind which the body of a function stands.
    function: bool,
}

impl Default for Variables {
    fn default() -> Self {
        Self {
            known: Rc::default(),
            outer: Vec::new(),
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
        Self { known: Rc::clone(&self.known), ..Self::default() }
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
            return true;
        }
        let detached =
            [self.joint, next].iter().any(|joint| matches!(joint, Joint::Pipe | Joint::Background));
        // What follows `&` starts anew.
        let detached = detached && !(self.joint == Joint::Background && next == Joint::Then);
        let keywords = command
            .words
            .iter()
            .take_while(|word| KEYWORDS.contains(&word.text.as_slice()))
            .count();
        for word in command.words.iter().take(keywords + 1) {
            self.nest(&word.text);
        }
        let runs = match (self.joint, self.succeeded) {
            _ if self.nesting.contains(&false) => None,
            (Joint::And, succeeded) => succeeded,
            (Joint::Or, succeeded) => succeeded.map(|succeeded| !succeeded),
            _ => Some(true),
        };
        let words = command.words.get(keywords..).unwrap_or_default();
        let sets = assigns(words);
        if runs != Some(false) && !detached {
            self.take(words, runs.is_some());
        }
        if runs != Some(false) {
            self.succeeded = match words.first().map(|word| word.text.as_slice()) {
                _ if sets && words.iter().all(|word| word.unknowns.is_empty()) => Some(true),
                Some(b"true" | b":") => Some(true),
                Some(b"false") => Some(false),
                _ => None,
            };
        }
        self.joint = next;
        sets && keywords == 0
    }

    fn nest(&mut self, word: &[u8]) {
        match word {
            b"if" | b"while" | b"until" | b"for" | b"case" | b"select" => self.nesting.push(false),
            b"{" => self.nesting.push(!self.function),
            b"fi" | b"done" | b"esac" | b"}" => drop(self.nesting.pop()),
            _ => {}
        }
        self.function = false;
    }

    fn take(&mut self, words: &[Word], is_certain: bool) {
        let Some((first, rest)) = words.split_first() else { return };
        let name = first.text.as_slice();
        if assigns(words) {
            let declares = DECLARATIONS.contains(&name);
            let words = if declares { rest } else { words };
            for word in words {
                self.assign(word, is_certain);
            }
        } else if name == b"unset" {
            let names = rest.iter().filter(|word| is_name(&word.text));
            for word in names {
                if is_certain {
                    Rc::make_mut(&mut self.known).remove(&word.text);
                } else {
                    self.doubt(&word.text, "unset only if another command says so");
                }
            }
        } else if SETTERS.contains(&name) {
            for word in rest {
                let named = assignment(&word.text).map_or(word.text.as_slice(), |(name, _)| name);
                self.doubt(named, "set by a command to what the text does not tell");
            }
        } else if EVALUATORS.contains(&name) {
            let names: Vec<Vec<u8>> = self.known.keys().cloned().collect();
            for name in names {
                self.doubt(&name, "which another text may have set");
            }
        } else if let Some(at) = name.iter().position(|byte| *byte == b'[')
            && let Some(array) = name.get(..at)
        {
            self.doubt(array, "set as a list");
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
        if !is_certain {
            self.doubt(name, "set only if another command says so");
        }
    }

    /// Notes that a variable's value is not known from here on.
    fn doubt(&mut self, name: &[u8], why: &str) {
        if is_name(name) {
            let mut word = self.known.get(name).cloned().unwrap_or_default();
            word.unknown(format!("the shell variable `{}`, {why}", String::from_utf8_lossy(name)));
            Rc::make_mut(&mut self.known).insert(name.to_vec(), word);
        }
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

//! Splitting as a POSIX shell does, as far as pasted commands need it: the three quotings and
//! `$'…'`, continuations, comments, lists, redirections, here-documents, and variables that the text
//! itself sets.
//!
//! Nothing is run and no environment is read: an unset variable is empty, a command substitution too,
//! and the word says so. Patterns (`*`, `?`) stay as they are, because no file is looked for; braces are
//! expanded as bash does.
//!
//! Two kindnesses to pastes, each with a note: typographic quotes count as the quotes that were meant
//! when they stand where an argument opens or closes, and blanks between a backslash and the end of
//! its line do not end the command.

mod assignment;
mod brace;
mod expansion;
mod redirection;

use super::super::{Fault, limit};
use super::words::{self, Command, Cursor, Word, keep};
use assignment::{Joint, Variables};

const SMART_QUOTES: &str =
    "typographic quotes are taken for the plain ones that were meant; a shell would send them";
const TRAILING_BLANKS: &str = "blanks after a backslash at the end of a line are dropped; a shell \
     would end the command there";
const HARD_BLANK: &str =
    "a no-break space is taken for a blank; a shell would not part words there";
const AMPERSAND: &str = "an unquoted `&` ends the command: what follows it on the line is not sent";
const OPTION_LINE: &str = "a line that starts with an option goes on with the command before it; a \
     shell needs a backslash at the end of the line before";
const PLACEHOLDER: &str =
    "a placeholder in angle brackets is to be filled in; a shell takes it for redirections";
const BRACES: &str = "unquoted braces are expanded, as bash does; quotes would keep them";
const LIST: &str = "a list of the shell";

/// Splits a text into commands.
pub(super) fn commands(text: &[u8]) -> Result<Vec<Command>, Fault> {
    // Typographic quotes inside plain ones are text. Only a text that cannot be read without them, or
    // has them outside of quotes, was mangled.
    let mut plain = Shell::new(text, false);
    let result = plain.run();
    if plain.saw_smart || result.is_err() && text.windows(3).any(|bytes| smart(bytes).is_some()) {
        return Shell::new(text, true).run();
    }
    result
}

/// Which plain quote a typographic one at the start of `bytes` stands for.
fn smart(bytes: &[u8]) -> Option<u8> {
    match bytes {
        [0xe2, 0x80, 0x98..=0x9b, ..] => Some(b'\''),
        [0xe2, 0x80, 0x9c..=0x9f, ..] => Some(b'"'),
        _ => None,
    }
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t')
}

struct Shell<'a> {
    cursor: Cursor<'a>,
    /// Whether typographic quotes count as quotes.
    smart: bool,
    /// Whether one was met outside of quotes.
    saw_smart: bool,
    /// What the text sets.
    variables: Variables,
    /// How many more bytes variables may expand to.
    room: usize,
    /// How deep command substitutions may still be inside each other.
    depth: u8,
    done: Vec<Command>,
    command: Command,
    /// Commands of the substitutions in `command`, which run before it.
    inner: Vec<Command>,
    /// Here-documents whose text starts on the next line, with the command they belong to.
    pending: Vec<HereDocument>,
    /// How many of the text's last bytes were in no arithmetic yet.
    unreckoned: usize,
    prompted: bool,
}

struct HereDocument {
    /// The command's place among those that are kept; none for one that is not.
    command: Option<usize>,
    end: Vec<u8>,
    quoted: bool,
    strip_tabs: bool,
}

/// A word under construction; expansions may break it into several.
#[derive(Default)]
struct Builder {
    word: Word,
    /// Whether there is a word even when it is empty.
    exists: bool,
    /// Whether nothing of it was quoted, for file descriptors in front of redirections.
    bare: bool,
    /// Where unquoted braces and commas stand.
    marks: Vec<usize>,
    /// Whether braces may go on with the name of a variable: `$A{1,2}` is `$A1 $A2`, and `{a,$A}b`
    /// is `ab $Ab`.
    renames: bool,
    fields: Vec<Word>,
}

impl Builder {
    fn push(&mut self, byte: u8) {
        self.word.text.push(byte);
        self.exists = true;
    }

    fn quote(&mut self) {
        self.exists = true;
        self.bare = false;
    }

    /// Stands for what is not known. It was there when the command ran, so there is a word even if
    /// nothing else is in it.
    fn unknown(&mut self, what: impl Into<String>) {
        self.word.unknown(what.into());
        self.exists = true;
    }

    /// Ends a field inside the word, where an unquoted value has blanks.
    fn part(&mut self) {
        if !std::mem::take(&mut self.marks).is_empty() {
            self.unknown("what braces around a variable with blanks stand for");
        }
        let place = self.word.place;
        let word = std::mem::take(&mut self.word);
        if self.exists {
            self.fields.push(word);
        }
        self.word.place = place;
        self.exists = false;
    }
}

impl<'a> Shell<'a> {
    fn new(text: &'a [u8], smart: bool) -> Self {
        Self {
            cursor: Cursor::new(text),
            smart,
            saw_smart: false,
            variables: Variables::default(),
            room: limit::COMMANDS,
            depth: limit::SUBSTITUTION_DEPTH,
            done: Vec::new(),
            command: Command::default(),
            inner: Vec::new(),
            pending: Vec::new(),
            unreckoned: text.len(),
            prompted: false,
        }
    }

    fn run(&mut self) -> Result<Vec<Command>, Fault> {
        self.start_line();
        while let Some(byte) = self.cursor.peek() {
            match byte {
                _ if is_blank(byte) => self.cursor.skip(1),
                b'\n' => {
                    self.cursor.skip(1);
                    let before = self.done.len();
                    self.end_command(Joint::Then)?;
                    self.here_documents()?;
                    self.start_line();
                    self.option_line(before);
                }
                b'#' => {
                    self.cursor.take_while(|byte| byte != b'\n');
                }
                b';' => {
                    self.cursor.skip(1);
                    self.end_command(Joint::Then)?;
                }
                b'(' | b')' => {
                    self.cursor.skip(1);
                    self.end_command(Joint::Then)?;
                    if byte == b'(' {
                        self.arithmetic();
                    }
                    match byte {
                        b'(' if self.cursor.eat(b')') => self.variables.begin_function(),
                        b'(' => self.variables.open(),
                        _ => self.variables.close(),
                    }
                }
                b'&' | b'|' => self.operator(byte)?,
                b'<' | b'>' if !self.at_placeholder() => self.redirection()?,
                _ => self.word()?,
            }
        }
        self.end_command(Joint::Then)?;
        Ok(std::mem::take(&mut self.done))
    }

    /// Passes over prompts and Markdown fences where a line starts.
    fn start_line(&mut self) {
        self.prompted = self.cursor.skip_prompt();
        if self.cursor.rest().starts_with(b"```") {
            self.cursor.take_while(|byte| byte != b'\n');
        }
    }

    /// Goes on with the command of the line before when this one starts with an option, as people
    /// paste commands that lost their backslashes; no program has such a name.
    fn option_line(&mut self, before: usize) {
        self.cursor.take_while(is_blank);
        let rest = self.cursor.rest();
        let name = rest.strip_prefix(b"-").map(|name| name.strip_prefix(b"-").unwrap_or(name));
        let starts = name.and_then(<[u8]>::first).is_some_and(u8::is_ascii_alphabetic);
        let curl = self.done.get(before..).and_then(<[_]>::last);
        if starts && curl.is_some_and(|command| command.after_curl().is_some()) {
            self.command = self.done.pop().unwrap_or_default();
            self.command.note(OPTION_LINE);
        }
    }

    /// Takes what `((…))` names, when the second bracket is at the cursor; once what is inside another.
    fn arithmetic(&mut self) {
        let rest = self.cursor.rest().strip_prefix(b"(");
        if let Some(text) = rest.filter(|text| text.len() <= self.unreckoned) {
            let end = text.windows(2).position(|bytes| bytes == b"))").unwrap_or(text.len());
            self.unreckoned = text.len() - end;
            self.variables.reckon(text.get(..end).unwrap_or_default());
        }
    }

    fn operator(&mut self, byte: u8) -> Result<(), Fault> {
        self.cursor.skip(1);
        if byte == b'&' && self.cursor.peek() == Some(b'>') {
            // `&>file` redirects both outputs.
            return Ok(());
        }
        let twice = self.cursor.eat(byte);
        if !twice && byte == b'&' && !self.command.words.is_empty() {
            self.cursor.take_while(is_blank);
            if self.cursor.peek().is_some_and(|byte| byte != b'\n') {
                self.command.note(AMPERSAND);
            }
        }
        self.end_command(match (byte, twice) {
            (b'&', true) => Joint::And,
            (b'&', false) => Joint::Background,
            (_, true) => Joint::Or,
            (_, false) => Joint::Pipe,
        })
    }

    /// Keeps a command, or the variables that it sets.
    fn end_command(&mut self, next: Joint) -> Result<(), Fault> {
        let command = std::mem::take(&mut self.command);
        let here = self.done.len();
        for inner in std::mem::take(&mut self.inner) {
            keep(&mut self.done, inner)?;
        }
        let place = self.done.len();
        // Variables alone are no command.
        let kept = !self.variables.run(&command, next) && keep(&mut self.done, command)?;
        let documents = self.pending.iter_mut().rev();
        for document in documents.take_while(|document| document.command == Some(here)) {
            document.command = kept.then_some(place);
        }
        Ok(())
    }

    /// Whether a word is an assignment where it stands.
    fn is_assignment(&self, word: &Word) -> bool {
        let words = &self.command.words;
        let declares = |first: &Word| assignment::DECLARATIONS.contains(&first.text.as_slice());
        words::assignment(&word.text).is_some()
            && (words.first().is_some_and(declares) || assignment::assigns(words))
    }

    fn word(&mut self) -> Result<(), Fault> {
        let mut builder = Builder { bare: true, ..Builder::default() };
        builder.word.place = Some(self.cursor.place());
        self.read_word(&mut builder)?;
        let number = builder.bare && builder.word.text.iter().all(u8::is_ascii_digit);
        if number && matches!(self.cursor.peek(), Some(b'<' | b'>')) && !self.at_placeholder() {
            return Ok(());
        }
        if self.cursor.peek() == Some(b'(') && self.is_assignment(&builder.word) {
            let place = self.cursor.place();
            self.skip_nested(b'(', b')')
                .map_err(|()| Fault::at(place, "expected the `)` of a list"))?;
            builder.unknown(LIST);
        }
        let marks = std::mem::take(&mut builder.marks);
        if !marks.is_empty() && builder.exists && !self.is_assignment(&builder.word) {
            let words = brace::expand(&builder.word, &marks)
                .map_err(|fault| fault.or_at(builder.word.place))?;
            let expands = words.len() > 1;
            builder.fields.extend(words);
            if expands {
                self.command.note(BRACES);
            }
            if expands && builder.renames {
                let renamed = "a variable whose name braces go on with";
                builder.fields.iter_mut().for_each(|word| word.unknown(renamed.to_owned()));
            }
            builder.exists = false;
        }
        builder.part();
        self.command.place = self.command.place.or(builder.word.place);
        self.command.words.append(&mut builder.fields);
        if self.command.words.len() > limit::WORDS {
            return Err(Fault::new(format!("expected at most {} words a command", limit::WORDS)));
        }
        Ok(())
    }

    fn read_word(&mut self, builder: &mut Builder) -> Result<(), Fault> {
        while let Some(byte) = self.cursor.peek() {
            match byte {
                b'<' if self.at_placeholder() => self.placeholder(builder),
                b' ' | b'\t' | b'\n' | b';' | b'&' | b'|' | b'(' | b')' | b'<' | b'>' => break,
                b'\\' => self.backslash(builder),
                b'\'' => self.single(builder, None)?,
                b'"' => self.double(builder, None)?,
                b'$' => self.dollar(builder, false)?,
                b'`' => self.backticks(builder)?,
                0xc2 if self.cursor.peek_at(1) == Some(0xa0) => {
                    self.cursor.skip(2);
                    self.command.note(HARD_BLANK);
                    break;
                }
                _ => match smart(self.cursor.rest()) {
                    Some(quote) if self.smart && !builder.exists => {
                        self.smart_quoted(builder, quote)?;
                    }
                    found => {
                        self.saw_smart |= found.is_some();
                        self.cursor.skip(1);
                        if matches!(byte, b'{' | b',' | b'}') {
                            builder.marks.push(builder.word.text.len());
                        }
                        builder.push(byte);
                    }
                },
            }
        }
        Ok(())
    }

    fn backslash(&mut self, builder: &mut Builder) {
        self.cursor.skip(1);
        let rest = self.cursor.rest();
        let blanks = rest.iter().take_while(|&&byte| is_blank(byte)).count();
        match rest.get(blanks) {
            Some(b'\n') => {
                if blanks > 0 {
                    self.command.note(TRAILING_BLANKS);
                }
                self.cursor.skip(blanks + 1);
                // The second prompt of a copied terminal.
                if self.prompted && self.cursor.rest().starts_with(b"> ") {
                    self.cursor.skip(2);
                }
                // Between words a comment may follow, and the command ends behind it.
                if !builder.exists && builder.fields.is_empty() && self.cursor.peek() == Some(b'#')
                {
                    self.cursor.take_while(|byte| byte != b'\n');
                }
            }
            _ => match self.cursor.bump() {
                Some(byte) => {
                    builder.quote();
                    builder.push(byte);
                }
                None => builder.push(b'\\'),
            },
        }
    }

    /// A quotation that a typographic quote opened, up to a quote of the same kind, plain or not,
    /// before a blank or the end.
    fn smart_quoted(&mut self, builder: &mut Builder, quote: u8) -> Result<(), Fault> {
        self.command.note(SMART_QUOTES);
        if quote == b'\'' { self.single(builder, Some(3)) } else { self.double(builder, Some(3)) }
    }

    /// The length of a closing quote at the cursor, when there is one.
    ///
    /// Where typographic quotes count, one closes only before a blank or the end of the word: inside
    /// it is an apostrophe. A plain one always closes what a plain one opened.
    fn closing(&mut self, quote: u8, opened_smart: bool) -> Option<usize> {
        let rest = self.cursor.rest();
        let length = if rest.first() == Some(&quote) { 1 } else { 3 };
        if length == 3 && !(self.smart && smart(rest) == Some(quote)) {
            return None;
        }
        let ends = rest.get(length).is_none_or(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b';'));
        if (length == 3 || opened_smart) && !ends {
            return None;
        }
        if length == 3 {
            self.command.note(SMART_QUOTES);
        }
        Some(length)
    }

    fn single(&mut self, builder: &mut Builder, smart: Option<usize>) -> Result<(), Fault> {
        let place = self.cursor.place();
        self.cursor.skip(smart.unwrap_or(1));
        builder.quote();
        loop {
            if let Some(length) = self.closing(b'\'', smart.is_some()) {
                self.cursor.skip(length);
                return Ok(());
            }
            match self.cursor.bump() {
                Some(byte) => builder.push(byte),
                None => return Err(Fault::at(place, "expected the end of the quotation `'`")),
            }
        }
    }

    fn double(&mut self, builder: &mut Builder, smart: Option<usize>) -> Result<(), Fault> {
        let place = self.cursor.place();
        self.cursor.skip(smart.unwrap_or(1));
        builder.quote();
        loop {
            if let Some(length) = self.closing(b'"', smart.is_some()) {
                self.cursor.skip(length);
                return Ok(());
            }
            if !self.quoted_byte(builder)? {
                return Err(Fault::at(place, "expected the end of the quotation `\"`"));
            }
        }
    }

    /// Takes one byte or expansion between double quotes; false at the end of the text.
    fn quoted_byte(&mut self, builder: &mut Builder) -> Result<bool, Fault> {
        match self.cursor.peek() {
            None => return Ok(false),
            Some(b'\\') => match self.cursor.peek_at(1) {
                Some(b'\n') => self.cursor.skip(2),
                Some(byte @ (b'$' | b'`' | b'"' | b'\\')) => {
                    self.cursor.skip(2);
                    builder.push(byte);
                }
                _ => {
                    self.cursor.skip(1);
                    builder.push(b'\\');
                }
            },
            Some(b'$') => self.dollar(builder, true)?,
            Some(b'`') => self.backticks(builder)?,
            Some(byte) => {
                self.cursor.skip(1);
                builder.push(byte);
            }
        }
        Ok(true)
    }

    /// Whether `<name>` stands at the cursor, which people write for what is to be filled in.
    fn at_placeholder(&self) -> bool {
        let Some(rest) = self.cursor.rest().strip_prefix(b"<") else { return false };
        let allowed =
            |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b' ' | b'.');
        let length = rest.iter().take_while(|byte| allowed(byte)).count();
        rest.first().is_some_and(u8::is_ascii_alphabetic) && rest.get(length) == Some(&b'>')
    }

    fn placeholder(&mut self, builder: &mut Builder) {
        for &byte in self.cursor.take_while(|byte| byte != b'>') {
            builder.push(byte);
        }
        self.cursor.skip(1);
        builder.push(b'>');
        builder.unknown(PLACEHOLDER);
    }
}

#[cfg(test)]
mod tests;

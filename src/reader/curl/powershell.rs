//! Splitting as PowerShell does for `curl.exe`: backticks escape and join lines, single quotes hold
//! everything but themselves doubled, double quotes expand variables; typographic quotes are quotes.
//!
//! How an argument with double quotes inside reaches a program changed with PowerShell 7.3: earlier
//! ones need `\"`. Both spellings are read as the quote that was meant, with a note.

use super::super::{Fault, limit};
use super::words::{Command, Cursor, Word, keep};

const INNER_QUOTES: &str = "PowerShell before 7.3 drops double quotes inside an argument unless they \
     are written `\\\"`; they are kept here";

/// Splits a text into commands.
pub(super) fn commands(text: &[u8]) -> Result<Vec<Command>, Fault> {
    let mut shell = PowerShell { cursor: Cursor::new(text) };
    let mut done = Vec::new();
    let mut command = Command::default();
    shell.cursor.skip_prompt();
    while let Some(byte) = shell.cursor.peek() {
        match byte {
            b' ' | b'\t' => shell.cursor.skip(1),
            b'`' if shell.cursor.peek_at(1) == Some(b'\n') => shell.cursor.skip(2),
            b'\n' | b';' | b'|' => {
                shell.cursor.skip(1);
                keep(&mut done, std::mem::take(&mut command))?;
                if byte == b'\n' {
                    shell.cursor.skip_prompt();
                }
            }
            b'#' => {
                shell.cursor.take_while(|byte| byte != b'\n');
            }
            b'&' if command.words.is_empty() => shell.cursor.skip(1),
            b'&' => return Err(Fault::at(shell.cursor.place(), "expected `&` inside quotes")),
            _ => {
                let place = shell.cursor.place();
                command.place = command.place.or(Some(place));
                let mut word = Word { place: Some(place), ..Word::default() };
                shell.word(&mut word, b"")?;
                native(&mut word, &mut command);
                command.words.push(word);
            }
        }
        if command.words.len() > limit::WORDS {
            return Err(Fault::new(format!("expected at most {} words a command", limit::WORDS)));
        }
    }
    keep(&mut done, command)?;
    Ok(done)
}

/// What reaches a program of a word with double quotes inside.
fn native(word: &mut Word, command: &mut Command) {
    if !word.text.contains(&b'"') {
        return;
    }
    command.note(INNER_QUOTES);
    let mut text = Vec::with_capacity(word.text.len());
    for &byte in &word.text {
        if byte == b'"' && text.last() == Some(&b'\\') {
            text.pop();
        }
        text.push(byte);
    }
    word.text = text;
}

/// The kind of a quote at the start of `bytes`, and its length; PowerShell knows the typographic ones.
fn quote(bytes: &[u8]) -> Option<(u8, usize)> {
    match bytes {
        [byte @ (b'\'' | b'"'), ..] => Some((*byte, 1)),
        [0xe2, 0x80, 0x98..=0x9b, ..] => Some((b'\'', 3)),
        [0xe2, 0x80, 0x9c..=0x9e, ..] => Some((b'"', 3)),
        _ => None,
    }
}

/// A text of PowerShell being read.
pub(super) struct PowerShell<'a> {
    pub(super) cursor: Cursor<'a>,
}

impl PowerShell<'_> {
    /// Reads a word, up to a blank, an operator or one of `stops` outside of quotes.
    pub(super) fn word(&mut self, word: &mut Word, stops: &[u8]) -> Result<(), Fault> {
        while let Some(byte) = self.cursor.peek() {
            match byte {
                _ if stops.contains(&byte) => break,
                b' ' | b'\t' | b'\n' | b';' | b'|' | b'&' => break,
                b'`' if self.cursor.peek_at(1) == Some(b'\n') => break,
                b'`' => self.escape(word),
                b'$' => self.variable(word)?,
                _ => {
                    if let Some((kind, length)) = quote(self.cursor.rest()) {
                        self.quoted(word, kind, length)?;
                    } else {
                        self.cursor.skip(1);
                        word.text.push(byte);
                    }
                }
            }
        }
        Ok(())
    }

    fn quoted(&mut self, word: &mut Word, kind: u8, length: usize) -> Result<(), Fault> {
        let place = self.cursor.place();
        self.cursor.skip(length);
        loop {
            let rest = self.cursor.rest();
            match quote(rest) {
                Some((found, length)) if found == kind => {
                    self.cursor.skip(length);
                    match quote(self.cursor.rest()) {
                        Some((next, length)) if next == kind => {
                            self.cursor.skip(length);
                            word.text.push(kind);
                        }
                        _ => return Ok(()),
                    }
                }
                _ => match (self.cursor.peek(), kind) {
                    (None, _) => {
                        return Err(Fault::at(place, "expected the end of the quotation"));
                    }
                    (Some(b'`'), b'"') => self.escape(word),
                    (Some(b'$'), b'"') => self.variable(word)?,
                    (Some(byte), _) => {
                        self.cursor.skip(1);
                        word.text.push(byte);
                    }
                },
            }
        }
    }

    fn escape(&mut self, word: &mut Word) {
        self.cursor.skip(1);
        let byte = match self.cursor.bump() {
            Some(b'n') => b'\n',
            Some(b't') => b'\t',
            Some(b'r') => b'\r',
            Some(b'0') => 0,
            Some(b'e') => 27,
            Some(byte) => byte,
            None => b'`',
        };
        word.text.push(byte);
    }

    /// Takes `([char]233)`, as browsers write what is not ASCII.
    fn code_unit(&mut self) -> Option<u16> {
        let digits = self.cursor.rest().strip_prefix(b"([char]")?;
        let length = digits.iter().take(6).position(|&byte| byte == b')')?;
        let unit = std::str::from_utf8(digits.get(..length)?).ok()?.parse().ok()?;
        self.cursor.skip(b"([char]".len() + length + 1);
        Some(unit)
    }

    /// Passes over an expression with brackets at the cursor, minding quotes.
    pub(super) fn nested(&mut self) -> Result<(), Fault> {
        let mut depth = 0_usize;
        loop {
            match self.cursor.bump() {
                Some(quote @ (b'\'' | b'"')) => {
                    self.cursor.take_while(|byte| byte != quote);
                    self.cursor.skip(1);
                }
                Some(b'(' | b'{') => depth += 1,
                Some(b')' | b'}') => depth = depth.saturating_sub(1),
                Some(_) => {}
                None if depth == 0 => return Ok(()),
                None => return Err(Fault::new("expected the `)` of an expression")),
            }
            if depth == 0 {
                return Ok(());
            }
        }
    }

    fn variable(&mut self, word: &mut Word) -> Result<(), Fault> {
        let place = self.cursor.place();
        self.cursor.skip(1);
        match self.cursor.peek() {
            Some(b'(') => match self.code_unit() {
                Some(high @ 0xd800..=0xdbff) if self.cursor.eat(b'$') => {
                    let low = self.code_unit().unwrap_or_default();
                    push_units(&[high, low], word);
                }
                Some(unit) => push_units(&[unit], word),
                None => {
                    self.nested().map_err(|fault| Fault { place: Some(place), ..fault })?;
                    word.unknown("the value of an expression".to_owned());
                }
            },
            Some(byte) if byte.is_ascii_alphabetic() || byte == b'_' || byte == b'{' => {
                self.cursor.eat(b'{');
                let name = self.cursor.take_while(|byte| {
                    byte.is_ascii_alphanumeric() || byte == b'_' || byte == b':'
                });
                self.cursor.eat(b'}');
                let name = String::from_utf8_lossy(name);
                word.unknown(format!("the variable `{name}`, read as empty"));
            }
            _ => word.text.push(b'$'),
        }
        Ok(())
    }
}

/// Adds a character by its code units.
fn push_units(units: &[u16], word: &mut Word) {
    for letter in char::decode_utf16(units.iter().copied()) {
        let letter = letter.unwrap_or(char::REPLACEMENT_CHARACTER);
        word.text.extend(letter.encode_utf8(&mut [0; 4]).as_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::commands;

    #[test]
    fn reads_quotes_escapes_and_continuations() {
        for (text, meant) in [
            (
                "curl.exe 'http://h' `\n -H 'X: it''s'",
                vec!["curl.exe", "http://h", "-H", "X: it's"],
            ),
            ("curl.exe -d \"a`\"b`n\" h # c", vec!["curl.exe", "-d", "a\"b\n", "h"]),
            ("curl.exe -d '{\\\"a\\\":1}' h", vec!["curl.exe", "-d", "{\"a\":1}", "h"]),
            ("PS C:\\x> curl.exe “http://h/a b”", vec!["curl.exe", "http://h/a b"]),
        ] {
            let commands = commands(text.as_bytes()).unwrap();
            let words: Vec<_> = commands[0]
                .words
                .iter()
                .map(|word| String::from_utf8(word.text.clone()).unwrap())
                .collect();
            assert_eq!(words, meant, "{text}");
        }
    }

    #[test]
    fn names_a_variable() {
        let commands = commands(b"curl.exe -H \"X: $env:TOKEN\" h").unwrap();
        assert_eq!(commands[0].words[2].unknowns, ["the variable `env:TOKEN`, read as empty"]);
    }
}

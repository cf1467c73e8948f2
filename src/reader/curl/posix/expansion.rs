//! What a dollar sign or a backtick stands for: `$'…'`, variables that the text sets, and what cannot
//! be known without running anything. The curl commands of a command substitution are commands of the
//! text too.

use super::super::super::{Fault, Place, limit};
use super::super::escape;
use super::super::words::{Word, assignment, contains, is_name};
use super::{Builder, Shell};

const SUBSTITUTION: &str = "what a command substitution prints";

impl Shell<'_> {
    pub(super) fn dollar(&mut self, builder: &mut Builder, quoted: bool) -> Result<(), Fault> {
        let place = self.cursor.place();
        self.cursor.skip(1);
        match self.cursor.peek() {
            Some(b'\'') if !quoted => {
                self.cursor.skip(1);
                builder.quote();
                let rest = self.cursor.rest();
                let (text, length) = escape::ansi_c(rest)
                    .ok_or_else(|| Fault::at(place, "expected the end of the quotation `$'`"))?;
                builder.word.text.extend(text);
                self.cursor.skip(length);
            }
            Some(b'"') if !quoted => self.double(builder, None)?,
            Some(b'(') => {
                let start = self.cursor.rest();
                self.skip_nested(b'(', b')')
                    .map_err(|()| Fault::at(place, "expected the `)` of a command substitution"))?;
                let length = start.len() - self.cursor.rest().len();
                // Only what has an operator that assigns sets something.
                let sums = start.get(..length).filter(|text| text.starts_with(b"(("));
                let sets = |bytes: &[u8]| bytes == b"++" || bytes == b"--" || bytes.ends_with(b"=");
                if let Some(text) = sums.filter(|text| text.windows(2).any(sets)) {
                    self.variables.reckon(text);
                }
                self.substitution(start.get(1..length - 1).unwrap_or_default(), place);
                builder.unknown(SUBSTITUTION);
            }
            Some(b'{') => {
                let start = self.cursor.rest();
                self.skip_nested(b'{', b'}')
                    .map_err(|()| Fault::at(place, "expected the `}` of a variable"))?;
                let length = start.len() - self.cursor.rest().len();
                let inner = start.get(1..length.saturating_sub(1)).unwrap_or_default();
                self.braced(builder, inner, quoted)?;
            }
            Some(byte) if byte.is_ascii_alphabetic() || byte == b'_' => {
                let name =
                    self.cursor.take_while(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
                builder.renames |=
                    !quoted && matches!(self.cursor.peek(), Some(b'{' | b',' | b'}'));
                self.variable(builder, name, quoted)?;
            }
            Some(b'0'..=b'9' | b'@' | b'*' | b'?' | b'$' | b'!' | b'#') => {
                self.cursor.skip(1);
                builder.unknown("a parameter of the shell");
            }
            _ => builder.push(b'$'),
        }
        Ok(())
    }

    /// `${NAME}` and `${NAME:-default}`; other forms are not known.
    fn braced(&mut self, builder: &mut Builder, inner: &[u8], quoted: bool) -> Result<(), Fault> {
        let end = inner
            .iter()
            .position(|byte| !(byte.is_ascii_alphanumeric() || *byte == b'_'))
            .unwrap_or(inner.len());
        let (name, rest) = inner.split_at_checked(end).unwrap_or((inner, &[]));
        if is_name(name) && rest.is_empty() {
            self.variable(builder, name, quoted)?;
        } else if is_name(name) && (rest.starts_with(b":-") || rest.starts_with(b"-")) {
            let value = self.variables.get(name);
            if value.is_some_and(|value| !value.text.is_empty() || rest.starts_with(b"-")) {
                self.variable(builder, name, quoted)?;
            } else {
                builder.unknown(format!(
                    "the shell variable `{}`, read as its default",
                    String::from_utf8_lossy(name)
                ));
                let default = rest.strip_prefix(b":").unwrap_or(rest);
                builder.word.text.extend(default.get(1..).unwrap_or_default());
                builder.exists = true;
            }
        } else {
            if rest.starts_with(b":=") || rest.starts_with(b"=") {
                self.variables.reckon(name);
            }
            builder.unknown("an expansion of a shell variable");
        }
        Ok(())
    }

    /// Puts in the value of a variable; unquoted, its blanks part words.
    fn variable(&mut self, builder: &mut Builder, name: &[u8], quoted: bool) -> Result<(), Fault> {
        // An assignment keeps its value whole, and sees those before it.
        let assigns = self.is_assignment(&builder.word);
        let just_set = self.command.words.iter().rev().filter(|_| assigns);
        if just_set
            .into_iter()
            .any(|word| assignment(&word.text).is_some_and(|(set, _)| set == name))
        {
            let name = String::from_utf8_lossy(name);
            builder.unknown(format!("the shell variable `{name}`, set in the same command"));
            return Ok(());
        }
        let Some(value) = self.variables.get(name) else {
            let name = String::from_utf8_lossy(name);
            builder.unknown(format!("the shell variable `{name}`, read as empty"));
            return Ok(());
        };
        let too_much = || {
            let most = limit::COMMANDS >> 20;
            let message = format!("expected variables that expand to at most {most} MiB in all");
            Fault::new(message).or_at(builder.word.place)
        };
        self.room = self.room.checked_sub(value.text.len()).ok_or_else(too_much)?;
        for unknown in &value.unknowns {
            builder.unknown(unknown.clone());
        }
        let quoted = quoted || assigns;
        for &byte in &value.text {
            if !quoted && matches!(byte, b' ' | b'\t' | b'\n') {
                if builder.exists {
                    builder.part();
                }
            } else {
                builder.push(byte);
            }
        }
        Ok(())
    }

    /// Reads the curl commands of a command substitution, which run before the command it is in.
    fn substitution(&mut self, text: &[u8], place: Place) {
        let Some(depth) = self.depth.checked_sub(1) else { return };
        if !contains(text, b"curl") {
            return;
        }
        let mut shell = Shell::new(text, self.smart);
        shell.variables = self.variables.inside();
        shell.room = self.room;
        shell.depth = depth;
        // What cannot be read there is as unknown as what it prints.
        let commands = shell.run().unwrap_or_default();
        self.room = shell.room;
        for mut command in commands {
            if command.after_curl().is_some() {
                command.place = Some(place);
                command.words.iter_mut().for_each(|word| word.place = Some(place));
                self.inner.push(command);
            }
        }
    }

    pub(super) fn backticks(&mut self, builder: &mut Builder) -> Result<(), Fault> {
        let place = self.cursor.place();
        self.cursor.skip(1);
        let mut text = Vec::new();
        loop {
            match self.cursor.bump() {
                Some(b'\\') => {
                    let escaped = self.cursor.bump();
                    if !matches!(escaped, Some(b'`' | b'$' | b'\\')) {
                        text.push(b'\\');
                    }
                    text.extend(escaped);
                }
                Some(b'`') => break,
                Some(byte) => text.push(byte),
                None => return Err(Fault::at(place, "expected the closing backtick")),
            }
        }
        self.substitution(&text, place);
        builder.unknown(SUBSTITUTION);
        Ok(())
    }

    /// Passes over a bracketed text that starts at the cursor, minding quotes and nesting.
    pub(super) fn skip_nested(&mut self, open: u8, close: u8) -> Result<(), ()> {
        let mut depth = 0_usize;
        let mut quote = None;
        while let Some(byte) = self.cursor.bump() {
            match (quote, byte) {
                (Some(b'\''), b'\'') | (Some(b'"'), b'"') => quote = None,
                (Some(b'"') | None, b'\\') => self.cursor.skip(1),
                (None, b'\'' | b'"') => quote = Some(byte),
                (None, _) if byte == open => depth += 1,
                (None, _) if byte == close => {
                    depth -= 1;
                    if depth == 0 {
                        return Ok(());
                    }
                }
                _ => {}
            }
        }
        Err(())
    }

    /// Expands a text as between double quotes, where quotes themselves are text.
    pub(super) fn expand(&mut self, text: &[u8]) -> Result<Word, Fault> {
        let mut inner = Shell::new(text, false);
        inner.variables = self.variables.inside();
        inner.room = self.room;
        let mut builder = Builder::default();
        loop {
            // Between double quotes a backslash would escape a quote; here a quote is like any letter.
            if inner.cursor.rest().starts_with(b"\\\"") {
                inner.cursor.skip(2);
                builder.push(b'\\');
                builder.push(b'"');
            } else if !inner.quoted_byte(&mut builder)? {
                break;
            }
        }
        self.room = inner.room;
        Ok(builder.word)
    }
}

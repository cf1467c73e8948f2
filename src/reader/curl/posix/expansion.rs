//! What a dollar sign or a backtick stands for: `$'…'`, variables that the text sets, and what cannot
//! be known without running anything.

use super::super::super::Fault;
use super::super::escape;
use super::super::words::{Word, assignment, is_name};
use super::{Builder, Shell};

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
                self.skip_nested(b'(', b')')
                    .map_err(|()| Fault::at(place, "expected the `)` of a command substitution"))?;
                builder.unknown("what a command substitution prints");
            }
            Some(b'{') => {
                let start = self.cursor.rest();
                self.skip_nested(b'{', b'}')
                    .map_err(|()| Fault::at(place, "expected the `}` of a variable"))?;
                let length = start.len() - self.cursor.rest().len();
                let inner = start.get(1..length.saturating_sub(1)).unwrap_or_default();
                self.braced(builder, inner, quoted);
            }
            Some(byte) if byte.is_ascii_alphabetic() || byte == b'_' => {
                let name =
                    self.cursor.take_while(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
                self.variable(builder, name, quoted);
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
    fn braced(&self, builder: &mut Builder, inner: &[u8], quoted: bool) {
        let end = inner
            .iter()
            .position(|byte| !(byte.is_ascii_alphanumeric() || *byte == b'_'))
            .unwrap_or(inner.len());
        let (name, rest) = inner.split_at_checked(end).unwrap_or((inner, &[]));
        if is_name(name) && rest.is_empty() {
            self.variable(builder, name, quoted);
        } else if is_name(name) && (rest.starts_with(b":-") || rest.starts_with(b"-")) {
            if self.variables.contains_key(name) {
                self.variable(builder, name, quoted);
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
            builder.unknown("an expansion of a shell variable");
        }
    }

    /// Puts in the value of a variable; unquoted, its blanks part words.
    fn variable(&self, builder: &mut Builder, name: &[u8], quoted: bool) {
        let Some(value) = self.variables.get(name) else {
            let name = String::from_utf8_lossy(name);
            builder.unknown(format!("the shell variable `{name}`, read as empty"));
            return;
        };
        for unknown in &value.unknowns {
            builder.unknown(unknown.clone());
        }
        // An assignment keeps its value whole.
        let quoted = quoted || assignment(&builder.word.text).is_some();
        for &byte in &value.text {
            if !quoted && matches!(byte, b' ' | b'\t' | b'\n') {
                if builder.exists {
                    builder.part();
                }
            } else {
                builder.push(byte);
            }
        }
    }

    pub(super) fn backticks(&mut self, builder: &mut Builder) -> Result<(), Fault> {
        let place = self.cursor.place();
        self.cursor.skip(1);
        loop {
            match self.cursor.bump() {
                Some(b'\\') => self.cursor.skip(1),
                Some(b'`') => break,
                Some(_) => {}
                None => return Err(Fault::at(place, "expected the closing backtick")),
            }
        }
        builder.unknown("what a command substitution prints");
        Ok(())
    }

    /// Passes over a bracketed text that starts at the cursor, minding quotes and nesting.
    fn skip_nested(&mut self, open: u8, close: u8) -> Result<(), ()> {
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
    pub(super) fn expand(&self, text: &[u8]) -> Result<Word, Fault> {
        let mut inner = Shell::new(text, false);
        inner.variables.clone_from(&self.variables);
        let mut builder = Builder::default();
        while inner.quoted_byte(&mut builder)? {}
        Ok(builder.word)
    }
}

//! Redirections and here-documents: what a command reads on its standard input.

use super::super::super::Fault;
use super::super::words::{Stdin, Word};
use super::{Builder, HereDocument, Shell, is_blank};

impl Shell<'_> {
    /// Redirections: outputs are set aside, inputs are kept for `@-`.
    pub(super) fn redirection(&mut self) -> Result<(), Fault> {
        let input = self.cursor.rest();
        if input.starts_with(b"<<<") {
            self.cursor.skip(3);
            if let Some(mut word) = self.operand()? {
                word.text.push(b'\n');
                self.command.stdin = Stdin::Text(word);
            }
        } else if input.starts_with(b"<<") {
            self.cursor.skip(2);
            let strip_tabs = self.cursor.eat(b'-');
            self.cursor.take_while(is_blank);
            let before = self.cursor.rest();
            if let Some(word) = self.operand()? {
                let written = before.len().saturating_sub(self.cursor.rest().len());
                let written = before.get(..written).unwrap_or_default();
                let quoted = written.iter().any(|byte| matches!(byte, b'\'' | b'"' | b'\\'));
                let command = Some(self.done.len());
                self.pending.push(HereDocument { command, end: word.text, quoted, strip_tabs });
            }
        } else if input.starts_with(b"<") {
            self.cursor.skip(1);
            if let Some(word) = self.operand()? {
                self.command.stdin = Stdin::File(word);
            }
        } else {
            self.cursor.take_while(|byte| matches!(byte, b'>' | b'&' | b'|'));
            self.operand()?;
        }
        Ok(())
    }

    /// The word behind a redirection.
    fn operand(&mut self) -> Result<Option<Word>, Fault> {
        self.cursor.take_while(is_blank);
        let mut builder = Builder { bare: true, ..Builder::default() };
        builder.word.place = Some(self.cursor.place());
        self.read_word(&mut builder)?;
        builder.part();
        Ok(builder.fields.into_iter().next())
    }

    /// Reads the here-documents of the line that just ended.
    pub(super) fn here_documents(&mut self) -> Result<(), Fault> {
        for document in std::mem::take(&mut self.pending) {
            let place = self.cursor.place();
            let mut text = Vec::new();
            loop {
                if self.cursor.peek().is_none() {
                    return Err(Fault::at(place, "expected the end of the here-document"));
                }
                let mut line = self.cursor.take_while(|byte| byte != b'\n');
                self.cursor.skip(1);
                if document.strip_tabs {
                    let tabs = line.iter().take_while(|byte| **byte == b'\t').count();
                    line = line.get(tabs..).unwrap_or_default();
                }
                if line == document.end {
                    break;
                }
                text.extend_from_slice(line);
                text.push(b'\n');
            }
            let word = if document.quoted {
                Word { text, place: Some(place), unknowns: Vec::new() }
            } else {
                self.expand(&text)?
            };
            let command = document.command.and_then(|command| self.done.get_mut(command));
            if let Some(command) = command {
                command.stdin = Stdin::Text(word);
            }
        }
        Ok(())
    }
}

//! Splitting as Windows does for "Copy as cURL (cmd)": `cmd.exe` resolves carets and percent signs,
//! then the program's C runtime parts the line into arguments.
//!
//! Browsers write both `^"…^"` with a caret before every special character, and plain `"…"` with
//! lines that end in `^`; a line break inside an argument is a caret and two line ends. A name
//! between percent signs counts as a variable only when it is spelled like one (`%TOKEN%`), because
//! percent-encoded URLs look alike and `cmd` leaves unset ones as they are.
//!
//! Earlier versions of Chrome put carets between plain quotes too, where `cmd` takes them for
//! text and quotes come out wrong. Such a text is read as it was meant, with a note.

use super::super::{Fault, limit};
use super::words::{Command, Cursor, Word, contains, is_name, keep};

const CARETS: &str = "carets between plain double quotes are taken for the escapes that Chrome meant; \
     `cmd` would send them";

/// Splits a text into commands.
pub(super) fn commands(text: &[u8]) -> Result<Vec<Command>, Fault> {
    let mut lines = Cmd {
        cursor: Cursor::new(text),
        quoted: false,
        carets: contains(text, ESCAPED_QUOTE) || contains(text, b"^%^"),
        saw_carets: false,
        unknowns: Vec::new(),
    };
    let mut done = Vec::new();
    let mut line = 0;
    while lines.cursor.peek().is_some() {
        if lines.cursor.place().line > line {
            lines.skip_prompt();
            line = lines.cursor.place().line;
        }
        let command = lines.command()?;
        keep(&mut done, command)?;
    }
    Ok(done)
}

/// A quote inside an argument, as Chrome writes it; nobody else would.
pub(super) const ESCAPED_QUOTE: &[u8] = b"^\\^\"";

struct Cmd<'a> {
    cursor: Cursor<'a>,
    /// Whether `cmd` itself is between quotes, where carets and operators are text.
    quoted: bool,
    /// Whether carets escape between quotes too.
    carets: bool,
    /// Whether one did.
    saw_carets: bool,
    unknowns: Vec<String>,
}

/// What `cmd` hands on.
enum Piece {
    Byte(u8),
    /// The end of the command.
    End,
}

impl Cmd<'_> {
    /// `C:\Users\x>` in front of a command.
    fn skip_prompt(&mut self) {
        self.cursor.take_while(|byte| byte.is_ascii_whitespace());
        if !self.cursor.skip_prompt() {
            let line = self.cursor.rest().split(|&byte| byte == b'\n').next().unwrap_or_default();
            let at = line.windows(5).position(|window| window == b">curl");
            if let Some(at) = at.filter(|&at| !line.iter().take(at).any(|&byte| byte == b'"')) {
                self.cursor.skip(at + 1);
            }
        }
    }

    fn piece(&mut self) -> Piece {
        loop {
            let Some(byte) = self.cursor.bump() else { return Piece::End };
            match byte {
                b'"' => {
                    self.quoted = !self.quoted;
                    return Piece::Byte(byte);
                }
                b'%' => {
                    let Some(length) = self.variable() else { return Piece::Byte(byte) };
                    self.cursor.skip(length);
                }
                b'\n' => {
                    self.quoted = false;
                    return Piece::End;
                }
                b'^' if !self.quoted || self.carets => {
                    self.saw_carets |= self.quoted;
                    // A caret joins lines, and what follows the join is literal too.
                    self.cursor.eat(b'\n');
                    return self.cursor.bump().map_or(Piece::End, Piece::Byte);
                }
                b'&' | b'|' if !self.quoted => return Piece::End,
                _ => return Piece::Byte(byte),
            }
        }
    }

    /// The length of the rest of `%NAME%` behind its first percent sign.
    fn variable(&mut self) -> Option<usize> {
        let rest = self.cursor.rest();
        let end = rest.iter().take(64).position(|&byte| byte == b'%')?;
        let name = rest.get(..end)?;
        if name.len() < 3 || !is_name(name) || name.iter().any(u8::is_ascii_lowercase) {
            return None;
        }
        let name = String::from_utf8_lossy(name);
        if self.unknowns.len() < limit::UNKNOWNS {
            self.unknowns.push(format!("the environment variable `{name}`, read as empty"));
        }
        Some(end + 1)
    }

    /// One command, parted as the C runtime does: backslashes escape only quotes, and a doubled quote
    /// between quotes is one.
    fn command(&mut self) -> Result<Command, Fault> {
        let mut command = Command { place: Some(self.cursor.place()), ..Command::default() };
        let mut word = Word::default();
        let (mut exists, mut quoted, mut backslashes) = (false, false, 0);
        let mut start = self.cursor.place();
        let mut piece = self.piece();
        while let Piece::Byte(byte) = piece {
            piece = self.piece();
            if byte == b'\\' {
                backslashes += 1;
                exists = true;
                continue;
            }
            let escaping = std::mem::take(&mut backslashes);
            if byte == b'"' {
                word.text.extend(std::iter::repeat_n(b'\\', escaping / 2));
                exists = true;
                if escaping % 2 == 1 {
                    word.text.push(b'"');
                } else if quoted && matches!(piece, Piece::Byte(b'"')) {
                    word.text.push(b'"');
                    piece = self.piece();
                } else {
                    quoted = !quoted;
                }
                continue;
            }
            word.text.extend(std::iter::repeat_n(b'\\', escaping));
            if matches!(byte, b' ' | b'\t') && !quoted {
                if std::mem::take(&mut exists) {
                    self.push(&mut command, std::mem::take(&mut word), start)?;
                }
                start = self.cursor.place();
            } else {
                exists = true;
                word.text.push(byte);
            }
        }
        word.text.extend(std::iter::repeat_n(b'\\', backslashes));
        if quoted {
            return Err(Fault::at(start, "expected the end of the quotation `\"`"));
        }
        if exists {
            self.push(&mut command, word, start)?;
        }
        if std::mem::take(&mut self.saw_carets) {
            command.note(CARETS);
        }
        Ok(command)
    }

    fn push(
        &mut self,
        command: &mut Command,
        mut word: Word,
        place: super::super::Place,
    ) -> Result<(), Fault> {
        word.place = Some(place);
        word.unknowns.append(&mut self.unknowns);
        command.words.push(word);
        if command.words.len() > limit::WORDS {
            return Err(Fault::new(format!("expected at most {} words a command", limit::WORDS)));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::commands;

    fn words(text: &str) -> Vec<String> {
        let commands = commands(text.as_bytes()).unwrap();
        assert_eq!(commands.len(), 1, "{text}");
        let words = commands.into_iter().next().unwrap().words;
        words.into_iter().map(|word| String::from_utf8(word.text).unwrap()).collect()
    }

    #[test]
    fn reads_what_browsers_copy() {
        for (text, meant) in [
            (
                "curl \"http://h/?a=1&b=2\" ^\n  -H \"X: y\" --compressed",
                vec!["curl", "http://h/?a=1&b=2", "-H", "X: y", "--compressed"],
            ),
            (
                "curl ^\"http://h/?a=1^&b=^%^25^\" ^\n  --data-raw ^\"^{^\\^\"a^\\^\":1^}^\"",
                vec!["curl", "http://h/?a=1&b=%25", "--data-raw", "{\"a\":1}"],
            ),
            ("curl -d ^\"one^\n\ntwo^\" http://h", vec!["curl", "-d", "one\ntwo", "http://h"]),
            (
                "curl -d \"{\\\"a\\\":\\\"\\\\\\\\x\\\"}\" h",
                vec!["curl", "-d", r#"{"a":"\\\\x"}"#, "h"],
            ),
            ("curl -d \"a\"\"b\" h", vec!["curl", "-d", "a\"b", "h"]),
            ("curl http://h/%C3%A9%2F", vec!["curl", "http://h/%C3%A9%2F"]),
            ("C:\\Users\\x>curl http://h", vec!["curl", "http://h"]),
        ] {
            assert_eq!(words(text), meant, "{text}");
        }
    }

    #[test]
    fn takes_carets_between_plain_quotes_as_chrome_meant_them() {
        let text = "curl \"http://h/?a=^%^7B\" ^\n  -H \"A: ^\\^\"b^\\^\"\" ^\n  --data-raw \"^{^\\^\"a^\\^\":1^}\"";
        let meant = ["curl", "http://h/?a=%7B", "-H", "A: \"b\"", "--data-raw", "{\"a\":1}"];
        assert_eq!(words(text), meant);
        assert!(commands(text.as_bytes()).unwrap()[0].notes[0].contains("Chrome"));
        assert_eq!(words("curl -d \"a^b\" h"), ["curl", "-d", "a^b", "h"]);
    }

    #[test]
    fn names_a_variable_of_the_environment() {
        let commands = commands(b"curl -H \"Authorization: Bearer %TOKEN%\" h").unwrap();
        assert_eq!(commands[0].words[2].text, b"Authorization: Bearer ");
        assert_eq!(
            commands[0].words[2].unknowns,
            ["the environment variable `TOKEN`, read as empty"]
        );
    }
}

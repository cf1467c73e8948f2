//! Commands as words: what every shell's splitter gives, and which shell a text was written for.
//!
//! `posix`, `cmd` and `powershell` split; this file holds what they share. A word keeps what could
//! not be known when it was split (an unset variable, a command substitution), so that it matters
//! only where the word does.

use super::super::{Fault, Place, limit};
use super::{cmd, posix, powershell};

/// One argument, after the shell is done with it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Word {
    pub(super) text: Vec<u8>,
    pub(super) place: Option<Place>,
    /// What the shell would have put in and the text does not tell.
    pub(super) unknowns: Vec<String>,
}

impl Word {
    /// Adds what could not be known, once, and no more than anyone reads.
    pub(super) fn unknown(&mut self, what: String) {
        if self.unknowns.len() < limit::UNKNOWNS && !self.unknowns.contains(&what) {
            self.unknowns.push(what);
        }
    }
}

/// One command of a text.
#[derive(Clone, Debug, Default)]
pub(super) struct Command {
    pub(super) words: Vec<Word>,
    pub(super) stdin: Stdin,
    pub(super) place: Option<Place>,
    pub(super) notes: Vec<String>,
}

/// What a command reads on its standard input.
#[derive(Clone, Debug, Default)]
pub(super) enum Stdin {
    /// Nothing in the text says.
    #[default]
    Open,
    /// A here-document or here-string.
    Text(Word),
    /// A file, by redirection.
    File(Word),
}

impl Command {
    /// Adds a note once.
    pub(super) fn note(&mut self, text: &str) {
        if !self.notes.iter().any(|note| note == text) {
            self.notes.push(text.to_owned());
        }
    }

    /// The words after `curl`, when this is a curl command: the name may come with a path or `.exe`,
    /// behind `sudo`, `time` and the like.
    pub(super) fn after_curl(&self) -> Option<&[Word]> {
        const WRAPPERS: &[&[u8]] = &[
            b"sudo", b"time", b"command", b"exec", b"nohup", b"env", b"&", b"!", b"if", b"then",
            b"do", b"else", b"while", b"until", b"{",
        ];
        let mut words = self.words.iter();
        loop {
            let word = words.next()?;
            if is_curl(&word.text) {
                return Some(words.as_slice());
            }
            if !WRAPPERS.contains(&word.text.as_slice()) && assignment(&word.text).is_none() {
                return None;
            }
        }
    }
}

/// Adds a command to those of a text; tells whether it is kept. Of other programs' only the first are,
/// which tell what the text is when there is no curl in it.
pub(super) fn keep(commands: &mut Vec<Command>, command: Command) -> Result<bool, Fault> {
    let curl = command.after_curl().is_some();
    if curl && commands.len() >= limit::TEXT_COMMANDS {
        return Err(Fault::new(format!("expected at most {} commands", limit::TEXT_COMMANDS)));
    }
    let kept = curl || !command.words.is_empty() && commands.len() < limit::OTHERS;
    if kept {
        commands.push(command);
    }
    Ok(kept)
}

/// Whether a word names the curl program.
pub(super) fn is_curl(word: &[u8]) -> bool {
    let name = word.rsplit(|byte| matches!(byte, b'/' | b'\\')).next().unwrap_or_default();
    name == b"curl" || name.eq_ignore_ascii_case(b"curl.exe")
}

/// The name and value of `NAME=value` and `NAME+=value`.
pub(super) fn assignment(word: &[u8]) -> Option<(&[u8], &[u8])> {
    let end = word.iter().position(|&byte| byte == b'=')?;
    let (name, rest) = word.split_at_checked(end)?;
    let name = name.strip_suffix(b"+").unwrap_or(name);
    is_name(name).then_some((name, rest.get(1..).unwrap_or_default()))
}

/// Whether a text can be the name of a shell variable.
pub(super) fn is_name(text: &[u8]) -> bool {
    text.first().is_some_and(|&byte| byte.is_ascii_alphabetic() || byte == b'_')
        && text.iter().all(|&byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// Splits a text into commands, by the rules of the shell it was written for.
pub(super) fn commands(text: &[u8]) -> Result<Vec<Command>, Fault> {
    if text.len() > limit::COMMANDS {
        return Err(Fault::new(format!(
            "expected at most {} MiB of commands",
            limit::COMMANDS >> 20
        )));
    }
    let text = with_unix_lines(text.strip_prefix(super::super::BOM).unwrap_or(text));
    match dialect(&text) {
        Dialect::Posix => posix::commands(&text),
        Dialect::Cmd => cmd::commands(&text),
        Dialect::PowerShell => powershell::commands(&text),
    }
}

#[derive(Debug, PartialEq, Eq)]
enum Dialect {
    Posix,
    Cmd,
    PowerShell,
}

/// Tells the shell from what only it has: `^` or a backtick at the end of a line, `^"`, a prompt.
fn dialect(text: &[u8]) -> Dialect {
    if contains(text, cmd::ESCAPED_QUOTE) && !contains(text, b" \\\n") {
        return Dialect::Cmd;
    }
    let bare = without_quotations(text);
    let text = bare.as_deref().unwrap_or(text);
    let has = |what: &[u8]| contains(text, what);
    if has(b" ^\n") || has(b"\"^\n") || has(b" ^\"") || prompt(text, b"C:\\").is_some() {
        Dialect::Cmd
    } else if has(b" `\n") || has(b"'`\n") || has(b"\"`\n") || prompt(text, b"PS ").is_some() {
        Dialect::PowerShell
    } else {
        Dialect::Posix
    }
}

/// The text with nothing between its quotes, where any shell's marks are plain text. `None` when a
/// quotation has no end, so that the quotes mean something else. `^"` opens none.
fn without_quotations(text: &[u8]) -> Option<Vec<u8>> {
    let mut bare = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((&byte, after)) = rest.split_first() {
        let opens = matches!(byte, b'\'' | b'"') && bare.last() != Some(&b'^');
        bare.push(byte);
        rest = after;
        if byte == b'\\'
            && let Some((&quoted @ (b'\'' | b'"'), after)) = after.split_first()
        {
            bare.push(quoted);
            rest = after;
        } else if opens {
            let mut escaped = false;
            let end = after.iter().position(|&inner| {
                let ends = inner == byte && !escaped;
                escaped = byte == b'"' && inner == b'\\' && !escaped;
                ends
            })?;
            bare.push(byte);
            rest = after.get(end + 1..)?;
        }
    }
    Some(bare)
}

/// Whether a text has another in it.
pub(super) fn contains(text: &[u8], what: &[u8]) -> bool {
    text.windows(what.len()).any(|window| window == what)
}

/// Whether the text's first line starts with a prompt of this make.
fn prompt(text: &[u8], start: &[u8]) -> Option<usize> {
    let text = text.trim_ascii_start();
    if !text.starts_with(start) {
        return None;
    }
    let line = text.split(|&byte| byte == b'\n').next()?;
    line.windows(5).position(|window| {
        window.starts_with(b">") && window.ends_with(b"curl") || window.starts_with(b"> cur")
    })
}

/// Windows line ends as `\n`.
pub(super) fn with_unix_lines(text: &[u8]) -> Vec<u8> {
    let mut lines = Vec::with_capacity(text.len());
    let mut bytes = text.iter().peekable();
    while let Some(&byte) = bytes.next() {
        if byte == b'\r' && bytes.peek() == Some(&&b'\n') {
            continue;
        }
        lines.push(byte);
    }
    lines
}

/// A text being read, with the place of the next byte.
pub(super) struct Cursor<'a> {
    text: &'a [u8],
    at: usize,
    line: u64,
    line_start: usize,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(text: &'a [u8]) -> Self {
        Self { text, at: 0, line: 1, line_start: 0 }
    }

    /// The next byte, if any.
    pub(super) fn peek(&self) -> Option<u8> {
        self.peek_at(0)
    }

    /// The byte `ahead` of the next one.
    pub(super) fn peek_at(&self, ahead: usize) -> Option<u8> {
        self.text.get(self.at + ahead).copied()
    }

    /// Everything not read yet.
    pub(super) fn rest(&self) -> &'a [u8] {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// Takes the next byte.
    pub(super) fn bump(&mut self) -> Option<u8> {
        let byte = self.peek()?;
        self.at += 1;
        if byte == b'\n' {
            self.line += 1;
            self.line_start = self.at;
        }
        Some(byte)
    }

    /// Takes `count` bytes.
    pub(super) fn skip(&mut self, count: usize) {
        for _ in 0..count {
            self.bump();
        }
    }

    /// Takes the next byte if it is `wanted`.
    pub(super) fn eat(&mut self, wanted: u8) -> bool {
        let found = self.peek() == Some(wanted);
        if found {
            self.bump();
        }
        found
    }

    /// Takes bytes as long as they are wanted.
    pub(super) fn take_while(&mut self, wanted: impl Fn(u8) -> bool) -> &'a [u8] {
        let rest = self.rest();
        let length = rest.iter().position(|&byte| !wanted(byte)).unwrap_or(rest.len());
        self.skip(length);
        rest.get(..length).unwrap_or_default()
    }

    /// Where the next byte stands.
    pub(super) fn place(&self) -> Place {
        let column = u64::try_from(self.at - self.line_start).unwrap_or(u64::MAX);
        Place { line: self.line, column: column.saturating_add(1) }
    }

    /// Takes a prompt at the start of a line: `$ `, `user@host:~$ `, `> `, `PS C:\> `, `C:\Users>`.
    ///
    /// A `#` alone starts a comment, as in any shell; behind other text it is root's prompt.
    pub(super) fn skip_prompt(&mut self) -> bool {
        let rest = self.rest();
        let line = rest.split(|&byte| byte == b'\n').next().unwrap_or_default();
        let Some(curl) = line.windows(4).position(|window| window == b"curl") else { return false };
        let before = line.get(..curl).unwrap_or_default();
        let trimmed = before.trim_ascii();
        let ends_like_one = [&b"$"[..], b"%", b">", "❯".as_bytes(), "➜".as_bytes()]
            .iter()
            .any(|end| trimmed.ends_with(end))
            || trimmed.len() > 1 && trimmed.ends_with(b"#");
        let plain = !trimmed.iter().any(|byte| matches!(byte, b'\'' | b'"' | b';' | b'|' | b'='));
        if !ends_like_one || !plain {
            return false;
        }
        self.skip(before.len());
        true
    }
}

#[cfg(test)]
mod tests {
    use super::{Dialect, dialect, is_curl};

    #[test]
    fn tells_the_shells_apart() {
        assert_eq!(dialect(b"curl \\\n -d 'a^b' http://h"), Dialect::Posix);
        assert_eq!(dialect(b"curl ^\"http://h^\" ^\n -k"), Dialect::Cmd);
        assert_eq!(dialect(b"curl \"http://h\" ^\n -k"), Dialect::Cmd);
        assert_eq!(dialect(b"curl \"http://h\" -d \"^{^\\^\"a^\\^\":1^}\""), Dialect::Cmd);
        assert_eq!(dialect(b"curl h \\\n -d '^\\^\"'"), Dialect::Posix);
        assert_eq!(dialect(b"curl.exe 'http://h' `\n -k"), Dialect::PowerShell);
        assert_eq!(dialect(b"curl ^\"http://h^\" ^\n -d ^\"it's^\""), Dialect::Cmd);
        assert_eq!(dialect(b"PS C:\\Users\\x> curl.exe http://h"), Dialect::PowerShell);
    }

    #[test]
    fn marks_of_other_shells_inside_quotes_are_text() {
        assert_eq!(dialect(b"curl -H 'X-m: ^\"' http://h"), Dialect::Posix);
        assert_eq!(dialect(b"curl -d \"a ^\" http://h"), Dialect::Posix);
        assert_eq!(dialect(b"curl -H 'X: ^\"' -H 'X: '\\'''"), Dialect::Posix);
        assert_eq!(dialect(b"curl -d 'a `\n' http://h"), Dialect::Posix);
    }

    #[test]
    fn knows_curl_under_its_names() {
        for name in
            [&b"curl"[..], b"/usr/bin/curl", b"curl.exe", b"C:\\Windows\\System32\\curl.EXE"]
        {
            assert!(is_curl(name), "{name:?}");
        }
        assert!(!is_curl(b"curlie"));
    }
}

//! Config files of `-K`: an option a line, with or without dashes, as curl's `src/tool_parsecfg.c`
//! reads them.

use super::super::{Fault, Place};
use super::operation::Parser;
use super::words::Word;

/// Reads the options of a config file into `parser`.
pub(super) fn read(text: &[u8], parser: &mut Parser<'_, '_>) -> Result<(), Fault> {
    for (number, line) in text.split(|&byte| byte == b'\n').enumerate() {
        let Some((option, argument)) = options(line) else { continue };
        let at = |fault: Fault| {
            let number = number + 1;
            Fault { message: format!("line {number} of a config file: {}", fault.message), ..fault }
        };
        let word = Word { text: option.to_vec(), ..Word::default() };
        let argument =
            argument.map(|text| Word { text, place: None::<Place>, unknowns: Vec::new() });
        let used = if option.starts_with(b"-") {
            parser.option(&word, argument.as_ref())
        } else {
            parser.long(&word, option, argument.as_ref())
        }
        .map_err(at)?;
        if argument.is_some() && !used {
            return Err(at(Fault::new("expected no argument after this option")));
        }
    }
    Ok(())
}

/// The option and argument of one line.
fn options(line: &[u8]) -> Option<(&[u8], Option<Vec<u8>>)> {
    let line = line.trim_ascii();
    if line.is_empty() || matches!(line.first(), Some(b'#' | b'/' | b'*')) {
        return None;
    }
    let dashed = line.starts_with(b"-");
    let separates =
        |byte: &u8| byte.is_ascii_whitespace() || !dashed && matches!(byte, b'=' | b':');
    let end = line.iter().position(separates).unwrap_or(line.len());
    let (option, rest) = line.split_at_checked(end)?;
    let start = rest.iter().position(|byte| !separates(byte)).unwrap_or(rest.len());
    let rest = rest.get(start..)?;
    let argument = match rest.strip_prefix(b"\"") {
        Some(quoted) => Some(unslash(quoted)),
        None if rest.is_empty() => None,
        None => rest.split(u8::is_ascii_whitespace).next().map(<[u8]>::to_vec),
    };
    Some((option, argument))
}

/// The text of a quoted argument, up to its closing quote.
fn unslash(text: &[u8]) -> Vec<u8> {
    let mut meant = Vec::new();
    let mut bytes = text.iter().copied();
    while let Some(byte) = bytes.next() {
        match byte {
            b'"' => break,
            b'\\' => match bytes.next() {
                Some(b't') => meant.push(b'\t'),
                Some(b'n') => meant.push(b'\n'),
                Some(b'r') => meant.push(b'\r'),
                Some(b'v') => meant.push(11),
                Some(byte) => meant.push(byte),
                None => {}
            },
            _ => meant.push(byte),
        }
    }
    meant
}

#[cfg(test)]
mod tests {
    use super::options;

    #[test]
    fn reads_the_forms_of_a_line() {
        for (line, option, argument) in [
            ("url = \"http://h\"", "url", Some("http://h")),
            ("header: \"X: a\\tb\\\"c\" # note", "header", Some("X: a\tb\"c")),
            ("-d a=b", "-d", Some("a=b")),
            ("user-agent=foo bar", "user-agent", Some("foo")),
            ("  get  ", "get", None),
        ] {
            let (found, text) = options(line.as_bytes()).unwrap();
            assert_eq!(found, option.as_bytes(), "{line}");
            assert_eq!(text.as_deref(), argument.map(str::as_bytes), "{line}");
        }
        assert!(options(b"# note").is_none() && options(b"  ").is_none());
    }
}

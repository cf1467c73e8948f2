//! curl's own variables: `--variable NAME=content` and `{{NAME:function}}` in `--expand-…`.
//!
//! Follows curl's `src/var.c`: functions run from left to right, `\{{` stands for itself, a name that
//! was not set is empty. `b64` and `64dec` are base64 there and back, `json` quotes, `trim` trims, `url`
//! encodes.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::super::{Fault, limit};
use super::data;

/// What was set so far.
#[derive(Debug, Default)]
pub(super) struct Variables(Vec<(Vec<u8>, Vec<u8>)>);

/// The file that a variable comes from, and which part of it.
pub(super) struct VariableFile {
    pub(super) name: Vec<u8>,
    start: usize,
    end: usize,
}

impl VariableFile {
    /// The part of the file's content that was asked for.
    pub(super) fn part(&self, content: &[u8]) -> Vec<u8> {
        let end = self.end.saturating_add(1).min(content.len());
        content.get(self.start..end).unwrap_or_default().to_vec()
    }
}

impl Variables {
    /// Keeps a value; the last one of a name wins.
    pub(super) fn keep(&mut self, name: Vec<u8>, value: Vec<u8>) {
        self.0.push((name, value));
    }

    /// Reads the argument of `--variable`. Gives the name and file of a value that is to be loaded.
    pub(super) fn set(
        &mut self,
        text: &[u8],
        unknowns: &mut Vec<String>,
    ) -> Option<(Vec<u8>, VariableFile)> {
        let (text, import) = match text.strip_prefix(b"%") {
            Some(rest) => (rest, true),
            None => (text, false),
        };
        let length = text
            .iter()
            .position(|byte| !(byte.is_ascii_alphanumeric() || *byte == b'_'))
            .unwrap_or(text.len());
        let (name, rest) = text.split_at_checked(length)?;
        // curl skips such a variable with a warning.
        if name.is_empty() || name.len() >= 128 {
            return None;
        }
        if import {
            let shown = String::from_utf8_lossy(name);
            unknowns
                .push(format!("the environment variable `{shown}`, read as its default or empty"));
        }
        match rest.split_first() {
            Some((b'=', value)) => self.keep(name.to_vec(), value.to_vec()),
            Some((b'@', file)) => return Some((name.to_vec(), byte_range(file))),
            None if import => self.keep(name.to_vec(), Vec::new()),
            _ => {}
        }
        None
    }

    fn get(&self, name: &[u8]) -> &[u8] {
        let found = self.0.iter().rev().find(|(known, _)| known == name);
        found.map_or(&[], |(_, value)| value.as_slice())
    }

    /// Expands `{{NAME}}` and `{{NAME:function:function}}`.
    pub(super) fn expand(&self, text: &[u8], unknowns: &mut Vec<String>) -> Result<Vec<u8>, Fault> {
        let mut whole = Vec::with_capacity(text.len());
        let mut rest = text;
        while let Some(open) = find(rest, b"{{") {
            let (before, after) = rest.split_at_checked(open).unwrap_or((rest, &[]));
            if let Some(before) = before.strip_suffix(b"\\") {
                whole.extend(before);
                whole.extend(b"{{");
                rest = after.get(2..).unwrap_or_default();
                continue;
            }
            let Some(close) = find(after, b"}}") else { break };
            whole.extend(before);
            let inner = after.get(2..close).unwrap_or_default();
            rest = after.get(close + 2..).unwrap_or_default();
            let mut parts = inner.split(|&byte| byte == b':');
            let name = parts.next().unwrap_or_default();
            let sound = !name.is_empty()
                && name.len() < 128
                && name.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'_');
            if !sound {
                // Not a variable: it stays as it is.
                whole.extend(after.get(..close + 2).unwrap_or_default());
                continue;
            }
            let mut value = self.get(name).to_vec();
            for function in parts {
                value = apply(function, &value)?;
                short(&value)?;
            }
            if value.contains(&0) {
                return Err(Fault::new("expected a variable without null bytes"));
            }
            whole.extend(value);
            short(&whole)?;
        }
        whole.extend(rest);
        unknowns.dedup();
        Ok(whole)
    }
}

/// curl's own limit, which holds on the way too.
fn short(expansion: &[u8]) -> Result<(), Fault> {
    if expansion.len() > limit::EXPANSION {
        return Err(Fault::new("expected a shorter expansion of variables"));
    }
    Ok(())
}

fn find(text: &[u8], what: &[u8]) -> Option<usize> {
    text.windows(what.len()).position(|window| window == what)
}

/// `FILE;[start-end]`, where the end may be missing.
fn byte_range(text: &[u8]) -> VariableFile {
    let whole = VariableFile { name: text.to_vec(), start: 0, end: usize::MAX };
    let Some(at) = find(text, b";[") else { return whole };
    let (name, range) = text.split_at_checked(at).unwrap_or((text, &[]));
    let range = range.get(2..).and_then(|range| range.strip_suffix(b"]"));
    let Some((start, end)) = range
        .and_then(|range| std::str::from_utf8(range).ok())
        .and_then(|range| range.split_once('-'))
    else {
        return whole;
    };
    match (start.parse(), end.is_empty(), end.parse()) {
        (Ok(start), true, _) => VariableFile { name: name.to_vec(), start, end: usize::MAX },
        (Ok(start), false, Ok(end)) => VariableFile { name: name.to_vec(), start, end },
        _ => whole,
    }
}

fn apply(function: &[u8], value: &[u8]) -> Result<Vec<u8>, Fault> {
    Ok(match function {
        b"trim" => value.trim_ascii().to_vec(),
        b"url" => data::escape(value, false),
        b"b64" => STANDARD.encode(value).into_bytes(),
        b"64dec" => STANDARD.decode(value).unwrap_or_else(|_| b"[64dec-fail]".to_vec()),
        b"json" => {
            let text = String::from_utf8_lossy(value);
            let quoted = serde_json::to_string(&text).unwrap_or_default();
            quoted.trim_start_matches('"').strip_suffix('"').unwrap_or_default().as_bytes().to_vec()
        }
        _ => return Err(Fault::new("expected the function trim, json, url, b64 or 64dec")),
    })
}

#[cfg(test)]
mod tests {
    use super::Variables;

    #[test]
    fn expands_names_and_functions() {
        let mut variables = Variables::default();
        let mut unknowns = Vec::new();
        assert!(variables.set(b"a= x y ", &mut unknowns).is_none());
        assert!(variables.set(b"a-b=skipped", &mut unknowns).is_none());
        for (text, meant) in [
            ("{{a}}!", " x y !"),
            ("<{{a:trim}}>", "<x y>"),
            ("{{a:trim:url}}", "x%20y"),
            ("{{a:trim:b64}}", "eCB5"),
            ("{{a:b64:64dec}}", " x y "),
            (r"\{{a}} {{b}}{{a!}} {{a", "{{a}} {{a!}} {{a"),
        ] {
            let expanded = variables.expand(text.as_bytes(), &mut unknowns).unwrap();
            assert_eq!(String::from_utf8(expanded).unwrap(), meant, "{text}");
        }
        assert!(variables.expand(b"{{a:upper}}", &mut unknowns).is_err());
        let grown = format!("{{{{a{}}}}}", ":b64".repeat(80));
        assert!(variables.expand(grown.as_bytes(), &mut unknowns).is_err());
        assert!(unknowns.is_empty());
    }

    #[test]
    fn quotes_for_json() {
        let mut variables = Variables::default();
        variables.keep(b"a".to_vec(), b"\"x\"\n".to_vec());
        assert_eq!(variables.expand(b"{{a:json}}", &mut Vec::new()).unwrap(), br#"\"x\"\n"#);
    }

    #[test]
    fn an_import_is_not_known() {
        let mut variables = Variables::default();
        let mut unknowns = Vec::new();
        variables.set(b"%TOKEN=none", &mut unknowns);
        assert_eq!(unknowns.len(), 1);
        assert_eq!(variables.expand(b"{{TOKEN}}", &mut unknowns).unwrap(), b"none");
    }

    #[test]
    fn a_file_can_be_cut() {
        let mut variables = Variables::default();
        let (_, file) = variables.set(b"a@f;[1-2]", &mut Vec::new()).unwrap();
        assert_eq!((file.name.as_slice(), file.part(b"abcd")), (&b"f"[..], b"bc".to_vec()));
    }
}

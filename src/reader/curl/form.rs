//! Forms of `-F` and `--form-string` as multipart bodies.
//!
//! The argument's grammar is that of curl's `src/tool_formparse.c`, the headers of a part those of
//! `lib/mime.c`. curl draws a boundary for every run; here it is always the same, and a note says so.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::super::{Fault, limit};
use super::operation::Parser;
use super::options::{Effect, Opt};

/// A form as it is put together.
#[derive(Clone, Debug, Default)]
pub(super) struct Form {
    parts: Vec<Part>,
    /// Groups that `=(` opened and `=)` did not close yet.
    open: Vec<Part>,
}

/// One part of a form.
#[derive(Clone, Debug, Default)]
struct Part {
    name: Option<Vec<u8>>,
    file_name: Option<Vec<u8>>,
    /// The file its content came from, whose ending tells a content type.
    path: Option<Vec<u8>>,
    content_type: Option<Vec<u8>>,
    encoder: Option<Vec<u8>>,
    headers: Vec<Vec<u8>>,
    content: Vec<u8>,
    /// Parts inside, for a group.
    parts: Option<Vec<Part>>,
}

impl Form {
    pub(super) fn is_empty(&self) -> bool {
        self.parts.is_empty() && self.open.is_empty()
    }

    fn add(&mut self, part: Part) {
        let parts = match self.open.last_mut() {
            Some(group) => group.parts.get_or_insert_default(),
            None => &mut self.parts,
        };
        parts.push(part);
    }

    /// The body and the value of its Content-Type header, `custom` when a header gave one.
    pub(super) fn render(mut self, custom: Option<&[u8]>, escape: bool) -> (Vec<u8>, Vec<u8>) {
        while let Some(group) = self.open.pop() {
            self.add(group);
        }
        let kind = custom.unwrap_or(b"multipart/form-data");
        let mut writer = Writer { boundaries: 0, escape, body: Vec::new() };
        let boundary = writer.boundary();
        writer.multipart(&self.parts, &boundary, kind);
        (writer.body, [kind, b"; boundary=", &boundary].concat())
    }
}

/// Reads one `-F` or `--form-string`.
pub(super) fn argument(
    parser: &mut Parser<'_, '_>,
    opt: &'static Opt,
    text: &[u8],
) -> Result<(), Fault> {
    let at = text
        .iter()
        .position(|&byte| byte == b'=')
        .ok_or_else(|| Fault::new(format!("expected NAME=CONTENT after `--{}`", opt.name)))?;
    let (name, rest) = text.split_at_checked(at).unwrap_or((text, &[]));
    let rest = rest.get(1..).unwrap_or_default();
    let name = (!name.is_empty()).then(|| name.to_vec());
    let literal = opt.effect == Effect::FormString;
    let mut scan = Scan { rest, end: None };
    match rest.first() {
        _ if literal => {
            parser.operation().form.add(Part { name, content: rest.to_vec(), ..Part::default() });
        }
        Some(b'(') => {
            let (_, part) = scan.part(parser, opt)?;
            let form = &mut parser.operation().form;
            form.open.push(Part { name, parts: Some(Vec::new()), file_name: None, ..part });
            if form.open.len() > limit::FORM_DEPTH {
                return Err(Fault::new(format!(
                    "expected at most {} nested groups",
                    limit::FORM_DEPTH
                )));
            }
        }
        Some(b')') if name.is_none() && rest.len() == 1 => {
            let form = &mut parser.operation().form;
            let group = form.open.pop().ok_or_else(|| Fault::new("expected `=(` before `=)`"))?;
            form.add(group);
        }
        Some(b'@') => {
            scan.end = Some(b',');
            let mut parts = Vec::new();
            loop {
                // Behind the `@`, or behind the comma.
                scan.rest = scan.rest.get(1..).unwrap_or_default();
                let (data, mut part) = scan.part(parser, opt)?;
                part.content = parser.load(opt, &data)?.unwrap_or_default();
                let base = data.rsplit(|&byte| byte == b'/').next().unwrap_or_default();
                part.file_name = part.file_name.or_else(|| Some(base.to_vec()));
                part.path = Some(data);
                parts.push(part);
                if scan.rest.is_empty() {
                    break;
                }
            }
            let part = match parts.len() {
                1 => Part { name, ..parts.pop().unwrap_or_default() },
                _ => Part { name, parts: Some(parts), ..Part::default() },
            };
            parser.operation().form.add(part);
        }
        Some(b'<') => {
            scan.rest = scan.rest.get(1..).unwrap_or_default();
            let (data, mut part) = scan.part(parser, opt)?;
            part.content = parser.load(opt, &data)?.unwrap_or_default();
            part.path = Some(data);
            parser.operation().form.add(Part { name, file_name: None, ..part });
        }
        _ => {
            let (content, part) = scan.part(parser, opt)?;
            parser.operation().form.add(Part { name, content, ..part });
        }
    }
    Ok(())
}

/// A form argument being read; `end` parts several files.
struct Scan<'a> {
    rest: &'a [u8],
    end: Option<u8>,
}

impl Scan<'_> {
    fn skip_blanks(&mut self) {
        self.rest = self.rest.trim_ascii_start();
    }

    fn at_end(&self, byte: u8) -> bool {
        byte == b';' || Some(byte) == self.end
    }

    /// Content or file name, then `;type=`, `;filename=`, `;headers=`, `;encoder=`.
    fn part(&mut self, parser: &mut Parser<'_, '_>, opt: &Opt) -> Result<(Vec<u8>, Part), Fault> {
        let mut part = Part::default();
        self.skip_blanks();
        let data = self.word();
        // Further parameters of a content type belong to it as long as nothing else comes between.
        let mut in_type = false;
        while let Some(rest) = self.rest.strip_prefix(b";") {
            self.rest = rest;
            self.skip_blanks();
            if !in_type && self.eat(b"type=") {
                self.skip_blanks();
                part.content_type = Some(self.plain().trim_ascii_end().to_vec());
                in_type = true;
            } else if self.eat(b"filename=") {
                in_type = false;
                self.skip_blanks();
                part.file_name = Some(self.word());
            } else if self.eat(b"headers=") {
                in_type = false;
                self.headers(parser, opt, &mut part)?;
            } else if self.eat(b"encoder=") {
                in_type = false;
                self.skip_blanks();
                part.encoder = Some(self.word());
            } else if in_type {
                let more = self.plain().trim_ascii_end().to_vec();
                if let Some(kind) = &mut part.content_type {
                    kind.push(b';');
                    kind.extend(more);
                }
            } else {
                self.word();
            }
        }
        encode(parser, &mut part);
        Ok((data, part))
    }

    fn eat(&mut self, prefix: &[u8]) -> bool {
        let found = self.rest.get(..prefix.len()).is_some_and(|s| s.eq_ignore_ascii_case(prefix));
        if found {
            self.rest = self.rest.get(prefix.len()..).unwrap_or_default();
        }
        found
    }

    fn headers(
        &mut self,
        parser: &mut Parser<'_, '_>,
        opt: &Opt,
        part: &mut Part,
    ) -> Result<(), Fault> {
        if !matches!(self.rest.first(), Some(b'@' | b'<')) {
            self.skip_blanks();
            part.headers.push(self.word());
            return Ok(());
        }
        self.rest = self.rest.get(1..).unwrap_or_default();
        self.skip_blanks();
        let name = self.word();
        let lines = parser.load(opt, &name)?.unwrap_or_default();
        for line in lines.split(|&byte| byte == b'\n').map(<[u8]>::trim_ascii_end) {
            if !line.is_empty() && !line.starts_with(b"#") {
                part.headers.push(line.to_vec());
            }
        }
        Ok(())
    }

    /// Everything up to the next separator.
    fn plain(&mut self) -> Vec<u8> {
        let length =
            self.rest.iter().position(|&byte| self.at_end(byte)).unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at_checked(length).unwrap_or((self.rest, &[]));
        let word = word.to_vec();
        self.rest = rest;
        word
    }

    /// A word that may be quoted, with `\"` and `\\` inside; unquoted, blanks at its end are dropped.
    fn word(&mut self) -> Vec<u8> {
        if let Some(quoted) = self.rest.strip_prefix(b"\"") {
            let mut meant = Vec::new();
            let mut rest = quoted;
            while let Some((&byte, after)) = rest.split_first() {
                rest = after;
                match (byte, rest.first()) {
                    (b'\\', Some(&next @ (b'\\' | b'"'))) => {
                        meant.push(next);
                        rest = rest.get(1..).unwrap_or_default();
                    }
                    (b'"', _) => {
                        self.rest = rest;
                        self.plain();
                        return meant;
                    }
                    _ => meant.push(byte),
                }
            }
        }
        self.plain().trim_ascii_end().to_vec()
    }
}

/// Checks the transfer encoding of a part.
fn encode(parser: &mut Parser<'_, '_>, part: &mut Part) {
    let known: [&[u8]; 4] = [b"base64", b"7bit", b"8bit", b"binary"];
    if part.encoder.as_ref().is_some_and(|encoder| !known.contains(&encoder.as_slice())) {
        parser.operation().unknown("the encoding of a form's part");
        part.encoder = None;
    }
}

struct Writer {
    boundaries: u32,
    escape: bool,
    body: Vec<u8>,
}

impl Writer {
    /// As long as curl's: 24 dashes and 16 digits.
    fn boundary(&mut self) -> Vec<u8> {
        self.boundaries += 1;
        format!("{}{:016x}", "-".repeat(24), self.boundaries).into_bytes()
    }

    fn multipart(&mut self, parts: &[Part], boundary: &[u8], kind: &[u8]) {
        let is_form = {
            let main = kind.split(|byte| matches!(byte, b';' | b' ')).next().unwrap_or_default();
            main.eq_ignore_ascii_case(b"multipart/form-data")
        };
        for part in parts {
            self.line(&[b"--", boundary]);
            self.part(part, is_form);
            self.line(&[]);
        }
        self.line(&[b"--", boundary, b"--"]);
    }

    fn line(&mut self, pieces: &[&[u8]]) {
        self.body.extend(pieces.concat());
        self.body.extend(b"\r\n");
    }

    fn part(&mut self, part: &Part, in_form: bool) {
        let quoted = |what: &[u8], text: &Option<Vec<u8>>| match text {
            Some(text) => [b"; ", what, b"=\"", &self.quote(text), b"\""].concat(),
            None => Vec::new(),
        };
        let name = quoted(b"name", &part.name);
        let file = quoted(b"filename", &part.file_name);
        let given = |wanted: &[u8]| {
            part.headers.iter().any(|header| {
                header.get(..wanted.len()).is_some_and(|start| start.eq_ignore_ascii_case(wanted))
            })
        };
        let disposition: &[u8] = if in_form { b"form-data" } else { b"attachment" };
        if !given(b"Content-Disposition:") && (in_form || !name.is_empty() || !file.is_empty()) {
            self.line(&[b"Content-Disposition: ", disposition, &name, &file]);
        }
        let inner = part.parts.as_ref().map(|parts| (parts, self.boundary()));
        let kind = part.content_type.clone().or_else(|| guess(part));
        match (&kind, &inner) {
            (Some(kind), Some((_, boundary))) => {
                self.line(&[b"Content-Type: ", kind, b"; boundary=", boundary]);
            }
            (Some(kind), None) if !given(b"Content-Type:") => {
                self.line(&[b"Content-Type: ", kind]);
            }
            _ => {}
        }
        if let Some(encoder) = &part.encoder {
            self.line(&[b"Content-Transfer-Encoding: ", encoder]);
        }
        for header in &part.headers {
            self.line(&[header]);
        }
        self.line(&[]);
        match inner {
            Some((parts, boundary)) => {
                self.multipart(parts, &boundary, kind.as_deref().unwrap_or_default());
            }
            None if part.encoder.as_deref() == Some(b"base64") => {
                let text = STANDARD.encode(&part.content);
                let lines: Vec<&[u8]> = text.as_bytes().chunks(76).collect();
                self.body.extend(lines.join(&b"\r\n"[..]));
            }
            None => self.body.extend(&part.content),
        }
    }

    /// A name inside quotes: percent-encoded as browsers do, or with backslashes.
    fn quote(&self, text: &[u8]) -> Vec<u8> {
        let mut whole = Vec::with_capacity(text.len());
        for &byte in text {
            match byte {
                b'"' | b'\\' if self.escape => whole.extend([b'\\', byte]),
                b'"' => whole.extend(b"%22"),
                b'\r' if !self.escape => whole.extend(b"%0D"),
                b'\n' if !self.escape => whole.extend(b"%0A"),
                _ => whole.push(byte),
            }
        }
        whole
    }
}

/// The content type that curl tells from a file's ending.
fn guess(part: &Part) -> Option<Vec<u8>> {
    const ENDINGS: &[(&[u8], &[u8])] = &[
        (b".gif", b"image/gif"),
        (b".jpg", b"image/jpeg"),
        (b".jpeg", b"image/jpeg"),
        (b".png", b"image/png"),
        (b".svg", b"image/svg+xml"),
        (b".txt", b"text/plain"),
        (b".htm", b"text/html"),
        (b".html", b"text/html"),
        (b".pdf", b"application/pdf"),
        (b".xml", b"application/xml"),
    ];
    if part.parts.is_some() {
        return Some(b"multipart/mixed".to_vec());
    }
    let by_ending = |name: &Option<Vec<u8>>| {
        let name = name.as_ref()?.to_ascii_lowercase();
        ENDINGS.iter().find(|(ending, _)| name.ends_with(ending)).map(|(_, kind)| kind.to_vec())
    };
    let kind = by_ending(&part.file_name).or_else(|| by_ending(&part.path));
    match (kind, &part.file_name, &part.path) {
        // Plain text is what a part without a file is anyway.
        (Some(kind), None, _) if kind == b"text/plain" => None,
        (None, Some(_), Some(_)) => Some(b"application/octet-stream".to_vec()),
        (kind, _, _) => kind,
    }
}

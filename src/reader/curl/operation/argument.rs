//! Options with an argument: what each puts into the operation, and the files they name.

use super::super::super::Fault;
use super::super::super::load::Refusal;
use super::super::options::{Effect, Opt};
use super::super::words::{Stdin, Word};
use super::super::{config, data, form, glob};
use super::{Parser, Upload};
use crate::reader::limit;

impl Parser<'_, '_> {
    pub(super) fn text(&mut self, opt: &'static Opt, word: &Word) -> Result<(), Fault> {
        let text = word.text.clone();
        match opt.effect {
            Effect::Url => return self.url_argument(opt, word),
            Effect::UrlQuery
            | Effect::Data
            | Effect::DataRaw
            | Effect::DataBinary
            | Effect::Json
            | Effect::DataUrlencode => return self.data(opt, &text),
            Effect::Header => return self.header(opt, text),
            Effect::EtagCompare => {
                let etag = self.load(opt, &text)?;
                self.operation().etag = etag;
                return Ok(());
            }
            Effect::Config => return self.config(opt, &text),
            Effect::Variable => return self.variable(opt, &text),
            Effect::Form | Effect::FormString => {
                if self.operation().head {
                    return Err(data::two_methods());
                }
                return form::argument(self, opt, &text);
            }
            _ => {}
        }
        let operation = self.operation();
        match opt.effect {
            Effect::Upload => operation.upload_names.push((opt, text)),
            Effect::Request | Effect::RequestTarget if text.is_empty() => return Err(empty(opt)),
            Effect::Request => operation.method = Some(text),
            Effect::RequestTarget => operation.target = Some(text),
            Effect::User => operation.user = Some(text),
            Effect::Bearer => {
                operation.bearer = Some(text);
                operation.auth.bearer = true;
            }
            Effect::Cookie => data::cookie(operation, text),
            Effect::Referer => {
                operation.referer =
                    text.strip_suffix(b";auto").map_or_else(|| text.clone(), <[u8]>::to_vec);
            }
            Effect::UserAgent => operation.agent = Some(text),
            Effect::Range => operation.range = Some(data::range(text)),
            Effect::ContinueAt if text == b"-" => {
                operation.unknown("the size of the file that `--continue-at -` goes on with");
            }
            Effect::ContinueAt => operation.resume = Some(text),
            Effect::TimeCondition => operation.condition = Some(text),
            Effect::ProtoDefault => operation.scheme = Some(text.to_ascii_lowercase()),
            Effect::Proxy if text.is_empty() => {}
            Effect::Proxy => operation.unknown("what the proxy makes of the request"),
            Effect::NetrcFile => {
                operation.unknown("the user and password that a netrc file may hold");
            }
            Effect::AwsSigv4 => {
                operation.auth.other = true;
                operation.unknown("the signature that `--aws-sigv4` makes of the time");
            }
            _ => {}
        }
        Ok(())
    }

    fn url_argument(&mut self, opt: &'static Opt, word: &Word) -> Result<(), Fault> {
        let Some(name) = word.text.strip_prefix(b"@") else { return self.url(word) };
        // A list of URLs in a file, since curl 8.13.
        if let Some(list) = self.load(opt, name)? {
            for line in list.split(|&byte| byte == b'\n').map(<[u8]>::trim_ascii) {
                if !line.is_empty() && !line.starts_with(b"#") {
                    self.operation().glob_off = true;
                    self.url(&Word { text: line.to_vec(), ..word.clone() })?;
                }
            }
        }
        Ok(())
    }

    fn data(&mut self, opt: &'static Opt, text: &[u8]) -> Result<(), Fault> {
        let piece = match opt.effect {
            Effect::DataUrlencode => self.url_encoded(opt, text)?,
            Effect::UrlQuery => match text.strip_prefix(b"+") {
                Some(raw) => raw.to_vec(),
                None => self.url_encoded(opt, text)?,
            },
            Effect::DataRaw => text.to_vec(),
            effect => match text.strip_prefix(b"@") {
                Some(name) => {
                    let mut loaded = self.load(opt, name)?.unwrap_or_default();
                    if effect == Effect::Data {
                        loaded.retain(|byte| !matches!(byte, b'\r' | b'\n' | 0));
                    }
                    loaded
                }
                None => text.to_vec(),
            },
        };
        let operation = self.operation();
        operation.json |= opt.effect == Effect::Json;
        let whole =
            if opt.effect == Effect::UrlQuery { &mut operation.query } else { &mut operation.data };
        match whole {
            Some(whole) => {
                if opt.effect != Effect::Json {
                    whole.push(b'&');
                }
                whole.extend(piece);
            }
            None => *whole = Some(piece),
        }
        Ok(())
    }

    /// The five forms of `--data-urlencode`: `content`, `=content`, `name=content`, `@file`,
    /// `name@file`.
    fn url_encoded(&mut self, opt: &'static Opt, text: &[u8]) -> Result<Vec<u8>, Fault> {
        let find = |wanted: u8| text.iter().position(|&byte| byte == wanted);
        let (name, content) = match (find(b'='), find(b'@')) {
            (Some(at), _) => (text.get(..at), text.get(at + 1..).unwrap_or_default().to_vec()),
            (None, Some(at)) => {
                let file = text.get(at + 1..).unwrap_or_default();
                (text.get(..at), self.load(opt, file)?.unwrap_or_default())
            }
            (None, None) => (None, text.to_vec()),
        };
        let mut whole = name.unwrap_or_default().to_vec();
        if !whole.is_empty() {
            whole.push(b'=');
        }
        whole.extend(data::escape(&content, true));
        Ok(whole)
    }

    /// Loads what `-T` named, once it is known whether names are globbed.
    pub(super) fn uploads(&mut self) {
        self.operation().upload_fault = self.load_uploads().err();
    }

    fn load_uploads(&mut self) -> Result<(), Fault> {
        for (opt, text) in std::mem::take(&mut self.operation().upload_names) {
            let names = match text.as_slice() {
                b"" => Vec::new(),
                _ if self.operation().glob_off => vec![text],
                _ => glob::expand(&text)?,
            };
            let mut files = Upload::new();
            for name in names {
                let content = self.load(opt, if name == b"." { b"-" } else { &name })?;
                files.push((name, content));
            }
            self.operation().uploads.push(files);
        }
        Ok(())
    }

    fn header(&mut self, opt: &'static Opt, text: Vec<u8>) -> Result<(), Fault> {
        let Some(name) = text.strip_prefix(b"@") else {
            self.operation().headers.push(text);
            return self.few_headers();
        };
        let lines = self.load(opt, name)?.unwrap_or_default();
        for line in lines.split(|&byte| byte == b'\n') {
            let line = line.strip_suffix(b"\r").unwrap_or(line);
            if !line.is_empty() && !line.starts_with(b"#") {
                self.operation().headers.push(line.to_vec());
                self.few_headers()?;
            }
        }
        Ok(())
    }

    fn few_headers(&mut self) -> Result<(), Fault> {
        if self.operation().headers.len() > limit::HEADERS {
            return Err(Fault::new(format!("expected at most {} headers", limit::HEADERS)));
        }
        Ok(())
    }

    fn config(&mut self, opt: &'static Opt, name: &[u8]) -> Result<(), Fault> {
        let Some(depth) = self.depth.checked_sub(1) else {
            return Err(Fault::new(format!(
                "expected at most {} config files inside each other",
                limit::CONFIG_DEPTH
            )));
        };
        let Some(text) = self.load(opt, name)? else { return Ok(()) };
        self.depth = depth;
        config::read(&text, self)?;
        self.depth += 1;
        Ok(())
    }

    fn variable(&mut self, opt: &'static Opt, text: &[u8]) -> Result<(), Fault> {
        let mut unknowns = Vec::new();
        if let Some((name, file)) = self.variables.set(text, &mut unknowns) {
            let content = self.load(opt, &file.name)?.unwrap_or_default();
            self.variables.keep(name, file.part(&content));
        }
        for unknown in unknowns {
            self.operation().unknown(unknown);
        }
        Ok(())
    }

    /// Loads a file for an option. Without permission the request cannot be judged and `None` stands
    /// for what is not known.
    pub(in super::super) fn load(
        &mut self,
        opt: &Opt,
        name: &[u8],
    ) -> Result<Option<Vec<u8>>, Fault> {
        let (name, known) = match (&self.command.stdin, name) {
            (Stdin::Text(word), b"-") => (b"-".to_vec(), Some(word.clone())),
            (Stdin::File(word), b"-") => (word.text.clone(), None),
            _ => (name.to_vec(), None),
        };
        if let Some(word) = known {
            for unknown in word.unknowns {
                self.operation().unknown(unknown);
            }
            self.take_room(word.text.len())?;
            return Ok(Some(word.text));
        }
        match (self.load)(&String::from_utf8_lossy(&name)) {
            Ok(bytes) => {
                self.take_room(bytes.len().max(limit::FILE))?;
                Ok(Some(bytes))
            }
            Err(Refusal::NotAllowed) => {
                let what = if name == b"-" { "standard input" } else { "a file" };
                self.operation().unknown(format!("{what} that `--{}` names", opt.name));
                Ok(None)
            }
            Err(Refusal::Failed(reason)) => Err(Fault::new(format!("`--{}`: {reason}", opt.name))),
        }
    }
}

fn empty(opt: &Opt) -> Fault {
    Fault::new(format!("expected an argument of `--{}` that is not empty", opt.name))
}

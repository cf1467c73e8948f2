//! Verdicts to bytes, one after the other, so that a long batch needs no memory.

mod people;

use std::io::{self, Write};

use serde::Serialize;

use super::row::write_csv;
use super::{Format, Layout};
use crate::verify::{Redirect, Response, Source, Verdict};

/// How much of a verdict is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Detail {
    /// What decided, and what would change it.
    #[default]
    Decisive,
    /// Every step.
    Steps,
    /// Only what the client would see.
    Client,
}

/// Writes verdicts in one form.
pub(crate) struct VerdictWriter<'a> {
    layout: Layout,
    detail: Detail,
    out: &'a mut dyn Write,
    written: u64,
}

impl<'a> VerdictWriter<'a> {
    /// A writer that has written nothing yet.
    pub(crate) fn new(layout: Layout, detail: Detail, out: &'a mut dyn Write) -> Self {
        Self { layout, detail, out, written: 0 }
    }

    /// Writes one verdict.
    pub(crate) fn write(&mut self, verdict: &Verdict) -> io::Result<()> {
        let first = self.written == 0;
        self.written += 1;
        match self.layout.format {
            Format::Table => {
                if !first {
                    writeln!(self.out)?;
                }
                people::write(verdict, self.detail, self.layout, self.out)
            }
            Format::Json => {
                self.out.write_all(if first { b"[\n" } else { b",\n" })?;
                self.write_json(verdict)
            }
            Format::Jsonl => {
                self.write_json(verdict)?;
                self.out.write_all(b"\n")
            }
            Format::Csv => self.write_csv(verdict, first),
        }
    }

    /// Hands over what was written.
    pub(crate) fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }

    /// Ends what was begun. A batch without requests is an empty array.
    pub(crate) fn finish(self) -> io::Result<()> {
        match self.layout.format {
            Format::Json if self.written == 0 => writeln!(self.out, "[]"),
            Format::Json => self.out.write_all(b"\n]\n"),
            Format::Table | Format::Jsonl | Format::Csv => Ok(()),
        }
    }

    fn write_json(&mut self, verdict: &Verdict) -> io::Result<()> {
        if self.detail == Detail::Client {
            serde_json::to_writer(&mut *self.out, &ClientView::of(verdict))?;
        } else {
            serde_json::to_writer(&mut *self.out, verdict)?;
        }
        Ok(())
    }

    fn write_csv(&mut self, verdict: &Verdict, first: bool) -> io::Result<()> {
        if first {
            write_csv(&mut *self.out, CSV_COLUMNS)?;
        }
        write_csv(&mut *self.out, csv_cells(verdict))
    }
}

/// What the client sees, as JSON.
#[derive(Serialize)]
struct ClientView<'a> {
    id: Option<&'a str>,
    response: Option<&'a Response>,
    redirect: Option<&'a Redirect>,
    source: &'a Source,
}

impl<'a> ClientView<'a> {
    fn of(verdict: &'a Verdict) -> Self {
        Self {
            id: verdict.id.as_deref(),
            response: verdict.response.as_ref(),
            redirect: verdict.redirect.as_ref(),
            source: &verdict.source,
        }
    }
}

/// The columns of a verdict as CSV: the flat fields of its JSON.
const CSV_COLUMNS: [&str; 15] = [
    "id",
    "system",
    "decision",
    "reason",
    "flow",
    "type",
    "key_id",
    "user",
    "user_id",
    "contact_id",
    "session",
    "status",
    "message",
    "file",
    "line",
];

fn csv_cells(verdict: &Verdict) -> [String; 15] {
    let credential = verdict.credential.as_ref();
    let principal = verdict.principal.as_ref();
    [
        verdict.id.clone().unwrap_or_default(),
        word(&verdict.system),
        word(&verdict.decision),
        verdict.reason.to_string(),
        verdict.flow.clone().unwrap_or_default(),
        credential.map(|credential| credential.kind.clone()).unwrap_or_default(),
        number(credential.and_then(|credential| credential.key_id)),
        principal.and_then(|principal| principal.user.clone()).unwrap_or_default(),
        number(principal.and_then(|principal| principal.user_id)),
        number(principal.and_then(|principal| principal.contact_id)),
        verdict.session.to_string(),
        status(verdict).map(|status| status.to_string()).unwrap_or_default(),
        message(verdict).unwrap_or_default(),
        verdict.source.file.clone(),
        number(verdict.source.line.or(verdict.source.entry)),
    ]
}

/// The word that JSON has for an enum; empty for none.
fn word(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}

fn number<N: ToString>(value: Option<N>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

/// The status on the wire, where there is one.
fn status(verdict: &Verdict) -> Option<u16> {
    match &verdict.response {
        Some(Response::Http(http)) => Some(http.status),
        Some(Response::Exception { .. }) | None => None,
    }
}

/// The sentence in the answer, without what the protocol puts around it.
fn message(verdict: &Verdict) -> Option<String> {
    match verdict.response.as_ref()? {
        Response::Exception { message, .. } => Some(message.clone()),
        Response::Http(http) => {
            if let Some(drupal) = &http.drupal
                && let Some(text) = drupal.description.as_ref().or(drupal.message.as_ref())
            {
                return Some(text.clone());
            }
            let body = http.body.as_deref()?;
            let in_json = serde_json::from_str::<serde_json::Value>(body).ok().and_then(|json| {
                json.get("error_message").and_then(|text| text.as_str()).map(str::to_owned)
            });
            let prefix = format!("HTTP {} ", http.status);
            Some(in_json.unwrap_or_else(|| body.strip_prefix(&prefix).unwrap_or(body).to_owned()))
        }
    }
}

#[cfg(test)]
mod tests;

//! Verdicts to bytes, one after the other, so that a long batch needs no memory.

mod people;

use std::io::{self, Write};

use serde::Serialize;

use super::row::write_csv;
use super::{Format, Layout};
use crate::verify::{Decision, Redirect, Response, Source, Verdict};

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

/// A form of verdicts. Each can be written by itself, on any thread, and put behind the others later.
#[derive(Clone, Copy, Debug)]
pub(crate) struct VerdictForm {
    layout: Layout,
    detail: Detail,
}

impl VerdictForm {
    /// A form.
    pub(crate) fn new(layout: Layout, detail: Detail) -> Self {
        Self { layout, detail }
    }

    /// Whether verdicts are JSON.
    pub(crate) fn is_json(self) -> bool {
        matches!(self.layout.format, Format::Json | Format::Jsonl)
    }

    /// Writes one verdict as it stands behind another one.
    pub(crate) fn write(self, verdict: &Verdict, out: &mut Vec<u8>) -> io::Result<()> {
        out.extend_from_slice(self.separator());
        match self.layout.format {
            Format::Table => people::write(verdict, self.detail, self.layout, out),
            Format::Json => self.write_json(verdict, out),
            Format::Jsonl => {
                self.write_json(verdict, out)?;
                out.push(b'\n');
                Ok(())
            }
            Format::Csv => write_csv(out, csv_cells(verdict)),
        }
    }

    /// What stands between two verdicts.
    fn separator(self) -> &'static [u8] {
        match self.layout.format {
            Format::Table => b"\n",
            Format::Json => b",\n",
            Format::Jsonl | Format::Csv => b"",
        }
    }

    fn write_json(self, verdict: &Verdict, out: &mut Vec<u8>) -> io::Result<()> {
        if self.detail == Detail::Client {
            serde_json::to_writer(out, &ClientView::of(verdict))?;
        } else {
            serde_json::to_writer(out, verdict)?;
        }
        Ok(())
    }
}

/// Puts verdicts of one form together.
pub(crate) struct VerdictWriter<'a> {
    form: VerdictForm,
    out: &'a mut dyn Write,
    begun: bool,
}

impl<'a> VerdictWriter<'a> {
    /// A writer that has written nothing yet.
    pub(crate) fn new(form: VerdictForm, out: &'a mut dyn Write) -> Self {
        Self { form, out, begun: false }
    }

    /// Adds verdicts that [`VerdictForm::write`] wrote, and hands all over.
    pub(crate) fn push(&mut self, mut written: &[u8]) -> io::Result<()> {
        if !self.begun && !written.is_empty() {
            self.begun = true;
            written = written.strip_prefix(self.form.separator()).unwrap_or(written);
            match self.form.layout.format {
                Format::Json => self.out.write_all(b"[\n")?,
                Format::Csv => write_csv(&mut *self.out, CSV_COLUMNS)?,
                Format::Table | Format::Jsonl => {}
            }
        }
        self.out.write_all(written)?;
        self.out.flush()
    }

    /// Ends what was begun. A batch without requests is an empty array.
    pub(crate) fn finish(self) -> io::Result<()> {
        match self.form.layout.format {
            Format::Json if self.begun => self.out.write_all(b"\n]\n"),
            Format::Json => self.out.write_all(b"[]\n"),
            Format::Table | Format::Jsonl | Format::Csv => Ok(()),
        }
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
        verdict.status().map(|status| status.to_string()).unwrap_or_default(),
        sentence(verdict).unwrap_or_default(),
        verdict.source.file.to_string(),
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

/// The site's own sentence; where it has none, what was seen by the check that refused or does not know.
fn sentence(verdict: &Verdict) -> Option<String> {
    let decided = || {
        let refused = matches!(verdict.decision, Decision::Deny | Decision::Indeterminate);
        let mut steps = verdict.steps.iter().rev().filter(|_| refused);
        steps.find(|step| step.code == verdict.reason).map(|step| step.observed.clone())
    };
    message(verdict).or_else(decided)
}

/// The sentence in the answer, without what the protocol puts around it.
fn message(verdict: &Verdict) -> Option<String> {
    match verdict.response.as_ref()? {
        Response::Exception { message, .. } => Some(message.clone()),
        Response::Http(http) => {
            if let Some(drupal) = &http.drupal {
                let told = match (&drupal.error, &drupal.description, &drupal.message) {
                    (Some(error), Some(text), _) => Some(format!("{error}: {text}")),
                    (None, Some(text), _) | (_, None, Some(text)) => Some(text.clone()),
                    (error, None, None) => error.clone(),
                };
                if told.is_some() {
                    return told;
                }
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

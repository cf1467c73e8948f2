//! The forms of a test report, as `--format` takes them.

use crate::output::{Form, Format, Protocol};

/// A form of a test report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum TestForm {
    /// Text for people
    Table,
    /// One JSON object
    Json,
    /// One JSON object a case
    Jsonl,
    /// Comma-separated values with a header
    Csv,
    /// The Test Anything Protocol, version 14
    Tap,
    /// `JUnit`'s XML, as build servers read it
    Junit,
}

impl TestForm {
    /// The form that is meant.
    pub(super) fn form(self) -> Form {
        match self {
            Self::Table => Form::Rows(Format::Table),
            Self::Json => Form::Rows(Format::Json),
            Self::Jsonl => Form::Rows(Format::Jsonl),
            Self::Csv => Form::Rows(Format::Csv),
            Self::Tap => Form::Report(Protocol::Tap),
            Self::Junit => Form::Report(Protocol::Junit),
        }
    }
}

//! Rows and verdicts to bytes: a table for people, and JSON, JSON lines or CSV for programs.
//!
//! Nothing is looked up or decided here, and nothing here knows a store or a command. Secrets never
//! arrive: whoever prints one does so by itself, alone.

mod paint;
mod report;
mod request;
mod row;
mod table;
mod verdict;
mod visible;

use clap::builder::{EnumValueParser, TypedValueParser};

pub(crate) use paint::Paint;
pub(crate) use report::{CaseReport, Coverage, PartReport, Protocol, Report};
pub(crate) use request::RequestWriter;
pub(crate) use row::{Column, ListWriter, Row, write, write_records};
pub(crate) use verdict::{Detail, VerdictForm, VerdictWriter};
pub(crate) use visible::visible;

/// The forms of an answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Format {
    /// Text for people
    #[default]
    Table,
    /// One JSON array
    Json,
    /// One JSON object a line
    Jsonl,
    /// Comma-separated values with a header
    Csv,
}

/// A form as `--format` names it: one that every answer has, or one of test reports alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// A form of every answer.
    Rows(Format),
    /// A form of test reports.
    Report(Protocol),
}

impl Form {
    /// Takes the forms of every answer.
    pub(crate) fn parser() -> impl TypedValueParser<Value = Self> {
        EnumValueParser::<Format>::new().map(Self::Rows)
    }
}

impl Default for Form {
    fn default() -> Self {
        Self::Rows(Format::default())
    }
}

/// How text for people is laid out.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Layout {
    /// The form of the answer.
    pub(crate) format: Format,
    /// Columns of the terminal; 80 where there is none.
    pub(crate) width: u16,
    /// Colours, or none.
    pub(crate) paint: Paint,
}

impl Layout {
    /// Whether the answer is for people.
    pub(crate) fn is_table(self) -> bool {
        self.format == Format::Table
    }
}

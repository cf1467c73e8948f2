//! Rows and verdicts to bytes: a table for people, and JSON, JSON lines or CSV for programs.
//!
//! Nothing is looked up or decided here, and nothing here knows a store or a command. Secrets never
//! arrive: whoever prints one does so by itself, alone.

mod paint;
mod request;
mod row;
mod verdict;
mod visible;

pub(crate) use paint::Paint;
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

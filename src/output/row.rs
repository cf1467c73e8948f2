//! Lists: one type a list, written in the form that was asked for.

use std::io::{self, Write};

use comfy_table::presets::NOTHING;
use comfy_table::{Attribute, Cell, ColumnConstraint, ContentArrangement, ContentLineStyle, Table};
use serde::Serialize;

use super::{Format, Layout, visible};

/// One line of a list. The names of the columns are the keys of the JSON objects too.
pub(crate) trait Row: Serialize {
    /// The columns, in the order of the struct's fields.
    const COLUMNS: &'static [Column];

    /// The cells, one a column; an absent value is empty.
    fn cells(&self) -> Vec<String>;
}

/// A column of a list.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Column {
    name: &'static str,
    whole: bool,
}

impl Column {
    /// A column of text that may be wrapped where the table would be too wide.
    pub(crate) const fn text(name: &'static str) -> Self {
        Self { name, whole: false }
    }

    /// A column of ids, times or words, which are never broken.
    pub(crate) const fn whole(name: &'static str) -> Self {
        Self { name, whole: true }
    }
}

/// Writes a list.
pub(crate) fn write<R: Row>(layout: Layout, rows: &[R], out: &mut dyn Write) -> io::Result<()> {
    match layout.format {
        Format::Table => write_table(layout, rows, out),
        Format::Json => {
            serde_json::to_writer_pretty(&mut *out, rows)?;
            writeln!(out)
        }
        Format::Jsonl => rows.iter().try_for_each(|row| {
            serde_json::to_writer(&mut *out, row)?;
            writeln!(out)
        }),
        Format::Csv => {
            let mut csv = csv::Writer::from_writer(out);
            csv.write_record(R::COLUMNS.iter().map(|column| column.name)).map_err(io_error)?;
            for row in rows {
                csv.write_record(row.cells()).map_err(io_error)?;
            }
            csv.flush()
        }
    }
}

/// The error below csv's, so that a closed pipe is still known as one.
pub(super) fn io_error(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

/// A table without borders; an empty list writes nothing.
fn write_table<R: Row>(layout: Layout, rows: &[R], out: &mut dyn Write) -> io::Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    let mut table = Table::new();
    table
        .load_style(
            NOTHING
                .header_lines(ContentLineStyle::none().junction(' '))
                .content_lines(ContentLineStyle::none().junction(' ')),
        )
        .force_no_tty()
        .set_width(layout.width)
        .set_content_arrangement(ContentArrangement::Dynamic);
    table.set_header(R::COLUMNS.iter().map(|column| {
        let cell = Cell::new(column.name.to_uppercase().replace('_', " "));
        if layout.paint.is_on() { cell.add_attribute(Attribute::Bold) } else { cell }
    }));
    if layout.paint.is_on() {
        table.enforce_styling();
    }
    for row in rows {
        table.add_row(row.cells().iter().map(|cell| visible(cell).into_owned()));
    }
    for (place, column) in R::COLUMNS.iter().enumerate() {
        if let Some(shown) = table.column_mut(place) {
            shown.set_padding((0, 1));
            if column.whole {
                shown.set_constraint(ColumnConstraint::ContentWidth);
            }
        }
    }
    table.lines().try_for_each(|line| writeln!(out, "{}", line.trim_end()))
}

#[cfg(test)]
mod tests {
    use super::{Column, Format, Layout, Row, write};
    use crate::output::Paint;

    #[derive(serde::Serialize)]
    struct ThingRow {
        id: i64,
        name: &'static str,
        note: Option<&'static str>,
    }

    impl Row for ThingRow {
        const COLUMNS: &'static [Column] =
            &[Column::whole("id"), Column::text("name"), Column::text("note")];

        fn cells(&self) -> Vec<String> {
            vec![self.id.to_string(), self.name.into(), self.note.unwrap_or_default().into()]
        }
    }

    fn written(format: Format, width: u16, rows: &[ThingRow]) -> String {
        let layout = Layout { format, width, paint: Paint::plain() };
        let mut out = Vec::new();
        write(layout, rows, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    const THINGS: [ThingRow; 2] = [
        ThingRow { id: 1, name: "a,\u{1b}b", note: None },
        ThingRow { id: 1_000_000_001, name: "bob", note: Some("of two words") },
    ];

    #[test]
    fn one_list_has_four_forms() {
        snapbox::assert_data_eq!(
            written(Format::Table, 80, &THINGS),
            snapbox::str![[r#"
ID          NAME       NOTE
1           a,/u{1b}b
1000000001  bob        of two words

"#]]
        );
        snapbox::assert_data_eq!(
            written(Format::Jsonl, 80, &THINGS),
            snapbox::str![[r#"
{"id":1,"name":"a,/u001bb","note":null}
{"id":1000000001,"name":"bob","note":"of two words"}

"#]]
        );
        snapbox::assert_data_eq!(
            written(Format::Csv, 80, &THINGS),
            snapbox::str![[r#"
id,name,note
1,"a,b",
1000000001,bob,of two words

"#]]
        );
        let json: Vec<serde_json::Value> =
            serde_json::from_str(&written(Format::Json, 80, &THINGS)).unwrap();
        assert_eq!(json.len(), 2);
    }

    #[test]
    fn a_narrow_table_wraps_text_and_never_an_id() {
        let table = written(Format::Table, 24, &THINGS);
        assert!(table.contains("1000000001"), "{table}");
        assert!(table.lines().all(|line| line.chars().count() <= 24), "{table}");
    }

    #[test]
    fn an_empty_list_is_no_table_and_still_json() {
        assert_eq!(written(Format::Table, 80, &[]), "");
        assert_eq!(written(Format::Json, 80, &[]), "[]\n");
        assert_eq!(written(Format::Csv, 80, &[]), "id,name,note\n");
    }
}

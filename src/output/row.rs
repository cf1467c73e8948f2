//! Lists: one type a list, written in the form that was asked for.

use std::io::{self, Write};
use std::marker::PhantomData;

use serde::Serialize;

use super::{Format, Layout, table, visible};

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
    pub(super) name: &'static str,
    pub(super) whole: bool,
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

/// Writes a list that is at hand as a whole.
pub(crate) fn write<R: Row>(layout: Layout, rows: &[R], out: &mut dyn Write) -> io::Result<()> {
    let mut list = ListWriter::new(layout, out)?;
    rows.iter().try_for_each(|row| list.push(row))?;
    list.finish()
}

/// Writes a few rows in full: for people a line a column, otherwise as [`write()`] does.
pub(crate) fn write_records<R: Row>(
    layout: Layout,
    rows: &[R],
    out: &mut dyn Write,
) -> io::Result<()> {
    if layout.format != Format::Table {
        return write(layout, rows, out);
    }
    let width = R::COLUMNS.iter().map(|column| column.name.len()).max().unwrap_or_default();
    for (place, row) in rows.iter().enumerate() {
        if place > 0 {
            writeln!(out)?;
        }
        for (column, cell) in R::COLUMNS.iter().zip(row.cells()) {
            let mut name = column.name.replace('_', " ");
            let room = usize::from(layout.width).saturating_sub(width + 2);
            for line in wrapped(&visible(&cell), room) {
                let line = format!("{:<width$}  {line}", layout.paint.strong(&name));
                writeln!(out, "{}", line.trim_end())?;
                name.clear();
            }
        }
    }
    Ok(())
}

/// The text in lines of at most `width` characters, broken at spaces alone: a longer word stays whole.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for (place, word) in text.split(' ').enumerate() {
        match lines.last_mut() {
            Some(line) if place > 0 && line.chars().count() + 1 + word.chars().count() > width => {
                lines.push(word.to_owned());
            }
            Some(line) => line.extend([if place > 0 { " " } else { "" }, word]),
            None => {}
        }
    }
    lines
}

/// Writes a list row by row. Only a table is held until its end, since its columns need all of it.
pub(crate) struct ListWriter<'a, R> {
    form: Form<'a>,
    row: PhantomData<fn(&R)>,
}

enum Form<'a> {
    Table { layout: Layout, rows: Vec<Vec<String>>, out: &'a mut dyn Write },
    Json { first: bool, out: &'a mut dyn Write },
    Jsonl(&'a mut dyn Write),
    Csv(Box<csv::Writer<&'a mut dyn Write>>),
}

impl<'a, R: Row> ListWriter<'a, R> {
    /// A list that is empty yet.
    pub(crate) fn new(layout: Layout, out: &'a mut dyn Write) -> io::Result<Self> {
        let form = match layout.format {
            Format::Table => Form::Table { layout, rows: Vec::new(), out },
            Format::Json => Form::Json { first: true, out },
            Format::Jsonl => Form::Jsonl(out),
            Format::Csv => {
                let mut csv = csv::Writer::from_writer(out);
                csv.write_record(R::COLUMNS.iter().map(|column| column.name)).map_err(io_error)?;
                Form::Csv(Box::new(csv))
            }
        };
        Ok(Self { form, row: PhantomData })
    }

    /// Adds a row.
    pub(crate) fn push(&mut self, row: &R) -> io::Result<()> {
        match &mut self.form {
            Form::Table { rows, .. } => rows.push(row.cells()),
            Form::Json { first, out } => {
                out.write_all(if std::mem::take(first) { b"[\n" } else { b",\n" })?;
                serde_json::to_writer(out, row)?;
            }
            Form::Jsonl(out) => {
                serde_json::to_writer(&mut *out, row)?;
                out.write_all(b"\n")?;
            }
            Form::Csv(csv) => csv.write_record(row.cells()).map_err(io_error)?,
        }
        Ok(())
    }

    /// Ends the list. An empty one is an empty array, a header alone, or no table at all.
    pub(crate) fn finish(self) -> io::Result<()> {
        match self.form {
            Form::Table { layout, rows, out } => table::write::<R>(layout, &rows, out),
            Form::Json { first: true, out } => out.write_all(b"[]\n"),
            Form::Json { first: false, out } => out.write_all(b"\n]\n"),
            Form::Jsonl(_) => Ok(()),
            Form::Csv(mut csv) => csv.flush(),
        }
    }
}

/// Writes one line of CSV.
pub(super) fn write_csv<C: AsRef<[u8]>>(
    out: &mut dyn Write,
    cells: impl IntoIterator<Item = C>,
) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record(cells).map_err(io_error)?;
    csv.flush()
}

/// The error below csv's, so that a closed pipe is still known as one.
fn io_error(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
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
    fn a_word_of_usual_length_is_whole_beside_a_long_name() {
        let digest = "aba1f64c03216f71";
        let name = "a_name_of_far_more_than_the_twenty_four_letters_that_are_kept_whole_in_a_table";
        let rows = [ThingRow { id: 1, name, note: Some(digest) }];
        let table = written(Format::Table, 60, &rows);
        assert!(table.contains(digest), "{table}");
        assert!(table.lines().all(|line| line.chars().count() <= 60), "{table}");
    }

    #[test]
    fn a_table_shows_the_first_digits_of_a_digest_and_csv_all_of_it() {
        let note =
            "sha256: 464165db627e0547246fff8acfc08662c1aea3b98d9884434e4e7bee3d681b0e; count: 2";
        let rows = [ThingRow { id: 1, name: "a", note: Some(note) }];
        let table = written(Format::Table, 80, &rows);
        assert!(table.contains("sha256: 464165db627e…; count: 2"), "{table}");
        assert!(written(Format::Csv, 80, &rows).contains(note));
    }

    #[test]
    fn a_record_is_wrapped_at_spaces_and_never_in_a_word() {
        let name = "https://crm.example.org/civicrm/ajax/api4/Contact/get";
        let rows = [ThingRow { id: 1, name, note: Some("of a few more words than fit in") }];
        let layout = Layout { format: Format::Table, width: 24, paint: Paint::plain() };
        let mut out = Vec::new();
        super::write_records(layout, &rows, &mut out).unwrap();
        snapbox::assert_data_eq!(
            String::from_utf8(out).unwrap(),
            snapbox::str![[r#"
id    1
name  https://crm.example.org/civicrm/ajax/api4/Contact/get
note  of a few more
      words than fit in

"#]]
        );
    }

    #[test]
    fn an_empty_list_is_no_table_and_still_json() {
        assert_eq!(written(Format::Table, 80, &[]), "");
        assert_eq!(written(Format::Json, 80, &[]), "[]\n");
        assert_eq!(written(Format::Csv, 80, &[]), "id,name,note\n");
    }
}

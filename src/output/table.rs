//! A list as a table without borders, as wide as the terminal at most.

use std::io::{self, Write};

use comfy_table::presets::NOTHING;
use comfy_table::{
    Attribute, Cell, ColumnConstraint, ContentArrangement, ContentLineStyle, Table, Width,
};

use super::{Layout, Row, visible};

/// The longest word that a column of text is kept wide enough for, where all of them fit. A longer one, such as
/// a name of fifty letters, is broken in a table that would not fit otherwise.
const WORD: u32 = 24;

/// What stands between two columns: a space behind each, and one more.
const BETWEEN: usize = 2;

/// Writes a table; an empty list writes nothing.
pub(super) fn write<R: Row>(
    layout: Layout,
    rows: &[Vec<String>],
    out: &mut dyn Write,
) -> io::Result<()> {
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
    let rows: Vec<Vec<String>> = rows.iter().map(|row| shown::<R>(row)).collect();
    let least = least_widths::<R>(&rows, usize::from(layout.width));
    table.add_rows(rows);
    let end = R::COLUMNS.len() - 1;
    for (place, column) in R::COLUMNS.iter().enumerate() {
        let Some(shown) = table.column_mut(place) else { continue };
        let behind = u16::from(place < end);
        shown.set_padding((0, behind));
        if column.whole {
            shown.set_constraint(ColumnConstraint::ContentWidth);
        } else if let Some(least) = least.as_ref().and_then(|least| least.get(place)) {
            let least = u16::try_from(*least).unwrap_or(layout.width).saturating_add(behind);
            shown.set_constraint(ColumnConstraint::LowerBoundary(Width::Fixed(least)));
        }
    }
    table.lines().try_for_each(|line| writeln!(out, "{}", line.trim_end()))
}

/// The cells of a row for people. Of a SHA-256 in a text the first digits are shown, so that it stays in one
/// piece; the other forms have all of it.
fn shown<R: Row>(row: &[String]) -> Vec<String> {
    let short = |word: &str| {
        let digest = word.trim_end_matches([' ', ';', ',']);
        let is_digest = digest.len() == 64 && digest.bytes().all(|byte| byte.is_ascii_hexdigit());
        match word.split_at_checked(64).zip(digest.get(..12)).filter(|_| is_digest) {
            Some(((_, rest), digits)) => format!("{digits}…{rest}"),
            None => word.to_owned(),
        }
    };
    let cells = R::COLUMNS.iter().zip(row).map(|(column, cell)| match visible(cell) {
        cell if column.whole => cell.into_owned(),
        cell => cell.split_inclusive(' ').map(short).collect(),
    });
    cells.collect()
}

/// How wide the columns have to be for as few words as possible to be broken, the longest first; nothing where
/// even that has no room.
fn least_widths<R: Row>(rows: &[Vec<String>], room: usize) -> Option<Vec<usize>> {
    let needs: Vec<Need> = R::COLUMNS
        .iter()
        .enumerate()
        .map(|(place, column)| {
            let cells = rows.iter().filter_map(|row| row.get(place)).map(String::as_str);
            if column.whole {
                Need::whole(column.name, cells)
            } else {
                Need::text(column.name, cells)
            }
        })
        .collect();
    let between = BETWEEN * needs.len().saturating_sub(1);
    let widths = |limit| needs.iter().map(move |need| need.within(limit));
    let limit = (0..=WORD).rev().find(|limit| widths(*limit).sum::<usize>() + between <= room)?;
    Some(widths(limit).collect())
}

/// What a column needs at least.
struct Need {
    width: usize,
    /// The lengths of its words that may make it wider, a bit each.
    words: u32,
}

impl Need {
    fn whole<'a>(name: &str, cells: impl Iterator<Item = &'a str>) -> Self {
        let width = cells.map(|cell| cell.chars().count()).max().unwrap_or_default();
        Self { width: width.max(name.len()), words: 0 }
    }

    fn text<'a>(name: &str, cells: impl Iterator<Item = &'a str>) -> Self {
        let lengths = cells.flat_map(|cell| cell.split(' ')).map(|word| word.chars().count());
        let lengths = lengths.filter_map(|length| u32::try_from(length).ok());
        let words =
            lengths.filter(|length| *length <= WORD).fold(0, |words, length| words | 1 << length);
        Self { width: name.len(), words }
    }

    /// The width with every word whole that has at most so many characters.
    fn within(&self, limit: u32) -> usize {
        let words = self.words & ((2 << limit) - 1);
        let longest = words.checked_ilog2().and_then(|longest| usize::try_from(longest).ok());
        self.width.max(longest.unwrap_or_default())
    }
}

//! `authctl check`

use super::progress::Progress;
use crate::cli::{Context, Failure};
use crate::exit::Exit;
use crate::output::{Column, Row};
use crate::store::Finding;

/// Looks the store over; its findings are the answer.
pub(super) fn run(cx: &mut Context<'_>) -> Result<Exit, Failure> {
    let store = cx.open_read()?;
    let progress = Progress::begin(cx, "looking the store over");
    let findings = store.read().check()?;
    drop(progress);
    cx.list(&findings)?;
    if findings.is_empty() {
        cx.report("Nothing is wrong.")?;
        return Ok(Exit::Done);
    }
    Ok(Exit::Integrity)
}

impl Row for Finding {
    const COLUMNS: &'static [Column] = &[Column::whole("check"), Column::text("problem")];

    fn cells(&self) -> Vec<String> {
        vec![self.check.to_owned(), self.problem.clone()]
    }
}

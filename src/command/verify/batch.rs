//! A batch: pieces of requests through as many workers as there is work for, all of one state of the
//! store.

use std::num::NonZero;

use super::pipeline;
use crate::cli::Failure;
use crate::command::input::Pieces;
use crate::reader::Piece;
use crate::store::Store;

/// Works on every piece and hands on the results in order. The first piece is worked on here: most
/// inputs have no other, and need no thread.
pub(super) fn run<R: Send>(
    pieces: &mut Pieces<'_>,
    store: &Store,
    jobs: NonZero<usize>,
    work: impl Fn(&Store, Piece) -> Result<R, Failure> + Sync,
    mut emit: impl FnMut(R) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let Some(first) = pieces.next() else { return Ok(()) };
    emit(work(store, first?)?)?;
    let Some(second) = pieces.next() else { return Ok(()) };
    let mut rest = std::iter::once(second).chain(pieces);
    let stores = if jobs.get() == 1 { Vec::new() } else { several(store, jobs)? };
    if stores.is_empty() {
        return rest.try_for_each(|piece| emit(work(store, piece?)?));
    }
    pipeline::ordered(&mut rest, stores, |store, piece| work(store, piece), emit)
}

/// The store opened once a job. None at all should somebody change it meanwhile: a batch is of one state
/// of the store, and then the one that is open judges alone.
fn several(store: &Store, jobs: NonZero<usize>) -> Result<Vec<Store>, Failure> {
    let head = store.read().audit_head()?;
    let mut stores = Vec::with_capacity(jobs.get());
    for _ in 0..jobs.get() {
        let another = Store::open_read(store.location())?;
        if another.read().audit_head()? != head {
            return Ok(Vec::new());
        }
        stores.push(another);
    }
    Ok(stores)
}

//! A batch: pieces of requests through as many workers as there is work for, all of one state of the
//! store.

use std::num::NonZero;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, OnceLock, PoisonError};
use std::thread;
use std::time::Duration;

use super::judge::{Last, Lookups};
use super::pipeline;
use super::shape::Shapes;
use crate::cli::Failure;
use crate::command::input::Pieces;
use crate::reader::Piece;
use crate::store::{Index, Store};

/// How long a batch of lines is for which the store's keys are worth reading into memory, in bytes: so long at
/// least, and a byte a row, since reading more of them must be paid back by more requests. Where the length is
/// known, they are read from the beginning on; elsewhere so much goes by first.
const LONG: usize = 1 << 20;

/// How long the first piece waits for the keys while they are read; each other waits twice as long as the
/// last, so that verdicts go on and the reading has most of a core nevertheless.
pub(super) const PATIENCE: Duration = Duration::from_millis(20);

/// The patience of who hears nothing before the end. It is for batches that are known to be long.
pub(super) const ENDLESS: Duration = Duration::MAX;

/// A thread's own: the store, what was asked of it last, and what is remembered of requests as the site is
/// and as it is assumed.
pub(super) struct Worker {
    store: Store,
    last: Last,
    /// What it remembers.
    pub(super) shapes: [Shapes; 2],
}

impl Worker {
    fn new(store: Store) -> Self {
        Self { store, last: Last::default(), shapes: Default::default() }
    }
}

/// Works on every piece and hands on the results in order; answers the store again.
///
/// The first piece is worked on here: most inputs have no other, and need no thread. In a long batch the
/// keys are read into memory beside the work, which goes on with the store when it has waited for them.
pub(super) fn run<R: Send>(
    pieces: &mut Pieces<'_>,
    store: Store,
    jobs: NonZero<usize>,
    patience: Duration,
    work: impl Fn(Lookups<'_>, &mut [Shapes; 2], Piece) -> Result<R, Failure> + Sync,
    mut emit: impl FnMut(R) -> Result<(), Failure>,
) -> Result<Store, Failure> {
    let mut own = Worker::new(store);
    let keys = &Keys::default();
    let work = |worker: &mut Worker, piece| {
        let lookups = Lookups { store: &worker.store, last: &worker.last, index: keys.index() };
        work(lookups, &mut worker.shapes, piece)
    };
    let Some(first) = pieces.next() else { return Ok(own.store) };
    emit(work(&mut own, first?)?)?;
    let Some(second) = pieces.next() else { return Ok(own.store) };

    let jobs = if jobs.get() == 1 { 0 } else { jobs.get() };
    let mut others = several(&own.store, jobs + 2)?;
    let loaders = others.pop().zip(others.pop());
    let long = LONG.max(Index::rows(own.store.read())?);
    let is_lines = second.as_ref().is_ok_and(|second| second.size() > 0);
    let known = pieces.bytes().filter(|_| is_lines);
    thread::scope(|scope| {
        let begin = |patience| {
            if let Some((first, second)) = loaders {
                let loading = keys.begin(patience);
                // Where no thread is left the store is asked.
                let _ = thread::Builder::new()
                    .spawn_scoped(scope, move || loading.load([first, second]));
            }
        };
        let begin = match known {
            Some(size) if size < long => None,
            Some(_) => {
                begin(patience);
                None
            }
            None => Some(|| begin(PATIENCE)),
        };
        let pieces = std::iter::once(second).chain(pieces);
        let mut pieces = Measured { pieces, size: 0, long, begin };
        let done = if others.is_empty() {
            pieces.try_for_each(|piece| emit(work(&mut own, piece?)?))
        } else {
            let workers = others.into_iter().map(Worker::new).collect();
            pipeline::ordered(&mut pieces, Piece::memory, workers, work, emit)
        };
        keys.stop.store(true, Ordering::Relaxed);
        done
    })?;
    Ok(own.store)
}

/// The store opened so many times more. None at all should somebody change it meanwhile: a batch is of
/// one state of the store, and then the one that is open judges alone.
fn several(store: &Store, count: usize) -> Result<Vec<Store>, Failure> {
    let head = store.read().audit_head()?;
    let mut stores = Vec::with_capacity(count);
    for _ in 0..count {
        let another = Store::open_read(store.location())?;
        if another.read().audit_head()? != head {
            return Ok(Vec::new());
        }
        stores.push(another);
    }
    Ok(stores)
}

/// Pieces that have something begun when there have been many.
struct Measured<I, F> {
    pieces: I,
    size: usize,
    /// How many bytes are many.
    long: usize,
    begin: Option<F>,
}

impl<I, F> Iterator for Measured<I, F>
where
    I: Iterator<Item = Result<Piece, Failure>>,
    F: FnOnce(),
{
    type Item = Result<Piece, Failure>;

    fn next(&mut self) -> Option<Self::Item> {
        let piece = self.pieces.next()?;
        self.size = self.size.saturating_add(piece.as_ref().map_or(0, Piece::size));
        if self.size >= self.long
            && let Some(begin) = self.begin.take()
        {
            begin();
        }
        Some(piece)
    }
}

/// The keys of the store, once they are in memory.
#[derive(Default)]
struct Keys {
    index: OnceLock<Index>,
    /// How long the next piece waits; `None` when there is nothing to wait for.
    patience: Mutex<Option<Duration>>,
    loaded: Condvar,
    /// Set when nobody needs them any more.
    stop: AtomicBool,
}

impl Keys {
    fn begin(&self, patience: Duration) -> Loading<'_> {
        *self.lock() = Some(patience);
        Loading(self)
    }

    /// The keys; while they are being read, after a moment's patience.
    fn index(&self) -> Option<&Index> {
        if self.index.get().is_none() {
            let mut loading = self.lock();
            if let Some(patience) = &mut *loading {
                let wait = *patience;
                *patience = wait.saturating_mul(2);
                let waited = self.loaded.wait_timeout_while(loading, wait, |left| left.is_some());
                drop(waited.unwrap_or_else(PoisonError::into_inner));
            }
        }
        self.index.get()
    }

    fn lock(&self) -> MutexGuard<'_, Option<Duration>> {
        self.patience.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The keys while they are read. However that ends, nobody waits any longer then.
struct Loading<'k>(&'k Keys);

impl Loading<'_> {
    /// Reads them. A store that cannot be read on is left to the workers, who will say so.
    fn load(&self, stores: [Store; 2]) {
        if let Ok(Some(index)) = Index::load(stores, &self.0.stop) {
            let _ = self.0.index.set(index);
        }
    }
}

impl Drop for Loading<'_> {
    fn drop(&mut self) {
        *self.0.lock() = None;
        self.0.loaded.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::Measured;
    use crate::reader::{Format, nothing, read};

    #[test]
    fn keys_are_read_once_a_batch_is_long_for_the_store() {
        let lines = "{\"url\":\"/\"}\n".repeat(100_000);
        let begun_after = |long| {
            let mut begun = 0;
            let pieces = read(lines.as_bytes(), Format::Jsonl, "f", &mut nothing).map(Ok);
            let mut pieces = Measured { pieces, size: 0, long, begin: Some(|| begun += 1) };
            let mut size = 0;
            while pieces.begin.is_some()
                && let Some(piece) = pieces.next()
            {
                size += piece.unwrap().size();
            }
            drop(pieces);
            (begun, size)
        };
        let (begun, size) = begun_after(500_000);
        assert_eq!(begun, 1);
        assert!((500_000..700_000).contains(&size), "{size}");
        assert_eq!(begun_after(lines.len() + 1), (0, lines.len()));
    }
}

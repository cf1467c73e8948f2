//! Pieces of work on several cores, their results in order, a bounded number of them at a time.
//!
//! One thread reads pieces, workers take them, and the calling thread hands on the results. However long
//! the input is and however slow one piece, only so many are in memory: the reader needs a ticket for
//! each before it is read, more for a large one, which are given back when its result has been handed on.

use std::collections::BTreeMap;
use std::sync::mpsc::{Receiver, SyncSender, channel, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread;

use crate::cli::Failure;

/// How many pieces a worker may be ahead.
const AHEAD: usize = 4;
/// How much memory a ticket stands for.
const TICKET: usize = 1 << 20;

/// Runs every piece through one of the workers; `emit` gets the results in the order of the pieces.
///
/// The first failure, of reading, working or emitting, ends the run.
///
/// `memory` tells how much a piece takes.
pub(super) fn ordered<P: Send, R: Send, W: Send>(
    pieces: &mut (dyn Iterator<Item = Result<P, Failure>> + Send),
    memory: impl Fn(&P) -> usize + Send,
    workers: Vec<W>,
    work: impl Fn(&mut W, P) -> Result<R, Failure> + Sync,
    mut emit: impl FnMut(R) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let (to_workers, taken) = channel::<(Place, Result<P, Failure>)>();
    let taken = Mutex::new(taken);
    thread::scope(|scope| {
        let (done, results) = channel();
        let all = workers.len() * AHEAD;
        let (ticket, tickets) = sync_channel::<()>(all);
        let cost = move |piece: &P| (memory(piece) / TICKET).clamp(1, all);
        scope.spawn(move || read(pieces, cost, &ticket, |piece| to_workers.send(piece).is_ok()));
        let (taken, work) = (&taken, &work);
        for mut worker in workers {
            let done = done.clone();
            scope.spawn(move || {
                // A receiver that has gone means that the run is over.
                while let Ok((place, piece)) = next(taken) {
                    let result = piece.and_then(|piece| work(&mut worker, piece));
                    if done.send((place, result)).is_err() {
                        break;
                    }
                }
            });
        }
        drop(done);
        // Whoever waits for a ticket or wants to report ends when the receivers go.
        in_order(&results, &tickets, &mut emit)
    })
}

/// Where a piece stands among the others.
struct Place {
    number: u64,
    /// How many tickets it took.
    tickets: usize,
}

fn read<P>(
    pieces: &mut (dyn Iterator<Item = Result<P, Failure>> + Send),
    cost: impl Fn(&P) -> usize,
    ticket: &SyncSender<()>,
    mut send: impl FnMut((Place, Result<P, Failure>)) -> bool,
) {
    for number in 0.. {
        // One ticket before it is read: nothing is read beside a piece that has taken them all.
        if ticket.send(()).is_err() {
            return;
        }
        let Some(piece) = pieces.next() else { return };
        let failed = piece.is_err();
        let tickets = piece.as_ref().map_or(1, &cost);
        if (1..tickets).any(|_| ticket.send(()).is_err())
            || !send((Place { number, tickets }, piece))
            || failed
        {
            return;
        }
    }
}

fn next<T>(taken: &Mutex<Receiver<T>>) -> Result<T, std::sync::mpsc::RecvError> {
    taken.lock().unwrap_or_else(PoisonError::into_inner).recv()
}

fn in_order<R>(
    results: &Receiver<(Place, Result<R, Failure>)>,
    tickets: &Receiver<()>,
    emit: &mut impl FnMut(R) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let mut early = BTreeMap::new();
    let mut wanted = 0;
    for (place, result) in results {
        early.insert(place.number, (place.tickets, result));
        while let Some((taken, result)) = early.remove(&wanted) {
            emit(result?)?;
            wanted += 1;
            // The reader took this piece's tickets before it sent the piece.
            let _ = tickets.try_iter().take(taken).count();
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::{AHEAD, TICKET, ordered};
    use crate::cli::Failure;
    use crate::exit::Exit;

    #[test]
    fn results_keep_the_order_of_the_pieces() {
        let mut seen = Vec::new();
        ordered(
            &mut (0..1000_u64).map(Ok),
            |piece| usize::try_from(piece % 20).unwrap() * TICKET,
            vec![(); 3],
            |(), piece| {
                // Pieces of very different size.
                Ok((0..(piece % 7) * 1000).fold(piece, |sum, _| std::hint::black_box(sum)))
            },
            |result| {
                seen.push(result);
                Ok(())
            },
        )
        .unwrap();
        assert!(seen.iter().copied().eq(0..1000));
    }

    #[test]
    fn the_reader_is_never_far_ahead_and_less_so_of_large_pieces() {
        for (size, most) in [(1, 2 * AHEAD), (2 * TICKET, AHEAD), (100 * TICKET, 1)] {
            let (read, emitted) = (AtomicUsize::new(0), AtomicUsize::new(0));
            let ahead = AtomicUsize::new(0);
            let mut pieces = (0..500).map(|piece| {
                let read = read.fetch_add(1, Ordering::SeqCst) + 1;
                ahead.fetch_max(read - emitted.load(Ordering::SeqCst), Ordering::SeqCst);
                Ok(piece)
            });
            ordered(
                &mut pieces,
                |_| size,
                vec![(); 2],
                |(), piece: u32| Ok(piece),
                |_| {
                    emitted.fetch_add(1, Ordering::SeqCst);
                    Ok(())
                },
            )
            .unwrap();
            // One more may be read with the last ticket while it waits for its others, and one is counted before
            // they are given back; beside a piece with all tickets nothing is read.
            let others = if most == 1 { 1 } else { 2 };
            assert!(ahead.into_inner() <= most + others, "{size}");
        }
    }

    #[test]
    fn the_first_failure_ends_the_run() {
        let failure = |text: &str| Failure::new(Exit::Failed, text);
        let fails = |at: u64| {
            let work = move |(): &mut (), piece| {
                if piece == at { Err(Failure::new(Exit::Failed, "work")) } else { Ok(piece) }
            };
            let mut count = 0;
            let ended = ordered(
                &mut (0..100_u64).map(Ok),
                |_| 1,
                vec![(); 2],
                work,
                |_| {
                    count += 1;
                    Ok(())
                },
            );
            (count, ended.is_err())
        };
        assert_eq!(fails(7), (7, true));
        let mut pieces =
            (0..100_u64).map(|piece| if piece == 9 { Err(failure("read")) } else { Ok(piece) });
        assert!(
            ordered(&mut pieces, |_| 1, vec![(); 2], |(), piece| Ok(piece), |_| Ok(())).is_err()
        );
        let ended = ordered(
            &mut (0..u64::MAX).map(Ok),
            |_| 1,
            vec![(); 2],
            |(), piece| Ok(piece),
            |piece| {
                if piece == 50 { Err(Failure::ClosedPipe) } else { Ok(()) }
            },
        );
        assert!(matches!(ended, Err(Failure::ClosedPipe)));
    }
}

//! argon2 on a block of memory that is kept: a third of a run's time is page faults on a new one.

use std::fmt;
use std::num::NonZero;
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use argon2::{Algorithm, Argon2, Block, Params, Version};
use zeroize::Zeroizing;

use super::Error;

/// The work of one password or weak key: 19 MiB, two passes, one lane, the OWASP recommendation and
/// the default of the argon2 crate.
pub(super) const PARAMS: Params = Params::DEFAULT;

/// The memory of argon2: one for each thread, for as many runs as it likes.
#[derive(Default)]
pub struct Argon(Zeroizing<Vec<Block>>);

impl Argon {
    /// Takes no memory before the first run.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Runs `work` for every item on all cores, one block of memory a core; answers in the order of the
    /// items, or with the first failure that was met.
    pub fn for_each<T: Sync, R: Send, E: Send>(
        items: &[T],
        work: impl Fn(&T, &mut Self) -> Result<R, E> + Sync,
    ) -> Result<Vec<R>, E> {
        let next = AtomicUsize::new(0);
        let some = || {
            let mut argon = Self::new();
            let mut done = Vec::new();
            loop {
                let place = next.fetch_add(1, Ordering::Relaxed);
                let Some(item) = items.get(place) else { return Ok(done) };
                done.push((place, work(item, &mut argon)?));
            }
        };
        let cores = thread::available_parallelism().map_or(1, NonZero::get);
        let mut done = Vec::with_capacity(items.len());
        thread::scope(|scope| {
            let threads: Vec<_> = (0..cores.min(items.len())).map(|_| scope.spawn(some)).collect();
            for thread in threads {
                done.extend(thread.join().unwrap_or_else(|panic| resume_unwind(panic))?);
            }
            Ok(())
        })?;
        done.sort_unstable_by_key(|(place, _)| *place);
        Ok(done.into_iter().map(|(_, answer)| answer).collect())
    }

    /// One run, version 0x13 and with `secret` as argon2's own secret value when it is not empty.
    pub(super) fn run(
        &mut self,
        (algorithm, version, params): (Algorithm, Version, Params),
        secret: &[u8],
        text: &[u8],
        salt: &[u8],
        out: &mut [u8],
    ) -> Result<(), Error> {
        self.grow(params.block_count())?;
        let argon = Argon2::new_with_secret(secret, algorithm, version, params)?;
        Ok(argon.hash_password_into_with_memory(text, salt, out, self.0.as_mut_slice())?)
    }

    /// Makes room without copying: the old blocks are wiped and worth nothing.
    fn grow(&mut self, blocks: usize) -> Result<(), Error> {
        if self.0.len() < blocks {
            self.0 = Zeroizing::default();
            self.0.try_reserve_exact(blocks).map_err(|_| argon2::Error::OutOfMemory)?;
            self.0.resize(blocks, Block::new());
        }
        Ok(())
    }
}

impl fmt::Debug for Argon {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Argon({} KiB)", self.0.len())
    }
}

#[cfg(test)]
mod tests {
    use super::{Algorithm, Argon, Argon2, PARAMS, Params, Version};

    #[test]
    fn the_work_is_what_the_documentation_says() {
        assert_eq!((PARAMS.m_cost(), PARAMS.t_cost(), PARAMS.p_cost()), (19 * 1024, 2, 1));
    }

    #[test]
    fn work_on_all_cores_is_answered_in_the_order_of_the_items() {
        let items: Vec<u32> = (0..1000).collect();
        let doubled = Argon::for_each(&items, |item, _| Ok::<_, u32>(item * 2)).unwrap();
        assert_eq!(doubled, items.iter().map(|item| item * 2).collect::<Vec<_>>());
        let fails = |item: &u32, _: &mut Argon| if *item == 500 { Err(*item) } else { Ok(()) };
        assert_eq!(Argon::for_each(&items, fails), Err(500));
        assert_eq!(Argon::for_each(&[], fails), Ok(Vec::new()));
    }

    #[test]
    fn kept_memory_changes_no_result() {
        let mut argon = Argon::new();
        for (memory, text) in [(64, "a"), (8, "b"), (256, "c"), (64, "a")] {
            let params = Params::new(memory, 2, 1, None).unwrap();
            let (mut ours, mut theirs) = ([0; 32], [0; 32]);
            let how = (Algorithm::Argon2id, Version::V0x13, params.clone());
            argon.run(how, b"pepper", text.as_bytes(), b"saltsalt", &mut ours).unwrap();
            Argon2::new_with_secret(b"pepper", Algorithm::Argon2id, Version::V0x13, params)
                .unwrap()
                .hash_password_into(text.as_bytes(), b"saltsalt", &mut theirs)
                .unwrap();
            assert_eq!(ours, theirs);
        }
    }
}

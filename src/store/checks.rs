//! What one run has already computed: argon2 takes tens of milliseconds, and a batch repeats itself.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use crate::credential::{
    Argon, Error, Keyring, PasswordCheck, Secret, StoredPassword, WeakDigests,
};
use crate::verify::Cms;

/// The memory of argon2, and the answers of a run so far, for all of its threads. They hold for one
/// state of the store.
#[derive(Debug)]
pub(crate) struct Checks {
    /// The system whose logins are looked up: WordPress takes an e-mail address for a name.
    pub(super) cms: Cms,
    argons: Argons,
    weak: Memo<[u8; 32], WeakDigests>,
    passwords: Memo<(Option<i64>, [u8; 32]), PasswordCheck>,
}

impl Default for Checks {
    fn default() -> Self {
        Self::new(Cms::default(), 1)
    }
}

impl Checks {
    /// Nothing computed yet, for accounts of this system; at most so many runs of argon2 at once, each
    /// of which takes 19 MiB.
    pub(crate) fn new(cms: Cms, at_once: usize) -> Self {
        Self {
            cms,
            argons: Argons::new(at_once),
            weak: Memo::default(),
            passwords: Memo::default(),
        }
    }

    /// The digests of a weak key.
    pub(super) fn weak_digests(
        &self,
        keyring: &Keyring,
        text: &Secret,
    ) -> Result<WeakDigests, Error> {
        // Remembered under a keyed digest, so that no text stays in memory for longer than its request.
        let place = keyring.digest(text.expose()).exact;
        self.weak
            .get(place, || self.argons.lend(|argon| keyring.weak_digests(text.expose(), argon)))
    }

    /// Whether a password is an account's; with nothing stored, the work is done all the same.
    pub(super) fn password(
        &self,
        keyring: &Keyring,
        user_id: Option<i64>,
        stored: Option<&StoredPassword>,
        password: &Secret,
    ) -> Result<PasswordCheck, Error> {
        let place = (user_id, keyring.digest(password.expose()).exact);
        self.passwords.get(place, || {
            self.argons.lend(|argon| {
                if let Some(stored) = stored {
                    return keyring.check_password(stored, password, argon);
                }
                keyring.waste_password_check(password, argon)?;
                Ok(PasswordCheck { matches: false, needs_rehash: false })
            })
        })
    }
}

/// Answers that are computed once, also when several threads ask at the same time.
#[derive(Debug)]
struct Memo<K, V>(Mutex<HashMap<K, Arc<Mutex<Option<V>>>>>);

impl<K, V> Default for Memo<K, V> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<K: Eq + Hash, V: Copy> Memo<K, V> {
    fn get(&self, key: K, compute: impl FnOnce() -> Result<V, Error>) -> Result<V, Error> {
        let answer = Arc::clone(lock(&self.0).entry(key).or_default());
        let mut answer = lock(&answer);
        match *answer {
            Some(known) => Ok(known),
            None => Ok(*answer.insert(compute()?)),
        }
    }
}

/// The memory of argon2, lent to one thread after the other.
#[derive(Debug)]
struct Argons {
    free: Mutex<Vec<Argon>>,
    given_back: Condvar,
}

impl Argons {
    fn new(at_once: usize) -> Self {
        let free = std::iter::repeat_with(Argon::new).take(at_once.max(1)).collect();
        Self { free: Mutex::new(free), given_back: Condvar::new() }
    }

    fn lend<T>(&self, run: impl FnOnce(&mut Argon) -> T) -> T {
        let mut free = lock(&self.free);
        let mut argon = loop {
            match free.pop() {
                Some(argon) => break argon,
                None => {
                    free = self.given_back.wait(free).unwrap_or_else(PoisonError::into_inner);
                }
            }
        };
        drop(free);
        let answer = run(&mut argon);
        lock(&self.free).push(argon);
        self.given_back.notify_one();
        answer
    }
}

/// A thread that panicked ends the program; what it left is not looked at.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::thread;

    use super::{Argons, Memo};

    #[test]
    fn an_answer_is_computed_once_for_all_threads() {
        let (memo, computed) = (Memo::default(), AtomicUsize::new(0));
        thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    for key in 0..100 {
                        let answer = memo.get(key, || {
                            computed.fetch_add(1, Ordering::SeqCst);
                            Ok(key * 2)
                        });
                        assert_eq!(answer.unwrap(), key * 2);
                    }
                });
            }
        });
        assert_eq!(computed.into_inner(), 100);
    }

    #[test]
    fn no_more_memory_is_lent_than_there_is() {
        let (argons, lent) = (Argons::new(2), AtomicUsize::new(0));
        thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    for _ in 0..100 {
                        argons.lend(|_| {
                            assert!(lent.fetch_add(1, Ordering::SeqCst) < 2);
                            lent.fetch_sub(1, Ordering::SeqCst);
                        });
                    }
                });
            }
        });
    }
}

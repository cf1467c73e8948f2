//! What one run has already computed: argon2 takes tens of milliseconds, and a batch repeats itself.

use std::collections::HashMap;

use crate::credential::{
    Argon, Error, Keyring, PasswordCheck, Secret, StoredPassword, WeakDigests,
};
use crate::verify::Cms;

/// The memory of argon2, and the answers of a run so far. They hold for one state of the store.
#[derive(Debug, Default)]
pub(crate) struct Checks {
    /// The memory of argon2.
    pub(crate) argon: Argon,
    /// The system whose logins are looked up: WordPress takes an e-mail address for a name.
    pub(super) cms: Cms,
    weak: HashMap<[u8; 32], WeakDigests>,
    passwords: HashMap<(Option<i64>, [u8; 32]), PasswordCheck>,
}

impl Checks {
    /// Nothing computed yet, for accounts of this system.
    pub(crate) fn new(cms: Cms) -> Self {
        Self { cms, ..Self::default() }
    }

    /// The digests of a weak key.
    pub(super) fn weak_digests(
        &mut self,
        keyring: &Keyring,
        text: &Secret,
    ) -> Result<WeakDigests, Error> {
        // Remembered under a keyed digest, so that no text stays in memory for longer than its request.
        let place = keyring.digest(text.expose()).exact;
        if let Some(known) = self.weak.get(&place) {
            return Ok(*known);
        }
        let digests = keyring.weak_digests(text.expose(), &mut self.argon)?;
        self.weak.insert(place, digests);
        Ok(digests)
    }

    /// Whether a password is an account's; with nothing stored, the work is done all the same.
    pub(super) fn password(
        &mut self,
        keyring: &Keyring,
        user_id: Option<i64>,
        stored: Option<&StoredPassword>,
        password: &Secret,
    ) -> Result<PasswordCheck, Error> {
        let place = (user_id, keyring.digest(password.expose()).exact);
        if let Some(known) = self.passwords.get(&place) {
            return Ok(*known);
        }
        let check = if let Some(stored) = stored {
            keyring.check_password(stored, password, &mut self.argon)?
        } else {
            keyring.waste_password_check(password, &mut self.argon)?;
            PasswordCheck { matches: false, needs_rehash: false }
        };
        self.passwords.insert(place, check);
        Ok(check)
    }
}

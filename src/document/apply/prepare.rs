//! What argon2id makes of a document's weak keys and passwords. Each takes tens of milliseconds, and so they
//! are made on all cores and before the store is locked.
//!
//! Nothing is decided here: the walk compares with the store as it then is, and makes what is missing, such
//! as the check of a password that was changed meanwhile.

use std::collections::{HashMap, HashSet};

use rand::CryptoRng;

use crate::credential::{Argon, Keyring, Secret, StoredPassword, is_strong};
use crate::document::field::Field;
use crate::document::model::{Document, KeyEntry};
use crate::document::place::At;
use crate::document::secret_text::{Password, SecretText};
use crate::store::{Error, KeyDigest, Reader, UserId};
use crate::verify::Owner;

/// The results, for one document.
#[derive(Default)]
pub(crate) struct Prepared {
    /// By the keyed digest of the exact text.
    weak: HashMap<[u8; 32], KeyDigest>,
    /// By the account's name, as the document has it.
    passwords: HashMap<String, Checked>,
}

/// A password beside the hash that the store had.
pub(super) struct Checked {
    stored: Option<StoredPassword>,
    /// A new hash, unless the password is the stored one's.
    pub(super) hash: Option<StoredPassword>,
}

/// What a thread is given.
enum Task<'d> {
    Weak(Secret),
    Password { name: &'d str, text: &'d Secret, stored: Option<StoredPassword>, salt: [u8; 16] },
}

/// What it answers.
enum Answer {
    Weak([u8; 32], KeyDigest),
    Password(String, Checked),
}

impl Prepared {
    /// Does the work for a document that is about to be applied; `each` hears of every piece of it that is
    /// done, by the number of all.
    pub(crate) fn new(
        reader: Reader<'_>,
        rng: &mut dyn CryptoRng,
        document: &Document,
        each: &(dyn Fn(usize) + Sync),
    ) -> Result<Self, Error> {
        let keyring = reader.keyring();
        let tasks = tasks(reader, rng, document)?;
        let mut prepared = Self::default();
        let answers = Argon::for_each(&tasks, |task, argon| {
            let answer = task.run(keyring, argon);
            each(tasks.len());
            answer
        })?;
        for answer in answers {
            match answer {
                Answer::Weak(text, digest) => {
                    prepared.weak.insert(text, digest);
                }
                Answer::Password(name, checked) => {
                    prepared.passwords.insert(name, checked);
                }
            }
        }
        Ok(prepared)
    }

    /// The digest of a key of this owner.
    pub(super) fn digest(
        &self,
        keyring: &Keyring,
        owner: Owner,
        text: &Secret,
        argon: &mut Argon,
    ) -> Result<KeyDigest, Error> {
        // The one owner whose empty key is no weak one.
        let is_weak = owner != Owner::ApiToken || !text.is_empty();
        let known = self.weak.get(&keyring.digest(text.expose()).exact).filter(|_| is_weak);
        known.map_or_else(|| KeyDigest::of(keyring, owner, text, argon), |digest| Ok(*digest))
    }

    /// What came of the account's password, if it was checked against what is stored now.
    pub(super) fn password(&self, name: &str, stored: Option<&StoredPassword>) -> Option<&Checked> {
        self.passwords.get(name).filter(|checked| checked.stored.as_ref() == stored)
    }
}

/// What there is to do.
fn tasks<'d>(
    reader: Reader<'_>,
    rng: &mut dyn CryptoRng,
    document: &'d Document,
) -> Result<Vec<Task<'d>>, Error> {
    let mut weak = Vec::new();
    // Sites hold one text often: each takes one run, whoever has it.
    let mut seen = HashSet::new();
    let mut is_new = |text: &Secret| seen.insert(reader.keyring().digest(text.expose()).exact);
    let mut take_key = |owner: Option<Owner>, key: &SecretText| {
        let text = match key {
            SecretText::Plain(text) => Some(text.clone()),
            SecretText::Sealed { sealed, .. } => {
                owner.and_then(|owner| reader.open_key(owner, sealed).ok())
            }
            SecretText::Digest { .. } => None,
        };
        let text = text.filter(|text| !is_strong(text.expose()) && is_new(text));
        weak.extend(text.map(Task::Weak));
    };
    if let Ok(Field::Set(settings)) = document.module_settings()
        && let Field::Set(token) = &settings.api_token
    {
        take_key(Some(Owner::ApiToken), &token.key);
    }
    let mut take = |owner: Option<Owner>, keys: &Field<Vec<KeyEntry>>| {
        keys.set().into_iter().flatten().for_each(|entry| take_key(owner, &entry.key.value));
    };
    take(Some(Owner::Universal), &document.universal_keys);
    for contact in &document.contacts {
        take(Some(Owner::Contact(contact.id.value)), &contact.keys);
    }
    let mut passwords = Vec::new();
    for wish in &document.users {
        let id = reader.user_named(&wish.name.value)?.map(|user| user.id);
        let bound = id.or(wish.id.set().map(|id| UserId(id.value)));
        take(bound.map(|id| Owner::User(id.0)), &wish.keys);
        if let Some(At { value: Password::Plain(text), .. }) = wish.password.set() {
            let stored = id.map_or(Ok(None), |id| reader.stored_password(id))?;
            let name = wish.name.value.as_str();
            passwords.push(Task::Password { name, text, stored, salt: Keyring::salt(rng) });
        }
    }
    weak.extend(passwords);
    Ok(weak)
}

impl Task<'_> {
    fn run(&self, keyring: &Keyring, argon: &mut Argon) -> Result<Answer, Error> {
        Ok(match self {
            Self::Weak(text) => {
                let digest = KeyDigest::of(keyring, Owner::Universal, text, argon)?;
                Answer::Weak(keyring.digest(text.expose()).exact, digest)
            }
            Self::Password { name, text, stored, salt } => {
                let is_so = match stored {
                    Some(stored) => keyring.check_password(stored, text, argon)?.matches,
                    None => false,
                };
                let hash = if is_so {
                    None
                } else {
                    Some(StoredPassword::Own(keyring.hash_salted_password(text, *salt, argon)?))
                };
                Answer::Password((*name).to_owned(), Checked { stored: stored.clone(), hash })
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Prepared;
    use crate::document::apply::{Omitted, Pen, Walk};
    use crate::document::testing::{apply_to, document};
    use crate::store::testing::{actor, rng, store};

    const WEAK: &str = r#"{"authctl": 1, "users": [
        {"name": "alice", "password": {"plain": "one"}, "keys": [{"key": "weak"}]},
        {"name": "bob", "password": {"plain": "two"}}],
        "contacts": [{"id": 7, "keys": [{"key": "weak too"}]}], "universal_keys": [{"key": ""}],
        "drupal": {"settings": {"api_token": "weak as well"}}}"#;

    #[test]
    fn nothing_is_left_for_argon_while_the_store_is_locked() {
        let (_folder, mut store) = store();
        for (twice, text) in
            [WEAK.to_owned(), WEAK.to_owned(), WEAK.replace("two", "2")].into_iter().enumerate()
        {
            let document = document(&text);
            let prepared = Prepared::new(store.read(), &mut rng(), &document, &|_| ()).unwrap();
            let told = store.change(&actor(), true, |change| {
                let (reader, pen) = (change.read(), Pen { change, rng: &mut rng() });
                let mut walk =
                    Walk::new(&document, Omitted::Stays, reader, &prepared, Some(pen), &|_| ());
                walk.drupal()?;
                walk.contacts()?;
                walk.accounts()?;
                walk.universal_keys()?;
                let argon = format!("{:?}", walk.argon);
                let count = walk.differences.len();
                change.audit("apply", "f", &serde_json::json!({}))?;
                Ok::<_, crate::document::Error>((argon, count))
            });
            let differences = [10, 0, 1][twice];
            assert_eq!(told.unwrap(), ("Argon(0 KiB)".to_owned(), differences));
            apply_to(&mut store, &text, Omitted::Stays).unwrap();
        }
    }

    #[test]
    fn a_weak_text_is_digested_once_however_often_it_is_there() {
        let (_folder, store) = store();
        let keys = r#"[{"key": "weak"}, {"key": "weak"}, {"key": "Weak"}]"#;
        let text = format!(
            r#"{{"universal_keys": {keys}, "contacts": [{{"id": 7, "keys": {keys}}}],
                 "users": [{{"name": "alice", "keys": {keys}}}]}}"#
        );
        let document = document(&text);
        assert_eq!(super::tasks(store.read(), &mut rng(), &document).unwrap().len(), 2);
    }

    #[test]
    fn a_password_that_was_changed_meanwhile_is_checked_again() {
        let (_folder, mut store) = store();
        apply_to(&mut store, WEAK, Omitted::Stays).unwrap();
        let document = document(WEAK);
        let prepared = Prepared::new(store.read(), &mut rng(), &document, &|_| ()).unwrap();
        apply_to(&mut store, &WEAK.replace("one", "1"), Omitted::Stays).unwrap();
        let differences = store.change(&actor(), false, |change| {
            super::super::apply(change, &mut rng(), &document, Omitted::Stays, &prepared, &|_| ())
        });
        assert_eq!(differences.unwrap().len(), 1);
        apply_to(&mut store, WEAK, Omitted::Stays).map(|list| assert!(list.is_empty())).unwrap();
    }
}

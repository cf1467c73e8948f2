//! API keys: those of an owner are a multiset of texts, since sites hold duplicates.

use super::key_match::matched;
use super::{Event, Walk};
use crate::credential::{ApiKey, Secret};
use crate::document::difference::Difference;
use crate::document::error::Error;
use crate::document::field::Field;
use crate::document::key_digest;
use crate::document::model::KeyEntry;
use crate::document::place::{At, Place};
use crate::document::secret_text::SecretText;
use crate::document::time::Moment;
use crate::store::{ApiKeyRow, KeyDigest, NewKey};
use crate::verify::Owner;

/// Whose keys a list is about.
#[derive(Clone, Copy)]
pub(super) struct Holder<'a> {
    /// The owner, if its id is known: an account to be added may be given one only then.
    pub(super) owner: Option<Owner>,
    /// Whether it is in the store, so that it may have keys there.
    pub(super) exists: bool,
    /// Its name in differences.
    pub(super) subject: &'a str,
}

/// A key of the document, resolved.
pub(super) struct Wanted<'d> {
    pub(super) entry: &'d KeyEntry,
    /// Absent where nobody will compare it: for an owner that a difference finds missing.
    pub(super) digest: Option<KeyDigest>,
    hint: Option<String>,
    /// The text, when it is known.
    text: Option<Secret>,
    /// The text, sealed, as it was dumped.
    sealed: Option<&'d [u8]>,
}

impl Wanted<'_> {
    fn recoverable(&self, current: bool) -> bool {
        self.sealed.is_some() || self.entry.recoverable.over(current, false)
    }

    /// A stored key of this text as the entry wants it.
    fn over(&self, row: &ApiKeyRow) -> ApiKeyRow {
        ApiKeyRow {
            label: self.entry.label.over_optional(row.label.clone()),
            recoverable: self.recoverable(row.recoverable),
            expires_at: seconds(&self.entry.expires, row.expires_at),
            revoked_at: seconds(&self.entry.revoked, row.revoked_at),
            ..row.clone()
        }
    }

    /// What the entry says of a key of this text.
    pub(super) fn wish(&self) -> Wish {
        let entry = self.entry;
        let recoverable = match (self.sealed, &entry.recoverable) {
            (Some(_), _) => Field::Set(true),
            (None, Field::Unset) => Field::Set(false),
            (None, said) => said.clone(),
        };
        Wish {
            label: entry.label.clone(),
            expires: entry.expires.clone(),
            revoked: entry.revoked.clone(),
            recoverable,
        }
    }

    /// What people call it.
    fn shown(&self) -> String {
        let label = self.entry.label.set().map(|label| format!(" {label}"));
        let hint = self.hint.as_ref().map(|hint| format!(" {hint}…"));
        ["key".to_owned(), label.or(hint).unwrap_or_default()].concat()
    }
}

/// What an entry says of a key beside its text. Entries of one text that say the same are equals.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) struct Wish {
    label: Field<String>,
    expires: Field<Moment>,
    revoked: Field<Moment>,
    recoverable: Field<bool>,
}

impl Wish {
    /// Whether a stored key of the text is so.
    pub(super) fn is_met_by(&self, row: &ApiKeyRow) -> bool {
        self.label.is_met_by(row.label.as_ref())
            && self.expires.is_met_by(row.expires_at.map(Moment).as_ref())
            && self.revoked.is_met_by(row.revoked_at.map(Moment).as_ref())
            && self.recoverable.is_met_by(Some(&row.recoverable))
    }
}

impl<'w> Walk<'w, '_> {
    pub(super) fn universal_keys(&mut self) -> Result<(), Error> {
        let holder =
            Holder { owner: Some(Owner::Universal), exists: true, subject: "universal keys" };
        self.keys(holder, &self.document.universal_keys)
    }

    /// Brings an owner's keys to what a list says.
    pub(super) fn keys(
        &mut self,
        holder: Holder<'_>,
        field: &'w Field<Vec<KeyEntry>>,
    ) -> Result<(), Error> {
        let exact = self.prunes() || *field == Field::Unset;
        let entries = field.set().map_or(&[][..], Vec::as_slice);
        let current = match holder.owner.filter(|_| holder.exists && (exact || !entries.is_empty()))
        {
            Some(owner) => self.reader.keys_of(owner)?,
            None => Vec::new(),
        };
        let mut wanted = Vec::with_capacity(entries.len());
        for entry in entries {
            wanted.push(self.wanted_key(holder, entry)?);
        }
        let (wanted, surplus) = matched(wanted, current);
        for (wanted, row) in wanted {
            match row {
                Some(row) => self.update_key(holder, &wanted, &row)?,
                None => self.add_key(holder, &wanted)?,
            }
        }
        for row in surplus.into_iter().filter(|_| exact) {
            self.differ(Difference::remove(holder.subject, shown(&row)), |pen| {
                pen.change.remove_key(row.id).map(drop)
            })?;
        }
        Ok(())
    }

    fn wanted_key(&mut self, holder: Holder<'_>, entry: &'w KeyEntry) -> Result<Wanted<'w>, Error> {
        let compares = holder.exists || self.pen.is_some();
        let At { value, place } = &entry.key;
        match value {
            SecretText::Plain(text) => Ok(Wanted {
                entry,
                digest: if compares { Some(self.digest(holder, text)?) } else { None },
                hint: ApiKey::hint(text.expose()),
                text: Some(text.clone()),
                sealed: None,
            }),
            SecretText::Digest { digest, key_file, hint } => {
                self.check_key_file(key_file, *place)?;
                let digest = self.read_digest(digest, *place)?;
                Ok(Wanted {
                    entry,
                    digest: Some(digest),
                    hint: hint.clone(),
                    text: None,
                    sealed: None,
                })
            }
            SecretText::Sealed { sealed, key_file } => {
                self.check_key_file(key_file, *place)?;
                let opened = holder.owner.map(|owner| self.reader.open_key(owner, sealed));
                let Some(Ok(text)) = opened else { return Err(self.cannot_open(*place).into()) };
                let digest = self.digest(holder, &text)?;
                let hint = ApiKey::hint(text.expose());
                Ok(Wanted {
                    entry,
                    digest: Some(digest),
                    hint,
                    text: Some(text),
                    sealed: Some(sealed),
                })
            }
        }
    }

    fn digest(&mut self, holder: Holder<'_>, text: &Secret) -> Result<KeyDigest, Error> {
        let owner = holder.owner.unwrap_or(Owner::Universal);
        Ok(self.prepared.digest(self.reader.keyring(), owner, text, &mut self.argon)?)
    }

    pub(super) fn read_digest(&self, digest: &str, place: Place) -> Result<KeyDigest, Error> {
        let digest = key_digest::from_text(digest);
        Ok(digest
            .ok_or_else(|| self.document.refuse(place, "expected a digest as `dump` writes it"))?)
    }

    fn add_key(&mut self, holder: Holder<'_>, wanted: &Wanted<'_>) -> Result<(), Error> {
        let recoverable = wanted.recoverable(false);
        if recoverable && wanted.text.is_none() {
            let message = "a key of which only the digest is known cannot be `recoverable`";
            return Err(self.document.refuse(wanted.entry.key.place, message).into());
        }
        self.differ(Difference::add(holder.subject, wanted.shown()), |pen| {
            let (Some(owner), Some(digest)) = (holder.owner, wanted.digest) else { return Ok(()) };
            let seals = recoverable && wanted.sealed.is_none();
            let key = NewKey {
                label: wanted.entry.label.set().map(String::as_str),
                expires_at: seconds(&wanted.entry.expires, None),
                revoked_at: seconds(&wanted.entry.revoked, None),
                recoverable: wanted.text.as_ref().filter(|_| seals),
                ..NewKey::digested(owner, digest, wanted.hint.clone())
            };
            let id = pen.change.add_key(&key, pen.rng)?;
            wanted.sealed.map_or(Ok(()), |sealed| pen.change.restore_key(id, sealed))
        })
    }

    fn update_key(
        &mut self,
        holder: Holder<'_>,
        wanted: &Wanted<'_>,
        row: &ApiKeyRow,
    ) -> Result<(), Error> {
        let updated = wanted.over(row);
        if updated.revoked_at.is_some() && wanted.entry.revoked == Field::Kept {
            (self.hear)(Event::StaysRevoked(row.id));
        }
        if updated.recoverable != row.recoverable {
            // What is sealed is written only once: the key makes room for itself.
            self.differ(Difference::remove(holder.subject, shown(row)), |pen| {
                pen.change.remove_key(row.id).map(drop)
            })?;
            return self.add_key(holder, wanted);
        }
        if updated == *row {
            return Ok(());
        }
        let detail = format!("{}: {}", shown(row), changes(row, &updated));
        self.differ(Difference::change(holder.subject, detail), |pen| {
            pen.change.update_key(&updated).map(drop)
        })
    }
}

pub(super) fn seconds(field: &Field<Moment>, current: Option<i64>) -> Option<i64> {
    field.map(|moment| moment.0).over_optional(current)
}

fn shown(row: &ApiKeyRow) -> String {
    match (&row.label, &row.hint) {
        (Some(label), _) => format!("key {} {label}", row.id),
        (None, Some(hint)) => format!("key {} {hint}…", row.id),
        (None, None) => format!("key {}", row.id),
    }
}

/// What of a key is changed.
pub(super) fn changes(row: &ApiKeyRow, updated: &ApiKeyRow) -> String {
    let mut changes = Vec::new();
    if row.label != updated.label {
        changes.push("label");
    }
    if row.expires_at != updated.expires_at {
        changes.push("expiry");
    }
    if row.revoked_at != updated.revoked_at {
        changes.push("revocation");
    }
    changes.join(", ")
}

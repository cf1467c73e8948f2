//! Bringing a store to what a document says, or telling what that would change.
//!
//! Both are one walk: each step compares what the document wants with what the store has and notes the
//! difference; when there is a change to write to, it also mends it. So a dry run and a difference
//! never tell another story than the real thing.

mod account;
mod contact;
mod drupal;
mod key;
mod key_match;
mod password;
mod prepare;
mod role;
mod secret;
mod setting;
mod token;

use std::collections::BTreeSet;

use rand::CryptoRng;
use sha2::{Digest, Sha256};

pub(crate) use self::prepare::Prepared;
use super::difference::{Action, Difference};
use super::error::Error;
use super::model::Document;
use crate::credential::Argon;
use crate::store::{self, Change, Grantee, KeyId, Reader};

/// What happens to what the document omits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Omitted {
    /// It stays.
    Stays,
    /// Users, roles, contacts, keys and grants are removed, and applications and resources where their list
    /// is given; settings stay.
    IsRemoved,
}

/// What happens on the way, and is no difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Event {
    /// One more account is done.
    Account {
        /// How many there are in all.
        of: usize,
    },
    /// A key of the document was revoked, of which the document says nothing, and so it stays.
    StaysRevoked(KeyId),
}

/// Brings the store to what the document says, in the change's transaction and with one entry in the
/// audit log. Answers what was different; `hear` is told what happens on the way.
pub(crate) fn apply(
    change: &mut Change<'_>,
    rng: &mut dyn CryptoRng,
    document: &Document,
    omitted: Omitted,
    prepared: &Prepared,
    hear: &dyn Fn(Event),
) -> Result<Vec<Difference>, Error> {
    let (reader, pen) = (change.read(), Pen { change, rng });
    let differences = Walk::new(document, omitted, reader, prepared, Some(pen), hear).walk()?;
    change.audit("apply", &document.file, &summary(&differences))?;
    Ok(differences)
}

/// What the audit log keeps of an application: how much of what, and a digest of the list.
fn summary(differences: &[Difference]) -> serde_json::Value {
    let count = |action| differences.iter().filter(|one| one.action == action).count();
    let mut digest = Sha256::new();
    for difference in differences {
        digest.update(difference.to_string());
        digest.update(b"\n");
    }
    let digest = digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>();
    serde_json::json!({
        "added": count(Action::Add),
        "changed": count(Action::Change),
        "removed": count(Action::Remove),
        "differences_sha256": digest.concat(),
    })
}

/// What applying the document would change; `hear` is told what happens on the way.
pub(crate) fn diff(
    reader: Reader<'_>,
    document: &Document,
    omitted: Omitted,
    prepared: &Prepared,
    hear: &dyn Fn(Event),
) -> Result<Vec<Difference>, Error> {
    Walk::new(document, omitted, reader, prepared, None, hear).walk()
}

/// What it takes to write.
struct Pen<'w, 's> {
    change: &'w mut Change<'s>,
    rng: &'w mut dyn CryptoRng,
}

/// One pass over document and store.
struct Walk<'w, 's> {
    document: &'w Document,
    omitted: Omitted,
    reader: Reader<'s>,
    prepared: &'w Prepared,
    pen: Option<Pen<'w, 's>>,
    hear: &'w dyn Fn(Event),
    argon: Argon,
    differences: Vec<Difference>,
}

impl<'w, 's> Walk<'w, 's> {
    fn new(
        document: &'w Document,
        omitted: Omitted,
        reader: Reader<'s>,
        prepared: &'w Prepared,
        pen: Option<Pen<'w, 's>>,
        hear: &'w dyn Fn(Event),
    ) -> Self {
        let (argon, differences) = (Argon::new(), Vec::new());
        Self { document, omitted, reader, prepared, pen, hear, argon, differences }
    }

    fn walk(mut self) -> Result<Vec<Difference>, Error> {
        self.settings()?;
        self.civicrm_secrets()?;
        self.drupal()?;
        self.roles()?;
        self.contacts()?;
        self.accounts()?;
        self.universal_keys()?;
        Ok(self.differences)
    }

    fn prunes(&self) -> bool {
        self.omitted == Omitted::IsRemoved
    }

    /// Notes a difference, and mends it when there is something to write with.
    fn differ(
        &mut self,
        difference: Difference,
        mend: impl FnOnce(&mut Pen<'w, 's>) -> Result<(), store::Error>,
    ) -> Result<(), Error> {
        if let Some(pen) = &mut self.pen {
            mend(pen)?;
        }
        self.differences.push(difference);
        Ok(())
    }

    /// Grants what is wanted and missing; when the list is to be exact, also takes back the rest.
    fn permissions<'p>(
        &mut self,
        grantee: Option<&Grantee>,
        subject: &str,
        wanted: impl IntoIterator<Item = &'p str>,
        exact: bool,
    ) -> Result<(), Error> {
        let wanted: BTreeSet<&str> = wanted.into_iter().collect();
        let current = match grantee {
            Some(grantee) => self.reader.permissions_of(grantee)?,
            None => BTreeSet::new(),
        };
        for permission in wanted.iter().filter(|permission| !current.contains(**permission)) {
            let difference = Difference::add(subject, format!("permission `{permission}`"));
            self.differ(difference, |pen| {
                grantee.map_or(Ok(()), |to| pen.change.grant(to, permission).map(drop))
            })?;
        }
        let surplus = current.iter().filter(|permission| !wanted.contains(permission.as_str()));
        for permission in surplus.filter(|_| exact) {
            let difference = Difference::remove(subject, format!("permission `{permission}`"));
            self.differ(difference, |pen| {
                grantee.map_or(Ok(()), |from| pen.change.revoke(from, permission).map(drop))
            })?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;

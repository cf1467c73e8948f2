//! The audit log: a row a change, each with an HMAC over the one before, so that a row that was altered,
//! put in or taken out shows. What was cut off at the end shows only against a head kept elsewhere.
//!
//! The chain proves the log, not the other tables.

use std::fmt;
use std::str::FromStr;

use rusqlite::{OptionalExtension, Row, named_params};
use serde_json::Value;

use super::{Change, Error, Reader};
use crate::credential::Keyring;

/// An entry of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct AuditRow {
    /// Its number: 1, 2, 3, …
    pub(crate) seq: i64,
    /// Unix seconds.
    pub(crate) at: i64,
    /// The operating system's user.
    pub(crate) actor: String,
    /// What was done, such as `key.revoke`.
    pub(crate) action: String,
    /// To what.
    pub(crate) subject: String,
    /// JSON without secrets.
    pub(crate) detail: String,
    mac: Vec<u8>,
}

/// The last entry's number and HMAC, to be kept elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct AuditHead {
    /// The entry's number.
    pub(crate) seq: i64,
    /// Its HMAC.
    pub(crate) mac: [u8; 32],
}

/// Which entries to list.
#[derive(Clone, Debug, Default)]
pub(crate) struct AuditFilter {
    /// Those of this moment (Unix seconds) and later ones.
    pub(crate) since: Option<i64>,
    /// Those of this operating system's user.
    pub(crate) actor: Option<String>,
    /// Those of this action.
    pub(crate) action: Option<String>,
    /// Those about this.
    pub(crate) subject: Option<String>,
    /// Only so many, the newest.
    pub(crate) last: Option<u32>,
}

/// What became of the chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum AuditChain {
    /// Every entry follows from the one before.
    Whole {
        /// How many there are.
        entries: i64,
    },
    /// The first entry that does not.
    Broken {
        /// Its number.
        seq: i64,
        /// What is wrong with it.
        why: &'static str,
    },
}

impl Reader<'_> {
    /// The last entry.
    pub(crate) fn audit_head(&self) -> Result<Option<AuditHead>, Error> {
        let sql = "SELECT seq, mac FROM audit ORDER BY seq DESC LIMIT 1";
        let mut statement = self.conn.prepare_cached(sql)?;
        let head = statement
            .query_one((), |row| Ok(AuditHead { seq: row.get("seq")?, mac: row.get("mac")? }));
        Ok(head.optional()?)
    }

    /// Hands over the entries in their order.
    pub(crate) fn each_audit_row<E: From<Error>>(
        &self,
        filter: &AuditFilter,
        each: impl FnMut(AuditRow) -> Result<(), E>,
    ) -> Result<(), E> {
        let sql = "SELECT * FROM (
               SELECT seq, at, actor, action, subject, detail, mac FROM audit
               WHERE (:since IS NULL OR at >= :since)
                 AND (:actor IS NULL OR actor = :actor)
                 AND (:action IS NULL OR action = :action)
                 AND (:subject IS NULL OR subject = :subject)
               ORDER BY seq DESC LIMIT :last)
             ORDER BY seq";
        let params = named_params! {
            ":since": filter.since,
            ":actor": filter.actor,
            ":action": filter.action,
            ":subject": filter.subject,
            ":last": filter.last.map_or(-1, i64::from),
        };
        self.each(sql, params, AuditRow::from_row, each)
    }

    /// Checks the chain from its beginning; with a head that was kept, also that it still leads there.
    pub(crate) fn audit_verify(&self, expected: Option<AuditHead>) -> Result<AuditChain, Error> {
        let mut chain = Chain { keyring: self.keyring, seq: 0, mac: [0; 32], expected, why: None };
        let sql = "SELECT seq, at, actor, action, subject, detail, mac FROM audit ORDER BY seq";
        self.each(sql, (), AuditRow::from_row, |row| {
            if chain.why.is_none() {
                chain.follow(&row);
            }
            Ok::<_, Error>(())
        })?;
        Ok(match (chain.why, expected) {
            (Some((seq, why)), _) => AuditChain::Broken { seq, why },
            (None, Some(head)) if head.seq > chain.seq => {
                AuditChain::Broken { seq: chain.seq + 1, why: "the log was cut off before it" }
            }
            (None, _) if chain.seq == 0 => AuditChain::Broken { seq: 1, why: "the log is empty" },
            (None, _) => AuditChain::Whole { entries: chain.seq },
        })
    }
}

struct Chain<'a> {
    keyring: &'a Keyring,
    seq: i64,
    mac: [u8; 32],
    expected: Option<AuditHead>,
    why: Option<(i64, &'static str)>,
}

impl Chain<'_> {
    fn follow(&mut self, row: &AuditRow) {
        let next = self.seq + 1;
        if row.seq != next {
            self.why = Some((next, "it is missing"));
            return;
        }
        (self.seq, self.mac) = (next, row.mac(self.keyring, &self.mac));
        if row.mac != self.mac {
            self.why = Some((next, "it was altered, or written without the key file"));
        } else if self.expected.is_some_and(|head| head.seq == next && head.mac != self.mac) {
            self.why = Some((next, "it is not the entry that was kept"));
        }
    }
}

/// Adds an entry.
pub(super) fn append(
    change: &Change<'_>,
    action: &str,
    subject: &str,
    detail: &Value,
) -> Result<(), Error> {
    let head = change.read().audit_head()?;
    // Only a store that was tampered with has a number without a next one.
    let seq = head.map_or(Some(1), |head| head.seq.checked_add(1));
    let full = || Error::Damaged("the audit log has no number left for an entry".to_owned());
    let mut row = AuditRow {
        seq: seq.ok_or_else(full)?,
        at: change.actor.now,
        actor: change.actor.name.clone(),
        action: action.to_owned(),
        subject: subject.to_owned(),
        detail: detail.to_string(),
        mac: Vec::new(),
    };
    row.mac = row.mac(change.keyring, &head.map_or([0; 32], |head| head.mac)).to_vec();
    change.execute(
        "INSERT INTO audit (seq, at, actor, action, subject, detail, mac)
         VALUES (:seq, :at, :actor, :action, :subject, :detail, :mac)",
        named_params! {
            ":seq": row.seq,
            ":at": row.at,
            ":actor": row.actor,
            ":action": row.action,
            ":subject": row.subject,
            ":detail": row.detail,
            ":mac": row.mac,
        },
    )?;
    Ok(())
}

impl AuditRow {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            seq: row.get("seq")?,
            at: row.get("at")?,
            actor: row.get("actor")?,
            action: row.get("action")?,
            subject: row.get("subject")?,
            detail: row.get("detail")?,
            mac: row.get("mac")?,
        })
    }

    fn mac(&self, keyring: &Keyring, previous: &[u8; 32]) -> [u8; 32] {
        keyring.audit_mac(
            previous,
            &[
                &self.seq.to_be_bytes(),
                &self.at.to_be_bytes(),
                self.actor.as_bytes(),
                self.action.as_bytes(),
                self.subject.as_bytes(),
                self.detail.as_bytes(),
            ],
        )
    }
}

impl fmt::Display for AuditHead {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:", self.seq)?;
        self.mac.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl FromStr for AuditHead {
    type Err = &'static str;

    /// Reads what `audit head` has printed.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const EXPECTED: &str = "expected a number from 1 up, a colon and 64 hexadecimal digits";
        let (seq, hex) = text.trim().split_once(':').ok_or(EXPECTED)?;
        let seq = seq.parse().ok().filter(|seq| *seq >= 1).ok_or(EXPECTED)?;
        if hex.len() != 64 || !hex.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(EXPECTED);
        }
        let mut mac = [0; 32];
        for (byte, digits) in mac.iter_mut().zip(hex.as_bytes().chunks(2)) {
            let digits = std::str::from_utf8(digits).map_err(|_| EXPECTED)?;
            *byte = u8::from_str_radix(digits, 16).map_err(|_| EXPECTED)?;
        }
        Ok(Self { seq, mac })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::{AuditChain, AuditFilter, AuditHead, AuditRow};
    use crate::store::testing::{actor, store};
    use crate::store::{ContactId, Error, Store};

    /// A store with the entry of its creation and four more.
    fn with_entries() -> (tempfile::TempDir, Store) {
        let (folder, mut store) = store();
        for id in 1..=4 {
            store
                .change(&actor(), false, |change| {
                    change.add_contact(Some(ContactId(id)), false)?;
                    change.audit(
                        "contact.add",
                        &format!("contact {id}"),
                        &json!({"deleted": false}),
                    )
                })
                .unwrap();
        }
        (folder, store)
    }

    fn rows(store: &Store, filter: &AuditFilter) -> Vec<AuditRow> {
        let mut rows = Vec::new();
        let each = |row| {
            rows.push(row);
            Ok::<_, Error>(())
        };
        store.read().each_audit_row(filter, each).unwrap();
        rows
    }

    fn verify_after(sql: &str) -> AuditChain {
        let (_folder, store) = with_entries();
        assert_eq!(store.conn.execute(sql, ()).unwrap(), 1);
        store.read().audit_verify(None).unwrap()
    }

    #[test]
    fn lists_what_was_done() {
        let (_folder, store) = with_entries();
        let all = rows(&store, &AuditFilter::default());
        assert_eq!(all.iter().map(|row| row.seq).collect::<Vec<_>>(), [1, 2, 3, 4, 5]);
        assert_eq!((all[0].action.as_str(), all[4].subject.as_str()), ("init", "contact 4"));
        assert_eq!((all[1].actor.as_str(), all[1].at), (actor().name.as_str(), actor().now));
        let last = AuditFilter { last: Some(2), ..AuditFilter::default() };
        assert_eq!(rows(&store, &last), all[3..]);
        let one = AuditFilter { subject: Some("contact 2".into()), ..AuditFilter::default() };
        assert_eq!(rows(&store, &one), all[2..3]);
        let none = AuditFilter { since: Some(actor().now + 1), ..AuditFilter::default() };
        assert_eq!(rows(&store, &none), []);
    }

    #[test]
    fn an_untouched_chain_is_whole() {
        let (_folder, store) = with_entries();
        let whole = AuditChain::Whole { entries: 5 };
        assert_eq!(store.read().audit_verify(None).unwrap(), whole);
        let head = store.read().audit_head().unwrap();
        assert_eq!(store.read().audit_verify(head).unwrap(), whole);
    }

    #[test]
    fn names_the_first_altered_entry() {
        for set in [
            "at = 1",
            "actor = 'x'",
            "action = 'x'",
            "subject = 'x'",
            "detail = '{}'",
            "mac = x'00'",
        ] {
            let chain = verify_after(&format!("UPDATE audit SET {set} WHERE seq = 3"));
            assert!(matches!(chain, AuditChain::Broken { seq: 3, .. }), "{set}: {chain:?}");
        }
    }

    #[test]
    fn names_the_first_missing_entry() {
        let chain = verify_after("DELETE FROM audit WHERE seq = 2");
        assert_eq!(chain, AuditChain::Broken { seq: 2, why: "it is missing" });
    }

    #[test]
    fn a_log_without_a_number_left_is_damaged() {
        let (_folder, mut store) = with_entries();
        let last = "UPDATE audit SET seq = 9223372036854775807 WHERE seq = 5";
        store.conn.execute(last, ()).unwrap();
        let added = store.change(&actor(), false, |change| {
            change.add_contact(Some(ContactId(9)), false)?;
            change.audit("contact.add", "contact 9", &json!({}))
        });
        assert!(matches!(added, Err(Error::Damaged(_))), "{added:?}");
        let chain = store.read().audit_verify(None).unwrap();
        assert_eq!(chain, AuditChain::Broken { seq: 5, why: "it is missing" });
        assert_eq!(store.read().contact(ContactId(9)).unwrap(), None);
    }

    #[test]
    fn a_cut_off_end_shows_only_against_the_head_that_was_kept() {
        let (_folder, store) = with_entries();
        let head = store.read().audit_head().unwrap();
        store.conn.execute("DELETE FROM audit WHERE seq = 5", ()).unwrap();
        assert_eq!(store.read().audit_verify(None).unwrap(), AuditChain::Whole { entries: 4 });
        let broken = store.read().audit_verify(head).unwrap();
        assert!(matches!(broken, AuditChain::Broken { seq: 5, .. }), "{broken:?}");
    }

    #[test]
    fn another_log_does_not_lead_to_the_head_that_was_kept() {
        let (_folder, store) = with_entries();
        let head = AuditHead { seq: 3, mac: [7; 32] };
        let broken = store.read().audit_verify(Some(head)).unwrap();
        assert!(matches!(broken, AuditChain::Broken { seq: 3, .. }), "{broken:?}");
    }

    #[test]
    fn refuses_what_is_no_head() {
        for text in [
            "",
            "5",
            "5:",
            ":ab",
            "x:00",
            &format!("5:{}", "g".repeat(64)),
            &format!("5:{}", "é".repeat(32)),
        ] {
            assert!(text.parse::<AuditHead>().is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_head_is_read_as_it_was_printed(seq in 1i64.., mac: [u8; 32]) {
            let head = AuditHead { seq, mac };
            prop_assert_eq!(head.to_string().parse(), Ok(head));
        }
    }
}

//! What every changing command shares: `--dry-run`, the report, the entry in the audit log.

use std::fmt::Write as _;

use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use crate::cli::{Context, Failure};
use crate::store::{self, Change};

/// The option of every command that changes the store.
#[derive(Clone, Copy, Debug, clap::Args)]
pub(crate) struct ChangeArgs {
    /// Say what would change, and change nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
}

impl ChangeArgs {
    /// Reports on standard error what was done, or would be.
    pub(crate) fn report(self, cx: &mut Context<'_>, sentence: &str) -> Result<(), Failure> {
        if self.dry_run {
            cx.report(&format!("Dry run, nothing is kept: {sentence}"))
        } else {
            cx.report(sentence)
        }
    }

    /// Reports to whom something was done, or that nobody was left to do it to.
    pub(crate) fn report_done(
        self,
        cx: &mut Context<'_>,
        done: &str,
        names: &[String],
    ) -> Result<(), Failure> {
        if names.is_empty() {
            return self.report(cx, "It is so already.");
        }
        self.report(cx, &format!("{done} {}.", quoted(names.iter().map(String::as_str))))
    }
}

/// How many subjects an entry names one by one.
const NAMED: usize = 20;

/// Enters a command into the audit log: one entry, however many subjects it has. Several are told by their
/// number and a SHA-256 over them; a few by their names too.
pub(crate) fn audit(
    change: &mut Change<'_>,
    action: &str,
    kind: &str,
    subjects: &[String],
    detail: Map<String, Value>,
) -> Result<(), store::Error> {
    let (subject, detail) = entry(kind, subjects, detail);
    change.audit(action, &subject, &detail)
}

/// Enters into the audit log, as [`audit`] does, that secrets were shown, which changes nothing.
pub(crate) fn audit_access(
    change: &mut Change<'_>,
    action: &str,
    kind: &str,
    subjects: &[String],
    detail: Map<String, Value>,
) -> Result<(), store::Error> {
    let (subject, detail) = entry(kind, subjects, detail);
    change.audit_access(action, &subject, &detail)
}

/// The subject and the detail of an entry.
fn entry(kind: &str, subjects: &[String], mut detail: Map<String, Value>) -> (String, Value) {
    let subject = match subjects {
        [] => kind.to_owned(),
        [only] => format!("{kind} {only}"),
        many => {
            detail.insert("count".to_owned(), json!(many.len()));
            detail.insert("sha256".to_owned(), json!(sha256(many)));
            if many.len() <= NAMED {
                detail.insert("subjects".to_owned(), json!(many));
            }
            format!("{} {kind}s", many.len())
        }
    };
    (subject, Value::Object(detail))
}

/// A SHA-256 over texts, a line each.
pub(crate) fn sha256<T: AsRef<[u8]>>(lines: impl IntoIterator<Item = T>) -> String {
    let mut hash = Sha256::new();
    for line in lines {
        hash.update(line);
        hash.update("\n");
    }
    hash.finalize().iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// `1 user`, `2 users`.
pub(crate) fn counted(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

/// Names in backquotes, the first few of many: `` `a`, `b` and 7 more ``.
pub(crate) fn quoted<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let names: Vec<String> = names.into_iter().map(|name| format!("`{name}`")).collect();
    few(&names)
}

/// The first few of many: `a, b and 7 more`.
pub(crate) fn few(names: &[String]) -> String {
    match names.split_at_checked(5) {
        Some((shown, rest)) if rest.len() > 1 => {
            format!("{} and {} more", shown.join(", "), rest.len())
        }
        _ => names.join(", "),
    }
}

#[cfg(test)]
mod tests {
    use super::{counted, quoted};

    #[test]
    fn long_lists_of_names_are_cut() {
        let names: Vec<String> = (1..=9).map(|n| format!("u{n}")).collect();
        let shown = |count: usize| quoted(names[..count].iter().map(String::as_str));
        assert_eq!(shown(2), "`u1`, `u2`");
        assert_eq!(shown(6), "`u1`, `u2`, `u3`, `u4`, `u5`, `u6`");
        assert_eq!(shown(9), "`u1`, `u2`, `u3`, `u4`, `u5` and 4 more");
    }

    #[test]
    fn one_is_singular() {
        assert_eq!((counted(1, "key"), counted(0, "key")), ("1 key".into(), "0 keys".into()));
    }
}

//! `authctl audit`: who changed what.

use clap::Subcommand;
use serde::Serialize;
use serde_json::Value;

use super::moment::{Moment, rfc3339};
use crate::cli::{Context, Failure};
use crate::exit::Exit;
use crate::output::{Column, ListWriter, Row};
use crate::store::{AuditChain, AuditFilter, AuditHead, AuditRow};

/// Read and check the audit log
///
/// Every change leaves an entry, in the same transaction. Each entry carries an HMAC over the one
/// before it, keyed by the key file: tamper-evident, for whoever has no key file. The chain proves the
/// log, not the other tables.
#[derive(Debug, clap::Args)]
pub(crate) struct AuditArgs {
    #[command(subcommand)]
    command: AuditCommand,
}

#[derive(Debug, Subcommand)]
#[command(defer = true)]
enum AuditCommand {
    /// List entries, oldest first
    List(ListArgs),
    /// Check the chain from its beginning
    Verify(VerifyArgs),
    /// Print the last entry's number and HMAC, to keep elsewhere
    Head,
}

/// List entries, oldest first
///
/// Example: `authctl audit list --since 7d --format jsonl`
#[derive(Debug, clap::Args)]
struct ListArgs {
    /// Only entries from this time on: RFC 3339, a date, or a duration back from now
    #[arg(long, value_name = "TIME")]
    since: Option<Moment>,
    /// Only entries of this user of the operating system
    #[arg(long, value_name = "NAME")]
    actor: Option<String>,
    /// Only entries of this action, such as `key.revoke`
    #[arg(long, value_name = "ACTION")]
    action: Option<String>,
    /// Only entries about this, such as `user alice`
    #[arg(long, value_name = "SUBJECT")]
    subject: Option<String>,
    /// Only the newest entries, this many
    #[arg(long, value_name = "COUNT")]
    last: Option<u32>,
}

/// Check the chain from its beginning
///
/// Names the first entry that was altered, put in or taken out. Entries cut off at the end are only
/// found with a head that was kept elsewhere.
///
/// Exits 0 when the chain is whole, 7 when it is not.
///
/// Example: `authctl audit verify --expect-head "$(cat head.txt)"`
#[derive(Debug, clap::Args)]
struct VerifyArgs {
    /// A head as `authctl audit head` printed it
    #[arg(long, value_name = "SEQ:MAC")]
    expect_head: Option<AuditHead>,
}

impl AuditArgs {
    pub(crate) fn run(&self, cx: &mut Context<'_>) -> Result<Exit, Failure> {
        match &self.command {
            AuditCommand::List(args) => args.run(cx),
            AuditCommand::Verify(args) => args.run(cx),
            AuditCommand::Head => head(cx),
        }
    }
}

impl ListArgs {
    fn run(&self, cx: &mut Context<'_>) -> Result<Exit, Failure> {
        let store = cx.open_read()?;
        let filter = AuditFilter {
            since: self.since.map(|since| since.resolve_back(cx.now)).transpose()?,
            actor: self.actor.clone(),
            action: self.action.clone(),
            subject: self.subject.clone(),
            last: self.last,
        };
        let mut rows = ListWriter::new(cx.layout(), cx.stdout)?;
        store
            .read()
            .each_audit_row(&filter, |entry| Ok::<_, Failure>(rows.push(&EntryRow::of(entry))?))?;
        rows.finish()?;
        Ok(Exit::Done)
    }
}

impl VerifyArgs {
    fn run(&self, cx: &mut Context<'_>) -> Result<Exit, Failure> {
        let store = cx.open_read()?;
        let chain = store.read().audit_verify(self.expect_head)?;
        if !cx.layout().is_table() {
            cx.records(&[ChainRow::of(&chain)])?;
        }
        match chain {
            AuditChain::Whole { entries } => {
                cx.report(&format!("The chain is whole: {entries} entries."))?;
                if self.expect_head.is_none() {
                    cx.note(
                        "whether entries were cut off at the end shows only with --expect-head",
                    )?;
                }
                Ok(Exit::Done)
            }
            AuditChain::Broken { seq, why } => Err(Failure::new(
                Exit::Integrity,
                format!("the audit log is broken at entry {seq}: {why}"),
            )
            .hint("Compare it with a backup; entries before that one are sound.")),
        }
    }
}

fn head(cx: &mut Context<'_>) -> Result<Exit, Failure> {
    let store = cx.open_read()?;
    let head = store.read().audit_head()?;
    if cx.layout().is_table() {
        head.map_or(Ok(()), |head| writeln!(cx.stdout, "{head}"))?;
    } else {
        let rows: Vec<HeadRow> = head.iter().map(HeadRow::of).collect();
        cx.records(&rows)?;
    }
    Ok(Exit::Done)
}

/// What became of the chain, for programs.
#[derive(Serialize)]
struct ChainRow {
    whole: bool,
    entries: Option<i64>,
    broken_at: Option<i64>,
    why: Option<&'static str>,
}

impl ChainRow {
    fn of(chain: &AuditChain) -> Self {
        match *chain {
            AuditChain::Whole { entries } => {
                Self { whole: true, entries: Some(entries), broken_at: None, why: None }
            }
            AuditChain::Broken { seq, why } => {
                Self { whole: false, entries: None, broken_at: Some(seq), why: Some(why) }
            }
        }
    }
}

impl Row for ChainRow {
    const COLUMNS: &'static [Column] = &[
        Column::whole("whole"),
        Column::whole("entries"),
        Column::whole("broken_at"),
        Column::text("why"),
    ];

    fn cells(&self) -> Vec<String> {
        let number = |number: Option<i64>| number.map(|it| it.to_string()).unwrap_or_default();
        vec![
            self.whole.to_string(),
            number(self.entries),
            number(self.broken_at),
            self.why.unwrap_or_default().to_owned(),
        ]
    }
}

/// The head, for programs.
#[derive(Serialize)]
struct HeadRow {
    head: String,
}

impl HeadRow {
    fn of(head: &AuditHead) -> Self {
        Self { head: head.to_string() }
    }
}

impl Row for HeadRow {
    const COLUMNS: &'static [Column] = &[Column::whole("head")];

    fn cells(&self) -> Vec<String> {
        vec![self.head.clone()]
    }
}

#[derive(Serialize)]
struct EntryRow {
    seq: i64,
    at: String,
    actor: String,
    action: String,
    subject: String,
    detail: Value,
}

impl EntryRow {
    fn of(entry: AuditRow) -> Self {
        Self {
            seq: entry.seq,
            at: rfc3339(entry.at),
            actor: entry.actor,
            action: entry.action,
            subject: entry.subject,
            detail: serde_json::from_str(&entry.detail).unwrap_or(Value::String(entry.detail)),
        }
    }
}

/// The detail in words: `contact: 203, contact_added: true`. What is empty or false is left out.
fn spoken(detail: &Value) -> String {
    let Value::Object(fields) = detail else { return detail.to_string() };
    let said = |value: &Value| match value {
        Value::Null | Value::Bool(false) => None,
        Value::String(text) => Some(text.clone()),
        Value::Array(items) if items.is_empty() => None,
        Value::Array(items) => {
            let items = items
                .iter()
                .map(|item| item.as_str().map_or_else(|| item.to_string(), str::to_owned));
            Some(items.collect::<Vec<_>>().join(", "))
        }
        other => Some(other.to_string()),
    };
    let words = fields.iter().filter_map(|(name, value)| match value {
        Value::Object(_) => Some(spoken(value)),
        value => Some(format!("{name}: {}", said(value)?)),
    });
    words.filter(|words| !words.is_empty()).collect::<Vec<_>>().join("; ")
}

impl Row for EntryRow {
    const COLUMNS: &'static [Column] = &[
        Column::whole("seq"),
        Column::whole("at"),
        Column::whole("actor"),
        Column::whole("action"),
        Column::text("subject"),
        Column::text("detail"),
    ];

    fn cells(&self) -> Vec<String> {
        vec![
            self.seq.to_string(),
            self.at.clone(),
            self.actor.clone(),
            self.action.clone(),
            self.subject.clone(),
            spoken(&self.detail),
        ]
    }
}

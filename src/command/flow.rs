//! `authctl flow`: what AuthX accepts in each flow.

use clap::Subcommand;
use serde::Serialize;
use serde_json::{Value, json};

use super::change::ChangeArgs;
use super::subject::{once, unknown};
use super::{authx, setting};
use crate::cli::{Context, Failure};
use crate::exit::Exit;
use crate::output::{Column, Row};
use crate::store::{CIVICRM_SETTINGS, Reader};
use crate::verify::civicrm;

/// Manage what AuthX accepts in each flow
///
/// A flow is a way to send a credential: `header` (Authorization), `xheader` (X-Civi-Auth), `param`, `auto`
/// and `login` (`_authx`), `legacyrest` (`api_key` and `key`), `script` and `pipe` (calls from PHP).
#[derive(Debug, clap::Args)]
pub(crate) struct FlowArgs {
    #[command(subcommand)]
    command: FlowCommand,
}

#[derive(Debug, Subcommand)]
#[command(defer = true)]
enum FlowCommand {
    /// List flows with what they accept
    List,
    /// Set what flows accept
    Set(SetArgs),
    /// Put flows back to the release's defaults
    Reset(ResetArgs),
}

/// Set what flows accept
///
/// Examples: `authctl flow set header --cred jwt,api_key,pass`,
/// `authctl flow set login auto --user-mode require`
#[derive(Debug, clap::Args)]
#[command(group = clap::ArgGroup::new("what").required(true).multiple(true)
    .args(["cred", "no_cred", "user_mode"]))]
struct SetArgs {
    /// Flows
    #[arg(required = true, value_name = "FLOW")]
    flows: Vec<String>,
    /// Credential types to accept: `jwt`, `api_key`, `pass`
    #[arg(long, value_name = "TYPE", value_delimiter = ',', conflicts_with = "no_cred")]
    cred: Vec<String>,
    /// Accept no credential
    #[arg(long)]
    no_cred: bool,
    /// Whether a CMS account is wanted: `optional`, `require` or `ignore`
    #[arg(long, value_name = "MODE")]
    user_mode: Option<String>,
    #[command(flatten)]
    change: ChangeArgs,
}

/// Put flows back to the release's defaults
#[derive(Debug, clap::Args)]
struct ResetArgs {
    /// Flows
    #[arg(required = true, value_name = "FLOW")]
    flows: Vec<String>,
    #[command(flatten)]
    change: ChangeArgs,
}

impl FlowArgs {
    pub(crate) fn run(&self, cx: &mut Context<'_>) -> Result<Exit, Failure> {
        match &self.command {
            FlowCommand::List => list(cx),
            FlowCommand::Set(args) => args.run(cx),
            FlowCommand::Reset(args) => args.run(cx),
        }
    }
}

fn list(cx: &mut Context<'_>) -> Result<Exit, Failure> {
    let store = cx.open_read()?;
    let rows = civicrm::FLOWS
        .iter()
        .map(|flow| FlowRow::of(store.read(), flow))
        .collect::<Result<Vec<_>, _>>()?;
    cx.list(&rows)?;
    Ok(Exit::Done)
}

impl SetArgs {
    fn run(&self, cx: &mut Context<'_>) -> Result<Exit, Failure> {
        let mut values = Vec::new();
        let flows = once(&self.flows);
        for flow in &flows {
            check(flow)?;
            if self.no_cred || !self.cred.is_empty() {
                known_words(&cred(flow), &self.cred)?;
                values.push((stored(&cred(flow)), json!(once(&self.cred))));
            }
            if let Some(mode) = &self.user_mode {
                known_words(&user(flow), std::slice::from_ref(mode))?;
                values.push((stored(&user(flow)), json!(mode)));
            }
        }
        change(cx, "flow.set", (&flows, "Changed"), &values, self.change)
    }
}

impl ResetArgs {
    fn run(&self, cx: &mut Context<'_>) -> Result<Exit, Failure> {
        let mut values = Vec::new();
        let flows = once(&self.flows);
        for flow in &flows {
            check(flow)?;
            values.push((stored(&cred(flow)), Value::Null));
            values.push((stored(&user(flow)), Value::Null));
        }
        change(cx, "flow.reset", (&flows, "Put back to the default:"), &values, self.change)
    }
}

/// Writes the settings of flows and says which flows changed.
fn change(
    cx: &mut Context<'_>,
    action: &str,
    (flows, done): (&[String], &str),
    values: &[(String, Value)],
    args: ChangeArgs,
) -> Result<Exit, Failure> {
    let changed = setting::change(cx, action, values, args)?;
    let is_changed = |flow: &&String| {
        [cred(flow), user(flow)].iter().any(|name| changed.contains(&stored(name)))
    };
    let names: Vec<String> = flows.iter().filter(is_changed).cloned().collect();
    args.report_done(cx, done, &names)?;
    Ok(Exit::Done)
}

fn check(flow: &str) -> Result<(), Failure> {
    if civicrm::FLOWS.contains(&flow) {
        return Ok(());
    }
    Err(unknown("flow", flow, civicrm::FLOWS.iter().copied(), "`authctl flow list` lists all."))
}

/// Refuses words that upstream does not know.
fn known_words(name: &str, words: &[String]) -> Result<(), Failure> {
    let known = civicrm::known_words(name).unwrap_or_default();
    match words.iter().find(|word| !known.contains(&word.as_str())) {
        None => Ok(()),
        Some(word) => {
            let kind = if name.ends_with("_user") { "user mode" } else { "credential type" };
            let otherwise = format!(
                "`authctl setting set {CIVICRM_SETTINGS}{name} WORDS` takes those of extensions."
            );
            Err(unknown(kind, word, known.iter().copied(), &otherwise))
        }
    }
}

fn cred(flow: &str) -> String {
    format!("authx_{flow}_cred")
}

fn user(flow: &str) -> String {
    format!("authx_{flow}_user")
}

fn stored(name: &str) -> String {
    format!("{CIVICRM_SETTINGS}{name}")
}

#[derive(Serialize)]
struct FlowRow {
    flow: &'static str,
    cred: Value,
    user_mode: Value,
    default: bool,
}

impl FlowRow {
    fn of(reader: Reader<'_>, flow: &'static str) -> Result<Self, Failure> {
        let (types, default_types) = authx::value(reader, &cred(flow))?;
        let (mode, default_mode) = authx::value(reader, &user(flow))?;
        Ok(Self { flow, cred: types, user_mode: mode, default: default_types && default_mode })
    }
}

impl Row for FlowRow {
    const COLUMNS: &'static [Column] = &[
        Column::whole("flow"),
        Column::text("cred"),
        Column::whole("user_mode"),
        Column::whole("default"),
    ];

    fn cells(&self) -> Vec<String> {
        let types = authx::words(&self.cred);
        let types = if types.is_empty() { "none".to_owned() } else { types.join(", ") };
        vec![
            self.flow.to_owned(),
            types,
            authx::words(&self.user_mode).join(""),
            self.default.to_string(),
        ]
    }
}

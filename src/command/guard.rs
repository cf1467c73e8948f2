//! `authctl guard`: AuthX's guards.

use clap::Subcommand;
use serde::Serialize;
use serde_json::{Value, json};

use super::change::ChangeArgs;
use super::subject::{once, unknown};
use super::{authx, confirm, setting};
use crate::cli::{Context, Failure};
use crate::exit::Exit;
use crate::output::{Column, Row};
use crate::store::CIVICRM_SETTINGS;
use crate::verify::civicrm;

/// AuthX's setting.
const GUARDS: &str = "authx_guards";

/// Manage AuthX's guards
///
/// Any one satisfied guard is enough: `site_key` (the request carries the site key), `perm` (the principal
/// has the permission for its kind of credential). Without guards none is asked for.
#[derive(Debug, clap::Args)]
pub(crate) struct GuardArgs {
    #[command(subcommand)]
    command: GuardCommand,
}

#[derive(Debug, Subcommand)]
#[command(defer = true)]
enum GuardCommand {
    /// Show which guards are asked for
    Show,
    /// Set which guards are asked for
    Set(SetArgs),
}

/// Set which guards are asked for
///
/// On a terminal, `--none` asks first, unless `--yes` is given.
///
/// Examples: `authctl guard set perm site_key`, `authctl guard set --none`
#[derive(Debug, clap::Args)]
#[command(group = clap::ArgGroup::new("what").required(true).args(["names", "none"]))]
struct SetArgs {
    /// `site_key`, `perm`, or both
    #[arg(value_name = "GUARD")]
    names: Vec<String>,
    /// Ask for no guard at all
    #[arg(long)]
    none: bool,
    #[command(flatten)]
    change: ChangeArgs,
}

impl GuardArgs {
    pub(crate) fn run(&self, cx: &mut Context<'_>) -> Result<Exit, Failure> {
        match &self.command {
            GuardCommand::Show => show(cx),
            GuardCommand::Set(args) => args.run(cx),
        }
    }
}

fn show(cx: &mut Context<'_>) -> Result<Exit, Failure> {
    let store = cx.open_read()?;
    let (value, default) = authx::value(store.read(), GUARDS)?;
    cx.records(&[GuardRow { guards: value, default }])?;
    Ok(Exit::Done)
}

impl SetArgs {
    fn run(&self, cx: &mut Context<'_>) -> Result<Exit, Failure> {
        let known = civicrm::known_words(GUARDS).unwrap_or_default();
        for name in &self.names {
            if !known.contains(&name.as_str()) {
                let otherwise = format!(
                    "`authctl setting set {CIVICRM_SETTINGS}{GUARDS} WORDS` takes those of extensions."
                );
                return Err(unknown("guard", name, known.iter().copied(), &otherwise));
            }
        }
        if self.none {
            let question = "ask for no guard, so that every accepted credential is let in?";
            confirm::ask_person(cx, question, self.change.dry_run)?;
        }
        let name = format!("{CIVICRM_SETTINGS}{GUARDS}");
        let words = once(&self.names);
        let value = json!(words);
        let changed = setting::change(cx, "guard.set", &[(name, value)], self.change)?;
        let done = match words.as_slice() {
            _ if changed.is_empty() => "It is so already.".to_owned(),
            [] => "No guard is asked for.".to_owned(),
            [only] => format!("The guard asked for is {only}."),
            several => {
                format!("The guards, any one of which is enough, are {}.", several.join(", "))
            }
        };
        self.change.report(cx, &done)?;
        if self.none {
            cx.warn("without guards every accepted credential is let in")?;
        }
        Ok(Exit::Done)
    }
}

#[derive(Serialize)]
struct GuardRow {
    guards: Value,
    default: bool,
}

impl Row for GuardRow {
    const COLUMNS: &'static [Column] = &[Column::whole("guards"), Column::whole("default")];

    fn cells(&self) -> Vec<String> {
        let words = authx::words(&self.guards);
        let words = if words.is_empty() { "none".to_owned() } else { words.join(", ") };
        vec![words, self.default.to_string()]
    }
}

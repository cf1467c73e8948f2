//! `authctl setting`: facts about the site.

mod list;
mod name;

use clap::Subcommand;
use serde_json::{Map, Value, json};

use self::name::{check_choice, check_name, is_known, may_hold_secret, note_slip};
use super::authx;
use super::change::{ChangeArgs, audit, quoted, sha256};
use super::subject::once;
use crate::cli::{Context, Failure};
use crate::exit::Exit;
use crate::store::DRUPAL_SETTINGS;

/// The object of Drupal's module, whose fields are settings of their own here.
const MODULE: &str = "drupal.settings";

/// Manage facts about the site
///
/// What the site is (`site.cms`, `site.base_url`), which release it runs (`civicrm.release`,
/// `drupal.module`), what CiviCRM stores by upstream's names (`civicrm.settings.authx_guards`), and what
/// Drupal's module stores by its own (`drupal.settings.enable_authentication`).
///
/// Guards, flows, applications and keys have commands of their own: `authctl guard`, `authctl flow`,
/// `authctl app`, `authctl key`.
#[derive(Debug, clap::Args)]
pub(crate) struct SettingArgs {
    #[command(subcommand)]
    command: SettingCommand,
}

#[derive(Debug, Subcommand)]
#[command(defer = true)]
enum SettingCommand {
    /// List settings with their values
    List,
    /// Print the value of settings
    Get(list::GetArgs),
    /// Set settings
    Set(SetArgs),
    /// Put settings back to their defaults
    Reset(ResetArgs),
}

/// Set settings
///
/// Lists are separated by commas. Settings under `civicrm.settings.` take any words, since sites hold any;
/// those that upstream does not know are warned about. Secrets are never settings.
///
/// Examples: `authctl setting set site.cms wordpress`,
/// `authctl setting set site.cms=drupal7 civicrm.release=6.10`,
/// `authctl setting set drupal.settings.enable_authentication on`,
/// `authctl setting set drupal.module=2.1.0 drupal.output_buffering=0`
#[derive(Debug, clap::Args)]
struct SetArgs {
    /// A name and a value, or any number of NAME=VALUE
    #[arg(required = true, value_name = "NAME=VALUE")]
    words: Vec<String>,
    #[command(flatten)]
    change: ChangeArgs,
}

/// Put settings back to their defaults
#[derive(Debug, clap::Args)]
struct ResetArgs {
    /// Names of settings
    #[arg(required = true, value_name = "NAME")]
    names: Vec<String>,
    #[command(flatten)]
    change: ChangeArgs,
}

impl SettingArgs {
    pub(crate) fn run(&self, cx: &mut Context<'_>) -> Result<Exit, Failure> {
        match &self.command {
            SettingCommand::List => list::list(cx),
            SettingCommand::Get(args) => args.run(cx),
            SettingCommand::Set(args) => args.run(cx),
            SettingCommand::Reset(args) => args.run(cx),
        }
    }
}

impl SetArgs {
    fn run(&self, cx: &mut Context<'_>) -> Result<Exit, Failure> {
        let mut values = Vec::new();
        for (name, text) in self.pairs()? {
            let kind = check_name(name)?;
            if name == MODULE {
                return Err(Failure::usage(format!("`{MODULE}` is set field by field")).hint(
                    format!(
                        "Set one with `authctl setting set {DRUPAL_SETTINGS}NAME VALUE`, or bring an \
                         exported object in with `authctl apply`."
                    ),
                ));
            }
            if values.iter().any(|(other, _)| other == name) {
                return Err(Failure::usage(format!("`{name}` is given twice")));
            }
            let value = kind.parse(text);
            check_choice(name, kind, text)?;
            if may_hold_secret(name, &value) {
                return Err(Failure::usage(format!(
                    "`{name}` may hold a secret, and no secret is taken from the command line"
                ))
                .hint("No verdict hangs on it: leave it out."));
            }
            values.push((name.to_owned(), value));
        }
        set(cx, "setting.set", &values, self.change)
    }

    /// `NAME VALUE`, or `NAME=VALUE …`.
    fn pairs(&self) -> Result<Vec<(&str, &str)>, Failure> {
        if let [name, value] = self.words.as_slice()
            && !name.contains('=')
        {
            return Ok(vec![(name, value)]);
        }
        let pairs = self.words.iter().map(|word| word.split_once('='));
        pairs.collect::<Option<_>>().ok_or_else(|| {
            Failure::usage("a setting is set by its name and a value, or by NAME=VALUE")
        })
    }
}

impl ResetArgs {
    fn run(&self, cx: &mut Context<'_>) -> Result<Exit, Failure> {
        let mut values = Vec::new();
        for name in once(&self.names) {
            check_name(&name)?;
            values.push((name, Value::Null));
        }
        set(cx, "setting.reset", &values, self.change)
    }
}

/// Writes settings and says what changed.
fn set(
    cx: &mut Context<'_>,
    action: &str,
    values: &[(String, Value)],
    args: ChangeArgs,
) -> Result<Exit, Failure> {
    let changed = change(cx, action, values, args)?;
    if changed.is_empty() {
        args.report(cx, "It is so already.")?;
    } else {
        let names = quoted(changed.iter().map(String::as_str));
        let done = if values.iter().all(|(_, value)| value.is_null()) {
            "Put back to the default"
        } else {
            "Set"
        };
        args.report(cx, &format!("{done}: {names}."))?;
    }
    Ok(Exit::Done)
}

/// Writes settings, null being the default; answers the names of those that changed. Warns of words that
/// nobody knows.
pub(super) fn change(
    cx: &mut Context<'_>,
    action: &str,
    values: &[(String, Value)],
    args: ChangeArgs,
) -> Result<Vec<String>, Failure> {
    let mut store = cx.open_write(args.dry_run)?;
    let actor = cx.actor();
    let changed = store.change(&actor, args.dry_run, |change| {
        let mut changed = Vec::new();
        let mut detail = Map::new();
        for (name, value) in values {
            if change.set_setting(name, value)? {
                changed.push(name.clone());
                detail.insert(name.clone(), audited(name, value));
            }
        }
        let detail = Map::from_iter([("values".to_owned(), Value::Object(detail))]);
        audit(change, action, "setting", &changed, detail)?;
        Ok::<_, Failure>(changed)
    })?;
    for (name, value) in values {
        authx::warn(cx, name, value)?;
        note_slip(cx, name)?;
    }
    Ok(changed)
}

/// What the audit log keeps of a value: of one that nobody knows, a SHA-256.
fn audited(name: &str, value: &Value) -> Value {
    if value.is_null() || is_known(name) {
        return value.clone();
    }
    json!({ "sha256": sha256([value.to_string()]) })
}

//! `authctl setting`: facts about the site.

use std::collections::BTreeSet;

use clap::Subcommand;
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::authx;
use super::change::{ChangeArgs, audit, quoted, sha256};
use super::subject::{once, unknown};
use crate::cli::{Context, Failure};
use crate::document::{is_secret, nearest};
use crate::exit::Exit;
use crate::output::{Column, Row};
use crate::store::{
    AUTHX, CIVICRM_SETTINGS, DRUPAL_SETTINGS, Error, KNOWN_SETTINGS, KnownSetting, Reader,
    SettingKind,
};
use crate::verify::civicrm;

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
    Get(GetArgs),
    /// Set settings
    Set(SetArgs),
    /// Put settings back to their defaults
    Reset(ResetArgs),
}

/// Print the value of settings
///
/// One value is printed alone, as text or JSON; with `--format` other than `table`, or several names, as a
/// list.
///
/// Example: `authctl setting get site.cms`
#[derive(Debug, clap::Args)]
struct GetArgs {
    /// Names of settings
    #[arg(required = true, value_name = "NAME")]
    names: Vec<String>,
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
            SettingCommand::List => list(cx),
            SettingCommand::Get(args) => args.run(cx),
            SettingCommand::Set(args) => args.run(cx),
            SettingCommand::Reset(args) => args.run(cx),
        }
    }
}

fn list(cx: &mut Context<'_>) -> Result<Exit, Failure> {
    let store = cx.open_read()?;
    let reader = store.read();
    let stored = reader.stored_settings()?;
    let fields = stored.get(MODULE).and_then(Value::as_object).into_iter().flatten();
    // What was taken out of the object left a null: keys, secrets and applications.
    let fields = fields.filter(|(_, value)| !value.is_null());
    let names = known_names()
        .into_iter()
        .chain(stored.keys().cloned())
        .chain(fields.map(|(name, _)| format!("{DRUPAL_SETTINGS}{name}")));
    let names: BTreeSet<String> = names.filter(|name| name != MODULE).collect();
    let rows = names
        .into_iter()
        .map(|name| SettingRow::of(reader, name))
        .collect::<Result<Vec<_>, _>>()?;
    cx.list(&rows)?;
    Ok(Exit::Done)
}

impl GetArgs {
    fn run(&self, cx: &mut Context<'_>) -> Result<Exit, Failure> {
        let store = cx.open_read()?;
        let reader = store.read();
        let rows = once(&self.names)
            .into_iter()
            .map(|name| {
                check_name(&name)?;
                SettingRow::of(reader, name)
            })
            .collect::<Result<Vec<_>, _>>()?;
        match rows.as_slice() {
            [only] if cx.layout().is_table() => writeln!(cx.stdout, "{}", only.shown())?,
            rows => cx.list(rows)?,
        }
        Ok(Exit::Done)
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

/// Whether it is known what a setting holds, and that this is no secret.
fn is_known(name: &str) -> bool {
    let upstream = name.strip_prefix(CIVICRM_SETTINGS);
    KnownSetting::named(name).is_some() || upstream.is_some_and(|name| name.starts_with(AUTHX))
}

/// Whether an extension's setting is a secret by its name, or an object, which may have one in it.
fn may_hold_secret(name: &str, value: &Value) -> bool {
    !is_known(name) && (is_secret(name) || has_object(value))
}

fn has_object(value: &Value) -> bool {
    value.is_object() || value.as_array().is_some_and(|items| items.iter().any(has_object))
}

/// What the audit log keeps of a value: of one that nobody knows, a SHA-256.
fn audited(name: &str, value: &Value) -> Value {
    if value.is_null() || is_known(name) {
        return value.clone();
    }
    json!({ "sha256": sha256([value.to_string()]) })
}

/// Every name that authctl knows.
fn known_names() -> Vec<String> {
    let ours = KNOWN_SETTINGS.iter().map(|known| known.name.to_owned());
    let upstream = civicrm::setting_names().map(|name| format!("{CIVICRM_SETTINGS}{name}"));
    ours.chain(upstream).collect()
}

/// Refuses a word that is none of a setting's, with the one that was probably meant.
fn check_choice(name: &str, kind: SettingKind, text: &str) -> Result<(), Failure> {
    let SettingKind::Choice(words) = kind else { return Ok(()) };
    if words.contains(&text) {
        return Ok(());
    }
    let refused = Error::BadSetting { name: name.to_owned(), expected: kind.expected() };
    Err(match nearest(text, words.iter().copied()) {
        Some(meant) => Failure::from(refused).hint(format!("Did you mean `{meant}`?")),
        None => refused.into(),
    })
}

/// What the setting takes, when there is one of that name.
fn check_name(name: &str) -> Result<SettingKind, Failure> {
    if let Some(field) = name.strip_prefix(DRUPAL_SETTINGS) {
        check_field(field)?;
    }
    SettingKind::of(name).map_err(|_| {
        let known = known_names();
        unknown(
            "setting",
            name,
            known.iter().map(String::as_str),
            "`authctl setting list` lists all.",
        )
    })
}

/// Refuses fields of the module's object that are kept elsewhere.
fn check_field(field: &str) -> Result<(), Failure> {
    let (what, hint) = match field {
        "api_token" => (
            "a key",
            "Make one with `authctl key generate --api-token`, or take the site's over with `authctl key import`.",
        ),
        "applications" => ("a list of applications", "Use `authctl app`."),
        field if is_secret(field) => {
            ("a secret", "Bring it in with a policy document: `authctl apply -`.")
        }
        _ => return Ok(()),
    };
    Err(Failure::usage(format!("`{DRUPAL_SETTINGS}{field}` is {what}, not a setting")).hint(hint))
}

/// Notes names that nothing reads and that look like a slip for one of the same family that something does.
fn note_slip(cx: &mut Context<'_>, name: &str) -> Result<(), Failure> {
    let known = known_names();
    let family = [DRUPAL_SETTINGS, CIVICRM_SETTINGS].into_iter().find(|it| name.starts_with(it));
    let Some(family) = family.filter(|_| !known.iter().any(|known| known == name)) else {
        return Ok(());
    };
    let known = known.iter().map(String::as_str).filter(|known| known.starts_with(family));
    if let Some(meant) = nearest(name, known) {
        cx.note(&format!("nothing reads `{name}` here; did you mean `{meant}`?"))?;
    }
    Ok(())
}

#[derive(Serialize)]
struct SettingRow {
    name: String,
    value: Value,
    default: bool,
}

impl SettingRow {
    fn of(reader: Reader<'_>, name: String) -> Result<Self, Failure> {
        let stored = reader.stored_setting(&name)?;
        let default = stored.is_none();
        let value = match (stored, name.strip_prefix(CIVICRM_SETTINGS)) {
            (Some(value), _) => value,
            (None, Some(upstream)) => authx::default(reader, upstream)?,
            (None, None) => reader.setting(&name)?,
        };
        Ok(Self { name, value, default })
    }

    /// The value as a person types it.
    fn shown(&self) -> String {
        match &self.value {
            Value::Null => String::new(),
            Value::String(text) => text.clone(),
            Value::Array(words) => {
                let words: Vec<&str> = words.iter().filter_map(Value::as_str).collect();
                words.join(",")
            }
            other => other.to_string(),
        }
    }
}

impl Row for SettingRow {
    const COLUMNS: &'static [Column] =
        &[Column::whole("name"), Column::text("value"), Column::whole("default")];

    fn cells(&self) -> Vec<String> {
        vec![self.name.clone(), self.shown(), self.default.to_string()]
    }
}

//! `authctl site-key`: CiviCRM's site key.

use clap::Subcommand;
use rand::CryptoRng;
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::change::{ChangeArgs, audit};
use super::confirm::Confirmed;
use super::secret::{self, Ask, SecretSource};
use crate::cli::{Context, Failure, cause};
use crate::credential::{ApiKey, KeyKind, Secret};
use crate::exit::Exit;
use crate::output::{Column, Row};
use crate::store::{Change, Reader, SITE_KEY};

/// How a site key is made empty, which nobody means who gives an empty file.
const EMPTY: &str = "A document sets an empty one, `civicrm: { site_key: \"\" }`; `authctl site-key unset` \
                     makes it undefined.";

/// Manage CiviCRM's site key
///
/// The constant `CIVICRM_SITE_KEY` of the site, which the guard `site_key` asks for. It is kept sealed.
#[derive(Debug, clap::Args)]
pub(crate) struct SiteKeyArgs {
    #[command(subcommand)]
    command: SiteKeyCommand,
}

#[derive(Debug, Subcommand)]
#[command(defer = true)]
enum SiteKeyCommand {
    /// Make a new site key and show it once
    Generate(GenerateArgs),
    /// Set the site key to the site's own
    Set(SetArgs),
    /// Show what is known of the site key
    Show(ShowArgs),
    /// Tell whether a text is the site key
    Check(CheckArgs),
    /// Make the site key undefined
    Unset(UnsetArgs),
}

/// Make a new site key and show it once
///
/// It is printed alone; put it into `civicrm.settings.php`. Asks before it replaces one, or takes
/// `--yes`.
#[derive(Debug, clap::Args)]
struct GenerateArgs {
    #[command(flatten)]
    change: ChangeArgs,
}

/// Set the site key to the site's own
///
/// The empty text is a site key too, one that a request without a site key satisfies; it is taken from
/// a prompt or a document, never from standard input or a file. Asks before it replaces another, or takes
/// `--yes`.
///
/// Example: `authctl site-key set @key.txt`
#[derive(Debug, clap::Args)]
struct SetArgs {
    /// Where the key is read: `-` for standard input, `@FILE`, or nothing to be asked
    #[arg(value_name = "SOURCE")]
    source: Option<SecretSource>,
    #[command(flatten)]
    change: ChangeArgs,
}

/// Show what is known of the site key
///
/// Its text only with `--reveal`, which leaves an entry in the audit log.
#[derive(Debug, clap::Args)]
struct ShowArgs {
    /// Print the text, alone
    #[arg(long)]
    reveal: bool,
}

/// Tell whether a text is the site key
///
/// Compared as the site does: byte for byte. Exits 0 when it is, 3 when it is not.
///
/// Example: `authctl site-key check < key.txt`
#[derive(Debug, clap::Args)]
struct CheckArgs {
    /// Where the text is read: `-` for standard input, or `@FILE`
    #[arg(value_name = "SOURCE")]
    source: Option<SecretSource>,
}

/// Make the site key undefined
///
/// Then nothing satisfies the guard `site_key`. Asks first, or takes `--yes`.
#[derive(Debug, clap::Args)]
struct UnsetArgs {
    #[command(flatten)]
    change: ChangeArgs,
}

impl SiteKeyArgs {
    pub(crate) fn run(&self, cx: &mut Context<'_>) -> Result<Exit, Failure> {
        match &self.command {
            SiteKeyCommand::Generate(args) => args.run(cx),
            SiteKeyCommand::Set(args) => args.run(cx),
            SiteKeyCommand::Show(args) => args.run(cx),
            SiteKeyCommand::Check(args) => args.run(cx),
            SiteKeyCommand::Unset(args) => args.run(cx),
        }
    }
}

impl GenerateArgs {
    fn run(&self, cx: &mut Context<'_>) -> Result<Exit, Failure> {
        let mut store = cx.open_write(self.change.dry_run)?;
        let key = ApiKey::generate(KeyKind::SiteKey, cx.rng);
        let replaces = agreed(cx, store.read(), &key, self.change)?;
        let actor = cx.actor();
        store.change(&actor, self.change.dry_run, |change| {
            put(change, &key, cx.rng, replaces)?;
            let detail = Map::from_iter([("hint".to_owned(), json!(ApiKey::hint(key.expose())))]);
            audit(change, "site-key.generate", "site key", &[], detail)?;
            Ok::<_, Failure>(())
        })?;
        if !self.change.dry_run {
            secret::show(cx, &key).map_err(|error| {
                let message = format!("the new site key could not be shown: {}", cause(&error));
                Failure::new(Exit::Failed, message)
                    .hint("It is set; `authctl site-key show --reveal` shows it.")
            })?;
        }
        self.change.report(cx, "Made a site key; the site has it once its settings do.")?;
        Ok(Exit::Done)
    }
}

impl SetArgs {
    fn run(&self, cx: &mut Context<'_>) -> Result<Exit, Failure> {
        let mut store = cx.open_write(self.change.dry_run)?;
        let key = secret::read(cx, self.source.as_ref(), "site key", Ask::New, Some(EMPTY))?;
        let replaces = agreed(cx, store.read(), &key, self.change)?;
        let actor = cx.actor();
        let changed = store.change(&actor, self.change.dry_run, |change| {
            let changed = put(change, &key, cx.rng, replaces)?;
            audit(change, "site-key.set", "site key", &[], Map::new())?;
            Ok::<_, Failure>(changed)
        })?;
        for warning in warnings(&key) {
            cx.warn(warning)?;
        }
        let done = if changed { "Set the site key." } else { "It is so already." };
        self.change.report(cx, done)?;
        Ok(Exit::Done)
    }
}

/// Asks where the key is to be put in the place of another.
fn agreed(
    cx: &mut Context<'_>,
    reader: Reader<'_>,
    key: &Secret,
    change: ChangeArgs,
) -> Result<Option<Confirmed>, Failure> {
    if is_another_set(reader, key)? {
        Confirmed::ask(cx, "replace the site key?", change.dry_run).map(Some)
    } else {
        Ok(None)
    }
}

/// Sets the site key, in the place of another only when the person agreed to that; answers whether that
/// changed anything.
fn put(
    change: &mut Change<'_>,
    key: &Secret,
    rng: &mut dyn CryptoRng,
    replaces: Option<Confirmed>,
) -> Result<bool, Failure> {
    if replaces.is_none() && is_another_set(change.read(), key)? {
        return Err(Failure::new(Exit::Precondition, "another site key was set meanwhile")
            .hint("See `authctl site-key show`, then run the command again."));
    }
    Ok(change.set_secret(SITE_KEY, Some(key), rng)?)
}

fn is_another_set(reader: Reader<'_>, key: &Secret) -> Result<bool, Failure> {
    Ok(reader.secret(SITE_KEY)?.is_some_and(|set| set != *key))
}

/// What is dangerous about a site key (`[a-zA-Z0-9]{16,32}` is customary).
fn warnings(key: &Secret) -> Vec<&'static str> {
    let text = key.expose();
    let mut warnings = Vec::new();
    if text.is_empty() {
        warnings.push("an empty site key is satisfied by every request that sends none");
    } else if text.len() < 16 {
        warnings.push("the site key has under 16 characters");
    }
    if !text.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')) {
        warnings.push("the site key has characters that URLs and shells change");
    }
    warnings
}

impl ShowArgs {
    fn run(&self, cx: &mut Context<'_>) -> Result<Exit, Failure> {
        if self.reveal {
            return reveal(cx);
        }
        let store = cx.open_read()?;
        let key = store.read().secret(SITE_KEY)?;
        cx.records(&[SiteKeyRow::of(key.as_ref())])?;
        Ok(Exit::Done)
    }
}

fn reveal(cx: &mut Context<'_>) -> Result<Exit, Failure> {
    let mut store = cx.open_write(false)?;
    let key = store.read().secret(SITE_KEY)?.ok_or_else(|| {
        Failure::new(Exit::Precondition, "there is no site key").hint(
            "Set it with `authctl site-key set`, or make one with `authctl site-key generate`.",
        )
    })?;
    let actor = cx.actor();
    store.change(&actor, false, |change| {
        change.audit_access("site-key.reveal", "site key", &Value::Object(Map::new()))
    })?;
    secret::show(cx, &key)?;
    Ok(Exit::Done)
}

impl CheckArgs {
    fn run(&self, cx: &mut Context<'_>) -> Result<Exit, Failure> {
        let source = match &self.source {
            None if !cx.can_ask() => Some(&SecretSource::Stdin),
            source => source.as_ref(),
        };
        let given = secret::read(cx, source, "site key", Ask::Existing, None)?;
        let store = cx.open_read()?;
        let (exit, said) = match store.read().secret(SITE_KEY)? {
            Some(key) if key == given => (Exit::Done, "That is the site key."),
            Some(_) => (Exit::No, "That is not the site key."),
            None => (Exit::No, "There is no site key; `authctl site-key set` sets one."),
        };
        cx.report(said)?;
        Ok(exit)
    }
}

impl UnsetArgs {
    fn run(&self, cx: &mut Context<'_>) -> Result<Exit, Failure> {
        let mut store = cx.open_write(self.change.dry_run)?;
        if store.read().secret(SITE_KEY)?.is_none() {
            self.change.report(cx, "It is so already.")?;
            return Ok(Exit::Done);
        }
        let confirmed = Confirmed::ask(cx, "make the site key undefined?", self.change.dry_run)?;
        let actor = cx.actor();
        store.change(&actor, self.change.dry_run, |change| unset(change, cx, confirmed))?;
        self.change.report(cx, "The site key is undefined.")?;
        Ok(Exit::Done)
    }
}

fn unset(change: &mut Change<'_>, cx: &mut Context<'_>, _: Confirmed) -> Result<(), Failure> {
    change.set_secret(SITE_KEY, None, cx.rng)?;
    Ok(audit(change, "site-key.unset", "site key", &[], Map::new())?)
}

#[derive(Serialize)]
struct SiteKeyRow {
    defined: bool,
    hint: Option<String>,
    characters: Option<usize>,
}

impl SiteKeyRow {
    fn of(key: Option<&Secret>) -> Self {
        let text = key.map(Secret::expose);
        Self {
            defined: key.is_some(),
            hint: text.and_then(ApiKey::hint).map(|hint| format!("{hint}…")),
            characters: text.map(|text| String::from_utf8_lossy(text).chars().count()),
        }
    }
}

impl Row for SiteKeyRow {
    const COLUMNS: &'static [Column] =
        &[Column::whole("defined"), Column::whole("hint"), Column::whole("characters")];

    fn cells(&self) -> Vec<String> {
        vec![
            self.defined.to_string(),
            self.hint.clone().unwrap_or_default(),
            self.characters.map(|count| count.to_string()).unwrap_or_default(),
        ]
    }
}

//! `authctl jwt key`: the site's signing keys, `CIVICRM_SIGN_KEYS`.

use std::io;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use clap::Subcommand;
use rand::CryptoRng;
use serde::Serialize;
use serde_json::Map;
use zeroize::Zeroizing;

use crate::cli::{Context, Failure, cause};
use crate::command::authx;
use crate::command::change::{ChangeArgs, audit, counted};
use crate::command::confirm::Confirmed;
use crate::command::secret::{self, Ask, SecretSource};
use crate::command::subject::{once, unknown};
use crate::credential::Secret;
use crate::credential::jwt::{SignKeyInfo, SignKeys};
use crate::exit::Exit;
use crate::output::{Column, Row};
use crate::store::{Change, Reader, SIGN_KEYS};
use crate::verify::Release;
use crate::verify::civicrm::token_rules;

/// Manage the signing keys
#[derive(Debug, clap::Args)]
pub(super) struct KeyArgs {
    #[command(subcommand)]
    command: KeyCommand,
}

#[derive(Debug, Subcommand)]
#[command(defer = true)]
enum KeyCommand {
    /// Take over signing keys of the site, or make one
    Add(AddArgs),
    /// List the signing keys, the one that signs first
    List,
    /// Remove signing keys
    Remove(RemoveArgs),
}

/// Take over signing keys of the site, or make one
///
/// Keys are in the site's notation, `suite:encoding:value`, several with a space between them, such as
/// `jwt-hs256:b64:…`. They go before those that are there, so that the first of them signs; `--last` puts
/// them behind. A key that is made is printed, alone: put it into `CIVICRM_SIGN_KEYS` on the site.
///
/// Example: `authctl jwt key add @sign-keys.txt`
#[derive(Debug, clap::Args)]
struct AddArgs {
    /// Where the keys are read: `-` for standard input, `@FILE`, or nothing to be asked
    #[arg(value_name = "SOURCE", conflicts_with = "generate")]
    source: Option<SecretSource>,
    /// Make a new key, `jwt-hs256` with 32 random bytes
    #[arg(long)]
    generate: bool,
    /// Put them behind the others: they verify, and do not sign
    #[arg(long)]
    last: bool,
    #[command(flatten)]
    change: ChangeArgs,
}

/// Remove signing keys
///
/// Tokens under a removed key are no longer valid. Asks first, or takes `--yes`.
#[derive(Debug, clap::Args)]
struct RemoveArgs {
    /// Ids of keys (`kid`)
    #[arg(required = true, value_name = "ID")]
    ids: Vec<String>,
    #[command(flatten)]
    change: ChangeArgs,
}

impl KeyArgs {
    pub(super) fn run(&self, cx: &mut Context<'_>) -> Result<Exit, Failure> {
        match &self.command {
            KeyCommand::Add(args) => args.run(cx),
            KeyCommand::List => list(cx),
            KeyCommand::Remove(args) => args.run(cx),
        }
    }
}

impl AddArgs {
    fn run(&self, cx: &mut Context<'_>) -> Result<Exit, Failure> {
        if self.generate && !self.change.dry_run {
            secret::check_can_show(cx.terminal, "signing key")?;
        }
        let mut store = cx.open_write(self.change.dry_run)?;
        let given = if self.generate {
            generate(cx.rng)
        } else {
            secret::read(cx, self.source.as_ref(), "signing key", Ask::New, None)?
        };
        let keys = split(given.expose().trim_ascii())?;
        let actor = cx.actor();
        let ids = store
            .change(&actor, self.change.dry_run, |change| add(change, keys, self.last, cx.rng))?;
        if ids.is_empty() {
            self.change.report(cx, "It is so already.")?;
            return Ok(Exit::Done);
        }
        if self.generate && !self.change.dry_run {
            secret::show(cx, &given).map_err(|error| unseen(&ids, &error))?;
        }
        let count = counted(ids.len(), "signing key");
        self.change.report(cx, &format!("Added {count}: {}.", ids.join(", ")))?;
        Ok(Exit::Done)
    }
}

/// Adds the keys that are not there; answers their ids. What is there is read within the change, so that
/// no key that another process adds meanwhile is lost.
fn add(
    change: &mut Change<'_>,
    mut new: Vec<SignKey>,
    last: bool,
    rng: &mut dyn CryptoRng,
) -> Result<Vec<String>, Failure> {
    let mut keys = configured(change.read())?;
    new.retain(|new| keys.iter().all(|key| key.id != new.id));
    let ids: Vec<String> = new.iter().map(|key| key.id.clone()).collect();
    if ids.is_empty() {
        return Ok(ids);
    }
    let place = if last { keys.len() } else { 0 };
    keys.splice(place..place, new);
    change.set_secret(SIGN_KEYS, Some(&join(&keys)), rng)?;
    audit(change, "jwt.key.add", "signing key", &ids, Map::new())?;
    Ok(ids)
}

/// The failure for a key that is in the store and that nobody has seen.
fn unseen(ids: &[String], error: &io::Error) -> Failure {
    let id = ids.join(" ");
    let message = format!("the new signing key {id} could not be shown: {}", cause(error));
    Failure::new(Exit::Failed, message)
        .hint(format!("Remove it with `authctl jwt key remove {id}`, and make another."))
}

fn list(cx: &mut Context<'_>) -> Result<Exit, Failure> {
    let store = cx.open_read()?;
    let reader = store.read();
    let rules = token_rules(authx::release(reader)?);
    let rows: Vec<SignKeyRow> = match reader.secret(SIGN_KEYS)? {
        Some(text) => SignKeys::parse(text.expose())?
            .list(rules)
            .into_iter()
            .zip(0..)
            .map(|(key, place)| SignKeyRow::of(key, place == 0))
            .collect(),
        None => Vec::new(),
    };
    cx.list(&rows)?;
    Ok(Exit::Done)
}

impl RemoveArgs {
    fn run(&self, cx: &mut Context<'_>) -> Result<Exit, Failure> {
        let mut store = cx.open_write(self.change.dry_run)?;
        let ids = once(&self.ids);
        without(configured(store.read())?, &ids)?;
        let list = ids.join(", ");
        let question = format!("remove signing key {list}, and with it all tokens under it?");
        let confirmed = Confirmed::ask(cx, &question, self.change.dry_run)?;
        let actor = cx.actor();
        store.change(&actor, self.change.dry_run, |change| {
            remove(change, &ids, cx.rng, confirmed)
        })?;
        let count = counted(ids.len(), "signing key");
        self.change.report(cx, &format!("Removed {count}: {list}."))?;
        Ok(Exit::Done)
    }
}

/// Writes what is left of the keys that are there by now; without any key the constant is undefined.
fn remove(
    change: &mut Change<'_>,
    ids: &[String],
    rng: &mut dyn CryptoRng,
    _: Confirmed,
) -> Result<(), Failure> {
    let left = without(configured(change.read())?, ids)?;
    let text = (!left.is_empty()).then(|| join(&left));
    change.set_secret(SIGN_KEYS, text.as_ref(), rng)?;
    Ok(audit(change, "jwt.key.remove", "signing key", ids, Map::new())?)
}

/// The keys without those of the ids, each of which must be there.
fn without(mut keys: Vec<SignKey>, ids: &[String]) -> Result<Vec<SignKey>, Failure> {
    for id in ids {
        if keys.iter().all(|key| key.id != *id) {
            let known = keys.iter().map(|key| key.id.as_str());
            return Err(unknown("signing key", id, known, "`authctl jwt key list` lists all."));
        }
    }
    keys.retain(|key| !ids.contains(&key.id));
    Ok(keys)
}

/// A signing key in the site's notation, and what tokens name it by.
struct SignKey {
    id: String,
    text: Secret,
}

/// The keys that the store has.
fn configured(reader: Reader<'_>) -> Result<Vec<SignKey>, Failure> {
    reader.secret(SIGN_KEYS)?.map_or_else(|| Ok(Vec::new()), |text| split(text.expose()))
}

/// Takes a text of several keys apart.
fn split(text: &[u8]) -> Result<Vec<SignKey>, Failure> {
    // As a whole first, so that a fault is told with its position.
    SignKeys::parse(text)?;
    let mut keys = Vec::new();
    for text in text.split(|byte| *byte == b' ').filter(|text| !text.is_empty()) {
        // The rules tell which keys are usable, not what their ids are.
        for key in SignKeys::parse(text)?.list(token_rules(Release::default())) {
            keys.push(SignKey { id: key.id, text: Secret::new(text) });
        }
    }
    Ok(keys)
}

fn join(keys: &[SignKey]) -> Secret {
    let texts: Vec<&[u8]> = keys.iter().map(|key| key.text.expose()).collect();
    Secret::new(texts.join(&b' '))
}

/// A new key in the site's notation.
fn generate(rng: &mut dyn CryptoRng) -> Secret {
    let mut key = Zeroizing::new([0; 32]);
    rng.fill_bytes(key.as_mut());
    let mut text = Zeroizing::new("jwt-hs256:b64:".to_owned());
    STANDARD.encode_string(key.as_ref(), &mut text);
    Secret::new(text.as_bytes())
}

#[derive(Serialize)]
struct SignKeyRow {
    id: String,
    suite: String,
    alg: Option<String>,
    usable: bool,
    signs: bool,
}

impl SignKeyRow {
    fn of(key: SignKeyInfo, signs: bool) -> Self {
        Self { id: key.id, suite: key.suite, alg: key.alg, usable: key.usable, signs }
    }
}

impl Row for SignKeyRow {
    const COLUMNS: &'static [Column] = &[
        Column::whole("id"),
        Column::whole("suite"),
        Column::whole("alg"),
        Column::whole("usable"),
        Column::whole("signs"),
    ];

    fn cells(&self) -> Vec<String> {
        vec![
            self.id.clone(),
            self.suite.clone(),
            self.alg.clone().unwrap_or_default(),
            self.usable.to_string(),
            self.signs.to_string(),
        ]
    }
}

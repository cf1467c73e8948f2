//! `authctl key import`

mod read;

use std::collections::HashSet;
use std::path::PathBuf;

use rand::CryptoRng;
use serde_json::{Map, json};

use self::read::{Entry, OwnerName};
use super::note_revoked;
use super::owner::check_no_token;
use crate::cli::{Context, Failure};
use crate::command::change::{ChangeArgs, audit, counted};
use crate::command::progress::Progress;
use crate::command::{subject, whole};
use crate::credential::{ApiKey, Argon, is_strong};
use crate::exit::Exit;
use crate::store::{Change, ContactId, KeyDigest, NewKey, Reader};
use crate::verify::Owner;

/// The characters that `civicrm_contact.api_key` holds.
const COLUMN: usize = 32;

/// Take over keys that a site has already
///
/// CSV with a header, or JSON lines; the columns or fields are `key`, one of `user` (a name), `contact_id`,
/// `universal` (true) or `api_token` (true: the one universal key in the settings of Drupal's module), and
/// if you like `label` and `expires_at` (RFC 3339). Owners must be in the store. All are taken over, or
/// none. A key that its owner has already is passed over.
///
/// Keys of any text are taken, since sites hold any. Weak ones, which somebody with the key file could
/// guess, take argon2id and are warned about; so are those of over 32 characters, which CiviCRM's column
/// does not hold.
///
/// Example: `authctl key import keys.csv`
#[derive(Debug, clap::Args)]
pub(super) struct ImportArgs {
    /// The file, or `-` for standard input
    #[arg(value_name = "FILE")]
    input: PathBuf,
    /// The form of the file; otherwise told by its first character
    #[arg(long, value_name = "FORMAT", value_enum)]
    input_format: Option<read::InputFormat>,
    #[command(flatten)]
    change: ChangeArgs,
}

/// What came of an import.
#[derive(Default)]
struct Imported {
    added: Vec<String>,
    known: usize,
    /// Keys that the owner has and that were revoked, so that the site would not have them.
    revoked: Vec<String>,
}

impl ImportArgs {
    pub(super) fn run(&self, cx: &mut Context<'_>) -> Result<Exit, Failure> {
        let text = whole::read(cx.stdin, &self.input, whole::STORE)?;
        let file = self.input.display().to_string();
        let entries = read::entries(&text, self.input_format, &file)?;
        for entry in &entries {
            warn(cx, entry, &file)?;
        }
        let mut store = cx.open_write(self.change.dry_run)?;
        let actor = cx.actor();
        let progress = Progress::begin(cx, "digesting keys");
        // Weak keys take argon2id, and so are digested before the store is locked.
        let keyring = store.keyring();
        let digests = Argon::for_each(&entries, |entry, argon| {
            let digest = KeyDigest::of(keyring, entry.owner.any(), &entry.key, argon);
            progress.one_of(entries.len());
            digest
        })?;
        drop(progress);
        let progress = Progress::begin(cx, "adding keys");
        let imported = store.change(&actor, self.change.dry_run, |change| {
            import(change, &entries, &digests, &file, cx.rng, &progress)
        })?;
        drop(progress);
        let count = counted(imported.added.len(), "key");
        self.change.report(cx, &format!("Took over {count}."))?;
        if imported.known > 0 {
            cx.report(&format!(
                "Passed over {}, which the owner has already.",
                counted(imported.known, "key")
            ))?;
        }
        note_revoked(cx, &imported.revoked)?;
        Ok(Exit::Done)
    }
}

/// Warns of keys that are dangerous or that the site cannot hold.
fn warn(cx: &mut Context<'_>, entry: &Entry, file: &str) -> Result<(), Failure> {
    let line = entry.line;
    if !is_strong(entry.key.expose()) {
        cx.warn(&format!("{file}:{line}: the key is weak: it has under 112 bits"))?;
    }
    let length = String::from_utf8_lossy(entry.key.expose()).chars().count();
    let is_drupal_s = matches!(entry.owner, OwnerName::Universal | OwnerName::ApiToken);
    if length > COLUMN && !is_drupal_s {
        cx.warn(&format!(
            "{file}:{line}: the key has {length} characters, and `civicrm_contact.api_key` holds {COLUMN}"
        ))?;
    }
    Ok(())
}

fn import(
    change: &mut Change<'_>,
    entries: &[Entry],
    digests: &[KeyDigest],
    file: &str,
    rng: &mut dyn CryptoRng,
    progress: &Progress,
) -> Result<Imported, Failure> {
    let mut imported = Imported::default();
    let mut keys = Vec::with_capacity(entries.len());
    let mut seen = HashSet::new();
    for (entry, digest) in entries.iter().zip(digests) {
        let owner = owner(change.read(), entry, file)?;
        let key = NewKey {
            label: entry.label.as_deref(),
            expires_at: entry.expires_at,
            ..NewKey::digested(owner, *digest, ApiKey::hint(entry.key.expose()))
        };
        let equal = change.read().keys_equal(owner, &key.digest)?;
        if !equal.is_empty() || !seen.insert((owner, key.digest)) {
            imported.known += 1;
            if equal.iter().all(|key| key.revoked_at.is_some()) {
                imported.revoked.extend(equal.last().map(|key| key.id.to_string()));
            }
        } else {
            if owner == Owner::ApiToken {
                only_token(change.read(), &keys)
                    .map_err(|failure| failure.at(&format!("{file}:{}", entry.line)))?;
            }
            keys.push(key);
        }
    }
    let ids = change.add_keys(&keys, rng, || progress.one_of(keys.len()))?;
    imported.added = ids.iter().map(ToString::to_string).collect();
    let detail = Map::from_iter([("passed_over".to_owned(), json!(imported.known))]);
    audit(change, "key.import", "key", &imported.added, detail)?;
    Ok(imported)
}

/// Refuses an `api_token` where the store or the file has another.
fn only_token(reader: Reader<'_>, keys: &[NewKey<'_>]) -> Result<(), Failure> {
    if keys.iter().any(|key| key.owner == Owner::ApiToken) {
        return Err(Failure::new(Exit::Failed, "the module's settings hold one `api_token`"));
    }
    check_no_token(reader)
}

/// The owner that a line names.
fn owner(reader: Reader<'_>, entry: &Entry, file: &str) -> Result<Owner, Failure> {
    let found = match &entry.owner {
        // A key that stands in the wrong column is not to be shown.
        OwnerName::User(name) => subject::user(reader, name)
            .map(|user| Owner::User(user.id.0))
            .map_err(|failure| match failure.exit() {
                Exit::Unknown => failure.reworded("`user` names no account of the store"),
                _ => failure,
            }),
        OwnerName::Contact(id) => {
            subject::contact(reader, ContactId(*id)).map(|contact| Owner::Contact(contact.id.0))
        }
        OwnerName::Universal => Ok(Owner::Universal),
        OwnerName::ApiToken => Ok(Owner::ApiToken),
    };
    found.map_err(|failure| failure.at(&format!("{file}:{}", entry.line)))
}

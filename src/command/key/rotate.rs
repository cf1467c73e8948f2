//! `authctl key rotate`

use rand::CryptoRng;
use serde_json::{Map, json};

use super::delivery::{self, MadeRow};
use super::{owner, reference};
use crate::cli::{Context, Failure};
use crate::command::change::{ChangeArgs, audit};
use crate::command::confirm::ask_person;
use crate::command::moment::{Duration, Moment, rfc3339};
use crate::command::secret::check_can_show;
use crate::credential::Secret;
use crate::exit::Exit;
use crate::store::{ApiKeyRow, Change, KeyId, KeyState, NewKey};
use crate::verify::Owner;

/// Make keys in the place of others
///
/// The new key has the owner and the label of the old one, and is shown once. The old one expires at
/// once, or after `--grace`. On a terminal, asks before a key ends at once, unless `--yes` is given.
///
/// Example: `authctl key rotate aku_Ab3d --grace 7d`
#[derive(Debug, clap::Args)]
pub(super) struct RotateArgs {
    /// Numbers, labels or hints of keys
    #[arg(required = true, value_name = "KEY")]
    keys: Vec<String>,
    /// How long the old key stays valid beside the new one, such as `7d`; otherwise not at all
    #[arg(long, value_name = "DURATION")]
    grace: Option<Duration>,
    /// When the new key expires: RFC 3339, a date, or a duration such as `90d`; otherwise never
    #[arg(long, value_name = "TIME")]
    expires: Option<Moment>,
    /// Keep the text sealed, so that `authctl key reveal` can show it again; as the old key when left out
    #[arg(long)]
    recoverable: bool,
    #[command(flatten)]
    change: ChangeArgs,
}

impl RotateArgs {
    pub(super) fn run(&self, cx: &mut Context<'_>) -> Result<Exit, Failure> {
        let expires_at =
            self.expires.map(|expires| expires.resolve_ahead(cx.now, "--expires")).transpose()?;
        let now = cx.now.as_second();
        let until = match self.grace {
            Some(grace) => grace.from(cx.now)?,
            None => now,
        };
        let mut store = cx.open_write(self.change.dry_run)?;
        if until <= now {
            let question =
                "let the old key end at once? (`--grace 7d` keeps it beside the new one)";
            ask_person(cx, question, self.change.dry_run)?;
        }
        let actor = cx.actor();
        let rotated = store.change(&actor, self.change.dry_run, |change| {
            let rotated = self.rotate(change, now, (expires_at, until), cx.rng)?;
            if !self.change.dry_run && !rotated.iter().all(|key| key.recoverable) {
                check_can_show(cx.terminal, "keys")?;
            }
            Ok::<_, Failure>(rotated)
        })?;
        if !self.change.dry_run {
            let expires = expires_at.map(rfc3339);
            let made: Vec<MadeRow<'_>> =
                rotated.iter().map(|new| new.row(expires.as_deref())).collect();
            delivery::print(cx, &made)?;
        }
        for Rotated { old: key, new: id, .. } in &rotated {
            let end = key.expires_at.map_or(until, |at| at.min(until));
            let end = if end <= now {
                "is no longer valid".to_owned()
            } else {
                format!("is valid until {}", rfc3339(end))
            };
            self.change
                .report(cx, &format!("Key {id} is in the place of key {}, which {end}.", key.id))?;
        }
        Ok(Exit::Done)
    }

    /// Makes the new keys. Which are the old ones, and whether they can be rotated, is decided within the
    /// change, so that no key is rotated twice at once.
    fn rotate(
        &self,
        change: &mut Change<'_>,
        now: i64,
        (expires_at, until): (Option<i64>, i64),
        rng: &mut dyn CryptoRng,
    ) -> Result<Vec<Rotated>, Failure> {
        let found = reference::keys(change.read(), &self.keys)?;
        found.iter().try_for_each(|key| rotatable(key, now))?;
        if self.grace.is_some() && found.iter().any(|key| key.owner == Owner::ApiToken) {
            return Err(Failure::usage(
                "the module's settings hold one `api_token`, so the old key cannot stay valid beside the \
                 new one",
            )
            .hint("Leave `--grace` out."));
        }
        let mut rotated = Vec::with_capacity(found.len());
        for old in found {
            let name = owner::name(change.read(), old.owner)?;
            let (text, key) = NewKey::generate(change.keyring(), old.owner, rng);
            let recoverable = self.recoverable || old.recoverable;
            let key = NewKey {
                label: old.label.as_deref(),
                expires_at,
                recoverable: recoverable.then_some(&text),
                ..key
            };
            let new = change.rotate_key(old.id, &key, until, rng)?;
            rotated.push(Rotated { old, name, new, text, recoverable });
        }
        let subjects: Vec<String> = rotated.iter().map(|key| key.old.id.to_string()).collect();
        let ids: Vec<KeyId> = rotated.iter().map(|key| key.new).collect();
        let detail = Map::from_iter([
            ("new".to_owned(), json!(ids)),
            ("until".to_owned(), json!(rfc3339(until))),
            ("expires_at".to_owned(), json!(expires_at.map(rfc3339))),
        ]);
        audit(change, "key.rotate", "key", &subjects, detail)?;
        Ok(rotated)
    }
}

/// A key and the new one in its place.
struct Rotated {
    old: ApiKeyRow,
    /// The owner's name.
    name: Option<String>,
    new: KeyId,
    text: Secret,
    /// Whether the new key's text can be shown again.
    recoverable: bool,
}

impl Rotated {
    /// The new key as it is shown.
    fn row<'a>(&'a self, expires_at: Option<&'a str>) -> MadeRow<'a> {
        let kind = owner::kind(self.old.owner);
        MadeRow::new(self.new, kind, self.name.as_deref(), expires_at, &self.text)
    }
}

/// Refuses keys that another is in the place of, and keys that were taken back.
fn rotatable(key: &ApiKeyRow, now: i64) -> Result<(), Failure> {
    if let Some(new) = key.replaced_by {
        return Err(Failure::new(
            Exit::Precondition,
            format!("key {} was rotated already: key {new} is in its place", key.id),
        )
        .hint(format!("Rotate that one with `authctl key rotate {new}`.")));
    }
    if key.state(now) == KeyState::Revoked {
        return Err(Failure::new(Exit::Precondition, format!("key {} was revoked", key.id))
            .hint("Make a new one with `authctl key generate`."));
    }
    Ok(())
}

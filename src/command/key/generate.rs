//! `authctl key generate`

use std::path::PathBuf;

use clap::builder::NonEmptyStringValueParser;
use rand::CryptoRng;
use serde_json::{Map, Value, json};

use super::delivery::{self, MadeRow, OutFile};
use super::target::{Target, TargetArgs, Targets};
use super::{owner, self_service};
use crate::cli::{Context, Failure};
use crate::command::change::{ChangeArgs, audit, counted, quoted};
use crate::command::moment::{Moment, rfc3339};
use crate::command::new_file;
use crate::command::progress::Progress;
use crate::command::secret::{SecretSource, check_can_show};
use crate::credential::Secret;
use crate::exit::Exit;
use crate::store::{Change, Grantee, KeyId, NewKey, UserId};

/// The permission that AuthX's guard `perm` asks of a key's owner.
const PERMISSION: &str = "authenticate with api key";

/// Make keys and show them once
///
/// A single key is printed alone; several as a list with their owners, or into a file with `--out`. All
/// are made in one transaction, and shown when the store has them for good. Owners who have a key get
/// another. Blocked accounts, their contacts and contacts in the trash are passed over, and named.
///
/// Examples:
/// `authctl key generate --user alice --expires 90d --grant`,
/// `authctl key generate --all-users --missing --out keys.csv`
#[derive(Debug, clap::Args)]
pub(super) struct GenerateArgs {
    #[command(flatten)]
    targets: TargetArgs,
    /// Only accounts that have no live key
    // clap waives `requires` where what is required conflicts with what is given.
    #[arg(long, requires = "all_users", conflicts_with_all = ["users", "contacts", "universal", "api_token", "own"])]
    missing: bool,
    /// Write the keys into this new file, which only you can read
    ///
    /// As `--format` says, or else as the name ends: `.json`, `.jsonl`, otherwise CSV. It never
    /// replaces a file.
    #[arg(long, value_name = "FILE", value_parser = new_file::parser())]
    out: Option<PathBuf>,
    /// When they expire: RFC 3339, a date, or a duration such as `90d`; otherwise never
    #[arg(long, value_name = "TIME")]
    expires: Option<Moment>,
    /// What you call them
    #[arg(long, value_parser = NonEmptyStringValueParser::new(), value_name = "TEXT")]
    label: Option<String>,
    /// Grant the owners `authenticate with api key` as well
    #[arg(long, conflicts_with_all = ["universal", "api_token", "own"])]
    grant: bool,
    /// Keep the text sealed, so that `authctl key reveal` can show it again
    #[arg(long)]
    recoverable: bool,
    /// Where the password for `--as` is read: `-` for standard input, or `@FILE`
    #[arg(long, value_name = "SOURCE", requires = "own", conflicts_with_all = ["users", "contacts", "universal", "api_token", "all_users"])]
    password: Option<SecretSource>,
    #[command(flatten)]
    change: ChangeArgs,
}

/// Keys that were made.
struct Made {
    targets: Targets,
    /// One for each that was chosen, as are the ids.
    texts: Vec<Secret>,
    ids: Vec<KeyId>,
    expires_at: Option<String>,
}

impl Made {
    /// The keys with their owners, as they are shown.
    fn rows(&self) -> Vec<MadeRow<'_>> {
        let expires_at = self.expires_at.as_deref();
        let chosen = self.targets.chosen.iter().zip(&self.texts).zip(&self.ids);
        chosen
            .map(|((target, text), id)| {
                let kind = owner::kind(target.owner);
                MadeRow::new(*id, kind, target.name.as_deref(), expires_at, text)
            })
            .collect()
    }
}

impl GenerateArgs {
    pub(super) fn run(&self, cx: &mut Context<'_>) -> Result<Exit, Failure> {
        let expires_at =
            self.expires.map(|expires| expires.resolve_ahead(cx.now, "--expires")).transpose()?;
        if !(self.recoverable || self.out.is_some() || self.change.dry_run) {
            check_can_show(cx.terminal, "keys")?;
        }
        let mut store = cx.open_write(self.change.dry_run)?;
        let own = match &self.targets.own {
            Some(name) => {
                Some(self_service::authenticate(cx, &store, name, self.password.as_ref())?)
            }
            None => None,
        };
        let (actor, layout, now) = (cx.actor(), cx.layout(), cx.now.as_second());
        let progress = Progress::begin(cx, "making keys");
        let (made, out) = store.change(&actor, self.change.dry_run, |change| {
            let made = self.make(change, own, (now, expires_at), cx.rng, &progress)?;
            let out = self.out.as_deref().filter(|_| !made.ids.is_empty());
            let out = out.map(OutFile::create).transpose()?;
            if let Some(out) = out.as_ref().filter(|_| !self.change.dry_run) {
                out.write(layout, &made.rows())?;
            }
            Ok::<_, Failure>((made, out))
        })?;
        drop(progress);
        if made.ids.is_empty() {
            return self.nobody(cx, &made.targets);
        }
        match out {
            _ if self.change.dry_run => {}
            Some(out) => out.keep(&made.rows())?,
            None => delivery::print(cx, &made.rows())?,
        }
        self.report(cx, &made.targets)?;
        Ok(Exit::Done)
    }

    /// Makes the keys and what goes with them. Who gets one is decided within the change, so that what
    /// another process does meanwhile counts.
    fn make(
        &self,
        change: &mut Change<'_>,
        own: Option<UserId>,
        (now, expires_at): (i64, Option<i64>),
        rng: &mut dyn CryptoRng,
        progress: &Progress,
    ) -> Result<Made, Failure> {
        let targets = match own {
            Some(id) => self_service::authorize(change.read(), id)?,
            None => self.targets.find(change.read(), self.missing, now)?,
        };
        let (texts, mut keys): (Vec<Secret>, Vec<NewKey<'_>>) = (targets.chosen.iter())
            .map(|target| NewKey::generate(change.keyring(), target.owner, rng))
            .unzip();
        for (key, text) in keys.iter_mut().zip(&texts) {
            key.label = self.label.as_deref();
            key.expires_at = expires_at;
            key.recoverable = self.recoverable.then_some(text);
        }
        let ids = change.add_keys(&keys, rng, || progress.one_of(keys.len()))?;
        let mut granted = 0;
        if self.grant {
            for id in targets.chosen.iter().filter_map(|target| target.user) {
                granted += u64::from(change.grant(&Grantee::User(id), PERMISSION)?);
            }
        }
        let subjects: Vec<String> = ids.iter().map(ToString::to_string).collect();
        let mut detail = self.detail(&targets, expires_at);
        detail.insert("granted".to_owned(), json!(self.grant.then_some(granted)));
        audit(change, "key.generate", "key", &subjects, detail)?;
        Ok(Made { targets, texts, ids, expires_at: expires_at.map(rfc3339) })
    }

    fn detail(&self, targets: &Targets, expires_at: Option<i64>) -> Map<String, Value> {
        let mut detail = Map::new();
        if targets.chosen.len() <= 20 {
            let owners: Vec<String> = targets.chosen.iter().map(Target::phrase).collect();
            detail.insert("owners".to_owned(), json!(owners));
        }
        if let Some(name) = &self.targets.own {
            detail.insert("as".to_owned(), json!(name));
        }
        detail.insert("label".to_owned(), json!(self.label));
        detail.insert("expires_at".to_owned(), json!(expires_at.map(rfc3339)));
        detail.insert("recoverable".to_owned(), json!(self.recoverable));
        detail
    }

    /// Nobody gets a key: because all have one, or because all that were named are blocked.
    fn nobody(&self, cx: &mut Context<'_>, targets: &Targets) -> Result<Exit, Failure> {
        let blocked = quoted(targets.blocked.iter().map(String::as_str));
        if self.missing {
            cx.report("Nobody lacks a key.")?;
            report_passed_over(cx, targets)?;
            return Ok(Exit::Done);
        }
        if blocked.is_empty() {
            let Some(first) = targets.deleted.first() else {
                cx.report("There are no accounts.")?;
                return Ok(Exit::Done);
            };
            let names = targets.deleted.join(", ");
            let message = format!("in the trash, so no key was made: contact {names}");
            return Err(Failure::new(Exit::Precondition, message).hint(format!(
                "`authctl contact set {first} --restored` takes it out of the trash."
            )));
        }
        Err(Failure::new(Exit::Precondition, format!("blocked, so no key was made: {blocked}"))
            .hint("`authctl user unblock` unblocks an account."))
    }

    fn report(&self, cx: &mut Context<'_>, targets: &Targets) -> Result<(), Failure> {
        let count = counted(targets.chosen.len(), "key");
        let whom: Vec<String> = targets.chosen.iter().take(7).map(Target::phrase).collect();
        let some = targets.chosen.len() <= whom.len();
        let whom = if some { format!(" for {}", whom.join(", ")) } else { String::new() };
        self.change.report(cx, &format!("Made {count}{whom}."))?;
        if let Some(out) = self.out.as_ref().filter(|_| !self.change.dry_run) {
            cx.report(&format!("They are in `{}`, and nowhere else.", out.display()))?;
        }
        report_passed_over(cx, targets)?;
        let without = targets.chosen.iter().filter(|target| target.user.is_none());
        for target in without.filter(|_| self.grant) {
            cx.note(&format!(
                "{} has no account, so nothing was granted; as a visitor it needs \
                 `authctl perm grant --role anonymous api-key`",
                target.phrase()
            ))?;
        }
        Ok(())
    }
}

fn report_passed_over(cx: &mut Context<'_>, targets: &Targets) -> Result<(), Failure> {
    for (noun, names) in [("blocked user", &targets.blocked), ("deleted contact", &targets.deleted)]
    {
        if !names.is_empty() {
            let count = counted(names.len(), noun);
            let names = quoted(names.iter().map(String::as_str));
            cx.report(&format!("Passed over {count}: {names}."))?;
        }
    }
    Ok(())
}

//! `authctl key set`

use clap::builder::NonEmptyStringValueParser;
use serde_json::{Map, json};

use super::reference;
use crate::cli::{Context, Failure};
use crate::command::change::{ChangeArgs, audit, counted};
use crate::command::moment::{Moment, rfc3339};
use crate::exit::Exit;

/// Change when keys expire, or their label
///
/// Example: `authctl key set 7 --expires 90d --label ci`
#[derive(Debug, clap::Args)]
#[command(group = clap::ArgGroup::new("what").required(true).multiple(true)
    .args(["label", "no_label", "expires", "no_expires"]))]
pub(super) struct SetArgs {
    /// Numbers, labels or hints of keys
    #[arg(required = true, value_name = "KEY")]
    keys: Vec<String>,
    /// What you call the key
    #[arg(long, value_parser = NonEmptyStringValueParser::new(), value_name = "TEXT", conflicts_with = "no_label")]
    label: Option<String>,
    /// Take the label away
    #[arg(long)]
    no_label: bool,
    /// When it expires: RFC 3339, a date, or a duration such as `90d`
    #[arg(long, value_name = "TIME", conflicts_with = "no_expires")]
    expires: Option<Moment>,
    /// Let it not expire
    #[arg(long)]
    no_expires: bool,
    #[command(flatten)]
    change: ChangeArgs,
}

impl SetArgs {
    pub(super) fn run(&self, cx: &mut Context<'_>) -> Result<Exit, Failure> {
        let expires_at = self.expires.map(|expires| expires.resolve(cx.now)).transpose()?;
        let mut store = cx.open_write(self.change.dry_run)?;
        let actor = cx.actor();
        let changed = store.change(&actor, self.change.dry_run, |change| {
            let mut changed = Vec::new();
            for mut key in reference::keys(change.read(), &self.keys)? {
                if self.label.is_some() || self.no_label {
                    key.label.clone_from(&self.label);
                }
                if self.expires.is_some() || self.no_expires {
                    key.expires_at = expires_at;
                }
                if change.update_key(&key)? {
                    changed.push(key.id.to_string());
                }
            }
            let mut detail = Map::new();
            if self.label.is_some() || self.no_label {
                detail.insert("label".to_owned(), json!(self.label));
            }
            if self.expires.is_some() || self.no_expires {
                detail.insert("expires_at".to_owned(), json!(expires_at.map(rfc3339)));
            }
            audit(change, "key.set", "key", &changed, detail)?;
            Ok::<_, Failure>(changed)
        })?;
        if changed.is_empty() {
            self.change.report(cx, "It is so already.")?;
        } else {
            self.change.report(
                cx,
                &format!("Changed {}: {}.", counted(changed.len(), "key"), changed.join(", ")),
            )?;
        }
        if let Some(moment) = expires_at.filter(|moment| *moment <= cx.now.as_second()) {
            cx.note(&format!("{} is past: the site no longer has the key", rfc3339(moment)))?;
        }
        Ok(Exit::Done)
    }
}

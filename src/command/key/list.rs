//! `authctl key list`, `authctl key show`

use super::reference;
use super::row::{KeyDetails, KeyRow};
use crate::cli::{Context, Failure};
use crate::command::subject::{self, once};
use crate::exit::Exit;
use crate::output::ListWriter;
use crate::store::{ContactId, KeyFilter, KeyState, Reader};
use crate::verify::Owner;

/// List keys
///
/// By number, owner by owner where owners are named. Of a key only the hint is shown, and only of those that authctl made.
///
/// Example: `authctl key list --user alice --state live`
#[derive(Debug, clap::Args)]
pub(super) struct ListArgs {
    /// Only keys of this account (can be repeated)
    #[arg(long = "user", value_name = "NAME")]
    users: Vec<String>,
    /// Only keys of this contact (can be repeated)
    #[arg(long = "contact", value_name = "ID")]
    contacts: Vec<i64>,
    /// Only universal keys
    #[arg(long)]
    universal: bool,
    /// Only the universal key in the settings of Drupal's module
    #[arg(long)]
    api_token: bool,
    /// Only keys of this state
    #[arg(long, value_name = "STATE", value_enum)]
    state: Option<State>,
    /// Only weak keys, those with under 112 bits
    #[arg(long)]
    weak: bool,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum State {
    /// The site has them
    Live,
    /// Their time is over
    Expired,
    /// They were taken back
    Revoked,
}

impl ListArgs {
    pub(super) fn run(&self, cx: &mut Context<'_>) -> Result<Exit, Failure> {
        let store = cx.open_read()?;
        let reader = store.read();
        let owners = self.owners(reader)?;
        let now = cx.now.as_second();
        let state = self.state.map(|state| match state {
            State::Live => KeyState::Live,
            State::Expired => KeyState::Expired,
            State::Revoked => KeyState::Revoked,
        });
        let mut rows = ListWriter::new(cx.layout(), cx.stdout)?;
        for owner in owners {
            let filter = KeyFilter { owner, state, now, weak: self.weak.then_some(true) };
            reader.each_key(filter, |key| {
                let row = KeyRow::of(reader, &key, now)?;
                Ok::<_, Failure>(rows.push(&row)?)
            })?;
        }
        rows.finish()?;
        Ok(Exit::Done)
    }

    /// The owners that are named; without any, everybody at once.
    fn owners(&self, reader: Reader<'_>) -> Result<Vec<Option<Owner>>, Failure> {
        let mut owners = Vec::new();
        for user in subject::users(reader, &self.users)? {
            owners.push(Some(Owner::User(user.id.0)));
        }
        for id in once(&self.contacts) {
            owners.push(Some(Owner::Contact(subject::contact(reader, ContactId(id))?.id.0)));
        }
        owners.extend(self.universal.then_some(Some(Owner::Universal)));
        owners.extend(self.api_token.then_some(Some(Owner::ApiToken)));
        if owners.is_empty() {
            owners.push(None);
        }
        Ok(owners)
    }
}

/// Show all of a key but its text
#[derive(Debug, clap::Args)]
pub(super) struct ShowArgs {
    /// Numbers, labels or hints of keys
    #[arg(required = true, value_name = "KEY")]
    keys: Vec<String>,
}

impl ShowArgs {
    pub(super) fn run(&self, cx: &mut Context<'_>) -> Result<Exit, Failure> {
        let store = cx.open_read()?;
        let reader = store.read();
        let now = cx.now.as_second();
        let rows = reference::keys(reader, &self.keys)?
            .iter()
            .map(|key| KeyDetails::of(reader, key, now))
            .collect::<Result<Vec<_>, _>>()?;
        cx.records(&rows)?;
        Ok(Exit::Done)
    }
}

//! `authctl key list`, `authctl key show`

use super::reference;
use super::row::{KeyDetails, KeyRow};
use crate::cli::{Context, Failure};
use crate::command::subject;
use crate::exit::Exit;
use crate::output::ListWriter;
use crate::store::{ContactId, KeyFilter, KeyState};
use crate::verify::Owner;

/// List keys
///
/// By number. Of a key only the hint is shown, and only of those that authctl made.
///
/// Example: `authctl key list --user alice --state live`
#[derive(Debug, clap::Args)]
pub(super) struct ListArgs {
    /// Only keys of this account
    #[arg(long, value_name = "NAME", group = "owner")]
    user: Option<String>,
    /// Only keys of this contact
    #[arg(long, value_name = "ID", group = "owner")]
    contact: Option<i64>,
    /// Only universal keys
    #[arg(long, group = "owner")]
    universal: bool,
    /// Only the universal key in the settings of Drupal's module
    #[arg(long, group = "owner")]
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
        let owner = match (&self.user, self.contact) {
            (Some(name), _) => Some(Owner::User(subject::user(reader, name)?.id.0)),
            (None, Some(id)) => Some(Owner::Contact(subject::contact(reader, ContactId(id))?.id.0)),
            (None, None) if self.api_token => Some(Owner::ApiToken),
            (None, None) => self.universal.then_some(Owner::Universal),
        };
        let now = cx.now.as_second();
        let state = self.state.map(|state| match state {
            State::Live => KeyState::Live,
            State::Expired => KeyState::Expired,
            State::Revoked => KeyState::Revoked,
        });
        let filter = KeyFilter { owner, state, now, weak: self.weak.then_some(true) };
        let mut rows = ListWriter::new(cx.layout(), cx.stdout)?;
        reader.each_key(filter, |key| {
            let row = KeyRow::of(reader, &key, now)?;
            Ok::<_, Failure>(rows.push(&row)?)
        })?;
        rows.finish()?;
        Ok(Exit::Done)
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

//! `authctl app set`

use clap::builder::NonEmptyStringValueParser;
use serde_json::{Map, Value, json};

use super::add::only_api_key;
use super::list::CUSTOM_HEADER;
use super::record::{self, Header, Method, name_of};
use super::restriction::RestrictionArgs;
use super::{Application, all, find_all, set_default};
use crate::cli::{Context, Failure};
use crate::command::change::{ChangeArgs, audit};
use crate::command::subject::once;
use crate::exit::Exit;
use crate::store::{Change, EntityKind};

/// Change applications
///
/// The restrictions are the paid edition's: level `guide` honours them, the free releases do not.
///
/// Examples: `authctl app set "Mobile app" --header api-key`,
/// `authctl app set 1a2b3c4d --default`,
/// `authctl app set Import --allow-ip 192.0.2.0/24 --role-path api_admin=/entity/user`
#[derive(Debug, clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own on the command line")]
pub(super) struct SetArgs {
    /// Ids or names
    #[arg(required = true, value_name = "APP")]
    apps: Vec<String>,
    /// Another name for people
    #[arg(long, value_name = "NAME", value_parser = NonEmptyStringValueParser::new())]
    name: Option<String>,
    /// How requests authenticate
    #[arg(long, value_name = "METHOD", value_enum)]
    method: Option<Method>,
    /// Which header carries user name and API key
    #[arg(long, value_name = "HEADER", value_enum)]
    header: Option<Header>,
    /// Make it the default application, which requests without AUTH-METHOD belong to
    #[arg(long)]
    default: bool,
    /// Let no request belong to it without AUTH-METHOD
    #[arg(long, conflicts_with = "default")]
    no_default: bool,
    /// Turn the application on
    #[arg(long)]
    enable: bool,
    /// Turn the application off; level `guide` refuses its requests, the real releases do not look
    #[arg(long, conflicts_with = "enable")]
    disable: bool,
    #[command(flatten)]
    restrictions: RestrictionArgs,
    #[command(flatten)]
    change: ChangeArgs,
}

impl SetArgs {
    /// Whether anything is to be changed at all.
    fn asks_nothing(&self) -> bool {
        self.name.is_none()
            && self.method.is_none()
            && self.header.is_none()
            && !(self.default || self.no_default || self.enable || self.disable)
            && self.restrictions.asks_nothing()
    }

    pub(super) fn run(&self, cx: &mut Context<'_>) -> Result<Exit, Failure> {
        if once(&self.apps).len() > 1 && (self.default || self.name.is_some()) {
            return Err(Failure::usage("`--default` and `--name` take one application"));
        }
        if self.asks_nothing() {
            return Err(Failure::usage("nothing is to be changed")
                .hint("`authctl app set --help` tells what can be."));
        }
        let mut store = cx.open_write(self.change.dry_run)?;
        let actor = cx.actor();
        let changed = store.change(&actor, self.change.dry_run, |change| self.set(change))?;
        self.change.report_done(cx, "Changed", &changed)?;
        if self.method.is_some_and(Method::is_premium) {
            cx.warn("the free releases check nothing for that method: every request goes on as anonymous")?;
        }
        Ok(Exit::Done)
    }

    /// Answers the ids of the applications that changed.
    fn set(&self, change: &mut Change<'_>) -> Result<Vec<String>, Failure> {
        let found = find_all(change.read(), &self.apps)?;
        let before = all(change.read())?;
        for (id, record) in &found {
            let record = self.changed(change, record)?;
            self.check_name(&before, id, &record)?;
            change.put_entity(EntityKind::Application, id, &Value::Object(record))?;
        }
        let is_default = found.iter().any(|(_, record)| record::is_default(record));
        match found.as_slice() {
            [(id, _)] if self.default => set_default(change, Some(id))?,
            _ if self.no_default && is_default => set_default(change, None)?,
            _ => {}
        }
        let header = match self.restrictions.custom_header() {
            Some(name) => change.set_setting(CUSTOM_HEADER, &name)?,
            None => false,
        };
        let after = all(change.read())?;
        let mut fields = Map::new();
        let mut changed = Vec::new();
        for (id, record) in &after {
            let old = before.iter().find(|(other, _)| other == id).map(|(_, record)| record);
            if old != Some(record) || (header && found.iter().any(|(asked, _)| asked == id)) {
                fields.insert(id.clone(), json!(differing(old, record)));
                changed.push(id.clone());
            }
        }
        let detail = Map::from_iter([
            ("fields".to_owned(), Value::Object(fields)),
            ("custom_header".to_owned(), json!(header.then(|| self.restrictions.custom_header()))),
        ]);
        audit(change, "app.set", "application", &changed, detail)?;
        Ok(changed)
    }

    /// A record with what was asked for.
    fn changed(
        &self,
        change: &Change<'_>,
        record: &Map<String, Value>,
    ) -> Result<Map<String, Value>, Failure> {
        let mut record = record.clone();
        if let Some(name) = &self.name {
            record.insert("name".to_owned(), json!(name));
        }
        if self.method.is_some() || self.header.is_some() {
            let method = self.method.or(Method::of(&record)).unwrap_or_default();
            if self.header.is_some() && method != Method::ApiKey {
                return Err(only_api_key());
            }
            let header = self.header.unwrap_or_else(|| Header::of(&record, None));
            record::set_method(&mut record, method, header);
        }
        if self.enable || self.disable {
            let on = i64::from(self.enable);
            record.insert("enable_authentication".to_owned(), json!(on));
        }
        self.restrictions.apply(change.read(), &mut record)?;
        Ok(record)
    }

    fn check_name(
        &self,
        all: &[Application],
        id: &str,
        record: &Map<String, Value>,
    ) -> Result<(), Failure> {
        let name = name_of(record);
        let taken = all.iter().find(|(other, record)| other != id && name_of(record) == name);
        match taken.filter(|_| self.name.is_some()) {
            None => Ok(()),
            Some((taken, _)) => Err(Failure::new(
                Exit::Precondition,
                format!("application `{name}` exists already: {taken}"),
            )),
        }
    }
}

/// The names of the fields that differ.
fn differing(old: Option<&Map<String, Value>>, new: &Map<String, Value>) -> Vec<String> {
    let empty = Map::new();
    let old = old.unwrap_or(&empty);
    let other = new.iter().filter(|(name, value)| old.get(*name) != Some(value));
    let gone = old.keys().filter(|name| !new.contains_key(*name));
    other.map(|(name, _)| name).chain(gone).cloned().collect()
}

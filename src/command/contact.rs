//! `authctl contact`: CiviCRM contacts.

use std::collections::HashSet;

use clap::Subcommand;
use serde::Serialize;
use serde_json::{Map, json};

use super::change::{ChangeArgs, audit, counted};
use super::confirm::Confirmed;
use super::subject::{self, once};
use crate::cli::{Context, Failure};
use crate::exit::Exit;
use crate::output::{Column, ListWriter, Row};
use crate::store::{Change, Contact, ContactFilter, ContactId, LARGEST_ID, Reader};

/// Manage CiviCRM contacts
///
/// A contact that is not listed was deleted for good, or never was; one in the trash is listed and keeps
/// its keys, as on the site.
#[derive(Debug, clap::Args)]
pub(crate) struct ContactArgs {
    #[command(subcommand)]
    command: ContactCommand,
}

#[derive(Debug, Subcommand)]
#[command(defer = true)]
enum ContactCommand {
    /// Add contacts
    Add(AddArgs),
    /// List contacts
    List(ListArgs),
    /// Show contacts with the accounts linked to them
    Show(ShowArgs),
    /// Put contacts into the trash or take them out
    Set(SetArgs),
    /// Delete contacts for good, with their keys
    Remove(RemoveArgs),
}

/// Add contacts
///
/// Without an id the next free one is taken, and printed.
///
/// Example: `authctl contact add 101 102`
#[derive(Debug, clap::Args)]
struct AddArgs {
    /// Ids in CiviCRM
    #[arg(value_name = "ID", value_parser = clap::value_parser!(i64).range(1..=LARGEST_ID))]
    ids: Vec<i64>,
    /// Add them in the trash
    #[arg(long)]
    deleted: bool,
    #[command(flatten)]
    change: ChangeArgs,
}

/// List contacts
#[derive(Debug, clap::Args)]
struct ListArgs {
    /// Only contacts in the trash
    #[arg(long)]
    deleted: bool,
}

/// Show contacts with the accounts linked to them
#[derive(Debug, clap::Args)]
struct ShowArgs {
    /// Ids in CiviCRM
    #[arg(required = true, value_name = "ID")]
    ids: Vec<i64>,
}

/// Put contacts into the trash or take them out
///
/// Example: `authctl contact set 101 --deleted`
#[derive(Debug, clap::Args)]
#[command(group = clap::ArgGroup::new("what").required(true).args(["deleted", "restored"]))]
struct SetArgs {
    /// Ids in CiviCRM
    #[arg(required = true, value_name = "ID")]
    ids: Vec<i64>,
    /// Put them into the trash
    #[arg(long)]
    deleted: bool,
    /// Take them out of the trash
    #[arg(long)]
    restored: bool,
    #[command(flatten)]
    change: ChangeArgs,
}

/// Delete contacts for good, with their keys
///
/// Accounts linked to them stay linked, as in CiviCRM. Asks first, or takes `--yes`.
#[derive(Debug, clap::Args)]
struct RemoveArgs {
    /// Ids in CiviCRM
    #[arg(required = true, value_name = "ID")]
    ids: Vec<i64>,
    #[command(flatten)]
    change: ChangeArgs,
}

impl ContactArgs {
    pub(crate) fn run(&self, cx: &mut Context<'_>) -> Result<Exit, Failure> {
        match &self.command {
            ContactCommand::Add(args) => args.run(cx),
            ContactCommand::List(args) => args.run(cx),
            ContactCommand::Show(args) => args.run(cx),
            ContactCommand::Set(args) => args.run(cx),
            ContactCommand::Remove(args) => args.run(cx),
        }
    }
}

impl AddArgs {
    fn run(&self, cx: &mut Context<'_>) -> Result<Exit, Failure> {
        let mut store = cx.open_write(self.change.dry_run)?;
        let actor = cx.actor();
        let added = store.change(&actor, self.change.dry_run, |change| {
            let mut added = Vec::new();
            if self.ids.is_empty() {
                added.push(change.add_contact(None, self.deleted)?);
            }
            for id in once(&self.ids) {
                added.push(change.add_contact(Some(ContactId(id)), self.deleted)?);
            }
            let detail = Map::from_iter([("deleted".to_owned(), json!(self.deleted))]);
            audit(change, "contact.add", "contact", &names(&added), detail)?;
            Ok::<_, Failure>(added)
        })?;
        if self.ids.is_empty() {
            if cx.layout().is_table() {
                added.iter().try_for_each(|id| writeln!(cx.stdout, "{id}"))?;
            } else {
                let rows = added.iter().map(|id| AddedRow { id: *id });
                cx.list(&rows.collect::<Vec<_>>())?;
            }
        }
        let (count, list) = (counted(added.len(), "contact"), names(&added).join(", "));
        self.change.report(cx, &format!("Added {count}: {list}."))?;
        Ok(Exit::Done)
    }
}

impl ListArgs {
    fn run(&self, cx: &mut Context<'_>) -> Result<Exit, Failure> {
        let store = cx.open_read()?;
        let reader = store.read();
        let filter = ContactFilter { deleted: self.deleted.then_some(true) };
        let mut rows = ListWriter::new(cx.layout(), cx.stdout)?;
        reader.each_contact(filter, |contact| {
            let row = ContactRow::of(reader, contact)?;
            Ok::<_, Failure>(rows.push(&row)?)
        })?;
        rows.finish()?;
        Ok(Exit::Done)
    }
}

impl ShowArgs {
    fn run(&self, cx: &mut Context<'_>) -> Result<Exit, Failure> {
        let store = cx.open_read()?;
        let reader = store.read();
        let rows = found(reader, &self.ids)?
            .into_iter()
            .map(|contact| ContactRow::of(reader, contact))
            .collect::<Result<Vec<_>, _>>()?;
        cx.records(&rows)?;
        Ok(Exit::Done)
    }
}

impl SetArgs {
    fn run(&self, cx: &mut Context<'_>) -> Result<Exit, Failure> {
        let mut store = cx.open_write(self.change.dry_run)?;
        let actor = cx.actor();
        let deleted = self.deleted && !self.restored;
        let changed = store.change(&actor, self.change.dry_run, |change| {
            let mut changed = Vec::new();
            for contact in found(change.read(), &self.ids)? {
                if change.update_contact(Contact { deleted, ..contact })? {
                    changed.push(contact.id);
                }
            }
            let detail = Map::from_iter([("deleted".to_owned(), json!(deleted))]);
            audit(change, "contact.set", "contact", &names(&changed), detail)?;
            Ok::<_, Failure>(changed)
        })?;
        let list = names(&changed).join(", ");
        match (changed.is_empty(), deleted) {
            (true, _) => self.change.report(cx, "It is so already.")?,
            (false, true) => self.change.report(cx, &format!("Put into the trash: {list}."))?,
            (false, false) => self.change.report(cx, &format!("Took out of the trash: {list}."))?,
        }
        Ok(Exit::Done)
    }
}

impl RemoveArgs {
    fn run(&self, cx: &mut Context<'_>) -> Result<Exit, Failure> {
        let mut store = cx.open_write(self.change.dry_run)?;
        let contacts: Vec<ContactId> =
            found(store.read(), &self.ids)?.iter().map(|contact| contact.id).collect();
        let list = names(&contacts).join(", ");
        let question = format!("delete contact {list} for good, with its keys?");
        let confirmed = Confirmed::ask(cx, &question, self.change.dry_run)?;
        let actor = cx.actor();
        store.change(&actor, self.change.dry_run, |change| remove(change, &contacts, confirmed))?;
        let count = counted(contacts.len(), "contact");
        self.change.report(cx, &format!("Removed {count}: {list}."))?;
        Ok(Exit::Done)
    }
}

fn remove(change: &mut Change<'_>, contacts: &[ContactId], _: Confirmed) -> Result<(), Failure> {
    for id in contacts {
        change.remove_contact(*id)?;
    }
    Ok(audit(change, "contact.remove", "contact", &names(contacts), Map::new())?)
}

/// The contacts with those ids, each once.
fn found(reader: Reader<'_>, ids: &[i64]) -> Result<Vec<Contact>, Failure> {
    let mut seen = HashSet::new();
    let ids = ids.iter().filter(|id| seen.insert(**id));
    ids.map(|id| subject::contact(reader, ContactId(*id))).collect()
}

fn names(ids: &[ContactId]) -> Vec<String> {
    ids.iter().map(ToString::to_string).collect()
}

/// A contact with its accounts; the first one is whom CiviCRM takes.
#[derive(Serialize)]
struct ContactRow {
    id: i64,
    deleted: bool,
    users: Vec<String>,
}

impl ContactRow {
    fn of(reader: Reader<'_>, contact: Contact) -> Result<Self, Failure> {
        let users = reader.users_of_contact(contact.id)?;
        Ok(Self {
            id: contact.id.0,
            deleted: contact.deleted,
            users: users.into_iter().map(|user| user.name).collect(),
        })
    }
}

impl Row for ContactRow {
    const COLUMNS: &'static [Column] =
        &[Column::whole("id"), Column::whole("deleted"), Column::text("users")];

    fn cells(&self) -> Vec<String> {
        vec![self.id.to_string(), self.deleted.to_string(), self.users.join(", ")]
    }
}

/// A contact whose id was given out, for programs.
#[derive(Serialize)]
struct AddedRow {
    id: ContactId,
}

impl Row for AddedRow {
    const COLUMNS: &'static [Column] = &[Column::whole("id")];

    fn cells(&self) -> Vec<String> {
        vec![self.id.to_string()]
    }
}

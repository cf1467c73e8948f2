//! Bringing new keys to the person: on standard output or in a file, once, and never before the store
//! has them for good.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use serde::Serialize;
use tempfile::NamedTempFile;

use crate::cli::{Context, Failure, cause};
use crate::credential::Secret;
use crate::exit::Exit;
use crate::output::{Column, Format, Layout, ListWriter, Row};
use crate::store::KeyId;

/// A new key on its way to the person.
#[derive(Serialize)]
pub(super) struct MadeRow<'a> {
    key_id: i64,
    owner: &'static str,
    name: Option<&'a str>,
    expires_at: Option<&'a str>,
    key: &'a str,
}

impl<'a> MadeRow<'a> {
    pub(super) fn new(
        id: KeyId,
        owner: &'static str,
        name: Option<&'a str>,
        expires_at: Option<&'a str>,
        key: &'a Secret,
    ) -> Self {
        // Keys of our own making are ASCII.
        Self { key_id: id.0, owner, name, expires_at, key: key.expose_text().unwrap_or_default() }
    }
}

impl Row for MadeRow<'_> {
    const COLUMNS: &'static [Column] = &[
        Column::whole("key_id"),
        Column::whole("owner"),
        Column::text("name"),
        Column::whole("expires_at"),
        Column::whole("key"),
    ];

    fn cells(&self) -> Vec<String> {
        vec![
            self.key_id.to_string(),
            self.owner.to_owned(),
            self.name.unwrap_or_default().to_owned(),
            self.expires_at.unwrap_or_default().to_owned(),
            self.key.to_owned(),
        ]
    }
}

/// Prints new keys: for people a single one alone. A failure, a closed pipe too, names the keys that
/// nobody has seen.
pub(super) fn print(cx: &mut Context<'_>, made: &[MadeRow<'_>]) -> Result<(), Failure> {
    let printed = match made {
        [only] if cx.layout().is_table() => {
            writeln!(cx.stdout, "{}", only.key).and_then(|()| cx.stdout.flush())
        }
        made => write_list(cx.layout(), made, cx.stdout).and_then(|()| cx.stdout.flush()),
    };
    printed.map_err(|error| undelivered(made, &format!("be shown: {}", cause(&error))))
}

fn write_list(layout: Layout, made: &[MadeRow<'_>], out: &mut dyn Write) -> io::Result<()> {
    let mut list = ListWriter::new(layout, out)?;
    made.iter().try_for_each(|row| list.push(row))?;
    list.finish()
}

/// The failure for keys that are in the store and with nobody.
fn undelivered(made: &[MadeRow<'_>], why: &str) -> Failure {
    let ids: Vec<String> = made.iter().map(|row| row.key_id.to_string()).collect();
    let shown = match ids.as_slice() {
        [] | [_] => format!("the new key {}", ids.join("")),
        [first, .., last] => format!("the {} new keys {first} to {last}", ids.len()),
    };
    let rotate = match ids.as_slice() {
        [first, .., last] if ids.len() > 20 => {
            format!("each of {first} to {last} with `authctl key rotate`")
        }
        [only] => format!("it with `authctl key rotate {only}`"),
        ids => format!("them with `authctl key rotate {}`", ids.join(" ")),
    };
    Failure::new(Exit::Failed, format!("{shown} could not {why}")).hint(format!("Rotate {rotate}."))
}

/// A file for new keys: written and synced before the store has them, given its name after.
pub(super) struct OutFile {
    temporary: NamedTempFile,
    path: PathBuf,
}

impl OutFile {
    /// A temporary file beside `path`, which must not exist; only the owner can read it.
    pub(super) fn create(path: &Path) -> Result<Self, Failure> {
        if path.symlink_metadata().is_ok() {
            return Err(exists(path));
        }
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        let temporary = tempfile::Builder::new()
            .prefix(".authctl-")
            .tempfile_in(folder.unwrap_or(Path::new(".")))
            .map_err(|error| Failure::file("write", path, &error))?;
        Ok(Self { temporary, path: path.to_owned() })
    }

    /// Writes the keys and waits until the disk has them.
    pub(super) fn write(&self, layout: Layout, made: &[MadeRow<'_>]) -> Result<(), Failure> {
        let layout = Layout { format: self.format(layout.format), ..layout };
        let mut out = BufWriter::new(self.temporary.as_file());
        write_list(layout, made, &mut out)
            .and_then(|()| out.flush())
            .and_then(|()| self.temporary.as_file().sync_all())
            .map_err(|error| Failure::file("write", &self.path, &error))
    }

    /// Gives the file its name, unless there is one of that name by now.
    pub(super) fn keep(self, made: &[MadeRow<'_>]) -> Result<(), Failure> {
        let folder = self.path.parent().filter(|folder| !folder.as_os_str().is_empty());
        match self.temporary.persist_noclobber(&self.path) {
            Ok(_) => {
                // The name itself is safe once its folder is.
                let synced =
                    File::open(folder.unwrap_or(Path::new("."))).and_then(|f| f.sync_all());
                synced.map_err(|error| Failure::file("sync the folder of", &self.path, &error))
            }
            Err(error) => {
                let why = cause(&error.error);
                let left = error.file.keep();
                Err(match left {
                    Ok((_, left)) => Failure::new(
                        Exit::Failed,
                        format!("cannot give the keys the name `{}`: {why}", self.path.display()),
                    )
                    .hint(format!("They are in `{}`.", left.display())),
                    Err(_) => undelivered(made, &format!("be kept in a file: {why}")),
                })
            }
        }
    }

    /// The form that was asked for, or that the file's name tells; otherwise CSV.
    fn format(&self, asked: Format) -> Format {
        let extension = self.path.extension().and_then(|extension| extension.to_str());
        match (asked, extension) {
            (Format::Table, Some("json")) => Format::Json,
            (Format::Table, Some("jsonl" | "ndjson")) => Format::Jsonl,
            (Format::Table, _) => Format::Csv,
            (asked, _) => asked,
        }
    }
}

fn exists(path: &Path) -> Failure {
    Failure::new(Exit::Precondition, format!("`{}` exists already", path.display()))
        .hint("Keys are never written over a file; give another name.")
}

//! `authctl man`

use std::fs;
use std::path::PathBuf;

use crate::cli::{self, Context, Failure};
use crate::exit::Exit;

/// Write the manual pages into a folder
///
/// A page a command, `authctl.1`, `authctl-user.1`, `authctl-user-add.1` and so on. Pages of the same
/// names are replaced.
///
/// Example: `authctl man ~/.local/share/man/man1`
#[derive(Debug, clap::Args)]
pub(crate) struct ManArgs {
    /// The folder, made when it is not there
    #[arg(value_name = "DIR")]
    folder: PathBuf,
}

impl ManArgs {
    pub(crate) fn run(&self, cx: &mut Context<'_>) -> Result<Exit, Failure> {
        fs::create_dir_all(&self.folder)
            .map_err(|error| Failure::file("make the folder", &self.folder, &error))?;
        let pages = cli::manual()?;
        for (name, page) in &pages {
            let path = self.folder.join(name);
            fs::write(&path, page).map_err(|error| Failure::file("write", &path, &error))?;
        }
        cx.report(&format!("Wrote {} pages into `{}`.", pages.len(), self.folder.display()))?;
        Ok(Exit::Done)
    }
}

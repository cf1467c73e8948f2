//! The commands, a file or a folder a noun: arguments, what runs, rows. Glue only: what a command
//! decides lies in `verify`, `credential` and `document`, what it keeps in `store`.

mod completions;
mod man;

use clap::Subcommand;

use crate::cli::{Context, Failure};
use crate::exit::Exit;

/// The nouns. Their arguments are declared when one is chosen, which keeps the start quick.
#[derive(Debug, Subcommand)]
#[command(defer = true)]
pub(crate) enum Command {
    /// Print the completions of a shell
    Completions(completions::CompletionsArgs),
    /// Write the manual pages into a folder
    Man(man::ManArgs),
}

impl Command {
    /// Runs the command.
    pub(crate) fn run(self, cx: &mut Context<'_>) -> Result<Exit, Failure> {
        match self {
            Self::Completions(args) => args.run(cx),
            Self::Man(args) => args.run(cx),
        }
    }
}

//! `authctl completions`

use clap_complete::Shell;

use crate::cli::{self, Context, Failure};
use crate::exit::Exit;

/// Print the completions of a shell
///
/// The script goes to standard output; put it where the shell looks:
///
///   authctl completions bash > ~/.local/share/bash-completion/completions/authctl
///   authctl completions fish > ~/.config/fish/completions/authctl.fish
///   authctl completions zsh > ~/.zfunc/_authctl
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct CompletionsArgs {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

impl CompletionsArgs {
    pub(crate) fn run(&self, cx: &mut Context<'_>) -> Result<Exit, Failure> {
        cx.stdout.write_all(&cli::completions(self.shell))?;
        Ok(Exit::Done)
    }
}

//! Shell completions and manual pages, from the tree of commands and the list of codes.

use std::io;

use clap_complete::Shell;
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};

use crate::exit::Exit;
use crate::verify::Code;

/// The completion script of a shell.
#[must_use]
pub fn completions(shell: Shell) -> Vec<u8> {
    let mut script = Vec::new();
    // The `help` commands would repeat the whole tree.
    let mut command = super::command().disable_help_subcommand(true);
    clap_complete::generate(shell, &mut command, "authctl", &mut script);
    script
}

/// The manual pages, a page a command: file name and text.
pub fn manual() -> io::Result<Vec<(String, Vec<u8>)>> {
    let mut command = super::command().disable_help_subcommand(true);
    command.build();
    let mut pages = Vec::new();
    add_pages(&command, &mut pages)?;
    Ok(pages)
}

fn add_pages(command: &clap::Command, pages: &mut Vec<(String, Vec<u8>)>) -> io::Result<()> {
    let subcommands =
        || command.get_subcommands().filter(|sub| !sub.is_hide_set() && sub.get_name() != "help");
    let man = Man::new(command.clone())
        .source(concat!("authctl ", env!("CARGO_PKG_VERSION")))
        .manual("authctl");
    let mut page = Vec::new();
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    man.render_description_section(&mut page)?;
    man.render_options_section(&mut page)?;
    if subcommands().next().is_some() {
        man.render_subcommands_section(&mut page)?;
    }
    if man.get_filename() == "authctl-verify.1" {
        codes().to_writer(&mut page)?;
    }
    exit_status().to_writer(&mut page)?;
    man.render_version_section(&mut page)?;
    pages.push((man.get_filename(), with_examples(&without_repeats(&page))));
    subcommands().try_for_each(|sub| add_pages(sub, pages))
}

/// What the renderer puts before every section, and a page needs once.
const PREAMBLE: &str = concat!(r".ie \n(.g .ds Aq \(aq", "\n", r".el .ds Aq '");

fn without_repeats(page: &[u8]) -> String {
    let page = String::from_utf8_lossy(page);
    let body = page.replace(&format!("{PREAMBLE}\n"), "");
    format!("{PREAMBLE}\n{body}")
}

/// Leaves the lines of indented examples as they are.
fn with_examples(page: &str) -> Vec<u8> {
    let mut text = String::with_capacity(page.len() + 64);
    let mut inside = false;
    for line in page.lines() {
        let is_example = line.starts_with("    ");
        if is_example != inside {
            text.push_str(if is_example { ".nf\n" } else { ".fi\n" });
            inside = is_example;
        }
        text.push_str(line);
        text.push('\n');
    }
    text.into_bytes()
}

/// What verdicts say in codes: reasons and steps, then warnings.
fn codes() -> Roff {
    let mut roff = Roff::new();
    let is_warning = |code: &Code| code.as_str().contains(".warning.");
    let (warnings, others): (Vec<Code>, Vec<Code>) = Code::all().partition(is_warning);
    for (heading, codes) in [("REASONS AND STEPS", others), ("WARNINGS", warnings)] {
        roff.control("SH", [heading]);
        for code in codes {
            roff.control("TP", []);
            roff.text([bold(code.as_str())]);
            roff.text([roman(code.about())]);
        }
    }
    roff
}

/// What exit codes mean.
fn exit_status() -> Roff {
    let mut roff = Roff::new();
    roff.control("SH", ["EXIT STATUS"]);
    for exit in Exit::ALL {
        roff.control("TP", []);
        roff.text([bold(exit.code().to_string())]);
        roff.text([roman(exit.meaning())]);
    }
    roff
}

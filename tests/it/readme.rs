//! README's walk is true: its console blocks run in one shell, in order, and print what stands there.
//!
//! `[..]` in the text stands for the rest of a line that differs from run to run. A block with a name behind its
//! kind is a file of that name.

use std::fmt::Write as _;
use std::process::{Command, Stdio};

use crate::sandbox::Sandbox;

const README: &str = include_str!("../../README.md");

/// Printed by the shell between two commands; not a text that a command would print.
const BORDER: &str = "--8<-- end of command --8<--";

/// One command of the walk, and what README says it prints.
struct Shown {
    line: usize,
    command: String,
    output: String,
}

#[test]
fn the_walk_prints_what_it_says() {
    let walk = walk();
    assert!(walk.len() > 10, "README has a walk through the commands");
    let printed = run(&walk);
    assert_eq!(printed.len(), walk.len(), "every command of the walk ran");
    let assert = snapbox::Assert::new().action_env(snapbox::assert::DEFAULT_ACTION_ENV);
    let mut wrong = String::new();
    for (shown, printed) in walk.iter().zip(printed) {
        let expected = snapbox::Data::text(shown.output.trim_end());
        if assert.try_eq(None, snapbox::Data::text(printed.trim_end()), expected).is_err() {
            let Shown { line, command, output } = shown;
            let _ = writeln!(
                wrong,
                "README.md:{line}: `{command}` says\n{output}\nand prints\n{printed}"
            );
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// The files that the walk shows: name and text.
fn files() -> Vec<(String, String)> {
    let mut files: Vec<(String, String)> = Vec::new();
    let mut inside = false;
    for line in README.lines() {
        match line.strip_prefix("```") {
            Some(kind) => {
                let name = kind.split_once(' ').map(|(_, name)| name);
                files.extend(name.map(|name| (name.to_owned(), String::new())));
                inside = name.is_some();
            }
            None if inside => files.last_mut().unwrap().1.extend([line, "\n"]),
            None => {}
        }
    }
    files
}

/// The commands of all console blocks, in order.
fn walk() -> Vec<Shown> {
    let mut walk: Vec<Shown> = Vec::new();
    let mut inside = false;
    for (at, line) in README.lines().enumerate() {
        match line.strip_prefix("```") {
            Some(kind) => inside = kind == "console",
            None if !inside => {}
            None => match (line.strip_prefix("$ "), line.strip_prefix("> "), walk.last_mut()) {
                (Some(command), ..) => walk.push(Shown {
                    line: at + 1,
                    command: command.to_owned(),
                    output: String::new(),
                }),
                (None, Some(more), Some(shown)) if shown.command.ends_with('\\') => {
                    let _ = write!(shown.command, "\n{more}");
                }
                (None, _, Some(shown)) => {
                    let _ = writeln!(shown.output, "{line}");
                }
                (None, _, None) => panic!("README.md:{}: output without a command", at + 1),
            },
        }
    }
    walk
}

/// Runs the commands in one `bash`, and answers what each printed on both streams.
fn run(walk: &[Shown]) -> Vec<String> {
    let sandbox = Sandbox::new();
    for (name, text) in files() {
        sandbox.write(&name, &text);
    }
    let program = snapbox::cmd::cargo_bin!("authctl");
    let path = format!("{}:/usr/bin:/bin", program.parent().unwrap().display());
    let mut script = String::new();
    for shown in walk {
        let _ = write!(script, "{}\necho '{BORDER}'\n", shown.command);
    }
    let output = Command::new("bash")
        .arg("-c")
        .arg(format!("exec 2>&1\n{script}"))
        .current_dir(sandbox.path(""))
        .env_clear()
        .env("HOME", sandbox.path(""))
        .env("PATH", path)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let printed = String::from_utf8(output.stdout).unwrap();
    let mut parts: Vec<String> = printed.split(&format!("{BORDER}\n")).map(str::to_owned).collect();
    let rest = parts.pop();
    assert_eq!(rest.as_deref(), Some(""), "the shell ran to its end");
    parts
}

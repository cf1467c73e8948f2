//! The command line as a whole: help, version, errors, streams.

use std::io::Read as _;
use std::process::{Command, Stdio};

use snapbox::str;

use crate::sandbox::Sandbox;

#[test]
fn the_version_is_one_line() {
    Sandbox::new().run(["--version"]).success().stdout_eq(str![[r#"
authctl [VERSION]

"#]]);
}

#[test]
fn help_lists_every_exit_status() {
    let output = Sandbox::new().run(["--help"]).success();
    let help = String::from_utf8(output.get_output().stdout.clone()).unwrap();
    let table = authctl::exit::Exit::table();
    assert!(help.trim_end().ends_with(&table), "{help}");
}

#[test]
fn an_unknown_command_is_not_repeated() {
    Sandbox::new().run(["S3cretKey"]).code(2).stdout_eq("").stderr_eq(str![[r#"
error: unknown command
hint: The form is `authctl [OPTIONS] <COMMAND>`; `--help` tells more.

"#]]);
}

#[test]
fn no_command_is_a_usage_error() {
    Sandbox::new().run([] as [&str; 0]).code(2).stdout_eq("");
}

#[test]
fn a_closed_pipe_is_no_fault() {
    let mut child = Command::new(snapbox::cmd::cargo_bin!("authctl"))
        .args(["completions", "bash"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let mut told = String::new();
    child.stderr.take().unwrap().read_to_string(&mut told).unwrap();
    assert_eq!((child.wait().unwrap().code(), told.as_str()), (Some(0), ""));
}

//! The checked-in completions and manual pages are those of the program.
//!
//! When a test here fails, accept the new files with
//! `SNAPSHOTS=overwrite cargo test --test it generated` and look at the difference.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use clap_complete::Shell;
use snapbox::Data;

use crate::sandbox::Sandbox;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn names_in(folder: &Path) -> BTreeSet<String> {
    std::fs::read_dir(folder)
        .map(|entries| {
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
        })
        .unwrap_or_default()
}

/// Compares a folder with what it should hold; stale files of it are an error, or removed.
fn check(folder: &str, files: &[(String, Vec<u8>)]) {
    let overwrite = std::env::var_os("SNAPSHOTS").is_some_and(|action| action == "overwrite");
    let folder = root().join(folder);
    let expected: BTreeSet<String> = files.iter().map(|(name, _)| name.clone()).collect();
    for stale in names_in(&folder).difference(&expected) {
        assert!(overwrite, "`{stale}` belongs to no command; {ACCEPT}");
        std::fs::remove_file(folder.join(stale)).unwrap();
    }
    let mut stale = Vec::new();
    for (name, text) in files {
        let path = folder.join(name);
        if std::fs::read(&path).is_ok_and(|there| there == *text) {
            continue;
        }
        if overwrite {
            std::fs::create_dir_all(&folder).unwrap();
            std::fs::write(&path, text).unwrap();
        } else {
            stale.push((path, String::from_utf8(text.clone()).unwrap()));
        }
    }
    if let Some((path, text)) = stale.first() {
        let names: Vec<_> = stale.iter().map(|(path, _)| path.file_name().unwrap()).collect();
        let difference = snapbox::Assert::new().try_eq(
            Some(&path.display()),
            Data::text(text.clone()),
            Data::read_from(path, None).raw(),
        );
        panic!(
            "stale: {names:?}; {ACCEPT}\n{}",
            difference.err().map(|e| e.to_string()).unwrap_or_default()
        );
    }
}

const ACCEPT: &str = "accept with: SNAPSHOTS=overwrite cargo test --test it generated";

#[test]
fn completions_are_fresh() {
    let files = [
        ("authctl.bash".to_owned(), authctl::cli::completions(Shell::Bash)),
        ("_authctl".to_owned(), authctl::cli::completions(Shell::Zsh)),
        ("authctl.fish".to_owned(), authctl::cli::completions(Shell::Fish)),
    ];
    check("completions", &files);
}

#[test]
fn manual_pages_are_fresh() {
    check("man", &authctl::cli::manual().unwrap());
}

#[test]
fn every_manual_page_has_the_exit_status() {
    for (name, page) in authctl::cli::manual().unwrap() {
        let page = String::from_utf8(page).unwrap();
        let section = page.split(".SH \"EXIT STATUS\"").nth(1).unwrap_or_default();
        for exit in authctl::exit::Exit::ALL {
            let line = format!("\\fB{}\\fR", exit.code());
            assert!(section.lines().any(|text| text == line), "{name} lacks {exit:?}");
        }
    }
}

#[test]
fn every_code_of_a_verdict_is_in_the_page_of_verify() {
    let pages = authctl::cli::manual().unwrap();
    let (_, page) = pages.iter().find(|(name, _)| name == "authctl-verify.1").unwrap();
    let page = String::from_utf8(page.clone()).unwrap().replace("\\-", "-").replace("\\*(Aq", "'");
    for code in authctl::verify::Code::all() {
        assert!(page.contains(&format!("\\fB{code}\\fR\n{}", code.about())), "{code}");
        assert!(!code.about().is_empty(), "{code}");
    }
}

#[test]
fn the_program_writes_the_same_pages() {
    let sandbox = Sandbox::new();
    sandbox.run(["man", "pages"]).success().stdout_eq("");
    let expected = authctl::cli::manual().unwrap();
    assert_eq!(names_in(&sandbox.path("pages")).len(), expected.len());
    for (name, page) in expected {
        assert_eq!(std::fs::read(sandbox.path("pages").join(&name)).unwrap(), page, "{name}");
    }
}

#[test]
fn bash_accepts_its_completions() {
    let sandbox = Sandbox::new();
    let script = authctl::cli::completions(Shell::Bash);
    std::fs::write(sandbox.path("authctl.bash"), script).unwrap();
    let checked =
        std::process::Command::new("bash").arg("-n").arg(sandbox.path("authctl.bash")).status();
    // A machine without bash has nobody to complete for.
    assert!(checked.is_err() || checked.unwrap().success());
}

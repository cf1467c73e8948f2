//! The layers of the crate, enforced: what a folder may not mention, the opening comment of every
//! module, and the length of a file.

use std::path::{Path, PathBuf};

/// Lines that a file may have, its tests aside.
const LONGEST: usize = 500;

/// A folder or file under `src/`, and the words that its code may not hold.
const FORBIDDEN: &[(&str, &[&str])] = &[
    (
        "verify/",
        &[
            "std::fs",
            "std::io",
            "std::env",
            "std::net::Tcp",
            "std::net::Udp",
            "std::process",
            "std::time",
            "now()",
            "jiff::",
            "clap",
            "rusqlite",
            "crate::store",
            "crate::reader",
            "crate::output",
            "crate::command",
            "crate::cli",
            "crate::document",
            "crate::exit",
        ],
    ),
    (
        "reader/",
        &[
            "std::fs",
            "std::env",
            "std::process",
            "now()",
            "clap",
            "rusqlite",
            "crate::store",
            "crate::output",
            "crate::command",
            "crate::cli",
            "crate::document",
            "crate::exit",
        ],
    ),
    (
        "credential/",
        &[
            "std::fs",
            "std::env",
            "std::process",
            "now()",
            "clap",
            "rusqlite",
            "crate::store",
            "crate::reader",
            "crate::output",
            "crate::command",
            "crate::cli",
            "crate::document",
            "crate::verify",
            "crate::exit",
        ],
    ),
    (
        "store/",
        &[
            "now()",
            "clap",
            "crate::reader",
            "crate::output",
            "crate::command",
            "crate::cli",
            "crate::document",
            "crate::exit",
        ],
    ),
    (
        "document/",
        &[
            "std::env",
            "now()",
            "clap",
            "rusqlite",
            "crate::output",
            "crate::command",
            "crate::cli",
            "crate::exit",
        ],
    ),
    ("command/", &["rusqlite", "now()", "std::env"]),
    (
        "output/",
        &["rusqlite", "now()", "crate::store", "crate::reader", "crate::command", "crate::cli"],
    ),
    ("cli/", &["rusqlite", "crate::store::table"]),
];

struct Source {
    /// The path under `src/`.
    name: String,
    /// The lines without the tests at the end.
    lines: Vec<String>,
}

fn sources() -> Vec<Source> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    collect(&root, &root, &mut found);
    assert!(found.len() > 10, "the sources are where they were");
    found
}

fn collect(root: &Path, folder: &Path, found: &mut Vec<Source>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(root, &path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = std::fs::read_to_string(&path).unwrap();
            let is_part = |name: &str| path.iter().any(|part| part == name);
            if ["tests", "tests.rs", "testing.rs"].into_iter().any(is_part) {
                continue;
            }
            found.push(Source {
                name: path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/"),
                lines: without_tests(&text),
            });
        }
    }
}

/// Everything before an inline module of tests; files of their own for them are left out.
fn without_tests(text: &str) -> Vec<String> {
    let lines: Vec<&str> = text.lines().collect();
    let end = lines
        .windows(2)
        .position(|pair| {
            pair[0].starts_with("#[cfg(test)]")
                && pair[1].starts_with("mod ")
                && pair[1].ends_with('{')
        })
        .unwrap_or(lines.len());
    lines[..end].iter().map(|line| (*line).to_owned()).collect()
}

/// Whether the word stands by itself: `clap` in `clap::Args`, not in `clapped`.
fn mentions(line: &str, word: &str) -> bool {
    let part_of_name = |letter: char| letter.is_alphanumeric() || letter == '_';
    line.match_indices(word).any(|(start, _)| {
        let before = line.get(..start).and_then(|text| text.chars().next_back());
        let after = line.get(start + word.len()..).and_then(|text| text.chars().next());
        let ends_open = word.ends_with("()")
            || word.ends_with("::")
            || word.ends_with("Tcp")
            || word.ends_with("Udp");
        !before.is_some_and(part_of_name) && (ends_open || !after.is_some_and(part_of_name))
    })
}

#[test]
fn no_layer_mentions_what_it_may_not() {
    let mut broken = Vec::new();
    for source in sources() {
        let rules = FORBIDDEN.iter().filter(|(folder, _)| source.name.starts_with(folder));
        for word in rules.flat_map(|(_, words)| *words) {
            for (number, line) in source.lines.iter().enumerate() {
                let code = line.split("//").next().unwrap();
                if mentions(code, word) {
                    broken.push(format!("src/{}:{}: `{word}`", source.name, number + 1));
                }
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn sql_is_named_in_the_store_alone() {
    let broken: Vec<String> = sources()
        .into_iter()
        .filter(|source| !source.name.starts_with("store/"))
        .filter(|source| {
            source.lines.iter().any(|line| mentions(line.split("//").next().unwrap(), "rusqlite"))
        })
        .map(|source| source.name)
        .collect();
    assert!(broken.is_empty(), "{broken:?}");
}

#[test]
fn every_module_opens_with_what_it_is_for() {
    let silent: Vec<String> = sources()
        .into_iter()
        .filter(|source| !source.lines.first().is_some_and(|line| line.starts_with("//! ")))
        .map(|source| source.name)
        .collect();
    assert!(silent.is_empty(), "{silent:?}");
}

#[test]
fn no_file_outgrows_its_reader() {
    let long: Vec<String> = sources()
        .into_iter()
        .filter(|source| source.lines.len() > LONGEST)
        .map(|source| format!("src/{}: {} lines", source.name, source.lines.len()))
        .collect();
    assert!(long.is_empty(), "{}", long.join("\n"));
}

#[test]
fn a_word_counts_only_by_itself() {
    assert!(mentions("use clap::Args;", "clap"));
    assert!(mentions("let now = Timestamp::now();", "now()"));
    assert!(!mentions("let clapped = unclap;", "clap"));
}

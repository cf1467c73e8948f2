//! A folder of its own for each test, in which the real program runs with a scrubbed environment.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};

use snapbox::cmd::{Command, OutputAssert};

/// A temporary folder with a store's default place in it.
pub(crate) struct Sandbox {
    folder: tempfile::TempDir,
}

impl Sandbox {
    /// An empty folder.
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// A folder with an empty store in it.
    pub(crate) fn with_store() -> Self {
        let sandbox = Self::new();
        sandbox.ok(["init"]);
        sandbox
    }

    /// The path of a file in the folder.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file into the folder.
    pub(crate) fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.path(name);
        std::fs::write(&path, text).unwrap();
        path
    }

    /// The program in the folder: no variables but `HOME`, no terminal, 80 columns.
    pub(crate) fn command<I: AsRef<OsStr>>(&self, words: impl IntoIterator<Item = I>) -> Command {
        command_in(self.folder.path()).args(words)
    }

    /// Runs the program.
    #[must_use = "a run is compared with something"]
    pub(crate) fn run<I: AsRef<OsStr>>(&self, words: impl IntoIterator<Item = I>) -> OutputAssert {
        self.command(words).assert()
    }

    /// Runs the program, which must succeed; answers what it printed.
    pub(crate) fn ok<I: AsRef<OsStr>>(&self, words: impl IntoIterator<Item = I>) -> String {
        let output = self.run(words).success();
        String::from_utf8(output.get_output().stdout.clone()).unwrap()
    }

    /// Runs the program with a text on standard input.
    #[must_use = "a run is compared with something"]
    pub(crate) fn run_with<I: AsRef<OsStr>>(
        &self,
        stdin: impl Into<Vec<u8>>,
        words: impl IntoIterator<Item = I>,
    ) -> OutputAssert {
        self.command(words).stdin(stdin.into()).assert()
    }

    /// Starts the program with pipes on its streams, for tests that talk to it while it runs.
    pub(crate) fn spawn<I: AsRef<OsStr>>(&self, words: impl IntoIterator<Item = I>) -> Child {
        std::process::Command::new(snapbox::cmd::cargo_bin!("authctl"))
            .args(words)
            .current_dir(self.folder.path())
            .env_clear()
            .env("HOME", self.folder.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
    }
}

fn command_in(folder: &Path) -> Command {
    Command::new(snapbox::cmd::cargo_bin!("authctl"))
        .current_dir(folder)
        .env_clear()
        .env("HOME", folder)
        .with_assert(
            snapbox::Assert::new()
                .action_env(snapbox::assert::DEFAULT_ACTION_ENV)
                .redact_with(redactions(folder)),
        )
}

/// What differs from run to run.
pub(crate) fn redactions(folder: &Path) -> snapbox::Redactions {
    let mut redactions = snapbox::Redactions::new();
    redactions.insert("[FOLDER]", folder.to_path_buf()).unwrap();
    redactions.insert("[VERSION]", env!("CARGO_PKG_VERSION")).unwrap();
    for (name, pattern) in [
        ("[TIME]", r"(?<redacted>20(2[6-9]|3\d)-\d\d-\d\dT\d\d:\d\d:\d\dZ)"),
        ("[KEY]", r"(?<redacted>ak[ucgs]_[0-9A-Za-z]{28})"),
        ("[HINT]", r"(?<redacted>ak[ucgs]_[0-9A-Za-z]{4})\b"),
        ("[KEY_FILE]", r#"key_file"+:"+(?<redacted>[0-9a-f]{16})""#),
        ("[ACTOR]", r#""actor":"(?<redacted>[^"]*)""#),
    ] {
        redactions.insert(name, regex::Regex::new(pattern).unwrap()).unwrap();
    }
    redactions
}

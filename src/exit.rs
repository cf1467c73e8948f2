//! How the program ends: the one place that holds the numbers.

use std::fmt::Write as _;
use std::process::{ExitCode, Termination};

/// What a run came to. Scripts branch on the number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    /// Done; allowed; yes.
    Done = 0,
    /// The work could not be done.
    Failed = 1,
    /// The command line is wrong.
    Usage = 2,
    /// Denied, or anonymous; no.
    No = 3,
    /// A named user, key, role, … is not there.
    Unknown = 4,
    /// It exists already, or a precondition does not hold.
    Precondition = 5,
    /// A request could not be read or judged.
    Indeterminate = 6,
    /// The audit chain, the store, the key file or a file mode is not as it should be.
    Integrity = 7,
    /// Another process holds the store.
    Busy = 8,
    /// The person stopped it.
    Interrupted = 130,
}

impl Exit {
    /// Every way to end, in the order of the numbers.
    pub const ALL: [Self; 10] = [
        Self::Done,
        Self::Failed,
        Self::Usage,
        Self::No,
        Self::Unknown,
        Self::Precondition,
        Self::Indeterminate,
        Self::Integrity,
        Self::Busy,
        Self::Interrupted,
    ];

    /// The number that the shell sees.
    #[must_use]
    pub fn code(self) -> u8 {
        self as u8
    }

    /// What the number means, as `--help` and the manual pages have it.
    #[must_use]
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Done => "done; allowed; yes",
            Self::Failed => "failed",
            Self::Usage => "usage: the command line is wrong",
            Self::No => "denied, or anonymous; no; findings",
            Self::Unknown => "no such user, key, role, ...",
            Self::Precondition => "exists already, or a precondition does not hold",
            Self::Indeterminate => "indeterminate: a request could not be read or judged",
            Self::Integrity => {
                "integrity: audit chain, damaged store, wrong key file, unsafe file mode"
            }
            Self::Busy => "the store is busy",
            Self::Interrupted => "interrupted",
        }
    }

    /// The whole list as text, a line a number.
    #[must_use]
    pub fn table() -> String {
        let mut text = String::from("Exit status:\n");
        for exit in Self::ALL {
            let _ = writeln!(text, "  {:<4} {}", exit.code(), exit.meaning());
        }
        text.truncate(text.trim_end().len());
        text
    }
}

impl Termination for Exit {
    fn report(self) -> ExitCode {
        ExitCode::from(self.code())
    }
}

#[cfg(test)]
mod tests {
    use super::Exit;

    #[test]
    fn numbers_are_distinct_and_in_order() {
        let codes: Vec<u8> = Exit::ALL.iter().map(|exit| exit.code()).collect();
        assert!(codes.is_sorted_by(|left, right| left < right), "{codes:?}");
    }

    #[test]
    fn the_table_has_a_line_for_each() {
        assert_eq!(Exit::table().lines().count(), Exit::ALL.len() + 1);
    }
}

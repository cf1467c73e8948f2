//! What can be wrong with a credential's material. No message repeats any of it.

/// An error of this layer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The key file is not one of ours.
    #[error("a key file holds exactly 32 bytes, this one has {0}")]
    KeyFileLength(usize),
    /// What was sealed cannot be read: another key file, another place, or damage.
    #[error(
        "cannot open a sealed value: it was sealed with another key file, belongs elsewhere, or is damaged"
    )]
    Sealed,
    /// argon2 refused; with the parameters of this program only for texts of gigabytes.
    #[error("argon2 failed: {0}")]
    Argon2(argon2::Error),
    /// A signing key of CiviCRM that cannot be read.
    #[error("cannot read key {position} of CIVICRM_SIGN_KEYS: {problem}")]
    SignKey {
        /// Which one, from 1.
        position: usize,
        /// What is wrong with it, or what was expected.
        problem: &'static str,
    },
    /// The first signing key makes no token.
    #[error("cannot sign with the first key of CIVICRM_SIGN_KEYS: {0}")]
    CannotSign(&'static str),
    /// A password hash of a kind that nobody here can check.
    #[error(
        "this is no password hash of a known kind: expected one that begins with $2a$, $2b$, $2y$, \
         $wp$2y$, $S$, U$S$, $P$, $H$, $argon2i$ or $argon2id$"
    )]
    PasswordKind,
    /// A password hash that breaks the rules of its kind.
    #[error("this {kind} password hash cannot be right: {problem}")]
    PasswordHash {
        /// Which kind.
        kind: &'static str,
        /// What is wrong with it.
        problem: &'static str,
    },
    /// A password hash that would take the machine too long to check.
    #[error("this {kind} password hash is too expensive: its {what} is {found}, the limit {limit}")]
    PasswordCost {
        /// Which kind.
        kind: &'static str,
        /// Which of its parameters.
        what: &'static str,
        /// What it says.
        found: u64,
        /// What is taken at most.
        limit: u64,
    },
}

impl From<argon2::Error> for Error {
    fn from(error: argon2::Error) -> Self {
        Self::Argon2(error)
    }
}

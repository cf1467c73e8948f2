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
}

impl From<argon2::Error> for Error {
    fn from(error: argon2::Error) -> Self {
        Self::Argon2(error)
    }
}

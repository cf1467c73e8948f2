//! How a reader asks for what a command names: files are the caller's business.

/// Why something a command names was not loaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The caller reads nothing for this input, as for a pasted command. The request is then shown
    /// without it, and cannot be judged.
    NotAllowed,
    /// Reading was allowed and failed, for the reason given.
    Failed(String),
}

/// Loads what a command names with `@FILE`, `-K FILE` and the like; `-` is standard input.
pub type Loader<'a> = dyn FnMut(&str) -> Result<Vec<u8>, Refusal> + 'a;

/// The loader for pasted texts: it reads nothing.
pub fn nothing(_name: &str) -> Result<Vec<u8>, Refusal> {
    Err(Refusal::NotAllowed)
}

//! One thing in which a store and a document differ.

use std::fmt;

/// What applying the document does about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Action {
    /// The store does not have it.
    Add,
    /// The store has it otherwise.
    Change,
    /// The store has it, and the document wants it gone.
    Remove,
}

/// A difference, told without secrets.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub(crate) struct Difference {
    /// What applying the document does.
    pub(crate) action: Action,
    /// To what: `user alice`, `setting civicrm.release`.
    pub(crate) subject: String,
    /// Which part of it, and how: `role editor`, `status active → blocked`. May be empty.
    pub(crate) detail: String,
}

impl Difference {
    /// Something that is missing.
    pub(super) fn add(subject: impl Into<String>, detail: impl Into<String>) -> Self {
        Self { action: Action::Add, subject: subject.into(), detail: detail.into() }
    }

    /// Something that is otherwise.
    pub(super) fn change(subject: impl Into<String>, detail: impl Into<String>) -> Self {
        Self { action: Action::Change, subject: subject.into(), detail: detail.into() }
    }

    /// Something that is too much.
    pub(super) fn remove(subject: impl Into<String>, detail: impl Into<String>) -> Self {
        Self { action: Action::Remove, subject: subject.into(), detail: detail.into() }
    }
}

impl Action {
    /// The word for lists.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Add => "add",
            Self::Change => "change",
            Self::Remove => "remove",
        }
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.action.word(), self.subject)?;
        if self.detail.is_empty() { Ok(()) } else { write!(f, ": {}", self.detail) }
    }
}

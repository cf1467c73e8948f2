//! The closed list of codes in verdicts: reasons, steps and warnings.
//!
//! A code is part of the contract: scripts match on it. Each system declares its own with
//! [`codes!`](macro@crate::verify::code::codes), one line of description a code, and tests fail when
//! a code is in no case.

/// A stable name for a reason, a step or a warning, such as `authx.guard.perm`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
pub struct Code(pub(super) &'static str);

impl Code {
    /// The code's text.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        self.0
    }

    /// Every code: those that both systems share, CiviCRM's, Drupal's.
    pub fn all() -> impl Iterator<Item = Self> {
        described().map(|(code, _)| *code)
    }

    /// What it means, in a line.
    #[must_use]
    pub fn about(self) -> &'static str {
        described().find(|(code, _)| *code == self).map_or("", |(_, about)| about)
    }

    /// The code of that text.
    #[must_use]
    pub fn named(text: &str) -> Option<Self> {
        Self::all().find(|code| code.0 == text)
    }
}

fn described() -> impl Iterator<Item = &'static (Code, &'static str)> {
    [ALL, super::civicrm::code::ALL, super::drupal::code::ALL].into_iter().flatten()
}

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0)
    }
}

/// Declares constants of type [`Code`] and a table `ALL` of them with their descriptions.
macro_rules! codes {
    ($($name:ident = $text:literal, $about:literal;)+) => {
        $(#[doc = $about] pub const $name: $crate::verify::code::Code =
            $crate::verify::code::Code($text);)+
        /// Every code declared here, with what it means.
        pub const ALL: &[($crate::verify::code::Code, &str)] = &[$(($name, $about)),+];
    };
}
pub(crate) use codes;

codes! {
    UNREADABLE = "request.unreadable", "the request's text could not be read";
    INCOMPLETE = "request.incomplete", "the decision needs something that the request's text does not tell";
    UNKNOWN_SYSTEM = "system.unknown", "neither CiviCRM nor Drupal can be told from the request";
}

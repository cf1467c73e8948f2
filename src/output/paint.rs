//! Colours, or none: decided once, where the streams are known.

use std::fmt;

use anstyle::{AnsiColor, Style};

/// Wraps words in colours where the stream shows them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Paint {
    on: bool,
}

impl Paint {
    /// Colours, when `on`.
    pub(crate) fn new(on: bool) -> Self {
        Self { on }
    }

    /// No colours.
    #[cfg(test)]
    pub(crate) fn plain() -> Self {
        Self { on: false }
    }

    /// Whether there are colours.
    pub(crate) fn is_on(self) -> bool {
        self.on
    }

    /// What went well.
    pub(crate) fn good<T: fmt::Display>(self, text: T) -> Painted<T> {
        self.painted(AnsiColor::Green.on_default().bold(), text)
    }

    /// What went wrong.
    pub(crate) fn bad<T: fmt::Display>(self, text: T) -> Painted<T> {
        self.painted(AnsiColor::Red.on_default().bold(), text)
    }

    /// What deserves attention.
    pub(crate) fn warn<T: fmt::Display>(self, text: T) -> Painted<T> {
        self.painted(AnsiColor::Yellow.on_default().bold(), text)
    }

    /// What helps.
    pub(crate) fn note<T: fmt::Display>(self, text: T) -> Painted<T> {
        self.painted(AnsiColor::Cyan.on_default().bold(), text)
    }

    /// A heading.
    pub(crate) fn strong<T: fmt::Display>(self, text: T) -> Painted<T> {
        self.painted(Style::new().bold(), text)
    }

    /// What may be skipped.
    pub(crate) fn faint<T: fmt::Display>(self, text: T) -> Painted<T> {
        self.painted(Style::new().dimmed(), text)
    }

    fn painted<T>(self, style: Style, text: T) -> Painted<T> {
        Painted { style: self.on.then_some(style), text }
    }
}

/// A text with its style; padding applies to the text alone.
pub(crate) struct Painted<T> {
    style: Option<Style>,
    text: T,
}

impl<T: fmt::Display> fmt::Display for Painted<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(style) = self.style else { return self.text.fmt(f) };
        style.fmt(f)?;
        self.text.fmt(f)?;
        write!(f, "{style:#}")
    }
}

//! A sign of life on standard error for work that takes over a second; nothing without a terminal.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::cli::Context;

/// A spinner with the time that has passed.
pub(super) struct Progress(ProgressBar);

impl Progress {
    /// Begins work that is `long`: more than a second of it, by its size.
    pub(super) fn begin(cx: &Context<'_>, what: &'static str, long: bool) -> Self {
        if !long || !cx.terminal.stderr || cx.options.quiet {
            return Self(ProgressBar::hidden());
        }
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
        if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} {elapsed}") {
            bar.set_style(style);
        }
        bar.set_message(what);
        bar.enable_steady_tick(Duration::from_secs(1));
        Self(bar)
    }

    /// Ends, leaving nothing on the screen.
    pub(super) fn end(self) {
        self.0.finish_and_clear();
    }
}

//! A sign of life on standard error for work that takes over a second; nothing without a terminal.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::cli::Context;

/// From how many on a count is shown.
const MANY: u64 = 2_000;

/// A spinner with the time that has passed.
pub(super) struct Progress(ProgressBar);

impl Progress {
    /// Begins work that is `long`: more than a second of it, by its size.
    pub(super) fn begin(cx: &Context<'_>, what: &'static str, long: bool) -> Self {
        if !long || !is_seen(cx) {
            return Self(ProgressBar::hidden());
        }
        Self(spinner("{spinner} {msg} {elapsed}", what))
    }

    /// Ends, leaving nothing on the screen.
    pub(super) fn end(self) {
        self.0.finish_and_clear();
    }
}

/// A count of what is done so far, once there is much of it.
pub(super) struct Count {
    what: &'static str,
    is_seen: bool,
    done: u64,
    bar: Option<ProgressBar>,
}

impl Count {
    /// Begins to count, to be seen where it is `wanted`.
    pub(super) fn begin(cx: &Context<'_>, what: &'static str, wanted: bool) -> Self {
        Self { what, is_seen: wanted && is_seen(cx), done: 0, bar: None }
    }

    /// Counts some more.
    pub(super) fn add(&mut self, done: u64) {
        self.done += done;
        if self.is_seen && self.done > MANY {
            let bar = self
                .bar
                .get_or_insert_with(|| spinner("{spinner} {human_pos} {msg} {elapsed}", self.what));
            bar.set_position(self.done);
        }
    }
}

impl Drop for Count {
    /// Leaves nothing on the screen, also where the work fails.
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

fn is_seen(cx: &Context<'_>) -> bool {
    cx.terminal.stderr && !cx.options.quiet
}

fn spinner(template: &str, what: &'static str) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
    bar.set_message(what);
    bar.enable_steady_tick(Duration::from_secs(1));
    bar
}

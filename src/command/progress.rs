//! A sign of life on standard error for work that takes over a second; nothing without a terminal.

use std::io::Read;
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::cli::Context;

/// How long work takes before anything is shown of it.
const PATIENCE: Duration = Duration::from_secs(1);

/// How often the time that has passed is shown anew.
const TICK: Duration = Duration::from_millis(200);

/// Nothing is known of how much there is.
const SPINNER: &str = "{spinner} {msg} {elapsed}";
/// What is done is counted.
const COUNT: &str = "{spinner} {msg}: {human_pos} {elapsed}";
/// The whole is known.
const BAR: &str = "{msg} {wide_bar} {human_pos}/{human_len} {eta}";
/// The whole is known in bytes.
const BYTES: &str = "{msg} {wide_bar} {percent}% {eta}";

/// Work under way. What is shown of it appears when a second has passed, and goes when it ends, also where
/// it fails.
pub(super) struct Progress {
    bar: ProgressBar,
    /// Waits for the second to pass, unless the work ends before.
    waiting: Option<(Sender<()>, JoinHandle<()>)>,
}

impl Progress {
    /// Begins work of a length that is not known yet.
    pub(super) fn begin(cx: &Context<'_>, what: &'static str) -> Self {
        Self::styled(cx, what, SPINNER, true)
    }

    /// Begins work on inputs of so many bytes, or on things that are counted; to be seen where it is `wanted`.
    pub(super) fn on_input(
        cx: &Context<'_>,
        what: &'static str,
        bytes: Option<u64>,
        wanted: bool,
    ) -> Self {
        let Some(bytes) = bytes else { return Self::styled(cx, what, COUNT, wanted) };
        let progress = Self::styled(cx, what, BYTES, wanted);
        progress.bar.set_length(bytes);
        progress
    }

    fn styled(cx: &Context<'_>, what: &'static str, template: &str, wanted: bool) -> Self {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        if !(wanted && cx.terminal.stderr && !cx.options.quiet) {
            return Self { bar, waiting: None };
        }
        style(&bar, template);
        bar.set_message(what);
        let (end, ended) = mpsc::channel();
        let shown = bar.clone();
        let thread = thread::spawn(move || {
            if ended.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout) {
                shown.set_draw_target(ProgressDrawTarget::stderr());
                shown.enable_steady_tick(TICK);
            }
        });
        Self { bar, waiting: Some((end, thread)) }
    }

    /// Whether anybody looks: nothing is counted for nobody.
    fn is_seen(&self) -> bool {
        self.waiting.is_some()
    }

    /// One more of `total` is done.
    pub(super) fn one_of(&self, total: usize) {
        if !self.is_seen() {
            return;
        }
        let total = u64::try_from(total).unwrap_or(u64::MAX);
        if self.bar.length() != Some(total) {
            self.bar.set_length(total);
            style(&self.bar, BAR);
        }
        self.bar.inc(1);
    }

    /// So many more are done, of a number that nobody knows; where bytes are read, those tell.
    pub(super) fn add(&self, done: u64) {
        if self.is_seen() && self.bar.length().is_none() {
            self.bar.inc(done);
        }
    }

    /// The bytes of an input, which tell how far the work is where their number is known.
    pub(super) fn reading<'a>(&self, input: impl Read + Send + 'a) -> Box<dyn Read + Send + 'a> {
        if self.is_seen() && self.bar.length().is_some() {
            Box::new(self.bar.wrap_read(input))
        } else {
            Box::new(input)
        }
    }
}

impl Drop for Progress {
    /// Leaves nothing on the screen.
    fn drop(&mut self) {
        if let Some((end, thread)) = self.waiting.take() {
            drop(end);
            // It only waited, and cannot have failed.
            let _ = thread.join();
        }
        self.bar.finish_and_clear();
    }
}

fn style(bar: &ProgressBar, template: &str) {
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
}

//! What a person should hear of the inputs when all is read.

use crate::cli::{Context, Failure};
use crate::command::change::few;
use crate::exit::Exit;
use crate::reader::Format;

/// What is noted while inputs are read.
#[derive(Debug, Default)]
#[must_use = "the person should hear of it"]
pub(crate) struct Heard {
    /// Whether a pasted command names files, which nobody allowed to be read.
    pub(super) files_unread: bool,
    /// What inputs were taken for whose format was not given.
    pub(super) taken: Vec<(Format, String)>,
    /// Inputs without any request.
    pub(super) empty: Vec<String>,
    /// Whether there is no request at all.
    pub(super) all_empty: bool,
    /// Whether there was a choice, and it chose nothing.
    pub(super) none_chosen: bool,
}

impl Heard {
    /// Tells the person. No request, or a choice that chooses none, is a failure: no answer must pass for a
    /// good one.
    pub(crate) fn note(self, cx: &mut Context<'_>) -> Result<(), Failure> {
        if self.all_empty {
            let message = format!("no request is in {}", few(&self.empty));
            return Err(Failure::new(Exit::Indeterminate, message).hint(
                "Expected are curl commands, raw HTTP requests, an HTTP archive or JSON lines.",
            ));
        }
        if self.none_chosen {
            let message = "`--entry` and `--filter` choose none of the requests";
            return Err(Failure::new(Exit::Unknown, message)
                .hint("`authctl read` shows all requests with their entries, methods and URLs."));
        }
        for (format, what) in [
            (Format::Curl, "curl commands"),
            (Format::Http, "raw HTTP requests"),
            (Format::Har, "an HTTP archive"),
            (Format::Jsonl, "JSON lines"),
        ] {
            let is_so =
                |(taken, name): &&(Format, String)| *taken == format && !self.empty.contains(name);
            let names: Vec<String> =
                self.taken.iter().filter(is_so).map(|(_, name)| name.clone()).collect();
            if !names.is_empty() {
                let names = few(&names);
                cx.note(&format!("read as {what}: {names}; `--input-format` says otherwise"))?;
            }
        }
        if !self.empty.is_empty() {
            cx.warn(&format!("no request is in {}", few(&self.empty)))?;
        }
        if self.files_unread {
            cx.note(
                "files that the commands name were not read; where you trust the commands, \
                 `--allow-files` has them read",
            )?;
        }
        Ok(())
    }
}

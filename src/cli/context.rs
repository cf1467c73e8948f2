//! What a run is given: streams, facts on the terminal, the clock, randomness and the options.

use std::convert::Infallible;
use std::io::{self, IsTerminal, Read, Write};
use std::os::fd::AsFd;
use std::path::PathBuf;

use anstream::AutoStream;
use etcetera::BaseStrategy;
use etcetera::base_strategy::Xdg;
use jiff::Timestamp;
use rand::rand_core::UnwrapErr;
use rand::rngs::SysRng;
use rand::{CryptoRng, TryCryptoRng, TryRng};
use rustix::fs::{self, FileType, OFlags};

use super::{Color, Failure, Options, actor};
use crate::exit::Exit;
use crate::output::{self, Layout, Paint, Row, visible};
use crate::store::{self, Actor, Location, Store};
use crate::verify::shell;

/// Everything that a command may reach for.
pub(crate) struct Context<'a> {
    /// Standard input.
    pub(crate) stdin: &'a mut (dyn Read + Send),
    /// Standard output: the answer alone.
    pub(crate) stdout: &'a mut dyn Write,
    /// Standard error: notes, reports, questions, progress.
    pub(crate) stderr: &'a mut dyn Write,
    /// What is known of the streams.
    pub(crate) terminal: Terminal,
    /// The moment of this run.
    pub(crate) now: Timestamp,
    /// Randomness for keys, salts and nonces.
    pub(crate) rng: &'a mut dyn CryptoRng,
    /// The global options.
    pub(crate) options: Options,
}

/// Facts on the streams that a command cannot see from the streams themselves.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Terminal {
    /// Whether a person can be asked: input and standard error are a terminal.
    pub(crate) can_ask: bool,
    /// Whether standard error is a terminal.
    pub(crate) stderr: bool,
    /// What standard output is.
    pub(crate) stdout: Stdout,
    /// Columns of standard output's terminal; 80 where there is none.
    pub(crate) width: u16,
    /// Colours of standard output.
    pub(crate) stdout_paint: Paint,
    /// Colours of standard error.
    pub(crate) stderr_paint: Paint,
}

/// Columns where there is no terminal.
const PLAIN_WIDTH: u16 = 80;

/// What standard output is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stdout {
    /// A terminal.
    Terminal,
    /// A file, a pipe, or the like.
    Elsewhere,
    /// Nothing: the program was started without one.
    Closed,
}

impl Stdout {
    fn find() -> Self {
        let stdout = io::stdout();
        match (is_stand_in(&stdout), stdout.is_terminal()) {
            (true, _) => Self::Closed,
            (false, true) => Self::Terminal,
            (false, false) => Self::Elsewhere,
        }
    }
}

impl Terminal {
    /// The facts of this process.
    pub(crate) fn of_process(color: Color) -> Self {
        let choose = |auto: anstream::ColorChoice| match color {
            Color::Auto => auto != anstream::ColorChoice::Never,
            Color::Always => true,
            Color::Never => false,
        };
        Self {
            can_ask: io::stdin().is_terminal() && io::stderr().is_terminal(),
            stderr: io::stderr().is_terminal(),
            stdout: Stdout::find(),
            width: comfy_table::Table::new().width().unwrap_or(PLAIN_WIDTH),
            stdout_paint: Paint::new(choose(AutoStream::choice(&io::stdout()))),
            stderr_paint: Paint::new(choose(AutoStream::choice(&io::stderr()))),
        }
    }
}

impl Context<'_> {
    /// How answers are laid out.
    pub(crate) fn layout(&self) -> Layout {
        Layout {
            format: self.options.format,
            width: self.terminal.width,
            paint: self.terminal.stdout_paint,
        }
    }

    /// Writes a list to standard output.
    pub(crate) fn list<R: Row>(&mut self, rows: &[R]) -> Result<(), Failure> {
        Ok(output::write(self.layout(), rows, self.stdout)?)
    }

    /// Writes a few rows in full to standard output.
    pub(crate) fn records<R: Row>(&mut self, rows: &[R]) -> Result<(), Failure> {
        Ok(output::write_records(self.layout(), rows, self.stdout)?)
    }

    /// Reports on standard error what was done; silent with `--quiet`.
    pub(crate) fn report(&mut self, sentence: &str) -> Result<(), Failure> {
        if !self.options.quiet {
            writeln!(self.stderr, "{}", visible(sentence))?;
        }
        Ok(())
    }

    /// Notes a fact on standard error; silent with `--quiet`.
    pub(crate) fn note(&mut self, sentence: &str) -> Result<(), Failure> {
        if !self.options.quiet {
            let head = self.terminal.stderr_paint.note("note:");
            writeln!(self.stderr, "{head} {}", visible(sentence))?;
        }
        Ok(())
    }

    /// Warns on standard error, `--quiet` or not.
    pub(crate) fn warn(&mut self, sentence: &str) -> Result<(), Failure> {
        let head = self.terminal.stderr_paint.warn("warning:");
        Ok(writeln!(self.stderr, "{head} {}", visible(sentence))?)
    }

    /// Whether a person can be asked.
    pub(crate) fn can_ask(&self) -> bool {
        self.terminal.can_ask && !self.options.no_input
    }

    /// Who runs the program, and when, for the audit log.
    pub(crate) fn actor(&self) -> Actor {
        Actor { name: actor::name(), now: self.now.as_second() }
    }

    /// Where the store and its key file are.
    pub(crate) fn location(&self) -> Result<Location, Failure> {
        let store = match &self.options.store {
            Some(store) => store.clone(),
            None => default_store()?,
        };
        let mut location = Location::beside(store);
        if let Some(key_file) = &self.options.key_file {
            location.key_file.clone_from(key_file);
        }
        Ok(location)
    }

    /// Opens the store to ask it.
    pub(crate) fn open_read(&self) -> Result<Store, Failure> {
        self.opened(Store::open_read(&self.location()?))
    }

    /// Opens the store to change it, or only to try a change (`dry_run`).
    pub(crate) fn open_write(&self, dry_run: bool) -> Result<Store, Failure> {
        let location = self.location()?;
        let open = if dry_run { Store::open_trial } else { Store::open_write };
        self.opened(open(&location))
    }

    /// Names the key file too in the command that makes a missing store, where one is given.
    fn opened(&self, store: Result<Store, store::Error>) -> Result<Store, Failure> {
        store.map_err(|error| match (&error, &self.options.key_file) {
            (store::Error::Missing(store), Some(key_file)) => {
                let [store, key_file] = [store, key_file].map(|path| path.display().to_string());
                let store = shell::option("--store", &store);
                let key_file = shell::option("--key-file", &key_file);
                let hint = format!("Make one with `authctl init {store} {key_file}`.");
                Failure::from(error).hint(hint)
            }
            _ => error.into(),
        })
    }
}

/// Whether a stream is `/dev/null` open for reading and writing: what Rust puts, before the program begins, in
/// the place of one that is closed. A shell's `>/dev/null` is open for writing alone.
fn is_stand_in(stream: &impl AsFd) -> bool {
    let (Ok(flags), Ok(stream), Ok(null)) =
        (fs::fcntl_getfl(stream), fs::fstat(stream), fs::stat("/dev/null"))
    else {
        return false;
    };
    let is_device = |stat: &fs::Stat| FileType::from_raw_mode(stat.st_mode).is_char_device();
    flags.contains(OFlags::RDWR) && is_device(&stream) && stream.st_rdev == null.st_rdev
}

/// `$XDG_DATA_HOME/authctl/authctl.db`
fn default_store() -> Result<PathBuf, Failure> {
    let folders = Xdg::new().map_err(|_| {
        Failure::new(Exit::Failed, "there is no home folder to look for the store in")
            .hint("Say where the store is with `--store` or AUTHCTL_STORE.")
    })?;
    Ok(folders.data_dir().join("authctl").join("authctl.db"))
}

/// Standard error as commands see it. What cannot be told there is dropped: neither the answer nor the exit
/// code may depend on whether anybody listens to notes.
pub(super) struct Unheard<W>(pub(super) W);

impl<W: Write> Write for Unheard<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self.0.write(bytes) {
            Err(error) if error.kind() != io::ErrorKind::Interrupted => Ok(bytes.len()),
            written => written,
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush().or(Ok(()))
    }
}

/// The moment of this run: the only look at the clock.
#[expect(clippy::disallowed_methods, reason = "time enters the program here")]
pub(super) fn now() -> Timestamp {
    Timestamp::now()
}

/// The operating system's generator, drawn 4 KiB at a time.
pub(super) fn os_random() -> impl CryptoRng {
    OsRandom { drawn: [0; 4096], used: 4096 }
}

/// Buffered randomness of the operating system: a call a key costs three times the key.
struct OsRandom {
    drawn: [u8; 4096],
    used: usize,
}

impl TryRng for OsRandom {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        let mut bytes = [0; 4];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u32::from_le_bytes(bytes))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        let mut bytes = [0; 8];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u64::from_le_bytes(bytes))
    }

    fn try_fill_bytes(&mut self, filled: &mut [u8]) -> Result<(), Infallible> {
        for byte in filled {
            if self.used == self.drawn.len() {
                UnwrapErr(SysRng).try_fill_bytes(&mut self.drawn)?;
                self.used = 0;
            }
            if let Some(drawn) = self.drawn.get_mut(self.used) {
                // A byte is given out once and does not stay in memory.
                *byte = std::mem::take(drawn);
            }
            self.used += 1;
        }
        Ok(())
    }
}

impl TryCryptoRng for OsRandom {}

#[cfg(test)]
mod tests {
    use rand::Rng;

    #[test]
    fn randomness_never_repeats_a_block() {
        let mut rng = super::os_random();
        let mut blocks = [[0u8; 1000]; 9];
        for block in &mut blocks {
            rng.fill_bytes(block);
        }
        for (place, block) in blocks.iter().enumerate() {
            assert!(blocks[..place].iter().all(|earlier| earlier != block));
            assert!(block.windows(16).all(|bytes| bytes != [0; 16]));
        }
    }
}

//! How much of a text a reader takes before it refuses: every reader ends, whatever it is given.

/// The longest JSON line, in bytes.
pub(super) const LINE: usize = 64 << 20;
/// The most header fields of one request.
pub(super) const HEADERS: usize = 1_000;
/// The most text of curl commands, or of one raw request, in bytes.
pub(super) const COMMANDS: usize = 64 << 20;
/// The most curl commands of a text.
pub(super) const TEXT_COMMANDS: usize = 100_000;
/// The most commands of other programs that are kept.
pub(super) const OTHERS: usize = 100;
/// The most words of one command.
pub(super) const WORDS: usize = 10_000;
/// The most requests of one curl command: URLs times their globs.
pub(super) const REQUESTS: usize = 10_000;
/// The most bytes of requests that one text of curl commands makes, and of the files and variables
/// that one command takes.
pub(super) const ANSWERS: usize = 256 << 20;
/// What a file counts for at least: config files that name each other are small, and many.
pub(super) const FILE: usize = 256 << 10;
/// The most unknowns that are named of one word.
pub(super) const UNKNOWNS: usize = 100;
/// How deep command substitutions are looked into.
pub(super) const SUBSTITUTION_DEPTH: u8 = 4;
/// How deep `-K` may nest; curl's own limit.
pub(super) const CONFIG_DEPTH: u8 = 10;
/// The most bytes a variable of `--variable` may expand to; curl's own limit.
pub(super) const EXPANSION: usize = 10_000_000;
/// How deep multipart forms may nest.
pub(super) const FORM_DEPTH: usize = 16;
/// The most items of a list in an archive's entry.
pub(super) const ITEMS: usize = 10_000;
/// The longest request of an archive's entry, in bytes.
pub(super) const ENTRY: usize = 256 << 20;
/// The most requests that are handed on at once, and bytes of them.
pub(super) const PIECE_ANSWERS: usize = 64;
pub(super) const PIECE_BYTES: usize = 1 << 20;
/// How much of an archive is read at once.
pub(super) const HAR_BUFFER: usize = 64 << 10;

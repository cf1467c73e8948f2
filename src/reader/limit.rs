//! How much of a text a reader takes before it refuses: every reader ends, whatever it is given.

/// The longest JSON line, in bytes.
pub(super) const LINE: usize = 64 << 20;
/// The most header fields of one request.
pub(super) const HEADERS: usize = 1_000;

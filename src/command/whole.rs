//! What is read as a whole: a file that may hold secrets, or standard input. Either may have no end.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use zeroize::Zeroizing;

use crate::cli::Failure;
use crate::exit::Exit;

/// The longest body or text of a few requests, in bytes.
pub(super) const BODY: u64 = 256 << 20;
/// The longest text of a whole store, with millions of keys.
pub(super) const STORE: u64 = 1 << 30;

/// Reads a file, which may have `most` bytes; `-` is standard input.
pub(super) fn read(
    stdin: &mut dyn Read,
    file: &Path,
    most: u64,
) -> Result<Zeroizing<Vec<u8>>, Failure> {
    let mut text = Zeroizing::new(Vec::new());
    let name = if file.as_os_str() == "-" {
        let read = stdin.take(most + 1).read_to_end(&mut text);
        read.map_err(|error| Failure::input("standard input", &error))?;
        "standard input".to_owned()
    } else {
        let read = File::open(file).and_then(|file| file.take(most + 1).read_to_end(&mut text));
        read.map_err(|error| Failure::file("read", file, &error))?;
        format!("`{}`", file.display())
    };
    if u64::try_from(text.len()).is_ok_and(|length| length <= most) {
        return Ok(text);
    }
    Err(Failure::new(Exit::Failed, format!("{name} has more than {} MiB", most >> 20)))
}

#[cfg(test)]
mod tests {
    use std::io::repeat;
    use std::path::Path;

    use super::read;

    #[test]
    fn reads_what_has_an_end_and_refuses_what_has_none() {
        let stdin = Path::new("-");
        assert_eq!(read(&mut &b"abc"[..], stdin, 3).unwrap().as_slice(), b"abc");
        assert!(read(&mut &b"abcd"[..], stdin, 3).is_err());
        for file in [stdin, Path::new("/dev/zero")] {
            assert!(read(&mut repeat(0), file, 1 << 20).is_err(), "{}", file.display());
        }
    }
}

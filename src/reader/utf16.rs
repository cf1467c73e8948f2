//! UTF-16 as UTF-8, piece by piece: Windows PowerShell writes what it redirects (`> file`) in UTF-16.
//!
//! Only a byte order mark tells it; half of a surrogate pair becomes U+FFFD.

use std::io::{Cursor, Error, ErrorKind, Read};

/// How much is decoded at once, in bytes.
const CHUNK: usize = 8 << 10;

/// What requests are read from.
type Input<'a> = Box<dyn Read + Send + 'a>;

/// Undoes UTF-16 when a text begins with its byte order mark; passes anything else on.
pub(super) fn decode(mut input: Input<'_>) -> Result<Input<'_>, Error> {
    let mut start = Vec::new();
    while start.len() < 2 {
        let mut byte = [0];
        match input.read(&mut byte) {
            Ok(0) => break,
            Ok(_) => start.extend(byte),
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    let unit: fn([u8; 2]) -> u16 = match start.as_slice() {
        [0xff, 0xfe] => u16::from_le_bytes,
        [0xfe, 0xff] => u16::from_be_bytes,
        _ => return Ok(Box::new(Cursor::new(start).chain(input))),
    };
    Ok(Box::new(Utf16 { input, unit, odd: None, high: None, text: Vec::new(), given: 0 }))
}

struct Utf16<'a> {
    input: Input<'a>,
    /// Makes a code unit of two bytes.
    unit: fn([u8; 2]) -> u16,
    /// The first byte of a unit that was cut in two.
    odd: Option<u8>,
    /// The first half of a surrogate pair.
    high: Option<u16>,
    /// What is decoded, and how much of it was handed on.
    text: Vec<u8>,
    given: usize,
}

impl Utf16<'_> {
    fn push(&mut self, unit: u16) {
        if let Some(high) = self.high.take() {
            if let Some(Ok(letter)) = char::decode_utf16([high, unit]).next() {
                return self.letter(letter);
            }
            self.letter(char::REPLACEMENT_CHARACTER);
        }
        match char::decode_utf16([unit]).next() {
            Some(Ok(letter)) => self.letter(letter),
            _ if unit < 0xdc00 => self.high = Some(unit),
            _ => self.letter(char::REPLACEMENT_CHARACTER),
        }
    }

    fn letter(&mut self, letter: char) {
        self.text.extend(letter.encode_utf8(&mut [0; 4]).as_bytes());
    }
}

impl Read for Utf16<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize, Error> {
        while self.given == self.text.len() {
            self.text.clear();
            self.given = 0;
            let mut chunk = [0; CHUNK];
            let length = self.input.read(&mut chunk)?;
            if length == 0 {
                if self.odd.take().is_none() && self.high.take().is_none() {
                    return Ok(0);
                }
                self.high = None;
                self.letter(char::REPLACEMENT_CHARACTER);
            }
            for &byte in chunk.get(..length).unwrap_or_default() {
                match self.odd.take() {
                    Some(first) => self.push((self.unit)([first, byte])),
                    None => self.odd = Some(byte),
                }
            }
        }
        let count = self.text.get(self.given..).unwrap_or_default().read(buffer)?;
        self.given += count;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Read};

    use super::decode;

    fn decoded(bytes: Vec<u8>) -> String {
        let mut text = String::new();
        decode(Box::new(Cursor::new(bytes))).unwrap().read_to_string(&mut text).unwrap();
        text
    }

    #[test]
    fn reads_either_byte_order() {
        let text = "curl h -d 'é€😀'\r\n".repeat(2000);
        let units: Vec<u16> = "\u{feff}".encode_utf16().chain(text.encode_utf16()).collect();
        for bytes in [u16::to_le_bytes, u16::to_be_bytes] {
            assert_eq!(decoded(units.iter().copied().flat_map(bytes).collect()), text);
        }
    }

    #[test]
    fn leaves_other_texts_alone() {
        for text in ["", "a", "curl h", "\u{feff}x"] {
            assert_eq!(decoded(text.as_bytes().to_vec()), text);
        }
    }

    #[test]
    fn replaces_what_is_cut_off() {
        for (bytes, text) in [
            (&b"a\0\x3d\xd8b\0"[..], "a\u{fffd}b"),
            (b"a\0\x3d\xd8\x3d\xd8\x00\xde", "a\u{fffd}😀"),
            (b"a\0\x3d\xd8", "a\u{fffd}"),
            (b"a\0b", "a\u{fffd}"),
        ] {
            assert_eq!(decoded([b"\xff\xfe", bytes].concat()), text, "{bytes:?}");
        }
    }
}

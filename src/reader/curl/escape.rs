//! Escapes of quoted texts: `$'…'` of the shells.

/// Reads the inside of `$'…'` up to its closing quote. Gives the bytes that are meant and how much of
/// `text` they took, the quote included; `None` when the quotation does not end.
pub(super) fn ansi_c(text: &[u8]) -> Option<(Vec<u8>, usize)> {
    let mut meant = Vec::new();
    let mut at = 0;
    loop {
        let byte = *text.get(at)?;
        at += 1;
        match byte {
            b'\'' => return Some((meant, at)),
            b'\\' => at += escape(text.get(at..)?, &mut meant)?,
            _ => meant.push(byte),
        }
    }
}

/// Reads what follows a backslash; gives its length.
fn escape(text: &[u8], meant: &mut Vec<u8>) -> Option<usize> {
    let byte = *text.first()?;
    let plain = match byte {
        b'n' => b'\n',
        b't' => b'\t',
        b'r' => b'\r',
        b'a' => 7,
        b'b' => 8,
        b'e' | b'E' => 27,
        b'f' => 12,
        b'v' => 11,
        b'\\' | b'\'' | b'"' | b'?' => byte,
        b'x' => return Some(1 + number(text, 1, 2, 16, meant, b"\\x")),
        b'u' => return Some(1 + character(text, 4, meant)),
        b'U' => return Some(1 + character(text, 8, meant)),
        b'0'..=b'7' => return Some(number(text, 0, 3, 8, meant, b"")),
        b'c' => {
            meant.push(text.get(1)? & 0x1f);
            return Some(2);
        }
        _ => {
            meant.extend([b'\\', byte]);
            return Some(1);
        }
    };
    meant.push(plain);
    Some(1)
}

/// The value of up to `most` digits from `start`, and their count.
fn digits(text: &[u8], start: usize, most: usize, radix: u32) -> (u32, usize) {
    let digits = text.iter().skip(start).take(most);
    digits
        .map_while(|&byte| char::from(byte).to_digit(radix))
        .fold((0, 0), |(value, count), digit| {
            (value.wrapping_mul(radix).wrapping_add(digit), count + 1)
        })
}

/// One byte by its number; `otherwise` stands for itself when no digit follows.
fn number(
    text: &[u8],
    start: usize,
    most: usize,
    radix: u32,
    meant: &mut Vec<u8>,
    otherwise: &[u8],
) -> usize {
    let (value, count) = digits(text, start, most, radix);
    if count == 0 {
        meant.extend(otherwise);
    } else {
        meant.push(u8::try_from(value & 0xff).unwrap_or_default());
    }
    count
}

/// One character by its code point, as UTF-8.
///
/// Chrome writes `\u00e9` for the character and escapes characters beyond U+FFFF as a surrogate pair,
/// which no shell joins; they are joined here, because that is what the browser sent.
fn character(text: &[u8], most: usize, meant: &mut Vec<u8>) -> usize {
    let (value, count) = digits(text, 1, most, 16);
    if count == 0 {
        meant.extend([b'\\', *text.first().unwrap_or(&b'u')]);
        return 0;
    }
    if (0xd800..0xdc00).contains(&value)
        && text.get(count + 1..count + 3) == Some(b"\\u")
        && let (low @ 0xdc00..=0xdfff, 4) = digits(text, count + 3, 4, 16)
        && let Some(whole) = char::from_u32(0x10000 + ((value - 0xd800) << 10) + (low - 0xdc00))
    {
        push_char(whole, meant);
        return count + 6;
    }
    push_char(char::from_u32(value).unwrap_or(char::REPLACEMENT_CHARACTER), meant);
    count
}

fn push_char(character: char, meant: &mut Vec<u8>) {
    meant.extend(character.encode_utf8(&mut [0; 4]).as_bytes());
}

#[cfg(test)]
mod tests {
    use super::ansi_c;

    #[test]
    fn reads_the_escapes_of_a_dollar_quotation() {
        for (text, meant) in [
            (r"a\'b'", "a'b"),
            (r#"\n\t\\\"\?'"#, "\n\t\\\"?"),
            (r"\x41\101\u00e9\U0001f600'", "AAé😀"),
            (r"\ud83d\ude00'", "😀"),
            (r"\u0021\q\x'", "!\\q\\x"),
            (r"\cA'", "\u{1}"),
        ] {
            let (bytes, length) = ansi_c(text.as_bytes()).unwrap();
            assert_eq!(String::from_utf8(bytes).unwrap(), meant, "{text}");
            assert_eq!(length, text.len(), "{text}");
        }
        assert_eq!(ansi_c(br"\xff'").unwrap().0, [0xff]);
        assert_eq!(ansi_c(b"open"), None);
        assert_eq!(ansi_c(b"open\\"), None);
    }
}

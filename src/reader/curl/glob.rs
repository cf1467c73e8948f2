//! curl's URL globbing: `{a,b}` and `[1-3]`, `[01-10:3]`, `[a-z:2]`, as `src/tool_urlglob.c` does it.
//!
//! Brackets that can only be an IPv6 address, and `[]`, stand for themselves; a backslash takes a
//! brace or bracket as it is.

use std::net::Ipv6Addr;

use super::super::{Fault, limit};
use super::data::too_many;

/// A piece of a URL: the texts that stand there in turn.
type Piece = Vec<Vec<u8>>;

/// Every URL that a pattern stands for, the last piece counting fastest.
pub(super) fn expand(pattern: &[u8]) -> Result<Vec<Vec<u8>>, Fault> {
    let pieces = parse(pattern)?;
    let mut count = 1_usize;
    for piece in &pieces {
        count = count.saturating_mul(piece.len());
    }
    if count > limit::REQUESTS || pattern.len().saturating_mul(count) > limit::COMMANDS {
        return Err(too_many());
    }
    let mut urls = vec![Vec::new()];
    for piece in pieces {
        urls = urls
            .iter()
            .flat_map(|url: &Vec<u8>| piece.iter().map(move |text| [url.as_slice(), text].concat()))
            .collect();
    }
    Ok(urls)
}

fn parse(pattern: &[u8]) -> Result<Vec<Piece>, Fault> {
    let mut pieces = Vec::new();
    let mut literal = Vec::new();
    let mut rest = pattern;
    while let Some((&byte, after)) = rest.split_first() {
        match byte {
            b'[' => {
                let skip = literal_brackets(rest);
                if skip > 0 {
                    literal.extend(rest.get(..skip).unwrap_or_default());
                    rest = rest.get(skip..).unwrap_or_default();
                    continue;
                }
                pieces.push(vec![std::mem::take(&mut literal)]);
                let (piece, after) = range(unnamed(after))?;
                pieces.push(piece);
                rest = after;
            }
            b'{' => {
                pieces.push(vec![std::mem::take(&mut literal)]);
                let (piece, after) = set(unnamed(after))?;
                pieces.push(piece);
                rest = after;
            }
            b'}' | b']' => return Err(wrong("no `}` or `]` without its opening one")),
            b'\\' if matches!(after.first(), Some(b'{' | b'}' | b'[' | b']')) => {
                literal.extend(after.get(..1).unwrap_or_default());
                rest = after.get(1..).unwrap_or_default();
            }
            _ => {
                literal.push(byte);
                rest = after;
            }
        }
    }
    pieces.push(vec![literal]);
    Ok(pieces)
}

fn wrong(expected: &str) -> Fault {
    Fault::new(format!(
        "expected {expected} in the URL: curl globs braces and brackets unless `--globoff` is given"
    ))
}

/// The length of brackets that are text: an IPv6 address, or nothing in between.
fn literal_brackets(rest: &[u8]) -> usize {
    let Some(end) = rest.iter().take(128).position(|&byte| byte == b']') else { return 0 };
    let inner = rest.get(1..end).unwrap_or_default();
    let address = std::str::from_utf8(inner).unwrap_or_default();
    let address = address.split_once('%').map_or(address, |(address, _)| address);
    if inner.is_empty() || address.parse::<Ipv6Addr>().is_ok() { end + 1 } else { 0 }
}

/// Passes over the name of a named glob, `<name>`, which only file names use.
fn unnamed(rest: &[u8]) -> &[u8] {
    if rest.first() != Some(&b'<') {
        return rest;
    }
    match rest.iter().take(66).position(|&byte| byte == b'>') {
        Some(end) if end > 1 => rest.get(end + 1..).unwrap_or_default(),
        _ => rest,
    }
}

/// The texts of `{a,b}`, from behind the brace.
fn set(mut rest: &[u8]) -> Result<(Piece, &[u8]), Fault> {
    let mut piece = Piece::new();
    let mut text = Vec::new();
    let mut length = 0_usize;
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        match byte {
            b'}' if length == 0 => return Err(wrong("something between `{` and `}`")),
            b'}' => {
                piece.push(text);
                return Ok((piece, rest));
            }
            b',' => piece.push(std::mem::take(&mut text)),
            b'{' | b'[' | b']' => return Err(wrong("no brace or bracket inside `{…}`")),
            b'\\' => match rest.split_first() {
                Some((&byte, after)) => {
                    text.push(byte);
                    rest = after;
                }
                None => text.push(b'\\'),
            },
            _ => text.push(byte),
        }
        length += 1;
        if piece.len() > limit::REQUESTS {
            return Err(too_many());
        }
    }
    Err(wrong("a `}` for every `{`"))
}

/// The texts of `[1-3]` or `[a-c]`, from behind the bracket.
fn range(rest: &[u8]) -> Result<(Piece, &[u8]), Fault> {
    let bad = || wrong("a range like [1-10], [01-10:3] or [a-z:2]");
    let end = rest.iter().position(|&byte| byte == b']').ok_or_else(bad)?;
    let inner = std::str::from_utf8(rest.get(..end).unwrap_or_default()).map_err(|_| bad())?;
    let rest = rest.get(end + 1..).unwrap_or_default();
    let (bounds, step) = match inner.split_once(':') {
        Some((bounds, step)) => (bounds, number(step).ok_or_else(bad)?),
        None => (inner, 1),
    };
    let (first, last) = bounds.split_once('-').ok_or_else(bad)?;
    let letters = match (first.as_bytes(), last.as_bytes()) {
        (&[first], &[last]) if first.is_ascii_alphabetic() => Some((first, last)),
        _ => None,
    };
    let (low, high) = match letters {
        Some((first, last)) if last >= first && last - first <= b'z' - b'a' => {
            (u64::from(first), u64::from(last))
        }
        Some(_) => return Err(bad()),
        None => (
            number(first).ok_or_else(bad)?,
            number(last.trim_start_matches([' ', '\t'])).ok_or_else(bad)?,
        ),
    };
    let fits = if low == high { step == 1 } else { low < high && step <= high - low };
    if step == 0 || !fits {
        return Err(bad());
    }
    if (high - low) / step >= u64::try_from(limit::REQUESTS).unwrap_or(u64::MAX) {
        return Err(too_many());
    }
    // A leading zero makes every number as wide as the first.
    let width = if first.starts_with('0') { first.len().min(64) } else { 0 };
    let mut piece = Piece::new();
    let mut value = low;
    while value <= high {
        piece.push(match letters {
            Some(_) => vec![u8::try_from(value).unwrap_or_default()],
            None => format!("{value:0width$}").into_bytes(),
        });
        value = value.saturating_add(step);
        if value == u64::MAX {
            break;
        }
    }
    Ok((piece, rest))
}

fn number(text: &str) -> Option<u64> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::expand;

    fn urls(pattern: &str) -> Vec<String> {
        let urls = expand(pattern.as_bytes()).unwrap();
        urls.into_iter().map(|url| String::from_utf8(url).unwrap()).collect()
    }

    #[test]
    fn counts_through_sets_and_ranges() {
        assert_eq!(urls("h/{a,b}/[1-2]"), ["h/a/1", "h/a/2", "h/b/1", "h/b/2"]);
        assert_eq!(urls("[08-10]"), ["08", "09", "10"]);
        assert_eq!(urls("[a-e:2]"), ["a", "c", "e"]);
        assert_eq!(urls("{a,,b}"), ["a", "", "b"]);
        assert_eq!(urls("{<n>a,b}"), ["a", "b"]);
        assert_eq!(urls(r"{a\,b,c}\{\}"), ["a,b{}", "c{}"]);
    }

    #[test]
    fn leaves_addresses_and_empty_brackets_alone() {
        assert_eq!(urls("http://[::1]:80/?a[]=1"), ["http://[::1]:80/?a[]=1"]);
    }

    #[test]
    fn refuses_what_curl_refuses() {
        for pattern in [
            "{a",
            "a}",
            "a]",
            "[1-3",
            "[3-1]",
            "[z-a]",
            "{}",
            "{a,{b}}",
            "[1-3:0]",
            "[1-1:2]",
            "[a-1]",
            "?filter[name]=x",
            "[1-3:9]",
            "[A-z]",
        ] {
            assert!(expand(pattern.as_bytes()).is_err(), "{pattern}");
        }
    }

    #[test]
    fn refuses_more_requests_than_the_limit() {
        for pattern in ["[1-100000]", "[1-1000][1-1000]", "[0-18446744073709551615:1]"] {
            assert!(expand(pattern.as_bytes()).is_err(), "{pattern}");
        }
    }
}

//! Brace expansion as bash and zsh do it: `a{b,c}` is two words, and `{1..3}` three. Quoted braces, and
//! those with neither comma nor range between them, stay.
//!
//! It comes before variables are put in, so that braces in their values are text.

use super::super::super::{Fault, limit};
use super::super::words::Word;

/// The words that a word stands for. `marks` are the places of its unquoted braces and commas.
pub(super) fn expand(word: &Word, marks: &[usize]) -> Result<Vec<Word>, Fault> {
    let letters: Vec<Letter> = word
        .text
        .iter()
        .enumerate()
        .map(|(at, byte)| Letter { byte: *byte, marks: marks.binary_search(&at).is_ok() })
        .collect();
    let mut room = limit::WORDS;
    let texts = alternatives(&letters, &mut room)?;
    // An alternative of nothing is no word.
    let texts = texts.into_iter().filter(|text| !text.is_empty());
    Ok(texts.map(|text| Word { text, ..word.clone() }).collect())
}

#[derive(Clone, Copy)]
struct Letter {
    byte: u8,
    /// Whether it is a brace or comma that nothing quotes.
    marks: bool,
}

impl Letter {
    fn is(self, byte: u8) -> bool {
        self.marks && self.byte == byte
    }
}

fn bytes(letters: &[Letter]) -> Vec<u8> {
    letters.iter().map(|letter| letter.byte).collect()
}

/// All texts of the letters, the last braces changing fastest.
fn alternatives(letters: &[Letter], room: &mut usize) -> Result<Vec<Vec<u8>>, Fault> {
    let mut done = vec![Vec::new()];
    let mut rest = letters;
    while let Some((letter, after)) = rest.split_first() {
        let opened = letter.is(b'{').then(|| Braces::split(after)).flatten();
        let Some(braces) = opened else {
            // All that stands before the next brace goes behind each text at once.
            let plain = after.iter().take_while(|letter| !letter.is(b'{')).count() + 1;
            let (plain, behind) = rest.split_at_checked(plain).unwrap_or((rest, &[]));
            for text in &mut done {
                text.extend(plain.iter().map(|letter| letter.byte));
            }
            rest = behind;
            continue;
        };
        let texts = braces.texts(room)?;
        if texts.len() > 1 {
            let count = done.len().saturating_mul(texts.len());
            *room = room.checked_sub(count).ok_or_else(too_many)?;
        }
        done = done
            .iter()
            .flat_map(|before| texts.iter().map(move |text| [before.as_slice(), text].concat()))
            .collect();
        rest = braces.behind;
    }
    Ok(done)
}

fn too_many() -> Fault {
    Fault::new(format!("expected braces that stand for at most {} words", limit::WORDS))
}

/// What stands between braces.
struct Braces<'a> {
    parts: Vec<&'a [Letter]>,
    behind: &'a [Letter],
}

impl<'a> Braces<'a> {
    /// Finds the end of braces that were opened; none where they mean nothing.
    fn split(letters: &'a [Letter]) -> Option<Self> {
        let (mut depth, mut start, mut parts) = (0_usize, 0, Vec::new());
        for (at, letter) in letters.iter().enumerate() {
            if letter.is(b'{') {
                depth += 1;
            } else if letter.is(b'}') && depth > 0 {
                depth -= 1;
            } else if depth == 0 && (letter.is(b',') || letter.is(b'}')) {
                parts.push(letters.get(start..at)?);
                start = at + 1;
                if letter.is(b'}') {
                    let behind = letters.get(start..)?;
                    let means =
                        parts.len() > 1 || parts.first().is_some_and(|part| range(part).is_some());
                    return means.then_some(Self { parts, behind });
                }
            }
        }
        None
    }

    fn texts(&self, room: &mut usize) -> Result<Vec<Vec<u8>>, Fault> {
        if let [part] = self.parts.as_slice() {
            return range(part).and_then(|range| range.texts(*room)).ok_or_else(too_many);
        }
        let mut texts = Vec::new();
        for part in &self.parts {
            texts.extend(alternatives(part, room)?);
        }
        Ok(texts)
    }
}

/// `FIRST..LAST` or `FIRST..LAST..STEP`, of numbers or of letters.
struct Range {
    first: i64,
    last: i64,
    step: i64,
    letters: bool,
    /// How many digits numbers have at least, where one is written with a zero before it.
    width: usize,
}

fn range(letters: &[Letter]) -> Option<Range> {
    let text = String::from_utf8(bytes(letters)).ok()?;
    let mut parts = text.split("..");
    let (first, last, step) = (parts.next()?, parts.next()?, parts.next());
    let step = step.map_or(Some(1), |step| step.parse::<i64>().ok())?;
    if parts.next().is_some() {
        return None;
    }
    let step = step.checked_abs()?.max(1);
    if let ([first @ (b'a'..=b'z' | b'A'..=b'Z')], [last @ (b'a'..=b'z' | b'A'..=b'Z')]) =
        (first.as_bytes(), last.as_bytes())
    {
        let (first, last) = (i64::from(*first), i64::from(*last));
        return Some(Range { first, last, step, letters: true, width: 0 });
    }
    let padded = |text: &str| text.trim_start_matches('-').starts_with('0') && text.len() > 1;
    let width = if padded(first) || padded(last) { first.len().max(last.len()) } else { 0 };
    let (first, last) = (first.parse().ok()?, last.parse().ok()?);
    Some(Range { first, last, step, letters: false, width })
}

impl Range {
    /// Its texts; none when there are too many.
    fn texts(&self, room: usize) -> Option<Vec<Vec<u8>>> {
        let span = self.first.abs_diff(self.last) / self.step.unsigned_abs();
        let count = usize::try_from(span).ok().filter(|count| *count < room)?;
        let step = if self.last < self.first { -self.step } else { self.step };
        let mut at = self.first;
        let mut texts = Vec::with_capacity(count + 1);
        for _ in 0..=count {
            texts.push(match u8::try_from(at) {
                Ok(letter) if self.letters => vec![letter],
                _ => format!("{at:0width$}", width = self.width).into_bytes(),
            });
            at = at.saturating_add(step);
        }
        Some(texts)
    }
}

//! `--filter`: a pattern for names.

use std::convert::Infallible;
use std::str::FromStr;

/// A part of a name; or, with `*` for any text and `?` for any letter in it, a whole name. Case makes no
/// difference.
#[derive(Clone, Debug)]
pub(crate) struct Pattern {
    letters: Vec<char>,
}

impl FromStr for Pattern {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        let text = text.to_lowercase();
        let is_whole = text.contains(['*', '?']);
        let text = if is_whole { text } else { format!("*{text}*") };
        Ok(Self { letters: text.chars().collect() })
    }
}

impl Pattern {
    /// Whether a name is meant.
    pub(crate) fn matches(&self, name: &str) -> bool {
        let name: Vec<char> = name.to_lowercase().chars().collect();
        let (mut at, mut letter) = (0, 0);
        // Where the last star stands, and how much of the name it has taken so far.
        let mut star: Option<(usize, usize)> = None;
        while letter < name.len() {
            match self.letters.get(at) {
                Some('*') => {
                    star = Some((at, letter));
                    at += 1;
                }
                Some(wanted) if *wanted == '?' || name.get(letter) == Some(wanted) => {
                    (at, letter) = (at + 1, letter + 1);
                }
                _ => {
                    let Some((place, taken)) = star else { return false };
                    star = Some((place, taken + 1));
                    (at, letter) = (place + 1, taken + 1);
                }
            }
        }
        self.letters.iter().skip(at).all(|rest| *rest == '*')
    }
}

#[cfg(test)]
mod tests {
    use super::Pattern;

    fn matches(pattern: &str, name: &str) -> bool {
        pattern.parse::<Pattern>().unwrap().matches(name)
    }

    #[test]
    fn a_plain_text_is_a_part_of_the_name() {
        assert!(matches("api4", "GET https://h/civicrm/ajax/API4/Contact/get"));
        assert!(matches("", "anything"));
        assert!(!matches("api3", "GET https://h/civicrm/ajax/api4"));
    }

    #[test]
    fn stars_and_question_marks_are_for_whole_names() {
        assert!(matches("post *", "POST /x"));
        assert!(matches("*/a?i*/get", "GET /api4/Contact/get"));
        assert!(matches("*a*a*", "banana"));
        assert!(!matches("post *", "GET /post /x"));
        assert!(!matches("GET /?", "GET /"));
    }

    #[test]
    fn many_stars_take_no_time() {
        let name = "a".repeat(20_000);
        assert!(!matches(&"*a".repeat(50), &format!("{name}b")));
    }
}

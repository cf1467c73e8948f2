//! Text of others on a terminal: control characters are shown, not obeyed.

use std::borrow::Cow;

/// Returns the text with every control character, line separator and invisible or direction mark written as
/// `\u{1b}`, so that a name can neither move the cursor nor pass for another one.
pub(crate) fn visible(text: &str) -> Cow<'_, str> {
    if !text.contains(is_unsafe) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 8);
    for letter in text.chars() {
        if is_unsafe(letter) {
            shown.extend(letter.escape_unicode());
        } else {
            shown.push(letter);
        }
    }
    Cow::Owned(shown)
}

/// Whether a terminal would act on the character or hide it.
fn is_unsafe(letter: char) -> bool {
    letter.is_control()
        || matches!(
            letter,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{feff}'
            | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}'
        )
}

#[cfg(test)]
mod tests {
    use super::visible;

    #[test]
    fn shows_what_a_terminal_would_obey() {
        assert_eq!(visible("a\u{1b}[31mb\tc\n"), "a\\u{1b}[31mb\\u{9}c\\u{a}");
        assert_eq!(visible("user\u{202e}txt"), "user\\u{202e}txt");
    }

    #[test]
    fn shows_marks_that_nobody_sees() {
        for mark in ['\u{ad}', '\u{61c}', '\u{180e}', '\u{fffa}', '\u{e0041}'] {
            assert_eq!(visible(&format!("al{mark}ice")), format!("al{}ice", mark.escape_unicode()));
        }
    }

    #[test]
    fn leaves_letters_of_every_script_alone() {
        assert_eq!(visible("Zoë 李雷 ﷺ"), "Zoë 李雷 ﷺ");
    }
}

//! "Did you mean": the nearest of the known words.

/// ``; did you mean `x`?`` when a known word is close enough to be a slip of the keyboard, else nothing.
pub(crate) fn did_you_mean<'a>(given: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    nearest(given, known).map_or_else(String::new, |word| format!("; did you mean `{word}`?"))
}

/// The known word that takes the fewest edits, if those are at most a third of its letters.
pub(crate) fn nearest<'a>(
    given: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let given = given.to_lowercase();
    known
        .into_iter()
        .filter_map(|word| {
            let allowed = (word.chars().count() / 3).max(1);
            let edits = distance(&given, &word.to_lowercase(), allowed)?;
            Some((edits, word))
        })
        .min_by_key(|(edits, _)| *edits)
        .map(|(_, word)| word)
}

/// The number of letters to insert, drop, replace or swap with their neighbour (optimal string
/// alignment), when it is at most `allowed`.
fn distance(left: &str, right: &str, allowed: usize) -> Option<usize> {
    let left: Vec<char> = left.chars().collect();
    let right: Vec<char> = right.chars().collect();
    if left.len().abs_diff(right.len()) > allowed {
        return None;
    }
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=right.len()).collect();
    for (row, from) in left.iter().enumerate() {
        let mut current = vec![row + 1];
        for (column, to) in right.iter().enumerate() {
            let at =
                |line: &[usize], column: usize| line.get(column).copied().unwrap_or(usize::MAX);
            let mut edits = (at(&last, column) + usize::from(from != to))
                .min(at(&last, column + 1) + 1)
                .min(at(&current, column) + 1);
            let swapped = row > 0
                && column > 0
                && left.get(row - 1) == Some(to)
                && right.get(column - 1) == Some(from);
            if swapped {
                edits = edits.min(at(&before_last, column - 1) + 1);
            }
            current.push(edits);
        }
        before_last = std::mem::replace(&mut last, current);
    }
    last.last().copied().filter(|edits| *edits <= allowed)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    const FIELDS: [&str; 5] = ["site", "civicrm", "users", "roles", "contacts"];

    #[test]
    fn finds_a_slip() {
        assert_eq!(nearest("user", FIELDS), Some("users"));
        assert_eq!(nearest("contcats", FIELDS), Some("contacts"));
        assert_eq!(nearest("CiviCRM", FIELDS), Some("civicrm"));
    }

    #[test]
    fn keeps_quiet_about_other_words() {
        assert_eq!(nearest("keys", FIELDS), None);
        assert_eq!(nearest("", FIELDS), None);
    }
}

//! Words of the commands that remedies print.

/// A word as a shell wants it.
pub(crate) fn quoted(word: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_./:,+@%".contains(&byte);
    if !word.is_empty() && word.bytes().all(plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', "'\\''"))
}

/// A flag with its value: in one word where the value by itself would pass for a flag.
pub(crate) fn option(flag: &str, value: &str) -> String {
    let between = if value.starts_with('-') { '=' } else { ' ' };
    format!("{flag}{between}{}", quoted(value))
}

/// A command on something named, with the options behind it; `--` keeps a name from passing for a flag.
pub(crate) fn named(command: &str, name: &str, options: &str) -> String {
    let name = if name.starts_with('-') {
        format!("{options} -- {}", quoted(name))
    } else {
        format!("{} {options}", quoted(name))
    };
    format!("{command} {}", name.trim())
}

#[cfg(test)]
mod tests {
    use super::{named, option, quoted};

    #[test]
    fn words_are_quoted_for_the_shell() {
        assert_eq!(quoted("alice"), "alice");
        assert_eq!(quoted("a b"), "'a b'");
        assert_eq!(quoted("o'neil"), r"'o'\''neil'");
        assert_eq!(quoted(""), "''");
    }

    #[test]
    fn a_name_never_passes_for_a_flag() {
        assert_eq!(option("--user", "alice"), "--user alice");
        assert_eq!(option("--user", "-al ice"), "--user='-al ice'");
        assert_eq!(named("user add", "alice", "--contact 5"), "user add alice --contact 5");
        assert_eq!(named("user add", "-alice", "--contact 5"), "user add --contact 5 -- -alice");
        assert_eq!(named("user unblock", "-alice", ""), "user unblock -- -alice");
    }
}

//! clap's errors in this program's words.
//!
//! A word on the command line may be a secret that somebody put in the wrong place, so nothing that was
//! typed is repeated but the names of flags; clap's own texts repeat everything.

use std::ffi::OsString;
use std::num::ParseIntError;

use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::Failure;
use crate::document::nearest;

/// The failure for an error of clap's about these words.
pub(super) fn failure(error: &clap::Error, words: &[OsString]) -> Failure {
    let failure = Failure::usage(message(error));
    match hint(error).or_else(|| topic(error, words)).or_else(|| usage(error)) {
        Some(hint) => failure.hint(hint),
        None => failure,
    }
}

fn message(error: &clap::Error) -> String {
    let argument = text(error, ContextKind::InvalidArg);
    let argument = argument.as_deref().unwrap_or("an argument");
    match error.kind() {
        ErrorKind::UnknownArgument => match flag(argument) {
            Some(flag) => format!("unexpected flag `{flag}`"),
            None => "unexpected word on the command line \
                     (not repeated here, in case it is a secret)"
                .to_owned(),
        },
        ErrorKind::InvalidSubcommand => "unknown command".to_owned(),
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            "a command is missing".to_owned()
        }
        ErrorKind::MissingRequiredArgument => format!("missing: {argument}"),
        ErrorKind::ArgumentConflict => match text(error, ContextKind::PriorArg) {
            Some(prior) if prior == argument => format!("`{argument}` is given twice"),
            Some(prior) => format!("`{argument}` cannot go with `{prior}`"),
            None => format!("`{argument}` cannot go with the others"),
        },
        ErrorKind::InvalidValue
            if text(error, ContextKind::InvalidValue).is_none_or(|value| value.is_empty()) =>
        {
            format!("`{argument}` needs a value")
        }
        ErrorKind::InvalidValue => format!("invalid value for `{argument}`"),
        ErrorKind::ValueValidation => match std::error::Error::source(error) {
            Some(source) => format!("invalid value for `{argument}`: {}", expected(source)),
            None => format!("invalid value for `{argument}`"),
        },
        ErrorKind::TooManyValues => format!("too many values for `{argument}`"),
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            format!("wrong number of values for `{argument}`")
        }
        ErrorKind::NoEquals => format!("`{argument}` needs `=` before its value"),
        ErrorKind::InvalidUtf8 => "a word on the command line is not UTF-8".to_owned(),
        _ => "the command line could not be understood".to_owned(),
    }
}

/// Why a value was refused; of numbers, what was expected instead.
fn expected(source: &(dyn std::error::Error + 'static)) -> String {
    let why = source.to_string();
    match why.split_once(" is not in ") {
        _ if source.is::<ParseIntError>() => "expected a whole number".to_owned(),
        Some((_, range)) => match range.split_once("..=") {
            Some((least, most)) => format!("expected a number from {least} to {most}"),
            None => format!("expected a number from {} up", range.trim_end_matches("..")),
        },
        None => why,
    }
}

/// What to do: clap's own suggestion, or else the allowed values.
fn hint(error: &clap::Error) -> Option<String> {
    for (kind, what) in [
        (ContextKind::SuggestedSubcommand, "Did you mean"),
        (ContextKind::SuggestedArg, "Did you mean"),
        (ContextKind::SuggestedValue, "Did you mean"),
        (ContextKind::ValidValue, "One of these is expected:"),
        (ContextKind::ValidSubcommand, "One of these is expected:"),
    ] {
        if let Some(text) = text(error, kind).filter(|text| !text.is_empty()) {
            let end = if what == "Did you mean" { "?" } else { "." };
            return Some(format!("{what} {text}{end}"));
        }
    }
    let is_empty = text(error, ContextKind::InvalidValue).is_some_and(|value| value.is_empty());
    let option = text(error, ContextKind::InvalidArg).unwrap_or_default();
    for (name, variable) in [("--store", "AUTHCTL_STORE"), ("--key-file", "AUTHCTL_KEY_FILE")] {
        if is_empty && option.starts_with(name) {
            return Some(format!(
                "Give a file; a variable {variable} that is empty is to be unset."
            ));
        }
    }
    if error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        return Some("`--help` lists the commands.".to_owned());
    }
    None
}

/// What was meant with a wrong word behind `help`, for which clap suggests nothing.
fn topic(error: &clap::Error, words: &[OsString]) -> Option<String> {
    let wrong = text(error, ContextKind::InvalidSubcommand)?;
    let mut tree = super::command();
    tree.build();
    let mut command = &tree;
    for word in words.iter().skip(1).filter(|word| *word != "help") {
        match command.find_subcommand(word) {
            Some(found) => command = found,
            None => break,
        }
    }
    let meant = nearest(&wrong, command.get_subcommands().map(clap::Command::get_name))?;
    Some(format!("Did you mean `{meant}`?"))
}

/// The form of the command.
fn usage(error: &clap::Error) -> Option<String> {
    let usage = text(error, ContextKind::Usage)?;
    let usage = usage.trim().strip_prefix("Usage:").unwrap_or(&usage).trim();
    // clap shows what was given, also by a variable.
    let usage = usage.replace(" --store <FILE>", "").replace(" --key-file <FILE>", "");
    let usage: Vec<&str> = usage.lines().map(str::trim).collect();
    Some(format!("The form is `{}`; `--help` tells more.", usage.join("`, or `")))
}

/// The name of a flag as typed, without any value stuck to it; `None` when the word is not a flag.
fn flag(word: &str) -> Option<String> {
    let name = word.split('=').next().unwrap_or_default();
    let long = name.strip_prefix("--").is_some_and(|name| {
        !name.is_empty()
            && name.len() <= 24
            && name.bytes().all(|b| b.is_ascii_lowercase() || b == b'-')
    });
    if long {
        return Some(name.to_owned());
    }
    let letter = name.strip_prefix('-')?.chars().next().filter(char::is_ascii_alphabetic)?;
    Some(format!("-{letter}"))
}

/// What clap knows of that kind; backquoted where it is a list of words.
fn text(error: &clap::Error, kind: ContextKind) -> Option<String> {
    match error.get(kind)? {
        ContextValue::String(text) => Some(match kind {
            ContextKind::SuggestedSubcommand
            | ContextKind::SuggestedArg
            | ContextKind::SuggestedValue => format!("`{text}`"),
            _ => text.clone(),
        }),
        ContextValue::Strings(texts) => {
            Some(texts.iter().map(|text| format!("`{text}`")).collect::<Vec<_>>().join(", "))
        }
        ContextValue::StyledStr(text) => Some(text.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use clap::{Arg, Command};

    use super::{failure, flag};
    use crate::output::Paint;

    fn told(words: &[&str]) -> String {
        let command = Command::new("authctl").subcommand_required(true).subcommand(
            Command::new("show")
                .arg(Arg::new("name").required(true))
                .arg(Arg::new("format").long("format").value_parser(["table", "json"]))
                .arg(Arg::new("ttl").long("ttl").value_parser(clap::value_parser!(u32))),
        );
        let error = command.try_get_matches_from(words).unwrap_err();
        let mut out = Vec::new();
        failure(&error, &[]).print(&mut out, Paint::plain()).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn never_repeats_what_may_be_a_secret() {
        for words in [
            &["authctl", "hunter2secret"][..],
            &["authctl", "show", "bob", "hunter2secret"],
            &["authctl", "show", "bob", "--password=hunter2secret"],
            &["authctl", "show", "bob", "-phunter2secret"],
            &["authctl", "show", "bob", "--format", "hunter2secret"],
            &["authctl", "show", "bob", "--format=hunter2secret"],
            &["authctl", "show", "bob", "--", "x", "hunter2secret"],
        ] {
            let told = told(words);
            assert!(!told.contains("hunter2"), "{words:?}: {told}");
            assert!(told.starts_with("error: "), "{words:?}: {told}");
        }
    }

    #[test]
    fn a_number_is_asked_for_in_words() {
        for (value, why) in [("many", "a whole number"), ("-1", "a number from 0 to 4294967295")] {
            let told = told(&["authctl", "show", "bob", &format!("--ttl={value}")]);
            let expected = format!("error: invalid value for `--ttl <ttl>`: expected {why}\n");
            assert!(told.starts_with(&expected), "{told}");
        }
    }

    #[test]
    fn suggests_what_was_meant() {
        snapbox::assert_data_eq!(
            told(&["authctl", "shwo"]),
            snapbox::str![[r#"
error: unknown command
hint: Did you mean `show`?

"#]]
        );
        snapbox::assert_data_eq!(
            told(&["authctl", "show", "bob", "--fromat", "json"]),
            snapbox::str![[r#"
error: unexpected flag `--fromat`
hint: Did you mean `--format`?

"#]]
        );
        snapbox::assert_data_eq!(
            told(&["authctl", "show"]),
            snapbox::str![[r#"
error: missing: `<name>`
hint: The form is `authctl show <name>`; `--help` tells more.

"#]]
        );
    }

    #[test]
    fn a_flag_is_named_without_its_value() {
        assert_eq!(flag("--password=x").as_deref(), Some("--password"));
        assert_eq!(flag("-pX").as_deref(), Some("-p"));
        assert_eq!(flag("--S3cret").as_deref(), None);
        assert_eq!(flag("secret").as_deref(), None);
    }
}

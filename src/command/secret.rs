//! Where secrets come from: a prompt, standard input or a file, and never the command line, which
//! every process of the machine can read.

use std::fs::File;
use std::io::Read;
use std::path::PathBuf;
use std::str::FromStr;

use zeroize::Zeroizing;

use crate::cli::{Context, Failure, cause};
use crate::credential::Secret;
use crate::exit::Exit;

/// The most that is read as one secret.
const LONGEST: u64 = 64 * 1024;

/// A place to read a secret from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum SecretSource {
    /// `-`
    Stdin,
    /// `@FILE`
    File(PathBuf),
}

impl FromStr for SecretSource {
    type Err = &'static str;

    fn from_str(word: &str) -> Result<Self, Self::Err> {
        match (word, word.strip_prefix('@')) {
            ("-", _) => Ok(Self::Stdin),
            (_, Some(file)) if !file.is_empty() => Ok(Self::File(file.into())),
            _ => Err("a secret is never taken from the command line (and is not repeated here); \
                      give `-` for standard input, `@FILE` for a file, or nothing to be asked"),
        }
    }
}

impl SecretSource {
    /// Reads the secret. One line end at its end is not part of it.
    pub(crate) fn read(&self, cx: &mut Context<'_>) -> Result<Secret, Failure> {
        let mut text = Zeroizing::new(Vec::new());
        match self {
            Self::Stdin => cx.stdin.take(LONGEST + 1).read_to_end(&mut text).map_err(|error| {
                Failure::new(Exit::Failed, format!("cannot read standard input: {}", cause(&error)))
            })?,
            Self::File(path) => File::open(path)
                .and_then(|file| file.take(LONGEST + 1).read_to_end(&mut text))
                .map_err(|error| Failure::file("read", path, &error))?,
        };
        if text.len() as u64 > LONGEST {
            return Err(Failure::new(Exit::Failed, "that is too long for a secret: over 64 KiB"));
        }
        let end = text
            .strip_suffix(b"\n")
            .map_or(text.as_slice(), |rest| rest.strip_suffix(b"\r").unwrap_or(rest));
        Ok(Secret::new(end))
    }
}

/// How a secret is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ask {
    /// One that exists: asked once.
    Existing,
    /// One that is being made up: asked twice.
    New,
}

/// Reads a secret from where the arguments say, or asks for it.
pub(crate) fn read(
    cx: &mut Context<'_>,
    source: Option<&SecretSource>,
    what: &str,
    ask: Ask,
) -> Result<Secret, Failure> {
    if let Some(source) = source {
        return source.read(cx);
    }
    if !cx.can_ask() {
        return Err(Failure::usage(format!("no {what} is given, and nobody can be asked"))
            .hint("Give `-` to read it from standard input, or `@FILE` to read it from a file."));
    }
    let prompt = dialoguer::Password::new().with_prompt(what).allow_empty_password(true);
    let prompt = match ask {
        Ask::Existing => prompt,
        Ask::New => prompt.with_confirmation("The same again", "The two differ."),
    };
    match prompt.interact() {
        Ok(text) => Ok(Secret::from(text)),
        Err(dialoguer::Error::IO(error)) => Err(Failure::from(error)),
    }
}

#[cfg(test)]
mod tests {
    use super::SecretSource;

    #[test]
    fn a_secret_on_the_command_line_is_refused_and_not_repeated() {
        let error = "hunter2".parse::<SecretSource>().unwrap_err();
        assert!(!error.contains("hunter2"));
        assert_eq!("-".parse(), Ok(SecretSource::Stdin));
        assert_eq!("@pw".parse(), Ok(SecretSource::File("pw".into())));
    }
}

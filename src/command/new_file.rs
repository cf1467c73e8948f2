//! The name of a file that a command makes.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::builder::{OsStringValueParser, TypedValueParser};

/// Takes any name but `-`, which is standard output elsewhere and would be a file of that name here.
pub(super) fn parser() -> impl TypedValueParser<Value = PathBuf> {
    OsStringValueParser::new().try_map(named)
}

fn named(name: OsString) -> Result<PathBuf, &'static str> {
    if name == "-" {
        return Err("expected the name of a file; for one that is called so, give `./-`");
    }
    if name.is_empty() { Err("expected the name of a file") } else { Ok(name.into()) }
}

#[cfg(test)]
mod tests {
    use super::named;

    #[test]
    fn a_dash_is_no_file() {
        assert!(named("-".into()).is_err() && named("".into()).is_err());
        assert_eq!(named("./-".into()), Ok("./-".into()));
    }
}

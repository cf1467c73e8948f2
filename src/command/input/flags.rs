//! One request given by flags: `--url`, `--method`, `--header`, `--data`.

use std::io::Read;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;

use crate::cli::Failure;
use crate::command::whole;

/// The heading of the flags in `--help`.
const HEADING: &str = "A request by flags";
/// What no flag goes with. `requires = "url"` alone is not enough: clap waives it where the URL itself
/// conflicts with what is given.
const OTHER_INPUTS: [&str; 2] = ["inputs", "command"];

/// A request in flags. They are few on purpose: whatever they cannot say, a curl command can.
#[derive(Debug, clap::Args)]
pub(super) struct RequestFlags {
    /// The request's URL, or its path
    #[arg(long, help_heading = HEADING, value_name = "URL")]
    url: Option<String>,
    /// The method; POST where there is data, else GET
    #[arg(long, help_heading = HEADING, value_name = "METHOD", requires = "url", conflicts_with_all = OTHER_INPUTS)]
    method: Option<String>,
    /// A header field, `NAME: VALUE`; may be given several times
    #[arg(long = "header", help_heading = HEADING, value_name = "HEADER", requires = "url", conflicts_with_all = OTHER_INPUTS)]
    headers: Vec<String>,
    /// The body; `@FILE` reads it from a file, `@-` from standard input
    ///
    /// Without a Content-Type it counts as a form, as curl would send it.
    #[arg(long, help_heading = HEADING, value_name = "DATA", requires = "url", conflicts_with_all = OTHER_INPUTS)]
    data: Option<String>,
}

impl RequestFlags {
    /// Whether a request is given by flags.
    pub(super) fn is_given(&self) -> bool {
        self.url.is_some()
    }

    /// Whether the body is read from standard input.
    pub(super) fn takes_stdin(&self) -> bool {
        self.data.as_deref() == Some("@-")
    }

    /// Whether the flags themselves may hold secrets, which a method cannot.
    pub(super) fn shows_secrets(&self) -> bool {
        let inline = self.data.as_ref().is_some_and(|data| !data.starts_with('@'));
        let query = self.url.as_ref().is_some_and(|url| url.contains('?'));
        inline || query || !self.headers.is_empty()
    }

    /// The request as a JSON line, so that flags and lines mean the same.
    pub(super) fn json_line(&self, stdin: &mut dyn Read) -> Result<Option<Vec<u8>>, Failure> {
        let Some(url) = &self.url else { return Ok(None) };
        let body = self.data.as_ref().map(|data| bytes(data, stdin)).transpose()?;
        let mut headers = Vec::new();
        for header in &self.headers {
            let (name, value) = header.split_once(':').ok_or_else(|| {
                Failure::usage("a value of `--header` is not of the form `NAME: VALUE`")
            })?;
            headers.push((name.trim_end(), value));
        }
        let typed = headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("content-type"));
        if body.is_some() && !typed {
            headers.push(("Content-Type", "application/x-www-form-urlencoded"));
        }
        let default = if body.is_some() { "POST" } else { "GET" };
        let line = json!({
            "url": url,
            "method": self.method.as_deref().unwrap_or(default),
            "headers": headers,
            "body_base64": body.map(|body| STANDARD.encode(body)),
        });
        Ok(Some(line.to_string().into_bytes()))
    }
}

fn bytes(data: &str, stdin: &mut dyn Read) -> Result<Vec<u8>, Failure> {
    let Some(name) = data.strip_prefix('@') else { return Ok(data.as_bytes().to_vec()) };
    Ok(whole::read(stdin, Path::new(name), whole::BODY)?.to_vec())
}

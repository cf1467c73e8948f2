//! How a judgement ends.

use super::refusal::ModuleError;
use crate::verify::Code;

/// The end of a judgement.
#[derive(Clone, Debug)]
pub(super) enum End {
    /// The site serves the request.
    Served(Served),
    /// The module prints an error and exits.
    Module(ModuleError),
    /// Core throws an HTTP exception.
    Core(Exception),
    /// The paid edition refuses, by code and words that are not public.
    Silent(Code),
    /// Core sends the client to another address.
    Redirect(String),
    /// The site's code fails; the format that was settled on before, if any was.
    Fault(Option<String>),
    /// What decides is not known here; the reason, and the fact that is missing.
    Unknown(Code, String),
}

/// What the site serves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Served {
    /// The status.
    pub(super) status: u16,
    /// The media type, where one is certain.
    pub(super) content_type: Option<String>,
    /// Headers that carry meaning.
    pub(super) headers: Vec<(String, String)>,
}

/// An HTTP exception, before it is turned into a body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Exception {
    /// The deciding check.
    pub(super) reason: Code,
    /// The status.
    pub(super) status: u16,
    /// The exception's message.
    pub(super) message: String,
    /// Headers that the exception carries.
    pub(super) headers: Vec<(String, String)>,
    /// The request's format when it was thrown: what the answer is written in.
    pub(super) format: String,
}

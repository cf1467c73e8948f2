//! The answer: what the site would do with a request, and why.
//!
//! The field names are the JSON of `authctl.verdict/1`; every field is always there.

use serde::Serialize;
use serde::ser::{SerializeStruct, Serializer};
use serde_json::{Map, Value};

use super::code::Code;
use super::request::Source;

/// The schema's name in every verdict.
pub const SCHEMA: &str = "authctl.verdict/1";

/// What the site would do with one request, and why.
#[derive(Clone, Debug)]
pub struct Verdict {
    /// The request's own id.
    pub id: Option<String>,
    /// The system that was judged; `None` when it could not be told.
    pub system: Option<System>,
    /// What the site decides.
    pub decision: Decision,
    /// The deciding check.
    pub reason: Code,
    /// AuthX's flow, in upstream's word; Drupal has none.
    pub flow: Option<String>,
    /// The credential that was looked at.
    pub credential: Option<Credential>,
    /// Whom the credential stands for; on a denial, whom it would have stood for.
    pub principal: Option<Principal>,
    /// Whether a real session starts or a cookie session matched.
    pub session: bool,
    /// What the client sees, where AuthX or Drupal answers by itself.
    pub response: Option<Response>,
    /// Where AuthX redirects.
    pub redirect: Option<Redirect>,
    /// Every check that ran, in order.
    pub steps: Vec<Step>,
    /// What is true but dangerous, or will surprise the client later.
    pub warnings: Vec<Warning>,
    /// What would let the request in.
    pub remedies: Vec<Remedy>,
    /// Where the request was read.
    pub source: Source,
}

/// The two systems.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum System {
    /// CiviCRM AuthX.
    CiviCrm,
    /// Drupal REST and JSON:API with the API authentication module.
    Drupal,
}

impl System {
    /// The word in verdicts.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::CiviCrm => "civicrm",
            Self::Drupal => "drupal",
        }
    }
}

/// What the site decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Decision {
    /// Let in.
    Allow,
    /// Refused.
    Deny,
    /// No credential took effect; CiviCRM goes on as nobody.
    Anonymous,
    /// authctl cannot know.
    Indeterminate,
}

impl Decision {
    /// The word in verdicts.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Allow => "allow",
            Self::Deny => "deny",
            Self::Anonymous => "anonymous",
            Self::Indeterminate => "indeterminate",
        }
    }
}

/// The credential that was looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Credential {
    /// `pass`, `api_key`, `jwt`, `assigned` or `already-logged-in`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The store's number of the key.
    pub key_id: Option<i64>,
    /// What may be shown of the key: `aku_Ab3d…`.
    pub hint: Option<String>,
}

impl Credential {
    /// A credential; the hint's `…` is put behind it here.
    pub(super) fn new(kind: impl Into<String>, key_id: Option<i64>, hint: Option<&str>) -> Self {
        Self { kind: kind.into(), key_id, hint: hint.map(|hint| format!("{hint}…")) }
    }
}

/// Whom a credential stands for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Principal {
    /// The account's name.
    pub user: Option<String>,
    /// The account's id.
    pub user_id: Option<i64>,
    /// The contact's id.
    pub contact_id: Option<i64>,
}

/// What the client sees.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Response {
    /// An HTTP answer.
    Http(HttpResponse),
    /// A PHP exception, for a call.
    Exception {
        /// The exception's class.
        class: String,
        /// Its message.
        message: String,
    },
}

/// An HTTP answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HttpResponse {
    /// The status on the wire.
    pub status: u16,
    /// The media type of the body.
    pub content_type: Option<String>,
    /// The whole body, where it is known.
    pub body: Option<String>,
    /// Drupal's part; `None` for CiviCRM.
    pub drupal: Option<DrupalAnswer>,
}

/// The named parts of Drupal's answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DrupalAnswer {
    /// The module's error name.
    pub error: Option<String>,
    /// The module's `error_description`.
    pub description: Option<String>,
    /// Core's message, or `errors[0].detail` of JSON:API.
    pub message: Option<String>,
    /// Headers that carry meaning: Allow, Location, WWW-Authenticate.
    pub headers: Vec<(String, String)>,
}

impl Serialize for Response {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Exception { class, message } => {
                let mut out = serializer.serialize_struct("Response", 2)?;
                out.serialize_field("exception", class)?;
                out.serialize_field("message", message)?;
                out.end()
            }
            Self::Http(http) => {
                let fields = if http.drupal.is_some() { 7 } else { 3 };
                let mut out = serializer.serialize_struct("Response", fields)?;
                out.serialize_field("status", &http.status)?;
                out.serialize_field("content_type", &http.content_type)?;
                if let Some(drupal) = &http.drupal {
                    out.serialize_field("error", &drupal.error)?;
                    out.serialize_field("description", &drupal.description)?;
                    out.serialize_field("message", &drupal.message)?;
                    let headers: Map<String, Value> = drupal
                        .headers
                        .iter()
                        .map(|(name, value)| (name.clone(), Value::from(value.as_str())))
                        .collect();
                    out.serialize_field("headers", &headers)?;
                }
                out.serialize_field("body", &http.body)?;
                out.end()
            }
        }
    }
}

/// Where AuthX redirects after an `auto` login.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Redirect {
    /// The CiviCRM path, without a leading slash.
    pub path: String,
    /// Decoded parameters, in order; empty when none are left.
    pub query: Map<String, Value>,
}

/// One check, as it went.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Step {
    /// The check.
    pub code: Code,
    /// How it went.
    pub outcome: Outcome,
    /// What was found, without secrets.
    pub observed: String,
    /// What would have satisfied it; `None` when nothing was asked for.
    pub required: Option<String>,
    /// Two or three words for people.
    #[serde(skip)]
    pub label: &'static str,
}

/// How a check went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// Satisfied.
    Pass,
    /// Not satisfied.
    Fail,
    /// Passed over by the site.
    Skip,
    /// A fact, neither good nor bad.
    Note,
}

/// Something true but dangerous.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Warning {
    /// What kind.
    pub code: Code,
    /// One sentence.
    pub text: String,
}

/// Something that would let the request in, or mend this refusal before the next: all its commands together.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Remedy {
    /// One sentence, imperative.
    pub text: String,
    /// The commands here. Empty when only the request has to change.
    pub authctl: Vec<String>,
    /// The commands or pages on the site.
    pub site: Vec<String>,
    /// Whether the request is not let in yet: the sentence says what comes next.
    #[serde(skip)]
    pub is_partial: bool,
}

impl Verdict {
    /// The status on the wire, where the client sees one.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        match &self.response {
            Some(Response::Http(http)) => Some(http.status),
            Some(Response::Exception { .. }) | None => None,
        }
    }
}

impl Serialize for Verdict {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_struct("Verdict", 15)?;
        out.serialize_field("schema", SCHEMA)?;
        out.serialize_field("id", &self.id)?;
        out.serialize_field("system", &self.system)?;
        out.serialize_field("decision", &self.decision)?;
        out.serialize_field("reason", &self.reason)?;
        out.serialize_field("flow", &self.flow)?;
        out.serialize_field("credential", &self.credential)?;
        out.serialize_field("principal", &self.principal)?;
        out.serialize_field("session", &self.session)?;
        out.serialize_field("response", &self.response)?;
        out.serialize_field("redirect", &self.redirect)?;
        out.serialize_field("steps", &self.steps)?;
        out.serialize_field("warnings", &self.warnings)?;
        out.serialize_field("remedies", &self.remedies)?;
        out.serialize_field("source", &self.source)?;
        out.end()
    }
}

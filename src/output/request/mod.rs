//! Requests as they were understood, a JSON line each, with their credentials masked.

mod mask;

use std::borrow::Cow;
use std::io::{self, Write};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;

use crate::verify::{HttpRequest, Kind, PhpCall, Request, Source};
use mask::Mask;

/// Writes requests.
pub(crate) struct RequestWriter<'a> {
    mask: Mask,
    out: &'a mut dyn Write,
}

impl<'a> RequestWriter<'a> {
    /// A writer that masks credentials unless they are to be revealed.
    pub(crate) fn new(reveal: bool, out: &'a mut dyn Write) -> Self {
        Self { mask: if reveal { Mask::Off } else { Mask::On }, out }
    }

    /// Writes one request.
    pub(crate) fn request(&mut self, request: &Request) -> io::Result<()> {
        match &request.kind {
            Kind::Http(http) => self.line(&self.http(request, http)),
            Kind::Call(call) => self.line(&self.call(request, call)),
        }
    }

    /// Writes where a request stands that could not be read, and why.
    pub(crate) fn unreadable(
        &mut self,
        id: Option<&str>,
        source: &Source,
        error: &str,
    ) -> io::Result<()> {
        self.line(&Unreadable { id, error, source })
    }

    fn line(&mut self, shown: &impl Serialize) -> io::Result<()> {
        serde_json::to_writer(&mut *self.out, shown)?;
        self.out.write_all(b"\n")
    }

    /// Hands on what was written; for whoever waits for it.
    pub(crate) fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }

    fn http<'r>(&self, request: &'r Request, http: &'r HttpRequest) -> ShownHttp<'r> {
        let target = self.mask.target(&http.target);
        let url = match (&http.scheme, &http.authority) {
            (Some(scheme), Some(authority)) => format!("{scheme}://{authority}{target}"),
            _ => target.to_string(),
        };
        let header = |name: &'r str, value: &'r [u8]| {
            (name, self.mask.header(name, String::from_utf8_lossy(value)))
        };
        let (body, body_base64) = match text(self.mask.body(http)) {
            Ok(text) => (Some(text), None),
            Err(bytes) => (None, Some(STANDARD.encode(bytes))),
        };
        ShownHttp {
            id: request.id.as_deref(),
            method: &http.method,
            url,
            target,
            headers: http.headers.iter().map(|field| header(&field.name, &field.value)).collect(),
            body,
            body_base64,
            shared: Shared::of(request),
        }
    }

    fn call<'r>(&self, request: &'r Request, call: &'r PhpCall) -> ShownCall<'r> {
        let secret = |secret| self.mask.cred(secret);
        ShownCall {
            id: request.id.as_deref(),
            call: call.function.name(),
            cred: call.cred.as_ref().map(secret),
            principal: call.principal.as_ref().map(|principal| ShownPrincipal {
                contact_id: principal.contact_id,
                user_id: principal.user_id,
                user: principal.user.as_deref(),
            }),
            flow: call.flow.as_deref(),
            site_key: call.site_key.as_ref().map(secret),
            use_session: call.use_session,
            trusted: call.trusted,
            shared: Shared::of(request),
        }
    }
}

/// The text that bytes are, or the bytes.
fn text(bytes: Cow<'_, [u8]>) -> Result<Cow<'_, str>, Cow<'_, [u8]>> {
    match bytes {
        Cow::Borrowed(bytes) => {
            std::str::from_utf8(bytes).map(Cow::Borrowed).map_err(|_| Cow::Borrowed(bytes))
        }
        Cow::Owned(bytes) => {
            String::from_utf8(bytes).map(Cow::Owned).map_err(|error| Cow::Owned(error.into_bytes()))
        }
    }
}

#[derive(Serialize)]
struct ShownHttp<'r> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'r str>,
    method: &'r str,
    url: String,
    target: Cow<'r, str>,
    headers: Vec<(&'r str, Cow<'r, str>)>,
    body: Option<Cow<'r, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    body_base64: Option<String>,
    #[serde(flatten)]
    shared: Shared<'r>,
}

#[derive(Serialize)]
struct ShownCall<'r> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'r str>,
    call: &'static str,
    cred: Option<String>,
    principal: Option<ShownPrincipal<'r>>,
    flow: Option<&'r str>,
    site_key: Option<String>,
    use_session: bool,
    trusted: bool,
    #[serde(flatten)]
    shared: Shared<'r>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ShownPrincipal<'r> {
    #[serde(skip_serializing_if = "Option::is_none")]
    contact_id: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    user_id: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    user: Option<&'r str>,
}

/// What every kind of request has.
#[derive(Serialize)]
struct Shared<'r> {
    #[serde(skip_serializing_if = "Option::is_none")]
    session: Option<ShownSession>,
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    client_ip: Option<std::net::IpAddr>,
    source: &'r Source,
    /// What the reader set aside or added, and what it could not know.
    notes: Vec<Cow<'r, str>>,
}

#[derive(Serialize)]
struct ShownSession {
    contact_id: Option<i64>,
    user_id: Option<i64>,
}

impl<'r> Shared<'r> {
    fn of(request: &'r Request) -> Self {
        Self {
            session: request.session.map(|session| ShownSession {
                contact_id: session.contact_id,
                user_id: session.user_id,
            }),
            at: request
                .at
                .and_then(|at| jiff::Timestamp::from_second(at).ok())
                .map(|at| at.to_string()),
            client_ip: request.client_ip,
            source: &request.source,
            notes: (request.notes.iter().map(|note| Cow::Borrowed(note.as_str())))
                .chain(request.unknowns.iter().map(|unknown| format!("unknown: {unknown}").into()))
                .collect(),
        }
    }
}

#[derive(Serialize)]
struct Unreadable<'r> {
    id: Option<&'r str>,
    error: &'r str,
    source: &'r Source,
}

//! Changes to the request that a remedy proposes, applied in memory.

use super::attempt::{Attempt, Given};
use super::credential::Scheme;
use super::params::Input;
use super::setting::token_rules;
use super::site::Site;
use crate::credential::Secret;
use crate::credential::jwt::{self, SignKeys};
use crate::verify::{CallFunction, Header, HttpRequest, Kind, Request, php, same_header};

/// One change of the request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Edit {
    /// Sends the site key the way the flow wants it.
    SiteKey {
        /// The flow.
        flow: String,
        /// Whether the site's is empty, so that none is to be sent.
        empty: bool,
    },
    /// Sends the credential in the header of flow `xheader` or `header`, and nowhere else.
    Header(&'static str),
    /// Leaves a header out.
    Drop(&'static str),
    /// Leaves the legacy parameters out.
    DropLegacy,
    /// Writes the scheme as AuthX wants it, or puts the missing one before the text.
    Scheme {
        /// The flow.
        flow: String,
        /// The credential, mended.
        cred: Vec<u8>,
    },
    /// Leaves the session's cookie out.
    NoSession,
    /// Sends a new token for the contact.
    NewToken {
        /// The flow.
        flow: String,
        /// The contact.
        contact_id: i64,
    },
}

const LEGACY: [&str; 2] = ["api_key", "key"];
const OURS: [&str; 5] = ["_authx", "_authxSes", "_authxSiteKey", "api_key", "key"];

impl Edit {
    /// The request with the change, if it can be made.
    pub(super) fn apply(&self, site: Site<'_>, request: &Request) -> Option<Request> {
        let mut request = request.clone();
        match (self, &mut request.kind) {
            (Self::NoSession, _) => request.session = None,
            (Self::SiteKey { flow, .. }, kind) => send_site_key(site, flow, kind)?,
            (Self::Scheme { flow, cred }, kind) => replace(kind, flow, cred)?,
            (Self::NewToken { flow, contact_id }, kind) => {
                replace(kind, flow, &new_token(site, *contact_id)?)?;
            }
            (Self::Drop(name), Kind::Http(http)) => drop_header(http, name),
            (Self::DropLegacy, Kind::Http(http)) => drop_parameters(http, &LEGACY),
            (Self::Header(flow), Kind::Http(http)) => move_to_header(http, flow)?,
            (Self::Drop(_) | Self::DropLegacy | Self::Header(_), Kind::Call(_)) => return None,
        }
        Some(request)
    }

    /// What to do, for people.
    pub(super) fn text(&self) -> String {
        match self {
            Self::SiteKey { empty: true, .. } => "send no site key: the site's is empty".to_owned(),
            Self::SiteKey { flow, .. } => match flow.as_str() {
                "legacyrest" => "send the site key: parameter key=SITEKEY",
                "script" => "pass the site key: 'siteKey' => 'SITEKEY'",
                _ => "send the site key: -H 'X-Civi-Key: SITEKEY'",
            }
            .to_owned(),
            Self::Header(flow) => {
                let name = header_of(flow);
                format!(
                    "send the credential in the header {name} alone: -H '{name}: …' (and a site key in X-Civi-Key)"
                )
            }
            Self::Drop(name) => format!("leave the header {name} out"),
            Self::DropLegacy => "leave the parameters api_key and key out".to_owned(),
            Self::Scheme { cred, .. } if cred.starts_with(b"Basic") => {
                "write the scheme as `Basic`, one blank behind it".to_owned()
            }
            Self::Scheme { .. } => "write `Bearer` and one blank before the key".to_owned(),
            Self::NoSession => "send the request without the session's cookie".to_owned(),
            Self::NewToken { contact_id, .. } => {
                format!("send a new token for contact {contact_id}")
            }
        }
    }
}

/// The credential with its scheme mended: written in another case, or missing.
pub(super) fn mended(cred: &[u8]) -> Option<Vec<u8>> {
    let Scheme::Other(scheme) = Scheme::split(cred) else { return None };
    let behind = cred.get(scheme.len() + 1..);
    let word = match scheme.to_ascii_lowercase().as_slice() {
        b"basic" => b"Basic ".as_slice(),
        b"bearer" | b"token" | b"apikey" => b"Bearer ".as_slice(),
        _ if behind.is_none() && !scheme.is_empty() => {
            return Some([b"Bearer ", scheme].concat());
        }
        _ => return None,
    };
    Some([word, behind?].concat())
}

/// Every credential that a request carries, also where no flow reads it, in the order of the flows.
pub(super) fn carried(http: &HttpRequest) -> Vec<Vec<u8>> {
    let input = Input::read(http);
    let query = php::parse_query(http.raw_query().as_bytes());
    let text = |name: &str| match query.get(name.as_bytes()) {
        Some(php::Value::Text(text)) if php::is_truthy(text) => Some(text.clone()),
        _ => None,
    };
    let parameter = match input.param("_authx") {
        Some(php::Value::Text(text)) => Some(text.clone()),
        _ => text("_authx"),
    };
    let key = match input.request("api_key") {
        Some(php::Value::Text(key)) if php::is_truthy(key) => {
            Some([b"Bearer ", key.as_slice()].concat())
        }
        _ => None,
    };
    [input.xheader, input.authorization, parameter, key].into_iter().flatten().collect()
}

/// The header that a flow reads.
pub(super) fn header_of(flow: &str) -> &'static str {
    if flow == "xheader" { "X-Civi-Auth" } else { "Authorization" }
}

fn move_to_header(http: &mut HttpRequest, flow: &str) -> Option<()> {
    let cred = carried(http).into_iter().next()?;
    let input = Input::read(http);
    let legacy_key = input.request("key").map(php::Value::to_text);
    let site_key = input.site_key().or(legacy_key);
    for name in ["X-Civi-Auth", "Authorization", "X-Civi-Key", "Content-Type"] {
        drop_header(http, name);
    }
    drop_parameters(http, &OURS);
    http.headers.push(Header::new(header_of(flow), cred));
    http.headers.extend(site_key.map(|key| Header::new("X-Civi-Key", key)));
    Some(())
}

fn drop_header(http: &mut HttpRequest, name: &str) {
    http.headers.retain(|header| !same_header(&header.name, name));
}

/// Takes parameters out of the query and of a URL-encoded form.
fn drop_parameters(http: &mut HttpRequest, names: &[&str]) {
    let kept = |pairs: &[u8]| {
        let pairs = pairs.split(|byte| *byte == b'&');
        let kept: Vec<_> = pairs
            .filter(|pair| {
                let read = php::parse_query(pair);
                !names.iter().any(|name| read.get(name.as_bytes()).is_some())
            })
            .collect();
        kept.join(&b'&')
    };
    let query = String::from_utf8_lossy(&kept(http.raw_query().as_bytes())).into_owned();
    set_query(http, &query);
    http.body = kept(&http.body);
}

fn set_query(http: &mut HttpRequest, query: &str) {
    let path = http.raw_path().to_owned();
    http.target = if query.is_empty() { path } else { format!("{path}?{query}") };
}

fn add_to_query(http: &mut HttpRequest, name: &str, value: &[u8]) {
    let value: String = form_urlencoded::byte_serialize(value).collect();
    let query = http.raw_query();
    let joint = if query.is_empty() { "" } else { "&" };
    let query = format!("{query}{joint}{name}={value}");
    set_query(http, &query);
}

fn send_site_key(site: Site<'_>, flow: &str, kind: &mut Kind) -> Option<()> {
    let key = site.policy.civicrm.site_key.clone()?;
    match kind {
        Kind::Http(http) if flow == "legacyrest" => {
            drop_parameters(http, &["key"]);
            add_to_query(http, "key", key.expose());
        }
        Kind::Http(http) => {
            drop_header(http, "X-Civi-Key");
            http.headers.push(Header::new("X-Civi-Key", key.expose()));
        }
        Kind::Call(call) if call.function == CallFunction::AuthxLogin => call.site_key = Some(key),
        Kind::Call(_) => return None,
    }
    Some(())
}

/// Puts another credential where the flow reads it.
fn replace(kind: &mut Kind, flow: &str, cred: &[u8]) -> Option<()> {
    match (kind, flow) {
        (Kind::Call(call), _) => call.cred = Some(Secret::new(cred)),
        (Kind::Http(http), "xheader" | "header") => {
            let name = header_of(flow);
            drop_header(http, name);
            http.headers.push(Header::new(name, cred));
        }
        (Kind::Http(http), "param" | "auto" | "login") if http.method == "GET" => {
            drop_parameters(http, &["_authx"]);
            add_to_query(http, "_authx", cred);
        }
        (Kind::Http(http), "param" | "auto" | "login") => {
            drop_parameters(http, &["_authx"]);
            let value: String = form_urlencoded::byte_serialize(cred).collect();
            http.body.extend_from_slice(format!("&_authx={value}").as_bytes());
        }
        (Kind::Http(http), "legacyrest") => {
            drop_parameters(http, &["api_key"]);
            add_to_query(http, "api_key", cred.strip_prefix(b"Bearer ")?);
        }
        (Kind::Http(_), _) => return None,
    }
    Some(())
}

fn new_token(site: Site<'_>, contact_id: i64) -> Option<Vec<u8>> {
    let keys = SignKeys::parse(site.policy.civicrm.sign_keys.as_ref()?.expose()).ok()?;
    let rules = token_rules(site.policy.civicrm.release);
    let claims = serde_json::json!({
        "exp": site.now.saturating_add(300), "sub": format!("cid:{contact_id}"), "scope": "authx",
    });
    let token = jwt::issue(claims.as_object()?, &keys, rules).ok()?;
    Some([b"Bearer ", token.expose()].concat())
}

/// The credential of an attempt.
pub(super) fn cred_of(attempt: &Attempt) -> Option<&[u8]> {
    match &attempt.given {
        Given::Cred(cred) => Some(cred),
        Given::CredArray | Given::Principal(_) => None,
    }
}

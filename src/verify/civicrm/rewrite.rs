//! A request rewritten: credentials, site keys and parameters put where they are read, or taken away.

use super::params::{self, Input};
use crate::credential::Secret;
use crate::verify::{CallFunction, Header, HttpRequest, Kind, php, same_header};

/// The parameters of flow `legacyrest`.
pub(super) const LEGACY: [&str; 2] = ["api_key", "key"];
const OURS: [&str; 5] = ["_authx", "_authxSes", "_authxSiteKey", "api_key", "key"];

/// Every credential that a request carries, also where no flow reads it, in the order of the flows.
pub(super) fn carried(http: &HttpRequest) -> Vec<Vec<u8>> {
    let input = Input::read(http);
    let query = php::parse_query(http.raw_query().as_bytes());
    let unread = params::unread(http);
    let read = input.param("_authx").or_else(|| query.get(b"_authx"));
    let parameter = read.and_then(text).or_else(|| unread.get("_authx").cloned());
    let key = input.request("api_key").and_then(text).or_else(|| unread.get("api_key").cloned());
    let key = key.map(|key| [b"Bearer ", key.as_slice()].concat());
    [input.xheader, input.authorization, parameter, key].into_iter().flatten().collect()
}

/// The text of a parameter, also where brackets made an array of it; nothing that is empty to PHP.
fn text(value: &php::Value) -> Option<Vec<u8>> {
    match value {
        php::Value::Text(text) => Some(text.clone()).filter(|text| php::is_truthy(text)),
        php::Value::Array(array) => array.entries().find_map(|(_, value)| text(value)),
    }
}

/// The header that a flow reads.
pub(super) fn header_of(flow: &str) -> &'static str {
    if flow == "xheader" { "X-Civi-Auth" } else { "Authorization" }
}

/// Sends the first credential in the header of a flow, and nowhere else.
pub(super) fn move_to_header(http: &mut HttpRequest, flow: &str) -> Option<()> {
    let cred = carried(http).into_iter().next()?;
    let input = Input::read(http);
    let unread = params::unread(http);
    let legacy_key = || input.request("key").map(php::Value::to_text);
    let named = || ["_authxSiteKey", "key"].into_iter().find_map(|name| unread.get(name).cloned());
    let site_key = input.site_key().or_else(legacy_key).or_else(named);
    for name in ["X-Civi-Auth", "Authorization", "X-Civi-Key", "Content-Type"] {
        drop_header(http, name);
    }
    drop_parameters(http, &OURS);
    http.headers.push(Header::new(header_of(flow), cred));
    http.headers.extend(site_key.map(|key| Header::new("X-Civi-Key", key)));
    Some(())
}

/// Leaves a header out.
pub(super) fn drop_header(http: &mut HttpRequest, name: &str) {
    http.headers.retain(|header| !same_header(&header.name, name));
}

/// Takes parameters out of the query and of a URL-encoded form.
pub(super) fn drop_parameters(http: &mut HttpRequest, names: &[&str]) {
    let is_dropped = |pair: &&[u8]| {
        let read = php::parse_query(pair);
        names.iter().any(|name| read.get(name.as_bytes()).is_some())
    };
    // What loses nothing is left as it is, and shared.
    let kept = |text: &[u8]| {
        let pairs = text.split(|byte| *byte == b'&');
        let kept: Vec<_> = pairs.clone().filter(|pair| !is_dropped(pair)).collect();
        (kept.len() < pairs.count()).then(|| kept.join(&b'&'))
    };
    if let Some(query) = kept(http.raw_query().as_bytes()) {
        set_query(http, &String::from_utf8_lossy(&query));
    }
    if let Some(body) = kept(&http.body) {
        http.body = body.into();
    }
}

fn set_query(http: &mut HttpRequest, query: &str) {
    let path = http.raw_path().to_owned();
    http.target = if query.is_empty() { path } else { format!("{path}?{query}") }.into();
}

fn add_to_query(http: &mut HttpRequest, name: &str, value: &[u8]) {
    let value: String = form_urlencoded::byte_serialize(value).collect();
    let query = http.raw_query();
    let joint = if query.is_empty() { "" } else { "&" };
    let query = format!("{query}{joint}{name}={value}");
    set_query(http, &query);
}

/// Sends the site key the way the flow wants it.
pub(super) fn send_site_key(key: Secret, flow: &str, kind: &mut Kind) -> Option<()> {
    match kind {
        Kind::Http(http) if flow == "legacyrest" => {
            drop_parameters(http, &["key"]);
            add_to_query(http, "key", key.expose());
        }
        Kind::Http(http) => {
            drop_header(http, "X-Civi-Key");
            http.headers.push(Header::new("X-Civi-Key", key.expose().to_vec()));
        }
        Kind::Call(call) if call.function == CallFunction::AuthxLogin => call.site_key = Some(key),
        Kind::Call(_) => return None,
    }
    Some(())
}

/// Puts another credential where the flow reads it, in the place of what was there.
pub(super) fn replace(kind: &mut Kind, flow: &str, cred: &[u8]) -> Option<()> {
    match (kind, flow) {
        (Kind::Call(call), _) => {
            call.cred = Some(Secret::new(cred));
            call.principal = None;
        }
        (Kind::Http(http), "xheader" | "header") => {
            let name = header_of(flow);
            drop_header(http, name);
            http.headers.push(Header::new(name, cred.to_vec()));
        }
        (Kind::Http(http), "param" | "auto" | "login") if http.method == "GET" => {
            drop_parameters(http, &["_authx"]);
            add_to_query(http, "_authx", cred);
        }
        (Kind::Http(http), "param" | "auto" | "login") => {
            drop_parameters(http, &["_authx"]);
            let value: String = form_urlencoded::byte_serialize(cred).collect();
            http.body = [&http.body, format!("&_authx={value}").as_bytes()].concat().into();
        }
        (Kind::Http(http), "legacyrest") => {
            drop_parameters(http, &["api_key"]);
            add_to_query(http, "api_key", cred.strip_prefix(b"Bearer ")?);
        }
        (Kind::Http(_), _) => return None,
    }
    Some(())
}

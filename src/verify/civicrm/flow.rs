//! Which flow does a request take? `on_civi_invoke_auth` of `ext/authx/Civi/Authx/Authenticator.php` and
//! of `LegacyRestAuthenticator.php`.

use super::attempt::{Attempt, Given};
use super::code;
use super::params::Input;
use super::site::Site;
use super::trace::Trace;
use crate::verify::php::Value;

/// The header of flow `xheader`.
pub(super) fn xheader(input: &Input) -> Option<Attempt> {
    let cred = input.xheader.clone()?;
    Some(attempt("xheader", Given::Cred(cred), input.site_key()))
}

/// The header of flow `header`; passed over while that flow accepts nothing.
pub(super) fn header(site: Site<'_>, input: &Input, trace: &mut Trace) -> Option<Attempt> {
    let cred = input.authorization.clone()?;
    if site.allowed_types("header").is_empty() {
        let observed = "authx_header_cred is empty, so Authorization counts as absent";
        trace.skip(code::HEADER_OFF, "Authorization", observed, "a type in authx_header_cred");
        return None;
    }
    Some(attempt("header", Given::Cred(cred), input.site_key()))
}

/// The parameter of flows `login`, `auto` and `param`.
pub(super) fn parameter(input: &Input, args: &[String]) -> Option<Attempt> {
    let given = given(input.param("_authx")?);
    let login = args.join("/") == "civicrm/authx/login";
    let flow = match (login, input.param("_authxSes").is_some()) {
        (true, _) => "login",
        (false, true) => "auto",
        (false, false) => "param",
    };
    let use_session = flow != "param";
    Some(Attempt { use_session, ..attempt(flow, given, input.site_key()) })
}

/// The parameters of flow `legacyrest`, on its two paths. A missing key is the empty one.
pub(super) fn legacy(input: &Input, args: &[String]) -> Option<Attempt> {
    let on_path = matches!(args, [_, ajax, rest, ..]
        if ajax == "ajax" && (rest == "rest" || rest == "api4"));
    let filled = |name: &str| input.request(name).is_some_and(|value| !value.is_empty());
    if !on_path || !(filled("api_key") || filled("key")) {
        return None;
    }
    let key = input.request("api_key").map(Value::to_text).unwrap_or_default();
    let cred = [b"Bearer ".as_slice(), &key].concat();
    Some(attempt("legacyrest", Given::Cred(cred), input.request("key").map(Value::to_text)))
}

fn given(value: &Value) -> Given {
    match value {
        Value::Text(text) => Given::Cred(text.clone()),
        Value::Array(_) => Given::CredArray,
    }
}

fn attempt(flow: &str, given: Given, site_key: Option<Vec<u8>>) -> Attempt {
    Attempt { flow: flow.to_owned(), given, site_key, use_session: false, validate_only: false }
}

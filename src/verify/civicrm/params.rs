//! What PHP makes of an HTTP request before AuthX looks at it.

use std::collections::BTreeMap;

use crate::verify::HttpRequest;
use crate::verify::php::{self, Array, Value};

/// The headers that carry credentials or unlock a guard.
pub(super) const CREDENTIAL_HEADERS: [&str; 3] = ["X-Civi-Auth", "Authorization", "X-Civi-Key"];

/// The superglobals, and the headers that AuthX reads.
pub(super) struct Input {
    is_get: bool,
    get: Array,
    post: Array,
    raw_query: String,
    /// `X-Civi-Auth`, unless empty.
    pub(super) xheader: Option<Vec<u8>>,
    /// `Authorization`, unless empty.
    pub(super) authorization: Option<Vec<u8>>,
    site_key_header: Option<Vec<u8>>,
}

impl Input {
    /// Reads a request.
    pub(super) fn read(http: &HttpRequest) -> Self {
        let header = |name: &str| http.header(name).map(<[u8]>::to_vec);
        let filled = |name: &str| header(name).filter(|value| php::is_truthy(value));
        Self {
            is_get: http.method == "GET",
            get: php::parse_query(http.raw_query().as_bytes()),
            post: php::post_fields(http),
            raw_query: http.raw_query().to_owned(),
            xheader: filled("X-Civi-Auth"),
            authorization: filled("Authorization"),
            site_key_header: header("X-Civi-Key"),
        }
    }

    /// Whether the method is `GET`, in this case.
    pub(super) fn is_get(&self) -> bool {
        self.is_get
    }

    /// A parameter of the main flows: `$_GET` for `GET`, else `$_POST`; nothing that is empty to PHP.
    pub(super) fn param(&self, name: &str) -> Option<&Value> {
        self.params().get(name.as_bytes()).filter(|value| !value.is_empty())
    }

    fn params(&self) -> &Array {
        if self.is_get { &self.get } else { &self.post }
    }

    /// A member of `$_REQUEST`: a form's field wins over the query's.
    pub(super) fn request(&self, name: &str) -> Option<&Value> {
        self.post.get(name.as_bytes()).or_else(|| self.get.get(name.as_bytes()))
    }

    /// The site key of the main flows: the header if it is there at all, else the parameter.
    pub(super) fn site_key(&self) -> Option<Vec<u8>> {
        let parameter = || self.params().get(b"_authxSiteKey").map(Value::to_text);
        self.site_key_header.clone().or_else(parameter)
    }

    /// The parameters that stay after a redirect: all whose name does not start with `_authx`.
    pub(super) fn kept_query(&self) -> Array {
        php::parse_query(self.raw_query.as_bytes()).without_prefix(b"_authx")
    }
}

/// What AuthX would read of the body, were it a form that PHP reads.
pub(super) type Unread = BTreeMap<&'static str, Vec<u8>>;

/// The parameters in a body that PHP does not read: a form of another method than `POST`, or JSON.
pub(super) fn unread(http: &HttpRequest) -> Unread {
    const NAMES: [&str; 4] = ["_authx", "_authxSiteKey", "api_key", "key"];
    if !has_unread(http) {
        return Unread::new();
    }
    let text = |text: &[u8]| Some(text.to_vec()).filter(|text| php::is_truthy(text));
    let mut found = Unread::new();
    if let Ok(serde_json::Value::Object(body)) = serde_json::from_slice(&http.body) {
        let member = |name: &str| body.get(name)?.as_str().map(str::as_bytes).and_then(text);
        found.extend(NAMES.into_iter().filter_map(|name| Some((name, member(name)?))));
    } else {
        let body = php::parse_query(&http.body);
        let member = |name: &str| match body.get(name.as_bytes())? {
            Value::Text(value) => text(value),
            Value::Array(_) => None,
        };
        found.extend(NAMES.into_iter().filter_map(|name| Some((name, member(name)?))));
    }
    found
}

/// Whether [`unread`] may find anything.
pub(super) fn has_unread(http: &HttpRequest) -> bool {
    let mentions = |name: &[u8]| memchr::memmem::find(&http.body, name).is_some();
    let is_unread = match php::media_type(http).as_slice() {
        b"application/x-www-form-urlencoded" => http.method != "POST",
        b"application/json" => true,
        _ => false,
    };
    is_unread && (mentions(b"_authx") || mentions(b"api_key"))
}

/// The first credential header that is there twice with different values.
pub(super) fn contradictory_header(http: &HttpRequest) -> Option<&'static str> {
    CREDENTIAL_HEADERS.into_iter().find(|name| {
        let mut values = http.header_values(name);
        let first = values.next();
        values.any(|value| Some(value) != first)
    })
}

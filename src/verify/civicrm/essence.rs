//! What AuthX reads of a request. All else can be left out of it, and the verdict stays what it was.
//!
//! Of the headers those of [`HEADERS`] are read; of the query and of a form the parameters of
//! [`PARAMETERS`], which a glance at the raw names rules out for most requests; of the body a form alone.

use super::params;
use crate::verify::{Header, HttpRequest, Kind, Request, php, same_header};

/// The header fields that are read whatever the request is.
const HEADERS: [&str; 4] = ["X-Civi-Auth", "Authorization", "X-Civi-Key", "X-Requested-With"];

/// The parameters that are read, those with the path on some systems among them; and `api`, since PHP
/// takes `api[key` for `api_key`.
const PARAMETERS: [&[u8]; 11] = [
    b"_authx",
    b"_authxSes",
    b"_authxSiteKey",
    b"api_key",
    b"api",
    b"key",
    b"q",
    b"civiwp",
    b"page",
    b"option",
    b"task",
];

/// Above so many parameters nothing is left out: PHP stops counting at a thousand, and a remedy may add one.
const FEW: usize = 100;

/// The part of a request that is read.
#[derive(Clone, Copy)]
pub struct Essence<'a> {
    http: &'a HttpRequest<'a>,
    has_parameters: bool,
}

impl<'a> Essence<'a> {
    /// Looks at a request.
    #[must_use]
    pub fn of(http: &'a HttpRequest<'_>) -> Self {
        let has_parameters = any_read(http.raw_query().as_bytes()) || has_fields(http);
        Self { http, has_parameters }
    }

    /// The method.
    #[must_use]
    pub fn method(&self) -> &'a str {
        &self.http.method
    }

    /// The path, with the query where that may be read.
    #[must_use]
    pub fn target(&self) -> &'a str {
        if self.has_parameters { &self.http.target } else { self.http.raw_path() }
    }

    /// The headers that are read.
    pub fn headers(&self) -> impl Iterator<Item = &'a Header<'a>> + use<'a> {
        let with_body = self.has_parameters;
        let headers = self.http.headers.iter();
        headers.filter(move |header| {
            HEADERS.iter().any(|name| same_header(&header.name, name))
                || (with_body && same_header(&header.name, "Content-Type"))
        })
    }

    /// The body, where it may be read.
    #[must_use]
    pub fn body(&self) -> &'a [u8] {
        if self.has_parameters { &self.http.body } else { &[] }
    }

    /// `request`, which must be the one that was looked at, with nothing else in it.
    #[must_use]
    pub fn alone(&self, request: &'a Request<'_>) -> Request<'a> {
        let http = HttpRequest {
            method: self.method().into(),
            scheme: None,
            authority: None,
            target: self.target().into(),
            headers: self.headers().map(Header::borrowed).collect(),
            body: self.body().into(),
        };
        Request {
            id: request.id.as_deref().map(Into::into),
            source: request.source.clone(),
            at: request.at,
            session: request.session,
            client_ip: None,
            notes: Vec::new(),
            unknowns: request.unknowns.clone(),
            kind: Kind::Http(http),
        }
    }
}

fn has_fields(http: &HttpRequest) -> bool {
    if http.body.is_empty() {
        return false;
    }
    if http.method != "POST" {
        return params::has_unread(http);
    }
    match php::media_type(http).as_slice() {
        b"application/x-www-form-urlencoded" => any_read(&http.body),
        b"multipart/form-data" => true,
        // What a remedy or a warning is about.
        _ => params::has_unread(http),
    }
}

/// Whether a query or a form may have a parameter that is read.
fn any_read(pairs: &[u8]) -> bool {
    let mut pairs = pairs.split(|byte| *byte == b'&');
    pairs.by_ref().take(FEW).any(may_be_read) || pairs.next().is_some()
}

/// Whether PHP may take the name of a pair for one of [`PARAMETERS`]. Brackets only add to a name, and
/// whatever is out of the ordinary (escapes, blanks, dots, controls) may become anything.
fn may_be_read(pair: &[u8]) -> bool {
    let end = pair.iter().position(|byte| matches!(byte, b'=' | b'['));
    let name = pair.get(..end.unwrap_or(pair.len())).unwrap_or_default();
    let ordinary = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    !name.iter().all(ordinary) || PARAMETERS.contains(&name)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Essence;
    use crate::credential::Secret;
    use crate::verify::{
        Cms, ContactFact, Extent, Facts, Grants, Header, HttpRequest, KeyFact, Kind, Owner, Policy,
        Request, Source, System, UserFact, civicrm, decide, presented,
    };

    const KEY: &str = "kit-key-of-the-tests";

    fn facts() -> Facts {
        let key = KeyFact::plain(3, Owner::User(7));
        let user = UserFact {
            id: 7,
            name: "alice".into(),
            email: None,
            blocked: false,
            contact_id: Some(101),
            roles: Vec::new(),
            grants: Grants { admin: true, ..Grants::default() },
        };
        let contact = ContactFact { id: 101, deleted: false, user_id: Some(7) };
        Facts {
            keys: vec![(Secret::from(KEY), vec![key])],
            passwords: Vec::new(),
            users: [(7, user)].into(),
            contacts: [(101, contact)].into(),
        }
    }

    /// Names of parameters as clients write them, and as they should not.
    fn name() -> impl Strategy<Value = String> {
        let known = prop::sample::select(vec![
            "_authx",
            "_authxSes",
            "_authxSiteKey",
            "api_key",
            "key",
            "q",
            "civiwp",
            "page",
            "option",
            "task",
            "entity",
            "params",
            "limit",
            "x_key",
            "",
        ]);
        let spoiled = (known.clone(), 0..12_usize).prop_map(|(name, how)| match how {
            0 => name.replace('_', "."),
            1 => name.replace('_', "["),
            2 => name.replace('_', "%5f"),
            3 => name.replace('_', "+"),
            4 => format!("+{name}"),
            5 => format!("{name}%00x"),
            6 => format!("{name}[]"),
            7 => format!("{name}[a][b"),
            8 => format!("[{name}"),
            9 => name.replace('k', "%6B"),
            10 => format!("{name}[x].y"),
            _ => name.to_uppercase(),
        });
        prop_oneof![known.prop_map(str::to_owned), spoiled]
    }

    fn pairs() -> impl Strategy<Value = String> {
        let value = prop::sample::select(vec![
            format!("Bearer+{KEY}"),
            KEY.to_owned(),
            "1".into(),
            String::new(),
            "civicrm/ajax/rest".into(),
            "CiviCRM".into(),
            "com_civicrm".into(),
            "0".into(),
        ]);
        let pair = (name(), value, any::<bool>())
            .prop_map(|(name, value, bare)| if bare { name } else { format!("{name}={value}") });
        let some = prop::collection::vec(pair, 0..4).prop_map(|pairs| pairs.join("&"));
        (some, prop::sample::select(vec![0, 0, 0, 98, 101, 998, 1001]))
            .prop_map(|(some, more)| format!("{}{some}", "a=1&".repeat(more)))
    }

    fn request() -> impl Strategy<Value = Request<'static>> {
        let header = prop::sample::select(vec![
            ("X-Civi-Auth", format!("Bearer {KEY}")),
            ("x_civi_auth", format!("Bearer {KEY}")),
            ("X-Civi-Auth", format!("bearer {KEY}")),
            ("Authorization", format!("Bearer {KEY}")),
            ("Authorization", "Basic YWxpY2U6cHc=".into()),
            ("X-Civi-Key", "site-key".into()),
            ("X-Requested-With", "XMLHttpRequest".into()),
            ("X-Requested-With", "fetch".into()),
            ("Content-Type", "application/x-www-form-urlencoded".into()),
            ("content_type", "Application/X-WWW-Form-URLencoded; charset=utf-8".into()),
            ("Content-Type", "multipart/form-data; boundary=b".into()),
            ("Content-Type", "application/json".into()),
            ("Host", "crm.example.org".into()),
            ("AUTH-METHOD", "7".into()),
            ("User-Agent", "kit".into()),
        ]);
        let path = prop::sample::select(vec![
            "/civicrm/ajax/api4/Contact/get",
            "/civicrm/ajax/rest",
            "/civicrm/authx/login",
            "/civicrm/x",
            "/",
            "/index.php",
            "/civicrm/extern/rest.php",
            "/civicrm/clearcache",
        ]);
        let body = prop_oneof![
            pairs(),
            name().prop_map(|name| format!(
                "--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\nBearer {KEY}\r\n--b--\r\n"
            )),
        ];
        let method = prop::sample::select(vec!["GET", "POST", "post", "PUT", "OPTIONS"]);
        (method, path, pairs(), prop::collection::vec(header, 0..5), body).prop_map(
            |(method, path, query, headers, body)| Request {
                id: Some("r".into()),
                source: Source { file: "f".into(), line: Some(1), entry: None },
                at: None,
                session: None,
                client_ip: Some([192, 0, 2, 1].into()),
                notes: vec!["a note".into()],
                unknowns: Vec::new(),
                kind: Kind::Http(HttpRequest {
                    method: method.into(),
                    scheme: Some("https"),
                    authority: Some("crm.example.org".into()),
                    target: if query.is_empty() {
                        path.into()
                    } else {
                        format!("{path}?{query}").into()
                    },
                    headers: headers
                        .iter()
                        .map(|(name, value)| Header::new(*name, value.clone().into_bytes()))
                        .collect(),
                    body: body.into_bytes().into(),
                }),
            },
        )
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(500))]
        #[test]
        fn the_verdict_needs_nothing_else(
            request in request(),
            cms in prop::sample::select(Cms::ALL.to_vec()),
            ses in any::<bool>(),
        ) {
            let mut policy = Policy { cms, ..Policy::default() };
            policy.civicrm.site_key = Some(Secret::from("site-key"));
            if ses {
                let types = crate::verify::SettingValue::List(vec!["api_key".into(), "pass".into()]);
                for flow in ["auto", "login", "param"] {
                    policy.civicrm.settings.insert(format!("authx_{flow}_cred"), types.clone());
                }
            }
            let Kind::Http(http) = &request.kind else { panic!() };
            let alone = Essence::of(http).alone(&request);
            let leads_there = |request| civicrm::leads_there(request, &policy);
            prop_assert_eq!(leads_there(&request), leads_there(&alone));
            let asked = |request| presented(System::CiviCrm, request, &policy).keys;
            prop_assert_eq!(asked(&request), asked(&alone));
            let judged = |request: &Request| {
                serde_json::to_string(&decide(Extent::Whole, System::CiviCrm, request, &policy, &facts(), 0)).unwrap()
            };
            prop_assert_eq!(judged(&request), judged(&alone));
        }
    }

    #[test]
    fn most_requests_have_no_parameter_that_is_read() {
        let target = |target: &str| {
            let http = HttpRequest {
                method: "POST".into(),
                target: target.into(),
                headers: vec![
                    Header::new("Content-Type", b"application/json"),
                    Header::new("Host", b"x"),
                ],
                body: b"{\"key\":1}".to_vec().into(),
                ..HttpRequest::default()
            };
            (Essence::of(&http).target().to_owned(), Essence::of(&http).headers().count())
        };
        let plain = target("/civicrm/ajax/api4/Contact/get?params=%7B%7D&options[limit]=0&x_key=1");
        assert_eq!(plain, ("/civicrm/ajax/api4/Contact/get".to_owned(), 0));
        assert_eq!(target("/civicrm/x?a=1&api[key=k"), ("/civicrm/x?a=1&api[key=k".to_owned(), 1));
    }
}

//! The record of a JSON line: its fields, which go together, and what each may hold.
//!
//! An absent `method` means `GET`; beside a body the method must be given, because guessing it would
//! judge another request than the one that was sent. `headers` is an object or a list of pairs;
//! either way order and duplicates are kept.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;
use std::net::IpAddr;

use base64::Engine;
use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{self, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::super::target::{self, Parts};
use super::super::{Fault, Place, json, limit};
use crate::credential::Secret;
use crate::verify::{
    CallFunction, CallPrincipal, Header, HttpRequest, Kind, PhpCall, Request, Session, Source,
};

/// A record as it is written; texts are borrowed from the line unless they hold escapes.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Record<'a> {
    #[serde(borrow, default)]
    id: Option<Id<'a>>,
    #[serde(borrow, default, deserialize_with = "method")]
    method: Option<Cow<'a, str>>,
    #[serde(borrow, default, deserialize_with = "url")]
    url: Option<Parts<'a>>,
    #[serde(borrow, default)]
    headers: Option<Headers<'a>>,
    #[serde(borrow, default)]
    body: Option<Text<'a>>,
    #[serde(default, deserialize_with = "base64")]
    body_base64: Option<Vec<u8>>,
    #[serde(default, deserialize_with = "session")]
    session: Option<SessionRecord>,
    #[serde(default, deserialize_with = "moment")]
    at: Option<i64>,
    #[serde(default, deserialize_with = "address")]
    client_ip: Option<IpAddr>,
    #[serde(default)]
    call: Option<CallName>,
    #[serde(default)]
    cred: Option<String>,
    #[serde(default, deserialize_with = "principal")]
    principal: Option<PrincipalRecord>,
    #[serde(default)]
    flow: Option<String>,
    #[serde(default)]
    site_key: Option<String>,
    #[serde(default)]
    use_session: Option<bool>,
    #[serde(default)]
    trusted: Option<bool>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SessionRecord {
    #[serde(default)]
    contact_id: Option<i64>,
    #[serde(default)]
    user_id: Option<i64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PrincipalRecord {
    #[serde(rename = "contactId", default)]
    contact_id: Option<i64>,
    #[serde(rename = "userId", default)]
    user_id: Option<i64>,
    #[serde(default)]
    user: Option<String>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum CallName {
    AuthxLogin,
    PipeLogin,
    Validate,
}

fn session<'de, D: Deserializer<'de>>(from: D) -> Result<Option<SessionRecord>, D::Error> {
    object(from, "an object with `contact_id` and `user_id`")
}

fn principal<'de, D: Deserializer<'de>>(from: D) -> Result<Option<PrincipalRecord>, D::Error> {
    object(from, "an object with `contactId`, `userId` or `user`")
}

fn method<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Cow<'de, str>>, D::Error> {
    parsed(from, target::method)
}

fn url<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Parts<'de>>, D::Error> {
    parsed(from, |text| match text {
        Cow::Borrowed(text) => target::split(text),
        Cow::Owned(text) => target::split(&text).map(Parts::into_owned),
    })
}

fn base64<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Vec<u8>>, D::Error> {
    parsed(from, |text| {
        base64::engine::general_purpose::STANDARD
            .decode(&*text)
            .map_err(|_| "expected standard base64 in `body_base64`".to_owned())
    })
}

fn moment<'de, D: Deserializer<'de>>(from: D) -> Result<Option<i64>, D::Error> {
    parsed(from, |text| {
        text.parse::<jiff::Timestamp>()
            .map(jiff::Timestamp::as_second)
            .map_err(|_| "expected an RFC 3339 time in `at`, like 2026-01-01T00:00:00Z".to_owned())
    })
}

fn address<'de, D: Deserializer<'de>>(from: D) -> Result<Option<IpAddr>, D::Error> {
    parsed(from, |text| {
        text.parse().map_err(|_| "expected an IPv4 or IPv6 address in `client_ip`".to_owned())
    })
}

/// What a text stands for, or null; refused where it stands.
fn parsed<'de, D: Deserializer<'de>, T>(
    from: D,
    parse: impl FnOnce(Cow<'de, str>) -> Result<T, String>,
) -> Result<Option<T>, D::Error> {
    let text: Option<Text<'de>> = Deserialize::deserialize(from)?;
    text.map(|text| parse(text.0).map_err(de::Error::custom)).transpose()
}

/// An object or null. What serde derives would take the fields as a list too.
fn object<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    from: D,
    expected: &'static str,
) -> Result<Option<T>, D::Error> {
    struct Object<T>(&'static str, PhantomData<T>);
    impl<'de, T: Deserialize<'de>> Visitor<'de> for Object<T> {
        type Value = Option<T>;

        fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
            out.write_str(self.0)
        }

        fn visit_unit<E>(self) -> Result<Self::Value, E> {
            Ok(None)
        }

        fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
            T::deserialize(MapAccessDeserializer::new(map)).map(Some)
        }
    }
    from.deserialize_any(Object(expected, PhantomData))
}

/// Reads one line; on a fault also tells the record's `id` as far as it can be read.
pub(super) fn request(text: &[u8], source: Source) -> Result<Request<'_>, (Fault, Option<String>)> {
    // The end of the line is where a text that breaks off ends.
    let text = text.trim_ascii_end();
    // A text that is UTF-8 as a whole needs no second look at each of its values.
    let record = match std::str::from_utf8(text) {
        Ok(text) => record(&mut serde_json::Deserializer::from_str(text)),
        Err(_) => record(&mut serde_json::Deserializer::from_slice(text)),
    };
    let record = record.map_err(|error| (fault(&error), probe_id(text)))?;
    let id = record.id.as_ref().map(|id| id.0.to_string());
    build(record, source).map_err(|message| {
        let place = Place { line: 1, column: 1 };
        (Fault::at(place, message), id)
    })
}

/// The one object of a line.
fn record<'de, R: serde_json::de::Read<'de>>(
    from: &mut serde_json::Deserializer<R>,
) -> serde_json::Result<Record<'de>> {
    const EXPECTED: &str = "a JSON object that describes a request";
    let record = object(&mut *from, EXPECTED)?;
    let record = record.ok_or_else(|| de::Error::invalid_type(de::Unexpected::Unit, &EXPECTED))?;
    from.end()?;
    Ok(record)
}

fn build(record: Record<'_>, source: Source) -> Result<Request<'_>, String> {
    let (at, client_ip) = (record.at, record.client_ip);
    let session = record
        .session
        .as_ref()
        .map(|session| Session { contact_id: session.contact_id, user_id: session.user_id });
    let id = record.id.as_ref().map(|id| id.0.clone());
    let mut notes = Vec::new();
    let kind = match record.call {
        Some(name) => Kind::Call(call(name, record)?),
        None => Kind::Http(http(record, &mut notes)?),
    };
    Ok(Request { id, source, at, session, client_ip, notes, unknowns: Vec::new(), kind })
}

fn http<'a>(record: Record<'a>, notes: &mut Vec<String>) -> Result<HttpRequest<'a>, String> {
    let stray = [
        ("cred", record.cred.is_some()),
        ("principal", record.principal.is_some()),
        ("flow", record.flow.is_some()),
        ("site_key", record.site_key.is_some()),
        ("use_session", record.use_session.is_some()),
        ("trusted", record.trusted.is_some()),
    ];
    if let Some((name, _)) = stray.iter().find(|(_, given)| *given) {
        return Err(format!("field `{name}` belongs to a PHP call: expected `call` beside it"));
    }
    let body = match (record.body, record.body_base64) {
        (Some(_), Some(_)) => return Err("expected only one of `body` and `body_base64`".into()),
        (Some(text), None) => Some(bytes(text.0)),
        (None, body) => body.map(Cow::Owned),
    };
    let method = match record.method {
        Some(method) => method,
        None if body.as_ref().is_some_and(|body| !body.is_empty()) => {
            return Err("expected `method` beside a body".into());
        }
        None => "GET".into(),
    };
    let parts = record.url.ok_or("expected `url`, or `call` for a call from PHP")?;
    notes.extend(parts.notes);
    Ok(HttpRequest {
        method,
        scheme: parts.scheme,
        authority: parts.authority,
        target: parts.target,
        headers: record.headers.map_or_else(Vec::new, |headers| headers.0),
        body: body.map(Into::into).unwrap_or_default(),
    })
}

fn call(name: CallName, record: Record<'_>) -> Result<PhpCall, String> {
    let stray = [
        ("method", record.method.is_some()),
        ("url", record.url.is_some()),
        ("headers", record.headers.is_some()),
        ("body", record.body.is_some()),
        ("body_base64", record.body_base64.is_some()),
    ];
    if let Some((name, _)) = stray.iter().find(|(_, given)| *given) {
        return Err(format!("field `{name}` belongs to an HTTP request: a PHP call has none"));
    }
    Ok(PhpCall {
        function: match name {
            CallName::AuthxLogin => CallFunction::AuthxLogin,
            CallName::PipeLogin => CallFunction::PipeLogin,
            CallName::Validate => CallFunction::Validate,
        },
        cred: record.cred.map(Secret::from),
        principal: record.principal.map(|principal| CallPrincipal {
            contact_id: principal.contact_id,
            user_id: principal.user_id,
            user: principal.user,
        }),
        flow: record.flow,
        site_key: record.site_key.map(Secret::from),
        use_session: record.use_session.unwrap_or(false),
        trusted: record.trusted.unwrap_or(true),
    })
}

/// An id: a text, or a whole number taken as its text.
struct Id<'a>(Cow<'a, str>);

impl<'de: 'a, 'a> Deserialize<'de> for Id<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct IdVisitor;
        impl<'de> Visitor<'de> for IdVisitor {
            type Value = Id<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text in `id`")
            }

            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Id<'de>, E> {
                Ok(Id(Cow::Borrowed(text)))
            }

            fn visit_str<E>(self, text: &str) -> Result<Id<'de>, E> {
                Ok(Id(Cow::Owned(text.to_owned())))
            }

            fn visit_u64<E>(self, number: u64) -> Result<Id<'de>, E> {
                Ok(Id(Cow::Owned(number.to_string())))
            }

            fn visit_i64<E>(self, number: i64) -> Result<Id<'de>, E> {
                Ok(Id(Cow::Owned(number.to_string())))
            }
        }
        deserializer.deserialize_any(IdVisitor)
    }
}

/// Header fields from an object or from a list of pairs.
struct Headers<'a>(Vec<Header<'a>>);

impl<'de: 'a, 'a> Deserialize<'de> for Headers<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(HeadersVisitor)
    }
}

struct HeadersVisitor;

impl HeadersVisitor {
    fn push<'a, E: de::Error>(
        headers: &mut Vec<Header<'a>>,
        name: Cow<'a, str>,
        value: Cow<'a, str>,
    ) -> Result<(), E> {
        if headers.len() >= limit::HEADERS {
            return Err(E::custom(format!("expected at most {} header fields", limit::HEADERS)));
        }
        headers.push(target::header(name, bytes(value)).map_err(E::custom)?);
        Ok(())
    }
}

impl<'de> Visitor<'de> for HeadersVisitor {
    type Value = Headers<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("`headers` as an object of texts or a list of [name, value] pairs")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Headers<'de>, A::Error> {
        let mut headers = Vec::with_capacity(8);
        while let Some((name, value)) = map.next_entry::<Text<'de>, Text<'de>>()? {
            Self::push(&mut headers, name.0, value.0)?;
        }
        Ok(Headers(headers))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Headers<'de>, A::Error> {
        let mut headers = Vec::with_capacity(8);
        while let Some((name, value)) = list.next_element::<(Text<'de>, Text<'de>)>()? {
            Self::push(&mut headers, name.0, value.0)?;
        }
        Ok(Headers(headers))
    }
}

/// The bytes of a text.
fn bytes(text: Cow<'_, str>) -> Cow<'_, [u8]> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.as_bytes()),
        Cow::Owned(text) => Cow::Owned(text.into_bytes()),
    }
}

/// A text that is borrowed when it can be, also inside tuples and maps.
#[derive(Deserialize)]
struct Text<'a>(#[serde(borrow)] Cow<'a, str>);

/// What is wrong with a line, without the values that serde repeats in its messages.
fn fault(error: &serde_json::Error) -> Fault {
    let place = Place { line: 1, column: u64::try_from(error.column()).unwrap_or(u64::MAX).max(1) };
    Fault::at(place, json::message(error))
}

/// The `id` of a line that could not be read as a whole, as far as its JSON goes.
fn probe_id(text: &[u8]) -> Option<String> {
    struct Probe<'a>(&'a mut Option<String>);
    impl<'de> Visitor<'de> for Probe<'_> {
        type Value = ();

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an object")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
            while let Some(name) = map.next_key::<Text<'de>>()? {
                if name.0 == "id" {
                    *self.0 = Some(map.next_value::<Id<'de>>()?.0.into_owned());
                } else {
                    map.next_value::<IgnoredAny>()?;
                }
            }
            Ok(())
        }
    }
    let mut id = None;
    let mut deserializer = serde_json::Deserializer::from_slice(text);
    // Only what was seen before the fault matters here; the fault itself is reported already.
    let _ = deserializer.deserialize_map(Probe(&mut id));
    id
}

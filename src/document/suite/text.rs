//! What a test file can say, field by field. Nothing here has a `Debug` that would show a request.

use std::fmt;
use std::net::IpAddr;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::super::export::ExportedObject;
use super::super::model::Document;
use super::super::place::At;
use super::super::text::parsed;
use super::super::time::Moment;
use super::super::word::{Vocabulary, Word};
use super::Expect;
use crate::verify::System;

/// A test file.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct SuiteText {
    /// What the cases are judged against; absent: the store.
    pub(super) policy: Option<At<PolicyText>>,
    /// The moment of all decisions.
    pub(super) at: Option<Moment>,
    /// The system that all cases ask.
    pub(super) system: Option<Word<System>>,
    /// The cases.
    pub(super) cases: Vec<CaseText>,
}

/// One case.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CaseText {
    /// What it claims.
    pub(super) name: At<String>,
    /// The request.
    pub(super) request: At<RequestText>,
    /// The moment of the decision, where the request does not say it.
    #[serde(default)]
    pub(super) at: Option<Moment>,
    /// An active cookie session, where the request does not say it.
    #[serde(default)]
    pub(super) session: Option<SessionText>,
    /// The client's address, where the request does not say it.
    #[serde(default)]
    pub(super) client_ip: Option<Address>,
    /// The system that is asked.
    #[serde(default)]
    pub(super) system: Option<Word<System>>,
    /// What is assumed of the site.
    #[serde(default)]
    pub(super) assume: Vec<At<String>>,
    /// The expected verdict.
    pub(super) expect: Expect,
}

/// `session`
#[derive(Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SessionText {
    #[serde(default)]
    pub(super) contact_id: Option<i64>,
    #[serde(default)]
    pub(super) user_id: Option<i64>,
}

impl Vocabulary for System {
    const MEMBERS: &'static [Self] = &[Self::CiviCrm, Self::Drupal];

    fn word(self) -> &'static str {
        self.name()
    }
}

/// A request: a curl command or raw HTTP as text, or a record with the fields of a JSON line.
pub(super) enum RequestText {
    Text(String),
    Record(ExportedObject),
}

impl<'de> Deserialize<'de> for RequestText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RequestVisitor)
    }
}

struct RequestVisitor;

impl<'de> Visitor<'de> for RequestVisitor {
    type Value = RequestText;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a curl command, a raw HTTP request, or the fields of a request")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<RequestText, E> {
        Ok(RequestText::Text(text.to_owned()))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<RequestText, A::Error> {
        ExportedObject::deserialize(MapAccessDeserializer::new(map)).map(RequestText::Record)
    }
}

/// A policy: the name of its file, or the document itself.
pub(super) enum PolicyText {
    File(String),
    Here(Box<Document>),
}

impl<'de> Deserialize<'de> for PolicyText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(PolicyVisitor)
    }
}

struct PolicyVisitor;

impl<'de> Visitor<'de> for PolicyVisitor {
    type Value = PolicyText;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a policy document, or the name of a file that holds one")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<PolicyText, E> {
        Ok(PolicyText::File(name.to_owned()))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<PolicyText, A::Error> {
        let document = Document::deserialize(MapAccessDeserializer::new(map))?;
        Ok(PolicyText::Here(Box::new(document)))
    }
}

/// A client's address.
#[derive(Clone, Copy)]
pub(super) struct Address(pub(super) IpAddr);

impl<'de> Deserialize<'de> for Address {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        parsed(deserializer, "an IPv4 or IPv6 address", |text| {
            text.parse().map(Self).map_err(|_| String::new())
        })
    }
}

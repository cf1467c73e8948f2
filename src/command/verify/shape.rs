//! Requests of one shape: those that differ in nothing that a verdict depends on.
//!
//! Most of a batch is a few programs that ask the same with different keys. One verdict is made for each
//! shape, as a [`Template`], and filled in for the others. Of CiviCRM's requests alone, with one API key
//! in a header or no credential at all: what its verdicts depend on is certain ([`Essence`]).

use std::collections::HashMap;

use foldhash::fast::RandomState;

use super::template::{self, Looks, Template, Values};
use crate::cli::Failure;
use crate::store::Match;
use crate::verify::civicrm::Essence;
use crate::verify::{Header, Kind, Request, same_header};

/// How much memory a worker's templates may take, and the description of one shape.
const MOST: usize = 6 << 20;
const LONGEST: usize = 4 << 10;

/// A request that has a shape.
pub(super) struct Shape<'a> {
    request: &'a Request<'a>,
    essence: Essence<'a>,
    /// The API key that it presents, and the header that does.
    key: Option<(&'a Header<'a>, &'a [u8])>,
}

impl<'a> Shape<'a> {
    /// Looks at a request.
    pub(super) fn of(request: &'a Request<'_>) -> Option<Self> {
        let Kind::Http(http) = &request.kind else { return None };
        let alone = request.session.is_none()
            && request.unknowns.is_empty()
            && request.source.entry.is_none();
        if !alone {
            return None;
        }
        let essence = Essence::of(http);
        let mut credentials = essence.headers().filter(|header| is_credential(header));
        let key = match (credentials.next(), credentials.next()) {
            (None, _) => None,
            (Some(header), None) => Some((header, key_in(header)?)),
            (Some(_), Some(_)) => return None,
        };
        Some(Self { request, essence, key })
    }

    /// The API key that it presents.
    pub(super) fn key(&self) -> Option<&'a [u8]> {
        self.key.map(|(_, key)| key)
    }

    /// Writes down what the verdict depends on, `found` being what is known of the key.
    fn describe(&self, found: Option<&Match<'_>>, now: i64, out: &mut Vec<u8>) {
        out.clear();
        let mut part = |bytes: &[u8]| {
            out.extend_from_slice(&u32::try_from(bytes.len()).unwrap_or(u32::MAX).to_le_bytes());
            out.extend_from_slice(bytes);
        };
        part(self.essence.method().as_bytes());
        part(self.essence.target().as_bytes());
        part(self.essence.body());
        part(self.request.source.file.as_bytes());
        for header in self.essence.headers() {
            part(header.name.as_bytes());
            let holds_key = self.key.is_some_and(|(holder, _)| std::ptr::eq(holder, header));
            part(if holds_key { b"" } else { &header.value });
        }
        out.push(self.request.id.is_some().into());
        out.push(self.request.source.line.is_some().into());
        out.push(self.key().map_or(0, |key| Looks::of(key) as u8 + 1));
        let moment = self.request.at.unwrap_or(now);
        let class = found.map_or(u64::MAX, |found| found.class(moment));
        out.extend_from_slice(&class.to_le_bytes());
    }

    /// The request with marks for what is its own, and nothing in it that does not matter.
    pub(super) fn marked(&self) -> Request<'a> {
        let mut marked = self.essence.alone(self.request);
        template::mark_request(&mut marked);
        if let (Kind::Http(http), Some(mark)) = (&mut marked.kind, self.mark())
            && let Some(header) = http.headers.iter_mut().find(|header| is_credential(header))
        {
            header.value = [BEARER, mark].concat().into();
        }
        marked
    }

    /// The key of the marked request.
    pub(super) fn mark(&self) -> Option<&'static [u8]> {
        self.key().map(|key| Looks::of(key).mark())
    }
}

const BEARER: &[u8] = b"Bearer ";

fn is_credential(header: &Header) -> bool {
    same_header(&header.name, "X-Civi-Auth") || same_header(&header.name, "Authorization")
}

/// The key in a header. A text with other characters could be a token.
fn key_in<'a>(header: &'a Header<'_>) -> Option<&'a [u8]> {
    let text = header.value.strip_prefix(BEARER)?;
    let plain = text.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'_');
    (plain && !text.is_empty()).then_some(text)
}

/// The shapes that a worker has met.
#[derive(Default)]
pub(super) struct Shapes {
    known: HashMap<Vec<u8>, Known, RandomState>,
    templates: Vec<Template>,
    size: usize,
    description: Vec<u8>,
}

/// What is known of a shape.
#[derive(Clone, Copy)]
enum Known {
    /// It has come once: many never come again.
    Once,
    /// The place of its template.
    Template(usize),
    /// It has none: its requests are judged one by one.
    Whole,
}

impl Shapes {
    /// The template for a request; `make` is asked for the second of its shape. Once they have taken their
    /// memory, no more are made: what comes often comes early.
    pub(super) fn template(
        &mut self,
        shape: &Shape<'_>,
        values: &Values<'_>,
        now: i64,
        make: impl FnOnce() -> Result<Option<Template>, Failure>,
    ) -> Result<Option<&Template>, Failure> {
        shape.describe(values.found(), now, &mut self.description);
        let place = match self.known.get_mut(&self.description) {
            Some(Known::Template(place)) => *place,
            Some(Known::Whole) => return Ok(None),
            Some(once) => {
                let Some(template) = make()? else {
                    *once = Known::Whole;
                    return Ok(None);
                };
                self.size += template.size();
                self.templates.push(template);
                let place = self.templates.len() - 1;
                *once = Known::Template(place);
                place
            }
            None => {
                if self.size < MOST && self.description.len() <= LONGEST {
                    self.size += self.description.len() + 64;
                    self.known.insert(self.description.clone(), Known::Once);
                }
                return Ok(None);
            }
        };
        Ok(self.templates.get(place))
    }
}

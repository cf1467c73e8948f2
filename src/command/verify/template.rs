//! A verdict with blanks for what is a request's own: its id and line, the key's number and hint, the
//! owner's name and numbers.
//!
//! A decision does not calculate with those, and so two requests that differ in nothing else have
//! verdicts that differ there alone. A template is the verdict on a request with marks in their place.
//! It counts only when, filled in, it is byte for byte a verdict that was made in full, and when the
//! marks cannot have come from anywhere else.

use std::io;

use super::judge::{Brief, Whom};
use crate::credential::{ApiKey, Shape};
use crate::output::VerdictForm;
use crate::store::Match;
use crate::verify::{Code, Decision, Facts, Owner, Request, Response, Verdict};

const ID: &str = "zqx-request-zqx";
const NAME: &str = "zqx-name-zqx";
const HINT: &str = "aku_Zqx8";
const LINE: u64 = 7_314_159_271;
const KEY: i64 = 7_314_159_272;
const USER: i64 = 7_314_159_273;
const CONTACT: i64 = 7_314_159_274;

/// Keys for marked requests: a whole one of ours, one with a wrong checksum, one of another make.
const WHOLE: &str = "aku_Zqx8kMarkOfTemplatesQz3eFVb0";
const CUT: &str = "aku_Zqx8kMarkOfTemplates";
const FOREIGN: &str = "zqxMarkOfTemplates8kQzR4vT7wP2mN";

/// How a key looks, which is all that a verdict tells of its text besides the hint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Looks {
    /// A key of ours with the right checksum.
    Whole,
    /// A key of ours with a wrong one.
    Cut,
    /// A key of another make.
    Foreign,
}

impl Looks {
    /// How a text looks.
    pub(super) fn of(text: &[u8]) -> Self {
        match ApiKey::inspect(text) {
            Shape::Own { checksum_ok: true, .. } => Self::Whole,
            Shape::Own { checksum_ok: false, .. } => Self::Cut,
            Shape::Foreign => Self::Foreign,
        }
    }

    /// The mark that looks so.
    pub(super) fn mark(self) -> &'static [u8] {
        let mark = match self {
            Self::Whole => WHOLE,
            Self::Cut => CUT,
            Self::Foreign => FOREIGN,
        };
        mark.as_bytes()
    }
}

/// What a template is filled with.
#[derive(Clone, Copy)]
pub(super) struct Values<'a> {
    request: &'a Request<'a>,
    key: Option<&'a [u8]>,
    found: Option<Match<'a>>,
}

impl<'a> Values<'a> {
    /// The values of a request; `None` when one of them is out of the ordinary.
    pub(super) fn of(
        request: &'a Request<'a>,
        key: Option<&'a [u8]>,
        found: Option<Match<'a>>,
    ) -> Option<Self> {
        // User 1 may be Drupal's super user.
        let ordinary = |found: &Match<'_>| found.user_id() != Some(1) && found.has_plain_name();
        found.as_ref().is_none_or(ordinary).then_some(Self { request, key, found })
    }

    /// What is known of the key.
    pub(super) fn found(&self) -> Option<&Match<'a>> {
        self.found.as_ref()
    }

    fn user_id(&self) -> Option<i64> {
        self.found.and_then(|found| found.user_id())
    }

    fn contact_id(&self) -> Option<i64> {
        self.found.and_then(|found| found.contact_id())
    }

    fn write(&self, blank: Blank, out: &mut Vec<u8>) -> io::Result<()> {
        let source = &self.request.source;
        match blank {
            Blank::Id => serde_json::to_writer(out, &self.request.id)?,
            Blank::Line => serde_json::to_writer(out, &source.line)?,
            Blank::Key => serde_json::to_writer(out, &self.found.map(|found| found.key_id()))?,
            Blank::User => serde_json::to_writer(out, &self.user_id())?,
            Blank::Contact => serde_json::to_writer(out, &self.contact_id())?,
            Blank::Name => {
                let name = self.found.map(|found| found.user_name());
                out.extend_from_slice(name.unwrap_or_default().as_bytes());
            }
            Blank::Hint => {
                let hint = self.key.and_then(|key| key.get(..HINT.len()));
                out.extend_from_slice(hint.unwrap_or_default());
            }
        }
        Ok(())
    }
}

/// What is left open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Blank {
    Id,
    Line,
    Key,
    User,
    Contact,
    Name,
    Hint,
}

/// The verdict on every request of a shape.
pub(super) struct Template {
    decision: Decision,
    reason: Code,
    flow: Option<String>,
    response: Option<Response>,
    /// Whether it names an account, and a contact, where it names anybody.
    names: Option<[bool; 2]>,
    /// Its text in pieces, and what stands behind each.
    parts: Vec<(Vec<u8>, Blank)>,
    end: Vec<u8>,
}

impl Template {
    /// Makes a template of the verdict on a marked request, and holds it against the `verdict` on the
    /// request itself.
    pub(super) fn new(
        form: VerdictForm,
        marked: Verdict,
        verdict: &Verdict,
        values: &Values<'_>,
    ) -> io::Result<Option<Self>> {
        let (mut text, mut wanted, mut filled) = (Vec::new(), Vec::new(), Vec::new());
        form.write(&marked, &mut text)?;
        form.write(verdict, &mut wanted)?;
        let principal = marked.principal.as_ref();
        let mut template = Self {
            decision: marked.decision,
            reason: marked.reason,
            names: principal.map(|named| [named.user_id.is_some(), named.contact_id.is_some()]),
            flow: marked.flow,
            response: marked.response,
            parts: Vec::new(),
            end: Vec::new(),
        };
        template.open(&text);
        template.write(values, &mut filled)?;
        // A mark in the verdict itself would be taken for a blank where it is none.
        let foreign = blanks(&wanted).next().is_some();
        let same = filled == wanted && template.brief(values) == Brief::of(verdict);
        Ok((same && !foreign).then_some(template))
    }

    /// Takes a text apart at its marks.
    fn open(&mut self, text: &[u8]) {
        let mut done = 0;
        for (at, length, blank) in blanks(text) {
            // Marks do not overlap, but for the quotes of an id.
            let before = text.get(done..at).unwrap_or_default();
            self.parts.push((before.to_vec(), blank));
            done = at + length;
        }
        self.end = text.get(done..).unwrap_or_default().to_vec();
    }

    /// About how much memory it takes.
    pub(super) fn size(&self) -> usize {
        let parts = self.parts.iter().map(|(text, _)| text.len() + size_of::<(Vec<u8>, Blank)>());
        size_of::<Self>() + parts.sum::<usize>() + self.end.len()
    }

    /// Writes the verdict.
    pub(super) fn write(&self, values: &Values<'_>, out: &mut Vec<u8>) -> io::Result<()> {
        for (text, blank) in &self.parts {
            out.extend_from_slice(text);
            values.write(*blank, out)?;
        }
        out.extend_from_slice(&self.end);
        Ok(())
    }

    /// What is counted of the verdict.
    pub(super) fn brief(&self, values: &Values<'_>) -> Brief<'_> {
        Brief {
            decision: self.decision,
            reason: self.reason,
            flow: self.flow.as_deref(),
            response: self.response.as_ref(),
            whom: self.names.map(|[user, contact]| Whom {
                user_id: values.user_id().filter(|_| user),
                contact_id: values.contact_id().filter(|_| contact),
            }),
        }
    }
}

/// The marks in a text: where each is, its length, and what it stands for.
fn blanks(text: &[u8]) -> impl Iterator<Item = (usize, usize, Blank)> {
    let marks = [
        (format!("\"{ID}\""), Blank::Id),
        (LINE.to_string(), Blank::Line),
        (KEY.to_string(), Blank::Key),
        (USER.to_string(), Blank::User),
        (CONTACT.to_string(), Blank::Contact),
        (NAME.to_owned(), Blank::Name),
        (HINT.to_owned(), Blank::Hint),
    ];
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let rest = text.get(at..).filter(|rest| !rest.is_empty())?;
            // Most places begin no mark.
            let may_be = matches!(
                rest,
                [b'"', b'z', ..] | [b'7', b'3', ..] | [b'z', b'q', ..] | [b'a', b'k', ..]
            );
            let mark = may_be
                .then(|| marks.iter().find(|(mark, _)| rest.starts_with(mark.as_bytes())))
                .flatten();
            let here = at;
            match mark {
                Some((mark, blank)) => {
                    at += mark.len();
                    return Some((here, mark.len(), *blank));
                }
                None => at += 1,
            }
        }
    })
}

/// Puts marks for the id and the line.
pub(super) fn mark_request(request: &mut Request) {
    request.id = request.id.as_ref().map(|_| ID.into());
    request.source.line = request.source.line.map(|_| LINE);
}

/// The facts with marks for names and numbers.
pub(super) fn mark_facts(facts: &mut Facts) {
    for key in facts.keys.iter_mut().flat_map(|(_, keys)| keys) {
        key.key_id = KEY;
        key.owner = match key.owner {
            Owner::User(_) => Owner::User(USER),
            Owner::Contact(_) => Owner::Contact(CONTACT),
            other => other,
        };
    }
    let users = std::mem::take(&mut facts.users).into_values().map(|mut user| {
        user.id = USER;
        NAME.clone_into(&mut user.name);
        user.contact_id = user.contact_id.map(|_| CONTACT);
        (USER, user)
    });
    facts.users = users.collect();
    let contacts = std::mem::take(&mut facts.contacts).into_values().map(|mut contact| {
        contact.id = CONTACT;
        contact.user_id = contact.user_id.map(|_| USER);
        (CONTACT, contact)
    });
    facts.contacts = contacts.collect();
}

#[cfg(test)]
mod tests {
    use super::{HINT, Looks};
    use crate::credential::{ApiKey, is_strong};

    #[test]
    fn marks_look_as_they_should() {
        for looks in [Looks::Whole, Looks::Cut, Looks::Foreign] {
            assert_eq!(Looks::of(looks.mark()), looks);
            assert!(is_strong(looks.mark()));
        }
        assert_eq!(ApiKey::hint(Looks::Whole.mark()).as_deref(), Some(HINT));
    }
}

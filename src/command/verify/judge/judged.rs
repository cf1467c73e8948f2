//! A verdict of a batch, whole or filled in, and what is counted of it.

use std::io;

use super::super::people::Person;
use super::super::template::{Template, Values};
use crate::output::VerdictForm;
use crate::verify::{Code, Decision, Response, Verdict};

/// A verdict: by itself, or by the template of its shape.
pub(in crate::command::verify) enum Judged<'w> {
    /// By itself.
    Whole(Box<Verdict>),
    /// A template, and what to fill it with.
    Filled(&'w Template, Values<'w>),
}

/// What is counted of a verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::command::verify) struct Brief<'w> {
    /// What the site decides.
    pub(in crate::command::verify) decision: Decision,
    /// The deciding check.
    pub(in crate::command::verify) reason: Code,
    /// The flow.
    pub(in crate::command::verify) flow: Option<&'w str>,
    /// What the client sees.
    pub(in crate::command::verify) response: Option<&'w Response>,
    /// Whom it names.
    pub(in crate::command::verify) whom: Option<Whom>,
}

/// Whom a verdict names, by numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::command::verify) struct Whom {
    /// The account.
    pub(in crate::command::verify) user_id: Option<i64>,
    /// The contact.
    pub(in crate::command::verify) contact_id: Option<i64>,
}

impl<'w> Brief<'w> {
    /// What is counted of a whole verdict.
    pub(in crate::command::verify) fn of(verdict: &'w Verdict) -> Self {
        let principal = verdict.principal.as_ref();
        Self {
            decision: verdict.decision,
            reason: verdict.reason,
            flow: verdict.flow.as_deref(),
            response: verdict.response.as_ref(),
            whom: principal
                .map(|named| Whom { user_id: named.user_id, contact_id: named.contact_id }),
        }
    }

    /// As whom it is counted.
    pub(in crate::command::verify) fn person(&self) -> Person {
        Person::of(self.whom)
    }
}

impl Judged<'_> {
    /// What is counted of it.
    pub(in crate::command::verify) fn brief(&self) -> Brief<'_> {
        match self {
            Self::Whole(verdict) => Brief::of(verdict),
            Self::Filled(template, values) => template.brief(values),
        }
    }

    /// Writes it.
    pub(in crate::command::verify) fn write(
        &self,
        form: VerdictForm,
        out: &mut Vec<u8>,
    ) -> io::Result<()> {
        match self {
            Self::Whole(verdict) => form.write(verdict, out),
            Self::Filled(template, values) => template.write(values, out),
        }
    }
}

//! What a case expects of its verdict, and where the verdict differs.

use std::fmt::Display;

use serde::{Deserialize, Deserializer, Serialize};

use super::super::field::Field;
use super::super::suggest::did_you_mean;
use super::super::text::parsed;
use super::super::word::{Vocabulary, Word};
use crate::verify::{Code, Decision, System, Verdict};

/// The expected verdict. What is not mentioned may be anything; `null` expects that there is none.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Expect {
    /// The decision.
    decision: Word<Decision>,
    /// The deciding check.
    #[serde(default)]
    reason: Option<KnownCode>,
    /// The status that the client sees.
    #[serde(default)]
    status: Field<u16>,
    /// The system that was judged.
    #[serde(default)]
    system: Option<Word<System>>,
    /// AuthX's flow.
    #[serde(default)]
    flow: Field<String>,
    /// The credential's type.
    #[serde(default)]
    credential: Field<String>,
    /// The account's name.
    #[serde(default)]
    user: Field<String>,
    /// The account's id.
    #[serde(default)]
    user_id: Field<i64>,
    /// The contact's id.
    #[serde(default)]
    contact_id: Field<i64>,
    /// Whether a session starts or matched.
    #[serde(default)]
    session: Option<bool>,
    /// Warnings that must be there; others may be.
    #[serde(default)]
    warnings: Vec<KnownCode>,
}

/// A field of a verdict that is not what it should be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Mismatch {
    /// The field.
    pub(crate) field: &'static str,
    /// What was expected.
    pub(crate) expected: String,
    /// What the verdict has.
    pub(crate) observed: String,
}

impl Expect {
    /// Where a verdict is not as expected.
    pub(crate) fn mismatches(&self, verdict: &Verdict) -> Vec<Mismatch> {
        let mut compared = Compared::default();
        compared.word("decision", self.decision.0.name(), Some(verdict.decision.name()));
        if let Some(KnownCode(reason)) = self.reason {
            compared.word("reason", reason.as_str(), Some(verdict.reason.as_str()));
        }
        compared.field("status", &self.status, verdict.status().as_ref());
        if let Some(Word(system)) = self.system {
            compared.word("system", system.name(), verdict.system.map(System::name));
        }
        compared.field("flow", &self.flow, verdict.flow.as_ref());
        let kind = verdict.credential.as_ref().map(|credential| &credential.kind);
        compared.field("credential", &self.credential, kind);
        let principal = verdict.principal.clone().unwrap_or_default();
        compared.field("user", &self.user, principal.user.as_ref());
        compared.field("user_id", &self.user_id, principal.user_id.as_ref());
        compared.field("contact_id", &self.contact_id, principal.contact_id.as_ref());
        if let Some(session) = self.session {
            compared.field("session", &Field::Set(session), Some(&verdict.session));
        }
        for KnownCode(warning) in &self.warnings {
            let there = verdict.warnings.iter().any(|it| it.code == *warning);
            compared.word("warnings", warning.as_str(), there.then_some(warning.as_str()));
        }
        compared.mismatches
    }
}

/// What was found to differ.
#[derive(Default)]
struct Compared {
    mismatches: Vec<Mismatch>,
}

impl Compared {
    fn word(&mut self, field: &'static str, expected: &str, observed: Option<&str>) {
        self.add(field, Some(expected), observed);
    }

    /// Compares a field, where it is mentioned.
    fn field<T: Display + PartialEq>(
        &mut self,
        field: &'static str,
        wanted: &Field<T>,
        observed: Option<&T>,
    ) {
        if !wanted.is_kept() {
            self.add(field, wanted.set(), observed);
        }
    }

    fn add<T: Display + PartialEq + ?Sized>(
        &mut self,
        field: &'static str,
        expected: Option<&T>,
        observed: Option<&T>,
    ) {
        if expected != observed {
            let (expected, observed) = (shown(expected), shown(observed));
            self.mismatches.push(Mismatch { field, expected, observed });
        }
    }
}

/// A value, or `none`; a text that is this word is quoted.
fn shown<T: Display + ?Sized>(value: Option<&T>) -> String {
    const NONE: &str = "none";
    match value.map(T::to_string) {
        None => NONE.to_owned(),
        Some(text) if text == NONE => format!("`{NONE}`"),
        Some(text) => text,
    }
}

impl Vocabulary for Decision {
    const MEMBERS: &'static [Self] =
        &[Self::Allow, Self::Deny, Self::Anonymous, Self::Indeterminate];

    fn word(self) -> &'static str {
        self.name()
    }
}

/// A code of the documented list.
#[derive(Clone, Copy)]
struct KnownCode(Code);

impl<'de> Deserialize<'de> for KnownCode {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let expected = "a reason as verdicts have it, such as `authx.guard.unsatisfied`";
        parsed(deserializer, expected, |text| {
            let known = Code::named(text).map(Self);
            known.ok_or_else(|| did_you_mean(text, Code::all().map(Code::as_str)))
        })
    }
}

//! Whom an attempt is about: `AuthenticatorTarget` of `ext/authx/Civi/Authx/Authenticator.php`.

use super::code;
use super::site::Site;
use super::trace::{Refusal, Trace};
use crate::verify::php;
use crate::verify::{CallPrincipal, Credential, Principal};

/// The credential type of a principal that the caller vouches for.
pub(super) const ASSIGNED: &str = "assigned";

/// A contact as upstream holds it: a text, which a token may spell in several ways.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ContactRef {
    text: String,
}

impl ContactRef {
    /// The contact of a row, or of a PHP caller.
    pub(super) fn of(id: i64) -> Self {
        Self { text: id.to_string() }
    }

    /// The contact that a token spells.
    pub(super) fn spelled(text: &str) -> Self {
        Self { text: text.to_owned() }
    }

    /// The text, by which sessions are compared.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The number that `(int)` and `%d` make of it.
    pub(super) fn id(&self) -> i64 {
        php::integer(self.text.as_bytes())
    }

    /// The row that APIv4 finds by it: MySQL compares numbers, and other texts find none.
    pub(super) fn row_id(&self) -> Option<i64> {
        let whole = || self.text.trim().parse::<f64>().is_ok_and(|number| number.fract() == 0.0);
        let found = php::is_numeric(self.text.as_bytes()) && (self.is_integer() || whole());
        found.then(|| self.id())
    }

    /// Whether `CRM_Utils_Type` takes it for an integer.
    pub(super) fn is_integer(&self) -> bool {
        // The `$` of its pattern stands before a line break at the end, too.
        let digits = self.text.strip_suffix('\n').unwrap_or(&self.text);
        digits.bytes().all(|byte| byte.is_ascii_digit()) || self.text == self.id().to_string()
    }
}

/// What is known of the attempt's credential and of whom it stands for.
#[derive(Clone, Debug, Default)]
pub(super) struct Target {
    /// `pass`, `api_key`, `jwt`, `assigned`; before the credential is found good, what it looks like.
    pub(super) kind: Option<&'static str>,
    pub(super) key_id: Option<i64>,
    pub(super) hint: Option<String>,
    pub(super) contact: Option<ContactRef>,
    pub(super) user_id: Option<i64>,
}

impl Target {
    /// Upstream's `hasPrincipal`.
    pub(super) fn has_principal(&self) -> bool {
        self.user_id.is_some() || self.contact.is_some()
    }

    /// Takes a contact, and the user linked to it.
    pub(super) fn set_contact(&mut self, site: Site<'_>, contact: ContactRef) {
        self.user_id = site.user_of_contact(contact.id());
        self.contact = Some(contact);
    }

    /// Takes a user, and the contact linked to it.
    pub(super) fn set_user(&mut self, site: Site<'_>, user_id: i64) {
        self.contact = site.contact_of_user(user_id).map(ContactRef::of);
        self.user_id = Some(user_id);
    }

    /// Takes the principal that a PHP caller vouches for. Zero and the user name `0` count as missing;
    /// a name is looked up unless an id is there too.
    pub(super) fn assign(
        &mut self,
        site: Site<'_>,
        given: &CallPrincipal,
        trace: &mut Trace,
    ) -> Result<(), Refusal> {
        self.kind = Some(ASSIGNED);
        let mut user_id = given.user_id;
        let named = given.user.as_deref().filter(|name| php::is_truthy(name.as_bytes()));
        if let Some(name) = named {
            user_id = user_id.or_else(|| site.facts.user_named(name).map(|user| user.id));
        }
        let user_id = user_id.filter(|id| *id != 0);
        let contact_id = given.contact_id.filter(|id| *id != 0);
        let unusable = named.is_some() && user_id.is_none();
        match (user_id, contact_id) {
            _ if unusable => {}
            (Some(user), Some(contact)) => {
                self.user_id = Some(user);
                self.contact = Some(ContactRef::of(contact));
            }
            (Some(user), None) => self.set_user(site, user),
            (None, Some(contact)) => self.set_contact(site, ContactRef::of(contact)),
            (None, None) => {}
        }
        let found = self.has_principal();
        let observed = match (named, found) {
            (_, true) => format!("the caller vouches for {}", self.shown(site)),
            (Some(name), false) => format!("no user is called `{name}`"),
            (None, false) => "neither user nor contact is named".to_owned(),
        };
        let required = "contactId, userId, or the name of an existing user";
        trace.check(found, code::PRINCIPAL, "principal", observed, required);
        if found {
            return Ok(());
        }
        let message = "Must specify principal with valid user, userId, or contactId";
        Err(Refusal::Throw(code::PRINCIPAL_INVALID, message.to_owned()))
    }

    /// The principal for people.
    pub(super) fn shown(&self, site: Site<'_>) -> String {
        match (&self.contact, self.user_id) {
            (Some(contact), Some(user)) => {
                format!("{} (contact {}, user {user})", site.user_name(user), contact.text())
            }
            (Some(contact), None) => format!("contact {} (no user)", contact.text()),
            (None, Some(user)) => format!("{} (user {user}, no contact)", site.user_name(user)),
            (None, None) => "nobody".to_owned(),
        }
    }

    /// The principal's name in the middle of a sentence.
    pub(super) fn name(&self, site: Site<'_>) -> String {
        match (self.user_id, &self.contact) {
            (Some(user), _) => site.user_name(user),
            (None, Some(contact)) => format!("contact {}", contact.text()),
            (None, None) => "nobody".to_owned(),
        }
    }

    /// The verdict's `credential`.
    pub(super) fn credential(&self) -> Option<Credential> {
        let kind = self.kind?.to_owned();
        Some(Credential::new(kind, self.key_id, self.hint.as_deref()))
    }

    /// The verdict's `principal`.
    pub(super) fn principal(&self, site: Site<'_>) -> Option<Principal> {
        let contact_id = self.contact.as_ref().map(ContactRef::id).filter(|id| *id != 0);
        let user = self.user_id.and_then(|id| site.user(id)).map(|user| user.name.clone());
        let named = self.user_id.is_some() || contact_id.is_some();
        named.then_some(Principal { user, user_id: self.user_id, contact_id })
    }
}

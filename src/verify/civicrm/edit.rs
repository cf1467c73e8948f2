//! Changes to the request that a remedy proposes, applied in memory.
//!
//! A credential that is still to be made is stood in for, with its owner where nobody is named.

use super::attempt::{Attempt, Given};
use super::credential::Scheme;
use super::remedy::Trial;
use super::rewrite::{self, LEGACY, header_of};
use super::setting::token_rules;
use super::site::Site;
use super::{api_key, site_command};
use crate::credential::Secret;
use crate::credential::jwt::{self, SignKeys};
use crate::verify::shell::{named, option};
use crate::verify::{CallPrincipal, Change, KeyFact, Kind, Owner, PasswordFact, change};

/// One change of the request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Edit {
    /// Sends the site key the way the flow wants it.
    SiteKey {
        /// The flow.
        flow: String,
        /// Whether the site's is empty, so that none is to be sent.
        empty: bool,
    },
    /// Sends the credential in the header of flow `xheader` or `header`, and nowhere else.
    Header(&'static str),
    /// Leaves a header out.
    Drop(&'static str),
    /// Leaves the legacy parameters out.
    DropLegacy,
    /// Writes the scheme as AuthX wants it, or puts the missing one before the text.
    Scheme {
        /// The flow.
        flow: String,
        /// The credential, mended.
        cred: Vec<u8>,
    },
    /// Sends the text of `_authx[]` as `_authx`.
    Text {
        /// The flow.
        flow: String,
        /// The text.
        cred: Vec<u8>,
    },
    /// Sends a key as it is stored, where only case, accents or blanks differ.
    Exact(i64),
    /// Leaves the session's cookie out.
    NoSession,
    /// Sends a new token for the contact, or for one that exists.
    NewToken {
        /// The flow.
        flow: String,
        /// The contact.
        contact_id: Option<i64>,
    },
    /// Sends another key: the owner's, or that of a user who may log in.
    NewKey {
        /// The flow.
        flow: String,
        /// A user or a contact.
        owner: Option<Owner>,
    },
    /// Sends the password that the user is given.
    NewPassword {
        /// The flow.
        flow: String,
        /// The user's name.
        user: String,
    },
    /// Names a principal that exists.
    Principal,
    /// Leaves the flow to the call's own default.
    Script,
}

/// What stands for a credential that is still to be made.
const NEW: &str = "to be made";

/// What stands for a user whom the administrator has to name.
pub(super) const USER: &str = "USER";

impl Edit {
    /// Changes the request of a trial, and adds what a new credential stands for; `None` if that cannot
    /// be done.
    pub(super) fn apply(&self, trial: &mut Trial, now: i64) -> Option<()> {
        let Trial { request, policy, facts, .. } = trial;
        match (self, &mut request.kind) {
            (Self::NoSession, _) => request.session = None,
            (Self::SiteKey { flow, .. }, kind) => {
                rewrite::send_site_key(policy.civicrm.site_key.clone()?, flow, kind)?;
            }
            (Self::Scheme { flow, cred } | Self::Text { flow, cred }, kind) => {
                rewrite::replace(kind, flow, cred)?;
            }
            (Self::Exact(id), _) => {
                let keys = facts.keys.iter_mut().flat_map(|(_, keys)| keys);
                keys.filter(|key| key.key_id == *id).for_each(|key| key.exact = true);
            }
            (Self::NewToken { flow, contact_id }, kind) => {
                let contact = contact_id.unwrap_or_else(|| change::add_contact(facts));
                let site = Site { policy, facts, now };
                rewrite::replace(kind, flow, &new_token(site, contact)?)?;
            }
            (Self::NewKey { flow, owner }, kind) => {
                let owner = owner.unwrap_or_else(|| {
                    let contact_id = change::add_contact(facts);
                    let user = Change::AddUser { user: USER.to_owned(), contact_id };
                    user.apply_to_facts(policy, facts);
                    Owner::Contact(contact_id)
                });
                facts.keys.push((Secret::from(NEW), vec![KeyFact::plain(0, owner)]));
                rewrite::replace(kind, flow, format!("Bearer {NEW}").as_bytes())?;
            }
            (Self::NewPassword { flow, user }, kind) => {
                let user_id = facts.user_named(user).map(|user| user.id);
                facts.passwords.push(PasswordFact {
                    name: user.clone(),
                    password: Secret::from(NEW),
                    user_id,
                    matches: true,
                    needs_rehash: false,
                });
                rewrite::replace(kind, flow, &basic(user, NEW))?;
            }
            (Self::Drop(name), Kind::Http(http)) => rewrite::drop_header(http, name),
            (Self::DropLegacy, Kind::Http(http)) => rewrite::drop_parameters(http, &LEGACY),
            (Self::Header(flow), Kind::Http(http)) => rewrite::move_to_header(http, flow)?,
            (Self::Principal, Kind::Call(call)) => {
                let contact_id = Some(change::add_contact(facts));
                call.principal = Some(CallPrincipal { contact_id, ..CallPrincipal::default() });
            }
            (Self::Script, Kind::Call(call)) => call.flow = None,
            (Self::Drop(_) | Self::DropLegacy | Self::Header(_), Kind::Call(_))
            | (Self::Principal | Self::Script, Kind::Http(_)) => return None,
        }
        Some(())
    }

    /// What to do, for people.
    pub(super) fn text(&self, site: Site<'_>) -> String {
        match self {
            Self::SiteKey { empty: true, .. } => "send no site key: the site's is empty".to_owned(),
            Self::SiteKey { flow, .. } => match flow.as_str() {
                "legacyrest" => "send the site key: parameter key=SITEKEY",
                "script" => "pass the site key: 'siteKey' => 'SITEKEY'",
                _ => "send the site key: -H 'X-Civi-Key: SITEKEY'",
            }
            .to_owned(),
            Self::Header(flow) => {
                let name = header_of(flow);
                format!(
                    "send the credential in the header {name} alone: -H '{name}: …' (and a site key in X-Civi-Key)"
                )
            }
            Self::Drop(name) => format!("leave the header {name} out"),
            Self::DropLegacy => "leave the parameters api_key and key out".to_owned(),
            Self::Scheme { cred, .. } if cred.starts_with(b"Basic") => {
                "write the scheme as `Basic`, one blank behind it".to_owned()
            }
            Self::Scheme { .. } => "write `Bearer` and one blank before the key".to_owned(),
            Self::Text { .. } => "send `_authx` as a text: without brackets in its name".to_owned(),
            Self::Exact(id) => {
                format!("send key {id} as it is stored, with its case, accents and blanks")
            }
            Self::NoSession => "send the request without the session's cookie".to_owned(),
            Self::NewToken { flow, contact_id } => {
                let whose = contact_id.map_or("a contact".to_owned(), |id| format!("contact {id}"));
                format!("send a new token for {whose}: {}", sent(flow, "Bearer", "TOKEN"))
            }
            Self::NewKey { flow, owner } => {
                let owner = match owner {
                    Some(Owner::User(id)) => site.user_name(*id),
                    Some(Owner::Contact(id)) => format!("contact {id}"),
                    _ => "a user who may log in".to_owned(),
                };
                format!("send a key of {owner}: {}", sent(flow, "Bearer", "KEY"))
            }
            Self::NewPassword { flow, user } => {
                format!("give {user} a password, and send it: {}", sent(flow, "Basic", "BASE64"))
            }
            Self::Principal => {
                "name a principal that exists: 'principal' => ['contactId' => CONTACT]".to_owned()
            }
            Self::Script => "name no flow, which stands for the flow script".to_owned(),
        }
    }

    /// The command that makes what is to be sent.
    pub(super) fn authctl(&self, site: Site<'_>) -> Option<String> {
        Some(match self {
            Self::NewToken { contact_id: Some(id), .. } => {
                format!("authctl jwt issue --contact {id}")
            }
            Self::NewToken { contact_id: None, .. } => {
                "authctl jwt issue --contact CONTACT".to_owned()
            }
            Self::NewKey { owner: Some(Owner::Contact(id)), .. } => {
                format!("authctl key generate --contact {id}")
            }
            Self::NewKey { owner: Some(Owner::User(id)), .. } => {
                format!("authctl key generate {}", option("--user", &site.user_name(*id)))
            }
            Self::NewKey { .. } => format!("authctl key generate --user {USER}"),
            Self::NewPassword { user, .. } => named("authctl user passwd", user, ""),
            _ => return None,
        })
    }

    /// The site's command for the same.
    pub(super) fn on_site(&self, site: Site<'_>) -> Option<String> {
        Some(match self {
            Self::NewToken { contact_id, .. } => site_command::new_token(*contact_id),
            Self::NewKey { owner, .. } => {
                site_command::set_key(owner.and_then(|owner| api_key::contact_of(site, owner)))
            }
            Self::NewPassword { user, .. } => site_command::set_password(site.policy.cms, user),
            _ => return None,
        })
    }
}

/// How a credential is sent in a flow.
fn sent(flow: &str, scheme: &str, text: &str) -> String {
    match flow {
        "xheader" | "header" => format!("-H '{}: {scheme} {text}'", header_of(flow)),
        "param" | "auto" | "login" => format!("parameter _authx={scheme}+{text}"),
        "legacyrest" => format!("parameter api_key={text}"),
        _ => format!("'cred' => '{scheme} {text}'"),
    }
}

/// The credential with its scheme mended: written in another case, or missing.
pub(super) fn mended(cred: &[u8]) -> Option<Vec<u8>> {
    let Scheme::Other(scheme) = Scheme::split(cred) else { return None };
    let behind = cred.get(scheme.len() + 1..);
    let word = match scheme.to_ascii_lowercase().as_slice() {
        b"basic" => b"Basic ".as_slice(),
        b"bearer" | b"token" | b"apikey" => b"Bearer ".as_slice(),
        _ if behind.is_none() && !scheme.is_empty() => {
            return Some([b"Bearer ", scheme].concat());
        }
        _ => return None,
    };
    Some([word, behind?].concat())
}

fn new_token(site: Site<'_>, contact_id: i64) -> Option<Vec<u8>> {
    let keys = SignKeys::parse(site.policy.civicrm.sign_keys.as_ref()?.expose()).ok()?;
    let rules = token_rules(site.policy.civicrm.release);
    let claims = serde_json::json!({
        "exp": site.now.saturating_add(300), "sub": format!("cid:{contact_id}"), "scope": "authx",
    });
    let token = jwt::issue(claims.as_object()?, &keys, rules).ok()?;
    Some([b"Bearer ", token.expose()].concat())
}

/// Whether the site can sign a token.
pub(super) fn can_sign(site: Site<'_>) -> bool {
    new_token(site, 1).is_some()
}

fn basic(user: &str, password: &str) -> Vec<u8> {
    use base64::Engine as _;
    let pair = base64::engine::general_purpose::STANDARD.encode(format!("{user}:{password}"));
    format!("Basic {pair}").into_bytes()
}

/// The credential of an attempt.
pub(super) fn cred_of(attempt: &Attempt) -> Option<&[u8]> {
    match &attempt.given {
        Given::Cred(cred) => Some(cred),
        Given::CredArray | Given::Principal(_) => None,
    }
}

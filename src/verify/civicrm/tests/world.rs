//! Worlds and cases as JSON: a site, and requests with what upstream makes of them.
//!
//! The form is that of recorded decisions (`worlds.json`, `cases.jsonl`), with a few fields more for
//! what those leave out: releases, CMSs, keys that expire, `like` to begin with another world. In a
//! request's texts `<<basic NAME:PASSWORD>>` and `<<jwt CLAIMS>>` stand for the computed credential.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::credential::jwt::{self, Rules, SignKeys};
use crate::credential::{ApiKey, Secret, fold};
use crate::verify::{
    CallFunction, CallPrincipal, Cms, Collation, ContactFact, Facts, Grants, Header, HttpRequest,
    KeyFact, Kind, Owner, PasswordFact, PhpCall, Policy, Presented, Release, Request, Session,
    SettingValue, Source, UserFact,
};

/// A site.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct World {
    pub(super) like: Option<String>,
    pub(super) now: Option<i64>,
    site_key: Option<Value>,
    sign_keys: Option<Value>,
    cms: Option<CmsField>,
    release: Option<String>,
    collation: Option<String>,
    base_url: Option<String>,
    super_user: Option<bool>,
    anonymous_permissions: Option<Vec<String>>,
    settings: BTreeMap<String, Option<SettingValue>>,
    users: Option<Vec<User>>,
    contacts: Option<Vec<Contact>>,
    keys: Option<Vec<Key>>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
enum CmsField {
    Name(String),
    Overrides { reports_blocked: bool, password_rejects_blocked: bool },
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct User {
    id: i64,
    name: String,
    #[serde(default)]
    password: String,
    contact_id: Option<i64>,
    #[serde(default)]
    blocked: bool,
    #[serde(default)]
    permissions: Vec<String>,
    #[serde(default)]
    admin: bool,
    #[serde(default)]
    roles: Vec<String>,
    #[serde(default)]
    rehash: bool,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Contact {
    id: i64,
    #[serde(default)]
    api_key: Option<String>,
    #[serde(default)]
    is_deleted: bool,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Key {
    id: i64,
    text: String,
    user: Option<i64>,
    contact: Option<i64>,
    label: Option<String>,
    expires: Option<i64>,
    revoked: Option<i64>,
    #[serde(default)]
    weak: bool,
}

impl World {
    /// This world with what it leaves out taken from another one.
    pub(super) fn over(self, base: &Self) -> Self {
        let mut settings = base.settings.clone();
        settings.extend(self.settings);
        Self {
            like: None,
            now: self.now.or(base.now),
            site_key: self.site_key.or_else(|| base.site_key.clone()),
            sign_keys: self.sign_keys.or_else(|| base.sign_keys.clone()),
            cms: self.cms.or_else(|| base.cms.clone()),
            release: self.release.or_else(|| base.release.clone()),
            collation: self.collation.or_else(|| base.collation.clone()),
            base_url: self.base_url.or_else(|| base.base_url.clone()),
            super_user: self.super_user.or(base.super_user),
            anonymous_permissions: self
                .anonymous_permissions
                .or_else(|| base.anonymous_permissions.clone()),
            settings,
            users: self.users.or_else(|| base.users.clone()),
            contacts: self.contacts.or_else(|| base.contacts.clone()),
            keys: self.keys.or_else(|| base.keys.clone()),
        }
    }

    pub(super) fn policy(&self) -> Policy {
        let mut policy = Policy {
            base_url: self.base_url.clone(),
            super_user: self.super_user.unwrap_or(true),
            ..Policy::default()
        };
        policy.anonymous.permissions =
            self.anonymous_permissions.clone().unwrap_or_default().into_iter().collect();
        let secret =
            |value: &Option<Value>| value.as_ref().and_then(Value::as_str).map(Secret::from);
        policy.civicrm.site_key = secret(&self.site_key);
        policy.civicrm.sign_keys = secret(&self.sign_keys);
        match &self.cms {
            None => {}
            Some(CmsField::Name(name)) => {
                policy.cms = Cms::ALL.into_iter().find(|cms| cms.name() == name).unwrap();
            }
            Some(CmsField::Overrides { reports_blocked, password_rejects_blocked }) => {
                policy.civicrm.reports_blocked = Some(*reports_blocked);
                policy.civicrm.password_rejects_blocked = Some(*password_rejects_blocked);
            }
        }
        if let Some(name) = &self.release {
            policy.civicrm.release =
                Release::ALL.into_iter().find(|release| release.name() == name).unwrap();
        }
        if self.collation.as_deref() == Some("bin") {
            policy.civicrm.collation = Collation::Binary;
        }
        let stored = self.settings.iter();
        policy.civicrm.settings =
            stored.filter_map(|(name, value)| Some((name.clone(), value.clone()?))).collect();
        policy
    }

    /// What a store with this world in it would answer.
    pub(super) fn facts(&self, presented: &Presented) -> Facts {
        let users = self.users.clone().unwrap_or_default();
        let contacts = self.contacts.clone().unwrap_or_default();
        let user_of = |contact: i64| {
            users.iter().filter(|user| user.contact_id == Some(contact)).map(|user| user.id).min()
        };
        Facts {
            keys: presented
                .keys
                .iter()
                .map(|text| (text.clone(), self.key_facts(text.expose())))
                .collect(),
            passwords: presented
                .passwords
                .iter()
                .map(|(name, password)| {
                    let user = users.iter().find(|user| same_name(&user.name, name));
                    PasswordFact {
                        name: name.clone(),
                        password: password.clone(),
                        user_id: user.map(|user| user.id),
                        matches: user
                            .is_some_and(|user| user.password.as_bytes() == password.expose()),
                        needs_rehash: user.is_some_and(|user| user.rehash),
                    }
                })
                .collect(),
            users: users.iter().map(|user| (user.id, user.fact())).collect(),
            contacts: contacts
                .iter()
                .map(|contact| {
                    let (id, deleted) = (contact.id, contact.is_deleted);
                    (id, ContactFact { id, deleted, user_id: user_of(id) })
                })
                .collect(),
        }
    }

    fn key_facts(&self, text: &[u8]) -> Vec<KeyFact> {
        let contacts = self.contacts.iter().flatten().filter_map(|contact| {
            let text = contact.api_key.clone()?;
            let (id, contact) = (contact.id, Some(contact.id));
            Some(Key {
                id,
                text,
                user: None,
                contact,
                label: None,
                expires: None,
                revoked: None,
                weak: false,
            })
        });
        contacts
            .chain(self.keys.iter().flatten().cloned())
            .filter(|key| fold(key.text.as_bytes()) == fold(text))
            .map(|key| KeyFact {
                key_id: key.id,
                owner: match (key.user, key.contact) {
                    (Some(user), _) => Owner::User(user),
                    (None, Some(contact)) => Owner::Contact(contact),
                    (None, None) => Owner::Universal,
                },
                exact: key.text.as_bytes() == text,
                weak: key.weak,
                label: key.label,
                hint: ApiKey::hint(key.text.as_bytes()),
                expires_at: key.expires,
                revoked_at: key.revoked,
            })
            .collect()
    }

    /// A request's text with its computed credentials filled in.
    fn expand(&self, text: &str) -> String {
        let Some((before, rest)) = text.split_once("<<") else { return text.to_owned() };
        let (inner, after) = rest.split_once(">>").unwrap();
        let credential = match inner.split_once(' ').unwrap() {
            ("basic", pair) => STANDARD.encode(pair),
            ("jwt", claims) => {
                let claims: Map<String, Value> = serde_json::from_str(claims).unwrap();
                let keys = self.sign_keys.as_ref().and_then(Value::as_str).unwrap();
                let keys = SignKeys::parse(keys.as_bytes()).unwrap();
                let rules = Rules { min_hmac_key: false, eddsa: true };
                let token = jwt::issue(&claims, &keys, rules).unwrap();
                token.expose_text().unwrap().to_owned()
            }
            (other, _) => panic!("unknown template {other}"),
        };
        format!("{before}{credential}{}", self.expand(after))
    }
}

fn same_name(left: &str, right: &str) -> bool {
    left.to_lowercase() == right.to_lowercase()
}

impl User {
    fn fact(&self) -> UserFact {
        let permissions = self.permissions.iter().cloned().collect();
        UserFact {
            id: self.id,
            name: self.name.clone(),
            email: None,
            blocked: self.blocked,
            contact_id: self.contact_id,
            roles: self.roles.clone(),
            grants: Grants { admin: self.admin, permissions },
        }
    }
}

/// One case: a request, and what becomes of it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Case {
    pub(super) id: String,
    pub(super) world: String,
    pub(super) request: CaseRequest,
    pub(super) expect: Value,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct CaseRequest {
    method: String,
    path: String,
    query: Option<String>,
    headers: Value,
    body: Option<String>,
    session: Option<CaseSession>,
    call: Option<String>,
    cred: Option<String>,
    principal: Option<CasePrincipal>,
    flow: Option<String>,
    #[serde(rename = "siteKey")]
    site_key: Option<String>,
    #[serde(rename = "useSession")]
    use_session: bool,
    untrusted: bool,
}

#[derive(Clone, Copy, Debug, Deserialize)]
struct CaseSession {
    contact_id: Option<i64>,
    user_id: Option<i64>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct CasePrincipal {
    contact_id: Option<i64>,
    user_id: Option<i64>,
    user: Option<String>,
}

impl CaseRequest {
    pub(super) fn build(&self, id: &str, world: &World) -> Request<'static> {
        Request {
            id: Some(id.to_owned().into()),
            source: Source::default(),
            at: None,
            session: self.session.map(|session| Session {
                contact_id: session.contact_id,
                user_id: session.user_id,
            }),
            client_ip: None,
            notes: Vec::new(),
            unknowns: Vec::new(),
            kind: match &self.call {
                Some(call) => Kind::Call(self.call(call, world)),
                None => Kind::Http(self.http(world)),
            },
        }
    }

    fn http(&self, world: &World) -> HttpRequest<'static> {
        let query = self.query.as_deref().map(|query| format!("?{}", world.expand(query)));
        HttpRequest {
            method: self.method.clone().into(),
            target: format!("/{}{}", self.path, query.unwrap_or_default()).into(),
            headers: self
                .header_pairs()
                .into_iter()
                .map(|(name, value)| Header::new(name, world.expand(&value).into_bytes()))
                .collect(),
            body: world.expand(self.body.as_deref().unwrap_or_default()).into_bytes().into(),
            ..HttpRequest::default()
        }
    }

    fn header_pairs(&self) -> Vec<(String, String)> {
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        match &self.headers {
            Value::Object(map) => {
                map.iter().map(|(name, value)| (name.clone(), text(value))).collect()
            }
            Value::Array(list) => {
                list.iter().map(|pair| (text(&pair[0]), text(&pair[1]))).collect()
            }
            _ => Vec::new(),
        }
    }

    fn call(&self, function: &str, world: &World) -> PhpCall {
        PhpCall {
            function: match function {
                "authx_login" => CallFunction::AuthxLogin,
                "pipe_login" => CallFunction::PipeLogin,
                "validate" => CallFunction::Validate,
                other => panic!("unknown call {other}"),
            },
            cred: self.cred.as_deref().map(|cred| Secret::from(world.expand(cred))),
            principal: self.principal.clone().map(|given| CallPrincipal {
                contact_id: given.contact_id,
                user_id: given.user_id,
                user: given.user,
            }),
            flow: self.flow.clone(),
            site_key: self.site_key.as_deref().map(Secret::from),
            use_session: self.use_session,
            trusted: !self.untrusted,
        }
    }
}

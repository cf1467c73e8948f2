//! A site in JSON, as `worlds.json` has it, and a request to it.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::verify::{
    ApiToken, ApiTokenKey, DrupalPolicy, Extent, Facts, Grants, Header, HttpRequest, KeyFact, Kind,
    Owner, PasswordFact, Policy, Presented, Request, Session, Source, System, UserFact, Verdict,
    decide, presented,
};

/// The host that the recorded sites ran on.
pub(super) const HOST: &str = "127.0.0.1:8899";

/// A site.
pub(super) struct World {
    policy: Policy,
    users: BTreeMap<i64, UserFact>,
    passwords: BTreeMap<i64, String>,
    keys: Vec<(String, KeyFact)>,
}

impl World {
    /// Reads a site.
    pub(super) fn new(world: &Value) -> Self {
        let mut settings = object(&world["settings"]);
        let applications = object(&settings.remove("applications").unwrap_or_default());
        let token =
            settings.remove("api_token").and_then(|token| token.as_str().map(str::to_owned));
        let mut keys = Vec::new();
        let api_token = match &token {
            None => ApiToken::Absent,
            Some(text) if text.is_empty() => ApiToken::Empty,
            Some(text) => {
                keys.push((text.clone(), key(1, Owner::ApiToken, &Value::Null)));
                ApiToken::Set
            }
        };
        for (at, entry) in (2..).zip(world["keys"].as_array().into_iter().flatten()) {
            let owner = match entry["user"].as_i64() {
                Some(id) => Owner::User(id),
                None => Owner::Universal,
            };
            keys.push((entry["key"].as_str().unwrap().to_owned(), key(at, owner, entry)));
        }
        let text = |name: &str| world[name].as_str().unwrap_or_default().to_owned();
        let policy = Policy {
            base_url: world["base_url"].as_str().map(str::to_owned),
            anonymous: grants(&world["anonymous_permissions"]),
            authenticated: grants(&world["authenticated_permissions"]),
            super_user: world["super_user"].as_bool().unwrap_or(true),
            drupal: DrupalPolicy {
                module: text("module"),
                core: text("core"),
                settings,
                api_token,
                api_token_key: token.as_ref().map(|_| ApiTokenKey {
                    id: 1,
                    expires_at: world["api_token_expires_at"].as_i64(),
                }),
                resources: world["resources"].as_array().cloned().unwrap_or_default(),
                applications,
                key_auth: world.get("key_auth").filter(|value| !value.is_null()).cloned(),
                jsonapi_read_only: world["jsonapi_read_only"].as_bool().unwrap_or(true),
                output_buffering: world["output_buffering"].as_i64().unwrap_or(4096),
            },
            ..Policy::default()
        };
        let users: Vec<&Value> = world["users"].as_array().into_iter().flatten().collect();
        Self {
            passwords: users
                .iter()
                .filter_map(|user| Some((user["uid"].as_i64()?, user["password"].as_str()?.into())))
                .collect(),
            users: users.iter().map(|user| account(user, world, &policy)).collect(),
            policy,
            keys,
        }
    }

    /// What the store would find.
    fn facts(&self, presented: &Presented) -> Facts {
        let named = |name: &str| {
            self.users.values().find(|user| user.name.to_lowercase() == name.to_lowercase())
        };
        let mut facts = Facts::default();
        for text in &presented.keys {
            let found: Vec<KeyFact> = self
                .keys
                .iter()
                .filter(|(stored, _)| {
                    stored.to_lowercase().as_bytes() == text.expose().to_ascii_lowercase()
                })
                .map(|(stored, fact)| KeyFact {
                    exact: stored.as_bytes() == text.expose(),
                    ..fact.clone()
                })
                .collect();
            for fact in &found {
                if let Owner::User(id) = fact.owner {
                    facts.users.extend(self.users.get(&id).map(|user| (id, user.clone())));
                }
            }
            facts.keys.push((text.clone(), found));
        }
        for (name, password) in &presented.passwords {
            let user = named(name);
            facts.passwords.push(PasswordFact {
                name: name.clone(),
                password: password.clone(),
                user_id: user.map(|user| user.id),
                matches: user.is_some_and(|user| {
                    self.passwords.get(&user.id).map(String::as_bytes) == Some(password.expose())
                }),
                needs_rehash: false,
            });
        }
        let by_id = presented.users.iter().filter_map(|id| self.users.get(id));
        let by_name = presented.user_names.iter().filter_map(|name| named(name));
        facts.users.extend(by_id.chain(by_name).map(|user| (user.id, user.clone())));
        facts
    }

    /// Judges a request, looking up nothing but what was asked for.
    pub(super) fn judge(&self, request: &Request) -> Verdict {
        let facts = self.facts(&presented(System::Drupal, request, &self.policy));
        let verdict = decide(Extent::Whole, System::Drupal, request, &self.policy, &facts, 1_000);
        let brief = decide(Extent::Brief, System::Drupal, request, &self.policy, &facts, 1_000);
        let bare = Verdict { remedies: Vec::new(), ..verdict.clone() };
        assert_eq!(format!("{brief:?}"), format!("{bare:?}"));
        verdict
    }
}

/// A request in JSON: `method`, `path`, `headers` (an object or pairs), `body`, `session`.
pub(super) fn request(request: &Value) -> Request<'static> {
    let pairs: Vec<(String, String)> = match &request["headers"] {
        Value::Object(headers) => {
            headers.iter().map(|(name, value)| (name.clone(), text(value))).collect()
        }
        Value::Array(pairs) => pairs.iter().map(|pair| (text(&pair[0]), text(&pair[1]))).collect(),
        _ => Vec::new(),
    };
    let mut headers = vec![Header::new("Host", HOST.as_bytes())];
    headers.extend(pairs.into_iter().map(|(name, value)| Header::new(name, value.into_bytes())));
    Request {
        id: None,
        source: Source::default(),
        at: None,
        session: request["session"]
            .as_i64()
            .map(|id| Session { contact_id: None, user_id: Some(id) }),
        client_ip: request["client_ip"].as_str().map(|ip| ip.parse().unwrap()),
        notes: Vec::new(),
        unknowns: Vec::new(),
        kind: Kind::Http(HttpRequest {
            method: text(&request["method"]).into(),
            scheme: None,
            authority: None,
            target: text(&request["path"]).into(),
            headers,
            body: text(&request["body"]).into_bytes().into(),
        }),
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn object(value: &Value) -> Map<String, Value> {
    value.as_object().cloned().unwrap_or_default()
}

fn grants(permissions: &Value) -> Grants {
    let names = permissions.as_array().into_iter().flatten();
    Grants { admin: false, permissions: names.map(text).collect() }
}

fn account(user: &Value, world: &Value, policy: &Policy) -> (i64, UserFact) {
    let id = user["uid"].as_i64().unwrap();
    let roles: Vec<String> = user["roles"].as_array().into_iter().flatten().map(text).collect();
    let mut all = policy.authenticated.clone();
    for role in world["roles"].as_array().into_iter().flatten() {
        if roles.contains(&text(&role["name"])) {
            all.admin |= role["admin"].as_bool().unwrap_or(false);
            all.permissions.extend(grants(&role["permissions"]).permissions);
        }
    }
    let fact = UserFact {
        id,
        name: text(&user["name"]),
        email: None,
        blocked: user["status"] == json!("blocked"),
        contact_id: None,
        roles,
        grants: all,
    };
    (id, fact)
}

fn key(key_id: i64, owner: Owner, entry: &Value) -> KeyFact {
    KeyFact {
        key_id,
        owner,
        exact: false,
        weak: false,
        label: entry["label"].as_str().map(str::to_owned),
        hint: None,
        expires_at: entry["expires_at"].as_i64(),
        revoked_at: entry["revoked_at"].as_i64(),
    }
}

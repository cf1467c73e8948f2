//! `--assume KEY=VALUE`: what is assumed of the site, as it is typed and as it is meant.

use std::collections::BTreeSet;
use std::str::FromStr;

use super::compare::FailOn;
use crate::cli::{Context, Failure};
use crate::command::perm::full_name;
use crate::command::secret::{self, Ask, SecretSource};
use crate::command::subject;
use crate::credential::Secret;
use crate::document::did_you_mean;
use crate::store::{self, AUTHENTICATED, Grantee as Holder, Reader};
use crate::verify::{Assumption, Change, Grantee, Release, SettingValue, civicrm};

/// What is assumed, and what is to be told of it.
#[derive(Debug, clap::Args)]
pub(super) struct WhatIfArgs {
    /// Judge as if: `guards=perm`, `flow.header.cred=jwt`, `site_key=@FILE`, `grant:alice=api-key`, ...
    ///
    /// May be given several times. `guards=WORDS`, `flow.FLOW.cred=WORDS`, `flow.FLOW.user=WORD` and AuthX's
    /// settings by upstream's names; `site_key=@FILE`, `site_key=-` (standard input), `site_key=` (defined and
    /// empty), `site_key!` (undefined); `grant:NAME=PERMISSION` and `revoke:NAME=PERMISSION`, for a role
    /// `grant:role:NAME=PERMISSION`; `block:NAME`, `unblock:NAME`; `release=RELEASE`. Nothing is changed.
    #[arg(long = "assume", value_name = "KEY=VALUE", help_heading = "What if")]
    assumptions: Vec<AssumptionArg>,
    /// Tell what the assumptions change: which requests break, which open
    ///
    /// Exits 3 when one that passed would be refused (see `--fail-on`), and 6 when one cannot be judged.
    #[arg(long, help_heading = "What if", requires = "assumptions", conflicts_with_all = ["client_view", "verbose", "summary"])]
    pub(super) compare: bool,
    /// What `--compare` exits 3 for
    #[arg(
        long,
        help_heading = "What if",
        value_name = "CHANGE",
        value_enum,
        default_value_t,
        requires = "compare"
    )]
    pub(super) fail_on: FailOn,
}

impl WhatIfArgs {
    /// What is assumed of the site.
    pub(super) fn resolve(
        &self,
        cx: &mut Context<'_>,
        reader: Reader<'_>,
        stdin_is_taken: bool,
    ) -> Result<Vec<Assumption>, Failure> {
        let from_stdin = self.assumptions.iter().filter(|typed| typed.takes_stdin()).count();
        if from_stdin + usize::from(stdin_is_taken) > 1 {
            return Err(Failure::usage("standard input can be read only once"));
        }
        let resolved = self.assumptions.iter().map(|typed| typed.resolve(cx, reader));
        Ok(resolved.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect())
    }
}

/// What stands before a role's name.
const ROLE: &str = "role:";

/// An assumption as it is typed.
#[derive(Clone, Debug)]
pub(in crate::command) enum AssumptionArg {
    /// `grant:NAME=PERMISSION`
    Grant { whom: String, permission: String },
    /// `revoke:NAME=PERMISSION`
    Revoke { whom: String, permission: String },
    /// `block:NAME`
    Block { user: String },
    /// `unblock:NAME`
    Unblock { user: String },
    /// `site_key=…`, `site_key!`
    SiteKey(SiteKey),
    /// `release=RELEASE`
    Release(Release),
    /// `guards=…`, `flow.FLOW.cred=…`, or a setting by upstream's name
    Setting { name: String, value: SettingValue },
}

/// A site key as it is typed.
#[derive(Clone, Debug)]
pub(in crate::command) enum SiteKey {
    /// `site_key!`
    Undefined,
    /// `site_key=`
    Empty,
    /// `site_key=-`, `site_key=@FILE`
    From(SecretSource),
}

impl FromStr for AssumptionArg {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text == "site_key!" {
            return Ok(Self::SiteKey(SiteKey::Undefined));
        }
        if let Some(user) = text.strip_prefix("block:") {
            return Ok(Self::Block { user: user.to_owned() });
        }
        if let Some(user) = text.strip_prefix("unblock:") {
            return Ok(Self::Unblock { user: user.to_owned() });
        }
        let (key, value) = text.split_once('=').ok_or_else(|| expected(text))?;
        let permission = || full_name(value).to_owned();
        if let Some(whom) = key.strip_prefix("grant:") {
            return Ok(Self::Grant { whom: whom.to_owned(), permission: permission() });
        }
        if let Some(whom) = key.strip_prefix("revoke:") {
            return Ok(Self::Revoke { whom: whom.to_owned(), permission: permission() });
        }
        match key {
            "site_key" if value.is_empty() => Ok(Self::SiteKey(SiteKey::Empty)),
            "site_key" => Ok(Self::SiteKey(SiteKey::From(value.parse::<SecretSource>()?))),
            "release" => {
                let release = Release::ALL.into_iter().find(|release| release.name() == value);
                release.map(Self::Release).ok_or_else(|| {
                    let known: Vec<_> = Release::ALL.iter().map(|release| release.name()).collect();
                    let meant = did_you_mean(value, known.iter().copied());
                    format!("expected a release: {}{meant}", known.join(", "))
                })
            }
            _ => setting(key, value),
        }
    }
}

/// The value of a setting by its name, or by one of the short forms of it.
fn setting(key: &str, value: &str) -> Result<AssumptionArg, String> {
    let flow = key.strip_prefix("flow.").and_then(|rest| rest.split_once('.'));
    let name = match (key, flow) {
        ("guards", _) => "authx_guards".to_owned(),
        (_, Some((flow, what))) => format!("authx_{flow}_{what}"),
        _ => key.to_owned(),
    };
    let known = civicrm::known_words(&name).ok_or_else(|| expected(key))?;
    let words: Vec<String> = value
        .split(',')
        .map(str::trim)
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    if let Some(word) = words.iter().find(|word| !known.contains(&word.as_str())) {
        // Not repeated: it may be a secret in the wrong place.
        let meant = did_you_mean(word, known.iter().copied());
        return Err(format!("upstream knows {} there{meant}", known.join(", ")));
    }
    let value = match (name.ends_with("_user"), words.as_slice()) {
        (false, _) => SettingValue::List(words),
        (true, [word]) => SettingValue::Text(word.clone()),
        (true, _) => return Err(format!("expected one of {}", known.join(", "))),
    };
    Ok(AssumptionArg::Setting { name, value })
}

/// What can be assumed, and what was probably meant.
fn expected(key: &str) -> String {
    let short = ["guards", "site_key", "release", "grant", "revoke", "block", "unblock"];
    let flows = civicrm::FLOWS.iter();
    let flows = flows.flat_map(|flow| [format!("flow.{flow}.cred"), format!("flow.{flow}.user")]);
    let known: Vec<String> =
        short.map(str::to_owned).into_iter().chain(flows).chain(civicrm::setting_names()).collect();
    let typed =
        if key.starts_with("flow.") { key } else { key.split([':', '!']).next().unwrap_or(key) };
    let meant = did_you_mean(typed, known.iter().map(String::as_str));
    format!(
        "expected guards=…, flow.FLOW.cred=…, flow.FLOW.user=…, site_key=@FILE, site_key=-, site_key=, \
         site_key!, grant:NAME=PERMISSION, revoke:NAME=PERMISSION, block:NAME, unblock:NAME, release=… or \
         a setting by upstream's name{meant}"
    )
}

impl AssumptionArg {
    /// Whether it is read from standard input.
    fn takes_stdin(&self) -> bool {
        matches!(self, Self::SiteKey(SiteKey::From(SecretSource::Stdin)))
    }

    /// Whether a secret of it is read from elsewhere: standard input, a prompt, a file.
    pub(in crate::command) fn reads_secret(&self) -> bool {
        matches!(self, Self::SiteKey(SiteKey::From(_)))
    }

    /// What is meant: names looked up, secrets read. `None` where the store says that nothing changes.
    pub(in crate::command) fn resolve(
        &self,
        cx: &mut Context<'_>,
        reader: Reader<'_>,
    ) -> Result<Option<Assumption>, Failure> {
        Ok(Some(match self {
            Self::Grant { whom, permission } => {
                let to = match whom.strip_prefix(ROLE) {
                    Some(role) => Grantee::Role(subject::role(reader, role)?.name),
                    None => Grantee::User(subject::user(reader, whom)?.name),
                };
                Assumption::Change(Change::Grant { to, permission: permission.clone() })
            }
            Self::Revoke { whom, permission } => match whom.strip_prefix(ROLE) {
                Some(role) => revoke_from_role(reader, role, permission)?,
                None => match revoke_from_user(reader, whom, permission)? {
                    Ok(assumption) => assumption,
                    Err(by) => {
                        cx.note(&format!("`{whom}` has `{permission}` still, by {by}"))?;
                        return Ok(None);
                    }
                },
            },
            Self::Block { user } => Assumption::Block { user: subject::user(reader, user)?.name },
            Self::Unblock { user } => {
                let user = subject::user(reader, user)?.name;
                Assumption::Change(Change::Unblock { user })
            }
            Self::SiteKey(key) => Assumption::Change(Change::SiteKey(match key {
                SiteKey::Undefined => None,
                SiteKey::Empty => Some(Secret::default()),
                SiteKey::From(source) => {
                    let instead = Some("`--assume site_key=` assumes an empty one.");
                    Some(secret::read(cx, Some(source), "site key", Ask::Existing, instead)?)
                }
            })),
            Self::Release(release) => Assumption::Release(*release),
            Self::Setting { name, value } => {
                Assumption::Setting { name: name.clone(), value: value.clone() }
            }
        }))
    }
}

/// The assumption, or the role that gives the permission all the same.
fn revoke_from_user(
    reader: Reader<'_>,
    name: &str,
    permission: &str,
) -> Result<Result<Assumption, String>, Failure> {
    let user = subject::user(reader, name)?;
    let mut roles = reader.roles_of(user.id)?;
    roles.push(AUTHENTICATED.to_owned());
    for role in roles {
        if reader.grants_of_role(&role)?.has(permission) {
            return Ok(Err(format!("the role {role}")));
        }
    }
    let permission = permission.to_owned();
    Ok(Ok(Assumption::RevokeFromUser { user: user.name, permission }))
}

fn revoke_from_role(
    reader: Reader<'_>,
    role: &str,
    permission: &str,
) -> Result<Assumption, Failure> {
    let role = subject::role(reader, role)?.name;
    let (mut roles, mut users) = (BTreeSet::new(), BTreeSet::new());
    reader.each_grantee(permission, |holder| {
        match holder {
            Holder::Role(other) if other != role => roles.insert(other),
            Holder::User(id) => users.insert(id.0),
            Holder::Role(_) => false,
        };
        Ok::<_, store::Error>(())
    })?;
    Ok(Assumption::RevokeFromRole { role, permission: permission.to_owned(), roles, users })
}

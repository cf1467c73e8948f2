//! `authctl jwt inspect`

use serde::Serialize;
use serde_json::{Map, Value};

use super::sign_keys;
use crate::cli::{Context, Failure};
use crate::command::authx;
use crate::command::moment::rfc3339;
use crate::command::secret::{self, Ask, SecretSource};
use crate::credential::Secret;
use crate::credential::jwt::{self, Rejection};
use crate::exit::Exit;
use crate::output::{Column, Row};
use crate::verify::civicrm::token_rules;

/// Tell what a token says and whether the site would take it
///
/// Checks signature and times, as the site's library does; whether the contact is let in is for
/// `authctl verify` to say. `Bearer ` before the token is passed over.
///
/// Exits 0 when the token is valid, 3 when it is not.
///
/// Example: `authctl jwt inspect < token.txt`
#[derive(Debug, clap::Args)]
pub(super) struct InspectArgs {
    /// Where the token is read: `-` for standard input, or `@FILE`
    #[arg(value_name = "SOURCE")]
    source: Option<SecretSource>,
}

impl InspectArgs {
    pub(super) fn run(&self, cx: &mut Context<'_>) -> Result<Exit, Failure> {
        let source = match &self.source {
            None if !cx.can_ask() => Some(&SecretSource::Stdin),
            source => source.as_ref(),
        };
        let given = secret::read(cx, source, "token", Ask::Existing, None)?;
        let token = Secret::new(bare(given.expose()));
        let store = cx.open_read()?;
        let keys = sign_keys(store.read())?;
        let rules = token_rules(authx::release(store.read())?);
        let problem = match jwt::decode(token.expose(), &keys, rules, cx.now.as_second()) {
            Ok(_) => None,
            Err(Rejection::Expired) => Some("Expired token"),
            Err(Rejection::Invalid(why) | Rejection::Fault(why)) => Some(why),
        };
        cx.records(&[TokenRow::of(problem, jwt::peek(token.expose()))])?;
        Ok(if problem.is_none() { Exit::Done } else { Exit::No })
    }
}

/// The token without `Bearer ` and blanks around it.
fn bare(text: &[u8]) -> &[u8] {
    let text = text.trim_ascii();
    text.strip_prefix(b"Bearer ").unwrap_or(text).trim_ascii()
}

#[derive(Serialize)]
struct TokenRow {
    valid: bool,
    problem: Option<&'static str>,
    subject: Option<String>,
    scope: Option<String>,
    expires_at: Option<String>,
    claims: Option<Map<String, Value>>,
}

impl TokenRow {
    fn of(problem: Option<&'static str>, claims: Option<Map<String, Value>>) -> Self {
        let claim = |name: &str| claims.as_ref().and_then(|claims| claims.get(name));
        let text = |name: &str| claim(name).and_then(Value::as_str).map(str::to_owned);
        Self {
            valid: problem.is_none(),
            problem,
            subject: text("sub"),
            scope: text("scope"),
            expires_at: claim("exp").and_then(Value::as_i64).map(rfc3339),
            claims,
        }
    }
}

impl Row for TokenRow {
    const COLUMNS: &'static [Column] = &[
        Column::whole("valid"),
        Column::text("problem"),
        Column::text("subject"),
        Column::text("scope"),
        Column::whole("expires_at"),
        Column::text("claims"),
    ];

    fn cells(&self) -> Vec<String> {
        vec![
            self.valid.to_string(),
            self.problem.unwrap_or_default().to_owned(),
            self.subject.clone().unwrap_or_default(),
            self.scope.clone().unwrap_or_default(),
            self.expires_at.clone().unwrap_or_default(),
            self.claims.as_ref().and_then(|it| serde_json::to_string(it).ok()).unwrap_or_default(),
        ]
    }
}

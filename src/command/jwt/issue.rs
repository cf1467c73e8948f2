//! `authctl jwt issue`

use serde_json::{Map, Value, json};

use super::sign_keys;
use crate::cli::{Context, Failure};
use crate::command::authx;
use crate::command::moment::{Duration, rfc3339};
use crate::command::secret;
use crate::credential::jwt;
use crate::exit::Exit;
use crate::store::{ContactId, LARGEST_ID};
use crate::verify::civicrm::token_rules;

/// Make a token for a contact
///
/// As `AuthxCredential.create` on the site does: claims `exp`, `sub` and `scope`, signed with the first
/// signing key. The token is printed alone; send it as `Bearer TOKEN`. An entry in the audit log says
/// that it was made.
///
/// Example: `authctl jwt issue --contact 101 --ttl 1h`
#[derive(Debug, clap::Args)]
pub(super) struct IssueArgs {
    /// The contact that the token stands for
    #[arg(long, value_name = "ID", value_parser = clap::value_parser!(i64).range(1..=LARGEST_ID))]
    contact: i64,
    /// How long it is valid: seconds, or a duration such as `1h`
    #[arg(long, value_name = "DURATION", default_value = "300")]
    ttl: Duration,
    /// The scope; AuthX wants `authx` among its words
    #[arg(long, value_name = "WORDS", default_value = "authx")]
    scope: String,
}

impl IssueArgs {
    pub(super) fn run(&self, cx: &mut Context<'_>) -> Result<Exit, Failure> {
        let mut store = cx.open_write(false)?;
        let reader = store.read();
        let keys = sign_keys(reader)?;
        let rules = token_rules(authx::release(reader)?);
        let expires_at = self.ttl.from(cx.now)?;
        let listed = reader.contact(ContactId(self.contact))?.is_some();
        let claims = Map::from_iter([
            ("exp".to_owned(), json!(expires_at)),
            ("sub".to_owned(), json!(format!("cid:{}", self.contact))),
            ("scope".to_owned(), json!(self.scope)),
        ]);
        let token = jwt::issue(&claims, &keys, rules)?;
        let detail: Value = json!({ "expires_at": rfc3339(expires_at), "scope": self.scope });
        let subject = format!("contact {}", self.contact);
        store.change(&cx.actor(), false, |change| {
            change.audit_access("jwt.issue", &subject, &detail)
        })?;
        secret::show(cx, &token)?;
        cx.report(&format!("Valid until {}.", rfc3339(expires_at)))?;
        if !listed {
            cx.note(&format!(
                "contact {} is not listed, so the site refuses the token; \
                 `authctl contact add {}` lists it",
                self.contact, self.contact
            ))?;
        }
        Ok(Exit::Done)
    }
}

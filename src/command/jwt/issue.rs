//! `authctl jwt issue`

use serde_json::{Map, json};

use super::sign_keys;
use crate::cli::{Context, Failure, cause};
use crate::command::authx;
use crate::command::change::audit_access;
use crate::command::moment::{Duration, rfc3339};
use crate::command::secret::{self, check_can_show};
use crate::command::subject::once;
use crate::credential::jwt;
use crate::exit::Exit;
use crate::store::{ContactId, LARGEST_ID};
use crate::verify::civicrm::token_rules;

/// Make tokens for contacts
///
/// As `AuthxCredential.create` on the site does: claims `exp`, `sub` and `scope`, signed with the first
/// signing key. A single token is printed alone; send it as `Bearer TOKEN`. An entry in the audit log says
/// that it was made.
///
/// Example: `authctl jwt issue --contact 101 --ttl 1h`
#[derive(Debug, clap::Args)]
pub(super) struct IssueArgs {
    /// The contact that the token stands for (can be repeated)
    #[arg(long = "contact", required = true, value_name = "ID", value_parser = clap::value_parser!(i64).range(1..=LARGEST_ID))]
    contacts: Vec<i64>,
    /// How long it is valid: seconds, or a duration such as `1h`
    #[arg(long, value_name = "DURATION", default_value = "300")]
    ttl: Duration,
    /// The scope; AuthX wants `authx` among its words
    #[arg(long, value_name = "WORDS", default_value = "authx")]
    scope: String,
}

impl IssueArgs {
    pub(super) fn run(&self, cx: &mut Context<'_>) -> Result<Exit, Failure> {
        check_can_show(cx.terminal, "token")?;
        let mut store = cx.open_write(false)?;
        let reader = store.read();
        let keys = sign_keys(reader)?;
        let rules = token_rules(authx::release(reader)?);
        let expires_at = self.ttl.from(cx.now)?;
        let (mut tokens, mut unlisted) = (Vec::new(), Vec::new());
        for id in once(&self.contacts) {
            let claims = Map::from_iter([
                ("exp".to_owned(), json!(expires_at)),
                ("sub".to_owned(), json!(format!("cid:{id}"))),
                ("scope".to_owned(), json!(self.scope)),
            ]);
            tokens.push((id, jwt::issue(&claims, &keys, rules)?));
            if reader.contact(ContactId(id))?.is_none() {
                unlisted.push(id);
            }
        }
        let subjects: Vec<String> = tokens.iter().map(|(id, _)| id.to_string()).collect();
        let detail = Map::from_iter([
            ("expires_at".to_owned(), json!(rfc3339(expires_at))),
            ("scope".to_owned(), json!(self.scope)),
        ]);
        store.change(&cx.actor(), false, |change| {
            audit_access(change, "jwt.issue", "contact", &subjects, detail)
        })?;
        secret::show_several(cx, &tokens).map_err(|error| {
            let message = format!("the new token could not be shown: {}", cause(&error));
            Failure::new(Exit::Failed, message)
                .hint(format!("It is valid until {}; issue another.", rfc3339(expires_at)))
        })?;
        cx.report(&format!("Valid until {}.", rfc3339(expires_at)))?;
        for id in unlisted {
            cx.note(&format!(
                "contact {id} is not listed, so the site refuses the token; \
                 `authctl contact add {id}` lists it"
            ))?;
        }
        Ok(Exit::Done)
    }
}

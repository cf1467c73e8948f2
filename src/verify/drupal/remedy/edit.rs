//! Another request: headers and parameters that a remedy tells the client to send.

use base64::Engine as _;

use super::Trial;
use super::step::{add_account, add_key, add_password};
use crate::credential::Secret;
use crate::verify::drupal::level::Level;
use crate::verify::{ApiToken, Header, HttpRequest, Kind, Owner, same_header};

/// A change of the request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Edit {
    /// Sends a header that holds no secret.
    Header {
        /// Its name.
        name: &'static str,
        /// Its value.
        value: String,
    },
    /// Leaves a header out.
    Without(&'static str),
    /// Sends what one header holds in the other one.
    MoveKey {
        /// Whether to `API-KEY`; else to `Authorization`.
        to_api_key: bool,
        /// The base64 of name and key.
        encoded: Secret,
    },
    /// Sends the name and key, or password, of an account that may do what is asked.
    Credential {
        /// Whether in `API-KEY`; else in `Authorization`.
        in_api_key: bool,
        /// Whether a password is wanted.
        password: bool,
    },
    /// Asks for a format, and for nothing else.
    Format(String),
    /// Asks for another path.
    Path(String),
    /// Sends another method.
    Method(&'static str),
    /// Leaves query parameters out.
    WithoutQuery,
    /// Sends a body, of which this is the least.
    Body(&'static str),
}

/// What stands for a name and a key that only the client knows.
pub(super) const NAME: &str = "NAME";
const SECRET: &str = "SECRET";

impl Edit {
    /// Applies the edit.
    pub(super) fn apply(&self, trial: &mut Trial) {
        match self {
            Self::Header { name, value } => set_header(trial, name, value.as_bytes()),
            Self::Without(name) => {
                if let Some(http) = http(trial) {
                    http.headers.retain(|header| !same_header(&header.name, name));
                }
            }
            Self::MoveKey { to_api_key: true, encoded } => {
                set_header(trial, "API-KEY", encoded.expose());
            }
            Self::MoveKey { to_api_key: false, encoded } => {
                let value = [b"Basic ".as_slice(), encoded.expose()].concat();
                set_header(trial, "Authorization", &value);
            }
            Self::Credential { in_api_key, .. } => {
                stand_in(trial);
                let text = format!("{NAME}:{SECRET}");
                let encoded = base64::engine::general_purpose::STANDARD.encode(text);
                if *in_api_key {
                    set_header(trial, "API-KEY", encoded.as_bytes());
                } else {
                    set_header(trial, "Authorization", format!("Basic {encoded}").as_bytes());
                }
            }
            Self::Format(format) => {
                if let Some(http) = http(trial) {
                    http.target = format!("{}?_format={format}", http.raw_path()).into();
                }
            }
            Self::Path(path) => {
                if let Some(http) = http(trial) {
                    let query = http.target.find('?').and_then(|at| http.target.get(at..));
                    http.target = format!("{path}{}", query.unwrap_or_default()).into();
                }
            }
            Self::Method(method) => {
                if let Some(http) = http(trial) {
                    http.method = (*method).into();
                }
            }
            Self::Body(least) => {
                if let Some(http) = http(trial) {
                    http.body = least.as_bytes().into();
                }
            }
            Self::WithoutQuery => {
                if let Some(http) = http(trial) {
                    http.target = http.raw_path().to_owned().into();
                }
            }
        }
    }
}

/// Adds an account that has whatever it takes, with a key and a password.
fn stand_in(trial: &mut Trial) {
    let id = add_account(trial, NAME, None, true);
    let secret = Secret::from(SECRET);
    if Level::of(&trial.policy.drupal) == Level::Guide {
        add_key(trial, &secret, Owner::User(id));
    } else {
        trial.policy.drupal.api_token = ApiToken::Set;
        trial.policy.drupal.api_token_key = None;
        add_key(trial, &secret, Owner::ApiToken);
    }
    add_password(trial, NAME, &secret);
}

fn http<'t, 'r>(trial: &'t mut Trial<'r>) -> Option<&'t mut HttpRequest<'r>> {
    match &mut trial.request.kind {
        Kind::Http(http) => Some(http),
        Kind::Call(_) => None,
    }
}

fn set_header(trial: &mut Trial, name: &'static str, value: &[u8]) {
    if let Some(http) = http(trial) {
        http.headers.retain(|header| !same_header(&header.name, name));
        http.headers.push(Header::new(name, value.to_vec()));
    }
}

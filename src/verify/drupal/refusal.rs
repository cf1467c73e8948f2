//! The module's own refusals: status, error name and description at each level.
//!
//! 2.1.0: `ApiAuthenticationApiToken`, `ApiAuthenticationBasicAuth`, `RestAPI`; 2.0.16 and 2.0.18: the
//! same two validators; 8.x-1.13: `API_Authentication_API_Token`, `API_Authentication_Basic_Auth`.

use super::code;
use super::level::Level;
use crate::verify::Code;

/// A refusal by the module. Names of users are kept where a description quotes them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum ModuleError {
    /// No `AUTH-METHOD` and no default application.
    MissingHeader,
    /// No such application.
    UnknownApplication,
    /// The `API-KEY` header is absent.
    MissingApiKey,
    /// The `API-KEY` header does not hold a name and a key.
    ApiKeyFormat,
    /// No `Authorization` header where a key is wanted.
    MissingAuthorization,
    /// The header is not of the scheme `Basic`.
    AuthorizationScheme,
    /// The header holds the scheme alone.
    BareScheme,
    /// The header does not hold a name and a key.
    AuthorizationFormat,
    /// No account of that name.
    UnknownUser,
    /// The account is blocked.
    Blocked(String),
    /// The key is another one.
    WrongKey,
    /// Method Basic: no `Authorization` header.
    NoPasswordHeader,
    /// Method Basic: not of the scheme `Basic`.
    PasswordScheme,
    /// Method Basic: no colon.
    PasswordFormat,
    /// Method Basic: no name before the colon.
    NoUserName,
    /// Method Basic: unknown name or wrong password.
    WrongPassword,
    /// Method Basic: the account is blocked.
    PasswordBlocked(String),
    /// The revocation of tokens refuses; why, and in which words.
    Revocation(Code, Printed),
}

/// What the module prints.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Printed {
    /// `http_code`, which up to 1.x is `code` and does not reach the wire.
    pub(super) status: u16,
    /// Whether that is printed as a string.
    pub(super) quoted: bool,
    /// `error`.
    pub(super) error: Option<&'static str>,
    /// `error_description`.
    pub(super) description: String,
}

impl ModuleError {
    /// The reason's code.
    pub(super) fn code(&self) -> Code {
        match self {
            Self::MissingHeader => code::APPLICATION_MISSING,
            Self::UnknownApplication => code::APPLICATION_UNKNOWN,
            Self::MissingApiKey | Self::MissingAuthorization | Self::NoPasswordHeader => {
                code::CREDENTIAL_MISSING
            }
            Self::AuthorizationScheme | Self::PasswordScheme => code::CREDENTIAL_SCHEME,
            Self::ApiKeyFormat
            | Self::BareScheme
            | Self::AuthorizationFormat
            | Self::PasswordFormat
            | Self::NoUserName => code::CREDENTIAL_FORMAT,
            Self::UnknownUser => code::USER_UNKNOWN,
            Self::Blocked(_) | Self::PasswordBlocked(_) => code::USER_BLOCKED,
            Self::WrongKey => code::KEY_WRONG,
            Self::WrongPassword => code::PASSWORD_WRONG,
            Self::Revocation(code, _) => *code,
        }
    }

    /// What a level prints.
    pub(super) fn printed(&self, level: Level) -> Printed {
        if let Self::Revocation(_, printed) = self {
            return printed.clone();
        }
        match level {
            Level::V1_13 => self.printed_1_13(),
            Level::V2_0_16 | Level::V2_0_18 => self.printed_2_0(),
            Level::V2_1_0 | Level::Guide => self.printed_2_1(level == Level::Guide),
        }
    }

    fn printed_2_1(&self, guide: bool) -> Printed {
        let (status, error, description) = match self {
            Self::MissingHeader => (
                400,
                "MISSING_HEADER",
                "Missing required unique header. It should contain the application ID, or a \
                 default application must be configured.",
            ),
            Self::UnknownApplication => (
                400,
                "INVALID_APPLICATION_ID",
                "The provided application ID is not valid or not configured.",
            ),
            Self::MissingApiKey => (401, "MISSING_API_KEY_HEADER", "API key header is missing."),
            Self::ApiKeyFormat => (401, "INVALID_API_KEY_FORMAT", "API key format is invalid."),
            Self::MissingAuthorization => {
                (401, "MISSING_AUTHORIZATION_HEADER", "Authorization header not received")
            }
            Self::AuthorizationScheme => (
                401,
                "INVALID_AUTHORIZATION_HEADER_TYPE",
                "Authorization header must be of type Basic.",
            ),
            Self::AuthorizationFormat | Self::BareScheme => {
                (401, "INVALID_AUTHORIZATION_HEADER", "Authorization header format is invalid.")
            }
            Self::UnknownUser => (404, "USER_DOES_NOT_EXIST", "The user does not exist."),
            Self::Blocked(_) => (403, "USER_BLOCKED", "The user is blocked or inactive."),
            Self::WrongKey => (
                401,
                if guide { "AUTHENTICATION_FAILED" } else { "INVALID_API_KEY" },
                "Sorry, you are using an invalid API Key.",
            ),
            _ => return self.printed_basic(),
        };
        printed(status, false, Some(error), description)
    }

    /// The validator of the Basic method, the same from 2.0.16 to 2.1.0.
    fn printed_basic(&self) -> Printed {
        let (status, error, description) = match self {
            Self::NoPasswordHeader => {
                (401, "MISSING_AUTHORIZATION_HEADER", "Authorization header not received.")
            }
            Self::PasswordScheme => (
                401,
                "INVALID_AUTHORIZATION_HEADER_TOKEN_TYPE",
                "Authorization header must be the type of Basic.",
            ),
            Self::NoUserName => (401, "MISSING_USERNAME", "Username Not Found"),
            Self::WrongPassword => (401, "INVALID_CREDENTIALS", "Invalid username or password"),
            Self::PasswordBlocked(name) => return blocked(name),
            _ => (400, "INCOMPLETE_REQUEST", "Incomplete request"),
        };
        printed(status, true, Some(error), description)
    }

    fn printed_2_0(&self) -> Printed {
        let (status, error, description) = match self {
            Self::MissingAuthorization => {
                (401, "MISSING_AUTHORIZATION_HEADER", "Authorization header not received")
            }
            Self::AuthorizationScheme => (
                401,
                "INVALID_AUTHORIZATION_HEADER_TOKEN_TYPE",
                "Authorization header must be the type of Basic.",
            ),
            Self::BareScheme => (
                400,
                "MISSING_AUTHORIZATION_HEADER",
                "The Authorization header is missing from the request.",
            ),
            Self::AuthorizationFormat => (
                400,
                "INVALID_AUTHORIZATION_HEADER",
                "The authorization header seems to be invalid",
            ),
            Self::UnknownUser => (404, "USER_DOES_NOT_EXIST", "The user does not exists"),
            Self::Blocked(name) => return blocked(name),
            Self::WrongKey => (401, "INVALID_API_KEY", "Sorry, you are using invalid API Key"),
            _ => return self.printed_basic(),
        };
        printed(status, true, Some(error), description)
    }

    fn printed_1_13(&self) -> Printed {
        let (status, error, description) = match self {
            Self::MissingAuthorization | Self::NoPasswordHeader => {
                (401, None, "MISSING AUTHORIZATION HEADER")
            }
            Self::AuthorizationScheme | Self::PasswordScheme => {
                (400, None, "INVALID AUTHORIZATION HEADER TOKEN TYPE")
            }
            Self::BareScheme => (
                401,
                Some("MISSING_AUTHORIZATION_HEADER"),
                "The Authorization header is missing from the request.",
            ),
            Self::AuthorizationFormat => (
                401,
                Some("INVALID_AUTHORIZATION_HEADER"),
                "The authorization header seems to be invalid",
            ),
            Self::UnknownUser => (401, Some("USER_DOES_NOT_EXIST"), "The user does not exists"),
            Self::WrongKey => {
                (401, Some("INVALID_API_KEY"), "Sorry, you are using invalid API Key")
            }
            Self::NoUserName => (400, Some("MISSING_USERNAME"), "Username Not Found"),
            Self::WrongPassword => {
                (400, Some("INVALID_CREDENTIALS"), "Invalid username or password")
            }
            _ => (401, Some("INCOMPLETE_REQUEST"), "Incomplete request"),
        };
        printed(status, true, error, description)
    }
}

/// What is printed with a quoted status.
pub(super) fn quoted(status: u16, error: &'static str, description: &str) -> Printed {
    printed(status, true, Some(error), description)
}

fn printed(status: u16, quoted: bool, error: Option<&'static str>, description: &str) -> Printed {
    Printed { status, quoted, error, description: description.to_owned() }
}

fn blocked(name: &str) -> Printed {
    let description = format!("The Username {name} has not been activated or is blocked.");
    printed(403, true, Some("USER_BLOCKED"), &description)
}

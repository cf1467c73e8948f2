//! The record of an application, with the field names and values of the module's form (2.1.0,
//! `MiniOrangeAPIAuth`).

use serde_json::{Map, Value, json};

/// How requests of an application authenticate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Method {
    /// User name and API key
    #[default]
    ApiKey,
    /// User name and password
    Basic,
    /// OAuth access token (paid edition)
    #[value(name = "oauth")]
    OAuth,
    /// JSON Web Token (paid edition)
    Jwt,
    /// Token of an external identity provider (paid edition)
    External,
}

/// Which header carries user name and API key.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Header {
    /// `Authorization: Basic BASE64`
    #[default]
    Authorization,
    /// `API-KEY: BASE64`
    ApiKey,
}

impl Method {
    const ALL: [Self; 5] = [Self::Basic, Self::ApiKey, Self::OAuth, Self::Jwt, Self::External];

    /// `authentication_method`.
    fn number(self) -> i64 {
        match self {
            Self::Basic => 0,
            Self::ApiKey => 1,
            Self::OAuth => 2,
            Self::Jwt => 3,
            Self::External => 4,
        }
    }

    /// The method in a record.
    pub(super) fn of(record: &Map<String, Value>) -> Option<Self> {
        let number = record.get("authentication_method").map_or(Some(0), number);
        Self::ALL.into_iter().find(|method| Some(method.number()) == number)
    }

    /// The word on the command line.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Basic => "basic",
            Self::ApiKey => "api-key",
            Self::OAuth => "oauth",
            Self::Jwt => "jwt",
            Self::External => "external",
        }
    }

    /// The words in the module's own table.
    fn label(self) -> &'static str {
        match self {
            Self::Basic => "Basic Authentication",
            Self::ApiKey => "API Key",
            Self::OAuth => "OAuth/Access Token",
            Self::Jwt => "JWT",
            Self::External => "External Identity Provider",
        }
    }

    /// Whether the free releases check nothing for it.
    pub(super) fn is_premium(self) -> bool {
        matches!(self, Self::OAuth | Self::Jwt | Self::External)
    }
}

impl Header {
    /// The header in a record, which the module's settings stand in for.
    pub(super) fn of(record: &Map<String, Value>, settings: Option<&Value>) -> Self {
        let own = record.get("rest_api_auth_type").filter(|value| !value.is_null());
        match own.or(settings).and_then(number) {
            Some(1) => Self::ApiKey,
            _ => Self::Authorization,
        }
    }

    /// The word on the command line.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Authorization => "authorization",
            Self::ApiKey => "api-key",
        }
    }
}

/// The record of a new application.
pub(super) fn new(id: &str, name: &str, method: Method, header: Header) -> Map<String, Value> {
    let mut record = Map::new();
    record.insert("name".to_owned(), json!(name));
    set_method(&mut record, method, header);
    record.insert("enable_authentication".to_owned(), json!(1));
    record.insert("id".to_owned(), json!(id));
    record.insert("is_default".to_owned(), json!(false));
    record
}

/// Writes the fields that hang on method and header.
pub(super) fn set_method(record: &mut Map<String, Value>, method: Method, header: Header) {
    let sent = match (method, header) {
        (Method::ApiKey, Header::ApiKey) => "API-KEY: {base64_encoded_credentials}",
        (Method::Basic | Method::ApiKey, _) => "Authorization: Basic {base64_encoded_credentials}",
        _ => "Authorization: Bearer {token}",
    };
    record.insert("auth_method".to_owned(), json!(method.label()));
    record.insert("authentication_method".to_owned(), json!(method.number()));
    record.insert("header_info".to_owned(), json!(sent));
    if method == Method::ApiKey {
        let number = i64::from(header == Header::ApiKey);
        record.insert("rest_api_auth_type".to_owned(), json!(number));
    } else {
        record.shift_remove("rest_api_auth_type");
    }
}

/// The name, empty where there is none.
pub(super) fn name_of(record: &Map<String, Value>) -> &str {
    record.get("name").and_then(Value::as_str).unwrap_or_default()
}

/// Whether the record says that it is the default application.
pub(super) fn is_default(record: &Map<String, Value>) -> bool {
    is_on(record.get("is_default"))
}

/// Whether the application's own switch is on; a record without it is.
pub(super) fn is_enabled(record: &Map<String, Value>) -> bool {
    let switch = record.get("enable_authentication").filter(|value| !value.is_null());
    switch.is_none() || is_on(switch)
}

fn is_on(value: Option<&Value>) -> bool {
    value.is_some_and(|value| value.as_bool().unwrap_or_else(|| number(value) == Some(1)))
}

/// A number, as Drupal's forms store it: often as text.
pub(super) fn number(value: &Value) -> Option<i64> {
    value.as_i64().or_else(|| value.as_str()?.trim().parse().ok())
}

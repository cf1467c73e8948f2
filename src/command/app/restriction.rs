//! The paid edition's restrictions, under the names of the module's "Advanced Settings" form.
//!
//! The form keeps them once for all applications, in `rest_api_authentication.settings`; here an
//! application's record may hold its own, which go before those of the settings. The custom header is
//! the settings' alone, since real releases read it there.

use std::net::IpAddr;
use std::str::FromStr;

use ipnet::IpNet;
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::record::number;
use crate::cli::Failure;
use crate::command::subject;
use crate::store::Reader;

/// What is changed.
#[derive(Debug, clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own on the command line")]
pub(super) struct RestrictionArgs {
    /// Allow only these client addresses, such as `192.0.2.0/24` (can be repeated)
    #[arg(long, value_name = "CIDR", value_delimiter = ',', conflicts_with = "block_ip")]
    allow_ip: Vec<Address>,
    /// Refuse these client addresses (can be repeated)
    #[arg(long, value_name = "CIDR", value_delimiter = ',')]
    block_ip: Vec<Address>,
    /// Take every client address
    #[arg(long, conflicts_with_all = ["allow_ip", "block_ip"])]
    any_ip: bool,
    /// Let the module ask for a credential on this path too, such as `/views/*` (can be repeated)
    #[arg(long, value_name = "PATH")]
    restrict_path: Vec<Path>,
    /// Take all such paths away
    #[arg(long, conflicts_with = "restrict_path")]
    no_restrict_path: bool,
    /// Let a role use this path, and all other roles only what is listed for them (can be repeated)
    #[arg(long, value_name = "ROLE=PATH")]
    role_path: Vec<RolePath>,
    /// Take all such rules away
    #[arg(long, conflicts_with = "role_path")]
    no_role_path: bool,
    /// Read the credential from this header too, in the form of `Authorization`: for all applications,
    /// since the module knows one
    #[arg(long, value_name = "NAME")]
    custom_header: Option<HeaderName>,
    /// Read it from no other header
    #[arg(long, conflicts_with = "custom_header")]
    no_custom_header: bool,
}

impl RestrictionArgs {
    /// Whether none of the flags is given.
    pub(super) fn asks_nothing(&self) -> bool {
        let flags = [self.any_ip, self.no_restrict_path, self.no_role_path, self.no_custom_header];
        !flags.contains(&true)
            && self.allow_ip.is_empty()
            && self.block_ip.is_empty()
            && self.restrict_path.is_empty()
            && self.role_path.is_empty()
            && self.custom_header.is_none()
    }
}

/// An address, or a range of addresses.
#[derive(Clone, Debug)]
struct Address(String);

impl FromStr for Address {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let is_one = text.parse::<IpAddr>().is_ok() || text.parse::<IpNet>().is_ok();
        is_one
            .then(|| Self(text.to_owned()))
            .ok_or("expected an address such as 192.0.2.7 or a range such as 192.0.2.0/24")
    }
}

/// A path, `*` standing for anything.
#[derive(Clone, Debug)]
struct Path(String);

impl FromStr for Path {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let is_path = text.starts_with('/') && !text.contains(['\n', '\r', '?', '#']);
        is_path
            .then(|| Self(text.to_owned()))
            .ok_or("expected a path such as /entity/user or /jsonapi/*, without a query")
    }
}

/// `ROLE=PATH`.
#[derive(Clone, Debug)]
struct RolePath {
    role: String,
    path: Path,
}

impl FromStr for RolePath {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (role, path) = text.split_once('=').ok_or("expected ROLE=PATH")?;
        Ok(Self { role: role.to_owned(), path: path.parse()? })
    }
}

/// The name of a header.
#[derive(Clone, Debug)]
struct HeaderName(String);

impl FromStr for HeaderName {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let is_token =
            |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
        if text.is_empty() || !text.bytes().all(is_token) {
            return Err("expected the name of a header, such as X-Custom-Auth");
        }
        if text.contains('_') {
            return Err("web servers drop headers with an underscore in their name");
        }
        Ok(Self(text.to_owned()))
    }
}

impl RestrictionArgs {
    /// Writes the fields that were asked for.
    pub(super) fn apply(
        &self,
        reader: Reader<'_>,
        record: &mut Map<String, Value>,
    ) -> Result<(), Failure> {
        let mut put = |name: &str, value: Value| drop(record.insert(name.to_owned(), value));
        let addresses = |list: &[Address]| {
            list.iter().map(|address| address.0.as_str()).collect::<Vec<_>>().join(";")
        };
        if !self.allow_ip.is_empty() {
            put("ip_access_type", json!(0));
            put("list_of_ips", json!(addresses(&self.allow_ip)));
        }
        if !self.block_ip.is_empty() {
            put("ip_access_type", json!(1));
            put("list_of_ips", json!(addresses(&self.block_ip)));
        }
        if !self.restrict_path.is_empty() {
            let paths: Vec<&str> = self.restrict_path.iter().map(|path| path.0.as_str()).collect();
            put("list_of_apis", json!(paths.join("\n")));
        }
        if !self.role_path.is_empty() {
            put("rolebased_restrict_map_array", self.role_rows(reader)?);
        }
        let mut remove = |is_asked: bool, names: &[&str]| {
            for name in names.iter().filter(|_| is_asked) {
                record.shift_remove(*name);
            }
        };
        remove(self.any_ip, &["ip_access_type", "list_of_ips"]);
        remove(self.no_restrict_path, &["list_of_apis"]);
        remove(self.no_role_path, &["rolebased_restrict_map_array"]);
        Ok(())
    }

    /// What the setting for the custom header is to be, where that was asked.
    pub(super) fn custom_header(&self) -> Option<Value> {
        let name = self.custom_header.as_ref().map(|HeaderName(name)| json!(name));
        name.or(self.no_custom_header.then_some(Value::Null))
    }

    /// A row a role, as the form's table has it.
    fn role_rows(&self, reader: Reader<'_>) -> Result<Value, Failure> {
        let mut rows = Map::new();
        for RolePath { role, path } in &self.role_path {
            let role = subject::role(reader, role)?.name;
            if role == crate::store::ANONYMOUS {
                return Err(Failure::usage(
                    "requests without an account have no role here: `anonymous` cannot be listed",
                ));
            }
            let row = rows.entry(role.clone()).or_insert_with(
                || json!({"user_role": role, "user_apis": "", "delete_button_role": "Remove"}),
            );
            let before = row.get("user_apis").and_then(Value::as_str).unwrap_or_default();
            let paths =
                if before.is_empty() { path.0.clone() } else { format!("{before}\n{}", path.0) };
            if let Value::Object(row) = row {
                row.insert("user_apis".to_owned(), json!(paths));
            }
        }
        Ok(Value::Object(rows))
    }
}

/// The restrictions of a record, for people.
#[derive(Debug, Default)]
pub(super) struct Restrictions {
    pub(super) allow_ip: Vec<String>,
    pub(super) block_ip: Vec<String>,
    pub(super) restrict_path: Vec<String>,
    pub(super) role_path: Vec<RolePaths>,
}

/// The paths of a role.
#[derive(Debug, Serialize)]
pub(super) struct RolePaths {
    pub(super) role: String,
    pub(super) paths: Vec<String>,
}

impl Restrictions {
    /// Reads them.
    pub(super) fn of(record: &Map<String, Value>) -> Self {
        let list = |name: &str, separator: char| {
            record
                .get(name)
                .and_then(Value::as_str)
                .map_or_else(Vec::new, |text| words(text, separator))
        };
        let addresses = list("list_of_ips", ';');
        let blocks = record.get("ip_access_type").and_then(number) == Some(1);
        let (allow_ip, block_ip) =
            if blocks { (Vec::new(), addresses) } else { (addresses, Vec::new()) };
        let rows = record.get("rolebased_restrict_map_array").and_then(Value::as_object);
        let text = |row: &Value, name: &str| {
            row.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
        };
        let role_path = rows.into_iter().flatten().map(|(_, row)| RolePaths {
            role: text(row, "user_role"),
            paths: words(&text(row, "user_apis"), '\n'),
        });
        Self {
            allow_ip,
            block_ip,
            restrict_path: list("list_of_apis", '\n'),
            role_path: role_path.collect(),
        }
    }
}

fn words(text: &str, separator: char) -> Vec<String> {
    let words = text.split(separator).map(str::trim).filter(|word| !word.is_empty());
    words.map(str::to_owned).collect()
}

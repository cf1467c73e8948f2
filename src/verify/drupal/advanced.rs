//! The paid edition's rules on paths, addresses and roles, which the guide's level follows.
//!
//! Fields and wording are those of the 2.1.0 forms; the code is not public, so that a refusal here has
//! status 403 and nothing else that is known. An application's own fields beat the settings'.

use std::net::IpAddr;

use ipnet::IpNet;
use serde_json::{Map, Value};

use super::code;
use super::end::End;
use super::level::Level;
use super::loose;
use super::site::Site;
use super::trail::Trail;
use super::wire::Wire;
use crate::verify::{DrupalPolicy, Request, UserFact};

/// `list_of_apis`: whether a path is to be protected beside the APIs, by the settings or an application.
pub(super) fn is_restricted(policy: &DrupalPolicy, wire: &Wire<'_>) -> bool {
    let records = policy.applications.values().filter_map(Value::as_object);
    let path = wire.routed_path();
    records
        .chain([&policy.settings])
        .filter_map(|fields| loose::get(fields, "list_of_apis"))
        .any(|paths| patterns(paths).iter().any(|pattern| matches(pattern, &path)))
}

/// `whitelist_get_apis`: whether reading needs no credential.
pub(super) fn is_open_to_read(site: &Site<'_>, id: &str, wire: &Wire<'_>) -> bool {
    let open = field(&site.policy.drupal, id, "whitelist_get_apis");
    site.level == Level::Guide && wire.method == "GET" && loose::is_one(open)
}

/// `ip_access_type` and `list_of_ips`: whether the client's address may use the application.
pub(super) fn address(
    site: &Site<'_>,
    id: &str,
    request: &Request,
    trail: &mut Trail,
) -> Result<(), End> {
    let drupal = &site.policy.drupal;
    let listed = field(drupal, id, "list_of_ips").map(networks).unwrap_or_default();
    if site.level != Level::Guide || listed.is_empty() {
        return Ok(());
    }
    let Some(address) = request.client_ip else {
        let what = format!("the client's address, which application {id} looks at (client_ip)");
        return Err(End::Unknown(code::SITE_DECIDES, what));
    };
    let is_listed = listed.iter().any(|network| network.contains(&address));
    let blocks = loose::is_one(field(drupal, id, "ip_access_type"));
    if is_listed != blocks {
        trail.pass(code::ADDRESS, "address", format!("{address} may use application {id}"));
        return Ok(());
    }
    let (observed, required) = if blocks {
        (format!("{address} is blocked"), "another address")
    } else {
        (format!("{address} is not among the allowed ones"), "an allowed address")
    };
    trail.fail(code::ADDRESS, "address", observed, required);
    Err(End::Silent(code::ADDRESS))
}

/// `rolebased_restrict_map_array`: whether one of the account's roles may use the path.
pub(super) fn roles(
    site: &Site<'_>,
    id: &str,
    wire: &Wire<'_>,
    user: &UserFact,
    trail: &mut Trail,
) -> Result<(), End> {
    let rows = field(&site.policy.drupal, id, "rolebased_restrict_map_array").map(role_rows);
    let Some(rows) = rows.filter(|rows| site.level == Level::Guide && !rows.is_empty()) else {
        return Ok(());
    };
    let path = wire.routed_path();
    let may = |role: &str| {
        let own = rows.iter().filter(|(listed, _)| listed == role);
        own.flat_map(|(_, paths)| paths).any(|pattern| matches(pattern, &path))
    };
    let roles = user.roles.iter().map(String::as_str).chain(["authenticated"]);
    let found = roles.into_iter().find(|role| may(role));
    if let Some(role) = found {
        trail.pass(code::ROLE_PATHS, "role paths", format!("the role {role} may use {path}"));
        return Ok(());
    }
    trail.fail(
        code::ROLE_PATHS,
        "role paths",
        format!("no role of {} may use {path}", user.name),
        format!(
            "a role of {}",
            rows.iter().map(|(role, _)| role.as_str()).collect::<Vec<_>>().join(", ")
        ),
    );
    Err(End::Silent(code::ROLE_PATHS))
}

/// Roles with their paths: the rows of the form's table, which may be one JSON text, or paths by role. A
/// row without a role says nothing.
fn role_rows(value: &Value) -> Vec<(String, Vec<String>)> {
    let parsed = value.as_str().and_then(|text| serde_json::from_str(text).ok());
    let rows = parsed.as_ref().unwrap_or(value).as_object();
    let row = |(key, row): (&String, &Value)| match row.get("user_role").and_then(Value::as_str) {
        Some(role) => (role.to_owned(), row.get("user_apis").map(patterns).unwrap_or_default()),
        None => (key.clone(), patterns(row)),
    };
    rows.into_iter().flatten().map(row).filter(|(role, _)| !role.is_empty()).collect()
}

/// A field of an application, else of the settings.
fn field<'a>(policy: &'a DrupalPolicy, id: &str, name: &str) -> Option<&'a Value> {
    let record = policy.applications.get(id).and_then(Value::as_object);
    let own = |fields: &'a Map<String, Value>| loose::get(fields, name);
    record.and_then(own).or_else(|| own(&policy.settings))
}

/// Paths of a field: one a line, or a list.
fn patterns(value: &Value) -> Vec<String> {
    let lines = match value {
        Value::String(text) => text.lines().map(str::to_owned).collect(),
        other => loose::words(Some(other)),
    };
    lines.into_iter().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect()
}

/// Addresses and networks of a field, `;` between them.
fn networks(value: &Value) -> Vec<IpNet> {
    let words = match value {
        Value::String(text) => text.split([';', ',', '\n']).map(str::to_owned).collect(),
        other => loose::words(Some(other)),
    };
    let network = |word: &String| {
        let word = word.trim();
        word.parse().ok().or_else(|| word.parse::<IpAddr>().ok().map(IpNet::from))
    };
    words.iter().filter_map(network).collect()
}

/// Whether a path fits a pattern in which `*` stands for anything.
fn matches(pattern: &str, path: &str) -> bool {
    let pattern = format!("/{}", pattern.trim_start_matches('/')).to_lowercase();
    let path = path.to_lowercase();
    let mut parts = pattern.split('*');
    let Some(mut rest) = parts.next().and_then(|first| path.strip_prefix(first)) else {
        return false;
    };
    let mut last = None;
    for part in parts {
        if let Some(part) = last.replace(part) {
            match rest.split_once(part) {
                Some((_, after)) => rest = after,
                None => return false,
            }
        }
    }
    last.map_or(rest.is_empty(), |last| rest.ends_with(last))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_star_stands_for_anything() {
        for (pattern, path) in [
            ("/entity/user", "/entity/user"),
            ("entity/user", "/Entity/User"),
            ("/entity/*", "/entity/user"),
            ("*", "/x"),
            ("/a/*/c", "/a/b/x/c"),
            ("/a*b*c", "/axbxc"),
        ] {
            assert!(matches(pattern, path), "{pattern} {path}");
        }
        for (pattern, path) in
            [("/entity", "/entity/user"), ("/a/*/c", "/a/b"), ("/a*b*c", "/ac"), ("", "/x")]
        {
            assert!(!matches(pattern, path), "{pattern} {path}");
        }
    }

    #[test]
    fn the_form_s_table_is_read_in_every_form_it_is_kept_in() {
        let rows = json!({
            "6f1c": {"user_role": "editor", "user_apis": "/a\r\n/b/*", "delete_button_role": "Remove"},
            "first_row_custom_attribute": {"user_role": "", "user_apis": ""},
        });
        let read = [("editor".to_owned(), vec!["/a".to_owned(), "/b/*".to_owned()])];
        assert_eq!(role_rows(&rows), read);
        assert_eq!(role_rows(&rows.to_string().into()), read);
        assert_eq!(role_rows(&json!({"editor": "/a\n/b/*"})), read);
        assert!(role_rows(&json!("")).is_empty());
    }

    #[test]
    fn networks_and_single_addresses_are_read() {
        let listed = networks(&json!("10.0.0.0/8; 192.0.2.7;2001:db8::/32; nonsense"));
        assert_eq!(listed.len(), 3);
        assert!(listed[1].contains(&"192.0.2.7".parse::<IpAddr>().unwrap()));
    }
}

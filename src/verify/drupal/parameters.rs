//! Query parameters of JSON:API requests: `JsonApiRequestValidator`, which runs behind routing.

use super::code;
use super::end::Exception;
use super::negotiate::Matched;
use super::trail::Trail;
use super::wire::Wire;

/// The specification's own parameters.
const RESERVED: &[&str] = &["filter", "sort", "page", "fields", "include"];

/// Refuses names that the specification does not leave to implementations.
pub(super) fn check(
    wire: &Wire<'_>,
    matched: &Matched,
    trail: &mut Trail,
) -> Result<(), Exception> {
    if matched.format != "api_json" {
        return Ok(());
    }
    let names = wire.query.entries().map(|(name, _)| String::from_utf8_lossy(name).into_owned());
    let wrong: Vec<String> =
        names.filter(|name| !RESERVED.contains(&name.as_str()) && !is_custom(name)).collect();
    if wrong.is_empty() {
        return Ok(());
    }
    let quoted = wrong.join("', '");
    trail.fail(
        code::PARAMETERS,
        "parameters",
        format!("'{quoted}'"),
        "names of the specification, or such with a capital letter, digit, hyphen or underscore inside",
    );
    let (message, link) = if wrong.iter().any(|name| name == "_format") {
        (
            "JSON:API does not need that ugly '_format' query string! 🤘 Use the URL provided in \
             'links' 🙏"
                .to_owned(),
            wire.address(),
        )
    } else {
        (
            format!("The following query parameters violate the JSON:API spec: '{quoted}'."),
            "http://jsonapi.org/format/#query-parameters".to_owned(),
        )
    };
    Err(Exception {
        reason: code::PARAMETERS,
        status: 400,
        message,
        headers: vec![("Link".to_owned(), link)],
        format: matched.format.clone(),
    })
}

/// `JsonApiSpec::isValidCustomQueryParameter()`: a member name with something but a to z in it.
fn is_custom(name: &str) -> bool {
    let outer = |c: char| c.is_ascii_alphanumeric() || !c.is_ascii();
    let inner = |c: char| outer(c) || matches!(c, '-' | '_' | ' ');
    name.starts_with(outer)
        && name.ends_with(outer)
        && name.chars().all(inner)
        && !name.bytes().all(|byte| byte.is_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::is_custom;

    #[test]
    fn custom_names_hold_more_than_small_letters() {
        for name in ["camelCase", "x-y", "x_y", "a1", "resourceVersion", "é"] {
            assert!(is_custom(name), "{name}");
        }
        for name in ["x", "foo", "_format", "-x", "x-", "a.b", ""] {
            assert!(!is_custom(name), "{name}");
        }
    }
}

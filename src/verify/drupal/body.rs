//! Whether the body can be what the route wants, as far as it can be told without the site's validation:
//! `RequestHandler::deserialize()`, `EntityResource::post()` and JSON:API's `deserialize()`.

use serde_json::Value;

use super::access::required;
use super::code;
use super::end::{End, Exception};
use super::entity::Operation;
use super::format;
use super::identity::Identity;
use super::negotiate::Matched;
use super::route::Serves;
use super::site::{Site, called};
use super::trail::Trail;
use super::wire::Wire;
use crate::credential::{PhpJson, PhpJsonError, php_json};
use crate::verify::php;

/// Checks the body of a request whose access was granted.
pub(super) fn check(
    site: &Site<'_>,
    wire: &Wire<'_>,
    matched: &Matched,
    identity: Identity<'_>,
    trail: &mut Trail,
) -> Result<(), End> {
    if !wants_body(matched) {
        return unwanted(wire, matched, trail);
    }
    let document = wanted(wire, matched, trail).map_err(End::Core)?;
    registration(matched, identity, trail).map_err(End::Core)?;
    if let Some(document) = document {
        bundle(site, matched, identity, &document, trail).map_err(End::Core)?;
        unvalidated(matched, &document, trail);
        trail.pass(code::BODY, "body", "can be read; validation is the site's");
    }
    Ok(())
}

fn wants_body(matched: &Matched) -> bool {
    match &matched.route.serves {
        Serves::Entity { operation, .. } => {
            matches!(operation, Operation::Create | Operation::Update)
        }
        Serves::Plugin { plugin, .. } => plugin == "user_registration",
        _ => false,
    }
}

/// A body where none is wanted: `RequestHandler` decodes it whatever the method, and its decoder takes no
/// missing format.
fn unwanted(wire: &Wire<'_>, matched: &Matched, trail: &mut Trail) -> Result<(), End> {
    let is_handled = matches!(&matched.route.serves, Serves::Entity { .. }) && matched.is_rest();
    if !is_handled || !php::is_truthy(&wire.http.body) {
        return Ok(());
    }
    match body_format(wire) {
        Some("json") => {
            php_json(&wire.http.body, PhpJson::Arrays)
                .map_err(|error| End::Core(not_json(matched, error, trail)))?;
            let text = format!("Core reads the body of a {} as an entity, too.", wire.method);
            trail.warn(code::BODY_UNCHECKED, text);
            Ok(())
        }
        Some("xml") => Ok(()),
        _ => {
            trail.fail(
                code::UPSTREAM_FAULT,
                "body",
                format!(
                    "core decodes the body of a {}, too, and has no decoder for it",
                    wire.method
                ),
                "no body, or JSON with its Content-Type",
            );
            Err(End::Fault(Some(matched.format.clone())))
        }
    }
}

fn body_format(wire: &Wire<'_>) -> Option<&'static str> {
    let sent = wire.header("Content-Type").map(String::from_utf8_lossy).unwrap_or_default();
    format::of_content_type(&sent)
}

/// A body that is wanted; `None` when its format is not read here.
fn wanted(
    wire: &Wire<'_>,
    matched: &Matched,
    trail: &mut Trail,
) -> Result<Option<Value>, Exception> {
    let is_jsonapi = matched.route.is_jsonapi();
    if !php::is_truthy(&wire.http.body) {
        let message = match &matched.route.serves {
            Serves::Plugin { .. } => "No user account data for registration received.",
            _ if is_jsonapi => "Empty request body.",
            _ => "No entity content received.",
        };
        return Err(refused(matched, 400, message, "the request has no body", trail));
    }
    let Some("json" | "api_json") = body_format(wire) else {
        trail.note(code::BODY, "body", "the body's format is not read here");
        return Ok(None);
    };
    let document = php_json(&wire.http.body, PhpJson::Arrays)
        .map_err(|error| not_json(matched, error, trail))?;
    if is_jsonapi && document.pointer("/data/type").is_none_or(Value::is_null) {
        let message = "Resource object must include a \"type\".";
        return Err(refused(matched, 400, message, "the document has no data.type", trail));
    }
    Ok(Some(document))
}

/// `EntityResource::post()` asks once more, for the content type that the body names.
fn bundle(
    site: &Site<'_>,
    matched: &Matched,
    identity: Identity<'_>,
    document: &Value,
    trail: &mut Trail,
) -> Result<(), Exception> {
    let Serves::Entity { entity, operation: Operation::Create, bundle: None } =
        &matched.route.serves
    else {
        return Ok(());
    };
    let named = document.pointer("/type/0/target_id").or_else(|| document.get("type"));
    let Some(bundle) = named.and_then(Value::as_str).filter(|_| entity.id == "node") else {
        return Ok(());
    };
    let wanted = format!("create {bundle} content");
    if site.may(identity.account, "bypass node access") || site.may(identity.account, &wanted) {
        return Ok(());
    }
    trail.fail(
        code::ACCESS,
        "access",
        format!("{} may create content, but not of the type {bundle}", called(identity.account)),
        required(&wanted),
    );
    let message = format!("You are not authorized to create this node entity of bundle {bundle}.");
    Err(Exception { reason: code::ACCESS, ..exception(matched, 403, &message) })
}

/// `UserRegistrationResource` takes new accounts from visitors alone.
fn registration(
    matched: &Matched,
    identity: Identity<'_>,
    trail: &mut Trail,
) -> Result<(), Exception> {
    if !matches!(matched.route.serves, Serves::Plugin { .. }) || identity.account.is_none() {
        return Ok(());
    }
    trail.fail(
        code::ACCESS,
        "access",
        "only anonymous visitors may register",
        "a request without credentials",
    );
    Err(Exception {
        reason: code::ACCESS,
        ..exception(matched, 403, "Only anonymous users can register a user.")
    })
}

/// Notes what the site will hardly take.
fn unvalidated(matched: &Matched, document: &Value, trail: &mut Trail) {
    let Serves::Entity { entity, operation, .. } = &matched.route.serves else { return };
    let fields = if matched.route.is_jsonapi() {
        document.pointer("/data/attributes").and_then(Value::as_object)
    } else {
        document.as_object()
    };
    let creates_user = entity.id == "user" && *operation == Operation::Create;
    let text = match fields {
        None if !matched.route.is_jsonapi() => {
            "The body is not a JSON object of fields.".to_owned()
        }
        fields if creates_user && fields.is_none_or(|fields| !fields.contains_key("name")) => {
            "A new account without `name` fails the site's validation with status 422.".to_owned()
        }
        Some(fields)
            if entity.id == "node"
                && !matched.route.is_jsonapi()
                && *operation == Operation::Create
                && !fields.contains_key("type") =>
        {
            "New content without `type` is refused by the site with status 422.".to_owned()
        }
        _ => return,
    };
    trail.warn(code::BODY_UNCHECKED, text);
}

/// Symfony's decoder passes PHP's message on.
fn not_json(matched: &Matched, error: PhpJsonError, trail: &mut Trail) -> Exception {
    refused(matched, 400, &error.to_string(), "the body is not JSON", trail)
}

fn refused(
    matched: &Matched,
    status: u16,
    message: &str,
    observed: &str,
    trail: &mut Trail,
) -> Exception {
    trail.fail(code::BODY, "body", observed, "a body in the format of its Content-Type");
    exception(matched, status, message)
}

fn exception(matched: &Matched, status: u16, message: &str) -> Exception {
    Exception {
        reason: code::BODY,
        status,
        message: message.to_owned(),
        headers: Vec::new(),
        format: matched.format.clone(),
    }
}

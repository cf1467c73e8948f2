//! Whether the body can be what the route wants, as far as it can be told without the site's validation:
//! `RequestHandler::deserialize()`, `EntityResource::post()` and JSON:API's `deserialize()`.

use serde_json::Value;

use super::code;
use super::end::Exception;
use super::entity::Operation;
use super::format;
use super::identity::Identity;
use super::negotiate::Matched;
use super::route::Serves;
use super::trail::Trail;
use super::wire::Wire;
use crate::verify::php;

/// Checks the body of a request whose access was granted.
pub(super) fn check(
    wire: &Wire<'_>,
    matched: &Matched,
    identity: Identity<'_>,
    trail: &mut Trail,
) -> Result<(), Exception> {
    let is_jsonapi = matched.route.is_jsonapi();
    let wants_body = match &matched.route.serves {
        Serves::Entity { operation, .. } => {
            matches!(operation, Operation::Create | Operation::Update)
        }
        Serves::Plugin { plugin, .. } => plugin == "user_registration",
        _ => false,
    };
    if !wants_body {
        return Ok(());
    }
    if !php::is_truthy(&wire.http.body) {
        let message = match &matched.route.serves {
            Serves::Plugin { .. } => "No user account data for registration received.",
            _ if is_jsonapi => "Empty request body.",
            _ => "No entity content received.",
        };
        return Err(refused(matched, 400, message, "the request has no body", trail));
    }
    let sent = wire.header("Content-Type").map(String::from_utf8_lossy).unwrap_or_default();
    let Some("json" | "api_json") = format::of_content_type(&sent) else {
        trail.note(code::BODY, "body", "the body's format is not read here");
        return Ok(());
    };
    let document = decode(&wire.http.body)
        .map_err(|message| refused(matched, 400, message, "the body is not JSON", trail))?;
    if is_jsonapi && document.pointer("/data/type").is_none_or(Value::is_null) {
        let message = "Resource object must include a \"type\".";
        return Err(refused(matched, 400, message, "the document has no data.type", trail));
    }
    registration(matched, identity, trail)?;
    unvalidated(matched, &document, trail);
    trail.pass(code::BODY, "body", "can be read; validation is the site's");
    Ok(())
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

/// PHP's `json_decode`, with its error messages.
fn decode(body: &[u8]) -> Result<Value, &'static str> {
    let Ok(text) = std::str::from_utf8(body) else {
        return Err("Malformed UTF-8 characters, possibly incorrectly encoded");
    };
    serde_json::from_str(text).map_err(|error| {
        if error.to_string().starts_with("control character") {
            "Control character error, possibly incorrectly encoded"
        } else {
            "Syntax error"
        }
    })
}

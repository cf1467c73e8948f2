//! What goes over the wire: status, headers and the whole body.
//!
//! The module echoes its JSON before it sets the status, so that without an output buffer the client
//! sees 200; 8.x-1.13 never sets one. Core's exceptions are written in the request's format:
//! `serialization`'s `DefaultExceptionSubscriber`, JSON:API's, `FinalExceptionSubscriber` for the rest.

use serde_json::json;

use super::code;
use super::end::{End, Exception, Served};
use super::format;
use super::json::{self, Escape};
use super::level::Level;
use super::refusal::{ModuleError, Printed};
use super::route;
use super::site::Site;
use super::trail::Trail;
use super::wire::{Asked, Wire};
use crate::verify::{
    Code, Decision, DrupalAnswer, HttpResponse, Principal, Request, Response, System, Verdict,
};

/// What a judgement's end comes to.
struct Outcome {
    decision: Decision,
    reason: Code,
    response: Option<HttpResponse>,
}

/// Assembles the verdict. `wire` is missing where no HTTP request was read.
pub(super) fn verdict(
    request: &Request,
    site: &Site<'_>,
    wire: Option<&Wire<'_>>,
    mut trail: Trail,
    end: &End,
) -> Verdict {
    let outcome = outcome(site, wire, &mut trail, end);
    // Core runs as somebody, if only as anonymous.
    if matches!(end, End::Served(_) | End::Core(_)) && trail.principal.is_none() {
        trail.principal = Some(Principal { user_id: Some(0), ..Principal::default() });
    }
    if matches!(end, End::Served(_)) && is_anonymous(trail.principal.as_ref()) {
        trail.credential = None;
    }
    Verdict {
        id: request.own_id(),
        system: Some(System::Drupal),
        decision: outcome.decision,
        reason: outcome.reason,
        flow: None,
        credential: trail.credential,
        principal: trail.principal,
        session: trail.session,
        response: outcome.response.map(Response::Http),
        redirect: None,
        steps: trail.steps,
        warnings: trail.warnings,
        remedies: Vec::new(),
        source: request.source.clone(),
    }
}

fn is_anonymous(principal: Option<&Principal>) -> bool {
    principal.is_none_or(|principal| principal.user_id == Some(0))
}

fn outcome(site: &Site<'_>, wire: Option<&Wire<'_>>, trail: &mut Trail, end: &End) -> Outcome {
    let is_head = wire.is_some_and(|wire| wire.method == "HEAD");
    let mut outcome = match end {
        End::Served(served) => Outcome {
            decision: Decision::Allow,
            reason: code::SERVED,
            response: Some(of_served(served)),
        },
        End::Module(error) => Outcome {
            decision: Decision::Deny,
            reason: error.code(),
            response: Some(of_module(site, error, trail)),
        },
        End::Core(exception) => Outcome {
            decision: Decision::Deny,
            reason: exception.reason,
            response: Some(of_core(site, wire, trail, exception)),
        },
        End::Silent(reason) => Outcome {
            decision: Decision::Deny,
            reason: *reason,
            response: Some(HttpResponse {
                status: 403,
                drupal: Some(DrupalAnswer::default()),
                ..HttpResponse::default()
            }),
        },
        End::Redirect(location) => Outcome {
            decision: Decision::Deny,
            reason: code::REDIRECT,
            response: Some(of_redirect(location)),
        },
        End::Fault(format) => Outcome {
            decision: Decision::Deny,
            reason: code::UPSTREAM_FAULT,
            response: Some(of_fault(site, wire, format.as_deref())),
        },
        End::Unknown(reason, what) => {
            trail.fail(*reason, "unknown", what.clone(), "that fact");
            Outcome { decision: Decision::Indeterminate, reason: *reason, response: None }
        }
    };
    // A HEAD answer has a body that nobody sees.
    if let Some(response) = outcome.response.as_mut().filter(|_| is_head) {
        response.body = None;
        if let Some(drupal) = response.drupal.as_mut() {
            drupal.message = None;
        }
    }
    outcome
}

fn of_served(served: &Served) -> HttpResponse {
    HttpResponse {
        status: served.status,
        content_type: served.content_type.clone(),
        body: None,
        drupal: Some(DrupalAnswer { headers: served.headers.clone(), ..DrupalAnswer::default() }),
    }
}

fn of_module(site: &Site<'_>, error: &ModuleError, trail: &mut Trail) -> HttpResponse {
    let printed = error.printed(site.level);
    let body = module_body(site.level, &printed);
    let reaches =
        site.level != Level::V1_13 && is_buffered(site.policy.drupal.output_buffering, body.len());
    let status = if reaches { printed.status } else { 200 };
    if status != printed.status {
        let why = if site.level == Level::V1_13 {
            "8.x-1.13 never sets a status"
        } else {
            "without PHP's output buffer the body is sent before the status is set"
        };
        trail.warn(
            code::WIRE_STATUS,
            format!("The module means status {}, the client sees 200: {why}.", printed.status),
        );
    }
    HttpResponse {
        status,
        content_type: Some("text/html; charset=UTF-8".to_owned()),
        body: Some(body),
        drupal: Some(DrupalAnswer {
            error: printed.error.map(str::to_owned),
            description: Some(printed.description),
            ..DrupalAnswer::default()
        }),
    }
}

/// Whether PHP holds a body of that length back; 1 is "on", without a limit.
fn is_buffered(output_buffering: i64, length: usize) -> bool {
    match output_buffering {
        1 => true,
        size => usize::try_from(size).is_ok_and(|size| length < size),
    }
}

fn module_body(level: Level, printed: &Printed) -> String {
    let text = |value: &str| json::text(value, Escape::Plain);
    let status = printed.status.to_string();
    let mut fields = vec![
        ("status", text("error")),
        (
            if level == Level::V1_13 { "code" } else { "http_code" },
            if printed.quoted { text(&status) } else { status },
        ),
    ];
    fields.extend(printed.error.map(|error| ("error", text(error))));
    fields.push(("error_description", text(&printed.description)));
    json::pretty(&fields)
}

fn of_core(
    site: &Site<'_>,
    wire: Option<&Wire<'_>>,
    trail: &Trail,
    exception: &Exception,
) -> HttpResponse {
    let (content_type, body, speaks) = match exception.format.as_str() {
        "html" => ("text/html; charset=UTF-8", None, false),
        format if is_serialized(site, format) => {
            let document = json!({"message": exception.message});
            let media_type = format::media_type(format).unwrap_or_default();
            (media_type, Some(json::compact(&document, Escape::Hex)), true)
        }
        "api_json" => {
            let body = wire.and_then(|wire| jsonapi_body(site, wire, trail, exception));
            ("application/vnd.api+json", body, true)
        }
        "xml" => ("text/xml; charset=UTF-8", Some(xml_body(&exception.message)), false),
        _ => ("text/plain; charset=UTF-8", Some(exception.message.clone()), false),
    };
    HttpResponse {
        status: exception.status,
        content_type: Some(content_type.to_owned()),
        body,
        drupal: Some(DrupalAnswer {
            message: speaks.then(|| exception.message.clone()),
            headers: exception.headers.clone(),
            ..DrupalAnswer::default()
        }),
    }
}

/// Whether core's serializer writes an exception as JSON: `hal_json` needs the module that brings it,
/// which a resource in that format shows to be there.
fn is_serialized(site: &Site<'_>, format: &str) -> bool {
    format == "json" || (format == "hal_json" && route::has_format(site.policy, format))
}

fn xml_body(message: &str) -> String {
    let text = if message.contains(['<', '>', '&']) {
        format!("<![CDATA[{message}]]>")
    } else {
        message.to_owned()
    };
    format!("<?xml version=\"1.0\"?>\n<response><message>{text}</message></response>\n")
}

/// The error document; whoever may `access site reports` also gets a stack trace, which is not known.
fn jsonapi_body(
    site: &Site<'_>,
    wire: &Wire<'_>,
    trail: &Trail,
    exception: &Exception,
) -> Option<String> {
    let id = trail.principal.as_ref().and_then(|principal| principal.user_id);
    let account = id.and_then(|id| site.facts.users.get(&id));
    if site.may(account, "access site reports") {
        return None;
    }
    let (title, section) = match exception.status {
        400 => ("Bad Request", "10.4.1"),
        401 => ("Unauthorized", "10.4.2"),
        403 => ("Forbidden", "10.4.4"),
        404 => ("Not Found", "10.4.5"),
        405 => ("Method Not Allowed", "10.4.6"),
        406 => ("Not Acceptable", "10.4.7"),
        415 => ("Unsupported Media Type", "10.4.16"),
        _ => return None,
    };
    let link = exception.headers.iter().find(|(name, _)| name == "Link");
    let info = link.map_or_else(
        || format!("http://www.w3.org/Protocols/rfc2616/rfc2616-sec10.html#sec{section}"),
        |(_, link)| link.clone(),
    );
    let document = json!({
        "jsonapi": {
            "version": "1.0",
            "meta": {"links": {"self": {"href": "http://jsonapi.org/format/1.0/"}}},
        },
        "errors": [{
            "title": title,
            "status": exception.status.to_string(),
            "detail": exception.message,
            "links": {"via": {"href": via(site, wire)?}, "info": {"href": info}},
        }],
    });
    Some(json::compact(&document, Escape::Hex))
}

/// `getUri()`. A key in the query is not repeated.
fn via(site: &Site<'_>, wire: &Wire<'_>) -> Option<String> {
    let key_auth =
        site.policy.drupal.key_auth.as_ref().and_then(|settings| settings.get("param_name"));
    let key_name = key_auth.and_then(|name| name.as_str()).map(str::as_bytes);
    if wire.query.entries().any(|(name, _)| Some(name) == key_name) {
        return None;
    }
    let query = wire.normalized_query()?;
    let mark = if query.is_empty() { "" } else { "?" };
    Some(format!("{}{mark}{query}", wire.address()))
}

/// A `RedirectResponse`: a page with a link.
fn of_redirect(location: &str) -> HttpResponse {
    HttpResponse {
        status: 302,
        content_type: Some("text/html; charset=UTF-8".to_owned()),
        body: None,
        drupal: Some(DrupalAnswer {
            headers: vec![("Location".to_owned(), location.to_owned())],
            ..DrupalAnswer::default()
        }),
    }
}

/// An exception that is not an HTTP one; the text is what a site that hides errors shows.
fn of_fault(site: &Site<'_>, wire: Option<&Wire<'_>>, settled: Option<&str>) -> HttpResponse {
    let format = match (settled, wire.map(|wire| &wire.format)) {
        (Some(format), _) => format,
        (None, Some(Asked::Format(format))) => format,
        (None, _) => "html",
    };
    let serializes = format == "json" && is_at_least(&site.policy.drupal.core, (11, 1));
    let (content_type, body) = if serializes {
        ("application/json", r#"{"message":"Internal Server Error"}"#)
    } else {
        (
            if format == "html" { "text/html; charset=UTF-8" } else { "text/plain; charset=UTF-8" },
            "The website encountered an unexpected error. Try again later.",
        )
    };
    HttpResponse {
        status: 500,
        content_type: Some(content_type.to_owned()),
        body: Some(body.to_owned()),
        drupal: Some(DrupalAnswer {
            message: serializes.then(|| "Internal Server Error".to_owned()),
            ..DrupalAnswer::default()
        }),
    }
}

/// Whether a release of core is the one named or later; an unset one is 10.3.
fn is_at_least(core: &str, wanted: (u32, u32)) -> bool {
    let mut numbers = core.split('.').map(|part| part.parse::<u32>().unwrap_or(0));
    let found = (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0));
    found >= wanted
}

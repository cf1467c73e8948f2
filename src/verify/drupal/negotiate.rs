//! From a path to one route: the filters that core runs, in their order, and what each of them throws.
//!
//! JSON:API's format setter (priority 100), `MethodFilter` (10) with JSON:API's read-only mode around it,
//! `ContentTypeHeaderMatcher` (5), `RequestFormatRouteFilter` (0), then `Router::matchCollection()`. The
//! format that an answer is written in is what the request has when the exception is thrown.

use std::fmt::Write as _;

use super::code;
use super::end::Exception;
use super::format;
use super::route::Route;
use super::site::Site;
use super::wire::{Asked, Wire};
use crate::verify::Code;

/// The route that serves a request.
#[derive(Clone, Debug)]
pub(super) struct Matched {
    /// The route.
    pub(super) route: Route,
    /// Its parameters, raw.
    pub(super) parameters: Vec<(String, String)>,
    /// The format of the answer.
    pub(super) format: String,
}

impl Matched {
    /// Whether the route is a REST resource's.
    pub(super) fn is_rest(&self) -> bool {
        self.route.name.starts_with("rest.")
    }
}

/// Filters the candidates down to one.
pub(super) fn negotiate(
    site: &Site<'_>,
    wire: &Wire<'_>,
    routes: Vec<Route>,
) -> Result<Matched, Exception> {
    let mut format = match &wire.format {
        Asked::Format(format) => Some(format.clone()),
        Asked::Nothing | Asked::Array => None,
    };
    if routes.is_empty() {
        return Err(not_found(wire, format.as_ref()));
    }
    if format.is_none() && available(&routes) == ["api_json"] {
        format = Some("api_json".to_owned());
    }
    let routes = by_method(site, wire, routes, format.as_ref())?;
    let routes = by_content_type(wire, routes, format.as_ref())?;
    let (routes, format) = by_format(site, wire, routes, format)?;
    let path = wire.routed_path();
    let found = [false, true].into_iter().find_map(|folded| {
        routes.iter().find_map(|route| {
            route.parameters(&path, folded).map(|parameters| (route.clone(), parameters))
        })
    });
    let Some((route, parameters)) = found else { return Err(not_found(wire, Some(&format))) };
    Ok(Matched { route, parameters, format })
}

fn exception(reason: Code, status: u16, message: String, format: Option<&String>) -> Exception {
    let format = format.cloned().unwrap_or_else(|| "html".to_owned());
    Exception { reason, status, message, headers: Vec::new(), format }
}

/// `RouterListener`, which also quotes the page that linked here.
fn not_found(wire: &Wire<'_>, format: Option<&String>) -> Exception {
    let mut message = format!("No route found for \"{} {}\"", wire.method, wire.address());
    if let Some(referrer) = wire.truthy_header("Referer") {
        let _ = write!(message, " (from \"{}\")", String::from_utf8_lossy(referrer));
    }
    exception(code::ROUTE_MISSING, 404, message, format)
}

fn by_method(
    site: &Site<'_>,
    wire: &Wire<'_>,
    routes: Vec<Route>,
    format: Option<&String>,
) -> Result<Vec<Route>, Exception> {
    let named: Vec<String> = routes.iter().flat_map(|route| route.methods.clone()).collect();
    let mut allowed: Vec<String> = Vec::new();
    let mut left = Vec::new();
    for route in routes {
        let mut methods = route.methods.clone();
        if methods.iter().any(|method| method == "GET") {
            methods.push("HEAD".to_owned());
        }
        if methods.contains(&wire.method) {
            left.push(route);
        } else {
            methods.append(&mut allowed);
            allowed = methods;
        }
    }
    if left.is_empty() {
        let allow = unique(allowed).join(", ");
        let message = format!(
            "No route found for \"{} {}\": Method Not Allowed (Allow: {allow})",
            wire.method,
            wire.address()
        );
        let refused = exception(code::METHOD_REFUSED, 405, message, format);
        return Err(Exception { headers: vec![("Allow".to_owned(), allow)], ..refused });
    }
    let reads = |method: &String| matches!(method.as_str(), "GET" | "HEAD" | "OPTIONS" | "TRACE");
    if site.policy.drupal.jsonapi_read_only {
        left.retain(|route| !route.is_jsonapi() || route.methods.iter().all(reads));
    }
    if left.is_empty() {
        let message = format!(
            "JSON:API is configured to accept only read operations. Site administrators can configure \
             this at {}{}/admin/config/services/jsonapi.",
            wire.origin, wire.base
        );
        let allow = unique(named.into_iter().filter(reads).collect()).join(", ");
        let refused = exception(code::READ_ONLY, 405, message, format);
        return Err(Exception { headers: vec![("Allow".to_owned(), allow)], ..refused });
    }
    Ok(left)
}

fn by_content_type(
    wire: &Wire<'_>,
    routes: Vec<Route>,
    format: Option<&String>,
) -> Result<Vec<Route>, Exception> {
    if matches!(wire.method.as_str(), "GET" | "HEAD" | "OPTIONS" | "TRACE" | "DELETE") {
        return Ok(routes);
    }
    let sent = wire.truthy_header("Content-Type").map(String::from_utf8_lossy);
    let body_format = sent.as_deref().and_then(format::of_content_type);
    let (open, strict): (Vec<Route>, Vec<Route>) =
        routes.into_iter().partition(|route| route.body_formats.is_empty());
    let mut left: Vec<Route> = strict
        .into_iter()
        .filter(|route| route.body_formats.iter().any(|known| Some(known.as_str()) == body_format))
        .collect();
    left.extend(open);
    if !left.is_empty() {
        return Ok(left);
    }
    let message = match sent {
        None => "No \"Content-Type\" request header specified".to_owned(),
        Some(sent) => format!("No route found that matches \"Content-Type: {sent}\""),
    };
    Err(exception(code::CONTENT_TYPE, 415, message, format))
}

fn by_format(
    site: &Site<'_>,
    wire: &Wire<'_>,
    routes: Vec<Route>,
    format: Option<String>,
) -> Result<(Vec<Route>, String), Exception> {
    let formats = available(&routes);
    let format = format.unwrap_or_else(|| match formats.as_slice() {
        [only] => only.clone(),
        _ => "html".to_owned(),
    });
    let (pages, strict): (Vec<Route>, Vec<Route>) =
        routes.into_iter().partition(|route| route.formats.is_empty());
    let mut left: Vec<Route> =
        strict.into_iter().filter(|route| route.formats.contains(&format)).collect();
    left.extend(pages);
    if !left.is_empty() {
        return Ok((left, format));
    }
    let named =
        if names_format(&site.policy.drupal.core) { format!(" {format}") } else { String::new() };
    let message = format!(
        "No route found for the specified format{named}. Supported formats: {}.",
        formats.join(", ")
    );
    let refused = exception(code::FORMAT, 406, message, Some(&format));
    Err(Exception { headers: vec![("Link".to_owned(), alternates(wire, &formats))], ..refused })
}

/// Whether a release of core names the format in its refusal: up to 10.5 and up to 11.1.
fn names_format(core: &str) -> bool {
    let mut numbers = core.split('.').map(|part| part.parse::<u32>().unwrap_or(0));
    match (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0)) {
        (10, minor) => minor < 6,
        (11, minor) => minor < 2,
        (major, _) => major < 10,
    }
}

/// The `Link` header beside a 406.
fn alternates(wire: &Wire<'_>, formats: &[String]) -> String {
    formats
        .iter()
        .map(|known| {
            let url = format!("{}?_format={known}", wire.address());
            let media_type = format::media_type(known).unwrap_or_default();
            format!("<{url}>; rel=\"alternate\"; type=\"{media_type}\"")
        })
        .collect::<Vec<_>>()
        .join(", ")
}

/// The formats of all routes; one that names none is a page.
fn available(routes: &[Route]) -> Vec<String> {
    let formats = routes.iter().flat_map(|route| match route.formats.as_slice() {
        [] => vec!["html".to_owned()],
        formats => formats.to_vec(),
    });
    unique(formats.collect())
}

/// PHP's `array_unique`: the first of each stays.
pub(super) fn unique(words: Vec<String>) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for word in words {
        if !out.contains(&word) {
            out.push(word);
        }
    }
    out
}

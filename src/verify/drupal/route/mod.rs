//! The routes of a site, as far as they bear on API requests, and which of them a path may lead to.
//!
//! `RouteProvider` collects the routes whose outline fits the path, most specific first, by name among
//! equals. `negotiate` filters them; what a route then does is left to `access` and `body`.

mod core_pages;
mod jsonapi;
mod rest;

use super::entity::{EntityType, Operation};
use super::level::Level;
use super::wire::Wire;
use crate::verify::Policy;

/// One route.
#[derive(Clone, Debug)]
pub(super) struct Route {
    /// Its name.
    pub(super) name: String,
    /// Its path, with `{parameter}`s.
    pub(super) path: String,
    /// The methods it takes.
    pub(super) methods: Vec<String>,
    /// `_format`: what it answers in; empty is a page, which takes any format.
    pub(super) formats: Vec<String>,
    /// `_content_type_format`: what its body may be; empty is anything.
    pub(super) body_formats: Vec<String>,
    /// `_auth`: the providers it lists; `None` is the global ones.
    pub(super) providers: Option<Vec<String>>,
    /// Whether its parameter must be digits.
    pub(super) digits: bool,
    /// What it does.
    pub(super) serves: Serves,
}

/// What a route does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Serves {
    /// An entity over REST or JSON:API.
    Entity {
        /// The type.
        entity: EntityType,
        /// What is done.
        operation: Operation,
        /// The bundle, which JSON:API has in the path.
        bundle: Option<String>,
    },
    /// A collection of JSON:API, or its entry point: everybody may ask.
    Listing,
    /// What hangs on one entity in JSON:API: related resources and relationships.
    Related(EntityType),
    /// A REST plugin that is no entity.
    Plugin {
        /// The plugin's id.
        plugin: String,
        /// Whether core has it, so that its path and answers are certain.
        is_known: bool,
    },
    /// An HTML page of core.
    Page(Audience),
    /// The page of an entity.
    EntityPage(EntityType),
    /// `user.login.http`.
    LogIn,
    /// `user.login_status.http`.
    LogInStatus,
    /// A session token.
    Token,
    /// `user.pass.http`.
    PasswordReset,
    /// `rest_api_authentication.token_revoke`, the module's own.
    Revocation,
}

/// Whom a page is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Audience {
    /// Everybody.
    Everybody,
    /// Visitors who are not logged in.
    Anonymous,
    /// Logged-in users.
    LoggedIn,
    /// Whom the page's own rules let in.
    Chosen,
}

impl Route {
    /// Whether the route belongs to JSON:API.
    pub(super) fn is_jsonapi(&self) -> bool {
        self.name.starts_with("jsonapi.")
    }

    /// Whether the route answers with a page.
    pub(super) fn is_page(&self) -> bool {
        matches!(self.serves, Serves::Page(_) | Serves::EntityPage(_))
    }

    /// The parameters of a path that the route fits; literal parts compare with or without case.
    pub(super) fn parameters(&self, path: &str, folded: bool) -> Option<Vec<(String, String)>> {
        let mut parameters = Vec::new();
        let (mut pattern, mut parts) = (self.path.split('/'), path.split('/'));
        loop {
            match (pattern.next(), parts.next()) {
                (None, None) => return Some(parameters),
                (Some(wanted), Some(part)) => match parameter(wanted) {
                    Some(name) => {
                        let fits = !self.digits || part.bytes().all(|byte| byte.is_ascii_digit());
                        if part.is_empty() || !fits {
                            return None;
                        }
                        parameters.push((name.to_owned(), part.to_owned()));
                    }
                    None if wanted == part => {}
                    None if folded && wanted.to_lowercase() == part.to_lowercase() => {}
                    None => return None,
                },
                _ => return None,
            }
        }
    }
}

/// How specific a route's outline is, when it fits the lower-case parts of a path.
fn fit(template: &str, parts: &[String]) -> Option<u32> {
    let mut fit = 0_u32;
    let mut count = 0;
    for wanted in template.split('/').filter(|part| !part.is_empty()) {
        let part = parts.get(count)?;
        let literal = parameter(wanted).is_none();
        if literal && wanted.to_lowercase() != *part {
            return None;
        }
        fit = fit << 1 | u32::from(literal);
        count += 1;
    }
    (count == parts.len()).then_some(fit)
}

fn parameter(part: &str) -> Option<&str> {
    part.strip_prefix('{')?.strip_suffix('}')
}

/// The routes that a request's path may lead to, in the order in which they are tried.
pub(super) fn candidates(policy: &Policy, wire: &Wire<'_>) -> Vec<Route> {
    let parts = parts_of(wire);
    let mut fitting: Vec<(u32, Route)> = all(policy, &parts)
        .into_iter()
        .filter_map(|route| fit(&route.path, &parts).map(|fit| (fit, route)))
        .collect();
    fitting.sort_by(|(left_fit, left), (right_fit, right)| {
        right_fit.cmp(left_fit).then_with(|| left.name.cmp(&right.name))
    });
    fitting.into_iter().map(|(_, route)| route).collect()
}

/// Whether a path is that of a REST resource. Asked of every request, to tell the systems apart.
pub(super) fn is_of_rest(policy: &Policy, wire: &Wire<'_>) -> bool {
    let parts = parts_of(wire);
    let routes = rest::routes(&policy.drupal, |template| fit(template, &parts).is_some());
    routes.iter().any(|route| fit(&route.path, &parts).is_some())
}

fn parts_of(wire: &Wire<'_>) -> Vec<String> {
    let path = wire.decoded_path().to_lowercase();
    path.split('/').filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

fn all(policy: &Policy, parts: &[String]) -> Vec<Route> {
    // Routes are made only where their outline fits: a site may have very many resources.
    let fits = |template: &str| fit(template, parts).is_some();
    let mut routes = core_pages::routes(Level::of(&policy.drupal), fits);
    routes.extend(rest::routes(&policy.drupal, fits));
    routes.extend(jsonapi::routes(parts));
    routes
}

/// Whether an enabled resource answers in a format.
pub(super) fn has_format(policy: &Policy, format: &str) -> bool {
    let routes = rest::routes(&policy.drupal, |_| true);
    routes.iter().any(|route| route.formats.iter().any(|known| known == format))
}

/// Enabled plugins whose path only their own code knows.
pub(super) fn plugins_elsewhere(policy: &Policy) -> Vec<String> {
    rest::routes(&policy.drupal, |_| true)
        .into_iter()
        .filter_map(|route| match route.serves {
            Serves::Plugin { plugin, is_known: false } => Some(plugin),
            Serves::Entity { entity, .. } if !entity.is_known => {
                Some(format!("entity:{}", entity.id))
            }
            _ => None,
        })
        .collect()
}

/// Whether a path lies under JSON:API.
pub(super) fn is_under_jsonapi(wire: &Wire<'_>) -> bool {
    wire.routed_path()
        .split('/')
        .find(|part| !part.is_empty())
        .is_some_and(|first| first.eq_ignore_ascii_case("jsonapi"))
}

/// The plugin whose configuration leaves the route's method out, and is not heard.
pub(super) fn ignores_methods(policy: &Policy, route: &Route) -> Option<String> {
    policy.drupal.resources.iter().filter_map(|resource| resource.as_object()).find_map(
        |resource| {
            let plugin = rest::plugin_id(resource)?;
            let method = route.methods.first()?;
            let own = route.name == format!("rest.{}.{method}", plugin.replace(':', "."));
            let named = rest::named_methods(resource).iter().any(|name| name == method);
            (own && !rest::is_by_method(resource) && !named).then_some(plugin)
        },
    )
}

/// The entity resources that would serve a path with the request's method, were they enabled.
pub(super) fn plugins_for(wire: &Wire<'_>) -> Vec<(String, String)> {
    let path = wire.routed_path();
    let number = path
        .split('/')
        .find(|part| part.bytes().all(|byte| byte.is_ascii_digit()) && !part.is_empty());
    let method = if wire.method == "HEAD" { "GET" } else { &wire.method };
    EntityType::all_known()
        .filter(|entity| {
            entity.methods().iter().any(|(known, _)| {
                let create = *known == "POST";
                let template = if create { &entity.create } else { &entity.canonical };
                // Content is known by numbers, configuration by names.
                let is_id = create || entity.is_config || number.is_some();
                *known == method && fits(template, &path) && is_id
            })
        })
        .map(|entity| (format!("entity:{}", entity.id), method.to_owned()))
        .collect()
}

fn fits(template: &str, path: &str) -> bool {
    let (mut wanted, mut parts) = (template.split('/'), path.split('/'));
    loop {
        match (wanted.next(), parts.next()) {
            (None, None) => return true,
            (Some(wanted), Some(part)) => {
                let same = wanted.to_lowercase() == part.to_lowercase();
                if !same && (parameter(wanted).is_none() || part.is_empty()) {
                    return false;
                }
            }
            _ => return false,
        }
    }
}

pub(super) use rest::enable;

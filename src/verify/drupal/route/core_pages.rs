//! Routes of core that stand beside REST: pages of accounts and content, log-in over HTTP, tokens.
//!
//! `user.routing.yml`, `node.routing.yml`, `system.routing.yml`, `rest.routing.yml` of 10.3. A route that
//! names no method takes GET and POST (`RouteMethodSubscriber`).

use super::{Audience, Route, Serves};
use crate::verify::drupal::entity::EntityType;
use crate::verify::drupal::level::Level;

/// Pages, by name and path.
const PAGES: &[(&str, &str, Audience)] = &[
    ("<front>", "/", Audience::Everybody),
    ("user.page", "/user", Audience::LoggedIn),
    ("user.edit", "/user/edit", Audience::LoggedIn),
    ("user.login", "/user/login", Audience::Anonymous),
    ("user.logout", "/user/logout", Audience::LoggedIn),
    ("user.pass", "/user/password", Audience::Everybody),
    ("user.register", "/user/register", Audience::Anonymous),
    ("entity.user.edit_form", "/user/{user}/edit", Audience::Chosen),
    ("entity.user.cancel_form", "/user/{user}/cancel", Audience::Chosen),
    ("entity.user.collection", "/admin/people", Audience::Chosen),
    ("user.admin_create", "/admin/people/create", Audience::Chosen),
    ("user.admin_permissions", "/admin/people/permissions", Audience::Chosen),
    ("entity.node.edit_form", "/node/{node}/edit", Audience::Chosen),
    ("entity.node.delete_form", "/node/{node}/delete", Audience::Chosen),
    ("node.add_page", "/node/add", Audience::Chosen),
    ("node.add", "/node/add/{node_type}", Audience::Chosen),
    ("system.admin", "/admin", Audience::Chosen),
    ("system.admin_content", "/admin/content", Audience::Chosen),
];

/// Services that answer in JSON, with their one method.
const SERVICES: &[(&str, &str, &str, Serves)] = &[
    ("user.login.http", "/user/login", "POST", Serves::LogIn),
    ("user.login_status.http", "/user/login_status", "GET", Serves::LogInStatus),
    ("user.pass.http", "/user/password", "POST", Serves::PasswordReset),
];

/// Session tokens.
const TOKENS: &[(&str, &str)] =
    &[("system.csrftoken", "/session/token"), ("rest.csrftoken", "/rest/session/token")];

/// Content that has a page of its own.
const CONTENT: &[&str] = &["user", "node", "taxonomy_term", "comment"];

/// The pages and services of core whose path fits.
pub(super) fn routes(level: Level, fits: impl Fn(&str) -> bool) -> Vec<Route> {
    let pages = PAGES.iter().filter(|(_, path, _)| fits(path)).map(|(name, path, audience)| {
        Route { digits: name.starts_with("entity."), ..both(name, path, Serves::Page(*audience)) }
    });
    let services =
        SERVICES.iter().filter(|(_, path, ..)| fits(path)).map(|(name, path, method, serves)| {
            Route {
                methods: vec![(*method).to_owned()],
                formats: vec!["json".to_owned()],
                // From 2.0 the module's RouteSubscriber gives the log-in to its own provider.
                providers: (*serves == Serves::LogIn && level != Level::V1_13)
                    .then(|| vec!["rest_api_authentication".to_owned()]),
                ..both(name, path, serves.clone())
            }
        });
    let tokens = TOKENS
        .iter()
        .filter(|(_, path)| fits(path))
        .map(|(name, path)| both(name, path, Serves::Token));
    let content =
        CONTENT.iter().map(|id| EntityType::named(id)).filter(|entity| fits(&entity.canonical));
    let content = content.map(|entity| Route {
        digits: true,
        ..both(
            &format!("entity.{}.canonical", entity.id),
            &entity.canonical.clone(),
            Serves::EntityPage(entity),
        )
    });
    let revocation = Some("/rest_api/revoke")
        .filter(|path| level.has_applications() && fits(path))
        .map(|path| both("rest_api_authentication.token_revoke", path, Serves::Revocation));
    pages.chain(services).chain(tokens).chain(content).chain(revocation).collect()
}

fn both(name: &str, path: &str, serves: Serves) -> Route {
    Route {
        name: name.to_owned(),
        path: path.to_owned(),
        methods: vec!["GET".to_owned(), "POST".to_owned()],
        formats: Vec::new(),
        body_formats: Vec::new(),
        providers: None,
        digits: false,
        serves,
    }
}

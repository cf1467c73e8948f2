//! Routes of core that stand beside REST: pages of accounts and content, log-in over HTTP, tokens.
//!
//! `user.routing.yml`, `system.routing.yml`, `rest.routing.yml` of 10.3. A route that names no method
//! takes GET and POST (`RouteMethodSubscriber`).

use super::{Audience, Route, Serves};
use crate::verify::drupal::entity::EntityType;
use crate::verify::drupal::level::Level;

/// The pages and services of core that are known here.
pub(super) fn routes(level: Level) -> Vec<Route> {
    let page = |name: &str, path: &str, audience| both(name, path, Serves::Page(audience));
    let json = |name: &str, path: &str, method: &str, serves| Route {
        methods: vec![method.to_owned()],
        formats: vec!["json".to_owned()],
        ..both(name, path, serves)
    };
    let mut routes = vec![
        page("<front>", "/", Audience::Everybody),
        page("user.page", "/user", Audience::LoggedIn),
        page("user.edit", "/user/edit", Audience::LoggedIn),
        page("user.login", "/user/login", Audience::Anonymous),
        page("user.logout", "/user/logout", Audience::LoggedIn),
        page("user.pass", "/user/password", Audience::Everybody),
        page("user.register", "/user/register", Audience::Anonymous),
        Route {
            // From 2.0 the module's RouteSubscriber gives this route to its own provider.
            providers: (level != Level::V1_13).then(|| vec!["rest_api_authentication".to_owned()]),
            ..json("user.login.http", "/user/login", "POST", Serves::LogIn)
        },
        json("user.login_status.http", "/user/login_status", "GET", Serves::LogInStatus),
        json("user.pass.http", "/user/password", "POST", Serves::PasswordReset),
        both("system.csrftoken", "/session/token", Serves::Token),
        both("rest.csrftoken", "/rest/session/token", Serves::Token),
    ];
    for id in ["user", "node", "taxonomy_term", "comment"] {
        let entity = EntityType::named(id);
        let (name, path) = (format!("entity.{id}.canonical"), entity.canonical.clone());
        routes.push(Route { digits: true, ..both(&name, &path, Serves::EntityPage(entity)) });
    }
    routes
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

//! Does the request reach CiviCRM, and with which path? Each CMS's front controller and
//! `CRM/Core/Invoke.php`.

use crate::verify::php::{self, Value};
use crate::verify::{Cms, HttpRequest, Policy};

/// Where a request leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// A CiviCRM path, as upstream's `args`; AuthX runs.
    Page(Vec<String>),
    /// A CiviCRM path that is answered before AuthX runs.
    BeforeAuthx(String),
    /// `extern/rest.php` or a script beside it, which does not know AuthX.
    Extern(String),
    /// Somewhere else.
    Elsewhere,
}

impl Place {
    /// Finds the place.
    pub(super) fn of(http: &HttpRequest, policy: &Policy) -> Self {
        let path = decoded(http.raw_path());
        if let Some(script) = extern_script(policy.cms, &path) {
            return Self::Extern(script);
        }
        let route = controller(policy.cms, &path, http).or_else(|| clean(&path, policy));
        let Some(route) = route else { return Self::Elsewhere };
        match route.as_str() {
            "civicrm/menu/rebuild" | "civicrm/clearcache" => Self::BeforeAuthx(route),
            _ => {
                let args: Vec<_> = route.split('/').map(str::to_owned).collect();
                let ours = args.first().is_some_and(|first| first == "civicrm");
                if ours { Self::Page(args) } else { Self::Elsewhere }
            }
        }
    }
}

fn decoded(path: &str) -> String {
    // Only `%XX` means something in a path; `+` is itself.
    let bytes = php::url_decode(path.replace('+', "%2B").as_bytes());
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Scripts that CiviCRM keeps outside its routes. Standalone has them below a folder of any name.
fn extern_script(cms: Cms, path: &str) -> Option<String> {
    let (before, script) = path.split_once("/extern/")?;
    let is_civicrm = before.contains("civicrm") || cms == Cms::Standalone || script == "rest.php";
    (is_civicrm && !script.contains('/')).then(|| format!("extern/{script}"))
}

/// The path in a query parameter, on the systems that have it there.
fn controller(cms: Cms, path: &str, http: &HttpRequest) -> Option<String> {
    if matches!(cms, Cms::Drupal | Cms::Standalone) {
        return None;
    }
    let query = php::parse_query(http.raw_query().as_bytes());
    let text = |name: &str| match query.get(name.as_bytes()) {
        Some(Value::Text(text)) => Some(String::from_utf8_lossy(text).into_owned()),
        Some(Value::Array(_)) | None => None,
    };
    let says = |name: &str, word: &str| text(name).is_some_and(|value| value == word);
    let route = match cms {
        Cms::Drupal7 | Cms::Backdrop => text("q")?,
        Cms::WordPress if says("civiwp", "CiviCRM") || says("page", "CiviCRM") => {
            text("q").unwrap_or_else(|| "civicrm".to_owned())
        }
        Cms::Joomla if says("option", "com_civicrm") || path.contains("/component/civicrm") => {
            text("task").unwrap_or_else(|| "civicrm".to_owned())
        }
        Cms::Drupal | Cms::WordPress | Cms::Joomla | Cms::Standalone => return None,
    };
    Some(route.trim_start_matches('/').to_owned())
}

/// The path itself: behind the path of the site's address, or behind any when that is not known.
fn clean(path: &str, policy: &Policy) -> Option<String> {
    let Some(base) = &policy.base_url else { return anywhere(path) };
    let below = path.strip_prefix(base_path(base).as_str())?.strip_prefix('/')?;
    let below = below.strip_prefix("index.php/").unwrap_or(below);
    Some(below.to_owned())
}

fn base_path(base: &str) -> String {
    let behind_scheme = base.split_once("://").map_or(base, |(_, rest)| rest);
    let path = behind_scheme.find('/').and_then(|at| behind_scheme.get(at..)).unwrap_or_default();
    decoded(path.trim_end_matches('/'))
}

/// The first segment `civicrm` begins the route; of several in a row the last, since a site may live in
/// a folder of that name while no route continues so.
fn anywhere(path: &str) -> Option<String> {
    let segments: Vec<_> = path.split('/').collect();
    let mut first = segments.iter().position(|segment| *segment == "civicrm")?;
    while segments.get(first + 1) == Some(&"civicrm") {
        first += 1;
    }
    Some(segments.get(first..)?.join("/"))
}

#[cfg(test)]
mod tests {
    use super::Place;
    use crate::verify::{Cms, HttpRequest, Policy};

    fn place(cms: Cms, base_url: Option<&str>, target: &str) -> Place {
        let policy = Policy { cms, base_url: base_url.map(Into::into), ..Policy::default() };
        Place::of(&HttpRequest { target: target.into(), ..HttpRequest::default() }, &policy)
    }

    fn page(route: &str) -> Place {
        Place::Page(route.split('/').map(str::to_owned).collect())
    }

    #[test]
    fn without_an_address_the_path_is_found_anywhere() {
        for target in
            ["/civicrm/ajax/rest", "/site/civicrm/ajax/rest?x=1", "/civicrm/civicrm/ajax/rest"]
        {
            assert_eq!(place(Cms::Drupal, None, target), page("civicrm/ajax/rest"), "{target}");
        }
        assert_eq!(place(Cms::Drupal, None, "/jsonapi/node"), Place::Elsewhere);
        assert_eq!(place(Cms::Drupal, None, "/CiviCRM/ajax/rest"), Place::Elsewhere);
    }

    #[test]
    fn with_an_address_the_path_is_behind_it() {
        let base = Some("https://crm.example.org/site");
        assert_eq!(place(Cms::Drupal, base, "/site/civicrm/x"), page("civicrm/x"));
        assert_eq!(place(Cms::Drupal, base, "/site/index.php/civicrm/x"), page("civicrm/x"));
        assert_eq!(place(Cms::Drupal, base, "/civicrm/x"), Place::Elsewhere);
        assert_eq!(place(Cms::Drupal, base, "/sitecivicrm/x"), Place::Elsewhere);
        let root = Some("https://crm.example.org");
        assert_eq!(place(Cms::Drupal, root, "/civicrm/x"), page("civicrm/x"));
        assert_eq!(place(Cms::Drupal, root, "/other/civicrm/x"), Place::Elsewhere);
    }

    #[test]
    fn case_trailing_slash_and_escapes_are_told_apart() {
        assert_eq!(place(Cms::Drupal, None, "/civicrm/authx/login/"), page("civicrm/authx/login/"));
        assert_eq!(place(Cms::Drupal, None, "/civicrm/AUTHX/a+b%2Fc"), page("civicrm/AUTHX/a+b/c"));
    }

    #[test]
    fn each_system_s_query_is_understood_by_that_system_alone() {
        let q = "/?q=civicrm/ajax/rest";
        assert_eq!(place(Cms::Drupal7, None, q), page("civicrm/ajax/rest"));
        assert_eq!(place(Cms::Backdrop, Some("https://x"), q), page("civicrm/ajax/rest"));
        assert_eq!(place(Cms::Drupal, None, q), Place::Elsewhere);
        assert_eq!(place(Cms::WordPress, None, q), Place::Elsewhere);
        let civiwp = "/?civiwp=CiviCRM&q=civicrm%2Fajax%2Frest";
        assert_eq!(place(Cms::WordPress, None, civiwp), page("civicrm/ajax/rest"));
        let admin = "/wp-admin/admin.php?page=CiviCRM&q=civicrm/x";
        assert_eq!(place(Cms::WordPress, None, admin), page("civicrm/x"));
        let task = "/index.php?option=com_civicrm&task=civicrm/ajax/rest";
        assert_eq!(place(Cms::Joomla, None, task), page("civicrm/ajax/rest"));
        assert_eq!(place(Cms::Joomla, None, "/index.php?option=com_content"), Place::Elsewhere);
    }

    #[test]
    fn what_authx_does_not_see_is_named() {
        let rest = "/sites/all/modules/civicrm/extern/rest.php?key=x";
        let script = |name: &str| Place::Extern(format!("extern/{name}"));
        assert_eq!(place(Cms::Drupal7, None, rest), script("rest.php"));
        for cms in Cms::ALL {
            assert_eq!(place(cms, None, "/core/extern/rest.php"), script("rest.php"), "{cms:?}");
        }
        assert_eq!(place(Cms::Standalone, None, "/core/extern/ipn.php"), script("ipn.php"));
        assert_eq!(place(Cms::Drupal, None, "/core/extern/ipn.php"), Place::Elsewhere);
        let early = Place::BeforeAuthx("civicrm/clearcache".into());
        assert_eq!(place(Cms::Drupal, None, "/civicrm/clearcache"), early);
        assert_eq!(place(Cms::Drupal, None, "/civicrm/clearcache/x"), page("civicrm/clearcache/x"));
    }
}

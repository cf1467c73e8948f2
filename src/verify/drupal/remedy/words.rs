//! A remedy in words and commands: authctl's own, drush's, and the site's pages.

use super::edit::Edit;
use super::step::{SiteChange, Step};
use crate::verify::mend::sentence;
use crate::verify::shell::{named, option, quoted};
use crate::verify::{Change, Grantee, Remedy};

/// The module's own page.
const MODULE_PAGE: &str = "/admin/config/people/rest_api_authentication/auth_settings";

/// Writes a remedy.
pub(super) fn remedy(steps: &[Step]) -> Remedy {
    let mut remedy = Remedy::default();
    let mut texts = Vec::new();
    for step in steps {
        let (text, authctl, site) = match step {
            Step::Shared(change) => shared(change),
            Step::Site(change) => site(change),
            Step::Edit(edit) => (self::edit(edit), None, Vec::new()),
        };
        texts.push(text);
        remedy.authctl.extend(authctl);
        remedy.site.extend(site);
    }
    remedy.text = sentence(&texts);
    remedy
}

/// Writes a remedy that is not known to let the request in, with what comes after it.
pub(super) fn partial(steps: &[Step], then: &str) -> Remedy {
    let mut remedy = remedy(steps);
    let whole = remedy.text.trim_end_matches('.');
    remedy.text = format!("{whole}; then {then}.");
    remedy.is_partial = true;
    remedy
}

type Words = (String, Option<String>, Vec<String>);

fn shared(change: &Change) -> Words {
    let (behind, site) = match change {
        Change::Grant { to: Grantee::Role(role), permission } => {
            ("", vec![format!("drush role:perm:add {} {}", quoted(role), quoted(permission))])
        }
        Change::Grant { to: Grantee::User(name), permission } => (
            ", on the site by a role",
            vec![
                format!("drush role:perm:add ROLE {}", quoted(permission)),
                named("drush user:role:add ROLE", name, ""),
            ],
        ),
        Change::Unblock { user } => ("", vec![named("drush user:unblock", user, "")]),
        Change::KeepKey(_) => ("", vec![MODULE_PAGE.to_owned()]),
        // Nothing else is proposed for Drupal.
        _ => ("", Vec::new()),
    };
    (change.text() + behind, Some(change.authctl()), site)
}

fn site(change: &SiteChange) -> Words {
    match change {
        SiteChange::AddAccount { name, id: None } => (
            format!("add an account {name}"),
            Some(named("authctl user add", name, "")),
            vec![named("drush user:create", name, "")],
        ),
        SiteChange::AddAccount { name, id: Some(id) } => (
            format!("add account {id}, if it exists on the site"),
            Some(named("authctl user add", name, &format!("--id {id}"))),
            vec![format!("drush user:information --uid={id}")],
        ),
        SiteChange::Password { name, .. } => (
            format!("set the password of {name} anew, and send it"),
            Some(named("authctl user passwd", name, "")),
            vec![format!("drush user:password {} PASSWORD", quoted(name))],
        ),
        SiteChange::Key { name, .. } => (
            format!("make a key for {name}, and send it"),
            Some(format!("authctl key generate {}", option("--user", name))),
            vec![format!("{MODULE_PAGE} (API Key Configuration: {name}, Generate)")],
        ),
        SiteChange::SiteKey { in_place_of, .. } => (
            "make another key for the site's settings, and send it, or send the one they have"
                .to_owned(),
            Some(match in_place_of {
                Some(id) => format!("authctl key rotate {id}"),
                None => "authctl key generate --api-token".to_owned(),
            }),
            vec![
                "drush config:set -y rest_api_authentication.settings api_token \
                 \"$(openssl rand -hex 32)\""
                    .to_owned(),
                format!("{MODULE_PAGE} (Generate)"),
            ],
        ),
        SiteChange::Default(id) => (
            format!("make {id} the default application"),
            Some(named("authctl app set", id, "--default")),
            vec![
                format!(
                    "drush config:set -y rest_api_authentication.settings {}",
                    named("default_application_id", id, "")
                ),
                format!(
                    "drush config:set -y --input-format=yaml rest_api_authentication.settings {} true",
                    quoted(&format!("applications.{id}.is_default"))
                ),
                MODULE_PAGE.to_owned(),
            ],
        ),
        SiteChange::AddApplication => (
            "add a default application for API keys".to_owned(),
            Some(
                "authctl app add NAME --method api-key --header authorization --default".to_owned(),
            ),
            vec![MODULE_PAGE.to_owned()],
        ),
        SiteChange::Header { id, api_key } => {
            let (header, number) = if *api_key { ("api-key", 1) } else { ("authorization", 0) };
            (
                format!("let application {id} read the header that is sent"),
                Some(named("authctl app set", id, &format!("--header {header}"))),
                vec![format!(
                    "drush config:set -y --input-format=yaml rest_api_authentication.settings {} {number}",
                    quoted(&format!("applications.{id}.rest_api_auth_type"))
                )],
            )
        }
        SiteChange::Resource { plugin, method, format, provider } => {
            resource(plugin, method, format, provider)
        }
        SiteChange::SwitchOn => (
            "turn the module on".to_owned(),
            Some("authctl setting set drupal.settings.enable_authentication 1".to_owned()),
            vec![
                "drush config:set -y --input-format=yaml rest_api_authentication.settings \
                 enable_authentication 1"
                    .to_owned(),
                format!("{MODULE_PAGE} (Enable Authentication)"),
            ],
        ),
        SiteChange::Writable => (
            "let JSON:API accept writing".to_owned(),
            Some("authctl setting set drupal.jsonapi_read_only false".to_owned()),
            vec![
                "drush config:set -y --input-format=yaml jsonapi.settings read_only 0".to_owned(),
                "/admin/config/services/jsonapi".to_owned(),
            ],
        ),
    }
}

fn resource(plugin: &str, method: &str, format: &str, provider: &str) -> Words {
    let id = plugin.replace(':', ".");
    let words = format!(
        "{} --method {method} --format {} --auth {}",
        quoted(plugin),
        quoted(format),
        quoted(provider)
    );
    (
        format!("enable {method} of the REST resource {plugin} as {format} for {provider}"),
        Some(format!("authctl resource enable {words}")),
        vec![
            format!("/admin/config/services/rest/resource/{id}/edit"),
            format!(
                "drush config:set -y --input-format=yaml {} '?' \"$(cat {})\" && drush cache:rebuild",
                quoted(&format!("rest.resource.{id}")),
                quoted(&format!("rest.resource.{id}.yml"))
            ),
        ],
    )
}

fn edit(edit: &Edit) -> String {
    match edit {
        Edit::Header { name, value } => format!("send -H {}", quoted(&format!("{name}: {value}"))),
        Edit::Without(name) => format!("leave the header {name} out"),
        Edit::MoveKey { to_api_key: true, .. } => {
            "send what stands behind `Basic` as -H 'API-KEY: BASE64'".to_owned()
        }
        Edit::MoveKey { to_api_key: false, .. } => {
            "send what stands in API-KEY as -H 'Authorization: Basic BASE64'".to_owned()
        }
        Edit::Credential { in_api_key, password } => {
            let header =
                if *in_api_key { "API-KEY: BASE64" } else { "Authorization: Basic BASE64" };
            let secret = if *password { "password" } else { "key" };
            format!(
                "send -H '{header}', the base64 of NAME:{} of an account that may do this",
                secret.to_uppercase()
            )
        }
        Edit::Path(path) => format!("ask for the path {path}"),
        Edit::Method(method) => format!("send the method {method}"),
        Edit::Format(format) => format!("ask for ?_format={format}, as the only parameter"),
        Edit::Body(least) => format!("send a body such as {least}, with the fields"),
        Edit::WithoutQuery => "leave the query parameters out".to_owned(),
    }
}

//! What is true but dangerous, or will surprise the client later.

use super::answer::Finding;
use super::attempt::{Attempt, Given};
use super::credential::Scheme;
use super::path::Place;
use super::site::{Site, UserMode, Words};
use super::target::ASSIGNED;
use super::trace::Refusal;
use super::{api_key, code, params};
use crate::credential::{ApiKey, Shape};
use crate::verify::php::{self, Array};
use crate::verify::{Code, Decision, Header, HttpRequest, Kind, Release, Request, Warning};

/// How many unknown words of a setting are named.
const NAMED: usize = 5;

/// Collects the warnings on a judged request.
pub(super) fn collect(site: Site<'_>, request: &Request, finding: &Finding) -> Vec<Warning> {
    let mut out = Warnings(Vec::new());
    if let Kind::Http(http) = &request.kind {
        of_http(site, http, finding, &mut out);
    }
    if let Some(attempt) = &finding.attempt {
        of_credential(site, attempt, &mut out);
        of_settings(site, attempt, finding, &mut out);
        if finding.decision == Decision::Allow {
            of_success(site, attempt, finding, &mut out);
        }
    }
    if let Some(Refusal::Throw(..) | Refusal::Crash(..)) = &finding.refusal
        && finding.reason == code::UPSTREAM_FAULT
    {
        let text = "This is a fault of CiviCRM's own code, and no refusal: over HTTP the client sees an error page.";
        out.add(code::WARN_UPSTREAM_FAULT, text);
    }
    out.0
}

struct Warnings(Vec<Warning>);

impl Warnings {
    fn add(&mut self, code: Code, text: impl Into<String>) {
        self.0.push(Warning { code, text: text.into() });
    }
}

fn of_http(site: Site<'_>, http: &HttpRequest, finding: &Finding, out: &mut Warnings) {
    if let Some(header) = http.headers.iter().find(|header| is_mistaken_name(header)) {
        let name = &header.name;
        let text = format!(
            "The header `{name}` has an underscore: PHP takes it for a hyphen, many servers drop it."
        );
        out.add(code::WARN_UNDERSCORE, text);
    }
    let place = Place::of(http, site.policy);
    if let Place::Extern(script) = &place {
        let text = format!(
            "{script} is older than AuthX: no guard and no setting of AuthX applies there. Use \
             civicrm/ajax/rest with the same key and api_key, or X-Civi-Auth."
        );
        out.add(code::WARN_EXTERN_REST, text);
    }
    let Place::Page(args) = &place else { return };
    let query = php::parse_query(http.raw_query().as_bytes());
    in_url(&query, args, out);
    let unread = params::unread(http);
    let legacy = args.get(1).is_some_and(|arg| arg == "ajax");
    let names = ["_authx", "api_key"].into_iter().filter(|name| legacy || *name == "_authx");
    if let Some(name) = names.into_iter().find(|name| unread.contains_key(name)) {
        let why = match &*http.method {
            "POST" => "in a body that is no form".to_owned(),
            method => format!("in the body of a {method} request"),
        };
        let text = format!("`{name}` is {why}: PHP reads the forms of POST requests alone.");
        out.add(code::WARN_NOT_READ, text);
    }
    if http.method != "GET" && filled(&query, "_authx") {
        let text = format!(
            "`_authx` is in the query of a {} request, and AuthX reads it there for GET alone.",
            http.method
        );
        out.add(code::WARN_NOT_READ, text);
    }
    if finding.reason == code::HEADER_IGNORED {
        let text = "Basic or Digest in Authorization was passed over: the request goes on as if it were not there.";
        out.add(code::WARN_BASIC_IGNORED, text);
    }
    if finding.decision == Decision::Allow && finding.redirect.is_none() {
        needs_ajax_header(http, args, finding, out);
    }
}

fn is_mistaken_name(header: &Header) -> bool {
    let hyphens = header.name.replace('_', "-");
    let ours = params::CREDENTIAL_HEADERS.iter().any(|name| name.eq_ignore_ascii_case(&hyphens));
    ours && header.name.contains('_')
}

fn filled(query: &Array, name: &str) -> bool {
    query.get(name.as_bytes()).is_some_and(|value| !value.is_empty())
}

fn in_url(query: &Array, args: &[String], out: &mut Warnings) {
    let legacy = args.get(1).is_some_and(|arg| arg == "ajax");
    let names = ["_authx", "_authxSiteKey", "api_key", "key"];
    let names = names.into_iter().filter(|name| legacy || name.starts_with("_authx"));
    let found: Vec<_> = names.filter(|name| filled(query, name)).collect();
    if !found.is_empty() {
        let text = format!(
            "Secrets in the URL ({}) end up in logs and browser histories: send headers instead.",
            found.join(", ")
        );
        out.add(code::WARN_IN_URL, text);
    }
}

/// `CRM_Utils_REST::isWebServiceRequest` knows three flows; the others want a browser's header too.
fn needs_ajax_header(http: &HttpRequest, args: &[String], finding: &Finding, out: &mut Warnings) {
    let api =
        matches!(args, [_, ajax, api, ..] if ajax == "ajax" && (api == "rest" || api == "api4"));
    let known = finding
        .flow
        .as_deref()
        .is_none_or(|flow| matches!(flow, "legacyrest" | "param" | "xheader"));
    let sent =
        http.method == "OPTIONS" || http.header("X-Requested-With") == Some(b"XMLHttpRequest");
    if api && !known && !sent {
        let text = "AuthX lets this in, yet the API behind it will refuse: send X-Requested-With: \
                    XMLHttpRequest as well, or use X-Civi-Auth.";
        out.add(code::WARN_AJAX_HEADER, text);
    }
}

fn of_credential(site: Site<'_>, attempt: &Attempt, out: &mut Warnings) {
    let Given::Cred(cred) = &attempt.given else { return };
    let parameter = matches!(attempt.flow.as_str(), "param" | "login" | "auto");
    match Scheme::split(cred) {
        Scheme::Basic(_) if parameter => {
            out.add(code::WARN_PASSWORD_PARAMETER, "A password is sent as a parameter.");
        }
        Scheme::Bearer(Some(text)) => {
            if matches!(ApiKey::inspect(text), Shape::Own { checksum_ok: false, .. }) {
                let text = "The key begins as authctl's keys do, and its checksum is wrong: it looks mistyped or cut off.";
                out.add(code::WARN_MISTYPED, text);
            }
            of_keys(site, text, out);
        }
        _ => {}
    }
}

fn of_keys(site: Site<'_>, text: &[u8], out: &mut Warnings) {
    let found = api_key::candidates(site, text);
    let Some((contact, key)) = found.first() else { return };
    if !key.exact {
        let text = format!("Key {} matched although case, accents or blanks differ.", key.key_id);
        out.add(code::WARN_FOLDED, text);
    }
    if key.weak {
        let text = format!("Key {} is short enough to be guessed: replace it.", key.key_id);
        out.add(code::WARN_WEAK_KEY, text);
    }
    if found.iter().any(|(other, _)| other != contact) {
        let text =
            format!("Several contacts have this key; the lowest one, contact {contact}, is taken.");
        out.add(code::WARN_SHARED_KEY, text);
    }
}

fn of_settings(site: Site<'_>, attempt: &Attempt, finding: &Finding, out: &mut Warnings) {
    let flow = &attempt.flow;
    let types = site.allowed_types(flow);
    let guards = site.guards();
    unknown(&types, &["jwt", "api_key", "pass"], &format!("authx_{flow}_cred"), out);
    unknown(&guards, &["site_key", "perm"], "authx_guards", out);
    let mode = site.user_mode_word(flow);
    if !matches!(mode, "ignore" | "optional" | "require" | "") {
        let text = format!(
            "authx_{flow}_user has a word that nobody knows, `{mode}`: it counts as optional."
        );
        out.add(code::WARN_UNKNOWN_WORD, text);
    }
    let Ok(guards) = guards.list() else { return };
    if guards.iter().any(|word| word == "site_key") {
        site_key(site, out);
    }
    let takes_tokens = types.list().is_ok_and(|types| types.iter().any(|word| word == "jwt"));
    let no_keys =
        site.policy.civicrm.sign_keys.as_ref().is_none_or(crate::credential::Secret::is_empty);
    if takes_tokens && no_keys && finding.target.kind == Some("jwt") {
        let text = format!(
            "authx_{flow}_cred has jwt, and CIVICRM_SIGN_KEYS is not defined: no token is ever valid."
        );
        out.add(code::WARN_INEFFECTIVE, text);
    }
}

fn unknown(words: &Words<'_>, known: &[&str], setting: &str, out: &mut Warnings) {
    let Ok(words) = words.list() else { return };
    let mut unknown = words.iter().filter(|word| !known.contains(&word.as_str()));
    let named: Vec<String> = unknown.by_ref().take(NAMED).map(|word| format!("`{word}`")).collect();
    if named.is_empty() {
        return;
    }
    let more = match unknown.count() {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let named = named.join(", ");
    let text = format!("{setting} has what nobody knows, {named}{more}: that has no effect.");
    out.add(code::WARN_UNKNOWN_WORD, text);
}

/// Customary are 16 to 32 letters and digits.
fn site_key(site: Site<'_>, out: &mut Warnings) {
    let Some(key) = &site.policy.civicrm.site_key else {
        let text = "authx_guards has site_key, and CIVICRM_SITE_KEY is not defined: nothing satisfies that guard.";
        return out.add(code::WARN_INEFFECTIVE, text);
    };
    let safe = |byte: &u8| byte.is_ascii_alphanumeric() || b"-._~".contains(byte);
    if key.is_empty() {
        let text =
            "CIVICRM_SITE_KEY is empty: every request without a site key satisfies that guard.";
        return out.add(code::WARN_SITE_KEY, text);
    }
    if key.expose().len() < 16 {
        out.add(code::WARN_SITE_KEY, "The site key has under 16 characters: it can be guessed.");
    }
    if !key.expose().iter().all(safe) {
        let text = "The site key has characters that must be escaped in URLs and shells.";
        out.add(code::WARN_SITE_KEY, text);
    }
}

fn of_success(site: Site<'_>, attempt: &Attempt, finding: &Finding, out: &mut Warnings) {
    let target = &finding.target;
    let kind = target.kind.unwrap_or_default();
    if site.guards().is_empty() && kind != ASSIGNED && kind != "jwt" {
        out.add(code::WARN_NO_GUARD, "authx_guards is empty: the credential alone opens the site.");
    }
    let contact = target.contact.as_ref().and_then(|contact| site.contact(contact.id()));
    if let Some(contact) = contact.filter(|contact| contact.deleted) {
        let text =
            format!("Contact {} is in the trash, and AuthX lets it in all the same.", contact.id);
        out.add(code::WARN_TRASHED, text);
    }
    let user = target.user_id.or_else(|| site.user_of_contact(target.contact.as_ref()?.id()));
    if let Some(user) = user.and_then(|id| site.user(id)).filter(|user| user.blocked) {
        let text = format!(
            "{} is blocked and let in all the same: {}.",
            user.name,
            why_blocked_passes(site, attempt)
        );
        out.add(code::WARN_BLOCKED, text);
    }
    let rehash = site.facts.passwords.iter().any(|fact| fact.matches && fact.needs_rehash);
    if kind == "pass" && rehash {
        let text = format!(
            "The stored password of {} has an old kind of hash: set it anew.",
            target.name(site)
        );
        out.add(code::WARN_REHASH, text);
    }
}

fn why_blocked_passes(site: Site<'_>, attempt: &Attempt) -> &'static str {
    if !site.since(Release::V6_13) {
        "releases before 6.11 do not look"
    } else if !site.reports_blocked() {
        "this CMS does not tell CiviCRM"
    } else if site.user_mode(&attempt.flow) == UserMode::Ignore {
        "the user mode is ignore"
    } else if attempt.validate_only {
        "validate does not look"
    } else {
        "the session was active before"
    }
}

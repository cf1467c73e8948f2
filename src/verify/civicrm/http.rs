//! A whole HTTP request: both listeners of `civi.invoke.auth`, one after the other.

use super::answer::{self, Finding};
use super::attempt::{self, Attempt};
use super::params::{self, Input};
use super::path::Place;
use super::session::{Active, Login};
use super::site::Site;
use super::target::Target;
use super::trace::{Refusal, Trace};
use super::{code, credential, edit, flow, rewrite};
use crate::verify::{Decision, HttpRequest, Policy, Presented, Redirect, Request};

/// Lists what every credential of the request needs, also of those that the site passes over: they may
/// be what a remedy is about.
pub(super) fn present(http: &HttpRequest, policy: &Policy, presented: &mut Presented) {
    let Place::Page(args) = Place::of(http, policy) else { return };
    let input = Input::read(http);
    let legacy = flow::legacy(&input, &args);
    let legacy = legacy.as_ref().and_then(edit::cred_of).map(<[u8]>::to_vec);
    for cred in rewrite::carried(http).into_iter().chain(legacy) {
        credential::present(&cred, presented);
        if let Some(mended) = edit::mended(&cred) {
            credential::present(&mended, presented);
        }
    }
}

/// Judges the request.
pub(super) fn judge(site: Site<'_>, request: &Request, http: &HttpRequest) -> Finding {
    let mut trace = Trace::default();
    let active = Active::cookie(request.session);
    match Place::of(http, site.policy) {
        Place::Extern(script) => {
            let observed =
                format!("{script} has its own authentication; AuthX never sees the request");
            trace.check(false, code::EXTERN_REST, "path", observed, "a path below civicrm/");
            Finding::unknown(code::EXTERN_REST, trace)
        }
        Place::Elsewhere => {
            trace.skip(
                code::NOT_CIVICRM,
                "path",
                "this path is not CiviCRM's",
                "a path below civicrm/",
            );
            answer::untouched(site, code::NOT_CIVICRM, &active, request, trace)
        }
        Place::BeforeAuthx(path) => {
            let observed = format!("CiviCRM answers {path} before AuthX runs");
            trace.skip(code::BEFORE_AUTHX, "path", observed, "any other path below civicrm/");
            answer::untouched(site, code::BEFORE_AUTHX, &active, request, trace)
        }
        Place::Page(args) => match params::contradictory_header(http) {
            Some(name) => {
                let observed = format!(
                    "{name} is there twice with different values; servers differ in what PHP gets"
                );
                trace.check(false, code::HEADER_TWICE, "headers", observed, "one value");
                Finding::unknown(code::HEADER_TWICE, trace)
            }
            None => page(site, request, &Input::read(http), &args, active, trace),
        },
    }
}

fn page(
    site: Site<'_>,
    request: &Request,
    input: &Input,
    args: &[String],
    mut active: Active,
    mut trace: Trace,
) -> Finding {
    trace.pass(code::PATH, "path", args.join("/"));
    let main = match main_flow(site, input, args, &mut active, &mut trace) {
        Main::Over(finding) => return finding.with(trace),
        Main::LoggedIn(finding) => Ok(finding),
        Main::Nothing(reason) => Err(reason),
    };
    if let Some(attempt) = flow::legacy(input, args) {
        return run(site, &attempt, &mut active, &mut trace).with(trace);
    }
    match main {
        Ok(finding) => finding.with(trace),
        Err(reason) => answer::untouched(site, reason, &active, request, trace),
    }
}

/// How the main authenticator leaves the request to the legacy one.
enum Main {
    /// Answered; nothing follows.
    Over(Finding),
    /// Logged in; the request goes on.
    LoggedIn(Finding),
    /// Nothing was tried, and why.
    Nothing(crate::verify::Code),
}

fn main_flow(
    site: Site<'_>,
    input: &Input,
    args: &[String],
    active: &mut Active,
    trace: &mut Trace,
) -> Main {
    if let Some(attempt) = flow::xheader(input) {
        return goes_on(run(site, &attempt, active, trace));
    }
    let mut nothing = code::NO_CREDENTIAL;
    if let Some(attempt) = flow::header(site, input, trace) {
        let finding = run(site, &attempt, active, trace);
        if finding.refusal != Some(Refusal::Ignore) {
            return goes_on(finding);
        }
        if input.param("_authx").is_some() {
            // The caught exception has taken the place of the event that `implode` is given next.
            let message = "implode(): Argument #1 ($array) must be of type array, string given";
            let refusal = Refusal::type_error(message);
            let target = Target::default();
            return Main::Over(answer::refused(site, None, &target, refusal, trace));
        }
        nothing = code::HEADER_IGNORED;
    } else if input.authorization.is_some() {
        nothing = code::HEADER_OFF;
    }
    let Some(attempt) = flow::parameter(input, args) else { return Main::Nothing(nothing) };
    let mut finding = run(site, &attempt, active, trace);
    if attempt.flow == "auto" && input.is_get() && finding.decision == Decision::Allow {
        let path = args.join("/");
        finding.redirect = Some(Redirect { path, query: input.kept_query().to_json() });
        return Main::Over(finding);
    }
    goes_on(finding)
}

fn goes_on(finding: Finding) -> Main {
    if finding.decision == Decision::Allow { Main::LoggedIn(finding) } else { Main::Over(finding) }
}

/// Runs one attempt and answers it.
fn run(site: Site<'_>, attempt: &Attempt, active: &mut Active, trace: &mut Trace) -> Finding {
    let mut target = Target::default();
    credential::show(attempt, trace);
    let finding = match attempt::run(site, active, attempt, &mut target, trace) {
        Ok(login) => {
            let already = login == Some(Login::Already);
            let session = if already { active.is_real() } else { attempt.use_session };
            answer::accepted(site, &attempt.flow, &target, already, session)
        }
        Err(refusal) => answer::refused(site, Some(&attempt.flow), &target, refusal, trace),
    };
    finding.about(attempt)
}

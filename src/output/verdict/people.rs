//! A verdict as a person reads it: the answer first, then who and how, the checks, and the mends.

use std::io::{self, Write};

use super::{Detail, sentence};
use crate::output::paint::Painted;
use crate::output::{Layout, Paint, visible};
use crate::verify::{
    Credential, Decision, Outcome, Principal, Redirect, Remedy, Response, Step, System, Verdict,
};

/// Writes one verdict.
pub(super) fn write(
    verdict: &Verdict,
    detail: Detail,
    layout: Layout,
    out: &mut dyn Write,
) -> io::Result<()> {
    let place = verdict.source.place().filter(|_| detail != Detail::Client);
    if let Some(name) = verdict.id.as_ref().or(place.as_ref()) {
        writeln!(out, "{}", layout.paint.strong(visible(name)))?;
    }
    if detail == Detail::Client {
        return write_client_view(verdict, out);
    }
    write_answer(verdict, layout.paint, out)?;
    write_subject(verdict, out)?;
    write_steps(verdict, detail, layout, out)?;
    if !verdict.warnings.is_empty() {
        writeln!(out)?;
    }
    for warning in &verdict.warnings {
        writeln!(out, "{} {}", layout.paint.warn("warning:"), visible(&warning.text))?;
    }
    write_remedies(&verdict.remedies, out)
}

/// `DENIED  401  Login not permitted.`
fn write_answer(verdict: &Verdict, paint: Paint, out: &mut dyn Write) -> io::Result<()> {
    match verdict.decision {
        Decision::Allow => write!(out, "{}", paint.good("ALLOWED"))?,
        Decision::Deny => write!(out, "{}", paint.bad("DENIED"))?,
        Decision::Anonymous => write!(out, "{}", paint.bad("ANONYMOUS"))?,
        Decision::Indeterminate => write!(out, "{}", paint.warn("INDETERMINATE"))?,
    }
    if let Some(status) = verdict.status() {
        write!(out, "  {status}")?;
    }
    if let Some(text) = headline(verdict) {
        write!(out, "  {}", visible(&text))?;
    }
    writeln!(out)
}

/// What stands beside the decision: the site's own sentence, or the check that decided.
fn headline(verdict: &Verdict) -> Option<String> {
    if let Some(redirect) = &verdict.redirect {
        return Some(format!("redirect to {}", location(redirect)));
    }
    let nobody = verdict.decision == Decision::Anonymous;
    let nobody = nobody.then(|| "no credential took effect; CiviCRM goes on as nobody".to_owned());
    sentence(verdict).or(nobody)
}

/// `CiviCRM AuthX · flow xheader · api key aku_Ab3d… of alice (contact 101, user 2)`
fn write_subject(verdict: &Verdict, out: &mut dyn Write) -> io::Result<()> {
    let mut parts = Vec::new();
    match verdict.system {
        Some(System::CiviCrm) => parts.push("CiviCRM AuthX".to_owned()),
        Some(System::Drupal) => parts.push("Drupal REST".to_owned()),
        None => {}
    }
    if let Some(flow) = &verdict.flow {
        parts.push(format!("flow {flow}"));
    }
    match (&verdict.credential, verdict.principal.as_ref().and_then(whom)) {
        (Some(credential), Some(whom)) => parts.push(format!("{} of {whom}", with(credential))),
        (Some(credential), None) => parts.push(with(credential)),
        (None, Some(whom)) => parts.push(whom),
        (None, None) => {}
    }
    if verdict.session {
        parts.push("session".to_owned());
    }
    if parts.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n  {}", visible(&parts.join(" · ")))
}

/// The credential in words.
fn with(credential: &Credential) -> String {
    let kind = match credential.kind.as_str() {
        "pass" => "password",
        "api_key" => "api key",
        "jwt" => "JWT",
        "assigned" => "assigned principal",
        other => other,
    };
    match (&credential.hint, credential.key_id) {
        (Some(hint), _) => format!("{kind} {hint}"),
        (None, Some(id)) => format!("{kind} {id}"),
        (None, None) => kind.to_owned(),
    }
}

/// `alice (contact 101, user 2)`
fn whom(principal: &Principal) -> Option<String> {
    let contact = principal.contact_id.map(|id| format!("contact {id}"));
    let user = principal.user_id.map(|id| format!("user {id}"));
    let ids: Vec<String> = contact.into_iter().chain(user).collect();
    match (&principal.user, ids.is_empty()) {
        _ if principal.user_id == Some(0) => Some("nobody (user 0)".to_owned()),
        (Some(name), false) => Some(format!("{name} ({})", ids.join(", "))),
        (Some(name), true) => Some(name.clone()),
        (None, false) => Some(ids.join(", ")),
        (None, true) => None,
    }
}

/// The checks. Passed-over ones and bare facts are shown only when every step is asked for, or when they are
/// the answer: nobody is refused, and nobody is known.
fn write_steps(
    verdict: &Verdict,
    detail: Detail,
    layout: Layout,
    out: &mut dyn Write,
) -> io::Result<()> {
    let all = detail == Detail::Steps || verdict.decision == Decision::Anonymous;
    let is_check = |step: &&Step| all || matches!(step.outcome, Outcome::Pass | Outcome::Fail);
    let shown: Vec<&Step> = verdict.steps.iter().filter(is_check).collect();
    if shown.is_empty() {
        return Ok(());
    }
    writeln!(out)?;
    let width = shown.iter().map(|step| step.label.chars().count()).max().unwrap_or_default();
    for step in &shown {
        let required = step.required.as_deref().filter(|_| step.outcome == Outcome::Fail);
        if shown.iter().any(|whole| is_part(step, whole)) {
            let required = required.map(|required| format!("; {required}")).unwrap_or_default();
            let text = format!("{}{required}", step.observed);
            writeln!(out, "      {:<width$}  {}", step.label, visible(&text))?;
        } else {
            let mark = mark(step.outcome, layout.paint);
            writeln!(out, "  {mark} {:<width$}  {}", step.label, visible(&step.observed))?;
            // What would have done is told by the parts, where there are some.
            if let Some(required) = required
                && !shown.iter().any(|part| is_part(part, step))
            {
                writeln!(out, "    {:<width$}  required: {}", "", visible(required))?;
            }
        }
        if detail == Detail::Steps {
            writeln!(out, "    {:<width$}  {}", "", layout.paint.faint(step.code))?;
        }
    }
    Ok(())
}

/// Whether a check is one way to satisfy another: `authx.guard.perm` of `authx.guard`.
fn is_part(step: &Step, whole: &Step) -> bool {
    step.code.as_str().strip_prefix(whole.code.as_str()).is_some_and(|rest| rest.starts_with('.'))
}

fn mark(outcome: Outcome, paint: Paint) -> Painted<&'static str> {
    match outcome {
        Outcome::Pass => paint.good("✓"),
        Outcome::Fail => paint.bad("✗"),
        Outcome::Skip => paint.faint("–"),
        Outcome::Note => paint.faint("·"),
    }
}

/// What would let the request in: what is to be done, and then the commands for it, a line each.
fn write_remedies(remedies: &[Remedy], out: &mut dyn Write) -> io::Result<()> {
    let heading = match remedies.len() {
        0 => return Ok(()),
        _ if remedies.iter().any(|remedy| remedy.is_partial) => "This would bring it further:",
        1 => "This would let it in:",
        2 => "Either of these would let it in:",
        _ => "Any of these would let it in:",
    };
    writeln!(out, "\n{heading}")?;
    for remedy in remedies {
        writeln!(out, "  {}", visible(&remedy.text))?;
        for command in &remedy.authctl {
            writeln!(out, "    {}", visible(command))?;
        }
        for command in &remedy.site {
            writeln!(out, "    on the site:  {}", visible(command))?;
        }
    }
    Ok(())
}

/// Status, headers and body, as `curl -i` would show them.
fn write_client_view(verdict: &Verdict, out: &mut dyn Write) -> io::Result<()> {
    if let Some(redirect) = &verdict.redirect {
        return writeln!(out, "HTTP 302\nLocation: {}", visible(&location(redirect)));
    }
    match &verdict.response {
        Some(Response::Exception { class, message }) => {
            writeln!(out, "{}: {}", visible(class), visible(message))
        }
        Some(Response::Http(http)) => {
            writeln!(out, "HTTP {}", http.status)?;
            if let Some(kind) = &http.content_type {
                writeln!(out, "Content-Type: {}", visible(kind))?;
            }
            for (name, value) in http.drupal.iter().flat_map(|drupal| &drupal.headers) {
                writeln!(out, "{}: {}", visible(name), visible(value))?;
            }
            if let Some(body) = http.body.as_ref().filter(|body| !body.is_empty()) {
                writeln!(out)?;
                for line in body.lines() {
                    writeln!(out, "{}", visible(line))?;
                }
            }
            Ok(())
        }
        None if verdict.decision == Decision::Indeterminate => {
            writeln!(out, "(not known: {})", visible(&headline(verdict).unwrap_or_default()))
        }
        None => writeln!(out, "(the page itself: nothing stops the request on the way)"),
    }
}

/// A redirect's path with its parameters, encoded as a browser would see them.
fn location(redirect: &Redirect) -> String {
    if redirect.query.is_empty() {
        return redirect.path.clone();
    }
    let mut query = form_urlencoded::Serializer::new(String::new());
    for (name, value) in &redirect.query {
        match value.as_str() {
            Some(text) => query.append_pair(name, text),
            None => query.append_pair(name, &value.to_string()),
        };
    }
    format!("{}?{}", redirect.path, query.finish())
}

//! Verdicts on requests that cannot be judged, whichever the system.

use super::{
    Cms, Code, Decision, Kind, Outcome, Policy, Request, Source, Step, System, Verdict, civicrm,
    code, drupal,
};

/// Tells the systems apart, as far as path, query and headers are certain; both on one site is normal.
///
/// A path of one system beats everything, then come parameters and headers that only one of them knows.
/// What is left is Drupal's where it has a route for it, and otherwise nobody's for certain.
#[must_use]
pub fn choose(request: &Request, policy: &Policy) -> Option<System> {
    let http = match &request.kind {
        Kind::Call(_) => return Some(System::CiviCrm),
        Kind::Http(http) => http,
    };
    let first = |civicrm, drupal| match (civicrm, drupal) {
        (true, false) => Some(Some(System::CiviCrm)),
        (false, true) => Some(Some(System::Drupal)),
        (true, true) => Some(None),
        (false, false) => None,
    };
    let is_drupal = policy.cms == Cms::Drupal;
    first(civicrm::has_path(http, policy), drupal::has_path(http, policy))
        .or_else(|| first(civicrm::has_mark(http), drupal::has_mark(http, policy)))
        .or_else(|| first(false, is_drupal && drupal::has_route(http, policy)))
        .flatten()
}

impl Verdict {
    /// The verdict on what a reader refused. Without an id of its own it is known by its place.
    #[must_use]
    pub fn unreadable(id: Option<String>, source: Source, message: &str) -> Self {
        let place = source.line.or(source.entry).unwrap_or(1);
        let id = id.or_else(|| Some(format!("{}:{place}", source.file)));
        let step = step(code::UNREADABLE, "request", message, "a request that can be read");
        Self::indeterminate(id, None, source, code::UNREADABLE, vec![step])
    }

    /// The verdict on a request whose text does not tell everything.
    #[must_use]
    pub fn incomplete(system: System, request: &Request) -> Self {
        let required = "everything that the decision needs";
        let steps = request
            .unknowns
            .iter()
            .map(|missing| step(code::INCOMPLETE, "request", missing, required))
            .collect();
        let id = request.own_id();
        let source = request.source.clone();
        Self::indeterminate(id, Some(system), source, code::INCOMPLETE, steps)
    }

    /// The verdict on a request that belongs to neither system.
    #[must_use]
    pub fn unknown_system(request: &Request) -> Self {
        let observed = "path, query and headers tell neither CiviCRM nor Drupal for certain";
        let required = "`--system civicrm` or `--system drupal`";
        let step = step(code::UNKNOWN_SYSTEM, "system", observed, required);
        let id = request.own_id();
        let source = request.source.clone();
        Self::indeterminate(id, None, source, code::UNKNOWN_SYSTEM, vec![step])
    }

    fn indeterminate(
        id: Option<String>,
        system: Option<System>,
        source: Source,
        reason: Code,
        steps: Vec<Step>,
    ) -> Self {
        Self {
            id,
            system,
            decision: Decision::Indeterminate,
            reason,
            flow: None,
            credential: None,
            principal: None,
            session: false,
            response: None,
            redirect: None,
            steps,
            warnings: Vec::new(),
            remedies: Vec::new(),
            source,
        }
    }
}

fn step(code: Code, label: &'static str, observed: &str, required: &str) -> Step {
    let required = Some(required.to_owned());
    Step { code, outcome: Outcome::Fail, observed: observed.to_owned(), required, label }
}

#[cfg(test)]
mod tests {
    use super::choose;
    use crate::verify::{
        CallFunction, Cms, Decision, Extent, Facts, Header, HttpRequest, Kind, PhpCall, Policy,
        Request, Source, System, Verdict, code, decide, presented,
    };

    fn request(kind: Kind) -> Request {
        Request {
            id: None,
            source: Source { file: "requests.jsonl".into(), line: Some(3), entry: None },
            at: None,
            session: None,
            client_ip: None,
            notes: Vec::new(),
            unknowns: Vec::new(),
            kind,
        }
    }

    fn http(target: &'static str, header: &'static str) -> Request<'static> {
        let headers = vec![Header::new(header, b"Bearer kit-key")];
        let target = target.into();
        request(Kind::Http(HttpRequest { target, headers, ..HttpRequest::default() }))
    }

    fn on(cms: Cms) -> Policy {
        Policy { cms, ..Policy::default() }
    }

    #[test]
    fn systems_are_told_apart() {
        let told = |target: &'static str, header: &'static str, cms| {
            choose(&http(target, header), &on(cms))
        };
        for cms in Cms::ALL {
            for (target, header) in [
                ("/civicrm/ajax/rest", "X"),
                ("/civicrm/ajax/rest?_format=json", "AUTH-METHOD"),
                ("/civicrmm/ajax/rest", "X-Civi-Auth"),
                ("/?_authx=Bearer+x", "X"),
            ] {
                assert_eq!(told(target, header, cms), Some(System::CiviCrm), "{cms:?} {target}");
            }
            for (target, header) in [
                ("/jsonapi/node/article", "Authorization"),
                ("/jsonapi/node/article", "X-Civi-Auth"),
                ("/anything", "AUTH-METHOD"),
            ] {
                assert_eq!(told(target, header, cms), Some(System::Drupal), "{cms:?} {target}");
            }
            for (target, header) in [
                ("/entity/user", "X"),
                ("/views/export?_format=csv", "X"),
                ("/anything", "API-KEY"),
                ("/user/login", "X"),
            ] {
                let expected = (cms == Cms::Drupal).then_some(System::Drupal);
                assert_eq!(told(target, header, cms), expected, "{cms:?} {target}");
            }
            for (target, header) in [
                ("/anything", "Authorization"),
                ("/anything?_authx=x", "AUTH-METHOD"),
                ("/jsonapi/civicrm/x", "X"),
            ] {
                assert_eq!(told(target, header, cms), None, "{cms:?} {target}");
            }
        }
        let call = PhpCall {
            function: CallFunction::Validate,
            cred: None,
            principal: None,
            flow: None,
            site_key: None,
            use_session: false,
            trusted: true,
        };
        assert_eq!(choose(&request(Kind::Call(call)), &on(Cms::Drupal)), Some(System::CiviCrm));
        let verdict = Verdict::unknown_system(&http("/anything", "X"));
        assert_eq!(
            (verdict.decision, verdict.reason),
            (Decision::Indeterminate, code::UNKNOWN_SYSTEM)
        );
    }

    #[test]
    fn what_cannot_be_read_is_known_by_its_id_or_its_place() {
        let source = || request(Kind::Http(HttpRequest::default())).source;
        let verdict = Verdict::unreadable(None, source(), "expected an object");
        assert_eq!(verdict.id.as_deref(), Some("requests.jsonl:3"));
        assert_eq!((verdict.decision, verdict.reason), (Decision::Indeterminate, code::UNREADABLE));
        assert_eq!(verdict.steps[0].observed, "expected an object");
        let verdict = Verdict::unreadable(Some("r1".into()), source(), "");
        assert_eq!(verdict.id.as_deref(), Some("r1"));
    }

    #[test]
    fn what_the_text_does_not_tell_is_neither_looked_up_nor_judged() {
        let mut request = http("/civicrm/authx/id", "X-Civi-Auth");
        request.unknowns = vec!["the file of -K".into()];
        for system in [System::CiviCrm, System::Drupal] {
            assert!(presented(system, &request, &Policy::default()).keys.is_empty());
            let verdict =
                decide(Extent::Whole, system, &request, &Policy::default(), &Facts::default(), 0);
            assert_eq!(
                (verdict.decision, verdict.reason),
                (Decision::Indeterminate, code::INCOMPLETE)
            );
            assert_eq!(verdict.steps[0].observed, "the file of -K");
        }
    }
}

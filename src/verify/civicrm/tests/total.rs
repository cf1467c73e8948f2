//! The decision is total: whatever comes, there is a verdict, and its parts fit together.

use proptest::prelude::*;
use proptest::sample::select;

use super::cases::OWN;
use super::world::World;
use crate::credential::Secret;
use crate::verify::civicrm::remedy::{self, Trial};
use crate::verify::civicrm::site::Site;
use crate::verify::civicrm::{self, code};
use crate::verify::{
    CallFunction, CallPrincipal, Decision, Extent, Header, HttpRequest, Kind, PhpCall, Request,
    Session, Source, System, Verdict, decide,
};

fn bytes() -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(any::<u8>(), 0..40)
}

/// Credentials that mean something, and some that do not.
fn cred() -> impl Strategy<Value = Vec<u8>> {
    let known = select(vec![
        "Bearer kit-key",
        "Bearer demo-key-N84Bl3WWWqWibY6",
        "Bearer",
        "Bearer ",
        "Bearer expired-key",
        "Bearer noors-key",
        "Bearer lone-key",
        "Basic ZGVtbzpkZW1vLXB3",
        "Basic",
        "Basic bm9vcjpub29yLXB3",
        "Digest x",
        "bearer kit-key",
        "kit-key",
        "0",
        "",
        "Bearer a.b.c",
        "Bearer eyJ0.e30.",
        "Bearer akc_x",
    ]);
    prop_oneof![4 => known.prop_map(|text| text.as_bytes().to_vec()), 1 => bytes()]
}

fn target() -> impl Strategy<Value = String> {
    let path = select(vec![
        "/civicrm/authx/id",
        "/civicrm/authx/login",
        "/civicrm/ajax/rest",
        "/civicrm/ajax/api4/x",
        "/",
        "*",
        "/civicrm",
        "/civicrm/clearcache",
        "/x/civicrm/extern/rest.php",
        "/index.php",
        "/%ff/civicrm/%00",
    ]);
    let names = select(vec![
        "_authx",
        "_authxSes",
        "_authxSiteKey",
        "api_key",
        "key",
        "q",
        "_authx[]",
        "[",
        "a[b",
    ]);
    let pair = (names, cred()).prop_map(|(name, value)| {
        format!("{name}={}", form_urlencoded::byte_serialize(&value).collect::<String>())
    });
    let query = prop_oneof![
        prop::collection::vec(pair, 0..4).prop_map(|pairs| pairs.join("&")),
        "\\PC{0,30}"
    ];
    (path, query).prop_map(|(path, query)| format!("{path}?{query}"))
}

fn http() -> impl Strategy<Value = HttpRequest<'static>> {
    let name = select(vec![
        "X-Civi-Auth",
        "Authorization",
        "X-Civi-Key",
        "x_civi_auth",
        "Content-Type",
        "X",
    ]);
    let value = prop_oneof![
        cred(),
        select(vec![
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=B",
            "S1teKeyS1teKeyS1teKey"
        ])
        .prop_map(|text| text.as_bytes().to_vec()),
    ];
    let header = (name, value).prop_map(|(name, value)| Header::new(name, value));
    let method = select(vec!["GET", "POST", "PUT", "get", "HEAD"]);
    let body =
        prop_oneof![bytes(), target().prop_map(|target| target.replace('?', "&").into_bytes())];
    (method, target(), prop::collection::vec(header, 0..4), body).prop_map(
        |(method, target, headers, body)| HttpRequest {
            method: method.into(),
            target: target.into(),
            headers,
            body: body.into(),
            ..HttpRequest::default()
        },
    )
}

fn id() -> impl Strategy<Value = Option<i64>> {
    prop::option::of(prop_oneof![select(vec![0, 2, 3, 101, 102, 120, 199]), any::<i64>()])
}

fn call() -> impl Strategy<Value = PhpCall> {
    let function =
        select(vec![CallFunction::AuthxLogin, CallFunction::PipeLogin, CallFunction::Validate]);
    let user = prop::option::of(select(vec![
        "demo".to_owned(),
        "ghost".into(),
        "0".into(),
        String::new(),
    ]));
    let principal = (id(), id(), user).prop_map(|(contact_id, user_id, user)| CallPrincipal {
        contact_id,
        user_id,
        user,
    });
    let flow = prop::option::of(select(vec!["xheader".to_owned(), "header".into(), "odd".into()]));
    (function, prop::option::of(cred()), prop::option::of(principal), flow, any::<(bool, bool)>())
        .prop_map(|(function, cred, principal, flow, (use_session, trusted))| {
            let cred = cred.map(Secret::new);
            PhpCall { function, cred, principal, flow, site_key: None, use_session, trusted }
        })
}

fn request() -> impl Strategy<Value = Request<'static>> {
    let kind = prop_oneof![4 => http().prop_map(Kind::Http), 1 => call().prop_map(Kind::Call)];
    let session = prop::option::of((id(), id()));
    (kind, session).prop_map(|(kind, session)| Request {
        id: None,
        source: Source::default(),
        at: None,
        session: session.map(|(contact_id, user_id)| Session { contact_id, user_id }),
        client_ip: None,
        notes: Vec::new(),
        unknowns: Vec::new(),
        kind,
    })
}

fn check(world: &World, request: &Request) {
    let (policy, now) = (world.policy(), world.now.unwrap_or_default());
    let facts = world.facts(&civicrm::presented(request, &policy));
    let verdict = decide(Extent::Whole, System::CiviCrm, request, &policy, &facts, now);
    let brief = decide(Extent::Brief, System::CiviCrm, request, &policy, &facts, now);
    let bare = Verdict { warnings: Vec::new(), remedies: Vec::new(), ..verdict.clone() };
    assert_eq!(format!("{brief:?}"), format!("{bare:?}"));
    assert_eq!(verdict.response.is_some(), verdict.decision == Decision::Deny);
    assert!(verdict.redirect.is_none() || verdict.decision == Decision::Allow);
    assert!(!verdict.steps.is_empty());
    assert!(code::ALL.iter().any(|(code, _)| *code == verdict.reason));
    let site = Site { policy: &policy, facts: &facts, now };
    let finding = civicrm::judge(site, request);
    if !remedy::wanted(&finding) {
        assert!(verdict.remedies.is_empty());
        return;
    }
    for steps in remedy::search(site, request, &finding) {
        let mut trial = Trial::new(request, &policy, &facts);
        for step in steps {
            trial = trial.after(step, now).unwrap();
        }
        assert_eq!(trial.judge(now).decision, Decision::Allow);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_request_has_a_verdict(request in request(), at in any::<prop::sample::Index>()) {
        let world = at.get(&OWN.values().collect::<Vec<_>>()).to_owned();
        check(world, &request);
    }
}

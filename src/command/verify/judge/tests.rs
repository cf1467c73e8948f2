use std::num::NonZero;
use std::sync::atomic::AtomicBool;

use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{RngExt, SeedableRng};
use serde_json::{Value, json};

use super::{Judge, Judged, Last, Lookups};
use crate::command::verify::shape::Shapes;
use crate::credential::{ApiKey, Argon, KeyKind, Secret};
use crate::output::{Detail, Format, Layout, VerdictForm};
use crate::reader::{Format as InputFormat, nothing, read};
use crate::store::testing::{change, rng, store};
use crate::store::{
    AUTHENTICATED, Change, ContactId, Error, Index, NewKey, NewUser, Role, Status, Store, UserId,
};
use crate::verify::{Assumption, Change as Assumed, Extent, Owner};

/// The moment of the batch; some keys expire then.
const NOW: i64 = 1_767_225_600;

/// Names that are told apart from others in some place or other.
const NAMES: [&str; 12] = [
    "USER",
    "anonymous",
    "zqx-name-zqx",
    "o'neil",
    "a b",
    "Zoë",
    "7314159273",
    "0",
    "authenticated",
    "me@example.org",
    "-x",
    "CONTACT",
];

/// Accounts, contacts and keys of every kind; the texts of the keys.
fn site() -> (tempfile::TempDir, Store, Vec<String>) {
    let (folder, mut store) = store();
    let keyring = store.keyring().clone();
    let mut texts = Vec::new();
    change(&mut store, |change| {
        for name in ["editor", "boss"] {
            change.add_role(&Role { admin: name == "boss", ..Role::named(name) })?;
        }
        change.grant(&"editor".into(), "authenticate with api key")?;
        for id in 101..=150 {
            change.add_contact(Some(ContactId(id)), id % 7 == 0)?;
        }
        let mut argon = Argon::new();
        let mut add = |change: &mut Change<'_>, owner, text: String, how: i64| {
            let new = NewKey::of(&keyring, owner, &Secret::from(text.as_str()), &mut argon)?;
            let label = match how % 5 {
                0 => Some("ci"),
                1 => Some("a \"label\""),
                _ => None,
            };
            let expires_at = [None, Some(NOW - 1), Some(NOW), Some(NOW + 1), Some(NOW + how), None]
                [usize::try_from(how % 6).unwrap()];
            let revoked_at = (how % 17 == 3).then_some(NOW - 5);
            change.add_key(&NewKey { label, expires_at, revoked_at, ..new }, &mut rng())?;
            texts.push(text);
            Ok::<_, Error>(())
        };
        for id in 1..=60 {
            let at = usize::try_from(id).unwrap();
            let name = NAMES.get(at - 1).map_or_else(|| format!("user-{id}"), ToString::to_string);
            let user = NewUser {
                id: Some(UserId(id)),
                contact_id: (id % 5 != 0).then_some(ContactId(99 + id)),
                status: if id % 9 == 0 { Status::Blocked } else { Status::Active },
                ..NewUser::named(name)
            };
            change.add_user(&user)?;
            if id % 3 == 0 {
                change.assign_role(UserId(id), "editor")?;
            }
            if id % 8 == 0 {
                change.assign_role(UserId(id), "boss")?;
            }
            let text = match id % 4 {
                // Keys of other makes, and one that is weak.
                0 => format!(
                    "{:032x}",
                    0x1234_5678_9abc_def0_u128
                        .wrapping_mul(id.unsigned_abs().into())
                        .rotate_left(64)
                        ^ 0x0f1e_2d3c_4b5a_6978
                ),
                1 if id == 1 => "secret".to_owned(),
                _ => text_of(&ApiKey::generate(KeyKind::User, &mut rng())),
            };
            add(change, Owner::User(id), text, id)?;
        }
        for id in 101..=150 {
            let text = text_of(&ApiKey::generate(KeyKind::Contact, &mut rng()));
            add(change, Owner::Contact(id), text, id)?;
        }
        add(
            change,
            Owner::Universal,
            text_of(&ApiKey::generate(KeyKind::Universal, &mut rng())),
            2,
        )?;
        let sharing = NewUser { contact_id: Some(ContactId(110)), ..NewUser::named("sharing") };
        let sharing = change.add_user(&sharing)?;
        add(
            change,
            Owner::User(sharing.0),
            text_of(&ApiKey::generate(KeyKind::User, &mut rng())),
            4,
        )?;
        Ok(())
    });
    // One text that two contacts have.
    let shared = texts[70].clone();
    change(&mut store, |change| {
        let new = NewKey::of(
            &keyring,
            Owner::Contact(149),
            &Secret::from(shared.as_str()),
            &mut Argon::new(),
        )?;
        change.add_key(&new, &mut rng()).map(drop)
    });
    (folder, store, texts)
}

fn text_of(secret: &Secret) -> String {
    secret.expose_text().unwrap().to_owned()
}

/// A request as traffic has it, or as nobody would send it.
fn request(keys: &[String], number: usize, rng: &mut StdRng) -> Value {
    let one = |rng: &mut StdRng| keys.choose(rng).unwrap().clone();
    let mut key = one(rng);
    match rng.random_range(0..14) {
        0 => key = text_of(&ApiKey::generate(KeyKind::User, &mut crate::store::testing::rng())),
        1 => key = key.to_uppercase(),
        2 => drop(key.pop()),
        3 => key = "aku_Zqx8kMarkOfTemplatesQz3eFVb0".into(),
        _ => {}
    }
    let hint = key.get(..8).unwrap_or("x").to_owned();
    let other = one(rng);
    let path = match rng.random_range(0..16) {
        0..4 => "/civicrm/ajax/api4/Contact/get".to_owned(),
        4..6 => "/civicrm/ajax/rest".to_owned(),
        6 => format!("/civicrm/{hint}"),
        7 => "/civicrm/zqx-name-zqx/7314159272/aku_Zqx8".to_owned(),
        8 => "/civicrm/authx/login".to_owned(),
        9 => "/jsonapi/node/article".to_owned(),
        10 => "/entity/user/5?_format=json".to_owned(),
        11 => "/civicrm/clearcache".to_owned(),
        12 => "/jsonapi/civicrm/x".to_owned(),
        13 => "/elsewhere".to_owned(),
        14 => format!("/civicrm/contact/view?cid={}", rng.random_range(1..200)),
        _ => "/civicrm/x".to_owned(),
    };
    let query = match rng.random_range(0..14) {
        0 => format!("api_key={key}&key=x"),
        1 => format!("_authx=Bearer+{key}"),
        2 => format!("_authx=Bearer+{other}"),
        3 => format!("api_key={other}"),
        4 => format!("api%5fkey={key}"),
        5 => format!("x={key}"),
        6 => format!("a={number}"),
        _ => String::new(),
    };
    let joint = if query.is_empty() {
        ""
    } else if path.contains('?') {
        "&"
    } else {
        "?"
    };
    let mut headers = vec![json!(["User-Agent", format!("kit/{}", number % 3)])];
    let scheme =
        *["Bearer", "Bearer", "Bearer", "Bearer", "Bearer", "bearer", ""].choose(rng).unwrap();
    let names = ["X-Civi-Auth", "X-Civi-Auth", "Authorization", "x_civi_auth", "API-KEY", "Cookie"];
    match rng.random_range(0..16) {
        0 => {}
        1 => {
            headers.push(json!(["X-Civi-Auth", format!("Bearer {key}")]));
            headers.push(json!(["Authorization", format!("Bearer {other}")]));
        }
        2 => {
            headers.push(json!(["X-Civi-Auth", format!("Bearer {key}")]));
            headers.push(json!(["X-Civi-Auth", format!("Bearer {key}")]));
        }
        3 => headers.push(json!(["Authorization", "Basic c2hhcmluZzpwdw=="])),
        4 => {
            headers.push(json!(["X-Civi-Auth", format!("Bearer {key}")]));
            headers.push(json!(["AUTH-METHOD", "7"]));
            headers.push(json!([
                "X-Civi-Key",
                *["site-key-of-the-tests", "wrong"].choose(rng).unwrap()
            ]));
        }
        5 => headers.push(json!(["X-Civi-Auth", "Bearer eyJhbGciOiJIUzI1NiJ9.e30.AAAA"])),
        _ => {
            let value = format!("{scheme}{}{key}", if scheme.is_empty() { "" } else { " " });
            headers.push(json!([names.choose(rng).unwrap(), value]));
        }
    }
    let mut request = json!({ "url": format!("{path}{joint}{query}"), "headers": headers });
    if rng.random_bool(0.5) {
        request["method"] = json!("POST");
        request["body"] = match rng.random_range(0..5) {
            0 => json!(format!("api_key={key}&x={number}")),
            1 => json!(format!("_authx=Bearer+{key}")),
            _ => json!(format!("params={number}")),
        };
        if rng.random_bool(0.7) {
            let form = json!(["Content-Type", "application/x-www-form-urlencoded"]);
            request["headers"].as_array_mut().unwrap().push(form);
        }
    }
    match rng.random_range(0..20) {
        0 => request["session"] = json!({ "contact_id": 101, "user_id": 2 }),
        1 => request["client_ip"] = json!("192.0.2.1"),
        2 => request["at"] = json!("2026-01-01T00:00:01Z"),
        3 => request["at"] = json!("2025-12-31T23:59:58Z"),
        _ => {}
    }
    match rng.random_range(0..6) {
        0 => {}
        1 => request["id"] = json!(format!("ä \"{number}\" \\ \u{1}")),
        2 => request["id"] = json!("zqx-request-zqx"),
        _ => request["id"] = json!(format!("r{number}")),
    }
    request
}

/// The verdicts on a batch: their text, and how many were filled in.
fn verdicts(
    judge: &Judge,
    form: VerdictForm,
    lookups: Lookups<'_>,
    lines: &str,
) -> (Vec<String>, usize) {
    let (mut shapes, mut all, mut filled) = (Shapes::default(), Vec::new(), 0);
    for piece in read(lines.as_bytes(), InputFormat::Jsonl, "day.jsonl", &mut nothing) {
        piece
            .try_groups(|answers| {
                for ready in &judge.ready(lookups, answers) {
                    let judged = judge.judge(lookups, &mut shapes, ready)?;
                    filled += usize::from(matches!(judged, Judged::Filled(..)));
                    let mut out = Vec::new();
                    judged.write(form, &mut out)?;
                    // What is counted must be the same as well.
                    all.push(format!("{}{:?}", String::from_utf8(out).unwrap(), judged.brief()));
                }
                Ok::<_, crate::cli::Failure>(())
            })
            .unwrap();
    }
    (all, filled)
}

#[test]
fn a_batch_has_the_verdicts_that_its_requests_have_one_by_one() {
    let (_folder, mut store, keys) = site();
    let mut rng = StdRng::seed_from_u64(7);
    let mut filled = 0;
    for (number, (detail, format, setting, value)) in [
        (Detail::Decisive, Format::Jsonl, "site.cms", json!("drupal")),
        (Detail::Steps, Format::Json, "civicrm.settings.authx_guards", json!(["perm"])),
        (Detail::Client, Format::Jsonl, "civicrm.settings.authx_xheader_user", json!("require")),
        (
            Detail::Decisive,
            Format::Jsonl,
            "civicrm.settings.authx_param_cred",
            json!(["api_key", "pass"]),
        ),
        (Detail::Decisive, Format::Jsonl, "site.cms", json!("wordpress")),
        (Detail::Decisive, Format::Jsonl, "civicrm.release", json!("5.79")),
        (Detail::Decisive, Format::Jsonl, "civicrm.settings.authx_guards", json!([])),
        (Detail::Decisive, Format::Jsonl, "civicrm.api_key_collation", json!("bin")),
    ]
    .into_iter()
    .enumerate()
    {
        change(&mut store, |change| {
            if number == 2 {
                change.grant(&AUTHENTICATED.into(), "authenticate with api key")?;
            }
            change.set_setting(setting, &value).map(drop)
        });
        let lines: Vec<_> =
            (0..450).map(|number| request(&keys, number, &mut rng).to_string()).collect();
        // Templates are for what comes again.
        let lines = [lines.join("\n"), lines.join("\n")].join("\n");
        let layout = Layout { format, width: 80, paint: crate::output::Paint::plain() };
        let form = VerdictForm::new(layout, detail);
        let stores = [(); 2].map(|()| Store::open_read(store.location()).unwrap());
        let index = Index::load(stores, &AtomicBool::new(false)).unwrap().unwrap();
        let through_the_store = Lookups { store: &store, last: &Last::default(), index: None };
        let in_memory = Lookups { store: &store, last: &Last::default(), index: Some(&index) };
        for extent in [Extent::Whole, Extent::Brief] {
            let mut judge =
                Judge::new(store.read(), None, NOW, NonZero::<usize>::MIN, form, extent).unwrap();
            if number % 2 == 1 {
                let guards =
                    Assumption::Change(Assumed::Guards(vec!["site_key".into(), "perm".into()]));
                judge = judge.assuming(vec![guards]);
            }
            let (wanted, none) = verdicts(&judge, form, through_the_store, &lines);
            let (found, some) = verdicts(&judge, form, in_memory, &lines);
            assert_eq!(none, 0);
            filled += some;
            for ((found, wanted), line) in found.iter().zip(&wanted).zip(lines.lines()) {
                assert_eq!(found, wanted, "{setting} {value}: {line}");
            }
            assert_eq!(found.len(), wanted.len());
        }
    }
    // The test would tell nothing if all were judged one by one.
    assert!(filled > 1000, "{filled}");
}

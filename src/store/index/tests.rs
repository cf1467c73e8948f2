use std::sync::atomic::AtomicBool;

use super::{Index, Lookup};
use crate::credential::{ApiKey, Argon, KeyKind, Secret};
use crate::store::testing::{change, rng, store};
use crate::store::{
    AUTHENTICATED, Change, Checks, ContactId, Error, NewKey, NewUser, Role, Status, Store, UserId,
};
use crate::verify::{Facts, Owner, Presented};

fn index(store: &Store) -> Index {
    Index::load(twice(store), &AtomicBool::new(false)).unwrap().unwrap()
}

fn twice(store: &Store) -> [Store; 2] {
    [(); 2].map(|()| Store::open_read(store.location()).unwrap())
}

/// What the index tells of a key, and whether it does.
fn told(store: &Store, index: &Index, text: &Secret) -> Option<Facts> {
    let mut facts = Facts::default();
    match index.find(&store.keyring().digest(text.expose()), text.expose()) {
        Lookup::Nothing => facts.keys.push((text.clone(), Vec::new())),
        Lookup::One(found) => found.add_to(text.expose(), &mut facts),
        Lookup::Other => return None,
    }
    Some(facts)
}

fn asked(store: &Store, text: &Secret) -> Facts {
    let presented = Presented { keys: vec![text.clone()], ..Presented::default() };
    store.read().facts(&presented, &Checks::default()).unwrap()
}

/// Accounts, contacts and keys of every kind; the keys that the index may leave to the store.
fn site() -> (tempfile::TempDir, Store, Vec<Secret>, Vec<Secret>) {
    let (folder, mut store) = store();
    let keyring = store.keyring().clone();
    let (mut plain, mut odd) = (Vec::new(), Vec::new());
    change(&mut store, |change| {
        for name in ["editor", "boss"] {
            change.add_role(&Role { admin: name == "boss", ..Role::named(name) })?;
        }
        change.grant(&"editor".into(), "edit")?;
        change.grant(&AUTHENTICATED.into(), "look")?;
        for id in 101..=140 {
            change.add_contact(Some(ContactId(id)), id % 7 == 0)?;
        }
        let mut argon = Argon::new();
        let mut add = |change: &mut Change<'_>, owner, label, revoked_at| {
            let text = ApiKey::generate(KeyKind::User, &mut rng());
            let new = NewKey::of(&keyring, owner, &text, &mut argon)?;
            change.add_key(&NewKey { label, revoked_at, ..new }, &mut rng())?;
            Ok::<_, Error>(text)
        };
        for id in 2..=60 {
            let user = NewUser {
                id: Some(UserId(id)),
                contact_id: (id % 5 != 0).then_some(ContactId(99 + id)),
                status: if id % 9 == 0 { Status::Blocked } else { Status::Active },
                ..NewUser::named(format!("user-{id}"))
            };
            change.add_user(&user)?;
            if id % 3 == 0 {
                change.assign_role(UserId(id), "editor")?;
            }
            if id % 8 == 0 {
                change.assign_role(UserId(id), "boss")?;
            }
            if id % 2 == 0 {
                change.grant(&UserId(id).into(), "authenticate with api key")?;
            }
            let label = (id % 4 == 0).then_some("ci");
            plain.push(add(change, Owner::User(id), label, None)?);
        }
        for id in 101..=140 {
            plain.push(add(change, Owner::Contact(id), None, None)?);
        }
        plain.push(add(change, Owner::Universal, None, None)?);
        odd.push(add(change, Owner::User(2), None, Some(5))?);
        let sharing = NewUser { contact_id: Some(ContactId(101)), ..NewUser::named("sharing") };
        let sharing = change.add_user(&sharing)?;
        odd.push(add(change, Owner::User(sharing.0), None, None)?);
        // Linked out of order: the first to a contact of its own, the next to the same.
        for (name, keys) in [("late", &mut plain), ("later", &mut odd)] {
            let late = NewUser { contact_id: Some(ContactId(104)), ..NewUser::named(name) };
            let late = change.add_user(&late)?;
            keys.push(add(change, Owner::User(late.0), None, None)?);
        }
        Ok(())
    });
    (folder, store, plain, odd)
}

#[test]
fn tells_how_many_keys_are_to_be_read_at_least() {
    let (_folder, empty) = store();
    assert_eq!(Index::rows(empty.read()).unwrap(), 0);
    let (_folder, store, plain, odd) = site();
    assert!(Index::rows(store.read()).unwrap() >= plain.len() + odd.len());
}

#[test]
fn the_index_tells_what_the_store_tells() {
    let (_folder, store, plain, odd) = site();
    let index = index(&store);
    for text in &plain {
        let facts = told(&store, &index, text).expect("a plain key is in the index");
        assert_eq!(format!("{facts:?}"), format!("{:?}", asked(&store, text)));
    }
    for text in &odd {
        assert!(told(&store, &index, text).is_none());
    }
    let nobody_s = ApiKey::generate(KeyKind::User, &mut rng());
    assert!(told(&store, &index, &nobody_s).unwrap().users.is_empty());
}

#[test]
fn a_key_in_other_letters_is_left_to_the_store() {
    let (_folder, store, plain, _) = site();
    let index = index(&store);
    let upper = Secret::from(plain[0].expose_text().unwrap().to_uppercase());
    assert!(told(&store, &index, &upper).is_none());
}

#[test]
fn owners_of_one_class_differ_in_numbers_and_names_alone() {
    let (_folder, store, plain, _) = site();
    let index = index(&store);
    let mut classes = std::collections::BTreeMap::new();
    for text in &plain {
        let digests = store.keyring().digest(text.expose());
        let Lookup::One(found) = index.find(&digests, text.expose()) else { panic!() };
        let facts = asked(&store, text);
        let users: Vec<_> = facts
            .users
            .values()
            .map(|user| {
                (user.blocked, user.roles.clone(), user.grants.clone(), user.contact_id.is_some())
            })
            .collect();
        let contacts: Vec<_> = facts
            .contacts
            .values()
            .map(|contact| (contact.deleted, contact.user_id.is_some()))
            .collect();
        let labels: Vec<_> = facts.keys[0].1.iter().map(|key| key.label.clone()).collect();
        let common = format!("{users:?} {contacts:?} {labels:?}");
        assert_eq!(*classes.entry(found.class(0)).or_insert(common.clone()), common);
    }
    assert!(classes.len() > 10);
}

/// A store of so many accounts with a contact each; those of the last have keys.
fn many(count: i64) -> (tempfile::TempDir, Store, Vec<Secret>) {
    let (folder, mut store) = store();
    let keyring = store.keyring().clone();
    let mut keys = Vec::new();
    change(&mut store, |change| {
        for id in 2..count {
            let contact_id = Some(ContactId(id + 5000));
            change.add_contact(contact_id, id % 2 == 0)?;
            let id = Some(UserId(id));
            change.add_user(&NewUser {
                id,
                contact_id,
                ..NewUser::named(format!("user{id:?}"))
            })?;
        }
        for id in [2, count - 2, count - 1] {
            let text = ApiKey::generate(KeyKind::User, &mut rng());
            let new = NewKey::of(&keyring, Owner::User(id), &text, &mut Argon::new())?;
            change.add_key(&new, &mut rng())?;
            keys.push(text);
        }
        Ok(())
    });
    (folder, store, keys)
}

#[test]
fn owners_are_found_however_many_come_before() {
    let (_folder, store, keys) = many(9000);
    let index = index(&store);
    for text in &keys {
        let facts = told(&store, &index, text).expect("a plain key is in the index");
        assert_eq!(format!("{facts:?}"), format!("{:?}", asked(&store, text)));
    }
}

#[test]
fn loading_ends_when_nobody_waits() {
    let (_folder, store, _) = many(9000);
    assert!(Index::load(twice(&store), &AtomicBool::new(true)).unwrap().is_none());
}

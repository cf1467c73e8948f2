use std::collections::BTreeSet;

use crate::credential::{ApiKey, Argon, KeyKind, Secret, StoredPassword};
use crate::store::testing::{change, rng, store};
use crate::store::{
    AUTHENTICATED, Checks, ContactId, NewKey, NewUser, Role, Status, Store, UserId,
};
use crate::verify::{Cms, Facts, Owner, Presented};

fn strong() -> Secret {
    ApiKey::generate(KeyKind::User, &mut rng())
}

fn add_user(store: &mut Store, id: i64, name: &str, contact_id: Option<i64>) {
    let new = NewUser {
        id: Some(UserId(id)),
        email: Some(format!("{name}@example.org")),
        contact_id: contact_id.map(ContactId),
        ..NewUser::named(name)
    };
    change(store, |change| change.add_user(&new));
}

fn add_contact(store: &mut Store, id: i64, deleted: bool) {
    change(store, |change| change.add_contact(Some(ContactId(id)), deleted));
}

fn add_key(store: &mut Store, owner: Owner, text: &Secret) -> i64 {
    let key = NewKey::of(store.keyring(), owner, text, &mut Argon::new()).unwrap();
    change(store, |change| change.add_key(&key, &mut rng())).0
}

fn facts(store: &Store, presented: &Presented) -> Facts {
    store.read().facts(presented, &Checks::default()).unwrap()
}

fn keys(texts: &[&Secret]) -> Presented {
    Presented { keys: texts.iter().map(|&text| text.clone()).collect(), ..Presented::default() }
}

fn set_password(store: &mut Store, id: i64, password: &str) {
    let password = Secret::from(password);
    let hash = store.keyring().hash_password(&password, &mut Argon::new(), &mut rng()).unwrap();
    let hash = StoredPassword::Own(hash);
    change(store, |change| change.set_password(UserId(id), Some(&hash), &mut rng()));
}

fn users(facts: &Facts) -> Vec<i64> {
    facts.users.keys().copied().collect()
}

fn contacts(facts: &Facts) -> Vec<i64> {
    facts.contacts.keys().copied().collect()
}

#[test]
fn a_key_leads_to_its_owner_and_on() {
    let (_folder, mut store) = store();
    add_contact(&mut store, 101, false);
    add_user(&mut store, 2, "alice", Some(101));
    add_user(&mut store, 3, "bob", None);
    let (of_user, of_contact, unknown) = (strong(), strong(), strong());
    let first = add_key(&mut store, Owner::User(2), &of_user);
    add_key(&mut store, Owner::Contact(101), &of_contact);
    for text in [&of_user, &of_contact] {
        let facts = facts(&store, &keys(&[text]));
        assert_eq!((users(&facts), contacts(&facts)), (vec![2], vec![101]));
        assert_eq!(facts.contacts[&101].user_id, Some(2));
        assert_eq!(facts.users[&2].contact_id, Some(101));
    }
    let facts = facts(&store, &keys(&[&of_user, &unknown]));
    assert_eq!(facts.keys.len(), 2);
    let found = facts.keys_for(of_user.expose());
    assert_eq!((found[0].key_id, found[0].owner, found[0].exact), (first, Owner::User(2), true));
    assert!(!found[0].weak);
    assert!(facts.keys_for(unknown.expose()).is_empty());
}

#[test]
fn keys_that_differ_in_case_are_all_found_in_order() {
    let (_folder, mut store) = store();
    for id in [2, 3] {
        add_user(&mut store, id, &format!("user{id}"), None);
    }
    let text = strong();
    let upper = Secret::new(text.expose().to_ascii_uppercase());
    let ids =
        [add_key(&mut store, Owner::User(3), &upper), add_key(&mut store, Owner::User(2), &text)];
    let facts = facts(&store, &keys(&[&text]));
    let found = facts.keys_for(text.expose());
    assert_eq!(found.iter().map(|key| key.key_id).collect::<Vec<_>>(), ids);
    assert_eq!(found.iter().map(|key| key.exact).collect::<Vec<_>>(), [false, true]);
    assert_eq!(users(&facts), [2, 3]);
}

#[test]
fn a_contact_leads_to_its_lowest_account() {
    let (_folder, mut store) = store();
    add_contact(&mut store, 101, true);
    for id in [9, 4, 7] {
        add_user(&mut store, id, &format!("user{id}"), Some(101));
    }
    let presented = Presented { contacts: BTreeSet::from([101, 102]), ..Presented::default() };
    let facts = facts(&store, &presented);
    assert_eq!((users(&facts), contacts(&facts)), (vec![4], vec![101]));
    assert!(facts.contacts[&101].deleted);
    assert_eq!(facts.contacts[&101].user_id, Some(4));
}

#[test]
fn an_account_of_a_contact_that_is_gone_is_still_found() {
    let (_folder, mut store) = store();
    add_user(&mut store, 2, "alice", Some(299));
    for presented in [
        Presented { contacts: BTreeSet::from([299]), ..Presented::default() },
        Presented { users: BTreeSet::from([2, 88]), ..Presented::default() },
    ] {
        let facts = facts(&store, &presented);
        assert_eq!((users(&facts), contacts(&facts)), (vec![2], vec![]));
        assert!(facts.user_of_contact(299).is_some());
    }
}

#[test]
fn an_accounts_lower_sibling_comes_with_it() {
    let (_folder, mut store) = store();
    add_contact(&mut store, 101, false);
    add_user(&mut store, 2, "alice", Some(101));
    add_user(&mut store, 3, "bob", Some(101));
    let presented = Presented { users: BTreeSet::from([3]), ..Presented::default() };
    let facts = facts(&store, &presented);
    assert_eq!(users(&facts), [2, 3]);
    assert_eq!(facts.user_of_contact(101).unwrap().id, 2);
}

#[test]
fn an_account_comes_with_all_that_it_may_do() {
    let (_folder, mut store) = store();
    add_user(&mut store, 2, "Alice", None);
    change(&mut store, |change| {
        let mut user = change.read().user(UserId(2))?.unwrap();
        user.status = Status::Blocked;
        change.update_user(&user)?;
        change.add_role(&Role::named("editor"))?;
        change.assign_role(UserId(2), "editor")?;
        change.grant(&"editor".into(), "edit")?;
        change.grant(&AUTHENTICATED.into(), "view")?;
        change.grant(&UserId(2).into(), "own")
    });
    let presented =
        Presented { user_names: BTreeSet::from(["aLICE".into()]), ..Presented::default() };
    let facts = facts(&store, &presented);
    let alice = facts.user_named("alice").unwrap();
    assert_eq!((alice.name.as_str(), alice.blocked), ("Alice", true));
    assert_eq!(alice.roles, ["editor"]);
    assert_eq!(Vec::from_iter(&alice.grants.permissions), ["edit", "own", "view"]);
    assert!(!alice.grants.admin);
}

#[test]
fn a_password_is_checked_against_the_account_of_that_name() {
    let (_folder, mut store) = store();
    add_user(&mut store, 2, "alice", None);
    add_user(&mut store, 3, "bob", None);
    set_password(&mut store, 2, "right");
    let pairs = [("ALICE", "right"), ("alice", "wrong"), ("bob", "right"), ("nobody", "right")];
    let presented = Presented {
        passwords: pairs.iter().map(|&(name, text)| (name.into(), text.into())).collect(),
        ..Presented::default()
    };
    let facts = facts(&store, &presented);
    let found = pairs.map(|(name, password)| {
        let fact = facts.password_for(name, password.as_bytes()).unwrap();
        (fact.user_id, fact.matches)
    });
    assert_eq!(found, [(Some(2), true), (Some(2), false), (Some(3), false), (None, false)]);
    assert_eq!(users(&facts), [2, 3]);
}

#[test]
fn only_wordpress_takes_an_email_address_for_a_name() {
    let (_folder, mut store) = store();
    add_user(&mut store, 2, "alice", None);
    add_user(&mut store, 3, "alice@example.org", None);
    add_user(&mut store, 4, "bob", None);
    set_password(&mut store, 4, "right");
    let presented = Presented {
        passwords: vec![("Bob@example.org".into(), "right".into())],
        user_names: BTreeSet::from(["alice@example.org".into()]),
        ..Presented::default()
    };
    for (cms, expected) in [(Cms::WordPress, vec![3, 4]), (Cms::Drupal, vec![3])] {
        let facts = store.read().facts(&presented, &Checks::new(cms, 1)).unwrap();
        assert_eq!(users(&facts), expected);
        assert_eq!(facts.passwords[0].matches, cms == Cms::WordPress);
    }
}

#[test]
fn a_password_is_checked_once_in_a_run() {
    let (_folder, mut store) = store();
    add_user(&mut store, 2, "alice", None);
    set_password(&mut store, 2, "right");
    let presented =
        Presented { passwords: vec![("alice".into(), "right".into())], ..Presented::default() };
    let checks = &Checks::default();
    let matches = |store: &Store, checks: &Checks| {
        store.read().facts(&presented, checks).unwrap().passwords[0].matches
    };
    assert!(matches(&store, checks));
    change(&mut store, |change| change.set_password(UserId(2), None, &mut rng()));
    // Only a remembered answer can still be yes.
    assert!(matches(&store, checks));
    assert!(!matches(&store, &Checks::default()));
}

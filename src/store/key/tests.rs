use super::{ApiKeyRow, KeyDigest, KeyFilter, KeyState, NewKey};
use crate::credential::{ApiKey, Argon, KeyKind, Secret};
use crate::store::testing::{actor, change, rng, store};
use crate::store::{Change, Checks, ContactId, Error, KeyId, NewUser, Store, UserId};
use crate::verify::Owner;

const NOW: i64 = 1_767_225_600;

/// A store with the accounts 2 (alice) and 3 (bob) and the contact 101.
fn world() -> (tempfile::TempDir, Store) {
    let (folder, mut store) = store();
    change(&mut store, |change| {
        change.add_user(&NewUser::named("alice"))?;
        change.add_user(&NewUser::named("bob"))?;
        change.add_contact(Some(ContactId(101)), false)
    });
    assert_eq!(actor().now, NOW);
    (folder, store)
}

const ALICE: Owner = Owner::User(2);
const BOB: Owner = Owner::User(3);

fn strong() -> Secret {
    ApiKey::generate(KeyKind::User, &mut rng())
}

fn add(store: &mut Store, owner: Owner, text: &Secret) -> KeyId {
    add_with(store, owner, text, |key| key)
}

fn add_with<'a>(
    store: &mut Store,
    owner: Owner,
    text: &Secret,
    with: impl FnOnce(NewKey<'a>) -> NewKey<'a>,
) -> KeyId {
    let key = NewKey::of(store.keyring(), owner, text, &mut Argon::new()).unwrap();
    let key = with(key);
    change(store, |change| change.add_key(&key, &mut rng()))
}

fn key(store: &Store, id: KeyId) -> ApiKeyRow {
    store.read().key(id).unwrap().unwrap()
}

fn identify(store: &Store, text: &[u8]) -> Vec<(KeyId, bool)> {
    let found = store.read().identify(&Secret::new(text), &Checks::default()).unwrap();
    found.into_iter().map(|found| (found.key.id, found.exact)).collect()
}

fn found(store: &Store, reference: &str) -> Vec<KeyId> {
    store.read().find_keys(reference).unwrap().into_iter().map(|key| key.id).collect()
}

fn listed(store: &Store, filter: KeyFilter) -> Vec<KeyId> {
    let mut ids = Vec::new();
    let each = |key: ApiKeyRow| {
        ids.push(key.id);
        Ok::<_, Error>(())
    };
    store.read().each_key(KeyFilter { now: NOW, ..filter }, each).unwrap();
    ids
}

mod by_text {
    use super::*;

    #[test]
    fn a_strong_key_is_found_also_in_another_case() {
        let (_folder, mut store) = world();
        let text = strong();
        let id = add(&mut store, ALICE, &text);
        assert!(matches!(key(&store, id).digest, KeyDigest::Strong(_)));
        assert_eq!(identify(&store, text.expose()), [(id, true)]);
        assert_eq!(identify(&store, &text.expose().to_ascii_uppercase()), [(id, false)]);
        assert_eq!(identify(&store, strong().expose()), []);
    }

    #[test]
    fn a_weak_key_is_found_also_in_another_case() {
        let (_folder, mut store) = world();
        let id = add(&mut store, Owner::Contact(101), &"Sésame".into());
        assert!(key(&store, id).digest.is_weak());
        assert_eq!(identify(&store, "Sésame".as_bytes()), [(id, true)]);
        assert_eq!(identify(&store, b"sesame "), [(id, false)]);
        assert_eq!(identify(&store, b"sesam"), []);
    }

    #[test]
    fn weak_keys_of_one_tag_are_told_apart() {
        let (_folder, mut store) = world();
        let id = add(&mut store, ALICE, &"sesame".into());
        let other = add(&mut store, ALICE, &"other".into());
        let sql = "UPDATE api_key SET weak_tag = (SELECT weak_tag FROM api_key WHERE id = ?1)";
        store.conn.execute(sql, [id]).unwrap();
        assert_eq!(identify(&store, b"sesame"), [(id, true)]);
        assert_ne!(id, other);
    }

    #[test]
    fn duplicates_expired_and_revoked_keys_of_all_owners_are_found() {
        let (_folder, mut store) = world();
        for text in [strong(), "weak".into(), "".into()] {
            let ids = [
                add(&mut store, ALICE, &text),
                add(&mut store, ALICE, &text),
                add_with(&mut store, BOB, &text, |key| NewKey { expires_at: Some(1), ..key }),
                add_with(&mut store, Owner::Universal, &text, |key| NewKey {
                    revoked_at: Some(1),
                    ..key
                }),
            ];
            assert_eq!(identify(&store, text.expose()), ids.map(|id| (id, true)));
        }
    }

    #[test]
    fn neither_text_nor_plain_digest_is_in_the_file() {
        let (_folder, mut store) = world();
        let texts = [strong(), "weak and short".into()];
        for text in &texts {
            add_with(&mut store, ALICE, text, |key| key);
            change(&mut store, |change| {
                let key = NewKey::of(change.keyring(), ALICE, text, &mut Argon::new())?;
                change.add_key(&NewKey { recoverable: Some(text), ..key }, &mut rng())
            });
        }
        let location = store.location().clone();
        drop(store);
        let file = std::fs::read(&location.store).unwrap();
        for text in texts {
            let holds = |bytes: &[u8]| file.windows(bytes.len()).any(|window| window == bytes);
            assert!(!holds(text.expose()));
            assert!(!holds(&<sha2::Sha256 as sha2::Digest>::digest(text.expose())));
        }
    }

    #[test]
    fn equal_texts_of_an_owner_are_counted() {
        let (_folder, mut store) = world();
        let (text, weak) = (strong(), Secret::from("weak"));
        for text in [&text, &text, &weak] {
            add(&mut store, ALICE, text);
        }
        add(&mut store, BOB, &text);
        let count = |text: &Secret| {
            let digest = KeyDigest::of(store.keyring(), ALICE, text, &mut Argon::new()).unwrap();
            store.read().keys_equal(ALICE, &digest).unwrap().len()
        };
        assert_eq!((count(&text), count(&weak)), (2, 1));
        assert_eq!(count(&Secret::new(text.expose().to_ascii_uppercase())), 0);
    }

    #[test]
    fn a_recoverable_key_is_shown_again_and_others_are_not() {
        let (_folder, mut store) = world();
        let argon = &mut Argon::new();
        for text in [strong(), "weak".into()] {
            let sealed = change(&mut store, |change| {
                let key = NewKey::of(change.keyring(), ALICE, &text, &mut Argon::new())?;
                change.add_key(&NewKey { recoverable: Some(&text), ..key }, &mut rng())
            });
            let plain = add(&mut store, ALICE, &text);
            let reveal = |id, argon: &mut Argon| store.read().reveal_key(&key(&store, id), argon);
            assert_eq!(reveal(sealed, argon).unwrap(), Some(text));
            assert_eq!(reveal(plain, argon).unwrap(), None);
            assert!(key(&store, sealed).recoverable && !key(&store, plain).recoverable);
        }
    }

    #[test]
    fn a_sealed_text_moved_to_another_key_is_noticed() {
        let (_folder, mut store) = world();
        let mut sealed = |owner| {
            let text = strong();
            change(&mut store, |change: &mut Change<'_>| {
                let key = NewKey::of(change.keyring(), owner, &text, &mut Argon::new())?;
                change.add_key(&NewKey { recoverable: Some(&text), ..key }, &mut rng())
            })
        };
        let (of_alice, also, of_bob) = (sealed(ALICE), sealed(ALICE), sealed(BOB));
        for id in [also, of_bob] {
            let sql = "UPDATE api_key SET sealed = (SELECT sealed FROM api_key WHERE id = ?1)
                WHERE id = ?2";
            store.conn.execute(sql, [of_alice, id]).unwrap();
            assert!(store.read().reveal_key(&key(&store, id), &mut Argon::new()).is_err());
        }
    }
}

mod by_name {
    use super::*;

    #[test]
    fn a_key_is_found_by_number_label_and_hint() {
        let (_folder, mut store) = world();
        let text = strong();
        let id = add_with(&mut store, ALICE, &text, |key| NewKey { label: Some("ci"), ..key });
        let hint = key(&store, id).hint.unwrap();
        assert_eq!(hint.as_bytes(), &text.expose()[..8]);
        for reference in [&id.to_string(), "ci", &hint, &format!("{hint}…")] {
            assert_eq!(found(&store, reference), [id], "{reference}");
        }
        for reference in ["", "…", "c", "CI", "99", "aku_!"] {
            assert_eq!(found(&store, reference), [], "{reference}");
        }
    }

    #[test]
    fn an_ambiguous_name_finds_all() {
        let (_folder, mut store) = world();
        let label = |key| NewKey { label: Some("ci"), ..key };
        let one = add_with(&mut store, ALICE, &strong(), label);
        let other = add_with(&mut store, BOB, &strong(), label);
        assert_eq!(found(&store, "ci"), [one, other]);
        assert_eq!(found(&store, "aku_"), [one, other]);
    }

    #[test]
    fn a_label_means_the_key_in_use_not_the_one_rotated_away() {
        let (_folder, mut store) = world();
        let label = |key| NewKey { label: Some("ci"), ..key };
        let old = add_with(&mut store, ALICE, &strong(), label);
        let new = change(&mut store, |change| {
            let key = NewKey::of(change.keyring(), ALICE, &strong(), &mut Argon::new())?;
            change.rotate_key(old, &NewKey { label: Some("ci"), ..key }, NOW + 60, &mut rng())
        });
        assert_eq!(found(&store, "ci"), [new]);
        assert_eq!(key(&store, old).replaced_by, Some(new));
        change(&mut store, |change| change.remove_key(new));
        assert_eq!(found(&store, "ci"), [old]);
    }

    #[test]
    fn a_key_is_rotated_once() {
        let (_folder, mut store) = world();
        let old = add_with(&mut store, ALICE, &strong(), |key| key);
        let mut rotate = || {
            store.change(&crate::store::testing::actor(), false, |change| {
                let (_, key) = NewKey::generate(change.keyring(), ALICE, &mut rng());
                let new = change.rotate_key(old, &key, NOW, &mut rng())?;
                change.audit("key.rotate", "key", &serde_json::json!({}))?;
                Ok(new)
            })
        };
        let new = rotate().unwrap();
        assert!(matches!(rotate(), Err(crate::store::Error::Rotated(id)) if id == old));
        assert_eq!(key(&store, old).replaced_by, Some(new));
    }
}

mod listing {
    use super::*;

    #[test]
    fn lists_by_owner_state_and_strength() {
        let (_folder, mut store) = world();
        let live = add(&mut store, ALICE, &strong());
        let expired =
            add_with(&mut store, ALICE, &strong(), |key| NewKey { expires_at: Some(NOW), ..key });
        let revoked = add_with(&mut store, BOB, &strong(), |key| NewKey {
            revoked_at: Some(NOW),
            expires_at: Some(NOW),
            ..key
        });
        let weak = add(&mut store, Owner::Contact(101), &"weak".into());
        let universal = add(&mut store, Owner::Universal, &strong());
        let token = add(&mut store, Owner::ApiToken, &strong());
        let all = KeyFilter::default();
        let of = |owner| KeyFilter { owner: Some(owner), ..all };
        let in_state = |state| KeyFilter { state: Some(state), ..all };
        assert_eq!(listed(&store, all), [live, expired, revoked, weak, universal, token]);
        assert_eq!(listed(&store, of(ALICE)), [live, expired]);
        assert_eq!(listed(&store, of(Owner::Contact(101))), [weak]);
        assert_eq!(listed(&store, of(Owner::Universal)), [universal]);
        assert_eq!(listed(&store, of(Owner::ApiToken)), [token]);
        assert_eq!(listed(&store, in_state(KeyState::Live)), [live, weak, universal, token]);
        assert_eq!(listed(&store, in_state(KeyState::Expired)), [expired]);
        assert_eq!(listed(&store, in_state(KeyState::Revoked)), [revoked]);
        assert_eq!(listed(&store, KeyFilter { weak: Some(true), ..all }), [weak]);
        let both = KeyFilter { state: Some(KeyState::Live), ..of(ALICE) };
        assert_eq!(listed(&store, both), [live]);
        for id in [live, expired, revoked] {
            assert!(listed(&store, in_state(key(&store, id).state(NOW))).contains(&id));
        }
    }

    #[test]
    fn accounts_without_a_live_key_are_missing_one() {
        let (_folder, mut store) = world();
        let missing = |store: &Store| {
            let mut ids = Vec::new();
            let each = |user: crate::store::User| {
                ids.push(user.id);
                Ok::<_, Error>(())
            };
            store.read().each_user_without_key(NOW, each).unwrap();
            ids
        };
        add_with(&mut store, ALICE, &strong(), |key| NewKey { expires_at: Some(NOW), ..key });
        assert_eq!(missing(&store), [UserId(2), UserId(3)]);
        add_with(&mut store, ALICE, &strong(), |key| NewKey { expires_at: Some(NOW + 1), ..key });
        assert_eq!(missing(&store), [UserId(3)]);
    }
}

mod changing {
    use super::*;

    #[test]
    fn update_says_whether_anything_changed() {
        let (_folder, mut store) = world();
        let id = add(&mut store, ALICE, &strong());
        let mut row = key(&store, id);
        assert!(!change(&mut store, |change| change.update_key(&row)));
        row.label = Some("ci".into());
        row.revoked_at = Some(NOW);
        assert!(change(&mut store, |change| change.update_key(&row)));
        assert_eq!(key(&store, id), row);
    }

    #[test]
    fn a_rotated_key_expires_at_the_end_of_its_grace_at_the_latest() {
        let (_folder, mut store) = world();
        for (expires_at, until) in
            [(None, NOW + 60), (Some(NOW + 90), NOW + 60), (Some(NOW + 30), NOW + 30)]
        {
            let old = add_with(&mut store, ALICE, &strong(), |key| NewKey { expires_at, ..key });
            let new = change(&mut store, |change| {
                let key = NewKey::of(change.keyring(), ALICE, &strong(), &mut Argon::new())?;
                change.rotate_key(old, &key, NOW + 60, &mut rng())
            });
            assert_eq!(key(&store, old).expires_at, Some(until));
            assert_eq!(key(&store, new).expires_at, None);
        }
    }

    #[test]
    fn a_number_is_given_out_once() {
        let (_folder, mut store) = world();
        let id = add(&mut store, ALICE, &strong());
        assert!(change(&mut store, |change| change.remove_key(id)));
        assert!(!change(&mut store, |change| change.remove_key(id)));
        assert!(add(&mut store, ALICE, &strong()) > id);
    }

    #[test]
    fn prune_removes_what_is_over() {
        let (_folder, mut store) = world();
        let live = add_with(&mut store, ALICE, &strong(), |key| NewKey {
            expires_at: Some(NOW + 1),
            ..key
        });
        let of_alice =
            add_with(&mut store, ALICE, &strong(), |key| NewKey { expires_at: Some(NOW), ..key });
        let of_bob =
            add_with(&mut store, BOB, &strong(), |key| NewKey { revoked_at: Some(NOW), ..key });
        assert_eq!(change(&mut store, |change| change.prune_keys(Some(BOB), NOW)), [of_bob]);
        assert_eq!(change(&mut store, |change| change.prune_keys(None, NOW)), [of_alice]);
        assert_eq!(listed(&store, KeyFilter::default()), [live]);
    }

    #[test]
    fn keys_go_with_their_owner() {
        let (_folder, mut store) = world();
        add(&mut store, ALICE, &strong());
        add(&mut store, Owner::Contact(101), &strong());
        let bobs = add(&mut store, BOB, &strong());
        change(&mut store, |change| {
            change.remove_user(UserId(2))?;
            change.remove_contact(ContactId(101))
        });
        assert_eq!(listed(&store, KeyFilter::default()), [bobs]);
    }

    #[test]
    fn a_key_needs_its_owner() {
        let (_folder, mut store) = world();
        for owner in [Owner::User(99), Owner::Contact(99)] {
            let key = NewKey::of(store.keyring(), owner, &strong(), &mut Argon::new()).unwrap();
            let added = store.change(&actor(), false, |change| change.add_key(&key, &mut rng()));
            assert!(added.is_err());
        }
    }

    #[test]
    fn a_generated_key_is_stored_as_its_text_would_be() {
        let (_folder, store) = world();
        for (owner, prefix) in
            [(ALICE, "aku_"), (Owner::Contact(101), "akc_"), (Owner::Universal, "akg_")]
        {
            let (text, key) = NewKey::generate(store.keyring(), owner, &mut rng());
            let same = NewKey::of(store.keyring(), owner, &text, &mut Argon::new()).unwrap();
            assert_eq!((key.owner, key.digest, &key.hint), (owner, same.digest, &same.hint));
            assert!(text.expose().starts_with(prefix.as_bytes()));
        }
    }

    #[test]
    fn many_keys_get_their_numbers_in_the_order_given() {
        let (_folder, mut store) = world();
        let texts: Vec<_> = (0..50).map(|_| strong()).chain(["weak".into()]).collect();
        let keyring = store.keyring().clone();
        let argon = &mut Argon::new();
        let keys: Vec<_> =
            texts.iter().map(|text| NewKey::of(&keyring, BOB, text, argon).unwrap()).collect();
        let ids = change(&mut store, |change| change.add_keys(&keys, &mut rng(), || {}));
        assert_eq!(ids.len(), texts.len());
        for (text, id) in texts.iter().zip(ids) {
            assert_eq!(identify(&store, text.expose()), [(id, true)]);
        }
    }
}

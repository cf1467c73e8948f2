use proptest::prelude::*;
use rand::rand_core::UnwrapErr;
use rand::rngs::SysRng;

use super::{Argon, Error, Keyring, PasswordCheck, Secret, StoredPassword};
use crate::credential::KeyFile;

fn keyring(byte: u8) -> Keyring {
    Keyring::new(&KeyFile::from_bytes(&[byte; 32]).unwrap())
}

fn check(hash: &str, password: impl Into<Vec<u8>>) -> bool {
    let stored = StoredPassword::foreign(Secret::from(hash)).unwrap();
    let check = keyring(1).check_password(&stored, &Secret::new(password), &mut Argon::new());
    let PasswordCheck { matches, needs_rehash } = check.unwrap();
    assert!(needs_rehash, "{hash} is not ours");
    matches
}

fn own(password: &str) -> String {
    let password = &Secret::from(password);
    keyring(1).hash_password(password, &mut Argon::new(), &mut UnwrapErr(SysRng)).unwrap()
}

#[test]
fn a_password_matches_its_own_hash_and_no_other_does() {
    let stored = StoredPassword::Own(own("s3:iRe:je"));
    let argon = &mut Argon::new();
    for (byte, password, matches) in
        [(1, "s3:iRe:je", true), (1, "s3:iRe:j", false), (1, "", false), (2, "s3:iRe:je", false)]
    {
        let found = keyring(byte).check_password(&stored, &Secret::from(password), argon).unwrap();
        assert_eq!(found, PasswordCheck { matches, needs_rehash: false });
    }
}

#[test]
fn a_hash_of_ours_says_its_work_and_is_salted() {
    let (one, other) = (own("x"), own("x"));
    assert_ne!(one, other);
    assert!(one.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{one}");
}

#[test]
fn a_hash_of_ours_is_worth_nothing_without_the_pepper() {
    assert!(!check(&own("x"), "x"));
}

#[test]
fn a_cheaper_hash_of_ours_needs_a_rehash() {
    for params in ["m=19456,t=1,p=1", "m=9728,t=2,p=1"] {
        let cheap = own("x").replace("m=19456,t=2,p=1", params);
        let stored = StoredPassword::Own(cheap);
        let found = keyring(1).check_password(&stored, &Secret::from("x"), &mut Argon::new());
        assert_eq!(found, Ok(PasswordCheck { matches: false, needs_rehash: true }));
    }
}

#[test]
fn foreign_hashes_as_found_in_public_match() {
    for (hash, password) in [
        // The test program of phpass itself, and the same as phpBB marks it.
        ("$P$9IQRaTwmfeRo7ud9Fh4E2PdI0S3r.L0", "test12345"),
        ("$H$9IQRaTwmfeRo7ud9Fh4E2PdI0S3r.L0", "test12345"),
        // From ports of Drupal's hashing to Ruby and Python.
        ("$S$DeIZ1KTE.VzRvudZ5.xgOakipuMFrVyPmRdWTjAdYieWj27NMglI", "password1234"),
        ("$S$5FIcboyzv1ZD/OZDb4w/4HSlnsPlwbr/PWLWrHPWrJp8eXOQQaWJ", "DifficultPassword123"),
        ("U$S$5I5Ht7YwxFRiMiJhBjyt42Ji2WRndX2dCx1jyktH92PeQp0xWdgi", "SimpleEasyPassword"),
        // From ports of WordPress 6.8 to Go and Java, checked there against WordPress.
        ("$wp$2y$12$iWN5xRwDE7i9R5jVJvCyqOxS1CNnwUggQaF8O2W9Bg8TuXQz.ngrS", "grimoire-test-123"),
        ("$wp$2y$10$qeleDSuDaeZO5fBsEqFReeWdlqaDnBDBzB16hFgsFnhN9qFBIihvm", "BigBike@2026"),
        // jBCrypt's test vectors.
        ("$2a$06$DCq7YPn5Rq63x1Lad4cll.TV4S6ytwfsfvkgY8jIucDrjc8deX1s.", ""),
        ("$2a$06$m0CrhHm10qJ3lXRY.5zDGO3rS2KdeeWLuGmsfGlMfOxih58VYVfxe", "a"),
    ] {
        assert!(check(hash, password), "{hash}");
        assert!(!check(hash, format!("{password}x")), "{hash}");
    }
}

#[test]
fn all_three_letters_of_bcrypt_are_the_same() {
    for letter in ["a", "b", "y"] {
        let hash = format!("$2{letter}$06$m0CrhHm10qJ3lXRY.5zDGO3rS2KdeeWLuGmsfGlMfOxih58VYVfxe");
        assert!(check(&hash, "a"));
    }
}

#[test]
fn bcrypt_counts_72_bytes_and_stops_at_nul() {
    let of = |password: &[u8]| {
        bcrypt::hash_with_salt(password, 4, [7; 16])
            .unwrap()
            .format_for_version(bcrypt::Version::TwoY)
    };
    let long = of(&[b'a'; 72]);
    assert!(check(&long, [b'a'; 72]) && check(&long, [b'a'; 100]) && !check(&long, [b'a'; 71]));
    let short = of(b"ab");
    assert!(check(&short, "ab\0cd") && !check(&short, "abcd"));
}

#[test]
fn wordpress_counts_every_byte() {
    let prepared = super::bcrypt::wordpress(&[b'a'; 100]);
    let hash = bcrypt::hash_with_salt(&*prepared, 4, [7; 16]).unwrap();
    let hash = format!("$wp{}", hash.format_for_version(bcrypt::Version::TwoY));
    assert!(check(&hash, [b'a'; 100]) && !check(&hash, [b'a'; 101]));
}

#[test]
fn argon2_of_php_matches_without_a_pepper() {
    use argon2::{Algorithm, Argon2, Params, PasswordHasher, Version};
    for algorithm in [Algorithm::Argon2i, Algorithm::Argon2id] {
        let params = Params::new(64, 4, 2, None).unwrap();
        let argon = Argon2::new(algorithm, Version::V0x13, params);
        let hash = argon.hash_password_with_salt(b"x", b"0123456789abcdef").unwrap().to_string();
        assert!(check(&hash, "x") && !check(&hash, "y"), "{hash}");
    }
}

#[test]
fn drupal_refuses_passwords_over_512_bytes() {
    // Two rounds of the definition, on bytes alone.
    use sha2::{Digest, Sha512};
    let hash_of = |password: &[u8]| {
        let mut state = Sha512::digest([b"saltsalt", password].concat());
        for _ in 0..128 {
            state = Sha512::digest([&state[..], password].concat());
        }
        let bits: Vec<u8> =
            state.iter().flat_map(|byte| (0..8).map(move |n| byte >> n & 1)).collect();
        let itoa64 = b"./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
        let digits = bits.chunks(6).map(|six| {
            let value =
                six.iter().enumerate().map(|(n, bit)| usize::from(*bit) << n).sum::<usize>();
            char::from(itoa64[value])
        });
        format!("$S$5saltsalt{}", digits.take(43).collect::<String>())
    };
    assert!(check(&hash_of(&[b'a'; 512]), [b'a'; 512]));
    assert!(!check(&hash_of(&[b'a'; 513]), [b'a'; 513]));
}

#[test]
fn a_planted_cost_is_an_error() {
    let bcrypt = "$2y$31$m0CrhHm10qJ3lXRY.5zDGO3rS2KdeeWLuGmsfGlMfOxih58VYVfxe";
    let salt_and_hash = "c2FsdHNhbHRzYWx0$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    let argon = |params| format!("$argon2id$v=19$m={params}${salt_and_hash}");
    for hash in [
        bcrypt,
        &format!("$wp{bcrypt}"),
        "$S$SeIZ1KTE.VzRvudZ5.xgOakipuMFrVyPmRdWTjAdYieWj27NMglI",
        "$P$SIQRaTwmfeRo7ud9Fh4E2PdI0S3r.L0",
        &argon("4294967295,t=1,p=1"),
        &argon("65536,t=4294967295,p=1"),
        &argon("1048576,t=5,p=1"),
        &argon("65536,t=1,p=65"),
    ] {
        let refused = StoredPassword::foreign(Secret::from(hash)).unwrap_err();
        assert!(matches!(refused, Error::PasswordCost { .. }), "{hash}: {refused}");
        let planted = StoredPassword::Foreign(Secret::from(hash));
        let found = keyring(1).check_password(&planted, &Secret::from("x"), &mut Argon::new());
        assert_eq!(found, Err(refused));
    }
}

#[test]
fn an_unknown_kind_is_refused_by_name() {
    for hash in
        ["", "5f4dcc3b5aa765d61d8327deb882cf99", "$1$salt$hash", "$2x$10$", "$argon2d$v=19$"]
    {
        assert_eq!(StoredPassword::foreign(Secret::from(hash)), Err(Error::PasswordKind), "{hash}");
    }
    assert!(Error::PasswordKind.to_string().contains("$argon2id$"));
}

#[test]
fn debug_shows_nothing_of_a_hash() {
    assert_eq!(format!("{:?}", StoredPassword::Own(own("x"))), "StoredPassword::Own(…)");
}

proptest! {
    #[test]
    fn any_bytes_behind_a_known_prefix_are_parsed_or_refused(
        prefix in prop::sample::select(vec![
            "$2y$", "$2a$10$", "$wp$2y$", "$wp", "$S$", "U$S$D", "$P$9", "$H$", "$argon2i$",
            "$argon2id$v=19$m=8,t=1,p=1$",
        ]),
        rest: Vec<u8>,
    ) {
        let hash = [prefix.as_bytes(), &rest].concat();
        match StoredPassword::foreign(Secret::new(hash)) {
            Ok(_) | Err(Error::PasswordHash { .. } | Error::PasswordCost { .. } | Error::PasswordKind) => {}
            Err(other) => prop_assert!(false, "{other}"),
        }
    }
}

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::Rejection::{Expired, Fault, Invalid};
use super::{Rejection, Rules, SignKeys, decode, issue, peek};
use crate::credential::Error;
use crate::testing::{broken, soon};

const LATEST: Rules = Rules { min_hmac_key: true, eddsa: true };
const OLD: Rules = Rules { min_hmac_key: false, eddsa: false };
const NOW: i64 = 1_767_225_600;

/// Keys with a token each, made with the crypto module of Node.js; the claims are [`CLAIMS`].
const KNOWN: [(&str, &str); 6] = [
    (
        "jwt-hs256:b64:AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA=",
        "eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiIsImtpZCI6ImNGdGdEcjZFZE5mekpWVWEyRlJMY1plTHFDMCJ9.eyJleHAiOjE4MDAwMDAwMDAsInN1YiI6ImNpZDoyMDEiLCJzY29wZSI6ImF1dGh4In0.Eyv3ka2_eHiR_J50Axn1Mbxf-sG9yMPwNaeTQ3cZ92Y",
    ),
    (
        "jwt-hs384:b64:AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyAhIiMkJSYnKCkqKywtLi8w",
        "eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzM4NCIsImtpZCI6InRLeU4zMERJOERaNmxKY1dtQklZNndyUkNONCJ9.eyJleHAiOjE4MDAwMDAwMDAsInN1YiI6ImNpZDoyMDEiLCJzY29wZSI6ImF1dGh4In0.j0zjAFgAGFySDWOqEsUreVRX39mlbmuk745oLzh9o-HBcKddMX3Hmg5mK_FGvAWE",
    ),
    (
        "jwt-hs512:b64:AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyAhIiMkJSYnKCkqKywtLi8wMTIzNDU2Nzg5Ojs8PT4/QA==",
        "eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzUxMiIsImtpZCI6IlFCSzJjN01ReUR0cVVpdWJXRjJjRnFqZEFHNCJ9.eyJleHAiOjE4MDAwMDAwMDAsInN1YiI6ImNpZDoyMDEiLCJzY29wZSI6ImF1dGh4In0.B_71mGO-SjgzXobuZ-ku8qOsjHOrL9_QnmbM4Nfz3Y8AQCa1XqGge4TgEwJ1r1QnUU9FNVaD7UewZEyTgogMgA",
    ),
    (
        "jwt-hs256::text-of-a-key",
        "eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiIsImtpZCI6InZ1ZFdndHNRNXBHeEY1RkZBVEJCZ1BHOC1TdyJ9.eyJleHAiOjE4MDAwMDAwMDAsInN1YiI6ImNpZDoyMDEiLCJzY29wZSI6ImF1dGh4In0.mNyJIUNoO3r9XNZtJQegNnLj3wTsSWr0OAnAkXUSaiA",
    ),
    (
        "jwt-eddsa-keypair:b64:AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyB5tVYuj+ZU+UB4sRLoqYunkB+FOuaVvtfg45ELrQSWZHm1Vi6P5lT5QHixEuipi6eQH4U65pW+1+DjkQutBJZk",
        EDDSA,
    ),
    ("jwt-eddsa-public:b64:ebVWLo/mVPlAeLES6KmLp5AfhTrmlb7X4OORC60ElmQ=", EDDSA),
];
const EDDSA: &str = "eyJ0eXAiOiJKV1QiLCJhbGciOiJFZERTQSIsImtpZCI6IjRNb1BWOUUzOG15TnJxUDI2WFp3U0dmUzJ0RSJ9.eyJleHAiOjE4MDAwMDAwMDAsInN1YiI6ImNpZDoyMDEiLCJzY29wZSI6ImF1dGh4In0.Ye40G8EEYV5NfGrnna8lS2epmw2tKOZZJqwCZO8ANSdXrHWLpNe5jvbhnDTVGcpnkL2bOc6e_U-ON4wexlDdAw";
const CLAIMS: &str = r#"{"exp":1800000000,"sub":"cid:201","scope":"authx"}"#;

fn object(value: &Value) -> Map<String, Value> {
    value.as_object().unwrap().clone()
}

fn known_claims() -> Map<String, Value> {
    serde_json::from_str(CLAIMS).unwrap()
}

fn keys(text: &str) -> SignKeys {
    SignKeys::parse(text.as_bytes()).unwrap()
}

fn key() -> SignKeys {
    keys(KNOWN[0].0)
}

/// A token under [`key`] with this header and these claims, both as text.
fn token(header: &str, claims: &str) -> String {
    let signed = format!("{}.{}", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(claims));
    let signature = key().0[0].sign("HS256", signed.as_bytes()).unwrap();
    format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature))
}

fn good_header() -> String {
    json!({"typ": "JWT", "alg": "HS256", "kid": key().0[0].id}).to_string()
}

fn judged(header: &str, claims: &str) -> Result<Map<String, Value>, Rejection> {
    decode(token(header, claims).as_bytes(), &key(), LATEST, NOW)
}

fn with_claims(claims: &str) -> Result<Map<String, Value>, Rejection> {
    judged(&good_header(), claims)
}

#[test]
fn takes_tokens_that_other_software_made() {
    for (key, token) in KNOWN {
        assert_eq!(decode(token.as_bytes(), &keys(key), LATEST, NOW), Ok(known_claims()), "{key}");
    }
}

#[test]
fn makes_the_same_tokens_as_other_software() {
    for (key, token) in &KNOWN[..5] {
        let made = issue(&known_claims(), &keys(key), LATEST).unwrap();
        assert_eq!(made.expose_text(), Some(*token), "{key}");
    }
}

#[test]
fn any_of_several_keys_verifies_and_the_first_signs() {
    let all = keys(&KNOWN[..4].iter().map(|(key, _)| *key).collect::<Vec<_>>().join(" "));
    for (_, token) in &KNOWN[..4] {
        assert!(decode(token.as_bytes(), &all, LATEST, NOW).is_ok());
    }
    let made = issue(&known_claims(), &all, LATEST).unwrap();
    assert_eq!(made.expose_text(), Some(KNOWN[0].1));
}

#[test]
fn a_key_that_stands_twice_counts_where_it_stands_last() {
    let [(first, _), _, _, (second, _), ..] = KNOWN;
    let listed = keys(&format!("{first} {second} {first}")).list(LATEST);
    assert_eq!(listed.len(), 2);
    assert_eq!(listed[1].id, key().0[0].id);
}

#[test]
fn without_keys_nothing_else_is_looked_at() {
    let crashing = token(r#"{"alg":["HS256"],"kid":{}}"#, "{}");
    for token in [crashing.as_bytes(), b"", b"a.b.c"] {
        let found = decode(token, &keys(""), LATEST, NOW);
        assert_eq!(found, Err(Invalid("Unknown key/tag (SIGN)")));
    }
}

#[test]
fn the_order_of_checks_is_that_of_php_jwt() {
    let kid = json!(key().0[0].id);
    let text = |value: &Value| value.to_string();
    let expired = r#"{"exp":0}"#;
    let late = r#"{"exp":0,"nbf":9999999999}"#;
    for (header, claims, expected) in [
        ("null".to_owned(), "x", Invalid("Invalid header encoding")),
        ("{".to_owned(), "null", Invalid("the header is not JSON")),
        ("[]".to_owned(), "null", Invalid("Invalid claims encoding")),
        ("[]".to_owned(), "x", Invalid("the claims are not JSON")),
        (text(&json!({"alg": ["x"]})), "1", Invalid("Payload must be a JSON object")),
        (text(&json!({"alg": ["x"]})), r#"{"iat":true}"#, Invalid("Payload iat must be a number")),
        (
            text(&json!({"alg": ["x"], "kid": []})),
            expired,
            Fault("TypeError: the header's alg cannot be an array offset"),
        ),
        (text(&json!({"kid": []})), expired, Invalid("Empty algorithm")),
        (text(&json!({"alg": "none", "kid": []})), expired, Invalid("Algorithm not supported")),
        (
            text(&json!({"alg": "RS256", "kid": []})),
            expired,
            Fault("TypeError: the header's kid must be a string"),
        ),
        (
            text(&json!({"alg": "RS256"})),
            expired,
            Invalid("\"kid\" empty, unable to lookup correct key"),
        ),
        (
            text(&json!({"alg": "RS256", "kid": "x"})),
            expired,
            Invalid("\"kid\" invalid, unable to lookup correct key"),
        ),
        (
            text(&json!({"alg": "HS512", "kid": kid})),
            expired,
            Invalid("Incorrect key for this algorithm"),
        ),
        (good_header(), late, Invalid("Cannot handle token with nbf prior to")),
        (good_header(), expired, Expired),
    ] {
        assert_eq!(judged(&header, claims), Err(expected), "{header} {claims}");
    }
}

#[test]
fn a_wrong_signature_comes_before_the_times() {
    let mut token = token(&good_header(), r#"{"exp":0}"#);
    let signature = token.split_off(token.rfind('.').unwrap() + 1);
    for signature in ["", "AA", &signature.chars().rev().collect::<String>()] {
        let found = decode(format!("{token}{signature}").as_bytes(), &key(), LATEST, NOW);
        assert_eq!(found, Err(Invalid("Signature verification failed")));
    }
}

#[test]
fn only_arrays_and_objects_in_the_header_are_faults() {
    for alg in ["null", "false", "0", "-0", "0.0", "\"\"", "\"0\"", "[]"] {
        let found = judged(&format!(r#"{{"alg":{alg}}}"#), "{}");
        assert_eq!(found, Err(Invalid("Empty algorithm")), "{alg}");
    }
    for alg in ["true", "1", "1.5", "\"hs256\"", "\"HS256 \"", "\"none\""] {
        let found = judged(&format!(r#"{{"alg":{alg}}}"#), "{}");
        assert_eq!(found, Err(Invalid("Algorithm not supported")), "{alg}");
    }
    for alg in ["{}", "[0]", r#"{"a":1}"#] {
        assert!(matches!(judged(&format!(r#"{{"alg":{alg}}}"#), "{}"), Err(Fault(_))), "{alg}");
    }
    for kid in ["null", "\"\"", "false", "true", "0", "1", "1.5", "\"0\""] {
        let found = judged(&format!(r#"{{"alg":"HS256","kid":{kid}}}"#), "{}");
        assert!(matches!(found, Err(Invalid(_))), "{kid}");
    }
    for kid in ["{}", "[]", "[\"x\"]"] {
        let found = judged(&format!(r#"{{"alg":"HS256","kid":{kid}}}"#), "{}");
        assert!(matches!(found, Err(Fault(_))), "{kid}");
    }
}

#[test]
fn times_are_compared_as_php_does() {
    let before = Invalid("Cannot handle token with iat prior to");
    let early = Invalid("Cannot handle token with nbf prior to");
    for (claims, rejection) in [
        (json!({}), None),
        (json!({"exp": null, "nbf": null, "iat": null}), None),
        (json!({"exp": NOW + 1}), None),
        (json!({"exp": NOW}), Some(Expired)),
        (json!({"exp": NOW + 1, "iat": NOW, "nbf": NOW}), None),
        (json!({"exp": (NOW + 1).to_string()}), None),
        (json!({"exp": format!(" {NOW}\n")}), Some(Expired)),
        (json!({"exp": "1e3"}), Some(Expired)),
        (json!({"exp": "soon"}), Some(Invalid("Payload exp must be a number"))),
        (json!({"exp": []}), Some(Invalid("Payload exp must be a number"))),
        (json!({"nbf": NOW + 1}), Some(early)),
        (json!({"nbf": format!("{NOW}.9")}), None),
        (json!({"iat": NOW + 1}), Some(before)),
        (json!({"iat": NOW + 1, "nbf": NOW}), None),
        (json!({"iat": NOW + 1, "nbf": null}), Some(before)),
        (json!({"iat": NOW + 1, "exp": 0}), Some(before)),
        (json!({"nbf": NOW + 1, "exp": 0}), Some(early)),
    ] {
        assert_eq!(with_claims(&claims.to_string()).err(), rejection, "{claims}");
    }
    assert_eq!(with_claims(r#"{"exp":1e999}"#).err(), None);
    assert_eq!(with_claims(r#"{"exp":99999999999999999999}"#).err(), None);
}

#[test]
fn an_array_of_claims_counts_as_an_object() {
    assert_eq!(with_claims("[]"), Ok(Map::new()));
    assert_eq!(with_claims("[7]"), Ok(object(&json!({"0": 7}))));
}

#[test]
fn segments_decode_leniently_and_are_signed_as_sent() {
    let (_, known) = KNOWN[0];
    let stray = known.replace("Eyv3", "E=y!v3") + "==";
    assert_eq!(decode(stray.as_bytes(), &key(), LATEST, NOW), Ok(known_claims()));
    let standard = known.replace("2_eHiR", "2/eHiR");
    assert_eq!(decode(standard.as_bytes(), &key(), LATEST, NOW), Ok(known_claims()));
    let padded = known.replacen('.', "=.", 1);
    let found = decode(padded.as_bytes(), &key(), LATEST, NOW);
    assert_eq!(found, Err(Invalid("Signature verification failed")));
}

#[test]
fn the_number_of_segments_is_three() {
    for token in ["", ".", "a.b", "a.b.c.d", &format!("{}.", KNOWN[0].1)] {
        let found = decode(token.as_bytes(), &key(), LATEST, NOW);
        assert_eq!(found, Err(Invalid("Wrong number of segments")), "{token}");
    }
}

#[test]
fn a_short_key_signs_nothing_since_php_jwt_7() {
    let short = keys("jwt-hs512::text-of-a-key");
    let made = issue(&known_claims(), &short, OLD).unwrap();
    assert_eq!(decode(made.expose(), &short, OLD, NOW), Ok(known_claims()));
    let found = decode(made.expose(), &short, LATEST, NOW);
    assert_eq!(found, Err(Invalid("Provided key is too short")));
    assert_eq!(
        issue(&known_claims(), &short, LATEST),
        Err(Error::CannotSign("it is shorter than its hash"))
    );
    assert_eq!(short.list(LATEST).iter().map(|key| key.usable).collect::<Vec<_>>(), [false]);
    assert!(short.list(OLD)[0].usable);
}

#[test]
fn eddsa_is_unknown_to_older_releases() {
    for (key, token) in &KNOWN[4..] {
        let found = decode(token.as_bytes(), &keys(key), OLD, NOW);
        assert_eq!(found, Err(Invalid("Incorrect key for this algorithm")), "{key}");
    }
}

#[test]
fn a_pair_and_its_public_key_have_one_id_and_the_public_one_does_not_sign() {
    let (pair, public) = (keys(KNOWN[4].0), keys(KNOWN[5].0));
    assert_eq!(pair.list(LATEST)[0].id, public.list(LATEST)[0].id);
    assert_eq!(
        issue(&known_claims(), &public, LATEST),
        Err(Error::CannotSign("it is a public key"))
    );
}

#[test]
fn a_pair_whose_halves_do_not_belong_together_does_not_sign() {
    let mut bytes = [7; 96];
    bytes[64..]
        .copy_from_slice(&STANDARD.decode("ebVWLo/mVPlAeLES6KmLp5AfhTrmlb7X4OORC60ElmQ=").unwrap());
    let pair = keys(&format!("jwt-eddsa-keypair:b64:{}", STANDARD.encode(bytes)));
    assert!(matches!(issue(&known_claims(), &pair, LATEST), Err(Error::CannotSign(_))));
}

#[test]
fn an_eddsa_signature_has_64_bytes() {
    let (signed, signature) = EDDSA.rsplit_once('.').unwrap();
    for signature in ["", "AAAA", &format!("{signature}AAAA")] {
        let token = format!("{signed}.{signature}");
        let found = decode(token.as_bytes(), &keys(KNOWN[5].0), LATEST, NOW);
        assert_eq!(found, Err(Invalid("Signature verification failed")));
    }
}

#[test]
fn unfit_keys_break_every_token_and_were_skipped_before() {
    let (good, token) = KNOWN[0];
    for unfit in ["::text", "aes-cbc:b64:AAAA", "jwt-:b64:AAAA"] {
        let both = keys(&format!("{good} {unfit}"));
        let found = decode(token.as_bytes(), &both, LATEST, NOW);
        assert!(matches!(found, Err(Fault(_))), "{unfit}");
        assert_eq!(decode(token.as_bytes(), &both, OLD, NOW), Ok(known_claims()), "{unfit}");
        assert!(!both.list(LATEST)[1].usable);
    }
    for unfit in ["jwt-hs256:b64:", "jwt-eddsa-keypair:b64:AAAA", "jwt-eddsa-public:b64:"] {
        let found = decode(token.as_bytes(), &keys(&format!("{good} {unfit}")), LATEST, NOW);
        assert!(matches!(found, Err(Fault(_))), "{unfit}");
    }
}

#[test]
fn keys_that_are_not_for_tokens_were_as_good_as_none() {
    let crashing = token(r#"{"alg":["HS256"],"kid":{}}"#, "{}");
    let found = decode(crashing.as_bytes(), &keys("::text"), OLD, NOW);
    assert_eq!(found, Err(Invalid("Unknown key/tag (SIGN)")));
}

#[test]
fn keys_that_cannot_be_read_are_named_by_position() {
    let (good, _) = KNOWN[0];
    for (text, position) in [
        ("jwt-hs256".to_owned(), 1),
        (format!("{good} jwt-hs256:hex:00"), 2),
        (format!("{good}  {good}"), 2),
        (format!("{good} "), 2),
        ("jwt-hs256::".to_owned(), 1),
    ] {
        let refused = SignKeys::parse(text.as_bytes()).unwrap_err();
        assert!(matches!(refused, Error::SignKey { position: at, .. } if at == position), "{text}");
    }
}

#[test]
fn keys_that_cannot_be_read_make_every_token_invalid_or_a_fault() {
    let (good, token) = KNOWN[0];
    let judged = |text: &str| {
        SignKeys::of_site(text.as_bytes())
            .and_then(|keys| decode(token.as_bytes(), &keys, LATEST, NOW))
    };
    for text in ["jwt-hs256", &format!("{good}  {good}"), &format!("{good} jwt-hs256:hex:00")] {
        assert!(matches!(judged(text), Err(Invalid(_))), "{text}");
    }
    for text in ["jwt-hs256::", "jwt-hs256:hkdf-sha256", "jwt-hs256:b64", "jwt-hs256:b64:MA=="] {
        assert!(matches!(judged(&format!("{good} {text}")), Err(Fault(_))), "{text}");
    }
}

#[test]
fn debug_shows_nothing_of_a_key() {
    let shown = format!("{:?}", key());
    assert!(shown.contains("Secret(…)") && !shown.contains("AQIDBAUG"), "{shown}");
}

#[test]
fn peek_checks_nothing() {
    assert_eq!(peek(KNOWN[1].1.as_bytes()), Some(known_claims()));
    assert_eq!(peek(token("null", r#"{"exp":0}"#).as_bytes()), Some(object(&json!({"exp": 0}))));
    for text in ["", "a.b", "a.b.c", "bm9wZQ.bm9wZQ.bm9wZQ"] {
        assert_eq!(peek(text.as_bytes()), None, "{text}");
    }
}

proptest! {
    #[test]
    fn any_bytes_are_judged(token: Vec<u8>, key: Vec<u8>) {
        let text = [KNOWN[0].0.as_bytes(), b" ", &key].concat();
        let keys = SignKeys::parse(&text).unwrap_or_else(|_| self::key());
        prop_assert!(decode(&token, &keys, LATEST, NOW).is_err());
        prop_assert!(peek(&token).is_none_or(|claims| claims.len() <= token.len()));
    }

}

proptest! {
    // Ed25519 is slow without optimisation.
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn what_is_issued_is_taken(sub in "cid:[0-9]{1,9}", extra: String, ttl in 1_i64..1_000_000) {
        let claims = object(&json!({"exp": NOW + ttl, "sub": sub, "extra": extra}));
        for (key, _) in &KNOWN[..5] {
            let made = issue(&claims, &keys(key), LATEST).unwrap();
            prop_assert_eq!(decode(made.expose(), &keys(key), LATEST, NOW), Ok(claims.clone()));
            prop_assert_eq!(decode(made.expose(), &keys(key), LATEST, NOW + ttl), Err(Expired));
        }
    }
}

proptest! {
    #[test]
    fn broken_tokens_prove_nothing_else(
        text in broken(
            &[KNOWN[0].1, KNOWN[1].1, KNOWN[3].1],
            &[".", "..", "=", "==", "-", "_", "+", "/", "e30", "bnVsbA", "eyJhbGciOiJub25lIn0", "eyJhbGciOiJIUzI1NiJ9", "W10", "\0", " ", "\n", "é", "W1tb"],
        ),
        rules in prop_oneof![Just(LATEST), Just(OLD)],
    ) {
        let all = keys(&KNOWN[..4].iter().map(|(key, _)| *key).collect::<Vec<_>>().join(" "));
        if let Ok(claims) = soon(|| decode(&text.0, &all, rules, NOW)) {
            prop_assert_eq!(claims, known_claims());
        }
        let _ = soon(|| peek(&text.0));
    }

    #[test]
    fn broken_signing_keys_are_refused_or_read(
        text in broken(
            &KNOWN.map(|(key, _)| key),
            &[":", " ", "\n", "jwt-", "b64:", "hs256", "eddsa-", "keypair", "public", "=", "-", "_", "\0", "é", "::"],
        ),
    ) {
        if let Ok(keys) = soon(|| SignKeys::parse(&text.0)) {
            prop_assert!(keys.list(LATEST).len() <= text.0.len());
            let _ = decode(KNOWN[0].1.as_bytes(), &keys, LATEST, NOW);
        }
    }
}

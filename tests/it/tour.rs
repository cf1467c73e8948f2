//! `authctl tour`

use crate::sandbox::Sandbox;

#[test]
fn tells_the_story_to_its_end_and_leaves_nothing() {
    let sandbox = Sandbox::new();
    let story = sandbox.ok(["tour"]);
    let places = [
        "$ authctl init",
        "$ KEY=$(authctl key generate --user alice)",
        "DENIED  401",
        "$ authctl perm grant --user alice api-key",
        "ALLOWED",
        "-d \"_authxSiteKey=$SITE_KEY\"",
        "-H \"X-Civi-Key: $SITE_KEY\"",
        "$ authctl audit verify",
        "$ APP=$(authctl app add 'User import'",
        "$ authctl resource enable entity:user",
        "--user \"alice:$KEY\"",
        "ALLOWED  201",
        "\"error\": \"MISSING_HEADER\"",
        "\"error\": \"MISSING_AUTHORIZATION_HEADER\"",
        "\"error\": \"AUTHENTICATION_FAILED\"",
        "\"error\": \"USER_DOES_NOT_EXIST\"",
        "API-KEY: $(printf %s \"alice:$KEY\" | base64)",
        "no API-KEY header",
        "\"error\": \"INVALID_CREDENTIALS\"",
    ]
    .map(|text| story.find(text).unwrap_or_else(|| panic!("`{text}` is not told in\n{story}")));
    assert!(places.is_sorted(), "{story}");
    assert_eq!(std::fs::read_dir(sandbox.path("")).unwrap().count(), 0);
}

#[test]
fn the_seed_s_secrets_are_not_repeated_after_their_variables() {
    let story = Sandbox::new().ok(["tour"]);
    for prefix in ["aku_", "aks_"] {
        let whole = story
            .split(prefix)
            .skip(1)
            .find(|rest| rest.chars().take_while(char::is_ascii_alphanumeric).count() > 4);
        assert_eq!(whole, None, "a whole {prefix} key is printed");
    }
}

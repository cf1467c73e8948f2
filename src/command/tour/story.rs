//! What the tour tells: the question that administrators ask when a call answers 401, scene by scene.

use super::Scene;
use crate::exit::Exit;

const PAGE: &str = "https://crm.example.org/civicrm/ajax/api4/Contact/get";
const KEY_HEADER: &str = "X-Civi-Auth: Bearer $KEY";

/// A good key answers 401 under CiviCRM's guards: first the permission, then the site key.
pub(super) const CIVICRM: &[Scene] = &[
    Scene {
        says: "A site has CiviCRM with AuthX as it comes: two guards are on, `site_key` and `perm`, and a \
               call must satisfy one of them. This store is a copy of its policy.",
        keeps: None,
        words: &["init"],
        ends: Exit::Done,
    },
    Scene {
        says: "Alice may use the API. Her account is linked to contact 203, and she gets a key.",
        keeps: None,
        words: &["user", "add", "alice", "--contact", "203"],
        ends: Exit::Done,
    },
    Scene {
        says: "",
        keeps: Some("KEY"),
        words: &["key", "generate", "--user", "alice"],
        ends: Exit::Done,
    },
    Scene {
        says: "Her first call answers 401, and the site does not say why. authctl does.",
        keeps: None,
        words: &["verify", "--", "curl", PAGE, "-H", KEY_HEADER],
        ends: Exit::No,
    },
    Scene {
        says: "The first way out is the permission behind the guard `perm`.",
        keeps: None,
        words: &["perm", "grant", "--user", "alice", "api-key"],
        ends: Exit::Done,
    },
    Scene {
        says: "The same request again:",
        keeps: None,
        words: &["verify", "--", "curl", PAGE, "-H", KEY_HEADER],
        ends: Exit::Done,
    },
    Scene {
        says: "The other way is the site key. Take the permission back and make one.",
        keeps: None,
        words: &["perm", "revoke", "--user", "alice", "api-key", "--yes"],
        ends: Exit::Done,
    },
    Scene { says: "", keeps: Some("SITE_KEY"), words: &["site-key", "generate"], ends: Exit::Done },
    Scene {
        says: "APIv4 takes the site key as the parameter `_authxSiteKey`, not `key` …",
        keeps: None,
        words: &["verify", "--", "curl", PAGE, "-H", KEY_HEADER, "-d", "_authxSiteKey=$SITE_KEY"],
        ends: Exit::Done,
    },
    Scene {
        says: "… or, better, as the header `X-Civi-Key`, which no server writes into its log.",
        keeps: None,
        words: &["verify", "--", "curl", PAGE, "-H", KEY_HEADER, "-H", "X-Civi-Key: $SITE_KEY"],
        ends: Exit::Done,
    },
    Scene {
        says: "Everything that changed is in the audit log, and no secret is.",
        keeps: None,
        words: &["audit", "list"],
        ends: Exit::Done,
    },
    Scene { says: "", keeps: None, words: &["audit", "verify"], ends: Exit::Done },
];

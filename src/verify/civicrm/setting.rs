//! AuthX's settings: their names, the words that upstream knows, and the defaults of each release
//! (`ext/authx/settings/authx.setting.php`).

use crate::credential::jwt::Rules;
use crate::verify::{Release, SettingValue};

/// The flows that have settings, in upstream's order.
pub const FLOWS: &[&str] =
    &["param", "header", "xheader", "login", "auto", "script", "pipe", "legacyrest"];

/// The guards, and the default of `authx_guards`.
pub(super) const GUARDS: &[&str] = &["site_key", "perm"];
/// The credential types.
pub(super) const TYPES: &[&str] = &["jwt", "api_key", "pass"];
const USER_MODES: &[&str] = &["ignore", "optional", "require"];

/// What a setting of AuthX is about.
enum Setting<'a> {
    Guards,
    Types(&'a str),
    UserMode(&'a str),
}

impl<'a> Setting<'a> {
    fn named(name: &'a str) -> Option<Self> {
        let name = name.strip_prefix("authx_")?;
        if name == "guards" {
            return Some(Self::Guards);
        }
        let (flow, what) = name.rsplit_once('_')?;
        match (FLOWS.contains(&flow), what) {
            (true, "cred") => Some(Self::Types(flow)),
            (true, "user") => Some(Self::UserMode(flow)),
            _ => None,
        }
    }
}

/// The names of all settings, `authx_guards` first.
pub fn setting_names() -> impl Iterator<Item = String> {
    let of_flows =
        FLOWS.iter().flat_map(|flow| [format!("authx_{flow}_cred"), format!("authx_{flow}_user")]);
    std::iter::once("authx_guards".to_owned()).chain(of_flows)
}

/// What a release has where nothing is stored; `None` for a name that is not one of AuthX's.
#[must_use]
pub fn default_setting(name: &str, release: Release) -> Option<SettingValue> {
    let list =
        |words: &[&str]| SettingValue::List(words.iter().map(|word| (*word).to_owned()).collect());
    Some(match Setting::named(name)? {
        Setting::Guards => list(GUARDS),
        Setting::Types(flow) => list(default_types(flow, release)),
        Setting::UserMode(flow) => SettingValue::Text(default_user_mode(flow).to_owned()),
    })
}

/// The words that upstream knows for a setting; `None` for a name that is not one of AuthX's.
#[must_use]
pub fn known_words(name: &str) -> Option<&'static [&'static str]> {
    Some(match Setting::named(name)? {
        Setting::Guards => GUARDS,
        Setting::Types(_) => TYPES,
        Setting::UserMode(_) => USER_MODES,
    })
}

/// How a release checks tokens: the library with a minimum length for HMAC keys came with 6.12, Ed25519
/// with 6.9.
#[must_use]
pub fn token_rules(release: Release) -> Rules {
    Rules { min_hmac_key: release >= Release::V6_13, eddsa: release >= Release::V6_10 }
}

/// The credential types of a flow where nothing is stored. Flows that upstream does not know accept none.
pub(super) fn default_types(flow: &str, release: Release) -> &'static [&'static str] {
    match flow {
        "header" if release < Release::V6_14 => &[],
        "param" | "header" | "xheader" | "legacyrest" | "pipe" => &["jwt", "api_key"],
        "auto" | "login" | "script" => &["jwt"],
        _ => &[],
    }
}

/// The user mode of a flow where nothing is stored.
pub(super) fn default_user_mode(flow: &str) -> &'static str {
    if flow == "legacyrest" { "require" } else { "optional" }
}

#[cfg(test)]
mod tests {
    use super::{default_setting, known_words, setting_names};
    use crate::verify::Release;

    #[test]
    fn every_setting_has_a_default_of_known_words_in_every_release() {
        for name in setting_names() {
            let known = known_words(&name).unwrap();
            for release in Release::ALL {
                let words = match default_setting(&name, release).unwrap() {
                    crate::verify::SettingValue::List(words) => words,
                    crate::verify::SettingValue::Text(word) => vec![word],
                };
                assert!(words.iter().all(|word| known.contains(&word.as_str())), "{name}");
            }
        }
    }

    #[test]
    fn other_names_are_not_upstreams() {
        for name in ["authx_cred", "authx_nosuch_cred", "guards", "authx_header_guards"] {
            assert!(known_words(name).is_none(), "{name}");
        }
    }
}

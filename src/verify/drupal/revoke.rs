//! `/rest_api/revoke`: `RestApiAuthenticationController::revokeToken()` of 2.1.0, whose free edition
//! checks a name and password and then refuses.

use super::code;
use super::end::End;
use super::extract::{self, Pair};
use super::identity::password_matches;
use super::level::Level;
use super::refusal::{ModuleError, quoted};
use super::site::Site;
use super::trail::Trail;
use super::wire::Wire;
use crate::verify::{Code, Credential, php};

/// The name and password that the controller reads; the error otherwise.
pub(super) fn sent(wire: &Wire<'_>) -> Result<Pair, ModuleError> {
    let refused = |code, error, text| ModuleError::Revocation(code, quoted(401, error, text));
    let encoded =
        extract::authorization(wire).and_then(extract::basic_scheme).ok_or_else(|| {
            let text = "Basic Authentication is required for this endpoint.";
            refused(code::CREDENTIAL_MISSING, "MISSING_BASIC_AUTH", text)
        })?;
    let pair = extract::strict_pair(encoded).ok_or_else(|| {
        let text = "Invalid Basic Authentication format.";
        refused(code::CREDENTIAL_FORMAT, "INVALID_BASIC_AUTH_FORMAT", text)
    })?;
    if php::is_truthy(&pair.name) && php::is_truthy(pair.secret.expose()) {
        return Ok(pair);
    }
    let text = "Username and password are required.";
    Err(refused(code::CREDENTIAL_FORMAT, "MISSING_CREDENTIALS", text))
}

/// Judges a request that reached the controller.
pub(super) fn judge(site: &Site<'_>, wire: &Wire<'_>, trail: &mut Trail) -> End {
    let pair = match sent(wire) {
        Ok(pair) => pair,
        Err(error) => {
            let required = "Authorization: Basic base64 of name:password";
            trail.fail(error.code(), "credential", "no name and password can be read", required);
            return End::Module(error);
        }
    };
    trail.credential = Some(Credential::new("pass", None, None));
    let mut refuse = |code: Code, status, error, observed: &str, required: &str, text: &str| {
        trail.fail(code, "revocation", observed, required);
        End::Module(ModuleError::Revocation(code, quoted(status, error, text)))
    };
    let user = pair.user_name().and_then(|name| site.facts.user_named(name));
    let user = user.filter(|_| password_matches(site.facts, &pair));
    let Some(user) = user else {
        return refuse(
            code::PASSWORD_WRONG,
            401,
            "INVALID_CREDENTIALS",
            "no account has that name and password",
            "an account's name and password",
            "Invalid username or password.",
        );
    };
    if user.blocked {
        return refuse(
            code::USER_BLOCKED,
            403,
            "USER_BLOCKED",
            "the account is blocked",
            "an active account",
            "The user account is blocked.",
        );
    }
    if wire.method != "POST" {
        return refuse(
            code::METHOD_REFUSED,
            405,
            "INVALID_HTTP_METHOD",
            "another method than POST",
            "POST",
            "The used HTTP method should be a POST.",
        );
    }
    if site.level == Level::Guide {
        let what = "what the paid edition, whose code is not public, makes of the token";
        return End::Unknown(code::SITE_DECIDES, what.to_owned());
    }
    refuse(
        code::METHOD_PREMIUM,
        403,
        "PREMIUM_FEATURE",
        "the free edition revokes nothing",
        "the paid edition",
        "Token revocation is a premium feature. Please upgrade to premium to use this functionality.",
    )
}

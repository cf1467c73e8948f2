//! The codes of CiviCRM verdicts: `authx.…`.

use crate::verify::code::codes;

codes! {
    // Reasons for letting in.
    ACCEPTED = "authx.accepted", "the credential was accepted";
    SESSION_MATCHED = "authx.session.matched", "the credential stands for whom the active session already is";
    SESSION_KEPT = "authx.session.kept", "no credential took effect; the cookie session stays";
    // Reasons for going on as nobody.
    NO_CREDENTIAL = "authx.credential.absent", "no credential is where AuthX looks for one";
    HEADER_OFF = "authx.header.off", "`Authorization` is passed over because `authx_header_cred` is empty";
    HEADER_IGNORED = "authx.header.ignored", "Basic or Digest in `Authorization` is passed over because passwords are not allowed there";
    NOT_CIVICRM = "authx.path.not_civicrm", "the path does not lead to CiviCRM, so AuthX does not run";
    BEFORE_AUTHX = "authx.path.before_authx", "CiviCRM answers this path before AuthX runs";
    // Reasons for not knowing.
    EXTERN_REST = "authx.path.extern_rest", "`extern/rest.php` has its own authentication, which is not AuthX";
    HEADER_TWICE = "authx.header.twice", "a credential header is there twice with different values";
    // Reasons for refusing.
    INVALID_CREDENTIAL = "authx.credential.invalid", "nobody has this credential";
    TOKEN_EXPIRED = "authx.jwt.expired", "the token is well signed and expired";
    TOKEN_SUBJECT = "authx.jwt.subject", "the token is valid and names no contact";
    CONTACT_INVALID = "authx.contact.invalid", "the contact does not exist";
    TYPE_NOT_ALLOWED = "authx.type.not_allowed", "the flow does not accept this type of credential";
    USER_REQUIRED = "authx.user.required", "the flow requires a user, and the contact has none";
    GUARD_UNSATISFIED = "authx.guard.unsatisfied", "none of the guards is satisfied";
    SESSION_MISMATCH = "authx.session.mismatch", "somebody else's session is active";
    USER_BLOCKED = "authx.user.blocked", "the user is blocked";
    CONTACT_UNDETERMINED = "authx.contact.undetermined", "the user has no contact";
    PRINCIPAL_INVALID = "authx.principal.invalid", "the principal names no user and no contact";
    CRED_XOR_PRINCIPAL = "authx.call.cred_xor_principal", "`authx_login` wants a credential or a principal, and not both";
    PIPE_UNTRUSTED = "authx.call.untrusted", "the pipe's session is not trusted to name a principal";
    PIPE_NOTHING = "authx.call.nothing", "the pipe's `login` was given neither principal nor credential";
    PARAMETER_REQUIRED = "authx.call.parameter_required", "APIv4 wants a parameter that is missing";
    PASSWORD_IN_HEADER = "authx.call.password_in_header", "flow `header` would ignore this password";
    UPSTREAM_FAULT = "authx.upstream_fault", "upstream's own code dies with an uncaught exception";
    // Steps.
    PATH = "authx.path", "whether the path leads to CiviCRM";
    CREDENTIAL = "authx.credential", "where the credential was found, and its scheme";
    PASSWORD = "authx.password", "whether the password is the user's";
    API_KEY = "authx.api_key", "whether a contact has the text as its API key";
    TOKEN = "authx.jwt", "whether the text is a valid token for AuthX";
    PRINCIPAL = "authx.principal", "whom the caller vouches for";
    CONTACT = "authx.contact", "whether the contact exists";
    TYPE = "authx.type", "whether the flow accepts this type of credential";
    USER_MODE = "authx.user_mode", "whether the flow wants a user";
    GUARD = "authx.guard", "whether any one of the guards is satisfied";
    GUARD_SITE_KEY = "authx.guard.site_key", "whether the site key was sent";
    GUARD_PERM = "authx.guard.perm", "whether the principal has the permission of its credential type";
    GUARD_UNKNOWN = "authx.guard.unknown", "a guard that nobody knows, so that nothing satisfies it";
    SESSION = "authx.session", "whether an active session is the same contact's and user's";
    BLOCKED = "authx.blocked", "whether the user is blocked";
    // Warnings.
    WARN_NO_GUARD = "authx.warning.no_guard", "no guard is configured";
    WARN_PASSWORD_PARAMETER = "authx.warning.password_parameter", "a password is sent as a parameter";
    WARN_IN_URL = "authx.warning.in_url", "secrets are in the URL";
    WARN_NOT_READ = "authx.warning.not_read", "a credential is where AuthX does not read it";
    WARN_SITE_KEY = "authx.warning.site_key", "the site key is empty, short, or hard to send";
    WARN_FOLDED = "authx.warning.folded_key", "the key matched only because case, accents and blanks are ignored";
    WARN_WEAK_KEY = "authx.warning.weak_key", "the key can be guessed";
    WARN_SHARED_KEY = "authx.warning.shared_key", "several contacts have the same key";
    WARN_MISTYPED = "authx.warning.mistyped_key", "the key has a wrong checksum";
    WARN_AJAX_HEADER = "authx.warning.ajax_header", "AuthX lets in what the API refuses without X-Requested-With";
    WARN_BLOCKED = "authx.warning.blocked_user", "a blocked user is let in";
    WARN_TRASHED = "authx.warning.trashed_contact", "a contact in the trash is let in";
    WARN_UNKNOWN_WORD = "authx.warning.unknown_word", "a setting has a word that nobody knows";
    WARN_INEFFECTIVE = "authx.warning.ineffective", "a setting can have no effect";
    WARN_UNDERSCORE = "authx.warning.underscore", "a header name has an underscore";
    WARN_BASIC_IGNORED = "authx.warning.basic_ignored", "a password in Authorization was passed over";
    WARN_UPSTREAM_FAULT = "authx.warning.upstream_fault", "the answer is a fault of upstream's";
    WARN_REHASH = "authx.warning.rehash", "the stored password has an old kind of hash";
    WARN_EXTERN_REST = "authx.warning.extern_rest", "what to use instead of extern/rest.php";
}

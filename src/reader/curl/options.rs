//! The options of curl 8 up to 8.17, with those that curl 7.88 still had: names, letters, whether an
//! argument follows, and what each does to a request.
//!
//! The names and argument kinds are those of `curl --help all` and of curl's own table in
//! `src/tool_getparam.c`. An option that leaves the request as it is stands as [`Effect::Aside`]; one
//! that is not here is unknown to curl as well.

use Effect::{
    AnyAuth, Aside, AwsSigv4, Basic, Bearer, Compressed, Config, ContinueAt, Cookie, Crlf, Data,
    DataBinary, DataRaw, DataUrlencode, Digest, DisallowUser, EtagCompare, Form, FormEscape,
    FormString, Get, GlobOff, Head, Header, Help, Http1, Http2, Http10, Json, Location, Negotiate,
    Netrc, NetrcFile, Next, Ntlm, PathAsIs, ProtoDefault, Proxy, Range, Referer, Request,
    RequestTarget, TimeCondition, TransferEncoding, Upload, Url, UrlQuery, User, UserAgent,
    Variable,
};
use Takes::{Flag, Off, Switch, Text};

/// What an option does to the request; the names are curl's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Effect {
    /// Nothing: it concerns the connection, the answer or another protocol.
    Aside,
    AnyAuth,
    AwsSigv4,
    Basic,
    Bearer,
    Compressed,
    Config,
    ContinueAt,
    Cookie,
    Crlf,
    Data,
    DataBinary,
    DataRaw,
    DataUrlencode,
    Digest,
    DisallowUser,
    EtagCompare,
    Form,
    FormEscape,
    FormString,
    Get,
    GlobOff,
    Head,
    Header,
    Help,
    Http10,
    /// Any other HTTP version that sends no upgrade headers.
    Http1,
    Http2,
    Json,
    Location,
    Negotiate,
    Netrc,
    NetrcFile,
    Next,
    Ntlm,
    PathAsIs,
    ProtoDefault,
    Proxy,
    Range,
    Referer,
    Request,
    RequestTarget,
    TimeCondition,
    TransferEncoding,
    Upload,
    Url,
    UrlQuery,
    User,
    UserAgent,
    Variable,
}

/// Whether an option has an argument, and whether it can be switched off with `--no-`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Takes {
    /// No argument, no `--no-` form.
    Flag,
    /// On, or off as `--no-NAME`.
    Switch,
    /// A switch whose letter means off (`-N` is `--no-buffer`).
    Off,
    /// An argument.
    Text,
}

/// One option of curl.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Opt {
    pub(super) name: &'static str,
    letter: u8,
    pub(super) takes: Takes,
    pub(super) effect: Effect,
}

const fn row(name: &'static str, letter: u8, takes: Takes, effect: Effect) -> Opt {
    Opt { name, letter, takes, effect }
}

/// What a long name is.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Found {
    Exactly(&'static Opt),
    /// A beginning that only one option has, which curl took before 8.10.
    Shortened(&'static Opt),
    Ambiguous,
    Nothing,
}

/// Looks a long name up, without its dashes.
pub(super) fn by_name(name: &[u8]) -> Found {
    if let Some(opt) = TABLE.iter().find(|opt| opt.name.as_bytes() == name) {
        return Found::Exactly(opt);
    }
    let mut longer = TABLE.iter().filter(|opt| opt.name.as_bytes().starts_with(name));
    match (longer.next(), longer.next()) {
        (Some(opt), None) => Found::Shortened(opt),
        (Some(_), Some(_)) => Found::Ambiguous,
        (None, _) => Found::Nothing,
    }
}

/// Looks a letter up.
pub(super) fn by_letter(letter: u8) -> Option<&'static Opt> {
    if letter == b' ' { None } else { TABLE.iter().find(|opt| opt.letter == letter) }
}

#[rustfmt::skip]
static TABLE: &[Opt] = &[
    row("abstract-unix-socket", b' ', Text, Aside),
    row("alpn", b' ', Off, Aside),
    row("alt-svc", b' ', Text, Aside),
    row("anyauth", b' ', Flag, AnyAuth),
    row("append", b'a', Switch, Aside),
    row("aws-sigv4", b' ', Text, AwsSigv4),
    row("basic", b' ', Switch, Basic),
    row("buffer", b'N', Off, Aside),
    row("ca-native", b' ', Switch, Aside),
    row("cacert", b' ', Text, Aside),
    row("capath", b' ', Text, Aside),
    row("cert", b'E', Text, Aside),
    row("cert-status", b' ', Switch, Aside),
    row("cert-type", b' ', Text, Aside),
    row("ciphers", b' ', Text, Aside),
    row("clobber", b' ', Off, Aside),
    row("compressed", b' ', Switch, Compressed),
    row("compressed-ssh", b' ', Switch, Aside),
    row("config", b'K', Text, Config),
    row("connect-timeout", b' ', Text, Aside),
    row("connect-to", b' ', Text, Aside),
    row("continue-at", b'C', Text, ContinueAt),
    row("cookie", b'b', Text, Cookie),
    row("cookie-jar", b'c', Text, Aside),
    row("create-dirs", b' ', Switch, Aside),
    row("create-file-mode", b' ', Text, Aside),
    row("crlf", b' ', Switch, Crlf),
    row("crlfile", b' ', Text, Aside),
    row("curves", b' ', Text, Aside),
    row("data", b'd', Text, Data),
    row("data-ascii", b' ', Text, Data),
    row("data-binary", b' ', Text, DataBinary),
    row("data-raw", b' ', Text, DataRaw),
    row("data-urlencode", b' ', Text, DataUrlencode),
    row("delegation", b' ', Text, Aside),
    row("digest", b' ', Switch, Digest),
    row("disable", b'q', Switch, Aside),
    row("disable-eprt", b' ', Switch, Aside),
    row("disable-epsv", b' ', Switch, Aside),
    row("disallow-username-in-url", b' ', Switch, DisallowUser),
    row("dns-interface", b' ', Text, Aside),
    row("dns-ipv4-addr", b' ', Text, Aside),
    row("dns-ipv6-addr", b' ', Text, Aside),
    row("dns-servers", b' ', Text, Aside),
    row("doh-cert-status", b' ', Switch, Aside),
    row("doh-insecure", b' ', Switch, Aside),
    row("doh-url", b' ', Text, Aside),
    row("dump-ca-embed", b' ', Flag, Aside),
    row("dump-header", b'D', Text, Aside),
    row("ech", b' ', Text, Aside),
    row("egd-file", b' ', Text, Aside),
    row("engine", b' ', Text, Aside),
    row("eprt", b' ', Switch, Aside),
    row("epsv", b' ', Switch, Aside),
    row("etag-compare", b' ', Text, EtagCompare),
    row("etag-save", b' ', Text, Aside),
    row("expect100-timeout", b' ', Text, Aside),
    row("fail", b'f', Switch, Aside),
    row("fail-early", b' ', Switch, Aside),
    row("fail-with-body", b' ', Switch, Aside),
    row("false-start", b' ', Switch, Aside),
    row("follow", b' ', Switch, Location),
    row("form", b'F', Text, Form),
    row("form-escape", b' ', Switch, FormEscape),
    row("form-string", b' ', Text, FormString),
    row("ftp-account", b' ', Text, Aside),
    row("ftp-alternative-to-user", b' ', Text, Aside),
    row("ftp-create-dirs", b' ', Switch, Aside),
    row("ftp-method", b' ', Text, Aside),
    row("ftp-pasv", b' ', Flag, Aside),
    row("ftp-port", b'P', Text, Aside),
    row("ftp-pret", b' ', Switch, Aside),
    row("ftp-skip-pasv-ip", b' ', Switch, Aside),
    row("ftp-ssl", b' ', Switch, Aside),
    row("ftp-ssl-ccc", b' ', Switch, Aside),
    row("ftp-ssl-ccc-mode", b' ', Text, Aside),
    row("ftp-ssl-control", b' ', Switch, Aside),
    row("ftp-ssl-reqd", b' ', Switch, Aside),
    row("get", b'G', Switch, Get),
    row("globoff", b'g', Switch, GlobOff),
    row("happy-eyeballs-timeout-ms", b' ', Text, Aside),
    row("haproxy-clientip", b' ', Text, Aside),
    row("haproxy-protocol", b' ', Switch, Aside),
    row("head", b'I', Switch, Head),
    row("header", b'H', Text, Header),
    row("help", b'h', Switch, Help),
    row("hostpubmd5", b' ', Text, Aside),
    row("hostpubsha256", b' ', Text, Aside),
    row("hsts", b' ', Text, Aside),
    row("http0.9", b' ', Switch, Aside),
    row("http1.0", b'0', Flag, Http10),
    row("http1.1", b' ', Flag, Http1),
    row("http2", b' ', Flag, Http2),
    row("http2-prior-knowledge", b' ', Flag, Http1),
    row("http3", b' ', Flag, Http1),
    row("http3-only", b' ', Flag, Http1),
    row("ignore-content-length", b' ', Switch, Aside),
    row("include", b'i', Switch, Aside),
    row("insecure", b'k', Switch, Aside),
    row("interface", b' ', Text, Aside),
    row("ip-tos", b' ', Text, Aside),
    row("ipfs-gateway", b' ', Text, Aside),
    row("ipv4", b'4', Flag, Aside),
    row("ipv6", b'6', Flag, Aside),
    row("json", b' ', Text, Json),
    row("junk-session-cookies", b'j', Switch, Aside),
    row("keepalive", b' ', Off, Aside),
    row("keepalive-cnt", b' ', Text, Aside),
    row("keepalive-time", b' ', Text, Aside),
    row("key", b' ', Text, Aside),
    row("key-type", b' ', Text, Aside),
    row("knownhosts", b' ', Text, Aside),
    row("krb", b' ', Text, Aside),
    row("krb4", b' ', Text, Aside),
    row("libcurl", b' ', Text, Aside),
    row("limit-rate", b' ', Text, Aside),
    row("list-only", b'l', Switch, Aside),
    row("local-port", b' ', Text, Aside),
    row("location", b'L', Switch, Location),
    row("location-trusted", b' ', Switch, Location),
    row("login-options", b' ', Text, Aside),
    row("mail-auth", b' ', Text, Aside),
    row("mail-from", b' ', Text, Aside),
    row("mail-rcpt", b' ', Text, Aside),
    row("mail-rcpt-allowfails", b' ', Switch, Aside),
    row("manual", b'M', Switch, Help),
    row("max-filesize", b' ', Text, Aside),
    row("max-redirs", b' ', Text, Aside),
    row("max-time", b'm', Text, Aside),
    row("metalink", b' ', Switch, Aside),
    row("mptcp", b' ', Switch, Aside),
    row("negotiate", b' ', Switch, Negotiate),
    row("netrc", b'n', Switch, Netrc),
    row("netrc-file", b' ', Text, NetrcFile),
    row("netrc-optional", b' ', Switch, Netrc),
    row("next", b':', Flag, Next),
    row("noproxy", b' ', Text, Aside),
    row("npn", b' ', Off, Aside),
    row("ntlm", b' ', Switch, Ntlm),
    row("ntlm-wb", b' ', Switch, Ntlm),
    row("oauth2-bearer", b' ', Text, Bearer),
    row("out-null", b' ', Switch, Aside),
    row("output", b'o', Text, Aside),
    row("output-dir", b' ', Text, Aside),
    row("parallel", b'Z', Switch, Aside),
    row("parallel-immediate", b' ', Switch, Aside),
    row("parallel-max", b' ', Text, Aside),
    row("parallel-max-host", b' ', Text, Aside),
    row("pass", b' ', Text, Aside),
    row("path-as-is", b' ', Switch, PathAsIs),
    row("pinnedpubkey", b' ', Text, Aside),
    row("post301", b' ', Switch, Aside),
    row("post302", b' ', Switch, Aside),
    row("post303", b' ', Switch, Aside),
    row("preproxy", b' ', Text, Proxy),
    row("progress-bar", b'#', Switch, Aside),
    row("progress-meter", b' ', Off, Aside),
    row("proto", b' ', Text, Aside),
    row("proto-default", b' ', Text, ProtoDefault),
    row("proto-redir", b' ', Text, Aside),
    row("proxy", b'x', Text, Proxy),
    row("proxy-anyauth", b' ', Switch, Aside),
    row("proxy-basic", b' ', Switch, Aside),
    row("proxy-ca-native", b' ', Switch, Aside),
    row("proxy-cacert", b' ', Text, Aside),
    row("proxy-capath", b' ', Text, Aside),
    row("proxy-cert", b' ', Text, Aside),
    row("proxy-cert-type", b' ', Text, Aside),
    row("proxy-ciphers", b' ', Text, Aside),
    row("proxy-crlfile", b' ', Text, Aside),
    row("proxy-digest", b' ', Switch, Aside),
    row("proxy-header", b' ', Text, Aside),
    row("proxy-http2", b' ', Switch, Aside),
    row("proxy-insecure", b' ', Switch, Aside),
    row("proxy-key", b' ', Text, Aside),
    row("proxy-key-type", b' ', Text, Aside),
    row("proxy-negotiate", b' ', Switch, Aside),
    row("proxy-ntlm", b' ', Switch, Aside),
    row("proxy-pass", b' ', Text, Aside),
    row("proxy-pinnedpubkey", b' ', Text, Aside),
    row("proxy-service-name", b' ', Text, Aside),
    row("proxy-ssl-allow-beast", b' ', Switch, Aside),
    row("proxy-ssl-auto-client-cert", b' ', Switch, Aside),
    row("proxy-tls13-ciphers", b' ', Text, Aside),
    row("proxy-tlsauthtype", b' ', Text, Aside),
    row("proxy-tlspassword", b' ', Text, Aside),
    row("proxy-tlsuser", b' ', Text, Aside),
    row("proxy-tlsv1", b' ', Flag, Aside),
    row("proxy-user", b'U', Text, Aside),
    row("proxy1.0", b' ', Text, Proxy),
    row("proxytunnel", b'p', Switch, Aside),
    row("pubkey", b' ', Text, Aside),
    row("quote", b'Q', Text, Aside),
    row("random-file", b' ', Text, Aside),
    row("range", b'r', Text, Range),
    row("rate", b' ', Text, Aside),
    row("raw", b' ', Switch, Aside),
    row("referer", b'e', Text, Referer),
    row("remote-header-name", b'J', Switch, Aside),
    row("remote-name", b'O', Switch, Aside),
    row("remote-name-all", b' ', Switch, Aside),
    row("remote-time", b'R', Switch, Aside),
    row("remove-on-error", b' ', Switch, Aside),
    row("request", b'X', Text, Request),
    row("request-target", b' ', Text, RequestTarget),
    row("resolve", b' ', Text, Aside),
    row("retry", b' ', Text, Aside),
    row("retry-all-errors", b' ', Switch, Aside),
    row("retry-connrefused", b' ', Switch, Aside),
    row("retry-delay", b' ', Text, Aside),
    row("retry-max-time", b' ', Text, Aside),
    row("sasl-authzid", b' ', Text, Aside),
    row("sasl-ir", b' ', Switch, Aside),
    row("service-name", b' ', Text, Aside),
    row("sessionid", b' ', Off, Aside),
    row("show-error", b'S', Switch, Aside),
    row("show-headers", b' ', Switch, Aside),
    row("sigalgs", b' ', Text, Aside),
    row("silent", b's', Switch, Aside),
    row("skip-existing", b' ', Switch, Aside),
    row("socks4", b' ', Text, Proxy),
    row("socks4a", b' ', Text, Proxy),
    row("socks5", b' ', Text, Proxy),
    row("socks5-basic", b' ', Switch, Aside),
    row("socks5-gssapi", b' ', Switch, Aside),
    row("socks5-gssapi-nec", b' ', Switch, Aside),
    row("socks5-gssapi-service", b' ', Text, Aside),
    row("socks5-hostname", b' ', Text, Proxy),
    row("speed-limit", b'Y', Text, Aside),
    row("speed-time", b'y', Text, Aside),
    row("ssl", b' ', Switch, Aside),
    row("ssl-allow-beast", b' ', Switch, Aside),
    row("ssl-auto-client-cert", b' ', Switch, Aside),
    row("ssl-no-revoke", b' ', Switch, Aside),
    row("ssl-reqd", b' ', Switch, Aside),
    row("ssl-revoke-best-effort", b' ', Switch, Aside),
    row("ssl-sessions", b' ', Text, Aside),
    row("sslv2", b'2', Flag, Aside),
    row("sslv3", b'3', Flag, Aside),
    row("stderr", b' ', Text, Aside),
    row("styled-output", b' ', Switch, Aside),
    row("suppress-connect-headers", b' ', Switch, Aside),
    row("tcp-fastopen", b' ', Switch, Aside),
    row("tcp-nodelay", b' ', Switch, Aside),
    row("telnet-option", b't', Text, Aside),
    row("tftp-blksize", b' ', Text, Aside),
    row("tftp-no-options", b' ', Switch, Aside),
    row("time-cond", b'z', Text, TimeCondition),
    row("tls-earlydata", b' ', Switch, Aside),
    row("tls-max", b' ', Text, Aside),
    row("tls13-ciphers", b' ', Text, Aside),
    row("tlsauthtype", b' ', Text, Aside),
    row("tlspassword", b' ', Text, Aside),
    row("tlsuser", b' ', Text, Aside),
    row("tlsv1", b'1', Flag, Aside),
    row("tlsv1.0", b' ', Flag, Aside),
    row("tlsv1.1", b' ', Flag, Aside),
    row("tlsv1.2", b' ', Flag, Aside),
    row("tlsv1.3", b' ', Flag, Aside),
    row("tr-encoding", b' ', Switch, TransferEncoding),
    row("trace", b' ', Text, Aside),
    row("trace-ascii", b' ', Text, Aside),
    row("trace-config", b' ', Text, Aside),
    row("trace-ids", b' ', Switch, Aside),
    row("trace-time", b' ', Switch, Aside),
    row("unix-socket", b' ', Text, Aside),
    row("upload-file", b'T', Text, Upload),
    row("upload-flags", b' ', Text, Aside),
    row("url", b' ', Text, Url),
    row("url-query", b' ', Text, UrlQuery),
    row("use-ascii", b'B', Switch, Aside),
    row("user", b'u', Text, User),
    row("user-agent", b'A', Text, UserAgent),
    row("variable", b' ', Text, Variable),
    row("verbose", b'v', Switch, Aside),
    row("version", b'V', Switch, Help),
    row("vlan-priority", b' ', Text, Aside),
    row("write-out", b'w', Text, Aside),
    row("xattr", b' ', Switch, Aside),
];

#[cfg(test)]
mod tests {
    use super::{Effect, Found, TABLE, Takes, by_letter, by_name};

    #[test]
    fn the_table_is_sorted_and_letters_are_unique() {
        assert!(TABLE.is_sorted_by(|left, right| left.name < right.name));
        let mut letters: Vec<_> =
            TABLE.iter().map(|opt| opt.letter).filter(|&letter| letter != b' ').collect();
        letters.sort_unstable();
        let count = letters.len();
        letters.dedup();
        assert_eq!(letters.len(), count);
    }

    #[test]
    fn finds_names_letters_and_beginnings() {
        assert!(matches!(by_name(b"data"), Found::Exactly(opt) if opt.effect == Effect::Data));
        assert!(
            matches!(by_name(b"data-u"), Found::Shortened(opt) if opt.name == "data-urlencode")
        );
        assert_eq!(by_name(b"locati"), Found::Ambiguous);
        assert_eq!(by_name(b"datum"), Found::Nothing);
        assert!(by_letter(b'N').is_some_and(|opt| opt.takes == Takes::Off));
        assert_eq!(by_letter(b' '), None);
    }
}

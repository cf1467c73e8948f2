//! `Invoke-WebRequest` and `Invoke-RestMethod`, as browsers copy requests for PowerShell and people write
//! them: a session with cookies and a user agent, then parameters, of which the headers are a hashtable.
//!
//! Values are texts; whatever else PowerShell would have to compute is named as not known. What it adds by
//! itself beside Host, Content-Length and the type of a form is left out, and a note says so.

use form_urlencoded::Serializer;

use super::super::{Answer, Fault, Place, ReadError, limit, target};
use super::powershell::PowerShell;
use super::words::{Cursor, Word, with_unix_lines};
use crate::verify::{HttpRequest, Request, Source};

const OWN_FIELDS: &str = "fields that PowerShell adds by itself, as its User-Agent, are left out";
const EXPRESSION: &str = "the value of an expression";
const SESSION: &str = "what the script does with its session";

/// The commands that make a request.
const COMMANDS: [&str; 2] = ["invoke-webrequest", "invoke-restmethod"];

/// Parameters by name, in the order in which a beginning of a name is looked up.
const PARAMETERS: &[(&str, Parameter)] = &[
    ("uri", Parameter::Uri),
    ("method", Parameter::Method),
    ("custommethod", Parameter::Method),
    ("headers", Parameter::Headers),
    ("contenttype", Parameter::ContentType),
    ("body", Parameter::Body),
    ("useragent", Parameter::UserAgent),
    ("websession", Parameter::Session),
    ("usebasicparsing", Parameter::Switch),
    ("disablekeepalive", Parameter::Switch),
    ("noproxy", Parameter::Switch),
    ("passthru", Parameter::Switch),
    ("skipcertificatecheck", Parameter::Switch),
    ("skipheadervalidation", Parameter::Switch),
    ("skiphttperrorcheck", Parameter::Switch),
    ("httpversion", Parameter::Aside),
    ("maximumredirection", Parameter::Aside),
    ("maximumretrycount", Parameter::Aside),
    ("outfile", Parameter::Aside),
    ("retryintervalsec", Parameter::Aside),
    ("sessionvariable", Parameter::Aside),
    ("sslprotocol", Parameter::Aside),
    ("timeoutsec", Parameter::Aside),
    ("authentication", Parameter::Unknown("how `-Authentication` logs in")),
    ("credential", Parameter::Unknown("the login of `-Credential`")),
    ("form", Parameter::Unknown("the fields of `-Form`")),
    ("infile", Parameter::Unknown("the file of `-InFile`")),
    ("proxy", Parameter::Unknown("what the proxy makes of the request")),
    ("token", Parameter::Unknown("the token of `-Token`")),
];

#[derive(Clone, Copy)]
enum Parameter {
    Uri,
    Method,
    Headers,
    ContentType,
    Body,
    UserAgent,
    Session,
    /// Has no value and does not change the request.
    Switch,
    /// Has a value and does not change the request.
    Aside,
    /// Has a value and changes the request in a way that the text does not tell.
    Unknown(&'static str),
}

/// How far into a statement one of the commands is looked for: behind the name of a variable.
const BEFORE: usize = 256;

/// Where one of the commands stands in a line.
fn command_in(line: &[u8]) -> Option<usize> {
    let line = line.get(..BEFORE).unwrap_or(line).to_ascii_lowercase();
    let find = |name: &&str| line.windows(name.len()).position(|window| window == name.as_bytes());
    COMMANDS.iter().filter_map(find).min()
}

/// Reads every such request of a text; none where there is no such command.
pub(super) fn text(text: &[u8], file: &str) -> Vec<Answer<'static>> {
    let text = with_unix_lines(text);
    let mut script =
        Script { shell: PowerShell { cursor: Cursor::new(&text) }, session: Session::default() };
    let mut answers: Vec<Answer<'static>> = Vec::new();
    while let Some(place) = script.next_request() {
        let source = Source { file: file.into(), line: Some(place.line), entry: None };
        let answer = script.request().and_then(|built| built.finish(&script.session, source));
        let refuse = |fault: Fault| Box::new(ReadError::new(file, fault.or_at(Some(place))));
        answers.push(answer.map_err(refuse));
        if answers.len() > limit::REQUESTS {
            break;
        }
    }
    super::number(&mut answers);
    answers
}

/// What the statements before a request put into its session.
#[derive(Default)]
struct Session {
    agent: Option<Vec<u8>>,
    cookies: Vec<Vec<u8>>,
    unknowns: Vec<String>,
}

struct Script<'a> {
    shell: PowerShell<'a>,
    session: Session,
}

impl Script<'_> {
    /// Goes behind the name of the next command, past the statements before it.
    fn next_request(&mut self) -> Option<Place> {
        loop {
            self.shell.cursor.take_while(|byte| byte.is_ascii_whitespace() || byte == b';');
            self.shell.cursor.peek()?;
            let rest = self.shell.cursor.rest();
            let line = rest.split(|&byte| byte == b'\n').next().unwrap_or_default();
            if let Some(at) = command_in(line) {
                self.shell.cursor.skip(at);
                let place = self.shell.cursor.place();
                self.shell.cursor.take_while(|byte| byte.is_ascii_alphabetic() || byte == b'-');
                return Some(place);
            }
            self.statement(&String::from_utf8_lossy(line).to_ascii_lowercase());
            self.shell.cursor.take_while(|byte| byte != b'\n');
        }
    }

    /// Takes what a statement does to the session; `line` is its text in lower case.
    fn statement(&mut self, line: &str) {
        if line.contains("webrequestsession") {
            self.session = Session::default();
        } else if let Some(start) = behind(line, ".useragent") {
            self.shell.cursor.skip(start);
            self.shell.cursor.take_while(|byte| matches!(byte, b' ' | b'='));
            self.session.agent = Some(self.known());
        } else if let Some(start) = behind(line, "net.cookie(") {
            self.shell.cursor.skip(start);
            let name = self.known();
            self.shell.cursor.take_while(|byte| matches!(byte, b' ' | b','));
            let value = self.known();
            self.session.cookies.push([name.as_slice(), b"=", &value].concat());
        } else if line.starts_with("$session.") {
            self.session.unknowns.push(SESSION.to_owned());
        }
    }

    /// A text of the session.
    fn known(&mut self) -> Vec<u8> {
        let word = self.value().unwrap_or_default();
        self.session.unknowns.extend(word.unknowns);
        word.text
    }

    /// The next value as a text; an expression is not known.
    fn value(&mut self) -> Result<Word, Fault> {
        self.blanks();
        let bytes = b"([system.text.encoding]::utf8.getbytes(";
        let rest = self.shell.cursor.rest();
        let mut word = Word::default();
        if rest.get(..bytes.len()).is_some_and(|start| start.eq_ignore_ascii_case(bytes)) {
            self.shell.cursor.skip(bytes.len());
            self.shell.word(&mut word, b")")?;
            self.shell.cursor.take_while(|byte| byte == b')');
        } else if matches!(rest.first(), Some(b'(' | b'@' | b'[')) {
            self.shell.cursor.take_while(|byte| !matches!(byte, b'(' | b'{' | b' ' | b'\n'));
            self.shell.nested()?;
            word.unknown(EXPRESSION.to_owned());
        } else {
            self.shell.word(&mut word, b",)}")?;
        }
        Ok(word)
    }

    /// A hashtable `@{ name = value; … }`; `None` where the value is something else.
    fn table(&mut self) -> Result<Option<Vec<(Word, Word)>>, Fault> {
        self.blanks();
        let place = self.shell.cursor.place();
        if !self.shell.cursor.rest().starts_with(b"@{") {
            return Ok(None);
        }
        self.shell.cursor.skip(2);
        let mut pairs = Vec::new();
        loop {
            self.shell.cursor.take_while(|byte| byte.is_ascii_whitespace() || byte == b';');
            if self.shell.cursor.eat(b'}') {
                return Ok(Some(pairs));
            }
            let mut name = Word::default();
            self.shell.word(&mut name, b"=}")?;
            self.blanks();
            if !self.shell.cursor.eat(b'=') {
                return Err(Fault::at(
                    place,
                    "expected NAME = VALUE in the hashtable, up to its `}`",
                ));
            }
            pairs.push((name, self.value()?));
            if pairs.len() > limit::HEADERS {
                let message = format!("expected at most {} headers", limit::HEADERS);
                return Err(Fault::at(place, message));
            }
        }
    }

    /// Passes over blanks and line ends behind a backtick.
    fn blanks(&mut self) {
        loop {
            self.shell.cursor.take_while(|byte| matches!(byte, b' ' | b'\t'));
            if !self.shell.cursor.rest().starts_with(b"`\n") {
                return;
            }
            self.shell.cursor.skip(2);
        }
    }

    /// The parameters up to the end of the statement.
    fn request(&mut self) -> Result<Built, Fault> {
        let mut built = Built::default();
        loop {
            self.blanks();
            match self.shell.cursor.peek() {
                None | Some(b'\n' | b';') => return Ok(built),
                Some(b'|' | b')' | b'&') => {
                    self.shell.cursor.take_while(|byte| byte != b'\n');
                    return Ok(built);
                }
                Some(b'-') => {
                    let place = self.shell.cursor.place();
                    self.shell.cursor.skip(1);
                    let name = self.shell.cursor.take_while(|byte| byte.is_ascii_alphanumeric());
                    let name = String::from_utf8_lossy(name).to_ascii_lowercase();
                    self.shell.cursor.eat(b':');
                    let known = |(known, _): &&(&str, Parameter)| known.starts_with(&name);
                    let Some((_, parameter)) = PARAMETERS.iter().find(known) else {
                        return Err(Fault::at(place, format!("unknown parameter `-{name}`")));
                    };
                    self.parameter(*parameter, &mut built)?;
                }
                Some(b'}' | b',') => self.shell.cursor.skip(1),
                Some(_) => built.url = built.text(self.value()?),
            }
        }
    }

    fn parameter(&mut self, parameter: Parameter, built: &mut Built) -> Result<(), Fault> {
        match parameter {
            Parameter::Switch => {}
            Parameter::Aside => drop(self.value()?),
            Parameter::Unknown(what) => {
                self.value()?;
                built.unknowns.push(what.to_owned());
            }
            Parameter::Session => {
                self.value()?;
                built.in_session = true;
            }
            Parameter::Uri => built.url = built.text(self.value()?),
            Parameter::Method => built.method = Some(built.text(self.value()?)),
            Parameter::ContentType => built.kind = Some(built.text(self.value()?)),
            Parameter::UserAgent => built.agent = Some(built.text(self.value()?)),
            Parameter::Headers => match self.table()? {
                Some(pairs) => {
                    let pairs = pairs.into_iter();
                    built.headers =
                        pairs.map(|(name, value)| (built.text(name), built.text(value))).collect();
                }
                None => drop(built.text(self.value()?)),
            },
            Parameter::Body => match self.table()? {
                Some(pairs) => {
                    let mut form = Serializer::new(String::new());
                    for (name, value) in pairs {
                        let (name, value) = (built.text(name), built.text(value));
                        form.append_pair(
                            &String::from_utf8_lossy(&name),
                            &String::from_utf8_lossy(&value),
                        );
                    }
                    built.form = Some(form.finish());
                }
                None => built.body = built.text(self.value()?),
            },
        }
        Ok(())
    }
}

/// Where the text behind `what` starts in a line.
fn behind(line: &str, what: &str) -> Option<usize> {
    line.find(what).map(|at| at + what.len())
}

/// A request as its parameters come together.
#[derive(Default)]
struct Built {
    method: Option<Vec<u8>>,
    url: Vec<u8>,
    headers: Vec<(Vec<u8>, Vec<u8>)>,
    kind: Option<Vec<u8>>,
    agent: Option<Vec<u8>>,
    body: Vec<u8>,
    /// A hashtable as the body: a form, or a query where there is no body to send.
    form: Option<String>,
    in_session: bool,
    unknowns: Vec<String>,
}

impl Built {
    /// A value's text; what is not known of it is not known of the request.
    fn text(&mut self, word: Word) -> Vec<u8> {
        for unknown in word.unknowns {
            if self.unknowns.len() < limit::UNKNOWNS && !self.unknowns.contains(&unknown) {
                self.unknowns.push(unknown);
            }
        }
        word.text
    }

    fn finish(mut self, session: &Session, source: Source) -> Result<Request<'static>, Fault> {
        let url =
            std::str::from_utf8(&self.url).map_err(|_| Fault::new("expected a URL in UTF-8"))?;
        if let ("", Some(unknown)) = (url, self.unknowns.first()) {
            return Err(Fault::new(format!("expected a URL that the text tells: {unknown}")));
        }
        let mut parts = target::split(url).map_err(Fault::new)?.into_owned();
        let method = String::from_utf8_lossy(self.method.as_deref().unwrap_or(b"GET"));
        let method = target::method(method.to_ascii_uppercase()).map_err(Fault::new)?;
        match self.form.take() {
            Some(query) if method == "GET" => {
                let joint = if parts.target.contains('?') { '&' } else { '?' };
                parts.target = format!("{}{joint}{query}", parts.target).into();
            }
            Some(form) => self.body = form.into_bytes(),
            None => {}
        }
        let mut headers = Vec::new();
        let mut add = |name: &[u8], value: &[u8]| {
            let name = String::from_utf8_lossy(name).into_owned();
            headers.push(target::header(name, value.to_vec()).map_err(Fault::new)?);
            Ok::<_, Fault>(())
        };
        if let Some(authority) = &parts.authority {
            add(b"Host", authority.as_bytes())?;
        }
        let agent = self.agent.as_ref().or(session.agent.as_ref().filter(|_| self.in_session));
        if let Some(agent) = agent {
            add(b"User-Agent", agent)?;
        }
        for (name, value) in &self.headers {
            add(name, value)?;
        }
        if self.in_session && !session.cookies.is_empty() {
            add(b"Cookie", &session.cookies.join(&b"; "[..]))?;
        }
        let form: &[u8] = b"application/x-www-form-urlencoded";
        let default = (method == "POST").then_some(form);
        if let Some(kind) = self.kind.as_deref().or(default) {
            add(b"Content-Type", kind)?;
        }
        if !self.body.is_empty() || method == "POST" {
            add(b"Content-Length", self.body.len().to_string().as_bytes())?;
        }
        let mut notes = parts.notes;
        notes.push(OWN_FIELDS.to_owned());
        if self.in_session {
            self.unknowns.extend(session.unknowns.iter().take(limit::UNKNOWNS).cloned());
        }
        let http = HttpRequest {
            method,
            scheme: parts.scheme,
            authority: parts.authority,
            target: parts.target,
            headers,
            body: self.body.into(),
        };
        Ok(Request { notes, unknowns: self.unknowns, ..Request::of_http(source, http) })
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write;

    use super::text;
    use crate::verify::{HttpRequest, Kind, Request};

    fn one(script: &str) -> (Request<'static>, HttpRequest<'static>) {
        let mut answers = text(script.as_bytes(), "-");
        assert_eq!(answers.len(), 1, "{script}");
        let request = answers.remove(0).unwrap_or_else(|error| panic!("{script}: {error}"));
        let Kind::Http(http) = request.kind.clone() else { panic!("expected an HTTP request") };
        (request, http)
    }

    fn fields<'a>(http: &'a HttpRequest<'_>) -> Vec<(&'a str, &'a str)> {
        http.headers
            .iter()
            .map(|field| (&*field.name, std::str::from_utf8(&field.value).unwrap()))
            .collect()
    }

    #[test]
    fn reads_what_browsers_copy() {
        let (request, http) = one(
            "$session = New-Object Microsoft.PowerShell.Commands.WebRequestSession\r\n\
             $session.UserAgent = \"Mozilla/5.0 (X)\"\r\n\
             $session.Cookies.Add((New-Object System.Net.Cookie(\"a\", \"b, c=d\", \"/\", \"h\")))\r\n\
             $session.Cookies.Add((New-Object System.Net.Cookie(\"e\", \"`$f\", \"/\", \"h\")))\r\n\
             Invoke-WebRequest -UseBasicParsing -Uri \"https://h:8443/p?q=`$x&y[]=1\" `\r\n\
             -Method \"POST\" `\r\n\
             -WebSession $session `\r\n\
             -Headers @{\r\n\
             \"accept\"=\"*/*\"\r\n  \"x-empty\"=\"\"\r\n  \"x-civi-auth\"=\"Bearer `\"k`\"\"\r\n\
             } `\r\n\
             -ContentType \"application/json\" `\r\n\
             -Body ([System.Text.Encoding]::UTF8.GetBytes(\"{`\"a`\":`\"$([char]233)$([char]55357)$([char]56832)$([char]10))`\"}\"))",
        );
        assert_eq!((&*http.method, &*http.target), ("POST", "/p?q=$x&y[]=1"));
        let body = "{\"a\":\"é😀\n)\"}";
        assert_eq!(
            fields(&http),
            [
                ("Host", "h:8443"),
                ("User-Agent", "Mozilla/5.0 (X)"),
                ("accept", "*/*"),
                ("x-empty", ""),
                ("x-civi-auth", "Bearer \"k\""),
                ("Cookie", "a=b, c=d; e=$f"),
                ("Content-Type", "application/json"),
                ("Content-Length", body.len().to_string().as_str()),
            ]
        );
        assert_eq!(*http.body, *body.as_bytes());
        assert!(request.unknowns.is_empty(), "{:?}", request.unknowns);
    }

    #[test]
    fn reads_what_people_write() {
        let (_, http) = one(
            "$r = Invoke-RestMethod 'https://h/p' -Method Post -Headers @{ Authorization = 'Basic x'; \"X-A\" = 1 } -Body @{ a = 'b c'; d = 'é' }",
        );
        assert_eq!(http.method, "POST");
        assert_eq!(fields(&http)[1..3], [("Authorization", "Basic x"), ("X-A", "1")]);
        assert_eq!(http.header("content-type"), Some(&b"application/x-www-form-urlencoded"[..]));
        assert_eq!(*http.body, *b"a=b+c&d=%C3%A9");
        assert_eq!(
            one("irm; Invoke-RestMethod -Uri http://h/p?x -Body @{a=1}").1.target,
            "/p?x&a=1"
        );
        let two = "Invoke-WebRequest http://h/1;\nInvoke-WebRequest http://h/2 | Select-Object *";
        assert_eq!(text(two.as_bytes(), "-").len(), 2);
    }

    #[test]
    fn names_what_the_script_computes() {
        for (parameters, unknown) in [
            ("-Headers $headers", "the variable `headers`, read as empty"),
            ("-Body (@{a=1} | ConvertTo-Json)", "the value of an expression"),
            ("-Credential $c", "the login of `-Credential`"),
            ("-UserAgent \"$a\"", "the variable `a`, read as empty"),
        ] {
            let (request, _) = one(&format!("Invoke-WebRequest http://h/ {parameters} -Out x"));
            assert_eq!(request.unknowns, [unknown], "{parameters}");
        }
    }

    #[test]
    fn refuses_by_name_what_it_does_not_know() {
        for (script, message) in [
            ("Invoke-WebRequest -Bogus s3cret", "-:1:19: unknown parameter `-bogus`"),
            ("Invoke-WebRequest", "-:1:1: expected an absolute"),
            ("Invoke-WebRequest $u", "-:1:1: expected a URL that the text tells: the variable `u`"),
            ("Invoke-WebRequest http://h/ -Headers @{ s3cret }", "-:1:38: expected NAME = VALUE"),
            ("Invoke-WebRequest 's3cret", "-:1:19: expected the end of the quotation"),
        ] {
            let error = text(script.as_bytes(), "-").remove(0).unwrap_err().to_string();
            assert!(error.starts_with(message), "{script}: {error}");
            assert!(!error.contains("s3cret"), "{error}");
        }
        assert!(text(b"echo hello", "-").is_empty());
        assert_eq!(text(b"Invoke-WebRequest http://h/ & x", "-").len(), 1);
    }

    proptest::proptest! {
        #[test]
        fn never_panics(script in "Invoke-WebRequest( |-[BHUMW]|@\\{|\\}|=|\"|'|`|\\$|\\(|\\)|\n|[a-z:/,;|]{1,8}){0,30}") {
            let _ = text(script.as_bytes(), "-");
        }

        #[test]
        fn reads_back_a_request_written_as_browsers_do(
            value in "[!-~é€😀]([ -~é€😀\n]{0,18}[!-~é€😀])?",
            body in "[ -~é€😀\n\r]{1,40}",
        ) {
            let quote = |text: &str| {
                let mut quoted = String::new();
                for unit in text.encode_utf16() {
                    match char::from_u32(u32::from(unit)) {
                        Some(letter @ ('`' | '$' | '"')) => quoted.extend(['`', letter]),
                        Some(letter @ ' '..='~') => quoted.push(letter),
                        _ => write!(quoted, "$([char]{unit})").unwrap(),
                    }
                }
                format!("\"{quoted}\"")
            };
            let value = value.replace('\n', " ");
            let script = format!(
                "Invoke-WebRequest -UseBasicParsing -Uri \"http://h/\" `\n-Method \"PUT\" `\n-Headers @{{\n\"x-a\"={}\n}} `\n-Body ([System.Text.Encoding]::UTF8.GetBytes({}))",
                quote(&value), quote(&body),
            );
            let (_, http) = one(&script);
            proptest::prop_assert_eq!(http.header("x-a"), Some(value.as_bytes()));
            proptest::prop_assert_eq!(http.body.to_vec(), body.into_bytes());
        }
    }
}

use super::super::words::{Command, Stdin};
use super::commands;

fn one(text: &str) -> Command {
    let mut commands = commands(text.as_bytes()).unwrap();
    assert_eq!(commands.len(), 1, "{text}");
    commands.remove(0)
}

fn words(text: &str) -> Vec<String> {
    one(text).words.into_iter().map(|word| String::from_utf8(word.text).unwrap()).collect()
}

#[test]
fn quotes_as_a_shell_does() {
    for (text, meant) in [
        (r#"curl 'a b' "c d" e\ f"#, &["curl", "a b", "c d", "e f"][..]),
        (r#"curl 'a'"b"c 'it'\''s'"#, &["curl", "abc", "it's"]),
        (r#"curl "\$x \` \" \\ \n""#, &["curl", r#"$x ` " \ \n"#]),
        ("curl \"a\\\nb\" 'c\\\nd'", &["curl", "ab", "c\\\nd"]),
        (r"curl $'a\'b\n' $'\u00e9'", &["curl", "a'b\n", "é"]),
        ("curl '' \"\" x", &["curl", "", "", "x"]),
        ("curl a#b # comment", &["curl", "a#b"]),
        ("curl \\\n  -d x \\\r", &["curl", "-d", "x", "\r"]),
        ("curl $\"x\" a$ $", &["curl", "x", "a$", "$"]),
    ] {
        assert_eq!(words(text), meant, "{text}");
    }
}

#[test]
fn parts_commands() {
    let text = "$ curl a; curl b && curl c\n# comment\n\ncurl d | jq . > out 2>&1\n(curl e)\n";
    let firsts: Vec<_> = commands(text.as_bytes())
        .unwrap()
        .into_iter()
        .map(|command| {
            let words = command.words.into_iter().map(|word| word.text).collect::<Vec<_>>();
            String::from_utf8(words.join(&b' ')).unwrap()
        })
        .collect();
    assert_eq!(firsts, ["curl a", "curl b", "curl c", "curl d", "jq .", "curl e"]);
}

#[test]
fn passes_over_prompts_and_fences() {
    for text in [
        "$ curl h",
        "% curl h",
        "user@host:~/x$ curl h",
        "root@h:/# curl h",
        "> curl h",
        "❯ curl h",
        "```sh\ncurl h\n```",
        "$ curl \\\n> h",
    ] {
        assert_eq!(words(text), ["curl", "h"], "{text}");
    }
    assert!(commands(b"# curl h").unwrap().is_empty());
}

#[test]
fn an_unquoted_ampersand_ends_the_command_with_a_note() {
    let commands = commands(b"curl http://h/?a=1&b=2 -k").unwrap();
    assert_eq!(commands[0].words[1].text, b"http://h/?a=1");
    assert!(commands[0].notes[0].contains("unquoted `&`"), "{:?}", commands[0].notes);
}

#[test]
fn knows_variables_that_the_text_sets() {
    let text = "T='a b'\nexport U=$T\ncurl \"$T\" $T \"${U}\" ${V:-d} k=$T";
    assert_eq!(words(text), ["curl", "a b", "a", "b", "a b", "d", "k=a", "b"]);
}

#[test]
fn a_comment_between_continued_lines_ends_the_command() {
    assert_eq!(words("curl h \\\n# -d x \\\n"), ["curl", "h"]);
    assert_eq!(words("curl h\\\n#x"), ["curl", "h#x"]);
}

#[test]
fn goes_on_with_a_line_that_starts_with_an_option() {
    for text in ["curl h\n  -d x\n  --get y", "curl h \\\n# note\n-d x --get \\\ny"] {
        let command = one(text);
        let texts: Vec<_> = command.words.iter().map(|word| word.text.as_slice()).collect();
        assert_eq!(texts, [&b"curl"[..], b"h", b"-d", b"x", b"--get", b"y"], "{text}");
        assert!(command.notes[0].contains("needs a backslash"), "{:?}", command.notes);
    }
    for text in ["curl h\n- x", "curl h\n\n-d x", "curl h\n---\n"] {
        assert_eq!(commands(text.as_bytes()).unwrap().len(), 2, "{text}");
    }
}

#[test]
fn an_unset_variable_is_empty_and_says_so() {
    let command = one("curl \"x$TOKEN\" $GONE `id` \"$(cat f | (wc))\" $1");
    let texts: Vec<_> = command.words.iter().map(|word| word.text.as_slice()).collect();
    assert_eq!(texts, [&b"curl"[..], b"x", b"", b"", b"", b""]);
    assert_eq!(command.words[1].unknowns, ["the shell variable `TOKEN`, read as empty"]);
    assert_eq!(command.words[3].unknowns, ["what a command substitution prints"]);
    assert!(command.words.iter().skip(1).all(|word| word.unknowns.len() == 1));
}

#[test]
fn an_empty_variable_has_the_default_that_a_colon_asks_for() {
    let command = one("A=\ncurl \"${A:-x}\" \"${A-x}\"");
    let texts: Vec<_> = command.words.iter().map(|word| word.text.as_slice()).collect();
    assert_eq!(texts, [&b"curl"[..], b"x", b""]);
}

#[test]
fn reads_typographic_quotes_as_meant_with_a_note() {
    let text = "curl --request POST ‘http://h/x?_format=json' \\\n --header 'A: <user:key>’ \\\n -d “it’s”";
    let command = one(text);
    let texts: Vec<_> =
        command.words.iter().map(|word| std::str::from_utf8(&word.text).unwrap()).collect();
    assert_eq!(
        texts,
        [
            "curl",
            "--request",
            "POST",
            "http://h/x?_format=json",
            "--header",
            "A: <user:key>",
            "-d",
            "it’s"
        ]
    );
    assert!(command.notes[0].contains("typographic quotes"));
    assert!(one("curl -d 'it’s “x” '").notes.is_empty());
}

#[test]
fn forgives_blanks_after_a_backslash_and_hard_blanks() {
    let command = one("curl \\  \n\u{a0}-k\u{a0}h");
    let texts: Vec<_> = command.words.iter().map(|word| word.text.as_slice()).collect();
    assert_eq!(texts, [&b"curl"[..], b"-k", b"h"]);
    assert_eq!(command.notes.len(), 2);
}

#[test]
fn takes_a_placeholder_for_text_that_is_not_known() {
    let command = one(r"curl https://h/rest\?key\=<sitekey>\&api_key\=<api-key>");
    assert_eq!(command.words[1].text, br"https://h/rest?key=<sitekey>&api_key=<api-key>");
    assert_eq!(command.words[1].unknowns.len(), 1);
}

#[test]
fn keeps_what_is_given_to_standard_input() {
    for (text, meant) in [
        ("V=1\ncurl -d @- h <<EOF\n{\"a\": $V}\n\\$x\nEOF\n", "{\"a\": 1}\n$x\n"),
        ("curl -d @- h <<'EOF'\n$V\nEOF", "$V\n"),
        ("curl -d @- h <<-EOF\n\ta\n\tEOF", "a\n"),
        ("curl -d @- h <<-EOF\n\t  a\n  EOF\n\tEOF", "  a\n  EOF\n"),
        ("curl -d @- h <<EOF\n{\\\"a\\\": \\\\}\nEOF", "{\\\"a\\\": \\}\n"),
        ("curl -d @- h <<E\"O\"F\n$V\nEOF", "$V\n"),
        ("curl -d @- h <<< 'a b'", "a b\n"),
    ] {
        let Stdin::Text(word) = one(text).stdin else { panic!("{text}") };
        assert_eq!(String::from_utf8(word.text).unwrap(), meant, "{text}");
    }
    assert!(matches!(one("curl h < file").stdin, Stdin::File(word) if word.text == b"file"));
}

#[test]
fn says_where_a_quotation_opens_that_does_not_end() {
    for (text, line, column) in [
        ("curl 'a", 1, 6),
        ("curl \\\n  \"a", 2, 3),
        ("curl $'a", 1, 6),
        ("curl `a", 1, 6),
        ("curl $(a", 1, 6),
        ("curl ${a", 1, 6),
        ("curl <<E\na", 2, 1),
    ] {
        let fault = commands(text.as_bytes()).unwrap_err();
        let place = fault.place.unwrap();
        assert_eq!((place.line, place.column), (line, column), "{text}: {}", fault.message);
    }
}

proptest::proptest! {
    #[test]
    fn never_panics(text in "[curl '\"$`\\\\<>{}()|&;#\n\ta-zé’“=-]{0,80}") {
        let _ = commands(text.as_bytes());
    }

    #[test]
    fn reads_back_what_is_quoted(words in proptest::collection::vec(".{0,20}", 1..5)) {
        let quoted = words.iter().map(|word| format!("'{}'", word.replace('\'', "'\\''")));
        let text = quoted.collect::<Vec<_>>().join(" ");
        let read = commands(text.as_bytes()).unwrap();
        let read: Vec<_> = read.iter().flat_map(|command| &command.words).map(|word| word.text.clone()).collect();
        // A line of assignments alone is no command.
        if !read.is_empty() {
            proptest::prop_assert_eq!(read, words.iter().map(|word| word.clone().into_bytes()).collect::<Vec<_>>());
        }
    }
}

/// The words of the last curl command, and what is unknown of them.
fn last(text: &str) -> (Vec<String>, Vec<String>) {
    let mut commands = commands(text.as_bytes()).unwrap();
    commands.retain(|command| command.after_curl().is_some());
    let command = commands.pop().unwrap();
    let unknowns = command.words.iter().flat_map(|word| word.unknowns.clone()).collect();
    let words = command.words.into_iter().map(|word| String::from_utf8(word.text).unwrap());
    (words.collect(), unknowns)
}

#[test]
fn assignments_are_followed() {
    for (text, meant) in [
        ("A=x; A+=y; curl $A", "xy"),
        ("A=x\nA+=y B=1\ncurl $A", "xy"),
        ("A=x && curl $A", "x"),
        ("A=x && B=y && curl $A$B", "xy"),
        ("A=x || A=y; curl $A", "x"),
        ("false || A=y; curl $A", "y"),
        ("false && A=y; A=z; curl $A", "z"),
        ("A=x; (A=y); curl $A", "x"),
        ("A=x; (A=y; curl $A)", "y"),
        ("A=x; A=y | cat; curl $A", "x"),
        ("A=x; A=y & curl $A", "x"),
        ("export A=x B=y; curl $A$B", "xy"),
        ("if true; then echo; fi; A=x; curl $A", "x"),
        ("A=x && \\\n curl $A", "x"),
        ("A=x &&\n curl $A", "x"),
        ("{ A=x; }; curl $A", "x"),
    ] {
        let (words, unknowns) = last(text);
        assert_eq!(words, ["curl", meant], "{text}");
        assert!(unknowns.is_empty(), "{text}: {unknowns:?}");
    }
}

#[test]
fn a_variable_that_hangs_on_something_else_is_not_known() {
    for text in [
        "A=x; unset A; curl $A",
        "A=x; test -f f && A=y; curl $A",
        "A=x; test -f f || A=y; curl $A",
        "A=x; if test -f f; then A=y; fi; curl $A",
        "A=x; if test -f f; then\necho\nA=y\nfi\ncurl $A",
        "A=x; for A in y z; do curl $A; done",
        "A=x; while true; do A=y; done; curl $A",
        "A=x; f() { A=y; }; f; curl $A",
        "A=x; if test -f f; then { B=1; }; A=y; fi; curl $A",
        "A=x; read A; curl $A",
        "A=x; printf -v A %s y; curl $A",
        "A=x; eval B=y; curl $A",
        "A=x; . ./env; curl $A",
        "A=x; A[0]=y; curl $A",
        "A=(x y); curl $A",
        "A=x; A=y B=$A; curl $B",
        "test -f f && unset A; curl $A",
        "A+=y; curl $A",
    ] {
        let (_, unknowns) = last(text);
        assert_eq!(unknowns.len(), 1, "{text}: {unknowns:?}");
        assert!(unknowns[0].contains('A') || unknowns[0].contains("list"), "{text}: {unknowns:?}");
    }
}

#[test]
fn a_long_word_with_braces_is_expanded_in_one_pass() {
    let long = "x".repeat(1 << 20);
    let meant = ["curl".to_owned(), format!("a{long}"), format!("b{long}")];
    assert!(last(&format!("curl {{a,b}}{long}")).0 == meant);
}

#[test]
fn declarations_assign_behind_options_and_names() {
    for text in [
        "declare -x K=x",
        "declare -r K=x",
        "typeset K=x",
        "typeset -gx K=x",
        "export FOO K=x",
        "command export K=x",
        "builtin declare -x -- K=x",
        "export K=x; export K",
    ] {
        let (words, unknowns) = last(&format!("K=GOOD\n{text}\ncurl $K"));
        assert_eq!(words, ["curl", "x"], "{text}");
        assert!(unknowns.is_empty(), "{text}: {unknowns:?}");
    }
}

/// Asserts that a variable that was set is not known behind these texts.
fn assert_doubted(texts: &[&str]) {
    for text in texts {
        let (_, unknowns) = last(&format!("K=GOOD\n{text}\ncurl \"$K\""));
        assert!(!unknowns.is_empty(), "{text}");
        assert!(unknowns.iter().all(|unknown| unknown.contains("`K`")), "{text}: {unknowns:?}");
    }
}

#[test]
fn a_command_that_sets_a_variable_is_known_behind_what_stands_before_its_name() {
    assert_doubted(&[
        "IFS= read -r K <<<file",
        "command read K",
        "command -p read K",
        "builtin read K",
        "command eval K=x",
    ]);
}

#[test]
fn a_variable_is_not_known_that_arithmetic_or_another_text_may_set() {
    assert_doubted(&[
        "((K=5))",
        "(( 1, K++ ))",
        "for ((K=0; K<2; K++)); do :; done",
        "let 'K = 5'",
        "echo $((K=5))",
        "echo ${K:=x}",
        "export $(cat .env | xargs)",
        "declare -i K=5+5",
        "declare -i K; K=5+5",
        "readonly K; K=x",
        "declare K[0]=x",
        "K=x export K",
    ]);
    for text in ["echo $((K + 1))", "(echo; echo)", "K=x echo", "set -e", "export PATH"] {
        let (words, unknowns) = last(&format!("K=GOOD\n{text}\ncurl $K"));
        assert_eq!((words[1].as_str(), unknowns.len()), ("GOOD", 0), "{text}: {unknowns:?}");
    }
}

#[test]
fn a_negated_command_succeeds_where_it_fails() {
    for (text, meant) in [
        ("! false && K=x", "x"),
        ("! true && K=x", "GOOD"),
        ("! true || K=x", "x"),
        ("! ! true && K=x", "x"),
        ("true & K=x && true", "x"),
    ] {
        let (words, unknowns) = last(&format!("K=GOOD\n{text}\ncurl $K"));
        assert_eq!(words, ["curl", meant], "{text}");
        assert!(unknowns.is_empty(), "{text}: {unknowns:?}");
    }
}

#[test]
fn a_command_that_may_not_have_run_tells_nothing_of_what_comes_behind() {
    assert_doubted(&[
        "test 1 = 2 && true || K=x",
        "[ -f .env ] && HOSTX=1 || K=x",
        "test -f f || false && K=x",
        "! false | true && K=x",
        "(false) && K=x",
    ]);
}

#[test]
fn a_variable_that_a_function_sets_is_not_known() {
    assert_doubted(&[
        "f() { K=x; }\nK=GOOD\nf",
        "f()\n{\n  K=x\n}\nK=GOOD\nf",
        "function f { K=x; }\nK=GOOD\nf",
        "function f() {\nif true; then read K; fi\n}\nK=GOOD; f",
        "f() { . ./env; }\nK=GOOD\nf",
        "f() if true; then K=x; fi; K=GOOD; f",
    ]);
    assert_eq!(last("f() { OTHER=x; }\nK=GOOD\nf\ncurl $K").1.len(), 0);
}

#[test]
fn an_assignment_as_of_csh_is_taken_with_a_doubt() {
    let (words, unknowns) = last("set K=GOOD\ncurl $K");
    assert_eq!(words, ["curl", "GOOD"]);
    assert_eq!(unknowns, ["the shell variable `K`, set as only csh does"]);
}

#[test]
fn braces_that_go_on_with_a_variables_name_leave_it_unknown() {
    for text in ["curl $V{1,2}=x", "curl {a,$V}b", "curl x$V{1..3}"] {
        assert!(!last(&format!("V='a b'; {text}")).1.is_empty(), "{text}");
    }
    for text in
        ["curl ${V}{1,2}", "curl \"$V\"{1,2}", "curl {1,2}$V", "curl $V{a}", "curl {a,${V}}"]
    {
        assert!(last(&format!("V=a; {text}")).1.is_empty(), "{text}");
    }
}

#[test]
fn braces_are_expanded_as_bash_does() {
    for (text, meant) in [
        ("curl a{b,c}d", &["curl", "abd", "acd"][..]),
        ("curl {1..3}", &["curl", "1", "2", "3"]),
        (
            "curl {3..1} {a..c} {01..03} {1..5..2}",
            &["curl", "3", "2", "1", "a", "b", "c", "01", "02", "03", "1", "3", "5"],
        ),
        ("curl {a,b}{1,2}", &["curl", "a1", "a2", "b1", "b2"]),
        ("curl {a,b{c,d}}", &["curl", "a", "bc", "bd"]),
        ("curl -d {\"a\":1,\"b\":2}", &["curl", "-d", "a:1", "b:2"]),
        ("curl -d {\"a\":1}", &["curl", "-d", "{a:1}"]),
        ("curl '{a,b}' \"{a,b}\" \\{a,b} {a\\,b}", &["curl", "{a,b}", "{a,b}", "{a,b}", "{a,b}"]),
        ("curl {} {a} {a,b x} {1..x}", &["curl", "{}", "{a}", "{a,b", "x}", "{1..x}"]),
        ("A=\"{a,b}\"; curl $A", &["curl", "{a,b}"]),
        ("A={a,b}; curl $A", &["curl", "{a,b}"]),
        ("A=x; curl {$A,b}", &["curl", "x", "b"]),
        ("curl -H X:{a,}", &["curl", "-H", "X:a", "X:"]),
    ] {
        assert_eq!(last(text).0, meant, "{text}");
    }
    assert!(commands(b"curl {1..99999999}").is_err());
    assert!(
        commands(b"curl {a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}")
            .is_err()
    );
}

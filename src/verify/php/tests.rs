//! Claims about PHP's parsing, checked against what PHP 8 prints for the same input.

use serde_json::{Value as Json, json};

use super::{integer, is_numeric, parse_query, post_fields};
use crate::verify::{Header, HttpRequest};

fn query(text: &str) -> Json {
    parse_query(text.as_bytes()).to_json().into()
}

fn post(method: &str, content_type: &str, body: &str) -> Json {
    let http = HttpRequest {
        method: method.into(),
        headers: vec![Header::new("Content-Type", content_type.as_bytes())],
        body: Vec::from(body).into(),
        ..HttpRequest::default()
    };
    post_fields(&http).to_json().into()
}

#[test]
fn the_last_duplicate_wins_in_the_first_one_s_place() {
    assert_eq!(query("a=1&b=2&a=3").to_string(), r#"{"a":"3","b":"2"}"#);
}

#[test]
fn plus_and_percent_twenty_are_blanks_and_a_broken_escape_stays() {
    assert_eq!(query("a=x+y%20z%2&b=%zz"), json!({"a": "x y z%2", "b": "%zz"}));
}

#[test]
fn names_are_mended_as_php_mends_them() {
    assert_eq!(query(".authx=1"), json!({"_authx": "1"}));
    assert_eq!(query("+%20a.b%20c=1"), json!({"a_b_c": "1"}));
    assert_eq!(query("a%00b=1"), json!({"a": "1"}));
    assert_eq!(query("=1&[x]=2&&%20=3"), json!({}));
}

#[test]
fn brackets_make_arrays() {
    assert_eq!(query("a[]=1&a[]=2"), json!({"a": ["1", "2"]}));
    assert_eq!(query("a[x][y]=1&a[x][]=2"), json!({"a": {"x": {"y": "1", "0": "2"}}}));
    assert_eq!(query("a[5]=1&a[]=2"), json!({"a": {"5": "1", "6": "2"}}));
    assert_eq!(query("a=1&a[x]=2"), json!({"a": {"x": "2"}}));
    assert_eq!(query("a[x]=1&a=2"), json!({"a": "2"}));
    assert_eq!(query("a[%20]=1&a[ b]=2"), json!({"a": {"0": "1", " b": "2"}}));
    assert_eq!(query("a[b]c=1"), json!({"a": {"b": "1"}}));
}

#[test]
fn a_bracket_that_never_ends_becomes_an_underscore() {
    assert_eq!(query("a[b.c[d=1"), json!({"a_b_c_d": "1"}));
    assert_eq!(query("a[=1"), json!({"a_": "1"}));
    assert_eq!(query("a[b][c=1"), json!({"a": {"b": "1"}}));
}

#[test]
fn too_many_levels_drop_the_variable() {
    assert_eq!(query(&format!("a{}=1", "[x]".repeat(65))), json!({}));
    assert_ne!(query(&format!("a{}=1", "[x]".repeat(64))), json!({}));
}

#[test]
fn the_thousand_and_first_variable_is_dropped_from_a_query() {
    let many = |count: usize| (0..count).map(|at| format!("v{at}=1")).collect::<Vec<_>>().join("&");
    let read = parse_query(many(1002).as_bytes());
    assert!(read.get(b"v999").is_some() && read.get(b"v1000").is_none());
    let form = post("POST", "application/x-www-form-urlencoded", &many(1002));
    assert!(form.get("v1000").is_some() && form.get("v1001").is_none());
}

#[test]
fn only_two_media_types_and_the_method_post_make_a_form() {
    let form = json!({"a": "1"});
    for content_type in [
        "application/x-www-form-urlencoded",
        "APPLICATION/X-WWW-FORM-URLENCODED; charset=utf-8",
        "application/x-www-form-urlencoded,x",
    ] {
        assert_eq!(post("POST", content_type, "a=1"), form, "{content_type}");
    }
    for content_type in ["", "application/json", "application/x-www-form-urlencoded2"] {
        assert_eq!(post("POST", content_type, "a=1"), json!({}), "{content_type}");
    }
    for method in ["PUT", "post", "GET", "PATCH"] {
        assert_eq!(post(method, "application/x-www-form-urlencoded", "a=1"), json!({}), "{method}");
    }
}

#[test]
fn multipart_fields_are_read_and_files_are_not() {
    let body = "preamble\r\n--B\r\nContent-Disposition: form-data; name=\"_authx\"\r\n\r\nBearer x\r\ny\r\n\
        --B\r\ncontent-disposition: form-data; name=\"f\"; filename=\"n\"\r\n\r\nfile\r\n\
        --B\r\nContent-Type: text/plain\r\n\r\nno disposition\r\n\
        --B\r\nContent-Disposition: form-data;\r\n name='a[x]'\r\n\r\n\r\n--B--\r\n";
    let expected = json!({"_authx": "Bearer x\r\ny", "a": {"x": ""}});
    assert_eq!(post("POST", "multipart/form-data; boundary=B", body), expected);
    assert_eq!(post("POST", "Multipart/Form-Data; Boundary=\"B\"", body), expected);
    assert_eq!(post("POST", "multipart/form-data", body), json!({}));
}

#[test]
fn a_multipart_header_goes_on_in_lines_without_a_colon() {
    let body = "--B\nlost\nContent-Disposition: form-data; name=a\njunk\n\nv\n--B--\n";
    assert_eq!(post("POST", "multipart/form-data; boundary=B", body), json!({"ajunk": "v"}));
    let body = "--B\nContent-Disposition\n : form-data; name=a\n\nv\n--B--\n";
    assert_eq!(post("POST", "multipart/form-data; boundary=B", body), json!({}));
}

#[test]
fn a_multipart_body_may_break_off_within_its_last_boundary() {
    for end in ["", "\r\n", "\r\n-", "\n--", "\r\n--B", "\r\n--B--"] {
        let body = format!("--BB\r\nContent-Disposition: form-data; name=a\r\n\r\nv{end}");
        let read = post("POST", "multipart/form-data; boundary=BB", &body);
        assert_eq!(
            read,
            json!({"a": if end == "\r\n--B--" { "v\r\n--B--" } else { "v" }}),
            "{end:?}"
        );
    }
}

#[test]
fn a_multipart_header_line_ends_at_a_nul() {
    let body = "--B\nContent-Disposition: form-data; name=\"a\0\"; filename=\"n\"\n\nv\n--B--\n";
    assert_eq!(post("POST", "multipart/form-data; boundary=B", body), json!({"a": "v"}));
}

#[test]
fn a_quoted_multipart_name_keeps_what_is_escaped() {
    let body = "--B\nContent-Disposition: form-data; name=\"a\\\"b;c\"\n\nv\n--B--\n";
    assert_eq!(post("POST", "multipart/form-data; boundary=B", body), json!({"a\"b;c": "v"}));
}

#[test]
fn texts_become_integers_as_php_casts_them() {
    for (text, expected) in [
        ("201", 201),
        ("0201", 201),
        (" 201abc", 201),
        ("abc", 0),
        ("", 0),
        ("-", 0),
        ("-5", -5),
        ("2e2", 200),
        ("1.9", 1),
        (".5", 0),
        ("99999999999999999999", i64::MAX),
        ("-99999999999999999999", i64::MIN),
        ("1e99", i64::MAX),
    ] {
        assert_eq!(integer(text.as_bytes()), expected, "{text}");
    }
}

#[test]
fn numeric_texts_are_told_apart() {
    for text in ["1", " 1", "1 ", "1.5", "-1", "1e3", ".5", "5."] {
        assert!(is_numeric(text.as_bytes()), "{text}");
    }
    for text in ["", " ", "1a", "a", ".", "e3", "0x1A"] {
        assert!(!is_numeric(text.as_bytes()), "{text}");
    }
}

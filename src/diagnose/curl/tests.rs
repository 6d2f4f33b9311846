//! Lines as people and browsers write them, and garbage.

use super::{is_curl, parse};
use crate::diagnose::request::Request;
use proptest::prelude::*;

fn read(line: &str) -> Request {
    assert!(is_curl(line), "{line}");
    parse(line).unwrap_or_else(|why| panic!("{line}: {why}"))
}

fn check(line: &str, method: &str, target: &str, body: &str) -> Request {
    let request = read(line);
    assert_eq!(request.method, method, "{line}");
    assert_eq!(request.target, target, "{line}");
    assert_eq!(str::from_utf8(&request.body), Ok(body), "{line}");
    request
}

#[test]
fn a_documented_line_is_read() {
    let request = check(
        "$ curl -X POST https://cvm.tencentcloudapi.com \\\n -H \"Authorization: TC3 \\\"x\\\"\" -H 'Content-Type: application/json; charset=utf-8' \\\n  -H \"Host: cvm.tencentcloudapi.com\" -d '{\"Limit\": 1}'",
        "POST",
        "/",
        "{\"Limit\": 1}",
    );
    assert_eq!(request.header("authorization"), Some("TC3 \"x\""));
    assert_eq!(request.header("host"), Some("cvm.tencentcloudapi.com"));
    assert_eq!(request.headers.len(), 3);
}

#[test]
fn joined_and_long_options_are_read() {
    check(
        "curl -XPOST -sSLk --url=https://h/ --data-raw=@x",
        "POST",
        "/",
        "@x",
    );
    check(
        "curl -sXPUT -d a --data-ascii b https://h",
        "PUT",
        "/",
        "a&b",
    );
    check(
        "curl --request POST --max-time 3 --compressed 'https://h/?a=1#f'",
        "POST",
        "/?a=1",
        "",
    );
    check(
        "curl -o out -w '%{http_code}' https://h --unknown -Zv",
        "GET",
        "/",
        "",
    );
    check("curl -I https://h", "HEAD", "/", "");
    check(
        "curl $'https://h/' --data-binary $'\\u4f60'",
        "POST",
        "/",
        "你",
    );
    check(
        "curl.exe --json '{' --json '}' h.example",
        "POST",
        "/",
        "{}",
    );
}

#[test]
fn a_get_carries_its_data_in_the_query() {
    check(
        "curl -G -d a=1 --data-urlencode 'b=x y' https://h/?z",
        "GET",
        "/?z&a=1&b=x%20y",
        "",
    );
    check(
        "curl --get https://h --url-query 'a=*'",
        "GET",
        "/?a=%2A",
        "",
    );
}

#[test]
fn curl_adds_headers_of_its_own() {
    let header = |line: &str, name: &str| read(line).header(name).map(String::from);
    let form = Some("application/x-www-form-urlencoded".to_string());
    assert_eq!(header("curl -d a https://h", "content-type"), form);
    assert_eq!(
        header("curl --json '{}' https://h", "content-type").as_deref(),
        Some("application/json")
    );
    assert_eq!(
        header("curl -H content-type: -d a https://h", "content-type"),
        None
    );
    assert_eq!(
        header("curl -H 'X-Empty;' https://h", "x-empty").as_deref(),
        Some("")
    );
    assert_eq!(
        header("curl https://h:8443", "host").as_deref(),
        Some("h:8443")
    );
    assert_eq!(header("curl -H Host: https://h", "host"), None);
}

#[test]
fn what_cannot_be_judged_says_why() {
    let check = |line: &str, part: &str| {
        let why = parse(line).err().unwrap_or_default();
        assert!(why.contains(part), "{line}: {why}");
    };
    check("curl", "no URL");
    check("curl -d", "has no value");
    check("curl -d @body.json https://h", "reads a file by @");
    check("curl --data-binary @- https://h", "reads a file by @");
    check("curl --data-urlencode a@b https://h", "reads a file by @");
    check("curl -F a=b https://h", "boundary");
    check("curl -T f https://h", "reads a file");
    check("curl 'https://h", "not closed");
    assert!(!is_curl("wget https://h"));
    assert!(!is_curl(""));
}

proptest! {
    #[test]
    fn no_line_breaks_it(rest in "[-XHdGIK@='\"\\\\$#:;{}a-z\u{e9}\n\r ]{0,60}") {
        let _ = parse(&format!("curl {rest}"));
        let _ = parse(&rest);
    }

    #[test]
    fn any_text_survives_single_quotation_marks(body in "\\PC*") {
        let quoted = body.replace('\'', "'\\''");
        let request = read(&format!("curl --data-raw '{quoted}' https://h"));
        prop_assert_eq!(request.body, body.as_bytes());
    }
}

//! What a head must be before it is sent; all problems at once.

use super::{FORM_TYPE, Head, query};
use crate::errors::Problem;

/// From here on a number is read as milliseconds: in seconds it would lie beyond the year 5000.
const LOOKS_LIKE_MILLISECONDS: f64 = 1e11;

/// Headers with a member of their own, or made here; the caller's `headers` may not hold them.
const RESERVED: [(&str, &str); 14] = [
    ("authorization", "it is what signing makes"),
    ("host", "use `host`"),
    ("content-type", "use `contentType`"),
    ("content-length", "the platform sends it"),
    ("__proto__", "is no name for a member of an object"),
    ("x-tc-action", "use `action`"),
    ("x-tc-version", "use `version`"),
    ("x-tc-region", "use `region`"),
    ("x-tc-timestamp", "use `timestamp`"),
    ("x-tc-token", "use the credential's `token`"),
    ("x-tc-language", "use `language`"),
    ("x-tc-requestclient", "use `requestClient`"),
    ("x-tc-traceid", "use `traceId`"),
    ("x-tc-content-sha256", "use `unsignedPayload`"),
];

/// The longest X-TC-RequestClient that the official SDKs let through.
const MAX_REQUEST_CLIENT: usize = 128;

/// Checks all members; gives the timestamp in whole seconds.
pub(super) fn check(head: &Head<'_>, problems: &mut Vec<Problem>) -> u64 {
    for (path, value, required) in [
        ("action", head.action, true),
        ("version", head.version, true),
        ("contentType", head.content_type, true),
        ("region", head.region, false),
        ("credential.token", head.token, false),
        ("traceId", head.trace_id, false),
    ] {
        if required && value.trim_ascii().is_empty() {
            problems.push(Problem::new(path, "Missing", "must be given"));
        } else if !printable(value) {
            problems.push(Problem::new(path, "Value", NOT_PRINTABLE));
        }
    }
    check_choices(head, problems);
    check_method(head, problems);
    check_address(head, problems);
    check_extra(head, problems);
    check_timestamp(head.timestamp, problems)
}

pub(super) const NOT_PRINTABLE: &str =
    "a header holds printable ASCII characters only, without line breaks; encode the value first";

pub(super) fn printable(value: &str) -> bool {
    value.bytes().all(|byte| (b' '..=b'~').contains(&byte))
}

fn check_choices(head: &Head<'_>, problems: &mut Vec<Problem>) {
    if !matches!(head.language, "" | "zh-CN" | "en-US") {
        let message = "must be `zh-CN` or `en-US`";
        problems.push(Problem::new("language", "Value", message));
    }
    let in_client = |byte: u8| byte.is_ascii_alphanumeric() || b"-_,;.: ".contains(&byte);
    let client = head.request_client;
    if client.len() > MAX_REQUEST_CLIENT
        || client.trim_ascii() != client
        || !client.bytes().all(in_client)
    {
        let message = "must be at most 128 letters, digits, inner spaces and `-_,;.:`; the official SDKs let no others through";
        problems.push(Problem::new("requestClient", "Value", message));
    }
}

fn check_method(head: &Head<'_>, problems: &mut Vec<Problem>) {
    match head.method {
        "POST" if head.query.is_empty() => {}
        "POST" => problems.push(Problem::new(
            "query",
            "Value",
            "is for GET; a POST has none",
        )),
        "GET" => {
            if head.content_type != FORM_TYPE {
                let message = "must be `application/x-www-form-urlencoded` for a GET; leave it out";
                problems.push(Problem::new("contentType", "Value", message));
            }
            if let Err(problem) = query::check(head.query) {
                problems.push(problem);
            }
        }
        _ => problems.push(Problem::new("method", "Value", "must be `POST` or `GET`")),
    }
}

fn check_address(head: &Head<'_>, problems: &mut Vec<Problem>) {
    if !head.host.is_empty() && !head.endpoint.is_empty() {
        let message = "is given beside `host`; give one of them";
        problems.push(Problem::new("endpoint", "Value", message));
    }
    for (path, host) in [("host", head.host), ("sentHost", head.sent_host)] {
        let clean = host.bytes().all(|byte| {
            byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-._:[]".contains(&byte)
        });
        if !clean {
            let message =
                "must be a host name with an optional port, such as `iotvideo.tencentcloudapi.com`";
            problems.push(Problem::new(path, "Value", message));
        }
    }
    let sent_to = if head.sent_host.is_empty() {
        head.host
    } else {
        head.sent_host
    };
    match head.scheme {
        "https" => {}
        "http" if head.insecure_http || is_loopback(sent_to) => {}
        "http" => problems.push(Problem::new(
            "scheme",
            "Value",
            "http is for loopback addresses only; use https, or say `insecureHttp: true`",
        )),
        _ => problems.push(Problem::new("scheme", "Value", "must be `https` or `http`")),
    }
}

/// Whether a host is this machine: `localhost`, 127.0.0.0/8 or `[::1]`, with any port.
fn is_loopback(host: &str) -> bool {
    if host.starts_with("[::1]") {
        return true;
    }
    let name = host.split_once(':').map_or(host, |(name, _)| name);
    let is_v4 =
        name.split('.').count() == 4 && name.split('.').all(|part| part.parse::<u8>().is_ok());
    name == "localhost" || name.ends_with(".localhost") || (is_v4 && name.starts_with("127."))
}

fn check_extra(head: &Head<'_>, problems: &mut Vec<Problem>) {
    for (at, (name, value)) in head.extra.iter().enumerate() {
        let mut path = String::from("headers.");
        path.push_str(name);
        let token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
        if name.is_empty() || !name.bytes().all(token) {
            problems.push(Problem::new(&path, "Value", "is not a header's name"));
            continue;
        }
        if !printable(value) {
            problems.push(Problem::new(&path, "Value", NOT_PRINTABLE));
        }
        let same = |(other, _): &(&str, &str)| other.eq_ignore_ascii_case(name);
        if let Some((_, instead)) = RESERVED.iter().find(|reserved| same(reserved)) {
            problems.push(Problem::new(&path, "Value", instead));
        }
        if head.extra[..at].iter().any(same) {
            problems.push(Problem::new(
                &path,
                "Value",
                "is given twice, in another case",
            ));
        }
    }
}

fn check_timestamp(timestamp: f64, problems: &mut Vec<Problem>) -> u64 {
    let whole = timestamp % 1.0 == 0.0;
    if whole && (0.0..LOOKS_LIKE_MILLISECONDS).contains(&timestamp) {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        return timestamp as u64;
    }
    let message = if whole && (LOOKS_LIKE_MILLISECONDS..=f64::MAX).contains(&timestamp) {
        "is in seconds, and this looks like milliseconds; divide by 1000 and round down"
    } else {
        "must be whole seconds since 1970, such as `Math.floor(Date.now() / 1000)`"
    };
    problems.push(Problem::new("timestamp", "Value", message));
    0
}

#[cfg(test)]
mod tests {
    use super::{Head, is_loopback};

    fn check(change: impl Fn(&mut Head<'static>), expected: &[&str]) {
        let mut head = Head {
            method: "POST",
            scheme: "https",
            host: "cvm.tencentcloudapi.com",
            action: "A",
            version: "V",
            content_type: "application/json",
            ..Head::default()
        };
        change(&mut head);
        let found: Vec<String> = head
            .request("")
            .err()
            .unwrap_or_default()
            .into_iter()
            .map(|problem| problem.path)
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn each_member_is_named() {
        check(|_| {}, &[]);
        check(|h| h.action = " ", &["action"]);
        check(|h| h.region = "a\r\nX-Evil: 1", &["region"]);
        check(|h| h.token = "é", &["credential.token"]);
        check(|h| h.host = "Cvm.example", &["host"]);
        check(|h| h.host = "a/b", &["host"]);
        check(|h| h.scheme = "http", &["scheme"]);
        check(|h| h.scheme = "ftp", &["scheme"]);
        check(|h| h.sent_host = "A", &["sentHost"]);
        check(|h| h.endpoint = "nearest", &["endpoint"]);
        check(|h| h.language = "en", &["language"]);
        check(|h| h.trace_id = "a\nb", &["traceId"]);
        for wrong in ["a/b", " a", "é"] {
            check(|h| h.request_client = wrong, &["requestClient"]);
        }
        check(|h| h.method = "PUT", &["method"]);
        check(|h| h.query = "A=1", &["query"]);
        check(|h| h.method = "GET", &["contentType"]);
        check(
            |h| h.extra = vec![("X-A", "1"), ("x-a", "2")],
            &["headers.x-a"],
        );
        check(|h| h.extra = vec![("HOST", "h")], &["headers.HOST"]);
        check(|h| h.extra = vec![("a b", "h")], &["headers.a b"]);
        check(|h| h.extra = vec![("a", "x\n")], &["headers.a"]);
        check(
            |h| {
                h.version = "";
                h.timestamp = -1.0;
            },
            &["version", "timestamp"],
        );
        for wrong in [0.5, 1.7e12, f64::NAN, f64::INFINITY] {
            check(|h| h.timestamp = wrong, &["timestamp"]);
        }
    }

    #[test]
    fn http_is_for_this_machine() {
        for host in [
            "localhost",
            "localhost:1",
            "127.0.0.1:8080",
            "127.9.9.9",
            "[::1]:80",
            "a.localhost",
        ] {
            assert!(is_loopback(host), "{host}");
        }
        for host in [
            "127.evil.example",
            "127.0.0.1.evil.example",
            "128.0.0.1",
            "localhost.evil",
            "[::2]",
        ] {
            assert!(!is_loopback(host), "{host}");
        }
    }
}

//! What a head must be before it is sent; all problems at once.

use super::rules::{NOT_PRINTABLE, PRINTABLE, RULES, Rule};
use super::{FORM_TYPE, Head, Member, find, query};
use crate::errors::Problems;
use crate::text::{join, split, within};

/// From here on a number is read as milliseconds: in seconds it would lie beyond the year 5000.
const LOOKS_LIKE_MILLISECONDS: f64 = 1e11;

/// Headers that are made here, and the one whose member is no neighbour; the caller's `headers` may hold neither these nor
/// any that a rule names.
static RESERVED: [(&str, &str); 7] = [
    ("authorization", "it is what signing makes"),
    ("host", "use `host`"),
    ("content-length", "the platform sends it"),
    ("__proto__", "is no name for a member of an object"),
    ("x-tc-timestamp", "use `timestamp`"),
    ("x-tc-token", "use the credential's `token`"),
    ("x-tc-content-sha256", "use `unsignedPayload`"),
];

/// The longest X-TC-RequestClient that the official SDKs let through.
const MAX_REQUEST_CLIENT: usize = 128;

/// Checks all members; gives the timestamp in whole seconds.
pub(super) fn check(head: &Head<'_>, problems: &mut Problems) -> u64 {
    if head[Member::Service].is_empty() || !within(head[Member::Service], b"azAZ09-.__") {
        let message = "must be the service's short name, such as `iotvideo`";
        problems.value("service", message);
    }
    for rule in &RULES {
        let value = head[rule.member];
        if rule.required && value.trim_ascii().is_empty() {
            problems.push(rule.path, "Missing", "must be given");
        } else if !within(value, rule.within) {
            problems.value(rule.path, rule.message);
        }
    }
    if !matches!(head[Member::Language], "" | "zh-CN" | "en-US") {
        problems.value("language", "must be `zh-CN` or `en-US`");
    }
    let client = head[Member::RequestClient];
    if client.len() > MAX_REQUEST_CLIENT
        || client.trim_ascii() != client
        || !within(client, b"azAZ09  ,.:;__")
    {
        let message = "must be at most 128 letters, digits, inner spaces and `-_,;.:`; the official SDKs let no others through";
        problems.value("requestClient", message);
    }
    check_method(head, problems);
    check_scheme(head, problems);
    check_extra(head, problems);
    check_timestamp(head.timestamp, problems)
}

fn check_method(head: &Head<'_>, problems: &mut Problems) {
    match head[Member::Method] {
        "POST" if head[Member::Query].is_empty() => {}
        "POST" => problems.value("query", "is for GET; a POST has none"),
        "GET" => {
            if head[Member::ContentType] != FORM_TYPE {
                let message = "must be `application/x-www-form-urlencoded` for a GET; leave it out";
                problems.value("contentType", message);
            }
            query::check(head[Member::Query], problems);
        }
        _ => problems.value("method", "must be `POST` or `GET`"),
    }
}

fn check_scheme(head: &Head<'_>, problems: &mut Problems) {
    let message = match head[Member::Scheme] {
        "https" => return,
        "http" if head.insecure_http || is_loopback(head.sent_to(head[Member::Host])) => return,
        "http" => "http is for loopback addresses only; use https, or say `insecureHttp: true`",
        _ => "must be `https` or `http`",
    };
    problems.value("scheme", message);
}

/// Whether a host is this machine: `localhost`, 127.0.0.0/8 or `[::1]`, with any port. An address stands as a URL parser
/// writes it: four numbers.
fn is_loopback(host: &str) -> bool {
    let name = split(host, b':').next().unwrap_or_default();
    let is_v4 = within(name, b"..09") && split(name, b'.').count() == 4;
    host.starts_with("[::1]")
        || name == "localhost"
        || name.ends_with(".localhost")
        || (is_v4 && name.starts_with("127."))
}

fn check_extra(head: &Head<'_>, problems: &mut Problems) {
    for (at, (name, value)) in head.extra.iter().enumerate() {
        let path = join(&["headers.", name]);
        if name.is_empty() || !within(name, b"!!#'*+-.09AZ^z||~~") {
            problems.value(&path, "is not a header's name");
            continue;
        }
        if !within(value, PRINTABLE) {
            problems.value(&path, NOT_PRINTABLE);
        }
        if let Some(instead) = find(&RESERVED, name) {
            problems.value(&path, instead);
        } else if let Some(rule) = rule_of(name) {
            problems.value(&path, &join(&["use `", rule.path, "`"]));
        }
        if find(&head.extra[..at], name).is_some() {
            problems.value(&path, "is given twice, in another case");
        }
    }
}

/// The rule of the member that a header carries.
fn rule_of(name: &str) -> Option<&'static Rule> {
    RULES
        .iter()
        .find(|rule| rule.header.eq_ignore_ascii_case(name))
}

fn check_timestamp(timestamp: f64, problems: &mut Problems) -> u64 {
    #[allow(clippy::float_cmp)]
    let whole = timestamp == timestamp.trunc();
    if whole && (0.0..LOOKS_LIKE_MILLISECONDS).contains(&timestamp) {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        return timestamp as u64;
    }
    let message = if whole && (LOOKS_LIKE_MILLISECONDS..=f64::MAX).contains(&timestamp) {
        "is in seconds, and this looks like milliseconds; divide by 1000 and round down"
    } else {
        "must be whole seconds since 1970, such as `Math.floor(Date.now() / 1000)`"
    };
    problems.value("timestamp", message);
    0
}

#[cfg(test)]
mod tests {
    use super::{Head, Member, is_loopback};

    fn check(change: impl Fn(&mut Head<'static>), expected: &[&str]) {
        let mut head = Head::default()
            .with(Member::Method, "POST")
            .with(Member::Service, "cvm")
            .with(Member::Scheme, "https")
            .with(Member::Host, "cvm.tencentcloudapi.com")
            .with(Member::Action, "A")
            .with(Member::Version, "V")
            .with(Member::ContentType, "application/json");
        change(&mut head);
        let found = head.request("").err().unwrap_or_default();
        let found: Vec<&str> = found.iter().map(|[path, ..]| path).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn each_member_is_named() {
        check(|_| {}, &[]);
        check(|h| h[Member::Service] = "a b", &["service"]);
        check(|h| h[Member::Action] = " ", &["action"]);
        check(|h| h[Member::Region] = "a\r\nX-Evil: 1", &["region"]);
        check(|h| h[Member::Token] = "é", &["credential.token"]);
        check(|h| h[Member::Host] = "Cvm.example", &["host"]);
        check(|h| h[Member::Host] = "a/b", &["host"]);
        check(|h| h[Member::Scheme] = "http", &["scheme"]);
        check(|h| h[Member::Scheme] = "ftp", &["scheme"]);
        check(|h| h[Member::SentHost] = "A", &["sentHost"]);
        check(|h| h[Member::Endpoint] = "nearest", &["endpoint"]);
        check(|h| h[Member::Language] = "en", &["language"]);
        check(|h| h[Member::TraceId] = "a\nb", &["traceId"]);
        for wrong in ["a/b", " a", "é"] {
            check(|h| h[Member::RequestClient] = wrong, &["requestClient"]);
        }
        check(|h| h[Member::Method] = "PUT", &["method"]);
        check(|h| h[Member::Query] = "A=1", &["query"]);
        check(|h| h[Member::Method] = "GET", &["contentType"]);
        check(
            |h| h.extra = vec![("X-A", "1"), ("x-a", "2")],
            &["headers.x-a"],
        );
        for reserved in ["HOST", "X-TC-Token", "x-tc-traceid", "Content-Type"] {
            let path = ["headers.", reserved].concat();
            check(|h| h.extra = vec![(reserved, "h")], &[&path]);
        }
        check(|h| h.extra = vec![("a b", "h")], &["headers.a b"]);
        check(|h| h.extra = vec![("a", "x\n")], &["headers.a"]);
        check(
            |h| {
                h[Member::Version] = "";
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

//! From members to what is sent: the URL with its query, and the common headers. It signs nothing.

mod check;
pub mod credential;
mod endpoint;
mod flatten;
mod member;
pub mod multipart;
mod query;

pub use flatten::flatten;
pub use query::{MAX_QUERY, percent_encode, push_pair};

use crate::decimal::push_decimal;
use crate::errors::Problems;
use crate::text::{push_value, split};
use member::MEMBERS;

/// TC3 takes bodies up to 10 MB (*Request Structure*).
pub const MAX_BODY: usize = 10 * 1024 * 1024;

/// The content type of a GET, though it has no body (*Signature v3*), and of a form that was signed the older way.
pub const FORM_TYPE: &str = "application/x-www-form-urlencoded";

/// The members of one request beside its payload and its credential, as the caller gave them.
#[derive(Clone, Debug, Default)]
pub struct Head<'a> {
    /// `POST` or `GET`.
    pub method: &'a str,
    /// `https`, or `http` for a loopback host.
    pub scheme: &'a str,
    /// Whether `http` may go to any host.
    pub insecure_http: bool,
    /// The service's short name, from which a host is made where none is given.
    pub service: &'a str,
    /// Which of the service's own hosts; see [`endpoint`].
    pub endpoint: &'a str,
    /// Host, with its port where that is not the scheme's own; as the platform's URL parser writes it.
    pub host: &'a str,
    /// Where to send instead of the host that is signed; empty for that host.
    pub sent_host: &'a str,
    /// X-TC-Action.
    pub action: &'a str,
    /// X-TC-Version.
    pub version: &'a str,
    /// X-TC-Region; not sent when empty.
    pub region: &'a str,
    /// X-TC-Token of temporary credentials; not sent when empty.
    pub token: &'a str,
    /// X-TC-Language; not sent when empty.
    pub language: &'a str,
    /// X-TC-RequestClient; not sent when empty.
    pub request_client: &'a str,
    /// X-TC-TraceId; not sent when empty.
    pub trace_id: &'a str,
    /// Content-Type.
    pub content_type: &'a str,
    /// An encoded query for a GET, sent as it is; where it is empty, the query is made from parameters.
    pub query: &'a str,
    /// Whether the body is left out of the signature.
    pub unsigned_payload: bool,
    /// The caller's own headers.
    pub extra: Vec<(&'a str, &'a str)>,
    /// Seconds since 1970, as JavaScript's number.
    pub timestamp: f64,
}

/// A head that was checked: what is sent, but for the Authorization header.
#[derive(Debug)]
pub struct Request<'a> {
    /// `POST` or `GET`.
    pub method: &'a str,
    /// The whole address, then names and values of the headers to send in turn; a NUL between all.
    pub sent: String,
    /// The query of a GET, as signed and as sent.
    pub query: String,
    /// The host that is signed. The platform sends that of the URL, which is the same but with `sent_host`.
    pub host: String,
    /// Seconds since 1970.
    pub timestamp: u64,
}

impl<'a> Head<'a> {
    /// Checks every member and writes the common headers (*Common Params*); all problems at once. `params` is the
    /// JSON text of a GET's parameters; empty where there are none.
    pub fn request(&self, params: &str) -> Result<Request<'a>, Problems> {
        let mut problems = Problems::default();
        let timestamp = check::check(self, &mut problems);
        let mut host = String::new();
        if self.host.is_empty() {
            host = endpoint::host(self.service, self.endpoint, self.region, &mut problems);
        } else {
            host.push_str(self.host);
            if !self.endpoint.is_empty() {
                problems.value("endpoint", "is given beside `host`; give one of them");
            }
        }
        let mut query = String::new();
        if params.is_empty() {
            query.push_str(self.query);
        } else {
            query = query::write(params, &mut problems);
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        Ok(Request {
            method: self.method,
            sent: self.write(&host, &query, timestamp),
            query,
            host,
            timestamp,
        })
    }

    /// Where the request goes, which is not always the host that is signed.
    fn sent_to<'b>(&'b self, host: &'b str) -> &'b str {
        if self.sent_host.is_empty() {
            host
        } else {
            self.sent_host
        }
    }

    /// Enough for all that is sent: a text that moves as it grows would leave a token behind.
    fn room(&self, host: &str, query: &str) -> usize {
        let members = MEMBERS.iter().map(|member| (member.value)(self).len());
        // Names of extra headers stand in the list of signed ones too.
        let extra = self
            .extra
            .iter()
            .map(|(name, value)| 2 * name.len() + value.len() + 3);
        1024 + host.len() + query.len() + members.sum::<usize>() + extra.sum::<usize>()
    }

    fn write(&self, host: &str, query: &str, timestamp: u64) -> String {
        let mut sent = String::with_capacity(self.room(host, query));
        sent.push_str(self.scheme);
        sent.push_str("://");
        sent.push_str(self.sent_to(host));
        sent.push_str("/");
        if !query.is_empty() {
            sent.push_str("?");
            sent.push_str(query);
        }
        for member in &MEMBERS {
            let value = (member.value)(self);
            if !member.header.is_empty() && !value.is_empty() {
                push_value(&mut sent, member.header);
                push_value(&mut sent, value);
            }
        }
        if self.unsigned_payload {
            push_value(&mut sent, "X-TC-Content-SHA256");
            push_value(&mut sent, "UNSIGNED-PAYLOAD");
        }
        push_value(&mut sent, "X-TC-Timestamp");
        push_value(&mut sent, "");
        push_decimal(&mut sent, timestamp, 1);
        for (name, value) in &self.extra {
            push_value(&mut sent, name);
            push_value(&mut sent, value);
        }
        sent
    }
}

impl Request<'_> {
    /// The whole address.
    pub fn url(&self) -> &str {
        split(&self.sent, 0).next().unwrap_or_default()
    }

    /// The headers that a choice names: `action` (content-type, host, x-tc-action; what recent revisions of
    /// the documentation sign), `sdk` (content-type, host), or names joined by `;`.
    pub fn signed<'b>(&'b self, choice: &'b str) -> Result<Vec<(&'b str, &'b str)>, Problems> {
        let names = match choice {
            "action" => "content-type;host;x-tc-action",
            "sdk" => "content-type;host",
            names => names,
        };
        let mut signed = Vec::new();
        for name in split(names, b';') {
            if find(&signed, name).is_some() {
                return Err(signed_headers(name, "` is named twice"));
            }
            let Some(value) = self.header(name) else {
                return Err(signed_headers(name, "` is not a header of this request"));
            };
            signed.push((name, value));
        }
        for required in ["content-type", "host"] {
            if find(&signed, required).is_none() {
                return Err(signed_headers(
                    required,
                    "` is missing; the service wants it signed",
                ));
            }
        }
        Ok(signed)
    }

    fn header(&self, name: &str) -> Option<&str> {
        if name.eq_ignore_ascii_case("host") {
            return Some(&self.host);
        }
        let mut values = split(&self.sent, 0);
        values.next();
        while let (Some(sent), value) = (values.next(), values.next()) {
            if sent.eq_ignore_ascii_case(name) {
                return value;
            }
        }
        None
    }
}

/// The value of a name, which may stand in any case.
#[inline(never)]
fn find<'a>(pairs: &[(&str, &'a str)], name: &str) -> Option<&'a str> {
    for (other, value) in pairs {
        if other.eq_ignore_ascii_case(name) {
            return Some(value);
        }
    }
    None
}

#[inline(never)]
fn signed_headers(name: &str, what: &str) -> Problems {
    let mut message = String::from("`");
    message.push_str(name);
    message.push_str(what);
    Problems::one("signedHeaders", "Value", &message)
}

#[cfg(test)]
mod tests {
    use super::Head;

    fn head<'a>() -> Head<'a> {
        Head {
            method: "POST",
            service: "cvm",
            scheme: "https",
            host: "cvm.tencentcloudapi.com",
            action: "DescribeInstances",
            version: "2017-03-12",
            content_type: "application/json",
            timestamp: 1_700_000_000.0,
            ..Head::default()
        }
    }

    #[test]
    fn only_what_was_given_is_sent() {
        let request = head().request("").expect("right");
        let sent: Vec<&str> = request.sent.split('\0').collect();
        assert_eq!(
            sent,
            [
                "https://cvm.tencentcloudapi.com/",
                "Content-Type",
                "application/json",
                "X-TC-Action",
                "DescribeInstances",
                "X-TC-Version",
                "2017-03-12",
                "X-TC-Timestamp",
                "1700000000",
            ]
        );
    }

    #[test]
    fn the_signed_headers_are_chosen_by_name() {
        let request = head().request("").expect("right");
        let names = |choice| {
            request
                .signed(choice)
                .map(|signed| signed.iter().map(|(name, _)| *name).collect::<Vec<_>>())
                .map_err(|problems| {
                    problems
                        .iter()
                        .map(|[.., message]| message)
                        .collect::<String>()
                })
        };
        assert_eq!(names("sdk"), Ok(vec!["content-type", "host"]));
        assert_eq!(
            names("action"),
            Ok(vec!["content-type", "host", "x-tc-action"])
        );
        assert_eq!(names("Host;Content-Type"), Ok(vec!["Host", "Content-Type"]));
        let wrong = |choice| names(choice).expect_err("wrong");
        assert_eq!(
            wrong("host"),
            "`content-type` is missing; the service wants it signed"
        );
        assert_eq!(wrong("host;HOST"), "`HOST` is named twice");
        assert_eq!(wrong("host;x-a"), "`x-a` is not a header of this request");
        assert_eq!(wrong(""), "`` is not a header of this request");
    }
}

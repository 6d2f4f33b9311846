//! From members to what is sent: the URL with its query, and the common headers. It signs nothing.

mod check;
pub mod credential;
mod endpoint;
mod flatten;
pub mod multipart;
mod query;

pub use flatten::flatten;
pub use query::{MAX_QUERY, encode, percent_encode};

use crate::decimal::push_decimal;
use crate::errors::Problem;
use std::borrow::Cow;

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
    /// The whole address.
    pub url: String,
    /// The query of a GET, as signed and as sent.
    pub query: Cow<'a, str>,
    /// The host that is signed. The platform sends that of the URL, which is the same but with `sent_host`.
    pub host: Cow<'a, str>,
    /// Seconds since 1970.
    pub timestamp: u64,
    /// The headers to send, in order.
    pub headers: Vec<(&'a str, Cow<'a, str>)>,
}

impl<'a> Head<'a> {
    /// Checks every member and writes the common headers (*Common Params*); all problems at once. `params` is the
    /// JSON text of a GET's parameters; empty where there are none.
    pub fn request(&self, params: &str) -> Result<Request<'a>, Vec<Problem>> {
        let mut problems = Vec::new();
        let timestamp = check::check(self, &mut problems);
        let host = if self.host.is_empty() {
            let made = endpoint::host(self.service, self.endpoint, self.region);
            Cow::Owned(made.unwrap_or_else(|problem| {
                problems.push(problem);
                String::new()
            }))
        } else {
            Cow::Borrowed(self.host)
        };
        let query = if params.is_empty() {
            Cow::Borrowed(self.query)
        } else {
            Cow::Owned(query::write(params).unwrap_or_else(|problem| {
                problems.push(problem);
                String::new()
            }))
        };
        if !problems.is_empty() {
            return Err(problems);
        }
        let sent_to = if self.sent_host.is_empty() {
            &host
        } else {
            self.sent_host
        };
        Ok(Request {
            method: self.method,
            url: url(self.scheme, sent_to, &query),
            query,
            host,
            timestamp,
            headers: self.headers(timestamp),
        })
    }

    fn headers(&self, timestamp: u64) -> Vec<(&'a str, Cow<'a, str>)> {
        let mut seconds = String::with_capacity(12);
        push_decimal(&mut seconds, timestamp, 1);
        let mut headers = Vec::with_capacity(12 + self.extra.len());
        let unsigned = if self.unsigned_payload {
            "UNSIGNED-PAYLOAD"
        } else {
            ""
        };
        for (name, value) in [
            ("Content-Type", self.content_type),
            ("X-TC-Action", self.action),
            ("X-TC-Version", self.version),
            ("X-TC-Region", self.region),
            ("X-TC-Token", self.token),
            ("X-TC-Language", self.language),
            ("X-TC-RequestClient", self.request_client),
            ("X-TC-TraceId", self.trace_id),
            ("X-TC-Content-SHA256", unsigned),
        ] {
            if !value.is_empty() {
                headers.push((name, Cow::Borrowed(value)));
            }
        }
        headers.push(("X-TC-Timestamp", Cow::Owned(seconds)));
        for (name, value) in &self.extra {
            headers.push((name, Cow::Borrowed(*value)));
        }
        headers
    }
}

fn url(scheme: &str, host: &str, query: &str) -> String {
    let mut url = String::with_capacity(scheme.len() + host.len() + query.len() + 5);
    url.push_str(scheme);
    url.push_str("://");
    url.push_str(host);
    url.push('/');
    if !query.is_empty() {
        url.push('?');
        url.push_str(query);
    }
    url
}

impl Request<'_> {
    /// The headers that a choice names: `action` (content-type, host, x-tc-action; what recent revisions of
    /// the documentation sign), `sdk` (content-type, host), or names joined by `;`.
    pub fn signed<'b>(&'b self, choice: &'b str) -> Result<Vec<(&'b str, &'b str)>, Problem> {
        let names = match choice {
            "action" => "content-type;host;x-tc-action",
            "sdk" => "content-type;host",
            names => names,
        };
        let mut signed: Vec<(&str, &str)> = Vec::with_capacity(4);
        for name in names.split(';') {
            if signed
                .iter()
                .any(|(other, _)| other.eq_ignore_ascii_case(name))
            {
                return Err(signed_headers(name, " is named twice"));
            }
            signed.push((name, self.value(name)?));
        }
        for required in ["content-type", "host"] {
            if !signed
                .iter()
                .any(|(name, _)| name.eq_ignore_ascii_case(required))
            {
                return Err(signed_headers(
                    required,
                    " is missing; the service wants it signed",
                ));
            }
        }
        Ok(signed)
    }

    fn value(&self, name: &str) -> Result<&str, Problem> {
        if name.eq_ignore_ascii_case("host") {
            return Ok(&self.host);
        }
        self.headers
            .iter()
            .find(|(sent, _)| sent.eq_ignore_ascii_case(name))
            .map(|(_, value)| &**value)
            .ok_or_else(|| signed_headers(name, " is not a header of this request"))
    }
}

fn signed_headers(name: &str, what: &str) -> Problem {
    let mut message = String::from("`");
    message.push_str(name);
    message.push('`');
    message.push_str(what);
    Problem::new("signedHeaders", "Value", &message)
}

#[cfg(test)]
mod tests {
    use super::Head;

    fn head<'a>() -> Head<'a> {
        Head {
            method: "POST",
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
        let names: Vec<&str> = request.headers.iter().map(|(name, _)| *name).collect();
        assert_eq!(request.url, "https://cvm.tencentcloudapi.com/");
        assert_eq!(
            names,
            [
                "Content-Type",
                "X-TC-Action",
                "X-TC-Version",
                "X-TC-Timestamp"
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
                .map_err(|problem| problem.message)
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

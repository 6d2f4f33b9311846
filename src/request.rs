//! From members to what is sent: the URL with its query, and the common headers. It signs nothing.

mod check;
pub mod credential;
mod endpoint;
mod flatten;
mod head;
pub mod multipart;
mod query;
mod rules;

pub use flatten::flatten;
pub use head::{Head, Member};
pub use query::{MAX_QUERY, percent_encode, push_pair};

use crate::decimal::push_decimal;
use crate::errors::Problems;
use crate::text::{join, push_value, split};
use rules::RULES;

/// TC3 takes bodies up to 10 MB (*Request Structure*).
pub const MAX_BODY: usize = 10 * 1024 * 1024;

/// The content type of a GET, though it has no body (*Signature v3*), and of a form that was signed the older way.
pub const FORM_TYPE: &str = "application/x-www-form-urlencoded";

/// Bytes for the names of the common headers, the timestamp and an Authorization header, generously.
const ROOM: usize = 1024;

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
        if self[Member::Host].is_empty() {
            host = endpoint::host(
                self[Member::Service],
                self[Member::Endpoint],
                self[Member::Region],
                &mut problems,
            );
        } else {
            host.push_str(self[Member::Host]);
            if !self[Member::Endpoint].is_empty() {
                problems.value("endpoint", "is given beside `host`; give one of them");
            }
        }
        let mut query = String::new();
        if params.is_empty() {
            query.push_str(self[Member::Query]);
        } else {
            query = query::write(params, &mut problems);
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        Ok(Request {
            method: self[Member::Method],
            sent: self.write(&host, &query, timestamp),
            query,
            host,
            timestamp,
        })
    }

    fn write(&self, host: &str, query: &str, timestamp: u64) -> String {
        let mark = if query.is_empty() { "" } else { "?" };
        let to = self.sent_to(host);
        let mut sent = join(&[self[Member::Scheme], "://", to, "/", mark, query]);
        // A text that grows leaves a copy behind, which would keep the token: there is room before it comes.
        let mut room = ROOM;
        for text in &self.texts {
            room += text.len();
        }
        for (name, value) in &self.extra {
            // A name may be among those that are signed, too; and each has something between it and the next.
            room += 2 * name.len() + value.len() + 3;
        }
        sent.reserve(room);
        for rule in &RULES {
            let value = self[rule.member];
            if !rule.header.is_empty() && !value.is_empty() {
                push_value(&mut sent, rule.header);
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
    Problems::one("signedHeaders", "Value", &join(&["`", name, what]))
}

#[cfg(test)]
mod tests {
    use super::{Head, Member};

    fn head<'a>() -> Head<'a> {
        let head = Head {
            timestamp: 1_700_000_000.0,
            ..Head::default()
        };
        head.with(Member::Method, "POST")
            .with(Member::Service, "cvm")
            .with(Member::Scheme, "https")
            .with(Member::Host, "cvm.tencentcloudapi.com")
            .with(Member::Action, "DescribeInstances")
            .with(Member::Version, "2017-03-12")
            .with(Member::ContentType, "application/json")
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

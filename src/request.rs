//! From members to what is sent: the URL and the common headers. It signs nothing.

mod check;

use crate::decimal::push_decimal;
use crate::errors::Problem;

/// The members of one request beside its payload and its credential, as the caller gave them.
#[derive(Clone, Debug, Default)]
pub struct Head<'a> {
    /// `https`, or `http` for a loopback host.
    pub scheme: &'a str,
    /// Host, with its port where that is not the scheme's own; as the platform's URL parser writes it.
    pub host: &'a str,
    /// X-TC-Action.
    pub action: &'a str,
    /// X-TC-Version.
    pub version: &'a str,
    /// X-TC-Region; not sent when empty.
    pub region: &'a str,
    /// X-TC-Token of temporary credentials; not sent when empty.
    pub token: &'a str,
    /// Content-Type.
    pub content_type: &'a str,
    /// The caller's own headers.
    pub extra: Vec<(&'a str, &'a str)>,
    /// Seconds since 1970, as JavaScript's number.
    pub timestamp: f64,
}

/// A head that was checked: what is sent, but for the Authorization header.
#[derive(Debug)]
pub struct Request<'a> {
    /// The whole address.
    pub url: String,
    /// The host, which the platform sends by itself.
    pub host: &'a str,
    /// Seconds since 1970.
    pub timestamp: u64,
    /// The headers to send, in order.
    pub headers: Vec<(&'a str, String)>,
}

impl<'a> Head<'a> {
    /// Checks every member and writes the common headers (*Common Params*); all problems at once.
    pub fn request(&self) -> Result<Request<'a>, Vec<Problem>> {
        let timestamp = check::check(self)?;
        let mut url = String::with_capacity(self.scheme.len() + self.host.len() + 4);
        url.push_str(self.scheme);
        url.push_str("://");
        url.push_str(self.host);
        url.push('/');
        let mut seconds = String::with_capacity(12);
        push_decimal(&mut seconds, timestamp, 1);
        let mut headers = Vec::with_capacity(8 + self.extra.len());
        headers.push(("Content-Type", self.content_type.into()));
        headers.push(("X-TC-Action", self.action.into()));
        headers.push(("X-TC-Version", self.version.into()));
        headers.push(("X-TC-Timestamp", seconds));
        if !self.region.is_empty() {
            headers.push(("X-TC-Region", self.region.into()));
        }
        if !self.token.is_empty() {
            headers.push(("X-TC-Token", self.token.into()));
        }
        for (name, value) in &self.extra {
            headers.push((name, (*value).into()));
        }
        Ok(Request {
            url,
            host: self.host,
            timestamp,
            headers,
        })
    }
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
            return Ok(self.host);
        }
        self.headers
            .iter()
            .find(|(sent, _)| sent.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
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
        let request = head().request().expect("right");
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
        let request = head().request().expect("right");
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

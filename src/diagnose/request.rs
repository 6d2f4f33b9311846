//! A request as it was sent, and the kinds of text in which people paste one.

use super::{curl, http};
use crate::tc3::{Received, UNSIGNED_PAYLOAD};
use serde::Deserialize;

/// A request as it was sent.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Request {
    /// As it was sent.
    pub method: String,
    /// Path and query as they were sent.
    pub target: String,
    /// Names and values as they were sent.
    pub headers: Vec<(String, String)>,
    /// The host of the URL, where there was a whole one.
    pub url_host: Option<String>,
    /// The body's bytes.
    #[serde(skip)]
    pub body: Vec<u8>,
}

/// What a text held.
pub(super) enum Pasted {
    /// A whole request.
    Request(Request),
    /// The value of an Authorization header alone.
    Authorization(String),
}

/// Reads a curl line, a raw HTTP request or an Authorization header; `Err` says why it is none.
pub(super) fn read(text: &str) -> Result<Pasted, String> {
    let start = text.trim_start();
    if curl::is_curl(start) {
        return curl::parse(start).map(Pasted::Request);
    }
    if http::is_request(start) {
        return http::parse(start).map(Pasted::Request);
    }
    let line = start.trim_end();
    let named = line.split_once(':').filter(|(name, _)| {
        let name = name.trim();
        name.eq_ignore_ascii_case("authorization")
    });
    let value = named.map_or(line, |(_, value)| value.trim());
    let alone = !value.contains('\n') && (named.is_some() || value.contains("Credential="));
    if alone {
        return Ok(Pasted::Authorization(value.into()));
    }
    Err("the text is no curl line, no raw HTTP request and no Authorization header".into())
}

impl Request {
    /// One that has nothing but the header.
    pub(super) fn with_authorization(value: &str) -> Self {
        Self {
            headers: vec![("authorization".into(), value.into())],
            ..Self::default()
        }
    }

    /// Takes a URL apart without rewriting it: a parser would encode the query anew.
    pub(super) fn set_url(&mut self, url: &str) {
        let url = url.split('#').next().unwrap_or_default();
        let rest = match url.split_once("://") {
            Some((scheme, rest)) => {
                let end = rest.find(['/', '?']).unwrap_or(rest.len());
                let (authority, rest) = rest.split_at(end);
                let host = authority.rsplit('@').next().unwrap_or_default();
                // Whoever sends leaves the scheme's own port out.
                let port = if scheme.eq_ignore_ascii_case("https") {
                    ":443"
                } else {
                    ":80"
                };
                self.url_host = Some(host.strip_suffix(port).unwrap_or(host).into());
                rest
            }
            None => url,
        };
        self.target = if rest.starts_with('/') {
            rest.into()
        } else {
            format!("/{rest}")
        };
    }

    /// Adds the URL's host as the header that the platform would send.
    pub(super) fn complete_host(&mut self) {
        let host = self.url_host.clone().filter(|host| !host.is_empty());
        if let (Some(host), false) = (host, self.has("host")) {
            self.headers.push(("Host".into(), host));
        }
    }

    /// Whether a header was sent, `name` in lower case.
    pub(super) fn has(&self, name: &str) -> bool {
        self.headers
            .iter()
            .any(|(sent, _)| sent.eq_ignore_ascii_case(name))
    }

    /// The value of a header that was sent exactly once, `name` in lower case.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        let mut values = self
            .headers
            .iter()
            .filter(|(sent, _)| sent.eq_ignore_ascii_case(name));
        let (_, value) = values.next()?;
        values.next().is_none().then_some(value.as_str())
    }

    /// What stands before and after the `?`.
    pub(super) fn path_and_query(&self) -> (&str, &str) {
        self.target
            .split_once('?')
            .unwrap_or((self.target.as_str(), ""))
    }

    /// Whether it is marked as sent with an unsigned payload.
    pub(super) fn unsigned_payload(&self) -> bool {
        self.header("x-tc-content-sha256") == Some(UNSIGNED_PAYLOAD)
    }

    /// The timestamp's header as a number, whatever its unit.
    pub(super) fn timestamp(&self) -> Option<u64> {
        let text = self.header("x-tc-timestamp")?;
        let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        digits.then(|| text.parse().ok()).flatten()
    }

    /// It as the verifier takes it.
    pub(super) fn verified<T>(&self, use_it: impl FnOnce(&Received<'_>) -> T) -> T {
        let headers: Vec<(&str, &str)> = self
            .headers
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        use_it(&Received {
            method: &self.method,
            target: &self.target,
            headers: &headers,
            body: &self.body,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Pasted, Request, read};

    #[test]
    fn a_url_is_taken_apart_as_it_stands() {
        let mut request = Request::default();
        let mut check = |url: &str, host: Option<&str>, target: &str| {
            request.url_host = None;
            request.set_url(url);
            assert_eq!(request.url_host.as_deref(), host);
            assert_eq!(request.target, target);
        };
        check(
            "https://u:p@h.example:8443/?a=%7e&b=' '#x",
            Some("h.example:8443"),
            "/?a=%7e&b=' '",
        );
        check("https://h", Some("h"), "/");
        check("https://h:443?a", Some("h"), "/?a");
        check("http://h:443", Some("h:443"), "/");
        check("/p?a", None, "/p?a");
        check("", None, "/");
    }

    #[test]
    fn a_text_is_told_by_its_start() {
        let header =
            "TC3-HMAC-SHA256 Credential=a/b/c/tc3_request, SignedHeaders=host, Signature=0";
        for text in [header.to_string(), format!("authorization: {header}\n")] {
            assert!(matches!(read(&text), Ok(Pasted::Authorization(value)) if value == header));
        }
        assert!(matches!(read(" curl https://h"), Ok(Pasted::Request(_))));
        assert!(matches!(
            read("POST / HTTP/1.1\nHost: h\n\n{}"),
            Ok(Pasted::Request(_))
        ));
        for text in ["", "hello", "Host: h", "\0"] {
            assert!(read(text).is_err(), "{text}");
        }
    }
}

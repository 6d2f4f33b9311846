//! The canonical request: six parts joined by line feeds.

use super::digest::{Digest, push_digest, sha256};
use crate::text::push_lower;
use core::cmp::Ordering;

/// What stands in the header `X-TC-Content-SHA256`, and is hashed, where the body is not signed.
pub const UNSIGNED_PAYLOAD: &str = "UNSIGNED-PAYLOAD";

/// How header values stand in the canonical request.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Values {
    /// Trimmed and in lower case, as the documentation says.
    #[default]
    Lower,
    /// As they arrive: in their own case, without the space around them that HTTP does not carry. It is what the
    /// official SDKs do.
    AsSent,
}

/// What is signed of one request. Header names may have any case, values are as they are sent.
#[derive(Clone, Copy, Debug)]
pub struct Signable<'a> {
    /// `POST` or `GET`, in capitals.
    pub method: &'a str,
    /// The query as it is sent, without `?`; empty for POST.
    pub query: &'a str,
    /// The headers to sign, each name once, in any order.
    pub headers: &'a [(&'a str, &'a str)],
    /// How their values are written.
    pub values: Values,
    /// SHA-256 of the body's bytes, or of [`UNSIGNED_PAYLOAD`].
    pub hashed_payload: Digest,
}

/// The canonical request's text, and the list of the headers that it covers.
#[derive(Debug)]
pub struct CanonicalRequest {
    text: String,
    signed_headers: String,
}

impl CanonicalRequest {
    /// Writes it: names lower-cased and sorted; the path is always `/`.
    pub fn of(request: &Signable<'_>) -> Self {
        // A text that grows is copied: there is room for what is usual.
        let mut signed_headers = String::with_capacity(64);
        let mut text = String::with_capacity(512);
        text.push_str(request.method);
        text.push_str("\n/\n");
        text.push_str(request.query);
        text.push_str("\n");
        // A handful of names: looking for the next one beats a sort, which weighs three kilobytes.
        let mut before = "";
        while let Some((name, value)) = next(request.headers, before) {
            if !signed_headers.is_empty() {
                signed_headers.push_str(";");
            }
            push_lower(&mut signed_headers, name);
            push_lower(&mut text, name);
            text.push_str(":");
            let value = value.trim_ascii();
            match request.values {
                Values::Lower => push_lower(&mut text, value),
                Values::AsSent => text.push_str(value),
            }
            text.push_str("\n");
            before = name;
        }
        text.push_str("\n");
        text.push_str(&signed_headers);
        text.push_str("\n");
        push_digest(&mut text, &request.hashed_payload);
        Self {
            text,
            signed_headers,
        }
    }

    /// The text, as it is hashed.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The same without its last line, the payload's digest.
    pub fn head(&self) -> &str {
        self.text.get(..self.text.len() - 64).unwrap_or_default()
    }

    /// Lower-case names joined by `;`.
    pub fn signed_headers(&self) -> &str {
        &self.signed_headers
    }

    /// SHA-256 of the text.
    pub fn hash(&self) -> Digest {
        sha256(self.text.as_bytes())
    }
}

/// The first header in order whose name comes after another one.
fn next<'a>(headers: &'a [(&'a str, &'a str)], before: &str) -> Option<(&'a str, &'a str)> {
    let mut next: Option<(&str, &str)> = None;
    for (name, value) in headers {
        if order(name, before).is_gt() && next.is_none_or(|(next, _)| order(name, next).is_lt()) {
            next = Some((name, value));
        }
    }
    next
}

/// The order of two names in lower case.
#[inline(never)]
fn order(one: &str, other: &str) -> Ordering {
    let mut others = other.as_bytes().iter();
    for byte in one.as_bytes() {
        let Some(other) = others.next() else {
            return Ordering::Greater;
        };
        let order = byte.to_ascii_lowercase().cmp(&other.to_ascii_lowercase());
        if order.is_ne() {
            return order;
        }
    }
    // What is only the beginning of the other comes before it.
    others.len().cmp(&0).reverse()
}

/// Joins the same parts as they are given, right or wrong: method, path and query; headers; their list; the payload's
/// digest in hexadecimal digits. It stands beside [`CanonicalRequest::of`], since the signer is not to grow by it.
#[cfg(feature = "diagnose")]
pub(crate) fn write(
    (method, path, query): (&str, &str, &str),
    headers: &[(String, String)],
    signed_headers: &str,
    hashed_payload: &str,
) -> String {
    let mut lines = vec![method.to_string(), path.into(), query.into()];
    lines.extend(
        headers
            .iter()
            .map(|(name, value)| [name, ":", value].concat()),
    );
    // Each header ends with a line feed, and another one parts them from their list.
    lines.extend([String::new(), signed_headers.into(), hashed_payload.into()]);
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::{CanonicalRequest, Signable, Values, sha256};

    #[cfg(feature = "diagnose")]
    #[test]
    fn the_parts_as_they_are_given_make_the_same_text() {
        let canonical = CanonicalRequest::of(&Signable {
            method: "GET",
            query: "A=1",
            headers: &[("host", "h"), ("content-type", "t")],
            values: Values::Lower,
            hashed_payload: sha256(b""),
        });
        let pair = |name: &str, value: &str| (name.to_string(), value.to_string());
        let headers = [pair("content-type", "t"), pair("host", "h")];
        let payload = crate::tc3::digest::hex(&sha256(b""));
        let text = super::write(("GET", "/", "A=1"), &headers, "content-type;host", &payload);
        assert_eq!(text, canonical.text());
    }

    #[test]
    fn headers_are_sorted_trimmed_and_lower_cased() {
        let canonical = CanonicalRequest::of(&Signable {
            method: "POST",
            query: "",
            headers: &[
                ("X-TC-Action", "  DescribeInstances "),
                ("Host", "cvm.tencentcloudapi.com"),
                ("Content-Type", "application/json"),
            ],
            values: Values::Lower,
            hashed_payload: sha256(b"{}"),
        });
        assert_eq!(
            canonical.text(),
            "POST\n/\n\ncontent-type:application/json\nhost:cvm.tencentcloudapi.com\n\
             x-tc-action:describeinstances\n\ncontent-type;host;x-tc-action\n\
             44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"
        );
        assert_eq!(canonical.signed_headers(), "content-type;host;x-tc-action");
    }

    #[test]
    fn values_as_sent_keep_their_case() {
        let canonical = CanonicalRequest::of(&Signable {
            method: "POST",
            query: "",
            headers: &[("Host", "h"), ("Content-Type", " Multipart/Form-Data ")],
            values: Values::AsSent,
            hashed_payload: sha256(b""),
        });
        assert!(
            canonical
                .text()
                .contains("content-type:Multipart/Form-Data\nhost:h\n")
        );
    }
}

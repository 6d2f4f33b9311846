//! The string to sign: algorithm, timestamp, scope and hashed canonical request.

use super::ALGORITHM;
use super::canonical::CanonicalRequest;
use super::digest::push_digest;
use super::scope::CredentialScope;
use crate::decimal::push_decimal;

/// Four lines joined by line feeds.
#[derive(Debug)]
pub struct StringToSign(String);

impl StringToSign {
    /// Writes it; `timestamp` is in seconds.
    pub fn new(timestamp: u64, scope: &CredentialScope, canonical: &CanonicalRequest) -> Self {
        let mut text = String::with_capacity(192);
        text.push_str(ALGORITHM);
        text.push_str("\n");
        push_decimal(&mut text, timestamp, 1);
        text.push_str("\n");
        text.push_str(scope.text());
        text.push_str("\n");
        push_digest(&mut text, &canonical.hash());
        Self(text)
    }

    /// The text, as it is signed.
    pub fn text(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::StringToSign;
    use crate::tc3::canonical::{CanonicalRequest, Signable, Values};
    use crate::tc3::digest::sha256;
    use crate::tc3::scope::CredentialScope;

    #[test]
    fn four_lines_in_order() {
        let canonical = CanonicalRequest::of(&Signable {
            method: "POST",
            query: "",
            headers: &[("host", "h"), ("content-type", "t")],
            values: Values::Lower,
            hashed_payload: sha256(b""),
        });
        let scope = CredentialScope::new(0, "s");
        let text = StringToSign::new(0, &scope, &canonical);
        let lines: Vec<&str> = text.text().split('\n').collect();
        assert_eq!(
            lines[..3],
            ["TC3-HMAC-SHA256", "0", "1970-01-01/s/tc3_request"]
        );
        assert_eq!(lines[3].len(), 64);
    }
}

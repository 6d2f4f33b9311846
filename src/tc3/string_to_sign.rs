//! The string to sign: algorithm, timestamp, scope and hashed canonical request.

use super::ALGORITHM;
use super::digest::{Digest, push_digest};
use super::scope::CredentialScope;
use crate::decimal::push_decimal;

/// Four lines joined by line feeds.
#[derive(Debug)]
pub struct StringToSign(String);

impl StringToSign {
    /// Writes it; `timestamp` is in seconds, and `canonical` the canonical request's hash.
    pub fn new(timestamp: u64, scope: &CredentialScope, canonical: &Digest) -> Self {
        let mut text = String::with_capacity(192);
        text.push_str(ALGORITHM);
        text.push_str("\n");
        push_decimal(&mut text, timestamp, 1);
        text.push_str("\n");
        text.push_str(scope.text());
        text.push_str("\n");
        push_digest(&mut text, canonical);
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
    use crate::tc3::scope::CredentialScope;

    #[test]
    fn four_lines_in_order() {
        let scope = CredentialScope::new(0, "s");
        let text = StringToSign::new(0, &scope, &[0; 32]);
        let lines: Vec<&str> = text.text().split('\n').collect();
        assert_eq!(
            lines,
            [
                "TC3-HMAC-SHA256",
                "0",
                "1970-01-01/s/tc3_request",
                &"0".repeat(64)
            ]
        );
    }
}

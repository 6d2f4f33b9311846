//! The Authorization header: written for a request, read from one.

use super::ALGORITHM;
use super::digest::{Digest, push_digest, unhex};
use super::scope::{CredentialScope, TERMINATOR};

/// Writes the header's value.
pub fn write(
    secret_id: &str,
    scope: &CredentialScope,
    signed_headers: &str,
    signature: &Digest,
) -> String {
    let mut text = String::with_capacity(320);
    text.push_str(ALGORITHM);
    text.push_str(" Credential=");
    text.push_str(secret_id);
    text.push_str("/");
    text.push_str(scope.text());
    text.push_str(", SignedHeaders=");
    text.push_str(signed_headers);
    text.push_str(", Signature=");
    push_digest(&mut text, signature);
    text
}

/// The parts of a header's value; nothing in it is trusted yet.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Authorization<'a> {
    /// The word before the first space.
    pub algorithm: &'a str,
    /// Whose key signed.
    pub secret_id: &'a str,
    /// `YYYY-MM-DD`, as written.
    pub date: &'a str,
    /// The signed service, as written.
    pub service: &'a str,
    /// Names joined by `;`, as written.
    pub signed_headers: &'a str,
    /// The signature's bytes.
    pub signature: Digest,
}

impl<'a> Authorization<'a> {
    /// Reads a value; `Err` says which part is not as the documentation has it.
    pub fn parse(value: &'a str) -> Result<Self, &'static str> {
        let (algorithm, parts) = value
            .split_once(' ')
            .filter(|(algorithm, _)| !algorithm.is_empty())
            .ok_or("no space after the algorithm's name")?;
        let mut parts = parts.split(',').map(str::trim_ascii);
        let mut part = |name: &str, missing: &'static str| {
            parts
                .next()
                .and_then(|text| text.strip_prefix(name))
                .and_then(|text| text.strip_prefix('='))
                .ok_or(missing)
        };
        let credential = part("Credential", "the first part is not Credential=…")?;
        let signed_headers = part("SignedHeaders", "the second part is not SignedHeaders=…")?;
        let signature = part("Signature", "the third part is not Signature=…")?;
        if parts.next().is_some() {
            return Err("there is more after the signature");
        }
        // The secret id may hold a slash, so the scope is taken from the end.
        let mut scope = credential.rsplitn(4, '/');
        let terminator = scope.next();
        let service = scope.next().ok_or("Credential has no service")?;
        let date = scope.next().ok_or("Credential has no date")?;
        let secret_id = scope.next().ok_or("Credential has no secret id")?;
        if terminator != Some(TERMINATOR) {
            return Err("Credential does not end with tc3_request");
        }
        let signature =
            unhex(signature).ok_or("the signature is not 64 lower-case hexadecimal digits")?;
        Ok(Self {
            algorithm,
            secret_id,
            date,
            service,
            signed_headers,
            signature,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Authorization, write};
    use crate::tc3::scope::CredentialScope;

    #[test]
    fn what_is_written_is_read() {
        let scope = CredentialScope::new(1_700_000_000, "cvm");
        let text = write("id", &scope, "content-type;host", &[7; 32]);
        let parsed = Authorization::parse(&text).unwrap_or_else(|e| panic!("{e}"));
        assert_eq!(parsed.algorithm, "TC3-HMAC-SHA256");
        assert_eq!((parsed.secret_id, parsed.service), ("id", "cvm"));
        assert_eq!(parsed.date, "2023-11-14");
        assert_eq!(parsed.signed_headers, "content-type;host");
        assert_eq!(parsed.signature, [7; 32]);
    }

    #[test]
    fn garbage_says_which_part_is_wrong() {
        let check = |text: &str, expected: &str| {
            assert_eq!(Authorization::parse(text).err(), Some(expected), "{text}");
        };
        check("", "no space after the algorithm's name");
        check(" B", "no space after the algorithm's name");
        check("A B", "the first part is not Credential=…");
        check("A Credential=x", "the second part is not SignedHeaders=…");
        check(
            "A Credential=x, SignedHeaders=host",
            "the third part is not Signature=…",
        );
        check(
            "A Credential=x, SignedHeaders=host, Signature=1",
            "Credential has no service",
        );
        check(
            "A Credential=i/d/s/other, SignedHeaders=host, Signature=1",
            "Credential does not end with tc3_request",
        );
        check(
            "A Credential=i/d/s/tc3_request, SignedHeaders=host, Signature=1",
            "the signature is not 64 lower-case hexadecimal digits",
        );
    }
}

//! The signature: the last step.

use super::digest::Digest;
use super::key::SigningKey;
use super::string_to_sign::StringToSign;

/// The signature: HMAC-SHA256 of the string to sign under the signing key.
pub fn signature(key: &SigningKey, string_to_sign: &StringToSign) -> Digest {
    key.hmac(string_to_sign.text().as_bytes())
}

#[cfg(test)]
mod tests {
    use super::{SigningKey, StringToSign, signature};
    use crate::secret::Secret;
    use crate::tc3::canonical::{CanonicalRequest, Signable, Values};
    use crate::tc3::digest::{hex, sha256};
    use crate::tc3::scope::CredentialScope;

    /// The documentation's worked example with three signed headers (vector ex-05).
    #[test]
    fn it_is_that_of_the_documentation() {
        let body = r#"{"Limit": 1, "Filters": [{"Values": ["\u672a\u547d\u540d"], "Name": "instance-name"}]}"#;
        let canonical = CanonicalRequest::of(&Signable {
            method: "POST",
            query: "",
            headers: &[
                ("content-type", "application/json; charset=utf-8"),
                ("host", "cvm.tencentcloudapi.com"),
                ("x-tc-action", "DescribeInstances"),
            ],
            values: Values::Lower,
            hashed_payload: sha256(body.as_bytes()),
        });
        let scope = CredentialScope::new(1_551_113_065, "cvm");
        let key = SigningKey::derive(&Secret::new("*".repeat(32)), &scope);
        let signature = signature(
            &key,
            &StringToSign::new(1_551_113_065, &scope, &canonical.hash()),
        );
        assert_eq!(
            hex(&signature),
            "10b1a37a7301a02ca19a647ad722d5e43b4b3cff309d421d85b46093f6ab6c4f"
        );
    }
}

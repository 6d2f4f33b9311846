//! Every intermediate value of one signature, for people and for tests.

use super::canonical::{CanonicalRequest, Signable};
use super::digest::hex;
use super::key::DerivedKeys;
use super::scope::CredentialScope;
use super::signature;
use super::string_to_sign::StringToSign;
use super::{authorization, key::SigningKey};
use crate::secret::Secret;

/// All steps, in the order in which they are made; digests are lower-case hexadecimal digits.
#[derive(Debug, Default)]
pub struct Explanation {
    /// SHA-256 of the body.
    pub hashed_payload: String,
    /// The canonical request.
    pub canonical_request: String,
    /// SHA-256 of the canonical request.
    pub hashed_canonical_request: String,
    /// `YYYY-MM-DD/<service>/tc3_request`.
    pub credential_scope: String,
    /// The string to sign.
    pub string_to_sign: String,
    /// The signature.
    pub signature: String,
    /// The value of the Authorization header.
    pub authorization: String,
    /// Names joined by `;`.
    pub signed_headers: String,
    /// The three derived keys, only where they were asked for.
    pub keys: Option<[String; 3]>,
}

/// Signs a request and keeps every value on the way; the key cache is not touched.
pub fn explain(
    secret_id: &str,
    secret: &Secret,
    service: &str,
    timestamp: u64,
    request: &Signable<'_>,
    with_keys: bool,
) -> Explanation {
    let canonical = CanonicalRequest::of(request);
    let scope = CredentialScope::new(timestamp, service);
    let string_to_sign = StringToSign::new(timestamp, &scope, &canonical.hash());
    let signature = signature::signature(&SigningKey::derive(secret, &scope), &string_to_sign);
    let keys = with_keys.then(|| {
        let keys = DerivedKeys::derive(secret, &scope);
        [
            hex(&keys.secret_date),
            hex(&keys.secret_service),
            hex(&keys.secret_signing),
        ]
    });
    Explanation {
        hashed_payload: hex(&request.hashed_payload),
        canonical_request: canonical.text().into(),
        hashed_canonical_request: hex(&canonical.hash()),
        credential_scope: scope.text().into(),
        string_to_sign: string_to_sign.text().into(),
        signature: hex(&signature),
        authorization: authorization::write(
            secret_id,
            &scope,
            canonical.signed_headers(),
            &signature,
        ),
        signed_headers: canonical.signed_headers().into(),
        keys,
    }
}

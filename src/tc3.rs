//! TC3-HMAC-SHA256, step by step; it knows neither services nor answers.
//!
//! Each step of the documentation (chapter "Signature v3") is a file: [`canonical`], [`scope`],
//! [`string_to_sign`], [`key`], [`signature`], [`authorization`]; [`digest`] is what they share.

pub mod authorization;
mod cache;
pub mod canonical;
pub mod digest;
mod explain;
pub mod key;
pub mod scope;
pub mod signature;
pub mod string_to_sign;
pub(crate) mod verify;

pub use cache::KeyCache;
pub use canonical::{CanonicalRequest, Signable, UNSIGNED_PAYLOAD, Values};
pub use explain::{Explanation, explain};
pub use verify::{Check, Problem, Received, Verification, verify};

use crate::secret::Secret;
use scope::CredentialScope;
use string_to_sign::StringToSign;

/// The algorithm's name, as it stands in the string to sign and in the Authorization header.
pub const ALGORITHM: &str = "TC3-HMAC-SHA256";

/// Signs one request and returns the value of its Authorization header.
///
/// `timestamp` is in seconds. It cannot fail: what is signable was checked before.
pub fn sign(
    secret_id: &str,
    secret: &Secret,
    service: &str,
    timestamp: u64,
    request: &Signable<'_>,
    keys: &mut KeyCache,
) -> String {
    let canonical = CanonicalRequest::of(request);
    let scope = CredentialScope::new(timestamp, service);
    let string_to_sign = StringToSign::new(timestamp, &scope, &canonical);
    let key = keys.signing_key(secret, &scope);
    let signature = signature::signature(&key, &string_to_sign);
    authorization::write(secret_id, &scope, canonical.signed_headers(), &signature)
}

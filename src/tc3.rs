//! TC3-HMAC-SHA256, step by step; it knows neither services nor answers.
//!
//! Each step of the documentation (chapter "Signature v3") is a file: [`canonical`], [`scope`],
//! [`string_to_sign`], [`key`], [`signature`], [`authorization`]; [`digest`] is what they share. `cache` and `template` keep
//! what need not be computed again.

pub mod authorization;
mod cache;
pub mod canonical;
pub mod digest;
mod explain;
pub mod key;
mod message;
pub mod scope;
pub mod signature;
pub mod string_to_sign;
mod template;
pub(crate) mod verify;

pub use cache::KeyCache;
pub use canonical::{CanonicalRequest, Signable, UNSIGNED_PAYLOAD, Values};
pub use explain::{Explanation, explain};
pub use verify::{Check, Problem, Received, Verification, verify, verify_again, verify_and_keep};

use crate::secret::Secret;
use scope::CredentialScope;
use string_to_sign::StringToSign;
use template::Template;

/// The algorithm's name, as it stands in the string to sign and in the Authorization header.
pub const ALGORITHM: &str = "TC3-HMAC-SHA256";

/// Signs one request and returns the value of its Authorization header.
///
/// `timestamp` is in seconds. It cannot fail: what is signable was checked before. `keep` is the number under which
/// [`KeyCache::sign_again`] finds what the next signature has in common with this one; 0 where none is to come.
pub fn sign(
    secret_id: &str,
    secret: &Secret,
    service: &str,
    timestamp: u64,
    request: &Signable<'_>,
    keys: &mut KeyCache,
    keep: u32,
) -> String {
    let canonical = CanonicalRequest::of(request);
    let scope = CredentialScope::new(timestamp, service);
    let string_to_sign = StringToSign::new(timestamp, &scope, &canonical.hash());
    let key = keys.signing_key(secret, &scope);
    let signature = signature::signature(&key, &string_to_sign);
    let signed_headers = canonical.signed_headers();
    let authorization = authorization::write(secret_id, &scope, signed_headers, &signature);
    if keep != 0 {
        keys.keep(keep, Template::new(&canonical, &scope, &key));
    }
    authorization
}

//! The signing key: HMAC-SHA256 chained over date, service and `tc3_request`.

use super::digest::Digest;
use super::message::BLOCK;
use super::scope::{CredentialScope, TERMINATOR};
use crate::secret::Secret;
use hmac::digest::CtOutput;
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest as _, Sha256};
use zeroize::{Zeroize, Zeroizing};

/// The key that signs; zeroed when it is dropped.
#[derive(Clone)]
pub struct SigningKey(Digest);

impl SigningKey {
    /// Derives it from a secret key for one date and service.
    pub fn derive(secret: &Secret, scope: &CredentialScope) -> Self {
        Self(DerivedKeys::derive(secret, scope).secret_signing)
    }

    /// The same, derived before.
    pub(super) fn remembered(key: &Digest) -> Self {
        Self(*key)
    }

    /// Its bytes, for the one place that remembers them.
    pub(super) fn expose(&self) -> &Digest {
        &self.0
    }

    /// What HMAC hashes before the message, and before the message's hash (RFC 2104).
    pub(super) fn pads(&self) -> [Zeroizing<[u8; BLOCK]>; 2] {
        [0x36, 0x5c].map(|pad| {
            let mut block = Zeroizing::new([pad; BLOCK]);
            for (byte, key) in block.iter_mut().zip(self.0) {
                *byte ^= key;
            }
            block
        })
    }

    /// HMAC-SHA256 of `message` under this key.
    pub fn hmac(&self, message: &[u8]) -> Digest {
        hmac(&self.0, message)
    }

    /// Whether `tag` is the HMAC of `message` under this key, compared in constant time.
    pub fn verifies(&self, message: &[u8], tag: &Digest) -> bool {
        state(&self.0, message).verify_slice(tag).is_ok()
    }
}

/// Whether two tags are the same, in constant time.
pub(super) fn equal(one: &Digest, other: &Digest) -> bool {
    let tag = |bytes: &Digest| CtOutput::<Hmac<Sha256>>::new((*bytes).into());
    tag(one) == tag(other)
}

impl Drop for SigningKey {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

/// The three keys of the chain, as `explain` shows them when asked; zeroed when dropped.
pub struct DerivedKeys {
    /// HMAC of the date under `TC3` + secret key.
    pub secret_date: Digest,
    /// HMAC of the service under the key before.
    pub secret_service: Digest,
    /// HMAC of `tc3_request` under the key before: the signing key.
    pub secret_signing: Digest,
}

impl DerivedKeys {
    /// Derives all three.
    pub fn derive(secret: &Secret, scope: &CredentialScope) -> Self {
        let mut first = Zeroizing::new(Vec::new());
        first.extend_from_slice(b"TC3");
        first.extend_from_slice(secret.expose());
        let secret_date = hmac(&first, scope.date().as_bytes());
        let secret_service = hmac(&secret_date, scope.service().as_bytes());
        let secret_signing = hmac(&secret_service, TERMINATOR.as_bytes());
        Self {
            secret_date,
            secret_service,
            secret_signing,
        }
    }
}

impl Drop for DerivedKeys {
    fn drop(&mut self) {
        self.secret_date.zeroize();
        self.secret_service.zeroize();
        self.secret_signing.zeroize();
    }
}

/// HMAC-SHA256 of `message` under a key of any length.
#[inline(never)]
pub(crate) fn hmac(key: &[u8], message: &[u8]) -> Digest {
    state(key, message).finalize().into_bytes().into()
}
/// The HMAC's state behind a message, under a key of any length.
fn state(key: &[u8], message: &[u8]) -> Hmac<Sha256> {
    let mut block = [0; BLOCK];
    if key.len() > BLOCK {
        block[..32].copy_from_slice(&Sha256::digest(key));
    } else {
        block[..key.len()].copy_from_slice(key);
    }
    let mut state = Hmac::new(&block.into());
    block.zeroize();
    state.update(message);
    state
}

#[cfg(test)]
mod tests {
    use super::{DerivedKeys, Secret, hmac};
    use crate::tc3::digest::hex;
    use crate::tc3::scope::CredentialScope;

    #[test]
    fn hmac_is_that_of_rfc_4231() {
        assert_eq!(
            hex(&hmac(b"Jefe", b"what do ya want for nothing?")),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        );
        assert_eq!(
            hex(&hmac(
                &[0xaa; 131],
                b"Test Using Larger Than Block-Size Key - Hash Key First"
            )),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
        );
    }

    /// The three keys that one revision of the documentation prints (vector ex-05).
    #[test]
    fn the_chain_is_that_of_the_documentation() {
        let secret = Secret::new("*".repeat(32));
        let keys = DerivedKeys::derive(&secret, &CredentialScope::new(1_551_113_065, "cvm"));
        assert_eq!(
            hex(&keys.secret_date),
            "da98fb70dcf6b112dc21038d1eeeb3a95c74b4dcb12c1131f864f6066bd02be0"
        );
        assert_eq!(
            hex(&keys.secret_service),
            "8d70cbefb03939f929db64d32dc2ba89b1095620119fe3e050e2b18c5bd2752f"
        );
        assert_eq!(
            hex(&keys.secret_signing),
            "b596b923aad85185e2d1f6659d2a062e0a86731226e021e61bfe06f7ed05f5af"
        );
    }
}

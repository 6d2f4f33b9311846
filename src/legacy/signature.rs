//! The HMAC under the secret key as it is, in Base64.

use crate::errors::Problems;
use crate::secret::Secret;
use base64ct::{Base64, Encoding};
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;
use sha2::Sha256;

/// Which hash the HMAC uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Algorithm {
    /// The service's default, which ours is not.
    HmacSha1,
    /// The better one.
    HmacSha256,
}

impl Algorithm {
    /// Reads a name, as it is sent.
    pub fn parse(name: &str, problems: &mut Problems) -> Option<Self> {
        match name {
            "HmacSHA1" => Some(Self::HmacSha1),
            "HmacSHA256" => Some(Self::HmacSha256),
            _ => {
                let message = "must be `HmacSHA256` or `HmacSHA1`; for TC3-HMAC-SHA256 use `sign`";
                problems.value("algorithm", message);
                None
            }
        }
    }

    /// As it is sent, in `SignatureMethod`.
    pub fn name(self) -> &'static str {
        match self {
            Self::HmacSha1 => "HmacSHA1",
            Self::HmacSha256 => "HmacSHA256",
        }
    }

    /// The signature of a text: Base64 with padding, of 20 or 32 bytes.
    pub fn sign(self, secret: &Secret, text: &str) -> String {
        match self {
            Self::HmacSha1 => mac::<Hmac<Sha1>>(secret, text),
            Self::HmacSha256 => mac::<Hmac<Sha256>>(secret, text),
        }
    }
}

fn mac<M: Mac + KeyInit>(secret: &Secret, text: &str) -> String {
    // An HMAC takes keys of any length.
    let Ok(mut mac) = <M as KeyInit>::new_from_slice(secret.expose()) else {
        return String::new();
    };
    mac.update(text.as_bytes());
    Base64::encode_string(&mac.finalize().into_bytes())
}

//! SHA-256, and digests as hexadecimal digits.

use crate::hex::write_digits;
use sha2::{Digest as _, Sha256};

/// 32 bytes, as SHA-256 gives them.
pub type Digest = [u8; 32];

/// SHA-256 of `bytes`.
#[inline(never)]
pub fn sha256(bytes: &[u8]) -> Digest {
    Sha256::digest(bytes).into()
}

/// Appends the 64 lower-case hexadecimal digits of a digest.
#[inline(never)]
pub fn push_digest(text: &mut String, digest: &Digest) {
    let mut digits = [0; 64];
    write_digits(&mut digits, digest);
    text.push_str(core::str::from_utf8(&digits).unwrap_or_default());
}

/// The 64 lower-case hexadecimal digits of a digest.
pub fn hex(digest: &Digest) -> String {
    let mut text = String::new();
    push_digest(&mut text, digest);
    text
}

/// The bytes of 64 lower-case hexadecimal digits; `None` for any other text.
pub fn unhex(text: &str) -> Option<Digest> {
    if text.len() != 64 {
        return None;
    }
    let mut digest = [0; 32];
    for (at, digit) in text.bytes().enumerate() {
        let value = match digit {
            b'0'..=b'9' => digit - b'0',
            b'a'..=b'f' => digit - b'a' + 10,
            _ => return None,
        };
        digest[at / 2] = digest[at / 2] << 4 | value;
    }
    Some(digest)
}

#[cfg(test)]
mod tests {
    use super::{hex, sha256, unhex};

    #[test]
    fn hexadecimal_digits_are_read_back() {
        let digest = sha256(b"x");
        assert_eq!(unhex(&hex(&digest)), Some(digest));
        assert_eq!(unhex(&hex(&digest).to_uppercase()), None);
        assert_eq!(unhex("00"), None);
        assert_eq!(unhex(&"é".repeat(32)), None);
    }

    #[test]
    fn the_empty_text_has_the_known_hash() {
        assert_eq!(
            hex(&sha256(b"")),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        );
    }
}

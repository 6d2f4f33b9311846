//! A value that never prints.

use core::fmt;
use zeroize::Zeroize;

/// A secret key. `Debug` shows nothing of it, and its memory is zeroed when it is dropped.
#[derive(Clone)]
pub struct Secret(Vec<u8>);

impl Secret {
    /// Takes the secret key's text.
    pub fn new(text: String) -> Self {
        Self(text.into_bytes())
    }

    /// The key's bytes, for the one place that hashes them.
    pub fn expose(&self) -> &[u8] {
        &self.0
    }
}

impl Drop for Secret {
    fn drop(&mut self) {
        self.0.as_mut_slice().zeroize();
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(hidden)")
    }
}

#[cfg(test)]
mod tests {
    use super::Secret;

    #[test]
    fn a_secret_does_not_print() {
        let text = format!("{:?}", Secret::new("sentinel".into()));
        assert_eq!(text, "Secret(hidden)");
    }
}

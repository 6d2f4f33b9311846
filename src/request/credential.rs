//! What a credential must be before it signs, whatever the way of signing.

use crate::errors::Problems;
use crate::secret::Secret;
use crate::text::within;

/// Finds what keeps a key pair from signing. Problems name members, never their values.
pub fn check(secret_id: &str, secret: &Secret, problems: &mut Problems) {
    check_key("credential.secretId", secret_id.as_bytes(), problems);
    check_key("credential.secretKey", secret.expose(), problems);
    // All that is printed but the comma, which ends it in the Authorization header.
    if !within(secret_id, b"!+-~") {
        let message = "holds a character that no secret id has; copy it again";
        problems.value("credential.secretId", message);
    }
}

#[inline(never)]
fn check_key(path: &str, value: &[u8], problems: &mut Problems) {
    if value.is_empty() {
        problems.push(path, "Missing", "must be given");
    } else if value.trim_ascii().len() != value.len() {
        let message = "begins or ends with white space; trim it, the signature would not fit";
        problems.value(path, message);
    }
}

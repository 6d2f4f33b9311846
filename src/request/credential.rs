//! What a credential and a service's name must be before they sign, whatever the way of signing.

use crate::errors::Problem;
use crate::secret::Secret;

/// Finds what keeps a key pair from signing. Problems name members, never their values.
pub fn check(secret_id: &str, secret: &Secret, problems: &mut Vec<Problem>) {
    let (id, key) = (secret_id.as_bytes(), secret.expose());
    check_key("credential.secretId", id, problems);
    check_key("credential.secretKey", key, problems);
    if id.iter().any(|b| !b.is_ascii_graphic() || *b == b',') {
        let message = "holds a character that no secret id has; copy it again";
        problems.push(Problem::new("credential.secretId", "Value", message));
    }
}

/// Finds what keeps a text from being a service's name.
pub fn check_service(service: &str, problems: &mut Vec<Problem>) {
    let in_name = |b: u8| b.is_ascii_alphanumeric() || b"-_.".contains(&b);
    if service.is_empty() || !service.bytes().all(in_name) {
        let message = "must be the service's short name, such as `iotvideo`";
        problems.push(Problem::new("service", "Value", message));
    }
}

fn check_key(path: &str, value: &[u8], problems: &mut Vec<Problem>) {
    if value.is_empty() {
        problems.push(Problem::new(path, "Missing", "must be given"));
    } else if value.trim_ascii().len() != value.len() {
        let message = "begins or ends with white space; trim it, the signature would not fit";
        problems.push(Problem::new(path, "Value", message));
    }
}

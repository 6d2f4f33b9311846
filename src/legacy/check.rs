//! What only the older signatures ask of a request; what all ask is checked by `request`.

use super::Parameters;
use crate::errors::Problems;
use crate::request::MAX_QUERY;

/// The common parameters, each with the member that gives it.
const COMMON: [(&str, &str); 11] = [
    ("Action", "is a common parameter; use `action`"),
    ("Version", "is a common parameter; use `version`"),
    ("Timestamp", "is a common parameter; use `timestamp`"),
    ("Nonce", "is a common parameter; use `nonce`"),
    (
        "SecretId",
        "is a common parameter; use the credential's `secretId`",
    ),
    ("Signature", "is what signing makes"),
    ("SignatureMethod", "is a common parameter; use `algorithm`"),
    ("Region", "is a common parameter; use `region`"),
    (
        "Token",
        "is a common parameter; use the credential's `token`",
    ),
    ("Language", "is a common parameter; use `language`"),
    (
        "RequestClient",
        "is a common parameter; use `requestClient`",
    ),
];

/// A form may have up to 1 MB (*Request Structure*).
const MAX_FORM: usize = 1024 * 1024;

/// Whether a nonce is a positive integer that the SDKs could give too.
pub(super) fn nonce(nonce: u64, problems: &mut Problems) {
    if !(1..1 << 63).contains(&nonce) {
        problems.value("nonce", "must be a whole number from 1 to 2^63 - 1");
    }
}

/// Parameters that would stand twice in the set: none is replaced silently.
pub(super) fn names(params: &Parameters, problems: &mut Problems) {
    let mut before = None;
    for name in params.names() {
        if let Some((_, instead)) = COMMON.iter().find(|(common, _)| *common == name) {
            problems.value(name, instead);
        } else if before == Some(name) {
            problems.value(name, "is given twice");
        }
        before = Some(name);
    }
}

/// Whether the service takes a query or a form of that many bytes.
pub(super) fn length(method: &str, bytes: usize) -> Result<(), Problems> {
    let message = match method {
        "GET" if bytes > MAX_QUERY => {
            "makes a query above 32 KB, the most that a GET takes; use POST"
        }
        "POST" if bytes > MAX_FORM => {
            "makes a form above 1 MB, the most that these signatures take; use `sign`, with which it is 10 MB"
        }
        _ => return Ok(()),
    };
    Err(Problems::one("params", "TooLarge", message))
}

#[cfg(test)]
mod tests {
    use super::{MAX_FORM, MAX_QUERY, Problems, length};

    fn nonce(nonce: u64) -> bool {
        let mut problems = Problems::default();
        super::nonce(nonce, &mut problems);
        problems.is_empty()
    }

    #[test]
    fn the_limits_are_inside() {
        for (method, most) in [("GET", MAX_QUERY), ("POST", MAX_FORM)] {
            assert!(length(method, most).is_ok());
            assert!(length(method, most + 1).is_err());
        }
        for right in [1, (1 << 63) - 1] {
            assert!(nonce(right) && !nonce(right.wrapping_add(1 << 63)));
        }
    }
}

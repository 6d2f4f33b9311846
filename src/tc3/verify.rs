//! Checks a received request's signature, and says what is wrong with it; never what would be right.

use super::ALGORITHM;
use super::authorization::Authorization;
use super::cache::KeyCache;
use super::canonical::{CanonicalRequest, Signable, UNSIGNED_PAYLOAD, Values};
use super::digest::{Digest, sha256};
use super::key::{SigningKey, equal};
use super::scope::{CredentialScope, LAST_TIMESTAMP};
use super::string_to_sign::StringToSign;
use super::template::Template;
use crate::decimal::push_decimal;
use crate::secret::Secret;

/// How far a timestamp may be from the verifier's clock, in either direction (*Common Params*).
pub(crate) const WINDOW_MS: i64 = 300_000;

/// A request as it arrived.
#[derive(Clone, Copy, Debug)]
pub struct Received<'a> {
    /// In capitals.
    pub method: &'a str,
    /// Path and query as they were sent.
    pub target: &'a str,
    /// As they were sent; names in any case.
    pub headers: &'a [(&'a str, &'a str)],
    /// The body's bytes.
    pub body: &'a [u8],
}

impl<'a> Received<'a> {
    /// The value of a header, if it was sent exactly once; `name` in lower case.
    pub fn header(&self, name: &str) -> Option<&'a str> {
        let mut values = self
            .headers
            .iter()
            .filter(|(sent, _)| sent.eq_ignore_ascii_case(name));
        let value = values.next()?.1;
        values.next().is_none().then_some(value)
    }
}

/// What is checked, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Check {
    /// The request and its Authorization header have the documented form.
    Form,
    /// The algorithm is TC3-HMAC-SHA256.
    Algorithm,
    /// The secret id is known.
    SecretId,
    /// The scope's date is the UTC date of the timestamp.
    Date,
    /// The scope's service is the one that was called.
    Service,
    /// `content-type` and `host` are signed, and every signed header was sent, once.
    SignedHeaders,
    /// The timestamp is within five minutes of the verifier's clock.
    Window,
    /// The signature is that of this request.
    Signature,
}

impl Check {
    /// The name that JavaScript sees.
    pub fn name(self) -> &'static str {
        match self {
            Self::Form => "form",
            Self::Algorithm => "algorithm",
            Self::SecretId => "secretId",
            Self::Date => "date",
            Self::Service => "service",
            Self::SignedHeaders => "signedHeaders",
            Self::Window => "window",
            Self::Signature => "signature",
        }
    }
}

/// A check that failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Which one.
    pub check: Check,
    /// What is wrong, for a person.
    pub message: String,
}

/// What became of all checks; it holds neither the expected signature nor a key.
#[derive(Clone, Debug, Default)]
pub struct Verification {
    /// Who claims to have signed, if the header could be read.
    pub secret_id: Option<String>,
    /// Whether its sender left the body out of the signature: anybody may have changed it.
    pub unsigned_payload: bool,
    /// All checks that failed, in order. Where the form, the secret id or a signed header fails, the
    /// signature cannot be computed and is not listed.
    pub problems: Vec<Problem>,
}

impl Verification {
    /// Whether every check passed.
    pub fn ok(&self) -> bool {
        self.problems.is_empty()
    }

    fn fail(&mut self, check: Check, message: &str) {
        self.problems.push(Problem {
            check,
            message: message.into(),
        });
    }
}

/// Verifies a request. `service` is the one that was called, `None` where any will do; `now_ms` is the
/// verifier's clock in milliseconds; `lookup` gives the secret key of a secret id.
pub fn verify(
    received: &Received<'_>,
    service: Option<&str>,
    now_ms: i64,
    lookup: impl FnOnce(&str) -> Option<Secret>,
) -> Verification {
    verify_and_keep(received, service, now_ms, lookup, None)
}

/// The same; `keep` says under which number [`verify_again`] finds what the next request has in common with this one.
pub fn verify_and_keep(
    received: &Received<'_>,
    service: Option<&str>,
    now_ms: i64,
    lookup: impl FnOnce(&str) -> Option<Secret>,
    keep: Option<(u32, &mut KeyCache)>,
) -> Verification {
    let mut result = Verification::default();
    let query = match form(received) {
        Ok(query) => query,
        Err(message) => {
            result.fail(Check::Form, message);
            return result;
        }
    };
    let parsed = received
        .header("authorization")
        .ok_or("the Authorization header is not there exactly once")
        .and_then(Authorization::parse);
    let authorization = match parsed {
        Ok(authorization) => authorization,
        Err(message) => {
            result.fail(Check::Form, message);
            return result;
        }
    };
    result.secret_id = Some(authorization.secret_id.into());
    result.unsigned_payload = unsigned_payload(received);
    let Some(timestamp) = timestamp(received) else {
        result.fail(
            Check::Form,
            "X-TC-Timestamp is not there exactly once as whole seconds since 1970",
        );
        return result;
    };

    if authorization.algorithm != ALGORITHM {
        result.fail(Check::Algorithm, "the algorithm is not TC3-HMAC-SHA256");
    }
    // Anybody can sign with an empty key: it is none.
    let secret = lookup(authorization.secret_id).filter(|secret| !secret.expose().is_empty());
    if secret.is_none() {
        result.fail(Check::SecretId, "the secret id is not known here");
    }
    let scope = CredentialScope::new(timestamp, authorization.service);
    if scope.date() != authorization.date {
        let mut message = String::from("the scope's date is not the timestamp's UTC date, ");
        message.push_str(scope.date());
        result.fail(Check::Date, &message);
    }
    if service.is_some_and(|service| service != authorization.service) {
        result.fail(
            Check::Service,
            "the scope names another service than was called",
        );
    }
    let headers = signed_headers(received, authorization.signed_headers);
    if let Err(message) = &headers {
        result.fail(Check::SignedHeaders, message);
    }
    if let Some(message) = outside_window(timestamp, now_ms) {
        result.fail(Check::Window, &message);
    }
    let (Some(secret), Ok(headers)) = (secret, headers) else {
        return result;
    };

    let canonical = CanonicalRequest::of(&Signable {
        method: received.method,
        query,
        headers: &headers,
        values: Values::Lower,
        hashed_payload: hashed_payload(received),
    });
    let string_to_sign = StringToSign::new(timestamp, &scope, &canonical.hash());
    let key = SigningKey::derive(&secret, &scope);
    if !key.verifies(string_to_sign.text().as_bytes(), &authorization.signature) {
        result.fail(
            Check::Signature,
            "the signature does not fit this request and the secret key of this id",
        );
    }
    if let Some((number, keys)) = keep
        && result.ok()
        && can_repeat(received, &headers, result.unsigned_payload)
    {
        keys.keep(number, Template::new(&canonical, &scope, &key));
    }
    result
}

/// Whether only payload and time tell a request from the next one of the same head.
fn can_repeat(received: &Received<'_>, signed: &[(&str, &str)], unsigned_payload: bool) -> bool {
    let signs_time = signed.iter().any(|(name, _)| *name == "x-tc-timestamp");
    received.method == "POST" && !unsigned_payload && !signs_time
}

/// Whether a request passes every check whose head passed them before, all but its timestamp, in seconds, and its signature.
/// `false` says nothing but that it has to be verified in all steps.
pub fn verify_again(
    number: u32,
    body: &[u8],
    signature: &Digest,
    timestamp: u64,
    now_ms: i64,
    keys: &mut KeyCache,
) -> bool {
    let expected = keys.sign_again(number, &sha256(body), timestamp);
    body != UNSIGNED_PAYLOAD.as_bytes()
        && outside_window(timestamp, now_ms).is_none()
        && expected.is_some_and(|expected| equal(&expected, signature))
}

/// Method, path and query have the documented form; gives the query that is signed.
fn form<'a>(received: &Received<'a>) -> Result<&'a str, &'static str> {
    let (path, query) = received
        .target
        .split_once('?')
        .unwrap_or((received.target, ""));
    if path != "/" {
        return Err("the path is not /");
    }
    match received.method {
        "GET" => Ok(query),
        "POST" if query.is_empty() => Ok(""),
        "POST" => Err("a POST has no query"),
        _ => Err("the method is neither POST nor GET"),
    }
}

/// A body that is the marker itself cannot be told from one that was not signed.
fn unsigned_payload(received: &Received<'_>) -> bool {
    received.header("x-tc-content-sha256") == Some(UNSIGNED_PAYLOAD)
        || received.body == UNSIGNED_PAYLOAD.as_bytes()
}

fn hashed_payload(received: &Received<'_>) -> Digest {
    if unsigned_payload(received) {
        return sha256(UNSIGNED_PAYLOAD.as_bytes());
    }
    sha256(received.body)
}

fn timestamp(received: &Received<'_>) -> Option<u64> {
    let text = received.header("x-tc-timestamp")?;
    if text.is_empty() || !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    text.parse()
        .ok()
        .filter(|seconds| *seconds <= LAST_TIMESTAMP)
}

/// The headers that the list names, with the values that were sent.
pub(crate) fn signed_headers<'a>(
    received: &Received<'a>,
    list: &'a str,
) -> Result<Vec<(&'a str, &'a str)>, String> {
    let mut headers: Vec<(&str, &str)> = Vec::new();
    for name in list.split(';') {
        if name.is_empty() || name.bytes().any(|b| b.is_ascii_uppercase()) {
            return Err("the signed headers are not lower-case names joined by ;".into());
        }
        if headers.last().is_some_and(|(before, _)| *before >= name) {
            return Err("the signed headers are not sorted, or one is there twice".into());
        }
        let Some(value) = received.header(name) else {
            let mut message = String::from("the signed header ");
            message.push_str(name);
            message.push_str(" was not sent exactly once");
            return Err(message);
        };
        headers.push((name, value));
    }
    for required in ["content-type", "host"] {
        if !headers.iter().any(|(name, _)| *name == required) {
            let mut message = String::from(required);
            message.push_str(" is not among the signed headers");
            return Err(message);
        }
    }
    Ok(headers)
}

/// How far outside of the window a timestamp lies, in words; `None` inside.
fn outside_window(timestamp: u64, now_ms: i64) -> Option<String> {
    let signed_ms = i64::try_from(timestamp).ok()?.saturating_mul(1000);
    let late_ms = now_ms.saturating_sub(signed_ms);
    if (-WINDOW_MS..=WINDOW_MS).contains(&late_ms) {
        return None;
    }
    let mut message = String::from("the timestamp is ");
    push_decimal(&mut message, late_ms.unsigned_abs() / 1000, 1);
    message.push_str(if late_ms > 0 {
        " s behind this clock; 300 s are allowed"
    } else {
        " s ahead of this clock; 300 s are allowed"
    });
    Some(message)
}

#[cfg(test)]
mod tests;

//! The sender's own canonical request and string to sign, line by line against the right ones.

use super::Trial;
use super::cause::{Cause, Finding};
use super::recipe::Signer;
use crate::tc3::UNSIGNED_PAYLOAD;
use crate::tc3::digest::{hex, sha256};
use serde::Serialize;

/// The first line that differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// `canonicalRequest` or `stringToSign`.
    pub text: &'static str,
    /// From 1.
    pub line: usize,
    /// What that line is, such as `hashed payload` or `header host`.
    pub name: String,
    /// The sender's line; empty where its text has ended.
    pub sender: String,
    /// The right line; empty where the right text has ended.
    pub expected: String,
}

/// What the comparison gives.
#[derive(Default)]
pub(super) struct Compared {
    pub(super) difference: Option<Difference>,
    pub(super) causes: Vec<Finding>,
}

/// What the sender's texts tell about the key.
pub(super) struct Texts {
    /// The signature is that of the sender's string to sign under our key.
    pub(super) signed_with_our_key: bool,
    /// The sender's canonical request is the right one.
    pub(super) canonical_request_is_right: bool,
}

/// Two texts, line by line. A line feed that a paste added to the end is passed over.
struct Pair<'a> {
    text: &'static str,
    sender: Vec<&'a str>,
    expected: Vec<&'a str>,
}

/// Compares what the sender gave.
pub(super) fn compare(trial: &Trial<'_>) -> Compared {
    let canonical = trial.base.canonical_request();
    let to_sign = trial.base.string_to_sign(&canonical);
    let mut compared = Compared::default();
    if let Some(sender) = &trial.input.canonical_request {
        let pair = Pair::new("canonicalRequest", sender, &canonical);
        compared.add(
            trial,
            &pair,
            canonical_name,
            |trial, name, sender, expected| Some(canonical_cause(trial, name, sender, expected)),
        );
        // The payload's line is looked at by itself, since it tells most.
        let (last, right) = (pair.sender.last(), pair.expected.last());
        if let (Some(last), Some(right)) = (last, right)
            && last != right
            && pair.sender.len() >= 6
        {
            let cause = payload_cause(last, right);
            compared.push(trial, Some(cause), pair.text, "hashed payload", last, right);
        }
    }
    if let Some(sender) = &trial.input.string_to_sign {
        let pair = Pair::new("stringToSign", sender, &to_sign);
        compared.add(trial, &pair, to_sign_name, to_sign_cause);
    }
    compared
}

/// What the sender's texts tell about the key.
pub(super) fn sender(trial: &Trial<'_>) -> Texts {
    let canonical = trial.base.canonical_request();
    let theirs = trial.input.canonical_request.as_deref().map(trimmed);
    let to_sign = match (&trial.input.string_to_sign, theirs) {
        (Some(text), _) => Some(trimmed(text).to_string()),
        (None, Some(theirs)) => Some(trial.base.string_to_sign(theirs)),
        (None, None) => None,
    };
    let signed = trial.input.credential.as_ref().zip(to_sign);
    Texts {
        signed_with_our_key: signed.is_some_and(|(credential, text)| {
            let key = trial.base.with_secret(credential).key;
            Signer::default().signs(&key, &text, &trial.authorization.signature)
        }),
        canonical_request_is_right: theirs == Some(canonical.as_str()),
    }
}

impl<'a> Pair<'a> {
    fn new(text: &'static str, sender: &'a str, expected: &'a str) -> Self {
        Self {
            text,
            sender: trimmed(sender).split('\n').collect(),
            expected: expected.split('\n').collect(),
        }
    }

    fn first(&self) -> Option<usize> {
        let most = self.sender.len().max(self.expected.len());
        (0..most).find(|at| self.sender.get(*at) != self.expected.get(*at))
    }
}

fn trimmed(text: &str) -> &str {
    text.strip_suffix('\n').unwrap_or(text)
}

impl Compared {
    fn add(
        &mut self,
        trial: &Trial<'_>,
        pair: &Pair<'_>,
        name: fn(&[&str], usize) -> String,
        cause: fn(&Trial<'_>, &str, &str, &str) -> Option<Cause>,
    ) {
        let Some(at) = pair.first() else {
            return;
        };
        let line = |lines: &[&'_ str]| lines.get(at).copied().unwrap_or_default().to_string();
        let (sender, expected) = (line(&pair.sender), line(&pair.expected));
        let name = name(&pair.expected, at);
        let cause = cause(trial, &name, &sender, &expected);
        self.push(trial, cause, pair.text, &name, &sender, &expected);
        self.difference.get_or_insert_with(|| Difference {
            text: pair.text,
            line: at + 1,
            sender: shown(trial, &name, &sender),
            expected: shown(trial, &name, &expected),
            name,
        });
    }

    fn push(
        &mut self,
        trial: &Trial<'_>,
        cause: Option<Cause>,
        text: &str,
        name: &str,
        sender: &str,
        expected: &str,
    ) {
        let text = match text {
            "canonicalRequest" => "canonical request",
            _ => "string to sign",
        };
        let [sender, expected] = [sender, expected].map(|line| shown(trial, name, line));
        self.causes.extend(cause.map(|cause| {
            cause.certain(format!(
                "In the sender's {text}, the line of the {name} is {}; for what was sent it is {}.",
                trial.hider.quote(&sender),
                trial.hider.quote(&expected)
            ))
        }));
    }
}

/// A token's line is not shown at all: it may be another one than ours.
fn shown(trial: &Trial<'_>, name: &str, line: &str) -> String {
    let hidden = ["x-tc-token", "authorization"].iter().any(|secret| {
        name.ends_with(secret) || line.trim_start().to_ascii_lowercase().starts_with(secret)
    });
    if hidden {
        return "(hidden)".into();
    }
    trial.hider.hide(line)
}

fn canonical_name(lines: &[&str], at: usize) -> String {
    match at {
        0 => "method".into(),
        1 => "path".into(),
        2 => "query".into(),
        _ if at + 1 == lines.len() => "hashed payload".into(),
        _ if at + 2 == lines.len() => "signed headers".into(),
        _ if at + 3 == lines.len() => "empty line after the headers".into(),
        _ => match lines.get(at).and_then(|line| line.split_once(':')) {
            Some((name, _)) => format!("header {name}"),
            None => "end".into(),
        },
    }
}

fn to_sign_name(_: &[&str], at: usize) -> String {
    let names = [
        "algorithm",
        "timestamp",
        "credential scope",
        "hashed canonical request",
    ];
    names.get(at).copied().unwrap_or("end").into()
}

fn canonical_cause(trial: &Trial<'_>, name: &str, sender: &str, expected: &str) -> Cause {
    match name {
        "method" => Cause::MethodDiffers,
        "path" => Cause::PathSigned,
        "query" => query_cause(trial, sender, expected),
        "hashed payload" => payload_cause(sender, expected),
        _ => header_cause(sender, expected),
    }
}

fn payload_cause(sender: &str, expected: &str) -> Cause {
    let mark = hex(&sha256(UNSIGNED_PAYLOAD.as_bytes()));
    if sender == mark || expected == mark {
        Cause::UnsignedPayloadHeader
    } else {
        Cause::BodyChanged
    }
}

fn query_cause(trial: &Trial<'_>, sender: &str, expected: &str) -> Cause {
    let sorted = |query: &str| {
        let mut parts: Vec<String> = query.split('&').map(String::from).collect();
        parts.sort();
        parts
    };
    if trial.request.method == "POST" {
        Cause::QueryOnPost
    } else if sender.is_empty() {
        Cause::QueryNotSigned
    } else if sorted(sender) == sorted(expected) {
        Cause::QueryOrder
    } else {
        Cause::DoubleEncodedQuery
    }
}

fn header_cause(sender: &str, expected: &str) -> Cause {
    let parts = sender.split_once(':').zip(expected.split_once(':'));
    let Some(((name, signed), (_, right))) = parts.filter(|(one, other)| one.0 == other.0) else {
        return Cause::SignedHeadersList;
    };
    let port = |host: &str| host.split(':').next().map(str::to_ascii_lowercase);
    if signed.trim().eq_ignore_ascii_case(right) {
        return Cause::ValuesNotLowered;
    }
    match name {
        "content-type" => Cause::ContentTypeDiffers,
        "host" if port(signed) == port(right) => Cause::HostPort,
        "host" => Cause::HostDiffers,
        // The header was sent with another value than was signed: it was changed on the way.
        _ => Cause::SignedHeadersList,
    }
}

fn to_sign_cause(_: &Trial<'_>, name: &str, sender: &str, expected: &str) -> Option<Cause> {
    match name {
        "algorithm" => Some(Cause::Algorithm),
        "timestamp" => Some(Cause::TimestampHeader),
        "credential scope" if sender.split('/').next() != expected.split('/').next() => {
            Some(Cause::DateNotUtc)
        }
        "credential scope" => Some(Cause::ServiceInScope),
        // A digest says that something differs, but not what.
        _ => None,
    }
}

//! The one set of parameters: the caller's and the common ones, sorted; as it is signed, and as it is sent.

use super::{Algorithm, Input};
use crate::decimal::push_decimal;
use crate::errors::Problems;
use crate::request::{Member, flatten, push_pair};

/// Names and values, not encoded, sorted by name in ASCII order (`A.10` before `A.2`).
#[derive(Debug)]
pub struct Parameters(Vec<(String, String)>);

impl Parameters {
    /// Those of a JSON text; none where it is not an object.
    pub(super) fn read(json: &str, problems: &mut Problems) -> Self {
        let mut pairs = Vec::new();
        flatten(json, problems, &mut |name, value| {
            pairs.push((name.into(), value.into()));
        });
        Self::new(pairs)
    }

    /// Sorts parameters; a signature is not among them.
    pub fn new(mut pairs: Vec<(String, String)>) -> Self {
        pairs.sort_unstable();
        Self(pairs)
    }

    /// The names, in order.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(name, _)| name.as_str())
    }

    /// Adds the common parameters (*Common Params*) that are given.
    pub(super) fn with_common(
        mut self,
        input: &Input<'_>,
        algorithm: Algorithm,
        timestamp: u64,
    ) -> Self {
        let head = &input.head;
        let mut seconds = String::with_capacity(12);
        push_decimal(&mut seconds, timestamp, 1);
        let mut nonce = String::with_capacity(20);
        push_decimal(&mut nonce, input.nonce, 1);
        for (name, value) in [
            ("Action", head[Member::Action]),
            ("Version", head[Member::Version]),
            ("Timestamp", &seconds),
            ("Nonce", &nonce),
            ("SecretId", input.secret_id),
            ("SignatureMethod", algorithm.name()),
            ("Region", head[Member::Region]),
            ("Token", head[Member::Token]),
            ("Language", head[Member::Language]),
            ("RequestClient", head[Member::RequestClient]),
        ] {
            if !value.is_empty() {
                self.0.push((name.into(), value.into()));
            }
        }
        Self::new(self.0)
    }

    /// The text to sign: values stand in it as they are.
    pub fn string_to_sign(&self, method: &str, host: &str) -> String {
        let mut text = String::with_capacity(1024);
        text.push_str(method);
        text.push_str(host);
        text.push_str("/?");
        for (at, (name, value)) in self.0.iter().enumerate() {
            if at > 0 {
                text.push('&');
            }
            text.push_str(name);
            text.push('=');
            text.push_str(value);
        }
        text
    }

    /// The text that is sent: names and values encoded after RFC 3986.
    pub fn encoded(&self) -> String {
        let mut form = String::new();
        for (name, value) in &self.0 {
            push_pair(&mut form, name, value);
        }
        form
    }
}

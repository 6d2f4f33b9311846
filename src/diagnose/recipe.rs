//! Everything that goes into a signature, each part free to be wrong.

use super::input::Credential;
use super::request::Request;
use crate::decimal::push_decimal;
use crate::tc3::authorization::Authorization;
use crate::tc3::canonical;
use crate::tc3::digest::{Digest, hex, sha256};
use crate::tc3::key::hmac;
use crate::tc3::scope::{CredentialScope, LAST_TIMESTAMP, TERMINATOR};
use crate::tc3::{ALGORITHM, UNSIGNED_PAYLOAD, Values};
use zeroize::Zeroizing;

/// What may become of a whole text.
pub(super) type Rewrite = fn(String) -> String;

/// How a request was signed, or may have been.
#[derive(Clone)]
pub(super) struct Recipe {
    pub(super) method: String,
    pub(super) path: String,
    pub(super) query: String,
    /// In the order in which they are signed; values as they are sent.
    pub(super) headers: Vec<(String, String)>,
    pub(super) values: Values,
    /// The list of the signed headers.
    pub(super) list: String,
    /// The payload's digest in hexadecimal digits.
    pub(super) payload: String,
    /// What becomes of the canonical request before it is hashed.
    pub(super) rewrite: Rewrite,
    pub(super) algorithm: &'static str,
    pub(super) timestamp: String,
    /// Date and service, as they stand in the scope.
    pub(super) scope: [String; 2],
    pub(super) key: Key,
}

/// How the signing key was derived.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Key {
    /// What stands before the secret key.
    pub(super) prefix: &'static str,
    pub(super) secret: Zeroizing<Vec<u8>>,
    /// Date and service, as they were hashed.
    pub(super) scope: [String; 2],
    /// Which of the three results was used as hexadecimal digits instead of bytes.
    pub(super) hexed: [bool; 3],
}

impl Recipe {
    /// The right one for a request whose header says what it says: date, service, list and timestamp are taken
    /// from the request, so that a fault in one of them hides no other.
    pub(super) fn right(request: &Request, authorization: &Authorization<'_>) -> Self {
        let (_, query) = request.path_and_query();
        let scope = [authorization.date.into(), authorization.service.into()];
        let mut recipe = Self {
            method: request.method.clone(),
            path: "/".into(),
            query: if request.method == "POST" { "" } else { query }.into(),
            headers: Vec::new(),
            values: Values::Lower,
            list: String::new(),
            payload: hex(&payload(request)),
            rewrite: |text| text,
            algorithm: ALGORITHM,
            timestamp: request.header("x-tc-timestamp").unwrap_or_default().into(),
            scope: scope.clone(),
            key: Key {
                prefix: "TC3",
                secret: Zeroizing::default(),
                scope,
                hexed: [false; 3],
            },
        };
        for name in authorization.signed_headers.split(';') {
            let name = name.to_ascii_lowercase();
            let value = request.header(&name).unwrap_or_default().into();
            recipe.headers.push((name, value));
        }
        recipe.sort_headers();
        recipe
    }

    /// The same with the credential's key.
    pub(super) fn with_secret(&self, credential: &Credential) -> Self {
        let mut recipe = self.clone();
        recipe.key.secret = credential.secret_key.expose().to_vec().into();
        recipe
    }

    /// Sorts the headers and writes their list.
    pub(super) fn sort_headers(&mut self) {
        self.headers.sort();
        self.headers.dedup_by(|one, other| one.0 == other.0);
        self.write_list();
    }

    /// Writes the list of the headers in their order.
    pub(super) fn write_list(&mut self) {
        let names: Vec<&str> = self.headers.iter().map(|(name, _)| name.as_str()).collect();
        self.list = names.join(";");
    }

    /// The value of a signed header.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(signed, _)| signed == name);
        found.map(|(_, value)| value.as_str())
    }

    /// Signs another value of a header, or one that was not signed.
    pub(super) fn set_header(&mut self, name: &str, value: &str) {
        if let Some((_, signed)) = self.headers.iter_mut().find(|(signed, _)| signed == name) {
            *signed = value.into();
        } else {
            self.headers.push((name.into(), value.into()));
            self.sort_headers();
        }
    }

    /// The canonical request.
    pub(super) fn canonical_request(&self) -> String {
        let headers: Vec<(String, String)> = self
            .headers
            .iter()
            .map(|(name, value)| {
                let value = match self.values {
                    Values::Lower => value.trim_ascii().to_ascii_lowercase(),
                    Values::AsSent => value.clone(),
                };
                (name.clone(), value)
            })
            .collect();
        (self.rewrite)(canonical::write(
            (&self.method, &self.path, &self.query),
            &headers,
            &self.list,
            &self.payload,
        ))
    }

    /// The string to sign over a canonical request.
    pub(super) fn string_to_sign(&self, canonical_request: &str) -> String {
        let scope = [&self.scope[0], &self.scope[1], TERMINATOR].join("/");
        let hash = hex(&sha256(canonical_request.as_bytes()));
        [self.algorithm, &self.timestamp, &scope, &hash].join("\n")
    }
}

impl Key {
    /// The key that signs.
    fn derive(&self) -> Zeroizing<Vec<u8>> {
        let mut key = Zeroizing::new(Vec::with_capacity(self.prefix.len() + self.secret.len()));
        key.extend_from_slice(self.prefix.as_bytes());
        key.extend_from_slice(&self.secret);
        for (link, hexed) in [&self.scope[0], &self.scope[1], TERMINATOR]
            .into_iter()
            .zip(self.hexed)
        {
            let next = Zeroizing::new(hmac(&key, link.as_bytes()));
            key = if hexed {
                hex(&next).into_bytes().into()
            } else {
                next.to_vec().into()
            };
        }
        key
    }
}

/// Signs by recipes; a key that many of them share is derived once.
#[derive(Default)]
pub(super) struct Signer {
    keys: Vec<(Key, Zeroizing<Vec<u8>>)>,
}

impl Signer {
    /// Whether `signature` is what a recipe gives.
    pub(super) fn fits(&mut self, recipe: &Recipe, signature: &Digest) -> bool {
        let text = recipe.string_to_sign(&recipe.canonical_request());
        self.signs(&recipe.key, &text, signature)
    }

    /// Whether `signature` is that of a string to sign.
    pub(super) fn signs(&mut self, key: &Key, string_to_sign: &str, signature: &Digest) -> bool {
        let at = self.keys.iter().position(|(known, _)| known == key);
        let at = at.unwrap_or_else(|| {
            self.keys.push((key.clone(), key.derive()));
            self.keys.len() - 1
        });
        hmac(&self.keys[at].1, string_to_sign.as_bytes()) == *signature
    }
}

/// What of the payload is signed.
pub(super) fn payload(request: &Request) -> Digest {
    if request.unsigned_payload() {
        return sha256(UNSIGNED_PAYLOAD.as_bytes());
    }
    sha256(&request.body)
}

/// The UTC date of a timestamp in seconds.
pub(super) fn date(timestamp: u64) -> String {
    CredentialScope::new(timestamp.min(LAST_TIMESTAMP), "")
        .date()
        .into()
}

/// A number in decimal digits.
pub(super) fn decimal(value: u64) -> String {
    let mut text = String::new();
    push_decimal(&mut text, value, 1);
    text
}

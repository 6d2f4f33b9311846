//! What is judged, as JavaScript hands it over; members are in camelCase there.

use super::request::Request;
use crate::secret::Secret;
use serde::{Deserialize, Deserializer};

/// A subject, and what is known about it.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Input {
    /// What is asked about.
    pub subject: Subject,
    /// The request that an error is about.
    pub received: Option<Request>,
    /// With what the request should have been signed.
    pub credential: Option<Credential>,
    /// The clock when the request arrived, in milliseconds since 1970.
    pub now: i64,
    /// The service that was meant.
    pub service: Option<String>,
    /// The canonical request that the sender made.
    pub canonical_request: Option<String>,
    /// The string to sign that the sender made.
    pub string_to_sign: Option<String>,
}

/// What is asked about.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Subject {
    /// A curl line, a raw HTTP request, or an Authorization header.
    Text(String),
    /// A request.
    Request(Request),
    /// An error of a call.
    Error(ErrorFacts),
}

/// What an error tells.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ErrorFacts {
    /// Such as `AuthFailure.SignatureExpire`.
    pub code: String,
    /// The server's clock when it answered, in milliseconds since 1970.
    pub server_time: Option<i64>,
    /// The sender's clock when it sent, in milliseconds since 1970.
    pub sent_at: Option<i64>,
    /// Path and code of each problem of the input, where nothing was sent.
    #[serde(default)]
    pub problems: Vec<(String, String)>,
}

/// Who should have signed.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Credential {
    /// As it stands in the Authorization header.
    pub secret_id: String,
    /// The key.
    #[serde(deserialize_with = "secret")]
    pub secret_key: Secret,
    /// That of temporary credentials; nothing or empty for others.
    #[serde(default, deserialize_with = "optional_secret")]
    pub token: Option<Secret>,
}

impl Credential {
    /// The token, if there is one.
    pub(super) fn token(&self) -> Option<&Secret> {
        self.token
            .as_ref()
            .filter(|token| !token.expose().is_empty())
    }
}

impl Input {
    /// The clock when the request arrived: an error's own, since people ask about it later.
    pub(super) fn clock(&self) -> i64 {
        let of_error = match &self.subject {
            Subject::Error(error) => error.server_time.or(error.sent_at),
            _ => None,
        };
        of_error.unwrap_or(self.now)
    }

    /// Gives the body, which crosses by itself, to the request that has been judged.
    pub fn set_body(&mut self, body: Vec<u8>) {
        let request = match &mut self.subject {
            Subject::Request(request) => Some(request),
            _ => self.received.as_mut(),
        };
        if let Some(request) = request {
            request.body = body;
        }
    }
}

fn secret<'de, D: Deserializer<'de>>(from: D) -> Result<Secret, D::Error> {
    String::deserialize(from).map(Secret::new)
}

fn optional_secret<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Secret>, D::Error> {
    Option::<String>::deserialize(from).map(|text| text.map(Secret::new))
}

//! Who may call.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use tc3_edge::secret::Secret;

/// A key pair that the sandbox knows, and whose it is.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Account {
    /// Sent in the clear.
    pub secret_id: String,
    /// Never shown.
    #[serde(deserialize_with = "read", serialize_with = "write")]
    pub secret_key: Secret,
    /// The account's name; several key pairs may belong to one, and accounts share nothing.
    pub account: String,
    /// Of a temporary key: what must be sent as X-TC-Token.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "read_some",
        serialize_with = "write_some"
    )]
    pub token: Option<Secret>,
    /// When it expires, in milliseconds since 1970 by the service's clock.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<i64>,
    /// Actions that it may not call; `*` for every one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub denied: Vec<String>,
}

impl Account {
    /// Whether it may call an action.
    pub fn may(&self, action: &str) -> bool {
        let denies = |name: &String| name == "*" || name == action;
        !self.denied.iter().any(denies)
    }
}

fn read<'de, D: Deserializer<'de>>(from: D) -> Result<Secret, D::Error> {
    String::deserialize(from).map(Secret::new)
}

fn read_some<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Secret>, D::Error> {
    Ok(Option::deserialize(from)?.map(Secret::new))
}

// The form that serde asks for.
#[allow(clippy::ref_option)]
fn write_some<S: Serializer>(secret: &Option<Secret>, to: S) -> Result<S::Ok, S::Error> {
    match secret {
        Some(secret) => write(secret, to),
        None => to.serialize_none(),
    }
}

/// Only where a state or an event is kept: what is shown goes through `ledger::shown`.
fn write<S: Serializer>(secret: &Secret, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(&String::from_utf8_lossy(secret.expose()))
}

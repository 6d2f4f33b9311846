//! Who may call.

use serde::{Deserialize, Deserializer};
use tc3_edge::secret::Secret;

/// A key pair that the sandbox knows, and whose it is.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Account {
    /// Sent in the clear.
    pub secret_id: String,
    /// Never shown.
    #[serde(deserialize_with = "secret")]
    pub secret_key: Secret,
    /// The account's name; several key pairs may belong to one, and accounts share nothing.
    pub account: String,
}

fn secret<'de, D: Deserializer<'de>>(from: D) -> Result<Secret, D::Error> {
    String::deserialize(from).map(Secret::new)
}

//! What happened to services and orders, append-only.

use serde::Serialize;

/// What became of an order, or of a service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum What {
    /// A service was made; its orders follow.
    Created,
    /// A service was renewed; its new orders follow.
    Renewed,
    /// An order was paid for.
    Bought,
    /// An order was paid for before, and is used now.
    TakenFromPool,
    /// An order had not started: it is paid for and waits to be used.
    ReturnedToPool,
    /// An order had started: it is gone.
    MadeVoid,
}

/// A line of the ledger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Entry {
    /// Milliseconds since 1970.
    pub at_ms: i64,
    /// The request that caused it.
    pub request_id: String,
    /// Whose service it is.
    pub account: String,
    /// The action that caused it.
    pub action: String,
    /// What happened.
    pub what: What,
    /// The service; for an order, the one that it belongs to, or belonged to.
    pub service_id: String,
    /// The order, where it happened to one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order_id: Option<String>,
    /// The order's package.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pkg_id: Option<&'static str>,
    /// For an order from the pool: the one that had returned.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub origin: Option<String>,
}

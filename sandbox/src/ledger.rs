//! What happened, append-only: the state is what follows from these lines, and from nothing else.

use crate::account::Account;
use crate::clock::Clock;
use crate::package::Package;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// A line of the ledger.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Entry {
    /// Milliseconds since 1970, by the service's clock.
    pub at_ms: i64,
    /// The request that caused it; empty for what was asked through the control API.
    pub request_id: String,
    /// Whose it is; empty for what is everybody's.
    pub account: String,
    /// The action that caused it; empty for what was asked through the control API.
    pub action: String,
    /// What happened.
    #[serde(flatten)]
    pub what: What,
}

/// An order as it begins.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Begun {
    /// The service that it belongs to.
    pub service_id: String,
    /// `OrderId`.
    pub order_id: String,
    /// Its package.
    #[serde(rename = "pkgId")]
    pub package: Package,
    /// When it takes effect, in seconds since 1970.
    pub start: i64,
    /// When it stops, in seconds since 1970.
    pub end: i64,
    /// Whether it was in use before, in another service.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub used: bool,
}

/// An order of a service.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Named {
    /// The service that it belongs to, or belonged to.
    pub service_id: String,
    /// `OrderId`.
    pub order_id: String,
    /// Its package.
    #[serde(rename = "pkgId")]
    pub package: Package,
}

/// What happened.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(
    tag = "what",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum What {
    /// Somebody whose signature was right called an action; `outcome` is `ok`, or the code that was answered.
    Attempted {
        /// As the log has it.
        outcome: String,
    },
    /// A service was made; its orders follow.
    Created {
        /// `ServiceId`.
        service_id: String,
        /// The device.
        tid: String,
        /// The channel.
        channel: i64,
        /// Where recordings are kept.
        storage_region: String,
        /// The owner, as opaque text.
        access_id: String,
    },
    /// A service was renewed; its new orders follow.
    Renewed {
        /// `ServiceId`.
        service_id: String,
    },
    /// An order was paid for.
    Bought(Begun),
    /// An order was paid for before, and is used now.
    TakenFromPool {
        /// As it begins again.
        #[serde(flatten)]
        order: Begun,
        /// The id under which it had returned.
        origin: String,
    },
    /// An order had not started: it is paid for and waits to be used.
    ReturnedToPool(Named),
    /// An order had started: it is gone.
    MadeVoid(Named),
    /// An order left its service for another one.
    MovedOut(Named),
    /// The same order in the service that it was moved to.
    MovedIn {
        /// As it goes on there.
        #[serde(flatten)]
        order: Begun,
        /// The id that it had before.
        origin: String,
    },
    /// A product, a device, a user or a binding was made.
    Made {
        /// Which.
        kind: Kind,
        /// `ProductId`, `Tid`, `AccessId`, or both ids of a binding.
        id: String,
        /// What is known of it, as it is answered.
        members: Map<String, Value>,
    },
    /// One of them was deleted.
    Deleted {
        /// Which.
        kind: Kind,
        /// As it was made.
        id: String,
    },
    /// An answer that is given again to the same Idempotency-Key.
    Kept {
        /// As it was sent.
        key: String,
        /// What it was sent with: action and parameters.
        call: String,
        /// The `Response` object, without its request id.
        answer: Map<String, Value>,
    },
    /// A key may call from now on, instead of one with the same id.
    KeyMade {
        /// The key.
        key: Account,
    },
    /// A key may call no more.
    KeyDeleted {
        /// Which.
        secret_id: String,
    },
    /// The clock was set.
    ClockSet {
        /// As it runs from now on.
        clock: Clock,
    },
    /// How many of a kind an account may have.
    QuotaSet {
        /// Of which kind; `service` and `order` too.
        of: Quota,
        /// At most; `None` for no limit.
        most: Option<u32>,
    },
    /// A package is sold out, or is there again.
    SoldOut {
        /// The package.
        #[serde(rename = "pkgId")]
        package: Package,
        /// Whether it is sold out.
        sold_out: bool,
    },
}

/// What is made and deleted beside storage.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Kind {
    /// A product.
    Product,
    /// A device of a product.
    Device,
    /// An end user.
    User,
    /// A device's owner or guest.
    Binding,
}

/// What a quota counts.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Quota {
    /// Products of an account.
    Product,
    /// Its devices.
    Device,
    /// Its users.
    User,
    /// Its bindings.
    Binding,
    /// Its services that have not expired.
    Service,
    /// Its orders that are in use or will be.
    Order,
}

impl What {
    /// The word for it, as a line has it.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Attempted { .. } => "attempted",
            Self::Created { .. } => "created",
            Self::Renewed { .. } => "renewed",
            Self::Bought(_) => "bought",
            Self::TakenFromPool { .. } => "takenFromPool",
            Self::ReturnedToPool(_) => "returnedToPool",
            Self::MadeVoid(_) => "madeVoid",
            Self::MovedOut(_) => "movedOut",
            Self::MovedIn { .. } => "movedIn",
            Self::Made { .. } => "made",
            Self::Deleted { .. } => "deleted",
            Self::Kept { .. } => "kept",
            Self::KeyMade { .. } => "keyMade",
            Self::KeyDeleted { .. } => "keyDeleted",
            Self::ClockSet { .. } => "clockSet",
            Self::QuotaSet { .. } => "quotaSet",
            Self::SoldOut { .. } => "soldOut",
        }
    }
}

/// A line as people may see it: without the key's secrets.
pub fn shown(entry: &Entry) -> Value {
    let mut line = serde_json::to_value(entry).unwrap_or_default();
    if let Some(key) = line.get_mut("key").and_then(Value::as_object_mut) {
        key.remove("secretKey");
        key.remove("token");
    }
    line
}

#[cfg(test)]
mod tests {
    use super::{Entry, What, shown};
    use crate::account::Account;
    use tc3_edge::secret::Secret;

    #[test]
    fn no_key_is_shown() {
        let key = Account {
            secret_id: "id".into(),
            secret_key: Secret::new("sentinel-key".into()),
            account: "a".into(),
            token: Some(Secret::new("sentinel-token".into())),
            expires_at: None,
            denied: Vec::new(),
        };
        let entry = Entry {
            at_ms: 1,
            request_id: String::new(),
            account: "a".into(),
            action: String::new(),
            what: What::KeyMade { key },
        };
        let line = shown(&entry).to_string();
        assert!(
            line.contains("keyMade") && !line.contains("sentinel"),
            "{line}"
        );
        assert!(!format!("{entry:?}").contains("sentinel"));
        // But it is kept, so that the key is there after a restart.
        let kept = serde_json::to_string(&entry).expect("JSON");
        let again: Entry = serde_json::from_str(&kept).expect("a line");
        assert_eq!(serde_json::to_string(&again).expect("JSON"), kept);
        assert_eq!(again.what.name(), "keyMade");
    }
}

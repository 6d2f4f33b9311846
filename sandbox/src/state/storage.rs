//! Services, their orders, and the pool of paid ones. Statuses follow from the time; none is stored.

use crate::package::Package;
use serde::{Deserialize, Serialize};

/// A paid order that waits to be used.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Pooled {
    /// The id under which it returned; used again, the order gets a new one (assumption 9).
    pub order_id: String,
    /// Its package: only a purchase of the same uses it (assumption 9).
    #[serde(rename = "pkgId")]
    pub package: Package,
    /// The service that it came from.
    pub service_id: String,
}

/// A cloud storage service of one channel of a device.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Service {
    /// `ServiceId`.
    pub id: String,
    /// The device.
    pub tid: String,
    /// The channel.
    pub channel: i64,
    /// Where recordings are kept.
    pub storage_region: String,
    /// The owner, as opaque text; a renewal does not change it.
    pub access_id: String,
    /// Every order that it ever had, as they were bought; those that are still its own are thereby sorted by start.
    pub orders: Vec<Order>,
}

/// Why an order is its service's no more.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Gone {
    /// Refunded before it started: it is in the pool, or was used again.
    Returned,
    /// Refunded after it had started.
    Void,
    /// It goes on in another service.
    Moved,
}

/// One order of a service; times are seconds since 1970.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Order {
    /// `OrderId`.
    pub id: String,
    /// What was bought.
    #[serde(rename = "pkgId")]
    pub package: Package,
    /// When it takes effect.
    pub start: i64,
    /// When it stops.
    pub end: i64,
    /// Whether it was in use before, in another service (assumption 26).
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub used: bool,
    /// Why and when it left.
    pub gone: Option<(Gone, i64)>,
    /// Whether it was returned, and then taken out of the pool again.
    pub used_again: bool,
}

impl Order {
    /// The documented status at a time: 1 in use, 2 not started, 3 paused, 4 expired, 5 refunded, 6 moved.
    pub fn status(&self, now: i64) -> i64 {
        match self.gone {
            Some((Gone::Moved, _)) => 6,
            Some(_) => 5,
            None if self.start > now => 2 + i64::from(self.used),
            None if now < self.end => 1,
            None => 4,
        }
    }

    /// Whether it ever was in use: from its first second on (assumption 16), or before it was moved here.
    pub fn has_started(&self, now: i64) -> bool {
        self.used || self.start <= now
    }

    /// Whether it is in use, or will be.
    pub fn is_valid(&self, now: i64) -> bool {
        matches!(self.status(now), 1..=3)
    }

    /// When it made, or will make, its last recording here; `None` where it left before it started.
    fn last_recording(&self) -> Option<i64> {
        let end = self.gone.map_or(self.end, |(_, at)| at.min(self.end));
        (self.start <= end).then_some(end)
    }
}

impl Service {
    /// The orders that are in use or will be.
    pub fn valid_orders(&self, now: i64) -> impl Iterator<Item = &Order> {
        self.orders.iter().filter(move |order| order.is_valid(now))
    }

    /// When its last valid order stops; `now` where there is none.
    pub fn queue_end(&self, now: i64) -> i64 {
        self.valid_orders(now)
            .map(|order| order.end)
            .max()
            .unwrap_or(now)
    }

    /// The documented status at a time: 1 in force, 2 lapsed with recordings kept, 3 expired, 4 waiting
    /// (assumption 13).
    pub fn status(&self, now: i64) -> i64 {
        let has = |status| self.orders.iter().any(|order| order.status(now) == status);
        if has(1) {
            1
        } else if has(2) || has(3) {
            4
        } else if self.orders.iter().any(|order| {
            let last = order.last_recording();
            last.is_some_and(|last| now < last + order.package.retention_seconds)
        }) {
            2
        } else {
            3
        }
    }

    /// When it takes effect: the start of its first order that did not leave, else of its first (assumption 14).
    pub fn start(&self) -> i64 {
        let kept = self.orders.iter().find(|order| order.gone.is_none());
        kept.or(self.orders.first()).map_or(0, |order| order.start)
    }

    /// When it stops: the end of its last order that did not leave, else when the last one left (assumption 14).
    pub fn end(&self) -> i64 {
        let kept = self.orders.iter().filter(|order| order.gone.is_none());
        let last = kept.map(|order| order.end).max();
        let left = self.orders.iter().filter_map(|order| order.gone);
        last.or_else(|| left.map(|(_, at)| at).max()).unwrap_or(0)
    }
}

//! Services, their orders, and the pool of paid ones. Statuses follow from the time; none is stored.

use crate::package::Package;
use serde::Serialize;
use std::collections::BTreeMap;

/// All accounts' services and pools.
#[derive(Debug, Default)]
pub struct State {
    books: BTreeMap<String, Book>,
}

impl State {
    /// What belongs to an account.
    pub fn book(&mut self, account: &str) -> &mut Book {
        self.books.entry(account.into()).or_default()
    }

    /// The pool of an account, oldest first.
    pub fn pool(&self, account: &str) -> &[Pooled] {
        self.books.get(account).map_or(&[], |book| &book.pool)
    }
}

/// What belongs to one account.
#[derive(Debug, Default)]
pub struct Book {
    /// Paid orders that wait to be used, oldest first.
    pub pool: Vec<Pooled>,
    /// In the order of their making.
    pub services: Vec<Service>,
}

impl Book {
    /// Takes the oldest paid order of a package out of the pool, and gives the id that it had.
    pub fn take_pooled(&mut self, package: Package) -> Option<String> {
        let mut pool = self.pool.iter();
        let at = pool.position(|pooled| pooled.pkg_id == package.id)?;
        Some(self.pool.remove(at).order_id)
    }
}

/// A paid order that waits to be used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Pooled {
    /// The id under which it returned; used again, the order gets a new one (assumption 9).
    pub order_id: String,
    /// Its package: only a purchase of the same uses it (assumption 9).
    pub pkg_id: &'static str,
}

/// A cloud storage service of one channel of a device.
#[derive(Debug)]
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
    /// Every order that it ever had, as they were bought; those that were not refunded are thereby sorted by start.
    pub orders: Vec<Order>,
}

/// One order of a service; times are seconds since 1970.
#[derive(Clone, Debug)]
pub struct Order {
    /// `OrderId`.
    pub id: String,
    /// What was bought.
    pub package: Package,
    /// When it takes effect.
    pub start: i64,
    /// When it stops.
    pub end: i64,
    /// When it was refunded.
    pub refunded: Option<i64>,
}

impl Order {
    /// The documented status at a time: 1 in use, 2 not started, 4 expired, 5 refunded. An order here is never
    /// paused (3) nor moved (6).
    pub fn status(&self, now: i64) -> i64 {
        if self.refunded.is_some() {
            5
        } else if !self.has_started(now) {
            2
        } else if now < self.end {
            1
        } else {
            4
        }
    }

    /// Whether its time has come, from its first second on (assumption 16).
    pub fn has_started(&self, now: i64) -> bool {
        self.start <= now
    }

    /// Whether it is in use, or will be.
    pub fn is_valid(&self, now: i64) -> bool {
        matches!(self.status(now), 1 | 2)
    }

    /// When it made, or will make, its last recording; `None` where it was refunded before it started.
    fn last_recording(&self) -> Option<i64> {
        let end = self.refunded.unwrap_or(self.end);
        self.has_started(end).then_some(end)
    }
}

impl Service {
    /// The orders that are in use or will be.
    pub fn valid_orders(&self, now: i64) -> impl Iterator<Item = &Order> {
        self.orders.iter().filter(move |order| order.is_valid(now))
    }

    /// The documented status at a time: 1 in force, 2 lapsed with recordings kept, 3 expired, 4 waiting
    /// (assumption 13).
    pub fn status(&self, now: i64) -> i64 {
        let has = |status| self.orders.iter().any(|order| order.status(now) == status);
        if has(1) {
            1
        } else if has(2) {
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

    /// When it takes effect: the start of its first order that was not refunded, else of its first (assumption 14).
    pub fn start(&self) -> i64 {
        let kept = self.orders.iter().find(|order| order.refunded.is_none());
        kept.or(self.orders.first()).map_or(0, |order| order.start)
    }

    /// When it stops: the end of its last order that was not refunded, else the last refund (assumption 14).
    pub fn end(&self) -> i64 {
        let kept = self.orders.iter().filter(|order| order.refunded.is_none());
        let last = kept.map(|order| order.end).max();
        let refund = || self.orders.iter().filter_map(|order| order.refunded).max();
        last.or_else(refund).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests;

//! What belongs to one account.

use super::storage::{Gone, Order, Pooled, Service};
use crate::ledger::{Begun, Kind, Named, Quota, What};
use crate::package::Package;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// What belongs to one account.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Book {
    /// Paid orders that wait to be used, oldest first.
    pub pool: Vec<Pooled>,
    /// In the order of their making.
    pub services: Vec<Service>,
    /// Where each stands among them, by its id.
    #[serde(skip)]
    places: BTreeMap<String, usize>,
    /// How many of a kind it may have, where that is limited.
    pub quotas: BTreeMap<Quota, u32>,
    /// Products, devices, users and bindings, each kind in the order of its making.
    made: BTreeMap<Kind, Vec<Item>>,
    /// Devices that are there no more.
    deleted: Vec<String>,
    /// Answers by their Idempotency-Key.
    kept: BTreeMap<String, Kept>,
}

/// A product, a device, a user or a binding.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Item {
    /// As it was made.
    pub id: String,
    /// What is known of it.
    pub members: Map<String, Value>,
}

/// What was answered to an Idempotency-Key.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Kept {
    /// What it was sent with.
    pub call: String,
    /// The answer.
    pub answer: Map<String, Value>,
}

impl Book {
    /// An empty one.
    pub const fn new() -> Self {
        Self {
            pool: Vec::new(),
            services: Vec::new(),
            places: BTreeMap::new(),
            quotas: BTreeMap::new(),
            made: BTreeMap::new(),
            deleted: Vec::new(),
            kept: BTreeMap::new(),
        }
    }

    /// A service.
    pub fn service(&self, id: &str) -> Option<&Service> {
        self.services.get(*self.places.get(id)?)
    }

    /// Finds the places anew, in a book that was read.
    pub(super) fn index(&mut self) {
        let ids = self.services.iter().enumerate();
        self.places = ids.map(|(at, service)| (service.id.clone(), at)).collect();
    }

    /// The oldest paid order of a package that waits to be used.
    pub fn pooled(&self, package: Package) -> Option<&Pooled> {
        self.pool.iter().find(|pooled| pooled.package == package)
    }

    /// All of a kind.
    pub fn items(&self, kind: Kind) -> &[Item] {
        self.made.get(&kind).map_or(&[], Vec::as_slice)
    }

    /// One of a kind.
    pub fn item(&self, kind: Kind, id: &str) -> Option<&Item> {
        self.items(kind).iter().find(|item| item.id == id)
    }

    /// Whether a device was here and was deleted.
    pub fn is_deleted(&self, tid: &str) -> bool {
        self.deleted.iter().any(|known| known == tid)
    }

    /// What was answered to an Idempotency-Key.
    pub fn kept(&self, key: &str) -> Option<&Kept> {
        self.kept.get(key)
    }

    /// Takes what happened; `None` where it cannot have, and then nothing has changed.
    pub(super) fn apply(&mut self, what: &What, now: i64) -> Option<()> {
        match what {
            What::Created {
                service_id,
                tid,
                channel,
                storage_region,
                access_id,
            } => {
                if self.service(service_id).is_some() {
                    return None;
                }
                self.places.insert(service_id.clone(), self.services.len());
                self.services.push(Service {
                    id: service_id.clone(),
                    tid: tid.clone(),
                    channel: *channel,
                    storage_region: storage_region.clone(),
                    access_id: access_id.clone(),
                    orders: Vec::new(),
                });
            }
            What::Renewed { service_id } => drop(self.service(service_id)?),
            What::Bought(order) | What::MovedIn { order, .. } => self.begin(order)?,
            What::TakenFromPool { order, origin } => {
                let at = self.place_in_pool(origin)?;
                self.begin(order)?;
                let from = self.pool.remove(at);
                if let Some(before) = self.order(&from.service_id, origin, Gone::Returned) {
                    before.used_again = true;
                }
            }
            What::ReturnedToPool(named) => {
                self.end(named, now, Gone::Returned)?;
                self.pool.push(Pooled {
                    order_id: named.order_id.clone(),
                    package: named.package,
                    service_id: named.service_id.clone(),
                });
            }
            What::MadeVoid(named) => self.end(named, now, Gone::Void)?,
            What::MovedOut(named) => self.end(named, now, Gone::Moved)?,
            What::Made { kind, id, members } => {
                let items = self.made.entry(*kind).or_default();
                if items.iter().any(|item| item.id == *id) {
                    return None;
                }
                let (id, members) = (id.clone(), members.clone());
                items.push(Item { id, members });
            }
            What::Deleted { kind, id } => {
                let items = self.made.get_mut(kind)?;
                let at = items.iter().position(|item| item.id == *id)?;
                items.remove(at);
                if *kind == Kind::Device {
                    self.deleted.push(id.clone());
                }
            }
            What::Kept { key, call, answer } => {
                let (call, answer) = (call.clone(), answer.clone());
                self.kept.insert(key.clone(), Kept { call, answer });
            }
            _ => return None,
        }
        Some(())
    }

    fn place_in_pool(&self, order_id: &str) -> Option<usize> {
        let mut pool = self.pool.iter();
        pool.position(|pooled| pooled.order_id == order_id)
    }

    fn begin(&mut self, order: &Begun) -> Option<()> {
        let service = self.service_mut(&order.service_id)?;
        service.orders.push(Order {
            id: order.order_id.clone(),
            package: order.package,
            start: order.start,
            end: order.end,
            used: order.used,
            gone: None,
            used_again: false,
        });
        Some(())
    }

    fn end(&mut self, named: &Named, now: i64, how: Gone) -> Option<()> {
        let service = self.service_mut(&named.service_id)?;
        let mut orders = service.orders.iter_mut();
        let order = orders.find(|order| order.id == named.order_id && order.gone.is_none())?;
        order.gone = Some((how, now));
        Some(())
    }

    fn service_mut(&mut self, id: &str) -> Option<&mut Service> {
        self.services.get_mut(*self.places.get(id)?)
    }

    /// An order that left its service so.
    fn order(&mut self, service_id: &str, id: &str, how: Gone) -> Option<&mut Order> {
        let service = self.service_mut(service_id)?;
        let left = |order: &&mut Order| order.gone.is_some_and(|(found, _)| found == how);
        let mut orders = service.orders.iter_mut().rev().filter(left);
        orders.find(|order| order.id == id && !order.used_again)
    }
}

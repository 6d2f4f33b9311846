//! `CreateStorageService`: buys orders for a channel of a device, from the pool first.

use super::{Call, describe, text};
use crate::answer::{Outcome, Refusal};
use crate::ledger::What;
use crate::package::Package;
use crate::region::is_region;
use crate::state::{Order, Service};
use serde_json::{Map, Value, json};

/// More orders at once are refused (assumption 15).
const MAX_ORDERS: i64 = 100;

/// The latest time that is taken: the last second of the year 9999.
const LAST_TIME: i64 = 253_402_300_799;

/// What is to be bought, and for what.
struct Purchase<'a> {
    package: Package,
    tid: &'a str,
    count: i64,
    storage_region: &'a str,
    channel: i64,
    access_id: &'a str,
    /// Seconds since 1970; in the past for at once.
    enable: i64,
}

/// Renews the channel's service if it has not expired, else makes one (assumption 8).
pub(super) fn run(call: &mut Call<'_>, parameters: &Map<String, Value>) -> Outcome {
    let purchase = Purchase::read(parameters)?;
    let now = call.now();
    let existing = call.book.services.iter().position(|service| {
        service.tid == purchase.tid
            && service.channel == purchase.channel
            && service.storage_region == purchase.storage_region
            && service.status(now) != 3
    });
    let at = existing.unwrap_or_else(|| make_service(call, &purchase));
    let what = if existing.is_some() {
        What::Renewed
    } else {
        What::Created
    };
    let service_id = call.book.services[at].id.clone();
    call.record(what, &service_id, None, None);

    let known = call.book.services[at].orders.len();
    for _ in 0..purchase.count {
        add_order(call, at, &purchase);
    }
    let service = &call.book.services[at];
    let mut answer = Map::new();
    answer.insert("IsRenew".into(), json!(existing.is_some()));
    answer.extend(describe(service, now, service.orders.iter().skip(known)));
    Ok(answer)
}

impl<'a> Purchase<'a> {
    /// Assumptions 15 and 17.
    fn read(parameters: &'a Map<String, Value>) -> Result<Self, Refusal> {
        let package = Package::find(text(parameters, "PkgId"))
            .ok_or_else(|| bad("PkgId", "is not a package that the documentation lists"))?;
        let tid = text(parameters, "Tid");
        if !(1..=128).contains(&tid.len()) || !tid.bytes().all(|byte| byte.is_ascii_graphic()) {
            let message = "Tid must be 1 to 128 visible ASCII characters";
            return Err(Refusal::new("InvalidParameterValue.Tid", message));
        }
        let storage_region = text(parameters, "StorageRegion");
        if !is_region(storage_region) {
            return Err(bad(
                "StorageRegion",
                "is not a region, such as ap-guangzhou",
            ));
        }
        Ok(Self {
            package,
            tid,
            count: number(parameters, "OrderCount", 1, MAX_ORDERS)?,
            storage_region,
            channel: number(parameters, "ChnNum", 0, i64::from(i32::MAX))?,
            access_id: text(parameters, "AccessId"),
            enable: number(parameters, "EnableTime", 0, LAST_TIME)?,
        })
    }
}

/// Makes a service without orders, and says where it stands.
fn make_service(call: &mut Call<'_>, purchase: &Purchase<'_>) -> usize {
    call.book.services.push(Service {
        id: call.ids.service(),
        tid: purchase.tid.into(),
        channel: purchase.channel,
        storage_region: purchase.storage_region.into(),
        access_id: purchase.access_id.into(),
        orders: Vec::new(),
    });
    call.book.services.len() - 1
}

/// Adds one order behind the last valid one, or from now on where there is none; never before `enable`.
fn add_order(call: &mut Call<'_>, at: usize, purchase: &Purchase<'_>) {
    let now = call.now();
    let service = &call.book.services[at];
    let queue = service.valid_orders(now).map(|order| order.end).max();
    let start = queue.unwrap_or(now).max(purchase.enable);
    let service_id = service.id.clone();
    let order = Order {
        id: call.ids.order(),
        package: purchase.package,
        start,
        end: purchase.package.term.end(start),
        refunded: None,
    };
    let origin = call.book.take_pooled(purchase.package);
    let what = if origin.is_some() {
        What::TakenFromPool
    } else {
        What::Bought
    };
    call.record(what, &service_id, Some(&order), origin);
    call.book.services[at].orders.push(order);
}

/// An integer parameter within bounds; the least where it was not sent.
fn number(
    parameters: &Map<String, Value>,
    name: &str,
    least: i64,
    most: i64,
) -> Result<i64, Refusal> {
    let Some(value) = parameters.get(name) else {
        return Ok(least);
    };
    value
        .as_i64()
        .filter(|value| (least..=most).contains(value))
        .ok_or_else(|| bad(name, &format!("must be from {least} to {most}")))
}

fn bad(name: &str, what: &str) -> Refusal {
    Refusal::new("InvalidParameterValue", format!("{name} {what}"))
}

//! `CreateStorageService`: buys orders for a channel of a device, from the pool first.

use super::{Begun, Call, bad, describe, number, text, tid};
use crate::answer::{Outcome, Refusal};
use crate::ledger::{Quota, What};
use crate::package::Package;
use crate::region::is_region;
use crate::sandbox::Returned;
use crate::state::{Book, Service};
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
    let purchase = Purchase::read(call, parameters)?;
    let existing = find(
        call,
        purchase.tid,
        purchase.channel,
        purchase.storage_region,
    );
    purchase.check(call, existing.is_none())?;
    let is_renew = existing.is_some();
    let service_id = match existing {
        Some(service_id) => {
            let what = What::Renewed {
                service_id: service_id.clone(),
            };
            call.emit(what);
            service_id
        }
        None => make(
            call,
            purchase.tid,
            purchase.channel,
            purchase.storage_region,
            purchase.access_id,
        ),
    };
    let known = call.service(&service_id)?.orders.len();
    for _ in 0..purchase.count {
        add_order(call, &service_id, &purchase)?;
    }
    let service = call.service(&service_id)?;
    let mut answer = Map::new();
    answer.insert("IsRenew".into(), json!(is_renew));
    let new = service.orders.iter().skip(known);
    answer.extend(describe(service, call.now(), new));
    Ok(answer)
}

/// The service of a channel that has not expired.
pub(super) fn find(call: &Call<'_>, tid: &str, channel: i64, region: &str) -> Option<String> {
    let is = |service: &&Service| {
        service.tid == tid
            && service.channel == channel
            && service.storage_region == region
            && service.status(call.now()) != 3
    };
    call.book()
        .services
        .iter()
        .find(is)
        .map(|service| service.id.clone())
}

/// Makes a service without orders, and gives its id.
pub(super) fn make(
    call: &mut Call<'_>,
    tid: &str,
    channel: i64,
    storage_region: &str,
    access_id: &str,
) -> String {
    let service_id = call.ids.service();
    call.emit(What::Created {
        service_id: service_id.clone(),
        tid: tid.into(),
        channel,
        storage_region: storage_region.into(),
        access_id: access_id.into(),
    });
    service_id
}

impl<'a> Purchase<'a> {
    /// Assumptions 15 and 17.
    fn read(call: &Call<'_>, parameters: &'a Map<String, Value>) -> Result<Self, Refusal> {
        let package = Package::find(text(parameters, "PkgId"))
            .ok_or_else(|| bad("PkgId", "is not a package that the documentation lists"))?;
        let tid = tid(call, parameters)?;
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

    /// Quotas, and what is there to be bought; what waits in the pool was.
    fn check(&self, call: &Call<'_>, is_new: bool) -> Result<(), Refusal> {
        let now = call.now();
        let kept = |book: &Book| {
            let services = book.services.iter();
            services.filter(|service| service.status(now) != 3).count()
        };
        call.within_quota(Quota::Service, kept, usize::from(is_new))?;
        let count = usize::try_from(self.count).unwrap_or(0);
        let valid = |book: &Book| {
            let services = book.services.iter();
            services
                .map(|service| service.valid_orders(now).count())
                .sum()
        };
        call.within_quota(Quota::Order, valid, count)?;
        let pool = call.book().pool.iter();
        let pooled = pool.filter(|pooled| pooled.package == self.package).count();
        if pooled < count && call.state.sold_out.contains(&self.package) {
            let message = format!("the package {} is sold out", self.package.id);
            return Err(Refusal::new("ResourcesSoldOut", message));
        }
        Ok(())
    }
}

/// Adds one order behind the last valid one, or from now on where there is none; never before `enable`.
fn add_order(
    call: &mut Call<'_>,
    service_id: &str,
    purchase: &Purchase<'_>,
) -> Result<(), Refusal> {
    let queue = call.service(service_id)?.queue_end(call.now());
    let start = queue.max(purchase.enable);
    let pooled = call.book().pooled(purchase.package);
    let origin = pooled.map(|pooled| pooled.order_id.clone());
    let order_id = match &origin {
        Some(origin) if call.returned == Returned::SameId => origin.clone(),
        _ => call.order_id(),
    };
    let order = Begun {
        service_id: service_id.into(),
        order_id,
        package: purchase.package,
        start,
        end: purchase.package.term.end(start),
        used: false,
    };
    call.emit(match origin {
        Some(origin) => What::TakenFromPool { order, origin },
        None => What::Bought(order),
    });
    Ok(())
}

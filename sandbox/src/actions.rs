//! The actions, one file each, and what they share.

mod create;
mod describe;
mod refund;

use crate::answer::{Outcome, Refusal};
use crate::generated::TABLE;
use crate::ids::Ids;
use crate::ledger::{Entry, What};
use crate::specimen::specimen;
use crate::state::{Book, Order, Service};
use serde_json::{Map, Value, json};

/// One call of an action whose request passed all checks.
pub struct Call<'a> {
    pub now_ms: i64,
    pub request_id: &'a str,
    pub account: &'a str,
    pub action: &'a str,
    pub book: &'a mut Book,
    pub ids: &'a mut Ids,
    pub ledger: &'a mut Vec<Entry>,
    /// Set where the answer is only a specimen.
    pub specimen: &'a mut bool,
}

/// Runs an action; one that is not done here answers its specimen (assumption 18).
pub fn run(call: &mut Call<'_>, parameters: &Map<String, Value>) -> Outcome {
    match call.action {
        "CreateStorageService" => create::run(call, parameters),
        "DescribeStorageService" => describe::run(call, parameters),
        "RefundStorageService" => refund::run(call, parameters),
        action => {
            *call.specimen = true;
            Ok(specimen(TABLE, action))
        }
    }
}

impl Call<'_> {
    /// Seconds since 1970.
    fn now(&self) -> i64 {
        self.now_ms.div_euclid(1000)
    }

    /// Where a service stands among the account's; an unknown and a foreign one look alike (assumption 6).
    fn service_index(&self, parameters: &Map<String, Value>) -> Result<usize, Refusal> {
        let id = text(parameters, "ServiceId");
        let mut services = self.book.services.iter();
        services
            .position(|service| service.id == id)
            .ok_or_else(|| Refusal::new("ResourceNotFound", format!("there is no service {id:?}")))
    }

    /// Adds a line to the ledger; `origin` is the order that an order from the pool had been.
    fn record(
        &mut self,
        what: What,
        service_id: &str,
        order: Option<&Order>,
        origin: Option<String>,
    ) {
        self.ledger.push(Entry {
            at_ms: self.now_ms,
            request_id: self.request_id.into(),
            account: self.account.into(),
            action: self.action.into(),
            what,
            service_id: service_id.into(),
            order_id: order.map(|order| order.id.clone()),
            pkg_id: order.map(|order| order.package.id),
            origin,
        });
    }
}

/// A text parameter; empty where it was not sent.
fn text<'a>(parameters: &'a Map<String, Value>, name: &str) -> &'a str {
    parameters
        .get(name)
        .and_then(Value::as_str)
        .unwrap_or_default()
}

/// The fields that all three answers share, with the orders to show.
fn describe<'a>(
    service: &Service,
    now: i64,
    shown: impl Iterator<Item = &'a Order>,
) -> Map<String, Value> {
    let data: Vec<Value> = shown
        .map(|order| {
            json!({
                "OrderId": order.id,
                "PkgId": order.package.id,
                "Status": order.status(now),
                "StartTime": order.start,
                "EndTime": order.end,
            })
        })
        .collect();
    let fields = [
        ("ServiceId", json!(service.id)),
        ("StorageRegion", json!(service.storage_region)),
        ("Tid", json!(service.tid)),
        ("ChnNum", json!(service.channel)),
        ("AccessId", json!(service.access_id)),
        ("StartTime", json!(service.start())),
        ("EndTime", json!(service.end())),
        ("Status", json!(service.status(now))),
        ("Data", json!(data)),
    ];
    fields
        .into_iter()
        .map(|(name, value)| (name.into(), value))
        .collect()
}

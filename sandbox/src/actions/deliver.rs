//! `DeliverStorageService`: the valid orders of a service go on for another channel (assumption 26).

use super::{Begun, Call, bad, create, describe, named, number, text, tid};
use crate::answer::{Outcome, Refusal};
use crate::ledger::What;
use crate::state::Order;
use serde_json::{Map, Value, json};

/// What is left of each order queues behind the last valid one there, and starts no earlier than it would have.
pub(super) fn run(call: &mut Call<'_>, parameters: &Map<String, Value>) -> Outcome {
    let source = call.service(text(parameters, "SrcServiceId"))?;
    let (source_id, region) = (source.id.clone(), source.storage_region.clone());
    let now = call.now();
    let tid = tid(call, parameters)?;
    let channel = number(parameters, "ChnNum", 0, i64::from(i32::MAX))?;
    if (source.tid.as_str(), source.channel) == (tid, channel) {
        return Err(bad(
            "Tid",
            "and ChnNum are those that the service has already",
        ));
    }
    let mut moved: Vec<Order> = source.valid_orders(now).cloned().collect();
    if moved.is_empty() {
        let message = "every order of this service is refunded, moved or expired already";
        return Err(Refusal::new("OperationDenied", message));
    }
    moved.sort_by_key(|order| order.start);
    let access_id = match text(parameters, "AccessId") {
        "" => source.access_id.clone(),
        given => given.into(),
    };
    let target = create::find(call, tid, channel, &region)
        .unwrap_or_else(|| create::make(call, tid, channel, &region, &access_id));
    let known = call.service(&target)?.orders.len();
    for order in moved {
        let start = call.service(&target)?.queue_end(now).max(order.start);
        let what = What::MovedOut(named(&source_id, &order));
        call.emit(what);
        let left = order.end - order.start.max(now);
        call.emit(What::MovedIn {
            order: Begun {
                service_id: target.clone(),
                order_id: call.order_id(),
                package: order.package,
                start,
                end: start + left,
                used: order.has_started(now),
            },
            origin: order.id,
        });
    }
    let service = call.service(&target)?;
    let mut answer = Map::new();
    answer.insert("SrcServiceId".into(), json!(source_id));
    answer.extend(describe(service, now, service.orders.iter().skip(known)));
    Ok(answer)
}

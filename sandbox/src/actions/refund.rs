//! `RefundStorageService`: an order that has not started returns to the pool, one that has becomes void.

use super::{Call, describe, text};
use crate::answer::{Outcome, Refusal};
use crate::ledger::What;
use crate::state::{Pooled, Service};
use serde_json::{Map, Value};

/// Refunds one order, or every valid one. The others keep their times (assumption 5).
pub(super) fn run(call: &mut Call<'_>, parameters: &Map<String, Value>) -> Outcome {
    let at = call.service_index(parameters)?;
    let now = call.now();
    for chosen in chosen(&call.book.services[at], text(parameters, "OrderId"), now)? {
        refund(call, at, chosen);
    }
    let service = &call.book.services[at];
    Ok(describe(service, now, service.valid_orders(now)))
}

/// Where the orders to refund stand. What is finished is denied (assumption 7); an empty `OrderId` counts as not
/// sent (assumption 12).
fn chosen(service: &Service, order_id: &str, now: i64) -> Result<Vec<usize>, Refusal> {
    let orders = &service.orders;
    if order_id.is_empty() {
        let valid: Vec<usize> = (0..orders.len())
            .filter(|at| orders[*at].is_valid(now))
            .collect();
        if valid.is_empty() {
            let message = "every order of this service is refunded or expired already";
            return Err(Refusal::new("OperationDenied", message));
        }
        return Ok(valid);
    }
    let Some(at) = orders.iter().position(|order| order.id == order_id) else {
        let message = format!("there is no order {order_id:?} in this service");
        return Err(Refusal::new("ResourceNotFound", message));
    };
    if !orders[at].is_valid(now) {
        let message = format!("order {order_id:?} is refunded or expired already");
        return Err(Refusal::new("OperationDenied", message));
    }
    Ok(vec![at])
}

fn refund(call: &mut Call<'_>, service_at: usize, order_at: usize) {
    let now = call.now();
    let service = &mut call.book.services[service_at];
    let order = &mut service.orders[order_at];
    order.refunded = Some(now);
    let (service_id, order) = (service.id.clone(), order.clone());
    let what = if order.has_started(now) {
        What::MadeVoid
    } else {
        call.book.pool.push(Pooled {
            order_id: order.id.clone(),
            pkg_id: order.package.id,
        });
        What::ReturnedToPool
    };
    call.record(what, &service_id, Some(&order), None);
}

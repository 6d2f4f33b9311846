//! `RefundStorageService`: an order that has not started returns to the pool, one that has becomes void.

use super::{Call, describe, named, text};
use crate::answer::{Outcome, Refusal};
use crate::ledger::What;
use crate::state::Order;
use serde_json::{Map, Value};

/// Refunds one order, or every valid one. The others keep their times (assumption 5).
pub(super) fn run(call: &mut Call<'_>, parameters: &Map<String, Value>) -> Outcome {
    let service_id = text(parameters, "ServiceId");
    let now = call.now();
    for order in chosen(call, service_id, text(parameters, "OrderId"))? {
        let named = named(service_id, &order);
        call.emit(if order.has_started(now) {
            What::MadeVoid(named)
        } else {
            What::ReturnedToPool(named)
        });
    }
    let service = call.service(service_id)?;
    Ok(describe(service, now, service.valid_orders(now)))
}

/// The orders to refund. What is finished is denied (assumption 7); an empty `OrderId` counts as not sent
/// (assumption 12).
fn chosen(call: &Call<'_>, service_id: &str, order_id: &str) -> Result<Vec<Order>, Refusal> {
    let service = call.service(service_id)?;
    let now = call.now();
    if order_id.is_empty() {
        let valid: Vec<Order> = service.valid_orders(now).cloned().collect();
        if valid.is_empty() {
            let message = "every order of this service is refunded or expired already";
            return Err(Refusal::new("OperationDenied", message));
        }
        return Ok(valid);
    }
    // The last of an id: where a returned order keeps its own, that is the one which is used again.
    let mut listed = service
        .orders
        .iter()
        .rev()
        .filter(|order| call.is_listed(order));
    let Some(order) = listed.find(|order| order.id == order_id) else {
        let message = format!("there is no order {order_id:?} in this service");
        return Err(Refusal::new("ResourceNotFound", message));
    };
    if !order.is_valid(now) {
        let message = format!("order {order_id:?} is refunded, moved or expired already");
        return Err(Refusal::new("OperationDenied", message));
    }
    Ok(vec![order.clone()])
}

//! `DescribeStorageService`: a service and its orders, ended ones only when asked for.

use super::{Call, describe, text};
use crate::answer::Outcome;
use serde_json::{Map, Value};

pub(super) fn run(call: &mut Call<'_>, parameters: &Map<String, Value>) -> Outcome {
    let service = call.service(text(parameters, "ServiceId"))?;
    let now = call.now();
    let finished = parameters
        .get("GetFinishedOrder")
        .and_then(Value::as_bool)
        .unwrap_or(false);
    let shown = service
        .orders
        .iter()
        .filter(|order| order.is_valid(now) || (finished && call.is_listed(order)));
    Ok(describe(service, now, shown))
}

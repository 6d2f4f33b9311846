//! `DescribeStorageService`: a service and its orders, ended ones only when asked for.

use super::{Call, describe};
use crate::answer::Outcome;
use serde_json::{Map, Value};

pub(super) fn run(call: &mut Call<'_>, parameters: &Map<String, Value>) -> Outcome {
    let service = &call.book.services[call.service_index(parameters)?];
    let now = call.now();
    let finished = parameters
        .get("GetFinishedOrder")
        .and_then(Value::as_bool)
        .unwrap_or(false);
    let shown = service
        .orders
        .iter()
        .filter(|order| finished || order.is_valid(now));
    Ok(describe(service, now, shown))
}

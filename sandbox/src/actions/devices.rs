//! Devices of a product: made in bulk, described page by page, deleted.

use super::{Call, bad, data, number, page, products, text, texts};
use crate::answer::{Outcome, Refusal};
use crate::ledger::{Kind, Quota, What};
use serde_json::{Map, Value, json};

/// So many at once, as documented.
const MOST: i64 = 100;

/// Their certificates are invented, and open nothing.
pub(super) fn create(call: &mut Call<'_>, parameters: &Map<String, Value>) -> Outcome {
    let product = text(parameters, "ProductId");
    products::exists(call, product)?;
    let count = number(parameters, "Number", 1, MOST)?;
    let count = usize::try_from(count).unwrap_or(0);
    let there = call.book().items(Kind::Device).len();
    call.within_quota(Quota::Device, |_| there, count)?;
    let prefix = text(parameters, "NamePrefix");
    let mut made = Vec::new();
    for at in 1..=count {
        let id = call.ids.service();
        let members = json!({
            "Tid": id, "ProductId": product, "DeviceName": format!("{prefix}{}", there + at), "Made": call.now(),
        });
        made.push(json!({ "Tid": id, "Certificate": "sandbox", "WhiteBoxSoUrl": "" }));
        if let (kind, Value::Object(members)) = (Kind::Device, members) {
            call.emit(What::Made { kind, id, members });
        }
    }
    Ok(data(made.into()))
}

pub(super) fn describe(call: &mut Call<'_>, parameters: &Map<String, Value>) -> Outcome {
    let tid = text(parameters, "Tid");
    let found = call
        .book()
        .item(Kind::Device, tid)
        .ok_or_else(|| unknown(tid))?;
    Ok(data(json!({
        "Tid": tid, "ActiveTime": 0, "Disabled": false, "OtaVersion": "", "Online": 0, "LastOnlineTime": 0, "IotModel": "",
        "DeviceName": found.members["DeviceName"], "ProductId": found.members["ProductId"], "Certificate": "",
        "WhiteBoxSoUrl": "", "StreamStatus": false,
    })))
}

/// In the order of their making; none here was ever online.
pub(super) fn list(call: &mut Call<'_>, parameters: &Map<String, Value>) -> Map<String, Value> {
    let (product, prefix) = (
        text(parameters, "ProductId"),
        text(parameters, "DeviceName"),
    );
    let version = text(parameters, "OtaVersion");
    let items = call.book().items(Kind::Device).iter();
    let shown = items.filter(|item| {
        let name = item.members["DeviceName"].as_str().unwrap_or_default();
        item.members["ProductId"] == product && name.starts_with(prefix) && version.is_empty()
    });
    let shown = shown.map(|item| {
        json!({
            "Tid": item.id, "DeviceName": item.members["DeviceName"], "ActiveTime": 0, "Disabled": false,
            "StreamStatus": false, "OtaVersion": "", "Online": 0, "LastOnlineTime": 0, "IotModel": "",
            "LastUpdateTime": item.members["Made"],
        })
    });
    page(parameters, shown.collect())
}

/// All of them or none; one with orders in use or to come is in use itself (assumption 27).
pub(super) fn delete(call: &mut Call<'_>, parameters: &Map<String, Value>) -> Outcome {
    let tids: Vec<&str> = texts(parameters, "Tids").collect();
    for (at, tid) in tids.iter().enumerate() {
        if tids[..at].contains(tid) {
            return Err(bad("Tids", "names a device twice"));
        }
        if call.book().item(Kind::Device, tid).is_none() {
            return Err(unknown(tid));
        }
        let now = call.now();
        let mut services = call.book().services.iter();
        if services.any(|service| service.tid == *tid && service.valid_orders(now).count() > 0) {
            let message = format!("the device {tid} has storage");
            return Err(Refusal::new("ResourceInUse", message));
        }
    }
    for tid in tids {
        super::users::unbind_device(call, tid);
        let (kind, id) = (Kind::Device, tid.into());
        call.emit(What::Deleted { kind, id });
    }
    Ok(Map::new())
}

fn unknown(tid: &str) -> Refusal {
    Refusal::new("ResourceNotFound", format!("there is no device {tid:?}"))
}

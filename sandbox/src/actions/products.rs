//! Products: made, described page by page, deleted.

use super::{Call, data, page, text};
use crate::answer::{Outcome, Refusal};
use crate::ledger::{Kind, Quota, What};
use serde_json::{Map, Value, json};

/// What `ProductBase` holds beside what was sent; its keys are invented.
pub(super) fn create(call: &mut Call<'_>, parameters: &Map<String, Value>) -> Outcome {
    call.within_quota(Quota::Product, |book| book.items(Kind::Product).len(), 1)?;
    let id = call.ids.service()[..12].to_ascii_uppercase();
    let sent = |name: &str, otherwise: Value| parameters.get(name).cloned().unwrap_or(otherwise);
    let members = json!({
        "ProductId": id,
        "ProductModel": text(parameters, "ProductModel"),
        "ProductName": text(parameters, "ProductName"),
        "ProductDescription": text(parameters, "ProductDescription"),
        "CreateTime": call.now(),
        "IotModelRevision": 0,
        "SecretKey": "",
        "Features": sent("Features", json!([])),
        "ChipManufactureId": text(parameters, "ChipManufactureId"),
        "ChipId": text(parameters, "ChipId"),
        "ProductCate": sent("ProductCate", json!(0)),
        "ProductRegion": sent("ProductRegion", json!("China-Mainland")),
        "AccessMode": sent("AccessMode", json!(0)),
        "Os": text(parameters, "Os"),
    });
    let Value::Object(members) = members else {
        return Ok(Map::new());
    };
    let base = |(name, value): (&String, &Value)| match name.as_str() {
        "ChipManufactureId" | "ChipId" | "AccessMode" | "Os" => None,
        "Features" => Some(("FuncCode".to_string(), value.clone())),
        _ => Some((name.clone(), value.clone())),
    };
    let answer = members.iter().filter_map(base).collect();
    let kind = Kind::Product;
    call.emit(What::Made { kind, id, members });
    Ok(data(Value::Object(answer)))
}

pub(super) fn describe(call: &mut Call<'_>, parameters: &Map<String, Value>) -> Outcome {
    let id = text(parameters, "ProductId");
    let found = call
        .book()
        .item(Kind::Product, id)
        .ok_or_else(|| unknown(id))?;
    Ok(data(Value::Object(found.members.clone())))
}

/// The newest last; `StartTime` and `EndTime` are of their making.
pub(super) fn list(call: &mut Call<'_>, parameters: &Map<String, Value>) -> Map<String, Value> {
    let model = text(parameters, "ProductModel");
    let bound = |name| parameters.get(name).and_then(Value::as_i64);
    let (from, to) = (bound("StartTime"), bound("EndTime"));
    let items = call.book().items(Kind::Product).iter();
    let shown = items.filter(|item| {
        let made = item.members["CreateTime"].as_i64().unwrap_or(0);
        (model.is_empty() || item.members["ProductModel"] == model)
            && from.is_none_or(|from| from <= made)
            && to.is_none_or(|to| made <= to)
    });
    page(parameters, shown.map(|item| json!(item.members)).collect())
}

/// One that has devices is in use (assumption 27).
pub(super) fn delete(call: &mut Call<'_>, parameters: &Map<String, Value>) -> Outcome {
    let id = text(parameters, "ProductId");
    exists(call, id)?;
    let mut devices = call.book().items(Kind::Device).iter();
    if devices.any(|device| device.members["ProductId"] == id) {
        let message = format!("the product {id} has devices");
        return Err(Refusal::new("ResourceInUse", message));
    }
    let (kind, id) = (Kind::Product, id.into());
    call.emit(What::Deleted { kind, id });
    Ok(Map::new())
}

/// Refuses a product that is not there.
pub(super) fn exists(call: &Call<'_>, id: &str) -> Result<(), Refusal> {
    match call.book().item(Kind::Product, id) {
        Some(_) => Ok(()),
        None => Err(unknown(id)),
    }
}

fn unknown(id: &str) -> Refusal {
    Refusal::new("ResourceNotFound", format!("there is no product {id:?}"))
}

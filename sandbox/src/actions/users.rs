//! End users, and the devices that they are bound to.

use super::{Call, data, text, texts, tid};
use crate::answer::{Outcome, Refusal};
use crate::ledger::{Kind, Quota, What};
use crate::state::Item;
use serde_json::{Map, Value, json};

/// A user is known by the vendor's id and gets one of the platform's; the mobile number is not kept.
pub(super) fn create(call: &mut Call<'_>, parameters: &Map<String, Value>) -> Outcome {
    let cunion_id = text(parameters, "CunionId");
    let known = by_cunion_id(call, cunion_id).map(|user| user.id.clone());
    let is_new = known.is_none();
    let id = if let Some(id) = known {
        id
    } else {
        call.within_quota(Quota::User, |book| book.items(Kind::User).len(), 1)?;
        let id = call.ids.user();
        make(call, Kind::User, &id, json!({ "CunionId": cunion_id }));
        id
    };
    let answer = json!({ "CunionId": cunion_id, "AccessId": id, "NewRegist": is_new });
    Ok(members(answer))
}

/// Its bindings end with it.
pub(super) fn delete(call: &mut Call<'_>, parameters: &Map<String, Value>) -> Outcome {
    let access_id = text(parameters, "AccessId");
    exists(call, access_id)?;
    end(call, |binding| binding.members["AccessId"] == access_id);
    let (kind, id) = (Kind::User, access_id.into());
    call.emit(What::Deleted { kind, id });
    Ok(Map::new())
}

pub(super) fn registered(
    call: &mut Call<'_>,
    parameters: &Map<String, Value>,
) -> Map<String, Value> {
    let ids = texts(parameters, "CunionIds");
    let status =
        ids.map(|id| json!({ "CunionId": id, "IsRegisted": by_cunion_id(call, id).is_some() }));
    data(status.collect())
}

/// A device has one owner, whom `ForceBind` displaces; a binding that is there already is answered again (assumption 28).
pub(super) fn bind(call: &mut Call<'_>, parameters: &Map<String, Value>) -> Outcome {
    let (access_id, role) = (text(parameters, "AccessId"), text(parameters, "Role"));
    let tid = tid(call, parameters)?;
    exists(call, access_id)?;
    let bindings = call.book().items(Kind::Binding);
    let owner = bindings.iter().find(|binding| {
        binding.members["Tid"] == tid
            && binding.members["Role"] == "owner"
            && binding.members["AccessId"] != access_id
    });
    let owner = owner
        .filter(|_| role == "owner")
        .map(|binding| binding.id.clone());
    let forces = parameters
        .get("ForceBind")
        .and_then(Value::as_bool)
        .unwrap_or(false);
    if owner.is_some() && !forces {
        let message = format!("the device {tid} has an owner; ForceBind displaces them");
        return Err(Refusal::new("ResourceInUse", message));
    }
    let id = format!("{tid}/{access_id}/{role}");
    if call.book().item(Kind::Binding, &id).is_none() {
        let there = bindings.len() - usize::from(owner.is_some());
        call.within_quota(Quota::Binding, |_| there, 1)?;
        if let Some(owner) = owner {
            end(call, |binding| binding.id == owner);
        }
        let members = json!({ "Tid": tid, "AccessId": access_id, "Role": role });
        make(call, Kind::Binding, &id, members);
    }
    Ok(members(json!({ "AccessToken": "sandbox" })))
}

pub(super) fn unbind(call: &mut Call<'_>, parameters: &Map<String, Value>) -> Outcome {
    let of = |name| text(parameters, name);
    let id = format!("{}/{}/{}", of("Tid"), of("AccessId"), of("Role"));
    if call.book().item(Kind::Binding, &id).is_none() {
        return Err(Refusal::new("ResourceNotFound", "there is no such binding"));
    }
    end(call, |binding| binding.id == id);
    Ok(Map::new())
}

/// Ends every binding of a device.
pub(super) fn unbind_device(call: &mut Call<'_>, tid: &str) {
    end(call, |binding| binding.members["Tid"] == tid);
}

pub(super) fn devices(call: &mut Call<'_>, parameters: &Map<String, Value>) -> Map<String, Value> {
    let access_id = text(parameters, "AccessId");
    let book = call.book();
    let bound = book.items(Kind::Binding).iter();
    let bound = bound.filter(|binding| binding.members["AccessId"] == access_id);
    let shown = bound.map(|binding| {
        let tid = binding.members["Tid"].as_str().unwrap_or_default();
        let device = book.item(Kind::Device, tid);
        let name = device.map_or(json!(""), |device| device.members["DeviceName"].clone());
        json!({ "Tid": tid, "DeviceName": name, "DeviceModel": "", "Role": binding.members["Role"] })
    });
    data(shown.collect())
}

pub(super) fn of_device(
    call: &mut Call<'_>,
    parameters: &Map<String, Value>,
) -> Map<String, Value> {
    let (tid, access_id) = (text(parameters, "Tid"), text(parameters, "AccessId"));
    let bound = call.book().items(Kind::Binding).iter().filter(|binding| {
        binding.members["Tid"] == tid
            && (access_id.is_empty() || binding.members["AccessId"] == access_id)
    });
    let shown = bound.map(|binding| {
        json!({ "AccessId": binding.members["AccessId"], "Role": binding.members["Role"] })
    });
    data(shown.collect())
}

fn exists(call: &Call<'_>, access_id: &str) -> Result<(), Refusal> {
    if call.book().item(Kind::User, access_id).is_some() {
        return Ok(());
    }
    let message = format!("there is no user {access_id:?}");
    Err(Refusal::new("ResourceNotFound", message))
}

fn by_cunion_id<'a>(call: &'a Call<'_>, id: &str) -> Option<&'a Item> {
    let mut users = call.book().items(Kind::User).iter();
    users.find(|user| user.members["CunionId"] == id)
}

fn make(call: &mut Call<'_>, kind: Kind, id: &str, made: Value) {
    let (id, members) = (id.into(), members(made));
    call.emit(What::Made { kind, id, members });
}

/// Ends the bindings that are meant.
fn end(call: &mut Call<'_>, is: impl Fn(&Item) -> bool) {
    let bindings = call.book().items(Kind::Binding).iter();
    let ended: Vec<String> = bindings
        .filter(|item| is(item))
        .map(|item| item.id.clone())
        .collect();
    let kind = Kind::Binding;
    for id in ended {
        call.emit(What::Deleted { kind, id });
    }
}

/// The members of an object.
fn members(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(members) => members,
        _ => Map::new(),
    }
}

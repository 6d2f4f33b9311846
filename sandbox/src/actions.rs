//! The actions, and what they share.

mod create;
mod deliver;
mod describe;
mod devices;
mod products;
mod refund;
mod users;

use crate::answer::{Outcome, Refusal};
use crate::generated::TABLE;
use crate::ids::Ids;
use crate::ledger::{Begun, Entry, Named, Quota, What};
use crate::sandbox::Returned;
use crate::specimen::specimen;
use crate::state::{Book, Gone, Order, Service, State};
use serde_json::{Map, Value, json};

/// One call of an action whose request passed all checks.
pub struct Call<'a> {
    pub now_ms: i64,
    pub request_id: &'a str,
    pub account: &'a str,
    pub action: &'a str,
    pub returned: Returned,
    pub state: &'a mut State,
    pub ids: &'a mut Ids,
    pub events: &'a mut Vec<Entry>,
    /// Set where the answer is only a specimen.
    pub specimen: &'a mut bool,
}

/// Runs an action; one that is not done here answers its specimen (assumption 18). One that is refused has told nothing.
pub fn run(call: &mut Call<'_>, parameters: &Map<String, Value>) -> Outcome {
    match call.action {
        "CreateStorage" => {
            // As withdrawn as its documentation says (assumption 25).
            let message = "CreateStorage is out of maintenance; use CreateStorageService";
            Err(Refusal::new("ActionOffline", message))
        }
        "CreateStorageService" => create::run(call, parameters),
        "DescribeStorageService" => describe::run(call, parameters),
        "DeliverStorageService" => deliver::run(call, parameters),
        "RefundStorageService" => refund::run(call, parameters),
        "CreateProduct" => Ok(products::create(call, parameters)?),
        "DescribeProduct" => products::describe(call, parameters),
        "DescribeProducts" => Ok(products::list(call, parameters)),
        "DeleteProduct" => products::delete(call, parameters),
        "CreateDevices" => devices::create(call, parameters),
        "DescribeDevice" => devices::describe(call, parameters),
        "DescribeDevices" => Ok(devices::list(call, parameters)),
        "DeleteDevice" => devices::delete(call, parameters),
        "CreateAppUsr" => users::create(call, parameters),
        "DeleteAppUsr" => users::delete(call, parameters),
        "DescribeRegistrationStatus" => Ok(users::registered(call, parameters)),
        "CreateBinding" => users::bind(call, parameters),
        "DeleteBinding" => users::unbind(call, parameters),
        "DescribeBindDev" => Ok(users::devices(call, parameters)),
        "DescribeBindUsr" => Ok(users::of_device(call, parameters)),
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

    fn book(&self) -> &Book {
        self.state.book(self.account)
    }

    /// Tells what happened, and lets the state follow.
    pub fn emit(&mut self, what: What) {
        self.events.push(self.state.tell(Entry {
            at_ms: self.now_ms,
            request_id: self.request_id.into(),
            account: self.account.into(),
            action: self.action.into(),
            what,
        }));
    }

    /// A service of the account; an unknown and a foreign one look alike (assumption 6).
    fn service(&self, id: &str) -> Result<&Service, Refusal> {
        let found = self.book().service(id);
        found.ok_or_else(|| Refusal::new("ResourceNotFound", format!("there is no service {id:?}")))
    }

    /// The next `OrderId`: decimal digits, counted up.
    fn order_id(&self) -> String {
        (self.state.orders.max(1000) + 1).to_string()
    }

    /// Refuses `more` of a kind where they would be too many; `there` counts those that are there, if anybody asks.
    fn within_quota(
        &self,
        of: Quota,
        there: impl FnOnce(&Book) -> usize,
        more: usize,
    ) -> Result<(), Refusal> {
        let Some(most) = self.book().quotas.get(&of) else {
            return Ok(());
        };
        let there = there(self.book());
        if there + more <= *most as usize {
            return Ok(());
        }
        let message = format!("the account may have {most} of them, and has {there}");
        Err(Refusal::new("LimitExceeded", message))
    }

    /// Whether an order is listed in its service (assumption 9).
    fn is_listed(&self, order: &Order) -> bool {
        match (order.gone, self.returned) {
            (Some((Gone::Returned, _)), Returned::Gone) => false,
            (Some((Gone::Returned, _)), Returned::OtherId | Returned::SameId) => !order.used_again,
            _ => true,
        }
    }
}

fn named(service_id: &str, order: &Order) -> Named {
    Named {
        service_id: service_id.into(),
        order_id: order.id.clone(),
        package: order.package,
    }
}

/// A Tid of the account: every well-formed one that was not deleted (assumptions 15 and 17).
fn tid<'a>(call: &Call<'_>, parameters: &'a Map<String, Value>) -> Result<&'a str, Refusal> {
    let tid = text(parameters, "Tid");
    if !(1..=128).contains(&tid.len()) || !tid.bytes().all(|byte| byte.is_ascii_graphic()) {
        let message = "Tid must be 1 to 128 visible ASCII characters";
        return Err(Refusal::new("InvalidParameterValue.Tid", message));
    }
    if call.book().is_deleted(tid) {
        let message = format!("the device {tid} was deleted");
        return Err(Refusal::new("InvalidParameterValue.Tid", message));
    }
    Ok(tid)
}

/// A text parameter; empty where it was not sent.
fn text<'a>(parameters: &'a Map<String, Value>, name: &str) -> &'a str {
    parameters
        .get(name)
        .and_then(Value::as_str)
        .unwrap_or_default()
}

/// The texts of a list; none where it was not sent.
fn texts<'a>(parameters: &'a Map<String, Value>, name: &str) -> impl Iterator<Item = &'a str> {
    let list = parameters.get(name).and_then(Value::as_array);
    list.into_iter().flatten().filter_map(Value::as_str)
}

/// An integer parameter within bounds; the least where it was not sent.
fn number(
    parameters: &Map<String, Value>,
    name: &str,
    least: i64,
    most: i64,
) -> Result<i64, Refusal> {
    let Some(value) = parameters.get(name) else {
        return Ok(least);
    };
    value
        .as_i64()
        .filter(|value| (least..=most).contains(value))
        .ok_or_else(|| bad(name, &format!("must be from {least} to {most}")))
}

fn bad(name: &str, what: &str) -> Refusal {
    Refusal::new("InvalidParameterValue", format!("{name} {what}"))
}

/// The items of a page, and how many there are: from `Offset`, `Limit` at most.
fn page(parameters: &Map<String, Value>, items: Vec<Value>) -> Map<String, Value> {
    let at = |name| parameters.get(name).and_then(Value::as_u64).unwrap_or(0);
    let usize = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
    let total = items.len();
    let shown = items
        .into_iter()
        .skip(usize(at("Offset")))
        .take(usize(at("Limit")));
    let mut answer = Map::new();
    answer.insert("Data".into(), shown.collect());
    answer.insert("TotalCount".into(), json!(total));
    answer
}

/// An answer with `Data` alone.
fn data(value: Value) -> Map<String, Value> {
    Map::from_iter([("Data".into(), value)])
}

/// The fields that the answers of all storage actions share, with the orders to show.
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

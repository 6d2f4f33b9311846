//! What a person does with a service over months, told through answers, ledger and pool.

use crate::caller::{Caller, START};
use serde_json::{Value, json};
use tc3_edge_sandbox::shown;

const DAY: i64 = 86_400;
/// 2024-02-29, 2024-03-29 and 2024-04-29: each a month behind the one before.
const MONTHS: [i64; 3] = [1_709_164_800, 1_711_670_400, 1_714_348_800];

fn list(answer: &Value, field: &str) -> Vec<i64> {
    let orders = answer["Data"].as_array().expect("a list");
    orders
        .iter()
        .map(|order| order[field].as_i64().expect("an integer"))
        .collect()
}

fn happened(caller: &Caller, from: usize) -> Vec<&str> {
    caller.ledger()[from..]
        .iter()
        .map(|line| line.what.as_str())
        .collect()
}

#[test]
fn orders_queue_behind_each_other_by_calendar_months() {
    let mut caller = Caller::new(true);
    let bought = caller.buy("yc1m3d", 3);
    let names: Vec<&str> = bought
        .as_object()
        .expect("an object")
        .keys()
        .map(String::as_str)
        .collect();
    let expected = [
        "IsRenew",
        "ServiceId",
        "StorageRegion",
        "Tid",
        "ChnNum",
        "AccessId",
        "StartTime",
        "EndTime",
        "Status",
        "Data",
        "RequestId",
    ];
    assert_eq!(names, expected);
    assert_eq!(bought["IsRenew"], false);
    assert_eq!(
        (&bought["Tid"], &bought["ChnNum"]),
        (&json!("camera-1"), &json!(0))
    );
    assert_eq!(list(&bought, "StartTime"), [START, MONTHS[0], MONTHS[1]]);
    assert_eq!(list(&bought, "EndTime"), MONTHS);
    assert_eq!(list(&bought, "Status"), [1, 2, 2]);
    assert_eq!(
        (&bought["StartTime"], &bought["EndTime"]),
        (&json!(START), &json!(MONTHS[2]))
    );
    assert_eq!(bought["Status"], 1);
}

#[test]
fn statuses_move_with_time() {
    let mut caller = Caller::new(true);
    let bought = caller.buy("yc1m3d", 2);
    let mut check = |now, service: i64, orders: [i64; 2]| {
        caller.now = now;
        let found = caller.describe(&bought);
        assert_eq!(
            (&found["Status"], list(&found, "Status")),
            (&json!(service), orders.to_vec())
        );
    };
    check(START, 1, [1, 2]);
    check(MONTHS[0] - 1, 1, [1, 2]);
    check(MONTHS[0], 1, [4, 1]);
    check(MONTHS[1], 2, [4, 4]);
    check(MONTHS[1] + 3 * DAY, 3, [4, 4]);
    let payload = json!({"ServiceId": bought["ServiceId"]});
    let valid = caller
        .call("alice", "DescribeStorageService", &payload)
        .expect("a service");
    assert_eq!(valid["Data"], json!([]));
}

#[test]
fn a_waiting_order_returns_to_the_pool_and_is_used_before_anything_is_paid_for() {
    let mut caller = Caller::new(true);
    let bought = caller.buy("yc1m3d", 3);
    let from = caller.ledger().len();
    let left = caller.refund(&bought, Some(1)).expect("a refund");
    // The neighbour behind the gap keeps its time.
    assert_eq!(list(&left, "StartTime"), [START, MONTHS[1]]);
    assert_eq!(happened(&caller, from), ["returnedToPool"]);
    let returned = caller.pool("alice")[0].order_id.clone();
    assert_eq!(bought["Data"][1]["OrderId"], returned.as_str());
    assert_eq!(list(&caller.describe(&bought), "Status"), [1, 5, 2]);

    let from = caller.ledger().len();
    let renewed = caller.buy("yc1m3d", 2);
    assert_eq!(
        (&renewed["IsRenew"], &renewed["ServiceId"]),
        (&json!(true), &bought["ServiceId"])
    );
    assert_eq!(list(&renewed, "StartTime")[0], MONTHS[2]);
    let expected = ["renewed", "takenFromPool", "bought"];
    assert_eq!(happened(&caller, from), expected);
    let origin = caller.ledger()[from + 1].origin.as_deref();
    assert_eq!(origin, Some(returned.as_str()));
    assert_ne!(renewed["Data"][0]["OrderId"], returned.as_str());
    assert!(caller.pool("alice").is_empty());
}

#[test]
fn refunding_all_voids_what_has_started_and_keeps_the_rest() {
    let mut caller = Caller::new(true);
    let bought = caller.buy("yc1m3d", 3);
    caller.now += 10 * DAY;
    let from = caller.ledger().len();
    let left = caller.refund(&bought, None).expect("a refund");
    assert_eq!(left["Data"], json!([]));
    assert_eq!(left["Status"], 2);
    let expected = ["madeVoid", "returnedToPool", "returnedToPool"];
    assert_eq!(happened(&caller, from), expected);
    assert_eq!(caller.pool("alice").len(), 2);
    assert_eq!(list(&caller.describe(&bought), "Status"), [5, 5, 5]);
    assert_eq!(caller.refund(&bought, None), Err("OperationDenied".into()));
    assert_eq!(
        caller.refund(&bought, Some(1)),
        Err("OperationDenied".into())
    );
    assert_eq!(caller.pool("alice").len(), 2);
}

#[test]
fn an_order_has_started_from_its_first_second_on() {
    for (late, expected) in [(-1, "returnedToPool"), (0, "madeVoid")] {
        let mut caller = Caller::new(true);
        let bought = caller.buy("yc1m3d", 2);
        caller.now = MONTHS[0] + late;
        let from = caller.ledger().len();
        caller.refund(&bought, Some(1)).expect("a refund");
        assert_eq!(happened(&caller, from), [expected]);
    }
}

#[test]
fn an_expired_order_cannot_be_refunded() {
    let mut caller = Caller::new(true);
    let bought = caller.buy("yc1w7d", 1);
    caller.now += 7 * DAY;
    for at in [Some(0), None] {
        assert_eq!(caller.refund(&bought, at), Err("OperationDenied".into()));
    }
    assert!(caller.pool("alice").is_empty());
}

#[test]
fn a_lapsed_service_is_renewed_and_an_expired_one_made_anew() {
    for (late, renewed) in [(7 * DAY - 1, true), (7 * DAY, false)] {
        let mut caller = Caller::new(true);
        let bought = caller.buy("yc1w7d", 1);
        caller.now += 7 * DAY + late;
        let again = caller.buy("yc1w7d", 1);
        assert_eq!(again["IsRenew"], renewed);
        assert_eq!(again["ServiceId"] == bought["ServiceId"], renewed);
        assert_eq!(list(&again, "StartTime"), [caller.now]);
    }
}

#[test]
fn each_channel_of_a_device_in_each_region_has_its_own_service() {
    let mut caller = Caller::new(true);
    caller.buy("yc1m3d", 1);
    let mut check = |name: &str, value: Value, renewed: bool| {
        let mut payload = json!({
            "PkgId": "yc1m3d", "Tid": "camera-1", "OrderCount": 1, "StorageRegion": "ap-guangzhou",
        });
        payload[name] = value;
        let bought = caller.call("alice", "CreateStorageService", &payload);
        assert_eq!(bought.expect("a purchase")["IsRenew"], renewed, "{name}");
    };
    check("Tid", json!("camera-2"), false);
    check("ChnNum", json!(1), false);
    check("StorageRegion", json!("ap-singapore"), false);
    check("ChnNum", json!(0), true);
    check("AccessId", json!("another"), true);
    check("PkgId", json!("ye1y7d"), true);
}

#[test]
fn a_service_may_wait_for_its_start() {
    let mut caller = Caller::new(true);
    let later = START + 5 * DAY;
    let mut payload = json!({
        "PkgId": "ye1w7d", "Tid": "camera-2", "OrderCount": 2, "StorageRegion": "eu-frankfurt",
        "ChnNum": 3, "AccessId": "-42", "EnableTime": later,
    });
    let bought = caller
        .call("alice", "CreateStorageService", &payload)
        .expect("a purchase");
    assert_eq!(
        (&bought["Status"], &bought["ChnNum"], &bought["AccessId"]),
        (&json!(4), &json!(3), &json!("-42"))
    );
    assert_eq!(list(&bought, "StartTime"), [later, later + 7 * DAY]);
    assert_eq!(list(&bought, "Status"), [2, 2]);
    // Nothing was recorded, so nothing is kept; and a time in the past means at once.
    let left = caller.refund(&bought, None).expect("a refund");
    assert_eq!(
        (&left["Status"], caller.pool("alice").len()),
        (&json!(3), 2)
    );
    payload["EnableTime"] = json!(1);
    let again = caller
        .call("alice", "CreateStorageService", &payload)
        .expect("a purchase");
    assert_eq!(
        (&again["IsRenew"], list(&again, "StartTime")[0]),
        (&json!(false), START)
    );
}

#[test]
fn pools_belong_to_an_account_and_a_package() {
    let mut caller = Caller::new(true);
    let bought = caller.buy("yc1m3d", 2);
    caller.refund(&bought, Some(1)).expect("a refund");
    let from = caller.ledger().len();
    let payload = |package| json!({"PkgId": package, "Tid": "camera-1", "OrderCount": 1, "StorageRegion": "ap-guangzhou"});
    let foreign = caller
        .call("bob", "CreateStorageService", &payload("yc1m3d"))
        .expect("a purchase");
    assert_eq!(foreign["IsRenew"], false);
    caller
        .call("alice", "CreateStorageService", &payload("yc1m7d"))
        .expect("a purchase");
    let expected = ["created", "bought", "renewed", "bought"];
    assert_eq!(happened(&caller, from), expected);
    assert_eq!(
        (caller.pool("alice").len(), caller.pool("bob").len()),
        (1, 0)
    );
}

#[test]
fn the_same_seed_and_times_make_the_same_answers() {
    let run = || {
        let mut caller = Caller::new(true);
        let bought = caller.buy("ye1y30d", 3);
        (
            bought.to_string(),
            caller.refund(&bought, None).expect("a refund").to_string(),
        )
    };
    assert_eq!(run(), run());
}

#[test]
fn a_line_of_the_ledger_has_these_names() {
    let mut caller = Caller::new(true);
    let bought = caller.buy("yc1m3d", 1);
    let lines: Vec<Value> = caller.kept.iter().map(shown).collect();
    let of_all = json!({
        "atMs": START * 1000, "requestId": bought["RequestId"], "account": "alice",
        "action": "CreateStorageService",
    });
    let line = |more: Value| {
        let (mut line, more) = (of_all.clone(), more);
        let members = line.as_object_mut().expect("an object");
        members.extend(more.as_object().expect("an object").clone());
        line
    };
    let expected = [
        line(json!({
            "what": "created", "serviceId": bought["ServiceId"], "tid": "camera-1", "channel": 0,
            "storageRegion": "ap-guangzhou", "accessId": "",
        })),
        line(json!({
            "what": "bought", "serviceId": bought["ServiceId"], "orderId": bought["Data"][0]["OrderId"],
            "pkgId": "yc1m3d", "start": START, "end": MONTHS[0],
        })),
        line(json!({"what": "attempted", "outcome": "ok"})),
    ];
    assert_eq!(lines, expected);
}

#[test]
fn a_moved_service_goes_on_elsewhere_and_what_was_used_counts_as_started() {
    let mut caller = Caller::new(true);
    let bought = caller.buy("yc1m3d", 2);
    let target = json!({
        "PkgId": "yc1w7d", "Tid": "camera-2", "OrderCount": 1, "StorageRegion": "ap-guangzhou",
    });
    let there = caller
        .call("alice", "CreateStorageService", &target)
        .expect("a purchase");
    caller.now += 10 * DAY;
    let service = bought["ServiceId"].clone();
    let moving = json!({"SrcServiceId": service, "Tid": "camera-2"});
    // The week there is over: what was in use goes on at once.
    let moved = caller
        .call("alice", "DeliverStorageService", &moving)
        .expect("moved");
    assert_eq!(moved["ServiceId"], there["ServiceId"]);
    assert_eq!(moved["SrcServiceId"], service);
    let now = START + 10 * DAY;
    assert_eq!(list(&moved, "StartTime"), [now, MONTHS[0]]);
    assert_eq!(list(&moved, "EndTime"), [MONTHS[0], MONTHS[1]]);
    assert_eq!(list(&moved, "Status"), [1, 2]);
    let left = caller.describe(&bought);
    assert_eq!(list(&left, "Status"), [6, 6]);
    assert_eq!(caller.refund(&bought, None), Err("OperationDenied".into()));
    assert_eq!(
        caller.call("alice", "DeliverStorageService", &moving),
        Err("OperationDenied".into())
    );

    // Behind another service's orders it is paused, and a refund makes it void; what never started returns.
    let busy = json!({
        "PkgId": "yc1w7d", "Tid": "camera-3", "OrderCount": 1, "StorageRegion": "ap-guangzhou",
    });
    caller
        .call("alice", "CreateStorageService", &busy)
        .expect("a purchase");
    let moving = json!({"SrcServiceId": there["ServiceId"], "Tid": "camera-3"});
    let paused = caller
        .call("alice", "DeliverStorageService", &moving)
        .expect("moved");
    assert_eq!(list(&paused, "Status"), [3, 2]);
    caller.refund(&paused, None).expect("a refund");
    assert_eq!(list(&caller.describe(&paused), "Status"), [5, 5, 5]);
    assert_eq!(caller.pool("alice").len(), 1);
}

//! Each action of the service version is answered: by what it does, or by a specimen that a client can read.

use crate::caller::{Caller, Draft, START, envelope};
use crate::generated::TABLE;
use serde_json::{Map, Value, json};
use tc3_edge::call::{Conclusion, Sent, conclude};
use tc3_edge::policy::outcome::Arrivals;
use tc3_edge::response::Integers;
use tc3_edge::service::Table;

/// All actions, with the least that each takes.
fn actions() -> Vec<(&'static str, Value)> {
    let mut actions: Vec<(&str, Map<String, Value>)> = Vec::new();
    for line in TABLE.lines() {
        let (head, rules) = line.split_once('\t').unwrap_or((line, ""));
        if head.starts_with('A') {
            actions.push((&head[2..], Map::new()));
        }
        if let Some((kind, name)) = head.split_once(' ')
            && kind.starts_with('<')
            && kind.contains('!')
        {
            let item = least(kind, rules);
            let value = if kind.contains('[') {
                json!([item])
            } else {
                item
            };
            let (_, parameters) = actions.last_mut().expect("an action");
            parameters.insert(name.into(), value);
        }
    }
    let valued = actions.into_iter();
    valued
        .map(|(action, parameters)| (action, Value::Object(parameters)))
        .collect()
}

/// A value that the rules of a required parameter allow.
fn least(kind: &str, rules: &str) -> Value {
    let mut integer = 1;
    let mut text = String::from("t");
    for rule in rules.split('\t') {
        let rule = rule.trim_start_matches('?');
        if let Some(values) = rule.strip_prefix('v') {
            text = values.split('|').next().unwrap_or_default().into();
            integer = text.parse().unwrap_or(1);
        } else if rule.starts_with('j') {
            text = "1".into();
        } else if rule.starts_with('d') {
            text = "1.1.1".into();
        }
    }
    match kind.trim_matches(|mark: char| mark.is_ascii_punctuation()) {
        "s" => text.into(),
        "i" | "u" => integer.into(),
        "b" => true.into(),
        structure => panic!("no action needs a structure: {structure}"),
    }
}

/// Calls an action with a payload; gives whether it was a specimen, once the core has read the answer without a doubt.
fn check(caller: &mut Caller, action: &str, payload: &Value) -> bool {
    let answer = caller.send(&Draft::new("alice", action, payload, START));
    envelope(&answer);
    let table = Table::parse(TABLE).expect("the table");
    let sent = Sent {
        table: Some(&table),
        action,
        dry_run: false,
        reads: false,
        arrivals: Arrivals {
            earlier: false,
            once: true,
        },
        integers: Integers::Auto,
    };
    match conclude(sent, answer.status, answer.body.as_bytes()) {
        Conclusion::Done { warnings, .. } => {
            assert!(warnings.is_empty(), "{action}: {warnings:?}");
        }
        other => panic!("{action} {payload}: {other:?}"),
    }
    answer.note.specimen
}

/// What the sandbox does itself, in an order in which each has what it needs.
fn done(
    product: &Value,
    device: &Value,
    user: &Value,
    services: [&Value; 2],
) -> Vec<(&'static str, Value)> {
    let page = json!({"ProductId": product, "Limit": 9, "Offset": 0, "ReturnModel": true});
    let binding = json!({"AccessId": user, "Tid": device, "Role": "owner"});
    let [first, second] = services;
    vec![
        ("DescribeProduct", json!({"ProductId": product})),
        ("DescribeProducts", json!({"Limit": 9, "Offset": 0})),
        ("DescribeDevice", json!({"Tid": device})),
        ("DescribeDevices", page),
        ("CreateBinding", binding.clone()),
        ("DescribeBindDev", json!({"AccessId": user})),
        ("DescribeBindUsr", json!({"Tid": device})),
        (
            "DescribeRegistrationStatus",
            json!({"CunionIds": ["u", "v"]}),
        ),
        ("DescribeStorageService", json!({"ServiceId": first})),
        (
            "DeliverStorageService",
            json!({"SrcServiceId": first, "Tid": "camera-9"}),
        ),
        ("RefundStorageService", json!({"ServiceId": second})),
        ("DeleteBinding", binding),
        ("DeleteAppUsr", json!({"AccessId": user})),
        ("DeleteDevice", json!({"Tids": [device]})),
        ("DeleteProduct", json!({"ProductId": product})),
    ]
}

#[test]
fn every_action_is_answered_as_the_table_says() {
    let mut caller = Caller::new(true);
    let mut all = actions();
    assert_eq!(all.len(), 68);
    let least = |name: &str| {
        let found = all.iter().find(|(action, _)| *action == name);
        found
            .map(|(_, payload)| payload.clone())
            .expect("an action")
    };
    let make = |caller: &mut Caller, name: &str, payload: &Value| {
        assert!(!check(caller, name, payload), "{name}");
        caller.call("alice", name, payload).expect("made")
    };
    let product = make(&mut caller, "CreateProduct", &least("CreateProduct"));
    let product = product["Data"]["ProductId"].clone();
    let devices = json!({"ProductId": product, "Number": 2, "NamePrefix": "cam"});
    let device = make(&mut caller, "CreateDevices", &devices)["Data"][0]["Tid"].clone();
    let user = make(&mut caller, "CreateAppUsr", &json!({"CunionId": "u"}))["AccessId"].clone();
    let purchase = least("CreateStorageService");
    let first = make(&mut caller, "CreateStorageService", &purchase)["ServiceId"].clone();
    let second = caller.buy("yc1m3d", 1)["ServiceId"].clone();
    // The other devices of the product would keep it.
    let page = json!({"ProductId": product, "Limit": 9, "Offset": 0, "ReturnModel": true});
    let listed = caller
        .call("alice", "DescribeDevices", &page)
        .expect("a list");
    let others = listed["Data"].as_array().expect("a list").iter();
    let others: Vec<&Value> = others
        .map(|it| &it["Tid"])
        .filter(|tid| **tid != device)
        .collect();
    assert_eq!(others.len(), 3);
    let delete = json!({"Tids": others});
    caller
        .call("alice", "DeleteDevice", &delete)
        .expect("deleted");
    let done = done(&product, &device, &user, [&first, &second]);
    for (action, payload) in &done {
        assert!(!check(&mut caller, action, payload), "{action}");
    }
    let offline = caller.call("alice", "CreateStorage", &least("CreateStorage"));
    assert_eq!(offline, Err("ActionOffline".into()));

    let prepared = [
        "CreateProduct",
        "CreateDevices",
        "CreateAppUsr",
        "CreateStorageService",
        "CreateStorage",
    ];
    all.retain(|(action, _)| {
        !prepared.contains(action) && done.iter().all(|(known, _)| known != action)
    });
    assert_eq!(all.len(), 68 - 20);
    let known = caller.sandbox.snapshot();
    for (action, payload) in &all {
        assert!(check(&mut caller, action, payload), "{action}");
    }
    // A specimen changes nothing but the number of lines.
    let lines = |text: &str| -> Value {
        let mut state: Value = serde_json::from_str(text).expect("JSON");
        state["lines"].take();
        state
    };
    assert_eq!(lines(&caller.sandbox.snapshot()), lines(&known));
}

#[test]
fn a_specimen_is_marked_and_always_the_same() {
    let send = || {
        let payload = json!({"Tid": "t", "Limit": 1, "Offset": 0});
        let draft = Draft::new("alice", "DescribeLogs", &payload, START);
        Caller::new(true).send(&draft)
    };
    let answer = send();
    let expected = [
        ("Content-Type", "application/json".to_string()),
        ("X-Sandbox-Answer", "specimen".to_string()),
    ];
    assert_eq!(answer.headers, expected);
    assert_eq!(envelope(&answer)["TotalCount"], 0);
    assert_eq!(send().body, answer.body);
    let note = serde_json::to_value(&answer.note).expect("JSON");
    assert_eq!(note["specimen"], true);
}

#[test]
fn a_specimens_parameters_are_checked_too() {
    let mut caller = Caller::new(true);
    let refused = caller.call("alice", "DescribeDevices", &json!({"ProductId": "p"}));
    assert_eq!(refused, Err("MissingParameter".into()));
    let payload = json!({"Tid": "t", "Limit": 101, "Offset": 0});
    let answer = caller.send(&Draft::new("alice", "DescribeLogs", &payload, START));
    envelope(&answer);
    assert_eq!(
        (answer.note.outcome.as_ref(), answer.note.specimen),
        ("InvalidParameterValue", false)
    );
}

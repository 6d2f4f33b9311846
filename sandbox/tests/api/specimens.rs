//! Each action of the service version is answered: by what it does, or by a specimen that a client can read.

use crate::caller::{Caller, Draft, START, envelope};
use crate::generated::TABLE;
use serde_json::{Map, Value, json};
use tc3_edge::call::{Conclusion, Sent, conclude};
use tc3_edge::policy::outcome::Arrivals;
use tc3_edge::response::Integers;
use tc3_edge::service::Table;

const DONE: [&str; 3] = [
    "CreateStorageService",
    "DescribeStorageService",
    "RefundStorageService",
];

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

#[test]
fn every_action_is_answered_as_the_table_says() {
    let mut caller = Caller::new(true);
    let bought = caller.buy("yc1m3d", 1);
    let known = caller.ledger().len();
    let actions = actions();
    assert_eq!(actions.len(), 68);
    for (action, payload) in &actions {
        if DONE.contains(action) {
            continue;
        }
        assert!(check(&mut caller, action, payload), "{action}");
    }
    // A specimen changes nothing.
    assert_eq!(caller.ledger().len(), known);
    let payload = json!({"ServiceId": bought["ServiceId"]});
    for action in ["DescribeStorageService", "RefundStorageService"] {
        assert!(!check(&mut caller, action, &payload));
    }
    let (_, purchase) = actions
        .iter()
        .find(|(action, _)| *action == DONE[0])
        .expect("there");
    assert!(!check(&mut caller, DONE[0], purchase));
}

#[test]
fn a_specimen_is_marked_and_always_the_same() {
    let send = || {
        let payload = json!({"ProductId": "p", "Limit": 1, "Offset": 0, "ReturnModel": false});
        let draft = Draft::new("alice", "DescribeDevices", &payload, START);
        Caller::new(true).send(&draft)
    };
    let answer = send();
    let expected = [
        ("Content-Type", "application/json"),
        ("X-Sandbox-Answer", "specimen"),
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
        (answer.note.outcome, answer.note.specimen),
        ("InvalidParameterValue", false)
    );
}

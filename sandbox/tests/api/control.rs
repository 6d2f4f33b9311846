//! What a tester asks for, and what is left of it after a restart.

use crate::caller::{Caller, Draft, START};
use proptest::prelude::*;
use serde_json::{Value, json};
use tc3_edge_sandbox::{Delivery, Options, Sandbox};

#[test]
fn the_clock_can_be_set_stopped_and_hurried() {
    let mut caller = Caller::new(true);
    let bought = caller.buy("yc1m3d", 1);
    let month = 31 * 86_400_000_i64;
    let moved = caller.control("setClock", &json!({"advance": month}));
    assert_eq!(moved, Ok(json!({"now": START * 1000 + month})));
    let describe = |caller: &mut Caller, timestamp| {
        let payload = json!({"ServiceId": bought["ServiceId"], "GetFinishedOrder": true});
        let draft = Draft::new("alice", "DescribeStorageService", &payload, timestamp);
        let answer = caller.send(&draft);
        let body: Value = serde_json::from_str(&answer.body).expect("JSON");
        (
            answer.note.outcome.to_string(),
            body["Response"]["Status"].clone(),
        )
    };
    // Signed by the old clock it is too old; by the new one the order has expired.
    assert_eq!(
        describe(&mut caller, START).0,
        "AuthFailure.SignatureExpire"
    );
    let later = START + month / 1000;
    assert_eq!(describe(&mut caller, later), ("ok".into(), json!(2)));
    caller
        .control("setClock", &json!({"at": START * 1000, "speed": 0.0}))
        .expect("stopped");
    caller.now += 1_000_000;
    assert_eq!(describe(&mut caller, START), ("ok".into(), json!(1)));
    for wrong in [
        json!({"speed": -1.0}),
        json!({"speed": 1e9}),
        json!({"at": 1, "advance": 1}),
        json!({"att": 1}),
        json!({"at": "now"}),
    ] {
        assert!(caller.control("setClock", &wrong).is_err(), "{wrong}");
    }
}

#[test]
fn faults_say_how_an_answer_is_sent() {
    let mut caller = Caller::new(true);
    let mut deliver = |effect: Value| {
        let fault = json!({"count": 1, "effect": effect});
        caller.control("addFault", &fault).expect("a fault");
        let draft = Draft::new(
            "alice",
            "DescribeStorageService",
            &json!({"ServiceId": "s"}),
            START,
        );
        let answer = caller.send(&draft);
        (answer.status, answer.headers[0].1.clone(), answer.delivery)
    };
    let json = "application/json".to_string();
    assert_eq!(
        deliver(json!("cut")),
        (200, json.clone(), Some(Delivery::Cut))
    );
    assert_eq!(
        deliver(json!("hang")),
        (200, json.clone(), Some(Delivery::Hang))
    );
    assert_eq!(
        deliver(json!({"truncate": 9})),
        (200, json.clone(), Some(Delivery::Truncate(9)))
    );
    assert_eq!(
        deliver(json!({"late": 50})),
        (200, json, Some(Delivery::Late(50)))
    );
    assert_eq!(
        deliver(json!({"status": 503})),
        (503, "text/html".into(), None)
    );
    let charset = "application/json; charset=utf-8";
    let with_charset = deliver(json!({"contentType": charset}));
    assert_eq!(with_charset, (200, charset.into(), None));
}

#[test]
fn a_status_tells_all_but_secrets() {
    let mut caller = Caller::new(true);
    let key = json!({"secretId": "k", "secretKey": "sentinel-key", "account": "alice", "token": "sentinel-token"});
    caller.control("makeKey", &key).expect("a key");
    let status = caller.control("status", &json!({})).expect("a status");
    assert!(!status.to_string().contains("sentinel"), "{status}");
    assert_eq!(status["keys"].as_array().map(Vec::len), Some(3));
    caller
        .control("deleteKey", &json!({"secretId": "k"}))
        .expect("deleted");
    assert!(
        caller
            .control("deleteKey", &json!({"secretId": "k"}))
            .is_err()
    );
    let status = caller.control("status", &json!({})).expect("a status");
    assert_eq!(status["keys"].as_array().map(Vec::len), Some(2));
}

#[test]
fn an_idempotency_key_is_honoured_only_where_it_is_asked_for() {
    for honoured in [true, false] {
        let options = Options {
            idempotency_key: honoured,
            ..Caller::new(true).options()
        };
        let mut caller = Caller::with(options);
        let purchase = |count: i64| json!({"PkgId": "yc1m3d", "Tid": "t", "OrderCount": count, "StorageRegion": "ap-guangzhou"});
        let mut buy = |count| {
            let mut draft = Draft::new("alice", "CreateStorageService", &purchase(count), START);
            draft.set("Idempotency-Key", Some("once"));
            let answer = caller.send(&draft);
            let body: Value = serde_json::from_str(&answer.body).expect("JSON");
            body["Response"].clone()
        };
        let (first, second, other) = (buy(1), buy(1), buy(2));
        assert_eq!(first["Data"] == second["Data"], honoured);
        assert_ne!(first["RequestId"], second["RequestId"]);
        let refused = other["Error"]["Code"] == "InvalidParameter";
        assert_eq!(refused, honoured);
        assert_eq!(caller.ledger().len(), if honoured { 2 } else { 7 });
    }
}

#[test]
fn what_was_kept_is_there_after_a_restart() {
    let mut caller = Caller::new(true);
    let bought = caller.buy("yc1m3d", 3);
    caller.refund(&bought, Some(2)).expect("a refund");
    caller
        .control("setClock", &json!({"speed": 60.0}))
        .expect("set");
    let lines = serde_json::to_string(&caller.kept).expect("JSON");
    let mut again = Sandbox::new(caller.options()).expect("a sandbox");
    again.replay(&lines).expect("a ledger");
    assert_eq!(again.snapshot(), caller.sandbox.snapshot());
    let mut restored = Sandbox::new(caller.options()).expect("a sandbox");
    restored
        .restore(&caller.sandbox.snapshot())
        .expect("a state");
    assert_eq!(restored.snapshot(), caller.sandbox.snapshot());
    // A ledger that cannot have happened is none.
    let mut twice = serde_json::to_value(&caller.kept).expect("JSON");
    let first = twice[0].clone();
    twice.as_array_mut().expect("a list").push(first);
    let mut broken = Sandbox::new(caller.options()).expect("a sandbox");
    let why = broken.replay(&twice.to_string()).expect_err("twice");
    assert!(why.contains("cannot follow"), "{why}");
}

proptest! {
    #[test]
    fn garbage_is_refused_and_changes_nothing(
        name in "[a-zA-Z]{0,12}", members in "\\PC{0,40}", text in "\\PC{0,60}",
    ) {
        let mut caller = Caller::new(true);
        let before = caller.sandbox.snapshot();
        let name = if name.len() % 2 == 0 { name } else { "setClock".into() };
        if caller.sandbox.control(&name, &members, START * 1000).is_err() {
            prop_assert_eq!(caller.sandbox.snapshot(), before);
        }
        prop_assert!(caller.sandbox.replay(&text).is_err());
        prop_assert!(caller.sandbox.restore(&text).is_err());
    }
}
